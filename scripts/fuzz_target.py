"""What the fuzzer tries: bytes -> page -> normalise -> page record -> bytes again. Raises where the promise does not hold.

The first byte of an input chooses how it is read, the second what the stage is told; the rest is the file.
"""

from __future__ import annotations

from corpus_tools.edits import undo
from corpus_tools.errors import InputError
from corpus_tools.model import Page
from corpus_tools.options import Options, ReadOptions
from corpus_tools.read.decoding import encode
from corpus_tools.read.encoding import detect_encoding
from corpus_tools.read.pages import read_page
from corpus_tools.records import load, page_from, page_line
from corpus_tools.stages.normalise import normalise_page

FORCED = (
    "utf-8",
    "gb18030",
    "cp950",
    "big5hkscs",
    "big5",
    "hz",
    "utf-16-le",
    "utf-16-be",
    "utf-32-le",
    "utf-32-be",
    "shift_jis",
    "euc_jp",
    "cp949",
    "johab",
    "cp1252",
    "latin-1",
)
DETECTED = 8
"""One input in so many is read in the encoding detected, which takes longest; the others are told theirs."""

OPTIONS = (
    Options(),
    Options(width="ascii-alnum"),
    Options(script="s2t"),
    Options(disable=frozenset(("repair_mojibake",))),
)


def try_file(file: bytes) -> bool:
    """Whether `file` gave a page. Raises: AssertionError where something was lost, and whatever crashes."""
    if len(file) < 3:
        return False
    how, what, data = file[0], file[1], file[2:]
    keep = "keep" if how % 2 else "reject"
    choice = (how >> 1) % (len(FORCED) + len(FORCED) // (DETECTED - 1) or 1)
    encoding = FORCED[choice] if choice < len(FORCED) else None
    if encoding is None:
        found = detect_encoding(data)
        assert 0 <= found.confidence <= 1, found
        assert (found.encoding is None) == (found.reason is not None), found
    try:
        page = read_page(data, "page", "page.txt", ReadOptions(encoding=encoding, on_undecodable=keep))  # type: ignore[arg-type]
    except InputError:
        return False
    check_page(page, data, OPTIONS[what % len(OPTIONS)])
    return True


def check_page(page: Page, data: bytes, options: Options) -> None:
    """Raises: AssertionError where the bytes of a page, or a page after `normalise`, do not come back."""
    assert encode(page.text, page.source) == data, "the bytes do not come back"
    done = normalise_page(page, options)
    assert undo(done.text, done.history) == page.text, "undoing does not give the decoded page"
    again = page_from(load(page_line(done)))
    assert again == done, "the page record does not say the page"
    assert encode(undo(again.text, again.history), again.source) == data, "the record's bytes do not come back"
    for note in done.notes:
        assert all(0 <= span.start < span.end <= len(page.text) for span in note.spans), note
    if (
        "repair_mojibake" in options.disable
    ):  # a control code taken out of a broken line may make it whole for the next time
        twice = normalise_page(done, options)
        assert twice.text == done.text, f"a second time changes more: {twice.history[len(done.history) :]}"
