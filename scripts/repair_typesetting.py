"""Sets text in lines as a compositor does, and misreads it as an OCR model does; both by a given random generator.

Widths count in ems: a hanzi or a full-width mark is one, ASCII a half. Offsets count in the text given.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

NOT_FIRST = frozenset("，。、；：！？”’）》」』】〉％%…·—")
"""Marks that may not begin a line; NOT_LAST may not end one."""
NOT_LAST = frozenset("“‘（《「『【〈")
LONG_WORD, LEAST_HALF = 7, 3
"""Letters of a Latin word that may be hyphenated, and of either half of it."""

_TOKEN = re.compile(
    r"""
      https?://[!-~]+ | www\.[!-~]+               # an address
    | [0-9]+(?:[.,:/][0-9]+)*[%％‰]?                # a number, a price, a time, a share
    | [０-９]+(?:[．·：／][０-９]+)*％?                 # the same in full width
   | [A-Za-z][A-Za-z0-9'’.\-]*                   # a Latin word
    | [Ａ-Ｚａ-ｚ]+
    | ——+ | ……                                    # marks of two hanzi's width
    | .
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: where it stands in the text, and whether a hyphen that is not in the text ends it."""

    start: int
    end: int
    hyphen: bool = False


def wrap(text: str, width: int, rng: random.Random, indent: int = 0, *, squeeze: bool = True) -> list[Line]:
    """The printed lines of a paragraph, `width` ems wide, the first with `indent` ems less.

    A number, an address or a Latin word moves down whole; a mark that may not begin a line is squeezed into the one above, or
    takes a character down with it. White space at a line's end belongs to no line.
    """
    lines: list[Line] = []
    tokens = [(match.start(), match.end()) for match in _TOKEN.finditer(text)]
    limit, used, start, at = 2 * width, 2 * indent, 0, 0
    while at < len(tokens):
        token_start, token_end = tokens[at]
        wide = _half_ems(text[token_start:token_end])
        token = text[token_start:token_end]
        is_late = token in NOT_FIRST and squeeze and used < limit + 2
        if used + wide <= limit or is_late or (token == " " and used <= limit):
            used += wide
            at += 1
            continue
        half = _hyphenated(token, limit - used, rng)
        if half or (wide > limit and (limit - used) >= limit // 2):
            cut = token_start + (half or limit - used)
            tokens[at : at + 1] = [(token_start, cut), (cut, token_end)]
            at += 1
        else:
            at = _break_before(text, tokens, at, start)
            cut = tokens[at][0]
        lines.append(_line(text, start, cut, hyphen=bool(half)))
        start, used = cut, 0
    lines.append(_line(text, start, len(text)))
    return [line for line in lines if line.start < line.end]


def _half_ems(token: str) -> int:
    return sum(1 if character.isascii() else 2 for character in token)


def _hyphenated(token: str, room: int, rng: random.Random) -> int:
    """Letters of a long Latin word that stay on the line, before a hyphen; 0 where it moves down whole."""
    if len(token) < LONG_WORD or not token.isalpha() or not token.isascii() or token.isupper() or room < LEAST_HALF + 1:
        return 0
    most = min(room - 1, len(token) - LEAST_HALF)
    return most if most >= LEAST_HALF and rng.random() < 0.5 else 0


def _break_before(text: str, tokens: list[tuple[int, int]], at: int, start: int) -> int:
    """The token that begins the next line: one or two up where no mark may stand at the border."""
    first = at
    while tokens[at][0] > start and (
        text[tokens[at][0] : tokens[at][1]] in NOT_FIRST or text[tokens[at - 1][0] : tokens[at - 1][1]] in NOT_LAST
    ):
        at -= 1
    return at if tokens[at][0] > start else first


def _line(text: str, start: int, end: int, *, hyphen: bool = False) -> Line:
    piece = text[start:end]
    return Line(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()), hyphen)


_GROUPS = """
    己已巳 末未 人入八 日曰目 土士 大太犬 千干于 天夭夫 处外 王玉主 同问间 名各 今令 力刀 九丸 木本术 白自百 田由甲申 贝见 午牛
    侯候 汆氽 免兔 乌鸟 戊戌戍 拔拨 析折 技枝 代伐 住往任 抱报 收改 情清请晴精 经径轻 员贞 科料 政攻 建健 没设 设没 治冶 组祖 持特 待侍 传转 何河 社杜
    万方 工上 下不 市布 元无 县具 区匹 与写 广厂 产户 于丁 合台 会公 全金 企全 业亚 民良 长氏 开并 发友 展屏 国围 家冢 家象 的旳 是昰 在存 有冇
    为力 这还 个介 中申 我找 们仙 他地 时对 到刭 说悦 要耍 就蒋 以从 和知 可司 出山 进讲 成戍 年午 高商 农衣 村材 水永 新薪 闻间 记纪 者考 电屯
"""
LOOK_ALIKES = tuple(_GROUPS.split())
_ALIKE = {
    character: group.replace(character, "") for group in LOOK_ALIKES for character in group if len(set(group)) > 1
}
_COMMON = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
_UNTOUCHED = frozenset("\n|-\u3000 ")


def misread(text: str, share: float, rng: random.Random) -> str:
    """The text with that share of its characters misread: a look-alike or a random hanzi, dropped, or doubled.

    White space, line ends and the rules of tables stay.
    """
    if not share:
        return text
    characters: list[str] = []
    for character in text:
        wrong = rng.random() < share and character not in _UNTOUCHED
        characters.append(_wrong(character, rng) if wrong else character)
    return "".join(characters) or text


def _wrong(character: str, rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.25:
        return ""
    if kind < 0.4:
        return character * 2
    if character.isdigit():
        return rng.choice("0123456789".replace(character, ""))
    return rng.choice(_ALIKE.get(character) or _COMMON.replace(character, ""))
