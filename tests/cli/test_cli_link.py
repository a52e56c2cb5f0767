"""`link`: halves of articles inside an issue, over an invented issue of two pages. What is ambiguous is left alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from command_line import Call, Outcome, ok, run, run_all
from prepared import read_jsonl, records_in, write_files

from corpus_tools.records import Json, dump

FRONT = """\
北山村茶农办起合作社

本报讯（记者 陆 晴）清明前后，北山村的茶园里一片忙碌。村里一百二十户茶农去年联合办起茶叶合作社，统一采摘、统一炒制、\
统一销售，春茶还没有下树，订单已经排到了五月。合作社社长韩师傅说，过去各家各户自己炒茶，品质不一，价格总是上不去，\
如今合作社请来制茶师傅，把炒茶的火候、时间都定成标准，茶农收入比前年增加了

（下转第3版）

城东道路修缮提前完工

本报讯 3月5日，城东片区道路修缮工程提前二十天完工，八条街道的路面焕然一新，路灯全部更换。
"""

INSIDE = """\
北山村茶农办起合作社

（上接第1版）三成。茶叶合作社还在村口建了炒制车间，茶农把采摘的鲜叶送来，当天炒制，当天装箱。韩师傅算了一笔账：\
一斤春茶，合作社统一销售比自己卖多赚四十元。

乡村剧团巡演受欢迎

本报讯 由农民组成的乡村剧团近日在各村巡回演出，十天走了二十个村庄，观众超过一万人次。
"""

TWIN = """\
北山村茶农办起合作社

（上接第1版）三成。茶叶合作社又在山下建了炒制车间，茶农把采摘的鲜叶送来，当天炒制，当天装箱。韩师傅算了一笔账：\
一斤春茶，合作社统一销售比自己卖多赚五十元。
"""

ISSUE = ("--meta", "newspaper=青河晚报", "--meta", "date=2031-04-06")


@dataclass(frozen=True)
class Issue:
    """The article records of the issue's pages, and the page records they were made from."""

    articles: Path
    ledger: Path


def _pages(folder: Path, texts: dict[str, str], *meta: str) -> Issue:
    """The pages, cleaned one by one with their page number (`p3` is 3) and `meta`; the issue's records together."""
    write_files(folder, {f"{name}.txt": text.encode() for name, text in texts.items()})
    calls = {}
    for name in texts:
        number = ("--meta", f"page_number={name[1]}") if meta else ()
        ledger = ("--ledger", folder / f"{name}.ledger")
        calls[name] = Call(("clean", folder / f"{name}.txt", *meta, *number, *ledger))
    outcomes = run_all(calls)
    issue = Issue(folder / "articles.jsonl", folder / "ledger.jsonl")
    issue.articles.write_bytes(b"".join(ok(outcomes[name]).out for name in texts))
    issue.ledger.write_bytes(b"".join((folder / f"{name}.ledger").read_bytes() for name in texts))
    return issue


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Issue:
    """Page 1 with a half that goes on on page 3, and page 3."""
    return _pages(tmp_path_factory.mktemp("issue"), {"p1": FRONT, "p3": INSIDE}, *ISSUE)


@pytest.fixture(scope="module")
def linked(issue: Issue) -> Outcome:
    """`link` over the issue."""
    return ok(run("link", issue.articles, "--verbose"))


@pytest.fixture(scope="module")
def merged(issue: Issue) -> Outcome:
    """`link --merge` over the issue."""
    return ok(run("link", "--merge", stdin=issue.articles.read_bytes()))


def test_link_names_the_other_half(issue: Issue, linked: Outcome) -> None:
    """And changes nothing else."""
    before, after = records_in(issue.articles.read_bytes()), records_in(linked.out)
    links = {record["id"]: (record.pop("continues"), record.pop("continued_by")) for record in after}
    assert links == {"p1/1": (None, "p3/1"), "p1/2": (None, None), "p3/1": ("p1/1", None), "p3/2": (None, None)}
    for record in before:
        del record["continues"], record["continued_by"]
    assert after == before
    evidence, counts = linked.messages
    assert evidence.startswith("corpus-tools: p1/1: goes on in p3/1 (")
    assert "下转 names its page" in evidence
    assert counts == "corpus-tools: 4 records, 1 continuations found"


def test_merge_joins_the_sentence(issue: Issue, merged: Outcome) -> None:
    """One record for both halves, its blocks where they stand; the headline that the jump repeats is not said twice."""
    one, road, theatre = records_in(merged.out)
    assert (one["id"], road["id"], theatre["id"]) == ("p1/1", "p1/2", "p3/2")
    assert [part["page_id"] for part in one["parts"]] == ["p1", "p3"]
    assert [block["role"] for block in one["parts"][1]["blocks"]] == ["headline", "jump", "body"]
    assert "茶农收入比前年增加了三成。茶叶合作社还在村口" in one["text"]
    assert one["text"].count(one["headline"]) == 1
    assert (one["jump_to"], one["continued_by"]) == (None, None)
    assert not {"start_missing", "end_missing"} & set(one["flags"])
    assert all(record["parts"] is None for record in (road, theatre))


