"""The pages of `scripts/eval repair`: what they say was printed, was; and the judge of what `repair` makes of them."""

from __future__ import annotations

import argparse
import gzip
import random
import re
import sys
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import orjson
import pytest

from corpus_tools import seam_model as seam_module
from corpus_tools.model import Block, Note, Page, Source, Span
from corpus_tools.stages.repair import wraps

sys.path.append(str(Path(__file__).parent.parent.parent / "scripts"))  # scripts are no package

import eval_repair
import repair_typesetting as typesetting
from news_items import FILES, Item, Part, _broadcast, _printed, items_of
from repair_judge import Judged, joins_there, judge
from repair_other_wording import OTHER
from repair_pages import BODY, KEPT, Damage, MadePage, Piece, make_page
from repair_templates import USUAL

CLAUSES = (
    "汀溪县今年新修渠道38公里",
    "种粮大户算了一笔账",
    "每亩可以节省成本12.5元",
    "县农机站派出六台旋耕机",
    "老街的石板路重新铺好了",
    "孩子们放学以后在这里看书",
    "市民可以在手机上预约",
    "“从前下雨天出不了门”",
    "码头上的吊车昼夜不停",
    "第一批32户居民已经搬进新居",
    "气象台预计周末仍有小雨",
    "合作社把山货卖到了省外",
    "新装的路灯照亮了河堤",
    "医生每个月上山巡诊一次",
)
FORMS = {
    "paragraphs": Damage(),
    "tight": Damage(blank_lines=False, indents="kept", displaced=0.25),
    "displaced": Damage(displaced=0.25, extras=2),
    "misread": Damage(noise=0.03, displaced=0.1),
    "traditional": Damage(traditional=1.0),
    "wrapped": Damage(layout="wrapped", extras=3),
    "indents kept": Damage(layout="wrapped", indents="kept", blank_lines=False),
    "partly": Damage(layout="wrapped", indents="partly", blank_lines=False, displaced=0.25),
    "other": Damage(layout="wrapped", indents="kept", wording="other"),
    "none": Damage(layout="wrapped", indents="none", blank_lines=False, extras=2),
}
PAGES = range(8)
PARTS: tuple[Part, Part] = ("train", "test")
JUMP = re.compile(r"[（(▶]下[转接][^（(]{2,6}$")
EXPLAINED = re.compile(r"（(?:详见)?[A-Za-z][!-~]*）")


def _items() -> list[Item]:
    rng = random.Random("items")
    items = []
    for number in range(40):
        paragraphs = tuple(
            "。".join("，".join(rng.sample(CLAUSES, rng.randint(2, 4))) for _ in range(rng.randint(1, 5))) + "。"
            for _ in range(rng.randint(1, 8))
        )
        items.append(Item("invented", (f"{rng.choice(CLAUSES[2:6])} 其{number}",), paragraphs))
    return items


ITEMS = _items()


def made(form: str, number: int) -> MadePage:
    """One page of that form."""
    return make_page(ITEMS, random.Random(f"test/{number}"), FORMS[form])


def bare(text: str) -> str:
    """The text without white space, and without the hyphens of Latin line ends."""
    return "".join(text.replace("-\n", "").split())


@pytest.mark.parametrize("form", FORMS)
def test_the_same_seed_gives_the_same_page(form: str) -> None:
    assert made(form, 1) == made(form, 1)
    assert made(form, 1) != made(form, 2)


@pytest.mark.parametrize("form", FORMS)
def test_pieces_are_disjoint_and_hold_all_of_the_text(form: str) -> None:
    for number in PAGES:
        page = made(form, number)
        assert all(left.end < right.start for left, right in pairwise(page.pieces))
        texts = [page.text[piece.start : piece.end] for piece in page.pieces]
        assert all(text and text == text.strip() for text in texts)
        assert "".join("".join(texts).split()) == "".join(page.text.split())


