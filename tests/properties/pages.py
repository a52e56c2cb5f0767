"""Newspaper pages from an invented vocabulary, whole or damaged as OCR leaves them: strategies, and a plain generator.

A seed, the number of articles and a set of damages enter, the text of a page leaves; the same ones give the same page on
every machine. Hypothesis shrinks the three, so that a failure is shown with the fewest damages that make it.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable
from random import Random

from hypothesis import strategies as st

from corpus_tools.options import MODES, Options, ReadOptions
from corpus_tools.pipeline import rule_names

# --- vocabulary: invented places, people and things ---

PLACES = ("岚州市", "汀溪县", "柏岭乡", "云石镇", "沙棘沟村", "南园街道", "白鹭港", "石臼村", "青禾新区", "滨河小区")
PEOPLE = ("贺青禾", "闻一苇", "邱望舒", "祁连成", "桑榆", "陆知晚", "岳小棠", "柏舟", "罗小满", "秦穗")
THINGS = (
    "春耕备耕",
    "老街改造",
    "河道清淤",
    "校园读书",
    "电梯加装",
    "养老食堂",
    "果树修剪",
    "夜间公交",
    "港口扩建",
    "戏曲传承",
)
RESULTS = ("进展顺利", "受到欢迎", "见到成效", "提前完工", "全面铺开", "赢得好评")
NUMBERS = ("三十六", "1.2万", "4500", "二百一十七", "12.5%", "七成", "２１", "八十")
SENTENCES = (
    "{place}今年把{thing}列入民生实事，投入{number}元，目前{result}。",
    "“以前想都不敢想，现在家门口就能办。”{place}居民{person}高兴地说。",
    "记者在{place}看到，{number}名工作人员正忙着{thing}，现场秩序井然。",
    "据介绍，{thing}惠及{number}户群众，{place}还将建立长效机制。",
    "{person}告诉记者，{thing}之前，大家最担心的是没人管；如今有人问、有人办、有人督。",
    "{month}月{day}日，{place}召开会议，要求抓好{thing}，确保按期完成。",
    "与去年同期相比，{place}的{thing}增加了{number}，{result}！",
    "为什么{thing}能够{result}？{person}认为，关键是听群众的意见。",
    "“{thing}不是一阵风，”{person}说，“我们要一年接着一年干。”",
    "下一步，{place}将继续推进{thing}，让更多人受益。",
)
HEADLINES = (
    "{place}{thing}{result}",
    "{thing}进行时 {place}写新篇",
    "“{thing}”为何{result}？",
    "{place}：{thing}暖人心",
    "{number}名志愿者走进{place}",
)
COLUMNS = ("民生直通车", "学先进 找差距 促发展", "新春走基层", "热线追踪", "新征程·基层观察")
BYLINES = (
    "本报记者 {person}",
    "□ 本报记者 {person} {other}",
    "（{person}）",
    "（{person} {other}）",
    "记者 {person} 通讯员 {other}",
    "(刘 涛)",
    "{person} 报道",
    "岚州日报评论员",
)
LEADS = (
    "本报讯（记者 {person}）",
    "本报讯 ",
    "本报讯（记者 {person} 通讯员 {other}）",
    "新华社{short}{month}月{day}日电（记者 {person}、{other}）",
    "【记者{person}／{short}报道】",
    "",
    "",
)
JUMPS_OUT = ("（下转第{page}版）", "（下转{page}版）", "(下转第{page}版)", "▲下转第{page}版")
JUMPS_IN = ("（上接第{page}版）", "(上接第{page}版) ", "（紧接第{page}版）")
CREDITS = ("本报记者 {person}摄", "（{person} 摄）", "{person}/文 {other}/图", "通讯员 {person} 供图")
FURNITURE = (
    "岚州日报",
    "第3版",
    "2021年3月12日 星期五",
    "责任编辑：{person} 版式：{other}",
    "国内统一刊号 CN99-0001",
    "02 要闻 2021年3月12日",
)
RESIDUE = (
    "```",
    "以下是图片中的文字内容：",
    "抱歉，我无法识别其余部分。",
    "I'm sorry, I can't assist with that.",
    "![图片](image.png)",
)
VERSES = (
    "风从河边走来，",
    "带着一点青草的气息，",
    "我把灯放在窗前，",
    "等一只晚归的船。",
    "夜色慢慢合拢，",
    "星子落进水里。",
)

_TRADITIONAL = str.maketrans(
    "县乡镇云龙沟湾园连陆罗满闻苇棠备码头办街改读书电装养馆树剪间扩传进顺见补贴开欢评元目敢现这户么担心没问为实"
    "据绍惠众还将长机制诉记之前怕谁队员忙场秩序井处会议组抓确认关键听写篇新学习找发展线踪访报讯社转图识别无语气点"
    "业从们兴内刘区华号国声够层岚带废归戏执拢摄时来涛滨灯热着紧统继绩续编营观让论说责贺赢车辑边遗铺门阵风鹭与岭",
    "縣鄉鎮雲龍溝灣園連陸羅滿聞葦棠備碼頭辦街改讀書電裝養館樹剪間擴傳進順見補貼開歡評元目敢現這戶麼擔心沒問為實"
    "據紹惠眾還將長機制訴記之前怕誰隊員忙場秩序井處會議組抓確認關鍵聽寫篇新學習找發展線蹤訪報訊社轉圖識別無語氣點"
    "業從們興內劉區華號國聲夠層嵐帶廢歸戲執攏攝時來濤濱燈熱著緊統繼績續編營觀讓論說責賀贏車輯邊遺鋪門陣風鷺與嶺",
)


def traditional(text: str) -> str:
    """The text with the commonest simplified characters of this vocabulary in their traditional form."""
    return text.translate(_TRADITIONAL)


def _filled(rng: Random, patterns: tuple[str, ...]) -> str:
    person = rng.choice(PEOPLE)
    other = rng.choice([name for name in PEOPLE if name != person])
    place = rng.choice(PLACES)
    return rng.choice(patterns).format(
        person=person,
        other=other,
        place=place,
        short=place[:2],
        thing=rng.choice(THINGS),
        result=rng.choice(RESULTS),
        number=rng.choice(NUMBERS),
        month=rng.randint(1, 12),
        day=rng.randint(1, 28),
        page=rng.choice(("二", "3", "A5", "十二", "０４")),
    )


def _paragraph(rng: Random) -> str:
    return "".join(_filled(rng, SENTENCES) for _ in range(rng.randint(1, 4)))


def _article(rng: Random) -> list[str]:
    """The paragraphs of one article, its headline group first."""
    lines: list[str] = []
    if rng.random() < 0.3:
        lines.append(rng.choice(COLUMNS))
    if rng.random() < 0.2:
        lines.append(_filled(rng, JUMPS_IN))
    if rng.random() < 0.25:
        lines.append(_filled(rng, HEADLINES))
    if rng.random() < 0.9:
        lines.append(_filled(rng, HEADLINES))
    if rng.random() < 0.3:
        lines.append("——" + _filled(rng, HEADLINES))
    byline_first = rng.random() < 0.4
    if byline_first:
        lines.append(_filled(rng, BYLINES))
    lines.append(_filled(rng, LEADS) + _paragraph(rng))
    for _ in range(rng.randint(0, 3)):
        if rng.random() < 0.2:
            lines.append(_filled(rng, ("{thing}见实效", "{number}户受益")))
        lines.append(_paragraph(rng))
    if rng.random() < 0.3:
        lines[-1] += _filled(rng, JUMPS_OUT)
    elif not byline_first and rng.random() < 0.5:
        lines.append(_filled(rng, BYLINES))
    return lines


def _photo(rng: Random) -> list[str]:
    caption = rng.choice(("图为", "上图：", "")) + _filled(rng, SENTENCES)
    return [caption, _filled(rng, CREDITS)]


def _table(rng: Random) -> list[str]:
    rows = [f"| {name} | {rng.choice(NUMBERS)} |" for name in rng.sample(PEOPLE, 3)]
    return ["\n".join(["| 姓名 | 成绩 |", "| --- | --- |", *rows])]


def _verse(rng: Random) -> list[str]:
    return [rng.choice(THINGS), rng.choice(PEOPLE), "\n".join(rng.sample(VERSES, 4))]


def _names(rng: Random) -> list[str]:
    return ["\n".join(f"{place}：{'　'.join(rng.sample(PEOPLE, 3))}" for place in rng.sample(PLACES, 3))]


def _notice(rng: Random) -> list[str]:
    return ["遗失声明", _filled(rng, ("{place}{person}遗失营业执照副本，声明作废。",))]


def whole_page(rng: Random, n_articles: int) -> list[str]:
    """The paragraphs of a page with nothing wrong: articles, and what stands between and round them."""
    parts = [_article(rng) for _ in range(n_articles)]
    for other in (_photo, _table, _verse, _names, _notice):
        if rng.random() < 0.25:
            parts.insert(rng.randint(0, len(parts)), other(rng))
    if rng.random() < 0.5:
        parts.insert(0, [_filled(rng, FURNITURE)])
    if rng.random() < 0.5:
        parts.append([_filled(rng, FURNITURE)])
    if rng.random() < 0.3:
        parts.insert(0, [rng.choice(RESIDUE)])
    if rng.random() < 0.2:
        parts.append([rng.choice(RESIDUE)])
    return [paragraph for part in parts for paragraph in part]


# --- damage to the paragraphs ---

Paragraphs = list[str]


def _long(rng: Random, paragraphs: Paragraphs) -> int | None:
    """One of the longer paragraphs."""
    places = [place for place, text in enumerate(paragraphs) if len(text) > 30 and "\n" not in text]
    return rng.choice(places) if places else None


def cut_at_column(rng: Random, paragraphs: Paragraphs) -> Paragraphs:
    """Up to three paragraphs in halves, sometimes with a caption between them."""
    for _ in range(rng.randint(1, 3)):
        place = _long(rng, paragraphs)
        if place is not None:
            text = paragraphs[place]
            at = rng.randint(5, len(text) - 5)
            between = _photo(rng) if rng.random() < 0.3 else []
            paragraphs[place : place + 1] = [text[:at], *between, text[at:]]
    return paragraphs


def displace(rng: Random, paragraphs: Paragraphs) -> Paragraphs:
    """A run of paragraphs somewhere else."""
    start = rng.randrange(len(paragraphs))
    end = min(len(paragraphs), start + rng.randint(1, 3))
    run = paragraphs[start:end]
    del paragraphs[start:end]
    at = rng.randint(0, len(paragraphs))
    paragraphs[at:at] = run
    return paragraphs


def echo(rng: Random, paragraphs: Paragraphs) -> Paragraphs:
    """A run of an earlier paragraph once more at the page's end, perhaps cut off."""
    place = _long(rng, paragraphs)
    if place is not None:
        text = paragraphs[place]
        run = text[: rng.randint(min(28, len(text)), len(text))]
        if rng.random() < 0.5:
            paragraphs[-1] += run
        else:
            paragraphs.append(run)
    return paragraphs


