"""Runs `corpus-tools`: arguments and bytes in, bytes and an exit code out.

Starting a process costs half a second. A run is therefore made in this process, streams and surroundings put in its
place, unless the process is the point: its start in another locale, a redirection, a pipe whose reader is gone, a limit of memory, workers.

Every run that comes back has already passed what holds for all of them: no traceback, no warning of Python's, no escape
codes in a pipe.
"""

from __future__ import annotations

import contextlib
import io
import os
import pty
import resource
import signal
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from unittest import mock

from corpus_tools.cli.app import main

PROGRAM = (sys.executable, "-c", "from corpus_tools.cli.app import main; main()")
TIMEOUT = 60
"""Seconds. A run takes half a second; the rest is for a busy machine."""

AT_A_TIME = min(6, (os.cpu_count() or 1) + 1)
"""Runs at a time: one more than there are cores, because some of a run is waiting."""

Argument = str | bytes | Path
Key = TypeVar("Key")


class Outcome(NamedTuple):
    """How a run ended: the exit code (a signal's number is negative), standard output, standard error."""

    code: int
    out: bytes
    err: str

    @property
    def lines(self) -> list[bytes]:
        """The lines of standard output without their newlines; JSONL has no other line ends."""
        return self.out.split(b"\n")[:-1]

    @property
    def messages(self) -> list[str]:
        """The lines of standard error."""
        return self.err.split("\n")[:-1]


def environment(**changes: str | None) -> dict[str, str]:
    """A clean environment with `changes`; None takes a variable out.

    Python's warnings are errors in it: deprecated calls, and files that nobody closed.
    """
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "SYSTEMROOT") if name in os.environ}
    wanted = {
        **kept,
        "LC_ALL": "C.UTF-8",
        "PYTHONWARNINGS": "error",
        "TERM": "xterm-256color",
        **changes,
    }
    return {name: value for name, value in wanted.items() if value is not None}


@dataclass(frozen=True)
class Call:
    """One call: its arguments and what stands around it.

    `redirect` is what a shell would have behind the command, such as `<&-`; the limits are in bytes. With `terminal`,
    standard output and standard error are terminals, and standard input is empty; with `nobody_reads`, standard output
    is a pipe whose reader has gone. `process` asks for a process where nothing else does.
    """

    arguments: tuple[Argument, ...]
    stdin: bytes = b""
    cwd: Path | None = None
    env: Mapping[str, str | None] = field(default_factory=dict)
    umask: int = -1
    redirect: str = ""
    limit_file_size: int | None = None
    limit_memory: int | None = None
    terminal: bool = False
    nobody_reads: bool = False
    process: bool = False

    @property
    def needs_process(self) -> bool:
        """Whether it cannot be made in this process."""
        return bool(self.process or self.redirect or self.limit_memory or self.nobody_reads)


class Outcomes(Mapping[Key, Outcome]):
    """The outcomes of calls. One that timed out, or was not as every run must be, raises when it is asked for."""

    def __init__(self, futures: Mapping[Key, Future[Outcome]]) -> None:
        self._futures = futures

    def __getitem__(self, key: Key) -> Outcome:
        return self._futures[key].result()

    def __iter__(self) -> Iterator[Key]:
        return iter(self._futures)

    def __len__(self) -> int:
        return len(self._futures)


def run(*arguments: Argument, **around: Any) -> Outcome:
    """Run `corpus-tools` with `arguments`; `around` are the other fields of `Call`."""
    return run_call(Call(arguments, **around))


def run_all(calls: Mapping[Key, Call]) -> Outcomes[Key]:
    """The outcomes of calls that have nothing to do with each other: processes as many at a time as there are cores for,
    then the others, because these borrow the directory and the streams of this process."""
    with ThreadPoolExecutor(AT_A_TIME) as threads:
        futures = {key: threads.submit(run_call, call) for key, call in calls.items() if call.needs_process}
    for key, call in calls.items():
        if key not in futures:
            futures[key] = Future()
            try:
                futures[key].set_result(run_call(call))
            except Exception as error:  # noqa: BLE001 - raised when the outcome is asked for
                futures[key].set_exception(error)
    return Outcomes({key: futures[key] for key in calls})


def run_call(call: Call) -> Outcome:
    """The outcome of one call."""
    if not call.needs_process:
        return _run_here(call)
    if call.terminal:
        return _run_on_terminal(call)
    output: int = subprocess.PIPE
    if call.nobody_reads:
        reader, output = os.pipe()
        os.close(reader)
    process = start(
        *call.arguments,
        redirect=call.redirect,
        limits={"RLIMIT_FSIZE": call.limit_file_size, "RLIMIT_AS": call.limit_memory},
        stdin=subprocess.PIPE,
        stdout=output,
        cwd=call.cwd,
        env=environment(**call.env),
        umask=call.umask,
    )
    if call.nobody_reads:
        os.close(output)
    return finish(process, call.stdin)


class _Stream(io.TextIOWrapper):
    """A standard stream over bytes in memory."""

    def __init__(self, data: bytes = b"", *, is_terminal: bool = False) -> None:
        super().__init__(io.BytesIO(data), encoding="utf-8", write_through=True)
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal

    def written(self) -> bytes:
        """What was written to it."""
        self.flush()
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue()


