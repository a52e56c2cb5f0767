"""Items that the gold of issues can be sure of: one report each, without the leads and the sign-offs of their source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from news_items import Item
from repair_articles import role_of

SHORTEST_LAST = 30
"""Characters of an item's last paragraph; what is shorter there is often a heading that the source took for text."""

_SOURCE_LEAD = re.compile(
    r"""^(?:据)?(?:本报|新华社|中新社)(?:[^，。；：（(]{0,10}[0-9０-９一二三四五六七八九十]{1,3}日|综合)?(?:讯|电)
        (?:[（(][^）)]{2,40}[）)]|(?:[^，。；]{0,10}(?:记者|通讯员))[^，。；]{1,30}报道：)?""",
    re.VERBOSE,
)
_STILL_A_LEAD = re.compile(
    "据?(?:本报|新华社|中新社)[^，。]{0,20}[讯电]|[（(][^）)]{0,12}[记讯]|[^，。]{0,12}(?:记者|通讯员)[^，。]{1,12}报道"
)
_TITLE = re.compile(
    r"(?![一二三四五六七八九十●■▲（第０-９0-9][、０-９）])[^：０-９0-9]{2}(?!.*(?:图表|照片|一览)$).{4,46}"
)
_SIGN_OFF = re.compile(r"[（(](?:[^（()）。]{0,20}[电讯]|[^（()）。]{2,14}|完)[）)]$")


def plain_items(items: Sequence[Item]) -> list[Item]:
    """The items as plain text with a headline: without the leads and the sign-offs of their source, which the gold could not
    name, and without those items that are no single report."""
    return [plain for item in items if (plain := _plain(item))]


def _plain(item: Item) -> Item | None:
    # in People's Daily a second line of a head may be the author, an office, a caption: only single lines are sure
    if item.source == "peoples_daily" and (len(item.headline) > 1 or not _TITLE.fullmatch(item.headline[0])):
        return None
    paragraphs = [text for text in item.paragraphs if not text.startswith(("编者按", "附记", "压题照片"))]
    # a heading inside an item of broadcast news begins another report
    heading = next((at for at, text in enumerate(paragraphs) if role_of(text) == "crosshead"), len(paragraphs))
    paragraphs = paragraphs[:heading]
    while len(paragraphs) > 1 and len(paragraphs[-1]) < SHORTEST_LAST:
        paragraphs.pop()
    if not paragraphs or any(_SIGN_OFF.search(text) for text in paragraphs[:-1]):
        return None
    paragraphs[0] = _SOURCE_LEAD.sub("", paragraphs[0], count=1)
    paragraphs[-1] = _SIGN_OFF.sub("", paragraphs[-1])
    if any(_STILL_A_LEAD.match(text) or len(text) < 2 for text in paragraphs) or len(paragraphs[0]) < SHORTEST_LAST:
        return None
    return replace(item, paragraphs=tuple(paragraphs))