@pytest.mark.parametrize("form", ["paragraphs", "tight", "displaced", "wrapped", "indents kept", "partly", "none"])
def test_halves_put_together_are_paragraphs_of_the_items(form: str) -> None:
    whole = [bare(paragraph) for item in ITEMS for paragraph in item.paragraphs]
    n_torn = 0
    for number in PAGES:
        page = made(form, number)
        parts: dict[tuple[int, int], list[Piece]] = {}
        for piece in page.pieces:
            if piece.role in BODY:
                parts.setdefault((piece.article, piece.paragraph), []).append(piece)
        for its in parts.values():
            its.sort(key=lambda piece: piece.part)
            if any(piece.start_lost or piece.end_lost for piece in its):
                continue
            n_torn += len(its) > 1
            text = bare("\n".join(page.text[piece.start : piece.end] for piece in its))
            assert _is_of_an_item(text, whole), text
    assert n_torn > len(PAGES)


def _is_of_an_item(text: str, whole: list[str]) -> bool:
    """Whether a paragraph is one of the items', perhaps behind a lead, without its ends, and with a name in Latin letters."""
    text = EXPLAINED.sub("", JUMP.sub("", text))
    return any(text[at:] in paragraph for at in range(min(30, len(text))) for paragraph in whole)


@pytest.mark.parametrize("form", ["paragraphs", "wrapped"])
def test_a_torn_paragraph_is_torn_into_printed_parts(form: str) -> None:
    torn = [pair for number in PAGES for pair in joins_there(made(form, number).pieces)]
    assert 2 * len(PAGES) < len(torn) < 16 * len(PAGES)


def test_of_the_halves_eight_in_a_hundred_have_no_partner() -> None:
    alone = with_partner = 0
    for number in range(150):
        pieces = made("paragraphs", number).pieces
        alone += sum(piece.start_lost + piece.end_lost for piece in pieces)
        with_partner += 2 * len(joins_there(pieces))
    assert 0.05 < alone / (alone + with_partner) < 0.11


def test_a_quarter_of_later_columns_is_displaced() -> None:
    shares = []
    for displaced in (0.0, 0.25):
        pieces = [
            piece
            for number in range(60)
            for piece in make_page(ITEMS, random.Random(number), Damage(displaced=displaced)).pieces
            if piece.role in BODY and piece.part > 0
        ]
        shares.append(sum(piece.displaced for piece in pieces) / len(pieces))
    assert shares[0] == 0
    assert 0.18 < shares[1] < 0.32


@pytest.mark.parametrize("form", ["wrapped", "indents kept", "partly", "none"])
def test_line_ends_stand_on_newlines_and_know_their_paragraph(form: str) -> None:
    for number in PAGES:
        page = made(form, number)
        newlines = [at for at, _ in page.line_ends]
        assert newlines == sorted(set(newlines))
        assert all(page.text[at] == "\n" for at in newlines)
        places = [piece for piece in page.pieces if piece.role in KEPT]
        kept = [goes_on for at, goes_on in page.line_ends for piece in places if piece.start <= at < piece.end]
        assert not any(kept)
        assert any(goes_on for _, goes_on in page.line_ends)


def test_indents_stand_where_paragraphs_begin() -> None:
    page = made("indents kept", 3)
    for piece in page.pieces:
        indented = page.text[max(0, piece.start - 2) : piece.start] == "\u3000\u3000"
        if piece.role not in BODY or piece.part > 0:
            assert not indented
        elif not piece.start_lost:
            assert indented
    assert not any(line.startswith("\u3000") for line in made("none", 3).text.split("\n"))


@pytest.mark.parametrize("share", [0.01, 0.03, 0.2])
def test_the_share_of_misread_characters_is_the_one_asked(share: float) -> None:
    text = "".join(CLAUSES) * 300
    wrong = typesetting.misread(text, share, random.Random(1))
    doubled_or_dropped = abs(len(wrong) - len(text)) / len(text)
    assert doubled_or_dropped < share
    same = typesetting.misread("中" * 20_000, share, random.Random(2))
    n_right = same.count("中")
    # a quarter is dropped, .15 doubled, .6 replaced: of 20,000 there are 1 - .85 share + .15 share left
    assert abs(n_right / 20_000 - (1 - 0.85 * share + 0.15 * share)) < 0.01
    assert typesetting.misread(text, 0.0, random.Random(1)) == text


