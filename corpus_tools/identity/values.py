"""Dates and page numbers as people write them -> as records hold them: `2023-11-08`, `3`, `A3`. None for what is neither."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

EARLIEST_YEAR = 1815
"""The first Chinese newspaper of the modern kind appeared then; a year before it is a misread one."""

REPUBLIC = 1911
"""Year 1 of the Republic's calendar is 1912."""

_DIGIT = "0-9０-９〇零○Ｏ一二三四五六七八九十廿卅百元正"
_YEAR = rf"(?:(?P<era>(?:中[华華])?民[国國])\ ?(?P<republic>[{_DIGIT}]{{1,6}})|(?P<year>[{_DIGIT}]{{4}}))"
DATE = re.compile(
    rf"""
      {_YEAR}\ ?年\ ?(?P<month>[{_DIGIT}]{{1,3}})\ ?月\ ?(?P<day>[{_DIGIT}]{{1,3}})\ ?[日号號]    # 2023年11月8日, 民國一一二年十一月八日
    | (?<![0-9])(?P<y>(?:1[89]|20)[0-9]{{2}})(?P<part>[-./_])(?P<m>[0-9]{{1,2}})(?P=part)(?P<d>[0-9]{{1,2}})(?![0-9])
    | (?<![0-9])(?P<y8>(?:1[89]|20)[0-9]{{2}})(?P<m8>[0-9]{{2}})(?P<d8>[0-9]{{2}})(?![0-9])
    """,
    re.VERBOSE,
)
_PARTIAL = re.compile(r"(?:1[89]|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2]))?")
_PAGE = re.compile(
    r"第?\ ?(?:(?P<letters>[A-Za-zＡ-Ｚ]{0,2})(?P<digits>[0-9０-９]{1,4})|(?P<hanzi>[一二三四五六七八九十〇零百]{1,4}))\ ?[版頁页]?"
)
_DIGITS = {"〇": 0, "零": 0, "○": 0, "Ｏ": 0, "元": 1, "正": 1} | {
    character: value for value, character in enumerate("一二三四五六七八九", 1)
}
_TENS = {"十": 10, "廿": 20, "卅": 30, "百": 100}


def number_of(numeral: str) -> int | None:
    """The number that digits or hanzi write, digit by digit or with 十 and 百; None where they write none.

    >>> number_of("一一二"), number_of("二十三"), number_of("廿三"), number_of("０８"), number_of("十"), number_of("一百一十二")
    (112, 23, 23, 8, 10, 112)
    """
    if numeral.isdecimal():
        return int(numeral)
    if not any(character in _TENS for character in numeral):
        digits = [_DIGITS.get(character, ord(character) - 48) for character in numeral]
        return int("".join(map(str, digits))) if all(0 <= digit <= 9 for digit in digits) else None
    total, digit = 0, 0
    for character in numeral:
        if character in _TENS:
            total += (digit or 1) * _TENS[character] if character in "十百" else _TENS[character]
            digit = 0
        elif character in _DIGITS:
            digit = _DIGITS[character]
        else:
            return None
    return total + digit


def iso_date(year: int | None, month: int | None, day: int | None) -> str | None:
    """`YYYY-MM-DD`, or None where there is no such day.

    >>> iso_date(2023, 11, 8), iso_date(2023, 2, 30)
    ('2023-11-08', None)
    """
    if year is None or month is None or day is None or year < EARLIEST_YEAR:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def date_of(found: re.Match[str]) -> str | None:
    """The ISO date of a match of `DATE`; None where there is no such day."""
    if found["month"]:
        if found["era"]:
            since = number_of(found["republic"])
            year = None if since is None else REPUBLIC + since
        else:
            year = number_of(found["year"])
        return iso_date(year, number_of(found["month"]), number_of(found["day"]))
    parts = (found["y"] or found["y8"], found["m"] or found["m8"], found["d"] or found["d8"])
    return iso_date(*map(int, parts))


def as_date(text: str, *, partial: bool = False) -> str | None:
    """The ISO date that a whole text writes, or None. With `partial` a month or a year alone will do: 1998-01.

    >>> as_date("20231108"), as_date("2023/11/8"), as_date("民國112年11月8日"), as_date("二〇二三年十一月八日")
    ('2023-11-08', '2023-11-08', '2023-11-08', '2023-11-08')
    >>> as_date("8.11.2023"), as_date("20231308"), as_date("1998-01", partial=True)
    (None, None, '1998-01')
    """
    text = text.strip()
    found = DATE.fullmatch(text)
    if found:
        return date_of(found)
    return text if partial and _PARTIAL.fullmatch(text) else None


def as_page_number(text: str) -> str | None:
    """The page number that a whole text writes, in ASCII without leading zeros; None where it is none.

    >>> as_page_number("03"), as_page_number("Ａ０３版"), as_page_number("第十二版"), as_page_number("a5"), as_page_number("要闻")
    ('3', 'A3', '12', 'A5', None)
    """
    found = _PAGE.fullmatch(text.strip())
    if found is None:
        return None
    if found["hanzi"]:
        number = number_of(found["hanzi"])
        return None if number is None else str(number)
    return unicodedata.normalize("NFKC", found["letters"]).upper() + str(int(found["digits"]))
