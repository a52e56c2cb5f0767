"""What the tests of detection ask again and again."""

from __future__ import annotations

from corpus_tools.read.detection import ACCEPTED
from corpus_tools.read.encoding import detect_encoding
from corpus_tools.read.pages import read_page


def named(data: bytes) -> str | None:
    """The encoding, proved to be given with the confidence and the reason that go with it."""
    found = detect_encoding(data)
    assert (found.encoding is None) == (found.reason is not None)
    assert found.encoding is None or found.confidence >= ACCEPTED
    return found.encoding


def text_of(data: bytes) -> str:
    """The text of the page that the command reads, nothing kept that does not decode."""
    return read_page(data, "page", "page.txt").text
