"""Records: what is written is read back the same, and what is no record is refused with its path and line."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest

from corpus_tools.errors import RecordError
from corpus_tools.model import (
    Article,
    Block,
    Edit,
    Note,
    Page,
    PageMeta,
    Part,
    Person,
    Revision,
    Source,
    Span,
)
from corpus_tools.records import (
    article_from,
    article_line,
    article_record,
    dump,
    load,
    page_from,
    page_line,
    page_record,
)

META = PageMeta("聯合報", "2021-09-18", "晨版", "A1", "要聞")
HEADLINE = Block("headline", (Span(0, 4),), "颱風來襲")
BODY = Block("body", (Span(5, 9), Span(10, 14)), "本報訊 昨日停課", ("joined", "stutter"))
FURNITURE = Block("furniture", (Span(14, 15),), "3")

ARTICLE = Article(
    id="page/1",
    kind="article",
    page_id="page",
    text="颱風來襲\n本報訊 昨日停課",
    column="氣象",
    kicker="入秋",
    headline="颱風來襲",
    deck="——各地停課",
    dateline="本報訊",
    byline=(Person("劉濤", "記者"), Person("王偉")),
    jump_from="1",
    jump_to="A3",
    continues="other/2",
    continued_by="third/4",
    parts=(Part("page", (HEADLINE,)), Part("third", (BODY,))),
    cluster="c1",
    blocks=(HEADLINE, BODY),
    flags=("reordered", "stutter"),
    meta=META,
    source=Source("page.txt", "0f" * 32, "big5hkscs"),
)

PAGE = Page(
    id="page",
    text="颱風來襲\n本報訊 \n昨日停課3\n",
    source=Source(
        "page.txt",
        "0f" * 32,
        "big5hkscs",
        0.987,
        True,
        ((0, "big5hkscs"), (5, "utf-8")),
        ((Span(3, 4), b"\xff"), (Span(7, 8), b"\xa1\x00")),
    ),
    meta=META,
    history=(
        Revision("normalise", "drop_control_characters", (Edit(Span(4, 5), "\x00", "", "control character U+0000"),)),
        Revision("normalise", "unify_spaces", (Edit(Span(8, 9), "\u3000", " ", "space U+3000", 0.5),)),
    ),
    notes=(
        Note((Span(5, 9), Span(10, 14)), "joined", "join_breaks", "no end mark", 0.75, ("a", "b")),
        Note((Span(0, 1),), "stutter"),
    ),
    blocks=(HEADLINE, BODY, FURNITURE),
    articles=(
        replace(
            ARTICLE,
            parts=None,
            continues=None,
            continued_by=None,
            cluster=None,
            source=Source("page.txt", "0f" * 32, "big5hkscs"),
        ),
        Article(
            id="page/furniture",
            kind="furniture",
            page_id="page",
            text="",
            blocks=(FURNITURE,),
            meta=META,
            source=Source("page.txt", "0f" * 32, "big5hkscs"),
        ),
    ),
)


# --- there and back ---


def test_samples_fill_every_field() -> None:
    """Else the round trips below would prove nothing about a field added later."""
    for sample in (ARTICLE, PAGE, PAGE.source, META):
        assert [field.name for field in fields(sample) if not getattr(sample, field.name)] == []


def test_page_round_trip() -> None:
    assert page_from(page_record(PAGE)) == PAGE
    assert page_from(load(page_line(PAGE))) == PAGE


def test_article_round_trip() -> None:
    assert article_from(article_record(ARTICLE)) == ARTICLE
    assert article_from(load(article_line(ARTICLE))) == ARTICLE


@pytest.mark.parametrize("kind", ["article", "orphan", "furniture"])
def test_bare_article_round_trip(kind: Any) -> None:
    article = Article("page/1", kind, "page", "")
    assert article_from(load(article_line(article))) == article


def test_bare_page_round_trip() -> None:
    page = Page("page", "要聞", Source("page.txt", "0" * 64, "utf-8"))
    assert page_from(load(page_line(page))) == page


def test_lines_are_the_same_bytes_again() -> None:
    assert page_line(page_from(load(page_line(PAGE)))) == page_line(PAGE)
    assert article_line(article_from(load(article_line(ARTICLE)))) == article_line(ARTICLE)


def test_line_is_utf8_and_one_line() -> None:
    line = page_line(PAGE)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert "颱風來襲" in line.decode("utf-8")


@pytest.mark.parametrize("text", ["", "\u2028\x85\x0b", "\x00\x1f\x7f", '"\\/', "𠮷👨\u200d👩", "\ufffe\uffff\ufeff"])
def test_odd_text_round_trip(text: str) -> None:
    article = Article("page/1", "article", "page", text, headline=text)
    assert article_from(load(article_line(article))) == article


def test_gold_article_needs_only_what_is_judged() -> None:
    """Gold files leave out `kind`, `meta` and `source`."""
    record = article_record(ARTICLE)
    for key in ("kind", "meta", "source"):
        del record[key]
    assert article_from(record) == replace(ARTICLE, meta=PageMeta(), source=None)


# --- lines that are no record ---


def refused(call: Callable[[], object]) -> RecordError:
    """The RecordError of a call; its message says where."""
    with pytest.raises(RecordError) as caught:
        call()
    assert str(caught.value).startswith("pages.jsonl: line 7: ")
    assert (caught.value.path, caught.value.line_number) == ("pages.jsonl", 7)
    return caught.value


def refused_line(line: bytes) -> RecordError:
    return refused(lambda: load(line, path="pages.jsonl", line_number=7))


def refused_page(record: dict[str, Any]) -> RecordError:
    return refused(lambda: page_from(record, path="pages.jsonl", line_number=7))


def refused_article(record: dict[str, Any]) -> RecordError:
    return refused(lambda: article_from(record, path="pages.jsonl", line_number=7))


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        "颱風來襲".encode(),
        b"{",
        b'{"id": "a", "text": "b"',
        b"{'id': 'a'}",
        b'{"id": NaN}',
        b'{"id": "a"} {"id": "b"}',
    ],
)
def test_not_json(line: bytes) -> None:
    error = refused_line(line)
    assert "not JSON" in error.what
    assert error.data == line


@pytest.mark.parametrize("line", [b'{"text": "\xff"}', '{"text": "本报讯"}'.encode("gbk")])
def test_line_that_is_not_utf8(line: bytes) -> None:
    """Records of a program that wrote GBK: told to mend surrogates, nobody would think of the encoding."""
    assert "surrogate" not in refused_line(line).what


@pytest.mark.parametrize("line", [b'["id", "text"]', b'"text"', b"7", b"null", b"true"])
def test_json_but_no_object(line: bytes) -> None:
    assert "not a JSON object" in refused_line(line).what


@pytest.mark.parametrize("escape", [rb"\ud800", rb"\udfff", rb"\ud83d x", rb"\ud800\ud800", rb"\udc00\ud800"])
def test_lone_surrogate(escape: bytes) -> None:
    error = refused_line(b'{"id": "a", "text": "' + escape + b'"}')
    assert "surrogate" in error.what
    assert error.hint


def test_surrogate_pair_is_one_character() -> None:
    assert load(rb'{"text": "\ud842\udfb7"}') == {"text": "𠮷"}


# --- records that are not what they should be ---


@pytest.mark.parametrize("version", ["2", "10", "99"])
def test_newer_schema(version: str) -> None:
    page = refused_page(page_record(PAGE) | {"schema": f"corpus-tools/page@{version}"})
    article = refused_article(article_record(ARTICLE) | {"schema": f"corpus-tools/article@{version}"})
    assert "newer" in page.what
    assert "newer" in article.what
    assert page.hint == article.hint == "update corpus-tools"


@pytest.mark.parametrize(
    "schema", ["corpus-tools/article@1", "corpus-tools/page@0", "corpus-tools/page", "corpus-tools/page@x"]
)
def test_schema_of_something_else_for_a_page(schema: str) -> None:
    error = refused_page(page_record(PAGE) | {"schema": schema})
    assert "corpus-tools/page@1 is needed" in error.what
    assert "newer" not in error.what


@pytest.mark.parametrize("schema", [None, "", 1, "corpus-tools/page@1", "other/article@1"])
def test_schema_of_something_else_for_an_article(schema: object) -> None:
    assert "corpus-tools/article@1 is needed" in refused_article(article_record(ARTICLE) | {"schema": schema}).what


def changed(record: dict[str, Any], *path_and_value: Any) -> dict[str, Any]:
    """A copy of the record with another value at a place."""
    *path, key, value = path_and_value
    other = copy.deepcopy(record)
    place: Any = other
    for step in path:
        place = place[step]
    place[key] = value
    return other


# The decoded page has one character more than the text: a NUL that was removed.
DECODED = len(PAGE.text) + 1


@pytest.mark.parametrize("span", [[0, DECODED + 1], [DECODED, DECODED + 1], [3, 3], [4, 3], [-1, 2]])
@pytest.mark.parametrize("place", [("blocks", 0), ("notes", 0)])
def test_span_outside_the_text(place: tuple[str, int], span: list[int]) -> None:
    error = refused_page(changed(page_record(PAGE), *place, "spans", [span]))
    assert f"[{span[0]}, {span[1]}] is empty or outside the text" in error.what


@pytest.mark.parametrize("place", [("blocks", 2), ("notes", 0)])
def test_span_up_to_the_end_of_the_decoded_page(place: tuple[str, int]) -> None:
    """Spans count in the decoded page, also where the text as it now is is shorter."""
    record = changed(page_record(PAGE), *place, "spans", [[DECODED - 1, DECODED]])
    page_from(record)


@pytest.mark.parametrize(
    "spans", [[[0]], [[0, 1, 2]], [["0", "1"]], [[0.0, 1.0]], [[True, 2]], ["01"], {"0": 1}, None, 7]
)
def test_spans_of_wrong_shape(spans: object) -> None:
    assert "span" in refused_page(changed(page_record(PAGE), "blocks", 0, "spans", spans)).what
    assert "span" in refused_article(changed(article_record(ARTICLE), "blocks", 0, "spans", spans)).what


def test_block_without_spans() -> None:
    assert "without spans" in refused_page(changed(page_record(PAGE), "blocks", 0, "spans", [])).what


@pytest.mark.parametrize("role", ["title", "", "Body", "正文"])
def test_unknown_role(role: str) -> None:
    assert f"{role!r} is not known" in refused_page(changed(page_record(PAGE), "blocks", 1, "role", role)).what
    assert f"{role!r} is not known" in refused_article(changed(article_record(ARTICLE), "blocks", 1, "role", role)).what
    in_part = changed(article_record(ARTICLE), "parts", 0, "blocks", 0, "role", role)
    assert f"{role!r} is not known" in refused_article(in_part).what


@pytest.mark.parametrize("kind", ["advert", "", "Article"])
def test_unknown_kind(kind: str) -> None:
    assert f"{kind!r} is not known" in refused_article(article_record(ARTICLE) | {"kind": kind}).what
    assert f"{kind!r} is not known" in refused_page(changed(page_record(PAGE), "articles", 0, "kind", kind)).what


@pytest.mark.parametrize("key", ["id", "text", "source", "history", "notes", "blocks", "articles"])
def test_page_with_a_field_missing(key: str) -> None:
    record = page_record(PAGE)
    del record[key]
    assert f"{key!r} is missing" in refused_page(record).what


@pytest.mark.parametrize("key", ["id", "page_id", "text", "blocks"])
def test_article_with_a_field_missing(key: str) -> None:
    record = article_record(ARTICLE)
    del record[key]
    assert f"{key!r} is missing" in refused_article(record).what


@pytest.mark.parametrize(
    "path_and_value",
    [
        ("id", 7),
        ("id", None),
        ("text", None),
        ("text", ["一"]),
        ("meta", []),
        ("meta", "page_number", 7),
        ("source", None),
        ("source", "sha256", 0),
        ("source", "encoding_confidence", "high"),
        ("source", "encoding_confidence", True),
        ("source", "byte_order_mark", 1),
        ("source", "segments", [[0]]),
        ("source", "segments", [["0", "utf-8"]]),
        ("source", "exceptions", [[0, 1]]),
        ("source", "exceptions", [[0, 1, "?"]]),
        ("source", "exceptions", [[1, 0, "AA=="]]),
        ("history", {}),
        ("history", [[]]),
        ("history", 0, "stage", None),
        ("history", 0, "edits", None),
        ("history", 0, "edits", [[0, "", ""]]),
        ("history", 0, "edits", [[-1, "", "", "", 1.0]]),
        ("history", 0, "edits", [[True, "", "", "", 1.0]]),
        ("history", 0, "edits", [[0, None, "", "", 1.0]]),
        ("history", 0, "edits", [[0, "", "", "", "1"]]),
        ("notes", [7]),
        ("notes", 0, "flag", None),
        ("notes", 0, "score", None),
        ("notes", 0, "candidates", [1]),
        ("blocks", "body"),
        ("blocks", [[]]),
        ("blocks", 0, "text", None),
        ("blocks", 0, "role", 1),
        ("blocks", 0, "flags", "stutter"),
        ("blocks", 0, "flags", [1]),
        ("articles", [[]]),
        ("articles", 0, "blocks", [9]),
        ("articles", 0, "blocks", [-1]),
        ("articles", 0, "blocks", [True]),
        ("articles", 0, "byline", ["劉濤"]),
    ],
)
def test_page_with_a_wrong_type(path_and_value: tuple[Any, ...]) -> None:
    assert refused_page(changed(page_record(PAGE), *path_and_value)).what


@pytest.mark.parametrize(
    "path_and_value",
    [
        ("id", 7),
        ("text", None),
        ("headline", ["颱風"]),
        ("byline", "劉濤"),
        ("byline", [{}]),
        ("byline", 0, "role", 7),
        ("jump_to", 3),
        ("parts", {}),
        ("parts", 0, "page_id", None),
        ("blocks", None),
        ("flags", [None]),
        ("meta", "date", 20210918),
        ("source", "page.txt"),
        ("source", "path", None),
    ],
)
def test_article_with_a_wrong_type(path_and_value: tuple[Any, ...]) -> None:
    assert refused_article(changed(article_record(ARTICLE), *path_and_value)).what


# --- records of other programs ---


def test_foreign_record_is_a_page() -> None:
    text = "颱風來襲\n本報訊 昨日停課。"
    page = page_from({"id": "a/b", "text": text}, path="foreign.jsonl", line_number=3)
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert page == Page("a/b", text, Source("foreign.jsonl", digest, "utf-8", 1.0))


def test_foreign_record_may_have_a_number_for_its_id_and_more_fields() -> None:
    page = page_from({"id": 17, "text": "要聞", "url": None, "schema": "dolma/doc@1"})
    assert (page.id, page.text) == ("17", "要聞")


def test_foreign_meta_is_taken_where_it_fits() -> None:
    meta = {"newspaper": "聯合報", "page_number": 3, "date": None, "section": ["要聞"], "edition": {}, "colour": "red"}
    assert page_from({"id": "a", "text": "b", "meta": meta}).meta == PageMeta(newspaper="聯合報", page_number="3")


@pytest.mark.parametrize("meta", [None, [], "要聞", 7, True, {}, {"newspaper": None}, [["newspaper", "聯合報"]]])
def test_foreign_meta_of_another_shape_is_passed_over(meta: object) -> None:
    assert page_from({"id": "a", "text": "b", "meta": meta}).meta == PageMeta()


@pytest.mark.parametrize("truth", [True, False])
def test_foreign_truth_value_is_no_name(truth: bool) -> None:
    assert page_from({"id": "a", "text": "b", "meta": {"date": truth}}).meta == PageMeta()


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"id": "a"},
        {"text": "b"},
        {"id": None, "text": "b"},
        {"id": True, "text": "b"},
        {"id": ["a"], "text": "b"},
        {"id": "a", "text": None},
        {"id": "a", "text": ["b"]},
        {"id": 1.5, "text": "b"},
        {"schema": 7, "id": "a"},
    ],
)
def test_foreign_record_that_is_no_page(record: dict[str, Any]) -> None:
    error = refused_page(record)
    assert "no page" in error.what
    assert error.hint


def test_foreign_text_with_half_a_character() -> None:
    """A line cannot hold it, a program's dict can."""
    assert "surrogate" in refused_page({"id": "a", "text": "要\ud800聞"}).what


def test_dump_keeps_the_order_of_keys() -> None:
    assert dump({"b": 1, "a": "報"}) == '{"b":1,"a":"報"}\n'.encode()
