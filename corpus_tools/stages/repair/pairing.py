"""What speaks for two blocks being the halves of one paragraph: what they say to each other, and how they stand.

Blocks of one page enter, features of pairs leave: numbers, each with a name. Words are weighed by the seam model
(`seam_model.py`). Nothing is decided here: `pair_scores.py` makes probabilities of the features, `breaks.py` chooses.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from itertools import accumulate
from operator import itemgetter, mul
from typing import NamedTuple

from corpus_tools.characters import HANZI, open_marks, stray_closing_marks
from corpus_tools.cohesion import Cohesion
from corpus_tools.drafts import HEAD_ROLES, TEXT_ROLES, is_open_end
from corpus_tools.model import Block
from corpus_tools.roles import OPENING_WORDS
from corpus_tools.seam_model import STANDING_BOUNDS, SeamModel

SKIPPED = frozenset({"caption", "credit", "furniture", "residue", "advert", "notice"})
"""What may stand between the halves of a paragraph: it was printed beside the column, not in it."""

BETWEEN = TEXT_ROLES - SKIPPED

MOST_BETWEEN = 2
"""Paragraphs that may stand between two halves that are still near each other."""

MOST_SKIPPED = 6
"""Skipped blocks in a row that are looked past for what stands above a block: a picture page has five."""

CLIP = 12.0
"""Nats that the words at one seam can say for or against: one misread character may cost any number of them."""

WHOLE = -4.0
"""`opening - alone` (nats) of a paragraph that begins like one."""

CAPTION_LENGTH = 160
"""Characters: a paragraph above or below a credit that may be the caption of its picture."""

NEIGHBOURS = 4
"""Paragraphs on a half's own side whose words are compared, itself included."""

LEAST_TEXTS = 8
USUALLY_ALIKE = (0.92, 1.31)
"""With fewer paragraphs on a page nothing tells the words of an article from those of the page; the mean of near pairs."""

ALIKE_BOUNDS = (math.log(0.01) + 4, math.log(1.01) + 4)
"""What halves that have nothing in common, and halves that are the same, have for a logarithm of their cohesion."""

TELLING = 150
"""Characters of the shorter of two texts from which what they have in common tells all it can."""

LEAST_OPENING = 6
"""Characters of a heading that a paragraph must begin with to be taken for the start of that heading's article."""

LONGEST_CLAUSE = 40
"""Characters without a mark that are looked through for one."""

FEATURES = (
    "always",
    "join",  # log P(right goes on from left) - log P(right begins a paragraph)
    "pull",  # log P(right goes on from left) - log P(right stands anywhere)
    "begins",  # log P(right begins a paragraph) - log P(right stands anywhere)
    "stops",  # log P(a paragraph ends behind left)
    "word",  # what the lexicon makes of the seam: a cut word that finds its other half speaks for it
    "over_head",  # a heading stands between
    "over_whole",  # one or two paragraphs stand between, whole ones: a caption, a brief
    "over_text",  # one or two paragraphs that are not whole
    "far",  # more stands between, or right stands above left
    "backward",  # right stands above left
    "distance",  # log of the paragraphs between far halves, less 2
    "head_above",  # right stands directly below a heading
    "open_above",  # right stands directly below another open end
    "below_open",  # left stands directly below an open end itself
    "above_credit",  # right is short and stands directly above a credit: a caption
    "known_opening",  # right begins with 近年来，, 一、 or with the words of a heading
    "comma",  # left ends with a comma
    "quote",  # left leaves a quote or bracket open and right closes it: 1; one of the two only: -1
    "left_length",  # log of the characters of left over 60
    "right_length",
    "left_clause",  # log of the characters since left's last mark over 8
    "right_clause",  # log of the characters up to right's first mark over 8
    "clause",  # log of both clauses together over 16
    "no_join",  # the same once more, as far as they speak against, or beyond what is usual: evidence is no straight line
    "no_pull",
    "strong_pull",
    "no_opening",
    "much_opening",
    "no_word",
    "never_stops",
    "odd_left",
    "odd_right",
)
GROUPS = {"words": ((1, 6), (24, 31)), "place": ((6, 17),), "form": ((17, 24), (31, 33))}
"""Which of the features speak of what, for telling evidence: ranges of indices into `FEATURES`, half-open."""

OF_FIRST = ("always", "stops", "below_open", "comma", "left_length", "left_clause", "never_stops", "odd_left")
OF_SECOND = (
    "begins",
    "head_above",
    "above_credit",
    "known_opening",
    "right_length",
    "right_clause",
    "no_opening",
    "much_opening",
    "odd_right",
)
"""What either half says for itself, whatever the other one is: a half is weighed against dozens of others."""

