"""Commands that look and change nothing: detect, rules, schema, inspect."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import orjson
import pytest
from command_line import Call, ok, run, run_all
from invented_pages import DAMAGED, PAGES
from prepared import Cleaned, records_in, write_files

from corpus_tools.pipeline import STAGES
from corpus_tools.records import Json

DETECTED = {
    "big5.txt": ("big5hkscs", False),
    "crlf_bom.txt": ("utf-8", True),
    "gb18030.txt": ("gb18030", False),
    "mixed_newlines.txt": ("utf-8", False),
    "simplified.txt": ("utf-8", False),
    "traditional.txt": ("utf-8", False),
    "utf16.txt": ("utf-16-le", True),
}
KEYS = [
    *("path", "encoding", "confidence", "evidence", "byte_order_mark", "runner_up", "reason", "byte_offset"),
    *("n_undecodable", "undecodable", "segments", "label", "candidates"),
]

NOT_TEXT = {
    "image.txt": b"\x89PNG\r\n\x1a\n\x00\x00",
    "archive.txt": b"PK\x03\x04\x14\x00",
    "nul.txt": b"abc\x00\x01",
    "damaged.txt": DAMAGED,
}


def test_detect_gives_one_object_a_file(invented: Path) -> None:
    rows = records_in(ok(run("detect", ".", cwd=invented)).out)
    assert all(list(row) == KEYS for row in rows)
    assert {row["path"]: (row["encoding"], row["byte_order_mark"]) for row in rows} == DETECTED
    assert all(0.6 <= row["confidence"] <= 1 and row["evidence"] and row["reason"] is None for row in rows)
    assert [row["path"] for row in rows] == list(DETECTED)


def test_detect_abstains_with_a_reason(tmp_path: Path) -> None:
    outcome = run("detect", write_files(tmp_path, NOT_TEXT), "--quiet")
    rows = {row["path"].rpartition("/")[2]: row for row in records_in(outcome.out)}
    assert outcome.code == 1
    assert {row["encoding"] for row in rows.values()} == {None}
    assert rows["image.txt"]["reason"] == "not text: begins like a PNG image"
    assert rows["archive.txt"]["reason"] == "not text: begins like a zip archive (or docx, epub)"
    assert rows["nul.txt"]["reason"] == "not text: a NUL byte at byte 3"
    assert rows["damaged.txt"]["reason"].startswith("damaged: no encoding decodes all of it; nearest is utf-8")
    assert (rows["nul.txt"]["byte_offset"], rows["damaged.txt"]["byte_offset"]) == (3, DAMAGED.index(b"\xff") - 1)


def test_detect_shows_a_table_where_that_is_asked_for(invented: Path) -> None:
    table = ok(run("detect", ".", "--to", "table", cwd=invented)).out.decode()
    assert all(re.search(rf"^ *{name} +{encoding} ", table, re.MULTILINE) for name, (encoding, _) in DETECTED.items())
    on_terminal = run("detect", "big5.txt", cwd=invented, terminal=True)
    assert b"big5hkscs" in on_terminal.out
    assert b'{"path"' not in on_terminal.out


def test_detect_refuses_a_stream_that_is_too_large() -> None:
    outcome = run("detect", "--max-page-bytes", "50", stdin=PAGES["simplified.txt"])
    assert outcome.code == 1
    assert "more than 50 bytes" in outcome.err


def test_rules_lists_every_rule_in_order() -> None:
    known = [(stage.name, rule.__name__) for stage in STAGES for rule in stage.rules]
    outcomes = run_all(
        {
            "jsonl": Call(("rules",)),
            "table": Call(("rules", "--to", "table")),
            "repair": Call(("rules", "repair")),
            "unknown": Call(("rules", "link")),
        }
    )
    rows = records_in(ok(outcomes["jsonl"]).out)
    assert [(row["stage"], row["rule"]) for row in rows] == known
    assert all(row["summary"] for row in rows)
    assert all(f" {rule} " in ok(outcomes["table"]).out.decode() for _, rule in known)
    assert {row["stage"] for row in records_in(ok(outcomes["repair"]).out)} == {"repair"}
    assert (outcomes["unknown"].code, outcomes["unknown"].out) == (2, b"")


def test_every_rule_may_be_disabled(invented: Path) -> None:
    """All at once: the page then comes out as it went in, and the ledger is empty of edits."""
    names = [rule.__name__ for stage in STAGES for rule in stage.rules]
    disabled = [argument for name in names for argument in ("--disable", name)]
    (page,) = records_in(ok(run("clean", invented / "simplified.txt", "--to", "pages", *disabled)).out)
    assert page["text"].encode() == PAGES["simplified.txt"]
    assert page["history"] == []


def test_schema_describes_what_is_written(seeds_cleaned: Cleaned, invented_cleaned: Cleaned) -> None:
    outcomes = run_all({name: Call(("schema", name)) for name in ("article", "page", "both", "verse")})
    schemas: dict[str, Json] = {name: orjson.loads(ok(outcomes[name]).out) for name in ("article", "page", "both")}
    assert schemas["both"] == {"article": schemas["article"], "page": schemas["page"]}
    assert (outcomes["verse"].code, outcomes["verse"].out) == (2, b"")
    for cleaned in (seeds_cleaned, invented_cleaned):
        for name, records in (("article", cleaned.article_records), ("page", cleaned.page_records)):
            jsonschema.Draft202012Validator.check_schema(schemas[name])
            validator = jsonschema.Draft202012Validator(schemas[name])
            assert [error.message for record in records for error in validator.iter_errors(record)] == []


def test_inspect_shows_pages_and_ledgers_alike(invented_cleaned: Cleaned) -> None:
    outcomes = run_all(
        {
            "raw": Call(("inspect", invented_cleaned.pages)),
            "ledger": Call(("inspect", invented_cleaned.ledger)),
            "full": Call(("inspect", invented_cleaned.pages / "simplified.txt", "--full")),
            "article": Call(("inspect", invented_cleaned.ledger, "--article", "big5/2")),
            "unknown": Call(("inspect", invented_cleaned.ledger, "--article", "big5/99")),
        }
    )
    shown = ok(outcomes["raw"]).out.decode()
    assert ok(outcomes["ledger"]).out.decode() == shown
    for record in invented_cleaned.article_records:
        assert f"{record['id']}  {record['headline']}" in shown
    assert "normalise/" in shown, "no history"
    whole = re.sub(r"\s+", "", ok(outcomes["full"]).out.decode())
    for record in invented_cleaned.article_records:
        if record["page_id"] == "simplified":
            # Flags stand beside the first line of a block's text.
            plain = [block["text"] for block in record["blocks"] if not block["flags"]]
            assert plain
            assert all(re.sub(r"\s+", "", text) in whole for text in plain)
    only = ok(outcomes["article"]).out.decode()
    assert "big5/2  圖書館開設夜間閱讀室" in only
    assert "big5/1" not in only
    assert "simplified" not in only
    assert (outcomes["unknown"].code, outcomes["unknown"].out) == (2, b"")
    assert "there is no record 'big5/99'" in outcomes["unknown"].err


TABLES = {
    "detect": ("detect", ".", "--to", "table"),
    "inspect": ("inspect", "simplified.txt"),
    "rules": ("rules", "--to", "table"),
}


@pytest.mark.parametrize("command", TABLES)
def test_tables_without_a_locale(command: str, invented: Path) -> None:
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert ok(run(*TABLES[command], cwd=invented, env=env)).out
