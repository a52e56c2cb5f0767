"""What is compared of two texts, and when they say the same: copies, twins of a template, and what is only alike."""

from __future__ import annotations

import random

import pytest
from across_texts import BRIDGE, ORCHARD, WEATHER, WEATHER_NEXT, misread

from corpus_tools.across.comparing import exact_hash, letters, probes, shingles, without_lead
from corpus_tools.across.likeness import Differences, compared, differences, likeness, verdict_of
from corpus_tools.script import convert

REPORT = "".join(BRIDGE)


def verdict(first: str, second: str, jaccard: float = 0.3, containment: float = 0.6) -> str:
    """The verdict on two printed texts, with the thresholds of the command."""
    return likeness(compared(letters(first)), compared(letters(second)), jaccard, containment).verdict


# --- what is compared ---


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("望河，大桥。", "望河大桥"),
        ("望 河　大\n桥", "望河大桥"),
        ("２０２４年 Ａ座", "2024年a座"),
        ("「望河」大橋合龍", "“望河”大桥合龙"),
        ("大⼈", "大人"),
    ],
    ids=["marks", "spaces", "width and case", "script and quotes", "radicals"],
)
def test_what_makes_no_difference(first: str, second: str) -> None:
    assert letters(first) == letters(second)


def test_letters_keep_digits_and_private_characters_fall_out() -> None:
    assert letters("3.5％\ue000，\ufffd") == "35"
    assert letters("……——") == ""


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("本报讯（记者 郝雨）大桥合龙。", "大桥合龙。"),
        ("新华社北京1月3日电（记者 任翔宇）大桥合龙。", "大桥合龙。"),
        ("大桥合龙。", "大桥合龙。"),
        ("本报讯", "本报讯"),
    ],
)
def test_a_lead_is_every_newspapers_own(text: str, rest: str) -> None:
    assert without_lead(text) == rest


def test_hashes_are_the_same_on_every_machine() -> None:
    assert exact_hash("望河大桥") == int.from_bytes(bytes.fromhex(HASH_OF_BRIDGE), "big")
    assert sorted(probes("望河上的第三座大桥昨日合龙比计划提前了四十天")) == PROBES_OF_BRIDGE
    assert exact_hash("望河大桥") != exact_hash("望河大挢")


HASH_OF_BRIDGE = "453186247cb5fa48"
PROBES_OF_BRIDGE = [864354988, 1059903412, 2289530368, 3375951768, 3818280916]


def test_shingles_of_a_short_text_are_the_text() -> None:
    assert shingles("望河大桥") == {"望河大", "河大桥"}
    assert shingles("望河") == {"望河"}
    assert probes("望河大") == probes("望河大")
    assert len(probes("望河大")) <= 1


# --- the verdict ---

SAME = {
    "the same": (REPORT, REPORT),
    "misread": (REPORT, misread(REPORT)),
    "traditional": (REPORT, convert(REPORT, "s2t")),
    "with the words of Taiwan": (
        "全县的数据库通过互联网连成一片，用户可以在线查询信息，软件由本县的程序员编写。" + REPORT,
        convert("全县的数据库通过互联网连成一片，用户可以在线查询信息，软件由本县的程序员编写。" + REPORT, "s2twp"),
    ),
    "cut at the end": (REPORT, BRIDGE[0] + BRIDGE[1][:30]),
    "cut at the start": (REPORT, BRIDGE[1] + BRIDGE[2]),
    "with a sentence more": (
        REPORT,
        BRIDGE[0] + "参加合龙仪式的还有沿河三个乡镇的代表，他们带来了锣鼓和秧歌。" + BRIDGE[1] + BRIDGE[2],
    ),
    "a number that is lost": (REPORT + "工期共有12个月。", REPORT + "工期共有个月。"),
}


@pytest.mark.parametrize(("first", "second"), SAME.values(), ids=SAME)
def test_copies_say_the_same(first: str, second: str) -> None:
    assert verdict(first, second) == verdict(second, first) == "same"


