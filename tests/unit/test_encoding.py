"""Encodings: told apart by evidence, abstained from without it, and decoded so that no byte is lost."""

from __future__ import annotations

import codecs
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus_tools.errors import DecodeError
from corpus_tools.model import Source, Span
from corpus_tools.read.decoding import decode, encode
from corpus_tools.read.detection import ACCEPTED
from corpus_tools.read.encoding import detect_encoding
from corpus_tools.read.signatures import BINARY_SIGNATURES, BYTE_ORDER_MARKS

SIMPLIFIED = (
    "山西日报\n　　本报讯（记者 刘涛）昨日，市政府召开会议，部署今冬供暖工作。会议要求，确保11月1日按时供暖。\n",
    "新时代 新征程 新伟业",
    "他说：“大家的事大家办。”",
    "图为工人在检修管道。王伟摄",
)
TRADITIONAL = (
    "聯合報\n　　【記者王偉／台北報導】颱風來襲，市政府昨天召開會議，決定今天停止上課。\n",
    "他說：「大家的事大家辦。」",
    "圖為工人在檢修管線。",
)
BAD = "\ufffd"

ENCODINGS = [
    "utf-8",
    "gb18030",
    "gbk",
    "big5hkscs",
    "cp950",
    "big5",
    "utf-16-le",
    "utf-16-be",
    "utf-32-le",
    "utf-32-be",
    "shift_jis",
    "hz",
    "cp1252",
    "latin-1",
]
TWO_BYTE_CODES = [
    bytes((lead, trail)) for lead, trail in product(range(0x81, 0xFF), (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
]


def rebuilt(text: str, encoding: str, exceptions: tuple[tuple[Span, bytes], ...] = ()) -> bytes:
    """The bytes that a page's source gives for its text."""
    return encode(text, Source("page.txt", "", encoding, exceptions=exceptions))


def kept(data: bytes, encoding: str) -> tuple[str, tuple[tuple[Span, bytes], ...]]:
    """`data` decoded with its bad bytes kept, proved to come back."""
    text, exceptions = decode(data, encoding, keep_bad=True, path="page.txt")
    assert rebuilt(text, encoding, exceptions) == data
    return text, exceptions


# --- detection ---


@pytest.mark.parametrize("text", (*SIMPLIFIED, *TRADITIONAL, "café", "𠮷", "本", "plain ASCII", "a"))
def test_utf8(text: str) -> None:
    found = detect_encoding(text.encode())
    assert (found.encoding, found.confidence, found.byte_order_mark, found.reason) == ("utf-8", 1.0, False, None)


@pytest.mark.parametrize("text", SIMPLIFIED)
@pytest.mark.parametrize("encoding", ["gb2312", "gbk", "gb18030"])
def test_gb(text: str, encoding: str) -> None:
    found = detect_encoding(text.encode(encoding))
    assert (found.encoding, found.reason) == ("gb18030", None)
    assert found.confidence >= ACCEPTED


@pytest.mark.parametrize("text", TRADITIONAL)
def test_traditional_text_in_gbk(text: str) -> None:
    assert detect_encoding(text.encode("gbk")).encoding == "gb18030"


def test_gb18030_with_four_byte_codes() -> None:
    assert detect_encoding((SIMPLIFIED[0] + "𠮷㐀").encode("gb18030")).encoding == "gb18030"


@pytest.mark.parametrize("text", TRADITIONAL)
@pytest.mark.parametrize("encoding", ["big5", "cp950", "big5hkscs"])
def test_big5_family(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    found = detect_encoding(data)
    assert found.encoding in ("big5hkscs", "cp950")
    assert found.encoding is not None
    assert data.decode(found.encoding) == text


def test_big5_with_hong_kong_characters() -> None:
    """嘅 and 喺 are in the Hong Kong supplement only."""
    assert detect_encoding(("香港報紙，市民嘅心聲，喺度開會。" * 2).encode("big5hkscs")).encoding == "big5hkscs"


def test_big5_with_characters_of_windows_only() -> None:
    """The euro sign of code page 950 does not decode as Big5-HKSCS."""
    data = TRADITIONAL[0].encode("cp950") + b"\xa3\xe1"
    with pytest.raises(UnicodeDecodeError):
        data.decode("big5hkscs")
    assert detect_encoding(data).encoding == "cp950"


@pytest.mark.parametrize(("mark", "encoding"), BYTE_ORDER_MARKS, ids=lambda value: str(value))
def test_byte_order_mark(mark: bytes, encoding: str) -> None:
    found = detect_encoding(mark + SIMPLIFIED[0].encode(encoding))
    assert (found.encoding, found.confidence, found.byte_order_mark) == (encoding, 1.0, True)


def test_utf32_mark_is_not_taken_for_utf16() -> None:
    assert codecs.BOM_UTF32_LE.startswith(codecs.BOM_UTF16_LE)
    assert detect_encoding("要闻".encode("utf-32")).encoding in ("utf-32-le", "utf-32-be")


@pytest.mark.parametrize(
    ("encoding", "data"),
    [("utf-16-le", b"\xff\xfea"), ("utf-8", b"\xef\xbb\xbf\xe6\x9c"), ("utf-16-be", b"\xfe\xff\xd8\x00")],
)
def test_byte_order_mark_that_lies(encoding: str, data: bytes) -> None:
    found = detect_encoding(data)
    assert (found.encoding, found.runner_up, found.byte_order_mark) == (None, encoding, True)
    assert found.byte_offset == (3 if encoding == "utf-8" else 2)
    assert found.is_text
    assert f"byte {found.byte_offset}" in str(found.reason)


@pytest.mark.parametrize("text", (SIMPLIFIED[0], TRADITIONAL[0], "Shanxi Daily 1998\nNews\n"))
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark(text: str, encoding: str) -> None:
    assert detect_encoding(text.encode(encoding)).encoding == encoding


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark_and_without_nul(encoding: str) -> None:
    """Pure hanzi and full-width marks have no NUL byte that would give them away."""
    data = "昨日，市政府会议部署今冬供暖工作。".encode(encoding)
    assert b"\x00" not in data
    assert detect_encoding(data).encoding == encoding


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be"])
def test_utf32_without_mark_in_latin_letters(encoding: str) -> None:
    assert detect_encoding("Shanxi Daily 1998\n".encode(encoding)).encoding == encoding


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be"])
def test_utf32_without_mark_in_chinese(encoding: str) -> None:
    assert detect_encoding(SIMPLIFIED[0].encode(encoding)).encoding == encoding


@pytest.mark.parametrize(("signature", "name"), BINARY_SIGNATURES, ids=lambda value: str(value))
def test_binary_by_signature(signature: bytes, name: str) -> None:
    found = detect_encoding(signature + SIMPLIFIED[0].encode())
    assert (found.encoding, found.byte_offset, found.is_text) == (None, 0, False)
    assert found.reason == f"not text: begins like {name}"


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"\x00", 0),
        (b"\x00\x00", 0),
        ("供暖".encode() + b"\x00", 6),
        (SIMPLIFIED[0].encode() + b"\x00\x01", len(SIMPLIFIED[0].encode())),
        (SIMPLIFIED[3].encode("gbk") + b"\x00" + SIMPLIFIED[3].encode("gbk"), len(SIMPLIFIED[3].encode("gbk"))),
        (b"RIFF\x24\x08\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x02\x00", 6),
    ],
)
def test_nul_bytes_are_not_text(data: bytes, place: int) -> None:
    found = detect_encoding(data)
    assert (found.encoding, found.byte_offset, found.is_text) == (None, place, False)
    assert "NUL" in str(found.reason)


