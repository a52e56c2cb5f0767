"""Issues made for `scripts/eval link`: what is torn is whole together, what is true is told, and the judge counts right."""

from __future__ import annotations

import random
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus_tools.model import Article
from corpus_tools.roles import find_jumps
from corpus_tools.stages.link.evidence import FEATURES, link_weights

sys.path.append(str(Path(__file__).parent.parent.parent / "scripts"))  # scripts are no package

import eval_link
import fit_link_weights as fitting
from link_issues import LEAST_BODY, Half, MadeIssue, Trouble, cut, make_issue, shortened
from news_items import Item

NO_TROUBLE = Trouble(lost_half=0, lost_line=0, wrong_number=0, no_folio=0)
PLACES = ("岚州", "柳浦", "汀溪", "柏岭", "云石", "海陵", "竹溪", "北原")
THINGS = ("渔港", "茶园", "桥梁", "图书馆", "剧团", "果园", "窑厂", "码头", "苗圃", "灯塔")


def items(n_items: int = 80) -> list[Item]:
    """Invented articles, each about a thing of its own."""
    found = []
    for number in range(n_items):
        about = f"{PLACES[number % len(PLACES)]}{THINGS[number % len(THINGS)]}{number}号"
        paragraphs = tuple(
            f"{about}的第{turn}段说，{THINGS[(number + turn) % len(THINGS)]}旁边的{about}今年修了{number + turn}次，"
            f"大家对{about}很满意，明年还要再修。管理{about}的人说，一切都好。"
            for turn in range(4)
        )
        found.append(Item("invented", (f"{about}修缮完工 众人称好",), paragraphs))
    return found


def issue(seed: int, trouble: Trouble = NO_TROUBLE) -> MadeIssue:
    return make_issue(items(), random.Random(seed), trouble)


def halves(made: MadeIssue) -> list[Half]:
    return [half for page in made.pages for half in page.halves]


@pytest.mark.parametrize("seed", range(8))
def test_the_same_seed_gives_the_same_issue(seed: int) -> None:
    assert issue(seed) == issue(seed)
    assert [page.text for page in issue(seed).pages] != [page.text for page in issue(seed + 100).pages]


@pytest.mark.parametrize("seed", range(8))
def test_halves_are_where_they_are_said_to_be(seed: int) -> None:
    for page in issue(seed, Trouble(noise=0.03)).pages:
        for half in page.halves:
            text = page.text[half.start : half.end]
            assert all(line in text for line in (*half.head, *half.paragraphs))
            assert (half.jump_from in text) and (half.jump_to in text)


@pytest.mark.parametrize("seed", range(8))
def test_torn_articles_are_whole_together_and_name_each_other(seed: int) -> None:
    made = issue(seed)
    whole = {"".join(item.paragraphs) for item in items()}
    truth = made.truth()
    assert truth
    for (p, h), (q, k) in truth:
        first, second = made.pages[p].halves[h], made.pages[q].halves[k]
        assert (first.article, first.part + 1) == (second.article, second.part)
        (on,), (back,) = find_jumps(first.jump_to), find_jumps(second.jump_from)
        assert on.page == f"{made.letter}{q + 1}"
        assert back.page == f"{made.letter}{p + 1}"
    for article in {half.article for half in halves(made)}:
        parts = sorted((half for half in halves(made) if half.article == article), key=lambda half: half.part)
        assert "".join(line for half in parts for line in half.paragraphs) in whole


def test_trouble_happens() -> None:
    made = [issue(seed, Trouble(lost_half=0.3, lost_line=0.3, wrong_number=0.5, no_folio=0.5)) for seed in range(10)]
    jumped = [half for each in made for half in halves(each) if half.jump_from or half.jump_to]
    paired = {half for each in made for pair in each.truth() for half in pair}
    assert len(paired) < 2 * len(jumped)
    assert any(not page.says_number for each in made for page in each.pages[1:])


