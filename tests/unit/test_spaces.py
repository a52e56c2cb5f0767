"""Spaces between hanzi: what long pages cost, what a second pass finds, and the table that proves words."""

from __future__ import annotations

import random
import time
import unicodedata
from importlib.resources import files

import pytest

from corpus_tools.edits import apply_edits
from corpus_tools.names import SURNAMES
from corpus_tools.options import Options
from corpus_tools.stages.normalise.letterspacing import close_letterspacing
from corpus_tools.stages.normalise.stray_spaces import close_stray_spaces
from corpus_tools.stages.normalise.word_pairs import is_word, word_across

LENGTH = 1_000_000
SECONDS = 20
LARGEST_TABLE = 80_000

CORNERS = {
    "spaces": " " * LENGTH + "报",
    "spaces between two hanzi": "中" + " " * LENGTH + "国",
    "letterspaced": "中 国 " * (LENGTH // 4) + "。",
    "letterspaced, two spaces": "中  国  " * (LENGTH // 6),
    "letterspaced lines": "中 国\n" * (LENGTH // 4),
    "runs that end inside a word": "中 国 共 产 党人 " * (LENGTH // 11) + "。",
    "stray spaces": "会 议强调，" * (LENGTH // 6) + "。",
    "one stray space": "中国" * (LENGTH // 2) + " 国。",
    "names": "记者 王 伟 " * (LENGTH // 7) + "。",
    "Latin words": "word " * (LENGTH // 5) + "中 国。",
}

PARAGRAPH = (
    "近日，全市召开经济工作会议，总结今年的成绩，部署明年的重点任务。会议强调，要坚持以人民为中心的发展思想，"
    "推动产业转型升级，改善群众生活，保护生态环境。出席会议的有刘涛、高峰、王建国等，会议由文明主持。"
)


def closed(text: str) -> str:
    """`text` after both rules."""
    for rule in (close_letterspacing, close_stray_spaces):
        text = apply_edits(text, list(rule(text, Options())))
    return text


@pytest.mark.parametrize("kind", CORNERS)
def test_a_long_page_takes_seconds(kind: str) -> None:
    begin = time.process_time()
    closed(CORNERS[kind])
    assert time.process_time() - begin < SECONDS


@pytest.mark.parametrize("share", [0.05, 0.3, 0.7, 1.0])
@pytest.mark.parametrize("gap", [" ", "  "])
def test_a_second_pass_finds_nothing(share: float, gap: str) -> None:
    chance = random.Random(1998)
    for _ in range(100):
        text = "".join(letter + (gap if chance.random() < share else "") for letter in PARAGRAPH)
        once = closed(text)
        assert once.replace(" ", "") == PARAGRAPH
        assert closed(once) == once


def test_most_gaps_inside_words_are_closed_and_none_between_names() -> None:
    words = ("会议", "经济", "工作", "总结", "成绩", "任务", "强调", "坚持", "产业", "改善", "群众", "生活", "环境")
    found = sum(closed(PARAGRAPH.replace(word, f"{word[0]} {word[1]}", 1)) == PARAGRAPH for word in words)
    assert found >= len(words) * 0.7
    for name in ("刘涛", "高峰", "文明"):
        text = PARAGRAPH.replace(name, f"{name[0]} {name[1]}")
        assert closed(text) == text


def test_every_edit_names_a_word_and_a_score() -> None:
    edits = [
        *close_stray_spaces("会 议强调，要推动经济社 会发展。", Options()),
        *close_letterspacing("公  告", Options()),
    ]
    assert [(edit.before, edit.after, edit.reason) for edit in edits] == [
        (" ", "", "inside 会议"),
        (" ", "", "inside 社会"),
        ("  ", "", "letterspaced 公告"),
    ]
    assert all(0 < edit.score <= 1 for edit in edits)


def test_no_hanzi_on_a_side_is_no_word() -> None:
    assert word_across("", "会议") is None
    assert word_across("会", "") is None
    assert word_across("5", "月") is None


def test_the_table_is_sorted_composed_and_small() -> None:
    table = files("corpus_tools.data").joinpath("word_pairs.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in table.split("\n") if line and not line.startswith("#")]
    assert table == unicodedata.normalize("NFC", table)
    assert [row[0] for row in rows] == sorted({row[0] for row in rows})
    assert len(table.encode()) <= LARGEST_TABLE


@pytest.mark.parametrize("given", ["伟", "強", "峰", "明", "立", "敏"])
def test_no_surname_and_given_name_is_a_word(given: str) -> None:
    assert not any(is_word(surname + given) for surname in SURNAMES)
