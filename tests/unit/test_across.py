"""`dedupe_across`: clusters, which copy is kept, what is dropped, repeated paragraphs, and what is left alone."""

from __future__ import annotations

import itertools
import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from across_texts import BRIDGE, ORCHARD, WEATHER, WEATHER_NEXT, article, misread

from corpus_tools import Article, Block, Part, Span, UsageError, dedupe_across, read_articles, verify
from corpus_tools.across.corpus import AcrossOptions, Corpus, Finding
from corpus_tools.across.entries import Entry, Paragraph, entry_of_record, flagged, unflagged
from corpus_tools.errors import OutputError, RecordError
from corpus_tools.formats import RECORDS
from corpus_tools.model import PageMeta
from corpus_tools.pipeline import clean
from corpus_tools.read.inputs import read_pages
from corpus_tools.records import article_from, article_line, article_record, load
from corpus_tools.script import convert
from corpus_tools.stages.link import link

SEEDS = Path(__file__).parents[2] / "seeds"


def found_in(articles: Iterable[Article], **choices: Any) -> dict[str, Finding]:
    """What was found, by the records' ids."""
    found: dict[str, Finding] = {}
    for _ in dedupe_across(articles, on_found=lambda each, finding: found.update({each.id: finding}), **choices):
        pass
    return found


def clusters(articles: Iterable[Article], **choices: Any) -> dict[str, str | None]:
    """The cluster of every record that comes out."""
    return {each.id: each.cluster for each in dedupe_across(articles, **choices)}


def flagged_blocks(articles: Iterable[Article]) -> dict[str, list[int]]:
    """The numbers of the blocks that are flagged, by the records' ids."""
    return {
        each.id: [number for number, block in enumerate(each.blocks) if "repeated" in block.flags]
        for each in dedupe_across(articles)
    }


ORIGINAL = article("a/1", BRIDGE)
OTHER = article("b/1", ORCHARD)


# --- clusters ---


def test_nothing_gives_nothing() -> None:
    assert list(dedupe_across([])) == []
    assert list(dedupe_across([ORIGINAL, OTHER])) == [ORIGINAL, OTHER]


COPIES = {
    "equal": (BRIDGE, "equal"),
    "other marks and spaces": ([text.replace("，", ", ").replace("。", " .") for text in BRIDGE], "equal"),
    "traditional": ([convert(text, "s2t") for text in BRIDGE], "equal"),
    "other paragraphs": (["".join(BRIDGE)], "equal"),
    "another lead": ([f"本报讯（记者 郝雨）{BRIDGE[0]}", *BRIDGE[1:]], "equal"),
    "with its reporters": ([("byline", "本报记者 郝雨"), *BRIDGE, ("credit", "周舟 摄")], "equal"),
    "misread": ([misread(text) for text in BRIDGE], "near"),
    "cut": (BRIDGE[1:2], "near"),
}


@pytest.mark.parametrize(("paragraphs", "relation"), COPIES.values(), ids=COPIES)
def test_copies_stand_in_the_cluster_of_the_kept_record(paragraphs: Sequence[Any], relation: str) -> None:
    copy = article("c/1", paragraphs, headline="另一个标题")
    given = [ORIGINAL, OTHER, copy]
    assert clusters(given) == {"a/1": "a/1", "b/1": None, "c/1": "a/1"}
    found = found_in(given)
    assert (found["a/1"].relation, found["c/1"].relation) == ("kept", relation)
    assert 0 < found["c/1"].jaccard <= 1
    assert 0 < found["c/1"].containment <= 1


def test_thresholds_decide() -> None:
    copy = article("c/1", [misread(text) for text in BRIDGE])
    assert clusters([ORIGINAL, copy])["c/1"] == "a/1"
    assert clusters([ORIGINAL, copy], jaccard=0.9, containment=0.95) == {"a/1": None, "c/1": None}
    short = article("c/1", BRIDGE[1:2])
    assert found_in([ORIGINAL, short], jaccard=0.5, containment=1.0)["c/1"].relation == "contained"
    assert clusters([article("a/1", [*BRIDGE, *ORCHARD, WEATHER]), short])["c/1"] is None  # a passage, not a copy


