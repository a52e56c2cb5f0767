"""What `dedupe` removes that OCR said twice, and what of the newspaper's own: `scripts/eval dedupe [--samples N] [--data DIR]`.

Natural pages are made (repeat_pages.py) of the last fifth of each source, a fifth of them in traditional script; `--part train`
takes the first four fifths, on which the thresholds were chosen. Wrong is every removal on a natural page; `--samples N` shows
N of them in full with both copies. Then one repeat of each kind is put into pages of the same kind: found is one whose page
reads as it should without it, to the letter but for a clause that it broke into.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from encoding_sources import ROOT, data_folder
from news_items import Item, SourceName, items_of, sources_in
from rapidfuzz.distance import Indel
from repair_pages import SEED
from repeat_pages import Kind, kinds, natural_page, repeat
from repeat_shared import Repeated

from corpus_tools.model import Note, Page, Revision
from corpus_tools.options import Options
from corpus_tools.read.pages import page_from_text, read_page
from corpus_tools.stages.dedupe import dedupe_page
from corpus_tools.stages.normalise import normalise_page
from corpus_tools.stages.repair import repair_page

PAGES = 500
"""Natural pages of each source; wrong removals are so few that fewer pages would say nothing."""

REPEATS = 200
"""Pages of each kind of repeat."""

BRIEF_PAGES, BRIEF_REPEATS = 120, 24

TRADITIONAL = 0.2
TRIES = 30
"""Pages that are tried for one that has a place for the repeat."""

LEFT_OVER, LEFT_SHARE = 12, 0.2
"""What may be left of a copy that is found: 12 characters, or a fifth of it: a copy that begins in mid-clause is cut behind it."""

LOST = 2
"""Characters that may be lost with a copy: a mark that stood at its border."""

GROUPS: dict[str, tuple[Kind, ...]] = {
    "loops": ("loop in a line", "loop of lines", "loop with a counter"),
    "on_the_spot": ("run on the spot",),
    "echoes": ("echo that breaks off", "echo of whole sentences", "echo as a block", "echo over two paragraphs"),
    "echoes_misread": ("echo misread",),
    "echoes_inside": ("echo inside a paragraph",),
    "paragraphs": ("paragraph", "paragraph misread"),
    "paragraphs_cut": ("paragraph cut",),
    "stutters_words": ("stutter of words",),
    "stutters_function": ("stutter of function words",),
    "stutters_other": ("stutter of other characters",),
}
GOALS = {
    "loops": 1.0,
    "on_the_spot": 0.995,
    "echoes": 0.94,
    "paragraphs": 0.98,
    "stutters_words": 0.97,
    "stutters_function": 0.95,
    "stutters_other": 0.75,
}

FAMILIES = {
    "collapse_loops": "loops",
    "collapse_line_loops": "loops",
    "collapse_counted_loops": "loops",
    "remove_doubled_runs": "on_the_spot",
    "remove_echoes": "echoes",
    "remove_repeated_paragraphs": "paragraphs",
}


@dataclass(slots=True)
class Found:
    """What one source gave."""

    n_pages: int = 0
    n_characters: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    n_beside: int = 0
    kinds: dict[Kind, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    samples: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def repaired(text: str, name: str) -> Page:
    """The page of that text as `dedupe` gets it."""
    return repair_page(normalise_page(page_from_text(text, name, f"{name}.txt"), Options()), Options())


def made_by_dedupe(before: Page, after: Page) -> tuple[tuple[Revision, ...], tuple[Note, ...]]:
    """What the stage added to a page's history and notes."""
    return after.history[len(before.history) :], after.notes[len(before.notes) :]


# --- Natural pages ---


def measure_natural(found: Found, items: Sequence[Item], name: str, given: argparse.Namespace) -> None:
    """Count what is removed and flagged on pages that repeat nothing by mistake."""
    for number in range(given.pages):
        made = natural_page(
            items, random.Random(f"{given.seed}/{name}/natural/{number}"), traditional=given.traditional
        )
        before = repaired(made.text, f"{name}/{number}")
        after = dedupe_page(before, Options())
        found.n_pages += 1
        found.n_characters += sum(len(block.text) for block in before.blocks)
        revisions, notes = made_by_dedupe(before, after)
        for revision in revisions:
            for edit in revision.edits:
                found.wrong[FAMILIES.get(revision.rule, revision.rule)] += 1
                found.samples["wrong removals"].append(_removal(before, revision.rule, edit.before, edit.reason))
        for note in notes:
            found.flags[note.flag] += 1
            found.samples[f"flagged {note.flag}"].append(f"{before.id}: {_around(before, note)}  {note.reason}")


