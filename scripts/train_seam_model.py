"""Builds corpus_tools/data/seam_model.bin: n-grams of characters with paragraph marks, counted over real news.

Usage: train_seam_model.py [--data DIR] [--leave-out NAME] [--part fit|train|all] [-o FILE]
       train_seam_model.py --words DICTIONARY [-o FILE]
DIR is the folder of the texts (default: CORPUS_TOOLS_DATA), NAME the source that the model must not see. `--part train` takes
the first 80 % of each source: the rest is what figures are reported on. `--part fit` leaves the last fifth of those as well to
scripts/fit_seam_weights, whose pages no n-gram may have seen. `--words` writes the lexicon, seam_words.marisa, from
a dictionary in the format of jieba's dict.txt (word, count, class).
The same text gives the same bytes. No n-gram that stands fewer than FEWEST times is kept: no passage can be rebuilt.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import re
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import marisa_trie
import opencc
from news_items import FILES, TRAINING_SHARE, SourceName

from corpus_tools.seam_model import LONGEST_WORD, MAGIC, PARAGRAPH, code_of

ORDER = 4
"""Characters of the longest n-gram."""

FEWEST = 5
"""Times that an n-gram must stand in the text to be kept."""

LEAST_TOLD = 8.0
"""Nats, over all places where it stands, that an n-gram of 3 or 4 must tell beyond the shorter ones. A tenth of the bytes fewer,
and no figure of the seams changes by more than 0.001."""

SHARES = {"fit": 0.63, "train": TRAINING_SHARE, "all": 1.0}
"""Of the items by date (broadcast), of the lines by position (People's Daily). The last fifth of the training part, counted in
clean articles as scripts/fit_seam_weights does, begins at .638 and .648."""

STEP = 0.08
"""Nats from one stored value to the next."""

OTHER_LINE = "§"
"""Stands round headlines, bylines and captions: they are text, but no paragraphs."""

SHORTEST_PARAGRAPH = 30
"""Characters of a line with an end mark that is surely a paragraph."""

UNSEEN_SYMBOLS = 6000
"""Characters among which the probability of those that the model lacks is shared out."""

FEWEST_IN_DICTIONARY = 5
"""Count that a word of the dictionary must have there: those below it are mostly names and accidents."""

_DATA = Path(__file__).parent.parent / "corpus_tools/data"
_STATION = re.compile(r"^央视网消息(?:（新闻联播）)?：")
_END_MARKS = "。！？”』）…：；"
_WIDTHS = (",;:?!()『』「」．％", "，；：？！（）“”“”.%")
_HANZI = [chr(point) for point in chain(range(0x3400, 0x4DC0), range(0x4E00, 0xA000))]


class Estimate(NamedTuple):
    """Natural logarithms by n-gram: of its last character's probability, and of what its context leaves to shorter ones."""

    logs: dict[str, float]
    backoffs: dict[str, float]
    unknown: float


def main() -> None:
    """Read the options and write one file."""
    options = argparse.ArgumentParser(description="Builds the seam model, or with --words its lexicon.")
    options.add_argument("--data", type=Path, default=os.environ.get("CORPUS_TOOLS_DATA") or None)
    options.add_argument("--leave-out", choices=list(FILES))
    options.add_argument("--part", choices=list(SHARES), default="all")
    options.add_argument("--words", type=Path, metavar="DICTIONARY")
    options.add_argument("-o", dest="output", type=Path)
    given = options.parse_args()
    if given.words:
        written = lexicon(given.words.read_text("utf-8").split("\n"))
        target = given.output or _DATA / "seam_words.marisa"
    else:
        if not given.data:
            raise SystemExit("train_seam_model: where is the text? Give --data DIR, or set CORPUS_TOOLS_DATA")
        names: list[SourceName] = [name for name in FILES if name != given.leave_out]
        if missing := [FILES[name] for name in names if not (given.data / FILES[name]).is_file()]:
            raise SystemExit(f"train_seam_model: {given.data} has no {' and no '.join(missing)}")
        written = model({name: list(lines_of(given.data, name, given.part)) for name in names})
        target = given.output or _DATA / "seam_model.bin"
    target.write_bytes(written)
    print(f"{len(written):,} bytes in {target}", file=sys.stderr)


def lines_of(folder: Path, name: SourceName, part: str = "all") -> Iterator[str]:
    """The paragraphs of a source, and the lines between them where it has such, in its order, as far as the part goes."""
    data = gzip.decompress((folder / FILES[name]).read_bytes()).decode("utf-8")
    if name == "broadcast":
        items = sorted(map(json.loads, filter(None, data.split("\n"))), key=lambda item: str(item["date"]))
        for item in items[: int(SHARES[part] * len(items))]:
            yield from (_STATION.sub("", paragraph.strip()) for paragraph in item["paragraphs"])
        return
    lines = data.split("\n")
    yield from lines[: int(SHARES[part] * len(lines))]


def fold_table() -> dict[str, str]:
    """What the model takes for the same: traditional hanzi for simplified ones, digits for 0, Latin letters for A."""
    converter = opencc.OpenCC("t2s")
    simplified = {hanzi: converter.convert(hanzi) for hanzi in _HANZI}
    table = {hanzi: other for hanzi, other in simplified.items() if other != hanzi and len(other) == 1}
    for start in ("0", "０"):
        table |= {chr(ord(start) + at): "0" for at in range(10)}
    for start in ("A", "a", "Ａ", "ａ"):
        table |= {chr(ord(start) + at): "A" for at in range(26)}
    table |= dict(zip(*_WIDTHS, strict=True))
    table |= dict.fromkeys((PARAGRAPH, OTHER_LINE), "＊")  # where they are printed they are no marks of ours
    return {folded: target for folded, target in table.items() if folded != target}


def model(sources: Mapping[str, Iterable[str]]) -> bytes:
    """The model file of some lines of text, the sources side by side: giving the smaller one more weight changes nothing."""
    fold = fold_table()
    counts = count(chain.from_iterable(sources.values()), fold)
    kept = {gram for gram, times in counts.items() if times >= FEWEST}
    return pack(estimate(counts, telling(counts, kept)), fold)


def count(lines: Iterable[str], fold: Mapping[str, str]) -> Counter[str]:
    """How often each run of 1 to ORDER characters stands in the lines; marks round a line are characters of it."""
    table = str.maketrans(dict(fold))
    counts: Counter[str] = Counter()
    for line in lines:
        text = line.strip().translate(table)
        if not text:
            continue
        mark = PARAGRAPH if len(text) >= SHORTEST_PARAGRAPH and text[-1] in _END_MARKS else OTHER_LINE
        text = mark + text + mark
        for length in range(1, ORDER + 1):
            counts.update(text[at : at + length] for at in range(len(text) - length + 1))
    return counts


def estimate(counts: Mapping[str, int], kept: Iterable[str]) -> Estimate:
    """Interpolated absolute discounting; what was pruned is left to shorter n-grams, so that each context sums to 1.

    Lower orders have plain counts, not those of Kneser and Ney: shorter n-grams stand in for pruned ones all the time.
    """
    by_length: list[list[str]] = [[] for _ in range(ORDER + 1)]
    for gram in sorted(kept):
        by_length[len(gram)].append(gram)
    total = sum(times for gram, times in counts.items() if len(gram) == 1)
    shares = {gram: (counts[gram] - 0.5) / total for gram in by_length[1]}
    left = (1 - sum(shares.values())) / UNSEEN_SYMBOLS
    unknown = math.log(left)
    found = Estimate({gram: math.log(share + left) for gram, share in shares.items()}, {}, unknown)
    for length in range(2, ORDER + 1):
        _add(found, counts, by_length[length], _discount(counts, length))
    return found


def telling(counts: Mapping[str, int], kept: set[str]) -> set[str]:
    """Those n-grams whose probability shorter ones do not tell anyway, and the contexts of those."""
    found = estimate(counts, kept)
    told = {gram for gram in kept if len(gram) <= 2}
    for length in range(ORDER, 2, -1):
        for gram in kept:
            if len(gram) == length:
                log = found.backoffs[gram[:-1]] + _shorter(found, gram)
                if gram in told or counts[gram] * abs(found.logs[gram] - log) >= LEAST_TOLD:
                    told |= {gram, gram[:-1]}
    return told


def _discount(counts: Mapping[str, int], length: int) -> float:
    """What is taken off counts of 3 and more. Source: Chen and Goodman (1999), equation 17."""
    times = Counter(found for gram, found in counts.items() if len(gram) == length and found <= 4)
    if not (times[1] and times[3]):
        return 0.75
    return min(max(3 - 4 * times[1] / (times[1] + 2 * times[2]) * times[4] / times[3], 0.1), 1.6)


def _add(found: Estimate, counts: Mapping[str, int], grams: Iterable[str], discount: float) -> None:
    """The n-grams of one length, when all shorter ones are there."""
    followed: dict[str, int] = defaultdict(int)
    grams = list(grams)
    length = len(grams[0]) if grams else 0
    for gram, times in counts.items():
        if len(gram) == length:
            followed[gram[:-1]] += times
    shares = {gram: (counts[gram] - discount) / followed[gram[:-1]] for gram in grams}
    given: dict[str, float] = defaultdict(float)
    for gram, share in shares.items():
        given[gram[:-1]] += share
    found.backoffs.update({context: math.log(1 - share) for context, share in given.items()})
    for gram, share in shares.items():
        shorter = _shorter(found, gram)
        found.logs[gram] = math.log(share + math.exp(found.backoffs[gram[:-1]] + shorter))


def _shorter(found: Estimate, gram: str) -> float:
    """log P(last character | those between the first and it)."""
    weight = 0.0
    for start in range(1, len(gram)):
        log = found.logs.get(gram[start:])
        if log is not None:
            return weight + log
        weight += found.backoffs.get(gram[start:-1], 0.0)
    return weight + found.unknown


def pack(found: Estimate, fold: Mapping[str, str]) -> bytes:
    """The bytes of a model file: see `corpus_tools.seam_model`."""
    symbols = sorted((gram for gram in found.logs if len(gram) == 1), key=lambda symbol: (-found.logs[symbol], symbol))
    codes = str.maketrans({symbol: code_of(rank) for rank, symbol in enumerate(symbols)})
    plain = {gram.translate(codes): gram for gram in found.logs}
    trie = marisa_trie.Trie(sorted(plain))
    in_order = [plain[trie.restore_key(number)] for number in range(len(trie))]
    steps = bytes(_step(found.logs[gram]) for gram in in_order)
    steps += bytes(_step(found.backoffs.get(gram, 0.0)) for gram in in_order)
    trie_bytes = trie.tobytes()
    header = {
        "order": ORDER,
        "step": STEP,
        "unknown": round(found.unknown, 4),
        "trie_bytes": len(trie_bytes),
        "symbols": "".join(symbols),
        "folded": "".join(sorted(fold)),
        "folds_to": "".join(fold[folded] for folded in sorted(fold)),
    }
    packed: bytes = MAGIC + json.dumps(header, ensure_ascii=False).encode() + b"\n" + trie_bytes
    return packed + zlib.compress(steps, 9)


def _step(log: float) -> int:
    """The stored value next to a logarithm; 255 stands for all that is less likely."""
    return min(round(-log / STEP), 255)


def lexicon(dictionary: Iterable[str]) -> bytes:
    """The trie of the dictionary's words of 2 to LONGEST_WORD hanzi, folded."""
    fold = str.maketrans(fold_table())
    hanzi = frozenset(_HANZI)
    words = set()
    for entry in dictionary:
        word, times, *_ = [*entry.split(" "), "0", "0"]
        if 2 <= len(word) <= LONGEST_WORD and int(times) >= FEWEST_IN_DICTIONARY and hanzi.issuperset(word):
            words.add(word.translate(fold))
    trie_bytes: bytes = marisa_trie.Trie(sorted(words)).tobytes()
    return trie_bytes


if __name__ == "__main__":
    main()
