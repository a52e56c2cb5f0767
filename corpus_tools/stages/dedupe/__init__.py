"""dedupe: removes what the OCR printed twice, and nothing that the newspaper printed twice.

A page with blocks enters, the page leaves with the repeats removed by Edits and left out of its blocks' spans. Only body text
repeats by mistake; headings, jump lines, bylines, lists and verse do where a model loops over them, tables never. All rules
look at one running text (running.py): tandems.py finds what stands twice in a row, runs.py what stands twice anywhere, and
twins.py tells texts of one build that say other things. What may be meant stays, with a note.
"""

from __future__ import annotations

from dataclasses import replace

from corpus_tools.blocks import line_blocks
from corpus_tools.model import Page
from corpus_tools.options import Options
from corpus_tools.stages.dedupe.counted import collapse_counted_loops
from corpus_tools.stages.dedupe.doubles import remove_doubled_runs
from corpus_tools.stages.dedupe.echoes import remove_echoes
from corpus_tools.stages.dedupe.loops import collapse_line_loops, collapse_loops
from corpus_tools.stages.dedupe.paragraphs import remove_repeated_paragraphs
from corpus_tools.stages.dedupe.stutters import fix_stutters, note_stutters
from corpus_tools.stages.rules import BlockRule, refuse_split, run_block_rules

RULES: tuple[BlockRule, ...] = (
    collapse_loops,
    collapse_line_loops,
    collapse_counted_loops,
    remove_doubled_runs,
    remove_repeated_paragraphs,
    remove_echoes,
    fix_stutters,
    note_stutters,
)


def dedupe_page(page: Page, options: Options) -> Page:
    """The page without its repeats; a page that has no blocks yet gets one for each line first.

    Raises: StageError when the page is already split.
    """
    refuse_split(page, "dedupe")
    if not page.blocks:
        page = replace(page, blocks=line_blocks(page))
    return run_block_rules(page, "dedupe", RULES, options)
