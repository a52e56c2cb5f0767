"""Writes corpus_tools/data/word_pairs.tsv: which two hanzi stand inside one word, simplified and traditional.

Usage: scripts/build_word_pairs.py [DATA_DIR] (default: CORPUS_TOOLS_DATA; see corpus_tools/data/README.md).
One source only, the broadcast items, also converted by OpenCC: the other one is what figures are reported on.
Counts only; no passage of the text can be rebuilt from them.
"""

from __future__ import annotations

import gzip
import math
import os
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import opencc
import orjson
import regex

from corpus_tools.characters import HANZI
from corpus_tools.names import SURNAMES

FEWEST = 30
"""A pair, or a longer word, that stands fewer times in six million hanzi says little."""

WEAKEST = 2.5
"""Bits of pointwise mutual information of the weakest pair that is kept, as what speaks against its neighbours."""

BITS_A_STEP = 0.5
STEPS = "abcdefghijklmnopqrstuvwxyz"
"""Strength as one letter: `a` is WEAKEST, each further letter half a bit more. A capital may close a gap."""

CLOSING_BITS = 3.5
CLOSING_PEAKS = 0.6
MOST_VALLEYS = 0.5
"""A pair closes a gap when it binds tighter than the pairs on both its sides at 6 of 10 places; it is not kept at all
when both bind tighter than it at more than half of them: 济社 in 经济社会. On broadcast text held out by date: 0.8 has
3 points less recall and as few errors, 0.5 reaches into phrases."""

WORD_BITS = 5.0
WORD_ENTROPY = 2.0
WORD_LENGTHS = (3, 4, 5)
NEEDED = {3: 0.5, 4: 0.8, 5: 0.8}
"""A longer word: its parts stand together (bits, at the weakest cut), either part of each cut stands nowhere else so
often (share, by length), and its neighbours vary (bits of entropy): 现代化, 委员会, not 同志为, not 同比增长."""

_GRAMMAR = frozenset(
    "的了将將也是说說不在和与與于於更很这這个個月日年就都又还還把被从從对對向为為爲以到有等及并並或让讓使给給之其所而但则則称稱至约約近"
    "已由才只多最另首人枚栋棟部州业業"
)
_ENDINGS = _GRAMMAR | frozenset("中上下内內时時着著")
"""Longer words do not begin in these, and end in them only where their last pair is in the table: 了解到, 在北京, 人死亡.
Two of them are two words more often than one: 更多, 也在."""

_PARTICLES = frozenset("的了在是和与與及也都将將就")
"""What stands beside any word speaks for no border: 心的 says nothing against 中心."""

_COUNTED = frozenset("一二三四五六七八九十百千万萬亿億两兩几幾半〇零多余餘")
_UNITS = frozenset("百千万萬亿億")
"""A gap behind a numeral may part number and unit (3 万 人): no pair that begins with one closes it, no word (亿美元)
that begins with one of the greater ones."""

_TITLE_ENDS = frozenset("长長席记記员員理")
_NO_SURNAMES_BEHIND_TITLES = frozenset("解江")
"""A gap behind a title is before a name (部长 王, 总理 李), but not in 理解, 长江."""

_RARE_SURNAMES = "習栗谌諶範"

_GIVEN = frozenset(
    "伟偉强強军軍明勇峰峯杰傑涛濤洋波斌刚剛健辉輝鹏鵬飞飛磊超平东東华華国國建文武志民海江河山川林森木松柏云雲龙龍凤鳳英兰蘭芳梅红紅霞"
    "丽麗燕玲娟敏静靜洁潔慧颖穎琳琴艳豔艷秀珍珠玉莹瑩雪晶晨阳陽光亮星月宇航帆舟锋鋒锐銳毅坚堅正直清廉新立成功达達发發兴興旺盛昌荣榮富贵貴"
    "福祥瑞吉庆慶喜乐樂安宁寧康泰和谐諧顺順利胜勝凯凱旋远遠大宏弘伦倫仁义義礼禮智信忠孝恒恆永久长長生春夏秋冬晓曉旭昊昕晖暉曦晗岚嵐岩巖岭嶺"
    "岳峻崇嵩巍浩瀚渊淵源泉溪湖洲沛泽澤润潤涵洪滨濱津沪滬京园園苑野原田石琦琪瑶瑤璐璇瑾瑜珊珂玮瑋环環球金银銀铁鐵钢鋼铭銘鑫钧鈞钊釗锦錦"
    "良善美佳嘉雅艺藝博学學哲思想奇希克勤卓越南北西蓉子一天心节節万萬里雨雷霖佩方圆圓可维維卫衛鸿鴻力岐邦政莱萊花列小"
)
"""Hanzi of given names. A surname and one of these may be a person whose name is set wide (高 峰, 文 明, 李 强)."""

