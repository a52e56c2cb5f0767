"""What a rule is, and how a stage runs its table of them over a page.

A rule looks and never touches: `(view, options) -> findings`. Its name is its function's name; that finds the function,
its line in the stage's RULES, its case file in tests/cases, and its entries in the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from corpus_tools.blocks import decide
from corpus_tools.edits import Offsets, revise
from corpus_tools.errors import StageError
from corpus_tools.model import Decision, Edit, Note, Page
from corpus_tools.options import Options

TextRule = Callable[[str, Options], Iterable[Edit | Note]]
"""Sees the page's text as it stands; spans of what it finds count in that text."""

BlockRule = Callable[[Page, Options], Iterable[Decision | Note]]
"""Sees the page with its blocks; spans of its notes count in the decoded page, like those of the blocks."""


def run_text_rules(page: Page, stage: str, rules: Sequence[TextRule], options: Options) -> Page:
    """The page after every text rule that is not disabled, in order."""
    for rule in rules:
        if rule.__name__ in options.disable:
            continue
        edits: list[Edit] = []
        notes: list[Note] = []
        for finding in rule(page.text, options):
            (edits if isinstance(finding, Edit) else notes).append(finding)  # type: ignore[arg-type]
        if notes:
            offsets = Offsets(page.history)
            found = tuple(
                replace(note, rule=rule.__name__, spans=tuple(map(offsets.to_source, note.spans))) for note in notes
            )
            page = replace(page, notes=(*page.notes, *found))
        page = revise(page, stage, rule.__name__, edits)
    return page


def run_block_rules(page: Page, stage: str, rules: Sequence[BlockRule], options: Options) -> Page:
    """The page after every block rule that is not disabled, in order."""
    for rule in rules:
        if rule.__name__ not in options.disable:
            page = decide(page, stage, rule.__name__, rule(page, options))
    return page


def refuse_split(page: Page, stage: str) -> None:
    """Raises: StageError when the page is already split: its articles' text must not change any more."""
    if page.articles:
        raise StageError(
            f"{stage} changes text, and this page is already split into articles",
            where=page.id,
            hint="run the stages in the order normalise, repair, dedupe, split",
        )


def summary_of(rule: TextRule | BlockRule) -> str:
    """The first line of the rule's docstring: what it does, for help and `corpus-tools rules`."""
    return (rule.__doc__ or "").strip().split("\n", 1)[0]
