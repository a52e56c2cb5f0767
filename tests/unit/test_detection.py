"""Detection: the encoding that the evidence names, and none where it names none."""

from __future__ import annotations

import codecs
import random
from itertools import product

import pytest
from encoding_checks import named, text_of
from newspaper_texts import (
    BOXES,
    FRENCH,
    HONGKONG,
    JAPANESE,
    KANA,
    KOREAN,
    MAINLAND,
    RARE_NAMES,
    RUSSIAN,
    TAIWAN,
)

from corpus_tools.read.detection import ACCEPTED, FIRST_OFFSETS
from corpus_tools.read.encoding import detect_encoding
from corpus_tools.read.pages import read_page
from corpus_tools.read.signatures import BYTE_ORDER_MARKS

BIG5_FAMILY = ("cp950", "big5hkscs")
SHORT_NEWS = ("新时代 新征程 新伟业", "他说：“大家的事大家办。”", "图为工人在检修管道。林晓航摄", "要闻综合")
SHORT_TRADITIONAL = ("他說：「大家的事大家辦。」", "圖為工人在檢修管線。", "綜合要聞")


# --- UTF-8 and what looks like it ---


@pytest.mark.parametrize(
    "text",
    [
        *(MAINLAND, TAIWAN, HONGKONG, JAPANESE, KOREAN, RUSSIAN, FRENCH, RARE_NAMES, BOXES, KANA),
        *(
            *SHORT_NEWS,
            *SHORT_TRADITIONAL,
            "café",
            "naïve",
            "Москва",
            "нет",
            "Αθήνα",
            "Ελλάδα",
            "本",
            "𠮷",
            "，。",
            "《》",
        ),
        *("好消息😀👍🏽", "👨‍👩‍👧", "１９９８年", "plain ASCII", "1998 2003 42", "7", "a", "\ufffd"),
    ],
)
def test_utf8(text: str) -> None:
    found = detect_encoding(text.encode())
    assert (found.encoding, found.confidence, found.byte_order_mark, found.reason) == ("utf-8", 1.0, False, None)


@pytest.mark.parametrize(
    "text",
    [
        "Bush hid the facts",
        "this app can break",
        "The council met yesterday to discuss the heating works.\n" * 20,
        "SELECT name FROM users WHERE id=42;",
        "d41d8cd98f00b204e9800998ecf8427e",
        "QmFzZTY0IHRleHQgb2Ygbm90aGluZyBhdCBhbGw=",
        "0123456789" * 8,
        "aaaaaaaa",
        pytest.param("mimickin"),
        pytest.param('"codim",'),
        "~{" * 40,
    ],
)
def test_ascii_is_not_taken_for_utf16(text: str) -> None:
    assert (detect_encoding(text.encode()).encoding, detect_encoding(text.encode()).evidence) == ("utf-8", "ASCII")


def test_utf16_of_low_code_points_only() -> None:
    """Hanzi whose both bytes are ASCII: a page of them is no accident."""
    data = ("中学大楼主体本年来水天地，" * 4).replace("，", "、").encode("utf-16-le")
    assert not data.isascii() or b"\x00" not in data
    assert data.replace("、".encode("utf-16-le"), b"").isascii()
    assert named(data) == named("中学大楼主体本年来水天地".encode("utf-16-le")) == "utf-16-le"


# --- GB18030 and its forebears ---


@pytest.mark.parametrize(
    "text", [MAINLAND, *SHORT_NEWS, MAINLAND + RARE_NAMES * 3 + MAINLAND, MAINLAND + BOXES * 3 + KANA * 3]
)
@pytest.mark.parametrize("encoding", ["gb2312", "gbk", "gb18030"])
def test_gb(text: str, encoding: str) -> None:
    data = text.encode(encoding, "ignore")
    found = detect_encoding(data)
    assert (found.encoding, found.segments, found.n_undecodable) == ("gb18030", (), 0)
    assert found.confidence >= ACCEPTED
    assert found.evidence.startswith("strict")
    assert text_of(data) == data.decode("gb18030")


