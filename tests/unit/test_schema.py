"""The JSON Schema of both records takes what `records` writes, and nothing with a key missing, a wrong type or name."""

from __future__ import annotations

import copy
import pathlib
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from corpus_tools.model import (
    ARTICLE_FLAGS,
    BLOCK_FLAGS,
    Article,
    Block,
    Edit,
    Kind,
    Note,
    Page,
    PageMeta,
    Part,
    Person,
    Revision,
    Role,
    Source,
    Span,
)
from corpus_tools.options import Options
from corpus_tools.read.pages import read_page
from corpus_tools.records import article_line, article_record, load, page_line, page_record
from corpus_tools.schema import ARTICLE, PAGE, schema_of
from corpus_tools.stages.dedupe import dedupe_page
from corpus_tools.stages.normalise import normalise_page
from corpus_tools.stages.repair import repair_page
from corpus_tools.stages.split import split_page

Place = tuple[str | int, ...]

SEEDS = pathlib.Path(__file__).parents[2] / "seeds"

META = PageMeta("山西日报", "2021-09-18", "晨版", "A1", "要闻")
HEADLINE = Block("headline", (Span(0, 4),), "供暖开始")
BODY = Block("body", (Span(5, 9), Span(10, 14)), "本报讯昨日供暖", ("joined", "stutter"))


def full_article() -> Article:
    """An article with every field filled."""
    return Article(
        id="page/1",
        kind="article",
        page_id="page",
        text="供暖开始\n本报讯昨日供暖",
        column="民生",
        kicker="入冬",
        headline="供暖开始",
        deck="——六条措施",
        dateline="本报讯",
        byline=(Person("刘涛", "记者"), Person("王伟")),
        jump_from="1",
        jump_to="A3",
        continues="other/2",
        continued_by="third/4",
        parts=(Part("page", (HEADLINE,)), Part("third", (BODY,))),
        cluster="c1",
        blocks=(HEADLINE, BODY),
        flags=("reordered", "stutter"),
        meta=META,
        source=Source("page.txt", "0" * 64, "utf-8"),
    )


def full_page() -> Page:
    """A page with every field filled."""
    return Page(
        id="page",
        text="供暖开始\n本报讯昨日供暖",
        source=Source(
            "page.txt",
            "0f" * 32,
            "gb18030",
            0.987,
            True,
            ((0, "gb18030"), (5, "utf-8")),
            ((Span(3, 4), b"\xff"), (Span(7, 8), b"\xa1\x00")),
        ),
        meta=META,
        history=(Revision("normalise", "unify_spaces", (Edit(Span(4, 5), "\u3000", " ", "space U+3000", 0.5),)),),
        notes=(Note((Span(5, 9), Span(10, 14)), "joined", "join_breaks", "no end mark", 0.75, ("a", "b")),),
        blocks=(HEADLINE, BODY),
        articles=(Article("page/1", "article", "page", "本报讯昨日供暖", byline=(Person("刘涛"),), blocks=(BODY,)),),
    )


RECORDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "article": (ARTICLE, article_record(full_article())),
    "page": (PAGE, page_record(full_page())),
}


def is_valid(schema: dict[str, Any], record: Any) -> bool:
    """Whether the record is what the schema says."""
    valid: bool = Draft202012Validator(schema).is_valid(record)
    return valid


