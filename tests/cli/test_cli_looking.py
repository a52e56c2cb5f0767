"""Commands that look and change nothing: detect, rules, schema, inspect."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import jsonschema
import orjson
import pytest
from command_line import Call, finish, ok, run, run_all, start
from invented_pages import DAMAGED, GARBAGE, MOUNTAIN, PAGES, SIMPLIFIED
from prepared import Cleaned, read_jsonl, records_in, write_files

from corpus_tools.pipeline import STAGES
from corpus_tools.records import Json

DETECTED = {
    "big5.txt": ("cp950", False),
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

ABSTAINED = {
    "archive.txt": (b"PK\x03\x04\x14\x00", "not text: begins like a zip archive (or docx, epub)"),
    "garbage.txt": (GARBAGE, "no encoding stands out; nearest: "),
    "image.txt": (b"\x89PNG\r\n\x1a\n\x00\x00", "not text: begins like a PNG image"),
}


def test_detect_gives_one_object_a_file(invented: Path) -> None:
    rows = records_in(ok(run("detect", ".", cwd=invented)).out)
    assert all(list(row) == KEYS for row in rows)
    assert {row["path"]: (row["encoding"], row["byte_order_mark"]) for row in rows} == DETECTED
    assert all(0.6 <= row["confidence"] <= 1 and row["evidence"] and row["reason"] is None for row in rows)
    assert [row["path"] for row in rows] == list(DETECTED)


def test_detect_abstains_with_a_reason(tmp_path: Path) -> None:
    """And with candidates where it is text; the exit status says that there was such a file, the good one is named."""
    files = {name: data for name, (data, _) in ABSTAINED.items()}
    outcome = run("detect", write_files(tmp_path, {**files, "z.txt": PAGES["simplified.txt"]}), "--quiet")
    rows = {row["path"].rpartition("/")[2]: row for row in records_in(outcome.out)}
    assert (outcome.code, outcome.err) == (1, "")
    assert rows.pop("z.txt")["encoding"] == "utf-8"
    assert list(rows) == list(ABSTAINED)
    for name, row in rows.items():
        assert (row["encoding"], row["reason"][: len(ABSTAINED[name][1])]) == (None, ABSTAINED[name][1])
    assert [bool(row["candidates"]) for row in rows.values()] == [False, True, False]


def test_detect_says_which_bytes_do_not_decode(tmp_path: Path) -> None:
    row = records_in(ok(run("detect", write_files(tmp_path, {"damaged.txt": DAMAGED}))).out)[0]
    first = DAMAGED.index(b"\xff") - 1  # half a character before it
    assert (row["encoding"], row["byte_offset"], row["undecodable"][0]) == ("utf-8", first, first)
    assert row["n_undecodable"] == len(row["undecodable"]) > 3
    assert row["candidates"][0][0] == "utf-8"


def test_detect_names_the_border_of_two_encodings(tmp_path: Path) -> None:
    """A GBK article appended to a UTF-8 file."""
    utf8, gbk = SIMPLIFIED.encode(), MOUNTAIN.encode("gbk")
    row = records_in(ok(run("detect", stdin=utf8 + gbk)).out)[0]
    assert row["segments"] == [[0, "utf-8"], [len(utf8), "gb18030"]]


def test_a_file_nobody_can_name_is_rejected_with_its_candidates(tmp_path: Path) -> None:
    write_files(tmp_path, {"garbage.txt": GARBAGE})
    outcome = run("normalise", "garbage.txt", "--rejects", "rejects", cwd=tmp_path)
    assert (outcome.code, outcome.out) == (1, b"")
    (reject,) = read_jsonl(tmp_path / "rejects")
    assert reject["candidates"]
    assert all(name in outcome.messages[0] for name in reject["candidates"])
    assert "(give --encoding NAME)" in outcome.messages[0]


def test_detect_says_what_it_finds_as_it_finds_it(tmp_path: Path) -> None:
    """A table, too: many files are one at a time in memory, and the reader may leave."""
    write_files(tmp_path, {f"{number}.txt": PAGES["gb18030.txt"] for number in range(300)})
    process = start("detect", tmp_path, "--to", "table", stdin=subprocess.DEVNULL)
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(2)]
    assert process.poll() is None
    process.stdout.close()
    process.stdout = None
    outcome = finish(process)
    assert (outcome.code, outcome.err) == (0, "")
    assert [line.split()[:2] for line in lines] == [[b"path", b"encoding"], [bytes(tmp_path / "0.txt"), b"gb18030"]]


def test_progress_of_detect_is_for_terminals(invented: Path, tmp_path: Path) -> None:
    """A bar where the answers go to a file; where they appear on the terminal, they are the progress."""
    to_file, shown, quiet = (
        run("detect", invented, *options, terminal=True)
        for options in (("-o", tmp_path / "rows.jsonl"), (), ("-o", tmp_path / "again.jsonl", "--quiet"))
    )
    assert "files" in to_file.err
    assert "\x1b" in to_file.err
    assert "7 files looked at, 0 without an encoding, 0 rejected" in to_file.err
    assert "\x1b" not in shown.err
    assert quiet.err == ""
    assert (tmp_path / "rows.jsonl").read_bytes() == (tmp_path / "again.jsonl").read_bytes()


def test_names_of_files_give_no_orders_to_a_terminal(tmp_path: Path) -> None:
    write_files(tmp_path, {"报\x1b[31m\n纸.txt": PAGES["simplified.txt"]})
    lines = ok(run("detect", tmp_path, "--to", "table")).lines
    assert len(lines) == 2
    assert "报\\x1b[31m\\n纸.txt  utf-8 " in lines[1].decode()


def test_a_table_goes_to_standard_output_only(tmp_path: Path) -> None:
    calls = {name: Call((name, "--to", "table", "-o", tmp_path / name)) for name in ("detect", "rules")}
    for outcome in run_all(calls).values():
        assert (outcome.code, outcome.out) == (2, b"")
        assert "a table is for standard output" in outcome.err
    assert not list(tmp_path.iterdir())


def test_detect_shows_a_table_where_that_is_asked_for(invented: Path) -> None:
    table = ok(run("detect", ".", "--to", "table", cwd=invented)).out.decode()
    assert all(re.search(rf"^ *{name} +{encoding} ", table, re.MULTILINE) for name, (encoding, _) in DETECTED.items())
    on_terminal = run("detect", "big5.txt", cwd=invented, terminal=True)
    assert b" cp950 " in on_terminal.out
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
    assert ok(run(*TABLES[command], cwd=invented, env=env, process=True)).out