@pytest.mark.parametrize("data", [b"\x01\x00\x00\x4e", b"\x00\x00\x00\x00\x2d\x4e", b"\x02\x00" * 30 + b"\x2d\x4e"])
def test_control_characters_round_a_hanzi_are_not_text(data: bytes) -> None:
    assert detect_encoding(data).encoding is None


FOREIGN = {
    "shift_jis": "これは日本語の新聞記事です。東京で会議が開かれた。",
    "euc_jp": "これは日本語の新聞記事です。東京で会議が開かれた。",
    "cp949": "오늘 회의가 열렸다. 한국 경제가 좋아졌다.",
    "cp1251": "Сегодня в Москве прошло совещание.",
    "koi8-r": "Сегодня в Москве прошло совещание.",
    "latin-1": "Señor Núñez fête à Paris. Größe über Österreich.",
}


@pytest.mark.parametrize("encoding", FOREIGN)
def test_other_languages_are_abstained_from(encoding: str) -> None:
    found = detect_encoding(FOREIGN[encoding].encode(encoding))
    assert found.encoding is None
    assert found.is_text
    assert found.reason
    assert found.confidence < ACCEPTED


def test_abstention_names_what_was_tried() -> None:
    found = detect_encoding(FOREIGN["cp949"].encode("cp949"))
    assert "no encoding stands out" in str(found.reason)
    assert str(found.runner_up) in str(found.reason)