@pytest.mark.parametrize("text", [TAIWAN, HONGKONG, *SHORT_TRADITIONAL])
def test_traditional_text_in_gbk(text: str) -> None:
    assert named(text.encode("gb18030")) == "gb18030"


@pytest.mark.parametrize("strange", ["𠮷㐀𡈽", "😀👍🏽", "ẞ₿"])
def test_four_byte_codes_of_gb18030(strange: str) -> None:
    data = (MAINLAND + strange + "\n" + MAINLAND).encode("gb18030")
    assert named(data) == "gb18030"
    assert text_of(data) == MAINLAND + strange + "\n" + MAINLAND


@pytest.mark.parametrize("text", ["联通", "移动", "联", "国", "的", "中国", "，。", "，。，。、；", "要闻"])
def test_few_hanzi_in_gbk(text: str) -> None:
    """`联通` and `联` are strict UTF-8 too, nearly: Notepad took them for that. Named right, or not at all."""
    assert named(text.encode("gbk")) in ("gb18030", None)


@pytest.mark.parametrize("text", ["停止", "也要"])
def test_two_hanzi_in_gbk_that_are_marks_in_utf8(text: str) -> None:
    assert named(text.encode("gbk")) in ("gb18030", None)


@pytest.mark.parametrize("text", ["中国", "要闻", "联通公司昨日", "会议强调，"])
def test_a_word_in_gbk_is_enough(text: str) -> None:
    assert named(text.encode("gbk")) == "gb18030"


@pytest.mark.parametrize("text", ["國", "，。，。", "中國", "要聞", "會議決定，"])
def test_few_hanzi_in_big5(text: str) -> None:
    assert named(text.encode("big5")) in (*BIG5_FAMILY, None)


# --- the euro byte of code page 936 ---

EURO_LINES = ("每吨100€，比上月涨了三成。\n", "门票€50一张。\n", "一共 ３０€。\n")


@pytest.mark.parametrize("line", EURO_LINES)
def test_byte_0x80_beside_a_digit_is_the_euro_sign(line: str) -> None:
    data = MAINLAND.encode("gbk") + line.encode("gbk", "xmlcharrefreplace").replace(b"&#8364;", b"\x80")
    assert b"\x80" in data
    found = detect_encoding(data)
    assert (found.encoding, found.n_undecodable) == ("gb18030", 0)
    page = read_page(data, "page", "page.txt")
    assert page.text == MAINLAND + line
    assert [raw for _, raw in page.source.exceptions] == [b"\x80"]


def test_byte_0x80_elsewhere_is_a_bad_byte() -> None:
    data = MAINLAND.encode("gbk") + "价格".encode("gbk") + b"\x80" + "每吨\n".encode("gbk") + MAINLAND.encode("gbk")
    found = detect_encoding(data)
    at = len(MAINLAND.encode("gbk")) + 4
    assert (found.encoding, found.byte_offset, found.n_undecodable, found.undecodable) == ("gb18030", at, 1, (at,))


def test_digit_of_the_line_before_is_not_beside_it() -> None:
    data = "1998\n".encode("gbk") + b"\x80" + MAINLAND.encode("gbk")
    assert detect_encoding(data).undecodable == (5,)


# --- the Big5 family ---