def _removal(page: Page, rule: str, removed: str, reason: str) -> str:
    """One removal in full: both copies, each with what stands before and behind it."""
    lines = [f"{page.id} {rule}: {reason}"]
    at = page.text.find(removed)
    while at >= 0 and len(lines) < 4:
        lines.append(
            f"    …{page.text[max(0, at - 60) : at]}⟦{removed}⟧{page.text[at + len(removed) :][:60]}…".replace(
                "\n", "⏎"
            )
        )
        at = page.text.find(removed, at + 1)
    return "\n".join(lines)


def _around(page: Page, note: Note) -> str:
    span = note.spans[0]
    return f"…{page.text[max(0, span.start - 12) : span.start]}⟦{page.text[span.start : span.end]}⟧{page.text[span.end :][:12]}…".replace(
        "\n", "⏎"
    )


# --- Repeats ---


def repeats(items: Sequence[Item], kind: Kind, name: str, given: argparse.Namespace) -> Iterator[Repeated]:
    """Pages with a repeat of one kind."""
    for number in range(given.repeats):
        for attempt in range(TRIES):
            rng = random.Random(f"{given.seed}/{name}/{kind}/{number}/{attempt}")
            made = repeat(natural_page(items, rng, traditional=given.traditional), kind, rng)
            if made is not None:
                yield made
                break


def measure_kind(found: Found, items: Sequence[Item], kind: Kind, name: str, given: argparse.Namespace) -> None:
    """Count the repeats of one kind that are found."""
    counts = found.kinds[kind]
    for number, made in enumerate(repeats(items, kind, name, given)):
        before = repaired(made.text, f"{name}/{kind}/{number}")
        after = dedupe_page(before, Options())
        counts["made"] += 1
        verdict = _flagged(made, before, after) if kind.startswith("stutter") else judge(made, before, after)
        if verdict == "spoilt" and _is_natural_loss(made, after, f"{name}/{kind}/{number}"):
            verdict = "found"
            found.n_beside += 1
        counts[verdict] += 1
        if verdict != "found":
            copy = made.text[made.start : made.end]
            shown = copy if len(copy) <= 400 else f"{copy[:200]} […] {copy[-60:]}"
            before_it, behind = made.text[max(0, made.start - 40) : made.start], made.text[made.end :][:30]
            done = "; ".join(edit.reason for each in made_by_dedupe(before, after)[0] for edit in each.edits)
            found.samples[f"{kind}: {verdict}"].append(f"…{before_it}⟦{shown}⟧{behind}…  {done}".replace("\n", "⏎"))


def _flagged(made: Repeated, before: Page, after: Page) -> str:
    """Whether a stutter is flagged: on a page whose text `normalise` left as long as it was, at its place."""
    notes = [note for note in made_by_dedupe(before, after)[1] if note.flag == "stutter"]
    near = any(abs(span.start - made.start) < 12 for note in notes for span in note.spans)
    return "found" if near else "missed"


def _is_natural_loss(made: Repeated, after: Page, name: str) -> bool:
    """Whether the page reads as it does after `dedupe` where the repeat never was put in: what else is gone is the newspaper's own
    repeat, which counts among the wrong removals per natural page."""
    for right in made.right:
        wanted = _bare(dedupe_page(repaired(right, name), Options()).text)
        if Indel.distance(wanted, _bare(after.text)) <= LEFT_OVER:
            return True
    return False


def judge(made: Repeated, before: Page, after: Page) -> str:
    """`found`, `missed`, or `spoilt` where more than a copy is gone."""
    copy_length = made.end - made.start
    verdict = "missed"
    is_changed = bool(made_by_dedupe(before, after)[0])
    done = _bare(after.text)
    for right in made.right:
        wanted = _bare(normalise_page(page_from_text(right, "right", "right.txt"), Options()).text)
        distance = Indel.distance(wanted, done, score_cutoff=len(wanted))
        lost = (distance - (len(done) - len(wanted))) / 2
        extra = distance - lost
        if lost <= LOST and extra <= max(LEFT_OVER, LEFT_SHARE * copy_length) and extra < copy_length:
            return "found"
        if is_changed and lost > LOST:
            verdict = "spoilt"
    return verdict


def _bare(text: str) -> str:
    return "".join(text.split())


# --- The report ---


