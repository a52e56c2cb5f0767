"""split: final roles, named fields, article records. May cut blocks and change roles, never joins.

A page with blocks in reading order enters, the page with its articles leaves: every block is in exactly one article,
orphan or the page's furniture record. `--script` (OpenCC) is the last rule, per block, in the ledger like every edit.
"""

from __future__ import annotations

from dataclasses import replace

from corpus_tools.blocks import line_blocks
from corpus_tools.identity.printed import printed_identity
from corpus_tools.model import Page
from corpus_tools.options import Options
from corpus_tools.stages.rules import BlockRule, refuse_split, run_block_rules
from corpus_tools.stages.split.articles import assemble
from corpus_tools.stages.split.heads import cut_headline_groups, tag_heads
from corpus_tools.stages.split.script import convert_script

RULES: tuple[BlockRule, ...] = (cut_headline_groups, tag_heads, convert_script)


def split_page(page: Page, options: Options) -> Page:
    """The page with its articles; a page that has no blocks yet gets one for each line first.

    Raises: StageError when the page is already split.
    """
    refuse_split(page, "split")
    if not page.blocks:
        page = replace(page, blocks=line_blocks(page))
    return assemble(printed_identity(run_block_rules(page, "split", RULES, options)), options)
