"""Linking: issues of a few invented pages, whose halves are linked, merged, or left single and named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from corpus_tools.model import Article, Block, PageMeta, Part, Span
from corpus_tools.options import Options, ReadOptions
from corpus_tools.pipeline import clean_one
from corpus_tools.read.pages import page_from_text
from corpus_tools.records import article_from, article_line, load
from corpus_tools.stages.link import Verdict, link
from corpus_tools.stages.link.issues import MOST_PAGES, issues
from corpus_tools.verification import verify

META = PageMeta("岚州日报", "2021-03-12", None, "1", None)

ORCHARD_1 = """沙棘沟村的果园丰收了

本报讯（记者 贺青禾）入秋以来，沙棘沟村的果园里一派丰收景象，果农们忙着采摘沙棘果、装箱、过秤。合作社的冷库已经存下十二万斤沙棘果，还有三成果子挂在枝头，

（下转第二版）"""
ORCHARD_2 = """沙棘沟村的果园丰收了

（上接第一版）合作社正组织果农抢摘沙棘果，力争月底前全部送进冷库。果园旁边新建的榨汁车间下个月投产，沙棘果的身价还要翻一番。

（贺青禾）"""
BRIDGE_1 = """白鹭江大桥合龙

本报讯（记者 祁望川）昨天上午，白鹭江大桥的主塔之间浇筑完最后一方混凝土，大桥顺利合龙。施工单位克服江水湍急、桥墩基岩破碎等困难，比计划提前四十天完成主桥架设。

（下转第二版）"""
BRIDGE_2 = """（上接第一版）白鹭江大桥合龙以后，施工单位将转入主桥桥面混凝土铺装，年底前大桥具备通车条件。施工单位说，江水湍急时主桥架设最难。

（祁望川）"""
OTHER = """图书馆夜间开放

