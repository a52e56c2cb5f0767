"""What looks wrong in a paragraph and cannot be mended: flagged with its place, never changed.

Blocks in reading order enter, notes leave; their spans are the characters that look wrong, in the decoded page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus_tools.characters import HANZI, ends_sentence, has_unpaired_marks, open_marks, stray_closing_marks
from corpus_tools.drafts import TEXT_ROLES, is_backward_jump, is_open_end
from corpus_tools.edits import Offsets
from corpus_tools.model import Block, Note, Page, Span
from corpus_tools.oddities import garbled_spans
from corpus_tools.options import Options
from corpus_tools.outline import draft_articles
from corpus_tools.pieces import Pieces

STRAY_FRAGMENT = 8
FRAGMENT = 3
"""Characters before the first 。 of a paragraph that has lost its start. Three and fewer are no sentence (时优化。);
up to eight count where the paragraph also has no article above it (计科目化解。). Four-character openings are common."""

_FIRST_SENTENCE = re.compile(rf"(?P<words>[{HANZI}]{{1,{STRAY_FRAGMENT}}})。")
_FINAL_WORDS = "了吗呢吧的着过啊"
_LOST_START = re.compile(r"[，。、；：！？）”》」』】]|’(?![0-9０-９])")  # ’98 is a year
_ENDS_ANYHOW = re.compile(r"[（(]附[图圖][^（()）]{0,8}[）)]$|[—─]{2}[编編]者$")  # ——（附图片４张）, ———编者
_CODE_SWITCH = re.compile(
    rf"""
    (?<=[{HANZI}”）])\ ?
    (?: (?P<function>and|or|the|of|to|with|for|is|are|was|were|be|by|on|from|but|as|at|that|this|these|which|has|have|had|will|would|its|their|than
          |(?<![最好很超真更够夠])(?<![最好很超真更够夠]\ )in|into|also|through|between|during|because|while|such)
      | (?P<content>important|development|economic|economy|market|government|system|level|company|project|quality|security|social|support|improve
          |promote|ensure|achieve|however|therefore|continue|strategy|efficiency|efficient|effective|effectively|innovation|comprehensive|enhance
          |strengthen|further|implementation|significant|construction|management|technology|environment|experience|opportunity|responsibility)
    )
    \ ?(?=[{HANZI}“（])
    """,
    re.VERBOSE,
)
_OF_ENGLISH = re.compile(r"英[语語文]|[单單][词詞]|[词詞][汇彙]|[翻][译譯]")
FUNCTION_SCORE, CONTENT_SCORE = 0.95, 0.8
"""How sure a word is a model's. In 8.8 million characters of clean news neither list has a hit; papers quote content words, though."""

_LOWER_CASE = re.compile("[a-z]{2}")
_PARTS = "亻丨亅丿丶乀乁乚氵冫讠钅饣纟扌犭忄艹冖辶阝彳刂勹卩凵匚灬衤礻廴彡巛攵爫罒"
_NOISE_CHARACTER = re.compile(f"[{_PARTS}□]")
_PARTS_IN_A_ROW = re.compile(rf"(?:[{_PARTS}]|[口日一丁卜厂十]\ ?(?=[{_PARTS}]))(?:\ ?[{_PARTS}口日一丁卜厂十]){{2,}}")
_BOXES = re.compile(rf"(?<=[{HANZI}，、“])□{{2,40}}(?=[{HANZI}，。、”])")
_PUNCTUATION = re.compile(r"[·.,'`^~|;:_•*\-]{5,200}")
LEAST_PARTS, LEAST_MARKS = 3, 3
"""Parts of hanzi, different ASCII marks in a row that no newspaper prints: leaders and rows of one mark are print."""

_ASCII_QUOTE = re.compile(r'"')
_UNREAD_ROLES = frozenset({"residue", "table"})
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
    openings = {
        index: _FIRST_SENTENCE.match(block.text) for index, block in enumerate(page.blocks) if block.role == "body"
    }
    suspects = {
        index: found for index, found in openings.items() if found or _LOST_START.match(page.blocks[index].text)
    }
    if not suspects:
        return
    offsets = Offsets(page.history)
    strays: set[int] | None = None  # what opens text without a head: asked where it may turn the verdict
    for index, opening in suspects.items():
        text = page.blocks[index].text
        lost = _LOST_START.match(text) is not None
        # 下雪了。 is a sentence, however short
        if not lost and opening is not None and opening["words"][-1] not in _FINAL_WORDS:
            is_whole = len(text) == opening.end()
            lost = not is_whole and len(opening["words"]) <= FRAGMENT
            if not lost:
                if strays is None:
                    strays = {draft.blocks[0] for draft in draft_articles(page.blocks) if draft.opened_by == "stray"}
                lost = index in strays  # whole, or with no more than STRAY_FRAGMENT characters before its first 。
        if lost:
            where = Pieces(page.blocks[index], offsets).source(Span(0, 1))
            yield Note(where, "start_missing", reason="begins in mid-sentence")