def loop(rng: Random, paragraphs: Paragraphs) -> Paragraphs:
    """A clause, or a paragraph, again and again."""
    place = rng.randrange(len(paragraphs))
    text = paragraphs[place]
    if rng.random() < 0.5 and len(text) > 12:
        at = rng.randint(1, len(text) - 8)
        unit = text[at : at + rng.randint(1, 7)]
        paragraphs[place] = text[:at] + unit * rng.randint(3, 40) + text[at:]
    else:
        paragraphs[place:place] = [text] * rng.randint(1, 5)
    return paragraphs


def stutter(rng: Random, paragraphs: Paragraphs) -> Paragraphs:
    """Short units doubled on the spot."""
    for _ in range(3):
        place = _long(rng, paragraphs)
        if place is not None:
            text = paragraphs[place]
            at = rng.randint(1, len(text) - 4)
            unit = text[at : at + rng.randint(1, 4)]
            paragraphs[place] = text[:at] + unit + text[at:]
    return paragraphs


def latin(rng: Random, paragraphs: Paragraphs) -> Paragraphs:
    """Latin words in the text, so that wrapping meets them; English words of a model between hanzi."""
    words = (
        "COVID-19",
        "the International Newspaper",
        "Wi-Fi",
        "and",
        "news-paper co-operation",
        "5G+",
        "naïve café",
        "Sino-German",
    )
    for _ in range(4):
        place = _long(rng, paragraphs)
        if place is not None:
            text = paragraphs[place]
            at = rng.randint(1, len(text) - 1)
            paragraphs[place] = (
                text[:at] + rng.choice(("", " ")) + rng.choice(words) + rng.choice(("", " ")) + text[at:]
            )
    return paragraphs


