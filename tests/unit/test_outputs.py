"""Outputs: whole or not there, the same bytes every time, and what stood there before stays when something fails."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard

from corpus_tools.errors import OutputError
from corpus_tools.model import Article, Page, Source
from corpus_tools.records import article_from, load, page_from
from corpus_tools.run.outputs import Output, write_articles, write_pages

LINES = ("青禾\n".encode(), b"", "沙棘沟\n".encode() * 1000)
WHOLE = b"".join(LINES)


def write(path: Path | str | None, *lines: bytes) -> None:
    with Output(path) as output:
        for line in lines or LINES:
            output.write(line)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- files ---


def test_a_file_is_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    write(tmp_path / "out.jsonl")
    assert (tmp_path / "out.jsonl").read_bytes() == WHOLE
    assert names(tmp_path) == ["out.jsonl"]


def test_nothing_written_is_an_empty_file(tmp_path: Path) -> None:
    with Output(tmp_path / "out.jsonl"):
        pass
    assert (tmp_path / "out.jsonl").read_bytes() == b""


def test_a_path_may_be_a_string(tmp_path: Path) -> None:
    write(str(tmp_path / "out.jsonl"))
    assert (tmp_path / "out.jsonl").read_bytes() == WHOLE


def test_the_old_file_stands_until_the_new_one_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_bytes(b"old")
    with Output(target) as output:
        output.write(WHOLE)
        assert target.read_bytes() == b"old"
        assert len(names(tmp_path)) == 2
    assert target.read_bytes() == WHOLE
    assert names(tmp_path) == ["out.jsonl"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_an_exception_leaves_the_old_file_and_no_rest(tmp_path: Path, error: type[BaseException], suffix: str) -> None:
    target = tmp_path / f"out.jsonl{suffix}"
    target.write_bytes(b"old")
    with pytest.raises(error), Output(target) as output:
        output.write(WHOLE)
        raise error
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == [target.name]


def test_a_reader_that_stops_early_leaves_the_old_file_and_it_is_said(tmp_path: Path) -> None:
    target = tmp_path / "ledger.jsonl"
    target.write_bytes(b"old")
    with pytest.raises(OutputError, match=r"ledger\.jsonl: not written.*stopped early"), Output(target) as output:
        output.write(WHOLE)
        raise BrokenPipeError
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == [target.name]


def test_an_exception_without_an_old_file_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="half"), Output(tmp_path / "out.jsonl") as output:
        output.write(WHOLE)
        raise ValueError("half")
    assert names(tmp_path) == []


def test_permissions_are_those_of_any_new_file_or_of_the_old_one(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write(tmp_path / "new")
        (tmp_path / "old").write_bytes(b"")
        (tmp_path / "old").chmod(0o604)
        write(tmp_path / "old")
    finally:
        os.umask(mask)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "old").stat().st_mode & 0o777 == 0o604


def test_what_is_no_file_is_written_to_directly() -> None:
    write(os.devnull)
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("place", ["missing/out.jsonl", "file/out.jsonl"])
def test_a_place_that_cannot_be_written_is_an_output_error(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="cannot be written") as caught, Output(tmp_path / place):
        raise AssertionError("there is no output to write to")
    assert caught.value.where == str(tmp_path / place)
    assert "unchanged" in caught.value.what


def test_a_directory_is_no_output(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        write(tmp_path)
    assert caught.value.where == str(tmp_path)
    assert names(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("size", [1, 1 << 20])
def test_a_full_disk_is_an_output_error(size: int) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write("/dev/full", b"x" * size)


# --- compressed files ---


@pytest.mark.parametrize(("suffix", "magic"), [(".gz", b"\x1f\x8b"), (".zst", b"\x28\xb5\x2f\xfd")])
def test_compressed_by_suffix(tmp_path: Path, suffix: str, magic: bytes) -> None:
    target = tmp_path / f"out.jsonl{suffix}"
    write(target)
    data = target.read_bytes()
    assert data.startswith(magic)
    assert len(data) < len(WHOLE)
    unpacked = (
        gzip.decompress(data) if suffix == ".gz" else zstandard.ZstdDecompressor().decompressobj().decompress(data)
    )
    assert unpacked == WHOLE


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_compressed_bytes_do_not_depend_on_name_time_or_folder(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    write(tmp_path / f"one{suffix}")
    monkeypatch.setattr("time.time", lambda: 1e9)
    write(tmp_path / "elsewhere" / f"another{suffix}")
    assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / "elsewhere" / f"another{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_nothing_compressed_is_a_whole_file(tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"out{suffix}"
    with Output(target):
        pass
    data = target.read_bytes()
    unpacked = (
        gzip.decompress(data) if suffix == ".gz" else zstandard.ZstdDecompressor().decompressobj().decompress(data)
    )
    assert data
    assert unpacked == b""


# --- standard output ---


@pytest.mark.parametrize("path", [None, "-"])
def test_standard_output(path: str | None, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write(path)
    assert capfdbinary.readouterr().out == WHOLE


def test_a_closed_pipe_is_the_systems_own_error() -> None:
    code = (
        "from corpus_tools.run.outputs import Output, silence_standard_output\n"
        "import sys\n"
        "try:\n"
        "    with Output(None) as output:\n"
        "        while True:\n"
        "            output.write(b'x' * 65536)\n"
        "except BrokenPipeError:\n"
        "    silence_standard_output()\n"
        "    sys.exit(7)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 7


# --- records ---

SOURCE = Source("page.txt", "0" * 64, "utf-8")
ARTICLES = [Article(f"page/{number}", "article", "page", f"第{number}篇", source=SOURCE) for number in (1, 2, 3)]
PAGES = [Page(name, f"第{name}页", SOURCE) for name in ("甲", "乙")]


def lines_of(path: Path) -> list[bytes]:
    data = path.read_bytes()
    assert not data or data.endswith(b"\n")
    return data.split(b"\n")[:-1]


def test_write_articles(tmp_path: Path) -> None:
    assert write_articles(iter(ARTICLES), tmp_path / "articles.jsonl") == 3
    assert [article_from(load(line)) for line in lines_of(tmp_path / "articles.jsonl")] == ARTICLES


def test_write_pages(tmp_path: Path) -> None:
    assert write_pages(iter(PAGES), tmp_path / "pages.jsonl") == 2
    assert [page_from(load(line)) for line in lines_of(tmp_path / "pages.jsonl")] == PAGES


def test_no_records_make_an_empty_file(tmp_path: Path) -> None:
    assert write_articles([], tmp_path / "articles.jsonl") == 0
    assert lines_of(tmp_path / "articles.jsonl") == []


def test_records_that_cannot_be_made_leave_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "articles.jsonl").write_bytes(b"old")

    def broken() -> Iterator[Article]:
        yield ARTICLES[0]
        raise ValueError("a defect further up")

    with pytest.raises(ValueError, match="further up"):
        write_articles(broken(), tmp_path / "articles.jsonl")
    assert (tmp_path / "articles.jsonl").read_bytes() == b"old"
    assert names(tmp_path) == ["articles.jsonl"]


def test_records_are_written_as_they_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No list of all of them is made: the next one is asked for when the one before has been written."""
    happened: list[str] = []
    write = Output.write

    def noted(output: Output, data: bytes) -> None:
        happened.append("written")
        write(output, data)

    def stream() -> Iterator[Article]:
        for article in ARTICLES:
            happened.append("asked for")
            yield article

    monkeypatch.setattr(Output, "write", noted)
    assert write_articles(stream(), tmp_path / "articles.jsonl") == 3
    assert happened == ["asked for", "written"] * 3
