"""The stages in a row: `clean_page` by bytes, text and file, lazy streams, options, and what is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus_tools.errors import CorpusError, DecodeError, InputError, StageError, UsageError
from corpus_tools.model import Article, Page, PageMeta
from corpus_tools.options import Options, ReadOptions
from corpus_tools.pipeline import (
    STAGES,
    checked,
    clean,
    clean_one,
    clean_page,
    dedupe,
    normalise,
    repair,
    rule_names,
    split,
    stage_named,
)
from corpus_tools.read.pages import page_from_text, read_page
from corpus_tools.run.outputs import Output
from corpus_tools.verification import revert, verify

TEXT = """岚州日报

春耕开犁　田野繁忙

本报讯（记者 贺青禾）惊蛰刚过，１２名种粮大户的的田间已是一片忙碌。

图为图书馆前的电子屏。

本报记者 岳小棠摄
"""
STREAMS: dict[str, Callable[..., Iterator[Page]]] = {
    "normalise": normalise,
    "repair": repair,
    "dedupe": dedupe,
    "split": split,
    "clean": clean,
}


def raw(text: str = TEXT, page_id: str = "page") -> Page:
    return page_from_text(text, page_id, f"{page_id}.txt")


def without_origin(articles: list[Article]) -> list[Article]:
    """The records, but for where they came from: ids, and the source's path, digest and encoding."""
    return [replace(article, id=article.id.rpartition("/")[2], page_id="", source=None) for article in articles]


# --- clean_page ---


def test_bytes_text_and_file_give_the_same(tmp_path: Path) -> None:
    file = tmp_path / "a.b.txt"
    file.write_bytes(TEXT.encode("gb18030"))
    found = [clean_page(TEXT), clean_page(TEXT.encode()), clean_page(TEXT.encode("gb18030")), clean_page(file)]
    assert len({tuple(without_origin(articles)) for articles in found}) == 1
    assert [article.headline for article in found[0]] == ["春耕开犁 田野繁忙"]


def test_ids_and_sources(tmp_path: Path) -> None:
    file = tmp_path / "1996-05-08.txt"
    file.write_bytes(TEXT.encode("gb18030"))
    sources = {}
    for name, articles in {
        "file": clean_page(file),
        "named": clean_page(file, "other"),
        "bytes": clean_page(TEXT.encode()),
        "text": clean_page(TEXT, "said"),
        "stdin": clean_page(TEXT, stdin_id="in"),
    }.items():
        assert articles[0].source is not None
        sources[name] = (articles[0].id, articles[0].source.path, articles[0].source.encoding)
    assert sources == {
        "file": ("1996-05-08/1", "1996-05-08.txt", "gb18030"),
        "named": ("other/1", "1996-05-08.txt", "gb18030"),
        "bytes": ("stdin/1", "<stdin>", "utf-8"),
        "text": ("said/1", "<stdin>", "utf-8"),
        "stdin": ("in/1", "<stdin>", "utf-8"),
    }


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_compressed_file(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"page.txt{suffix}"
    with Output(file) as output:
        output.write(TEXT.encode())
    assert clean_page(file) == [
        replace(article, source=replace(article.source, path=f"page.txt{suffix}"))
        for article in clean_page(TEXT.encode(), "page")
        if article.source is not None
    ]


def test_a_byte_order_mark_in_text_is_no_character() -> None:
    assert without_origin(clean_page("\ufeff" + TEXT)) == without_origin(clean_page(TEXT))


def test_options_of_the_stages() -> None:
    assert "１２名" in clean_page(TEXT)[0].text
    assert "12名" in clean_page(TEXT, width="ascii-alnum")[0].text
    assert "大户的的田间" in clean_page(TEXT)[0].text
    assert "大户的田间" in clean_page(TEXT, fix_stutters=True)[0].text
    assert "圖書館" in clean_page(TEXT, script="s2t", captions=True)[0].text
    assert "图书馆" not in clean_page(TEXT)[0].text
    assert [article.kind for article in clean_page(TEXT)] == ["article"]
    assert [article.kind for article in clean_page(TEXT, furniture=True)] == ["article", "furniture"]
    assert "\u3000" in str(clean_page(TEXT, disable=["unify_spaces"])[0].headline)


@pytest.mark.parametrize("rules", [["unify_spaces"], {"unify_spaces"}, ("unify_spaces",), iter(["unify_spaces"])])
def test_disabled_rules_in_any_collection(rules: Any) -> None:
    assert "\u3000" in str(clean_page(TEXT, disable=rules)[0].headline)


def test_options_of_reading() -> None:
    data = TEXT.encode("gb18030")
    assert clean_page(data, encoding="gbk") == clean_page(data, encoding="gb18030")
    meta = PageMeta("岚州日报", "2021-03-12")
    assert {article.meta for article in clean_page(TEXT, meta=meta, furniture=True)} == {meta}
    damaged = TEXT.encode().replace("惊蛰".encode(), b"\xff\xff")
    with pytest.raises(DecodeError):
        clean_page(damaged, encoding="utf-8")
    assert "\ufffd\ufffd刚过" in clean_page(damaged, encoding="utf-8", on_undecodable="keep")[0].text
    with pytest.raises(InputError, match="more than 100 bytes"):
        clean_page(TEXT, max_page_bytes=100)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", InputError),
        ("", InputError),
        (" \n\u3000\n", InputError),
        (b" \r\n", InputError),
        ("半个\ud800字", InputError),
        (b"\x89PNG\r\n\x1a\n\x00\x00", DecodeError),
        (b"\x00\x01\x02\x03", DecodeError),
    ],
)
def test_what_is_no_page(data: bytes | str, error: type[CorpusError]) -> None:
    with pytest.raises(error) as caught:
        clean_page(data)
    assert caught.value.what
    assert caught.value.where


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        clean_page(tmp_path / "missing.txt")
    assert str(tmp_path / "missing.txt") in str(caught.value)
    with pytest.raises(InputError):
        clean_page(tmp_path)


