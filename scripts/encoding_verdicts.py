"""What detectors answer about the files of the test set, and whether that is right, withheld or wrong.

An answer is
right      when the bytes decoded by the encoding it names give the text; for damaged pages, when its family is right
           (gb2312, gbk, cp936, gb18030 are one; big5, cp950, big5hkscs another);
abstained  when it names none;
wrong      otherwise. A name is an answer above the tool's own threshold.
Other tools' `big5` stands for the whole family, and `gb2312` is read as gb18030; corpus-tools must name one that decodes.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from encoding_others import Foreign, Mixed
from encoding_pages import DAMAGED, Form, Sample

from corpus_tools.errors import DecodeError
from corpus_tools.model import Page
from corpus_tools.read.decoding import encode
from corpus_tools.read.encoding import detect_encoding
from corpus_tools.read.pages import read_page

Verdict = Literal["right", "abstained", "wrong"]
Detector = Callable[[bytes], "Answer"]
OURS = "corpus-tools"
PEERS = {"chardet": "chardet", "charset-normalizer": "charset_normalizer", "faust-cchardet": "cchardet"}
"""Name of the package -> name of its module."""

# --- what the tools say ---


class Answer(NamedTuple):
    """The encoding a tool names, None where it abstains, and the encodings of the segments where it found several."""

    name: str | None
    segments: tuple[str, ...] = ()


def ours(data: bytes) -> Answer:
    """The answer of this build."""
    found = detect_encoding(data)
    segments = tuple(encoding for _, encoding in getattr(found, "segments", ()))
    return Answer(found.encoding, segments if len(segments) > 1 else ())


def _peer(name: str, module: str) -> Detector:
    tool = importlib.import_module(module)
    if name == "charset-normalizer":
        return lambda data: Answer(getattr(tool.from_bytes(data).best(), "encoding", None))
    return lambda data: Answer(tool.detect(data)["encoding"])


def detectors(*, peers: bool = True) -> dict[str, Detector]:
    """This build, and the peers that are installed, by name."""
    found: dict[str, Detector] = {OURS: ours}
    for name, module in PEERS.items() if peers else ():
        try:
            found[name] = _peer(name, module)
        except ImportError:
            print(f"{name} is not installed and is left out; pip install corpus-tools[bench]")
    return found


# --- right or wrong ---

FAMILIES = {
    **dict.fromkeys(("gb2312", "gbk", "cp936", "gb18030", "euccn", "windows936"), "gb"),
    **dict.fromkeys(("big5", "cp950", "big5hkscs", "big5tw", "windows950"), "big5"),
    **dict.fromkeys(("utf8", "utf8sig"), "utf8"),
    **dict.fromkeys(("hz", "hzgb2312", "hzgb"), "hz"),
}
CHINESE = ("gb", "big5", "hz")
_HZ_MARKS = str.maketrans("\u2015\u30fb", "\u2014\u00b7")
"""Python's codec reads two marks of GB2312 as other characters than gb18030 does; either is right."""


def family(name: str) -> str:
    """One word for all names of an encoding and of those that it extends."""
    plain = re.sub("[^a-z0-9]", "", name.lower())
    return FAMILIES.get(plain, plain)


def decodes_to(data: bytes, name: str, text: str, *, whole_family: bool) -> bool:
    """Whether the encoding named gives the text; with `whole_family` any of its family may."""
    its_family = family(name)
    names: tuple[str, ...] = {"gb": ("gb18030", "cp936"), "hz": ("hz",)}.get(its_family, (name,))
    if its_family == "big5" and whole_family:
        names = ("big5", "cp950", "big5hkscs")
    for each in names:
        try:
            decoded = _with_euros(data) if each == "cp936" else data.decode(each)
        except (UnicodeError, LookupError):
            continue
        decoded = decoded.removeprefix("\ufeff")
        if decoded == text or (its_family == "hz" and decoded.translate(_HZ_MARKS) == text):
            return True
    return False


def _with_euros(data: bytes) -> str:
    """The text of cp936: byte 0x80 where a character begins is the euro sign."""
    parts = re.findall(rb"[\x00-\x7f]+|\x80|[\x81-\xfe][\x40-\xfe]|.", data, re.DOTALL)
    return "".join("€" if part == b"\x80" else part.decode("gbk") for part in parts)


def verdict(answer: Answer, made: Sample, tool: str) -> Verdict:
    """The verdict on an answer to a file of one encoding."""
    if answer.name is None:
        return "abstained"
    if made.condition in DAMAGED:
        named = {family(name) for name in answer.segments or (answer.name,)}
        return "right" if all(_is_of(name, made.form) for name in named) else "wrong"
    if answer.segments:
        return "right" if read_text(made.data) == made.text else "wrong"
    return "right" if decodes_to(made.data, answer.name, made.text, whole_family=tool != OURS) else "wrong"


def _is_of(its_family: str, form: Form) -> bool:
    """`utf16` without an order is right where a mark gives it, or where it is the one that is taken without a mark."""
    if its_family in ("utf16", "utf32"):
        return form.codec.startswith(f"utf-{its_family[3:]}") and (bool(form.mark) or form.codec.endswith("le"))
    return its_family == family(form.codec)


def _page(data: bytes) -> Page | None:
    """The page that the project reads, None where it refuses; raises when the bytes do not come back."""
    try:
        page = read_page(data, "page", "page.txt")
    except DecodeError:
        return None
    if encode(page.text, page.source) != data:
        raise AssertionError(f"{page.source.encoding}: the bytes do not come back")
    return page


def read_text(data: bytes) -> str | None:
    page = _page(data)
    return None if page is None else page.text.translate(_HZ_MARKS) if page.source.encoding == "hz" else page.text


def foreign_verdict(answer: Answer, made: Foreign) -> Verdict | Literal["chinese"]:
    """The verdict on a file that is not Chinese, or not text; wrong as Chinese is told apart."""
    if answer.name is None or family(answer.name) == "binary":
        return "abstained"
    if family(answer.name) == family(made.codec):
        return "right"
    if made.text is not None and decodes_to(made.data, answer.name, made.text, whole_family=True):
        return "right"
    return "chinese" if family(answer.name) in CHINESE else "wrong"


def mixed_verdict(made: Mixed) -> Literal["exact", "rejected there", "rejected", "wrong"]:
    """Decoded exactly; or rejected, with a border's place (within the ASCII around it and a few bytes) or without."""
    try:
        page = read_page(made.data, "page", "page.txt")
    except DecodeError as error:
        place = error.byte_offset
        return "rejected" if place is None or not _is_near(place, made) else "rejected there"
    is_exact = page.text.translate(_HZ_MARKS) == made.text.translate(_HZ_MARKS)
    return "exact" if is_exact and encode(page.text, page.source) == made.data else "wrong"


NEAR = 8
"""Bytes behind a border that may decode by chance before one does not."""


def _is_near(place: int, made: Mixed) -> bool:
    for border in made.borders:
        start, end = border, border
        while start and made.data[start - 1] < 0x80:
            start -= 1
        while end < len(made.data) and made.data[end] < 0x80:
            end += 1
        if start <= place <= end + NEAR:
            return True
    return False