def _run_here(call: Call) -> Outcome:
    """The outcome of a call in this process, which is afterwards as it was."""
    out, err = (_Stream(is_terminal=call.terminal) for _ in range(2))
    arguments = ["corpus-tools", *map(os.fsdecode, call.arguments)]
    with contextlib.ExitStack() as around:
        around.enter_context(contextlib.chdir(call.cwd or Path.cwd()))
        around.enter_context(
            mock.patch.multiple(sys, stdin=_Stream(call.stdin), stdout=out, stderr=err, argv=arguments)
        )
        around.enter_context(mock.patch.dict(os.environ, environment(**call.env), clear=True))
        around.enter_context(warnings.catch_warnings())
        around.enter_context(_signals_kept())
        around.enter_context(_limits(call.umask, call.limit_file_size))
        warnings.simplefilter("error")
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    outcome = Outcome(code, out.written(), err.written().decode("utf-8", "backslashreplace"))
    return outcome if call.terminal else checked(outcome)


@contextlib.contextmanager
def _signals_kept() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _limits(umask: int, file_size: int | None) -> Iterator[None]:
    """For a while, this umask and files of at most that many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = os.umask(0o077)
    os.umask(before if umask < 0 else umask)
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft if file_size is None else file_size, hard))
    try:
        yield
    finally:
        os.umask(before)
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def start(
    *arguments: Argument, redirect: str = "", limits: Mapping[str, int | None] | None = None, **popen: Any
) -> subprocess.Popen[bytes]:
    """A running `corpus-tools`; standard output and standard error are pipes unless `popen` says otherwise."""
    command: list[Argument] = [*PROGRAM, *arguments]
    for name, size in (limits or {}).items():
        if size is not None:  # set in the program, not by `preexec_fn`, which may hang where there are threads
            command[2] = f"import resource; resource.setrlimit(resource.{name}, ({size}, {size})); {PROGRAM[2]}"
    if redirect:
        command = ["/bin/sh", "-c", f'exec "$@" {redirect}', "sh", *command]
    settings: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": environment(), **popen}
    return subprocess.Popen(command, **settings)


def finish(process: subprocess.Popen[bytes], stdin: bytes = b"") -> Outcome:
    """Wait for a run that `start` began. One that hangs is killed and fails the test."""
    try:
        out, err = process.communicate(stdin or None, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return checked(Outcome(process.returncode, out or b"", (err or b"").decode("utf-8", "backslashreplace")))


def checked(outcome: Outcome) -> Outcome:
    """The outcome, when it has what every run must have."""
    for noise in ("Traceback", "Exception ignored", "Warning:"):
        assert noise not in outcome.err, outcome.err
    assert b"\x1b" not in outcome.out, "an escape code on standard output"
    assert "\x1b" not in outcome.err, "an escape code on standard error"
    return outcome


def run_pipe(*commands: tuple[Argument, ...], stdin: bytes = b"") -> bytes:
    """What comes out of commands that are connected by pipes and run at the same time; each must end well."""
    processes: list[subprocess.Popen[bytes]] = []
    for arguments in commands:
        source = processes[-1].stdout if processes else None
        processes.append(start(*arguments, stdin=source or subprocess.PIPE, stderr=None))
        if source is not None:
            source.close()  # or the command before would never see a closed pipe
    first, last = processes[0], processes[-1]
    assert first.stdin is not None
    if first is not last:
        with contextlib.suppress(BrokenPipeError):
            first.stdin.write(stdin)
        first.stdin.close()
    outcome = finish(last, stdin if first is last else b"")
    assert [process.wait(TIMEOUT) for process in processes] == [0] * len(processes)
    return outcome.out


def ok(outcome: Outcome) -> Outcome:
    """The outcome of a run that must have ended well."""
    assert outcome.code == 0, (outcome.code, outcome.err)
    return outcome


def _run_on_terminal(call: Call) -> Outcome:
    """A run on two terminals. Escape codes are the caller's to judge."""
    ends = [pty.openpty(), pty.openpty()]
    seen = [bytearray(), bytearray()]
    readers = [threading.Thread(target=_drain, args=(near, into)) for (near, _), into in zip(ends, seen, strict=True)]
    process = start(
        *call.arguments,
        stdin=subprocess.DEVNULL,
        stdout=ends[0][1],
        stderr=ends[1][1],
        cwd=call.cwd,
        env=environment(**call.env),
    )
    for (_, far), reader in zip(ends, readers, strict=True):
        os.close(far)
        reader.start()
    try:
        code = process.wait(TIMEOUT)
    finally:
        process.kill()
        for (near, _), reader in zip(ends, readers, strict=True):
            reader.join(TIMEOUT)
            os.close(near)
    return Outcome(code, bytes(seen[0]), seen[1].decode("utf-8", "backslashreplace"))


def _drain(terminal: int, into: bytearray) -> None:
    with contextlib.suppress(OSError):  # EIO: the other end is closed
        while data := os.read(terminal, 1 << 16):
            into += data


def leftovers(folder: Path, known: Iterable[str]) -> list[str]:
    """The names in a folder that are not `known`: temporary files that were left behind."""
    return sorted({path.name for path in folder.iterdir()} - set(known))
