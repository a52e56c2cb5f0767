"""Writes corpus_tools/data/hanzi_frequency.tsv: how often each character stands in news text, simplified and traditional.

Usage: scripts/build_hanzi_frequency.py [DATA_DIR] (default: CORPUS_TOOLS_DATA; see corpus_tools/data/README.md).
One source only, the broadcast items: the other one is what `scripts/eval encoding` reports its figures on.
Counts only; no passage of the text can be rebuilt from them.
"""

from __future__ import annotations

import gzip
import os
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import opencc
import orjson

FEWEST = 5
"""A character that stands fewer times in seven million says little, and might give a passage away."""

IN = 1_000_000


def main(folder: Path) -> None:
    """Count the source in both scripts, keep the higher of the two counts, and write the table sorted by code point."""
    lines = gzip.open(folder / "broadcast_news_2022_2025.jsonl.gz", "rb").read().splitlines()  # noqa: SIM115
    text = unicodedata.normalize("NFC", "\n".join("\n".join(orjson.loads(line)["paragraphs"]) for line in lines))
    table: Counter[str] = Counter()
    for script in (text, opencc.OpenCC("s2t").convert(text)):
        counts = Counter(character for character in script if character > "\x7f" and not character.isspace())
        total = sum(counts.values())
        for character, count in counts.items():
            if count >= FEWEST:
                table[character] = max(table[character], round(count * IN / total))
    target = Path(__file__).parent.parent / "corpus_tools/data/hanzi_frequency.tsv"
    header = (
        "# Characters of news text that are not ASCII: character, times in 1,000,000 of them (simplified or traditional, the higher).\n"
        "# Sorted by code point, NFC. Origin, licence and user: README.md beside this file.\n"
    )
    rows = [f"{character}\t{table[character]}\n" for character in sorted(table) if table[character]]
    target.write_text(header + "".join(rows), encoding="utf-8", newline="\n")
    print(f"{len(rows)} characters in {target}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else os.environ["CORPUS_TOOLS_DATA"]))
