"""The fit of the weights of the joins: it finds weights that are there, knows true pairs, and meets no text of the n-grams."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus_tools.model import Block, Span
from corpus_tools.seam_model import seam_model
from corpus_tools.stages.repair.pair_scores import KINDS, RIVALRY, pair_weights
from corpus_tools.stages.repair.pairing import FEATURES

sys.path.append(str(Path(__file__).parent.parent.parent / "scripts"))  # scripts are no package

import fit_seam_weights as fitting
import train_seam_model as training
from news_items import FILES, Item, SourceName, items_of
from repair_pages import MadePage, Piece

DATA = os.environ.get("CORPUS_TOOLS_DATA")
CLAUSES = (
    "汀溪县今年新修渠道38公里",
    "种粮大户算了一笔账",
    "每亩可以节省成本12.5元",
    "县农机站派出六台旋耕机",
    "老街的石板路重新铺好了",
    "孩子们放学以后在这里看书",
    "市民可以在手机上预约",
    "码头上的吊车昼夜不停",
    "第一批32户居民已经搬进新居",
    "合作社把山货卖到了省外",
    "新装的路灯照亮了河堤",
    "医生每个月上山巡诊一次",
)


def invented_items(n_items: int) -> list[Item]:
    """Articles of shuffled clauses."""
    rng = random.Random("fit")
    return [
        Item(
            "invented",
            (f"{rng.choice(CLAUSES)} 其{number}",),
            tuple(
                "。".join("，".join(rng.sample(CLAUSES, rng.randint(2, 4))) for _ in range(rng.randint(1, 4))) + "。"
                for _ in range(rng.randint(2, 6))
            ),
        )
        for number in range(n_items)
    ]


def test_fit_finds_the_weights_that_made_the_labels() -> None:
    rng = np.random.default_rng(7)
    weights = np.array([-1.0, 2.0, 0.0, -0.5])
    features = np.column_stack([np.ones(20_000), rng.normal(size=(20_000, 3))])
    labels = (rng.random(20_000) < 1 / (1 + np.exp(-features @ weights))).astype(float)
    found = fitting.fit(features, labels)
    assert np.abs(found - weights).max() < 0.1
    assert np.array_equal(found, fitting.fit(features, labels))


def test_fit_of_what_can_be_parted_stays_finite() -> None:
    features = np.array([[1.0, -1.0], [1.0, 1.0]] * 50)
    found = fitting.fit(features, (features[:, 1] > 0).astype(float))
    assert np.isfinite(found).all()
    assert found[1] > 1


def test_true_pairs_are_neighbouring_parts_of_one_paragraph() -> None:
    made = MadePage(
        "老街\n河堤上的\n▲图\n路灯。\n新居落成。\n县里\n修渠。\n",
        (
            Piece(0, 2, "headline", 0, 0),
            Piece(3, 7, "body", 0, 1, 0),
            Piece(8, 10, "caption", 0, -1),
            Piece(11, 14, "body", 0, 1, 1),
            Piece(15, 20, "body", 0, 2),
            Piece(21, 23, "body", 1, 1, 0),
            Piece(24, 27, "body", 1, 1, 1),
        ),
    )
    blocks = [
        Block("body", (Span(piece.start, piece.end),), made.text[piece.start : piece.end]) for piece in made.pieces
    ]
    assert fitting.true_pairs(made, blocks) == {(1, 3), (5, 6)}
    wrapped = [*blocks[:5], Block("body", (Span(21, 23), Span(24, 27)), "县里修渠。")]
    assert fitting.true_pairs(made, wrapped) == {(1, 3)}


def test_the_table_that_is_written_is_the_one_that_is_read(tmp_path: Path) -> None:
    rows = fitting.Rows()
    fitting.add_pages(rows, invented_items(40), 14, "test", seam_model())
    again = fitting.Rows()
    fitting.add_pages(again, invented_items(40), 14, "test", seam_model())
    table = list(fitting.fitted(rows))
    assert table == list(fitting.fitted(again))
    assert any(map(any, rows.true))
    assert not all(map(all, rows.true))
    file = tmp_path / "weights.tsv"
    file.write_text(fitting.HEADER.format(sources="invented") + "".join(table), "utf-8")
    weights = pair_weights(file)
    assert {len(weights.first[kind]) for kind in KINDS} == {len(FEATURES)}
    assert {len(weights.second[kind]) for kind in KINDS} == {len(RIVALRY)}


def test_the_shipped_table_has_a_row_for_every_weight_and_no_other() -> None:
    lines = fitting.SHIPPED.read_text("utf-8").split("\n")
    rows = [tuple(line.split("\t")[:3]) for line in lines if line and not line.startswith("#")]
    assert rows == [
        *(("first", kind, name) for kind in KINDS for name in FEATURES),
        *(("second", kind, name) for kind in KINDS for name in RIVALRY),
    ]


def test_parts_of_the_text_follow_from_each_other() -> None:
    assert training.SHARES["fit"] < training.SHARES["train"] * (1 - fitting.HELD_OUT)
    assert training.SHARES["train"] < training.SHARES["all"] == 1


@pytest.mark.skipif(not DATA, reason="CORPUS_TOOLS_DATA names no folder of news text")
@pytest.mark.parametrize("name", FILES)
def test_pages_are_made_of_text_that_no_n_gram_saw(name: SourceName) -> None:
    folder = Path(DATA or "")
    if not (folder / FILES[name]).is_file():
        pytest.skip(f"no {FILES[name]} there")
    items = items_of(folder, name, "train")
    held_out = items[round(len(items) * (1 - fitting.HELD_OUT)) :]
    seen = set(training.lines_of(folder, name, "fit"))
    paragraphs = [paragraph for item in held_out for paragraph in item.paragraphs if len(paragraph) >= 40]
    assert len(paragraphs) > 1_000
    n_seen = sum(paragraph in seen for paragraph in paragraphs)
    assert n_seen < len(paragraphs) / 200  # 22 of 9,360: what is said at every ceremony
