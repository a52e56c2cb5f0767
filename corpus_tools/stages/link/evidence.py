"""What speaks for two records being halves of one article: page numbers, titles, the seam, the topic.

Two records of one issue enter, at least one of them with a jump line; features, their sum in nats and the reasons in words
leave. The weights are in `data/link_weights.tsv`, fitted on issues made of news by `scripts/fit_link_weights`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path

from corpus_tools.characters import HANZI, ends_sentence, open_marks, stray_closing_marks
from corpus_tools.cohesion import Cohesion
from corpus_tools.model import Article
from corpus_tools.roles import lead_of
from corpus_tools.stages.link.merging import first_body, last_body
from corpus_tools.weights import log_odds_of, weights_by_name

FEATURES = (
    "both",  # 1 where both have a jump line
    "no_jump_to",  # 1 where the first half has none
    "no_jump_from",  # 1 where the second half has none
    "to_fits",  # the first half names the page of the second
    "to_differs",
    "from_fits",
    "from_differs",
    "both_fit",  # 1 where each names the other's page
    "backward",  # the second half's page comes first
    "same_title",  # 1 where the second half's title is the first one's, or a part of it
    "like_title",  # 1 where some of it is
    "other_title",  # 1 where it has one of its own
    "topic",  # cohesion, in steps of e from 0.05
    "topic_alone",  # the same, where one has lost its jump line
    "seam",  # nats by which the second half goes on with the first one's last words, where these stop in mid-sentence
    "middle",  # nats by which the second half does not begin like a paragraph, where the first stops in mid-sentence
    "start",  # nats by which it begins like a paragraph, where the first half ends with a sentence
    "torn",  # 1 where the first half stops in mid-sentence and the second does not begin with running text
    "quote",  # 1 where a quotation is open at the end of the first and closed in the second
)
NEAR = 500
"""Characters before or behind the jump."""

LEAST_TITLE = 3
"""Hanzi of a title that can be compared."""

LEAST_FIRST_TITLE = 5
"""The same of a first half: shorter ones are labels that many have, such as 相关新闻."""

SAME_TITLE, LIKE_TITLE = 0.75, 0.45
"""Shares of a title's characters, in order, that stand in the other one. Of headlines that were shortened and misread, 9 in
10 are above the first; of other articles' on the same day, 2 in a hundred above the second."""

_TITLE = re.compile(r"[《“]([^》”\n]{2,40})[》”]")
_WORDS = re.compile(f"[^{HANZI}A-Za-z0-9]+")
_LETTERS = re.compile("[A-Z]+")
_LEAST_COHESION, _USUAL_COHESION = 0.004, 0.05
_MOST_SEAM, _MOST_START = 9.0, 4.0


@dataclass(frozen=True, slots=True)
class Half:
    """A record as a possible half: what of it meets the other one."""

    article: Article
    titles: tuple[str, ...]
    last: str | None
    first: str | None
    near: str

    @property
    def page(self) -> str | None:
        """The printed number of its page."""
        return self.article.meta.page_number


def half_of(article: Article, *, is_second: bool = False) -> Half:
    """The record as a possible half, a first one or a second one."""
    named = [article.headline, article.kicker, article.deck]
    jumps = [found[1] for block in article.blocks if block.role == "jump" for found in _TITLE.finditer(block.text)]
    least = LEAST_TITLE if is_second else LEAST_FIRST_TITLE
    titles = tuple(bare for text in (*named, *jumps) if text and len(bare := _WORDS.sub("", text)) >= least)
    near = article.text[:NEAR] if is_second else article.text[-NEAR:]
    return Half(article, titles, last_body(article), first_body(article), near)


def same_page(named: str | None, printed: str | None) -> bool | None:
    """Whether a jump line's number is that of a page; None where one of them is not known. 3 names A3 as well.

    >>> same_page("3", "A3"), same_page("B3", "A3"), same_page("2", None)
    (True, False, None)
    """
    if named is None or printed is None:
        return None
    if named[:1].isalpha() == printed[:1].isalpha():
        return named == printed
    return _LETTERS.sub("", named) == _LETTERS.sub("", printed)


def likeness_of_titles(first: Half, second: Half) -> float | None:
    """How much of the second half's title stands, in order, in one of the first half's (0-1); None where one has none."""
    if not first.titles or not second.titles:
        return None
    from rapidfuzz.distance import LCSseq

    whole = (*first.titles, "".join(first.titles))
    shares = [
        LCSseq.similarity(long, short) / len(short)
        for title in second.titles
        for other in whole
        for short, long in ([(title, other)] if len(title) <= len(other) else [(other, title)])
        if len(short) >= LEAST_TITLE
    ]
    return round(max(shares), 4) if shares else None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records weighed: features in the order of FEATURES."""

    first: Half
    second: Half
    values: tuple[float, ...]

    @property
    def log_odds(self) -> float:
        """What they say together, in nats."""
        return log_odds_of(self.values, link_weights())

    @property
    def has_both_jumps(self) -> bool:
        """Whether both halves have their jump line."""
        return bool(self.values[0])

    @property
    def goes_on(self) -> bool:
        """Whether the first half stops in mid-sentence, and the second is likely to go on with it."""
        return self.values[FEATURES.index("seam")] > 0

    @property
    def names_another_page(self) -> bool:
        """Whether a jump line of one of them names another page than the other's."""
        return bool(self.values[FEATURES.index("to_differs")] or self.values[FEATURES.index("from_differs")])

    def reasons(self) -> str:
        """The evidence in words, for people: what speaks for it, and what against it."""
        said = dict(zip(FEATURES, self.values, strict=True))
        parts = [words for name, words in _WORDING.items() if said[name]]
        parts += [f"{name} {said[name]:+.1f}" for name in ("topic", "seam", "middle", "start") if said[name]]
        return "; ".join(parts)