def report(source: str, found: Found, n_samples: int) -> dict[str, float]:
    """Print and give the figures of one source."""
    figures: dict[str, float] = {}
    print(f"\n{source}: {found.n_pages} natural pages, {found.n_characters:,} characters")
    print(f"{'repeats':30} {'made':>6} {'found':>6} {'spoilt':>7} {'recall':>7} {'goal':>6}")
    for group, its in GROUPS.items():
        counts = Counter[str]()
        for kind in its:
            counts.update(found.kinds[kind])
            if len(its) > 1 and found.kinds[kind]["made"]:
                _print_counts(f"  {kind}", found.kinds[kind], "")
        if counts["made"]:
            _print_counts(group, counts, f"{GOALS[group]:6.3f}" if group in GOALS else "")
            figures[f"{source}_{group}"] = counts["found"] / counts["made"]
    print(
        f"of those found, {found.n_beside} on pages that lose a repeat of their own too, as they do without the one put in"
    )
    for family in dict.fromkeys(FAMILIES.values()):
        per_page = found.wrong[family] / max(1, found.n_pages)
        figures[f"{source}_wrong_{family}"] = -per_page
        print(f"wrong removals, {family:14} {found.wrong[family]:4}, {per_page:.4f} a natural page")
    per_5000 = found.flags["stutter"] * 5000 / max(1, found.n_characters)
    figures[f"{source}_wrong_stutters"] = -per_5000
    print(f"flagged stutter: {found.flags['stutter']}, {per_5000:.3f} in 5,000 clean characters (goal: at most 1)")
    print(
        f"flagged repeat: {found.flags['repeat']}, {found.flags['repeat'] / max(1, found.n_pages):.3f} a natural page"
    )
    for what, shown in found.samples.items() if n_samples else ():
        n_shown = len(shown) if what == "wrong removals" else min(n_samples, len(shown))
        print(f"\n{what}, {n_shown} of {len(shown)}:")
        for sample in shown[:n_shown]:
            print(f"  {sample}")
    return figures


def _print_counts(name: str, counts: Counter[str], goal: str) -> None:
    recall = counts["found"] / counts["made"]
    print(f"{name:30} {counts['made']:6} {counts['found']:6} {counts['spoilt']:7} {recall:7.3f} {goal:>6}")


def seeds() -> dict[str, float]:
    """Print what is removed and flagged on the seed pages; minus the removals that are not the one of page 000."""
    n_wrong = 0
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        page = read_page(path.read_bytes(), path.stem, path.name)
        before = repair_page(normalise_page(page, Options()), Options())
        revisions, notes = made_by_dedupe(before, dedupe_page(before, Options()))
        for revision in revisions:
            for edit in revision.edits:
                print(f"{page.id}: {revision.rule} removes {len(edit.before)} characters: {edit.reason}")
                n_wrong += not (page.id.startswith("000") and len(edit.before) == 72)
        for note in notes:
            print(f"{page.id}: flagged {note.flag}: {_around(before, note)}  {note.reason}")
    return {"seed_wrong": -n_wrong}


def run(options: list[str]) -> dict[str, float]:
    """Measure and print; the figures of every source and of the seeds."""
    parser = argparse.ArgumentParser(
        prog="eval dedupe", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--source", choices=get_args(SourceName), help="one source (default: both)")
    parser.add_argument("--pages", type=int, help=f"natural pages of each source (default: {PAGES})")
    parser.add_argument("--repeats", type=int, help=f"pages of each kind of repeat (default: {REPEATS})")
    parser.add_argument("--kind", choices=tuple(kinds()), help="one kind of repeat (default: all)")
    parser.add_argument(
        "--brief", action="store_true", help=f"{BRIEF_PAGES} natural pages, {BRIEF_REPEATS} of each kind"
    )
    parser.add_argument("--part", choices=("test", "train"), default="test", help="text of the pages (default: test)")
    parser.add_argument("--samples", type=int, default=0, help="samples to show; of wrong removals all")
    parser.add_argument("--traditional", type=float, default=TRADITIONAL, help="share of pages in traditional script")
    parser.add_argument("--data", type=Path, help="folder of news text (default: CORPUS_TOOLS_DATA)")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args(options)
    given.pages = given.pages if given.pages is not None else BRIEF_PAGES if given.brief else PAGES
    given.repeats = given.repeats if given.repeats is not None else BRIEF_REPEATS if given.brief else REPEATS
    figures = seeds()
    folder = data_folder(given.data)
    if folder is None:
        print("\nOnly the seeds: CORPUS_TOOLS_DATA names no folder with news text to make pages of.")
        return figures
    for source in sources_in(folder, given.source):
        items = items_of(folder, source, given.part)
        found = Found()
        measure_natural(found, items, source, given)
        for kind in [given.kind] if given.kind else kinds():
            measure_kind(found, items, kind, source, given)
        figures |= report(source, found, given.samples)
    return figures