def test_the_report_has_every_half(issue: Issue, tmp_path: Path) -> None:
    outcome = ok(run("link", issue.articles, "--report", tmp_path / "report.jsonl"))
    assert outcome.err == ""
    on, back = read_jsonl(tmp_path / "report.jsonl")
    assert (on["article_id"], on["way"], on["jump"], on["partner"]) == ("p1/1", "to", "3", "p3/1")
    assert (back["article_id"], back["way"], back["jump"], back["partner"]) == ("p3/1", "from", "1", "p1/1")
    assert [candidate["article_id"] for candidate in on["candidates"]] == ["p3/1"]
    assert on["candidates"][0]["score"] > 0.9
    assert "the same title" in on["candidates"][0]["reasons"]


def test_verify_passes_on_linked_and_merged_records(issue: Issue, linked: Outcome, merged: Outcome) -> None:
    outcomes = run_all(
        {
            name: Call(("verify", "--ledger", issue.ledger), stdin=each.out)
            for name, each in {"linked": linked, "merged": merged}.items()
        }
    )
    assert "2 pages and 4 article records: nothing lost" in ok(outcomes["linked"]).err
    assert "2 pages and 3 article records: nothing lost" in ok(outcomes["merged"]).err


def _text(record: Json) -> None:
    record["text"] = record["text"][:50] + record["text"][51:]


def _headline(record: Json) -> None:
    record["headline"] = "别的"


def _blocks(record: Json) -> None:
    record["blocks"].pop()


def _part_text(record: Json) -> None:
    record["parts"][1]["blocks"][2]["text"] = "三成。"


def _part(record: Json) -> None:
    record["parts"].pop()


def _id(record: Json) -> None:
    record["id"] += "7"


CHANGES = {
    "the text of a block": _part_text,
    "a part left out": _part,
    "a character of the text": _text,
    "a field": _headline,
    "a block left out": _blocks,
    "the id": _id,
}


@pytest.fixture(scope="module")
def tampered(issue: Issue, merged: Outcome, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """How `verify` ends on an issue for each change, its pages `0p1` and `0p3`, `1p1` and `1p3` …, all in one file."""
    folder = tmp_path_factory.mktemp("tampered")
    records, pages = b"", b""
    for number, change in enumerate(CHANGES.values()):
        changed = records_in(_renumbered(merged.out, number))
        change(changed[0])
        records += b"".join(map(dump, changed))
        pages += _renumbered(issue.ledger.read_bytes(), number)
    (folder / "ledger.jsonl").write_bytes(pages)
    return run("verify", "--ledger", folder / "ledger.jsonl", stdin=records)


def _renumbered(lines: bytes, number: int) -> bytes:
    return lines.replace(b'"p1', f'"{number}p1'.encode()).replace(b'"p3', f'"{number}p3'.encode())


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_merged_record_is_found(name: str, tampered: Outcome) -> None:
    number = list(CHANGES).index(name)
    assert tampered.code == 1
    assert any(re.match(rf"{number}p[13]\b".encode(), line) for line in tampered.lines), tampered.lines


def test_clean_links_too(issue: Issue, linked: Outcome, merged: Outcome) -> None:
    """Over one folder the pages have no number of their own; the halves still find each other."""
    folder = issue.articles.parent
    outcomes = run_all({option: Call(("clean", folder, *ISSUE, option)) for option in ("--link", "--merge")})
    links = [
        (record["id"], record["continues"], record["continued_by"]) for record in records_in(outcomes["--link"].out)
    ]
    assert links == [("p1/1", None, "p3/1"), ("p1/2", None, None), ("p3/1", "p1/1", None), ("p3/2", None, None)]
    texts = [record["text"] for record in records_in(outcomes["--merge"].out)]
    assert texts == [record["text"] for record in records_in(merged.out)]


def test_pages_that_say_no_issue_stay_single(tmp_path: Path) -> None:
    pages = _pages(tmp_path, {"p1": FRONT, "p3": INSIDE})
    outcome = ok(run("link", "--merge", pages.articles))
    assert outcome.out == pages.articles.read_bytes()
    assert outcome.err == ""


def test_ambiguous_halves_are_named_and_left_alone(tmp_path: Path) -> None:
    pages = _pages(tmp_path, {"p1": FRONT, "p3": INSIDE, "q3": TWIN}, *ISSUE)
    outcome = ok(run("link", "--merge", "--quiet", pages.articles))
    assert outcome.out == pages.articles.read_bytes()
    message = outcome.messages[0]
    assert len(outcome.messages) == 1  # and not again for either half on page 3
    assert message.startswith("corpus-tools: p1/1: not linked; candidates: ")
    assert "p3/1 (0." in message
    assert "q3/1 (0." in message
