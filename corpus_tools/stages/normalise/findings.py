"""What is wrong and cannot be mended: flagged, never changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tools.model import Note, Span
from corpus_tools.options import Options
from corpus_tools.stages.rules import woken_by

_LOST = re.compile(  # each begins with a character as it is: `re` then skips to the next of these at once
    r"\ufffd\ufffd*"  # replacement characters: bytes that some tool could not decode
    r"|锟斤拷(?:锟斤拷)*锟?斤?"  # the same, written as UTF-8 and read as GBK
    r"|烫烫(?:烫烫|屯屯)+|屯屯(?:烫烫|屯屯)+"  # memory that was never written, read as GBK
)
_PRIVATE = r"\ue000-\uf8ff\U000f0000-\U0010ffff"
_PRIVATE_RUN = re.compile(f"[{_PRIVATE}]+")


@woken_by(characters="\ufffd", texts=("锟斤拷", "烫烫", "屯屯"))
def note_lost_text(text: str, options: Options) -> Iterator[Note]:
    """U+FFFD, 锟斤拷 and 烫烫烫烫 are flagged `lost_text`: what stood there is gone. Spans are code points of `text`."""
    for found in _LOST.finditer(text):
        yield Note((Span(*found.span()),), "lost_text", reason=f"{found[0][:12]!r} stands for characters that are gone")


@woken_by(characters=_PRIVATE)
def note_private_use(text: str, options: Options) -> Iterator[Note]:
    """Private-use characters are flagged `private_use`: only one font knew them. Spans are code points of `text`."""
    for found in _PRIVATE_RUN.finditer(text):
        points = " ".join(f"U+{ord(character):04X}" for character in found[0][:4])
        yield Note((Span(*found.span()),), "private_use", reason=points)
