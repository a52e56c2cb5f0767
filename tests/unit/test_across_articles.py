"""The corpora of `scripts/eval across`: copies share an origin, look-alikes have their own; and the pairs that are counted."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent.parent.parent / "scripts"))  # scripts are no package

import across_articles as made_of
import eval_across
from across_articles import Draft, Made, make_corpus, write_copies
from news_items import Item

from corpus_tools import read_articles

PLACES = ("北京", "上海", "越南", "古巴")
ITEMS = [
    Item(
        "invented",
        (f"第{n}则报道",),
        (
            f"{PLACES[n % 4]}昨日有{n}名果农上山摘梨，今年雨水匀，梨子个头大，糖分足。{PLACES[n % 3]}的客商订了{7 * n}箱。",
            f"合作社第{n}组把梨子按大小分成三等，装进印着山名的纸箱，当天就发往{PLACES[(n + 1) % 4]}的批发市场，每箱净重{n + 3}公斤。",
            f"老陆说，过去一斤梨卖{n}角，如今卖到{n + 5}角，村里又修了{n}里的路，运梨的车可以一直开到园子边上。",
        ),
    )
    for n in range(11, 131)
]
DRAFT = Draft("梨", ITEMS[0].paragraphs)


def corpus(seed: int = 1) -> list[Made]:
    """A small corpus."""
    return make_corpus(ITEMS, 200, random.Random(seed))


def test_the_same_seed_gives_the_same_corpus() -> None:
    assert corpus() == corpus()
    assert corpus() != corpus(2)


def test_ids_are_there_once_and_origins_tell_copies_from_look_alikes() -> None:
    made = corpus()
    assert len({each.article.id for each in made}) == len(made) == len(corpus())
    by_origin: dict[str, set[str]] = {}
    for each in made:
        by_origin.setdefault(each.origin, set()).add(each.kind)
    assert any(kinds & set(made_of.COPIES) for kinds in by_origin.values())
    for kinds in by_origin.values():
        if kinds & (set(made_of.LOOK_ALIKES) | {"daily", "filler"}):
            assert len(kinds) == 1
        else:
            assert "original" in kinds
    assert {each.kind for each in made} >= {"original", "daily", "misread 10 %"}


@pytest.mark.parametrize("name", made_of.COPIES)
def test_copies_say_what_the_draft_says(name: str) -> None:
    copy = made_of.COPIES[name][1](DRAFT, random.Random(4), ITEMS)
    assert copy is not None
    assert copy.paragraphs
    assert (copy == DRAFT) == (name == "same")
    share = copy.n_characters / DRAFT.n_characters
    assert 0.35 < share < 0.9 if name == "cut" else 0.8 < share < 1.2


@pytest.mark.parametrize("name", made_of.LOOK_ALIKES)
def test_look_alikes_say_something_else(name: str) -> None:
    twin = made_of.LOOK_ALIKES[name][1](DRAFT, random.Random(4), list(ITEMS[5:9]))
    assert twin is not None
    changed = [text for text in twin.paragraphs if text not in DRAFT.paragraphs]
    assert changed
    if name == "follow-up":
        assert len(twin.paragraphs) - len(changed) == 1
    if name == "other numbers":
        assert not set("".join(twin.paragraphs)) - set("".join(DRAFT.paragraphs)) - set("0123456789")


def test_daily_reports_have_no_slots_left() -> None:
    for seed in range(60):
        (text,) = made_of.daily_report(random.Random(seed)).paragraphs
        assert "{" not in text


def test_pairs_are_counted_whatever_their_order() -> None:
    groups = eval_across.groups_by({"a": "x", "b": "y", "c": "x", "d": "x"})
    assert eval_across.pairs_of(groups) == {("a", "c"), ("a", "d"), ("c", "d")}
    assert eval_across.pairs_of([["b", "a"]]) == {("a", "b")}


def test_the_measure_counts_right_and_wrong_pairs(capsys: pytest.CaptureFixture[str]) -> None:
    """Two copies and a stranger; then the gold says that a copy is none, and that the stranger is one."""
    rng = random.Random(1)
    drafts = [DRAFT, made_of.misread_by(0.05)(DRAFT, rng, ITEMS), Draft("他", ITEMS[50].paragraphs[:1])]
    records = [made_of._numbered(made_of._record(d or DRAFT, "", "", rng).article, n) for n, d in enumerate(drafts)]
    right = [Made(each, origin, "made") for each, origin in zip(records, "aab", strict=True)]
    wrong = [Made(each, origin, "made") for each, origin in zip(records, "abb", strict=True)]
    assert eval_across.measure(right, 0) == (1.0, 1.0)
    assert eval_across.measure(wrong, 1) == (0.0, 0.0)
    assert "wrong pairs: 1 made and made" in capsys.readouterr().out


def test_without_text_the_measure_says_so(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CORPUS_TOOLS_DATA", raising=False)
    assert eval_across.run([]) == {}
    assert "no news text" in capsys.readouterr().err


def test_files_for_the_bench_have_each_text_once_as_printed(tmp_path: Path) -> None:
    write_copies(tmp_path / "made.jsonl", ITEMS[:10], 25, random.Random(1), 0.1)
    articles = list(read_articles(tmp_path / "made.jsonl"))
    assert len({article.id for article in articles}) == 25
    printed = [[block.text for block in article.blocks if block.role == "body"] for article in articles]
    assert printed[:10] == [list(item.paragraphs) for item in ITEMS[:10]]
    assert all(text not in printed[:10] for text in printed[10:])
