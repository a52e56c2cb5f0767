"""The promise, on pages that nobody has seen: nothing lost, nothing invented, everything traceable, same bytes everywhere.

What is checked is worked out again in `oracle`, which shares no code with the package, and by the package's own `verify`.
Known defects are listed in `KNOWN`; each has a strict xfail test below, and leaves the list when it is mended.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import oracle
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from pages import ENCODINGS, PEOPLE, build_page, encoded, make_page, noise, options, page_bytes, pages

from corpus_tools.errors import CorpusError, InputError
from corpus_tools.model import Article, Page
from corpus_tools.options import MODES, Options, ReadOptions
from corpus_tools.pipeline import STAGES, clean, clean_one, clean_page, rule_names, stage_named
from corpus_tools.read.encoding import detect_encoding
from corpus_tools.read.inputs import Item
from corpus_tools.read.pages import page_from_text, read_page
from corpus_tools.records import article_from, article_line, load, page_from, page_line
from corpus_tools.run import pool
from corpus_tools.run.work import Job, Result, work
from corpus_tools.script import convert
from corpus_tools.stages.split.articles import written_articles
from corpus_tools.verification import revert, verify

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
MANY, SOME, FEW = 200, 120, 50

Test = TypeVar("Test", bound=Callable[..., None])


def examples(number: int) -> Callable[[Test], Test]:
    """The same `number` of examples everywhere, however long they take."""
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(max_examples=number, deadline=None, derandomize=True, suppress_health_check=checks)


# --- known defects ---


def known_twice(text: str) -> bool:
    """Whether a text has what a second pass of `normalise` may change once more: control and invisible characters, or the end
    of a printed line, inside a line decoded wrongly."""
    if re.search("[\x80-\xff]\n[\x80-\xff]", text):
        return True
    damaged = re.search("[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u2060\ufeff]", text)
    return damaged is not None and re.search("[\x80-\xff]{2}|[\u0152-\u02dc\u2018-\u2122]", text) is not None


def run(name: str, page: Page, chosen: Options) -> Page:
    """The page after a stage."""
    return stage_named(name).run(page, chosen)


# --- the promise of one page ---


def assert_promise(page: Page, data: bytes, chosen: Options) -> Page:
    """The page after all stages, each of them checked; a pipe of records goes beside it and must give the same bytes."""
    piped, decoded = page, page.text
    assert_whole(page, data)
    for stage in STAGES:
        page = run(stage.name, page, chosen)
        assert_whole(page, data)
        piped = page_from(load(page_line(stage.run(piped, chosen))))
        assert page_line(piped) == page_line(page)
        assert piped == page
        if stage.name == "normalise":
            assert known_twice(decoded) or stage.run(page, chosen).history == page.history
    for article in page.articles:
        assert article.text == oracle.text_of(article, chosen.captions)
    written = list(written_articles(page, chosen))
    assert not list(verify([page], written))
    assert [article_from(load(article_line(article))) for article in written] == written
    return page


def assert_whole(page: Page, data: bytes) -> None:
    assert revert(page) == data
    assert oracle.faults(page) == []
    assert list(verify([page])) == []


def assert_promise_of_text(text: str, chosen: Options) -> None:
    try:
        page = page_from_text(text, "页", "页.txt")
    except InputError:
        assert not text.removeprefix("\ufeff").strip()
        return
    assert_promise(page, text.encode("utf-8"), chosen)


@examples(MANY)
@given(pages(), options())
def test_generated_pages(text: str, chosen: Options) -> None:
    assert_promise_of_text(text, chosen)


@examples(2 * MANY)
@given(noise(), options())
@example("本报讯\u200d全市供暖。", Options())
@example("一\r二\r\n三\u2028四\x85五\x0c六", Options())
def test_anything_beside_anything(text: str, chosen: Options) -> None:
    assert_promise_of_text(text, chosen)


@examples(2 * MANY)
@given(st.text(max_size=200), options())
def test_arbitrary_text(text: str, chosen: Options) -> None:
    assert_promise_of_text(text, chosen)


@examples(SOME)
@given(page_bytes(), options())
def test_pages_in_all_encodings(sample: tuple[bytes, ReadOptions], chosen: Options) -> None:
    data, reading = sample
    try:
        page = read_page(data, "页", "页.txt", reading)
    except InputError:
        return
    assert_promise(page, data, chosen)


@pytest.mark.parametrize("name", sorted(ENCODINGS))
@pytest.mark.parametrize("seed", [11, 12, 13])
def test_encodings_are_found(name: str, seed: int) -> None:
    """Nearly whole pages of every encoding are read without being told, and not as another one."""
    script = "traditional" if name in ("big5hkscs", "cp950") else "simplified"
    data = encoded(build_page(seed, 4, frozenset({"crlf", "wide_spaces"}), script), name)
    page = read_page(data, "页", "页.txt")
    family = {"cp950", "big5hkscs"}
    found = page.source.encoding
    assert found == ENCODINGS[name][0] or {found, ENCODINGS[name][0]} == family
    assert_promise(page, data, Options())


CODECS = (
    "utf-8",
    "gb18030",
    "big5hkscs",
    "cp950",
    "utf-16-le",
    "utf-16-be",
    "utf-32-le",
    "hz",
    "latin-1",
    "shift_jis",
    "euc_kr",
)


@examples(2 * MANY)
@given(st.binary(max_size=120), st.sampled_from(CODECS), st.sampled_from(("reject", "keep")), options())
@example(b"~{VPND~}~{", "hz", "keep", Options())
@example(b"\xa2\xcc\xa2\xce", "cp950", "reject", Options())
def test_arbitrary_bytes_in_a_named_encoding(data: bytes, encoding: str, policy: Any, chosen: Options) -> None:
    try:
        page = read_page(data, "页", "页.txt", ReadOptions(encoding=encoding, on_undecodable=policy))
    except InputError:
        return
    assert_promise(page, data, chosen)


@examples(2 * MANY)
@given(st.one_of(st.binary(max_size=200), page_bytes().map(lambda sample: sample[0])))
def test_arbitrary_bytes_are_read_or_refused(data: bytes) -> None:
    found = detect_encoding(data)
    assert (found.encoding is None) == (found.reason is not None)
    try:
        page = read_page(data, "页", "页.txt")
    except InputError as error:
        assert error.what
        return
    assert revert(page) == data


@examples(SOME)
@given(st.text(st.characters(), min_size=1, max_size=40), st.integers(0, 40), st.integers(0xD800, 0xDFFF))
def test_half_a_surrogate_pair_is_refused(text: str, at: int, surrogate: int) -> None:
    with pytest.raises(InputError, match="surrogate"):
        clean_page(text[:at] + chr(surrogate) + text[at:])


@examples(2 * MANY)
@given(
    st.one_of(
        st.text(max_size=60),
        st.text(st.characters(categories=("Cs", "Cc", "Cf", "Zs", "Lo", "Mn", "Co"))),
        st.binary(max_size=120),
        noise(),
    )
)
def test_no_input_raises_anything_but_our_errors(data: str | bytes) -> None:
    try:
        clean_page(data)
    except CorpusError:
        return


# --- the seeds ---


def choices() -> list[Options]:
    """Every option by itself and with others, and every rule left out once."""
    combined = [
        Options(width="ascii-alnum" if every else "keep", fix_stutters=every, captions=every, script=script)
        for every in (False, True)
        for script in (None, "s2t", "t2s")
    ]
    combined += [Options(mode=mode) for mode in MODES]
    return combined + [Options(disable=frozenset({rule})) for rule in sorted(rule_names())]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:3])
def test_seeds_with_every_choice(seed: Path) -> None:
    data = seed.read_bytes()
    page = read_page(data, seed.stem, seed.name)
    plain = page_line(assert_promise(page, data, Options()))
    texts = {page_line(assert_promise(page, data, chosen)) for chosen in choices()}
    assert plain in texts
    assert len(texts) > 6


def test_no_options_is_default_options() -> None:
    data = SEEDS[0].read_bytes()
    assert clean_page(data, furniture=True) == list(clean_one(read_page(data, "stdin", "<stdin>"), Options()).articles)


# --- the script, block by block ---


@examples(SOME)
@given(st.one_of(pages(2), noise()), st.sampled_from(("s2t", "t2s", "s2twp", "tw2sp", "s2hk")))
def test_another_script_is_what_opencc_makes_of_each_block(text: str, script: str) -> None:
    plain, converted = (split_page(text, Options(script=each)) for each in (None, script))
    expected = [convert(block.text, script) for block in plain.blocks]
    assume(all(len(new) == len(block.text) for new, block in zip(expected, plain.blocks, strict=True)))  # known, below
    decoded = oracle.decoded_text(plain)
    assume(not any(decoded[span.end - 1].isspace() for block in plain.blocks for span in block.spans))  # known, below
    assert [block.text for block in converted.blocks] == expected
    assert [block.spans for block in converted.blocks] == [block.spans for block in plain.blocks]


# --- a page does not depend on its neighbours ---


def cleaned(text: str, number: int) -> Page | None:
    try:
        return page_from_text(text, f"页/{number}", f"页/{number}.txt")
    except InputError:
        return None


@examples(FEW)
@given(st.lists(st.one_of(pages(2), noise()), min_size=2, max_size=5), st.randoms(use_true_random=False), options())
def test_neighbours_do_not_matter(texts: Sequence[str], random: Random, chosen: Options) -> None:
    given_pages = [page for number, text in enumerate(texts) if (page := cleaned(text, number)) is not None]
    alone = {page.id: page_line(clean_one(page, chosen)) for page in given_pages}
    shuffled = list(given_pages)
    random.shuffle(shuffled)
    fields = {name: getattr(chosen, name) for name in Options.__slots__}
    for order in (given_pages, shuffled, shuffled + shuffled):
        assert [page_line(page) for page in clean(order, **fields)] == [alone[page.id] for page in order]


@pytest.fixture(scope="module")
def items() -> list[Item]:
    """Forty pages, some of them refused, as bytes that came by a stream."""
    texts = [make_page(seed) for seed in range(38)]
    texts += ["", "\x00\x00\x01"]
    return [Item("<stdin>", f"页{number}", data=text.encode(), streamed=True) for number, text in enumerate(texts)]


def shown(results: Sequence[Result]) -> list[tuple[str | None, tuple[bytes, ...], bytes | None, str]]:
    return [(result.page_id, result.lines, result.ledger, str(result.error)) for result in results]


@pytest.mark.parametrize("form", ["articles", "pages", "text"])
def test_one_process_or_several_give_the_same_bytes(items: list[Item], form: Any) -> None:
    job = Job(tuple(stage.name for stage in STAGES), form, ledger=True)
    alone = [work(job, [item])[0] for item in items]
    assert sum(result.error is not None for result in alone) == 2
    assert shown(list(pool.run(job, items, 1))) == shown(alone)
    if form == "articles":
        assert shown(list(pool.run(job, items, 2))) == shown(alone)


# --- verification notices damage ---

Record = dict[str, Any]


def text_without(record: Record, at: int) -> Record:
    text = record["text"]
    at %= len(text)
    return record | {"text": text[:at] + text[at + 1 :]}


def text_with(record: Record, at: int) -> Record:
    text = record["text"]
    at %= len(text)
    return record | {"text": text[:at] + ("囗" if text[at] != "囗" else "口") + text[at + 1 :]}


def _without(items: list[Any], at: int) -> list[Any]:
    at %= len(items)
    return items[:at] + items[at + 1 :]


def _changed(items: list[Any], at: int, change: Callable[[Any], Any]) -> list[Any]:
    at %= len(items)
    return [*items[:at], change(items[at]), *items[at + 1 :]]


def block_dropped(record: Record, at: int) -> Record:
    """A block less; records then name the others by their new places."""
    at %= len(record["blocks"])
    articles = [
        article | {"blocks": [place - (place > at) for place in article["blocks"] if place != at]}
        for article in record["articles"]
    ]
    return record | {"blocks": _without(record["blocks"], at), "articles": articles}


def block_doubled(record: Record, at: int) -> Record:
    return record | {"blocks": [*record["blocks"], record["blocks"][at % len(record["blocks"])]]}


def block_text_changed(record: Record, at: int) -> Record:
    return record | {"blocks": _changed(record["blocks"], at, lambda block: text_with(block, at))}


def span_shifted(record: Record, at: int) -> Record:
    def shifted(block: Record) -> Record:
        return block | {"spans": _changed(block["spans"], at, lambda span: [span[0] + 1, span[1] + 1])}

    return record | {"blocks": _changed(record["blocks"], at, shifted)}


def span_shortened(record: Record, at: int) -> Record:
    def shortened(block: Record) -> Record:
        return block | {"spans": _changed(block["spans"], at, lambda span: [span[0], span[1] - 1])}

    return record | {"blocks": _changed(record["blocks"], at, shortened)}


def edit_dropped(record: Record, at: int) -> Record | None:
    if not record["history"]:
        return None
    return record | {
        "history": _changed(record["history"], at, lambda step: step | {"edits": _without(step["edits"], at)})
    }


def edit_before_changed(record: Record, at: int) -> Record | None:
    if not record["history"]:
        return None

    def changed(step: Record) -> Record:
        edits = _changed(step["edits"], at, lambda edit: [edit[0], edit[1] + "囗", *edit[2:]])
        return step | {"edits": edits}

    return record | {"history": _changed(record["history"], at, changed)}


def revision_dropped(record: Record, at: int) -> Record | None:
    return record | {"history": _without(record["history"], at)} if record["history"] else None


def sha_changed(record: Record, at: int) -> Record:
    sha = record["source"]["sha256"]
    at %= len(sha)
    digit = "0" if sha[at] != "0" else "1"
    return record | {"source": record["source"] | {"sha256": sha[:at] + digit + sha[at + 1 :]}}


def article_dropped(record: Record, at: int) -> Record | None:
    if (
        len(record["articles"]) < 2
    ):  # a page without records passes for one that is not split yet: see test_verification
        return None
    return record | {"articles": _without(record["articles"], at)}


def article_doubled(record: Record, at: int) -> Record:
    return record | {"articles": [*record["articles"], record["articles"][at % len(record["articles"])]]}


def article_text_changed(record: Record, at: int) -> Record | None:
    article = record["articles"][at % len(record["articles"])]
    if not article["text"]:
        return None
    return record | {"articles": _changed(record["articles"], at, lambda article: text_with(article, at))}


def article_field_changed(record: Record, at: int) -> Record | None:
    article = record["articles"][at % len(record["articles"])]
    name = ("column", "kicker", "headline", "deck", "dateline", "jump_from", "jump_to")[at % 7]
    if article["kind"] == "furniture":
        return None
    return record | {
        "articles": _changed(record["articles"], at, lambda article: article | {name: (article[name] or "") + "囗"})
    }


def block_of_an_article_dropped(record: Record, at: int) -> Record:
    return record | {
        "articles": _changed(
            record["articles"], at, lambda article: article | {"blocks": _without(article["blocks"], at)}
        )
    }


MUTATIONS: tuple[Callable[[Record, int], Record | None], ...] = (
    text_without,
    text_with,
    block_dropped,
    block_doubled,
    block_text_changed,
    span_shifted,
    span_shortened,
    edit_dropped,
    edit_before_changed,
    revision_dropped,
    sha_changed,
    article_dropped,
    article_doubled,
    article_text_changed,
    article_field_changed,
    block_of_an_article_dropped,
)


def split_page(text: str, chosen: Options) -> Page:
    """The page after all stages; an example only where it has articles."""
    try:
        page = page_from_text(text, "页", "页.txt")
    except InputError:
        assume(False)
        raise
    for stage in STAGES:
        page = run(stage.name, page, chosen)
    assume(len(page.blocks) > 1 and any(article.kind != "furniture" for article in page.articles))
    return page


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda mutate: mutate.__name__)
@examples(12)
@given(st.one_of(pages(2), noise()), options(), st.integers(0, 2**20))
def test_damage_to_a_page_record_is_noticed(
    mutate: Callable[[Record, int], Record | None], text: str, chosen: Options, at: int
) -> None:
    mutated = mutate(load(page_line(split_page(text, chosen))), at)
    assume(mutated is not None)
    assert mutated is not None
    try:
        page = page_from(mutated)
    except CorpusError:
        return  # noticed when it was read
    assert list(verify([page]))


ARTICLE_MUTATIONS: dict[str, Callable[[Record, int], Record | None]] = {
    "a character less": lambda record, at: text_without(record, at) if record["text"] else None,
    "another character": lambda record, at: text_with(record, at) if record["text"] else None,
    "another headline": lambda record, at: record | {"headline": (record["headline"] or "") + "囗"},
    "another dateline": lambda record, at: record | {"dateline": (record["dateline"] or "") + "囗"},
    "a name more": lambda record, at: record | {"byline": [*record["byline"], {"name": PEOPLE[0], "role": "校对"}]},
    "a block less": lambda record, at: record | {"blocks": _without(record["blocks"], at)},
    "another block text": lambda record, at: block_text_changed(record, at),
    "a shifted span": lambda record, at: span_shifted(record, at),
    "another flag": lambda record, at: record | {"flags": ["garbled"]},
    "another kind": lambda record, at: record | {"kind": "orphan" if record["kind"] == "article" else "article"},
    "another jump": lambda record, at: record | {"jump_to": (record["jump_to"] or "") + "9"},
    "another date": lambda record, at: record | {"meta": record["meta"] | {"date": "1900-01-01"}},
    "another id": lambda record, at: record | {"id": record["id"] + "0"},
    "another page": lambda record, at: record | {"page_id": "另一页"},
    "another sha256": lambda record, at: record | {"source": record["source"] | {"sha256": "0" * 64}},
}


@pytest.mark.parametrize("name", ARTICLE_MUTATIONS)
@examples(10)
@given(pages(3), options(), st.integers(0, 2**20))
def test_damage_to_an_article_record_is_noticed(name: str, text: str, chosen: Options, at: int) -> None:
    page = split_page(text, chosen)
    records = [load(article_line(article)) for article in page.articles if article.kind != "furniture"]
    place = at % len(records)
    mutated = ARTICLE_MUTATIONS[name](records[place], at)
    assume(mutated is not None and mutated != records[place])
    assert mutated is not None
    try:
        articles: list[Article] = [
            article_from(mutated if number == place else record) for number, record in enumerate(records)
        ]
    except CorpusError:
        return
    assert list(verify([page], articles))


@examples(FEW)
@given(pages(3), options(), st.integers(0, 2**20))
def test_a_record_less_or_twice_is_noticed(text: str, chosen: Options, at: int) -> None:
    page = split_page(text, chosen)
    records = [article for article in page.articles if article.kind != "furniture"]
    place = at % len(records)
    assert list(verify([page], records)) == []
    assert list(verify([page], _without(records, place)))
    assert list(verify([page], [*records, records[place]]))


# --- known defects, each with the smallest page that shows it ---


def assert_promise_kept(text: str, **chosen: Any) -> Page:
    """As `assert_promise`, with nothing passed over."""
    page = page_from_text(text, "页", "页.txt")
    for stage in STAGES:
        page = stage.run(page, Options(**chosen))
        assert_whole(page, text.encode())
        assert page_from(load(page_line(page))) == page
    return page


def test_two_joiners_in_a_row() -> None:
    page = assert_promise_kept("本报讯\u200d\u200d全市供暖。")
    assert page.text == "本报讯全市供暖。"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\u00ad\u200d■", id="a joiner beside a soft hyphen, which goes as well"),
        pytest.param("汀\u00a0\u200d\u0301", id="a joiner beside a space that becomes a plain one"),
        pytest.param("\uf90a\u0301\u3099", id="marks behind a compatibility ideograph, which then has another form"),
    ],
)
def test_normalise_twice_adds_no_revision(text: str) -> None:
    once = stage_named("normalise").run(page_from_text(text, "页", "页.txt"), Options())
    assert stage_named("normalise").run(once, Options()).history == once.history


MOJIBAKE = "会议要求抓好春耕备耕，确保按期完成。"


@pytest.mark.parametrize(
    "line",
    [
        MOJIBAKE + "（下转第二版）",
        MOJIBAKE + "作业人员人员进行安全交底。",
        MOJIBAKE + "他们满怀信心 and 决心。",
        MOJIBAKE + "他说：“这里不好。",
        MOJIBAKE + "明天早上再去",
        MOJIBAKE + "\ue000",
    ],
    ids=["jump", "stutter", "code switch", "open quote", "cut end", "private use"],
)
@pytest.mark.parametrize("route", [("utf-8", "latin-1"), ("gb18030", "latin-1")], ids=lambda route: route[0])
def test_a_cut_or_a_note_inside_a_line_that_was_decoded_again(line: str, route: tuple[str, str]) -> None:
    broken = line.encode(route[0]).decode(route[1])
    page = assert_promise_kept(f"另一行。\n{broken}\n")
    assert any(revision.rule == "repair_mojibake" for revision in page.history)


def test_a_form_feed_before_a_line_that_was_decoded_again() -> None:
    assert_promise_kept("\x0c" + "帳，现在家门口就".encode().decode("latin-1"))


@pytest.mark.parametrize("end", ["\r", "\u2028", "\x0c"], ids=ascii)
def test_a_line_that_was_decoded_wrongly_on_a_page_without_lf(end: str) -> None:
    line = "三十六名志愿者走进白鹭港"
    broken = line.encode().decode("gb18030")
    page = page_from_text(end.join(["惊蛰刚过，田间已是一片忙碌，种粮大户正在整地。"] * 3 + [broken]), "页", "页.txt")
    once = stage_named("normalise").run(page, Options())
    assert stage_named("normalise").run(once, Options()) == once
    assert once.text.endswith(f"\n{line}")


def test_a_note_inside_a_composed_letter() -> None:
    assert_promise_kept("今年以来，全市供暖e\u0301\u0301")


@pytest.mark.parametrize(
    ("text", "script"), [("本报讯 内存涨价。", "s2twp"), ("本報訊 記憶體漲價。", "tw2sp")], ids=["longer", "shorter"]
)
def test_a_word_that_opencc_makes_longer_or_shorter(text: str, script: str) -> None:
    page = assert_promise_kept(text, script=script)
    assert page.articles[0].text == ("本報訊 記憶體漲價。" if script == "s2twp" else "本报讯 内存涨价。")


def test_latin_words_at_a_line_end_in_another_script() -> None:
    lines = [
        "　　今年全市新开通三条地铁线路，",
        "乘客在列车上也能连接网络，看书看报",
        "看新闻，这项工程引进了一套Wi-Fi",
        "and 5G设备，由三家单位承担安装。",
    ]
    text = "\n".join(lines)
    plain, converted = (assert_promise_kept(text, script=script) for script in (None, "s2t"))
    assert "Wi-Fi and 5G" in plain.blocks[0].text
    assert "Wi-Fi and 5G" in converted.blocks[0].text


def test_a_stutter_inside_a_stutter() -> None:
    assert_promise_kept("作业人员人员的的人员人员的的进行。", fix_stutters=True)


def test_a_stray_piece_behind_a_table_that_a_jump_closed() -> None:
    assert_promise_kept("供暖开始了\n\n| 供暖 | 全市供暖 |\n\n（下转第三版）\n\n全市供暖，今天开始。")


@pytest.mark.parametrize(("mark", "flag"), [("\ufffd", "lost_text"), ("\ue000", "private_use")])
def test_what_normalise_notes_flags_blocks_and_articles(mark: str, flag: str) -> None:
    page = assert_promise_kept(f"本报讯 全市供暖{mark}今天开始。\n\n第二段没有问题。")
    assert [note.flag for note in page.notes] == [flag]
    assert [block.flags for block in page.blocks] == [(flag,), ()]
    assert page.articles[0].flags == ("headline_missing", flag)


def test_normalise_twice_adds_no_note() -> None:
    once = stage_named("normalise").run(page_from_text("本报讯\ufffd", "页", "页.txt"), Options())
    assert stage_named("normalise").run(once, Options()) == once
