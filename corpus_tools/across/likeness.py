"""How like two texts are, and whether they say the same: exact shares of shingles, then what differs, letter by letter.

Letters of two texts enter (see `comparing`), a `Likeness` leaves. A misread copy differs in single characters all over; a
template twin (the weather of another day, the same meeting with another guest) differs in its numbers and names.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel, LCSseq, Levenshtein, Opcode

from corpus_tools.across.comparing import shingles

Verdict = Literal["same", "twin", "other"]

LEAST_SHARE = 0.25
"""Of the longer text's letters, that a shorter one must have to be its copy: below that it is a passage, which the paragraphs tell."""

COMPARED = 2000
"""Letters from the first that both share on that are compared one by one: aligning costs their square."""

ANCHOR = 8
"""Letters by which the place of a shorter text in a longer one is found."""

MOST_MISREAD = 0.25
"""Share of letters that differ within what is aligned; copies with a tenth misread reach .235 (99 %), both copies misread .27."""

LONGEST_SLIP = 6
"""Letters that an OCR model drops or adds in one place; more are a passage that one text has and the other has not."""

LEAST_LIKELY, DOUBT = 0.007, 0.7
NUMBERS_HIT, NAMES_HIT, UNSEEN = 1.0, 1.3, 0.005
"""When what differs in numbers and names is too much to be misread: see `_is_twin`. Pairs of the training text, precision and recall:
broadcast .998 and .978, People's Daily .997 and .987; without `DOUBT` .995 and .986, .995 and .991 (in short texts, two misread letters are
no rate to go by)."""

SHORT, WORDS_EDITED = 300, 0.001
"""Letters behind the first 300 of which one in a thousand may begin a word that an editor or a converter of scripts chose anew."""

_NUMERALS = "0123456789〇零一二三四五六七八九十百千万亿两"
_NUMBER = re.compile(f"[{_NUMERALS}]+")


@dataclass(frozen=True, slots=True)
class Compared:
    """Letters, and their shingles: worked out once, as a text is compared with many."""

    text: str
    shingles: frozenset[str]


def compared(text: str) -> Compared:
    """Letters made ready to be compared."""
    return Compared(text, shingles(text))


@dataclass(frozen=True, slots=True)
class Likeness:
    """Shares of shingles, 0-1 and rounded, and the verdict on what differs. `containment` is the shorter text's share.

    `share` is the shorter text's length by the longer one's.
    """

    jaccard: float
    containment: float
    share: float
    verdict: Verdict = "other"

    @property
    def order(self) -> tuple[float, float]:
        """By which the more alike is the greater."""
        return self.jaccard, self.containment


@dataclass(frozen=True, slots=True)
class Differences:
    """What differs between two aligned texts: places where numbers are others, and where names or words are (in short texts those of
    three letters and more by their letters), single letters misread, letters that are in such places, letters that are the same, digits there are."""

    numbers: int
    names: int
    misread: int
    letters: int
    same: int
    digits: int


def likeness(first: Compared, second: Compared, jaccard: float, containment: float) -> Likeness:
    """The likeness of two texts; their order does not matter. The verdict is worked out where a threshold is reached."""
    smaller, larger = sorted((first, second), key=lambda compared: (len(compared.text), compared.text))
    shorter, longer = smaller.text, larger.text
    if shorter == longer:
        return Likeness(1.0, 1.0, 1.0, "same")
    found = _shares(smaller, larger)
    is_copy = found.jaccard >= jaccard or (found.containment >= containment and found.share >= LEAST_SHARE)
    if not is_copy:
        return found
    return Likeness(found.jaccard, found.containment, found.share, verdict_of(differences(shorter, longer)))


def _shares(smaller: Compared, larger: Compared) -> Likeness:
    n_mine, n_its = len(smaller.shingles), len(larger.shingles)
    n_shared = len(smaller.shingles & larger.shingles)
    return Likeness(
        round(n_shared / (n_mine + n_its - n_shared), 4),
        round(n_shared / min(n_mine, n_its), 4),
        round(len(smaller.text) / len(larger.text), 4),
    )


def verdict_of(found: Differences) -> Verdict:
    """Whether two texts of which that differs say the same."""
    n_wrong = found.letters + found.numbers
    if not found.same or n_wrong > MOST_MISREAD * (found.same + n_wrong):
        return "other"
    return "twin" if _is_twin(found) else "same"