_WORDING = {
    "both": "下转 and 上接",
    "no_jump_to": "no 下转",
    "no_jump_from": "no 上接",
    "to_fits": "下转 names its page",
    "to_differs": "下转 names another page",
    "from_fits": "上接 names its page",
    "from_differs": "上接 names another page",
    "backward": "goes back",
    "same_title": "the same title",
    "like_title": "a title like it",
    "other_title": "another title",
    "torn": "stops in mid-sentence, and that begins with no text",
    "quote": "an open quotation is closed",
}


@cache
def link_weights(path: Path | None = None) -> tuple[float, ...]:
    """The weights in the order of FEATURES; of the file in `data/`, or of the one at `path`."""
    named = weights_by_name("link_weights.tsv", path)
    return tuple(named[(name,)] for name in FEATURES)


def weigh(first: Half, second: Half, cohesion: Cohesion) -> Pair:
    """The pair with its features."""
    jump_to, jump_from = first.article.jump_to, second.article.jump_from
    to, back = same_page(jump_to, second.page), same_page(jump_from, first.page)
    title = likeness_of_titles(first, second)
    seam, middle, start, torn = _over_the_jump(first.last, second.first)
    is_alone = jump_to is None or jump_from is None
    topic = log(max(_LEAST_COHESION, _likeness(first, second, cohesion)) / _USUAL_COHESION)
    values = (
        float(jump_to is not None and jump_from is not None),
        float(jump_to is None),
        float(jump_from is None),
        float(to is True),
        float(to is False),
        float(back is True),
        float(back is False),
        float(to is True and back is True),
        float(_is_before(second.page, first.page)),
        float(title is not None and title >= SAME_TITLE),
        float(title is not None and LIKE_TITLE <= title < SAME_TITLE),
        float(title is not None and title < LIKE_TITLE),
        round(topic, 4),
        round(topic, 4) if is_alone else 0.0,
        round(seam, 4),
        round(middle, 4),
        round(start, 4),
        torn,
        float(_closes_quote(first.last, second.first)),
    )
    return Pair(first, second, values)


def _likeness(first: Half, second: Half, cohesion: Cohesion) -> float:
    """Cohesion of the two, whole or as far as `NEAR` from the jump: behind it a record may hold what is not its own."""
    whole = cohesion.similarity(first.article.text, second.article.text)
    return max(whole, cohesion.similarity(first.near, second.near))


def _is_before(page: str | None, other: str | None) -> bool:
    if page is None or other is None:
        return False
    return _order_of(page) < _order_of(other)


def _order_of(page: str) -> tuple[str, int]:
    letters = "".join(character for character in page if not character.isdecimal())
    digits = "".join(character for character in page if character.isdecimal())
    return letters, int(digits or 0)


def _over_the_jump(last: str | None, first: str | None) -> tuple[float, float, float, float]:
    """`(seam, middle, start, torn)` of the last words of a half and the first ones of another."""
    from corpus_tools.seam_model import seam_model

    is_open = last is not None and not ends_sentence(last)
    if first is None:
        return 0.0, 0.0, 0.0, float(is_open)
    model = seam_model()
    begins = max(-_MOST_START, min(_MOST_START, model.begins(first)))
    if is_open and last is not None:
        gain = model.crossing(last, first) - model.alone(first) + model.standing(last, first)
        return max(-_MOST_SEAM, min(_MOST_SEAM, gain)), -begins, 0.0, 0.0
    return 0.0, 0.0, begins, 0.0


def _closes_quote(last: str | None, first: str | None) -> bool:
    if not last or not first:
        return False
    opened = open_marks(last)
    return bool(opened) and bool(stray_closing_marks(first))


def _begins_report(half: Half) -> bool:
    """Whether a record begins like a report of its own (本报讯 …): what goes on does not."""
    return half.first is not None and lead_of(half.first) is not None


def candidates_of(firsts: Sequence[Half], seconds: Sequence[Half], cohesion: Cohesion) -> list[list[Pair | None]]:
    """Every pair that may be: not on one page, a jump line on one side at least; None for the others.

    Where only one has a jump line, the page must be the one it names, or unknown: nothing else would speak for the pair.
    """
    return [[_weighed(first, second, cohesion) for second in seconds] for first in firsts]


def _weighed(first: Half, second: Half, cohesion: Cohesion) -> Pair | None:
    if first.article.page_id == second.article.page_id:
        return None
    jump_to, jump_from = first.article.jump_to, second.article.jump_from
    if jump_to is not None and jump_to == jump_from:
        return None  # 下转2版 and 上接2版: what stood between them, on page 2, is lost
    if jump_to is None and (jump_from is None or same_page(jump_from, first.page) is False):
        return None
    if jump_from is None and (same_page(jump_to, second.page) is False or _begins_report(second)):
        return None
    return weigh(first, second, cohesion)