@pytest.mark.parametrize("n_parts", [2, 3])
def test_a_cut_loses_nothing(n_parts: int) -> None:
    for seed in range(30):
        paragraphs = items()[seed].paragraphs
        parts = cut(paragraphs, n_parts, random.Random(seed)) or [list(paragraphs)]
        assert len(parts) in (1, n_parts)
        assert "".join(line for part in parts for line in part) == "".join(paragraphs)
    assert cut(["太短了。"], n_parts, random.Random(1)) is None


def test_shortened_headlines_are_part_of_the_headline() -> None:
    for seed in range(20):
        short = shortened("岚州渔港修缮完工 两万渔民出海更方便", random.Random(seed))
        assert short in "岚州渔港修缮完工 两万渔民出海更方便"
    assert LEAST_BODY > 0


# --- the judge ---


def test_right_records_are_all_linked_right() -> None:
    for seed in range(6):
        counts = eval_link.judged(issue(seed), piped=False, samples=[])
        assert counts["true"] == counts["plain"] > 0
        assert counts["wrong"] == 0
        assert counts["right"] == counts["plain_right"] >= 0.5 * counts["true"]


def test_the_pipeline_is_judged_by_what_stands_at_the_jump() -> None:
    samples: list[str] = []
    counts = sum((eval_link.judged(issue(seed), piped=True, samples=samples) for seed in range(4)), Counter())
    assert counts["right"] > 0
    assert counts["right"] + len([sample for sample in samples if sample.startswith("MISSED")]) == counts["true"]


def test_a_wrong_link_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    made = issue(1)
    (p, h), (q, k) = sorted(made.truth())[0]
    others = [
        (f"{p}/{h}", f"{n}/{m}")
        for n, page in enumerate(made.pages)
        for m in range(len(page.halves))
        if (n, m) != (q, k)
    ]

    def links(records: list[Article], verdicts: list[object]) -> list[tuple[str, str]]:
        return others[:1]

    monkeypatch.setattr(eval_link, "linked_pairs", links)
    counts = eval_link.judged(made, piped=False, samples=[])
    assert (counts["right"], counts["wrong"]) == (0, 1)


def test_a_pair_without_any_jump_line_is_not_asked_for() -> None:
    made = issue(2)
    (p, h), (q, k) = sorted(made.truth())[0]
    before = eval_link.judged(made, piped=False, samples=[])["true"]
    made.pages[p].halves[h] = replace(made.pages[p].halves[h], jump_to="")
    made.pages[q].halves[k] = replace(made.pages[q].halves[k], jump_from="")
    assert eval_link.judged(made, piped=False, samples=[])["true"] == before - 1


def test_measuring_needs_no_data_to_say_so(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CORPUS_TOOLS_DATA", raising=False)
    assert eval_link.run(["--brief"]) == {}
    assert "no folder with news text" in capsys.readouterr().out


# --- the fit ---


def test_groups_have_their_true_partner() -> None:
    found = list(fitting.groups(items(), 8, "test"))
    assert all(values.shape[1] == len(FEATURES) for values, _ in found)
    with_partner = [(values, true) for values, true in found if true >= 0]
    assert 0 < len(with_partner) < len(found)
    to_fits = FEATURES.index("to_fits")
    assert np.mean([values[true, to_fits] for values, true in with_partner]) > 0.5


def test_the_fit_prefers_what_is_true() -> None:
    found = list(fitting.groups(items(), 12, "test"))
    weights = dict(zip(FEATURES, fitting.fit(found), strict=True))
    assert weights["to_fits"] > weights["to_differs"]
    assert weights["both"] > weights["no_jump_to"]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "weights.tsv"
    path.write_text(
        fitting.HEADER.format(sources="test") + "".join(f"{name}\t{at}.5\n" for at, name in enumerate(FEATURES))
    )
    assert link_weights(path) == tuple(at + 0.5 for at in range(len(FEATURES)))
