"""Provisional roles: what a line or a paragraph is by its own words first, then by what stands round it.

Blocks enter, Retags leave. A block that nothing proves stays body: a heading taken for body costs one record its
headline, a body taken for a heading tears its article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus_tools.characters import BULLETS, HANZI, ends_sentence
from corpus_tools.cohesion import Cohesion
from corpus_tools.drafts import is_backward_jump, is_lead, is_open_end
from corpus_tools.model import Block, Decision, Page, Retag
from corpus_tools.options import Options
from corpus_tools.roles import (
    is_author_name,
    is_credit,
    is_notice_title,
    is_remark,
    is_source,
    may_be_heading,
    people_in,
    role_by_words,
)
from corpus_tools.roles.columns import may_be_column
from corpus_tools.roles.furniture import heads_page
from corpus_tools.roles.titles import is_briefs_title, is_service_title, is_sources_title, speaks_as_notice
from corpus_tools.roles.wording import TEXT_AND_PICTURE
from corpus_tools.seam_model import seam_model

_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}、[^。]{2,24}$|[（(][一二三四五六七八九十]{1,2}[）)][^。]{2,24}$")

COMPARED, LEAST_COMPARED, STRANGE = 4, 150, 0.01
"""Paragraphs above that a picture's text is compared with, the characters they must have, and the cohesion below which it is
about something else: of true neighbours 1 % have less."""

_OWN_START = re.compile(
    r"[0-9０-９一二三四五六七八九十]{1,2}月[0-9０-９一二三四五六七八九十]{1,3}日|[0-9０-９]{1,2}日|昨日|昨天|今天|今日|日前|近日|连日来|連日來|昨晚"
)
LONGEST_COUPLET = 16
BEGINS = 1.5
"""Characters of a crosshead of two clauses; `opening - alone` (nats) of a paragraph that surely begins below it. Of 213 first
halves with a comma on made pages none is so short, so even and so followed."""

LONGEST_QUESTION = 24
"""Characters of a question with a comma in it that is a headline; as paragraphs of reports, such questions are longer."""

LONGEST_CAPTION = 110
"""Characters of a caption that only an arrow proves; marks before longer paragraphs are those of short reports."""

CAPTION_LENGTH = 300
"""Characters: longer than that, a paragraph above a photographer's name is an article, not a caption."""

LONGEST_NAMES = 40
SHORTEST_TEXT = 16
"""Characters of a paragraph that an author's name may stand above; a shorter line may be another part of the head."""

LONGEST_WORD = 2
"""Hanzi of a name that may be a word of the lexicon; its longer words that begin with a family name are mostly names."""

LOOKED_BELOW = 8
"""Blocks in which a second name would show that names are headings of parts here."""

LONGEST_BELOW_TITLE = 1200
"""Characters of a notice with all its paragraphs."""

_HEADS_NAMES = re.compile("名单|名單|等奖|等獎|获奖|獲獎|委员|委員|候选|候選|当选|當選|[组組队隊]$")
"""In a heading that stands above a list of names."""

_SIGNED_NOTICE = re.compile(
    rf"(?P<office>[{HANZI}（）()·]{{4,30}}[局部委厅廳院校所社会會馆館处處室办辦司台站厂廠府团團队隊店行心镇鎮县縣区區]\ *)?"
    r"(?:(?:日期|时间|時間)[：:])?(?P<date>[12〇零○一二三四五六七八九０-９0-9]{4}年[0-9０-９一二三四五六七八九十]{1,3}月[0-9０-９一二三四五六七八九十]{1,3}日)?"
)
_WROTE_AND_TOOK = re.compile(rf"[□■◆●○◎\ ]{{0,2}}{TEXT_AND_PICTURE}[\ ：:／/|｜]|[^（(]{{2,16}}\ ?{TEXT_AND_PICTURE}$")


