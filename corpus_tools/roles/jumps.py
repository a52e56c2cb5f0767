"""Jump lines: （下转第三版）, (上接第1版), ▲上接第1版, 轉A3版, 文接A1, and the page and the title they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus_tools.characters import HANZI

_NUMERALS = "一二三四五六七八九十〇零两百"
_NUMBER = rf"(?:[A-Za-zＡ-Ｚ]{{0,2}}\ ?[0-9０-９]{{1,3}}|[{_NUMERALS}](?:\ ?[{_NUMERALS}]){{0,3}})"
_ARROWS = "▲△▼▽→►▶➤▷＞>←◄◀◁"
_TITLE = r"(?:《[^》\n]{1,40}》|“[^”\n]{1,40}”|「[^」\n]{1,40}」)"
JUMP = re.compile(
    rf"""
    (?:\A\ *(?P<ahead>《[^》\n]{{1,40}}》)\ ?)?                # a title before the brackets: at a line's start only
    (?P<open>[（(〔【\[〈<＜{{｛{_ARROWS}]{{1,3}}\ {{0,2}})?                     # a bracket or arrows …
    (?:未完[，,]?\ ?)?
    (?P<before>(?<=[（(〔【\[〈])《[^》\n]{{1,40}}》\ ?)?
    (?P<way>上\ ?接|承\ ?接|上\ ?承|接\ ?自|[续續]\ ?自|下\ ?[转轉接]|文\ ?[转轉接]
      |[续續]\ ?[见見刊]|[紧緊]\ ?接|[转轉接续續])                                       # where it comes from or goes to
    \ {{0,2}}(?P<inside>{_TITLE})?\ {{0,2}}
    (?:
        第?\ ?(?P<page>{_NUMBER})(?:\ ?[、，,—–-]\ ?第?{_NUMBER}){{0,2}}\ ?[版頁页]
      | (?P<lettered>[A-Za-zＡ-Ｚ]{{1,2}}\ ?[0-9０-９]{{1,2}})(?![A-Za-zＡ-Ｚ0-9０-９.．版頁页])
      | (?P<front>头版|頭版|封面)
    )
    (?:[·・‧][{HANZI}]{{2,4}}(?=\s*$))?                                        # 下转03版·要闻
    (?:
        \ ?(?:(?P<behind>{_TITLE})|[^）)〕】\]〉\n“《]{{0,4}})\ ?(?P<close>[）)〕】\]〉>＞}}｝])  # a title or a word, and the bracket
      | \ ?(?P<last>《[^》\n]{{1,40}}》)(?=\s*$)
      | \ ?[▲△▼▽←◄]
      |
    )
    """,
    re.VERBOSE,
)
_TO_ARROW = re.compile(
    rf"[►▶→➤▷＞>]{{1,4}}\ ?(?:[请請]?[详詳]?[见見][今]?[日]?)?\ ?第?\ ?(?P<page>{_NUMBER})\ ?[版頁页](?:[·・][^，。\n]{{2,4}})?[►▶→]{{0,2}}"
)
"""▶▶2版, →→详见5版: only as a line of its own."""

_CORE = re.compile(
    r"[接转轉自见見刊承续續]\ {0,2}(?:[《“「][^》”」\n]{1,40}[》”」]\ {0,2})?第?\ ?"
    rf"[A-Za-zＡ-Ｚ0-9０-９{_NUMERALS}][A-Za-zＡ-Ｚ0-9０-９{_NUMERALS}、，,—–第\ -]{{0,9}}[版頁页]"
    r"|[接转轉自见見刊承](?:头版|頭版|封面)"
)
"""What every jump line with a page has: a look at a tenth of the cost of the pattern."""

_LETTERED = re.compile(r"[接转轉续續]\ {0,2}(?:[A-Za-zＡ-Ｚ]{1,2}\ ?[0-9０-９]|封面)")
_LOOK = 80
"""Characters at either end of a long text that hold a jump line with a title and its brackets."""

_LETTERED_LOOK = 14
"""Characters at either end of a text that hold 文轉A4, with its brackets."""

_LETTERED_ENDS = frozenset("}｝）)〕】]〉>＞▲△▼▽。面0123456789０１２３４５６７８９")
_LETTERED_STARTS = frozenset(f"（(〔【[〈<＜{_ARROWS}上下文接转轉续續承紧緊 ")

_SURE_WAYS = frozenset({"上接", "承接", "上承", "下转", "下轉", "下接", "文转", "文轉", "文接", "紧接", "緊接"})
_BACKWARD = frozenset({"上接", "承接", "上承", "接自", "续自", "續自", "文接", "紧接", "緊接", "接"})
_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}


@dataclass(frozen=True, slots=True)
class Jump:
    """A jump line inside a text: characters `start`-`end`, the way it points, the printed page and the title it names."""

    start: int
    end: int
    backward: bool
    page: str
    title: str | None = None


def printed_page(numeral: str) -> str:
    """A printed page number in ASCII without leading zeros.

    >>> printed_page("三"), printed_page("十二"), printed_page("一二"), printed_page("A01"), printed_page("０３")
    ('3', '12', '12', 'A1', '3')
    """
    numeral = numeral.replace(" ", "")
    if numeral[0] in _NUMERALS:
        return _from_hanzi(numeral)
    narrow = "".join(chr(ord(mark) - 0xFEE0) if 0xFF01 <= ord(mark) <= 0xFF5E else mark for mark in numeral).upper()
    letters = narrow.rstrip("0123456789")
    return letters + str(int(narrow[len(letters) :]))


def _from_hanzi(numeral: str) -> str:
    if not set(numeral) & set("十百"):  # read digit by digit: 一二 is 12, 二〇 is 20
        return str(int("".join(str(_DIGITS[character]) for character in numeral)))
    total, digit = 0, 0
    for character in numeral:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[character]
    return str(total + digit)


def find_jumps(text: str) -> list[Jump]:
    """The jump lines at the start of a block, at its end, or that are the whole of it.

    In running text a jump counts only in brackets (one half may be lost behind a sure word), or at the very end after
    a sure word (下转第三版).

    >>> [(jump.page, jump.backward) for jump in find_jumps("挂靠科研院所，（下转第三版）")]
    [('3', False)]
    >>> find_jumps("（上接第一版《春到平城》）")[0].title
    '春到平城'
    >>> find_jumps("学生转3版教材后")
    []
    """
    if not _may_hold_jump(text):
        return []  # nearly all paragraphs
    arrow = _TO_ARROW.fullmatch(text.strip())
    if arrow:
        return [Jump(len(text) - len(text.lstrip()), len(text.rstrip()), False, printed_page(arrow["page"]))]
    found: list[Jump] = []
    first = len(text) - len(text.lstrip())
    last = len(text.rstrip(" 。▲△▼▽"))
    for match in _candidates(text):
        if _counts(text, match, first, last):
            way = match["way"].replace(" ", "")
            titled = match["ahead"] or match["before"] or match["inside"] or match["behind"] or match["last"]
            title = titled.strip().strip("《》“”「」") if titled else None
            page = match["page"] or match["lettered"]
            found.append(Jump(*match.span(), way in _BACKWARD, printed_page(page) if page else "1", title))
    return found


def _candidates(text: str) -> Iterator[re.Match[str]]:
    """What looks like a jump line near the text's start and near its end: nowhere else does it count."""
    if len(text) <= 2 * _LOOK:
        yield from JUMP.finditer(text)
    else:
        yield from JUMP.finditer(text, 0, _LOOK)
        yield from JUMP.finditer(text, len(text) - _LOOK)


