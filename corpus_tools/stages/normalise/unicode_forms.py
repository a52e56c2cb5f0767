"""Unicode forms: canonical composition, and compatibility ideographs. Never NFKC: it turns ，：（ into ASCII."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from corpus_tools.model import Edit, Span
from corpus_tools.options import Options

_COMBINED = re.compile(
    r"[^\n\u0300-\u036f\u3099\u309a\uf900-\ufaff\U0002f800-\U0002fa1f](?:[\u0300-\u036f\u3099\u309a])+"
)  # a letter and its marks

_COMPATIBILITY = re.compile(r"[\uf900-\ufaff\U0002f800-\U0002fa1f]")


def compose_characters(text: str, options: Options) -> Iterator[Edit]:
    """A letter with combining marks becomes the one character that NFC has for it (e + ◌́ to é).

    Spans are code points of `text`. What NFC leaves in two characters stays; compatibility ideographs are not its work.
    """
    for found in _COMBINED.finditer(text):
        composed = unicodedata.normalize("NFC", found[0])
        if composed != found[0]:
            yield Edit(Span(*found.span()), found[0], composed, "canonical composition")


def unify_compatibility_ideographs(text: str, options: Options) -> Iterator[Edit]:
    """A compatibility ideograph (U+F900 and on) becomes the ideograph that Unicode calls its equal: 金 U+F90A to 金.

    Spans are code points of `text`. The twelve of that block that are ideographs in their own right stay.
    """
    for found in _COMPATIBILITY.finditer(text):
        unified = unicodedata.normalize("NFC", found[0])
        if unified != found[0]:
            yield Edit(Span(*found.span()), found[0], unified, f"compatibility ideograph U+{ord(found[0]):04X}")
