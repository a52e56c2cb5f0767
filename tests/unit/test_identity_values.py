"""Dates and page numbers as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.identity.values import DATE, as_date, as_page_number, date_of, iso_date, number_of

DATES = {
    "2023-11-08": "2023-11-08",
    "2023/11/8": "2023-11-08",
    "2023.11.8": "2023-11-08",
    "20231108": "2023-11-08",
    " 2023年11月8日 ": "2023-11-08",
    "2023 年 11 月 8 日": "2023-11-08",
    "２０２３年１１月８日": "2023-11-08",
    "二〇二三年十一月八日": "2023-11-08",
    "二零二三年十一月廿八日": "2023-11-28",
    "一九九八年一月二十三日": "1998-01-23",
    "中華民國一一二年十一月八日": "2023-11-08",
    "民國一百一十二年十一月八日": "2023-11-08",
    "民国26年7月7日": "1937-07-07",
    "民國元年元月1日": "1912-01-01",
    "2023年11月8號": "2023-11-08",
}


@pytest.mark.parametrize("text", DATES)
def test_dates(text: str) -> None:
    assert as_date(text) == DATES[text]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2023",
        "2023-11",
        "8.11.2023",
        "2023-11/08",
        "20231308",
        "2023年2月30日",
        "1700年1月1日",
        "11月8日",
        "2023年11月",
        "x2023-11-08",
    ],
)
def test_no_dates(text: str) -> None:
    assert as_date(text) is None


def test_a_month_or_a_year_will_do_where_it_is_allowed() -> None:
    assert [as_date(text, partial=True) for text in ("1998", "1998-01", "1998-13", "1998-1")] == [
        "1998",
        "1998-01",
        None,
        None,
    ]


def test_dates_inside_a_line() -> None:
    found = DATE.search("竹溪時報 民國97年9月15日 星期一")
    assert found is not None
    assert date_of(found) == "2008-09-15"


@given(st.dates(min_value=date(1912, 1, 1), max_value=date(2910, 12, 31)))
def test_every_day_comes_back(day: date) -> None:
    assert iso_date(day.year, day.month, day.day) == day.isoformat()
    assert as_date(f"{day.year}年{day.month}月{day.day}日") == day.isoformat()
    assert as_date(f"民國{day.year - 1911}年{day.month}月{day.day}日") == day.isoformat()


PAGES = {
    "3": "3",
    "03": "3",
    "003": "3",
    "A3": "A3",
    "a03": "A3",
    "Ａ０３": "A3",
    "第3版": "3",
    "第 A12 版": "A12",
    "三": "3",
    "第十二版": "12",
    "二十版": "20",
    "一二": "12",
    "3頁": "3",
}


@pytest.mark.parametrize("text", PAGES)
def test_page_numbers(text: str) -> None:
    assert as_page_number(text) == PAGES[text]


@pytest.mark.parametrize("text", ["", "要闻", "A", "第版", "3-4", "12345", "AAA3"])
def test_no_page_numbers(text: str) -> None:
    assert as_page_number(text) is None


@given(st.integers(0, 999))
def test_numbers_in_hanzi(number: int) -> None:
    digits = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
    assert number_of(digits) == number_of(str(number)) == number
