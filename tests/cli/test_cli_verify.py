"""`verify` and `revert`: the proof passes on what the commands write, and fails on every change of it."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command_line import Call, Outcome, ok, run, run_all
from invented_pages import DAMAGED, MOUNTAIN, PAGES
from prepared import Cleaned, clean_folder, records_in, write_files, write_jsonl

from corpus_tools.records import Json, dump, load

PROOF = "nothing lost, nothing double, nothing changed"


# --- what passes ---


def test_what_the_commands_write_is_proved(seeds_cleaned: Cleaned, invented_cleaned: Cleaned, tmp_path: Path) -> None:
    """The ledger alone, the articles with it, other options, compressed files, page records that are not yet split."""
    options = ("--furniture", "--captions", "--script", "s2t", "--fix-stutters", "--width", "ascii-alnum")
    articles, ledger = tmp_path / "articles.jsonl.gz", tmp_path / "ledger.jsonl.zst"
    ok(run("clean", invented_cleaned.pages, *options, "-o", articles, "--ledger", ledger))
    n_records = gzip.decompress(articles.read_bytes()).count(b"\n")
    assert n_records > len(invented_cleaned.article_records), "no furniture in it"
    normalised = ok(run("normalise", "--to", "pages", invented_cleaned.pages)).out
    calls = {
        "2 pages": Call(("verify", seeds_cleaned.ledger)),
        "2 pages and 16 article records": Call(("verify", seeds_cleaned.articles, "--ledger", seeds_cleaned.ledger)),
        f"7 pages and {n_records} article records": Call(("verify", articles, "--ledger", ledger)),
        "7 pages": Call(("verify", "-"), stdin=normalised),
        "7 pages and 14 article records": Call(
            ("verify", "--ledger", invented_cleaned.ledger), stdin=invented_cleaned.articles.read_bytes()
        ),
    }
    for counted, outcome in run_all(calls).items():
        assert ok(outcome).messages == [f"corpus-tools: {counted}: {PROOF}"]
        assert outcome.out == b""


def test_articles_alone_prove_nothing(invented_cleaned: Cleaned, tmp_path: Path) -> None:
    calls = {
        "file": Call(("verify", invented_cleaned.articles)),
        "standard input": Call(("verify",), stdin=invented_cleaned.articles.read_bytes()),
    }
    for outcome in run_all(calls).values():
        assert (outcome.code, outcome.out) == (2, b"")
        (message,) = outcome.messages
        assert "--ledger" in message


# --- what fails ---


def article_named(records: list[Json], record_id: str) -> Json:
    """The article record of that id."""
    return next(record for record in records if record["id"] == record_id)


def drop_a_character(text: str) -> str:
    """The text without its tenth character."""
    return text[:9] + text[10:]


def _text(records: list[Json]) -> None:
    record = article_named(records, "simplified/2")
    record["text"] = drop_a_character(record["text"])


def _block(records: list[Json]) -> None:
    block = article_named(records, "gb18030/1")["blocks"][1]
    block["text"] = drop_a_character(block["text"])


def _headline(records: list[Json]) -> None:
    article_named(records, "big5/2")["headline"] = "圖書館"


def _meta(records: list[Json]) -> None:
    article_named(records, "utf16/1")["meta"]["date"] = "2031-04-06"


def _removed(records: list[Json]) -> None:
    records.remove(article_named(records, "crlf_bom/2"))


def _double(records: list[Json]) -> None:
    records.append(article_named(records, "traditional/2"))


def _double_at_once(records: list[Json]) -> None:
    records.insert(0, records[0])


def _unknown(records: list[Json]) -> None:
    records.insert(0, {**records[0], "id": "big5/99"})


def _unknown_behind(records: list[Json]) -> None:
    records.append({**records[0], "id": "big5/99"})


def _unknown_page(records: list[Json]) -> None:
    records.append({**records[0], "id": "nowhere/1", "page_id": "nowhere"})


def _all_removed(records: list[Json]) -> None:
    records.clear()


Change = Callable[[list[Json]], Any]
ARTICLE_CHANGES: dict[str, tuple[Change, str]] = {
    "a character removed from a text": (_text, "simplified/2: text is not what the ledger says"),
    "a character removed from a block": (_block, "gb18030/1: blocks is not what the ledger says"),
    "a field changed": (_headline, "big5/2: headline is not what the ledger says"),
    "meta changed": (_meta, "utf16/1: meta is not what the ledger says"),
    "a record removed": (_removed, "crlf_bom/2: the record is missing"),
    "a record twice": (_double, "traditional/2: the record is there 2 times"),
    "a record twice in a row": (_double_at_once, "big5/1: the record is there 2 times"),
    "an unknown record": (_unknown, "big5/99: the ledger has no such record"),
    "an unknown record far from its page": (_unknown_behind, "big5/99: "),
    "a record of an unknown page": (_unknown_page, "nowhere/1: the ledger has no page 'nowhere'"),
    "no record at all": (_all_removed, "utf16/2: the record is missing"),
}


def _page_text(page: Json) -> None:
    page["text"] = drop_a_character(page["text"])


def _page_block(page: Json) -> None:
    """The block, and with it every mention of it: nothing points into the void, only the characters are missing."""
    del page["blocks"][2]
    for article in page["articles"]:
        article["blocks"] = [at - (at > 2) for at in article["blocks"] if at != 2]


def _page_edit(page: Json) -> None:
    del page["history"][0]["edits"][0]


def _page_revision(page: Json) -> None:
    del page["history"][0]


def _page_sha256(page: Json) -> None:
    page["source"]["sha256"] = hashlib.sha256(b"").hexdigest()


def _page_encoding(page: Json) -> None:
    page["source"]["encoding"] = "utf-8"


def _page_span(page: Json) -> None:
    span = page["blocks"][1]["spans"][0]
    span[0] += 1


def _page_overlap(page: Json) -> None:
    page["blocks"][2]["spans"][0][0] -= 4


def _page_block_text(page: Json) -> None:
    page["blocks"][1]["text"] += "。"


def _page_article(page: Json) -> None:
    del page["articles"][0]


def _page_article_text(page: Json) -> None:
    page["articles"][0]["text"] = drop_a_character(page["articles"][0]["text"])


def _page_claimed_twice(page: Json) -> None:
    page["articles"][1]["blocks"].append(page["articles"][0]["blocks"][0])


def _page_order(page: Json) -> None:
    page["articles"][0]["blocks"].reverse()


NO_BYTES = "undoing the history does not give the source's bytes"
LEDGER_CHANGES: dict[str, tuple[Callable[[Json], Any], str, str]] = {
    # what is changed: how, in which page, what is said
    "text changed": (_page_text, "simplified", NO_BYTES),
    "a block removed": (_page_block, "simplified", "are in no block and in no edit"),
    "an edit removed": (_page_edit, "crlf_bom", ""),
    "a revision removed": (_page_revision, "crlf_bom", ""),
    "sha256 changed": (_page_sha256, "simplified", NO_BYTES),
    "encoding changed": (_page_encoding, "gb18030", NO_BYTES),
    "a span moved": (_page_span, "simplified", "are in no block and in no edit"),
    "two blocks overlap": (_page_overlap, "simplified", "are in two blocks"),
    "the text of a block changed": (_page_block_text, "simplified", "does not read as its spans do"),
    "an article removed": (_page_article, "simplified", "is in no record"),
    "the text of an article changed": (_page_article_text, "simplified", "the text does not follow from the blocks"),
    "a block in two articles": (_page_claimed_twice, "simplified", "is in 2 records"),
    "the order of blocks changed": (_page_order, "simplified", "the text does not follow from the blocks"),
}


ALONE = ("an unknown record far from its page", "a record twice in a row", "no record at all")
"""Changes of articles that would be in each other's way; the others are made to one file."""


