"""Counted loops: the same item again and again under numbers that count up, `1. … 2. … 3. …`, 一、…二、….

A running text enters, Rewrites leave that keep the first item. Every number is read as one sign; what then repeats at a constant
distance is a counted loop where one number an item counts up by one and the others stay. Facts under numbers do not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from corpus_tools.characters import HANZI
from corpus_tools.model import Decision, Page, Span
from corpus_tools.options import Options
from corpus_tools.stages.dedupe.loops import parted
from corpus_tools.stages.dedupe.running import KEPT_TEXTS, Running, running_text
from corpus_tools.stages.dedupe.tandems import Tandem, tandems

FEWEST_ITEMS, LEAST_HANZI = 3, 12
"""Items with 12 hanzi and more beside their numbers; forms and prizes (1. 姓名, 2. 姓名) repeat less than that."""

SHORT_ITEMS, LEAST_SHORT = 4, 8
"""Items with 8 hanzi and more: as many of them no form has; three where a sentence ends in them, as in no form."""

SHORT_SENTENCES, LEAST_SENTENCE = 10, 4
"""Sentences with 4 hanzi and more: so many of them print numbers nowhere."""

MANY_ITEMS, FOREMOST = 5, 2
"""Items that may be out of order, and characters before their number: 第, （."""

_SIGN = "\ufffc"
_NUMBER = re.compile("[0-9０-９]+|[〇零一二三四五六七八九十百千两兩]+")
_HANZI = re.compile(f"[{HANZI}]")
_SENTENCE = re.compile("[。！？]")
_NO_LINES = re.compile("[_＿.|]{2}|…{3}")  # …… of two signs is a mark of its own
_DIGITS = {
    character: value
    for value, row in enumerate(("〇零", "一", "二两兩", "三", "四", "五", "六", "七", "八", "九"))
    for character in row
}
_TENS = {"十": 10, "百": 100, "千": 1000}


def value_of(number: str) -> int:
    """What a number says, in digits or in hanzi; of years in hanzi (二〇二四) the digits one after another.

    >>> value_of("12"), value_of("三"), value_of("二百一十"), value_of("十"), value_of("二〇二四")
    (12, 3, 210, 10, 2024)
    """
    if number[0] not in _DIGITS and number[0] not in _TENS:
        return int(number)
    if not any(character in _TENS for character in number):
        return int("".join(str(_DIGITS[character]) for character in number))
    total, digit = 0, 0
    for character in number:
        if character in _TENS:
            total += (digit or 1) * _TENS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def collapse_counted_loops(page: Page, options: Options) -> Iterator[Decision]:
    """Items that say the same under numbers that count up, three times and more, keep the first one.

    Left alone: tables, forms with lines to fill in, items with numbers that differ otherwise (1月增长3%，2月增长5%).
    """
    running = running_text(page.blocks)
    if not _may_count(running):
        return
    for start, end, first_end, n_items in counted_loops(running.text):
        blocks = running.blocks_in(Span(start, end))
        if any(page.blocks[each].role == "table" for each in blocks):
            continue
        reason = f"{n_items} items alike to the letter but for numbers that count up; the first one stays, at {{}}"
        yield from running.removal(Span(first_end, end), reason, kept=Span(start, first_end))


def _may_count(running: Running) -> bool:
    """Whether three clauses in a row, or each second one, end alike: items of a counted loop do."""
    ends = {right for _, right in running.near_tails}
    return any(left in ends for left, _ in running.near_tails)


@lru_cache(KEPT_TEXTS)
def counted_loops(text: str) -> tuple[tuple[int, int, int, int], ...]:
    """Where counted loops start and end, where their first item ends, and how many items they have, in order.

    >>> counted_loops("1. 要抓好落实，确保任务如期完成。2. 要抓好落实，确保任务如期完成。3. 要抓好落实，确保任务如期完成。")
    ((0, 54, 18, 3),)
    """
    numbers = list(_NUMBER.finditer(text))
    places = _places(numbers)
    masked = _NUMBER.sub(_SIGN, text)
    found: list[tuple[int, int, int, int]] = []
    for tandem in tandems(Running((masked,))):
        end = min(tandem.end, len(masked))
        tandem = Tandem(tandem.start, end, tandem.period)
        unit = masked[tandem.start : tandem.start + tandem.period]
        n_hanzi = len(_HANZI.findall(unit))
        if (
            tandem.n_copies < _items_needed(n_hanzi, is_sentence=bool(_SENTENCE.search(unit)))
            or _SIGN not in unit
            or _NO_LINES.search(unit)
        ):
            continue
        kept, gone = parted(masked, tandem)
        if _counts_up(numbers, masked, kept, tandem.n_copies):
            start, end, first_end = (_unmasked(at, places) for at in (kept.start, gone.end, gone.start))
            found.append((start, end, first_end, tandem.n_copies))
    return tuple(found)


def _items_needed(n_hanzi: int, *, is_sentence: bool) -> float:
    """How many items make a counted loop of an item with so many hanzi."""
    if n_hanzi >= (LEAST_SHORT if is_sentence else LEAST_HANZI):
        return FEWEST_ITEMS
    if n_hanzi >= LEAST_SHORT:
        return SHORT_ITEMS
    return SHORT_SENTENCES if is_sentence and n_hanzi >= LEAST_SENTENCE else float("inf")


def _counts_up(numbers: Sequence[re.Match[str]], masked: str, unit: Span, n_items: int) -> bool:
    """Whether one number of each item is one more than that of the item before, and the others are the same; of many items
    it is enough that the number at their start is another one each time."""
    first = masked.count(_SIGN, 0, unit.start)
    n_each = masked.count(_SIGN, unit.start, unit.end)
    rows = [[value_of(numbers[first + item * n_each + each][0]) for item in range(n_items)] for each in range(n_each)]
    steps = [{later - earlier for earlier, later in pairwise(row)} for row in rows]
    others = [step for step in steps if step != {0}]
    if len(others) != 1:
        return False
    if others[0] == {1}:
        return True
    # `repair` may have put items of one build in another order
    is_counter = steps[0] == others[0] and masked.find(_SIGN, unit.start) <= unit.start + FOREMOST
    return is_counter and n_items >= MANY_ITEMS and len(set(rows[0])) == n_items


def _places(numbers: Sequence[re.Match[str]]) -> list[tuple[int, int]]:
    """For each number, where its sign stands in the masked text, and how many characters the text is longer behind it."""
    longer = 0
    places: list[tuple[int, int]] = []
    for number in numbers:
        at = number.start() - longer
        longer += len(number[0]) - 1
        places.append((at, longer))
    return places


def _unmasked(place: int, places: Sequence[tuple[int, int]]) -> int:
    """Where a place of the masked text, not inside a number, is in the text."""
    at = bisect_right(places, (place - 1, len(places) * 100 + 100_000_000)) - 1
    return place + places[at][1] if at >= 0 else place
