"""Work that kills its worker on a certain page. A module of its own, so that worker processes can import it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from corpus_tools.options import Options, ReadOptions
from corpus_tools.read.inputs import Item
from corpus_tools.run import pool
from corpus_tools.run.work import Job, Result

DEADLY = "deadly"
NAMES = ["page0", "page1", DEADLY, "page3", "page4", "page5", "page6"]


def work(job: Job, items: Sequence[Item]) -> list[Result]:
    """Nothing but the page id of each item; the deadly one ends the process, as running out of memory would."""
    if any(item.page_id == DEADLY for item in items):
        os._exit(9)
    return [Result(item.name, item.page_id, ()) for item in items]


def work_that_stops_speaking(job: Job, items: Sequence[Item]) -> list[Result]:
    """The same, but the process ends in the middle of its answer."""
    if any(item.page_id == DEADLY for item in items):
        Connection._send = _send_a_little  # type: ignore[attr-defined]
    return [Result(item.name, item.page_id, (bytes(1000),)) for item in items]


def _send_a_little(pipe: Any, data: bytes, write: Callable[[int, bytes], int] = os.write) -> None:
    write(pipe._handle, bytes(data)[:100])
    os._exit(9)


def main(work: pool.Work = work) -> None:
    """Run the items through the pool and print what became of each."""
    pool.CHUNK = 2  # tasks of two pages: few of them then are done page by page
    items = [Item(f"{name}.txt", name, Path(f"{name}.txt")) for name in NAMES]
    job = Job(("normalise",), "text", read=ReadOptions(), options=Options())
    for result in pool.run(job, items, 2, work):
        sys.stdout.write(f"{result.place}\t{result.error or ''}\n")


if __name__ == "__main__":
    main()
