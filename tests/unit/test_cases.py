"""Every case of tests/cases runs through its rule, its stage and the ledger; the format is in tests/cases/README.md."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, cast

import pytest

from corpus_tools.blocks import line_blocks
from corpus_tools.edits import apply_edits, undo
from corpus_tools.model import Block, Decision, Edit, Note, Page, Retag, Role, Span
from corpus_tools.options import Options
from corpus_tools.read.pages import page_from_text
from corpus_tools.records import load, page_from, page_line
from corpus_tools.stages import dedupe, normalise, repair, split
from corpus_tools.stages.rules import BlockRule, TextRule, run_block_rules, run_text_rules, summary_of
from corpus_tools.verification import verify

CASES = Path(__file__).parents[1] / "cases"
SUMMARY_LENGTH = 120
"""Characters of a rule's summary: it is one line of `corpus-tools rules`."""

Rule = TextRule | BlockRule
Runner = Callable[[Page, Options], Page]

STAGES: dict[str, tuple[Sequence[Rule], Runner]] = {
    "normalise": (normalise.RULES, normalise.normalise_page),
    "repair": (repair.RULES, repair.repair_page),
    "dedupe": (dedupe.RULES, dedupe.dedupe_page),
    "split": (split.RULES, split.split_page),
}

_CRASH = re.compile(r"\w+Error: ")
_COMMON_KEYS = frozenset({"name", "text", "expect", "flags", "options", "known_failure"})
_TEXT_KEYS = _COMMON_KEYS | {"whole_stage"}
_BLOCK_KEYS = _COMMON_KEYS | {"blocks", "after", "expect_blocks", "look_alike"}


@dataclass(frozen=True, slots=True)
class Case:
    """One `[[case]]` table. `flags` is None where a block case does not say; `expect_blocks` is None for text rules."""

    stage: str
    rule: str
    name: str
    text: str
    expect: str | None
    flags: tuple[str, ...] | None
    options: Options
    is_look_alike: bool
    whole_stage: bool = False
    known_failure: str | None = None
    blocks: tuple[tuple[Role, tuple[str, ...]], ...] = ()
    after: tuple[str, ...] = ()
    expect_blocks: tuple[tuple[Any, ...], ...] | None = None

    @property
    def id(self) -> str:
        """The case's name in pytest's output."""
        return f"{self.stage}/{self.rule}/{self.name}"


# --- collecting ---


def read_case(stage: str, rule: str, table: dict[str, Any]) -> Case:
    """The case of one table; refuses keys that nothing would look at."""
    of_blocks = "expect_blocks" in table
    unknown = set(table) - (_BLOCK_KEYS if of_blocks else _TEXT_KEYS)
    assert not unknown, f"{stage}/{rule}: {table.get('name')}: unknown keys {sorted(unknown)}"
    assert of_blocks or "expect" in table or "flags" in table, f"{stage}/{rule}: {table['name']}: expects nothing"
    chosen = dict(table.get("options", {}))
    if "disable" in chosen:
        chosen["disable"] = frozenset(chosen["disable"])
    blocks = tuple((cast(Role, role), tuple(pieces)) for role, *pieces in table.get("blocks", []))
    text = "\n".join(piece for _, pieces in blocks for piece in pieces) if blocks else table["text"]
    common = {
        "stage": stage,
        "rule": rule,
        "name": table["name"],
        "text": text,
        "options": Options(**chosen),
        "known_failure": table.get("known_failure"),
    }
    if of_blocks:
        return Case(
            **common,
            expect=table.get("expect"),
            flags=tuple(table["flags"]) if "flags" in table else None,
            is_look_alike=table.get("look_alike", False),
            blocks=blocks,
            after=tuple(table.get("after", [])),
            expect_blocks=tuple(map(tuple, table["expect_blocks"])),
        )
    expect, flags = table.get("expect", text), tuple(table.get("flags", []))
    return Case(
        **common,
        expect=expect,
        flags=flags,
        is_look_alike=expect == text and not flags,
        whole_stage=table.get("whole_stage", False),
    )


def case_files() -> list[Path]:
    """The case files of all stages, in order."""
    return sorted(CASES.glob("*/*.toml"))


