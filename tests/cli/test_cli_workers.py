"""Many processes: the same bytes as one, and no page lost when a worker is killed or a page kills it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import deadly_work
import pytest
from command_line import TIMEOUT, Call, environment, finish, leftovers, ok, run, run_all, start
from invented_pages import variants
from prepared import OLD, Cleaned, clean_folder, read_jsonl, write_files

from corpus_tools.read.pages import read_page
from corpus_tools.records import page_line

HERE = Path(__file__).parent
PATIENCE = 30
"""Seconds to wait for the workers of a run to be there."""

N_PAGES = 60
N_WORKERS = 2
FIRST = 56
"""Lines sent before something happens: two tasks of 16 pages, and as much again for what is read ahead."""

needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds the workers through /proc")


@pytest.fixture(scope="module")
def sixty(tmp_path_factory: pytest.TempPathFactory) -> Cleaned:
    """Sixty pages and what one process makes of them."""
    pages = write_files(tmp_path_factory.mktemp("sixty"), variants(N_PAGES))
    return clean_folder(pages, tmp_path_factory.mktemp("sixty_cleaned"))


@pytest.fixture(scope="module")
def stream(sixty: Cleaned) -> list[bytes]:
    """The sixty pages as lines of page records, as `normalise --to pages` would begin with them."""
    files = sorted(sixty.pages.iterdir())
    return [page_line(read_page(path.read_bytes(), path.stem, path.name)) for path in files]


def test_bytes_do_not_depend_on_the_number_of_processes(sixty: Cleaned, tmp_path: Path) -> None:
    calls = {
        jobs: Call(("clean", sixty.pages, "-j", jobs, "--ledger", tmp_path / jobs), process=True) for jobs in ("2", "3")
    }
    for jobs, outcome in run_all(calls).items():
        assert ok(outcome).err == ""
        assert outcome.out == sixty.articles.read_bytes()
        assert (tmp_path / jobs).read_bytes() == sixty.ledger.read_bytes()


def test_rejects_do_not_depend_on_the_number_of_processes(stream: list[bytes], tmp_path: Path) -> None:
    """A line that is no record, a page that is there twice: named with the line, in their order."""
    lines = [*stream[:30], b"{not json\n", *stream[30:], stream[7]]
    calls = {
        jobs: Call(("clean", "--jobs", jobs, "--rejects", tmp_path / jobs), stdin=b"".join(lines), process=True)
        for jobs in ("1", "2")
    }
    one, two = run_all(calls).values()
    assert (one.code, one) == (1, two)
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()
    rejected = read_jsonl(tmp_path / "2")
    assert [record["line_number"] for record in rejected] == [31, None]
    assert "'page007' was already given by <stdin>: line 8" in rejected[1]["reason"]


def test_the_order_of_rejects_does_not_depend_on_the_number_of_processes(sixty: Cleaned, tmp_path: Path) -> None:
    """A page that is rejected when it is worked on, and behind it a file of records that cannot even be opened."""
    (tmp_path / "empty.txt").write_bytes(b"")
    given = (tmp_path / "empty.txt", sixty.pages, tmp_path / "missing.jsonl")
    calls = {
        jobs: Call(("clean", *given, "--jobs", jobs, "--rejects", tmp_path / jobs), process=True) for jobs in ("1", "2")
    }
    run_all(calls)
    rejected = {jobs: [Path(each["path"]).name for each in read_jsonl(tmp_path / jobs)] for jobs in ("1", "2")}
    assert rejected == {key: ["empty.txt", "missing.jsonl"] for key in ("1", "2")}


class Running(NamedTuple):
    """A run in the middle of its input: the command's process, and those of its workers."""

    command: subprocess.Popen[bytes]
    workers: list[int]


@contextmanager
def in_mid_run(first: list[bytes], *options: str | Path, new_session: bool = False) -> Iterator[Running]:
    """`clean -` that has got the `first` lines and waits for more, its workers being there. None of them survives."""
    command = start(
        "clean", "-", "--jobs", str(N_WORKERS), *options, stdin=subprocess.PIPE, start_new_session=new_session
    )
    workers: list[int] = []
    try:
        assert command.stdin is not None
        command.stdin.write(b"".join(first))
        command.stdin.flush()
        end = time.monotonic() + PATIENCE
        while len(workers) < N_WORKERS and time.monotonic() < end:
            time.sleep(0.02)
            workers = workers_of(command.pid)
        if len(workers) < N_WORKERS or command.poll() is not None:
            raise RuntimeError("the run was not in its middle")
        time.sleep(0.5)  # so that they are at work, or wait for it
        yield Running(command, workers)
    finally:
        for pid in (command.pid, *workers_of(command.pid), *workers):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        command.communicate()