DAMAGED = [
    ("utf-8", SIMPLIFIED[0]),
    ("gb18030", SIMPLIFIED[0]),
    ("big5hkscs", TRADITIONAL[0]),
]
LENGTHS = pytest.mark.parametrize("end", [b"", b"\n"], ids=["as it is", "one byte longer"])
"""UTF-16 decodes nearly any even number of bytes, so a page is tried with an even number and an odd one."""


def damaged(encoding: str, text: str) -> bytes:
    """A page, a byte that is none, the page again."""
    return text.encode(encoding) + b"\xff" + text.encode(encoding)


@LENGTHS
@pytest.mark.parametrize(("encoding", "text"), DAMAGED)
def test_damaged_page(encoding: str, text: str, end: bytes) -> None:
    found = detect_encoding(damaged(encoding, text) + end)
    assert (found.encoding, found.runner_up, found.is_text) == (None, encoding, True)
    assert found.byte_offset == len(text.encode(encoding))
    assert "damaged" in str(found.reason)


def test_cut_page_of_an_even_number_of_bytes() -> None:
    data = "本报讯 昨日，市政府召开会议，部署今冬供暖工作。".encode("gbk")[:-1]
    assert len(data) % 2 == 0
    assert detect_encoding(data).runner_up == "gb18030"


@LENGTHS
def test_two_encodings_in_one_file_are_damage(end: bytes) -> None:
    found = detect_encoding(SIMPLIFIED[0].encode() + SIMPLIFIED[0].encode("gbk") + end)
    assert found.encoding is None
    assert found.is_text


@given(st.binary(max_size=80))
@settings(deadline=None)
def test_what_is_detected_decodes(data: bytes) -> None:
    found = detect_encoding(data)
    assert 0 <= found.confidence <= 1
    assert (found.encoding is None) == (found.reason is not None)
    if found.encoding is not None:
        mark = next((mark for mark, name in BYTE_ORDER_MARKS if name == found.encoding), b"")
        data[len(mark) if found.byte_order_mark else 0 :].decode(found.encoding)


