"""Public notices of several blocks: a title that says so, what stands below it, and who signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus_tools.characters import HANZI
from corpus_tools.model import Block, Decision, Page, Retag
from corpus_tools.options import Options
from corpus_tools.outline import HEAD_ROLES, Draft, draft_articles, is_lead

LONGEST_NOTICE = 2000
"""Characters below a notice's title; what is longer is a document that the paper prints, with paragraphs of its own."""

_SIGNED = re.compile(
    rf"[{HANZI}（）()·]{{2,30}}(?:公司|委员会|委員會|局|厅|廳|院|所|处|處|办公室|办|中心|集团|学校|大学|银行|政府|法院|社|站|队|部|会|會)"
    r"(?:\ *(?:[0-9〇零一二三四五六七八九十]{2,4}年)?[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日)?"
    r"|(?:[0-9〇零一二三四五六七八九十]{2,4}年)?[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日"
)


def tag_notices(page: Page, options: Options) -> Iterator[Decision]:
    """What stands below the title of a public notice becomes notice, the line that signs it included.

    Left alone: reports about notices (a lead, a headline that tells of one), documents longer than a notice is.
    """
    for draft in draft_articles(page.blocks):
        if not _is_notice(page.blocks, draft):
            continue
        for index in draft.blocks:
            if page.blocks[index].role in ("body", "advert"):
                yield Retag(index, "notice", "below the title of a notice")
        for index in _signature(page.blocks, draft):
            yield Retag(index, "notice", "signs the notice above")


def _is_notice(blocks: Sequence[Block], draft: Draft) -> bool:
    if not draft.holds_notice:
        return False
    texts = [blocks[index] for index in draft.blocks if blocks[index].role not in HEAD_ROLES]
    n_characters = sum(len(block.text) for block in texts)
    return bool(texts) and n_characters <= LONGEST_NOTICE and not any(map(is_lead, texts))


def _signature(blocks: Sequence[Block], draft: Draft) -> Iterator[int]:
    """The lines right below a notice that look like furniture, an office and a day."""
    for index in range(draft.blocks[-1] + 1, len(blocks)):
        block = blocks[index]
        if block.role not in ("furniture", "heading") or not _SIGNED.fullmatch(block.text):
            return
        if block.role == "furniture":
            yield index
