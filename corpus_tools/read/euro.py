"""Byte 0x80 of code page 936: the euro sign in GB18030 text, where it stands beside a number."""

from __future__ import annotations

import codecs
import re

EURO = "€"
EURO_BYTE = 0x80
_BEFORE = re.compile(rb"(?:[0-9]|\xa3[\xb0-\xb9])(?:[ ]|\xa1\xa1)?\Z")  # 100€, １００ €
_AFTER = re.compile(rb"(?:[ ]|\xa1\xa1)?(?:[0-9]|\xa3[\xb0-\xb9])")  # €100
_CONTEXT = 4  # bytes that the two patterns look at

EURO_ERRORS = "corpus-tools-euro"
EURO_OR_BAD = "corpus-tools-euro-or-bad"
"""Error handlers for the gb18030 codec, which knows no byte 0x80: strict, and U+FFFD for any other bad byte."""


def is_euro(data: bytes, at: int) -> bool:
    """Whether byte `at`, where a character begins, is the euro sign: 0x80 beside a digit; elsewhere it is damage."""
    if data[at] != EURO_BYTE:
        return False
    before, after = data[max(0, at - _CONTEXT) : at], data[at + 1 : at + 1 + _CONTEXT]
    return bool(_BEFORE.search(before) or _AFTER.match(after))


def _decode_euro(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError) and is_euro(error.object, error.start):
        return EURO, error.start + 1
    raise error


def _decode_euro_or_bad(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        return (EURO if is_euro(error.object, error.start) else "\ufffd"), error.start + 1
    raise error


codecs.register_error(EURO_ERRORS, _decode_euro)
codecs.register_error(EURO_OR_BAD, _decode_euro_or_bad)