def lose_ends(rng: Random, paragraphs: Paragraphs) -> Paragraphs:
    """Paragraphs whose start or end is gone."""
    for _ in range(2):
        place = _long(rng, paragraphs)
        if place is not None:
            text = paragraphs[place]
            at = rng.randint(4, len(text) - 4)
            paragraphs[place] = text[at:] if rng.random() < 0.5 else text[:at]
    return paragraphs


def mojibake(rng: Random, paragraphs: Paragraphs) -> Paragraphs:
    """Whole paragraphs decoded in a wrong encoding, where that gives text at all."""
    routes = (("utf-8", "gb18030"), ("utf-8", "latin-1"), ("utf-8", "cp1252"), ("gb18030", "latin-1"))
    for place, text in enumerate(paragraphs):
        right, wrong = rng.choice(routes)
        if rng.random() < 0.4 and "\n" not in text:
            try:
                paragraphs[place] = text.encode(right).decode(wrong).replace("\n", " ")
            except UnicodeDecodeError:
                continue
    return paragraphs


def wrap(rng: Random, paragraphs: Paragraphs) -> Paragraphs:
    """Printed lines instead of paragraphs: some width, with or without indents."""
    width = rng.randint(9, 28)
    indent = rng.choice(("　　", "", "  "))
    hyphenate = rng.random() < 0.5
    return [_wrapped(text, width, indent, hyphenate) if len(text) > width else text for text in paragraphs]