def cases_of(file: Path) -> list[Case]:
    """The cases of one file, which names the rule, in a folder, which names the stage."""
    tables = tomllib.loads(file.read_text("utf-8"))
    assert set(tables) == {"case"}, f"{file.name} holds something that is not a [[case]]"
    return [read_case(file.parent.name, file.stem, table) for table in tables["case"]]


def params(wanted: Callable[[Case], bool]) -> list[Any]:
    """A pytest param for each case that is wanted, known failures as strict xfails.

    A known failure may end in an exception only where it says so: "TypeError: …". Else a crash would hide behind it.
    """
    found = []
    for case in (case for file in case_files() for case in cases_of(file) if wanted(case)):
        reason = case.known_failure or ""
        raises = Exception if _CRASH.match(reason) else AssertionError
        marks = [pytest.mark.xfail(reason=reason, raises=raises, strict=True)] if reason else []
        found.append(pytest.param(case, id=case.id, marks=marks))
    return found


def rule_named(stage: str, name: str) -> Rule:
    """The rule of a stage's table."""
    return next(rule for rule in STAGES[stage][0] if rule.__name__ == name)


# --- running ---


def run_alone(rule: TextRule, text: str, options: Options) -> tuple[str, tuple[str, ...]]:
    """`(text with the rule's edits made, flags of its notes)`, no page and no stage in between."""
    found = list(rule(text, options))
    edits = sorted((finding for finding in found if isinstance(finding, Edit)), key=lambda edit: edit.span)
    return apply_edits(text, edits), tuple(finding.flag for finding in found if isinstance(finding, Note))


def disabled(options: Options, names: Iterable[str]) -> Options:
    """`options` with more rules disabled."""
    return replace(options, disable=options.disable | frozenset(names))


def page_of(case: Case) -> Page:
    """The page that a case's stage gets."""
    page = page_from_text(case.text, "case", "case.txt")
    if not case.blocks:
        for stage in case.after:
            page = STAGES[stage][1](page, Options())
        return page
    blocks: list[Block] = []
    start = 0
    for role, pieces in case.blocks:
        spans = []
        for piece in pieces:
            assert piece == piece.strip() != "", "a piece may not be blank, or end in white space"
            spans.append(Span(start, start + len(piece)))
            start += len(piece) + 1
        blocks.append(Block(role, tuple(spans), "".join(pieces), ("joined",) if len(spans) > 1 else ()))
    return replace(page, blocks=tuple(blocks))


def replayed(page: Page) -> str:
    """The decoded page, from the history as a page record holds it."""
    ledger = page_from(load(page_line(page)))
    return undo(ledger.text, ledger.history)


def problems_of(page: Page) -> list[str]:
    """What `verify` finds lost, double or changed on a page."""
    return [str(problem) for problem in verify([page])]


def flags_by(page: Page, rule: str) -> tuple[str, ...]:
    """The flags of the notes that a rule made."""
    return tuple(note.flag for note in page.notes if note.rule == rule)


def check_text_case(case: Case, rules: Sequence[Rule], run: Runner) -> None:
    """The case through its stage, every other rule disabled unless the case asks for the whole stage."""
    others = {rule.__name__ for rule in rules} - {case.rule}
    page = run(page_of(case), case.options if case.whole_stage else disabled(case.options, others))
    assert replayed(page) == case.text
    assert page.text == case.expect
    assert flags_by(page, case.rule) == case.flags
    revised = [revision.rule for revision in page.history]
    if not case.whole_stage:
        assert revised == ([case.rule] if case.expect != case.text else [])
    elif not case.is_look_alike and not case.flags:
        assert case.rule in revised


def check_block_case(case: Case, rules: Sequence[Rule], run: Runner) -> None:
    """The case through its stage up to the rule, with it and without it."""
    names = [rule.__name__ for rule in rules]
    options = disabled(case.options, names[names.index(case.rule) + 1 :])
    page = run(page_of(case), options)
    without = run(page_of(case), disabled(options, [case.rule]))
    assert replayed(page) == replayed(without) == case.text
    assert problems_of(page) == problems_of(without) == []
    expected = list(case.expect_blocks or ())
    n_cells = [len(block) for block in expected] + [2] * len(page.blocks)
    assert [shown(block, n) for block, n in zip(page.blocks, n_cells, strict=False)] == expected
    assert case.expect is None or page.text == case.expect
    assert case.flags is None or flags_by(page, case.rule) == case.flags
    assert (page == without) == case.is_look_alike


