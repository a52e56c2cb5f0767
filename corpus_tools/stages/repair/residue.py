"""What an OCR model added to the page: a role of its own, out of the articles.

Blocks that are still single lines enter; Retags, Divides and CutOuts leave. Characters stay where they are; only their
role says that they were never printed. A table keeps the marks inside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tools.edits import Offsets
from corpus_tools.model import Block, CutOut, Decision, Divide, Note, Page, Retag, Span
from corpus_tools.options import Options
from corpus_tools.pieces import Pieces
from corpus_tools.roles import MARK_TRIGGERS, Mark, find_running_heads, is_residue, is_table_row, residue_marks

_LINE_BREAK = re.compile(r"(?i:(?:<br\s?/?>\s*)+)")
_TABLE_BORDER = re.compile(r"(?i:(?<=\S)(?=<table\b)|</table>(?=\s*\S))")
_CELL = re.compile(r"(?i:<t[drh]\b)")


def divide_at_tags(page: Page, options: Options) -> Iterator[Decision]:
    """A line is parted at each `<br>`, as by a newline, and before and behind an HTML table that stands inside it.

    A `<br>` in the cell of a table stays there.
    """
    if "<" not in page.text:
        return
    for index, block in enumerate(page.blocks):
        if "<" not in block.text or block.role == "table":
            continue
        for found in _TABLE_BORDER.finditer(block.text):
            yield Divide(index, found.end(), reason="the border of a table")
        if is_table_row(block.text) or _CELL.search(block.text):
            continue
        for found in _LINE_BREAK.finditer(block.text):
            yield Divide(index, found.start(), right_role="residue", reason="a line break of the model's")
            yield Divide(index, found.end(), left_role="residue", right_role=block.role)


def tag_residue(page: Page, options: Options) -> Iterator[Decision]:
    """Lines that an OCR model added become residue: code fences, 以下是图片中的文字内容：, refusals, image placeholders."""
    for index, block in enumerate(page.blocks):
        if block.role == "body" and is_residue(block.text):
            yield Retag(index, "residue", "words of an OCR model")


def cut_out_residue(page: Page, options: Options) -> Iterator[Decision | Note]:
    """Marks of an OCR model inside a line become residue, the line stays one block: `## `, `**`, tags, tokens, [图片].

    What stands for text that it could not read ([illegible]) is also flagged `lost_text`. Left alone: a single * or #,
    ** in maths and behind footnotes, brackets with words of the paper, whatever is in a table.
    """
    if not any(trigger in page.text for trigger in MARK_TRIGGERS):
        return
    offsets: Offsets | None = None
    for index, block in enumerate(page.blocks):
        for mark in _marks_of(block):
            span = Span(mark.start, mark.end)
            yield CutOut(index, span, "residue", f"a {mark.kind} mark of the model's")
            if mark.is_loss:
                offsets = offsets or Offsets(page.history)
                reason = f"{block.text[mark.start : mark.end]!r} stands for text that was not read"
                yield Note(Pieces(block, offsets).source(span), "lost_text", reason=reason)


def _marks_of(block: Block) -> list[Mark]:
    if block.role in ("table", "residue") or is_table_row(block.text):
        return []
    return residue_marks(block.text)


def cut_out_running_heads(page: Page, options: Options) -> Iterator[Decision]:
    """A running head inside a line becomes furniture, the line stays one block: … 第3版 要闻 2023年11月8日 星期三 ….

    Only with page number, date and weekday, set off by spaces; anything less may be the paper's own words.
    """
    if "期" not in page.text or "星期" not in page.text:
        return
    for index, block in enumerate(page.blocks):
        if block.role == "body" and "星期" in block.text:
            for start, end in find_running_heads(block.text):
                yield CutOut(index, Span(start, end), "furniture", "page number, date and weekday")
