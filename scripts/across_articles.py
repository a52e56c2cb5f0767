"""A corpus of article records in which it is known which tell the same: copies as newspapers and OCR make them, and look-alikes.

Items of real news come in (news_items.py), `Made` records leave: each with the origin that its copies share. What is no
copy of another has an origin of its own, however much it looks like one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from news_items import Item
from repair_templates import words
from repair_typesetting import misread

from corpus_tools.model import Article, Block, PageMeta, Source, Span
from corpus_tools.records import article_line
from corpus_tools.script import convert
from corpus_tools.stages.split.fields import text_of_article

SEED = 20_260_105
NEWSPAPERS = ("岚州日报", "柳浦晚报", "汀溪新报", "北塘时报", "青河都市报")

SHARE_COPIED = 0.35
"""Of the originals that have a copy; of these, a quarter has a second one."""

SHARE_TWINS = 0.12
"""Of the originals that have a look-alike."""

MOST_PLACES = 12
"""Places that are replaced at the most."""

SHARE_DAILY = 0.05
"""Reports that come every day, by the number of originals."""

PART_APART = 30
"""Every thirtieth item is in the corpus only as what quotes another one."""

LEAST_CUT = 80
"""Characters that a cut copy keeps at the least."""


@dataclass(frozen=True, slots=True)
class Made:
    """A record, the origin that it shares with its copies, and how it was made."""

    article: Article
    origin: str
    kind: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a record will say: headline and paragraphs."""

    headline: str
    paragraphs: tuple[str, ...]

    @property
    def n_characters(self) -> int:
        """Characters of its paragraphs."""
        return sum(map(len, self.paragraphs))


Change = Callable[[Draft, random.Random, Sequence[Item]], Draft | None]
"""A copy or a look-alike of a draft; None where that draft does not lend itself to it."""


# --- copies ---


def same(draft: Draft, rng: random.Random, items: Sequence[Item]) -> Draft:
    """The same, to the letter."""
    return draft


def misread_by(share: float) -> Change:
    """A change that misreads that share of the characters."""

    def change(draft: Draft, rng: random.Random, items: Sequence[Item]) -> Draft:
        texts = (misread(text, share, rng) for text in draft.paragraphs)
        return Draft(misread(draft.headline, share, rng), tuple(text for text in texts if text.strip()))

    return change


def other_headline(draft: Draft, rng: random.Random, items: Sequence[Item]) -> Draft:
    """A reprint under another headline, with another lead."""
    first, *rest = draft.paragraphs
    lead = rng.choice(("据新华社北京电 ", "本报讯（记者 闻青禾） ", "【本报综合消息】", "新华社电 "))
    return Draft(rng.choice(items).headline[-1], (lead + first, *rest))


def traditional(draft: Draft, rng: random.Random, items: Sequence[Item]) -> Draft:
    """In traditional characters and with their quotes, some marks narrow, digits wide."""

    def changed(text: str) -> str:
        text = convert(text, "s2twp" if rng.random() < 0.3 else "s2t").translate(_QUOTES)
        return text.translate(_WIDE) if rng.random() < 0.3 else text

    return Draft(changed(draft.headline), tuple(map(changed, draft.paragraphs)))


_QUOTES = str.maketrans("“”‘’", "「」『』")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def cut(draft: Draft, rng: random.Random, items: Sequence[Item]) -> Draft | None:
    """Cut from the end to two fifths to four fifths, as editors do, at a sentence's end."""
    sentences = [
        sentence for text in draft.paragraphs for sentence in (*re.findall(r"[^。！？]+[。！？”]*", text), "\n")
    ]
    wanted = rng.uniform(0.4, 0.8) * draft.n_characters
    kept = ""
    for sentence in sentences:
        if len(kept) >= wanted:
            break
        kept += sentence
    text = kept.strip()
    if len(text) < LEAST_CUT or len(text) > 0.85 * draft.n_characters:
        return None
    return Draft(draft.headline, tuple(text.split("\n")))


def reflowed(draft: Draft, rng: random.Random, items: Sequence[Item]) -> Draft:
    """Its paragraphs joined and parted elsewhere, spaces strewn in, half the marks narrow."""
    text = "".join(draft.paragraphs)
    pieces = re.findall(r"(?:[^。]+。”?){1,3}|[^。]+$", text)
    spaced = ("".join(mark + " " * (rng.random() < 0.03) for mark in piece).strip() for piece in pieces)
    return Draft(draft.headline, tuple(piece.replace("，", ",") if rng.random() < 0.5 else piece for piece in spaced))


COPIES: dict[str, tuple[float, Change]] = {
    "same": (1, same),
    "misread 3 %": (1, misread_by(0.03)),
    "misread 10 %": (4, misread_by(0.10)),
    "other headline": (1, other_headline),
    "traditional": (1, traditional),
    "cut": (1, cut),
    "reflowed": (1, reflowed),
}
"""Kinds of copies and their weights: most are misread in a tenth of their characters."""


