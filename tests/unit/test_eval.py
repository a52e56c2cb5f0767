"""The judges of `scripts/eval`: what counts as right, as harm, and as below a floor."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from corpus_tools.model import Edit, Span

sys.path.append(str(Path(__file__).parent.parent.parent / "scripts"))  # scripts are no package

import encoding_others as others
import encoding_pages as pages
import encoding_sources as sources
import encoding_verdicts as verdicts
import eval as evaluation
import eval_normalise

FORMS = {form.name: form for form in pages.FORMS}
BUILTIN = sources.sources(None)[0]


def said(form: str, condition: str, name: str | None, *segments: str, tool: str = verdicts.OURS) -> str:
    """The verdict on an answer to the first built-in file of that kind."""
    sample = pages.sample(BUILTIN, FORMS[form], condition, 0)
    assert sample is not None
    return verdicts.verdict(verdicts.Answer(name, segments), sample, tool)


@pytest.mark.parametrize(
    ("form", "name", "verdict"),
    [
        ("gbk", "gb18030", "right"),
        ("gbk", "GB2312", "right"),
        ("cp936", "gb18030", "right"),
        ("hz", "HZ-GB-2312", "right"),
        ("hz", "ascii", "wrong"),
        ("utf-8 bom", "UTF-8-SIG", "right"),
        ("utf-8 bom", "utf-8", "right"),
        ("utf-16-le bom", "UTF-16", "right"),
        ("utf-16-be", "utf-16-le", "wrong"),
        ("big5", "gb18030", "wrong"),
        ("gbk", "johab", "wrong"),
        ("gbk", "no-such-codec", "wrong"),
        ("gbk", None, "abstained"),
    ],
)
def test_a_clean_page_is_right_where_the_name_decodes_it(form: str, name: str | None, verdict: str) -> None:
    assert said(form, "page", name) == verdict


def test_only_other_tools_may_name_a_relative_of_big5() -> None:
    assert said("big5-hkscs", "page", "Big5", tool="chardet") == "right"
    assert said("big5-hkscs", "page", "big5") == "wrong"
    assert said("big5-hkscs", "page", "big5hkscs") == "right"


def test_a_damaged_page_is_right_where_the_family_is() -> None:
    assert said("gb18030", "5 bad bytes", "gb2312") == "right"
    assert said("gb18030", "5 bad bytes", "big5") == "wrong"
    assert said("gb18030", "5 bad bytes", "gb18030", "gb18030", "big5hkscs") == "wrong"
    assert said("utf-16-be", "cut", "utf-16") == "wrong"
    assert said("utf-16-be bom", "cut", "utf-16") == "right"


def test_a_foreign_file_may_be_named_or_left_but_not_be_called_another() -> None:
    japanese = others.Foreign("japanese", "euc_jp", 0, "市は八日".encode("euc_jp"), "市は八日", 0)
    noise = others.Foreign("random", "all bytes", 2, b"\xff\x00", None, 0)
    answers = {
        name: verdicts.foreign_verdict(verdicts.Answer(name), japanese) for name in ("EUC-JP", "gbk", None, "johab")
    }
    assert answers == {"EUC-JP": "right", "gbk": "chinese", None: "abstained", "johab": "wrong"}
    assert verdicts.foreign_verdict(verdicts.Answer("latin-1"), noise) == "wrong"


def test_half_garbage_is_wrong() -> None:
    text = "会议要求，确保按时供暖。"
    half = others.Mixed("gb after utf-8", "line end", text.encode() + text.encode("gbk"), text, (len(text.encode()),))
    assert verdicts.mixed_verdict(half) != "exact"  # its text is not all that the file holds


@pytest.mark.parametrize(
    ("before", "after", "is_more"),
    [(" ", "", False), ("\u3000\u3000", "  ", False), ("\r\n", "\n", False), ("，", ",", True), ("的的", "的", True)],
)
def test_an_edit_of_white_space_is_told_from_others(before: str, after: str, is_more: bool) -> None:
    edit = Edit(Span(0, len(before)), before, after)
    assert eval_normalise.changes_more_than_space(edit) is is_more


def test_figures_below_their_floors_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluation.compare("x", {"a": 0.9, "b": 1.0, "c": 0.1}, {"a": 0.95, "b": 1.0}) == 1
    assert capsys.readouterr().err == "x: a is 0.9000, below its floor 0.95\nx: c is 0.1000 and has no floor\n"


def test_without_a_name_only_the_seeds_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, list[str]]] = []

    def measure(name: str) -> evaluation.Measure:
        def run(options: list[str]) -> dict[str, float]:
            asked.append((name, options))
            return {}

        return run

    monkeypatch.setattr(evaluation, "MEASURES", {name: measure(name) for name in evaluation.MEASURES})
    assert evaluation.main([]) == 0
    assert evaluation.main(["encoding", "--brief"]) == 0
    assert evaluation.main(["nothing"]) == 2
    assert asked == [("seeds", []), ("encoding", ["--brief"])]