def places(value: Any, path: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every place of a record with what stands there, the record itself first."""
    yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, (*path, key))


def at(record: Any, path: Place) -> Any:
    """What stands at a place."""
    for key in path:
        record = record[key]
    return record


def changed(record: dict[str, Any], path: Place, value: Any) -> dict[str, Any]:
    """A copy of the record with another value at a place."""
    other = copy.deepcopy(record)
    at(other, path[:-1])[path[-1]] = value
    return other


def named(path: Place) -> str:
    """A place, for pytest's output."""
    return ".".join(map(str, path))


def every_place(wanted: type | tuple[type, ...]) -> list[Any]:
    """A param for each place of both records that holds such a value."""
    return [
        pytest.param(name, path, id=f"{name}:{named(path)}")
        for name, (_, record) in RECORDS.items()
        for path, value in places(record)
        if path and isinstance(value, wanted)
    ]


@pytest.mark.parametrize("name", ["article", "page"])
def test_schema_is_a_schema(name: Any) -> None:
    Draft202012Validator.check_schema(schema_of(name))
    assert schema_of(name) is RECORDS[name][0]


@pytest.mark.parametrize("name", ["article", "page"])
def test_every_property_says_what_it_is(name: Any) -> None:
    for path, value in places(schema_of(name)):
        if path[-2:-1] == ("properties",):
            assert value.get("description", "").endswith("."), named(path)


@pytest.mark.parametrize("name", ["article", "page"])
def test_schema_lists_every_key_in_the_order_written(name: Any) -> None:
    schema, record = RECORDS[name]
    assert list(schema["properties"]) == schema["required"] == list(record)


def test_full_records_are_valid() -> None:
    assert list(Draft202012Validator(ARTICLE).iter_errors(load(article_line(full_article())))) == []
    assert list(Draft202012Validator(PAGE).iter_errors(load(page_line(full_page())))) == []


@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*.txt")), ids=lambda seed: seed.stem)
def test_records_of_a_real_page_are_valid(seed: pathlib.Path) -> None:
    """What the stages really write, flags of notes and all."""
    page = read_page(seed.read_bytes(), seed.stem, seed.name)
    for stage in (normalise_page, repair_page, dedupe_page, split_page):
        page = stage(page, Options())
        assert list(Draft202012Validator(PAGE).iter_errors(load(page_line(page)))) == []
    assert page.articles
    for article in page.articles:
        assert list(Draft202012Validator(ARTICLE).iter_errors(load(article_line(article)))) == []


def test_empty_records_are_valid() -> None:
    assert is_valid(ARTICLE, article_record(Article("page/furniture", "furniture", "page", "")))
    assert is_valid(PAGE, page_record(Page("page", "要闻", Source("page.txt", "0" * 64, "utf-8"))))


@pytest.mark.parametrize("role", get_args(Role))
def test_every_role_is_valid(role: Role) -> None:
    assert is_valid(
        ARTICLE, article_record(Article("p/1", "article", "p", "", blocks=(Block(role, (Span(0, 1),), "一"),)))
    )


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_is_valid(kind: Kind) -> None:
    assert is_valid(ARTICLE, article_record(Article("p/1", kind, "p", "")))


def test_every_flag_is_valid() -> None:
    block = Block("body", (Span(0, 1),), "一", BLOCK_FLAGS)
    assert is_valid(ARTICLE, article_record(Article("p/1", "article", "p", "", blocks=(block,), flags=ARTICLE_FLAGS)))


@pytest.mark.parametrize(
    ("name", "path", "key"),
    [
        pytest.param(name, path, key, id=f"{name}:{named((*path, key))}")
        for name, (_, record) in RECORDS.items()
        for path, value in places(record)
        if isinstance(value, dict)
        for key in value
    ],
)
def test_missing_key_is_refused(name: str, path: Place, key: str) -> None:
    schema, record = RECORDS[name]
    other = copy.deepcopy(record)
    del at(other, path)[key]
    assert not is_valid(schema, other)


@pytest.mark.parametrize(
    ("name", "path"),
    [pytest.param("article", (), id="article"), pytest.param("page", (), id="page"), *every_place(dict)],
)
def test_unknown_key_is_refused(name: str, path: Place) -> None:
    schema, record = RECORDS[name]
    other = copy.deepcopy(record)
    at(other, path)["spam"] = None
    assert not is_valid(schema, other)


@pytest.mark.parametrize(("name", "path"), every_place((str, int, float, bool, dict, list)))
def test_wrong_type_is_refused(name: str, path: Place) -> None:
    schema, record = RECORDS[name]
    wrong: Any = ["x"] if isinstance(at(record, path), dict) else {"x": 1}
    assert not is_valid(schema, changed(record, path, wrong))


@pytest.mark.parametrize(("name", "path"), every_place(str))
def test_number_for_a_string_is_refused(name: str, path: Place) -> None:
    schema, record = RECORDS[name]
    assert not is_valid(schema, changed(record, path, 7))


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("article", ("blocks", 0, "role"), "title"),
        ("article", ("parts", 0, "blocks", 0, "role"), "title"),
        ("page", ("blocks", 1, "role"), "heading "),
        ("article", ("kind",), "advert"),
        ("page", ("articles", 0, "kind"), "Article"),
        ("article", ("flags", 0), "joined"),  # a block's flag, not an article's
        ("page", ("blocks", 1, "flags", 0), "reordered"),  # an article's flag, not a block's
        ("page", ("notes", 0, "flag"), "odd"),
        ("page", ("blocks", 1, "flags"), ["stutter", "stutter"]),
        ("article", ("schema",), "corpus-tools/article@2"),
        ("page", ("schema",), "corpus-tools/article@1"),
        ("page", ("blocks", 0, "spans"), []),
        ("page", ("blocks", 0, "spans", 0), [0]),
        ("page", ("blocks", 0, "spans", 0), [0, 4, 5]),
        ("page", ("blocks", 0, "spans", 0), [-1, 4]),
        ("page", ("blocks", 0, "spans", 0), [0.5, 4]),
        ("page", ("history", 0, "edits", 0), [4, "\u3000", " ", "space"]),
        ("page", ("source", "exceptions", 0), [3, 4]),
        ("page", ("source", "sha256"), "none"),
    ],
)
def test_wrong_value_is_refused(name: str, path: Place, value: Any) -> None:
    schema, record = RECORDS[name]
    assert not is_valid(schema, changed(record, path, value))


NULLABLE = {
    "article": {
        *((key,) for key in ("column", "kicker", "headline", "deck", "dateline", "jump_from", "jump_to")),
        *((key,) for key in ("continues", "continued_by", "parts", "cluster", "source")),
        *(("meta", key) for key in ("newspaper", "date", "edition", "page_number", "section")),
        ("byline", 0, "role"),
        ("byline", 1, "role"),
    },
    "page": {
        *(("meta", key) for key in ("newspaper", "date", "edition", "page_number", "section")),
        *(("articles", 0, key) for key in ("column", "kicker", "headline", "deck", "dateline", "jump_from", "jump_to")),
        ("articles", 0, "byline", 0, "role"),
        ("source", "encoding_confidence"),
    },
}


@pytest.mark.parametrize("name", ["article", "page"])
def test_null_is_valid_exactly_where_the_model_says_none(name: str) -> None:
    schema, record = RECORDS[name]
    taken = {path for path, _ in places(record) if path and is_valid(schema, changed(record, path, None))}
    assert taken == NULLABLE[name]
