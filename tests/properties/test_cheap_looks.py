"""Cheap looks before grammars: with and without them every line gets the same answer.

The lines of the grammar cases, of the golden pages and of the seeds, and strings of the characters that the looks are made of.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools import characters
from corpus_tools.characters import open_marks, stray_closing_marks
from corpus_tools.roles import (
    find_jumps,
    furniture,
    headings,
    is_byline,
    is_credit,
    is_furniture,
    jumps,
    may_be_heading,
    notices,
    people,
    pictures,
    signature_start,
    signatures,
)

TESTS = Path(__file__).parent.parent
MARKED = "“”‘’「」（）《》【】)(一版1"
EVERY = re.compile("")


class Everything:
    """Holds whatever is asked for."""

    def __contains__(self, item: object) -> bool:
        return True


ALL: Container[str] = Everything()


@cache
def lines() -> list[str]:
    """Every line, once, as `normalise` gives it."""
    texts = [path.read_text("utf-8", errors="replace") for path in sorted((TESTS / "golden/pages").glob("*.txt"))]
    texts += [path.read_text("utf-8", errors="replace") for path in sorted((TESTS.parent / "seeds").glob("*.txt"))]
    for path in sorted((TESTS / "grammar").glob("*.toml")):
        texts += [str(line["text"]) for line in tomllib.loads(path.read_text("utf-8"))["lines"]]
    found = (line.strip() for text in texts for line in text.replace("\u3000", " ").split("\n"))
    return list(dict.fromkeys(line for line in found if line))


@contextmanager
def without(module: ModuleType, **looks: Any) -> Iterator[None]:
    """The module with looks that let everything through, and with nothing remembered."""
    with pytest.MonkeyPatch.context() as patch:
        for name, look in looks.items():
            patch.setattr(module, name, look)
        yield


def plain(function: Callable[[str], Any]) -> Callable[[str], Any]:
    """A function without what it remembers."""
    found: Callable[[str], Any] = getattr(function, "__wrapped__", function)
    return found


LOOKS: list[tuple[Callable[[str], Any], ModuleType, dict[str, Any]]] = [
    (is_byline, people, {"_BYLINE_WORD": EVERY}),
    (is_credit, pictures, {"_CREDIT_ENDS": ALL}),
    (is_furniture, furniture, {"_SIGNS": EVERY}),
    (find_jumps, jumps, {"_CORE": EVERY, "_LETTERED": EVERY, "_LETTERED_ENDS": ALL}),
    (notices.is_advert, notices, {"_may_open": lambda text: True}),
    (signature_start, signatures, {"_ROLE_NEAR_END": EVERY}),
]


@pytest.mark.parametrize(("ask", "module", "looks"), LOOKS, ids=[ask.__name__ for ask, _, _ in LOOKS])
def test_lines_get_the_same_answer_without_the_look(
    ask: Callable[[str], Any], module: ModuleType, looks: dict[str, Any]
) -> None:
    with_look = {line: plain(ask)(line) for line in lines()}
    with without(module, **looks):
        differ = [line for line, answer in with_look.items() if plain(ask)(line) != answer]
    assert differ == []
    assert any(with_look.values())
    assert not all(with_look.values())


def oracle_of_marks(text: str) -> tuple[str, str]:
    """What a text leaves open, and what it closes unopened, by the stacks alone."""
    with without(characters, has_unpaired_marks=lambda text: True):
        return plain(open_marks)(text), plain(stray_closing_marks)(text)


@given(st.text(st.sampled_from(MARKED), max_size=12))
def test_paired_marks_leave_nothing_open_and_nothing_stray(text: str) -> None:
    assert (open_marks(text), stray_closing_marks(text)) == oracle_of_marks(text)


def test_lines_leave_open_what_they_left_open_without_the_look() -> None:
    assert all((open_marks(line), stray_closing_marks(line)) == oracle_of_marks(line) for line in lines())


@given(st.text(st.sampled_from("春耕好，。、；：—— “”"), min_size=1, max_size=10).map(str.strip).filter(bool))
def test_a_line_that_ends_like_none_is_no_heading_whatever_dashes_it_has(text: str) -> None:
    if "。" in text or text[-1] in headings._NO_END:
        assert not may_be_heading(text) or headings.headline_marks(text)
