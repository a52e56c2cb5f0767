"""Lines of many newspapers, what they are and what is in them: `tests/grammar/*.toml`, one line of a page each.

The first file was written before the grammar was read, the second after it was done; names and places are invented.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus_tools.roles import (
    credit_start,
    find_jumps,
    is_author_name,
    is_notice_title,
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


KNOWN_FAILURES = [each for each in lines() if each.marks]
LINES = [each for each in lines() if not each.marks]


@pytest.mark.parametrize("line", KNOWN_FAILURES)
def test_role_and_fields_of_what_is_not_read_yet(line: Line) -> None:
    test_role(line)
    test_fields(line)


@pytest.mark.parametrize("line", LINES)
def test_role(line: Line) -> None:
    role = role_by_words(as_on_page(line))
    if line["role"] in TOLD:
        assert role == line["role"]
    else:
        assert role not in TOLD


@pytest.mark.parametrize("line", LINES)
def test_fields(line: Line) -> None:
    text = as_on_page(line)
    lead = lead_of(text) if line["role"] not in ("byline", "jump", "credit") else None
    people = people_in(text) if line["role"] == "byline" else lead.people if lead else ()
    assert [[person.name, person.role or ""] for person in people] == line.get("people", [])
    assert (lead.dateline if lead else None) == line.get("dateline")
    assert (lead is not None) == ("people" in line or "dateline" in line) or line["role"] == "byline"


@pytest.mark.parametrize("line", LINES)
def test_jumps(line: Line) -> None:
    expected = [line[key] for key in ("head_jump", "jump", "tail_jump") if key in line]
    found = [
        ["from" if jump.backward else "to", jump.page, *([jump.title] if jump.title else [])]
        for jump in find_jumps(as_on_page(line))
    ]
    assert found == expected


@pytest.mark.parametrize("line", LINES)
def test_what_stands_behind_the_last_sentence(line: Line) -> None:
    text = as_on_page(line)
    if line["role"] in TOLD - {"caption"}:
        return
    credit, signed = credit_start(text), signature_start(text)
    assert (text[credit:].strip() if credit is not None else "") == line.get("credit", "")
    assert (text[signed:].strip() if signed is not None else "") == line.get("signed", "")


@pytest.mark.parametrize("line", [each for each in LINES if "names" in each.values[0]])
def test_names_alone(line: Line) -> None:
    assert is_author_name(as_on_page(line)) == line["names"]


UNITS = (
    *("本", "李", "记者", "记者_", "李明_", "李明、", "（", "（李明", "·", "李·", "作者", "文/"),
    *("图/", "本报", "新华社", "上接", "下转第", "《", "《上接", "转A", "第一版", "1", "一", "□_"),
    *("■", "／", "【記者", "／台北", "電", "日讯", "公告", "遗失", "作废", "特此", "。", "王_"),
    *("摄", "供图", "_", "版", "@", "李明（", "教授", "报", "中心", "接1、", "接一、", "遗失李"),
    *("因不慎将"),
)
ENDS = ("", "）", "。", "摄", "）。", "版", "作废。", "特此公告。", "记者")
LONGEST_LOOK = 0.05
"""Seconds of CPU; the longest that was measured is 0.003, for all of a line's questions at once."""


@pytest.mark.parametrize("end", ENDS)
def test_no_line_takes_long(end: str) -> None:
    questions: tuple[Callable[[str], object], ...] = (
        role_by_words,
        lead_of,
        find_jumps,
        credit_start,
        signature_start,
        is_author_name,
        is_notice_title,
        is_notice_title,
        people_in,
    )
    for unit in UNITS:
        for length in (40, 60, 120, 400, 3000):
            text = (unit.replace("_", " ") * length)[: length - len(end)] + end
            start = time.process_time()
            for question in questions:
                question(text)
            assert time.process_time() - start < LONGEST_LOOK, (unit, length)


def test_there_are_enough_lines_of_each_kind() -> None:
    roles = [each.values[0]["role"] for each in lines()]
    assert len(roles) >= 250
    assert all(roles.count(role) >= 15 for role in ("byline", "body", "jump", "credit", "caption", "notice", "none"))
