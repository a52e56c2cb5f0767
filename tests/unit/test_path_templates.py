"""Path templates: what they read off paths, which paths they do not fit, and what is said of templates that are none."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.errors import UsageError
from corpus_tools.identity.templates import template
from corpus_tools.model import PageMeta
from corpus_tools.options import ReadOptions

FITS = [
    ("{newspaper}/{date}/{page}.txt", "岚州日报/2021-03-12/03.txt", PageMeta("岚州日报", "2021-03-12", None, "3")),
    (
        "{newspaper}/{date}/{page}.txt",
        "archive/岚州日报/20210312/A03.txt",
        PageMeta("岚州日报", "2021-03-12", None, "A3"),
    ),
    ("{newspaper}/{date}/{page}.txt", "岚州日报/2021.3.5/第三版.TXT", PageMeta("岚州日报", "2021-03-05", None, "3")),
    ("{newspaper}/{date}/{page}.txt", "p/2021年3月5日/b12.txt.gz", PageMeta("p", "2021-03-05", None, "B12")),
    ("{newspaper}/{date}/{page}.txt.gz", "p/2021_03_05/1.txt.gz", PageMeta("p", "2021-03-05", None, "1")),
    ("{date:%Y%m%d}_{page:02d}.txt", "20210312_01.txt", PageMeta(None, "2021-03-12", None, "1")),
    ("{date:%Y%m%d}{page:02d}.txt", "2021031204.txt", PageMeta(None, "2021-03-12", None, "4")),
    ("{date:%Y-%m/%d}/{page}.txt", "2021-03/12/7.txt", PageMeta(None, "2021-03-12", None, "7")),
    ("{date:%Y-%m-%d}.txt", "2021-3-5.txt", PageMeta(None, "2021-03-05")),
    ("{date:%d.%m.%y}.txt", "05.03.98.txt", PageMeta(None, "1998-03-05")),
    ("{date:%Y}/{date:%m%d}/{page}.txt", "2021/0312/1.txt", PageMeta(None, "2021-03-12", None, "1")),
    ("{date}/{date}-{page}.txt", "20210312/20210312-1.txt", PageMeta(None, "2021-03-12", None, "1")),
    ("{newspaper}-{edition}-{section}.txt", "岚州日报-晚版-要闻.txt", PageMeta("岚州日报", None, "晚版", None, "要闻")),
    ("{newspaper}_{date}_{page}.txt", "rm_rb_20210312_2.txt", PageMeta("rm_rb", "2021-03-12", None, "2")),
    ("*_{date:%Y%m%d}_{page}-*.txt", "nw.D11_20210312_1-03.txt", PageMeta(None, "2021-03-12", None, "1")),
    ("Page_{page_number}.txt", "x/PAGE_10.txt", PageMeta(None, None, None, "10")),
    ("民國/{date}.txt", "民國/民國一一二年十一月八日.txt", PageMeta(None, "2023-11-08")),
    ("{{{section}}}.txt", "{要闻}.txt", PageMeta(section="要闻")),
    ("./{date}.txt", "2021-03-12.txt", PageMeta(None, "2021-03-12")),
    ("{newspaper}\\{page}.txt", "岚州日报\\1.txt", PageMeta("岚州日报", None, None, "1")),
]


@pytest.mark.parametrize(("written", "path", "meta"), FITS)
def test_what_a_path_says(written: str, path: str, meta: PageMeta) -> None:
    assert template(written).meta_of(path) == meta


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("{newspaper}/{date}/{page}.txt", "2021-03-12/1.txt"),  # a folder less
        ("{newspaper}/{date}/{page}.txt", "岚州日报/2021-13-12/1.txt"),  # no such month
        ("{newspaper}/{date}/{page}.txt", "岚州日报/2021-02-30/1.txt"),  # no such day
        ("{newspaper}/{date}/{page}.txt", "岚州日报/0021-02-03/1.txt"),
        ("{newspaper}/{date}/{page}.txt", "岚州日报/2021-03-12/cover.txt"),  # no page number
        ("{newspaper}/{date}/{page}.txt", "岚州日报/2021-03-12/1.text"),
        ("{date:%Y%m%d}_{page:02d}.txt", "20210312_1.txt"),  # one digit where two are asked for
        ("{date}/{date}-{page}.txt", "20210312/20210313-1.txt"),  # two dates
        ("{date:%Y%m%d}.txt", "2021312.txt"),
    ],
)
def test_paths_that_do_not_fit(written: str, path: str) -> None:
    assert template(written).meta_of(path) is None


def test_the_first_path_that_fits_counts() -> None:
    asked = template("{newspaper}/{page}.txt")
    assert asked.meta_of("1.txt", "岚州日报/1.txt") == PageMeta("岚州日报", None, None, "1")


def test_a_page_id_has_no_suffix() -> None:
    asked = template("{newspaper}/{page}.txt")
    assert asked.meta_of_id("岚州日报/1") == asked.meta_of_id("岚州日报/1.txt") == PageMeta("岚州日报", None, None, "1")


def test_decomposed_names_are_composed() -> None:
    """A Mac writes é as two code points."""
    path = unicodedata.normalize("NFD", "Café/1.txt")
    assert template("{newspaper}/{page}.txt").meta_of(path) == PageMeta("Café", None, None, "1")


BAD = {
    "{newspapr}/{page}.txt": "there is no field {newspapr}; did you mean {newspaper}?",
    "{day}.txt": "there is no field {day}; the fields are newspaper, date",
    "{newspaper}{section}.txt": "nothing parts {newspaper} from {section}",
    "{newspaper": "expected '}' before end of string",
    "newspaper}": "Single '}' encountered",
    "pages/*.txt": "it names no field",
    "": "it names no field",
    "{date:%H}.txt": "%H in a date",
    "{date:%Y%m}/{page}.txt": "a date needs year, month and day",
    "{date}/{date:%m}.txt": "a date needs year, month and day",
    "{date:today}.txt": "has no %Y, %m or %d",
    "{page:x}.txt": "{page} takes a width",
    "{newspaper:5}.txt": "{newspaper} takes no format",
    "{page!r}.txt": "'!r' means nothing here",
}


@pytest.mark.parametrize("written", BAD)
def test_templates_that_are_none(written: str) -> None:
    with pytest.raises(UsageError) as raised:
        template(written)
    assert BAD[written] in raised.value.what
    assert "{newspaper}/{date}/{page}.txt" in raised.value.hint


def test_a_template_that_is_none_is_told_at_once() -> None:
    with pytest.raises(UsageError):
        ReadOptions(path_template="{newspapr}")


@given(
    st.dates(min_value=date(1900, 1, 1)),
    st.integers(1, 999),
    st.sampled_from(["", "A", "B", "AA"]),
    st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%d.%m.%Y", "%Y_%m_%d"]),
)
def test_what_a_program_writes_is_read_back(day: date, number: int, letter: str, form: str) -> None:
    path = f"paper/{day:{form}}/{letter}{number:02d}.txt"
    found = template(f"{{newspaper}}/{{date:{form}}}/{{page}}.txt").meta_of(path)
    assert found == PageMeta("paper", f"{day:%Y-%m-%d}", None, f"{letter}{number}")


@given(st.text(max_size=40), st.text(max_size=40))
def test_nothing_else_is_raised(written: str, path: str) -> None:
    try:
        asked = template(written)
    except UsageError:
        return
    found = asked.meta_of(path)
    assert found is None or isinstance(found, PageMeta)
