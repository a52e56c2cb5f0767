"""What keeps its lines on a newspaper page: invented poems, name lists, prices, programmes, results, notices and tables.

Each function takes a random generator and gives a text of several lines.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from repair_templates import OFFICES, any_of, fill, name, one, words

_HALVES = {
    5: words(
        "细雨落青山 孤灯照客船 晚风吹麦浪 白鹭入云间 石径苔痕浅 柴门犬吠迟 春深花自落 夜静水无声 归帆天际小 新燕语檐前 霜重枫林醉 江清月影圆"
    ),
    7: words(
        "一夜东风绿小河 满园桃李尽欢歌 千家灯火明如昼 万里江山入画多 老树逢春发新叶 长堤垂柳拂清波 田头笑语随风远 麦垄青青接远坡 秋来稻谷千重浪 雪后梅花几点香 "
        "溪头渔父收新网 陌上农夫换旧装"
    ),
}
_FREE_VERSE = any_of(
    "我把一盏灯举过屋檐|风就停在门槛上|像迟归的孩子|不说话|田野翻了个身|露出黑色的泥土和去年的根|河水记得每一个名字|母亲在灶前添柴|火光里有一条回家的路|"
    "我们沿着铁轨走|数着枕木|数着一年又一年|麦子低下头去|听见大地的心跳|鸽子从广场上飞起|又落回老人的手心|雪还没有化|屋后的井已经醒来|谁在远处唱歌"
)
_GOODS = words("白菜 萝卜 土豆 青椒 西红柿 黄瓜 豆角 芹菜 猪肉 鸡蛋 草鱼 大米 面粉 豆油 苹果 香蕉 鸭梨 蒜薹")
_UNITS = ("元/公斤", "元／斤", "元", " 元/500克")
_SHOWS = words(
    "新闻早班车 电视剧：山那边 少儿乐园 天气预报 生活百科 法治在线 动物世界 曲艺杂坛 足球之夜 戏曲欣赏 环球视线 晚间新闻 经典剧场 午间三十分"
)
_TEAMS = words("岚州 汀溪 柏岭 云石 柳浦 石臼 南岔 望河 北塘 凤栖")
_COLUMNS = words("名次 单位 人数 金额 比上年 面积 产量 负责人 电话 备注")
_NOTICE = any_of(
    "时间：{d}9：00—11：30|地点：{c}文化广场|内容：义诊、政策咨询、便民维修|主办：{o}|联系人：{n}|电话：0{k}-{k}{k}|邮箱：info@example.cn"
)
_TITLES = any_of("乡居|夜读|早春|麦田|渡口|灯|七律·秋望|故园|写在立冬|江上|给父亲")


def verse(rng: random.Random) -> str:
    """A poem: old verse of equal halves, or free lines; with stanzas, sometimes."""
    if rng.random() < 0.5:
        halves = rng.sample(_HALVES[rng.choice((5, 7))], 8 if rng.random() < 0.5 else 4)
        return _old_verse(halves, two_a_line=rng.random() < 0.5)
    lines = rng.sample(_FREE_VERSE, rng.randint(6, 14))
    if rng.random() < 0.4:
        lines = [line + rng.choice("，，。") for line in lines]
    if rng.random() < 0.6:
        for at in range(len(lines) - rng.choice((3, 4)), 2, -4):
            lines.insert(at, "")
    return "\n".join(lines)


def _old_verse(halves: Sequence[str], *, two_a_line: bool) -> str:
    marked = [half + ("，" if at % 2 == 0 else "。") for at, half in enumerate(halves)]
    if two_a_line:
        return "\n".join("".join(marked[at : at + 2]) for at in range(0, len(marked), 2))
    return "\n".join(marked)


def verse_title(rng: random.Random) -> str:
    """The title of a poem."""
    return rng.choice(_TITLES)


def name_list(rng: random.Random) -> str:
    """Names in rows, of one office or several."""
    rows = rng.randint(4, 10)
    form = rng.random()
    if form < 0.4:
        gap = rng.choice((" ", "  ", "　"))
        return "\n".join(gap.join(name(rng).replace(" ", "") for _ in range(rng.randint(4, 6))) for _ in range(rows))
    if form < 0.8:
        offices = rng.sample(OFFICES, min(rows, len(OFFICES)))
        people = [" ".join(name(rng).replace(" ", "") for _ in range(rng.randint(2, 4))) for _ in offices]
        return "\n".join(f"{office}：{its}" for office, its in zip(offices, people, strict=True))
    return "\n".join(f"{number}、{name(rng)} {rng.choice(OFFICES)}" for number in range(1, rows + 1))


def price_list(rng: random.Random) -> str:
    """Goods and their prices, one or two a line."""
    goods = rng.sample(_GOODS, rng.randint(5, 12))
    unit, gap = rng.choice(_UNITS), rng.choice((" ", "  ", "：", "……"))
    cells = [f"{good}{gap}{rng.randint(1, 40)}.{rng.randint(0, 9)}0{unit}" for good in goods]
    if rng.random() < 0.3:
        return "\n".join("  ".join(cells[at : at + 2]) for at in range(0, len(cells), 2))
    return "\n".join(cells)


def programme(rng: random.Random) -> str:
    """Hours and what is on."""
    hours = sorted(rng.sample(range(6 * 60, 24 * 60, 5), rng.randint(5, 12)))
    colon, gap = rng.choice("::："), rng.choice((" ", " ", "　", ""))
    return "\n".join(f"{at // 60:02}{colon}{at % 60:02}{gap}{rng.choice(_SHOWS)}" for at in hours)


def results(rng: random.Random) -> str:
    """Games and their scores, one a line."""
    form = rng.choice(("{a}队 {x}：{y} {b}队", "{a}{x}:{y}{b}", "{a}—{b} {x}：{y}", "{a}队胜{b}队 {x}比{y}"))
    rows = [rng.sample(_TEAMS, 2) for _ in range(rng.randint(4, 8))]
    return "\n".join(form.format(a=a, b=b, x=rng.randint(0, 5), y=rng.randint(0, 5)) for a, b in rows)


def notice_list(rng: random.Random) -> str:
    """Lines of an announcement: time, place, telephone."""
    lines = rng.sample(_NOTICE, rng.randint(4, len(_NOTICE)))
    return "\n".join(fill(line, rng) for line in lines)


def markdown_table(rng: random.Random) -> str:
    """A Markdown table with its rule."""
    columns = rng.sample(_COLUMNS, rng.randint(3, 5))
    rows = [columns, ["---"] * len(columns), *_cells(len(columns), rng)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def spaced_table(rng: random.Random) -> str:
    """Columns parted by spaces."""
    columns = rng.sample(_COLUMNS, rng.randint(3, 5))
    gap = rng.choice(("  ", "   ", "\u3000", " "))
    return "\n".join(gap.join(row) for row in [columns, *_cells(len(columns), rng)])


def _cells(n_columns: int, rng: random.Random) -> list[list[str]]:
    rows = range(rng.randint(3, 8))
    return [
        [rng.choice(_TEAMS), *(one(("{k}", "{k}", "{k}.5", "{k}%"), rng) for _ in range(n_columns - 1))] for _ in rows
    ]


KEPT_LINES: tuple[tuple[str, Callable[[random.Random], str]], ...] = (
    ("verse", verse),
    ("verse", verse),
    ("list", name_list),
    ("list", price_list),
    ("list", programme),
    ("list", results),
    ("list", notice_list),
    ("table", markdown_table),
    ("table", spaced_table),
)
"""Roles and makers of what must not be joined."""

KEPT_HEADS: dict[str, tuple[str, ...]] = {
    "list": (
        "获奖名单",
        "今日菜价",
        "电视节目预告",
        "赛果",
        "公示",
        "表彰名单",
        "本周演出",
        "先进个人名单",
        "便民服务",
    ),
    "table": ("各队积分榜", "本市主要经济指标", "{y}年各县区完成情况", "收费标准一览表"),
}


def kept_head(role: str, rng: random.Random) -> str:
    """A headline for a poem, a list or a table."""
    return verse_title(rng) if role == "verse" else one(KEPT_HEADS[role], rng)