@pytest.fixture(scope="module")
def tampered(invented_cleaned: Cleaned, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """How `verify` ends after each of the changes of articles, several of them to different records at a time."""
    folder = tmp_path_factory.mktemp("tampered")
    files = {name: [change] for name, (change, _) in ARTICLE_CHANGES.items() if name in ALONE}
    files["together"] = [change for name, (change, _) in ARTICLE_CHANGES.items() if name not in ALONE]
    calls = {}
    for name, changes in files.items():
        records = invented_cleaned.article_records
        for change in changes:
            change(records)
        path = write_jsonl(folder / f"{name}.jsonl", records)
        calls[name] = Call(("verify", path, "--ledger", invented_cleaned.ledger))
    outcomes = run_all(calls)
    return {name: outcomes[name if name in ALONE else "together"] for name in ARTICLE_CHANGES}


@pytest.mark.parametrize("name", ARTICLE_CHANGES)
def test_every_change_of_the_articles_is_found_and_named(name: str, tampered: dict[str, Outcome]) -> None:
    outcome = tampered[name]
    assert outcome.code == 1
    assert ARTICLE_CHANGES[name][1] in outcome.out.decode()
    assert f"{len(outcome.lines)} problems" in outcome.messages[-1]
    named = {line.decode().partition(": ")[0] for line in outcome.lines}
    assert name in ALONE or named == {
        says.partition(": ")[0] for each, (_, says) in ARTICLE_CHANGES.items() if each not in ALONE
    }


def renamed(record: Json, old: str, new: str) -> Json:
    """The record of another page: every mention of the page `old` is one of `new`."""
    return load(dump(record).replace(f'"{old}'.encode(), f'"{new}'.encode()))


@pytest.fixture(scope="module")
def tampered_ledger(invented_cleaned: Cleaned, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """How `verify` ends on a ledger that has, for each change, a page `case<number>` with it; `case99` is untouched."""
    pages = {page["id"]: page for page in invented_cleaned.page_records}
    records = [renamed(pages["simplified"], "simplified", "case99")]
    for number, (change, base, _) in enumerate(LEDGER_CHANGES.values()):
        record = renamed(pages[base], base, f"case{number}")
        change(record)
        records.append(record)
    records.append(records[0])
    return run("verify", write_jsonl(tmp_path_factory.mktemp("tampered_ledger") / "ledger.jsonl", records))


@pytest.mark.parametrize("name", LEDGER_CHANGES)
def test_every_change_of_the_ledger_is_found_and_named(name: str, tampered_ledger: Outcome) -> None:
    number = list(LEDGER_CHANGES).index(name)
    said = tampered_ledger.out.decode().split("\n") + tampered_ledger.messages
    own = [line for line in said if re.match(rf"case{number}\b|corpus-tools: .*: line {number + 2}: ", line)]
    assert any(LEDGER_CHANGES[name][2] in line for line in own), own
    assert tampered_ledger.code == 1


def test_an_unchanged_page_between_changed_ones_has_no_problem(tampered_ledger: Outcome) -> None:
    """But that it is there twice, in this ledger."""
    own = [line for line in tampered_ledger.lines if line.startswith(b"case99")]
    assert own == [b"case99: the page is there twice"]


def test_a_page_missing_from_the_ledger_is_found(invented_cleaned: Cleaned, tmp_path: Path) -> None:
    """All of its records then belong to nothing; and lines that cannot be read are no proof either."""
    records = invented_cleaned.page_records
    without = write_jsonl(tmp_path / "without.jsonl", [page for page in records if page["id"] != "traditional"])
    broken = tmp_path / "broken.jsonl"
    broken.write_bytes(invented_cleaned.ledger.read_bytes() + b'{"schema": "corpus-tools/page@1"}\n')
    outcomes = run_all(
        {
            "without": Call(("verify", invented_cleaned.articles, "--ledger", without)),
            "broken": Call(("verify", broken)),
        }
    )
    assert outcomes["without"].code == outcomes["broken"].code == 1
    assert outcomes["without"].lines == [
        f"traditional/{number}: the ledger has no page 'traditional'".encode() for number in (1, 2)
    ]
    assert outcomes["broken"].messages[0].startswith(f"corpus-tools: {broken}: line 8: ")
    assert "1 records could not be read" in outcomes["broken"].messages[1]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        pytest.param("encoding", "idna", id="no text encoding"),
        pytest.param("encoding", "utf\x008", id="no name of an encoding"),
        pytest.param("byte_order_mark", True, id="a mark that the encoding does not have"),
    ],
)
def test_a_ledger_with_an_impossible_source_is_a_problem(
    key: str, value: object, invented_cleaned: Cleaned, tmp_path: Path
) -> None:
    (page,) = (page for page in invented_cleaned.page_records if page["id"] == "big5")
    page["source"][key] = value
    outcome = run("verify", write_jsonl(tmp_path / "ledger.jsonl", [page]))
    assert outcome.code == 1
    assert outcome.out.startswith(b"big5: ")


