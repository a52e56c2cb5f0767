"""The fit of the weights of the moves: it knows which article a piece is of, and what it writes is what is read."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from corpus_tools.model import Block, Span
from corpus_tools.stages.repair.strays import FEATURES, move_weights

sys.path.append(str(Path(__file__).parent.parent.parent / "scripts"))  # scripts are no package

import fit_move_weights as fitting
from fit_seam_weights import fit
from repair_pages import MadePage, Piece
from test_fit_seam_weights import invented_items


def body(*spans: tuple[int, int]) -> Block:
    return Block("body", tuple(Span(*span) for span in spans), "某")


def test_blocks_are_of_the_article_that_most_of_their_characters_are_of() -> None:
    made = MadePage(
        "老街\n路灯亮了。\n新桥\n通车。\n",
        (
            Piece(0, 2, "headline", 0, 0),
            Piece(3, 8, "body", 0, 1),
            Piece(9, 11, "headline", 1, 0),
            Piece(12, 15, "body", 1, 1),
        ),
    )
    starts = [piece.start for piece in made.pieces]
    assert fitting.article_of(made, starts, []) is None
    assert fitting.article_of(made, starts, [body((3, 8))]) == 0
    assert fitting.article_of(made, starts, [body((3, 8)), body((12, 15))]) == 0
    assert fitting.article_of(made, starts, [body((9, 11)), body((12, 15)), body((0, 2))]) == 1
    assert fitting.article_of(made, starts, [body((6, 8), (12, 15))]) == 1  # a joined block


def test_rows_are_runs_and_places_true_and_false_and_the_same_each_time() -> None:
    items = invented_items(60)
    rows = list(fitting.rows(items, 15, "test"))
    assert rows == list(fitting.rows(items, 15, "test"))
    assert {len(values) for values, _ in rows} == {len(FEATURES)}
    assert {values[FEATURES.index("always")] for values, _ in rows} == {1.0}
    assert {label for _, label in rows} == {True, False}


def test_the_table_that_is_written_is_the_one_that_is_read(tmp_path: Path) -> None:
    rows = list(fitting.rows(invented_items(60), 15, "test"))
    weights = fit(np.array([values for values, _ in rows]), np.array([float(label) for _, label in rows]))
    assert np.isfinite(weights).all()
    lines = [f"{name}\t{weight:.3f}\n" for name, weight in zip(FEATURES, weights, strict=True)]
    file = tmp_path / "weights.tsv"
    file.write_text(fitting.HEADER.format(sources="invented") + "".join(lines), "utf-8")
    assert move_weights(file) == tuple(round(float(weight), 3) for weight in weights)


def test_the_shipped_table_has_a_row_for_every_weight_and_no_other() -> None:
    lines = fitting.SHIPPED.read_text("utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    assert [name for name, _ in rows] == list(FEATURES)
    assert all(f"{float(weight):.3f}" == weight for _, weight in rows)