_OPENING = "央视网消息（新闻联播）："
_RUN = regex.compile(f"[{HANZI}]{{2,}}")
_EDGE = "|"


def main(folder: Path) -> None:
    """Count the source in each script, keep the weaker strength where two of them share a pair, write the table."""
    text = _source(folder)
    pairs: dict[str, str] = {}
    words: set[str] = set()
    for script in (None, "s2t", "s2tw"):
        runs = _RUN.findall(opencc.OpenCC(script).convert(text) if script else text)
        for pair, strength in strengths(runs).items():
            pairs[pair] = _weaker(pairs.get(pair, strength), strength)
        words |= set(longer_words(runs, pairs))
    rows = sorted({pair[0] for pair in pairs} | {word[0] for word in words})
    lines = [f"{first}\t{_pairs_of(first, pairs)}\t{_words_of(first, words)}".rstrip() + "\n" for first in rows]
    target = Path(__file__).parent.parent / "corpus_tools/data/word_pairs.tsv"
    header = (
        "# Hanzi that stand inside one word: first hanzi, then each second hanzi with its strength, then longer words.\n"
        "# Strength: a letter, a = 2.5 bits of pointwise mutual information, half a bit a letter; a capital may close a gap.\n"
        "# Sorted by code point, NFC. Origin, licence and user: README.md beside this file.\n"
    )
    target.write_text(header + "".join(lines), encoding="utf-8", newline="\n")
    n_closing = sum(strength.isupper() for strength in pairs.values())
    print(f"{len(pairs)} pairs, {n_closing} of them close gaps, and {len(words)} longer words in {target}")


def _source(folder: Path) -> str:
    """Titles and paragraphs, each once: what is said again and again looks like one word."""
    lines = gzip.open(folder / "broadcast_news_2022_2025.jsonl.gz", "rb").read().splitlines()  # noqa: SIM115
    records = map(orjson.loads, lines)
    pieces = (piece for record in records for piece in (record["title"], *record["paragraphs"]))
    return unicodedata.normalize("NFC", "\n".join(dict.fromkeys(piece.removeprefix(_OPENING) for piece in pieces)))


def strengths(runs: Iterable[str]) -> dict[str, str]:
    """The letter of each pair that is kept."""
    runs = list(runs)
    counts = Counter(pair for run in runs for pair in _grams(run, 2))
    bits = _mutual_information(counts)
    peaks: Counter[str] = Counter()
    valleys: Counter[str] = Counter()
    for run in runs:
        values = [-9.0, *(bits.get(pair, -3.0) for pair in _grams(run, 2)), -9.0]
        for at in range(1, len(values) - 1):
            before, value, after = values[at - 1 : at + 2]
            if before > value < after:
                valleys[run[at - 1 : at + 1]] += 1
            elif before < value > after:
                peaks[run[at - 1 : at + 1]] += 1
    kept = {}
    for pair, count in counts.items():
        if count < FEWEST or bits[pair] < WEAKEST or valleys[pair] > MOST_VALLEYS * count:
            continue
        letter = STEPS[min(int((bits[pair] - WEAKEST) / BITS_A_STEP), len(STEPS) - 1)]
        closes = bits[pair] >= CLOSING_BITS and peaks[pair] >= CLOSING_PEAKS * count and not _is_doubtful(pair)
        if closes or not set(pair) & _PARTICLES:
            kept[pair] = letter.upper() if closes else letter
    return kept


