"""repair: finds the blocks of a page, and makes whole the paragraphs that lines, columns and OCR order broke.

A normalised page enters, the same page with blocks in reading order leaves, each with a provisional role (`heading`
for what `split` will call headline, kicker, column or crosshead). Joining and moving deal out spans; characters change
only at the end of a Latin line. It never joins across a headline, a list, a poem or a table.
"""

from __future__ import annotations

from dataclasses import replace

from corpus_tools.blocks import line_blocks
from corpus_tools.model import Page
from corpus_tools.options import Options
from corpus_tools.stages.repair.breaks import join_breaks
from corpus_tools.stages.repair.findings import (
    note_code_switches,
    note_cut_ends,
    note_garbled_text,
    note_lost_starts,
    note_mixed_quotes,
    note_noise,
    note_unbalanced_quotes,
)
from corpus_tools.stages.repair.jumps import cut_out_jumps
from corpus_tools.stages.repair.lists import tag_lists, tag_verse
from corpus_tools.stages.repair.order import move_displaced_heads, move_displaced_text
from corpus_tools.stages.repair.provisional import tag_bylines, tag_captions, tag_headings, tag_lines, tag_notices
from corpus_tools.stages.repair.residue import (
    cut_out_residue,
    cut_out_running_heads,
    divide_at_tags,
    tag_residue,
)
from corpus_tools.stages.repair.signatures import cut_out_bylines, cut_out_credits
from corpus_tools.stages.repair.tables import join_tables
from corpus_tools.stages.repair.wraps import join_wraps
from corpus_tools.stages.rules import BlockRule, refuse_split, run_block_rules

RULES: tuple[BlockRule, ...] = (
    divide_at_tags,
    join_tables,
    tag_residue,
    cut_out_residue,
    cut_out_running_heads,
    tag_verse,
    tag_lists,
    join_wraps,
    cut_out_jumps,
    cut_out_credits,
    cut_out_bylines,
    tag_lines,
    tag_headings,
    tag_bylines,
    tag_captions,  # before the joins: a picture between two halves is stepped over
    join_breaks,
    tag_notices,
    note_lost_starts,  # before the moves: a piece that still stands astray is the better evidence
    move_displaced_text,
    move_displaced_heads,
    note_cut_ends,
    note_unbalanced_quotes,
    note_mixed_quotes,
    note_code_switches,
    note_garbled_text,
    note_noise,
)


def repair_page(page: Page, options: Options) -> Page:
    """The page with its blocks; a page that has none yet gets one for each line first.

    Raises: StageError when the page is already split.
    """
    refuse_split(page, "repair")
    if not page.blocks:
        page = replace(page, blocks=line_blocks(page))
    return run_block_rules(page, "repair", RULES, options)