def shown(block: Block, n_cells: int) -> tuple[Any, ...]:
    """A block as a case writes it: role, text, and its flags where the case gives flags."""
    return (block.role, block.text, list(block.flags))[:n_cells]


# --- the cases ---


@pytest.mark.parametrize("case", params(lambda case: case.expect_blocks is None and not case.whole_stage))
def test_rule_alone(case: Case) -> None:
    rule = cast(TextRule, rule_named(case.stage, case.rule))
    assert run_alone(rule, case.text, case.options) == (case.expect, case.flags)


@pytest.mark.parametrize("case", params(lambda case: True))
def test_stage_and_ledger(case: Case) -> None:
    rules, run = STAGES[case.stage]
    (check_text_case if case.expect_blocks is None else check_block_case)(case, rules, run)


@pytest.mark.parametrize("case", params(lambda case: not case.known_failure))
def test_whole_stage_can_be_undone(case: Case) -> None:
    page = STAGES[case.stage][1](page_of(case), case.options)
    assert replayed(page) == case.text
    assert problems_of(page) == []


# --- the files ---


@pytest.mark.parametrize("stage", STAGES)
def test_every_rule_has_a_case_file(stage: str) -> None:
    assert {file.stem for file in case_files() if file.parent.name == stage} == {
        rule.__name__ for rule in STAGES[stage][0]
    }


def test_every_case_folder_names_a_stage() -> None:
    assert {file.parent.name for file in case_files()} == set(STAGES)