本报讯（记者 岳小棠）从下月起，市图书馆每天开放到晚上九点，增设少儿阅览座位一百二十个。"""


def records(page_id: str, *parts: str, number: str | None = None, meta: PageMeta = META) -> list[Article]:
    """The article records of a page of these texts; `number` is its printed page number."""
    text = "\n\n".join(parts)
    reading = ReadOptions(meta=replace(meta, page_number=number))
    page = clean_one(page_from_text(text, page_id, f"{page_id}.txt", reading), Options())
    assert not list(verify([page]))
    return list(page.articles)


def by_id(articles: list[Article]) -> dict[str, Article]:
    found = {article.id: article for article in articles}
    assert len(found) == len(articles)
    return found


def linked(articles: list[Article], *, merge: bool = False) -> tuple[list[Article], list[Verdict]]:
    """What `link` gives, and the halves that it leaves single though there are candidates."""
    verdicts: list[Verdict] = []
    found = list(link(articles, merge=merge, on_verdict=verdicts.append))
    assert_nothing_lost(articles, found)
    return found, [verdict for verdict in verdicts if verdict.is_open]


def assert_nothing_lost(before: list[Article], after: list[Article]) -> None:
    """Every block that came in is in exactly one record that goes out."""
    came = Counter((article.page_id, block) for article in before for block in article.blocks)
    parts = (part for record in after for part in record.parts or (Part(record.page_id, record.blocks),))
    assert Counter((part.page_id, block) for part in parts for block in part.blocks) == came
    assert max(came.values()) == 1


TWO_PAGES = [*records("1", ORCHARD_1, BRIDGE_1, number="1"), *records("2", BRIDGE_2, ORCHARD_2, number="2")]


def test_the_pages_are_what_the_tests_think() -> None:
    assert [(article.id, article.jump_to, article.jump_from) for article in TWO_PAGES] == [
        ("1/1", "2", None),
        ("1/2", "2", None),
        ("2/1", None, "1"),
        ("2/2", None, "1"),
    ]


# --- which halves belong together ---


def test_halves_are_linked_by_what_they_say() -> None:
    found, ambiguous = linked(TWO_PAGES)
    links = {article.id: (article.continues, article.continued_by) for article in found}
    assert links == {"1/1": (None, "2/2"), "1/2": (None, "2/1"), "2/1": ("1/2", None), "2/2": ("1/1", None)}
    assert not ambiguous


def test_without_page_numbers_what_they_say_is_enough() -> None:
    articles = [*records("1", ORCHARD_1, BRIDGE_1), *records("2", BRIDGE_2, ORCHARD_2)]
    assert {article.id: article.continued_by for article in linked(articles)[0]} == {
        "1/1": "2/2",
        "1/2": "2/1",
        "2/1": None,
        "2/2": None,
    }


def test_the_order_of_records_stays() -> None:
    assert [article.id for article in linked(TWO_PAGES)[0]] == [article.id for article in TWO_PAGES]
    backwards = [*TWO_PAGES[2:], *TWO_PAGES[:2]]
    found, _ = linked(backwards)
    assert [article.id for article in found] == [article.id for article in backwards]
    assert by_id(found)["1/1"].continued_by == "2/2"


def test_only_the_two_keys_change() -> None:
    for before, after in zip(TWO_PAGES, linked(TWO_PAGES)[0], strict=True):
        assert replace(after, continues=None, continued_by=None) == before


def test_halves_whose_page_numbers_do_not_fit_are_named_and_not_linked() -> None:
    """The number may be misread, and the title is the same: a candidate, and no more."""
    wrong_there = [*records("1", ORCHARD_1, number="1"), *records("3", ORCHARD_2, number="3")]
    wrong_here = [*records("4", ORCHARD_1, number="4"), *records("2", ORCHARD_2, number="2")]
    for articles in (wrong_there, wrong_here):
        found, open_halves = linked(articles)
        assert found == articles
        assert [(each.article_id, each.way) for each in open_halves] == [
            (articles[0].id, "to"),
            (articles[1].id, "from"),
        ]
        assert "names another page" in open_halves[0].candidates[0].reasons


def without_jump(article: Article, role: str) -> Article:
    """The record as it is where OCR lost its jump line."""
    blocks = tuple(block for block in article.blocks if block.role != "jump")
    return replace(article, blocks=blocks, **{role: None})  # type: ignore[arg-type]


GOES_ON = """沙棘沟村的果园丰收了

本报讯（记者 贺青禾）入秋以来，沙棘沟村的果园里一派丰收景象。合作社的冷库已经存下十二万斤沙棘果，果农们忙着采摘沙棘果、装箱、过秤，力争月底前送进冷

（下转第二版）"""
ON_PAGE_TWO = """沙棘沟村的果园丰收了

