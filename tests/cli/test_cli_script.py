"""`normalise --script`: plain text converted line by line; page records are for `clean` and `split`."""

from __future__ import annotations

import pytest
from command_line import Argument, Call, ok, run, run_all, run_pipe
from invented_pages import DAMAGED, GARBAGE, MOUNTAIN, SIMPLIFIED, TRADITIONAL
from prepared import records_in

from corpus_tools.options import SCRIPTS

TO_TRADITIONAL = ("normalise", "--script", "s2t")
TO_SIMPLIFIED = ("normalise", "--script", "t2s")

CUT_WORD = "老师傅一边说着河堤上的新鲜事，一边给他剪了头\n发，还陪他说了半天话。\n"


PAGE = "\n".join(
    (SIMPLIFIED, TRADITIONAL, MOUNTAIN, "两国是战略伙伴。\n西安咸阳国际机场\n山裏的麪館\n", CUT_WORD)
).encode()
"""Both scripts, and words that OpenCC changes once more when it has converted them: 戰略伙伴, 咸陽."""


@pytest.mark.parametrize("script", SCRIPTS)
def test_twice_is_once(script: str) -> None:
    once = ok(run("normalise", "--script", script, stdin=PAGE)).out
    assert once != PAGE
    assert ok(run("normalise", "--script", script, stdin=once)).out == once


def test_twice_in_a_pipe_is_once() -> None:
    once = run_pipe(TO_TRADITIONAL, stdin=PAGE)
    assert run_pipe(TO_TRADITIONAL, TO_TRADITIONAL, stdin=PAGE) == once
    assert "兩國是戰略伙伴。\n西安咸陽國際機場\n" in once.decode()


def test_both_ways() -> None:
    """Simplified text becomes traditional, traditional text stays, and what comes back is what went in."""
    there = ok(run(*TO_TRADITIONAL, stdin=SIMPLIFIED.encode())).out
    assert "本報訊（記者 陸 晴）3月5日，記者從青河市交通局獲悉" in there.decode()
    assert ok(run(*TO_SIMPLIFIED, stdin=there)).out == SIMPLIFIED.encode()
    assert ok(run(*TO_TRADITIONAL, stdin=TRADITIONAL.encode())).out == TRADITIONAL.encode()
    assert ok(run(*TO_SIMPLIFIED, stdin=MOUNTAIN.encode())).out == MOUNTAIN.encode()


def test_other_encodings_are_converted_as_what_they_hold() -> None:
    big5 = ok(run(*TO_SIMPLIFIED, stdin=TRADITIONAL.encode("big5"))).out
    assert big5 == ok(run(*TO_SIMPLIFIED, stdin=TRADITIONAL.encode())).out
    assert "港湾市新渡轮码头昨日落成启用" in big5.decode()


def test_lines_are_converted_one_by_one_and_blocks_whole() -> None:
    """And the help says so."""
    assert (
        ok(run(*TO_TRADITIONAL, stdin=CUT_WORD.encode())).out.decode()
        == "老師傅一邊說着河堤上的新鮮事，一邊給他剪了頭\n發，還陪他說了半天話。\n"
    )
    whole = ok(run("clean", "--script", "s2t", "--to", "text", stdin=f"  {CUT_WORD}".encode())).out.decode()
    assert whole == "老師傅一邊說着河堤上的新鮮事，一邊給他剪了頭髮，還陪他說了半天話。\n"
    help_text = " ".join(ok(run("normalise", "--help")).out.decode().split())
    assert "A word over a line end is converted by halves" in help_text


def test_clean_does_not_convert_by_line() -> None:
    """The option of `clean` is that of `split`: its ledger knows of no other conversion."""
    (page,) = records_in(ok(run("clean", "--script", "s2t", "--to", "pages", stdin=CUT_WORD.encode())).out)
    assert [revision["rule"] for revision in page["history"] if "script" in revision["rule"]] == ["convert_script"]


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("--to", "pages"), id="asked for"),
        pytest.param(("-", "--from", "pages"), id="page records"),
        pytest.param((".",), id="a directory"),
    ],
)
def test_page_records_are_wrong_usage(arguments: tuple[Argument, ...]) -> None:
    outcome = run(*TO_TRADITIONAL, *arguments, stdin=SIMPLIFIED.encode())
    assert (outcome.code, outcome.out) == (2, b"")
    assert "use clean --script or split --script, or ask for --to text" in outcome.messages[-1]


def test_a_script_that_does_not_exist_is_wrong_usage() -> None:
    outcome = run("normalise", "--script", "s2x", stdin=SIMPLIFIED.encode())
    assert (outcome.code, outcome.out) == (2, b"")
    assert outcome.messages == [f"corpus-tools: no script conversion is named 's2x' (one of {', '.join(SCRIPTS)})"]


def test_the_rule_may_be_disabled() -> None:
    outcome = run(*TO_TRADITIONAL, "--disable", "convert_script_by_line", stdin=SIMPLIFIED.encode())
    assert ok(outcome).out == SIMPLIFIED.encode()


def test_nothing_garbage_and_a_reader_that_leaves() -> None:
    outcomes = run_all(
        {
            "empty": Call(TO_TRADITIONAL),
            "garbage": Call(TO_TRADITIONAL, stdin=GARBAGE),
            "damaged": Call(TO_TRADITIONAL, stdin=DAMAGED),
            "kept": Call((*TO_TRADITIONAL, "--on-undecodable", "keep"), stdin=DAMAGED),
            "closed pipe": Call(TO_TRADITIONAL, stdin=SIMPLIFIED.encode(), nobody_reads=True),
        }
    )
    assert {name: outcome.code for name, outcome in outcomes.items()} == {
        "empty": 0,
        "garbage": 1,
        "damaged": 1,
        "kept": 0,
        "closed pipe": 0,
    }
    assert {name for name, outcome in outcomes.items() if outcome.out} == {"kept"}
    assert "\ufffd" in outcomes["kept"].out.decode()
    assert outcomes["closed pipe"].err == ""