@pytest.mark.parametrize("file", case_files(), ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_file_has_a_fix_and_two_look_alikes(file: Path) -> None:
    sound = [case for case in cases_of(file) if not case.known_failure]
    assert sum(not case.is_look_alike for case in sound) >= 1
    assert sum(case.is_look_alike for case in sound) >= 2


@pytest.mark.parametrize("file", case_files(), ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_names_differ(file: Path) -> None:
    names = [case.name for case in cases_of(file)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("file", case_files(), ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_nothing_invisible_stands_raw(file: Path) -> None:
    """What a reader cannot see, or cannot tell from its double, is an escape."""
    raw = set(file.read_text("utf-8")) - {" ", "\n"}
    hidden = {c for c in raw if unicodedata.category(c) in {"Cc", "Cf", "Co", "Mn", "Zl", "Zp", "Zs"}}
    doubles = {c for c in raw if "COMPATIBILITY IDEOGRAPH" in unicodedata.name(c, "")}
    assert not {f"U+{ord(c):04X}" for c in hidden | doubles | (raw & {"\ufffd", "\u2800", "\u3164"})}


def rules_of_all_stages() -> list[Any]:
    """A pytest param for each rule."""
    return [pytest.param(rule, id=rule.__name__) for rules, _ in STAGES.values() for rule in rules]


@pytest.mark.parametrize("rule", rules_of_all_stages())
def test_docstring_begins_with_one_summary_line(rule: Rule) -> None:
    summary = summary_of(rule)
    assert summary.endswith(".")
    assert len(summary) <= SUMMARY_LENGTH
    following = (rule.__doc__ or "").strip().split("\n")[1:2]
    assert following in ([], [""]), "a blank line parts the summary from the rest"


# --- the harness itself: a check that cannot fail would be a defect ---


def tag_notices(page: Page, options: Options) -> Iterable[Decision | Note]:
    """A toy rule: a block that begins with 启事 is a notice."""
    return [Retag(place, "notice") for place, block in enumerate(page.blocks) if block.text.startswith("启事")]


def note_stars(page: Page, options: Options) -> Iterable[Decision | Note]:
    """A toy rule: a star is noted as garbled."""
    return [Note(block.spans, "garbled") for block in page.blocks if "★" in block.text]


TOYS: Sequence[BlockRule] = (tag_notices, note_stars)


def run_toys(page: Page, options: Options) -> Page:
    """A toy stage over blocks."""
    return run_block_rules(page if page.blocks else replace(page, blocks=line_blocks(page)), "toys", TOYS, options)


def toy_case(**table: Any) -> Case:
    """A case for the toy stage."""
    return read_case("toys", table.pop("rule", "tag_notices"), {"name": "toy", **table})


GOOD_BLOCK_CASES = [
    toy_case(text="要闻\n\n启事：★", expect_blocks=[["body", "要闻"], ["notice", "启事：★"]]),
    toy_case(text="要闻\n启事", expect="要闻\n启事", expect_blocks=[["body", "要闻"], ["notice", "启事", []]]),
    toy_case(
        blocks=[["headline", "★"], ["body", "启"]], expect_blocks=[["headline", "★"], ["body", "启"]], look_alike=True
    ),
    toy_case(rule="note_stars", text="★", expect_blocks=[["body", "★", ["garbled"]]], flags=["garbled"]),
    toy_case(rule="note_stars", text="启事", expect_blocks=[["notice", "启事"]], look_alike=True),
]
BAD_BLOCK_CASES = {
    "another role": toy_case(text="启事", expect_blocks=[["body", "启事"]]),
    "a block too few": toy_case(text="启事\n要闻", expect_blocks=[["notice", "启事"]]),
    "a block too many": toy_case(text="启事", expect_blocks=[["notice", "启事"], ["body", "要闻"]]),
    "no look-alike": toy_case(text="启事", expect_blocks=[["notice", "启事"]], look_alike=True),
    "no fix": toy_case(text="要闻", expect_blocks=[["body", "要闻"]]),
    "another text": toy_case(text="启事", expect="启", expect_blocks=[["notice", "启事"]]),
    "another flag": toy_case(rule="note_stars", text="★", expect_blocks=[["body", "★", []]]),
    "a later rule's flag": toy_case(text="启事★", expect_blocks=[["notice", "启事★", ["garbled"]]]),
    "another note": toy_case(rule="note_stars", text="★", expect_blocks=[["body", "★"]], flags=[]),
}


@pytest.mark.parametrize("case", GOOD_BLOCK_CASES)
def test_block_case_holds(case: Case) -> None:
    check_block_case(case, TOYS, run_toys)


@pytest.mark.parametrize("case", BAD_BLOCK_CASES.values(), ids=BAD_BLOCK_CASES.keys())
def test_block_case_that_is_wrong_fails(case: Case) -> None:
    with pytest.raises(AssertionError):
        check_block_case(case, TOYS, run_toys)


def drop_stars(text: str, options: Options) -> Iterator[Edit | Note]:
    """A toy rule: the first star goes, and is noted."""
    if "★" in text:
        at = text.index("★")
        yield Edit(Span(at, at + 1), "★", "")
        yield Note((Span(at, at + 1),), "garbled")


@pytest.mark.parametrize(
    ("table", "holds"),
    [
        ({"text": "要★闻", "expect": "要闻", "flags": ["garbled"]}, True),
        ({"text": "要闻", "expect": "要闻"}, True),
        ({"text": "要★闻", "expect": "要闻"}, False),
        ({"text": "要★闻", "flags": ["garbled"]}, False),
        ({"text": "要闻", "expect": "要闻", "flags": ["garbled"]}, False),
    ],
)
def test_text_case(table: dict[str, Any], holds: bool) -> None:
    case = toy_case(rule="drop_stars", **table)
    run = cast(Runner, lambda page, options: run_text_rules(page, "toys", (drop_stars,), options))
    assert (run_alone(drop_stars, case.text, case.options) == (case.expect, case.flags)) is holds
    try:
        check_text_case(case, (drop_stars,), run)
    except AssertionError:
        assert not holds
    else:
        assert holds


@pytest.mark.parametrize(
    "table", [{"text": "要闻"}, {"text": "要闻", "expct": "要闻"}, {"text": "要闻", "expect": "", "blocks": []}]
)
def test_table_that_says_nothing_is_refused(table: dict[str, Any]) -> None:
    with pytest.raises(AssertionError):
        toy_case(**table)


def test_options_are_those_of_the_stages() -> None:
    assert {field.name for field in fields(Options)} >= {"disable", "width"}
    case = toy_case(text="要闻", expect="要闻", options={"width": "ascii-alnum", "disable": ["note_stars"]})
    assert case.options == Options(width="ascii-alnum", disable=frozenset({"note_stars"}))
