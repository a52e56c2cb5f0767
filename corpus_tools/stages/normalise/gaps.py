"""Where spaces stand between hanzi: few pages have any, and these cost one quick look."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tools.characters import HANZI

WIDEST = 3
"""Spaces of the widest gap inside a letterspaced word; wider ones part columns."""

_LAST_SPACE = re.compile(  # begins with a letter as it is, which is what makes it quick
    f" (?=[{HANZI}])(?:" + "|".join(f"(?<=[{HANZI}]{' ' * n_spaces})" for n_spaces in range(1, WIDEST + 1)) + ")"
)


def lines_with_gaps(text: str) -> Iterator[tuple[int, str]]:
    """`(start, line)` of each line in which one to three spaces stand between two hanzi; `start` counts in `text`.

    >>> list(lines_with_gaps("  本报讯\\n会 议强调\\n2 月"))
    [(6, '会 议强调')]
    """
    done = 0
    for space in _LAST_SPACE.finditer(text):
        at = space.start()
        if at < done:
            continue
        start = text.rfind("\n", 0, at) + 1
        done = text.find("\n", at)
        done = len(text) if done < 0 else done
        yield start, text[start:done]
