"""Merged records: the halves of one article as one record with `parts`, the sentence over each jump joined in its text."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from corpus_tools.characters import ends_sentence
from corpus_tools.model import ARTICLE_FLAGS, Article, Part
from corpus_tools.stages.split.fields import HEAD_TEXT

PLAIN_TEXT = frozenset({"body"})
BESIDE = frozenset({"jump", "byline", "caption", "credit"})
"""What may stand between the last words of a half and the jump."""

HEAD = frozenset({"column", "kicker", "headline", "deck", "byline", "jump"})
"""What may stand above the first words of a second half."""


def merged_record(chain: Sequence[Article]) -> Article:
    """One record of several halves, under the first one's id and head; only its text joins the sentence over the jump."""
    first, last = chain[0], chain[-1]
    flags = {flag for article in chain for flag in article.flags} - {"start_missing", "end_missing", "headline_missing"}
    flags |= {flag for flag in ("start_missing", "headline_missing") if flag in first.flags}
    flags |= {flag for flag in ("end_missing",) if flag in last.flags}
    return replace(
        first,
        text=_joined_text(chain),
        byline=tuple(dict.fromkeys(person for article in chain for person in article.byline)),
        jump_to=last.jump_to,
        parts=tuple(Part(article.page_id, article.blocks) for article in chain),
        flags=tuple(flag for flag in ARTICLE_FLAGS if flag in flags),
    )


def _joined_text(chain: Sequence[Article]) -> str:
    text = chain[0].text
    for above, article in itertools.pairwise(chain):
        following = _without_head(article)
        broken = last_body(above) is not None and not ends_sentence(text) and first_body(article) is not None
        text += ("" if broken or not following else "\n") + following
    return text


def last_body(article: Article) -> str | None:
    """The paragraph that a first half ends with, before its jump; None where something else stands there."""
    last = next((block for block in reversed(article.blocks) if block.role not in BESIDE), None)
    return last.text if last is not None and last.role in PLAIN_TEXT else None


def first_body(article: Article) -> str | None:
    """The paragraph that a second half begins with, below its head and its jump; None where something else stands there."""
    following = next((block for block in article.blocks if block.role not in HEAD), None)
    return following.text if following is not None and following.role in PLAIN_TEXT else None


def _without_head(article: Article) -> str:
    """The text of a second half without the headline that the jump page repeats."""
    head = [block.text for role in HEAD_TEXT for block in article.blocks if block.role == role]
    lines = article.text.split("\n")
    return "\n".join(lines[len(head) :]) if lines[: len(head)] == head else article.text