def test_templates_are_not_copies() -> None:
    days = [article(f"w/{day}", [WEATHER.replace("26", str(10 + day))]) for day in range(1, 9)]
    assert set(clusters([*days, article("w/9", [WEATHER_NEXT])]).values()) == {None}


def test_a_brief_in_two_reports_does_not_bring_them_together() -> None:
    brief = article("x/1", BRIDGE[1:2])
    first = article("a/1", BRIDGE)
    second = article("b/1", [BRIDGE[1], *ORCHARD])
    found = clusters([first, second, brief])
    assert found["x/1"] in ("a/1", "b/1")
    assert found["a/1"] != found["b/1"]


def test_two_misread_copies_meet_in_what_was_printed() -> None:
    """Each is like the original, not like the other one; whichever of the three is kept."""

    def worse(seed: int) -> list[str]:
        rng = random.Random(seed)
        return [
            "".join(rng.choice("的一是在不了有和人这") if rng.random() < 0.14 else c for c in text) for text in BRIDGE
        ]

    for dates in itertools.permutations(("2024-01-01", "2024-01-02", "2024-01-03")):
        texts = (BRIDGE, worse(0), worse(1))
        printed, *copies = (article(f"{n}/1", text, date=dates[n]) for n, text in enumerate(texts))
        assert set(clusters(copies).values()) == {None}
        assert len(set(clusters([printed, *copies]).values())) == 1


# --- which copy is kept ---


def kept(*articles: Article) -> str:
    """The record that is kept of some that say the same, whatever their order."""
    found = {tuple(sorted(set(clusters(each).values()), key=str)) for each in itertools.permutations(articles)}
    assert len(found) == 1
    ((cluster,),) = found
    assert cluster is not None
    return cluster


def test_the_longest_is_kept_then_the_least_damaged_then_the_earliest_then_the_first_page_then_the_id() -> None:
    cut = article("a/1", BRIDGE[1:], date="1990-01-01")
    damaged = article("b/1", BRIDGE, date="1990-01-01", flags=("end_missing",))
    undated = article("c/1", BRIDGE)
    later = article("d/1", BRIDGE, date="2024-01-03", page_number="1")
    page_ten = article("e/1", BRIDGE, date="2024-01-02", page_number="10")
    page_two = article("f/2", BRIDGE, date="2024-01-02", page_number="2", newspaper="乙报")
    same_page = article("f/1", BRIDGE, date="2024-01-02", page_number="2", newspaper="甲报")
    assert kept(cut, damaged) == "b/1"
    assert kept(damaged, undated) == "c/1"
    assert kept(undated, later) == "d/1"
    assert kept(later, page_ten) == "e/1"
    assert kept(page_ten, page_two) == "f/2"
    assert kept(page_two, same_page) == "f/2"  # 乙 has the smaller code point
    assert kept(undated, article("a/9", BRIDGE)) == "a/9"


def test_an_orphan_goes_before_the_article() -> None:
    orphan = replace(article("a/1", BRIDGE), kind="orphan", flags=())
    assert kept(orphan, article("z/1", BRIDGE)) == "z/1"


# --- dropping ---


def test_what_is_dropped_is_handed_over_and_the_rest_stays() -> None:
    given = [ORIGINAL, OTHER, article("c/1", BRIDGE[:2]), article("d/1", [misread(text) for text in BRIDGE])]
    found: list[tuple[str, bool]] = []
    out = dedupe_across(given, action="drop", on_found=lambda each, finding: found.append((each.id, finding.dropped)))
    assert [each.id for each in out] == ["a/1", "b/1"]
    assert found == [("a/1", False), ("c/1", True), ("d/1", True)]


