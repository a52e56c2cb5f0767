"""Items through worker processes, results in order. A worker that dies neither hangs the run nor loses a page.

`concurrent.futures` says so when a process is gone (`multiprocessing.Pool` would wait for ever). The pool is then
rebuilt and what was under way is done again; a page that kills its worker twice, alone, is rejected.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from corpus_tools.errors import InputError
from corpus_tools.read.inputs import Item, place_of
from corpus_tools.run.work import Job, Result, work

CHUNK = 16
"""Pages a task: below 16, handing tasks over costs more than doing them (515 against 140 us a page of 18 KB)."""

AHEAD = 4
"""Tasks a process that wait or run at a time: enough to keep it busy, few enough to stay in memory."""

Work = Callable[[Job, Sequence[Item]], list[Result]]


def default_jobs() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run(job: Job, items: Iterable[Item], n_jobs: int, work: Work = work) -> Iterator[Result]:
    """The results of all items in their order; bytes do not depend on `n_jobs`. Few items are done in this process."""
    chunks = _chunks(items)
    first = next(chunks, None)
    second = next(chunks, None) if first is not None else None
    early = [chunk for chunk in (first, second) if chunk is not None]
    if n_jobs <= 1 or second is None:
        for chunk in itertools.chain(early, chunks):
            yield from work(job, chunk)
        return
    yield from _Pool(job, n_jobs, work).run(itertools.chain(early, chunks))


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    iterator = iter(items)
    while chunk := list(itertools.islice(iterator, CHUNK)):
        yield chunk


def _tend_worker() -> None:
    """In a worker: leave Ctrl-C to the command, and end when the command is gone, however it went."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    command = multiprocessing.parent_process()

    def watch() -> None:
        if command is not None:
            command.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@dataclass(slots=True)
class _Task:
    """A chunk under way. `deaths` counts the pools that died while it was in them."""

    items: list[Item]
    future: Future[list[Result]] | None = None
    deaths: int = 0


class _Pool:
    def __init__(self, job: Job, n_jobs: int, work: Work) -> None:
        self._job = job
        self._n_jobs = n_jobs
        self._work = work
        self._executor = self._new_executor(n_jobs)

    @staticmethod
    def _new_executor(n_jobs: int) -> ProcessPoolExecutor:
        # Never fork: the progress bar runs a thread, and a forked child may inherit a lock that nobody opens again.
        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        return ProcessPoolExecutor(n_jobs, multiprocessing.get_context(method), initializer=_tend_worker)

    def run(self, chunks: Iterator[list[Item]]) -> Iterator[Result]:
        waiting: deque[_Task] = deque()
        try:
            while True:
                for chunk in itertools.islice(chunks, self._n_jobs * AHEAD - len(waiting)):
                    waiting.append(_Task(chunk))
                    self._submit(waiting[-1], waiting)
                if not waiting:
                    return
                yield from self._results(waiting)
        finally:
            self._executor.shutdown(wait=False, cancel_futures=True)

    def _submit(self, task: _Task, waiting: deque[_Task]) -> None:
        try:
            task.future = self._executor.submit(self._work, self._job, task.items)
        except BrokenProcessPool:
            self._rebuild(waiting)

    def _results(self, waiting: deque[_Task]) -> list[Result]:
        """The results of the first task; where a worker died, the pool is rebuilt until there are some."""
        while True:
            task = waiting[0]
            if task.deaths >= 2:
                waiting.popleft()
                return [self._alone(item) for item in task.items]
            try:
                assert task.future is not None
                results = task.future.result()
            except BrokenProcessPool:
                self._rebuild(waiting)
                continue
            waiting.popleft()
            return results

    def _rebuild(self, waiting: deque[_Task]) -> None:
        """A new pool, with everything that has no result yet submitted again."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = self._new_executor(self._n_jobs)
        for task in waiting:
            if task.future is None or not _has_result(task.future):
                task.deaths += 1
                task.future = self._executor.submit(self._work, self._job, task.items)

    def _alone(self, item: Item) -> Result:
        """The result of one item in a process of its own; a page that kills two of them is rejected."""
        for _ in range(2):
            with self._new_executor(1) as executor:
                try:
                    return executor.submit(self._work, self._job, [item]).result()[0]
                except BrokenProcessPool:
                    continue
        what = "the worker process died twice on this page"
        hint = "too little memory? try --jobs 1, or cut the page"
        data = item.data if item.streamed else None
        return Result(place_of(item), error=InputError(what, path=place_of(item), hint=hint, data=data))


def _has_result(future: Future[list[Result]]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None