@pytest.mark.parametrize("text", [TAIWAN, TAIWAN * 20, *SHORT_TRADITIONAL])
@pytest.mark.parametrize("encoding", ["big5", "cp950", "big5hkscs"])
def test_big5_family(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    found = detect_encoding(data)
    assert found.encoding in BIG5_FAMILY
    assert data.decode(found.encoding or "") == text
    assert found.confidence >= ACCEPTED


@pytest.mark.parametrize("text", [HONGKONG, TAIWAN + HONGKONG, "佢哋喺度傾咗成日嘅嘢"])
def test_hong_kong_characters(text: str) -> None:
    assert named(text.encode("big5hkscs")) == "big5hkscs"


def test_no_hong_kong_character_is_code_page_950() -> None:
    assert named("　　氣象局表示，這次颱風移動速度緩慢，中南部山區將有豪雨。\n".encode("cp950")) == "cp950"


@pytest.mark.parametrize(("code", "character"), [(b"\xa3\xe1", "€"), (b"\xf9\xfe", "▓")])
def test_characters_of_code_page_950_only(code: bytes, character: str) -> None:
    data = TAIWAN.encode("cp950") + code
    found = detect_encoding(data)
    assert text_of(data)[-1] == character
    assert found.encoding == ("cp950" if character == "€" else found.encoding)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [*product("／﹏…", BIG5_FAMILY), ("‧", "cp950"), ("～", "cp950")],  # Hong Kong has no ‧ and ～
)
def test_of_the_codes_that_differ_the_likelier_reading(mark: str, encoding: str) -> None:
    """A few marks have other codes in the two; what newspapers print comes out, whoever wrote the file."""
    data = (TAIWAN + f"王{mark}李{mark}林。\n").encode(encoding)
    text = text_of(data)
    assert text.endswith(f"王{mark}李{mark}林。\n"), text[-9:]


# --- wide encodings ---


@pytest.mark.parametrize(
    "text", [MAINLAND, TAIWAN, HONGKONG, MAINLAND.replace("\n", "\r\n"), "Harbour Daily 1998\nNews\n"]
)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_without_mark(text: str, encoding: str) -> None:
    found = detect_encoding(text.encode(encoding))
    assert (found.encoding, found.byte_order_mark) == (encoding, False)
    assert text_of(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark_and_without_nul(encoding: str) -> None:
    """Pure hanzi and full-width marks have no NUL byte that would give them away."""
    data = "昨日，市政府会议部署今冬供暖工作。".encode(encoding)
    assert b"\x00" not in data
    assert named(data) == encoding


def test_short_utf16_that_is_utf8_with_control_codes() -> None:
    data = "民眾應避免前".encode("utf-16-be")
    assert data.decode("utf-8") == "l\x11w>a\u0250\x7fQMRM"
    assert named(data) in ("utf-16-be", None)


@pytest.mark.parametrize(("mark", "encoding"), BYTE_ORDER_MARKS, ids=lambda value: str(value))
@pytest.mark.parametrize("text", [MAINLAND, HONGKONG, "x", "😀"])
def test_byte_order_mark(mark: bytes, encoding: str, text: str) -> None:
    data = mark + text.encode(encoding)
    found = detect_encoding(data)
    assert (found.encoding, found.confidence, found.byte_order_mark) == (encoding, 1.0, True)
    assert text_of(data) == text


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


@pytest.mark.parametrize(("mark", "encoding"), BYTE_ORDER_MARKS[:5], ids=lambda value: str(value))
def test_byte_order_mark_and_one_bad_unit(mark: bytes, encoding: str) -> None:
    unit = {"utf-8": b"\xff", "utf-16-le": b"\x00\xd8", "utf-16-be": b"\xd8\x00"}.get(encoding, b"\x00\x11\x11\x00")
    data = mark + MAINLAND.encode(encoding) + unit + MAINLAND.encode(encoding)
    at = len(mark) + len(MAINLAND.encode(encoding))
    found = detect_encoding(data)
    assert (found.encoding, found.byte_order_mark, found.undecodable) == (encoding, True, (at,))
    assert "tolerant" in found.evidence


# --- encodings that hide in ASCII ---


@pytest.mark.parametrize(
    "text", [MAINLAND, "昨日市政府召开会议", "Hello all,\n昨日，市政府召开会议。\nBye\n", MAINLAND * 30]
)
def test_hz(text: str) -> None:
    data = text.encode("hz")
    assert data.isascii()
    assert named(data) == "hz"
    assert text_of(data) == text


@pytest.mark.parametrize(
    "text",
    [
        "int a[] = ~{1,2}; x = ~{foo} ~} done; ~~\n",
        "sed -e 's/a~{b}/x/' file ~{1}\n",
        "cd ~/news; ls ~{a,b}/*.txt\n",
        "~{",
        "~{~}",
        "~",
        "// a~{b} ~{c} ~{d} ~{e}\n" * 10,
    ],
)
def test_tildes_of_programs_are_not_hz(text: str) -> None:
    assert detect_encoding(text.encode()).encoding == "utf-8"


def test_tildes_in_a_page_of_gbk() -> None:
    data = (MAINLAND + "x = ~{a} ~~ ~}\n" + MAINLAND).encode("gbk")
    assert (named(data), detect_encoding(data).segments) == ("gb18030", ())


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        (JAPANESE, "iso2022_jp", "iso2022_jp"),
        ("Hello\n" + JAPANESE, "iso2022_jp", "iso2022_jp"),
        pytest.param(KOREAN, "iso2022_kr", "iso2022_kr"),
    ],
)
def test_escape_sequences(text: str, encoding: str, expected: str) -> None:
    data = text.encode(encoding)
    assert named(data) == expected
    assert text_of(data) == text


