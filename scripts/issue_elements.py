"""Elements that know what each stretch of theirs is: a block of another role in the same line, a lead's tag, a name.

Characters are misread stretch by stretch, so that what is said of a stretch is said of what is printed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from encoding_sources import in_script
from repair_articles import Element
from repair_templates import Mark, marked
from repair_typesetting import misread


@dataclass(slots=True)
class Run:
    """A stretch of an element. `role` is the role of its block where that is not the element's."""

    text: str
    mark: Mark = ""
    role: str = ""


@dataclass(slots=True)
class Composed(Element):
    """An element made of runs; `text` is theirs put together."""

    runs: list[Run] = field(default_factory=list)

    def set_again(self) -> None:
        """Make `text` what the runs say."""
        self.text = "".join(run.text for run in self.runs)


def composed(role: str, *runs: Run | str) -> Composed:
    """An element of those runs; a plain text is a run without marks."""
    element = Composed(role, "", [Run(run) if isinstance(run, str) else run for run in runs])
    element.set_again()
    return element


def runs_of(template: str, rng: random.Random, role: str = "") -> list[Run]:
    """The runs of a template with marks; an author without a name is one run, whatever slots the words had."""
    runs: list[Run] = []
    for mark, text in marked(template, rng):
        if runs and mark == runs[-1].mark and mark in ("author", "role"):
            runs[-1].text += text
        else:
            runs.append(Run(text, mark, role))
    return runs


def damage_runs(elements: Sequence[Composed], noise: float, rng: random.Random, *, traditional: bool) -> None:
    """Make what is printed of the elements: in traditional script where asked, with that share of characters misread.

    The page that a jump line names stays: a misread number is another number, and nobody could tell.
    """
    for element in elements:
        for run in element.runs:
            text = in_script(run.text, "s", "tw") if traditional else run.text
            run.text = text if run.mark == "page" else misread(text, noise, rng)
        element.set_again()