（上接第一版）库。合作社的果农们说，沙棘果的身价还要翻一番，沙棘沟村的果园旁边新建的榨汁车间下个月投产，冷库再存不下更多的沙棘果。"""


def test_a_lost_jump_line_does_not_matter_where_the_sentence_goes_on() -> None:
    first, second = records("1", GOES_ON, number="1")[0], records("2", ON_PAGE_TWO, number="2")[0]
    for pair in ([without_jump(first, "jump_to"), second], [first, without_jump(second, "jump_from")]):
        found, open_halves = linked(pair)
        assert [article.continued_by for article in found] == [second.id, None]
        assert not open_halves


def test_a_lost_jump_line_is_only_named_where_a_sentence_ends() -> None:
    """A second report about the same thing on that page looks the same."""
    first, second = records("1", BRIDGE_1, number="1")[0], records("2", BRIDGE_2, number="2")[0]
    for pair in ([without_jump(first, "jump_to"), second], [first, without_jump(second, "jump_from")]):
        found, open_halves = linked(pair)
        assert found == pair
        assert [[each.article_id for each in half.candidates] for half in open_halves] in ([[first.id]], [[second.id]])


def test_without_any_jump_line_nothing_is_linked() -> None:
    first, second = records("1", GOES_ON, number="1")[0], records("2", ON_PAGE_TWO, number="2")[0]
    pair = [without_jump(first, "jump_to"), without_jump(second, "jump_from")]
    assert linked(pair) == (pair, [])


def test_where_the_page_between_is_lost_nothing_is_linked() -> None:
    """下转2版 on page 1 and 上接2版 on page 3 are of one article perhaps, but neither goes on with the other."""
    first = half("1", "1", None, "2")
    third = replace(half("3", "3", "2", None), headline=first.headline)
    found, open_halves = linked([first, third])
    assert found == [first, third]
    assert not open_halves


def test_page_numbers_choose_between_equal_halves() -> None:
    pages = [("1", ORCHARD_1), ("2", ORCHARD_2), ("3", ORCHARD_2)]
    articles = [article for number, text in pages for article in records(number, text, number=number)]
    found, ambiguous = linked(articles)
    assert [article.continued_by for article in found] == ["2/1", None, None]
    assert not ambiguous


def test_halves_of_one_page_are_never_linked() -> None:
    articles = records("1", ORCHARD_1, ORCHARD_2)
    assert [article.continued_by for article in linked(articles)[0]] == [None] * len(articles)


def test_strangers_are_not_linked() -> None:
    articles = [*records("1", ORCHARD_1, number="1"), *records("2", BRIDGE_2, number="2")]
    found, ambiguous = linked(articles)
    assert found == articles
    named = [(each.article_id, [other.article_id for other in each.candidates]) for each in ambiguous]
    assert named == [("1/1", ["2/1"]), ("2/1", ["1/1"])]


@pytest.mark.parametrize("merge", [False, True])
def test_two_candidates_too_close_are_named_and_not_linked(merge: bool) -> None:
    twins = [*records("1", ORCHARD_1, number="1"), *records("2a", ORCHARD_2), *records("2b", ORCHARD_2)]
    found, ambiguous = linked(twins, merge=merge)
    assert found == twins
    assert [each.article_id for each in ambiguous] == ["1/1", "2a/1", "2b/1"]
    candidates = ambiguous[0].candidates
    assert [each.article_id for each in candidates] == ["2a/1", "2b/1"]
    assert candidates[0].score == candidates[1].score < 0.5


@pytest.mark.parametrize("merge", [False, True])
def test_two_first_halves_too_close_are_named_and_not_linked(merge: bool) -> None:
    twins = [*records("1a", ORCHARD_1), *records("1b", ORCHARD_1), *records("2", ORCHARD_2, number="2")]
    found, ambiguous = linked(twins, merge=merge)
    assert found == twins
    assert [each.article_id for each in ambiguous] == ["1a/1", "1b/1", "2/1"]


# --- what is no issue, and other issues ---


def test_articles_without_meta_stay_as_they_are() -> None:
    articles = [*records("1", ORCHARD_1, meta=PageMeta()), *records("2", ORCHARD_2, meta=PageMeta())]
    found, ambiguous = linked(articles, merge=True)
    assert found == articles
    assert not ambiguous


@pytest.mark.parametrize("change", [{"newspaper": "柳浦晚报"}, {"date": "2021-03-13"}, {"edition": "晚版"}])
def test_halves_of_two_issues_are_not_linked(change: dict[str, str]) -> None:
    other = replace(META, **change)
    mine = replace(META, edition="晨版")
    articles = [*records("1", ORCHARD_1, number="1", meta=mine), *records("2", ORCHARD_2, number="2", meta=other)]
    assert linked(articles)[0] == articles


def test_four_pages_of_two_issues() -> None:
    tomorrow = replace(META, date="2021-03-13")
    today = [*records("12/1", ORCHARD_1, OTHER, number="1"), *records("12/2", ORCHARD_2, number="2")]
    next_day = [
        *records("13/1", BRIDGE_1, number="1", meta=tomorrow),
        *records("13/2", OTHER, BRIDGE_2, number="2", meta=tomorrow),
    ]
    between = records("loose", ORCHARD_2, meta=PageMeta())
    found, ambiguous = linked([*today, *between, *next_day])
    assert [article.id for article in found] == [article.id for article in (*today, *between, *next_day)]
    links = {article.id: article.continued_by for article in found if article.continued_by}
    assert links == {"12/1/1": "12/2/1", "13/1/1": "13/2/2"}
    assert not ambiguous


def test_an_issue_alone_is_the_same_as_among_others() -> None:
    tomorrow = replace(META, date="2021-03-13")
    next_day = [*records("3", BRIDGE_1, number="1", meta=tomorrow), *records("4", BRIDGE_2, number="2", meta=tomorrow)]
    assert linked([*TWO_PAGES, *next_day])[0] == [*linked(TWO_PAGES)[0], *linked(next_day)[0]]


def test_nothing_gives_nothing() -> None:
    assert list(link([])) == []


def test_link_is_lazy() -> None:
    """An issue is done when the next one begins; the rest of the stream is not asked for."""

    def articles() -> Iterator[Article]:
        yield from TWO_PAGES
        yield from records("3", OTHER, number="1", meta=replace(META, date="2021-03-13"))
        raise AssertionError("read too far")

    found = link(articles())
    assert [next(found).id for _ in TWO_PAGES] == ["1/1", "1/2", "2/1", "2/2"]


def of_page(page_id: str, **meta: str) -> Article:
    """A record of that page, of which only that is known."""
    return Article(f"{page_id}/1", "article", page_id, "", meta=PageMeta(**meta))


ISSUES: dict[str, list[list[tuple[str, dict[str, str]]]]] = {
    "one date and paper": [
        [("1", {"newspaper": "岚州日报", "date": "2021-03-12"}), ("2", {"newspaper": "岚州日报", "date": "2021-03-12"})]
    ],
    "an inside page prints no paper": [
        [("x/1", {"newspaper": "岚州日报", "date": "2021-03-12"}), ("x/2", {"date": "2021-03-12"})],
    ],
    "another folder, and no paper": [
        [("x/1", {"newspaper": "岚州日报", "date": "2021-03-12"})],
        [("y/2", {"date": "2021-03-12"})],
    ],
    "only a folder": [[("x/1", {}), ("x/2", {})], [("y/1", {})]],
    "a page without a date between": [
        [("x/1", {"date": "2021-03-12"}), ("x/2", {}), ("x/3", {"date": "2021-03-12"})],
        [("x/4", {"date": "2021-03-13"})],
    ],
    "an edition that only the masthead prints": [
        [
            ("1", {"newspaper": "岚州日报", "date": "2021-03-12", "edition": "晚版"}),
            ("2", {"newspaper": "岚州日报", "date": "2021-03-12"}),
        ]
    ],
    "nothing": [[("1", {})], [("2", {})]],
    "only a paper, no folder": [[("1", {"newspaper": "岚州日报"}), ("2", {"newspaper": "岚州日报"})]],
    "two papers of one date": [
        [("x/1", {"newspaper": "岚州日报", "date": "2021-03-12"})],
        [("x/2", {"newspaper": "柳浦晚报", "date": "2021-03-12"})],
    ],
}


@pytest.mark.parametrize("name", ISSUES)
def test_what_is_one_issue(name: str) -> None:
    expected = [[page_id for page_id, _ in issue] for issue in ISSUES[name]]
    stream = [of_page(page_id, **meta) for issue in ISSUES[name] for page_id, meta in issue]
    found = list(issues(stream))
    assert [[article.page_id for article in issue] for issue, _ in found] == expected
    assert all(may_be_linked for _, may_be_linked in found)


def test_a_folder_of_many_issues_is_none() -> None:
    """Its records go through unlinked, and are not held in memory."""
    stream = [of_page(f"all/{number:04}") for number in range(3 * MOST_PAGES)]
    found = list(issues(stream))
    assert [article for issue, _ in found for article in issue] == stream
    assert not any(may_be_linked for _, may_be_linked in found)
    assert max(len(issue) for issue, _ in found) <= MOST_PAGES


# --- merged records ---


def test_merged_text_joins_the_sentence_over_the_jump() -> None:
    found, _ = linked([*records("1", ORCHARD_1, number="1"), *records("2", ORCHARD_2, number="2")], merge=True)
    assert len(found) == 1
    assert "还有三成果子挂在枝头，合作社正组织果农抢摘沙棘果" in found[0].text
    assert found[0].text.startswith("沙棘沟村的果园丰收了\n本报讯（记者 贺青禾）")


def test_merged_text_keeps_whole_sentences_apart() -> None:
    found, _ = linked([*records("1", BRIDGE_1, number="1"), *records("2", BRIDGE_2, number="2")], merge=True)
    assert "提前四十天完成主桥架设。\n白鹭江大桥合龙以后，" in found[0].text


def test_a_headline_that_the_jump_page_repeats_is_not_repeated() -> None:
    found, _ = linked([*records("1", ORCHARD_1, number="1"), *records("2", ORCHARD_2, number="2")], merge=True)
    assert found[0].text.count("沙棘沟村的果园丰收了") == 1
    blocks = [block for part in found[0].parts or () for block in part.blocks]
    assert sum(block.text == "沙棘沟村的果园丰收了" for block in blocks) == 2  # but it is in the record


def test_a_crosshead_after_the_jump_is_a_line_of_its_own() -> None:
    first, second = chain()[:2]
    crosshead = Block("crosshead", (Span(100, 105),), "冷库里的账")
    blocks = (second.blocks[0], crosshead, *second.blocks[1:])
    second = replace(second, blocks=blocks, text=f"{crosshead.text}\n{second.text}")
    merged = linked([first, second], merge=True)[0][0]
    assert "挂在枝头，\n冷库里的账\n合作社的果农们" in merged.text


def test_a_first_half_that_is_only_a_headline_keeps_its_line() -> None:
    first = ORCHARD_1.partition("本报讯")[0] + "（下转第二版）"
    found, _ = linked([*records("1", first, number="1"), *records("2", ORCHARD_2, number="2")], merge=True)
    assert len(found) == 1
    assert found[0].text.startswith("沙棘沟村的果园丰收了\n合作社正组织")


def test_a_second_half_that_is_only_a_headline_adds_nothing() -> None:
    second = ORCHARD_2.partition("合作社")[0]
    found, _ = linked([*records("1", ORCHARD_1, number="1"), *records("2", second, number="2")], merge=True)
    assert len(found) == 1
    assert found[0].text.endswith("挂在枝头，")


def test_the_merged_record() -> None:
    first, second = records("1", ORCHARD_1, number="1")[0], records("2", ORCHARD_2, number="2")[0]
    merged = linked([first, second], merge=True)[0][0]
    assert (merged.id, merged.kind, merged.page_id) == (first.id, "article", "1")
    assert merged.parts == (Part("1", first.blocks), Part("2", second.blocks))
    assert (merged.headline, merged.dateline, merged.meta, merged.source) == (
        first.headline,
        first.dateline,
        first.meta,
        first.source,
    )
    assert [person.name for person in merged.byline] == [
        "贺青禾",
        "贺青禾",
    ]  # 记者 in the lead, no role in the sign-off
    assert (merged.jump_from, merged.jump_to) == (None, None)
    assert (merged.continues, merged.continued_by) == (None, None)
    assert not {"start_missing", "end_missing"} & set(merged.flags)
    assert article_from(load(article_line(merged))) == merged


def test_flags_of_a_merged_record() -> None:
    first, second = records("1", ORCHARD_1, number="1")[0], records("2", ORCHARD_2, number="2")[0]
    first = replace(first, flags=("start_missing", "end_missing", "stutter"))
    second = replace(second, flags=("start_missing", "end_missing", "gap", "headline_missing"))
    merged = linked([first, second], merge=True)[0][0]
    assert merged.flags == ("start_missing", "end_missing", "gap", "stutter")


def test_what_is_not_linked_stays_as_it_is_in_a_merge() -> None:
    articles = [*records("1", ORCHARD_1, OTHER, number="1"), *records("2", ORCHARD_2, OTHER, number="2")]
    found, _ = linked(articles, merge=True)
    assert [article.id for article in found] == ["1/1", "1/2", "2/2"]
    assert found[1:] == [articles[1], articles[3]]


def test_furniture_goes_through() -> None:
    articles = [*records("1", "岚州日报", ORCHARD_1, number="1"), *records("2", "第2版", ORCHARD_2, number="2")]
    found, _ = linked(articles, merge=True)
    assert [article.id for article in found] == ["1/1", "1/furniture", "2/furniture"]


def test_a_second_half_that_comes_first_is_merged_into_the_first() -> None:
    articles = [*records("2", ORCHARD_2, number="2"), *records("1", ORCHARD_1, number="1")]
    found, _ = linked(articles, merge=True)
    assert [article.id for article in found] == ["1/1"]
    assert [part.page_id for part in found[0].parts or ()] == ["1", "2"]


# --- chains and rings ---

ORCHARD_MIDDLE = """（上接第一版）合作社的果农们忙着采摘沙棘果、装箱、过秤，力争月底前把枝头的沙棘果全部送进冷库。

