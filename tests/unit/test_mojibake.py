"""Mojibake on every route and chain: what comes back is the text as it was, and clean text never changes."""

from __future__ import annotations

import pytest

from corpus_tools.edits import apply_edits, invert
from corpus_tools.likelihood import mean_log_likelihood
from corpus_tools.options import Options
from corpus_tools.read.pages import page_from_text
from corpus_tools.stages.normalise import normalise_page
from corpus_tools.stages.normalise.mojibake import LEAST_MEAN, repair_mojibake
from corpus_tools.stages.normalise.mojibake_routes import Piece, read_again, remains_of_a_mark
from corpus_tools.stages.normalise.mojibake_tables import ROUTES

SIMPLIFIED = "会议要求抓好春耕备耕，确保按期完成"
TRADITIONAL = "會議要求抓好春耕備耕，確保如期完成"

CHAINS = [
    (("utf-8", "latin-1"),),
    (("utf-8", "sloppy"),),
    (("gb18030", "latin-1"),),
    (("gb18030", "sloppy"),),
    (("utf-8", "latin-1"), ("utf-8", "latin-1")),
    (("utf-8", "sloppy"), ("utf-8", "sloppy")),
    (("utf-8", "sloppy"), ("utf-8", "sloppy"), ("utf-8", "sloppy")),
    (("utf-8", "latin-1"), ("utf-8", "gb18030")),
    (("gb18030", "latin-1"), ("utf-8", "gb18030")),
    (("gb18030", "latin-1"), ("utf-8", "latin-1"), ("utf-8", "latin-1")),
]
TRADITIONAL_CHAINS = [
    (("big5", "latin-1"),),
    (("big5", "sloppy"),),
    (("big5", "gb18030"),),
    (("big5", "latin-1"), ("utf-8", "latin-1")),
    (("gb18030", "sloppy"),),
]


def broken(text: str, chain: tuple[tuple[str, str], ...]) -> str:
    """The text written in the first encoding of each step and read in the second; sloppy is cp1252 as browsers read it."""
    for right, wrong in chain:
        data = text.encode(right)
        text = "".join(map(sloppy, data)) if wrong == "sloppy" else data.decode(wrong)
    return text


def sloppy(byte: int) -> str:
    return bytes((byte,)).decode("cp1252", "ignore") or chr(byte)


def repaired(text: str) -> str:
    edits = list(repair_mojibake(text, Options()))
    after = apply_edits(text, edits)
    assert apply_edits(after, invert(edits)) == text
    return after


@pytest.mark.parametrize("chain", CHAINS, ids=str)
def test_simplified_text_comes_back(chain: tuple[tuple[str, str], ...]) -> None:
    assert repaired(broken(SIMPLIFIED, chain)) == SIMPLIFIED


@pytest.mark.parametrize("chain", TRADITIONAL_CHAINS, ids=str)
def test_traditional_text_comes_back(chain: tuple[tuple[str, str], ...]) -> None:
    assert repaired(broken(TRADITIONAL, chain)) == TRADITIONAL


@pytest.mark.parametrize("chain", [chain for chain in CHAINS if chain[-1][1] != "gb18030"], ids=str)
def test_a_run_beside_clean_text_comes_back_alone(chain: tuple[tuple[str, str], ...]) -> None:
    line = f"记者在汀溪县看到{broken(SIMPLIFIED, chain)}全市供暖"
    page = f"第一行没有问题。\n{line}\n第三行也没有。\n"
    assert repaired(page) == page.replace(line, f"记者在汀溪县看到{SIMPLIFIED}全市供暖")


def test_a_line_broken_in_two_ways() -> None:
    first, second = broken(SIMPLIFIED, CHAINS[0]), broken(SIMPLIFIED, CHAINS[2])
    assert repaired(f"{first} 全市供暖 {second}") == f"{SIMPLIFIED} 全市供暖 {SIMPLIFIED}"


@pytest.mark.parametrize("end", ["\ufffd", "?", "\n", " 2022", "。"])
def test_a_run_that_lost_its_last_byte(end: str) -> None:
    """The character that lost a byte stays as it is; none is made up."""
    lost = SIMPLIFIED.encode()[:-1].decode("latin-1") + end
    assert repaired(lost) == SIMPLIFIED[:-1] + SIMPLIFIED[-1].encode()[:-1].decode("latin-1") + end


