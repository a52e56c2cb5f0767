"""What a page says of itself: what is read off single lines, what wins, and what is noted with its place."""

from __future__ import annotations

import pytest

from corpus_tools.identity.printed import evidence_of
from corpus_tools.model import Note, Page, PageMeta
from corpus_tools.options import Options, ReadOptions
from corpus_tools.pipeline import clean_one
from corpus_tools.read.pages import page_from_text
from corpus_tools.verification import verify

LINES: dict[str, dict[str, str]] = {
    "岚州日报": {"newspaper": "岚州日报"},
    "2021年3月12日 星期五 农历辛丑年正月廿九 总第6512期 今日8版": {"date": "2021-03-12"},
    "02 要闻 2023年11月8日 星期三 责编 桑榆": {"date": "2023-11-08", "page_number": "2", "section": "要闻"},
    "A05 城事 柳浦晚报 2019年7月23日 星期二": {
        "newspaper": "柳浦晚报",
        "date": "2019-07-23",
        "page_number": "A5",
        "section": "城事",
    },
    "2023年11月8日 星期三 第3版": {"date": "2023-11-08", "page_number": "3"},
    "星期三 2023年11月8日 | A3": {"date": "2023-11-08", "page_number": "A3"},
    "中華民國一一二年十一月八日 星期三": {"date": "2023-11-08"},
    "二〇二三年十一月八日 星期三 第二版": {"date": "2023-11-08", "page_number": "2"},
    "第二版　　海陵工人报　　１９９６年５月８日": {"newspaper": "海陵工人报", "date": "1996-05-08", "page_number": "2"},
    "A3 要聞": {"page_number": "A3", "section": "要聞"},
    "Ａ０３ 要聞": {"page_number": "A3", "section": "要聞"},
    "星洲日報．2023年11月8日．星期三": {"newspaper": "星洲日報", "date": "2023-11-08"},
    "Wednesday, 8 November 2023": {"date": "2023-11-08"},
    "November 8, 2023": {"date": "2023-11-08"},
    "海门都市报 海外版": {"newspaper": "海门都市报", "edition": "海外版"},
    "第3版 枝江 2023年11月8日": {"date": "2023-11-08", "page_number": "3", "section": "枝江"},
    "— 3 —": {},
    "3": {},
    "第3版": {"page_number": "3"},
    "今日8版": {},
    "责编：张三 电话：0352-2429838": {},
    "一版责编 祁连 二版责编：陆知晚": {},
    "国内统一刊号 CN 14-0015 邮发代号 21-12": {},
    "本报地址：岚州市第二人民路": {},
    "2023年2月30日 星期三": {},
    "国网汀溪供电所 2023年6月19日": {},
    "版权所有 未经授权不得转载": {},
}


@pytest.mark.parametrize("text", LINES)
def test_what_a_line_says(text: str) -> None:
    assert {each.field: each.value for each in evidence_of(text)} == LINES[text]


def test_a_weekday_confirms_a_date_or_contradicts_it() -> None:
    scores = {
        text: [each.score for each in evidence_of(text)]
        for text in ("2023年11月8日", "2023年11月8日 星期三", "2023年11月8日 星期四")
    }
    assert list(scores.values()) == [[0.9], [1.0], [0.5]]


BODY = "沙棘沟村的果园丰收了\n\n本报讯（记者 贺青禾）入秋以来，沙棘沟村的果园里一派丰收景象，果农们忙着采摘。"


def cleaned(*lines: str, meta: PageMeta | None = None, **options: object) -> Page:
    """A page with these lines above its article."""
    reading = ReadOptions(meta=meta or PageMeta())
    page = clean_one(page_from_text("\n\n".join([*lines, BODY]), "p", "p.txt", reading), Options(**options))  # type: ignore[arg-type]
    assert not list(verify([page]))
    assert {article.meta for article in page.articles} == {page.meta}
    return page


def notes(page: Page) -> list[Note]:
    return [note for note in page.notes if note.flag == "identity"]


def places(page: Page, note: Note) -> list[str]:
    return [page.text[span.start : span.end] for span in note.spans]


