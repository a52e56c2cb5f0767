"""What a rule is, and how a stage runs its table of them over a page.

A rule looks and never touches: `(view, options) -> findings`. Its name is its function's name; that finds the function,
its line in the stage's RULES, its case file in tests/cases, and its entries in the ledger.

Most pages hold nothing that most rules look for. A text rule may therefore declare what wakes it, right above itself and
from the constant that its own pattern is made of, so that the two cannot part:

    _ODD = r"\\u00a0\\u2000-\\u200a"
    _ODD_SPACE = re.compile(f"[{_ODD}]")

    @woken_by(characters=_ODD)
    def unify_spaces(text: str, options: Options) -> Iterator[Edit]: …

A rule with a trigger promises to find nothing in a text that holds none of it; tests/properties/test_normalise_rules.py
tries to break that promise for every rule. A rule without one runs on every page. What comes out is the same either way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

from corpus_tools.blocks import decide
from corpus_tools.edits import Offsets, revise
from corpus_tools.errors import StageError
from corpus_tools.model import Decision, Edit, Note, Page
from corpus_tools.options import Options

TextRule = Callable[[str, Options], Iterable[Edit | Note]]
"""Sees the page's text as it stands; spans of what it finds count in that text."""

BlockRule = Callable[[Page, Options], Iterable[Decision | Note]]
"""Sees the page with its blocks; spans of its notes count in the decoded page, like those of the blocks."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """What wakes a rule: any character of `characters`, which is the inside of a `[...]` of a pattern, or any of `texts`,
    which are looked for as they are, in the page with a line end behind it (` \\n` is a space at a line's or the page's end)."""

    characters: str = ""
    texts: tuple[str, ...] = ()


_Declared = TypeVar("_Declared", bound=TextRule)


def woken_by(characters: str = "", texts: Sequence[str] = ()) -> Callable[[_Declared], _Declared]:
    """Declares a rule's trigger: the rule, unchanged, is not run over texts that hold none of it.

    A common character (a hanzi, ， or a digit) wakes the rule, and slows the look for all others, on every page: name a
    text of several characters instead, or declare nothing.
    """

    def declare(rule: _Declared) -> _Declared:
        rule.trigger = Trigger(characters, tuple(texts))  # type: ignore[attr-defined]
        return rule

    return declare


def trigger_of(rule: TextRule) -> Trigger | None:
    """What the rule declares to be woken by; None for a rule that always runs."""
    found: Trigger | None = getattr(rule, "trigger", None)
    return found


class _Watch:
    """The triggers of a table of rules as one pattern: one look at a page tells which rules may find something.

    What is remembered of a page is `strange`: the characters on it that may be in a trigger, once each. Edits only add to
    it; a character that is gone may wake a rule for nothing, never keep one asleep.
    """

    def __init__(self, rules: tuple[TextRule, ...]) -> None:
        triggers = {rule: trigger_of(rule) for rule in rules}
        self._texts = {rule: trigger.texts for rule, trigger in triggers.items() if trigger}
        classes = {rule: trigger.characters for rule, trigger in triggers.items() if trigger and trigger.characters}
        self._characters = {rule: f"[{inside}]" for rule, inside in classes.items()}
        plain = _all_but("".join(classes.values()))
        self._plain = re.compile(f"[{plain}]*")
        self._strange = f"[^{plain}]"  # like those of the rules, compiled (and kept by `re`) when a page needs it

    def strange(self, text: str) -> str:
        """The characters of `text` that are in any trigger, once each, and perhaps some from beyond U+FFFF."""
        # Two patterns for speed: the first, of what most pages consist of, takes 5 us for 3,000 characters, the second 11.
        start = self._plain.match(text).end()  # type: ignore[union-attr]
        return "".join(set(re.findall(self._strange, text[start:]))) if start < len(text) else ""

    def wakes(self, rule: TextRule, text: str, strange: str) -> bool:
        """Whether the rule may find something in `text`, of which `strange` is known."""
        if rule not in self._texts:
            return True
        if strange and rule in self._characters and re.search(self._characters[rule], strange):
            return True
        if not self._texts[rule]:
            return False
        lines = text + "\n"
        # Most texts begin with a character that is not on the page, which is seen ten times faster.
        return any(piece[0] in lines and piece in lines for piece in self._texts[rule])


def _all_but(inside: str) -> str:
    """The inside of a class of the characters up to U+FFFF that are not in `[inside]`."""
    basic_plane = "".join(map(chr, range(0x10000)))
    runs = re.split(f"[{inside}]+", basic_plane) if inside else [basic_plane]
    return "".join(f"\\u{ord(run[0]):04x}-\\u{ord(run[-1]):04x}" for run in runs if run)


_watch = cache(_Watch)


def run_text_rules(page: Page, stage: str, rules: Sequence[TextRule], options: Options) -> Page:
    """The page after every text rule that is not disabled, in order."""
    watch = _watch(tuple(rules))
    strange = watch.strange(page.text)
    for rule in rules:
        if rule.__name__ in options.disable or not watch.wakes(rule, page.text, strange):
            continue
        findings = list(rule(page.text, options))
        if not findings:
            continue
        edits = [finding for finding in findings if isinstance(finding, Edit)]
        page = _noted(page, rule.__name__, [finding for finding in findings if isinstance(finding, Note)])
        page = revise(page, stage, rule.__name__, edits)
        strange += watch.strange("".join(edit.after for edit in edits))
    return page


def _noted(page: Page, rule: str, notes: Sequence[Note]) -> Page:
    """The page with a rule's notes, whose spans count in its text as it stands; a note that it has already is not new."""
    if not notes:
        return page
    offsets = Offsets(page.history)
    found = (replace(note, rule=rule, spans=tuple(map(offsets.to_source, note.spans))) for note in notes)
    known = frozenset(page.notes)
    return replace(page, notes=(*page.notes, *(note for note in found if note not in known)))


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