OF_WORD = ("word", "no_word")
OF_BOTH = tuple(name for name in FEATURES if name not in OF_FIRST + OF_SECOND + OF_WORD)

_in_order: Callable[[tuple[float, ...]], tuple[float, ...]] = itemgetter(
    *map((OF_FIRST + OF_SECOND + OF_WORD + OF_BOTH).index, FEATURES)
)

_FAR = FEATURES.index("far") - FEATURES.index("over_head")

_CLAUSE_MARKS = "，。、；：！？"
_CLAUSE_MARK = re.compile(f"[{_CLAUSE_MARKS}]")
_PARAGRAPH_OPENING = re.compile(
    rf"""
    (?:{OPENING_WORDS})，                                    # 近年来，
    | [{HANZI}“”、]{{4,24}}以[来來]，                          # 抓党建…专项行动开展以来，
    | [一二三四五六七八九十]{{1,2}}、(?!第|[一二三四五六七八九十])                        # 一、
    | [（(][一二三四五六七八九十0-9]{{1,2}}[）)]                   # （一）
    | 第[一二三四五六七八九十百0-9]{{1,4}}[条條章节節][\ ，、：]     # 第四十五条
    """,
    re.VERBOSE,
)


class _First(NamedTuple):
    """What a first half says for itself: the values of `OF_FIRST`, and what is asked of it with every second half."""

    values: tuple[float, ...]
    text: str
    leaves_open: bool
    since_mark: int


class _Second(NamedTuple):
    """What a second half says for itself: the values of `OF_SECOND`, and what is asked of it with every first half."""

    values: tuple[float, ...]
    text: str
    opening: float
    alone: float
    open_above: Block | None
    closes: bool
    until_mark: int


class Shares(NamedTuple):
    """The weights of one kind of pair, in nats, by the half that has a say: of `OF_FIRST`, of `OF_SECOND`, and of `OF_BOTH`
    without what the lexicon makes of the seam, which is asked last."""

    kind: str
    of_first: tuple[float, ...]
    of_second: tuple[float, ...]
    of_both: tuple[float, ...]
    of_word: float
    of_no_word: float
    most_of_word: float


def shares_of(kind: str, weights: Sequence[float]) -> Shares:
    """The weights of `FEATURES`, dealt out."""
    named = dict(zip(FEATURES, weights, strict=True))
    word, no_word = named["word"], named["no_word"]
    least, most = STANDING_BOUNDS
    of_first, of_second, of_both = (tuple(named[name] for name in names) for names in (OF_FIRST, OF_SECOND, OF_BOTH))
    return Shares(
        kind,
        of_first,
        of_second,
        of_both,
        word,
        no_word,
        max(0.0, (word + no_word) * least, word * most),
    )


