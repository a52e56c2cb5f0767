"""Verification: whole pages and records have no problems, and every kind of damage is named."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from corpus_tools.errors import DecodeError
from corpus_tools.model import Article, Block, Edit, Page, PageMeta, Part, Revision, Span
from corpus_tools.options import Options, ReadOptions
from corpus_tools.pipeline import STAGES, clean_one
from corpus_tools.read.pages import read_page
from corpus_tools.records import article_from, article_line, load, page_from, page_line
from corpus_tools.stages.link import link
from corpus_tools.verification import Problem, removed_characters, revert, verify

TEXT = """\ufeff岚州日报\r
\r
春耕开犁　田野繁忙\r
\r
本报讯（记者 贺青禾）惊蛰刚过，汀溪\u200b县的田间已是一片忙碌，种粮大户抓起一把湿润的泥土，\r
\r
高兴地说今年墒情正好。要抓好落实，要抓好落实，要抓好落实，要抓好落实，确保丰收。\r
\r
（下转第二版）\r
\r
图书馆夜间开放\r
\r
从下月起，市图书馆每天开放到晚上九点。\r
\r
本报记者 岳小棠摄\r
"""
DATA = TEXT.encode("utf-8")
META = PageMeta("岚州日报", "2021-03-12", None, "1", None)


def page_of(data: bytes = DATA, page_id: str = "page", meta: PageMeta = META) -> Page:
    return clean_one(read_page(data, page_id, f"{page_id}.txt", ReadOptions(meta=meta)), Options())


PAGE = page_of()


def problems(*pages: Page, articles: list[Article] | None = None) -> list[str]:
    return [str(problem) for problem in verify(pages, articles)]


def with_block(page: Page, index: int, block: Block | None) -> Page:
    """The page with another block in place of one, in its records as well; None: without it."""
    old = page.blocks[index]
    new = () if block is None else (block,)
    articles = tuple(
        replace(
            article,
            blocks=tuple(each for mine in article.blocks for each in (new if mine.spans == old.spans else (mine,))),
        )
        for article in page.articles
    )
    return replace(page, blocks=(*page.blocks[:index], *new, *page.blocks[index + 1 :]), articles=articles)


def with_article(page: Page, index: int, article: Article) -> Page:
    return replace(page, articles=(*page.articles[:index], article, *page.articles[index + 1 :]))


# --- whole ---


def test_the_page_is_what_the_tests_think() -> None:
    """It must have what each kind of damage needs: edits that delete, a joined block, furniture, a jump, a picture with its credit."""
    assert [revision.rule for revision in PAGE.history] == [
        "unify_newlines",
        "drop_invisible_characters",
        "unify_spaces",
        "collapse_loops",
    ]
    roles = [[block.role for block in article.blocks] for article in PAGE.articles]
    assert roles == [["headline", "body", "jump"], ["headline", "caption", "credit"], ["furniture"]]
    assert PAGE.source.byte_order_mark


def test_a_whole_page_has_no_problem_after_any_stage() -> None:
    page = read_page(DATA, "page", "page.txt")
    assert problems(page) == []
    for stage in STAGES:
        page = stage.run(page, Options())
        assert problems(page) == []
        assert revert(page) == DATA


def test_nothing_has_no_problem() -> None:
    assert problems() == problems(articles=[]) == []


def test_records_with_their_ledger_have_no_problem() -> None:
    assert problems(PAGE, articles=list(PAGE.articles)) == []
    read_again = [article_from(load(article_line(article))) for article in PAGE.articles]
    assert problems(page_from(load(page_line(PAGE))), articles=read_again) == []


def test_furniture_need_not_be_written() -> None:
    assert problems(PAGE, articles=[article for article in PAGE.articles if article.kind != "furniture"]) == []


def test_a_problem_says_where() -> None:
    assert str(Problem("page/1", "the id is there 2 times")) == "page/1: the id is there 2 times"


# --- revert ---


def test_revert() -> None:
    assert revert(PAGE) == DATA


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-8"])
def test_revert_in_other_encodings(encoding: str) -> None:
    data = TEXT.encode(encoding)
    page = clean_one(read_page(data, "page", "page.txt", ReadOptions(encoding=encoding)), Options())
    assert revert(page) == data


def test_revert_with_bad_bytes() -> None:
    data = DATA.replace("墒情".encode(), b"\xff\xfe\x80")
    page = clean_one(read_page(data, "page", "page.txt", ReadOptions("utf-8", "keep")), Options())
    assert revert(page) == data
    assert problems(page) == []


def test_revert_refuses_a_changed_page() -> None:
    with pytest.raises(DecodeError, match="does not give the source's bytes") as caught:
        revert(replace(PAGE, text=PAGE.text + "。"))
    assert caught.value.path == "page"


# --- the page against its source ---

EDITED = PAGE.history[0].edits[0]


def changed_edit(**change: object) -> Page:
    first = PAGE.history[0]
    edit = replace(EDITED, **change)  # type: ignore[arg-type]
    return replace(PAGE, history=(Revision(first.stage, first.rule, (edit, *first.edits[1:])), *PAGE.history[1:]))


@pytest.mark.parametrize(
    "page",
    [
        replace(PAGE, text=PAGE.text[:-3] + PAGE.text[-2:]),
        replace(PAGE, text=PAGE.text.replace("田野", "原野")),
        replace(PAGE, source=replace(PAGE.source, sha256=hashlib.sha256(b"").hexdigest())),
        replace(PAGE, source=replace(PAGE.source, byte_order_mark=False)),
        replace(PAGE, source=replace(PAGE.source, encoding="gb18030")),
        replace(PAGE, source=replace(PAGE.source, encoding="big5", byte_order_mark=False)),
        replace(PAGE, source=replace(PAGE.source, encoding="no-such-codec", byte_order_mark=False)),
        replace(PAGE, source=replace(PAGE.source, exceptions=((Span(0, 1), b"\xff"),))),
        replace(PAGE, history=PAGE.history[:-1]),
        replace(PAGE, history=PAGE.history[::-1]),
        changed_edit(before="\n"),
        changed_edit(span=Span(EDITED.span.start + 1, EDITED.span.end + 1)),
        changed_edit(after="\r"),
    ],
    ids=[
        "a character less",
        "another word",
        "another sha256",
        "no byte order mark",
        "another encoding",
        "an encoding without these characters",
        "an encoding that is none",
        "other bytes for a character",
        "a revision less",
        "revisions in another order",
        "another before",
        "an edit elsewhere",
        "another after",
    ],
)
def test_a_page_that_does_not_give_its_bytes_back(page: Page) -> None:
    found = problems(page)
    assert len(found) == 1
    assert found[0].startswith("page: ")


def test_a_mark_of_an_encoding_that_has_none() -> None:
    assert problems(replace(PAGE, source=replace(PAGE.source, encoding="cp950"))) != []


# --- blocks ---


def block_with(role: str) -> int:
    return next(index for index, block in enumerate(PAGE.blocks) if block.role == role)


BODY = block_with("body")


def test_a_block_less() -> None:
    index = block_with("credit")
    start = PAGE.blocks[index].start
    assert problems(with_block(PAGE, index, None)) == [
        f"page: characters {start}-{start + 4} are in no block and in no edit: '本报记者'",
        f"page: characters {start + 5}-{start + 9} are in no block and in no edit: '岳小棠摄'",
    ]


def test_a_block_twice() -> None:
    index = block_with("furniture")
    page = replace(PAGE, blocks=(*PAGE.blocks, PAGE.blocks[index]))
    assert problems(page) == ["page: characters 0-4 are in two blocks: '岚州日报'"]


def test_blocks_that_overlap() -> None:
    index = block_with("jump")
    block = PAGE.blocks[index]
    page = with_block(PAGE, index, replace(block, spans=(Span(block.start - 6, block.end),)))
    found = problems(page)
    assert any("in two blocks" in problem for problem in found)
    assert any(f"the jump block at {block.start - 6} does not read as its spans do" in problem for problem in found)


def test_long_runs_are_shown_by_their_start() -> None:
    found = problems(with_block(PAGE, BODY, None))
    assert any(problem.endswith("…'") and len(problem) < 100 for problem in found)


def test_what_an_edit_removed_is_not_lost() -> None:
    removed = "要抓好落实，要抓好落实，要抓好落实，"
    assert removed in TEXT
    assert not any(removed in block.text for block in PAGE.blocks)
    without_edit = replace(PAGE, history=PAGE.history[:-1])
    assert problems(without_edit) != []


@pytest.mark.parametrize(
    "change",
    [
        lambda block: replace(block, text=block.text[:-1]),
        lambda block: replace(block, text=block.text.replace("田间", "田头")),
        lambda block: replace(block, text=block.text + " "),
    ],
    ids=["a character less", "another word", "a space more"],
)
def test_a_block_that_does_not_read_as_its_spans_do(change: Callable[[Block], Block]) -> None:
    start = PAGE.blocks[BODY].start
    found = problems(with_block(PAGE, BODY, change(PAGE.blocks[BODY])))
    assert f"page: the body block at {start} does not read as its spans do" in found
    assert "page/1: the text does not follow from the blocks" in found


def test_spans_in_another_order() -> None:
    block = PAGE.blocks[BODY]
    assert len(block.spans) > 1
    found = problems(with_block(PAGE, BODY, replace(block, spans=block.spans[::-1])))
    assert [problem for problem in found if "does not read" in problem] != []


@pytest.mark.parametrize("span", [Span(5, len(TEXT) + 40), Span(len(TEXT) + 1, len(TEXT) + 4)])
def test_a_span_off_the_page(span: Span) -> None:
    page = with_block(PAGE, BODY, replace(PAGE.blocks[BODY], spans=(span,)))
    assert problems(page) != []


@pytest.mark.parametrize(
    "spans",
    [
        (),
        (Span(5, 5),),
        (Span(9, 5),),
        (Span(-9, -5),),
    ],
)
def test_spans_that_hold_nothing(spans: tuple[Span, ...]) -> None:
    page = with_block(PAGE, BODY, replace(PAGE.blocks[BODY], spans=spans))
    assert problems(page) != []


def test_all_blocks_gone_from_a_split_page() -> None:
    assert problems(replace(PAGE, blocks=())) != []


def test_all_blocks_and_records_gone_from_a_page_that_was_split() -> None:
    assert problems(replace(PAGE, blocks=(), articles=())) != []


# --- what the page's records hold ---


def test_a_block_in_no_record() -> None:
    first = PAGE.articles[0]
    page = with_article(PAGE, 0, replace(first, blocks=first.blocks[:-1], jump_to=None))
    assert problems(page) == [f"page: the jump block at {first.blocks[-1].start} is in no record"]


def test_a_block_in_two_records() -> None:
    credit = PAGE.articles[1].blocks[-1]
    page = with_article(PAGE, 0, replace(PAGE.articles[0], blocks=(*PAGE.articles[0].blocks, credit)))
    assert problems(page) == [f"page: the credit block at {credit.start} is in 2 records"]


def test_a_record_with_a_block_that_the_page_does_not_have() -> None:
    strange = Block("credit", (Span(5, 7),), "春耕")
    page = with_article(PAGE, 1, replace(PAGE.articles[1], blocks=(*PAGE.articles[1].blocks, strange)))
    assert problems(page) != []


def test_a_record_whose_block_is_not_the_pages() -> None:
    article = PAGE.articles[1]
    credit = replace(article.blocks[-1], text="本报记者 桑榆摄")
    page = with_article(PAGE, 1, replace(article, blocks=(*article.blocks[:-1], credit)))
    assert problems(page) != []


def test_the_same_id_twice() -> None:
    page = with_article(PAGE, 1, replace(PAGE.articles[1], id="page/1"))
    assert problems(page) == ["page/1: the id is there 2 times"]


def test_an_id_of_another_page() -> None:
    page = with_article(PAGE, 1, replace(PAGE.articles[1], id="other/2"))
    assert problems(page) == ["other/2: the id does not begin with its page's id 'page'"]


def test_a_furniture_record_with_text() -> None:
    page = with_article(PAGE, 2, replace(PAGE.articles[2], text="岚州日报"))
    assert problems(page) == ["page/furniture: a furniture record with text"]


@pytest.mark.parametrize("text", ["", "春耕开犁 田野繁忙", "岚州日报"])
def test_text_that_does_not_follow(text: str) -> None:
    page = with_article(PAGE, 0, replace(PAGE.articles[0], text=text))
    assert problems(page) == ["page/1: the text does not follow from the blocks"]


def test_text_with_captions_follows_as_well() -> None:
    text = DATA.decode().replace("本报记者 岳小棠摄", "图为图书馆外景。")
    for captions in (False, True):
        page = clean_one(read_page(text.encode(), "page", "page.txt"), Options(captions=captions))
        assert ("图为图书馆外景。" in page.articles[1].text) is captions
        assert problems(page) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("column", "春耕"),
        ("kicker", "春耕"),
        ("headline", None),
        ("headline", "春耕开犁"),
        ("deck", "——田野繁忙"),
        ("dateline", None),
        ("dateline", "本报北京讯"),
        ("byline", ()),
        ("jump_from", "1"),
        ("jump_to", "3"),
        ("jump_to", None),
    ],
)
def test_a_field_that_does_not_follow(name: str, value: object) -> None:
    page = with_article(PAGE, 0, replace(PAGE.articles[0], **{name: value}))  # type: ignore[arg-type]
    assert problems(page) == [f"page/1: the field {name} does not follow from the blocks"]


# --- several pages ---


def test_a_page_twice() -> None:
    assert problems(PAGE, PAGE, PAGE) == ["page: the page is there twice"]


def test_one_damaged_page_among_others() -> None:
    bad = replace(page_of(page_id="bad"), text="")
    assert {problem.partition(":")[0] for problem in problems(PAGE, bad, page_of(page_id="good"))} == {"bad"}


def test_pages_are_looked_at_one_by_one() -> None:
    def pages() -> Iterator[Page]:
        yield replace(PAGE, text="")
        raise AssertionError("read too far")

    assert next(verify(pages())).place == "page"


# --- the written records against the ledger ---

RECORDS = list(PAGE.articles[:2])


def test_a_record_less() -> None:
    assert problems(PAGE, articles=RECORDS[1:]) == ["page/1: the record is missing"]
    assert problems(PAGE, articles=[]) == ["page/1: the record is missing", "page/2: the record is missing"]


def test_a_record_twice() -> None:
    assert "page/1: the record is there 2 times" in problems(PAGE, articles=[*RECORDS, RECORDS[0]])


def test_a_record_too_much() -> None:
    other = replace(RECORDS[0], id="page/3")
    assert problems(PAGE, articles=[*RECORDS, other]) == ["page/3: the ledger has no such record"]


def test_a_record_of_an_unknown_page() -> None:
    other = page_of(page_id="other").articles[0]
    assert problems(PAGE, articles=[*RECORDS, other]) == ["other/1: the ledger has no page 'other'"]


def test_records_in_another_order() -> None:
    other = page_of(page_id="other")
    mixed = [other.articles[1], other.articles[0], RECORDS[1], RECORDS[0]]
    assert problems(PAGE, other, articles=mixed) == []
    assert problems(PAGE, other, articles=mixed[1:]) == ["other/2: the record is missing"]


def test_records_shuffled_over_pages() -> None:
    other = page_of(page_id="other")
    shuffled = [other.articles[1], RECORDS[1], other.articles[0], RECORDS[0]]
    assert problems(PAGE, other, articles=shuffled) == []


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"kind": "orphan"}, "kind"),
        ({"text": "春耕"}, "text"),
        ({"headline": "春耕开犁"}, "headline"),
        ({"byline": ()}, "byline"),
        ({"jump_to": "3"}, "jump_to"),
        ({"flags": ()}, "flags"),
        ({"flags": ("gap",)}, "flags"),
        ({"blocks": RECORDS[0].blocks[:-1]}, "blocks"),
        ({"blocks": RECORDS[1].blocks}, "blocks"),
        ({"meta": replace(META, date="2021-03-13")}, "meta"),
        ({"source": None}, "source"),
    ],
)
def test_a_record_that_says_something_else(change: dict[str, object], key: str) -> None:
    changed = replace(RECORDS[0], **change)  # type: ignore[arg-type]
    found = problems(PAGE, articles=[changed, RECORDS[1]])
    assert len(found) == 1
    assert found[0].startswith(f"page/1: {key} is not what the ledger says")


def test_where_a_text_begins_to_differ_is_shown() -> None:
    changed = replace(RECORDS[0], text=RECORDS[0].text.replace("田间已是一片", "田头已是一片"))
    at = RECORDS[0].text.index("间已是一片")
    assert problems(PAGE, articles=[changed, RECORDS[1]]) == [
        f"page/1: text is not what the ledger says: from character {at} it reads '头已是一片忙碌，', not '间已是一片忙碌，'"
    ]


def test_what_other_commands_write_into_a_record_is_no_problem() -> None:
    changed = [replace(RECORDS[0], continues="a/1", continued_by="b/1", cluster="c"), RECORDS[1]]
    assert problems(PAGE, articles=changed) == []


# --- merged records ---

FIRST = page_of(page_id="1")
SECOND_TEXT = """春耕开犁　田野繁忙

