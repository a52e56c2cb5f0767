"""Files whose encoding changes: each stretch found and read in its own, or the file refused; look-alikes are one stretch."""

from __future__ import annotations

import pytest
from newspaper_texts import BOXES, FRENCH, HONGKONG, JAPANESE, KANA, MAINLAND, RARE_NAMES, TAIWAN

from corpus_tools.errors import DecodeError
from corpus_tools.model import Page
from corpus_tools.options import ReadOptions
from corpus_tools.read.decoding import encode
from corpus_tools.read.detection import Detection
from corpus_tools.read.encoding import detect_encoding
from corpus_tools.read.pages import read_page
from corpus_tools.read.segments import find_segments

BIG5 = "big5hkscs"
KEEP = ReadOptions(on_undecodable="keep")

Part = tuple[str, str]


def joined(parts: list[Part]) -> bytes:
    """The file of `(text, encoding)` parts."""
    return b"".join(text.encode(encoding) for text, encoding in parts)


def page_of(data: bytes, options: ReadOptions | None = None) -> Page:
    """The page, proved to give its bytes back."""
    page = read_page(data, "page", "page.txt", options)
    assert encode(page.text, page.source) == data
    return page


def check_mixed(parts: list[Part]) -> Detection:
    """What was detected, proved to have every border and every character right."""
    data = joined(parts)
    starts = [len(joined(parts[:index])) for index in range(len(parts))]
    found = detect_encoding(data)
    assert [start for start, _ in found.segments] == starts, found.reason
    page = page_of(data)
    assert page.text == "".join(text for text, _ in parts)
    texts = [sum(len(text) for text, _ in parts[:index]) for index in range(len(parts))]
    assert [start for start, _ in page.source.segments] == texts
    assert [name for _, name in page.source.segments] == [name for _, name in found.segments]
    for (_, name), (text, encoding) in zip(found.segments, parts, strict=True):
        assert text.encode(encoding).decode(name) == text
    return found


# --- mixed files ---

TOO_SHORT = pytest.mark.xfail(reason="two to six hanzi that decode as others do not outweigh two changes", strict=True)


@pytest.mark.parametrize(
    "parts",
    [
        [(MAINLAND, "utf-8"), (MAINLAND, "gbk")],
        [(MAINLAND, "gbk"), (MAINLAND, "utf-8")],
        [(MAINLAND * 30, "utf-8"), (MAINLAND, "gbk")],
        [(MAINLAND, "utf-8"), (MAINLAND * 30, "gbk")],
        [(MAINLAND, "gbk"), (TAIWAN, "cp950")],
        [(TAIWAN, "cp950"), (MAINLAND, "gbk")],
        [(HONGKONG, BIG5), (MAINLAND, "utf-8"), (TAIWAN, "gbk")],
        [(TAIWAN, "utf-8"), (HONGKONG, BIG5)],
        [(MAINLAND, "gbk"), (MAINLAND, "utf-8"), (MAINLAND, "gbk"), (MAINLAND, "utf-8")],
        [(TAIWAN * 10, "cp950"), (MAINLAND, "utf-8"), (TAIWAN * 10, "cp950")],
    ],
    ids=lambda parts: "+".join(encoding for _, encoding in parts),
)
def test_parts_in_other_encodings(parts: list[Part]) -> None:
    found = check_mixed(parts)
    assert found.evidence.startswith("strict by segment")
    sizes: dict[str, int] = {}
    for text, encoding in parts:
        sizes[encoding] = sizes.get(encoding, 0) + len(text.encode(encoding))
    longest = max(sizes, key=sizes.__getitem__)
    assert found.encoding in {"gbk": ("gb18030",), BIG5: (BIG5, "cp950"), "cp950": (BIG5, "cp950")}.get(
        longest, (longest,)
    )


