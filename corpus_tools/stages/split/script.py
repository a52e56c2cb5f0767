"""Simplified <-> traditional by OpenCC, when asked: the last rule of `split`, block by block.

Per block and not per line: a word over a line end or a break would be converted by halves (头|发 gives 發, 头发 髮).
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus_tools.model import Decision, Page, Rewrite
from corpus_tools.options import Options
from corpus_tools.script import changed_runs, convert


def convert_script(page: Page, options: Options) -> Iterator[Decision]:
    """With `--script`, every block's text is converted by OpenCC; each changed run is an edit. Off by default."""
    if options.script is None:
        return
    for index, block in enumerate(page.blocks):
        for span, after in changed_runs(block.text, convert(block.text, options.script)):
            yield Rewrite(index, span, after, f"OpenCC {options.script}")
