"""No quadratic corner: pages of up to a million characters and more, each of a kind that some rule could choke on, in seconds.

The limits are some ten times what the pages take, so that they fail on squares and not on a busy machine.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from corpus_tools.blocks import decide, line_blocks
from corpus_tools.model import Move
from corpus_tools.options import Options
from corpus_tools.pipeline import clean_one
from corpus_tools.read.pages import page_from_text
from corpus_tools.stages.repair import repair_page

COMMON = (
    "的一是不了人我在有他这为之大来以个中上们到说国和地也子时道出而要于就下得可年生自会那后能对着事其里所"
    "去行过家十用发天如然作方成者多日都三小军二无同么经法当起与好看学进种将还分此心前面又定见只主没公从"
)
SECONDS = 60


def hanzi(length: int, seed: int) -> str:
    """Random common hanzi."""
    chosen = random.Random(seed)
    return "".join(chosen.choice(COMMON) for _ in range(length))


PAGES: dict[str, Callable[[], str]] = {
    "20,000 open ends": lambda: "\n\n".join(hanzi(45, seed) for seed in range(20_000)),
    "20,000 headings and paragraphs": lambda: "\n\n".join(
        hanzi((10, 12, 18, 50)[seed % 4], seed) + ("。" if seed % 4 == 3 else "") for seed in range(20_000)
    ),
    "20,000 lines in mid-sentence": lambda: "\n".join(
        f"{hanzi(12, seed)}，{hanzi(7, -seed)}" for seed in range(20_000)
    ),
    "20,000 identical lines": lambda: "市政府昨日召开会议，部署今冬供暖\n" * 20_000,
    "2,000 open quotes": lambda: "\n\n".join(f"“{hanzi(40, seed)}，" for seed in range(2_000)),
    "20,000 remarks in bold": lambda: "\n".join(f"**{hanzi(30, seed)}**{hanzi(20, seed)}。" for seed in range(20_000)),
    "20,000 captions and credits": lambda: "\n".join(
        f"{hanzi(50, seed)}。" if seed % 2 else "本报记者 王小明摄" for seed in range(20_000)
    ),
    "a loop": lambda: "要抓好落实，" * 160_000,
    "20,000 wrapped lines": lambda: "\n".join(
        hanzi(17, seed) + "，。"[seed % 7 == 0] * (seed % 5 == 0) for seed in range(20_000)
    ),
    "one line": lambda: hanzi(1_000_000, 1),
    "jump lines": lambda: "（下转第三版）" * 50_000,
    "opening quotes": lambda: "“" * 300_000,
    "nested brackets": lambda: "（" * 200_000 + "）" * 200_000,
    "spaces": lambda: " " * 1_000_000 + "报",
    "hyphens": lambda: "ab-\n" * 50_000,
    "names": lambda: "记者 王小明 " * 60_000,
    "one paragraph again and again": lambda: "\n\n".join(
        ["市政府昨日召开会议，部署今冬供暖和燃气安全工作，要求各区落实责任。"] * 10_000
    ),
}


@pytest.mark.parametrize("kind", PAGES)
def test_a_long_page_takes_seconds(kind: str) -> None:
    text = PAGES[kind]()
    begin = time.process_time()
    page = clean_one(page_from_text(text, "long", "long.txt"), Options())
    assert time.process_time() - begin < SECONDS
    assert page.articles


def test_5000_open_ends() -> None:
    text = "\n\n".join(f"{hanzi(30, seed)}，{hanzi(25, -seed)}" for seed in range(5_000))
    begin = time.process_time()
    page = repair_page(page_from_text(text, "long", "long.txt"), Options())
    assert time.process_time() - begin < SECONDS
    assert sum("end_missing" in block.flags for block in page.blocks) > 4_000


def test_20000_moves() -> None:
    page = page_from_text("\n".join(f"第{number}段" for number in range(20_001)), "long", "long.txt")
    page = replace(page, blocks=line_blocks(page))
    begin = time.process_time()
    moved = decide(page, "repair", "move", (Move(block, -1) for block in range(1, 20_001)))
    assert time.process_time() - begin < 5
    assert moved.blocks == (*reversed(page.blocks[1:]), page.blocks[0])


def test_moves_are_made_one_by_one() -> None:
    chosen = random.Random(4)
    page = page_from_text("\n".join(f"第{number}段" for number in range(9)), "page", "page.txt")
    page = replace(page, blocks=line_blocks(page))
    for _ in range(300):
        pairs = [(chosen.randrange(9), chosen.randrange(-1, 9)) for _ in range(chosen.randrange(12))]
        moves = [Move(block, after) for block, after in pairs if block != after]
        order = list(range(9))
        for move in moves:
            order.remove(move.block)
            order.insert(order.index(move.after) + 1 if move.after >= 0 else 0, move.block)
        moved = decide(page, "repair", "move", moves)
        assert moved.blocks == tuple(page.blocks[index] for index in order)
