"""`dedupe --across` on the command line: its doors, its outputs, its manners, and what it says."""

from __future__ import annotations

import base64
import json
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from command_line import Call, environment, leftovers, ok, run, run_all, run_pipe, start
from jsonschema import Draft202012Validator
from prepared import OLD, Cleaned, gzipped, read_jsonl, records_in, write_files, write_jsonl, zstandard_frames

from corpus_tools.records import dump
from corpus_tools.schema import schema_of

LINE = "望河上的第三座大桥昨日合龙，比计划提前了四十天，大桥全长八百六十米，双向六车道，两侧留有人行步道。"
TRADITIONAL = "望河上的第三座大橋昨日合龍，比計劃提前了四十天，大橋全長八百六十米，雙向六車道，兩側留有人行步道。"
STRANGER = "入秋以来，柏岭山上的果园一片金黄，果农老陆一早就带着孩子们上山摘梨，今年雨水匀，梨子个头大，糖分足。"


def foreign(record_id: str | int, text: str, **more: Any) -> bytes:
    """A line of others."""
    return json.dumps({"id": record_id, **more, "text": text}, ensure_ascii=False).encode() + b"\n"


@pytest.fixture(scope="module")
def twice(seeds_cleaned: Cleaned, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the records of the seeds (`a.jsonl`), and the same ones under other ids (`sub/b.jsonl`)."""
    records = seeds_cleaned.article_records
    folder = write_files(tmp_path_factory.mktemp("twice"), {"sub/note.md": b"no records"})
    write_jsonl(folder / "a.jsonl", records)
    renamed = [{**each, "id": f"x{each['id']}", "page_id": f"x{each['page_id']}"} for each in records]
    write_jsonl(folder / "sub/b.jsonl", renamed)
    return folder


def clusters(data: bytes) -> dict[str, str | None]:
    """The clusters of the records in JSONL bytes."""
    return {str(record["id"]): record["cluster"] for record in records_in(data)}


# --- doors ---


def test_every_door_gives_the_same(twice: Path, tmp_path: Path) -> None:
    """Files, a folder, gz, zst of several frames, standard input; in the order of the call."""
    first, second = (twice / "a.jsonl").read_bytes(), (twice / "sub/b.jsonl").read_bytes()
    packed = write_files(tmp_path, {"a.jsonl.gz": gzipped(first), "b.jsonl.zst": zstandard_frames(second)})
    calls = {
        "files": Call(("dedupe", "--across", twice / "a.jsonl", twice / "sub/b.jsonl")),
        "folder": Call(("dedupe", "--across", twice)),
        "packed": Call(("dedupe", "--across", packed / "a.jsonl.gz", packed / "b.jsonl.zst")),
        "one stream": Call(("dedupe", "--across"), stdin=first + second),
        "a stream and a file": Call(("dedupe", "--across", twice / "a.jsonl", "-"), stdin=second),
        "a glob": Call(("dedupe", "--across", twice, "--glob", "*.jsonl")),
    }
    shown = {name: ok(outcome).out for name, outcome in run_all(calls).items()}
    assert len(records_in(shown["files"])) == 32
    assert len(set(shown.values())) == 1
    other_way = ok(run("dedupe", "--across", twice / "sub/b.jsonl", twice / "a.jsonl")).out
    assert clusters(other_way) == clusters(shown["files"])


def test_in_a_pipe(seeds: Path) -> None:
    clean = ("clean", seeds, "--jobs", "1")
    out = run_pipe(clean, ("dedupe", "--across"), ("link",))
    assert out == run_pipe(clean)


def test_nothing_in_nothing_out(tmp_path: Path) -> None:
    empty = write_files(tmp_path, {"empty.jsonl": b""}) / "empty.jsonl"
    for outcome in (ok(run("dedupe", "--across", "-q")), ok(run("dedupe", "--across", empty))):
        assert (outcome.out, outcome.err) == (b"", "")


def test_records_of_others_stay_to_the_byte() -> None:
    """Whatever they hold: large numbers, spaces, other keys; the cluster is their last key, and a second run changes nothing."""
    lines = [
        b'{"id": "a", "n": 12345678901234567890123.50, "text": "' + LINE.encode() + b'" }\n',
        foreign("b", TRADITIONAL, meta={"newspaper": "\u7532"}),
        foreign(3, STRANGER),
    ]
    once = ok(run("dedupe", "--across", stdin=b"".join(lines)))
    first, second, third = once.lines
    assert first == lines[0].strip()[:-1].rstrip() + b',"cluster":"b"}'  # the newspaper of b is known
    assert second == lines[1].strip()[:-1] + b',"cluster":"b"}'
    assert third == lines[2].strip()[:-1] + b',"cluster":null}'
    assert ok(run("dedupe", "--across", stdin=once.out)).out == once.out
    moved = dump({"cluster": "old", "id": "a", "text": LINE}) + lines[1]
    assert clusters(ok(run("dedupe", "--across", stdin=moved)).out) == {"a": "b", "b": "b"}


def test_a_number_as_id_stays_a_number_in_the_cluster() -> None:
    """So that `.cluster == .id` finds the copy that is kept; a text of the same digits is another id."""
    lines = [foreign(1, LINE), foreign(2, LINE), foreign("1", STRANGER)]
    once = ok(run("dedupe", "--across", stdin=b"".join(lines)))
    assert [(record["id"], record["cluster"]) for record in records_in(once.out)] == [(1, 1), (2, 1), ("1", None)]
    assert ok(run("dedupe", "--across", stdin=once.out)).out == once.out


# --- outputs ---


def test_flagged_records_their_report_and_the_proof(twice: Path, seeds_cleaned: Cleaned, tmp_path: Path) -> None:
    output, report = tmp_path / "out.jsonl.gz", tmp_path / "report.jsonl"
    outcome = ok(run("dedupe", "--across", twice, "-o", output, "--report", report, "-v"))
    assert outcome.out == b""
    (summary,) = outcome.messages
    assert summary.startswith("corpus-tools: 32 records: 16 clusters with 16 copies, 0 of them dropped; ")
    found = read_jsonl(report)
    articles = [line for line in found if line["kind"] == "article"]
    assert [line["relation"] for line in articles] == ["kept"] * 16 + ["equal"] * 16
    assert all(line["cluster"] == line["id"].removeprefix("x") for line in articles)
    paragraphs = [line for line in found if line["kind"] == "paragraph"]
    assert all(line["id"] == f"x{line['of']['id']}" and line["block"] == line["of"]["block"] for line in paragraphs)
    records = {record["id"]: record for record in records_in(ok(run("dedupe", "--across", twice)).out)}
    for line in paragraphs:
        block = records[line["id"]]["blocks"][line["block"]]
        assert (block["spans"], block["role"]) == (line["spans"], "body")
        assert block["flags"][-1] == "repeated"
    n_flagged = sum("repeated" in block["flags"] for record in records.values() for block in record["blocks"])
    assert n_flagged == len(paragraphs) > 50
    mine = write_jsonl(tmp_path / "a.jsonl", [record for key, record in records.items() if not key.startswith("x")])
    assert "nothing lost" in ok(run("verify", mine, "--ledger", seeds_cleaned.ledger)).err


def test_flagged_copies_are_proved_by_their_ledger(twice: Path, seeds_cleaned: Cleaned, tmp_path: Path) -> None:
    """The copies carry the flags; with the names of the ledger they still say what it says."""
    flagged = records_in(ok(run("dedupe", "--across", twice)).out)[16:]
    assert any("repeated" in block["flags"] for record in flagged for block in record["blocks"])
    for record in flagged:
        record["id"], record["page_id"] = record["id"][1:], record["page_id"][1:]
    path = write_jsonl(tmp_path / "copies.jsonl", flagged)
    assert "nothing lost" in ok(run("verify", path, "--ledger", seeds_cleaned.ledger)).err
    gold = Path(__file__).parents[2] / "seeds/gold"
    scored = records_in(ok(run("evaluate", path, "--gold", gold, "--to", "json")).out)[0]["overall"]
    assert (scored["articles_exact"], scored["fields"]["share"]) == (16, 1.0)
    flagged[0]["cluster"], flagged[0]["text"] = None, flagged[0]["text"][1:]
    broken = run("verify", write_jsonl(path, flagged), "--ledger", seeds_cleaned.ledger)
    assert broken.code == 1
    assert "text is not what the ledger says" in broken.out.decode()


def test_what_is_dropped_is_in_its_file(twice: Path, tmp_path: Path) -> None:
    output, dropped = tmp_path / "out.jsonl", tmp_path / "dropped.jsonl.zst"
    ok(run("dedupe", "--across", twice, "--action", "drop", "--dropped", dropped, "-o", output))
    flagged = ok(run("dedupe", "--across", twice)).out
    stayed = output.read_bytes()
    again = ok(run("dedupe", "--across", dropped)).out
    assert len(stayed.splitlines()) == len(again.splitlines()) == 16
    assert stayed == b"".join(line + b"\n" for line in flagged.split(b"\n")[:16])
    assert {record["id"] for record in records_in(again)} == {f"x{record['id']}" for record in records_in(stayed)}


def test_reprints_stay_in_their_newspapers(tmp_path: Path) -> None:
    lines = [
        foreign(f"{paper}{day}", LINE, meta={"newspaper": paper, "date": f"2024-01-0{day}"})
        for paper in "甲乙"
        for day in (1, 2)
    ]
    drop = ("dedupe", "--across", "--action", "drop", "--dropped", tmp_path / "dropped.jsonl")
    kept = ok(run(*drop, stdin=b"".join(lines)))
    assert [record["id"] for record in records_in(kept.out)] == ["甲1", "乙1"]
    kept = ok(run(*drop, "--reprints", "drop", stdin=b"".join(lines)))
    assert [record["id"] for record in records_in(kept.out)] == ["乙1"]
    assert [record["id"] for record in read_jsonl(tmp_path / "dropped.jsonl")] == ["甲1", "甲2", "乙2"]


def test_thresholds_are_options() -> None:
    lines = foreign("a", LINE + "\n" + STRANGER) + foreign("b", LINE)
    across = ("dedupe", "--across", "--jaccard", "0.9")
    contained = ok(run(*across, "--containment", "0.9", stdin=lines))
    assert clusters(contained.out) == {"a": "a", "b": "a"}
    lines = foreign("a", LINE + STRANGER) + foreign("b", LINE.replace("比计划", "此计划"))
    assert clusters(ok(run(*across, "--containment", "1", stdin=lines)).out) == {"a": None, "b": None}
    assert clusters(ok(run("dedupe", "--across", stdin=lines)).out) == {"a": "a", "b": "a"}


# --- bad input ---


def test_bad_lines_are_rejected_and_the_good_go_on(twice: Path, seeds_cleaned: Cleaned, tmp_path: Path) -> None:
    bad = write_files(tmp_path, {"bad.jsonl": b'{"schema": \n' + foreign("good", LINE) + b'["a"]\n{"id": "x"}\n'})
    given = (tmp_path / "missing.jsonl", bad / "bad.jsonl", seeds_cleaned.ledger, "-")
    outcome = run(
        "dedupe", "--across", *given, "--rejects", tmp_path / "rejects", stdin=b"\x89PNG\n" + foreign("two", STRANGER)
    )
    assert outcome.code == 1
    assert clusters(outcome.out) == {"good": None, "two": None}
    rejected = read_jsonl(tmp_path / "rejects")
    names = ["missing.jsonl", *["bad.jsonl"] * 3, *["ledger.jsonl"] * 2, "<stdin>"]
    assert sorted(Path(record["path"]).name for record in rejected) == sorted(names)
    assert [record["line_number"] for record in rejected if record["path"].endswith("bad.jsonl")] == [1, 3, 4]
    assert base64.b64decode(rejected[-1]["bytes_base64"]) == b"\x89PNG\n"
    (hint, _) = [message for message in outcome.messages if "ledger" in message]
    assert "a page record where article records are needed (make articles of it with corpus-tools split)" in hint


def test_a_file_that_breaks_off_is_told_once(tmp_path: Path) -> None:
    packed = gzipped(b"".join(foreign(f"a{n}", LINE[: 20 + n % 20] + str(n)) for n in range(2000)))
    path = write_files(tmp_path, {"cut.jsonl.gz": packed[: len(packed) // 2]}) / "cut.jsonl.gz"
    outcome = run("dedupe", "--across", path)
    assert outcome.code == 1
    (message,) = outcome.messages
    assert "the compressed data breaks off" in message
    assert outcome.out


def test_the_same_id_twice_names_both_places(twice: Path, tmp_path: Path) -> None:
    lines = foreign("a", LINE) + foreign("b", STRANGER) + foreign("a", TRADITIONAL)
    path = write_files(tmp_path, {"in.jsonl": lines}) / "in.jsonl"
    outcome = run("dedupe", "--across", path, "--rejects", tmp_path / "rejects")
    assert outcome.code == 1
    assert clusters(outcome.out) == {"a": None, "b": None}
    (message,) = outcome.messages
    assert message.startswith(f"corpus-tools: {path}: line 3: the id 'a' was already given by {path}: line 1")
    assert len(read_jsonl(tmp_path / "rejects")) == 1


def test_where_nothing_can_be_read_the_old_output_stays(tmp_path: Path) -> None:
    old = write_files(tmp_path, {"old.jsonl": OLD}) / "old.jsonl"
    outcome = run("dedupe", "--across", tmp_path / "mistyped.jsonl", "-o", old)
    assert outcome.code == 1
    assert "nothing could be read, so nothing was written here" in outcome.err
    assert old.read_bytes() == OLD


# --- usage ---

MISUSES: dict[str, tuple[tuple[str, ...], str]] = {
    "drop without a place": (("--across", "--action", "drop"), "--action drop needs a place for what it drops"),
    "a place without drop": (("--across", "--dropped", "d"), "--dropped goes with --action drop"),
    "without --across": (("--jaccard", "0.4"), "--jaccard goes with --across"),
    "an action without --across": (("--action", "flag"), "--action goes with --across"),
    "an option of pages": (("--across", "--to", "pages"), "--to is for pages"),
    "another one": (("--across", "--encoding", "gb18030"), "--encoding is for pages"),
    "stutters": (("--across", "--fix-stutters"), "--fix-stutters is for pages"),
    "a form": (("--across", "--from", "text"), "--from is for pages"),
    "no share": (("--across", "--jaccard", "3"), "the jaccard threshold 3.0 is no share"),
    "no size": (("--across", "--memory", "plenty"), "--memory 'plenty'"),
}


@pytest.mark.parametrize(("arguments", "said"), MISUSES.values(), ids=MISUSES)
def test_wrong_usage_exits_2(arguments: tuple[str, ...], said: str) -> None:
    outcome = run("dedupe", *arguments, stdin=foreign("a", LINE))
    assert (outcome.code, outcome.out) == (2, b"")
    (message,) = outcome.messages
    assert said in message


def test_no_output_on_an_input_or_on_another_output(twice: Path, tmp_path: Path) -> None:
    given = write_files(tmp_path, {"in.jsonl": foreign("a", LINE)}) / "in.jsonl"
    drop = ("--action", "drop", "--dropped")
    for options in (
        ("-o", given),
        ("--report", given),
        (*drop, given),
        ("--rejects", given),
        ("--report", "-"),
        (*drop, "new", "-o", "new"),
    ):
        outcome = run("dedupe", "--across", given, *options, cwd=tmp_path)
        assert (outcome.code, outcome.out) == (2, b""), options
    assert given.read_bytes() == foreign("a", LINE)
    assert not leftovers(tmp_path, {"in.jsonl"})


# --- manners ---


def test_a_full_disk_leaves_the_old_files(twice: Path, tmp_path: Path) -> None:
    """Of the outputs; what waits has no room either then, and says so."""
    old = write_files(tmp_path, {"old": OLD}) / "old"
    outcome = run("dedupe", "--across", twice / "a.jsonl", "-o", old, limit_file_size=0)
    assert outcome.code == 1
    (message,) = outcome.messages
    assert message.startswith("corpus-tools: the tables of the comparison: ")
    assert message.endswith("(more --memory, or a larger TMPDIR)")
    assert old.read_bytes() == OLD
    assert not leftovers(tmp_path, {"old"})


def test_a_closed_pipe_is_no_error(twice: Path) -> None:
    outcome = run("dedupe", "--across", twice, "-q", nobody_reads=True)
    assert (outcome.code, outcome.err) == (0, "")


def test_quiet_on_a_terminal(twice: Path, tmp_path: Path) -> None:
    calls = {
        "quiet": Call(("dedupe", "--across", twice, "-q", "-o", tmp_path / "out"), terminal=True, process=True),
        "shown": Call(("dedupe", "--across", twice, "-o", tmp_path / "out2"), terminal=True, process=True),
    }
    outcomes = run_all(calls)
    assert (outcomes["quiet"].code, outcomes["quiet"].err) == (0, "")
    assert "records read" in outcomes["shown"].err
    assert "32 records: 16 clusters" in outcomes["shown"].err


def test_an_interruption_leaves_nothing_behind(tmp_path: Path) -> None:
    """Neither half an output nor a table, where the command was killed politely while it waited for more."""
    waiting, old = tmp_path / "tmp", write_files(tmp_path, {"old": OLD}) / "old"
    waiting.mkdir()
    process = start("dedupe", "--across", "-o", old, stdin=-1, env=environment(TMPDIR=str(waiting)))
    assert process.stdin is not None
    process.stdin.write(foreign("a", LINE))
    process.stdin.flush()
    deadline = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.5)
        os.kill(process.pid, signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode != 0
    assert old.read_bytes() == OLD
    assert not list(waiting.iterdir())


def test_articles_of_the_schema_come_out(twice: Path) -> None:
    validator = Draft202012Validator(schema_of("article"))
    for record in records_in(ok(run("dedupe", "--across", twice)).out):
        assert not list(validator.iter_errors(record))
