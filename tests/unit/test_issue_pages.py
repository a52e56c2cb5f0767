"""The issues of `scripts/eval split`: the gold is what is printed, and what is wrong about a headline is told by its cause."""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from corpus_tools import read_articles
from corpus_tools.evaluation import evaluate
from corpus_tools.model import Article, Block, Span
from corpus_tools.stages.link import link

sys.path.append(str(Path(__file__).parent.parent.parent / "scripts"))  # scripts are no package

import eval_split
import issue_pages
from issue_elements import Run, composed, damage_runs, runs_of
from issue_heads import HABITS, clause_of, head_group, short_title
from issue_items import plain_items
from issue_pages import issues
from issue_paper import IssuePage
from issue_stories import halves, report
from issue_wording import ISSUE_WORDINGS, IssueWording
from news_items import Item
from repair_made import KEPT, Damage
from split_causes import wrong_headlines

CLAUSES = (
    "汀溪县今年新修渠道三十八公里",
    "种粮大户算了一笔账",
    "每亩可以节省成本12.5元",
    "县农机站派出六台旋耕机",
    "老街的石板路重新铺好了",
    "孩子们放学以后在这里看书",
    "市民可以在手机上预约",
    "“从前下雨天出不了门”",
    "码头上的吊车昼夜不停",
    "第一批三十二户居民已经搬进新居",
    "气象台预计周末仍有小雨",
    "合作社把山货卖到了省外",
    "新装的路灯照亮了河堤",
    "医生每个月上山巡诊一次",
)
DAMAGES = {
    "as printed": Damage(lost_halves=0.0),
    "damaged": Damage(displaced=0.25, noise=0.03, lost_halves=0.3),
    "tight": Damage(displaced=0.1, blank_lines=False, indents="kept"),
    "traditional": Damage(noise=0.01, traditional=1.0),
    "other": Damage(displaced=0.1, wording="other"),
    "lines": Damage("wrapped", displaced=0.1, noise=0.01, lost_halves=0.05, indents="partly"),
}


def _items() -> list[Item]:
    rng = random.Random("items")
    items = []
    for number in range(60):
        paragraphs = tuple(
            f"{'。'.join('，'.join(rng.sample(CLAUSES, rng.randint(2, 4))) for _ in range(rng.randint(2, 5)))}。"
            for _ in range(rng.randint(1, 8))
        )
        title = rng.choice(
            (CLAUSES[number % 7][:9], "河堤亮了 居民笑了", "——".join(CLAUSES[4:6]), "县长强调 抓好春耕生产")
        )
        items.append(Item("invented", (f"{title}其{number}",), paragraphs))
    return items


ITEMS = _items()


@cache
def made(form: str, n_issues: int = 4) -> list[list[IssuePage]]:
    """Some issues of that form."""
    return list(issues(ITEMS, "invented", n_issues, DAMAGES[form]))


def pages_of(form: str, n_issues: int = 4) -> list[IssuePage]:
    """The pages of some issues of that form."""
    return [page for issue in made(form, n_issues) for page in issue]


def gold_of(form: str, n_issues: int = 4) -> list[Article]:
    """The gold of some issues of that form."""
    return [article for page in pages_of(form, n_issues) for article in page.gold]


# --- the gold is what is printed ---


@pytest.mark.parametrize("form", DAMAGES)
def test_the_same_seed_gives_the_same_issue(form: str) -> None:
    assert made(form, 1) == made(form, 1)
    assert made(form, 2)[0] == made(form, 1)[0]
    assert made(form, 2)[1][0].text != made(form, 1)[0][0].text


@pytest.mark.parametrize("form", DAMAGES)
def test_blocks_are_disjoint_and_all_but_furniture_is_in_one(form: str) -> None:
    for page in pages_of(form):
        spans = sorted(span for article in page.gold for block in article.blocks for span in block.spans)
        assert all(left.end <= right.start for left, right in pairwise(spans))
        assert all(
            page.text[span.start] > " " and page.text[span.end - 1].strip()
            for span in spans
            if "\n" not in page.text[span.start : span.end]
        )
        outside = "".join(
            page.text[left.end : right.start] for left, right in pairwise([Span(0, 0), *spans, Span(len(page.text), 0)])
        )
        lines = [line for line in outside.split("\n") if line.strip()]
        assert len(lines) <= 6, lines  # masthead or folio above, editors below