def _wrapped(text: str, width: int, indent: str, hyphenate: bool) -> str:
    text = indent + text
    lines: list[str] = []
    while len(text) > width:
        line, text = text[:width], text[width:]
        if hyphenate and line[-1:].isascii() and line[-1:].isalpha() and text[:1].islower():
            line += "-"
        lines.append(line)
    return "\n".join([*lines, text])


PARAGRAPH_DAMAGES: dict[str, Callable[[Random, Paragraphs], Paragraphs]] = {
    "lose_ends": lose_ends,
    "cut_at_column": cut_at_column,
    "displace": displace,
    "stutter": stutter,
    "loop": loop,
    "echo": echo,
    "latin": latin,
    "mojibake": mojibake,
    "wrap": wrap,
}

# --- damage to the characters ---


def _sprinkled(*marks: str) -> Callable[[Random, str], str]:
    """A damage that puts some of `marks` in at up to eight places."""

    def damage(rng: Random, text: str) -> str:
        for _ in range(rng.randint(1, 8)):
            at = rng.randint(0, len(text))
            text = text[:at] + rng.choice(marks) + text[at:]
        return text

    return damage


def _ended(*ends: str) -> Callable[[Random, str], str]:
    """A damage that writes line ends in one of the ways, or a mixture."""

    def damage(rng: Random, text: str) -> str:
        lines = text.split("\n")
        return "".join(line + rng.choice(ends) for line in lines[:-1]) + lines[-1]

    return damage