class Pairing:
    """The blocks of one page, and what may be asked about two of them. `left` and `right` are indices of blocks."""

    def __init__(self, blocks: Sequence[Block], model: SeamModel) -> None:
        self._blocks = blocks
        self._model = model
        self._roles = {index: block.role for index, block in enumerate(blocks)}
        self._n_texts = [0, *accumulate(block.role in BETWEEN for block in blocks)]
        self._n_heads = [0, *accumulate(block.role in HEAD_ROLES for block in blocks)]
        self._heads = {
            block.text for block in blocks if block.role in ("heading", "deck") and len(block.text) >= LEAST_OPENING
        }
        self._head_lengths = sorted({len(head) for head in self._heads})  # few, however many headings there are
        self._cohesion: Cohesion | None = None
        self._firsts: dict[int, _First] = {}
        self._seconds: dict[int, _Second] = {}  # each half is weighed against dozens of others
        self._sayings: dict[tuple[int, int, str], float] = {}
        # What was asked last is asked again at once, by who looks for pairs and by who weighs them; a page may have a million.
        self._last_crossing = (-1, -1), 0.0
        self._last_place: tuple[tuple[int, int], tuple[float, ...]] = (-1, -1), ()
        self._wholes: dict[int, bool] = {}

    def opens(self, index: int) -> float:
        """How much more a block begins like a paragraph than like running text (nats): negative for a second half."""
        return self._model.begins(self._blocks[index].text)

    def n_between(self, left: int, right: int) -> int:
        """Paragraphs that stand between two blocks; small ones that are captions by their credit do not count."""
        low, high = (left + 1, right) if left < right else (right + 1, left)
        found = self._n_texts[high] - self._n_texts[low]
        if 0 < found <= MOST_BETWEEN and high - low <= MOST_SKIPPED:
            found -= sum(self._is_by_credit(index) and self._is_whole(index) for index in range(low, high))
        return found

    def is_far(self, left: int, right: int) -> bool:
        """Whether more than a few paragraphs stand between two halves, or the second stands above the first."""
        return self._of_place(left, right)[_FAR] == 1.0

    def features(self, left: int, right: int) -> tuple[float, ...]:
        """The values of `FEATURES` for two blocks."""
        first, second = self.first(left), self.second(right)
        word = self._model.standing(first.text, second.text)
        return _in_order((*first.values, *second.values, word, min(word, 0.0), *self._of_both(left, right)))

    def weighed(self, left: int, right: int, shares: Shares, least: float) -> tuple[float, tuple[float, ...]] | None:
        """What the features of two blocks say together, in nats, and the features; None where that is not more than `least`.

        The lexicon is asked last: of most pairs nothing that it may say would make one.
        """
        first, second = self.first(left), self.second(right)
        values = self._of_both(left, right)
        said = self._said(0, left, first.values, shares) + self._said(1, right, second.values, shares)
        said += math.fsum(map(mul, values, shares.of_both))
        if said + shares.most_of_word <= least:
            return None
        word = self._model.standing(first.text, second.text)
        no_word = min(word, 0.0)
        said += word * shares.of_word + no_word * shares.of_no_word
        if said <= least:
            return None
        return said, _in_order((*first.values, *second.values, word, no_word, *values))

    def _said(self, side: int, index: int, values: tuple[float, ...], shares: Shares) -> float:
        """What a half says for itself, in nats."""
        key = side, index, shares.kind
        found = self._sayings.get(key)
        if found is None:
            found = self._sayings[key] = math.fsum(map(mul, values, shares.of_second if side else shares.of_first))
        return found

    def _of_both(self, left: int, right: int) -> tuple[float, ...]:
        """The values of `OF_BOTH`."""
        first, second = self.first(left), self.second(right)
        crossing = self.crossing(left, right)
        join, pull = _clipped(crossing - second.opening), _clipped(crossing - second.alone)
        return (
            join,
            pull,
            *self._of_place(left, right),
            float(second.open_above is not None and second.open_above is not self._blocks[left]),
            _QUOTES[first.leaves_open, second.closes],
            _BOTH_CLAUSES[first.since_mark + second.until_mark],
            min(join, 0.0),
            min(pull, 0.0),
            max(pull - 4, 0.0),
        )

    def first(self, index: int) -> _First:
        """What a block says for itself as a first half."""
        found = self._firsts.get(index)
        if found is not None:
            return found
        text, above = self._blocks[index].text, self._above(index)
        stops, since_mark, length = _clipped(self._model.ending(text)), _since_mark(text), _log_of(len(text), 60)
        values = (
            1.0,
            stops,
            float(above is not None and is_open_end(above)),
            float(text[-1] == "，"),
            length,
            _log_of(since_mark, 8),
            min(stops + 4, 0.0),
            length * length,
        )
        self._firsts[index] = found = _First(values, text, bool(open_marks(text)), since_mark)
        return found

    def second(self, index: int) -> _Second:
        """What a block says for itself as a second half."""
        found = self._seconds.get(index)
        if found is not None:
            return found
        text, above = self._blocks[index].text, self._above(index)
        opening, alone, until_mark = self._model.opening(text), self._model.alone(text), _until_mark(text)
        begins, length = _clipped(opening - alone), _log_of(len(text), 60)
        values = (
            begins,
            float(above is not None and above.role in HEAD_ROLES),
            float(self._is_by_credit(index, (1,))),
            float(self._is_known_opening(text)),
            length,
            _log_of(until_mark, 8),
            min(begins, 0.0),
            begins * begins / 10,
            length * length,
        )
        open_above = above if above is not None and is_open_end(above) else None
        closes = bool(stray_closing_marks(text))
        self._seconds[index] = found = _Second(values, text, opening, alone, open_above, closes, until_mark)
        return found

    def crossing(self, left: int, right: int) -> float:
        """log P(the first words of `right` | the last ones of `left`)."""
        pair, found = self._last_crossing
        if pair != (left, right):
            found = self._model.crossing(self._blocks[left].text, self._blocks[right].text)
            self._last_crossing = (left, right), found
        return found

    def pull(self, left: int, right: int) -> float:
        """How much likelier the first words of `right` are behind `left` than anywhere (nats)."""
        return self.crossing(left, right) - self._model.alone(self._blocks[right].text)

    def _of_place(self, left: int, right: int) -> tuple[float, ...]:
        """`over_head` to `distance`."""
        pair, found = self._last_place
        if pair != (left, right):
            found = self._place(left, right)
            self._last_place = (left, right), found
        return found

    def _place(self, left: int, right: int) -> tuple[float, ...]:
        low, high = (left + 1, right) if left < right else (right + 1, left)
        between = self.n_between(left, right)
        if left > right or between > MOST_BETWEEN:
            apart = math.log1p(self._n_texts[high] - self._n_texts[low]) - 2
            over_head = float(between == 0 and self._n_heads[high] > self._n_heads[low])
            return over_head, 0.0, 0.0, 1.0, float(left > right), apart
        if not between:
            return float(self._n_heads[high] > self._n_heads[low]), 0.0, 0.0, 0.0, 0.0, 0.0
        whole = float(all(self._is_whole(index) for index in range(low, high)))
        return 0.0, whole, 1.0 - whole, 0.0, 0.0, 0.0

    def alike(self, left: int, right: int) -> tuple[float, float]:
        """What the halves have in common, and what the paragraphs round them have: logarithms, -0.6 for nothing."""
        if self._n_texts[-1] < LEAST_TEXTS:
            return USUALLY_ALIKE
        if self._cohesion is None:
            self._cohesion = Cohesion(block.text for block in self._blocks if block.role in TEXT_ROLES)
        first, second = self._blocks[left].text, self._blocks[right].text
        above, below = self._round(left, -1), self._round(right, 1)
        usual_halves, usual_about = USUALLY_ALIKE
        return (
            _toned(self._cohesion.similarity(first, second), usual_halves, min(len(first), len(second))),
            _toned(self._cohesion.similarity(above, below), usual_about, min(len(above), len(below))),
        )

    def _round(self, index: int, step: int) -> str:
        """A half and the paragraphs above (-1) or below (1) it that go with it, as far as can be seen."""
        texts = [self._blocks[index].text]
        at = index + step
        while 0 <= at < len(self._blocks) and len(texts) < NEIGHBOURS and self._blocks[at].role == "body":
            if step < 0 and is_open_end(self._blocks[at]):
                break
            texts.append(self._blocks[at].text)
            if step > 0 and is_open_end(self._blocks[at]):
                break
            at += step
        return "\n".join(texts)

    def _is_by_credit(self, index: int, sides: Sequence[int] = (-1, 1)) -> bool:
        """Whether a block is a short paragraph directly beside a credit that has no other caption."""
        block = self._blocks[index]
        if block.role != "body" or len(block.text) > CAPTION_LENGTH:
            return False
        for side in sides:
            beside, beyond = self._roles.get(index + side), self._roles.get(index + 2 * side)
            if beside == "credit" and beyond != "caption":
                return True
        return False

    def _is_whole(self, index: int) -> bool:
        """Whether a block is no text, or a paragraph that neither stops nor begins in mid-sentence."""
        found = self._wholes.get(index)
        if found is None:
            block = self._blocks[index]
            beside = block.role not in BETWEEN or self._is_by_credit(index)
            found = self._wholes[index] = beside or (not is_open_end(block) and self.opens(index) > WHOLE)
        return found

    def _above(self, index: int) -> Block | None:
        """The block that stands above, skipped ones aside; None at the top of the page."""
        for above in range(index - 1, max(-1, index - MOST_SKIPPED), -1):
            if self._blocks[above].role not in SKIPPED:
                return self._blocks[above]
        return None

    def _is_known_opening(self, text: str) -> bool:
        if _PARAGRAPH_OPENING.match(text):
            return True
        return any(text[:length] in self._heads for length in self._head_lengths)