@pytest.mark.parametrize("form", DAMAGES)
def test_a_block_holds_what_its_spans_hold(form: str) -> None:
    for page in pages_of(form):
        for article in page.gold:
            for block in article.blocks:
                text = "".join(page.text[span.start : span.end] for span in block.spans).replace("\u3000", " ")
                assert block.text == (text if block.role in KEPT else text.replace("\n", " "))
                assert block.text.strip() == block.text


@pytest.mark.parametrize("form", ["as printed", "tight", "other"])
def test_paragraphs_are_those_of_the_items(form: str) -> None:
    whole = {paragraph for item in ITEMS for paragraph in item.paragraphs}
    n_joined = 0
    for article in gold_of(form):
        for block in article.blocks:
            if (
                block.role != "body"
                or {"start_missing", "end_missing"} & set(block.flags)
                or article.jump_from
                or article.jump_to
            ):
                continue
            n_joined += "joined" in block.flags
            assert any(block.text.endswith(text) for text in whole), block.text
    assert n_joined > 20


@pytest.mark.parametrize("form", DAMAGES)
def test_fields_are_read_off_the_blocks(form: str) -> None:
    for article in gold_of(form):
        for role in ("column", "kicker", "headline", "deck"):
            texts = [block.text for block in article.blocks if block.role == role]
            assert getattr(article, role) == (" ".join(texts) or None)
        text = "".join(block.text for block in article.blocks if block.role in ("body", "byline")).replace(" ", "")
        assert all(person.name in text for person in article.byline)
        rest = iter(text)  # a name may stand inside a tag: 中央社記者…台北3日電
        assert all(character in rest for character in (article.dateline or "").replace(" ", ""))
        has_jump = any(block.role == "jump" for block in article.blocks)
        assert has_jump == bool(article.jump_from or article.jump_to)


@pytest.mark.parametrize("form", DAMAGES)
def test_records_are_numbered_by_their_earliest_character(form: str) -> None:
    for page in pages_of(form):
        firsts = [min(span.start for block in article.blocks for span in block.spans) for article in page.gold]
        assert firsts == sorted(firsts)
        assert [article.id for article in page.gold] == [f"{page.id}/{place}" for place in range(1, len(firsts) + 1)]


def test_flags_follow_from_what_was_done() -> None:
    printed = Counter(flag for article in gold_of("as printed", 8) for flag in article.flags)
    assert not {"reordered", "gap"} & set(printed)
    assert {"start_missing", "end_missing", "headline_missing"} <= set(printed)
    damaged = Counter(flag for article in gold_of("damaged", 8) for flag in article.flags)
    assert {"reordered", "gap"} <= set(damaged)


def test_of_a_paragraph_that_lost_its_middle_two_blocks_are_left() -> None:
    blocks = [block for article in gold_of("damaged", 30) for block in article.blocks]
    both = [
        (left, right)
        for left, right in pairwise(blocks)
        if "end_missing" in left.flags and "start_missing" in right.flags
    ]
    assert both


def test_halves_name_each_others_pages_and_are_linked() -> None:
    n_pairs = 0
    for issue in made("damaged", 12):
        gold = {article.id: article for page in issue for article in page.gold}
        numbers = {page.id: page.meta.page_number for page in issue}
        for article in gold.values():
            if article.continued_by:
                second = gold[article.continued_by]
                n_pairs += 1
                assert second.continues == article.id
                if article.jump_to and second.jump_from:
                    assert (article.jump_to, second.jump_from) == (numbers[second.page_id], numbers[article.page_id])
    assert n_pairs > 8


def test_every_role_and_habit_is_printed() -> None:
    roles = {
        block.role for form in ("as printed", "other") for article in gold_of(form, 16) for block in article.blocks
    }
    wanted = {"column", "kicker", "headline", "deck", "byline", "body", "crosshead", "caption", "credit", "jump"}
    assert wanted | {"list", "table", "verse", "notice", "advert"} <= roles