（上接第一版）惊蛰刚过，汀溪县的种粮大户抓起一把湿润的泥土，今年墒情正好，要抓好落实，确保丰收。

电梯加装有补贴

本报讯 每台电梯补助十五万元，业主同意即可申请。
"""
SECOND = page_of(SECOND_TEXT.encode(), "2", replace(META, page_number="2"))


def merged_records() -> list[Article]:
    found = list(link([*FIRST.articles, *SECOND.articles], merge=True))
    assert [article.id for article in found] == ["1/1", "1/2", "1/furniture", "2/2"]
    assert found[0].parts is not None
    return found


def test_linked_records_have_no_problem() -> None:
    found = list(link([*FIRST.articles, *SECOND.articles]))
    assert found[0].continued_by == "2/1"
    assert problems(FIRST, SECOND, articles=found) == []


def test_merged_records_have_no_problem() -> None:
    assert problems(FIRST, SECOND, articles=merged_records()) == []


def test_a_merged_record_less() -> None:
    found = problems(FIRST, SECOND, articles=merged_records()[1:])
    assert found == ["1/1: the record is missing", "2/1: the record is missing"]


def changed_part(place: int, change: Callable[[Part], Part]) -> list[Article]:
    merged, *rest = merged_records()
    assert merged.parts is not None
    parts = tuple(change(part) if index == place else part for index, part in enumerate(merged.parts))
    return [replace(merged, parts=parts), *rest]


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize(
    "change",
    [
        lambda part: replace(part, blocks=part.blocks[:-1]),
        lambda part: replace(part, blocks=(replace(part.blocks[0], text="春耕"), *part.blocks[1:])),
        lambda part: replace(part, blocks=(replace(part.blocks[0], role="deck"), *part.blocks[1:])),
        lambda part: replace(part, blocks=(replace(part.blocks[0], spans=(Span(0, 4),)), *part.blocks[1:])),
    ],
    ids=["a block less", "another text", "another role", "another span"],
)
def test_a_merged_record_with_a_changed_half(place: int, change: Callable[[Part], Part]) -> None:
    found = problems(FIRST, SECOND, articles=changed_part(place, change))
    assert f"1/1: part {place + 1} has blocks that no article of the ledger has" in found
    assert f"{(FIRST, SECOND)[place].id}/1: the record is missing" in found


@pytest.mark.parametrize("place", [0, 1])
def test_a_merged_record_with_a_block_too_much(place: int) -> None:
    strange = Block("credit", (Span(0, 2),), "春耕")
    found = problems(
        FIRST, SECOND, articles=changed_part(place, lambda part: replace(part, blocks=(*part.blocks, strange)))
    )
    assert f"1/1: part {place + 1} has blocks that no article of the ledger has" in found


def test_a_half_beside_its_merged_record() -> None:
    found = problems(FIRST, SECOND, articles=[*merged_records(), SECOND.articles[0]])
    assert found != []


@pytest.mark.parametrize(
    "change",
    [
        {"text": "春耕"},
        {"headline": "春耕"},
        {"byline": ()},
        {"flags": ("garbled",)},
        {"jump_to": "9"},
        {"blocks": ()},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_merged_record_that_says_something_else(change: dict[str, object]) -> None:
    merged, *rest = merged_records()
    changed = replace(merged, **change)  # type: ignore[arg-type]
    assert problems(FIRST, SECOND, articles=[changed, *rest]) != []


# --- what counts as removed ---


@pytest.mark.parametrize(
    ("edits", "removed"),
    [
        ([("供", 0, "")], {0}),
        ([("供暖", 0, "热")], set()),
        ([("供暖", 0, " ")], {0, 1}),
        ([("暖", 1, "暖气")], set()),
        ([("", 1, "，")], set()),
        ([("供", 0, ""), ("暖", 1, "")], {0, 1}),
    ],
)
def test_removed_characters(edits: list[tuple[str, int, str]], removed: set[int]) -> None:
    made = tuple(Edit(Span(start, start + len(before)), before, after) for before, start, after in edits)
    assert removed_characters([Revision("stage", "rule", made)], 3) == removed


def test_removed_after_other_edits() -> None:
    inserted = Revision("stage", "rule", (Edit(Span(0, 0), "", "，"),))
    deleted = Revision("stage", "rule", (Edit(Span(1, 2), "供", ""), Edit(Span(0, 1), "，", "")))
    assert removed_characters([inserted, Revision("stage", "rule", deleted.edits[::-1])], 3) == {0}