def test_escape_sequences_of_chinese_are_named_and_refused() -> None:
    gb = "供暖工作".encode("gb2312")
    found = detect_encoding(b"\x1b$)A\x0e" + bytes(byte & 0x7F for byte in gb) + b"\x0f\n")
    assert (found.encoding, found.runner_up, found.is_text) == (None, "iso-2022-cn", True)
    assert "iconv" in str(found.reason)


@pytest.mark.parametrize("data", [b"\x1b[31mred\x1b[0m text", b"cost: \x1b$5 only", b"\x1b$B", b"\x1b$B\x1b$B\x1b$B"])
def test_escape_codes_of_terminals_are_ascii(data: bytes) -> None:
    assert detect_encoding(data).encoding == "utf-8"


# --- labels ---


@pytest.mark.parametrize(
    ("label", "said", "encoding", "text"),
    [
        ('<meta charset="{}">\n', "utf-8", "gb18030", MAINLAND),
        ('<meta charset="{}">\n', "gb2312", "utf-8", MAINLAND),
        ('<meta charset="{}">\n', "gb2312", "big5hkscs", HONGKONG),
        ('<?xml version="1.0" encoding="{}"?>\n', "Big5", "gb18030", MAINLAND),
        ("Content-Type: text/html; charset={}\n", "iso-8859-1", "gb18030", "要闻综合"),
        ("Content-Type: text/html; charset={}\n", "euc-kr", "gb18030", "要闻综合"),
        ("# encoding = {}\n", "shift_jis", "utf-8", "要闻综合"),
    ],
)
def test_label_that_lies(label: str, said: str, encoding: str, text: str) -> None:
    found = detect_encoding(label.format(said).encode() + text.encode(encoding))
    assert (found.encoding, found.label) == (encoding, said)


def test_label_is_read_in_the_first_bytes_only() -> None:
    assert detect_encoding(b"a" * 2000 + b" charset=big5").label is None
    assert detect_encoding(b"a charset of colours; encoding of news").label is None


# --- damage ---


@pytest.mark.parametrize(("encoding", "text"), [("utf-8", MAINLAND), ("gb18030", MAINLAND), ("big5hkscs", HONGKONG)])
@pytest.mark.parametrize("end", [b"", b"\n"], ids=["as it is", "one byte longer"])
@pytest.mark.parametrize("n_bad", [1, 3, 15])
def test_damaged_page(encoding: str, text: str, end: bytes, n_bad: int) -> None:
    """UTF-16 decodes nearly any even number of bytes, so a page is tried with an even number and an odd one."""
    part = text.encode(encoding)
    found = detect_encoding((part + b"\xff") * n_bad + part + end)
    places = [len(part) + index * (len(part) + 1) for index in range(n_bad)]
    assert found.encoding == encoding
    assert found.evidence.startswith("tolerant")
    assert str(places[0]) in found.evidence
    assert (found.n_undecodable, found.byte_offset) == (n_bad, places[0])
    assert found.undecodable == tuple(places[:FIRST_OFFSETS])
    assert found.confidence >= ACCEPTED