def tag_lines(page: Page, options: Options) -> Iterator[Decision]:
    """Blocks whose own words prove it become jump, table, credit, byline, caption, furniture or deck.

    At the top of a page, below furniture, a line that names the page's section is furniture too.
    """
    is_top = True  # nothing but furniture so far
    for index, block in enumerate(page.blocks):
        role = role_by_words(block.text) if block.role == "body" else None
        if is_top and index and role is None and block.role == "body" and heads_page(block.text):
            role = "furniture"
        is_top = is_top and "furniture" in (role, block.role)
        if role and not (role == "caption" and _is_brief(page.blocks, index)):
            yield Retag(index, role, "by its words")


def _is_brief(blocks: Sequence[Block], index: int) -> bool:
    """Whether a paragraph with a mark before it is one of several: short reports, below their title or each other."""
    text = blocks[index].text
    mark = text[0]
    if mark not in BULLETS and mark not in "△▽▼":
        return False
    if len(text) > LONGEST_CAPTION:
        return True
    beside = (blocks[at] for at in (index - 1, index + 1) if 0 <= at < len(blocks))
    return any(each.text[0] == mark or is_briefs_title(each.text) for each in beside)


def tag_headings(page: Page, options: Options) -> Iterator[Decision]:
    """Short blocks without an end mark become headings, unless they read like half of a sentence.

    `为确保…负责建设的ZH08标段` and `“三届评选60名…确保高` stay body: a comma and no space, or an open quote.
    """
    blocks = page.blocks
    headed = False  # whether the block above is a heading or belongs to one
    for index, block in enumerate(blocks):
        if block.role == "body" and headed and is_remark(block.text):
            yield Retag(index, "deck", "a remark below a heading")
        elif block.role == "body" and (
            (may_be_heading(block.text) and not _goes_on_sentence(blocks, index) and not _breaks_off(blocks, index))
            or _announces(blocks, index)
        ):
            yield Retag(index, "heading", "short, no end mark")
            headed = True
        else:
            headed = block.role in ("heading", "deck")


def _breaks_off(blocks: Sequence[Block], index: int) -> bool:
    """Whether 下转 stands right below, and text above: then a short line is the last one of its article, and no headline."""
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    has_text = index > 0 and blocks[index - 1].role == "body" and not may_be_heading(blocks[index - 1].text)
    return has_text and below is not None and below.role == "jump" and not is_backward_jump(below)


def _goes_on_sentence(blocks: Sequence[Block], index: int) -> bool:
    """Whether a short line rather belongs to a sentence: by its commas, unless what follows shows it is a headline."""
    text = blocks[index].text
    if not any(mark in text for mark in "，,；;") or " " in text or "——" in text or _NUMBERED.match(text):
        return False
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    if following is None:
        return True
    if index and blocks[index - 1].role == "body" and may_be_column(blocks[index - 1].text):
        return False
    if _is_couplet(text) and (not index or blocks[index - 1].role != "body" or ends_sentence(blocks[index - 1].text)):
        return not (following.role == "body" and seam_model().begins(following.text) > BEGINS)
    return not (
        is_lead(following)
        or _asks(text, blocks[index - 1] if index else None, following)
        or following.role in ("deck", "byline")
        or (following.role == "body" and is_remark(following.text))
        or is_backward_jump(following)
        or (following.role == "body" and may_be_heading(following.text) and " " in following.text)
    )


def _is_couplet(text: str) -> bool:
    """Whether a short line is two clauses of about one length: 水通了，心也亮了; “不能等，也等不起”."""
    clauses = text.strip("“”").split("，")
    lengths = [len(clause) for clause in clauses]
    return (
        len(text) <= LONGEST_COUPLET and len(clauses) == 2 and abs(lengths[0] - lengths[1]) <= 1 and min(lengths) >= 2
    )


def _announces(blocks: Sequence[Block], index: int) -> bool:
    """Whether a short line ends in a colon above a headline, 李强在安徽调研时强调：, or above an essay's sources, 注释："""
    text = blocks[index].text
    if is_sources_title(text) and index + 1 < len(blocks) and blocks[index + 1].role == "list":
        return True
    if text[-1] not in "：:" or not 2 < len(text) <= LONGEST_QUESTION or index + 2 >= len(blocks):
        return False
    is_apart = index == 0 or blocks[index - 1].role != "body" or ends_sentence(blocks[index - 1].text)
    below, text_below = blocks[index + 1], blocks[index + 2]
    return is_apart and below.role == "body" and may_be_heading(below.text) and len(text_below.text) > len(below.text)


