"""What an OCR model added to the page: a role of its own, out of the articles.

Blocks that are still single lines enter, Retags leave. Characters stay where they are; only their role says that they were
never printed.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus_tools.model import Decision, Page, Retag
from corpus_tools.options import Options
from corpus_tools.roles import is_residue


def tag_residue(page: Page, options: Options) -> Iterator[Decision]:
    """Lines that an OCR model added become residue: code fences, 以下是图片中的文字内容：, refusals, image placeholders."""
    for index, block in enumerate(page.blocks):
        if is_residue(block.text):
            yield Retag(index, "residue", "words of an OCR model")