def _clipped(nats: float) -> float:
    return max(-CLIP, min(CLIP, nats))


def _toned(cohesion: float, usual: float, length: int) -> float:
    """The logarithm of a cohesion; the shorter the texts are, the nearer to what is usual: they say little."""
    trust = min(1.0, length / TELLING)
    return trust * (math.log(0.01 + cohesion) + 4) + (1 - trust) * usual


def _log_of(count: int, usual: int) -> float:
    """How much more or less than usual, from -3 to 2."""
    return max(-3.0, min(2.0, math.log((count + 1) / usual)))


def _since_mark(tail: str) -> int:
    end = tail[-LONGEST_CLAUSE:-1]
    return len(end) - max(end.rfind(mark) for mark in _CLAUSE_MARKS)


def _until_mark(head: str) -> int:
    found = _CLAUSE_MARK.search(head, 0, LONGEST_CLAUSE)
    return found.start() if found else min(len(head), LONGEST_CLAUSE)


_BOTH_CLAUSES = [_log_of(count, 16) for count in range(2 * LONGEST_CLAUSE + 1)]
_QUOTES = {(False, False): 0.0, (True, True): 1.0, (True, False): -1.0, (False, True): -1.0}
"""By whether the first half leaves a quote or bracket open, and whether the second one closes any."""