def test_behind_a_lost_byte_of_big5_nothing_is_made_up() -> None:
    data = TRADITIONAL.encode("big5")
    text = repaired(data[:8].decode("latin-1") + "\ufffd" + data[9:13].decode("latin-1"))
    assert not set(text) & {chr(code) for code in range(0x4E00, 0xA000)} - set(TRADITIONAL)


@pytest.mark.parametrize("unseen", ["\u200b", "\x07", "\ufeff", "\u200d", "\x7f"], ids=ascii)
@pytest.mark.parametrize("chain", CHAINS, ids=str)
def test_unseen_characters_inside_do_not_matter(unseen: str, chain: tuple[tuple[str, str], ...]) -> None:
    text = broken(SIMPLIFIED, chain)
    for at in range(1, len(text), 9):
        once = normalise_page(page_from_text(text[:at] + unseen + text[at:], "页", "页.txt"), Options())
        assert once.text == SIMPLIFIED
        assert normalise_page(once, Options()).history == once.history


@pytest.mark.parametrize("text", ["我们退耕还林，", "我们要共赢。双方要密切协调"], ids=["one of 0x80", "one of each"])
def test_both_euro_signs_of_gbk(text: str) -> None:
    """Browsers read 0x80, where no character can begin, as the euro sign, and 0xA2E3 too."""
    data, at, wrong = text.encode(), 0, ""
    while at < len(data):
        size = 1 if data[at] == 0x80 else 2
        wrong += "€" if size == 1 else data[at : at + size].decode("gb18030", "replace")
        at += size
    assert "€" in wrong
    assert repaired(wrong).startswith(text[:-1])


def test_edits_are_as_small_as_can_be() -> None:
    edits = list(repair_mojibake(broken(SIMPLIFIED, CHAINS[2]), Options()))
    assert [edit.after for edit in edits] == list(SIMPLIFIED)
    assert all(len(edit.before) == 2 for edit in edits)
    assert all(LEAST_MEAN <= edit.score < 0 for edit in edits)


@pytest.mark.parametrize(
    "text",
    [
        "镉铊铯铷钋钫镭锕饕餮踌躇魑魅魍魉" * 3,
        "鬱鬱蔥蔥，纏纏綿綿，龜裂的土地，饕餮盛宴",
        "Müller、São Paulo、naïve café、Łódź、Çeşme、Þingvellir、Ærøskøbing",
        "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
        "╔═══╗║───║╚═══╝ ±±±± ····· ■■■",
        "カタカナとひらがな 한국어 신문 Правда ελληνικά",
        "".join(map(chr, range(0xE000, 0xE100))),
        "锟斤拷锟斤拷烫烫烫烫屯屯屯屯",
        "".join(map(chr, range(0x4E00, 0x9FA6, 7))),
        "".join(map(chr, range(0x9FA5, 0x4E00, -11))),
    ],
)
def test_clean_text_stays(text: str) -> None:
    assert repaired(text) == text


@pytest.mark.parametrize("left", ["ï»¿", "锘縝", "茂禄驴", "Ã¯Â»Â¿"])
def test_remains_of_a_byte_order_mark(left: str) -> None:
    found = remains_of_a_mark(left + "ody")
    assert found is not None
    assert found.after.startswith("\ufeff")
    assert repaired(f"{left}ody\n岚州日报\n") == f"{found.after}ody\n岚州日报\n"


def test_a_mark_inside_a_line_is_none() -> None:
    assert repaired("元素锘縝、ï»¿") == "元素锘縝、ï»¿"


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.reason)
@pytest.mark.parametrize("line", ["", "ASCII only", "€€€", "ä", "会议", "\ufffd\ufffd", "a\x85b\xa0c", "𠮷\ue000Ω"])
def test_pieces_cover_the_line(route: object, line: str) -> None:
    pieces: list[Piece] = read_again(line, route)  # type: ignore[arg-type]
    borders = [piece.start for piece in pieces] + [len(line)]
    assert [piece.end for piece in pieces] == borders[1:]
    assert borders[0] == 0
    assert all(piece.after == line[piece.start : piece.end] for piece in pieces if not piece.is_read)


def test_the_examples_are_news() -> None:
    assert mean_log_likelihood(SIMPLIFIED) > LEAST_MEAN + 1
