"""What `normalise` does to clean pages of real news: `scripts/eval normalise [--samples N] [--pages N] [--data DIR]`.

500 pages of each source, put together from its lines as they are. Prints each rule's edits and notes; with `--samples`, N
of each rule's with their context, for the eye. Counted as harm is an edit that changes a character which is not white
space, unless its rule is one of `ALLOWED`; and a page that undoing its history does not give back to the letter.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from encoding_pages import SEED
from encoding_sources import Source, data_folder, page_text, sources

from corpus_tools.edits import apply_edits, invert, undo
from corpus_tools.model import Edit, Page, Revision
from corpus_tools.options import Options
from corpus_tools.read.decoding import encode
from corpus_tools.read.pages import read_page
from corpus_tools.stages.normalise import RULES, normalise_page

PAGES = 500
CONTEXT = 15
"""Characters shown on either side of a sample."""

ALLOWED = frozenset(("compose_characters", "unify_dots"))
"""Rules whose edits may change other characters than white space on a clean page: they change how something is coded (...... to
……), not what it says. Any other rule that does so here is wrong, or the page was not clean."""


@dataclass
class Found:
    """What one source's pages gave."""

    n_pages: int = 0
    n_characters: int = 0
    edits: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    changing: Counter[str] = field(default_factory=Counter)
    shown: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    not_reverted: list[str] = field(default_factory=list)

    @property
    def n_harmful(self) -> int:
        """Edits that change what is not white space, by rules that are not allowed to."""
        return sum(count for rule, count in self.changing.items() if rule not in ALLOWED)


def changes_more_than_space(edit: Edit) -> bool:
    """Whether characters that are not white space differ before and after.

    >>> from corpus_tools.model import Span
    >>> changes_more_than_space(Edit(Span(0, 1), " ", "")), changes_more_than_space(Edit(Span(0, 1), "，", ","))
    (False, True)
    """
    return "".join(edit.before.split()) != "".join(edit.after.split())


def measure(source: Source, script: str, n_pages: int, options: Options, seed: int = SEED) -> Found:
    """Edits and notes of every rule on that many pages of the source, in that script."""
    found = Found()
    for number in range(n_pages):
        rng = random.Random(f"{seed}/{source.name}/normalise/{number}")
        data = page_text(source, script, rng, plain=True).encode()
        page = read_page(data, f"{source.name}/{number}", f"{number}.txt")
        done = normalise_page(page, options)
        found.n_pages += 1
        found.n_characters += len(page.text)
        _count(found, page, done)
        decoded = undo(done.text, done.history)
        if decoded != page.text or encode(decoded, done.source) != data:
            found.not_reverted.append(page.id)
    return found


def _count(found: Found, page: Page, done: Page) -> None:
    text = page.text
    for revision in done.history:
        found.edits[revision.rule] += len(revision.edits)
        found.changing[revision.rule] += sum(map(changes_more_than_space, revision.edits))
        text = _show_edits(found, text, revision)
    for note in done.notes:
        found.notes[note.rule] += 1
        start, end = note.spans[0].start, note.spans[-1].end
        found.shown[note.rule].append(_shown(page.text, start, end, note.flag))


def _show_edits(found: Found, text: str, revision: Revision) -> str:
    """Add the revision's samples; the text after it."""
    after = apply_edits(text, revision.edits)
    for edit, inverse in zip(revision.edits, invert(revision.edits), strict=True):
        change = f"{edit.before!r} to {edit.after!r}"
        found.shown[revision.rule].append(_shown(text, edit.span.start, edit.span.end, change))
        assert after[inverse.span.start : inverse.span.end] == edit.after
    return after


def _shown(text: str, start: int, end: int, what: str) -> str:
    """`…context⟦the place⟧context…  what`, with line ends made visible."""
    left, right = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return f"…{left}⟦{text[start:end]}⟧{right}…  {what}".replace("\n", "⏎").replace("\r", "␍").replace("\u3000", "␣␣")


def report(source: Source, found: Found, n_samples: int) -> None:
    """Print one source's counts, and samples spread evenly over its pages."""
    per = f"{found.n_pages} pages, {found.n_characters:,} characters"
    print(f"\n{source.name} ({source.role}): {per}")
    print(f"{'rule':34} {'edits':>7} {'not only white space':>21} {'notes':>6}")
    for rule in (rule.__name__ for rule in RULES):
        allowed = " (allowed)" if rule in ALLOWED and found.changing[rule] else ""
        print(f"{rule:34} {found.edits[rule]:7} {found.changing[rule]:21} {found.notes[rule]:6}{allowed}")
    print(f"harmful edits: {found.n_harmful} (goal: 0); pages that do not come back: {len(found.not_reverted)}")
    for page_id in found.not_reverted[:5]:
        print(f"  {page_id}")
    for rule, shown in found.shown.items() if n_samples else ():
        print(f"\n{rule}, {min(n_samples, len(shown))} of {len(shown)}:")
        for sample in shown[:: max(1, len(shown) // n_samples)][:n_samples]:
            print(f"  {sample}")


def run(options: list[str]) -> dict[str, float]:
    """Measure and print; `-harmful` and `-lost pages` of every source, both 0 at best."""
    parser = argparse.ArgumentParser(
        prog="eval normalise", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--samples", type=int, default=0, help="samples of each rule to show")
    parser.add_argument("--pages", type=int, default=PAGES, help=f"pages of each source (default: {PAGES})")
    parser.add_argument(
        "--script", choices=("s", "t", "tw", "hk"), default="s", help="script of the pages (default: s)"
    )
    parser.add_argument("--data", type=Path, help="folder of news text (default: CORPUS_TOOLS_DATA)")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args(options)
    found_sources = sources(data_folder(given.data))
    figures: dict[str, float] = {}
    for source in found_sources:
        is_small = source.name == "builtin"
        n_pages = min(given.pages, 20) if is_small else given.pages
        found = measure(source, given.script, n_pages, Options(), given.seed)
        report(source, found, given.samples)
        figures[f"{source.name}_harmless"] = -found.n_harmful
        figures[f"{source.name}_reverted"] = -len(found.not_reverted)
    if len(found_sources) == 1:
        print("\nOnly the built-in source: CORPUS_TOOLS_DATA names no folder with the news text of the others.")
    return figures
