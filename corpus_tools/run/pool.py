"""Items through worker processes, results in order. A worker that dies neither hangs the run nor loses a page.

Each worker has a pipe of its own and one task at a time: a pipe that ends tells that its worker is gone, even in the
middle of an answer, and which task it was at. (`concurrent.futures` and `multiprocessing.Pool` share one pipe among all
workers, and wait for ever for the rest of an answer that a dead one began.) The task is then done again, page by page;
a page that kills its worker twice is rejected.
"""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import connection
from multiprocessing.context import ForkServerContext, SpawnContext

from corpus_tools.errors import InputError
from corpus_tools.read.inputs import Item, place_of
from corpus_tools.run.work import Job, Result, work

CHUNK = 16
"""Pages a task: below 16, handing tasks over costs more than doing them (515 against 140 us a page of 18 KB)."""

AHEAD = 4
"""Tasks a process that wait, run or are done before their turn: enough to keep it busy, few enough for memory."""

N_DEATHS = 2
"""Workers that may die on a page before it is rejected: the first may have been killed for another reason."""

Work = Callable[[Job, Sequence[Item]], list[Result]]


def default_jobs() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run(job: Job, items: Iterable[Item], n_jobs: int, work: Work = work) -> Iterator[Result]:
    """The results of all items in their order; bytes do not depend on `n_jobs`. Few items are done in this process."""
    chunks = _chunks(items)
    early = list(itertools.islice(chunks, 2))
    chunks = itertools.chain(early, chunks)
    if n_jobs <= 1 or len(early) < 2:
        for chunk in chunks:
            yield from work(job, chunk)
        return
    pool = _Pool(job, n_jobs, work)
    try:
        yield from pool.run(chunks)
    finally:
        pool.close()


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    iterator = iter(items)
    while chunk := list(itertools.islice(iterator, CHUNK)):
        yield chunk


@dataclass(slots=True, eq=False)
class _Task:
    """A chunk on its way. `n_deaths` counts the workers that died while they were at it."""

    items: list[Item]
    results: list[Result] | None = None
    n_deaths: int = 0


class _Worker:
    """A process, the pipe to it, and the task that it is at, None when it is idle."""

    def __init__(self, job: Job, work: Work) -> None:
        self.pipe, theirs = connection.Pipe()
        self._process = _context().Process(target=_serve, args=(theirs, job, work), daemon=True)
        self._process.start()
        theirs.close()  # or the pipe would not end with the worker
        self.task: _Task | None = None

    def begin(self, task: _Task) -> None:
        """Hand a task over. Only to an idle worker: it reads at once, so that neither side can wait for the other."""
        self.task = task
        with contextlib.suppress(OSError):  # it is dead: the end of the pipe tells so when its answer is looked for
            self.pipe.send(task.items)

    def end(self) -> None:
        """End the process, whatever it is at."""
        self.pipe.close()
        self._process.kill()
        self._process.join()


def _context() -> ForkServerContext | SpawnContext:
    """How processes are started. Never by fork: the progress bar runs a thread, and a forked child may inherit a lock
    that nobody opens again."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver, resource_tracker  # not on every system

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "corpus_tools.run.pool"])  # imported once, not by every worker
    # Ctrl-C reaches all processes of a terminal and is the command's to answer. A worker has it blocked from its birth,
    # because its fork server has. The tracker first: starting it unblocks the signal.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return context


def _serve(pipe: connection.Connection[list[Result], list[Item]], job: Job, work: Work) -> None:
    """In a worker: answer tasks until the command closes the pipe or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where there is no fork server to inherit it from
    command = multiprocessing.parent_process()

    def watch() -> None:
        if command is not None:
            command.join()
            os._exit(1)  # also out of the middle of a task, which nobody waits for any more

    threading.Thread(target=watch, daemon=True).start()
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send(work(job, pipe.recv()))


class _Pool:
    def __init__(self, job: Job, n_jobs: int, work: Work) -> None:
        self._job = job
        self._n_jobs = n_jobs
        self._work = work
        self._workers: list[_Worker] = []
        self._tasks: list[_Task] = []  # in the order of the output, from the first that is not written
        self._to_do: deque[_Task] = deque()

    def run(self, chunks: Iterator[list[Item]]) -> Iterator[Result]:
        """The results of the chunks, in their order."""
        while True:
            for chunk in itertools.islice(chunks, max(0, self._n_jobs * AHEAD - len(self._tasks))):
                self._tasks.append(_Task(chunk))
                self._to_do.append(self._tasks[-1])
                self._collect(0)
                self._hand_out()
            if not self._tasks:
                return
            while self._tasks[0].results is None:
                self._collect(None)
                self._hand_out()
            yield from self._tasks.pop(0).results or ()

    def close(self) -> None:
        """End the workers."""
        for worker in self._workers:
            worker.end()

    def _hand_out(self) -> None:
        """Give every idle worker a task; start workers while there are too few."""
        while self._to_do:
            worker = next((worker for worker in self._workers if worker.task is None), None)
            if worker is None:
                if len(self._workers) == self._n_jobs:
                    return
                worker = _Worker(self._job, self._work)
                self._workers.append(worker)
            worker.begin(self._to_do.popleft())

    def _collect(self, seconds: float | None) -> None:
        """Take the answers that are there, waiting for the first of them (None: as long as it takes)."""
        busy = {worker.pipe: (worker, worker.task) for worker in self._workers if worker.task is not None}
        for pipe in connection.wait(busy, seconds):
            worker, task = busy[pipe]  # type: ignore[index]
            try:
                task.results = worker.pipe.recv()
                worker.task = None
            except (EOFError, OSError):
                self._workers.remove(worker)
                worker.end()
                self._again(task)

    def _again(self, task: _Task) -> None:
        """What a dead worker left: its pages are done one by one, before all others; one that was done so is rejected
        when it has killed enough workers."""
        task.n_deaths += 1
        if len(task.items) > 1:
            pages = [_Task([item]) for item in task.items]
            place = self._tasks.index(task)
            self._tasks[place : place + 1] = pages
            self._to_do.extendleft(reversed(pages))
        elif task.n_deaths < N_DEATHS:
            self._to_do.appendleft(task)
        else:
            task.results = [_rejection(task.items[0])]


def _rejection(item: Item) -> Result:
    what = "the worker process died twice on this page"
    hint = "too little memory? try --jobs 1, or cut the page"
    data = item.data if item.streamed else None
    return Result(place_of(item), error=InputError(what, path=place_of(item), hint=hint, data=data))
