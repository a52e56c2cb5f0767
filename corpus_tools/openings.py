"""Whether a heading in the midst of a page opens an article or stands inside the one above it (小标题).

What stands above and below the heading enters, a probability leaves. The evidence: the heading's own form, what its words
share with the text on either side, how alike those texts are, how the text below begins, whether other headings near by
are like it. Weights: `data/opening_weights.tsv`, fitted on made pages by `scripts/fit_opening_weights`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus_tools.characters import HANZI, ends_sentence
from corpus_tools.cohesion import Cohesion, bigrams
from corpus_tools.roles import OPENING_WORDS
from corpus_tools.roles.columns import may_be_column
from corpus_tools.weights import log_odds_of, probability_of, weightiest, weights_by_name

FEATURES = (
    "always",
    "length",  # tens of characters of the heading, up to 3
    "over_8",  # tens of characters beyond 8
    "over_14",  # beyond 14
    "space",
    "comma",
    "question",
    "quote",
    "numbered",  # 一、 （二） ３．
    "column",  # looks like a column's name
    "like",  # log of the cohesion of the texts above and below
    "words_above",  # share of the heading's bigrams that stand in the text above
    "words_below",
    "words_in_opening",  # in the first paragraph below
    "size_above",  # log of characters over 100
    "size_below",
    "dated",  # the text below begins like a report: a day, a place and a day
    "goes_on",  # it begins with a word that goes on: 此外, 同时, 该, 他
    "quotation",  # it begins with a quotation
    "picture_below",  # one paragraph and a credit stand below
    "kept_below",  # a list or a table
    "open_above",  # the text above stops in mid-sentence
    "lead_above",  # the article above begins with a lead
    "headless_above",  # the article above has no head
    "jumped_above",  # it begins with 上接
    "names_below",  # a byline closes the text below
    "crossheads",  # crossheads that the article above has already, up to 2
    "like_crossheads",  # one of them is as long, within two characters
    "like_following",  # one of the lone headings below is as long
    "leads",  # share of the page's headline groups whose text begins with a lead, or has a byline above it
)

LEAST_LIKENESS = 0.01
"""Added to a cohesion before its logarithm is taken: the cohesion of two texts that have next to nothing in common."""

AS_LONG = 2
"""Characters by which the crossheads of one article differ at the most."""

_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,2}[）)]|[0-9０-９]{1,2}[.．、]")
_DATED = re.compile(
    rf"(?:[0-9０-９〇一二三四五六七八九十]{{1,4}}年)?[0-9０-９一二三四五六七八九十]{{1,2}}月[0-9０-９一二三四五六七八九十]{{1,3}}日|[0-9０-９]{{1,2}}日"
    rf"|近日|日前|昨日|昨天|今天|今日|昨晚|前日|連日|连日来|[{HANZI}]{{2,4}}(?:日前|近日|昨日|昨天)|记者从|記者從|记者昨|近年来|今年以来"
)
_GOES_ON = re.compile(
    rf"(?:此外|同时|同時|另外|与此同时|與此同時|不仅如此|不僅如此|为此|為此|因此|于是|於是|但是|然而|不过|不過|其中|该|該|他|她|它|其|这|這|那|首先|其次|再次|最后|最後)|(?:{OPENING_WORDS})，"
)


@dataclass(frozen=True, slots=True)
class Situation:
    """A lone heading and its surroundings. `above` and `below` are texts of some paragraphs, a line each; `opening` the first
    one below."""

    heading: str
    above: str
    below: str
    opening: str
    has_picture_below: bool
    has_kept_lines_below: bool
    has_lead_above: bool
    has_head_above: bool
    is_jumped_above: bool
    has_closing_byline: bool
    crossheads: Sequence[str]
    following: Sequence[str]
    leads: float


@cache
def opening_weights(path: Path | None = None) -> tuple[float, ...]:
    """The weight of each of `FEATURES`, in nats; the shipped ones where no path is given."""
    named = weights_by_name("opening_weights.tsv", path)
    return tuple(named[name,] for name in FEATURES)


def opens_article(values: Sequence[float]) -> float:
    """The probability (0-1, 4 places) that a heading with these features is the headline of what stands below it."""
    return probability_of(log_odds_of(values, opening_weights()))


def evidence_of(values: Sequence[float]) -> str:
    """What the features say for a headline (positive) or a crosshead, in nats, the weightiest first: `length -1.2, like +3.0`."""
    return weightiest(FEATURES, values, opening_weights())


def features(at: Situation, cohesion: Cohesion) -> tuple[float, ...]:
    """The values of `FEATURES`."""
    heading, length = at.heading, len(at.heading)
    grams = bigrams(heading)
    above, below, opening = bigrams(at.above), bigrams(at.below), bigrams(at.opening)
    return (
        1.0,
        min(length, 30) / 10,
        max(0, min(length, 30) - 8) / 10,
        max(0, min(length, 30) - 14) / 10,
        float(" " in heading),
        float("，" in heading or "、" in heading),
        float(heading[-1:] in "？?！!"),
        float("“" in heading or "「" in heading),
        float(_NUMBERED.match(heading) is not None),
        float(may_be_column(heading)),
        math.log(cohesion.similarity(at.above, at.below) + LEAST_LIKENESS),
        _share(grams, above),
        _share(grams, below),
        _share(grams, opening),
        _log_size(at.above),
        _log_size(at.below),
        float(_DATED.match(at.opening) is not None),
        float(_GOES_ON.match(at.opening) is not None),
        float(at.opening[:1] in "“「"),
        float(at.has_picture_below),
        float(at.has_kept_lines_below),
        float(not ends_sentence(at.above)),
        float(at.has_lead_above),
        float(not at.has_head_above),
        float(at.is_jumped_above),
        float(at.has_closing_byline),
        float(min(len(at.crossheads), 2)),
        float(any(abs(len(each) - length) <= AS_LONG for each in at.crossheads)),
        float(any(abs(len(each) - length) <= AS_LONG for each in at.following)),
        at.leads,
    )


def _share(grams: Mapping[str, int], text: Mapping[str, int]) -> float:
    """The share of a heading's bigrams that a text has."""
    return len(grams.keys() & text.keys()) / len(grams) if grams else 0.0


def _log_size(text: str) -> float:
    return math.log(len(text) / 100 + 0.05)