# --- look-alikes ---


def other_numbers(draft: Draft, rng: random.Random, items: Sequence[Item]) -> Draft | None:
    """The same report of another day: every number is another one."""

    def other(found: re.Match[str]) -> str:
        number = found[0]
        while number == found[0]:
            number = "".join(str(rng.randint(0 if at else 1, 9)) for at in range(len(number)))
        return number

    if len(re.findall("[0-9]+", "".join(draft.paragraphs))) < 2:
        return None
    return Draft(draft.headline, tuple(re.sub("[0-9]+", other, text) for text in draft.paragraphs))


def other_places(draft: Draft, rng: random.Random, items: Sequence[Item]) -> Draft | None:
    """The same formula about other countries, provinces or cities."""
    text = "".join(draft.paragraphs)
    found = sorted({place for place in _PLACES if place in text})
    if not 2 <= len(found) <= MOST_PLACES or sum(map(text.count, found)) < 3:
        return None
    others = dict(zip(found, rng.sample([place for place in _PLACES if place not in found], len(found)), strict=True))
    pattern = re.compile("|".join(sorted(found, key=len, reverse=True)))
    return Draft(
        pattern.sub(lambda place: others[place[0]], draft.headline),
        tuple(pattern.sub(lambda place: others[place[0]], text) for text in draft.paragraphs),
    )


_PLACES = words(
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 "
    "内蒙古 广西 西藏 宁夏 新疆 香港 澳门 美国 俄罗斯 法国 德国 英国 日本 韩国 巴西 埃及 印度 南非 古巴 越南 老挝 泰国 蒙古 伊朗 以色列 "
    "吉尔吉斯斯坦 巴基斯坦 哈萨克斯坦"
)


def follow_up(draft: Draft, rng: random.Random, items: Sequence[Item]) -> Draft | None:
    """Another report, of those that stand nowhere else, that quotes one paragraph of this one."""
    quoted = rng.choice(draft.paragraphs)
    if len(items) < 2:
        return None
    other = items[0]
    if len(draft.paragraphs) < 3 or len(quoted) > 0.5 * draft.n_characters or other.n_characters < len(quoted):
        return None
    paragraphs = list(other.paragraphs)
    paragraphs.insert(rng.randint(1, len(paragraphs)), quoted)
    return Draft(draft.headline, tuple(paragraphs))


LOOK_ALIKES: dict[str, tuple[float, Change]] = {
    "other numbers": (2, other_numbers),
    "other places": (2, other_places),
    "follow-up": (2, follow_up),
}


def _pick(table: dict[str, tuple[float, Change]], rng: random.Random) -> tuple[str, Change]:
    name = rng.choices(list(table), [weight for weight, _ in table.values()])[0]
    return name, table[name][1]


# --- reports that come every day ---

_DAILY = (
    "本报讯 {o}昨日发布：今天白天{w}，{v}{a}到{b}级，最高气温{t}℃；夜间{w}，{v}{a}到{b}级，最低气温{u}℃，空气质量指数{k}。请注意添减衣物，出行注意安全。",
    "新华社上海{d}电 沪深股市{d}收盘，上证综指报{k}.{a}{b}点，{x}{a}.{t}％；深证成指报{k}.{b}{a}点，{x}{b}.{t}％。两市成交{k}亿元人民币，{i}板块涨幅居前。",
    "国家主席{d}在人民大会堂同来华进行国事访问的{c}总统{n}举行会谈。双方就两国关系和共同关心的国际和地区问题深入交换意见，达成广泛共识。会谈后，两国元首共同见证签署{a}项合作文件。",
    "{c}外交部发言人{n}{d}在例行记者会上表示，{c}一贯主张通过对话协商解决争端，反对任何形式的单边制裁，愿同各方保持沟通，共同维护地区和平稳定。",
    "{d}{k}时，我市{o}接到报警，{s}路{k}号一民房起火。{a}辆消防车、{k}名消防员赶到现场，经{t}分钟扑救，火被扑灭，没有人员伤亡。起火原因正在调查。",
    "{o}公布，{d}全市新建商品住宅成交{k}套，成交面积{k}.{a}万平方米，均价每平方米{k}{t}元；二手住宅成交{k}套，环比{x}{a}.{b}％。",
)
_FILLERS = {
    "o": words("市气象台 省气象台 市统计局 市消防支队 区应急管理局"),
    "w": words("晴 多云 阴 小雨 阵雨 晴转多云 多云转阴 雷阵雨 小雪 大雾"),
    "v": words("东风 南风 西风 北风 东南风 西北风 偏北风"),
    "x": words("上涨 下跌"),
    "i": words("钢铁 煤炭 医药 银行 半导体 家电 航运 酿酒"),
    "c": words("埃及 巴西 越南 老挝 古巴 南非 伊朗 泰国 哈萨克斯坦 吉尔吉斯斯坦 赞比亚 秘鲁 智利"),
    "n": words("赫曼 托卡宾 阿卜杜勒 梅里亚 卡西莫 索萨 纳扎里 洛佩兹 奥马罗夫"),
    "s": words("解放 建设 长江 文昌 迎宾 滨河 学院 光明"),
}


