"""Runs of characters that news does not use: where a strict decoding may yet be wrong."""

from __future__ import annotations

import re
from functools import cache

from corpus_tools.likelihood import weights

ODD = 6
"""Names in rare hanzi are shorter; what was read in a wrong encoding, or cut in the middle of its characters, is longer."""


@cache
def odd_run() -> re.Pattern[str]:
    """Six characters in a row that the frequency table does not know, and that are no symbols, marks or full-width forms."""
    known = "".join(re.escape(character) for character in sorted(weights()) if character > "\x7f")
    odd = f"[^{known}\\x00-\\x7f\\u2010-\\u27ff\\u3000-\\u303f\\uff00-\\uffee]"
    return re.compile(
        f"{odd}{odd}{{{ODD - 1}}}"
    )  # a pattern that begins with a plain class is searched three times faster
