"""dedupe beyond its cases: what is found against looking at everything, whole pages, long pages, the ledger."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from corpus_tools import read_pages, verify
from corpus_tools.blocks import line_blocks
from corpus_tools.edits import undo
from corpus_tools.model import Block, Page, Span
from corpus_tools.options import Options
from corpus_tools.pipeline import clean
from corpus_tools.read.pages import page_from_text, read_page
from corpus_tools.stages.dedupe import dedupe_page
from corpus_tools.stages.dedupe.counted import counted_loops, value_of
from corpus_tools.stages.dedupe.loops import find_loops, parted
from corpus_tools.stages.dedupe.running import Running, running_text, shared_before, shared_behind
from corpus_tools.stages.dedupe.runs import find_runs
from corpus_tools.stages.dedupe.stutters import find_stutters
from corpus_tools.stages.dedupe.tandems import SHORT_PERIOD, Tandem, doubled_characters, short_tandems, tandems
from corpus_tools.stages.dedupe.twins import compare
from corpus_tools.stages.normalise import normalise_page
from corpus_tools.stages.repair import repair_page

ROOT = Path(__file__).parent.parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
MEGABYTE = 350_000
"""Characters: hanzi have three bytes."""

FIRST = "热力公司已完成全部管网的检修注水工作，新增的三座换热站将于月底投入运行，惠及两万余户居民。"
SECOND = "市民可拨打热线反映问题，工作人员将在一小时内上门，逐户排查不热原因。"
THIRD = "记者了解到，去年采暖季投诉总量较前年明显下降，老旧小区改造功不可没。"


def page_of(*texts: str, role: str = "body") -> Page:
    """A page with one block a text."""
    page = page_from_text("\n".join(texts), "p", "p.txt")
    blocks = line_blocks(page)
    return Page(page.id, page.text, page.source, blocks=tuple(Block(role, each.spans, each.text) for each in blocks))  # type: ignore[arg-type]


def texts_after(page: Page) -> list[str]:
    """The texts of the blocks after `dedupe`; the ledger must give the page back."""
    after = dedupe_page(page, Options())
    assert undo(after.text, after.history) == page.text
    return [block.text for block in after.blocks]


# --- Tandems ---


def brute_short(text: str) -> set[tuple[int, int, int]]:
    """All maximal tandems of short periods, looked for place by place."""
    found = set()
    for period in range(1, SHORT_PERIOD + 1):
        at = 0
        while at + period < len(text):
            end = at
            while end + period < len(text) and text[end] == text[end + period]:
                end += 1
            if end - at >= (period if period > 1 else 5):
                found.add((at, end + period, period))
            at = end + 1
    return found


@pytest.mark.parametrize("seed", range(30))
def test_short_tandems_are_those_of_a_look_at_every_place(seed: int) -> None:
    rng = random.Random(seed)
    text = "".join(rng.choice("甲乙丙，" if seed % 2 else "甲乙") for _ in range(120))
    everything = brute_short(text)
    found = short_tandems(text)
    assert {(each.start, each.end, each.period) for each in found} <= everything
    for start, end, _ in everything:  # each lies in one that is told
        assert any(each.start <= start and end <= each.end for each in found)


def test_characters_with_the_same_lowest_byte_are_not_alike() -> None:
    assert not short_tandems("一丁" + chr(0x4E00 + 256) + chr(0x4E01 + 256))
    assert not list(doubled_characters("一" + chr(0x4E00 + 256)))
    assert list(doubled_characters("𠀀𠀀一")) == [0]


@pytest.mark.parametrize("length", [17, 23, 40, 120, 500, 900])
@pytest.mark.parametrize("seed", range(6))
def test_a_long_unit_is_found_wherever_it_begins(length: int, seed: int) -> None:
    rng = random.Random(f"{length}/{seed}")
    words = "城乡供暖管网检修注水运行惠及居民热线投诉老旧小区改造治理能力提升服务群众干部基层发展产业项目"
    clauses = ("".join(rng.sample(words, rng.randint(6, 14))) + rng.choice("，，，。") for _ in range(length // 6 + 40))
    text = "".join(clauses)
    start = rng.randrange(len(text) - length)
    unit = text[start : start + length]
    doubled = text[: start + length] + unit + text[start + length :]
    found = [each for each in tandems(Running((doubled,))) if each.period == length]
    assert any(each.start <= start and start + 2 * length <= each.end for each in found)


def test_shared_stretches_end_at_the_first_difference() -> None:
    text = "甲" * 100 + "乙" + "甲" * 100 + "丙"
    assert shared_behind(text, 0, 101, 500) == 100
    assert shared_behind(text, 0, 101, 30) == 30
    assert shared_before(text, 100, 201, 500) == 100
    assert shared_before("乙甲甲丙甲甲", 3, 6, 3) == 2


def test_what_goes_of_a_loop_is_whole_copies_and_the_cut_one_at_a_lines_end() -> None:
    text = "先办。要抓好，要抓好，要抓"
    loop = Tandem(3, len(text), 4)
    kept, gone = parted(text, loop)
    assert text[kept.start : kept.end] == "要抓好，"
    assert text[: gone.start] + text[gone.end :] == "先办。要抓好，"


# --- Loops ---


@pytest.mark.parametrize("length", [1, 2, 3, 4, 9, 17, 60, 300, 500, 1_200])
@pytest.mark.parametrize("n_copies", [6, 40])
def test_a_loop_leaves_one_copy(length: int, n_copies: int) -> None:
    rng = random.Random(length)
    words = "城乡供暖管网检修注水运行惠及居民热线投诉老旧小区改造"
    unit = "".join(rng.choices(words, k=length)) if length > len(words) else "".join(rng.sample(words, length))
    assert texts_after(page_of(f"会议指出，{unit * n_copies}。")) == [f"会议指出，{unit}。"]
    cut = unit[: length // 2]
    assert texts_after(page_of(f"会议指出，{unit * n_copies}{cut}")) == [f"会议指出，{unit}"]


@pytest.mark.parametrize("lines", [(FIRST,), (FIRST, SECOND), (FIRST, SECOND, THIRD)])
@pytest.mark.parametrize("n_copies", [3, 500])
def test_lines_in_turn_leave_one_copy(lines: tuple[str, ...], n_copies: int) -> None:
    assert texts_after(page_of("供暖工作有序推进。", *(lines * n_copies), lines[0][:12])) == [
        "供暖工作有序推进。",
        *lines,
    ]


def test_a_table_is_no_loop() -> None:
    assert not find_loops(page_of(*["| 持平的 | 持平的 |"] * 20, role="table"))


@pytest.mark.parametrize(
    ("number", "value"), [("１２", 12), ("十二", 12), ("二十", 20), ("一百零三", 103), ("两千", 2000), ("〇", 0)]
)
def test_numbers_are_read(number: str, value: int) -> None:
    assert value_of(number) == value


def test_counted_loops_over_ten_and_a_hundred() -> None:
    items = "".join(f"{number}、要压实工作责任，确保群众温暖过冬。" for number in range(7, 130))
    ((start, end, first_end, n_items),) = counted_loops("会议要求：" + items)
    assert (start, end, n_items) == (5, 5 + len(items), 123)
    assert ("会议要求：" + items)[start:first_end] == "7、要压实工作责任，确保群众温暖过冬。"


# --- Paragraphs, echoes ---


def test_which_copy_stays() -> None:
    assert texts_after(page_of(FIRST, SECOND, FIRST)) == [FIRST, SECOND]
    assert texts_after(page_of(FIRST[:30], SECOND, FIRST)) == [SECOND, FIRST]
    assert texts_after(page_of(FIRST, SECOND, FIRST[:30])) == [FIRST, SECOND]
    assert texts_after(page_of(FIRST, SECOND, FIRST, THIRD, FIRST)) == [FIRST, SECOND, THIRD]


def test_two_paragraphs_said_again_go_both() -> None:
    assert texts_after(page_of(FIRST, SECOND, THIRD, FIRST, SECOND)) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("seed", range(12))
def test_misread_paragraphs(seed: int) -> None:
    rng = random.Random(seed)
    text = FIRST + SECOND
    misread = "".join(
        rng.choice("淄壶鹂飑甙") if rng.random() < 0.06 and each >= "一" and each not in "三两一" else each
        for each in text
    )
    assert texts_after(page_of(text, THIRD, misread)) == [text, THIRD]


def test_reasons_say_which_copy_stays_and_how_alike() -> None:
    page = page_of(FIRST, SECOND, FIRST[:20] + "换" + FIRST[21:])
    (revision,) = dedupe_page(page, Options()).history
    (edit,) = revision.edits
    assert "block 1, characters 0-" in edit.reason
    assert "0.98" in edit.reason
    assert 0.9 < edit.score < 1


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("处五百元罚款，并责令改正。", "处三百元罚款，并责令改正。", "number"),
        ("5日上午会见了来访的客人。", "5日下午会见了来访的客人。", "fact"),
        ("记者张伟从会上了解到情况。", "记者王伟从会上了解到情况。", "name"),
        ("消费较去年同期增长，主因为餐饮。", "消费较去年同期下降，主因为餐饮。", "word"),
        ("会见来访的吉尔吉斯斯坦总统并举行会谈。", "会见来访的巴基斯坦总统并举行会谈。", "word"),
        ("热力公司检修已完成。", "热力公司检修未完成。", "fact"),
        ("甲乙丙丁", "城乡供暖", "too much"),
    ],
)
def test_twins(first: str, second: str, why: str) -> None:
    assert why in (compare(first, second).twins or "")
    assert compare(second, first).twins is not None


def test_runs_do_not_overlap_and_differences_lie_in_them() -> None:
    text = Running((FIRST + SECOND, THIRD, FIRST[:20] + "菅" + FIRST[21:] + SECOND[:10]))
    runs = find_runs(text)
    assert runs
    for run in runs:
        assert run.first.end <= run.second.start
        for each in run.differences:
            assert run.second.start <= each.second.start <= each.second.end <= run.second.end
    assert 0.97 < runs[0].likeness < 1


def test_places_of_the_running_text() -> None:
    page = page_of("本报讯", "昨日降雪。", "路面结冰。")
    running = running_text(page.blocks)
    assert [running.block_at(place) for place in (0, 2, 4, 9, 10, len(running.text) - 1)] == [0, 0, 1, 1, 2, 2]
    assert list(running.in_blocks(Span(2, 12))) == [(0, Span(2, 3)), (1, Span(0, 5)), (2, Span(0, 2))]
    assert running_text(page.blocks) is running


# --- Stutters ---


@pytest.mark.parametrize(
    "text", ["研究研究再说", "中国国际航空", "黑黝黝的", "二大队大队长", "现在在校", "为了了解", "纪元元", "沿街街道"]
)
def test_print_doubles(text: str) -> None:
    assert not find_stutters(text)


@pytest.mark.parametrize(
    ("text", "doubled"),
    [
        ("打击了了俄军", "了了"),
        ("位于于外海", "于于"),
        ("化解矛盾盾纠纷", "盾盾"),
        ("服務隊服務隊，並", "服務隊服務隊"),
    ],
)
def test_doubled_by_mistake(text: str, doubled: str) -> None:
    assert [text[each.start : each.end] for each in find_stutters(text)] == [doubled]


# --- Whole pages ---


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_seeds(path: Path) -> None:
    page = repair_page(normalise_page(read_page(path.read_bytes(), path.stem, path.name), Options()), Options())
    after = dedupe_page(page, Options())
    removed = [edit.before for revision in after.history[len(page.history) :] for edit in revision.edits]
    flagged = {note.reason.split()[0] for note in after.notes[len(page.notes) :] if note.flag == "stutter"}
    assert not [note for note in after.notes if note.flag == "repeat"]
    if path.stem.startswith("000"):
        assert [len(each) for each in removed] == [72]
        assert flagged == {"政法政法"}
    else:
        assert not removed
        assert flagged == {"的的", "人员人员", "蚊蚊"}


def test_a_page_with_every_kind_of_repeat_verifies(tmp_path: Path) -> None:
    text = "\n\n".join(
        [
            "我市供暖工作有序推进",
            FIRST + "要抓好落实，" * 30 + "确保群众温暖过冬。",
            *[SECOND] * 5,
            THIRD + FIRST[:40],
            *[f"{number}. 要压实工作责任，确保群众温暖过冬。" for number in range(1, 9)],
            "各单位作业人员人员到岗，" + SECOND[:30] + SECOND[:30],
        ]
    )
    (tmp_path / "page.txt").write_text(text, "utf-8")
    for fix in (False, True):
        pages = list(clean(read_pages(tmp_path), fix_stutters=fix))
        assert undo(pages[0].text, pages[0].history) == text
        assert not list(verify(pages, [article for page in pages for article in page.articles]))
        assert len(pages[0].text) < len(text) / 2


# --- Long pages ---


def seconds(page: Page) -> float:
    """CPU seconds of the stage."""
    begin = time.process_time()
    dedupe_page(page, Options())
    return time.process_time() - begin


@pytest.mark.parametrize("unit", ["是", "供暖", FIRST, (FIRST + SECOND + THIRD) * 4])
def test_a_megabyte_of_one_unit_in_one_line(unit: str) -> None:
    page = page_from_text((unit * (MEGABYTE // len(unit) + 1))[:MEGABYTE], "p", "p.txt")
    page = Page(page.id, page.text, page.source, blocks=(Block("body", (Span(0, MEGABYTE),), page.text),))
    assert seconds(page) < 3  # a tenth of it on an idle machine


def test_a_megabyte_of_one_line() -> None:
    assert seconds(page_of(*[FIRST] * (MEGABYTE // len(FIRST)))) < 5


@pytest.mark.parametrize("n_lines", [400])
def test_twice_the_repeats_cost_not_four_times(n_lines: int) -> None:
    def page(n: int) -> Page:
        rng = random.Random(n)
        others = ("".join(rng.choices("城乡供暖管网检修注水运行惠及居民热线投诉", k=20)) + "。" for _ in range(n))
        return page_of(*(text for other in others for text in (FIRST, other)))

    seconds(page(50))
    assert seconds(page(4 * n_lines)) < 10 * seconds(page(n_lines))