def test_reprints_of_other_newspapers_are_kept_unless_asked_for() -> None:
    given = [
        article(f"{name}/{day}", BRIDGE, newspaper=name, date=f"2024-01-0{day}")
        for name in ("甲报", "乙报")
        for day in (1, 2)
    ]
    assert [each.id for each in dedupe_across(given, action="drop")] == ["甲报/1", "乙报/1"]
    assert [each.id for each in dedupe_across(given, action="drop", reprints="drop")] == ["乙报/1"]
    assert len(list(dedupe_across(given))) == 4
    assert set(clusters(given, action="drop").values()) == {"乙报/1"}


# --- paragraphs ---


def test_a_paragraph_that_stands_in_another_record_is_told_with_its_place() -> None:
    quoting = article("c/1", [ORCHARD[0] + "记者在山上看到的还不止这些。", *(text * 2 for text in ORCHARD), BRIDGE[1]])
    given = [ORIGINAL, quoting]
    found = found_in(given)
    assert set(found) == {"a/1"}
    (repeat,) = found["a/1"].repeats  # the other record is longer, and so has it first
    assert (repeat.block, repeat.of_id, repeat.of_block, repeat.relation) == (2, "c/1", 4, "equal")
    assert found["a/1"].cluster is None
    assert flagged_blocks(given) == {"a/1": [2], "c/1": []}


def test_a_misread_paragraph_is_told_too() -> None:
    quoting = article("c/1", [*(text * 3 for text in ORCHARD), misread(BRIDGE[1])])
    (repeat,) = found_in([ORIGINAL, quoting])["a/1"].repeats
    assert repeat.relation == "near"
    assert 0.3 <= repeat.jaccard < 1


LEFT_ALONE = {
    "a heading": ("headline", BRIDGE[0]),
    "a crosshead": ("crosshead", BRIDGE[0]),
    "a byline": ("byline", BRIDGE[0]),
    "a jump": ("jump", "（下转第三版）"),
    "a notice": ("notice", BRIDGE[0]),
    "an advert": ("advert", BRIDGE[0]),
    "a notice in a body": (
        "body",
        "遗失声明 梁谷遗失身份证，号码不详，自登报之日起声明作废，拾到者请与派出所联系，谢谢合作。",
    ),
    "a short paragraph": ("body", "大桥通车以后，进城只需十分钟。"),
    "a jump line in a body": ("body", BRIDGE[0] + "（下转第三版）"),
}