@pytest.mark.parametrize("width", [10, 14, 23, 40])
@pytest.mark.parametrize("squeeze", [True, False])
def test_lines_keep_the_rules_of_print(width: int, squeeze: bool) -> None:
    text = "，".join(CLAUSES) + "（Green Valley）增长12.5%，共1,234元。"
    lines = typesetting.wrap(text, width, random.Random(1), 2, squeeze=squeeze)
    shown = [text[line.start : line.end] for line in lines]
    assert bare("".join(shown)) == bare(text)
    assert not any(line[0] in typesetting.NOT_FIRST for line in shown)
    assert not any(line[-1] in typesetting.NOT_LAST for line in shown)
    assert any("12.5%" in line for line in shown)
    widths = [sum(0.5 if character.isascii() else 1 for character in line) for line in shown]
    assert max(widths) <= width + 1
    assert widths[0] <= width - 1


def test_a_long_latin_word_is_hyphenated_or_moves_down() -> None:
    text = "会议通过了Internationalisation计划。"
    found = {
        tuple(text[line.start : line.end] + "-" * line.hyphen for line in typesetting.wrap(text, 10, random.Random(n)))
        for n in range(8)
    }
    assert found == {
        ("会议通过了Internati-", "onalisation计划。"),
        ("会议通过了", "Internationalisation", "计划。"),
    }


def test_items_of_short_news_are_parted_at_their_heads() -> None:
    lines = [
        "老街修好了",
        "石板路重新铺过，路灯也换成了新的，街坊说晚上出门不怕了，游客也多了起来，铺子开到夜里十点，生意比去年好了三成，连外地人也慕名而来。",
    ]
    more = [
        "（图片）",
        "码头装上新吊车",
        "三台吊车昼夜不停，比过去快了一倍，工人们说再也不用排队等货，船到港当天就能走，节省了不少时间和油钱，都说划算，老板也笑了。",
    ]
    items = list(_printed([*lines, *more]))
    assert [item.headline for item in items] == [("老街修好了",), ("码头装上新吊车",)]
    assert [item.paragraphs for item in items] == [(lines[1],), (more[2],)]
    station = list(_broadcast("【新春走基层】老街修好了", [f"央视网消息（新闻联播）：{lines[1]}"]))
    assert station[0].headline == ("新春走基层", "老街修好了")
    assert station[0].paragraphs == (lines[1],)


def test_the_other_wording_has_no_template_of_the_usual_one() -> None:
    for name in USUAL.__dataclass_fields__:
        usual, other = getattr(USUAL, name), getattr(OTHER, name)
        assert len(usual) == len(set(usual))
        assert not set(usual) & set(other), name


def test_training_and_test_text_are_kept_apart(tmp_path: Path) -> None:
    text = "三台吊车昼夜不停，比过去快了一倍，工人们说再也不用排队等货，船到港当天就能走，节省了不少时间和油钱，都说划算，老板也笑了"
    records = [
        {"date": f"202401{day:02}", "title": f"码头第{day}天", "paragraphs": [f"{text}，{day}。"]}
        for day in range(1, 11)
    ]
    random.Random(3).shuffle(records)
    (tmp_path / FILES["broadcast"]).write_bytes(gzip.compress(b"\n".join(map(orjson.dumps, records))))
    lines = [line for day in range(1, 11) for line in (f"码头新闻第{day}天", f"{text}，{day}。")]
    (tmp_path / FILES["peoples_daily"]).write_bytes(gzip.compress("\n".join(lines).encode()))
    for source in FILES:
        train, test = (items_of(tmp_path, source, part) for part in PARTS)
        days = [[int(item.paragraphs[0].split("，")[-1][:-1]) for item in items] for items in (train, test)]
        assert days == [list(range(1, 9)), [9, 10]], source
        assert items_of(tmp_path, source) == train + test
        assert not {item.headline for item in train} & {item.headline for item in test}


# --- The judge ---


def as_page(page: MadePage, blocks: list[Block], moved: list[Piece] | None = None) -> Page:
    """A repaired page with those blocks, and notes of those moves."""
    notes = tuple(Note((Span(piece.start, piece.end),), "moved") for piece in moved or [])
    return Page("made", page.text, Source("made.txt", "", "utf-8"), notes=notes, blocks=tuple(blocks))


def lines_of(page: MadePage, piece: Piece) -> list[Span]:
    """The piece's lines as spans; one span for what keeps its lines."""
    if piece.role in KEPT:
        return [Span(piece.start, piece.end)]
    spans, at = [], piece.start
    for line in page.text[piece.start : piece.end].split("\n"):
        if line.strip():
            first = at + len(line) - len(line.lstrip())
            spans.append(Span(first, first + len(line.strip())))
        at += len(line) + 1
    return spans