def _asks(text: str, above: Block | None, following: Block) -> bool:
    """Whether a short line with a comma is a question for a headline: 老旧小区加装电梯，钱怎么分摊？"""
    is_apart = above is None or above.role != "body" or ends_sentence(above.text) or may_be_heading(above.text)
    return (
        text[-1] in "？?"
        and text[0] not in "“「"
        and len(text) <= LONGEST_QUESTION
        and is_apart
        and following.role == "body"
        and len(following.text) > 2 * len(text)
    )


def tag_bylines(page: Page, options: Options) -> Iterator[Decision]:
    """A line of nothing but names right below a headline becomes the byline: 陆知晚, 江 帆, □ 桑榆, 文/图 刘涛.

    A name that the text below speaks of, or the first of several names that head parts of one article, stays a heading.
    """
    blocks = page.blocks
    for index, block in enumerate(blocks):
        if not index or block.role not in ("body", "heading", "credit") or len(block.text) > LONGEST_NAMES:
            continue
        above = blocks[index - 1]
        if _closes(blocks, index):
            yield Retag(index, "byline", "a name between an article's end and the next headline")
            continue
        if _is_headed_apart(blocks, index):
            yield Retag(index, "byline", "names below a headline whose text stands elsewhere")
            continue
        if index + 1 == len(blocks):
            continue
        if above.role not in ("heading", "deck") or is_author_name(above.text) or _HEADS_NAMES.search(above.text):
            continue
        if not _begins_text(blocks[index + 1]) and " " not in block.text.strip():
            continue  # a single name: what it stands above must prove it
        if block.role == "credit":
            if _WROTE_AND_TOOK.match(block.text):
                yield Retag(index, "byline", "who wrote and took the pictures, below a headline")
        elif is_author_name(block.text) and not _is_subject(blocks, index):
            yield Retag(index, "byline", "names below a headline")


def _closes(blocks: Sequence[Block], index: int) -> bool:
    """Whether a name stands alone behind an article's last sentence and before the next head, or the page's end."""
    above, following = blocks[index - 1], blocks[index + 1] if index + 1 < len(blocks) else None
    text = blocks[index].text
    if above.role != "body" or not ends_sentence(above.text) or "·" in text or not is_author_name(text):
        return False
    return following is None or following.role in ("heading", "furniture")


def _is_headed_apart(blocks: Sequence[Block], index: int) -> bool:
    """Whether several names, or one that print spaces out, stand below a headline that has no text here."""
    text = blocks[index].text
    if blocks[index - 1].role not in ("heading", "deck") or " " not in text or not is_author_name(text):
        return False
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    return below is None or below.role != "body" or len(below.text) <= SHORTEST_TEXT


def _begins_text(block: Block) -> bool:
    return block.role in ("verse", "caption") or (block.role == "body" and len(block.text) > SHORTEST_TEXT)