TWINS = {
    "the weather of the next day": (WEATHER, WEATHER_NEXT),
    "one other number": (WEATHER, WEATHER.replace("26", "27")),
    "one other number in a long text": (REPORT * 2 + "投资12亿元。", REPORT * 2 + "投资13亿元。"),
    "numbers in hanzi": (
        "第四十五条 任何单位和个人不得擅自占用河道堆放物料，违者由水利部门责令限期清除。",
        "第四十七条 任何单位和个人不得擅自占用河道堆放物料，违者由水利部门责令限期清除。",
    ),
    "another guest": (
        "市长昨日上午在市政府会见了来访的埃及客人，双方就加强经贸往来和文化交流深入交换意见，气氛友好。",
        "市长昨日上午在市政府会见了来访的古巴客人，双方就加强经贸往来和文化交流深入交换意见，气氛友好。",
    ),
    "a guest with a longer name": (
        "市长昨日上午在市政府会见了来访的吉尔吉斯斯坦客人，双方就加强经贸往来和文化交流深入交换意见。",
        "市长昨日上午在市政府会见了来访的老挝客人，双方就加强经贸往来和文化交流深入交换意见。",
    ),
    "another date at the very beginning": (
        "3月12日，全市中小学生走上街头开展义务植树活动，种下的树苗由各校认领养护，成活率逐年提高。",
        "4月15日，全市中小学生走上街头开展义务植树活动，种下的树苗由各校认领养护，成活率逐年提高。",
    ),
    "another date at the very end": (
        "全市中小学生走上街头开展义务植树活动，种下的树苗由各校认领养护，成活率逐年提高。本次活动到3月12日",
        "全市中小学生走上街头开展义务植树活动，种下的树苗由各校认领养护，成活率逐年提高。本次活动到4月15日",
    ),
    "another host of the same guest": (
        "2月6日下午，市政协主席陆长青在市民中心会见前来进行友好访问的友城代表团团长哈桑纳尔。",
        "2月6日上午，市委副书记温小棠在市民中心同前来进行友好访问的友城代表团团长哈桑纳尔举行会谈。",
    ),
    "the opening and the closing": (
        "市政协第十四届委员会常务委员会第十次会议3月1日上午在本市开幕，市政协主席陆长青出席开幕会。",
        "市政协第十四届委员会常务委员会第十次会议2日下午在本市闭幕，市政协主席陆长青主持闭幕会并讲话。",
    ),
    "a name beside a number": (
        "发言人赫曼9日在例行记者会上表示，一贯主张通过对话协商解决争端，愿同各方保持沟通，维护地区稳定。",
        "发言人托卡宾4日在例行记者会上表示，一贯主张通过对话协商解决争端，愿同各方保持沟通，维护地区稳定。",
    ),
}


@pytest.mark.parametrize(("first", "second"), TWINS.values(), ids=TWINS)
def test_twins_of_a_template_say_other_things(first: str, second: str) -> None:
    assert verdict(first, second) == verdict(second, first) == "twin"


OTHER = {
    "nothing in common": (REPORT, "".join(ORCHARD)),
    "a follow-up that quotes one paragraph": (REPORT, "".join(ORCHARD) * 2 + BRIDGE[2]),
    "a passage of a long text": (BRIDGE[2], REPORT + "".join(ORCHARD) * 3),
    "the same words in another order": (
        WEATHER,
        "注意安全，请市民出行。最低气温昨日15度，夜间阴。多云转晴白天，发布今天市气象台：26度。",
    ),
}


@pytest.mark.parametrize(("first", "second"), OTHER.values(), ids=OTHER)
def test_what_is_only_alike(first: str, second: str) -> None:
    assert verdict(first, second) == verdict(second, first) == "other"


def test_noise_in_numbers_is_no_other_day() -> None:
    """Where letters are misread all over, a number may be too."""
    printed = WEATHER + REPORT
    assert verdict(printed, misread(printed).replace("26度", "28度")) == "same"


def test_an_editors_word_makes_no_twin_of_a_long_text() -> None:
    text = REPORT * 3 + "".join(ORCHARD) * 3
    assert verdict(text, text.replace("建设者介绍", "施工者介绍", 1)) == "same"
    assert verdict(BRIDGE[0], BRIDGE[0].replace("大桥昨日", "隧道昨日", 1)) == "twin"


def test_thresholds_are_shares_of_shingles() -> None:
    half = letters(BRIDGE[0] + BRIDGE[1])
    whole = letters(REPORT)
    found = likeness(compared(half), compared(whole), 0.3, 0.6)
    n_half, n_whole = len(shingles(half)), len(shingles(whole))
    assert found.jaccard == round(n_half / n_whole, 4)
    assert found.containment == 1.0
    assert likeness(compared(half), compared(whole), 0.99, 1.0).verdict == "same"
    assert verdict(REPORT, misread(REPORT), jaccard=0.95, containment=0.99) == "other"


def test_what_differs_is_counted() -> None:
    assert differences("望河大桥合龙", "望河大桥合龙") == Differences(0, 0, 0, 0, 6, 0)
    assert differences("望河大桥五月合龙了呀", "望河大轿六月合龙了呀") == Differences(1, 0, 0, 0, 8, 1)
    assert verdict_of(Differences(0, 0, 0, 0, 0, 0)) == "other"


def test_long_texts_cost_no_square() -> None:
    """Two texts of 200,000 letters are compared by their shingles and their beginnings: aligning them would take 10 GB."""
    rng = random.Random(5)
    text = "".join(chr(rng.randint(0x4E00, 0x9000)) for _ in range(200_000))
    assert verdict(text, text[:-5] + "望河大桥呀") == "same"