@pytest.mark.parametrize(
    ("page", "line", "encodings"),
    [
        (MAINLAND * 3, "会议还强调，要抓好落实。\n", ("gbk", "utf-8")),
        (MAINLAND * 3, "会议还强调，要抓好落实。\n", ("utf-8", "gbk")),
        (TAIWAN * 3, "會議還強調，要抓好落實。\n", ("cp950", "utf-8")),
        (TAIWAN * 3, "會議還強調，要抓好落實。\n", ("utf-8", "cp950")),
        (MAINLAND * 3, "氣象局昨天發布豪雨特報。\n", ("gbk", "cp950")),
        (MAINLAND * 60, "氣象局昨天發布豪雨特報。\n", ("gbk", "cp950")),
        (TAIWAN * 3, "会议还强调，要抓好落实。\n", ("cp950", "gbk")),
        (MAINLAND, "会议还强调\n", ("gbk", "utf-8")),
        pytest.param(MAINLAND, "要闻\n", ("gbk", "utf-8"), marks=TOO_SHORT),
        pytest.param(MAINLAND, "召開會議\n", ("gbk", "cp950"), marks=TOO_SHORT),
    ],
)
def test_one_line_in_another_encoding(page: str, line: str, encodings: tuple[str, str]) -> None:
    """Read by segment or refused with the place; never half garbage in silence."""
    outer, inner = encodings
    data = joined([(page, outer), (line, inner), (page, outer)])
    found = detect_encoding(data)
    start, end = len(page.encode(outer)), len(page.encode(outer)) + len(line.encode(inner))
    if found.encoding is None:
        assert found.byte_offset in range(start - 2, end + 1)
        return
    if found.n_undecodable:
        assert all(start <= at < end for at in found.undecodable)
        with pytest.raises(DecodeError):
            page_of(data)
        return
    assert page_of(data).text == page + line + page


def test_line_that_changes_in_the_middle() -> None:
    check_mixed([(MAINLAND + "会议还强调，", "utf-8"), ("要抓好落实。\n" + MAINLAND, "gbk")])


def test_borders_at_ascii_lines() -> None:
    """Lines of ASCII say nothing: they go with what stands before them."""
    between = "---- 1998-11-02 ----\n\n"
    data = joined([(MAINLAND + between, "utf-8"), (MAINLAND, "gbk")])
    assert detect_encoding(data).segments[1] == (len((MAINLAND + between).encode()), "gb18030")
    data = joined([(between, "ascii"), (MAINLAND, "gbk"), (MAINLAND, "utf-8")])
    assert [name for _, name in detect_encoding(data).segments] == ["gb18030", "utf-8"]


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_borders_at_other_line_ends(newline: str) -> None:
    check_mixed([(MAINLAND.replace("\n", newline), "utf-8"), (MAINLAND.replace("\n", newline), "gbk")])


def test_hz_and_utf8() -> None:
    data = joined([(MAINLAND, "utf-8"), (MAINLAND, "hz")])
    assert page_of(data).text == MAINLAND * 2


@pytest.mark.parametrize(
    "parts", [[(MAINLAND, "gbk"), (JAPANESE * 3, "shift_jis")], [(FRENCH * 10, "latin-1"), (MAINLAND, "gbk")]]
)
def test_part_in_an_encoding_that_is_not_chinese_is_not_read_in_silence(parts: list[Part]) -> None:
    data = joined(parts)
    with pytest.raises(DecodeError):
        page_of(data)


def test_refused_mixture_names_the_border() -> None:
    part = MAINLAND.encode("gbk")
    data = MAINLAND.encode() * 2 + part[:101] + b"\xff\xff\xff" + part[101:]
    found = detect_encoding(data)
    if found.encoding is None:
        assert found.byte_offset == len(MAINLAND.encode()) * 2
        assert "from byte" in str(found.reason)
    else:
        assert found.n_undecodable


# --- look-alikes: one encoding ---