def perfect(page: MadePage) -> Page:
    """What repair makes at its best: every torn paragraph one block, every displaced piece in its place."""
    followers = dict(joins_there(page.pieces))
    home = sorted(
        range(len(page.pieces)),
        key=lambda at: (page.pieces[at].article, page.pieces[at].paragraph, page.pieces[at].part, at),
    )
    blocks = []
    for at in home:
        if at in followers.values():
            continue
        spans = lines_of(page, page.pieces[at])
        role = page.pieces[at].role
        while at in followers:
            at = followers[at]
            spans += lines_of(page, page.pieces[at])
        blocks.append(Block("body" if role in BODY else "heading", tuple(spans), ""))
    return as_page(page, blocks, [piece for piece in page.pieces if piece.displaced])


@pytest.mark.parametrize("form", FORMS)
def test_a_perfect_result_scores_one(form: str) -> None:
    for number in PAGES:
        counts = judge(made(form, number), perfect(made(form, number))).counts()
        assert counts["joins found"] == counts["joins there"] == counts["joins right"]
        assert counts["line ends"] == counts["line ends right"]
        assert counts["paragraphs"] == counts["paragraphs exact"]
        assert counts["pieces moved"] == counts["pieces moved right"]
        assert counts["pieces astray"] == counts["pieces home"]
        assert not any(value for name, value in counts.items() if name.endswith(" joined"))


def test_an_untouched_page_scores_nothing() -> None:
    for number in PAGES:
        page = made("partly", number)
        lines = [Block("body", (span,), "") for piece in page.pieces for span in lines_of(page, piece)]
        counts = judge(page, as_page(page, lines)).counts()
        assert counts["joins found"] == counts["pieces moved"] == counts["pieces home"] == 0
        ends = [goes_on for _, goes_on in page.line_ends]
        assert counts["line ends wrongly joined"] == 0
        assert 0 < counts["line ends wrongly parted"] <= sum(ends)


SMALL = MadePage(
    "老街\n河堤上的\n▲图\n路灯。\n新居落成。\n县里\n修渠。\n",
    (
        Piece(0, 2, "headline", 0, 0),
        Piece(3, 7, "body", 0, 1, 0),
        Piece(8, 10, "caption", 0, -1),
        Piece(11, 14, "body", 0, 1, 1),
        Piece(15, 20, "body", 0, 2),
        Piece(21, 23, "body", 1, 1, 0),
        Piece(24, 27, "body", 1, 1, 1),
    ),
)
"""Two torn paragraphs: pieces 1 and 3, 5 and 6."""


def small(*blocks: tuple[int, ...], moved: tuple[int, ...] = ()) -> Judged:
    """The small page with blocks of those pieces."""
    spans = [tuple(Span(SMALL.pieces[at].start, SMALL.pieces[at].end) for at in block) for block in blocks]
    pieces = [SMALL.pieces[at] for at in moved]
    return judge(SMALL, as_page(SMALL, [Block("body", its, "") for its in spans], pieces))


@pytest.mark.parametrize(
    ("blocks", "precision", "recall"),
    [
        (((0,), (1, 3), (2,), (4,), (5, 6)), Fraction(2, 2), Fraction(2, 2)),
        (((0,), (1, 3), (2,), (4,), (5,), (6,)), Fraction(1, 1), Fraction(1, 2)),
        (((0,), (1, 2), (3,), (4,), (5, 6)), Fraction(1, 2), Fraction(1, 2)),
        (((0, 1), (3,), (2,), (4, 5, 6)), Fraction(1, 3), Fraction(1, 2)),
    ],
)
def test_joins_are_counted_as_pairs(blocks: tuple[tuple[int, ...], ...], precision: Fraction, recall: Fraction) -> None:
    counts = small(*blocks).counts()
    assert Fraction(counts["joins right"], counts["joins found"]) == precision
    assert Fraction(counts["joins right"], counts["joins there"]) == recall


def test_a_caption_in_a_paragraph_is_a_false_join_of_the_caption() -> None:
    counts = small((0,), (1, 2, 3), (4,), (5, 6)).counts()
    assert (counts["captions"], counts["captions joined"]) == (1, 1)
    assert (counts["headings"], counts["headings joined"]) == (1, 0)