# --- elements, heads, halves ---


def test_what_is_said_of_a_run_is_said_of_what_is_printed() -> None:
    element = composed("byline", *runs_of("□ 本报[记者] {n}", random.Random(1)))
    assert [run.mark for run in element.runs] == ["", "role", "", "name"]
    damage_runs([element], 0.5, random.Random(3), traditional=False)
    assert element.text == "".join(run.text for run in element.runs)
    jump = composed("jump", Run("（下转第"), Run("3", "page"), Run("版）"))
    damage_runs([jump], 1.0, random.Random(3), traditional=False)
    assert jump.runs[1].text == "3"


def test_an_author_without_a_name_is_one_run() -> None:
    runs = runs_of("~{p}评论员~", random.Random(1))
    assert [run.mark for run in runs] == ["author"]
    assert runs[0].text.endswith("评论员")


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.__name__)
@pytest.mark.parametrize("wording", ISSUE_WORDINGS.values(), ids=list(ISSUE_WORDINGS))
def test_a_head_has_one_headline_in_its_place(habit: object, wording: IssueWording) -> None:
    assert callable(habit)
    for number in range(40):
        item = ITEMS[number]
        elements = habit(item, item.headline[0], random.Random(number), wording)
        roles = [run.role or element.role for element in elements for run in element.runs]
        order = [*dict.fromkeys(roles)]
        assert order == [role for role in ("column", "kicker", "headline", "deck") if role in order]
        assert "headline" in roles or not roles
        headline = "".join(
            run.text for element in elements for run in element.runs if (run.role or element.role) == "headline"
        )
        assert "".join(headline.split()) in ("".join(item.headline[0].split()), "")


def test_a_dash_in_a_title_parts_it_but_not_in_quotes() -> None:
    wording = ISSUE_WORDINGS["usual"]

    def head(title: str) -> list[tuple[str, str]]:
        elements = head_group(Item("invented", (title,), ("春天来了。",)), random.Random(1), wording)
        return [(run.role or element.role, run.text) for element in elements for run in element.runs]

    parted = head("老街新生——一座码头的四十年")
    assert parted == [("headline", "老街新生"), ("deck", "——一座码头的四十年")]
    assert not any(role == "deck" and "四十年" in text for role, text in head("《老街——一座码头的四十年》出版"))


def test_clauses_are_of_the_text_and_not_of_the_headline() -> None:
    item = Item("invented", ("河堤亮了",), ("河堤亮了，新装的路灯照亮了河堤，“从前出不了门”。",))
    assert {clause_of(item, random.Random(seed)) for seed in range(20)} == {"新装的路灯照亮了河堤"}
    assert short_title("河堤亮了 居民笑了") == "河堤亮了"
    assert short_title("河堤上的路灯全部点亮") == "河堤上的路灯全部点亮"


def test_a_report_that_jumps_is_whole_in_its_two_halves() -> None:
    wording = ISSUE_WORDINGS["usual"]
    n_jumps = n_torn = 0
    for number, item in enumerate(ITEMS):
        rng = random.Random(number)
        elements = report(item, rng, wording, traditional=False)
        bodies = "".join(
            run.text for element in elements for run in element.runs if element.role == "body" and not run.role
        )
        both = halves(elements, item, rng, wording, ("A1", "A4"), "民生")
        if both is None:
            assert sum(element.role == "body" for element in elements) < 3
            continue
        n_jumps += 1
        first, second = both
        assert (first.jump_to, second.jump_from, first.goes_on) == ("A4", "A1", second)
        runs = [(element, run) for story in both for element in story.elements for run in element.runs]
        assert "".join(run.text for element, run in runs if element.role == "body" and not run.role) == bodies
        assert [run.text.replace("0", "") for _, run in runs if run.mark == "page"] == ["A4", "A1"]
        last = next(
            run.text
            for element in reversed(first.elements)
            if element.role == "body"
            for run in element.runs
            if not run.role
        )
        n_torn += not last.endswith("。")
    assert n_jumps > 20
    assert n_torn > 5


