"""What looks wrong in a paragraph and cannot be mended: flagged with its place, never changed.

Blocks in reading order enter, notes leave; their spans are the characters that look wrong, in the decoded page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus_tools.blocks import Pieces
from corpus_tools.characters import HANZI, ends_sentence, open_marks, stray_closing_marks
from corpus_tools.edits import Offsets
from corpus_tools.model import Block, Note, Page, Span
from corpus_tools.oddities import garbled_spans
from corpus_tools.options import Options
from corpus_tools.outline import TEXT_ROLES, draft_articles, is_backward_jump
from corpus_tools.stages.repair.breaks import is_open_end

STRAY_FRAGMENT = 8
FRAGMENT = 3
"""Characters before the first 。 of a paragraph that has lost its start. Three and fewer are no sentence (时优化。);
up to eight count where the paragraph also has no article above it (计科目化解。). Four-character openings are common."""

_FIRST_SENTENCE = re.compile(rf"(?P<words>[{HANZI}]{{1,{STRAY_FRAGMENT}}})。")
_FINAL_WORDS = "了吗呢吧的着过啊"
_LOST_START = re.compile(r"[，。、；：！？）”’》」』】]")
_CODE_SWITCH = re.compile(
    rf"(?<=[{HANZI}”）])\ ?(?P<word>and|or|the|of|in|to|with|for|is|are|was|by|on|from|but|as|at)\ ?(?=[{HANZI}“（])"
)
_ASCII_QUOTE = re.compile(r'"')
_PRINTED_QUOTES = frozenset("“”「」『』")
_ILL_MATCHED = re.compile(
    r"（[^（）()]{0,60}\)|\([^（）()]{0,60}）"  # full-width on one side, ASCII on the other
    r"|【[^【】\[\]]{0,60}\]|\[[^【】\[\]]{0,60}】"
    r"|《[^《》<>]{0,60}>|<[^《》<>]{0,60}》"
    r"|“[^“”「」『』]{0,120}[」』]|[「『][^“”「」『』]{0,120}”"  # mainland quotes on one side, corner brackets on the other
)


def note_lost_starts(page: Page, options: Options) -> Iterator[Note]:
    """A paragraph that begins in mid-sentence (时优化。将交通信号灯…) is flagged `start_missing`.

    Left alone: short exclamations and four-character openings (春回大地。) where the article goes on from above.
    """
    offsets = Offsets(page.history)
    strays = {draft.blocks[0] for draft in draft_articles(page.blocks) if draft.opened_by == "stray"}
    for index, block in enumerate(page.blocks):
        if block.role != "body":
            continue
        found = _FIRST_SENTENCE.match(block.text)
        limit = STRAY_FRAGMENT if index in strays else FRAGMENT
        if found is not None and found["words"][-1] in _FINAL_WORDS:
            found = None  # 下雪了。 is a sentence, however short
        fragment = found is not None and len(found["words"]) <= limit and len(block.text) != found.end()
        alone = found is not None and index in strays and len(block.text) == found.end()
        if fragment or alone or _LOST_START.match(block.text):
            yield Note(Pieces(block, offsets).source(Span(0, 1)), "start_missing", reason="begins in mid-sentence")


def note_cut_ends(page: Page, options: Options) -> Iterator[Note]:
    """A paragraph that stops in mid-sentence, with no jump line after it, is flagged `end_missing`."""
    offsets = Offsets(page.history)
    for index, block in enumerate(page.blocks):
        following = page.blocks[index + 1] if index + 1 < len(page.blocks) else None
        jumps_on = following is not None and following.role == "jump" and not is_backward_jump(following)
        if is_open_end(block) and not jumps_on:
            span = Span(len(block.text) - 1, len(block.text))
            yield Note(Pieces(block, offsets).source(span), "end_missing", reason="stops in mid-sentence")


def note_unbalanced_quotes(page: Page, options: Options) -> Iterator[Note]:
    """A paragraph with a quote or bracket that is never closed, or never opened, is flagged `unbalanced_quotes`.

    Not where the end or the start is cut off, and not an opening “ that every paragraph of a long quotation repeats.
    """
    offsets = Offsets(page.history)
    for index, block in enumerate(page.blocks):
        if block.role not in TEXT_ROLES or {"start_missing", "end_missing"} & set(block.flags) or is_open_end(block):
            continue
        left_open, stray = open_marks(block.text), stray_closing_marks(block.text)
        if left_open and not stray and _quotation_goes_on(page.blocks, index, left_open):
            continue  # every paragraph of a long quotation opens it again, or the next one closes it
        if stray and not left_open and index and open_marks(page.blocks[index - 1].text):
            continue  # the end of a quotation of several paragraphs
        if left_open or stray:
            place = block.text.rindex((left_open or stray)[-1])
            what = f"{left_open} never closed" if left_open else f"{stray} never opened"
            yield Note(Pieces(block, offsets).source(Span(place, place + 1)), "unbalanced_quotes", reason=what)


def _quotation_goes_on(blocks: Sequence[Block], index: int, left_open: str) -> bool:
    following = blocks[index + 1].text if index + 1 < len(blocks) else ""
    if len(left_open) != 1 or not ends_sentence(blocks[index].text):
        return False
    return following.startswith(left_open) or bool(stray_closing_marks(following))


def note_mixed_quotes(page: Page, options: Options) -> Iterator[Note]:
    """Quotes of two kinds in a paragraph, or a bracket closed by another kind （…), are flagged `mixed_quotes`.

    Which one is meant is not guessed.
    """
    offsets = Offsets(page.history)
    for block in page.blocks:
        if block.role not in TEXT_ROLES:
            continue
        pieces = Pieces(block, offsets)
        if not _PRINTED_QUOTES.isdisjoint(block.text):
            for found in _ASCII_QUOTE.finditer(block.text):
                reason = "an ASCII quote beside printed ones"
                yield Note(pieces.source(Span(*found.span())), "mixed_quotes", reason=reason)
        for found in _ILL_MATCHED.finditer(block.text):
            start, end = found.span()
            marks = (*pieces.source(Span(start, start + 1)), *pieces.source(Span(end - 1, end)))
            yield Note(marks, "mixed_quotes", reason=f"{found[0][0]} closed by {found[0][-1]}")


def note_garbled_text(page: Page, options: Options) -> Iterator[Note]:
    """Eight characters in a row and more that are no Chinese together are flagged `garbled`: 銆銆璁拌呮潕鏄庡.

    What was decoded wrongly and cannot be undone, or what an OCR engine made of a picture. Names in rare hanzi are shorter.
    """
    offsets = Offsets(page.history)
    for block in page.blocks:
        if block.role != "residue":
            pieces = Pieces(block, offsets)
            for span, mean in garbled_spans(block.text):
                reason = f"{len(span)} characters that news seldom uses, {mean} nats each"
                yield Note(pieces.source(span), "garbled", reason=reason, score=mean)


def note_code_switches(page: Page, options: Options) -> Iterator[Note]:
    """An English function word between hanzi is flagged `code_switch`: 信心 and 决心. Names such as 《The Economist》 are not."""
    offsets = Offsets(page.history)
    for block in page.blocks:
        if block.role in TEXT_ROLES:
            pieces = Pieces(block, offsets)
            for found in _CODE_SWITCH.finditer(block.text):
                span = Span(*found.span("word"))
                yield Note(pieces.source(span), "code_switch", reason=f"{found['word']} between hanzi")
