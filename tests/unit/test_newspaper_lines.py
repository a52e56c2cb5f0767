"""Lines of many newspapers, what they are and what is in them: `tests/grammar/*.toml`, one line of a page each.

The first file was written before the grammar was read, the second after it was done; names and places are invented.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from corpus_tools.roles import (
    credit_start,
    find_jumps,
    is_author_name,
    lead_of,
    people_in,
    role_by_words,
    signature_start,
)

FOLDER = Path(__file__).parent.parent / "grammar"
TOLD = frozenset({"byline", "credit", "caption", "jump", "notice", "advert", "deck", "furniture", "residue", "table"})
"""Roles that a line's own words give; `body` and `none` are what they leave open."""

Line = dict[str, Any]


def lines() -> list[Any]:
    """All lines as parameters; known failures are marked and must fail."""
    found: list[Any] = []
    for path in sorted(FOLDER.glob("*.toml")):
        for line in tomllib.loads(path.read_text("utf-8"))["lines"]:
            why = line.get("known_failure")
            marks = [pytest.mark.xfail(reason=why, strict=True)] if why else []
            found.append(pytest.param(line, id=f"{path.stem}-{len(found)}", marks=marks))
    return found


def as_on_page(line: Line) -> str:
    """The line as `normalise` gives it."""
    return str(line["text"]).replace("\u3000", " ")


@pytest.mark.parametrize("line", lines())
def test_role(line: Line) -> None:
    role = role_by_words(as_on_page(line))
    if line["role"] in TOLD:
        assert role == line["role"]
    else:
        assert role not in TOLD


@pytest.mark.parametrize("line", lines())
def test_fields(line: Line) -> None:
    text = as_on_page(line)
    lead = lead_of(text) if line["role"] not in ("byline", "jump", "credit") else None
    people = people_in(text) if line["role"] == "byline" else lead.people if lead else ()
    assert [[person.name, person.role or ""] for person in people] == line.get("people", [])
    assert (lead.dateline if lead else None) == line.get("dateline")
    assert (lead is not None) == ("people" in line or "dateline" in line) or line["role"] == "byline"


@pytest.mark.parametrize("line", lines())
def test_jumps(line: Line) -> None:
    expected = [line[key] for key in ("head_jump", "jump", "tail_jump") if key in line]
    found = [
        ["from" if jump.backward else "to", jump.page, *([jump.title] if jump.title else [])]
        for jump in find_jumps(as_on_page(line))
    ]
    assert found == expected


@pytest.mark.parametrize("line", lines())
def test_what_stands_behind_the_last_sentence(line: Line) -> None:
    text = as_on_page(line)
    if line["role"] in TOLD - {"caption"}:
        return
    credit, signed = credit_start(text), signature_start(text)
    assert (text[credit:].strip() if credit is not None else "") == line.get("credit", "")
    assert (text[signed:].strip() if signed is not None else "") == line.get("signed", "")


@pytest.mark.parametrize("line", [each for each in lines() if "names" in each.values[0]])
def test_names_alone(line: Line) -> None:
    assert is_author_name(as_on_page(line)) == line["names"]


def test_there_are_enough_lines_of_each_kind() -> None:
    roles = [each.values[0]["role"] for each in lines()]
    assert len(roles) >= 250
    assert all(roles.count(role) >= 15 for role in ("byline", "body", "jump", "credit", "caption", "notice", "none"))
