"""`evaluate`: the seeds against their gold, and nothing against it."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Call, ok, run, run_all
from prepared import Cleaned, records_in

from corpus_tools.records import Json

FLOORS = {"bcubed": 0.90, "paragraphs": 0.95}
"""Least F1 on the seeds. Not to be lowered without saying why."""

FIELDS_FLOOR = 0.90


@pytest.fixture(scope="module")
def scores(seeds: Path, seeds_cleaned: Cleaned) -> Json:
    """The evaluation of the seeds."""
    (record,) = records_in(ok(run("evaluate", seeds_cleaned.articles, "--gold", seeds / "gold")).out)
    return record


def test_the_seeds_against_their_gold(scores: Json) -> None:
    overall = scores["overall"]
    assert (overall["articles_gold"], overall["articles_found"]) == (16, 16)
    assert (overall["characters_lost"], overall["characters_doubled"], overall["lost"]) == (0, 0, [])
    for name, floor in FLOORS.items():
        assert floor <= overall[name]["f1"] <= 1, name
    assert FIELDS_FLOOR <= overall["fields"]["share"] <= 1
    assert scores["pages_not_in_gold"] == 0
    assert sorted(scores["pages"]) == ["000_f54fbac05c86dd26", "004_ffc907128c1d5369"]


def test_other_outputs_against_the_gold(seeds: Path, seeds_cleaned: Cleaned, invented_cleaned: Cleaned) -> None:
    """The gold itself is perfect, no output is worth nothing, and pages that the gold does not know are only counted."""
    gold = ("--gold", seeds / "gold")
    files = sorted((seeds / "gold").iterdir())
    outcomes = run_all(
        {
            "gold": Call(("evaluate", seeds / "gold", *gold)),
            "nothing": Call(("evaluate", *gold), stdin=b""),
            "foreign": Call(("evaluate", "-", *gold), stdin=invented_cleaned.articles.read_bytes()),
            "one by one": Call(("evaluate", seeds_cleaned.articles, "--gold", files[0], "--gold", files[1])),
            "table": Call(("evaluate", seeds_cleaned.articles, *gold, "--to", "table")),
        }
    )
    found = {name: records_in(ok(outcome).out)[0] for name, outcome in outcomes.items() if name != "table"}
    perfect, nothing = found["gold"]["overall"], found["nothing"]["overall"]
    assert perfect["articles_exact"] == perfect["articles_found"] == 16
    assert [perfect[name]["f1"] for name in FLOORS] == [1.0, 1.0]
    assert (nothing["articles_output"], nothing["articles_found"]) == (0, 0)
    assert [nothing[name]["f1"] for name in FLOORS] == [0.0, 0.0]
    assert nothing["fields"]["share"] == 0.0
    assert nothing["characters_lost"] > 10_000
    assert found["foreign"]["overall"] == nothing
    assert found["foreign"]["pages_not_in_gold"] == 7
    assert found["one by one"]["overall"]["articles_found"] == 16
    assert " bcubed P / R / F1 " in outcomes["table"].out.decode()


def test_gold_that_is_not_there_is_wrong_usage(seeds: Path, seeds_cleaned: Cleaned, tmp_path: Path) -> None:
    """A missing gold must not look like a good result."""
    (tmp_path / "empty").mkdir()
    calls = {
        name: Call(("evaluate", seeds_cleaned.articles, *gold))
        for name, gold in {
            "none": (),
            "missing": ("--gold", tmp_path / "missing"),
            "empty": ("--gold", tmp_path / "empty"),
        }.items()
    }
    outcomes = run_all(calls)
    assert {(outcome.code, outcome.out) for outcome in outcomes.values()} == {(2, b"")}
    assert "--gold" in outcomes["none"].err
    assert f"{tmp_path / 'missing'}: No such file or directory" in outcomes["missing"].err