def _may_hold_jump(text: str) -> bool:
    if "版" in text or "页" in text or "頁" in text:
        if _CORE.search(text):
            return True
        if text[:1] in _ARROWS and _TO_ARROW.fullmatch(text.strip()):
            return True
    if text[-1:] in _LETTERED_ENDS and _LETTERED.search(text, max(0, len(text) - _LETTERED_LOOK)):
        return True
    return text[:1] in _LETTERED_STARTS and _LETTERED.search(text, 0, _LETTERED_LOOK) is not None


def _counts(text: str, match: re.Match[str], first: int, last: int) -> bool:
    """Whether what looks like a jump line is one, by its place, its brackets and its word."""
    opening, closing = (match["open"] or "").strip(), bool(match["close"])
    arrow = bool(opening) and opening[0] in _ARROWS
    bracketed = arrow or (bool(opening) and closing)
    at_start, at_end = match.start() <= first, match.end() >= last
    sure = match["way"].replace(" ", "") in _SURE_WAYS
    if at_start and at_end:
        return sure or bracketed == bool(opening)
    if not (at_start or at_end):
        return False
    if bracketed:
        return True
    if match["lettered"] or match["front"] or not sure:
        return False
    if at_end:
        return not closing or not opening
    return bool(opening) or closing or text[match.end() : match.end() + 1] == " "
