"""What a block is by its own words: the habits of mainland, Hong Kong, Macao, Taiwan, Singapore and Malaysia papers.

Every table has what must be known and, beside it, sentences and headlines with the same words that must be left alone.
What fails today stands in the same tables, marked by `fails`: mending it means taking the mark away (strict xfail).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from corpus_tools.model import Person
from corpus_tools.roles import (
    HEADING_LENGTH,
    find_jumps,
    is_byline,
    is_caption,
    is_credit,
    is_deck,
    is_furniture,
    is_residue,
    is_table_row,
    lead_of,
    may_be_heading,
    people_in,
    printed_page,
    role_by_words,
)


def fails(reason: str, *values: Any) -> Any:
    """An example that fails today, and why."""
    return pytest.param(*values, marks=pytest.mark.xfail(reason=reason, raises=AssertionError, strict=True))


def each_fails(reason: str, texts: Iterable[str]) -> list[Any]:
    """Examples that fail today, all for one reason."""
    return [fails(reason, text) for text in texts]


# --- jump lines ---

ONE_JUMP = [
    ("（下转第三版）", False, "3"),
    ("(上接第1版)", True, "1"),
    ("（下转2版）", False, "2"),
    ("（上接第一版）", True, "1"),
    ("▲上接第1版", True, "1"),
    ("▼下转02版", False, "2"),
    ("→下转第4版", False, "4"),
    ("（紧接第四版）", True, "4"),
    ("（緊接第４版）", True, "4"),
    ("（承接第一版）", True, "1"),
    ("（下轉Ａ１２版）", False, "A12"),
    ("（上接A1頁）", True, "A1"),
    ("上接A01版", True, "A1"),
    ("下转B08版", False, "B8"),
    ("【下转03版】", False, "3"),
    ("〔下轉第二版〕", False, "2"),
    ("(转第二版)", False, "2"),
    ("（接A1版）", True, "A1"),
    ("（轉第6頁）", False, "6"),
    ("（下转第十二版）", False, "12"),
    ("（上接第一版《春到平城》）", True, "1"),
    ("（下转第三版“长城脚下”）", False, "3"),
    ("（上接《春到平城》第1版）", True, "1"),
    ("（下转第3版·续）", False, "3"),
    ("下转第五版▼", False, "5"),
    ("（下转第三版）。", False, "3"),
    fails("without brackets 轉 alone is not sure; but nothing else stands in the block", "轉A3版", False, "A3"),
    fails("下接 is not among the words, though it says the same as 下转", "（下接第4版）", False, "4"),
    fails(
        "文转, 文轉 (the text goes on at) is what Singapore, Malaysia and Hong Kong print", "（文转第4版）", False, "4"
    ),
    fails("文转, 文轉 (the text goes on at) is what Singapore, Malaysia and Hong Kong print", "文轉A6版", False, "A6"),
    fails("未完 before the jump hides it", "（未完，下转第四版）", False, "4"),
    fails("▶ is not among the arrows; the jump is found without it", "▶下转第6版", False, "6"),
]

JUMPS_IN_TEXT: list[Any] = [
    ("该县积极引导农业企业主动挂靠科研院所，（下转第三版）", ["（下转第三版）"]),
    ("(上接第1版) 促进吃动平衡，预防和减少儿童超重和肥胖。", ["(上接第1版)"]),
    ("(上接第1版)“我们成立了公司，秉承集团的承诺。”", ["(上接第1版)"]),
    ("與會代表一致認為，交流應當持續深化。下轉第四版", ["下轉第四版"]),
    ("（上接第一版）要压实责任，（下转第四版）", ["（上接第一版）", "（下转第四版）"]),
    ("市长强调，要抓项目、促投资。（下转第二版《以实干谱写新篇》）", ["（下转第二版《以实干谱写新篇》）"]),
    ("工程师说，合龙精度控制在2毫米以内，【下转03版】", ["【下转03版】"]),
    ("（上接A1版）港府發言人表示，措施成效顯著。", ["（上接A1版）"]),
    ("“我们算过账，一亩地能多收三百斤（下转第三版）", ["（下转第三版）"]),
    ("专访林阿明：老店要有新味道（下转第三版）", ["（下转第三版）"]),
    fails(
        "up to four characters behind 版 are taken for a word such as 续, with no bracket that closes them",
        "▲上接第1版 市委书记王伟强调，要把整改责任落实到人。",
        ["▲上接第1版"],
    ),
    fails("the same", "▲上接第1版“产改”是一项系统工程，要久久为功。", ["▲上接第1版"]),
    fails(
        "the same, and the arrow is then no longer followed by the end",
        "►上接01版\u3000近日，工人们正在抢工期。",
        ["►上接01版"],
    ),
]

NO_JUMPS = [
    "",
    "学生转3版教材后，例题换了大半。",
    "他把从第1版转第4版的文章剪下来，贴在本子上。",
    "全市两会昨日开幕。（相关报道见第2版）",
    "政府工作報告全文見A3版",
    "（详见今日第8版）",
    "“下转第三版”几个铅字用得最勤。",
    "旅客可在南站下转地铁3号线。",
    "接第3届运动会组委会通知，开幕式改在晚上8时举行。",
    "转第2人民医院接受治疗",
    "上接天线、下接地气的好政策",
    "承接第三方检测业务",
    "他从二版编辑做到一版编辑。",
    "第3版",
    "本报今日8版",
    "這份報紙的第1版轉向了，頭條從國際變成本地。",
    "货车从国道下转乡道时侧翻。",
    "紧接第四轮谈判之后，双方公布了联合声明。",
    "从第一版到第三版，这本词典走过三十年。",
]


@pytest.mark.parametrize(("text", "backward", "page"), ONE_JUMP)
def test_block_that_is_a_jump(text: str, backward: bool, page: str) -> None:
    found = find_jumps(text)
    assert [(jump.backward, jump.page) for jump in found] == [(backward, page)]
    assert text[found[0].start : found[0].end].strip("▼。") == text.strip("▼。")
    assert role_by_words(text) == "jump"


@pytest.mark.parametrize(("text", "jumps"), JUMPS_IN_TEXT)
def test_jumps_in_a_paragraph(text: str, jumps: list[str]) -> None:
    assert [text[jump.start : jump.end] for jump in find_jumps(text)] == jumps


@pytest.mark.parametrize("text", NO_JUMPS)
def test_no_jump(text: str) -> None:
    assert find_jumps(text) == []


@pytest.mark.parametrize(
    ("numeral", "page"),
    [
        ("三", "3"),
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("二十一", "21"),
        ("九十九", "99"),
        ("一百", "100"),
        ("一百零二", "102"),
        ("〇三", "3"),
        ("3", "3"),
        ("03", "3"),
        ("003", "3"),
        ("０３", "3"),
        ("10", "10"),
        ("A01", "A1"),
        ("a3", "A3"),
        ("Ａ１２", "A12"),
        ("ａ１２", "A12"),
        ("T20", "T20"),
        ("AA1", "AA1"),
        ("B100", "B100"),
        fails("numerals without 十 are read as one digit, the last", "一二", "12"),
        fails("numerals without 十 are read as one digit, the last", "二〇", "20"),
        fails("numerals without 十 are read as one digit, the last", "一〇", "10"),
    ],
)
def test_printed_page(numeral: str, page: str) -> None:
    assert printed_page(numeral) == page


# --- bylines ---

BYLINES = [
    "本报记者 苑捷",
    "□ 本报记者 苑捷 纪元元",
    "记者 李俊华",
    "(刘 涛)",
    "(部 蓉)",
    "（王伟）",
    "（王伟 李强）",
    "（本报记者 王伟）",
    "（记者 刘 涛）",
    "山西日报评论员",
    "本报评论员",
    "本報特約評論員",
    "李庚洧 报道",
    "陈晓琳 采写",
    "文：林阿明",
    "撰文：陳曉琳",
    "作者：王伟",
    "通讯员 李鹏",
    "特约记者 王伟",
    "见习记者 张晓丽",
    "实习生 王冰",
    "本报记者 郝雨 通讯员 李鹏",
    "本报记者 郝雨、苑捷",
    "■本报记者 郝雨 实习生 王冰",
    "新华社记者 任翔宇 臧力卿",
    "记者 阿卜杜拉·买买提",
    "本报驻京记者 王伟",
    "本报首席记者 王伟",
    "本报记者 欧阳修远",
    "本报全媒体记者 王伟",
    "【記者任翔宇／台北報導】",
    "〔記者王偉／台北報導〕",
    "本報記者 王偉",
    "澳門日報記者 王偉",
    "联合早报记者 陈晓琳",
    "记者：王伟",
    "编译：王伟",
    "記者王偉／專題報導",
    "記者劉濤／台南報導",
    fails("大公報, 文匯報, 明報, 星島 end in no 日報 or 時報", "大公報記者 王偉"),
    fails("大公報, 文匯報, 明報, 星島 end in no 日報 or 時報", "香港文匯報記者 王偉"),
    fails("/ between a role and its name is what Guangdong papers print", "记者/王伟 通讯员/李强"),
    fails("特派員, 特派記者 are not among the roles", "本報特派員 林翠儀"),
    fails("a newspaper's name in 《》 before 记者", "《联合早报》记者 陈晓琳"),
]

NOT_BYLINES = [
    "记者从会上获悉，",
    "本报记者日前走进云冈区，探访百年老店",
    "记者节里话初心",
    "记者在现场看到",
    "（未完待续）",
    "（下转第三版）",
    "（新华社供图）",
    "（附图片3张）",
    "作者单位：平城区委党校",
    "本报评论员文章引发热议",
    "通讯员培训班昨日开班",
    "新闻记者证核发公告",
    "他当过记者 也当过编辑",
    "文：一座城市的表情",
    "记者 编辑 校对 一个都不能少",
    "我市举办记者节座谈会",
    "评论员",
    "专访林阿明",
    "",
    *each_fails(
        "nothing need stand between 记者 and what is taken for a name; columns and crossheads begin so",
        [
            "记者观察",
            "记者调查",
            "记者手记",
            "记者连线",
            "记者探访",
            "评论员观察",
            "作者简介",
            "记者协会",
            "本报记者亲历",
        ],
    ),
    *each_fails("two hanzi behind 记者 that are no name", ["记者 手记", "记者 调查", "记者 走基层"]),
    *each_fails(
        "two or three hanzi in brackets are a name, whatever they say; a surname should be asked for",
        [
            "（节选）",
            "（上篇）",
            "（外一首）",
            "（组诗）",
            "（小说）",
            "（散文）",
            "（待续）",
            "（综合）",
            "（资料图）",
            "（路透社）",
        ],
    ),
    *each_fails("two hanzi before 报道 that are no name", ["特别 报道", "深度 报道", "独家 报道", "连线 报道"]),
    "大学生记者 暑期",
    fails("驻 and up to eight characters before 记者, and two hanzi behind that are no name", "驻村记者 初心"),
]

PEOPLE: list[Any] = [
    ("记者 郝雨 通讯员 李鹏", [("郝雨", "记者"), ("李鹏", "通讯员")]),
    ("本报记者 苑捷 纪元元", [("苑捷", "记者"), ("纪元元", "记者")]),
    ("记者 刘 涛 王 伟", [("刘涛", "记者"), ("王伟", "记者")]),
    ("记者 郝雨 刘 涛", [("郝雨", "记者"), ("刘涛", "记者")]),
    ("记者任翔宇、臧力卿", [("任翔宇", "记者"), ("臧力卿", "记者")]),
    ("记者郝雨通讯员李鹏", [("郝雨", "记者"), ("李鹏", "通讯员")]),
    ("记者 郝雨，通讯员 李鹏 王冰", [("郝雨", "记者"), ("李鹏", "通讯员"), ("王冰", "通讯员")]),
    ("(部 蓉)", [("部蓉", None)]),
    ("（王伟 李强）", [("王伟", None), ("李强", None)]),
    ("山西日报评论员", [("山西日报评论员", "评论员")]),
    ("本報特約評論員", [("本報特約評論員", "評論員")]),
    ("文：林阿明", [("林阿明", None)]),
    ("李庚洧 报道", [("李庚洧", None)]),
    ("特约记者 王伟", [("王伟", "特约记者")]),
    ("见习记者 张晓丽", [("张晓丽", "见习记者")]),
    ("记者 阿卜杜拉·买买提", [("阿卜杜拉·买买提", "记者")]),
    ("本报记者 欧阳修远", [("欧阳修远", "记者")]),
    ("記者任翔宇／台北報導", [("任翔宇", "記者")]),
    ("記者王偉、劉濤／台北報導", [("王偉", "記者"), ("劉濤", "記者")]),
    ("本报记者 王伟 文/图", [("王伟", "记者")]),
    ("新华社记者", []),
    ("部分与会代表", []),
    ("", []),
    fails(
        "what is behind / goes, and here it is the name",
        "记者/王伟 通讯员/李强",
        [("王伟", "记者"), ("李强", "通讯员")],
    ),
    ("本报驻京记者 王伟", [("王伟", "驻京记者")]),
    ("摄影记者 王伟", [("王伟", "摄影记者")]),
    ("記者王偉報道", [("王偉", "記者")]),
    fails("摄 stays with the name", "记者 王伟摄", [("王伟", "记者")]),
]


@pytest.mark.parametrize("text", BYLINES)
def test_byline(text: str) -> None:
    assert is_byline(text)
    assert people_in(text)
    assert role_by_words(text) == "byline"


@pytest.mark.parametrize("text", NOT_BYLINES)
def test_no_byline(text: str) -> None:
    assert not is_byline(text)


@pytest.mark.parametrize(("text", "people"), PEOPLE)
def test_people(text: str, people: list[tuple[str, str | None]]) -> None:
    assert people_in(text) == tuple(Person(name, role) for name, role in people)


# --- credits ---

CREDITS = [
    "本报记者 张占兵摄",
    "(齐向真、陈旺文/摄)",
    "（刘涛 摄）",
    "刘涛 摄",
    "刘涛摄",
    "中新社供图",
    "学校供图",
    "受访者供图",
    "新华社发",
    "新华社记者 兰红光摄",
    "本报记者 王伟 摄影报道",
    "本报通讯员 王伟 摄",
    "文/图 刘涛",
    "图/文 王伟",
    "文/图 本报记者 刘涛",
    "摄影：刘涛",
    "图/刘涛",
    "图：王伟",
    "供图：王伟",
    "制图：王伟",
    "王伟 制图",
    "本报资料图片",
    "資料圖片",
    "本報記者劉濤攝",
    "中央社供圖",
    "記者劉濤攝",
    fails("網絡圖, 網路圖片 and 圖片來源 in traditional", "網絡圖片"),
    fails("網絡圖, 網路圖片 and 圖片來源 in traditional", "圖片來源：市府"),
    "記者王偉／攝影",
    "圖／記者王偉攝",
    "圖／翻攝自臉書",
    fails("取自, 來源 and a hyphen: where a picture was copied from", "圖／取自「台灣路－老照片」"),
    fails("an agency alone in brackets under a picture; it is taken for a person", "（路透社）"),
    fails("an agency alone in brackets under a picture; it is taken for a person", "（法新社）"),
    fails("a photographer in brackets behind 新华社发", "新华社发（王伟 摄）"),
    fails("新华社/… is the agencies' own way", "新华社/法新"),
    fails("漫画 is drawn by somebody", "漫画 王伟"),
]

NOT_CREDITS = [
    "",
    "他在拍摄",
    "这组照片在唐山拍摄",
    "摄影展今日开幕",
    "图为活动现场",
    "摄影家协会换届",
    "新华社发表评论员文章",
    "本报发起读者征集",
    "图书馆供图书借阅",
    "他最难忘的照片，是1976年在唐山拍摄的。",
    "制图工具降价",
    "全省启动航空摄影测量",
    "文/图书馆里的时光",
    "“最美摄影”走进云冈",
    "供图不是目的，供的是情",
    fails("图： and up to twelve words of hanzi, commas between: a caption", "图：一座城市的表情，藏在老街的屋檐下"),
    *each_fails(
        "two to four hanzi before 摄影, 绘 or 制图 are a name, whatever they say",
        ["我爱摄影", "手机摄影", "云冈摄影", "航拍摄影", "老街手绘", "古城彩绘", "电脑制图"],
    ),
]


@pytest.mark.parametrize("text", CREDITS)
def test_credit(text: str) -> None:
    assert is_credit(text)
    assert role_by_words(text) == "credit"


@pytest.mark.parametrize("text", NOT_CREDITS)
def test_no_credit(text: str) -> None:
    assert not is_credit(text)


# --- captions ---

CAPTIONS = [
    "图为建设中的阎家山4号大桥。",
    "图为活动现场",
    "圖為民眾在超商排隊。",
    "图片为秋收现场。",
    "上图：工人在检修管道。",
    "下图为村民在晾晒谷子。",
    "左图：改造前的老街。",
    "右圖為改造後的老街。",
    "上圖：特首與市民握手。",
    "图①：合龙现场。",
    "图②为观众入场。",
    "图1：示意图",
    "图一：老站房",
    "▲市民在公園賞花。",
    "▼選手衝過終點。",
    "△工人正在铺设草坪。",
    "▲ 图为演练现场。",
    "↑ 图为演练现场。",
    fails("(图为…): the whole caption stands in brackets", "（图为志愿者为老人理发）"),
    fails(
        "图： and 圖： begin captions, unless a name follows (then it is a credit)",
        "图：市民在迎泽公园赏花，春意正浓。",
    ),
    fails("图： and 圖： begin captions, unless a name follows (then it is a credit)", "圖：特首昨日出席活動並致辭。"),
    fails("资料图：, 題圖：, 大圖：, 小圖：", "资料图：2019年的老站房。"),
    fails("资料图：, 題圖：, 大圖：, 小圖：", "大圖：維港夜景。"),
    fails("◀, ←, ↑ alone are not taken, ▲ and ▼ are", "↑市民在公园赏花。"),
    fails("◀, ←, ↑ alone are not taken, ▲ and ▼ are", "◀改造後的神農街。"),
]

NOT_CAPTIONS = [
    "",
    "图书馆今起延长开放。",
    "图强求变，老厂新生",
    "图的就是方便。",
    "上海图书馆东馆开放",
    "下转第三版",
    "▲上接第1版",
    "▼下转第三版",
    "左右图书，坐拥书城",
    "图文并茂的展板吸引了不少市民。",
    "这幅图为他赢得了金奖。",
    "图一时痛快，酿千古遗恨",
    "展览由图为先、文为辅，分三个单元。",
    "图为" + "改造中的老街，" * 50,
    "老照片上，图为证，字为凭。",
    *each_fails(
        "上图, 下图 begin other words: 上图书馆, and 上图 is the short name of a library",
        ["上图书馆去，是孩子们周末的约会。", "上图东馆昨日开放，读者排起长队。"],
    ),
]


@pytest.mark.parametrize("text", CAPTIONS)
def test_caption(text: str) -> None:
    assert is_caption(text)


@pytest.mark.parametrize("text", NOT_CAPTIONS)
def test_no_caption(text: str) -> None:
    assert not is_caption(text)


# --- leads ---

LEADS: list[Any] = [
    ("本报讯 昨日，市区普降小雨。", "本报讯", []),
    ("本报讯（记者 郝雨 通讯员 李鹏）主题教育开展以来", "本报讯", [("郝雨", "记者"), ("李鹏", "通讯员")]),
    ("本报讯(记者 苑捷)日前", "本报讯", [("苑捷", "记者")]),
    ("本报讯“如果有入睡困难的症状……”", "本报讯", []),
    ("本报太原9月17日讯 今天上午", "本报太原9月17日讯", []),
    ("本报北京1月3日电 （记者王伟）今天", "本报北京1月3日电", [("王伟", "记者")]),
    ("新华社北京1月3日电（记者 任翔宇、臧力卿）今天", "新华社北京1月3日电", [("任翔宇", "记者"), ("臧力卿", "记者")]),
    ("新华社华盛顿1月2日电 美国", "新华社华盛顿1月2日电", []),
    ("据新华社电 昨夜", "据新华社电", []),
    ("据新华社北京1月3日电 国务院", "据新华社北京1月3日电", []),
    ("中新社香港1月3日电 香港", "中新社香港1月3日电", []),
    ("人民网北京1月3日电 （记者 王伟）记者", "人民网北京1月3日电", [("王伟", "记者")]),
    ("央视网消息：近日", "央视网消息", []),
    ("本报综合消息 据多家媒体报道", "本报综合消息", []),
    ("晚报讯 昨日", "晚报讯", []),
    ("本报专电 今天", "本报专电", []),
    ("本報訊 市議會", "本報訊", []),
    ("〔本報訊〕台北市", "本報訊", []),
    ("【本報訊】特首", "本報訊", []),
    ("【本報訊】（記者王偉）特首", "本報訊", [("王偉", "記者")]),
    ("【本報消息】治安警", "本報消息", []),
    ("新華社北京3日電 （記者王偉）今天", "新華社北京3日電", [("王偉", "記者")]),
    ("【中新社香港三日電】特區政府", "中新社香港三日電", []),
    ("【記者任翔宇／台北報導】中央氣象署", None, [("任翔宇", "記者")]),
    ("〔記者王偉／台南報導〕老街", None, [("王偉", "記者")]),
    ("【記者王偉、劉濤／台北報導】立法院", None, [("王偉", "記者"), ("劉濤", "記者")]),
    ("（记者 刘涛）昨日，市政府", None, [("刘涛", "记者")]),
    ("[本报记者 王伟]昨日", None, [("王伟", "记者")]),
    ("本报讯（新闻联播）今天", "本报讯", []),
    fails(
        "the reporter stands between agency and place in Taiwan",
        "（中央社記者王偉台北3日電）行政院",
        "中央社台北3日電",
        [("王偉", "記者")],
    ),
    fails(
        "place, day and 讯: what most reports of Malaysia and Singapore begin with",
        "（吉隆坡3日讯）首相",
        "吉隆坡3日讯",
        [],
    ),
    fails(
        "place, day and 讯: what most reports of Malaysia and Singapore begin with",
        "（新山4日訊）警方",
        "新山4日訊",
        [],
    ),
    fails(
        "foreign agencies: 法新社, 路透社, 美联社, 彭博社, 德新社, 共同社",
        "（法新社巴黎3日电）法国",
        "法新社巴黎3日电",
        [],
    ),
    fails("foreign agencies: 法新社, 路透社, 美联社, 彭博社, 德新社, 共同社", "路透社伦敦电 英国", "路透社伦敦电", []),
    fails("a paper's own name before 讯 in place of 本报", "羊城晚报讯 昨日", "羊城晚报讯", []),
    fails(
        "a paper's own name before 讯 in place of 本报", "大同日报讯（记者 王伟）昨日", "大同日报讯", [("王伟", "记者")]
    ),
    fails("a paper's own name before 訊 in place of 本報", "【明報專訊】教育局", "明報專訊", []),
    fails(
        "a paper's own name before 訊 in place of 本報",
        "香港文匯報訊（記者 王偉）特首",
        "香港文匯報訊",
        [("王偉", "記者")],
    ),
    fails(
        "/ between a role and its name",
        "本报讯（记者/王伟 通讯员/李强）昨日",
        "本报讯",
        [("王伟", "记者"), ("李强", "通讯员")],
    ),
    ("本报讯 记者王伟报道：昨日", "本报讯", [("王伟", "记者")]),
    fails("本台, 本网 and 综合 are tags as well", "本网讯 昨日", "本网讯", []),
    fails("本台, 本网 and 综合 are tags as well", "（综合讯）美国", "综合讯", []),
]

NO_LEADS = [
    "",
    "本报记者日前获悉，全省今年计划改造危旧房。",
    "据新华社报道，昨夜多地降雪。",
    "记者从会上获悉",
    "讯问笔录显示，嫌疑人供认不讳。",
    "昨日，本报讯息传开后，读者纷纷来电。",
    "电力部门昨日检修。",
    "（本报加拉加斯1月13日电）",
    "（新华社北京12月31日电）",
    "（下转第三版）",
    "【编者按】去年以来",
    "（一）加强组织领导",
    "【事件】昨日上午",
    "消息传来，全村沸腾。",
    "据央视新闻客户端，昨夜多地降雪。",
    "中新社记者在现场看到",
    "（作者单位：平城区委党校）",
    "晚报创刊四十年了。",
    *each_fails(
        "讯, 消息 or 电 may begin another word: 电子版, 电话, 电视, 讯息, 消息灵通",
        ["本报电子版今起上线。", "本报电话：0352-5021234", "本报讯息灵通，读者信得过。", "晚报电子屏前挤满了人。"],
    ),
    *each_fails(
        "up to twenty characters are passed over between the agency and a 电 or 讯 in the middle of a word",
        [
            "新华社是国家通讯社。",
            "新华社客户端推出微电影《归途》。",
            "新华社记者在电厂看到，机组满负荷运行。",
            "人民网推出电视问政专题。",
        ],
    ),
]


@pytest.mark.parametrize(("text", "dateline", "people"), LEADS)
def test_lead(text: str, dateline: str | None, people: list[tuple[str, str | None]]) -> None:
    lead = lead_of(text)
    assert lead is not None
    assert lead.dateline == dateline
    assert lead.people == tuple(Person(name, role) for name, role in people)


@pytest.mark.parametrize("text", NO_LEADS)
def test_no_lead(text: str) -> None:
    assert lead_of(text) is None


# --- furniture ---

FURNITURE = [
    "3",
    "第3版",
    "第三版",
    "— 3 —",
    "A3 要聞",
    "要闻 第3版",
    "A12 國際新聞",
    "02 要闻 2023年11月8日 星期三",
    "2024年1月3日 星期三",
    "2024年1月3日",
    "大同日报 2024年1月3日 星期三",
    "大同日报",
    "晨江晚报",
    "澳門日報",
    "農曆癸卯年十一月廿二",
    "责编 王伟 美编 李强",
    "责任编辑：王伟",
    "責任編輯：王偉",
    "本版编辑 王伟",
    "编辑：王伟 校对：李强",
    "国内统一连续出版物号 CN 14-0015",
    "邮发代号 21-12",
    "总第8866期",
    "今日8版",
    "零售价1.00元",
    "新闻热线：0352-5021234",
    "社址：大同市平城区永泰街18号",
    "邮政编码：037006",
    fails("a day of the week alone", "星期三"),
    fails("the calendar of Taiwan", "中華民國113年1月3日 星期三"),
    fails("聯合報, 文匯報, 聯合早報, 明報: 報 behind other hanzi than 日晚時早", "聯合報"),
    fails("聯合報, 文匯報, 聯合早報, 明報: 報 behind other hanzi than 日晚時早", "香港文匯報"),
    fails("a date in English, as running heads of Singapore and Hong Kong have it", "3 January 2024"),
    fails("an address on the web alone", "www.zaobao.com.sg"),
]

NOT_FURNITURE = [
    "",
    "2024年1月3日，一场小雪过后，护林员老周照例上山。",
    "大同日报社迁新址",
    "责任编辑是个细致活",
    "新闻热线今日开通",
    "我市编辑出版《古城旧影》",
    "要闻回顾",
    "国际新闻",
    "人民日报点赞大同",
    "星期天的早市",
    "从第3版到第一版",
    "2024年",
    "3月5日",
    "188米",
    "第3名",
    "A股三连阳",
    "编辑手记",
    "版式之美",
    "今日本市天气",
    "我们的地址变了，电话没变。",
    "本版编辑部寄语：新的一年，继续同行",
    *each_fails(
        "零售价5元 anywhere in a block of up to 100 characters makes all of it furniture, and lost from the text",
        ["西红柿零售价6.4元，比上周上涨三角。", "昨日24时起，我省92号汽油零售价8.05元一升。"],
    ),
    *each_fails(
        "农历 and anything up to 20 characters",
        ["农历新年将至，家家户户忙。", "农历正月十五闹元宵", "农历腊月二十三，是北方的小年。"],
    ),
    *each_fails(
        "总第…期, 今日…版 inside a headline or a sentence",
        ["本报总第10000期出版纪念", "他收藏的第一张报纸是总第 1 期，纸已泛黄。"],
    ),
    *each_fails("校对：, 版式： and anything behind", ["校对：一个正在消失的行当", "责编 是怎样炼成的"]),
    *each_fails("编辑 and two hanzi that are no name", ["编辑 手记", "主编 寄语"]),
    *each_fails("…日报, …快报, …早报 are not only newspapers", ["我市发布空气质量日报", "农民喜看丰收快报"]),
]


@pytest.mark.parametrize("text", FURNITURE)
def test_furniture(text: str) -> None:
    assert is_furniture(text)


@pytest.mark.parametrize("text", NOT_FURNITURE)
def test_no_furniture(text: str) -> None:
    assert not is_furniture(text)


# --- residue ---

RESIDUE = [
    "```",
    "```markdown",
    "~~~",
    "---",
    "***",
    "<br>",
    "<br/>",
    "</div>",
    '<div style="text-align: center;">',
    "![img-0.jpeg](img-0.jpeg)",
    '<img src="figures/0.png" alt="图片"/>',
    "[图片]",
    "[illegible]",
    "以下是图片中的文字内容：",
    "以下是图片中的文字内容",
    "好的，以下是识别的文字：",
    "下面是报纸的文字内容：",
    "I'm sorry, but I can't assist with that request.",
    "I can't assist with that.",
    "As an AI language model, I cannot read the image.",
    "Here is the text from the image:",
    "很抱歉，我无法识别这张图片。",
    "抱歉，我不能提供帮助。",
    fails("the words are known in simplified only", "以下是圖片中的文字內容："),
    fails("the words are known in simplified only", "抱歉，我無法辨識這張圖片。"),
    fails("a heading of Markdown round the model's words", "**以下是图片中的文字内容：**"),
    fails("what models say when they stop", "（由于篇幅限制，以下内容省略）"),
    fails("what models say when they stop", "[以下文字模糊无法辨认]"),
    fails("</table> and the tags of lists and headings", "</table>"),
    fails("the token that ends a model's answer", "<|im_end|>"),
]

NOT_RESIDUE = [
    "",
    "以下是本报记者从抢险现场发回的报道：",
    "下面是图片新闻大赛的获奖名单：",
    "以下为部分代表的发言摘登。",
    "“抱歉，我不能收。”老李把红包推了回去。",
    "「對不起，我無法接受這個判決。」",
    "好的政策，要落到实处。",
    "<b>我市举行消防演练</b>",
    "——",
    "★★★",
    "[记者观察]",
    "图片新闻",
    "AI来了，记者怎么办",
    "识别网络诈骗的五个要点",
    "当然，困难还有不少。",
    "3---5",
    "As an old saying goes, 患难见真情。",
    fails("提取 alone is taken for the model's word", "下面为提取住房公积金新规的主要内容："),
    fails("报纸 alone is taken for the model's word", "以下是报纸发行量调查的结果："),
    fails("whatever follows I'm sorry goes with it", "I'm sorry, I can't speak Mandarin. 這是他最常說的一句話。"),
    fails("a person says it in a story, without quotes", "抱歉，我不能陪你了，他在信里写道。"),
]


@pytest.mark.parametrize("text", RESIDUE)
def test_residue(text: str) -> None:
    assert is_residue(text)
    assert role_by_words(text) == "residue"


@pytest.mark.parametrize("text", NOT_RESIDUE)
def test_no_residue(text: str) -> None:
    assert not is_residue(text)


# --- tables ---


@pytest.mark.parametrize(
    "text",
    [
        "| 品种 | 价格 |",
        "|---|---|",
        "| 大白菜 | 1.20 | 持平 |",
        "<table>",
        "<tr><td>车次</td></tr>",
        '<td colspan="2">合计</td>',
        fails("the end of an HTML table", "</table>"),
    ],
)
def test_table_row(text: str) -> None:
    assert is_table_row(text)


@pytest.mark.parametrize(
    "text", ["", "A3 | 要闻 | 2024年", "|x|<3", "本报讯|记者 王伟|昨日", "<center>公告</center>", "||", "| 一条竖线"]
)
def test_no_table_row(text: str) -> None:
    assert not is_table_row(text)


# --- decks ---

DECKS = [
    "——六论深入贯彻落实全会精神",
    "——记城北区“清化收”工作",
    "——写在第二十四个记者节之际",
    "——专访市人大代表、村支书刘涛",
    "——万柏林区“清化收”工作成果丰硕",
    "——来自左云经开区的调研报告",
    "——神農街騎樓改造三年記",
    "── 神農街騎樓改造三年記",
    "―― 一個村莊的十年",
    "－－我市推进城乡供水一体化纪实",
    "—我市推进城乡供水一体化纪实",
    "–– a day in the life of 老街",
    "--我市推进城乡供水一体化纪实",
    "——2023年全市十大新闻回眸",
    "——“十四五”看大同",
    "——《平城夜话》开播十年",
    "—— 一座老站的告别",
]

NOT_DECKS = [
    "",
    "——这是去年冬天的事了。",
    "——你问我爱你有多深？",
    "—3—",
    "－5℃",
    "--5",
    "一湖碧水惠民生——桑干河湿地生态修复纪实",
    "我市让工匠“走红”新时代——",
    "六论深入贯彻落实全会精神",
    "·来自左云经开区的调研报告",
    "…未完",
    "~我市推进城乡供水一体化纪实",
    "“——六论深入贯彻落实全会精神”",
    "（——六论深入贯彻落实全会精神）",
    "——" + "从市政府常务会议获悉，我市将以更大力度推动项目建设和产业转型，" * 2 + "确保",
    "-我市推进城乡供水一体化纪实",
    *each_fails("a rule of dashes and nothing else", ["——", "————", "--"]),
    fails("who said what stands above: a source, not a subtitle", "——鲁迅"),
]


@pytest.mark.parametrize("text", DECKS)
def test_deck(text: str) -> None:
    assert is_deck(text)
    assert role_by_words(text) == "deck"


@pytest.mark.parametrize("text", NOT_DECKS)
def test_no_deck(text: str) -> None:
    assert not is_deck(text)


# --- headings ---

HEADINGS = [
    "太原西北二环高速",
    "阎家山4号大桥全幅T梁架设完工",
    "算出集体“明白账” 走出增收“新路子”",
    "学思想 强党性 重实践 建新功",
    "选优配强建队伍 务实管用建机制 平城区选配管好街道政法委员",
    "防火于未“燃”，护林有“云端”",
    "老屋拆不拆？街坊各有盤算",
    "市长热线，您有新消息！",
    "杏花岭区",
    "一、摸清家底",
    "新时代新征程·“枫桥经验”新实践",
    "我市从建机制、搭舞台入手，让工匠“走红”—— 激发“工匠精神” 迸发“产改”活力",
    "一湖碧水惠民生——桑干河湿地生态修复纪实",
    "美聯儲“按兵不動” 港股「先升後跌」",
    "组屋翻新明年动工",
    "COVID-19疫苗接种点增至八处",
    "“慢火车”开进大山",
    "记者节里话初心",
    "专访／林阿明：老店要有新味道",
    "本报今日推出特刊",
    "图说两会",
    "12345，有事找政府",
    "（一）分类施策",
]

NOT_HEADINGS = [
    "时优化。",
    "春天来了，风还是凉的。",
    "市交警支队提醒市民注意以下几点：",
    "提前查看路况信息，避开早晚高峰；",
    "公共服務是提升市民幸福感的主要手段，",
    "，并要求各单位在月底前完成",
    "”他说",
    "“三届评选60名‘大同工匠’，隆重召开命名大会，每人奖励2万元，确保高",
    "（附图片3张）",
    "谢谢大家！（新华社北京12月31日电）",
    "ABC 123",
    "1.20",
    "★★★",
    "本报讯（记者 苑捷）昨日",
    "从市政府常务会议获悉，我市将以更大力度推动项目建设和产业转型，确保全年经济增长预期目标如期实现并",
    "这条路修得好啊，老百姓出门再也不踩泥了，谢谢党，谢谢政府，谢谢修路的师傅们！",
    "他说。她笑",
    "《城市的記憶一書",
    "、人民群众",
    "字" * (HEADING_LENGTH + 1),
    fails("a telephone line", "咨询电话：0352-5021234"),
    fails("a price in a list", "大白菜 每公斤1.20元"),
    fails("a line of names and nothing else", "陈晓琳 徐玉成 任翔宇 臧力卿"),
    fails("a whole quotation with its end mark", "“好！”"),
    fails("the start of an article of law, cut off", "第四十五条 违反本条例规定的，由城市管理部门责令改正，处"),
]


@pytest.mark.parametrize("text", HEADINGS)
def test_heading(text: str) -> None:
    assert may_be_heading(text)


@pytest.mark.parametrize("text", NOT_HEADINGS)
def test_no_heading(text: str) -> None:
    assert not may_be_heading(text)


# --- the tables themselves ---


def texts_of(table: Iterable[Any]) -> list[str]:
    """The first value of each example, marked or not."""
    return [
        example.values[0] if hasattr(example, "marks") else example[0] if isinstance(example, tuple) else example
        for example in table
    ]


@pytest.mark.parametrize(
    ("known", "left_alone"),
    [
        ([*ONE_JUMP, *JUMPS_IN_TEXT], NO_JUMPS),
        (BYLINES, NOT_BYLINES),
        (CREDITS, NOT_CREDITS),
        (CAPTIONS, NOT_CAPTIONS),
        (LEADS, NO_LEADS),
        (FURNITURE, NOT_FURNITURE),
        (RESIDUE, NOT_RESIDUE),
        (DECKS, NOT_DECKS),
        (HEADINGS, NOT_HEADINGS),
    ],
)
def test_no_example_stands_twice(known: list[Any], left_alone: list[Any]) -> None:
    texts = texts_of([*known, *left_alone])
    assert sorted(set(texts)) == sorted(texts)