def test_a_ledger_line_without_its_schema_is_no_proof(invented_cleaned: Cleaned, tmp_path: Path) -> None:
    records = invented_cleaned.page_records
    for record in records:
        del record["schema"]
        record["blocks"].clear()
    assert run("verify", write_jsonl(tmp_path / "ledger.jsonl", records)).code == 1


def test_standard_input_cannot_be_articles_and_ledger() -> None:
    assert run("verify", "-", "--ledger", "-").code == 2


# --- revert ---

REVERTED = {
    **PAGES,
    "deep/er/gb18030.txt": PAGES["gb18030.txt"],
    "damaged.txt": DAMAGED,
    "no_last_newline.txt": MOUNTAIN.rstrip("\n").encode(),
    "trailing.txt": b"\n\n  " + MOUNTAIN.encode() + "　\n \n".encode(),
    "utf16be.txt": b"\xfe\xff" + MOUNTAIN.encode("utf-16-be"),
    "half_a_character.txt": MOUNTAIN.encode("gb18030") + b"\xc1",
}


def test_revert_gives_every_byte_back(seeds_cleaned: Cleaned, tmp_path: Path) -> None:
    """Marks, line ends, encodings, kept bytes, folders; to a directory and, page by page, to standard output."""
    pages = write_files(tmp_path / "pages", REVERTED)
    ledger = tmp_path / "ledger.jsonl"
    ok(run("clean", pages, "--on-undecodable", "keep", "-o", "/dev/null", "--ledger", ledger))
    chosen = ("damaged", "deep/er/gb18030", "crlf_bom")
    outcomes = run_all(
        {
            "folder": Call(("revert", ledger, "-o", tmp_path / "out")),
            "seeds": Call(("revert", "-", "-o", tmp_path / "seeds"), stdin=seeds_cleaned.ledger.read_bytes()),
            **{page_id: Call(("revert", ledger, "--id", page_id)) for page_id in chosen},
        }
    )
    for outcome in outcomes.values():
        assert ok(outcome).err == ""
    written = {path.relative_to(tmp_path / "out").as_posix(): path for path in (tmp_path / "out").rglob("*.txt")}
    assert {name: path.read_bytes() for name, path in written.items()} == REVERTED
    assert {page_id: outcomes[page_id].out for page_id in chosen} == {
        page_id: REVERTED[f"{page_id}.txt"] for page_id in chosen
    }
    for record in seeds_cleaned.page_records:
        page = (tmp_path / "seeds" / record["source"]["path"]).read_bytes()
        assert page == (seeds_cleaned.pages / record["source"]["path"]).read_bytes()
        assert hashlib.sha256(page).hexdigest() == record["source"]["sha256"]


