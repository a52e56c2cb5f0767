"""The fit of the weights of openings: lone headings are told by what was printed, and what it writes is what is read."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from corpus_tools.openings import FEATURES, opening_weights

sys.path.append(str(Path(__file__).parent.parent.parent / "scripts"))  # scripts are no package

import fit_opening_weights as fitting
from test_fit_seam_weights import invented_items


@pytest.fixture(scope="module")
def found() -> list[tuple[str, fitting.Row]]:
    return list(fitting.rows(invented_items(60), "test", 10))


def test_a_row_has_a_value_for_each_feature(found: list[tuple[str, fitting.Row]]) -> None:
    assert len(found) > 10
    assert {len(values) for _, (values, _) in found} == {len(FEATURES)}
    assert all(np.isfinite(values).all() for _, (values, _) in found)


def test_both_headlines_and_crossheads_are_rows(found: list[tuple[str, fitting.Row]]) -> None:
    assert {opens for _, (_, opens) in found} == {True, False}


def test_the_same_pages_give_the_same_rows(found: list[tuple[str, fitting.Row]]) -> None:
    assert list(fitting.rows(invented_items(60), "test", 10)) == found


def test_weights_are_read_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "weights.tsv"
    lines = [f"{name}\t{place / 10:.3f}\n" for place, name in enumerate(FEATURES)]
    path.write_text(fitting.HEADER.format(sources="one and another") + "".join(lines), "utf-8")
    assert opening_weights(path) == tuple(place / 10 for place in range(len(FEATURES)))


def test_the_weights_that_ship_have_every_feature() -> None:
    assert len(opening_weights()) == len(FEATURES)
