"""Input that is not what it should be: one message that says what and where, the right exit code, and no harm done.

Each bad file stands among good pages, which must come out all the same.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import zstandard
from command_line import Argument, Call, Outcomes, finish, ok, run, run_all, start
from invented_pages import DAMAGED, GARBAGE, RAW, SIMPLIFIED
from prepared import Cleaned, gzipped, read_jsonl, records_in, write_files, zstandard_frames

from corpus_tools.read.pages import read_page
from corpus_tools.records import Json, dump, page_record

GOOD = "good.txt"
HUGE = 200 * 1024 * 1024
GZ = gzipped(RAW)
ZST = zstandard_frames(RAW, 1)
LIMIT = ("--max-page-bytes", str(len(RAW)))
TOO_LARGE = f"more than {len(RAW):,} bytes in one page"

PAGE: Json = page_record(read_page(RAW, "p", "p.txt"))
GOOD_LINE = dump({**PAGE, "id": "line"})
FAR: Json = {"role": "body", "text": "x", "spans": [[0, 9999]], "flags": []}


@dataclass(frozen=True)
class Bad:
    """A bad file: its name, its bytes (None: it is not there), what the message must say behind the path."""

    name: str
    data: bytes | None
    says: str
    options: tuple[str, ...] = ()
    good_page: str | None = None


def damaged(data: bytes) -> bytes:
    """The bytes with a few of them changed in the middle."""
    middle = len(data) // 2
    return data[:middle] + bytes(255 - byte for byte in data[middle : middle + 8]) + data[middle + 8 :]


def changed(**keys: object) -> bytes:
    """A page record with other values."""
    return dump({**PAGE, **keys})


def records(name: str, line: bytes, says: str, *options: str) -> Bad:
    """A JSONL file with a bad line, and a good one behind it."""
    good_page = f"in {name}"
    return Bad(name, line + dump({**PAGE, "id": good_page}), f"line 1: {says}", options, good_page)


BAD = (
    Bad("empty.txt", b"", "the file is empty"),
    Bad("empty.gz.txt.gz", gzipped(b""), "the file is empty"),
    Bad("no_bytes.txt.zst", b"", "the file is empty"),
    Bad("white.txt", " \n\t\r\n　\n".encode(), "nothing but white space"),
    Bad("image.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "byte 0: not text: begins like a PNG image"),
    Bad("archive.txt", b"PK\x03\x04\x14\x00\x00\x00", "byte 0: not text: begins like a zip archive"),
    Bad("nul.txt", RAW[:90] + b"\x00" + RAW[90:], "byte 89: damaged utf-8: "),
    Bad("packed.txt", GZ, "byte 0: not text: begins like gzip data"),
    Bad("cut.txt.gz", GZ[:-20], "the compressed data breaks off"),
    Bad("damaged.txt.gz", damaged(GZ), "damaged compressed data"),
    Bad("plain.txt.gz", RAW, "damaged compressed data: Not a gzipped file"),
    Bad("cut_too.txt.zst", ZST[:-20], "the compressed data breaks off"),
    Bad("damaged_too.txt.zst", damaged(ZST), "damaged compressed data"),
    Bad("cut_behind_a_frame.txt.zst", ZST + ZST[:20], "the compressed data breaks off"),
    Bad("garbage.txt", GARBAGE, "no encoding stands out; nearest: "),
    Bad("bad_bytes.txt", DAMAGED, "byte 199: damaged utf-8: 6 bytes do not decode"),
    Bad("named.txt", "本报讯".encode("gb18030"), "byte 0: byte 0xb1 does not decode as utf-8", ("--encoding", "utf-8")),
    Bad("large.txt", RAW * 2, TOO_LARGE, LIMIT),
    Bad("missing.jsonl", None, "No such file or directory"),
    Bad("line_3.jsonl", b"\n" + changed(id="in line_3") + b"5\n", "line 3: not a JSON object", (), "in line_3"),
    records("no_json.jsonl", b"{no json}\n", "not JSON: "),
    records("list.jsonl", b"[1]\n", "not a JSON object"),
    records("newer.jsonl", changed(schema="corpus-tools/page@2"), "schema corpus-tools/page@2 is newer"),
    records("outside.jsonl", changed(blocks=[FAR]), "span [0, 9999] is empty or outside the text of"),
    records("types.jsonl", changed(text=7), "the field 'text' is int, not str"),
    records("source.jsonl", changed(source=[]), "the field 'source' is list, not dict"),
    records("keys.jsonl", b'{"schema":"corpus-tools/page@1"}\n', "the field 'text' is missing"),
    records("other.jsonl", b'{"title":"x"}\n', "no page: neither a corpus-tools record nor"),
    records("surrogate.jsonl", b'{"id":"x","text":"\\ud83d"}\n', "a lone surrogate"),
    records("gbk.jsonl", '{"id":"x","text":"报"}\n'.encode("gbk"), "not "),
    records("white.jsonl", b'{"id":"x","text":" "}\n', "nothing but white space"),
    records(
        "long.jsonl", dump({"id": "x", "text": SIMPLIFIED * 9}), f"a line of more than {len(RAW) * 8:,} bytes", *LIMIT
    ),
    records("large.jsonl", dump({"id": "x", "text": SIMPLIFIED * 2}), TOO_LARGE, *LIMIT),
)


def files_with(options: tuple[str, ...]) -> list[Bad]:
    """The bad files that need these options."""
    return [bad for bad in BAD if bad.options == options]


def rejects_of(folder: Path, options: tuple[str, ...]) -> Path:
    """Where the run with these options writes its rejects."""
    return folder / f"{'_'.join(options)}.rejects"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All the bad files, and the good one."""
    files = {bad.name: bad.data for bad in BAD if bad.data is not None}
    return write_files(tmp_path_factory.mktemp("bad"), {**files, GOOD: RAW})


