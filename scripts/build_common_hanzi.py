"""Writes corpus_tools/data/common_hanzi.tsv: how often the commonest hanzi stand in news text, simplified and traditional.

Usage: scripts/build_common_hanzi.py DATA_DIR (the folder that holds the news text; see corpus_tools/data/README.md).
Counts only; no passage of the text can be rebuilt from them.
"""

from __future__ import annotations

import gzip
import sys
from collections import Counter
from pathlib import Path

import opencc
import orjson

from corpus_tools.characters import is_hanzi

KEPT = 1500
"""1,500 characters cover 95 % of news text; the rest is what a wrong decoding is made of."""


def main(folder: Path) -> None:
    """Count both sources, half the weight each, and write the table sorted by code point."""
    broadcast = gzip.open(folder / "broadcast_news_2022_2025.jsonl.gz", "rb").read()  # noqa: SIM115
    texts = [
        "".join("".join(orjson.loads(line)["paragraphs"]) for line in broadcast.splitlines()),
        gzip.open(folder / "peoples_daily_1998_01.txt.gz", "rb").read().decode("utf-8"),  # noqa: SIM115
    ]
    weight: Counter[str] = Counter()
    traditional = opencc.OpenCC("s2t")
    for text in texts:
        for script in (text, traditional.convert(text)):
            counts = Counter(character for character in script if is_hanzi(character))
            total = sum(counts.values())
            for character, count in counts.most_common(KEPT):
                weight[character] = max(weight[character], round(count * 100_000 / total))
    target = Path(__file__).parent.parent / "corpus_tools/data/common_hanzi.tsv"
    header = (
        "# Common hanzi of news text, simplified and traditional: character, times in 100,000 hanzi (the highest of the sources).\n"
        "# Sorted by code point, NFC. Origin, licence and user: README.md beside this file.\n"
    )
    lines = [f"{character}\t{weight[character]}\n" for character in sorted(weight) if weight[character] > 0]
    target.write_text(header + "".join(lines), encoding="utf-8", newline="\n")
    print(f"{len(lines)} characters in {target}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