@pytest.mark.parametrize(
    ("paragraph", "left"),
    [
        ("本报讯记者贺青报道：春天到了，沙棘沟村的渠道全部修好，今年不再等水，旱地也能种稻。", "春天到了"),
        (
            "据新华社岚州１月９日电（记者闻一苇）春天到了，沙棘沟村的渠道全部修好，今年不再等水，旱地也能种稻。",
            "春天到了",
        ),
        ("春天到了，沙棘沟村的渠道全部修好，今年不再等水，旱地也能种稻，家家户户都很高兴。（罗小满）", "春天到了"),
    ],
)
def test_leads_and_sign_offs_of_the_source_are_taken_off(paragraph: str, left: str) -> None:
    [item] = plain_items([Item("peoples_daily", ("沙棘沟村修好渠道",), (paragraph,))])
    assert item.paragraphs[0].startswith(left)
    assert item.paragraphs[0][-1] in "。"


@pytest.mark.parametrize(
    ("title", "paragraphs"),
    [
        (("一、修好渠道的经验",), ("春天到了，沙棘沟村的渠道全部修好，今年不再等水，旱地也能种稻。",)),
        (("修好渠道", "罗小满 闻一苇"), ("春天到了，沙棘沟村的渠道全部修好，今年不再等水，旱地也能种稻。",)),
        (
            ("修好渠道的经验",),
            (
                "春天到了，渠道全部修好，今年不再等水。（本报专电）",
                "夏天到了，渠道全部修好，今年不再等水，旱地也能种稻。",
            ),
        ),
        (("修好渠道的经验",), ("记者贺青和通讯员闻一苇报道春天到了，渠道全部修好，今年不再等水，旱地也能种稻。",)),
    ],
)
def test_items_that_are_no_single_report_are_left_out(title: tuple[str, ...], paragraphs: tuple[str, ...]) -> None:
    assert plain_items([Item("peoples_daily", title, paragraphs)]) == []


# --- scores and causes ---


@pytest.mark.parametrize("form", DAMAGES)
def test_the_gold_is_all_right_by_its_own_measure(form: str) -> None:
    gold = gold_of(form)
    scores = evaluate(gold, gold).overall
    assert scores.articles_exact == scores.articles_gold > 40
    assert scores.headlines.share == scores.right_roles.share == 1
    assert list(wrong_headlines(gold, gold)) == []


def test_link_finds_the_halves_of_the_gold() -> None:
    for issue in made("as printed", 8):
        gold = [article for page in issue for article in page.gold]
        bare = [replace(article, continues=None, continued_by=None) for article in gold]
        found = {(article.id, article.continued_by) for article in link(bare) if article.continued_by}
        assert found <= {(article.id, article.continued_by) for article in gold}


PAGE = "河堤亮了\n来自城南的报告\n路灯全部点亮。居民高兴。\n渠道通了\n今年不再等水。"


def _block(role: str, start: int, end: int) -> Block:
    return Block(role, (Span(start, end),), PAGE[start:end])  # type: ignore[arg-type]


def _article(number: int, *blocks: Block) -> Article:
    headline = " ".join(block.text for block in blocks if block.role == "headline") or None
    return Article(f"甲/{number}", "article", "甲", "", headline=headline, blocks=blocks)


HEADLINE, DECK, TEXT = _block("headline", 0, 4), _block("deck", 5, 12), _block("body", 13, 25)
SECOND, LATER = _block("headline", 26, 30), _block("body", 31, 38)
LIGHTS, WATER = _article(1, HEADLINE, DECK, TEXT), _article(2, SECOND, LATER)


