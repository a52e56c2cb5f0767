"""Standard input and output that are full, closed or not there; outputs that are one file, a directory, a device."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
import zstandard
from command_line import TIMEOUT, Argument, Call, finish, leftovers, ok, run, run_all, start
from invented_pages import RAW, SIMPLIFIED, variants
from prepared import OLD, Cleaned, write_files

from corpus_tools.records import dump

needs_dev_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")


# --- standard output ---


@needs_dev_full
@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("clean",), id="clean"),
        pytest.param(("normalise",), id="normalise"),
        pytest.param(("schema",), id="schema"),
        pytest.param(("inspect",), id="inspect"),
        pytest.param(("rules", "--to", "table"), id="a table"),
        pytest.param(("clean", "--help"), id="help"),
    ],
)
def test_a_full_standard_output(arguments: tuple[str, ...]) -> None:
    outcome = run(*arguments, stdin=RAW, redirect="> /dev/full")
    assert outcome.code == 1
    assert outcome.messages == ["corpus-tools: standard output: cannot be written: No space left on device"]


@pytest.mark.parametrize(
    "redirect",
    [
        pytest.param(">&-", id="standard output"),
        pytest.param("<&-", id="standard input"),
        pytest.param("2>&-", id="standard error"),
    ],
)
def test_a_closed_stream(redirect: str) -> None:
    """`-` is asked for by name: without standard input that is an error, not an empty stream."""
    outcome = run("clean", "-", stdin=RAW, redirect=redirect)
    if redirect == "2>&-":
        assert ok(outcome).out
    else:
        assert outcome.code in (1, 2)
        assert outcome.out == b""
        assert len(outcome.messages) == 1


def test_a_closed_standard_input_without_a_path() -> None:
    outcome = run("clean", redirect="<&-")
    assert (outcome.code, outcome.out) == (2, b"")
    assert outcome.messages == [
        "corpus-tools: no input (name files or a directory, or pipe a page in; --help shows how)"
    ]


def test_standard_input_is_a_directory() -> None:
    """Python itself refuses to start then, in words of its own."""
    outcome = run("clean", redirect="< /")
    assert (outcome.code, outcome.out) == (1, b"")
    assert "<stdin> is a directory" in outcome.err


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("clean", "--jobs", "1"), id="clean"),
        pytest.param(("clean", "--jobs", "2"), id="clean with workers"),
        pytest.param(("normalise", "--to", "pages"), id="normalise"),
        pytest.param(("inspect", "--full"), id="inspect"),
    ],
)
def test_head_takes_the_first_line(arguments: tuple[str, ...], many: Path) -> None:
    """The output is larger than a pipe holds, so the command is still writing when its reader leaves."""
    process = start(*arguments, many, stdin=subprocess.DEVNULL)
    assert process.stdout is not None
    assert process.stdout.readline()
    process.stdout.close()
    process.stdout = None
    outcome = finish(process)
    assert (outcome.code, outcome.err) == (0, "")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages for more output than the 64 KiB of a pipe and the 8 KiB that Python buffers at both ends."""
    return write_files(tmp_path_factory.mktemp("many"), variants(100))


# --- files ---


def test_where_nothing_can_be_written(invented: Path, tmp_path: Path) -> None:
    """One message with the path; what the other options name stays as it was, too."""
    old = tmp_path / "old"
    old.write_bytes(OLD)
    (tmp_path / "folder").mkdir()
    page, missing = invented / "simplified.txt", tmp_path / "missing" / "new"
    calls: dict[str, tuple[Argument, ...]] = {
        "no directory": ("-o", missing),
        "a directory": ("-o", tmp_path / "folder"),
        "no directory for the ledger": ("-o", old, "--ledger", missing),
    }
    outcomes = run_all({name: Call(("clean", page, *options)) for name, options in calls.items()})
    for name, outcome in outcomes.items():
        assert (outcome.code, outcome.out) == (1, b""), name
        (message,) = outcome.messages
        assert f"{calls[name][-1]!s}: cannot be written: " in message
    assert old.read_bytes() == OLD
    assert not leftovers(tmp_path, {"old", "folder"})