def _is_doubtful(pair: str) -> bool:
    """Whether a gap in the pair may be meant: a name set wide, a title and a name, number and unit, two small words."""
    first, second = pair[0], pair[1]
    return (
        (first in SURNAMES and second in _GIVEN)
        or (first in _TITLE_ENDS and second in SURNAMES - _NO_SURNAMES_BEHIND_TITLES)
        or first in _COUNTED
        or (first in _GRAMMAR and second in _GRAMMAR)
        or second == "的"
    )


def _mutual_information(counts: Counter[str]) -> dict[str, float]:
    """Pointwise mutual information (bits) of the pairs that stand at least ten times."""
    firsts: Counter[str] = Counter()
    seconds: Counter[str] = Counter()
    for pair, count in counts.items():
        firsts[pair[0]] += count
        seconds[pair[1]] += count
    total = counts.total()
    return {
        pair: math.log2(count * total / (firsts[pair[0]] * seconds[pair[1]]))
        for pair, count in counts.items()
        if count >= 10
    }


def longer_words(runs: Iterable[str], pairs: dict[str, str]) -> Iterator[str]:
    """Words of three to five hanzi; no names of people."""
    runs = list(runs)
    counts: Counter[str] = Counter()
    for length in (1, 2, *WORD_LENGTHS):
        counts.update(gram for run in runs for gram in _grams(run, length))
    n_hanzi = sum(count for gram, count in counts.items() if len(gram) == 1)
    cohesive = {
        word for word, count in counts.items() if count >= 2 * FEWEST and _is_cohesive(word, counts, n_hanzi, pairs)
    }
    left: dict[str, Counter[str]] = {word: Counter() for word in cohesive}
    right: dict[str, Counter[str]] = {word: Counter() for word in cohesive}
    for run in runs:
        edged = f"{_EDGE}{run}{_EDGE}"
        for length in WORD_LENGTHS:
            for at in range(1, len(edged) - length):
                word = edged[at : at + length]
                if word in cohesive:
                    left[word][edged[at - 1]] += 1
                    right[word][edged[at + length]] += 1
    return (word for word in cohesive if min(_entropy(left[word]), _entropy(right[word])) >= WORD_ENTROPY)


def _is_cohesive(word: str, counts: Counter[str], n_hanzi: int, pairs: dict[str, str]) -> bool:
    if len(word) not in NEEDED or word[0] in _GRAMMAR | _UNITS or (word[-1] in _ENDINGS and word[-2:] not in pairs):
        return False
    if len(word) == min(NEEDED) and (word[0] in SURNAMES or word[0] in _RARE_SURNAMES):
        return False  # a person
    for cut in range(1, len(word)):
        left, right = counts[word[:cut]], counts[word[cut:]]
        if counts[word] / min(left, right) < NEEDED[len(word)]:
            return False
        if math.log2(counts[word] * n_hanzi / (left * right)) < WORD_BITS:
            return False
    return True


def _entropy(neighbours: Counter[str]) -> float:
    """Entropy (bits) of what stands beside a word; each mark or line end counts as another neighbour."""
    total = neighbours.total()
    edges = neighbours.pop(_EDGE, 0)
    hanzi = -sum(count / total * math.log2(count / total) for count in neighbours.values())
    return hanzi + edges / total * math.log2(total)


def _weaker(one: str, other: str) -> str:
    """The weaker of two strengths, which closes only where both do."""
    letter = min(one.lower(), other.lower())
    return letter.upper() if one.isupper() and other.isupper() else letter


def _grams(run: str, length: int) -> Iterator[str]:
    return (run[at : at + length] for at in range(len(run) - length + 1))


def _pairs_of(first: str, pairs: dict[str, str]) -> str:
    return "".join(f"{pair[1]}{pairs[pair]}" for pair in sorted(pairs) if pair[0] == first)


def _words_of(first: str, words: set[str]) -> str:
    return " ".join(sorted(word for word in words if word[0] == first))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else os.environ["CORPUS_TOOLS_DATA"]))
