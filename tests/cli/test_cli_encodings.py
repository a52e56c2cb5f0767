"""What the commands say of encodings: bytes kept, nothing read, other languages, archives, names in capitals."""

from __future__ import annotations

import gzip
from pathlib import Path

import orjson
import pytest
from command_line import ok, run

PAGE = "河阳日报\n　　本报讯（记者 郝雨）昨日，市政府召开会议，部署今冬供暖工作。会议要求，确保11月1日按时供暖。\n"
JAPANESE = "東京都は昨日、新しい計画を発表した。これにより、市民の生活がさらに便利になると期待されている。\n"


@pytest.mark.parametrize(("to", "where"), [("text", "page records"), ("pages", "the ledger")])
def test_bytes_that_are_kept_are_counted(to: str, where: str) -> None:
    data = PAGE.encode("gbk") * 3 + b"\xff\n" + PAGE.encode("gbk") + b"\xff\n"
    outcome = ok(run("normalise", "--on-undecodable", "keep", "--to", to, stdin=data))
    assert len(outcome.messages) == 1
    assert outcome.messages[0].startswith("corpus-tools: 2 bytes do not decode and are U+FFFD now")
    assert where in outcome.messages[0]
    pages = ok(run("normalise", "-q", "--on-undecodable", "keep", "--to", "pages", stdin=data)).out
    assert not ok(run("repair", "--on-undecodable", "keep", stdin=pages)).messages, "said once, by what decoded it"
    assert not ok(run("normalise", "-q", "--on-undecodable", "keep", stdin=data)).messages


@pytest.mark.parametrize("command", ["normalise", "clean"])
def test_nothing_read_leaves_the_last_output(command: str, tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_text("the last good one\n", "utf-8")
    outcome = run(command, str(tmp_path / "mistyped.txt"), "-o", str(target))
    assert outcome.code == 1
    assert target.read_text("utf-8") == "the last good one\n"
    assert "nothing was written here" in outcome.messages[-1]
    new = tmp_path / "new.txt"
    assert run(command, str(tmp_path / "mistyped.txt"), "-o", str(new)).code == 1
    assert not new.exists()


def test_a_part_in_another_language_is_refused_with_its_place() -> None:
    chinese = PAGE.encode("gbk") * 4
    outcome = run("normalise", stdin=chinese + JAPANESE.encode("shift_jis") * 3)
    assert (outcome.code, outcome.out) == (1, b"")
    assert f"byte {len(chinese)}" in outcome.messages[0]
    assert "shift_jis" in outcome.messages[0]


def test_an_archive_on_standard_input_says_what_to_do() -> None:
    outcome = run("normalise", stdin=gzip.compress(PAGE.encode()))
    assert outcome.code == 1
    assert "unpack it first" in outcome.messages[0]


def test_names_in_capitals_are_taken(tmp_path: Path) -> None:
    (tmp_path / "A.TXT").write_bytes(PAGE.encode("gbk"))
    (tmp_path / "b.txt.GZ").write_bytes(gzip.compress(PAGE.encode("big5", "ignore")))
    found = [orjson.loads(line) for line in ok(run("normalise", str(tmp_path))).out.splitlines()]
    assert [page["id"] for page in found] == ["A", "b"]


@pytest.mark.parametrize(
    "repeated",
    [
        "据了解......今年全市水稻种植面积达四十二万亩......预计总产量比去年增长。\n",
        "据了解，cafe\u0301 今年全市种植面积达四十二万亩，总产量比去年增长。\n",
    ],
    ids=["dots that become fewer", "a letter and its mark"],
)
def test_what_became_fewer_and_was_removed_is_not_missed(repeated: str, tmp_path: Path) -> None:
    text = PAGE + "\n" + repeated + "\n" + PAGE.replace("昨日", "今日") + "\n" + repeated
    ledger = tmp_path / "ledger.jsonl"
    articles = tmp_path / "articles.jsonl"
    ok(run("clean", "-o", str(articles), "--ledger", str(ledger), stdin=text.encode()))
    assert any(revision["rule"] == "remove_repeated_paragraphs" for revision in _history(ledger))
    ok(run("verify", str(articles), "--ledger", str(ledger)))


def _history(ledger: Path) -> list[dict[str, str]]:
    (page,) = (orjson.loads(line) for line in ledger.read_bytes().splitlines())
    return list(page["history"])
