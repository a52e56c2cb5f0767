"""How often the encoding is right, withheld or wrong: `scripts/eval encoding [OPTIONS]`, `--help` lists them.

Forms x conditions of encoding_pages.py and the files of encoding_others.py, for each source by itself, beside chardet,
charset-normalizer and faust-cchardet in the same run. These see the first files of each cell only, to save time; their n
is printed. What counts as right and as wrong is said in encoding_verdicts.py.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from encoding_others import MIXES, PLACES, foreign, mixed
from encoding_pages import BAD, CONDITIONS, DAMAGED, FORMS, LOST, MARKUP, SEED, SLICED, Sample, sample
from encoding_sources import Source, data_folder, sources
from encoding_verdicts import OURS, Detector, detectors, foreign_verdict, mixed_verdict, read_text, verdict


class Size(NamedTuple):
    """How many files of each cell: whole pages, slices; the same for the peers; mixed files of each kind."""

    pages: int
    slices: int
    peer_pages: int
    peer_slices: int
    mixes: int


SMALL, DEFAULT, FULL = Size(2, 10, 0, 0, 4), Size(8, 40, 2, 12, 10), Size(40, 300, 4, 20, 50)

# --- counting ---


@dataclass
class Count:
    """Verdicts of one tool."""

    right: int = 0
    abstained: int = 0
    wrong: int = 0

    @property
    def n(self) -> int:
        return self.right + self.abstained + self.wrong

    def add(self, other: Count) -> None:
        """Count the other's verdicts too."""
        self.right += other.right
        self.abstained += other.abstained
        self.wrong += other.wrong

    def share(self, n: int) -> float:
        """`n` of all, 0-1; 1 where there is nothing."""
        return n / self.n if self.n else 1.0


Cell = tuple[str, str]  # form, condition
Counts = dict[Cell, dict[str, Count]]


def measure(source: Source, tools: dict[str, Detector], size: Size, seed: int = SEED) -> Counts:
    """Verdicts of every tool on the files of a source, by form and condition; see `SPENT` and `NOT_RIGHT`."""
    counts: Counts = defaultdict(lambda: {tool: Count() for tool in tools})
    for made in _files(source, size, seed):
        is_slice = made.condition in SLICED
        for tool, detect in tools.items():
            if tool != OURS and made.number >= (size.peer_slices if is_slice else size.peer_pages):
                continue
            begin = time.process_time()
            answer = detect(made.data)
            SPENT[tool] += time.process_time() - begin
            count = counts[made.form.name, made.condition][tool]
            said = verdict(answer, made, tool)
            if tool == OURS and said != "right":
                what = f"{made.source}/{made.form.name}/{made.condition}/{made.number}"
                NOT_RIGHT.append(f"{what}: {said}, {', '.join(answer.segments) or answer.name}")
            setattr(count, said, getattr(count, said) + 1)
    return counts


SPENT: dict[str, float] = defaultdict(float)
"""Seconds of CPU by tool, of the run so far."""

NOT_RIGHT: list[str] = []
"""Where this build was not right, of the run so far: source, form, condition and number, which make the file again."""


def _files(source: Source, size: Size, seed: int) -> Iterator[Sample]:
    for form in FORMS:
        for condition in CONDITIONS:
            for number in range(size.slices if condition in SLICED else size.pages):
                made = sample(source, form, condition, number, seed)
                if made is not None:
                    yield made


GROUPS: dict[str, tuple[str, ...]] = {
    "page": ("page",),
    **{name: (name,) for name in SLICED},
    "bad bytes": BAD,
    "lost bytes": LOST,
    "cut": ("cut",),
    "markup": MARKUP,
    "damaged": (*DAMAGED, *MARKUP),
    "all": CONDITIONS,
}
"""Totals: name -> conditions. `damaged` is the four before it together."""

GOALS = {"page": 1.0, "damaged": 0.99, "100 bytes": 0.995, "20 bytes": 0.97}
MOST_WRONG = 0.001
"""Of all answers: named, and not right."""


def totals(counts: Counts, tool: str) -> dict[str, Count]:
    """One tool's counts over all forms, by group of conditions."""
    summed = {group: Count() for group in GROUPS}
    for (_, condition), cell in counts.items():
        for group, conditions in GROUPS.items():
            if condition in conditions:
                summed[group].add(cell[tool])
    return summed