def daily_report(rng: random.Random) -> Draft:
    """One of the reports that come every day in the same words."""

    def fill(slot: re.Match[str]) -> str:
        name = slot[1]
        if name in _FILLERS:
            return rng.choice(_FILLERS[name])
        if name == "d":
            return f"{rng.randint(1, 28)}日"
        return str(
            {"a": rng.randint(1, 4), "b": rng.randint(5, 8), "k": rng.randint(11, 99)}.get(name, rng.randint(2, 39))
        )

    template = rng.choice(_DAILY)
    return Draft("每日播报", (re.sub(r"\{([a-z])\}", fill, template),))


# --- the corpus ---


def make_corpus(
    items: Sequence[Item], n_records: int, rng: random.Random, *, fillers: Sequence[Item] = ()
) -> list[Made]:
    """`n_records` records in mixed order: originals, their copies, look-alikes, daily reports, and `fillers` up to that number."""
    made: list[Made] = []
    originals = list(items)
    rng.shuffle(originals)
    apart = [originals.pop() for _ in range(len(originals) // PART_APART)]
    n_daily = int(SHARE_DAILY * len(originals))
    while originals and len(made) < n_records - n_daily:
        made += _family(originals.pop(), f"o{len(made)}", rng, apart)
    made = made[: n_records - n_daily]
    made += [_record(daily_report(rng), f"d{number}", "daily", rng) for number in range(n_daily)]
    rest = list(fillers)
    rng.shuffle(rest)
    made += [_record(_draft(item), f"f{n}", "filler", rng) for n, item in enumerate(rest[: n_records - len(made)])]
    rng.shuffle(made)
    return [Made(_numbered(each.article, number), each.origin, each.kind) for number, each in enumerate(made)]


def _family(item: Item, origin: str, rng: random.Random, items: list[Item]) -> Iterator[Made]:
    """An original with its copies, or with a look-alike; `items` are those that follow-ups are made of, each once."""
    draft = _draft(item)
    yield _record(draft, origin, "original", rng)
    chance = rng.random()
    if chance < SHARE_COPIED:
        for _ in range(2 if rng.random() < 0.25 else 1):
            name, change = _pick(COPIES, rng)
            copy = change(draft, rng, items)
            if copy is not None:
                yield _record(copy, origin, name, rng)
    elif chance < SHARE_COPIED + SHARE_TWINS:
        name, change = _pick(LOOK_ALIKES, rng)
        twin = change(draft, rng, items)
        if twin is not None:
            if name == "follow-up":
                items.pop(0)
            yield _record(twin, f"{origin} {name}", name, rng)


def _draft(item: Item) -> Draft:
    return Draft(item.headline[-1], item.paragraphs)


def _record(draft: Draft, origin: str, kind: str, rng: random.Random) -> Made:
    """The record, still without its own id."""
    at = 0
    blocks = []
    for role, text in (("headline", draft.headline), *(("body", text) for text in draft.paragraphs)):
        blocks.append(Block(role, (Span(at, at + len(text)),), text))  # type: ignore[arg-type]
        at += len(text) + 2
    day = f"2024-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    meta = PageMeta(newspaper=rng.choice(NEWSPAPERS), date=day, page_number=str(rng.randint(1, 16)))
    text = text_of_article(blocks, captions=False)
    source = Source("made.txt", "0" * 64, "utf-8")
    article = Article("", "article", "", text, headline=draft.headline, blocks=tuple(blocks), meta=meta, source=source)
    return Made(article, origin, kind)


def _numbered(article: Article, number: int) -> Article:
    return replace(article, id=f"p{number // 8:05}/{number % 8 + 1}", page_id=f"p{number // 8:05}")


def write_copies(path: Path, items: Sequence[Item], n_records: int, rng: random.Random, share: float) -> None:
    """Write that many records to a file: every item once as printed, then again with a share of its characters misread."""
    change = misread_by(share)
    with path.open("wb") as file:
        for number in range(n_records):
            round_number, index = divmod(number, len(items))
            draft = _draft(items[index])
            copy = change(draft, rng, items) if round_number else draft
            file.write(article_line(_numbered(_record(copy or draft, "", "", rng).article, number)))