def test_print_fills_what_nothing_said() -> None:
    page = cleaned("岚州日报", "2021年3月12日 星期五 第3版 要闻")
    assert page.meta == PageMeta("岚州日报", "2021-03-12", None, "3", "要闻")
    assert [(note.reason, places(page, note)) for note in notes(page)] == [
        ("newspaper is 岚州日报 as printed", ["岚州日报"]),
        ("date is 2021-03-12 as printed", ["2021年3月12日 星期五 第3版 要闻"]),
        ("page_number is 3 as printed", ["2021年3月12日 星期五 第3版 要闻"]),
        ("section is 要闻 as printed", ["2021年3月12日 星期五 第3版 要闻"]),
    ]
    assert {note.score for note in notes(page)} == {0.9, 1.0}


def test_what_was_given_stays_and_print_that_disagrees_is_noted() -> None:
    page = cleaned("岚州日报", "2021年3月12日 星期五", meta=PageMeta("岚州日报", "2021-03-13"))
    assert page.meta == PageMeta("岚州日报", "2021-03-13")
    (note,) = notes(page)
    assert (note.reason, note.candidates) == ("date is 2021-03-13 by what was given", ("printed: 2021-03-12",))
    assert places(page, note) == ["2021年3月12日 星期五"]


def test_a_date_whose_weekday_fits_is_surer() -> None:
    """A digit was misread in the folio."""
    page = cleaned("2021年3月12日 星期五", "第3版 2021年3月13日")
    assert page.meta.date == "2021-03-12"
    assert [note.candidates for note in notes(page) if note.reason.startswith("date")] == [("printed: 2021-03-13",)]


def test_two_dates_that_are_alike_are_none() -> None:
    page = cleaned("2021年3月12日 星期五", "第3版 2021年3月13日 星期六")
    assert page.meta.date is None
    (note,) = [note for note in notes(page) if note.reason.startswith("date")]
    assert (note.reason, note.candidates) == ("date is not clear", ("printed: 2021-03-12", "printed: 2021-03-13"))
    assert places(page, note) == ["2021年3月12日 星期五", "第3版 2021年3月13日 星期六"]


def test_a_weekday_that_does_not_fit_is_said() -> None:
    page = cleaned("2021年3月12日 星期四 第3版")
    assert page.meta.date == "2021-03-12"
    note = notes(page)[0]
    assert (note.reason, note.score) == ("date is 2021-03-12 as printed, but its weekday is another", 0.5)


def test_a_page_that_says_nothing() -> None:
    page = cleaned()
    assert page.meta == PageMeta()
    assert not notes(page)


def test_words_of_articles_say_nothing() -> None:
    text = "2021年3月12日，《岚州日报》第3版刊登了这张照片，拍摄者是本报记者。"
    page = clean_one(page_from_text(f"{BODY}\n\n{text}", "p", "p.txt"), Options())
    assert page.meta == PageMeta()


def test_a_running_head_inside_a_paragraph_says_something() -> None:
    body = "每个街道奖励2万元，确保高 第3版 要闻 2023年11月8日 星期三 技能人才应评尽评，待遇落实到人。"
    page = clean_one(page_from_text(body, "p", "p.txt"), Options())
    assert page.meta == PageMeta(None, "2023-11-08", None, "3", "要闻")


def test_script_conversion_does_not_rename_the_paper() -> None:
    plain, converted = (
        cleaned("岚州日报", "第3版 综合 2021年3月12日"),
        cleaned("岚州日报", "第3版 综合 2021年3月12日", script="s2t"),
    )
    assert converted.meta == plain.meta
    assert converted.meta.newspaper == "岚州日报"
    assert any("報" in block.text for block in converted.blocks)


def test_a_folio_with_an_editors_address_names_the_page() -> None:
    line = "2 要闻·综合 朔江日报 2017年6月14日 星期三 责任编辑 祁山 电话 (0991)7788102"
    assert {each.field: each.value for each in evidence_of(line)} == {
        "date": "2017-06-14",
        "page_number": "2",
        "newspaper": "朔江日报",
    }


def test_a_masthead_as_wide_as_the_page_names_the_paper() -> None:
    assert [(each.field, each.value) for each in evidence_of("朔 江 日 报")] == [("newspaper", "朔江日报")]


def test_an_address_alone_names_nothing() -> None:
    assert list(evidence_of("本报地址：江城市文昌路88号 电话：(0998)5566001")) == []