@pytest.fixture(scope="module")
def runs(folder: Path) -> Outcomes[tuple[str, ...]]:
    """How `clean` ends on the bad files that need the same options, the good file behind them."""
    calls = {}
    for options in dict.fromkeys(bad.options for bad in BAD):
        files = [f"{folder.name}/{name}" for name in (*(bad.name for bad in files_with(options)), GOOD)]
        arguments: tuple[Argument, ...] = ("clean", *files, *options, "--rejects", rejects_of(folder, options))
        calls[options] = Call(arguments, cwd=folder.parent)
    return run_all(calls)


@pytest.mark.parametrize("bad", [pytest.param(bad, id=bad.name) for bad in BAD])
def test_a_bad_file_is_named_and_rejected(bad: Bad, runs: Outcomes[tuple[str, ...]], folder: Path) -> None:
    """One message and one reject each."""
    files, outcome, place = files_with(bad.options), runs[bad.options], f"{folder.name}/{bad.name}"
    assert outcome.code == 1
    assert len(outcome.messages) == len(files)
    (message,) = (message for message in outcome.messages if message.startswith(f"corpus-tools: {place}: "))
    assert message.startswith(f"corpus-tools: {place}: {bad.says}")
    rejects = read_jsonl(rejects_of(folder, bad.options))
    assert len(rejects) == len(files)
    (reject,) = (reject for reject in rejects if reject["path"] == place)
    assert reject["reason"]
    assert reject["reason"] in message
    assert reject["bytes_base64"] is None
    assert (reject["line_number"] is not None) == bad.says.startswith("line ")


def test_good_pages_between_bad_ones_come_out(runs: Outcomes[tuple[str, ...]]) -> None:
    for options, outcome in runs.items():
        pages = list(dict.fromkeys(record["page_id"] for record in records_in(outcome.out)))
        assert pages == [*(bad.good_page for bad in files_with(options) if bad.good_page), "good"]


@pytest.mark.parametrize("name", ["empty.txt", "image.txt", "cut.txt.gz", "missing.jsonl"])
def test_a_bad_file_alone(name: str, folder: Path) -> None:
    """Nothing comes out, and the exit code says so."""
    outcome = run("clean", folder / name)
    assert (outcome.code, outcome.out, len(outcome.messages)) == (1, b"", 1)


# --- sizes ---