def _is_subject(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line is rather what the text below is about: a word, or who it speaks of, or one of several that head its parts."""
    text = blocks[index].text.strip()
    names = [person.name for person in people_in(text)] or [text]
    if len(text) <= LONGEST_WORD and seam_model().word_over(text[:1], text[1:]) == text:
        return True  # 高温: a word that begins like a name
    below = blocks[index + 1 : index + 1 + LOOKED_BELOW]
    if any(name in block.text for name in names for block in below[:2]):
        return True
    return any(block.role in ("heading", "body") and is_author_name(block.text) for block in below)


def tag_notices(page: Page, options: Options) -> Iterator[Decision]:
    """What stands below the title of a notice (停电公告, 遗失声明, 更正) becomes notice, up to the next heading.

    Its signature and date too, which alone would be a heading and furniture. A report with a lead, or one longer than
    notices are, stays body.
    """
    blocks = page.blocks
    titled = False
    n_characters = 0
    for index, block in enumerate(blocks):
        if titled and n_characters and _signs_notice(blocks, index):
            yield Retag(index, "notice", "signs a notice")
        elif block.role in ("heading", "deck"):
            is_second = titled and not n_characters  # 申請新酒牌公告 / 海旺閣小菜館
            is_title = is_notice_title(block.text) or is_service_title(block.text)
            titled = block.role == "heading" and (is_title or is_second)
            n_characters = 0
        elif titled and block.role in ("body", "notice"):
            n_characters += len(block.text)
            is_first = n_characters == len(block.text)
            titled = n_characters <= LONGEST_BELOW_TITLE and not is_lead(block)
            titled = titled and (is_first or speaks_as_notice(block.text))
            if titled and block.role == "body":
                yield Retag(index, "notice", "below the title of a notice")
        elif block.role not in ("advert", "list", "table"):
            titled = False


def _signs_notice(blocks: Sequence[Block], index: int) -> bool:
    """Whether a block is an office, a date or both: an office alone only where a date stands below it."""
    block = blocks[index]
    if block.role not in ("heading", "furniture", "body"):
        return False
    signed = _SIGNED_NOTICE.fullmatch(block.text)
    if signed is None:
        return False
    if signed["date"]:
        return True
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    found = _SIGNED_NOTICE.fullmatch(below.text) if below else None
    return found is not None and bool(found["date"]) and not found["office"]


def tag_captions(page: Page, options: Options) -> Iterator[Decision]:
    """The one paragraph above a photographer's name that belongs to no report becomes a caption.

    It stands behind an article's end, between a head and its lead, below a headline of its own, or between two halves. A
    paragraph in the middle of an article, or with a lead of its own, stays body.
    """
    blocks = page.blocks
    for index, block in enumerate(blocks[:-1]):
        if block.role != "body" or len(block.text) > CAPTION_LENGTH or not is_credit(blocks[index + 1].text):
            continue
        if is_lead(block) or not ends_sentence(block.text) or is_source(blocks[index + 1].text):
            continue
        reason = _pictured(blocks, index)
        if reason:
            yield Retag(index, "caption", f"one paragraph above a credit, {reason}")


def _pictured(blocks: Sequence[Block], index: int) -> str:
    """Where a paragraph above a credit stands, if that shows that it describes a picture; empty where it may be a report's."""
    above = blocks[index - 1] if index else None
    if above is None or _ends_article(above):
        return "behind an article's end"
    place = next((at for at in range(index + 1, len(blocks)) if not is_credit(blocks[at].text)), None)
    below = None if place is None else blocks[place]
    if above.role in ("heading", "deck") and below is not None and is_lead(below):
        return "between a head and its lead"
    if above.role == "heading" and (below is None or _begins_anew(below) or _goes_on(below, blocks[index])):
        return "below a headline of its own"
    if is_open_end(above) and below is not None and _goes_on(below, blocks[index]):
        return "between two halves of another"
    return "about something else than the article" if _is_strange(blocks, index) else ""


def _is_strange(blocks: Sequence[Block], index: int) -> bool:
    """Whether a paragraph that begins anew has next to nothing in common with the paragraphs above it."""
    above = [block.text for block in blocks[max(0, index - COMPARED) : index] if block.role == "body"]
    text = blocks[index].text
    if sum(map(len, above)) < LEAST_COMPARED or not _OWN_START.match(text):
        return False
    cohesion = Cohesion(block.text for block in blocks if block.role in ("body", "list", "verse"))
    return cohesion.similarity("\n".join(above), text) < STRANGE


def _begins_anew(block: Block) -> bool:
    """Whether a head, a lead or furniture stands there."""
    return block.role in ("heading", "furniture", "deck") or is_lead(block)


def _goes_on(below: Block, caption: Block) -> bool:
    """Whether what stands below a picture begins in mid-sentence, and rather so than the paragraph above the credit."""
    if below.role != "body" or is_lead(below):
        return False
    begins = seam_model().begins(below.text)
    return begins < 0 and begins < seam_model().begins(caption.text)


def _ends_article(block: Block) -> bool:
    if block.role == "jump":
        return not is_backward_jump(block)
    return block.role in ("byline", "credit", "furniture", "caption")