def test_a_span_over_two_pieces_joins_them() -> None:
    whole = Block("body", (Span(15, 23),), "")
    assert judge(SMALL, as_page(SMALL, [whole])).joins_found == {(4, 5)}


def test_only_the_start_of_a_lead_counts() -> None:
    page = MadePage(
        "铺路。\n本报讯县里\n修渠。\n",
        (Piece(0, 3, "body", 0, 1), Piece(4, 9, "lead", 1, 1), Piece(10, 13, "body", 2, 1)),
    )
    onto = Block("body", (Span(4, 9), Span(10, 13)), "")
    from_above = Block("body", (Span(0, 3), Span(4, 9)), "")
    assert judge(page, as_page(page, [onto])).counts()["leads joined"] == 0
    assert judge(page, as_page(page, [from_above])).counts()["leads joined"] == 1


def test_a_title_in_its_poem_harms_the_title_and_another_line_harms_both() -> None:
    page = MadePage(
        "秋\n细雨落青山\n孤灯照客船\n铺路。\n",
        (Piece(0, 1, "headline", 0, 0), Piece(2, 13, "verse", 0, 1), Piece(14, 17, "body", 1, 1)),
    )
    counts = judge(page, as_page(page, [Block("verse", (Span(0, 13),), "")])).counts()
    assert (counts["headings joined"], counts["verses joined"]) == (1, 0)
    counts = judge(page, as_page(page, [Block("verse", (Span(2, 17),), "")])).counts()
    assert (counts["headings joined"], counts["verses joined"]) == (0, 1)
    counts = judge(page, as_page(page, [Block("body", (Span(0, 1), Span(2, 13)), "")])).counts()
    assert (counts["headings joined"], counts["verses joined"]) == (1, 1)  # the newline between them is lost


WRAPPED = MadePage(
    "今年修了三\n条渠。\n明年\n再修两条。\n细雨落青山\n孤灯照客船\n",
    (Piece(0, 9, "body", 0, 1), Piece(10, 18, "body", 0, 2), Piece(19, 30, "verse", 1, 1)),
    ((5, True), (9, False), (12, True), (18, False), (24, False)),
)
"""Two paragraphs of two lines each, and a poem."""


@pytest.mark.parametrize(
    ("blocks", "ends", "exact", "torn_up"),
    [
        ([[(0, 5), (6, 9)], [(10, 12), (13, 18)], [(19, 30)]], Fraction(4, 4), Fraction(2, 2), 0),
        ([[(0, 5)], [(6, 9)], [(10, 12), (13, 18)], [(19, 30)]], Fraction(3, 4), Fraction(1, 2), 0),
        ([[(0, 5), (6, 9), (10, 12), (13, 18)], [(19, 30)]], Fraction(3, 4), Fraction(0, 2), 0),
        ([[(0, 5), (6, 9)], [(10, 12), (13, 18)], [(19, 24), (25, 30)]], Fraction(4, 4), Fraction(2, 2), 1),
        ([[(0, 6), (6, 9)], [(10, 12), (13, 18)], [(19, 30)]], Fraction(4, 4), Fraction(2, 2), 0),
    ],
    ids=["perfect", "a line apart", "two in one", "a poem in one line", "a Latin word keeps its newline"],
)
def test_line_ends_and_whole_paragraphs(
    blocks: list[list[tuple[int, int]]], ends: Fraction, exact: Fraction, torn_up: int
) -> None:
    its = [Block("body", tuple(Span(*span) for span in spans), "") for spans in blocks]
    counts = judge(WRAPPED, as_page(WRAPPED, its)).counts()
    assert Fraction(counts["line ends right"], counts["line ends"]) == ends
    assert Fraction(counts["paragraphs exact"], counts["paragraphs"]) == exact
    assert counts["verses joined"] == torn_up


def test_a_jump_on_a_line_of_its_own_may_be_joined_or_not() -> None:
    page = MadePage("今年修了三条渠。\n（下转第二版）\n", (Piece(0, 16, "body", 0, 1),), ((8, True),))
    for blocks in ([[(0, 8), (9, 16)]], [[(0, 8)], [(9, 16)]]):
        its = [Block("body", tuple(Span(*span) for span in spans), "") for spans in blocks]
        counts = judge(page, as_page(page, its)).counts()
        assert (counts["line ends"], counts["line ends right"]) == (1, 1)