# --- the report ---


def _columns(cell: dict[str, Count], digits: int = 0) -> str:
    parts = []
    for count in cell.values():
        shares = (count.share(each) for each in (count.right, count.abstained, count.wrong))
        said = " ".join(f"{100 * share:5.{digits}f}" for share in shares) if count.n else "    -     -     -"
        parts.append(f"{count.n:5} {said}")
    return " | ".join(parts)


def _head(tools: dict[str, Detector], first: str) -> str:
    names = " | ".join(f"{tool:^23}" for tool in tools)
    units = " | ".join("    n right  abst wrong " for _ in tools)
    return f"{'':42} {names}\n{first:42} {units}"


def print_rows(source: Source, counts: Counts, tools: dict[str, Detector], *, brief: bool) -> None:
    """One row a form and condition; with `brief` only those where this build was not always right."""
    print(f"\n{source.name} ({source.role}): right, abstained, wrong in per cent")
    print(_head(tools, "form, condition"))
    for (form, condition), cell in counts.items():
        if not brief or cell[OURS].right < cell[OURS].n:
            print(f"{form:20} {condition:21} {_columns(cell)}")


def print_totals(source: Source, counts: Counts, tools: dict[str, Detector]) -> None:
    """Totals by group, beside the goals, and the pages that the project reads to the letter."""
    by_tool = {tool: totals(counts, tool) for tool in tools}
    print(f"\n{source.name} ({source.role}): totals")
    print(_head(tools, "condition, goal"))
    for group in GROUPS:
        cell = {tool: summed[group] for tool, summed in by_tool.items()}
        print(f"{group:20} {_goal(group, cell[OURS]):21} {_columns(cell, 1)}")


def _goal(group: str, count: Count) -> str:
    if group == "all":
        is_met = count.share(count.wrong) <= MOST_WRONG
        return f"wrong <= {100 * MOST_WRONG:g} % {'met' if is_met else 'MISSED'}"
    if group not in GOALS:
        return ""
    is_met = count.share(count.right) >= GOALS[group]
    return f">= {100 * GOALS[group]:g} % {'met' if is_met else 'MISSED'}"


def measure_reading(source: Source, size: Size, seed: int = SEED) -> tuple[int, int]:
    """`(read to the letter, all)` of the clean whole pages: what `read_page` gives, its bytes checked too."""
    made = [sample(source, form, "page", number, seed) for form in FORMS for number in range(size.pages)]
    read = [read_text(each.data) == each.text for each in made if each is not None]
    return sum(read), len(read)


