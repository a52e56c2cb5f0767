"""Any bytes at all through the door: detection never raises and says what it knows; what is read gives its bytes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpus_tools.errors import DecodeError, InputError
from corpus_tools.model import Page, Source
from corpus_tools.options import ReadOptions
from corpus_tools.read.decoding import decode, encode, strict_text
from corpus_tools.read.detection import Detection
from corpus_tools.read.encoding import detect_encoding
from corpus_tools.read.pages import read_page
from corpus_tools.read.signatures import BYTE_ORDER_MARKS, mark_of

MANY, SOME, FEW = 300, 100, 60
FAMILY = {
    "big5": ("cp950", "big5hkscs"),
    "big5hkscs": ("cp950", "big5hkscs"),
    "cp950": ("cp950", "big5hkscs"),
    "gbk": ("gb18030",),
}
FORCED = [
    *("utf-8", "gb18030", "big5hkscs", "cp950", "big5", "hz", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"),
    *("shift_jis", "cp932", "euc_jp", "cp949", "johab", "iso2022_jp", "iso2022_kr", "latin-1", "cp1252", "ascii"),
]
LINES = (
    "　　昨日，市政府召开会议，部署今冬供暖工作。会议要求，确保11月1日按时供暖。\n",
    "　　據了解，颱風移動速度緩慢，民眾應避免前往山區活動。\n",
    "　　家住河西的退休工人说，去年这时候还穿着棉袄。\n",
    "　　里長說：「大家先把沙包堆好，晚上輪流巡視。」\n",
    "Harbour Daily, 2 November 1998\n",
    "要闻\n",
    "本報訊\n",
)
SPECIAL = [
    *(
        b"~{",
        b"~}",
        b"~~",
        b"~\n",
        b"9)E/",
        b"\x88\x62",
        b"\xa2\xcc",
        b"\xff",
        b"\x80",
        b"100\x80",
        b"\x00\xd8",
        b"\xed\xa0\x80",
    ),
    *(
        b"\x00",
        b"\x00\x00",
        b"\r",
        b"\r\n",
        b"\x1b$B",
        b"\x1b(B",
        b"\x1b$)C\x0e",
        b"\x0f",
        b"\x1b$)A",
        b"charset=gbk ",
        b"\x1a",
    ),
    *(mark for mark, _ in BYTE_ORDER_MARKS),
]

Test = TypeVar("Test", bound=Callable[..., None])


def examples(number: int) -> Callable[[Test], Test]:
    """The same `number` of examples everywhere, however long they take."""
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(max_examples=number, deadline=None, derandomize=True, suppress_health_check=checks)


def written(text: str, encoding: str) -> bytes:
    return text.encode(encoding, "ignore")


HANZI = st.text("本报讯昨日供暖颱風臺灣嘅喺鬱翀—，。“”「」①─ああＡ１€Aé𠮷\ufffd\n ", max_size=8)
CHUNKS = st.one_of(
    st.binary(max_size=6),
    st.sampled_from(SPECIAL),
    st.builds(bytes, st.lists(st.integers(0x80, 0xFF), max_size=12)),
    st.builds(written, HANZI, st.sampled_from(FORCED)),
    st.builds(written, st.sampled_from(LINES), st.sampled_from(FORCED)),
)
ANY_BYTES = st.lists(CHUNKS, max_size=6).map(b"".join)


@st.composite
def hurt_pages(draw: st.DrawFn) -> tuple[bytes, bytes, str]:
    """`(page, the same with one byte changed, lost or put in, its encoding)`."""
    encoding = draw(st.sampled_from(["utf-8", "gbk", "cp950", "big5hkscs"]))
    lines = LINES[1:4:2] if encoding in ("cp950", "big5hkscs") else LINES[:3:2]
    data = written("".join(draw(st.lists(st.sampled_from(lines), min_size=4, max_size=8))), encoding)
    at = draw(st.integers(0, len(data) - 1))
    instead = draw(st.one_of(st.just(b""), st.binary(min_size=1, max_size=1), st.just(data[at : at + 1] + b"\xff")))
    return data, data[:at] + instead + data[at + 1 :], encoding


def read(data: bytes, options: ReadOptions) -> Page | None:
    """The page, proved to give its bytes back; None where it is refused."""
    try:
        page = read_page(data, "page", "page.txt", options)
    except (DecodeError, InputError) as error:
        assert error.path == "page.txt"
        return None
    assert encode(page.text, page.source) == data
    check_source(page)
    return page


def check_source(page: Page) -> None:
    """Segments start at 0 and ascend, exceptions are in order, all lie inside; no half of a surrogate pair."""
    page.text.encode("utf-8")
    starts = [start for start, _ in page.source.segments]
    assert starts[:1] in ([], [0])
    assert starts == sorted(starts)
    assert all(start <= len(page.text) for start in starts)
    borders = [border for span, _ in page.source.exceptions for border in (span.start, span.end)]
    assert borders == sorted(borders)
    assert all(span.start < span.end <= len(page.text) for span, _ in page.source.exceptions)


# --- detection, and reading by it ---


def check_detection(found: Detection, n_bytes: int) -> None:
    """Confidence, reason, places and segments fit together."""
    assert 0 <= found.confidence <= 1
    assert all(0 <= value <= 1 for _, value in found.candidates)
    assert (found.encoding is None) == (found.reason is not None)
    assert found.evidence
    assert found.is_text or found.encoding is None
    places = list(found.undecodable)
    assert places == sorted(set(places))
    assert len(places) <= found.n_undecodable
    assert found.encoding is None or bool(places) == bool(found.n_undecodable)
    assert all(0 <= at < n_bytes for at in places)
    assert found.byte_offset is None or 0 <= found.byte_offset < n_bytes
    assert found.encoding is None or found.byte_offset == (places[0] if places else None)
    starts = [start for start, _ in found.segments]
    assert starts[:1] in ([], [0])
    assert len(starts) != 1
    assert starts == sorted(set(starts))
    assert all(start < n_bytes for start in starts)


@examples(MANY)
@given(ANY_BYTES)
@example(b"")
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe\x00")
@example(b"\x00\x00\xfe\xff\x00")
@example(b"\x84\x31\x95\x33\xff")
@example(b"\xef\xbb\xbf" + "昨日，市政府召开会议，部署今冬供暖工作。".encode("gbk"))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """What is detected is what is read; refused is what has bad bytes, no encoding or no text; no U+FFFD is invented."""
    found = detect_encoding(data)
    check_detection(found, len(data))
    assert detect_encoding(bytes(bytearray(data))) == found
    strict, tolerant = (read(data, ReadOptions(on_undecodable=mode)) for mode in ("reject", "keep"))
    for page in (strict, tolerant):
        assert page is None or page.source.encoding == found.encoding
    if found.encoding is None:
        assert strict is tolerant is None
    if strict is not None:
        assert found.n_undecodable == 0
        assert strict == tolerant
        assert all("\ufffd" not in strict.text[span.start : span.end] for span, _ in strict.source.exceptions)
    elif tolerant is not None:
        assert found.n_undecodable > 0


@examples(SOME)
@given(
    st.lists(st.sampled_from(LINES[:4]), min_size=3, max_size=8),
    st.sampled_from(["utf-8", "gbk", "cp950", "utf-16-le", "hz", "utf-32-be"]),
)
def test_clean_pages_are_read_as_they_were_written(lines: list[str], encoding: str) -> None:
    known = (LINES[1], LINES[3]) if encoding == "cp950" else LINES[:3:2] if encoding == "hz" else LINES
    text = "".join(line for line in lines if line in known)
    data = text.encode(encoding)
    found = detect_encoding(data)
    assert found.encoding in (*FAMILY.get(encoding, (encoding,)), *(("utf-8",) if not text else ()))
    if text:
        assert read_page(data, "page", "page.txt").text == text


@examples(MANY)
@given(hurt_pages())
def test_one_bad_byte_costs_its_line_and_no_encoding(page: tuple[bytes, bytes, str]) -> None:
    """With bad bytes kept; a line end lost or put in touches two lines."""
    data, hurt, encoding = page
    found = read(hurt, ReadOptions(on_undecodable="keep"))
    assert found is not None
    assert found.source.encoding in FAMILY.get(encoding, (encoding,))
    right, lines = data.decode(encoding).split("\n"), found.text.split("\n")
    assert sum(line in right for line in lines if line) >= len(right) - 3


# --- reading in an encoding that is chosen ---


@pytest.mark.parametrize("encoding", FORCED)
@examples(FEW)
@given(data=ANY_BYTES)
@example(data=b"\xff~{~}\x88\x62\xa2\xcc")
@example(data=b"\xff\x1b(\xf9$\n$(b~")
def test_what_is_read_in_a_chosen_encoding_gives_its_bytes_back(encoding: str, data: bytes) -> None:
    read(data, ReadOptions(encoding=encoding, on_undecodable="reject"))
    read(data, ReadOptions(encoding=encoding, on_undecodable="keep"))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs", "cp950", "utf-16-le", "utf-32-be", "shift_jis"])
@examples(FEW)
@given(data=ANY_BYTES)
def test_what_may_be_kept_is_never_refused(encoding: str, data: bytes) -> None:
    text, exceptions = decode(data, encoding, keep_bad=True, path="page.txt")
    assert encode(text, Source("page.txt", "", encoding, exceptions=exceptions)) == data


@pytest.mark.parametrize(
    "encoding",
    [
        *("utf-8", "utf-16-le"),
        *(pytest.param(name) for name in ("gb18030", "big5hkscs", "cp950")),
    ],
)
@examples(SOME)
@given(data=ANY_BYTES)
@example(data=b"\xa2\xcc\xaa\xb9\xee@")
@example(data=b"100\x80" + "度开会倾谈".encode("gbk")[1:] + b"A\n")
def test_strict_decoding_is_the_codec_or_refused(encoding: str, data: bytes) -> None:
    try:
        text, exceptions = decode(data, encoding, keep_bad=False, path="page.txt")
    except DecodeError as error:
        assert error.path == "page.txt"
        return
    assert text == strict_text(data, encoding)
    assert encode(text, Source("page.txt", "", encoding, exceptions=exceptions)) == data


@pytest.mark.parametrize("encoding", sorted({name for _, name in BYTE_ORDER_MARKS}))
@examples(FEW)
@given(data=ANY_BYTES)
def test_marks_come_back(encoding: str, data: bytes) -> None:
    for mode in ("reject", "keep"):
        read(mark_of(encoding) + data, ReadOptions(on_undecodable=mode))