def test_a_page_of_200_megabytes(tmp_path: Path) -> None:
    """A sparse file: only as much of it is read as shows that it is too large."""
    write_files(tmp_path, {GOOD: RAW, "huge.txt": b""})
    os.truncate(tmp_path / "huge.txt", HUGE)
    outcome = run("clean", tmp_path / "huge.txt", tmp_path / GOOD, limit_memory=HUGE * 2)
    assert outcome.code == 1
    (message,) = outcome.messages
    assert "huge.txt: more than 33,554,432 bytes in one page" in message
    assert {record["page_id"] for record in records_in(outcome.out)} == {"good"}


def test_a_line_of_200_megabytes(tmp_path: Path) -> None:
    """In a pipe; it is passed over without being held, and the next line is a page."""
    process = start(
        "normalise", "--max-page-bytes", str(1 << 20), stdin=subprocess.PIPE, limits={"RLIMIT_AS": HUGE * 2}
    )
    assert process.stdin is not None
    process.stdin.write(b'{"id":"huge","text":"')
    for _ in range(HUGE >> 20):
        process.stdin.write(b"x" * (1 << 20))
    process.stdin.write(b'"}\n')
    outcome = finish(process, GOOD_LINE)
    assert outcome.code == 1
    assert outcome.messages == [
        "corpus-tools: <stdin>: line 1: a line of more than 8,388,608 bytes (raise --max-page-bytes)"
    ]
    assert [record["id"] for record in records_in(outcome.out)] == ["line"]


def test_a_small_file_of_half_a_gigabyte(tmp_path: Path) -> None:
    """What is compressed that well must not fill the memory before its size is looked at."""
    packer = zstandard.ZstdCompressor(level=1).compressobj()
    with (tmp_path / "bomb.txt.zst").open("wb") as file:
        for _ in range(512):
            file.write(packer.compress(bytes(1 << 20)))
        file.write(packer.flush())
    outcome = run("clean", tmp_path / "bomb.txt.zst", limit_memory=1 << 29)
    assert outcome.code == 1
    assert "more than 33,554,432 bytes in one page" in outcome.err


# --- files and names ---


def test_the_path_of_a_missing_file_is_the_one_that_was_given(tmp_path: Path) -> None:
    write_files(tmp_path, {"folder/good.txt": RAW})
    outcome = run("clean", "folder/missing.txt", "folder/good.txt", cwd=tmp_path)
    assert outcome.code == 1
    assert outcome.messages == ["corpus-tools: folder/missing.txt: No such file or directory"]


def test_the_path_of_a_record_file_is_the_one_that_was_given(tmp_path: Path) -> None:
    """Two folders may hold files of one name."""
    write_files(tmp_path, {"a/x.jsonl": b"{\n", "b/x.jsonl": GOOD_LINE})
    outcome = run("clean", "a/x.jsonl", "b/x.jsonl", cwd=tmp_path)
    assert outcome.code == 1
    assert outcome.messages[0].startswith("corpus-tools: a/x.jsonl: line 1: ")


def test_directories_without_files_and_ids_that_are_there_twice(tmp_path: Path) -> None:
    write_files(tmp_path, {"a/x.txt": RAW, "b/x.txt": RAW + RAW, "empty/x.md": RAW})
    outcome = run("clean", "a", "empty", "b", "a/x.txt", "--rejects", "rejects", cwd=tmp_path)
    assert outcome.code == 1
    none, twice, again = outcome.messages
    assert none == "corpus-tools: empty: no file in it is named *.txt, *.txt.gz, *.txt.zst (see --glob)"
    assert twice.startswith("corpus-tools: b/x.txt: the page id 'x' was already given by a/x.txt")
    assert again.startswith("corpus-tools: a/x.txt: the page id 'x' was already given by a/x.txt")
    assert {record["source"]["path"] for record in records_in(outcome.out)} == {"x.txt"}
    assert [record["path"] for record in read_jsonl(tmp_path / "rejects")] == ["empty", "b/x.txt", "a/x.txt"]


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Path]:
    """A folder with a folder and a file that may not be read, and a good page."""
    files = {"closed/x.txt": RAW, "closed.txt": RAW, GOOD: RAW}
    pages = write_files(tmp_path / "pages", files)
    for name in ("closed", "closed.txt"):
        (pages / name).chmod(0)
    if os.access(pages / "closed.txt", os.R_OK):
        pytest.skip("root may read everything")
    yield pages
    for name in ("closed", "closed.txt"):
        (pages / name).chmod(0o700)


