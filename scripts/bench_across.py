"""What `dedupe --across` costs: `scripts/bench across [--records N …] [--paragraphs N] [--memory SIZE] [--data DIR]`.

Records a second of CPU and peak memory of whole processes over made files (each text once as printed, then misread, until the number is
reached); and the memory of the exact pass alone, in bytes a distinct paragraph, over that of a run with nearly none.
Each in a process of its own.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from across_articles import SEED, write_copies
from encoding_sources import data_folder
from news_items import FILES, items_of

from corpus_tools.across.store import Store, unit_number

RECORDS = (10_000, 100_000)
PARAGRAPHS, FEW = 2_000_000, 1_000
MISREAD = 0.05
GOAL = 64
"""Bytes a distinct paragraph."""


def exact_pass(n_paragraphs: int, memory: str) -> None:
    """Put that many different paragraphs through the exact pass; print the peak of memory in bytes."""
    rng = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder), memory)
        for number in range(n_paragraphs):
            if number % 8 == 0:
                store.add("record", (number // 8, f"{number // 8:08x}", 50, 0, None, None, None))
            unit = unit_number(number // 8, number % 8)
            store.add("paragraph", (unit, rng.getrandbits(64), 120 * number, 120, 0))
        store.rank()
        store.settle()
        assert not list(store.repeats())
        store.close()
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


def bytes_a_paragraph(n_paragraphs: int, memory: str) -> float:
    """What the exact pass takes for that many paragraphs, without what it takes for nearly none."""
    peaks = []
    for number in (FEW, n_paragraphs):
        command = [sys.executable, __file__, "--exact", str(number), "--memory", memory]
        peaks.append(int(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    return (peaks[1] - peaks[0]) / n_paragraphs


def measured(command: list[str]) -> tuple[float, float, int]:
    """Seconds by the clock, seconds of CPU, and peak memory in bytes of a process."""
    script = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL);"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN); print(used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)"
    )
    begin = time.perf_counter()
    said = subprocess.run([sys.executable, "-c", script, *command], check=True, capture_output=True, text=True).stdout
    seconds = time.perf_counter() - begin
    cpu, peak = said.split()
    return seconds, float(cpu), int(peak)


def whole_runs(folder: Path, sizes: list[int], memory: str, say: Callable[[str], None] = print) -> None:
    """Print what the command costs over made files of those numbers of records."""
    items = [item for name in FILES for item in items_of(folder, name)]
    command = str(Path(sys.executable).with_name("corpus-tools"))
    with tempfile.TemporaryDirectory() as made:
        for n_records in sizes:
            path = Path(made, f"{n_records}.jsonl")
            write_copies(path, items, n_records, random.Random(SEED), MISREAD)
            run = [command, "dedupe", "--across", str(path), "-o", f"{path}.out", "--memory", memory, "--quiet"]
            seconds, cpu, peak = measured(run)
            n_bytes = path.stat().st_size
            say(
                f"{n_records:9,} records ({n_bytes / 1e6:.0f} MB): {n_records / cpu:6.0f} records a second of CPU, {cpu:.0f} s CPU, "
                f"{seconds:.0f} s, peak {peak / 2**20:.0f} MiB with --memory {memory}"
            )


def run(options: list[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="bench across", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, nargs="*", default=list(RECORDS), help="records of the whole runs")
    parser.add_argument("--paragraphs", type=int, default=PARAGRAPHS, help="paragraphs of the exact pass")
    parser.add_argument("--memory", default="1GB", help="of DuckDB")
    parser.add_argument("--data", type=Path, help="folder of news text (default: CORPUS_TOOLS_DATA)")
    parser.add_argument("--exact", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args(options)
    if given.exact:
        exact_pass(given.exact, given.memory)
        return
    if given.paragraphs:
        cost = bytes_a_paragraph(given.paragraphs, given.memory)
        verdict = "ok" if cost <= GOAL else "above"
        print(f"exact pass: {cost:.0f} bytes a distinct paragraph (goal: at most {GOAL}: {verdict})")
    folder = data_folder(given.data)
    if folder is None:
        print("bench across: no news text: name its folder by --data or CORPUS_TOOLS_DATA", file=sys.stderr)
        return
    whole_runs(folder, given.records, given.memory)


if __name__ == "__main__":
    run(sys.argv[1:])