def _is_twin(found: Differences) -> bool:
    """Whether more numbers and names differ than misreading explains, at the rate at which single letters are misread.

    Expected are: each digit misread at that rate, and each misreading followed by another one at that rate; the rest is
    Poisson's law. The rate is put low, by `DOUBT` of its deviation. Where no single letter is misread, one other number makes a twin; one
    other name does in a short text.
    """
    misread = max(0.0, found.misread - DOUBT * math.sqrt(found.misread))
    rate = misread / max(1, found.same + found.misread)
    numbers = NUMBERS_HIT * rate * found.digits + UNSEEN
    names = NAMES_HIT * rate * (found.misread + found.names) + WORDS_EDITED * max(0, found.same - SHORT)
    return (
        _at_least(found.numbers, numbers) < LEAST_LIKELY
        or _at_least(found.numbers + found.names, numbers + names) < LEAST_LIKELY
    )


def _at_least(count: int, expected: float) -> float:
    """How likely `count` or more events are where so many are expected; rounded, so that it is the same everywhere."""
    term, below = math.exp(-expected), 0.0
    for number in range(count):
        below += term
        term *= expected / (number + 1)
    return round(1 - below, 9)


def in_order(first: str, second: str) -> float:
    """Share of the letters of two texts that stand in both in the same order, 0-1; of long ones of their beginnings."""
    return round(Indel.normalized_similarity(first[:COMPARED], second[:COMPARED]), 4)


def held(first: str, second: str) -> float:
    """Share of the shorter text's letters that the longer one has in the same order, 0-1."""
    shared = LCSseq.similarity(first[:COMPARED], second[:COMPARED])
    return round(shared / max(1, min(len(first), len(second), COMPARED)), 4)


def differences(shorter: str, longer: str) -> Differences:
    """What differs between a text and the part of a longer one that it is like.

    >>> differences("今天白天晴最高气温12度", "今天白大晴最高气温30度")
    Differences(numbers=1, names=0, misread=1, letters=1, same=9, digits=2)
    """
    shorter, longer = _beside(shorter, longer)
    numbers = names = misread = letters = 0
    same, runs = _runs(shorter, longer)
    for start, end, its_start, its_end in runs:
        least, most = sorted((end - start, its_end - its_start))
        if not least and most > LONGEST_SLIP:
            continue
        mine, its = _numbers(shorter, start, end), _numbers(longer, its_start, its_end)
        if mine and its and mine != its:
            numbers += 1
            least, most = sorted(len(_NUMBER.sub("", run)) for run in (shorter[start:end], longer[its_start:its_end]))
            names += bool(least) and most > 1  # 赫曼9 and 托卡宾4: a name beside the number
            continue
        letters += least or most
        if least >= 2 or (least and most > 2):
            # three letters in a row are nobody's misreading; in a long text they may be an editor's
            names += 1 if most <= 2 else max(2, least) if same <= SHORT else 2
        else:
            misread += 1
    digits = sum(map(len, _NUMBER.findall(shorter)))
    return Differences(numbers, names, misread, letters, same, digits)


def _beside(shorter: str, longer: str) -> tuple[str, str]:
    """Both from the place on where the shorter text's first passage stands in the longer one, cut to what is compared."""
    for at in range(0, min(len(shorter) - ANCHOR, COMPARED), 2):
        place = longer.find(shorter[at : at + ANCHOR])
        if place >= 0:
            longer = longer[max(0, place - at) :]
            break
    return shorter[:COMPARED], longer[:COMPARED]


def _runs(shorter: str, longer: str) -> tuple[int, list[tuple[int, int, int, int]]]:
    """Letters that are the same, and the runs that differ: `(start, end)` in both. What one text has before the other
    begins, or behind its end, is left out."""
    same = 0
    runs: list[list[int]] = []
    touches = False
    for step in _without_overhang(list(Levenshtein.opcodes(shorter, longer))):
        if step.tag == "equal":
            same += step.src_end - step.src_start
        elif touches:
            runs[-1][1], runs[-1][3] = step.src_end, step.dest_end
        else:
            runs.append([step.src_start, step.src_end, step.dest_start, step.dest_end])
        touches = step.tag != "equal"
    return same, [(run[0], run[1], run[2], run[3]) for run in runs]


def _without_overhang(steps: Sequence[Opcode]) -> Sequence[Opcode]:
    first = 1 if steps and steps[0].tag in ("insert", "delete") else 0
    last = len(steps) - 1 if len(steps) > first and steps[-1].tag in ("insert", "delete") else len(steps)
    return steps[first:last]


def _numbers(text: str, start: int, end: int) -> list[str]:
    """The numbers of a run, each whole, also where it begins before the run or ends behind it."""
    while start and text[start - 1] in _NUMERALS:
        start -= 1
    while end < len(text) and text[end] in _NUMERALS:
        end += 1
    return _NUMBER.findall(text, start, end)