def test_moves_are_right_behind_their_own_article() -> None:
    page = MadePage(
        "渠\n修渠。\n街\n铺路。\n放水。\n",
        (
            Piece(0, 1, "headline", 0, 0),
            Piece(2, 5, "body", 0, 1),
            Piece(6, 7, "headline", 1, 0),
            Piece(8, 11, "body", 1, 1),
            Piece(12, 15, "body", 0, 2, displaced=True),
        ),
    )
    blocks = [Block("body", (Span(piece.start, piece.end),), "") for piece in page.pieces]
    right = [blocks[at] for at in (0, 1, 4, 2, 3)]
    wrong = [blocks[at] for at in (0, 1, 2, 4, 3)]
    found = judge(page, as_page(page, right, [page.pieces[4]]))
    assert (found.moved, found.moved_right, found.astray, found.home) == ({4}, {4}, {4}, {4})
    found = judge(page, as_page(page, wrong, [page.pieces[4]]))
    assert (found.moved, found.moved_right, found.astray, found.home) == ({4}, set(), {4}, set())
    found = judge(page, as_page(page, blocks))
    assert (found.moved, found.astray, found.home) == (set(), {4}, set())


def test_the_places_of_errors_are_told() -> None:
    wrong = small((0,), (1, 2), (3,), (4,), (5, 6)).wrong()
    assert wrong["wrong joins"] == [(7, 8)]
    assert wrong["missed joins"] == [(7, 11)]


# --- The measure ---


def test_scores_are_shares_of_what_was_counted() -> None:
    scores = eval_repair.Scores()
    scores.add(SMALL.text, small((0,), (1, 3), (2,), (4,), (5,), (6,)))
    scores.add(SMALL.text, small((0,), (1, 2), (3,), (4,), (5, 6)))
    assert scores.share("joins right", "joins found") == 2 / 3
    assert scores.share("joins right", "joins there") == 2 / 4
    assert scores.share("line ends right", "line ends") == 1  # there were none
    assert scores.samples["wrong joins"] == ["…老街⏎河堤上的⟧  ⟦▲图⏎路灯。⏎新居落成。⏎县里⏎修渠。⏎…"]
    assert scores.samples["missed joins"][-1] == "…老街⏎河堤上的⟧ ▲图 ⟦路灯。⏎新居落成。⏎县里⏎修渠。⏎…"


def test_every_condition_makes_its_pages() -> None:
    given = argparse.Namespace(pages=4, seed=1, traditional=0.0)
    for name, damage in (eval_repair.COLUMNS | eval_repair.LINES).items():
        pages = list(eval_repair.pages_of(ITEMS, name, damage, given))
        assert pages == list(eval_repair.pages_of(ITEMS, name, damage, given))
        has_blank_lines = ["\n\n" in page.text for page in pages]
        assert bool(pages[0].line_ends) == (damage.layout == "wrapped")
        if damage.layout == "paragraphs":
            assert has_blank_lines[:3] == [True] * 3


def test_figures_have_a_name_for_every_goal() -> None:
    found = {name: eval_repair.Scores() for name in eval_repair.COLUMNS | eval_repair.LINES}
    figures = eval_repair.report("invented", found, 0)
    assert {"invented_joins_no_displacement_p", "invented_joins_25_displaced_r", "invented_moves_p"} <= set(figures)
    assert {"invented_headings_left", "invented_tables_left", "invented_lines_indents_kept_exact"} <= set(figures)
    assert all(value in (0, 1) for value in figures.values())


def test_the_model_named_is_the_one_that_rules_use(monkeypatch: pytest.MonkeyPatch) -> None:
    module = seam_module
    monkeypatch.setattr(module, "seam_model", lambda path=None: str(path))
    monkeypatch.setattr(wraps, "seam_model", module.seam_model, raising=False)
    assert eval_repair.use_model(None).startswith("the one that ships")
    assert vars(wraps)["seam_model"]() == "None"
    eval_repair.use_model(Path("other.bin"))
    assert vars(wraps)["seam_model"]() == vars(module)["seam_model"]() == "other.bin"