def measure_mixed(source: Source, size: Size, seed: int = SEED) -> dict[tuple[str, str], dict[str, int]]:
    """Verdicts of `read_page` on files of several encodings, by kind and place of the border."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for kind in MIXES:
        for place in PLACES:
            said = [mixed_verdict(mixed(source, kind, place, number, seed)) for number in range(size.mixes)]
            where = f"{source.name}/{kind}/{place}"
            NOT_RIGHT.extend(f"{where}/{number}: {each}" for number, each in enumerate(said) if each != "exact")
            found[kind, place] = {each: said.count(each) for each in ("exact", "rejected there", "rejected", "wrong")}
    return found


def print_mixed(source: Source, found: dict[tuple[str, str], dict[str, int]]) -> None:
    """One row a kind."""
    print(f"\n{source.name}: files of several encodings, as read_page reads them (counts)")
    print(f"{'kind, place of the border':42} exact  rejected, border named  rejected, not named  wrong")
    for (kind, place), said in found.items():
        exact, there, elsewhere, wrong = said.values()
        print(f"{kind:26} {place:15} {exact:5} {there:22} {elsewhere:20} {wrong:6}")


def measure_foreign(builtin: Source, tools: dict[str, Detector], n_peers: int, seed: int = SEED) -> ForeignCounts:
    """Verdicts on other languages and on no text, by language and codec; peers see the first `n_peers` texts of each."""
    found: ForeignCounts = defaultdict(lambda: {tool: defaultdict(int) for tool in tools})
    for made in foreign(builtin, seed):
        for tool, detect in tools.items():
            if tool == OURS or made.number < n_peers:
                begin = time.process_time()
                answer = detect(made.data)
                SPENT[tool] += time.process_time() - begin
                said = foreign_verdict(answer, made)
                found[made.language, made.codec][tool][said] += 1
                if tool == OURS and said in ("wrong", "chinese"):
                    where = f"{made.language}/{made.codec}/{made.n_bytes or 'whole'}/{made.number}"
                    NOT_RIGHT.append(f"{where}: {said}, {answer.name}")
    return found


ForeignCounts = dict[tuple[str, str], dict[str, dict[str, int]]]


def print_foreign(found: ForeignCounts, tools: dict[str, Detector]) -> None:
    """One row a language and codec: named rightly, abstained, wrong but not Chinese, called Chinese."""
    print("\nfiles that are not Chinese or no text, whole, 100 and 50 bytes (counts)")
    print(f"{'':25} " + " | ".join(f"{tool:^27}" for tool in tools))
    print(f"{'language, encoding':25} " + " | ".join("right  abst other as Chinese" for _ in tools))
    for (language, codec), cell in found.items():
        columns = (
            f"{said['right']:5} {said['abstained']:5} {said['wrong']:5} {said['chinese']:10}" for said in cell.values()
        )
        print(f"{language:12} {codec:12} " + " | ".join(columns))


# --- figures ---


def figures_of(source: Source, counts: Counts) -> dict[str, float]:
    """The figures with floors, 0-1, higher is better."""
    summed = totals(counts, OURS)
    figures = {
        f"{source.name}_{group.replace(' ', '_')}": count.share(count.right)
        for group, count in summed.items()
        if group != "all"
    }
    return figures | {f"{source.name}_not_wrong": 1 - summed["all"].share(summed["all"].wrong)}


def measure_source(
    source: Source, tools: dict[str, Detector], size: Size, given: argparse.Namespace
) -> dict[str, float]:
    """Measure and print all about a source; its figures."""
    counts = measure(source, tools, size, given.seed)
    print_rows(source, counts, tools, brief=given.brief)
    print_totals(source, counts, tools)
    exact, n = measure_reading(source, size, given.seed)
    print(f"clean pages that read_page gives to the letter: {exact} of {n}")
    mixes = measure_mixed(source, size, given.seed)
    print_mixed(source, mixes)
    n_wrong = sum(said["wrong"] for said in mixes.values())
    others = {"read": exact / n, "mixed_not_wrong": 1 - n_wrong / (size.mixes * len(mixes))}
    return figures_of(source, counts) | {f"{source.name}_{name}": value for name, value in others.items()}


def run(options: list[str]) -> dict[str, float]:
    """Measure and print all of it; the figures of the built-in and the unseen source."""
    given = _parser().parse_args(options)
    size = FULL if given.full else DEFAULT
    tools = detectors(peers=not given.no_peers)
    found = sources(data_folder(given.data))
    figures: dict[str, float] = {}
    for source in found:
        measured = measure_source(source, tools, size, given)
        figures |= measured if source.name != "broadcast" else {}
    languages = measure_foreign(found[0], tools, size.peer_slices, given.seed)
    print_foreign(languages, tools)
    n_files = sum(sum(cell[OURS].values()) for cell in languages.values())
    n_wrong = sum(cell[OURS]["wrong"] + cell[OURS]["chinese"] for cell in languages.values())
    figures["foreign_not_wrong"] = 1 - n_wrong / n_files
    if len(found) == 1:
        print("\nOnly the built-in source: CORPUS_TOOLS_DATA names no folder with the news text of the others.")
    if given.failures:
        print(f"\n{OURS} was not right here:", *NOT_RIGHT, sep="\n  ")
    print("\nCPU seconds: " + ", ".join(f"{tool} {seconds:.0f}" for tool, seconds in SPENT.items()))
    return figures


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="eval encoding", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--full", action="store_true", help="some six times the files")
    parser.add_argument("--brief", action="store_true", help="only the rows where something was not right")
    parser.add_argument("--failures", action="store_true", help="list every file whose encoding was not found")
    parser.add_argument("--no-peers", action="store_true", help="only this build")
    parser.add_argument("--data", type=Path, help="folder of news text (default: CORPUS_TOOLS_DATA)")
    parser.add_argument("--seed", type=int, default=SEED)
    return parser