CHARACTER_DAMAGES: dict[str, Callable[[Random, str], str]] = {
    "crlf": _ended("\r\n"),
    "cr": _ended("\r"),
    "mixed_line_ends": _ended("\n", "\r\n", "\r", "\n\r", "\x85", "\u2028", "\u2029", "\x0c", "\x0b"),
    "nel": _sprinkled("\x85"),
    "line_separator": _sprinkled("\u2028", "\u2029"),
    "form_feed": _sprinkled("\x0c", "\n\x0c"),
    "wide_spaces": _sprinkled("\u3000", "\u3000\u3000", "\u2003", "\u2009"),
    "no_break_spaces": _sprinkled("\xa0", "\u202f"),
    "line_tails": _sprinkled(" \n", "\t\n", "\u3000\n\n"),
    "zero_width": _sprinkled("\u200b", "\u200d", "\u2060", "\u200c", "\u200e", "\u202e"),
    "mark_inside": _sprinkled("\ufeff"),
    "control": _sprinkled("\x00", "\x07", "\x08", "\x1a", "\x7f", "\x9d"),
    "combining": _sprinkled("e\u0301", "\u0301", "か\u3099", "\u0302\u0323", "a\u030a"),
    "compatibility": _sprinkled("\uf90a", "\ufa0e", "\u2f00", "\U0002f81a", "㈱"),
    "private_use": _sprinkled("\ue000", "\U000f0000", "\ue815\ue816"),
    "replacement": _sprinkled("\ufffd", "\ufffd\ufffd", "锟斤拷", "烫烫烫烫"),
    "supplementary": _sprinkled("𠮷", "𡈽", "\U00030000"),
    "emoji": _sprinkled("👨\u200d👩\u200d👧", "🇨🇳", "❤\ufe0f", "👍🏽"),
    "soft_hyphen": _sprinkled("\u00ad", "\u00ad\n"),
    "letterspacing": _sprinkled(" 汀 溪 县 工 会 "),
    "full_width": _sprinkled("１９９８年", "ＡＢＣ", "％"),
}

DAMAGES = (*PARAGRAPH_DAMAGES, *CHARACTER_DAMAGES)


def build_page(seed: int, n_articles: int, damages: frozenset[str], script: str = "simplified") -> str:
    """A page of `n_articles` articles with the named damages; each has its own random numbers, so that leaving one out
    changes nothing else."""
    rng = Random(f"page {seed}")
    paragraphs = whole_page(rng, n_articles)
    if script == "traditional":
        paragraphs = [traditional(paragraph) for paragraph in paragraphs]
    for name, damage in PARAGRAPH_DAMAGES.items():
        if name in damages:
            paragraphs = damage(Random(f"{name} {seed}"), paragraphs)
    blank_lines = rng.choice(("\n\n", "\n\n", "\n", "\n\n\n"))
    text = blank_lines.join(paragraphs) + rng.choice(("", "\n"))
    for name, alter in CHARACTER_DAMAGES.items():
        if name in damages:
            text = alter(Random(f"{name} {seed}"), text)
    return text


def make_page(seed: int) -> str:
    """The page of a seed: one to six articles, none to six damages."""
    rng = Random(f"choices {seed}")
    damages = frozenset(rng.sample(DAMAGES, rng.randint(0, 6)))
    return build_page(seed, rng.randint(1, 6), damages, rng.choice(("simplified", "simplified", "traditional")))


# --- strategies ---