@pytest.mark.parametrize(
    ("choices", "what"),
    [
        ({"disable": ["no_such_rule", "another"]}, "no rule is named another, no_such_rule"),
        ({"script": "klingon"}, "klingon"),
    ],
)
def test_options_that_do_not_exist(choices: dict[str, Any], what: str) -> None:
    with pytest.raises(UsageError, match=what) as caught:
        clean_page(TEXT, **choices)
    assert caught.value.hint
    for stream in STREAMS.values():
        with pytest.raises(UsageError, match=what):
            stream([raw()], **choices)  # at the call, not at the first page


def test_an_encoding_that_does_not_exist() -> None:
    with pytest.raises(UsageError, match="no-such-codec"):
        clean_page(TEXT.encode(), encoding="no-such-codec")


@pytest.mark.xfail(reason="an option that neither dataclass has is a TypeError", strict=True, raises=TypeError)
def test_an_option_that_is_misspelt() -> None:
    with pytest.raises(UsageError, match="widht"):
        clean_page(TEXT, widht="keep")


def test_one_rule_as_a_string() -> None:
    assert "\u3000" in str(clean_page(TEXT, disable="unify_spaces")[0].headline)


def test_a_choice_that_does_not_exist() -> None:
    with pytest.raises(UsageError, match="width"):
        clean_page(TEXT, width="ascii")
    with pytest.raises(UsageError, match="mode"):
        clean_page(TEXT, mode="brave")


# --- streams ---


def test_a_stage_for_each_verb() -> None:
    assert [stage.name for stage in STAGES] == ["normalise", "repair", "dedupe", "split"]
    for stage in STAGES:
        assert list(STREAMS[stage.name]([raw()])) == [stage.run(raw(), Options())]
        assert stage_named(stage.name) is stage


def test_rule_names_are_all_different() -> None:
    names = [rule.__name__ for stage in STAGES for rule in stage.rules]
    assert rule_names() == set(names)
    assert len(names) == len(set(names))


def test_clean_is_the_stages_in_a_row() -> None:
    pages = [raw(), raw("另一页\n\n今天供暖。", "other")]
    in_a_row = list(split(dedupe(repair(normalise(pages)))))
    assert in_a_row == list(clean(pages)) == [clean_one(page, Options()) for page in pages]
    assert all(page.articles for page in in_a_row)
    assert not list(verify(in_a_row))


@pytest.mark.parametrize("name", STREAMS)
def test_no_pages(name: str) -> None:
    assert list(STREAMS[name]([])) == []


@pytest.mark.parametrize("name", STREAMS)
def test_streams_are_lazy(name: str) -> None:
    """The first page comes out before the second is read."""

    def pages() -> Iterator[Page]:
        yield raw()
        raise AssertionError("read too far")

    stream = STREAMS[name](pages())
    assert isinstance(stream, Iterator)
    assert next(stream).id == "page"


def test_the_whole_chain_is_lazy() -> None:
    def pages() -> Iterator[Page]:
        yield raw()
        raise AssertionError("read too far")

    assert next(split(dedupe(repair(normalise(pages()))))).articles


def test_pages_are_not_changed() -> None:
    page = raw()
    copy = replace(page)
    list(clean([page]))
    assert page == copy


@pytest.mark.parametrize("name", ["repair", "dedupe", "split"])
def test_a_stage_without_blocks_makes_one_a_line(name: str) -> None:
    page = next(STREAMS[name]([raw("今天供暖。\n\n明天下雪。")]))
    assert [block.text for block in page.blocks] == ["今天供暖。", "明天下雪。"]


@pytest.mark.parametrize("name", STREAMS)
def test_a_split_page_is_refused(name: str) -> None:
    page = clean_one(raw(), Options())
    with pytest.raises(StageError, match="already split") as caught:
        list(STREAMS[name]([page]))
    assert caught.value.where == "page"
    assert caught.value.hint


def test_normalise_refuses_a_page_with_blocks() -> None:
    page = next(repair([raw()]))
    with pytest.raises(StageError, match="blocks"):
        list(normalise([page]))


def test_a_page_twice_through_a_stage() -> None:
    page = next(normalise([raw()]))
    assert next(normalise([page])) == page


# --- options ---


def test_checked_gives_the_options_back() -> None:
    options = Options(disable=rule_names(), script="s2t")
    assert checked(options) is options


def test_all_rules_disabled_change_nothing() -> None:
    page = next(clean([raw()], disable=rule_names()))
    assert page.history == ()
    assert page.text == TEXT
    assert [block.text for block in page.blocks] == [line.strip() for line in TEXT.split("\n") if line.strip()]
    assert revert(page) == TEXT.encode()


def test_a_disabled_rule_is_not_in_the_history() -> None:
    page = next(clean([raw()], disable={"unify_spaces"}))
    assert "unify_spaces" not in {revision.rule for revision in page.history}
    assert "unify_spaces" in {revision.rule for revision in next(clean([raw()])).history}


def test_undecodable_bytes_through_all_stages() -> None:
    data = TEXT.encode("gb18030").replace("惊蛰".encode("gb18030"), b"\xff")
    page = read_page(data, "page", "page.txt", ReadOptions("gb18030", "keep"))
    assert revert(clean_one(page, Options())) == data