# --- decoding ---


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *product(SIMPLIFIED, ("utf-8", "gb18030", "gbk", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "hz")),
        *product(TRADITIONAL, ("utf-8", "gb18030", "gbk", "big5", "big5hkscs", "cp950", "utf-16-le", "utf-32-be")),
        ("𠮷野家㐀", "gb18030"),
        ("市民嘅心聲", "big5hkscs"),
        ("東京で会議", "shift_jis"),
        ("Señor Núñez — “fête”", "cp1252"),
    ],
)
def test_clean_bytes_have_no_exceptions(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert decode(data, encoding, keep_bad=False, path="page.txt") == (text, ())
    assert kept(data, encoding) == (text, ())
    assert rebuilt(text, encoding) == data


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_no_bytes_are_no_text(encoding: str) -> None:
    assert kept(b"", encoding) == ("", ())


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n", "\x85", "\u2028"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_newlines_stay_as_they_are(newline: str, encoding: str) -> None:
    text = f"要闻{newline}综合{newline}"
    assert kept(text.encode(encoding), encoding) == (text, ())


@pytest.mark.parametrize(
    ("encoding", "data", "text", "exceptions"),
    [
        ("utf-8", b"\xff", BAD, [(0, 1, b"\xff")]),
        ("utf-8", "供".encode() + b"\xff" + "暖".encode(), f"供{BAD}暖", [(1, 2, b"\xff")]),
        ("utf-8", "供暖".encode()[:-1], f"供{BAD}{BAD}", [(1, 2, b"\xe6"), (2, 3, b"\x9a")]),
        ("utf-8", b"\xe4\xbea", f"{BAD}{BAD}a", [(0, 1, b"\xe4"), (1, 2, b"\xbe")]),
        ("utf-8", b"\xed\xa0\x80", BAD * 3, [(0, 1, b"\xed"), (1, 2, b"\xa0"), (2, 3, b"\x80")]),  # half a pair
        ("utf-8", f"供{BAD}暖".encode() + b"\xff", f"供{BAD}暖{BAD}", [(1, 2, b"\xef\xbf\xbd"), (3, 4, b"\xff")]),
        ("gb18030", "供".encode("gbk") + b"\xff" + "暖".encode("gbk"), f"供{BAD}暖", [(1, 2, b"\xff")]),
        ("gb18030", "供暖".encode("gbk")[:-1], f"供{BAD}", [(1, 2, b"\xc5")]),
        ("big5hkscs", "供".encode("big5") + b"\xff" + "暖".encode("big5"), f"供{BAD}暖", [(1, 2, b"\xff")]),
        ("utf-16-le", "供暖".encode("utf-16-le") + b"a", f"供暖{BAD}", [(2, 3, b"a")]),
        ("ascii", "a供".encode(), f"a{BAD}{BAD}{BAD}", [(1, 2, b"\xe4"), (2, 3, b"\xbe"), (3, 4, b"\x9b")]),
    ],
)
def test_bad_bytes_are_kept(encoding: str, data: bytes, text: str, exceptions: list[tuple[int, int, bytes]]) -> None:
    assert kept(data, encoding) == (text, tuple((Span(start, end), raw) for start, end, raw in exceptions))


@pytest.mark.parametrize(
    ("encoding", "unit"),
    [("utf-16-le", b"\x00\xd8"), ("utf-16-be", b"\xd8\x00"), ("utf-32-le", b"\x00\x00\x11\x00")],
)
def test_bad_unit_of_a_wide_encoding_costs_one_character(encoding: str, unit: bytes) -> None:
    data = "供".encode(encoding) + unit + "暖工作".encode(encoding)
    assert kept(data, encoding) == (f"供{BAD}暖工作", ((Span(1, 2), unit),))


@pytest.mark.parametrize(
    ("encoding", "data", "place"),
    [
        ("utf-8", "供".encode() + b"\xff", 3),
        ("utf-8", "供暖".encode()[:-1], 3),
        ("gb18030", "供暖a".encode("gbk") + b"\xff", 5),
        ("big5hkscs", b"\xff", 0),
        ("utf-16-le", "供暖".encode("utf-16-le") + b"a", 4),
        ("ascii", "ab供".encode(), 2),
    ],
)
def test_bad_byte_is_refused(encoding: str, data: bytes, place: int) -> None:
    with pytest.raises(DecodeError) as caught:
        decode(data, encoding, keep_bad=False, path="pages/a.txt")
    error = caught.value
    assert (error.path, error.byte_offset, error.tried) == ("pages/a.txt", place, (encoding,))
    assert str(error).startswith(f"pages/a.txt: byte {place}: byte 0x{data[place]:02x} does not decode as {encoding}")
    assert error.hint


def test_replacement_characters_of_the_page_are_its_own() -> None:
    """U+FFFD that some other tool wrote is text like any other, and no exception."""
    text = f"太原{BAD}日报"
    assert kept(text.encode(), "utf-8") == (text, ())


@pytest.mark.parametrize(
    ("encoding", "code", "character"),
    [
        ("big5hkscs", b"\xa2\xcc", "十"),
        ("big5hkscs", b"\xa2\xce", "卅"),
        ("cp950", b"\xa2\xcc", "十"),
        ("cp950", b"\xf9\xf9", "═"),
        ("big5hkscs", b"\xa2\xa4", "═"),
        ("big5", b"\xa1\xfe", "／"),
    ],
)
def test_code_that_big5_has_twice(encoding: str, code: bytes, character: str) -> None:
    """Not damage, so `keep_bad` does not matter; but the character alone would not give these bytes."""
    assert character.encode(encoding) != code
    data = "民國".encode("big5") + code + "年".encode("big5")
    expected = (f"民國{character}年", ((Span(2, 3), code),))
    assert kept(data, encoding) == expected
    assert decode(data, encoding, keep_bad=False, path="page.txt") == expected


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "cp950", "gb18030", "gbk", "shift_jis", "cp932", "cp949"])
def test_every_two_byte_code_comes_back(encoding: str) -> None:
    data = b"".join(TWO_BYTE_CODES)
    kept(data, encoding)
    for code in TWO_BYTE_CODES:
        kept(code, encoding)


def test_character_of_two_code_points() -> None:
    """Big5-HKSCS writes Ê̄ in one code; after it nothing moves."""
    data = b"\x88\x62" + "民".encode("big5") + b"\xff"
    assert kept(data, "big5hkscs") == ("\u00ca\u0304民" + BAD, ((Span(3, 4), b"\xff"),))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"~{9)E/~}", "供暖"),
        (b"~{9)~}~{E/~}!", "供暖!"),
        (b"~{~}a", "a"),
        (b"a~~b", "a~b"),
        (b"~{9)E/~}~\nb", "供暖b"),  # a tilde at the line's end goes on with the line
    ],
)
def test_hz_that_writes_its_shifts_in_another_way(data: bytes, text: str) -> None:
    assert kept(data, "hz")[0] == decode(data, "hz", keep_bad=False, path="page.txt")[0] == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"~{9)~}~{E/~}", "供暖"),
        (b"a~{~}", "a"),
        pytest.param(
            b"~{~}",
            "",
            marks=pytest.mark.xfail(
                reason="shifts behind no character are given U+FFFDs of their own, though nothing is damaged",
                strict=True,
            ),
        ),
    ],
)
def test_hz_that_ends_in_a_shift(data: bytes, text: str) -> None:
    assert decode(data, "hz", keep_bad=False, path="page.txt")[0] == data.decode("hz") == text


