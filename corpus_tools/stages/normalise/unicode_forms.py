"""Unicode forms: canonical composition, and compatibility ideographs. Never NFKC: it turns ，：（ into ASCII."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from corpus_tools.model import Edit, Span
from corpus_tools.options import Options
from corpus_tools.stages.rules import woken_by

_COMPATIBILITY = r"\uf900-\ufaff\U0002f800-\U0002fa1f"
_COMPATIBILITY_IDEOGRAPH = re.compile(f"[{_COMPATIBILITY}]")


@woken_by(characters=_COMPATIBILITY)
def unify_compatibility_ideographs(text: str, options: Options) -> Iterator[Edit]:
    """A compatibility ideograph (U+F900 and on) becomes the ideograph that Unicode calls its equal: 金 U+F90A to 金.

    Spans are code points of `text`. The twelve of that block that are ideographs in their own right stay.
    """
    for found in _COMPATIBILITY_IDEOGRAPH.finditer(text):
        unified = unicodedata.normalize("NFC", found[0])
        if unified != found[0]:
            yield Edit(Span(*found.span()), found[0], unified, f"compatibility ideograph U+{ord(found[0]):04X}")


def compose_characters(text: str, options: Options) -> Iterator[Edit]:
    """Characters take the form NFC: a letter and its marks become one (e + ◌́ to é), U+212B becomes Å, jamo a syllable.

    Spans are code points of `text`. Afterwards it is NFC but for compatibility ideographs, which are not this rule's work.
    What NFC leaves in two characters stays in two.
    """
    if unicodedata.is_normalized("NFC", text):  # says yes to a clean page for half the cost of decoding it
        return
    start = 0
    for line in text.split("\n"):
        if not unicodedata.is_normalized("NFC", line):
            for cluster_start, cluster in _clusters(line):
                yield from _composition(cluster, start + cluster_start)
        start += len(line) + 1


def _clusters(line: str) -> Iterator[tuple[int, str]]:
    """`(start, characters)` of each character with all behind it that may compose with it, or change places."""
    start = 0
    for place, character in enumerate(line):
        if place and not _leans(character):
            yield start, line[start:place]
            start = place
    if line:
        yield start, line[start:]


def _leans(character: str) -> bool:
    """Whether NFC may make one of this character and those before it: marks, and the vowels and finals of Hangul."""
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"


def _composition(cluster: str, start: int) -> Iterator[Edit]:
    if _COMPATIBILITY_IDEOGRAPH.match(cluster):  # stays itself; no ideograph composes with a mark
        start, cluster = start + 1, cluster[1:]
    composed = unicodedata.normalize("NFC", cluster)
    if composed == cluster:
        return
    while cluster[-1] == composed[-1] and len(cluster) > 1 < len(composed):  # marks at the end that stay
        cluster, composed = cluster[:-1], composed[:-1]
    while cluster[0] == composed[0] and len(cluster) > 1 < len(composed):
        start, cluster, composed = start + 1, cluster[1:], composed[1:]
    reason = "canonical composition" if len(cluster) > 1 else f"canonical equal of U+{ord(cluster):04X}"
    yield Edit(Span(start, start + len(cluster)), cluster, composed, reason)
