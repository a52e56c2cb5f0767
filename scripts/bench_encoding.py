"""What detection and `normalise` cost, as multiples of one decode: `scripts/bench encoding [--rounds N] [--data DIR]`.

One process, candidates in turn, CPU time, fresh bytes each round, the median of the ratios round by round; pages of about
3,000 and 9,000 characters. The base of detection is `bytes.decode` of the same pages in their own encoding; the base of
`normalise` is decode + NFC of the same UTF-8 pages. The quality of the same build is printed first.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

from encoding_pages import FORMS, Form, form_text, is_writable
from encoding_sources import Source, data_folder, page_text, sources
from encoding_verdicts import OURS, Detector, detectors, ours
from eval_encoding import SMALL, measure, print_totals

from corpus_tools.model import Page
from corpus_tools.options import Options
from corpus_tools.read.encoding import detect_encoding
from corpus_tools.read.pages import read_page
from corpus_tools.stages.normalise import normalise_page

ROUNDS = 9
LENGTHS = (3_000, 9_000)
PAGES = 12
"""Pages of each length: the work of a round."""

SLOW = 0.02
"""Seconds of a round below which a candidate is run again and again, so that the clock has something to measure."""

GOALS = {"utf-8": 1.2, "gb18030": 5.0, "big5": 12.0}
NORMALISE_GOAL = 8.0
DECODERS = {"cp936": "gb18030"}
"""Python has no codec that reads the euro byte: its pages are decoded with one U+FFFD for each."""


def pages_of(source: Source, form: Form, length: int) -> list[bytes]:
    """Pages of that many characters, put together from whole pages of the test set."""
    made = []
    for number in range(PAGES):
        rng = random.Random(f"bench/{form.name}/{length}/{number}")
        text = ""
        while len(text) < length:
            text += form_text(source, form, rng)
        made.append(form.write(text[:length]))
    return made


def fresh(pages: Sequence[bytes]) -> list[bytes]:
    """Copies that nothing has looked at yet."""
    return [bytes(bytearray(page)) for page in pages]


def seconds(work: Callable[[list[bytes]], object], pages: Sequence[bytes]) -> float:
    """CPU seconds of one pass over fresh copies of the pages; quick work is repeated, on fresh copies each time."""
    total, times = 0.0, 0
    while total < SLOW:
        copies = fresh(pages)
        begin = time.process_time()
        work(copies)
        total += time.process_time() - begin
        times += 1
    return total / times


def ratios(
    candidates: dict[str, Callable[[list[bytes]], object]], base: str, pages: Sequence[bytes], rounds: int
) -> dict[str, float]:
    """Each candidate's cost as a multiple of the base: the median over the rounds, after one round to warm up."""
    found: dict[str, list[float]] = {name: [] for name in candidates}
    for number in range(rounds + 1):
        spent = {name: seconds(work, pages) for name, work in candidates.items()}
        if number:
            for name, its in spent.items():
                found[name].append(its / spent[base])
    return {name: statistics.median(values) for name, values in found.items()}


def _decode(form: Form) -> Callable[[list[bytes]], object]:
    codec, errors = DECODERS.get(form.codec, form.codec), "replace" if form.codec in DECODERS else "strict"

    def work(pages: list[bytes]) -> None:
        for page in pages:
            page.decode(codec, errors)

    return work


def _detect(detect: Detector) -> Callable[[list[bytes]], object]:
    if detect is ours:  # without the wrapper that the judge needs

        def alone(pages: list[bytes]) -> None:
            for page in pages:
                detect_encoding(page)

        return alone

    def work(pages: list[bytes]) -> None:
        for page in pages:
            detect(page)

    return work


def bench_detection(source: Source, rounds: int, tools: dict[str, Detector]) -> None:
    """Print the cost of detection of clean pages, one row a form and length."""
    print(f"\ndetection of clean pages of {source.name}: cost as a multiple of one decode, median of {rounds} rounds")
    print(f"{'form':22} {'characters':>10} " + " ".join(f"{tool:>18}" for tool in tools) + "   goal")
    for form in sorted(FORMS, key=lambda form: form.name not in GOALS):
        for length in LENGTHS:
            candidates = {"decode": _decode(form)} | {tool: _detect(detect) for tool, detect in tools.items()}
            costs = ratios(candidates, "decode", pages_of(source, form, length), rounds)
            said = " ".join(f"{costs[tool]:18.2f}" for tool in tools)
            print(f"{form.name:22} {length:10} {said}   {_said(costs[OURS], GOALS.get(form.name))}", flush=True)


def _said(cost: float, goal: float | None) -> str:
    return "" if goal is None else f"<= {goal:g} {'met' if cost <= goal else 'MISSED'}"


def _decode_nfc(pages: list[bytes]) -> None:
    for page in pages:
        unicodedata.normalize("NFC", page.decode("utf-8"))


def bench_normalise(source: Source, rounds: int) -> None:
    """Print the cost of `normalise_page`, alone and with reading, on clean UTF-8 pages."""
    options = Options()
    print(f"\nnormalise of clean UTF-8 pages of {source.name}: cost as a multiple of decode + NFC, {rounds} rounds")
    print(
        f"{'characters':>10} {'normalise_page':>15} {'with read_page':>15} {'read_page':>10}   goal of normalise_page"
    )
    for length in LENGTHS:
        rng = random.Random(f"bench/normalise/{length}")
        texts = ["".join(page_text(source, "s", rng, plain=True) for _ in range(7))[:length] for _ in range(PAGES)]
        pages = ["".join(filter(_is_utf8, text)).encode() for text in texts]

        def read(copies: list[bytes]) -> list[Page]:
            return [read_page(page, "page", "page.txt") for page in copies]

        def both(copies: list[bytes]) -> None:
            for page in read(copies):
                normalise_page(page, options)

        costs = ratios({"base": _decode_nfc, "read": read, "both": both}, "base", pages, rounds)
        alone = costs["both"] - costs["read"]
        said = f"{alone:15.2f} {costs['both']:15.2f} {costs['read']:10.2f}"
        print(f"{length:10} {said}   {_said(alone, NORMALISE_GOAL)}", flush=True)


def _is_utf8(character: str) -> bool:
    return is_writable(character, "utf-8")


def run(options: list[str]) -> None:
    """Print the quality of this build on the built-in source, then what it costs."""
    parser = argparse.ArgumentParser(
        prog="bench encoding", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--data", type=Path, help="folder of news text (default: CORPUS_TOOLS_DATA)")
    given = parser.parse_args(options)
    found = sources(data_folder(given.data))
    alone: dict[str, Detector] = {OURS: ours}
    print_totals(found[0], measure(found[0], alone, SMALL), alone)
    bench_detection(found[-1], given.rounds, detectors(peers=not given.no_peers))
    bench_normalise(found[-1], given.rounds)