@pytest.mark.parametrize(
    ("output", "causes"),
    [
        ([LIGHTS, WATER], []),
        ([WATER], ["lost"]),
        ([_article(1, DECK, TEXT), WATER], ["lost: the headline is in no record"]),
        ([_article(1, replace(HEADLINE, role="kicker"), DECK, TEXT), WATER], ["role: headline is kicker"]),
        (
            [_article(1, HEADLINE, DECK, TEXT, replace(SECOND, role="crosshead"), LATER)],
            ["role: headline is crosshead, merged into another article"],
        ),
        ([_article(1, HEADLINE, replace(DECK, role="headline"), TEXT), WATER], ["more: the headline holds deck too"]),
        (
            [_article(1, HEADLINE, DECK, TEXT, SECOND, LATER)],
            ["more: the headline holds another article's headline too"] * 2,
        ),
        ([_article(1, HEADLINE), _article(3, DECK, TEXT), WATER], ["split: headline and text are two records"]),
        ([LIGHTS, _article(2, LATER), _article(3, SECOND)], ["split: headline and text are two records"]),
        (
            [_article(1, DECK, TEXT), _article(2, HEADLINE, SECOND, LATER)],
            [
                "boundary: the headline went to another article",
                "more: the headline holds another article's headline too",
            ],
        ),
    ],
)
def test_what_is_wrong_with_a_headline_has_one_cause(output: list[Article], causes: list[str]) -> None:
    wrong = list(wrong_headlines(output, [LIGHTS, WATER]))
    assert [each.cause for each in wrong] == causes
    assert all(each.gold.headline in each.shown() for each in wrong if each.gold.headline)


# --- by hand ---


def test_issues_are_written_with_their_gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(issue_pages, "items_of", lambda folder, source, part: ITEMS)
    out = tmp_path / "out"
    issue_pages.main(["--issues", "2", "--data", str(tmp_path), "--out", str(out), "--wording", "other"])
    damage = Damage(displaced=0.1, noise=0.01, wording="other")
    expected = list(issues(ITEMS, "broadcast", 2, damage))
    for number, issue in enumerate(expected):
        for page in issue:
            assert (out / f"{page.id}.txt").read_text("utf-8") == page.text
        written = list(read_articles(out / "gold" / f"{number:03}.jsonl"))
        assert written == [article for page in issue for article in page.gold]
    assert re.fullmatch(r"001/0\d/\d+", written[0].id)


# --- the measurement ---


def test_a_measurement_takes_whole_issues_until_there_are_enough_pages() -> None:
    sizes = [len(issue) for issue in made("as printed", 3)]
    measured = eval_split.measure(iter(made("as printed", 3)), sizes[0] + 1)
    assert measured.n_pages == sizes[0] + sizes[1]
    gold = [article for issue in made("as printed", 3)[:2] for page in issue for article in page.gold]
    assert measured.scores.articles_gold == len(gold) == measured.kinds.total()
    assert measured.jumps["there"] == sum(article.continued_by is not None for article in gold)
    assert measured.scores.headlines.counted == sum(article.headline is not None for article in gold)
    assert len(measured.wrong) == measured.scores.headlines.counted - measured.scores.headlines.correct


def test_what_a_folio_says_is_counted_unless_it_is_misread() -> None:
    pages = [page for issue in made("as printed", 3) for page in issue]
    assert any(page.printed.date for page in pages)
    assert all(page.printed.date in (None, page.meta.date) for page in pages)
    assert all(page.printed.page_number in (None, page.meta.page_number) for page in pages)
    assert all(page.printed.newspaper is None or page.printed.newspaper in page.text for page in pages)
    garbled = list(issues(ITEMS, "invented", 2, Damage(noise=0.9)))
    assert not any(page.printed.date for issue in garbled for page in issue)


def test_without_news_text_there_are_no_figures(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CORPUS_TOOLS_DATA", raising=False)
    assert eval_split.run([]) == {}
    assert "CORPUS_TOOLS_DATA" in capsys.readouterr().out


def test_every_figure_has_a_name_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    given = argparse.Namespace(brief=False, samples=2)
    figures: dict[str, float] = {}
    for condition in eval_split.CONDITIONS:
        measured = eval_split.measure(iter(made("damaged", 1)), 1)
        its = eval_split.report("broadcast", "usual", condition, measured, given)
        assert not figures.keys() & its.keys()
        figures |= its
    assert all(0 <= value <= 1 for value in figures.values())
    assert "broadcast_usual_damaged_headlines" in figures
    assert "headlines wrong by cause" in capsys.readouterr().out