def test_files_and_folders_without_permission(closed: Path) -> None:
    """Inside a directory they are passed over with a message."""
    outcome = run("clean", closed)
    assert outcome.code == 1
    assert ["Permission denied" in message for message in outcome.messages] == [True, True]
    assert {record["page_id"] for record in records_in(outcome.out)} == {"good"}


@pytest.mark.parametrize("name", ["closed", "closed.txt"])
def test_a_named_file_without_permission(name: str, closed: Path) -> None:
    outcome = run("clean", closed / name, closed / GOOD)
    assert outcome.code == 1
    assert {record["page_id"] for record in records_in(outcome.out)} == {"good"}


def test_file_names_that_are_not_utf_8(tmp_path: Path) -> None:
    """Names written under GBK: bytes that no character stands for are shown as such; JSON can hold them."""
    name = os.fsdecode("报纸.txt".encode("gbk"))
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / name).write_bytes(RAW)
    (tmp_path / "pages" / f"empty{name}").write_bytes(b"")
    outcome = run("clean", "pages", "--ledger", "ledger.jsonl", "--rejects", "rejects", cwd=tmp_path)
    assert outcome.code == 1
    (message,) = outcome.messages
    assert message.endswith(".txt: the file is empty")
    shown = records_in(outcome.out)[0]["source"]["path"]
    assert shown == "报纸.txt".encode("gbk").decode("utf-8", "backslashreplace")
    assert read_jsonl(tmp_path / "rejects")[0]["path"] == f"pages/empty{shown}"
    ok(run("verify", "-", "--ledger", "ledger.jsonl", stdin=outcome.out, cwd=tmp_path))
    assert ok(run("revert", "ledger.jsonl", cwd=tmp_path)).out == RAW


# --- records of the wrong kind, and wrong usage ---


def test_records_of_the_wrong_kind(invented_cleaned: Cleaned) -> None:
    """Articles where pages are needed, pages where articles are, and pages that are split already."""
    articles, ledger = invented_cleaned.articles, invented_cleaned.ledger
    outcomes = run_all(
        {
            "articles": Call(("normalise", articles)),
            "streamed": Call(("normalise",), stdin=articles.read_bytes()),
            "pages": Call(("link", ledger)),
            "split already": Call(("dedupe", ledger)),
        }
    )
    assert {(outcome.code, outcome.out) for outcome in outcomes.values()} == {(1, b"")}
    says = {
        "articles": "schema 'corpus-tools/article@1' where corpus-tools/page@1 is needed",
        "streamed": "schema 'corpus-tools/article@1' where corpus-tools/page@1 is needed",
        "pages": "schema 'corpus-tools/page@1' where corpus-tools/article@1 is needed",
    }
    for name, outcome in outcomes.items():
        wanted = says.get(name, "already split")
        assert all(wanted in message for message in outcome.messages), name
        assert len(outcome.messages) == (7 if name not in ("articles", "streamed") else 14)
    assert outcomes["streamed"].messages[1].startswith("corpus-tools: <stdin>: line 2: ")


WRONG_USAGE: dict[str, tuple[tuple[Argument, ...], str]] = {
    "standard input twice": (("clean", "-", "-"), "standard input is named twice"),
    "no such encoding": (("clean", "--encoding", "klingon"), "'klingon'"),
    "an encoding that is none of text": (("clean", "--encoding", "rot13"), "'rot13'"),
    "no such script": (("split", "--script", "s2x"), "'s2x'"),
    "no such form": (("clean", "--to", "html"), "--to"),
    "no processes": (("clean", "--jobs", "0"), "--jobs"),
    "no such command": (("tidy",), "tidy"),
    "linked pages": (("clean", "--link", "--to", "pages"), "--link and --merge work on article records"),
}


def test_wrong_usage(tmp_path: Path) -> None:
    outcomes = run_all({name: Call(arguments, stdin=RAW) for name, (arguments, _) in WRONG_USAGE.items()})
    for name, outcome in outcomes.items():
        assert (outcome.code, outcome.out) == (2, b""), name
        assert WRONG_USAGE[name][1] in outcome.err, name
