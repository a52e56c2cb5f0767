"""Jump lines: （下转第三版）, (上接第1版), ▲上接第1版, 轉A3版, and the page they name."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"(?P<page>[A-Za-zＡ-Ｚ]{0,2}[0-9０-９]{1,3}|[一二三四五六七八九十〇零两百]{1,4})"
_ARROWS = "▲△▼▽→►▶＞>"
JUMP = re.compile(
    rf"""
    (?P<open>[（(〔【\[{_ARROWS}]\ ?)?                     # a bracket or an arrow …
    (?:未完，?\ ?)?
    (?P<way>上接|承接|下[转轉接]|文[转轉]|[紧緊]接|[转轉接])  # where it comes from or goes to
    (?P<title>《[^》\n]{{1,40}}》)?\ ?
    第?\ ?{_NUMBER}\ ?[版頁页]
    (?:
        (?:《[^》\n]{{1,40}}》|“[^”\n]{{1,40}}”|[^）)〕】\]\n“《]{{0,4}})(?P<close>[）)〕】\]])  # a title or a word, and the bracket
      | 《[^》\n]{{1,40}}》(?=\s*$)
      | [▲△▼▽←◄]
      |
    )
    """,
    re.VERBOSE,
)
_CORE = re.compile(
    r"[接转轉](?:《[^》\n]{1,40}》)?\ ?第?\ ?[A-Za-zＡ-Ｚ0-9０-９一二三四五六七八九十〇零两百]{1,5}\ ?[版頁页]"
)
"""What every jump line has: a look at a tenth of the cost of the pattern."""

_SURE_WAYS = frozenset({"上接", "承接", "下转", "下轉", "下接", "文转", "文轉", "紧接", "緊接"})
_BACKWARD = frozenset({"上接", "承接", "紧接", "緊接", "接"})
_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}


@dataclass(frozen=True, slots=True)
class Jump:
    """A jump line inside a text: characters `start`-`end`, the way it points, the printed page it names."""

    start: int
    end: int
    backward: bool
    page: str


def printed_page(numeral: str) -> str:
    """A printed page number in ASCII without leading zeros.

    >>> printed_page("三"), printed_page("十二"), printed_page("一二"), printed_page("A01"), printed_page("０３")
    ('3', '12', '12', 'A1', '3')
    """
    if numeral[0] in "一二三四五六七八九十〇零两百":
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

    In running text a jump counts only in brackets, or at the very end after a sure word (下转第三版).

    >>> [(jump.page, jump.backward) for jump in find_jumps("挂靠科研院所，（下转第三版）")]
    [('3', False)]
    >>> find_jumps("学生转3版教材后")
    []
    """
    if not ("版" in text or "页" in text or "頁" in text) or not _CORE.search(text):
        return []  # nearly all paragraphs
    found: list[Jump] = []
    first = len(text) - len(text.lstrip())
    last = len(text.rstrip(" 。▲△▼▽"))
    for match in JUMP.finditer(text):
        opening = (match["open"] or "").strip()
        bracketed = bool(opening) and (opening in _ARROWS or bool(match["close"]))
        at_start = match.start() <= first
        at_end = match.end() >= last
        lone_end = at_end and match["way"] in _SURE_WAYS and not match["close"]
        if (at_start and at_end and bool(opening) == bracketed) or ((at_start or at_end) and bracketed) or lone_end:
            found.append(Jump(*match.span(), match["way"] in _BACKWARD, printed_page(match["page"])))
    return found
