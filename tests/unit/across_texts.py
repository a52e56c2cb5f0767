"""Invented reports, and records of them, for the tests of what says the same over a corpus."""

from __future__ import annotations

from collections.abc import Sequence

from corpus_tools.model import Article, Block, PageMeta, Role, Span
from corpus_tools.stages.split.fields import fields_of, text_of_article

BRIDGE = (
    "望河上的第三座大桥昨日合龙，比计划提前了四十天。大桥全长八百六十米，双向六车道，两侧留有人行步道。",
    "建设者介绍，河床淤泥深厚，桥墩桩基打到水下五十二米才见岩层。为避开汛期，三百多名工人分三班昼夜施工。",
    "大桥通车以后，南岸的菜农进城只需十分钟，过去绕行旧桥要走一个半小时。",
)
"""A report of three paragraphs."""

ORCHARD = (
    "入秋以来，柏岭山上的果园一片金黄，果农老陆一早就带着孩子们上山摘梨。今年雨水匀，梨子个头大，糖分足。",
    "村里的合作社把梨子按大小分成三等，装进印着山名的纸箱，当天就发往省城的批发市场。",
)
"""Another one, which has nothing in common with it."""

WEATHER = "市气象台昨日发布：今天白天晴转多云，东南风三到四级，最高气温26度；夜间阴，最低气温15度。请市民出行注意安全。"
WEATHER_NEXT = (
    "市气象台昨日发布：今天白天晴转多云，东南风三到四级，最高气温23度；夜间阴，最低气温12度。请市民出行注意安全。"
)
"""The same formula on two days."""

MISREAD = {
    "望河上的第三座大桥昨日合龙": "望河上旳第三座大桥昨日合龙",
    "双向六车道": "双向六车首",
    "建设者介绍": "建没者介绍",
    "淤泥深厚": "淤泥深原",
    "桥墩桩基": "桥墩桩墓",
    "昼夜施工": "昼夜施施工",
    "南岸的菜农": "南岸菜农",
    "过去绕行": "过丢绕行",
}
"""What an OCR model read in `BRIDGE`."""


def misread(text: str) -> str:
    """A text of `BRIDGE` as it was misread."""
    for printed, read in MISREAD.items():
        text = text.replace(printed, read)
    return text


def article(
    article_id: str,
    paragraphs: Sequence[str | tuple[Role, str]],
    *,
    headline: str = "一则报道",
    newspaper: str | None = None,
    date: str | None = None,
    page_number: str | None = None,
    flags: tuple[str, ...] = (),
) -> Article:
    """A record of a headline and paragraphs; a paragraph with a role is a block of that role."""
    roled: list[tuple[Role, str]] = [("headline", headline)]
    roled += [("body", each) if isinstance(each, str) else each for each in paragraphs]
    blocks: list[Block] = []
    start = 0
    for role, text in roled:
        blocks.append(Block(role, (Span(start, start + len(text)),), text))
        start += len(text) + 2
    fields = fields_of(blocks)
    return Article(
        article_id,
        "article",
        article_id.rpartition("/")[0],
        text_of_article(blocks, captions=False),
        headline=headline,
        dateline=fields.dateline,
        byline=fields.byline,
        jump_to=fields.jump_to,
        jump_from=fields.jump_from,
        blocks=tuple(blocks),
        flags=flags,
        meta=PageMeta(newspaper=newspaper, date=date, page_number=page_number),
    )