def pages(max_articles: int = 4) -> st.SearchStrategy[str]:
    """Texts of pages."""
    return st.builds(
        build_page,
        st.integers(0, 2**24),
        st.integers(1, max_articles),
        st.frozensets(st.sampled_from(DAMAGES), max_size=6),
        st.sampled_from(("simplified", "traditional")),
    )


# fmt: off
_TOKENS = (
    *"\n\n\n\n  \t　，。：；！？—…“”「」（）()【】|■●▲·/-*`的了12",
    *("\r\n", "\r", "\x85", "\u2028", "\x0c", "\u200b", "\u200d", "\u00ad", "\ufeff", "\u0301", "\ue000", "\ufffd", "\xa0", "𠮷"),
    *("本报讯", "记者", "（下转第三版）", "（上接第1版）", "下转第二版", "——", "摄", "图为", "责编：", "第3版", "岚州日报", "```"),
    *("| 一 | 二 |", "上接第", "news", "paper-", "and", "要抓好落实，", "人员人员", "的的", "e\u0301", "１９", "头发发展", "頭髮發展"),
    *("今年以来，全市确保高", "技能人才应评尽评。", "刘 涛", "通讯员", "近日，", "一、", "第四十五条 ", "本報訊", "電", "新闻热线："),
)
# fmt: on


def noise(max_size: int = 60) -> st.SearchStrategy[str]:
    """What rules look for, in any order: short texts in which anything may stand beside anything."""
    return st.lists(st.sampled_from(_TOKENS), min_size=1, max_size=max_size).map("".join)


def options() -> st.SearchStrategy[Options]:
    """Choices of every kind, rules disabled at random."""
    return st.builds(
        Options,
        disable=st.one_of(st.just(frozenset[str]()), st.frozensets(st.sampled_from(sorted(rule_names())), max_size=8)),
        width=st.sampled_from(("keep", "ascii-alnum")),
        mode=st.sampled_from(MODES),
        fix_stutters=st.booleans(),
        captions=st.booleans(),
        furniture=st.booleans(),
        script=st.sampled_from((None, None, "s2t", "t2s", "s2twp", "tw2sp")),
    )


ENCODINGS: dict[str, tuple[str, bytes]] = {
    "utf-8": ("utf-8", b""),
    "utf-8 with mark": ("utf-8", codecs.BOM_UTF8),
    "utf-16-le": ("utf-16-le", codecs.BOM_UTF16_LE),
    "utf-16-be": ("utf-16-be", codecs.BOM_UTF16_BE),
    "gb18030": ("gb18030", b""),
    "big5hkscs": ("big5hkscs", b""),
    "cp950": ("cp950", b""),
}
"""Codec and byte order mark of the encodings that newspaper files come in."""


def encoded(text: str, name: str) -> bytes:
    """The bytes of a page in one of `ENCODINGS`; characters that it does not have are left out."""
    codec, mark = ENCODINGS[name]
    return mark + text.encode(codec, "ignore")


@st.composite
def page_bytes(draw: st.DrawFn) -> tuple[bytes, ReadOptions]:
    """The bytes of a page and how to read them: the encoding detected or said, some bytes bad and kept."""
    name = draw(st.sampled_from(sorted(ENCODINGS)))
    script = "traditional" if name in ("big5hkscs", "cp950") else draw(st.sampled_from(("simplified", "traditional")))
    damages = draw(st.frozensets(st.sampled_from(DAMAGES), max_size=4))
    data = encoded(build_page(draw(st.integers(0, 2**24)), draw(st.integers(1, 3)), damages, script), name)
    for at, bad in draw(
        st.lists(
            st.tuples(st.integers(0, len(data)), st.sampled_from((b"\xff", b"\x80", b"\xd8\x00", b"\x81"))), max_size=3
        )
    ):
        data = data[:at] + bad + data[at:]
    said = draw(st.sampled_from((None, ENCODINGS[name][0])))
    return data, ReadOptions(encoding=said, on_undecodable=draw(st.sampled_from(("reject", "keep", "keep"))))