def workers_of(pid: int) -> list[int]:
    """The worker processes of a run: the children of its fork server, which is its own child."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").iterdir():
        with suppress(OSError, ValueError):  # no process, or gone by now
            parents.setdefault(_parent_of(int(path.name)), []).append(int(path.name))
    servers = [child for child in parents.get(pid, ()) if b"forkserver" in _command_line(child)]
    return [worker for server in servers for worker in parents.get(server, ())]


def _parent_of(pid: int) -> int:
    # The name in brackets may hold anything, spaces and brackets too: the last bracket ends it.
    return int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])


def _command_line(pid: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


@needs_proc
def test_a_killed_worker_loses_no_page(stream: list[bytes], sixty: Cleaned) -> None:
    expected = ok(run("clean", "--jobs", "1", stdin=b"".join(stream)))
    with in_mid_run(stream[:FIRST]) as running:
        os.kill(running.workers[0], signal.SIGKILL)
        outcome = finish(running.command, b"".join(stream[FIRST:]))
    assert outcome == expected
    assert outcome.out == sixty.articles.read_bytes()


@needs_proc
@pytest.mark.parametrize(
    ("number", "to_all", "code"),
    [
        pytest.param(
            signal.SIGINT,
            True,
            130,
            id="Ctrl-C at a terminal",
        ),
        pytest.param(signal.SIGINT, False, 130, id="SIGINT"),
        pytest.param(signal.SIGTERM, False, 143, id="SIGTERM"),
        pytest.param(
            signal.SIGHUP,
            False,
            129,
            id="a closed terminal",
        ),
    ],
)
def test_a_signal_leaves_the_old_file(
    number: signal.Signals, to_all: bool, code: int, stream: list[bytes], tmp_path: Path
) -> None:
    """And no temporary file, no traceback of the command or of its workers, no worker that waits for ever."""
    (tmp_path / "old").write_bytes(OLD)
    (tmp_path / "ledger").write_bytes(OLD)
    options = ("-o", tmp_path / "old", "--ledger", tmp_path / "ledger")
    with in_mid_run(stream[:FIRST], *options, new_session=True) as running:
        assert len(leftovers(tmp_path, {"old", "ledger"})) == 2, "it writes beside the files"
        (os.killpg if to_all else os.kill)(running.command.pid, number)
        running.command.wait(TIMEOUT)
        assert not leftovers(tmp_path, {"old", "ledger"})
        outcome = finish(running.command)
    assert (outcome.code, outcome.out) == (code, b"")
    assert len(outcome.messages) == (1 if number == signal.SIGINT else 0)
    assert {path.read_bytes() for path in tmp_path.iterdir()} == {OLD}


@needs_proc
def test_workers_do_not_outlive_the_command(stream: list[bytes]) -> None:
    """Killed by the system for its memory, or by `timeout -s KILL`: whoever reads its standard error would wait."""
    with in_mid_run(stream[:FIRST]) as running:
        running.command.kill()
        running.command.wait(TIMEOUT)
        end = time.monotonic() + 3
        alive = running.workers
        while alive and time.monotonic() < end:
            time.sleep(0.05)
            alive = [pid for pid in running.workers if _command_line(pid)]
        assert not alive


@pytest.mark.parametrize("work", ["work", "work_that_stops_speaking"])
def test_a_page_that_kills_its_workers_is_rejected_alone(work: str) -> None:
    """Also when they die in the middle of their answer: nobody waits for the rest of it.

    Run in a process of its own, whose workers find the module by PYTHONPATH.
    """
    done = subprocess.run(
        [sys.executable, "-c", f"import deadly_work; deadly_work.main(deadly_work.{work})"],
        env=environment(PYTHONPATH=str(HERE)),
        capture_output=True,
        timeout=TIMEOUT,
        check=True,
    )
    assert done.stderr == b""
    rows = [line.split("\t") for line in done.stdout.decode().split("\n")[:-1]]
    assert [place for place, _ in rows] == [f"{name}.txt" for name in deadly_work.NAMES]
    rejected = {place: error for place, error in rows if error}
    assert list(rejected) == ["deadly.txt"]
    assert rejected["deadly.txt"].startswith("deadly.txt: the worker process died twice on this page")


@pytest.mark.skipif("CORPUS_TOOLS_STRESS" not in os.environ, reason="five minutes; CORPUS_TOOLS_STRESS=1 asks for it")
def test_workers_that_die_at_once_neither_hang_nor_break_the_run() -> None:
    """A worker that dies while another one is being started: one run in twenty."""
    for _ in range(200):
        subprocess.run(
            [sys.executable, "-c", "import deadly_work; deadly_work.main()"],
            env=environment(PYTHONPATH=str(HERE)),
            capture_output=True,
            timeout=TIMEOUT,
            check=True,
        )