def note_cut_ends(page: Page, options: Options) -> Iterator[Note]:
    """A paragraph that stops in mid-sentence, with no jump line after it, is flagged `end_missing`."""
    offsets = Offsets(page.history)
    for index, block in enumerate(page.blocks):
        if not is_open_end(block) or _ENDS_ANYHOW.search(block.text, max(0, len(block.text) - 12)):
            continue
        following = page.blocks[index + 1] if index + 1 < len(page.blocks) else None
        if following is None or following.role != "jump" or is_backward_jump(following):
            span = Span(len(block.text) - 1, len(block.text))
            yield Note(Pieces(block, offsets).source(span), "end_missing", reason="stops in mid-sentence")


def note_unbalanced_quotes(page: Page, options: Options) -> Iterator[Note]:
    """A paragraph with a quote or bracket that is never closed, or never opened, is flagged `unbalanced_quotes`.

    Not where the end or the start is cut off, and not an opening “ that every paragraph of a long quotation repeats.
    """
    offsets = Offsets(page.history)
    for index, block in enumerate(page.blocks):
        if block.role not in TEXT_ROLES or not has_unpaired_marks(block.text):
            continue
        if "start_missing" in block.flags or "end_missing" in block.flags or is_open_end(block):
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
        if '"' in block.text and not _PRINTED_QUOTES.isdisjoint(block.text):
            pieces = Pieces(block, offsets)
            for found in _ASCII_QUOTE.finditer(block.text):
                reason = "an ASCII quote beside printed ones"
                yield Note(pieces.source(Span(*found.span())), "mixed_quotes", reason=reason)
        if has_unpaired_marks(block.text):  # a mark closed by another kind lacks its own
            pieces = Pieces(block, offsets)
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
            for span, mean in garbled_spans(block.text):
                reason = f"{len(span)} characters that news seldom uses, {mean} nats each"
                yield Note(Pieces(block, offsets).source(span), "garbled", reason=reason, score=mean)


def note_noise(page: Page, options: Options) -> Iterator[Note]:
    """What an OCR engine makes of dirt is flagged: parts of hanzi (亻 口 丨 亅) and mixed marks `garbled`, □□ `lost_text`.

    Left alone: leaders, rows of one mark, a part that an article on characters names, boxes at a line's start or end.
    """
    parts = _NOISE_CHARACTER.search(page.text) is not None
    marks = _PUNCTUATION.search(page.text) is not None
    if not parts and not marks:
        return
    offsets = Offsets(page.history)
    for block in page.blocks:
        if block.role not in _UNREAD_ROLES:
            for span, flag, reason in _noise(block.text, parts, marks):
                yield Note(Pieces(block, offsets).source(span), flag, reason=reason)


def _noise(text: str, parts: bool, marks: bool) -> Iterator[tuple[Span, str, str]]:
    if parts:
        for found in _PARTS_IN_A_ROW.finditer(text):
            if sum(character in _PARTS for character in found[0]) >= LEAST_PARTS:
                yield Span(*found.span()), "garbled", "parts of hanzi in a row"
        for found in _BOXES.finditer(text):
            yield Span(*found.span()), "lost_text", f"{len(found[0])} boxes in mid-sentence"
    if marks:
        for found in _PUNCTUATION.finditer(text):
            if len(set(found[0])) >= LEAST_MARKS:
                yield Span(*found.span()), "garbled", f"{len(set(found[0]))} kinds of marks in a row"


def note_code_switches(page: Page, options: Options) -> Iterator[Note]:
    """An English function or common word between hanzi is flagged `code_switch`: 信心 and 决心. 《The Economist》 is not.

    Common words (development) not in a paragraph about English, nor `in` where it is slang (最 in).
    """
    offsets: Offsets | None = None
    for block in page.blocks:
        if block.role not in TEXT_ROLES or not _LOWER_CASE.search(block.text):
            continue
        for found in _CODE_SWITCH.finditer(block.text):
            kind = "function" if found["function"] else "content"
            if kind == "content" and _OF_ENGLISH.search(block.text):
                continue
            offsets = offsets or Offsets(page.history)
            score = FUNCTION_SCORE if kind == "function" else CONTENT_SCORE
            where = Pieces(block, offsets).source(Span(*found.span(kind)))
            yield Note(where, "code_switch", reason=f"{found[kind]} between hanzi", score=score)