def test_revert_to_a_file(invented_cleaned: Cleaned, tmp_path: Path) -> None:
    options = ("--id", "utf16", "-o", tmp_path / "new.txt")
    assert ok(run("revert", invented_cleaned.ledger, *options, "--verbose")).messages == [
        "corpus-tools: 1 pages reverted"
    ]
    assert (tmp_path / "new.txt").read_bytes() == PAGES["utf16.txt"]


def test_revert_refuses(invented_cleaned: Cleaned, tmp_path: Path) -> None:
    """Several pages at once to standard output, an id that is not there, and changed records."""
    records = invented_cleaned.page_records[:3]
    records[1]["text"] += "。"
    changed = write_jsonl(tmp_path / "changed.jsonl", records)
    outcomes = run_all(
        {
            "several": Call(("revert", invented_cleaned.ledger)),
            "no such id": Call(("revert", invented_cleaned.ledger, "--id", "no_such_page")),
            "changed": Call(("revert", changed, "-o", tmp_path / "out")),
            "only changed": Call(("revert", changed, "--id", records[1]["id"])),
        }
    )
    assert {name: outcome.code for name, outcome in outcomes.items()} == {
        "several": 2,
        "no such id": 2,
        "changed": 1,
        "only changed": 1,
    }
    assert all(outcome.out == b"" and len(outcome.messages) == 1 for outcome in outcomes.values())
    assert "-o DIRECTORY" in outcomes["several"].err
    assert "no_such_page" in outcomes["no such id"].err
    assert "crlf_bom: undoing the history does not give the source's bytes" in outcomes["changed"].err
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["big5.txt", "gb18030.txt"]


