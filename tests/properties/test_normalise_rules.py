"""The short cut of text rules changes nothing: a rule that its trigger lets sleep would have found nothing.

Also what single rules promise of any text, whatever stands beside whatever.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import TypeVar
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pages import noise, options, pages

from corpus_tools.edits import apply_edits
from corpus_tools.errors import InputError
from corpus_tools.model import Edit
from corpus_tools.options import Options
from corpus_tools.read.pages import page_from_text
from corpus_tools.stages import rules
from corpus_tools.stages.normalise import RULES, normalise_page
from corpus_tools.stages.normalise.unicode_forms import compose_characters
from corpus_tools.stages.rules import TextRule, trigger_of

OPTIONS = Options(width="ascii-alnum")
SLEEPERS = [rule for rule in RULES if trigger_of(rule)]
LONG = 60
"""Random characters in a text."""

Test = TypeVar("Test", bound=Callable[..., None])


def examples(number: int) -> Callable[[Test], Test]:
    """The same `number` of examples everywhere."""
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    return settings(max_examples=number, deadline=None, derandomize=True, suppress_health_check=checks)


# --- texts ---

CLASSES = "".join(trigger.characters for rule in RULES if (trigger := trigger_of(rule)))
LITERALS = sorted({text for rule in RULES if (trigger := trigger_of(rule)) for text in trigger.texts})
TRIGGERS = sorted(
    {character for character in map(chr, range(0x20000)) if CLASSES and re.match(f"[{CLASSES}]", character)}
)
NEIGHBOURS = (
    *"\n\n  \t.·。…，“”（）1aé的报讯金山日一",
    "\u0301",
    "\u1820",
    "\u0645",
    "👨",
    "刘 涛",
    " 国 共 产 党",
    "锟斤",
    "1998",
)


def anything(max_size: int = 12) -> st.SearchStrategy[str]:
    """Short texts of what wakes rules, of its pieces, and of what stands beside it."""
    token = st.one_of(
        st.sampled_from(TRIGGERS),
        st.sampled_from(LITERALS),
        st.sampled_from(NEIGHBOURS),
        st.characters(codec="utf-8"),
    )
    return st.lists(token, max_size=max_size).map("".join)


def without_trigger(text: str, rule: TextRule) -> str:
    """The text with everything taken out that the rule's trigger names."""
    trigger = trigger_of(rule)
    assert trigger is not None
    if trigger.characters:
        text = re.sub(f"[{trigger.characters}]", "", text)
    while found := next((piece for piece in trigger.texts if piece in text + "\n"), None):
        text = (text + "\n").replace(found, "")
    return text


# --- triggers ---


def test_most_rules_may_sleep() -> None:
    assert len(SLEEPERS) > len(RULES) / 2


@pytest.mark.parametrize("rule", SLEEPERS, ids=lambda rule: rule.__name__)
@examples(300)
@given(text=anything())
def test_a_rule_finds_nothing_without_its_trigger(rule: TextRule, text: str) -> None:
    assert list(rule(without_trigger(text, rule), OPTIONS)) == []


@pytest.mark.parametrize("rule", SLEEPERS, ids=lambda rule: rule.__name__)
def test_a_rule_finds_nothing_in_any_single_character_outside_its_trigger(rule: TextRule) -> None:
    """Every code point, in places where a rule may look at it: alone, doubled, between hanzi, at line ends."""
    for first in range(0, 0x110000, 0x1000):
        characters = "".join(
            map(chr, (point for point in range(first, first + 0x1000) if not 0xD800 <= point < 0xE000))
        )
        for text in (characters, "\n".join(characters), "".join(f"国{c}{c}共\n" for c in characters)):
            assert list(rule(without_trigger(text, rule), OPTIONS)) == []


@examples(400)
@given(st.one_of(anything(), noise(30), st.text(max_size=LONG)), options())
@example(" \u200b\n", Options())
@example("\ufeff\u3000", Options(disable=frozenset({"unify_spaces"})))
def test_the_short_cut_changes_nothing(text: str, chosen: Options) -> None:
    try:
        page = page_from_text(text, "页", "页.txt")
    except InputError:
        return
    short = normalise_page(page, chosen)
    with patch.object(rules, "trigger_of", lambda rule: None), patch.object(rules, "_watch", rules._Watch):
        assert normalise_page(page, chosen) == short


@examples(60)
@given(pages(2), options())
def test_the_short_cut_changes_nothing_on_pages(text: str, chosen: Options) -> None:
    page = page_from_text(text, "页", "页.txt")
    short = normalise_page(page, chosen)
    with patch.object(rules, "trigger_of", lambda rule: None), patch.object(rules, "_watch", rules._Watch):
        assert normalise_page(page, chosen) == short


def test_the_short_cut_is_one() -> None:
    """Else the two tests above would compare a thing with itself."""
    woken: list[str] = []

    def watched(rule: TextRule) -> TextRule:
        def run(text: str, chosen: Options) -> object:
            woken.append(rule.__name__)
            return rule(text, chosen)

        run.__name__ = rule.__name__
        run.trigger = trigger_of(rule)  # type: ignore[attr-defined]
        return run  # type: ignore[return-value]

    table = tuple(map(watched, RULES))
    page = page_from_text("汀溪县今年投入二百万元。\n\n全市供暖。\n", "页", "页.txt")
    assert rules.run_text_rules(page, "normalise", table, Options()) is page
    assert set(woken) == {rule.__name__ for rule in RULES if not trigger_of(rule)}
    woken.clear()
    rules.run_text_rules(page_from_text("汀溪县\u200b", "页", "页.txt"), "normalise", table, Options())
    assert "drop_invisible_characters" in woken


# --- normal forms ---

COMPATIBILITY = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")


@examples(400)
@given(
    st.lists(
        st.one_of(
            st.characters(categories=("Mn", "Mc", "Me")),
            st.sampled_from("eoaAk国金か하\uf90a\n\u1109\u1165\u11af\u212b\u0344\u0958\u2adc\u2126"),
            st.characters(codec="utf-8"),
        ),
        max_size=12,
    ).map("".join)
)
@example("\uf90a\u0301\u3099")
@example("\u0344\u0344")
def test_composed_text_is_nfc_but_for_compatibility_ideographs(text: str) -> None:
    edits = [finding for finding in compose_characters(text, Options()) if isinstance(finding, Edit)]
    composed = apply_edits(text, edits)
    assert COMPATIBILITY.findall(composed) == COMPATIBILITY.findall(text)
    assert COMPATIBILITY.sub("一", composed) == unicodedata.normalize("NFC", COMPATIBILITY.sub("一", text))
    assert all(edit.before and edit.after and edit.before != edit.after for edit in edits)


# --- twice ---


@examples(400)
@given(anything(16))
@example("\u00ad\u200d■")
@example("👨\u200d⼈")
@example("👨\u200d\u212a")
@example("⼟ 国 共 产 党...”")
def test_normalise_twice_changes_nothing_more(text: str) -> None:
    """Whatever stands beside whatever. A line decoded wrongly has a test of its own, in test_promise."""
    chosen = Options(disable=frozenset({"repair_mojibake"}))
    try:
        once = normalise_page(page_from_text(text, "页", "页.txt"), chosen)
    except InputError:
        return
    assert normalise_page(once, chosen) == once