@pytest.mark.parametrize(
    "strange",
    [
        BOXES * 4,
        ("─" * 60 + "\n") * 3,
        ("＝" * 40 + "\n") * 5,
        KANA * 5,
        RARE_NAMES * 4,
        "【】《》『』〔〕※№☆★○●◎◇◆□■△▲\n" * 5,
        "锟斤拷锟斤拷锟斤拷烫烫烫屯屯屯\n" * 3,
        "鋼鐵長城，團結勝利，實業興國，愛護環境。\n" * 4,
        "㈠㈡㈢①②③ⅠⅡⅢ\n" * 4,
        "　　课文里写着“bā bǎ chūn fēng”，孩子们跟着念。\n" * 4,
        "　　莫斯科的报纸（Московская правда）昨天说。\n" * 3,
    ],
)
@pytest.mark.parametrize("place", ["start", "middle", "end"])
def test_strange_lines_of_a_page_in_gb(strange: str, place: str) -> None:
    texts = {"start": [strange, MAINLAND * 3], "middle": [MAINLAND, strange, MAINLAND], "end": [MAINLAND * 3, strange]}
    text = "".join(texts[place])
    data = text.encode("gb18030")
    found = detect_encoding(data)
    assert (found.encoding, found.segments, found.reason) == ("gb18030", (), None)
    assert page_of(data).text == text


@pytest.mark.parametrize(
    "strange", [("─" * 60 + "\n") * 20, "Москва, Αθηνα\n" * 5, "āáǎàōóǒòēéěè\n" * 4, "ㄅㄆㄇㄈㄉㄊㄋㄌ\n" * 4]
)
def test_lines_of_nothing_but_letters_in_gb(strange: str) -> None:
    data = (strange + MAINLAND * 3).encode("gb18030")
    assert page_of(data).text == strange + MAINLAND * 3
    assert detect_encoding(data).segments == ()


@pytest.mark.parametrize(
    "strange", [("─" * 40 + "\n") * 20, "╔══════╗\n║　里別　║\n╚══════╝\n" * 4, "①②③④⑤ⅰⅱⅲ\n" * 5, "ㄅㄆㄇㄈ\n" * 5]
)
def test_strange_lines_of_a_page_in_big5(strange: str) -> None:
    for encoding in ("cp950", BIG5):
        data = (TAIWAN + strange + TAIWAN).encode(encoding, "ignore")
        found = detect_encoding(data)
        assert found.encoding in ("cp950", BIG5)
        assert found.segments == ()