def test_revert_never_leaves_its_directory(invented_cleaned: Cleaned, tmp_path: Path) -> None:
    good, *bad = invented_cleaned.page_records[:6]
    for page, path in zip(bad, ("../x.txt", "/elsewhere/x.txt", "a/../../x.txt", "..", "a/\0.txt"), strict=True):
        page["source"]["path"] = path
    ledger = write_jsonl(tmp_path / "ledger.jsonl", [good, *bad])
    outcome = run("revert", ledger, "-o", tmp_path / "a" / "out")
    assert outcome.code == 1
    assert ["leads out of the directory" in message for message in outcome.messages] == [True] * 5
    written = tmp_path / "a" / "out" / good["source"]["path"]
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == {ledger, written}


def test_revert_takes_compressed_pages_back_uncompressed(tmp_path: Path) -> None:
    write_files(tmp_path, {"pages/a/x.txt.gz": gzip.compress(MOUNTAIN.encode())})
    cleaned = clean_folder(tmp_path / "pages", tmp_path)
    (tmp_path / "out").mkdir()
    ok(run("revert", cleaned.ledger, "-o", tmp_path / "out"))
    assert (tmp_path / "out/a/x.txt").read_bytes() == MOUNTAIN.encode()


def test_revert_of_foreign_records(tmp_path: Path) -> None:
    texts = {"a": "本报讯 一。", "b": "本报讯 二。"}
    given = write_jsonl(tmp_path / "given.jsonl", [{"id": key, "text": text} for key, text in texts.items()])
    ledger = tmp_path / "ledger.jsonl"
    ok(run("clean", given, "-o", "/dev/null", "--ledger", ledger))
    ok(run("revert", ledger, "-o", tmp_path / "out"))
    assert sorted(path.read_text(encoding="utf-8") for path in (tmp_path / "out").rglob("*.*")) == list(texts.values())


def test_revert_of_a_file_name_that_is_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / os.fsdecode("报.txt".encode("gbk"))).write_bytes(MOUNTAIN.encode())
    cleaned = clean_folder(tmp_path / "pages", tmp_path)
    (tmp_path / "out").mkdir()
    ok(run("revert", cleaned.ledger, "-o", tmp_path / "out"))


def test_revert_into_a_new_directory_named_with_a_slash(invented_cleaned: Cleaned, tmp_path: Path) -> None:
    ok(run("revert", invented_cleaned.ledger, "--id", "big5", "-o", f"{tmp_path}/new/"))
    assert (tmp_path / "new").is_dir()


def test_revert_never_overwrites_its_ledger(invented_cleaned: Cleaned, tmp_path: Path) -> None:
    """A ledger that has the name of one of its pages, in the directory that they are reverted to."""
    ledger = tmp_path / "big5.txt"
    ledger.write_bytes(invented_cleaned.ledger.read_bytes())
    outcome = run("revert", ledger, "-o", tmp_path)
    assert outcome.code == 1
    assert len(outcome.messages) == 1
    assert ledger.read_bytes() == invented_cleaned.ledger.read_bytes()
    assert (tmp_path / "utf16.txt").read_bytes() == PAGES["utf16.txt"]


def test_revert_of_one_page_writes_its_rejects(invented_cleaned: Cleaned, tmp_path: Path) -> None:
    page = invented_cleaned.page_records[0]
    page["text"] += "。"
    rejects = tmp_path / "rejects"
    outcome = run("revert", write_jsonl(tmp_path / "one.jsonl", [page]), "--rejects", rejects)
    assert outcome.code == 1
    assert rejects.exists()
    assert [record["path"] for record in records_in(rejects.read_bytes())] == [page["id"]]