@pytest.mark.parametrize(("encoding", "text"), [("utf-8", MAINLAND), ("gb18030", MAINLAND), ("big5hkscs", HONGKONG)])
@pytest.mark.parametrize("lost", [1, 2])
def test_page_cut_in_mid_character(encoding: str, text: str, lost: int) -> None:
    data = (text + "本報").encode(encoding)[: -lost if encoding == "utf-8" else -1]
    found = detect_encoding(data)
    assert found.encoding == encoding
    assert found.n_undecodable > 0
    assert found.byte_offset in range(len(data) - 2, len(data))


def test_short_cut_page_of_an_even_number_of_bytes() -> None:
    data = "本报讯 昨日，市政府召开会议，部署今冬供暖工作。".encode("gbk")[:-1]
    assert len(data) % 2 == 0
    assert (named(data), detect_encoding(data).n_undecodable) == ("gb18030", 1)


@pytest.mark.parametrize("share", [0.3, 0.6])
def test_too_much_damage_is_refused(share: float) -> None:
    rng = random.Random(3)
    data = bytes(0xFF if rng.random() < share else byte for byte in MAINLAND.encode("gbk") * 4)
    assert named(data) is None


# --- shapes of files ---


@pytest.mark.parametrize(
    ("encoding", "text"), [("utf-8", MAINLAND), ("gb18030", MAINLAND), ("big5hkscs", HONGKONG), ("hz", MAINLAND)]
)
@pytest.mark.parametrize("newline", ["\r", "\r\n", "\n\n\n", "\u2028"])
def test_line_ends(encoding: str, text: str, newline: str) -> None:
    if newline == "\u2028" and encoding in ("big5hkscs", "hz"):
        newline = "\x0b"
    data = (text * 3).replace("\n", newline).encode(encoding)
    assert named(data) == encoding
    assert text_of(data) == (text * 3).replace("\n", newline)


@pytest.mark.parametrize(("encoding", "text"), [("utf-8", MAINLAND), ("gb18030", MAINLAND), ("big5hkscs", HONGKONG)])
def test_one_line_of_a_megabyte(encoding: str, text: str) -> None:
    line = text.replace("\n", "").encode(encoding)
    assert named(line * (1_000_000 // len(line))) == encoding


@pytest.mark.parametrize(
    ("encoding", "line"), [("utf-8", "会议"), ("gb18030", "会议"), ("big5hkscs", "喺度開會"), ("utf-16-le", "会议")]
)
def test_twenty_thousand_lines(encoding: str, line: str) -> None:
    data = f"{line}\n".encode(encoding) * 20_000
    assert (named(data), detect_encoding(data).segments) == (encoding, ())


@pytest.mark.parametrize(("encoding", "text"), [("gb18030", MAINLAND), ("big5hkscs", HONGKONG)])
def test_page_in_markup(encoding: str, text: str) -> None:
    rows = "".join(f'<tr class="row"><td width="120">{line}</td></tr>\n' for line in text.split("\n"))
    data = ("<html><head><script>var a = {b: 1};</script></head>\n" * 20 + rows).encode(encoding)
    assert sum(byte > 0x7F for byte in data) < len(data) / 5
    assert named(data) == encoding


@pytest.mark.parametrize("data", [b"\n", b"   \r\n", b"\t" * 6, b""])
def test_nothing_is_ascii(data: bytes) -> None:
    assert named(data) == "utf-8"