def test_a_disk_that_fills_up_in_the_middle(seeds: Path, seeds_cleaned: Cleaned, tmp_path: Path) -> None:
    """The ledger is larger than the articles: when it does not fit, neither file is replaced."""
    for name in ("articles", "ledger"):
        (tmp_path / name).write_bytes(OLD)
    limit = (seeds_cleaned.articles.stat().st_size + seeds_cleaned.ledger.stat().st_size) // 2
    assert seeds_cleaned.articles.stat().st_size < limit < seeds_cleaned.ledger.stat().st_size
    options = ("-o", tmp_path / "articles", "--ledger", tmp_path / "ledger")
    outcome = run("clean", seeds, "--jobs", "1", *options, limit_file_size=limit)
    assert outcome.code == 1
    assert len(outcome.messages) == 1
    assert f"{tmp_path / 'ledger'}: cannot be written: File too large" in outcome.messages[0]
    assert {path.read_bytes() for path in tmp_path.iterdir()} == {OLD}
    assert not leftovers(tmp_path, {"articles", "ledger"})


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_leaves_the_old_file_without_workers_too(number: signal.Signals, code: int, tmp_path: Path) -> None:
    """In the middle of its input: it writes beside the old file, and waits for more to read."""
    old = tmp_path / "old"
    old.write_bytes(OLD)
    process = start("normalise", "-", "-o", old, stdin=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write(b"".join(dump({"id": page_id, "text": SIMPLIFIED}) for page_id in range(100)))
    process.stdin.flush()
    end = time.monotonic() + TIMEOUT
    while not leftovers(tmp_path, {"old"}):
        assert process.poll() is None and time.monotonic() < end
        time.sleep(0.02)
    process.send_signal(number)
    outcome = finish(process)
    assert (outcome.code, outcome.out) == (code, b"")
    assert len(outcome.messages) == (1 if number == signal.SIGINT else 0)
    assert old.read_bytes() == OLD
    assert not leftovers(tmp_path, {"old"})


def test_zst_devices_and_new_names(invented: Path, invented_cleaned: Cleaned, tmp_path: Path) -> None:
    """`.zst` by suffix, with a checksum; a device is written to, not replaced; `-o -` is standard output."""
    calls = {
        "zst": Call(("clean", invented, "-o", tmp_path / "new.zst")),
        "device": Call(("clean", invented, "-o", os.devnull)),
        "-": Call(("clean", invented, "-o", "-")),
    }
    outcomes = run_all(calls)
    articles = invented_cleaned.articles.read_bytes()
    assert ok(outcomes["zst"]).out == ok(outcomes["device"]).out == b""
    assert ok(outcomes["-"]).out == articles
    assert Path(os.devnull).is_char_device()
    packed = (tmp_path / "new.zst").read_bytes()
    assert zstandard.ZstdDecompressor().decompressobj().decompress(packed) == articles
    assert zstandard.get_frame_parameters(packed).has_checksum


def test_standard_input_that_is_the_output_file(tmp_path: Path) -> None:
    """`corpus-tools normalise - -o page.txt < page.txt`."""
    page = tmp_path / "page.txt"
    page.write_bytes(RAW.replace(b"\n", b"\r\n"))
    with page.open("rb") as stdin:
        outcome = finish(start("normalise", "-", "-o", page, stdin=stdin))
    assert outcome.code == 2
    assert page.read_bytes() == RAW.replace(b"\n", b"\r\n")


@pytest.mark.parametrize("option", ["--ledger", "--rejects"])
def test_two_outputs_on_standard_output(option: str) -> None:
    outcome = run("clean", option, "-", stdin=RAW)
    assert (outcome.code, outcome.out) == (2, b"")