def test_encode_writes_the_mark() -> None:
    for mark, encoding in BYTE_ORDER_MARKS:
        source = Source("page.txt", "", encoding, byte_order_mark=True)
        assert encode("要闻", source) == mark + "要闻".encode(encoding)


def test_encode_writes_segments_and_exceptions() -> None:
    source = Source(
        "page.txt",
        "",
        "utf-8",
        segments=((0, "utf-8"), (2, "gb18030"), (4, "utf-8")),
        exceptions=((Span(1, 2), b"\xff"), (Span(3, 4), b"\xfe\xfd")),
    )
    assert encode("要闻综合版", source) == "要".encode() + b"\xff" + "综".encode("gbk") + b"\xfe\xfd" + "版".encode()


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("报", Source("page.txt", "", "ascii")),
        ("报", Source("page.txt", "", "big5")),
        ("\ud800", Source("page.txt", "", "utf-8")),
        ("报", Source("page.txt", "", "no-such-codec")),
    ],
)
def test_encode_refuses_what_is_not_the_source(text: str, source: Source) -> None:
    with pytest.raises(DecodeError) as caught:
        encode(text, source)
    assert caught.value.path == "page.txt"


def test_escape_sequence_that_never_ends() -> None:
    """`--encoding iso2022_jp --on-undecodable keep` on such bytes must not end in a traceback."""
    kept(b"\xff\x1b(\xf9$\n$(b~", "iso2022_jp")


# --- any bytes at all ---

CHUNKS = st.one_of(
    st.binary(max_size=6),
    st.sampled_from(TWO_BYTE_CODES),
    st.text("本报讯昨日供暖颱風Aé𠮷\ufffd\n", max_size=4).map(lambda text: text.encode("utf-8")),
    st.text("本报讯昨日供暖颱風A𠮷\n", max_size=4).map(lambda text: text.encode("gb18030")),
    st.text("本報訊昨日供暖颱風A\n", max_size=4).map(lambda text: text.encode("big5")),
    st.text("本报讯昨日供暖颱風A𠮷\n", max_size=4).map(lambda text: text.encode("utf-16-le")),
    st.sampled_from(
        [b"~{", b"~}", b"~~", b"~\n", b"9)E/", b"\x88\x62", b"\xa2\xcc", b"\xff", b"\x00\xd8", b"\xed\xa0\x80"]
    ),
)
ANY_BYTES = st.lists(CHUNKS, max_size=8).map(b"".join)


@pytest.mark.parametrize("encoding", ENCODINGS)
@settings(deadline=None)
@given(data=ANY_BYTES)
@example(data=b"\xff~{~}\x88\x62\xa2\xcc")
def test_any_bytes_come_back(encoding: str, data: bytes) -> None:
    """Kept or refused, never lost; the text holds no half of a surrogate pair, and the exceptions are in order."""
    try:
        text, exceptions = decode(data, encoding, keep_bad=True, path="page.txt")
    except DecodeError:
        return
    assert rebuilt(text, encoding, exceptions) == data
    text.encode("utf-8")
    borders = [border for span, _ in exceptions for border in (span.start, span.end)]
    assert borders == sorted(borders)
    assert all(span.start < span.end <= len(text) for span, _ in exceptions)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs", "cp950", "utf-16-le", "shift_jis"])
@settings(deadline=None)
@given(data=ANY_BYTES)
def test_encodings_of_pages_never_refuse_what_may_be_kept(encoding: str, data: bytes) -> None:
    kept(data, encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs", "cp950", "utf-16-le"])
@settings(deadline=None)
@given(data=ANY_BYTES)
def test_strict_decoding_is_exact_or_refused(encoding: str, data: bytes) -> None:
    try:
        text, exceptions = decode(data, encoding, keep_bad=False, path="page.txt")
    except DecodeError as error:
        assert error.path == "page.txt"
        return
    assert text == data.decode(encoding)
    assert rebuilt(text, encoding, exceptions) == data
