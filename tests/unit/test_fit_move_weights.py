"""The fit of the weights of the moves: it knows which article a piece is of, and what it writes is what is read."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from corpus_tools.model import Block, Span
from corpus_tools.stages.repair.drafted import HOMES
from corpus_tools.stages.repair.stray_features import FEATURES
from corpus_tools.stages.repair.strays import move_weights

sys.path.append(str(Path(__file__).parent.parent.parent / "scripts"))  # scripts are no package

import fit_move_weights as fitting
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
    owners = fitting.owners_of_made(made)
    assert fitting.article_of(owners, []) is None
    assert fitting.article_of(owners, [body((3, 8))]) == 0
    assert fitting.article_of(owners, [body((3, 8)), body((12, 15))]) == 0
    assert fitting.article_of(owners, [body((9, 11)), body((12, 15)), body((0, 2))]) == 1
    assert fitting.article_of(owners, [body((6, 8), (12, 15))]) == 1  # a joined block
    assert fitting.article_of({}, [body((3, 8))]) is None  # of no article


@pytest.fixture(scope="module")
def found() -> list[list[fitting.Row]]:
    return list(fitting.rows(invented_items(60), 20, "test"))


def test_rows_are_runs_and_places_true_and_false_and_the_same_each_time(found: list[list[fitting.Row]]) -> None:
    assert found == list(fitting.rows(invented_items(60), 20, "test"))
    rows = [row for page in found for row in page]
    assert {len(row.place.values) for row in rows} == {len(FEATURES)}
    assert {row.is_right for row in rows} == {True, False}
    assert {row.home for row in rows} == set(HOMES)
    assert all(0 <= row.n_right <= row.n_characters for row in rows)


def test_a_run_at_home_is_no_right_one(found: list[list[fitting.Row]]) -> None:
    """Made pages on which nothing is displaced: the first of each five."""
    rows = [row for page in found[:10:5] for row in page if row.home == "headed"]
    assert sum(row.is_right for row in rows) <= len(rows) / 4


def test_the_best_rows_do_not_overlap(found: list[list[fitting.Row]]) -> None:
    first = fitting.fitted([row for page in found for row in page])
    for page in found:
        blocks = [index for row in fitting.best_rows(page, first) for index in row.place.run.blocks]
        assert len(blocks) == len(set(blocks))


def test_the_table_that_is_written_is_the_one_that_is_read(found: list[list[fitting.Row]], tmp_path: Path) -> None:
    weights = fitting.fitted([row for page in found for row in page])
    assert all(np.isfinite(its).all() for its in weights.values())
    file = tmp_path / "weights.tsv"
    file.write_text(fitting.HEADER.format(sources="invented") + "".join(fitting.lines(weights, weights)), "utf-8")
    read = move_weights(file)
    assert read.first == read.second
    assert read.first["stray"] == tuple(round(float(weight), 3) for weight in weights["stray"])


def test_the_shipped_table_has_a_row_for_every_weight_and_no_other() -> None:
    rows = [line.split("\t") for line in fitting.SHIPPED.read_text("utf-8").split("\n") if line and line[0] != "#"]
    wanted = [[weighing, home, name] for weighing in ("first", "second") for home in HOMES for name in FEATURES]
    assert [row[:3] for row in rows] == wanted
    assert all(f"{float(row[3]):.3f}" == row[3] for row in rows)
