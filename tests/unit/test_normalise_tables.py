"""The closed tables of `normalise` are what Unicode says, where Unicode says it."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from corpus_tools.stages.normalise.radicals import IDEOGRAPHS
from corpus_tools.stages.normalise.vertical_forms import HORIZONTAL

FIRST_KANGXI, LAST_KANGXI = 0x2F00, 0x2FD5
FIRST_SUPPLEMENT, LAST_SUPPLEMENT = 0x2E80, 0x2EF3


@pytest.mark.parametrize(("vertical", "horizontal"), HORIZONTAL.items())
def test_vertical_form_and_its_partner_are_one_mark(vertical: str, horizontal: str) -> None:
    assert unicodedata.name(vertical).startswith("PRESENTATION FORM FOR VERTICAL ")
    assert unicodedata.decomposition(vertical).startswith("<vertical> ")
    assert unicodedata.normalize("NFKC", vertical) == unicodedata.normalize("NFKC", horizontal)
    assert unicodedata.east_asian_width(horizontal) in ("W", "F") or horizontal == "…"


def test_every_vertical_form_is_in_the_table_or_left_out_on_purpose() -> None:
    forms = {
        chr(point) for point in range(sys.maxunicode) if unicodedata.decomposition(chr(point)).startswith("<vertical>")
    }
    assert forms - set(HORIZONTAL) == set("︰︱︲︳︴") | {"ヿ", "ゟ"}  # two kana ligatures are called so as well


def test_kangxi_radicals_are_all_there_with_one_ideograph_each() -> None:
    kangxi = {radical: ideograph for radical, ideograph in IDEOGRAPHS.items() if ord(radical) >= FIRST_KANGXI}
    assert list(kangxi) == [chr(point) for point in range(FIRST_KANGXI, LAST_KANGXI + 1)]
    for radical, ideograph in kangxi.items():
        assert unicodedata.decomposition(radical) == f"<compat> {ord(ideograph):04X}"
        assert unicodedata.name(ideograph) == f"CJK UNIFIED IDEOGRAPH-{ord(ideograph):04X}"


def test_radicals_of_the_supplement_have_an_ideograph_of_the_first_block() -> None:
    supplement = {radical: ideograph for radical, ideograph in IDEOGRAPHS.items() if ord(radical) < FIRST_KANGXI}
    assert all(FIRST_SUPPLEMENT <= ord(radical) <= LAST_SUPPLEMENT for radical in supplement)
    assert all(unicodedata.name(radical).startswith("CJK RADICAL ") for radical in supplement)
    assert all(0x4E00 <= ord(ideograph) <= 0x9FA5 for ideograph in supplement.values())
    for radical in supplement:  # the two of the block for which Unicode itself has an equal
        decomposed = unicodedata.normalize("NFKC", radical)
        assert decomposed in (radical, supplement[radical])


NAMES = {
    "⺟": "MOTHER", "⺠": "CIVILIAN", "⻁": "TIGER", "⻄": "WEST TWO", "⻅": "C-SIMPLIFIED SEE", "⻆": "SIMPLIFIED HORN",
    "⻉": "C-SIMPLIFIED SHELL", "⻋": "C-SIMPLIFIED CART", "⻑": "LONG ONE", "⻓": "C-SIMPLIFIED LONG",
    "⻔": "C-SIMPLIFIED GATE", "⻘": "BLUE", "⻙": "C-SIMPLIFIED TANNED LEATHER", "⻚": "C-SIMPLIFIED LEAF",
    "⻛": "C-SIMPLIFIED WIND", "⻜": "C-SIMPLIFIED FLY", "⻝": "EAT ONE", "⻢": "C-SIMPLIFIED HORSE", "⻣": "BONE",
    "⻤": "GHOST", "⻥": "C-SIMPLIFIED FISH", "⻦": "C-SIMPLIFIED BIRD", "⻧": "C-SIMPLIFIED SALT",
    "⻨": "SIMPLIFIED WHEAT", "⻩": "SIMPLIFIED YELLOW", "⻪": "C-SIMPLIFIED FROG", "⻫": "J-SIMPLIFIED EVEN",
    "⻬": "C-SIMPLIFIED EVEN", "⻭": "J-SIMPLIFIED TOOTH", "⻮": "C-SIMPLIFIED TOOTH", "⻯": "J-SIMPLIFIED DRAGON",
    "⻰": "C-SIMPLIFIED DRAGON", "⻱": "TURTLE", "⻲": "J-SIMPLIFIED TURTLE", "⻳": "C-SIMPLIFIED TURTLE",
}  # fmt: skip
"""What Unicode calls those of the supplement that the table has."""


def test_radicals_of_the_supplement_by_name() -> None:
    supplement = {radical for radical in IDEOGRAPHS if ord(radical) < FIRST_KANGXI}
    assert supplement == set(NAMES)
    assert {radical: unicodedata.name(radical) for radical in NAMES} == {
        radical: f"CJK RADICAL {name}" for radical, name in NAMES.items()
    }


@pytest.mark.parametrize(
    "part",
    "⺀⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺖⺗⺘⺙⺡⺢⺣⺤⺥⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻂⻃⻇⻈⻊⻌⻍⻎⻏⻐⻒⻕⻖⻗⻞⻟⻠⻡",
)
def test_parts_of_characters_stay(part: str) -> None:
    assert part not in IDEOGRAPHS