果园里一派丰收景象，合作社的冷库里每天记录沙棘果的温度，

（下转第三版）"""
ORCHARD_LAST = """（上接第二版）合作社的果农们根据冷库里每天记录的温度，调整沙棘果装箱、过秤、出库的次序，力争月底前全部送进榨汁车间。"""


def chain() -> list[Article]:
    texts = {"1": ORCHARD_1, "2": ORCHARD_MIDDLE, "3": ORCHARD_LAST}
    return [article for number, text in texts.items() for article in records(number, text, number=number)]


def test_a_chain_of_three_is_linked() -> None:
    found, ambiguous = linked(chain())
    links = [(article.id, article.continues, article.continued_by) for article in found]
    assert links == [("1/1", None, "2/1"), ("2/1", "1/1", "3/1"), ("3/1", "2/1", None)]
    assert not ambiguous


def test_a_chain_of_three_is_one_record() -> None:
    found, _ = linked(chain(), merge=True)
    assert [article.id for article in found] == ["1/1"]
    assert [part.page_id for part in found[0].parts or ()] == ["1", "2", "3"]
    assert "挂在枝头，合作社的果农们" in found[0].text
    assert "每天记录沙棘果的温度，合作社的果农们" in found[0].text
    assert not {"start_missing", "end_missing", "headline_missing"} & set(found[0].flags)


def half(page_id: str, number: str, jump_from: str | None, jump_to: str | None) -> Article:
    """A record with jumps of our choice, all of them about the same thing."""
    text = f"沙棘沟村的果园丰收了，果农忙着采摘沙棘果，{page_id}"
    block = Block("body", (Span(0, len(text)),), text)
    meta = replace(META, page_number=number)
    return Article(
        f"{page_id}/1", "article", page_id, text, blocks=(block,), jump_from=jump_from, jump_to=jump_to, meta=meta
    )


@pytest.mark.parametrize("merge", [False, True])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_halves_that_point_at_each_other_are_no_ring(merge: bool, order: tuple[int, int]) -> None:
    halves = [half("1", "1", "2", "2"), half("2", "2", "1", "1")]
    found, ambiguous = linked([halves[place] for place in order], merge=merge)
    if merge:
        assert len(found) == 1
        assert len(found[0].parts or ()) == 2
    else:
        assert sum(article.continued_by is not None for article in found) == 1
        assert sum(article.continues is not None for article in found) == 1
    assert {each.way for each in ambiguous} == {"to", "from"}  # the other way round is said, not lost


@pytest.mark.parametrize("merge", [False, True])
def test_a_ring_of_three_has_a_first(merge: bool) -> None:
    ring = [half("1", "1", "3", "2"), half("2", "2", "1", "3"), half("3", "3", "2", "1")]
    found, _ = linked(ring, merge=merge)
    if merge:
        assert [len(article.parts or ()) for article in found] == [3]
    else:
        assert [article.continued_by for article in found] == ["2/1", "3/1", None]