def test_damage_is_no_change_of_encoding() -> None:
    """A page with a bad byte in every line."""
    lines = (MAINLAND * 5).encode("gbk").split(b"\n")
    data = b"\n".join(line[: len(line) // 2] + b"\xff" + line[len(line) // 2 :] if line else line for line in lines)
    found = detect_encoding(data)
    assert (found.encoding, found.segments) == ("gb18030", ())
    assert found.n_undecodable >= 20


# --- find_segments ---


def test_find_segments_of_one_encoding() -> None:
    for encoding in ("utf-8", "gb18030", BIG5):
        assert find_segments(TAIWAN.encode(encoding), ("utf-8", "gb18030", BIG5)) == [(0, encoding)]


def test_find_segments_of_ascii() -> None:
    assert len(find_segments(b"a\nb\n", ("utf-8", "gb18030"))) == 1


def test_find_segments_gives_byte_offsets() -> None:
    left, right = MAINLAND.encode("gbk"), MAINLAND.encode()
    assert find_segments(left + right, ("utf-8", "gb18030")) == [(0, "gb18030"), (len(left), "utf-8")]


# --- a byte order mark before another encoding ---


@pytest.mark.parametrize(("text", "encoding"), [(MAINLAND, "gbk"), (TAIWAN, "cp950"), (HONGKONG, BIG5)])
def test_mark_of_utf8_before_another_encoding(text: str, encoding: str) -> None:
    data = b"\xef\xbb\xbf" + text.encode(encoding)
    found = detect_encoding(data)
    assert [start for start, _ in found.segments] == [0, 3]
    assert "byte order mark" in found.evidence
    page = page_of(data)
    assert page.text.lstrip("\ufeff") == text


def test_mark_of_utf8_before_damaged_gbk_says_where() -> None:
    part = MAINLAND.encode("gbk")
    found = detect_encoding(b"\xef\xbb\xbf" + part + b"\xff" + part)
    assert found.byte_offset == 3 + len(part)
    assert f"byte {3 + len(part)}" in found.evidence


def test_mark_of_utf8_before_damaged_gbk() -> None:
    part = MAINLAND.encode("gbk")
    data = b"\xef\xbb\xbf" + part + b"\xff" + part
    found = detect_encoding(data)
    assert (found.encoding, found.undecodable) == ("gb18030", (3 + len(part),))
    with pytest.raises(DecodeError):
        page_of(data)
    assert page_of(data, KEEP).text.lstrip("\ufeff") == MAINLAND + "\ufffd" + MAINLAND


def test_mark_of_utf8_before_a_mixed_file() -> None:
    parts = [(MAINLAND, "utf-8"), (MAINLAND, "gbk")]
    data = b"\xef\xbb\xbf" + joined(parts)
    assert [start for start, _ in detect_encoding(data).segments] == [0, 3 + len(MAINLAND.encode())]
    assert page_of(data).text.lstrip("\ufeff") == MAINLAND * 2


# --- UTF-16 that lost bytes ---


def without(data: bytes, *places: int) -> bytes:
    return b"".join(data[start + 1 : end] for start, end in zip((-1, *places), (*places, len(data)), strict=True))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("places", [(101,), (100,), (201, 1501), (301, 602, 1203, 1804, 2505)])
def test_utf16_that_lost_bytes(encoding: str, places: tuple[int, ...]) -> None:
    """Each lost byte costs its character (and at a wrong border one more), not the rest of the file."""
    text = MAINLAND * 20
    data = without(text.encode(encoding), *places)
    found = detect_encoding(data)
    assert found.encoding == encoding
    assert found.n_undecodable >= len(places)
    assert found.evidence.startswith("tolerant")
    with pytest.raises(DecodeError) as caught:
        page_of(data)
    assert abs((caught.value.byte_offset or 0) - places[0]) <= 6
    kept = page_of(data, KEEP).text
    assert kept.startswith(text[: places[0] // 2 - 3])
    assert kept.endswith(text[places[-1] // 2 + 4 :])
    assert len(text) - len(places) <= len(kept) + len(places) <= len(text) + 3 * len(places)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_with_one_byte_too_many(encoding: str) -> None:
    data = (MAINLAND * 4).encode(encoding)
    kept = page_of(data[:202] + b"\x55" + data[202:], KEEP).text
    assert kept[:98] == (MAINLAND * 4)[:98]
    assert kept.endswith((MAINLAND * 4)[104:])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_cut_in_mid_character(encoding: str) -> None:
    data = (MAINLAND * 4).encode(encoding)[:-1]
    found = detect_encoding(data)
    assert (found.encoding, found.undecodable) == (encoding, (len(data) - 1,))
    assert page_of(data, KEEP).text == (MAINLAND * 4)[:-1] + "\ufffd"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("n_lost", [1, 5])
def test_utf16_with_a_mark_that_lost_bytes(encoding: str, n_lost: int) -> None:
    """Read on behind the lost byte, or refused; with bad bytes kept it must not read the rest by halves of characters."""
    text = MAINLAND * 20
    mark = "\ufeff".encode(encoding)
    data = mark + without(text.encode(encoding), *range(301, 301 + 801 * n_lost, 801))
    try:
        kept = page_of(data, KEEP).text
    except DecodeError as error:
        assert error.byte_offset in range(280, 330)
        return
    assert kept.endswith(text[-200:])
    assert sum(character not in text for character in kept) <= 3 * n_lost


@pytest.mark.parametrize(("text", "places"), [(TAIWAN * 12, (347, 375)), (MAINLAND * 12, (823, 842, 2629))])
def test_utf16_that_lost_two_bytes_near_each_other(text: str, places: tuple[int, ...]) -> None:
    data = without(text.encode("utf-16-le"), *places)
    try:
        read = page_of(data, KEEP).text
    except DecodeError:
        return
    assert sum(character not in text for character in read) <= 4 * len(places)


def test_utf16_that_lost_very_many_bytes_is_refused_or_read() -> None:
    text = MAINLAND * 30
    data = without(text.encode("utf-16-le"), *range(301, 9000, 401))
    try:
        kept = page_of(data, KEEP).text
    except DecodeError:
        return
    assert sum(character not in text for character in kept) < len(text) // 50