@pytest.mark.parametrize("block", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_what_is_protected_is_never_flagged(block: Any) -> None:
    first = article("a/1", [block, *(text * 2 for text in ORCHARD)])
    second = article("b/1", [WEATHER * 2, block])
    assert flagged_blocks([first, second]) == {"a/1": [], "b/1": []}
    assert set(clusters([article("a/1", [block]), article("b/1", [block])]).values()) == {
        "a/1" if block[0] == "body" and "版" in block[1] else None
    }


def test_what_stands_twice_in_one_record_is_not_the_corpus_to_tell() -> None:
    assert flagged_blocks([article("a/1", [BRIDGE[0], *ORCHARD, BRIDGE[0]])]) == {"a/1": []}


# --- again, in another order, with others ---


def test_a_second_run_changes_nothing() -> None:
    given = [ORIGINAL, OTHER, article("c/1", [misread(text) for text in BRIDGE]), article("d/1", [*ORCHARD, BRIDGE[1]])]
    once = list(dedupe_across(given))
    assert once != given
    assert list(dedupe_across(once)) == once


def test_records_of_an_earlier_run_lose_what_is_no_longer_so() -> None:
    once = list(dedupe_across([ORIGINAL, article("c/1", BRIDGE)]))
    assert list(dedupe_across(once[1:])) == [article("c/1", BRIDGE)]


def test_the_order_of_the_input_and_strangers_make_no_difference() -> None:
    given = [
        ORIGINAL,
        article("c/1", [misread(text) for text in BRIDGE], date="2024-01-01"),
        article("d/1", BRIDGE[1:]),
        article("e/1", ORCHARD, newspaper="甲报"),
        article("f/1", [*ORCHARD, BRIDGE[1]], newspaper="乙报"),
    ]
    expected = clusters(given)
    strangers = [article(f"s/{n}", [WEATHER.replace("26", str(n))]) for n in range(20, 30)]
    for order in itertools.islice(itertools.permutations(given), 0, 120, 17):
        assert clusters(order) == expected
        mixed = clusters([*strangers[:5], *order, *strangers[5:]])
        assert {key: mixed[key] for key in expected} == expected


# --- merged, foreign, damaged records ---


def test_paragraphs_of_merged_records_are_flagged_in_their_part() -> None:
    def block(start: int, text: str) -> Block:
        return Block("body", (Span(start, start + len(text)),), text)

    parts = (Part("p", (block(0, ORCHARD[0]),)), Part("q", (block(0, ORCHARD[1]), block(100, BRIDGE[1]))))
    merged = replace(article("p/1", ORCHARD), blocks=parts[0].blocks, parts=parts)
    longer = article("z/1", [*BRIDGE, *(text[::-1] for text in BRIDGE)])
    out = {each.id: each for each in dedupe_across([merged, longer])}
    assert out["p/1"].parts is not None
    flags = [[block.flags for block in part.blocks] for part in out["p/1"].parts]
    assert flags == [[()], [(), ("repeated",)]]
    assert unflagged(out["p/1"]) == merged
    assert flagged(merged, None, frozenset({0})).blocks[0].flags == ("repeated",)


def test_foreign_records_take_part_by_their_lines() -> None:
    text = "望河大桥合龙\n\n" + "\n".join(BRIDGE) + "\n（下转第三版）\n"
    entry = entry_of_record({"id": 7, "text": text, "meta": {"newspaper": "甲报", "date": "2024-01-02"}})
    assert (entry.id, entry.article) == (7, None)
    assert entry.meta == PageMeta(newspaper="甲报", date="2024-01-02")
    assert [each.block for each in entry.paragraphs] == [2, 3, 4]
    with Corpus(AcrossOptions()) as corpus:
        corpus.add(entry)
        corpus.add(Entry("a/1", PageMeta(), 0, tuple(Paragraph(n, text, True) for n, text in enumerate(BRIDGE))))
        assert [finding.cluster for finding in corpus.findings()] == [7, 7]


def test_printed_lines_of_a_foreign_record_are_one_text() -> None:
    text = "\n".join(BRIDGE[0][at : at + 14] for at in range(0, len(BRIDGE[0]), 14))
    (paragraph,) = entry_of_record({"id": "a", "text": text}).paragraphs
    assert paragraph.text == BRIDGE[0]
    assert not paragraph.is_told


def test_a_page_record_is_refused_with_what_to_do() -> None:
    with pytest.raises(RecordError, match=r"a page record where article records are needed.*corpus-tools split"):
        entry_of_record({"schema": "corpus-tools/page@1", "id": "p"})


def test_furniture_takes_no_part() -> None:
    furniture = replace(article("a/furniture", BRIDGE), kind="furniture", text="")
    assert set(clusters([furniture, ORIGINAL]).values()) == {None}


# --- usage ---


def test_an_id_that_is_there_twice_is_an_error() -> None:
    with pytest.raises(RecordError, match="the id of record 3 was already given by record 1"):
        list(dedupe_across([ORIGINAL, OTHER, ORIGINAL]))


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"action": "remove"}, "no action is named 'remove'"),
        ({"reprints": "some"}, "no treatment of reprints"),
        ({"jaccard": 0}, "the jaccard threshold 0 is no share"),
        ({"containment": 1.5}, "the containment threshold 1.5 is no share"),
        ({"memory": "plenty"}, "--memory 'plenty'"),
    ],
)
def test_choices_that_do_not_exist(choices: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        list(dedupe_across([], **choices))


def test_without_duckdb_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(UsageError, match=r"needs DuckDB .*pip install 'corpus-tools\[across\]'"):
        list(dedupe_across([ORIGINAL]))


def test_too_little_memory_is_an_error_with_advice() -> None:
    rng = random.Random(1)
    many = (article(f"a/{n}", ["".join(chr(rng.randint(0x4E00, 0x9000)) for _ in range(60))]) for n in range(400))
    with pytest.raises(OutputError, match=r"tables of the comparison.*--memory"):
        list(dedupe_across(many, memory="1KB"))


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    list(dedupe_across([ORIGINAL, OTHER]))
    with pytest.raises(RecordError):
        list(dedupe_across([ORIGINAL, ORIGINAL]))
    started = dedupe_across([ORIGINAL, OTHER])
    next(started)
    assert list(tmp_path.iterdir())
    started.close()  # type: ignore[attr-defined]
    assert not list(tmp_path.iterdir())


# --- what the others make of it ---


@pytest.fixture(scope="module")
def seeds() -> tuple[list[Any], list[Article]]:
    """The seed pages, and their records with every second one told to be a copy of another corpus."""
    pages = list(clean(read_pages(SEEDS)))
    articles = [each for page in pages for each in page.articles if each.kind != "furniture"]
    others = [replace(each, id=f"0{each.id}", page_id=f"0{each.page_id}") for each in articles]
    ids = {each.id for each in articles}
    return pages, [each for each in dedupe_across([*others, *articles]) if each.id in ids]


def test_the_ledger_still_proves_flagged_records(seeds: tuple[list[Any], list[Article]]) -> None:
    pages, articles = seeds
    assert any(each.cluster for each in articles)
    assert any("repeated" in block.flags for each in articles for block in each.blocks)
    assert list(verify(pages, articles)) == []
    tampered = replace(articles[0], text=articles[0].text[1:])
    assert [problem.place for problem in verify(pages, [tampered, *articles[1:]])] == [articles[0].id]


def test_merged_records_are_proved_too(seeds: tuple[list[Any], list[Article]]) -> None:
    from corpus_tools.stages.link import merged_record

    pages, articles = seeds
    plain = [unflagged(each) for each in articles]
    merged = merged_record(plain[:2])
    marked = flagged(merged, "elsewhere/1", frozenset(range(1, 3)))
    assert marked != merged
    assert list(verify(pages, [marked, *plain[2:]])) == []


def test_records_with_a_cluster_go_everywhere(seeds: tuple[list[Any], list[Article]], tmp_path: Path) -> None:
    _, articles = seeds
    path = tmp_path / "flagged.jsonl"
    path.write_bytes(b"".join(map(article_line, articles)))
    assert list(read_articles(path)) == articles
    assert [each.cluster for each in link(articles)] == [each.cluster for each in articles]
    for record in RECORDS.values():
        assert record(articles[0])["metadata"]["cluster"] == articles[0].cluster
    assert article_from(load(article_line(articles[0]))) == articles[0]
    assert article_record(articles[0])["cluster"] == articles[0].cluster


def test_the_number_of_threads_and_the_memory_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckDB hands rows out in any order; what is asked of it is in a stated one."""
    import duckdb

    connect = duckdb.connect
    given = [article(f"a/{n}", [misread(text) if n % 3 else text for text in BRIDGE[: 1 + n % 3]]) for n in range(40)]
    given += [article(f"b/{n}", [*ORCHARD, BRIDGE[n % 3]]) for n in range(20)]
    expected = list(dedupe_across(given))
    for threads, memory in ((1, "1GB"), (7, "80MB")):

        def counted(path: str, config: dict[str, Any], threads: int = threads) -> Any:
            return connect(path, config={**config, "threads": threads})

        monkeypatch.setattr(duckdb, "connect", counted)
        assert list(dedupe_across(given, memory=memory)) == expected


def test_a_crowd_of_copies_is_one_cluster() -> None:
    """More than have their shingles all looked up: each is compared with the first ones."""
    rng = random.Random(7)

    def read(text: str) -> str:
        return "".join(rng.choice("的一是在不了有和人这") if rng.random() < 0.04 else c for c in text)

    crowd = [article(f"c/{n}", [read(text) for text in BRIDGE]) for n in range(150)]
    found = clusters([ORIGINAL, *crowd])
    sizes = [list(found.values()).count(cluster) for cluster in {*found.values()} if cluster is not None]
    assert max(sizes) > 145
