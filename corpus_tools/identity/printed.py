"""What the page says of itself: newspaper, date, edition, page number and section read off its masthead and folios.

Furniture blocks enter, what each line says leaves; a page enters, the page with what flags, manifest and path left open
filled in. Each field that was filled has a note with its place; where lines disagree with each other, the surer one holds,
or none where they are alike; where print disagrees with what was given, the given one holds. Both are noted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from corpus_tools.blocks import text_of
from corpus_tools.edits import Offsets, undo
from corpus_tools.identity.given import FIELDS
from corpus_tools.identity.values import as_date, as_page_number, iso_date
from corpus_tools.model import Block, Note, Page, PageMeta, Span
from corpus_tools.roles.folio_parts import Part, parts_of

RULE = "printed_identity"
FLAG = "identity"

CONFIRMED, PLAIN, CONTRADICTED = 1.0, 0.9, 0.5
"""Scores: a date whose weekday fits, what stands there plainly, a date whose weekday is another one."""

_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_WEEKDAY = re.compile(r"[一二三四五六日天](?=\ ?[）)]?$)")
_ENGLISH = re.compile(
    r"(?:(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?\ (?P<m>[A-Z][a-z]{2})|(?P<m2>[A-Z][a-z]{2})[a-z]*\.?\ (?P<d2>[0-9]{1,2}))[a-z]*\.?,?\ (?P<y>[0-9]{4})"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NO_NUMBER = re.compile(r"叠|疊")


_SPACED_OUT = re.compile(r"(?:[^\x00-\xff]\ {1,3}){2,7}[^\x00-\xff]")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one line says of one field: the value as records hold it, how sure that is (0-1), and where it stands."""

    field: str
    value: str
    score: float
    spans: tuple[Span, ...]


def evidence_of(text: str, spans: tuple[Span, ...] = ()) -> Iterator[Evidence]:
    """What one furniture line says of its page.

    >>> [(each.field, each.value) for each in evidence_of("A05 城事 柳浦晚报 2019年7月23日 星期二")]
    [('date', '2019-07-23'), ('page_number', 'A5'), ('newspaper', '柳浦晚报'), ('section', '城事')]
    >>> list(evidence_of("责编：张三 电话：0352-2429838"))
    []
    """
    if _SPACED_OUT.fullmatch(text):
        text = text.replace(" ", "")  # 朔 江 日 报: a masthead as wide as the page
    parts = [part for part in parts_of(text.removesuffix("。")) if part.kind != "desk"]
    kinds = {part.kind for part in parts}
    is_folio = {"date", "weekday"} <= kinds or {"page", "paper"} <= kinds
    if kinds & {"contact", "sponsor", "copyright"} and not is_folio:
        return  # whose address it is, and since when, is not said of this page
    if [part.kind for part in parts] == ["word", "date"]:
        return  # an office that signs a notice with the day, as likely as a masthead
    yield from _dates(parts, spans)
    yield from _pages(parts, spans)
    yield from _papers(parts, spans)
    for part in parts:
        if part.kind == "edition":
            yield Evidence("edition", part.text, PLAIN, spans)
    yield from _sections(parts, spans)


def _dates(parts: Sequence[Part], spans: tuple[Span, ...]) -> Iterator[Evidence]:
    weekdays = {found[0] for part in parts if part.kind == "weekday" and (found := _WEEKDAY.search(part.text))}
    for part in parts:
        value = as_date(part.text) if part.kind == "date" else _english(part.text) if part.kind == "english" else None
        if value is None:
            continue
        fits = {_WEEKDAYS[day] == date.fromisoformat(value).weekday() for day in weekdays}
        score = PLAIN if not fits else CONFIRMED if True in fits else CONTRADICTED
        yield Evidence("date", value, score, spans)


def _english(text: str) -> str | None:
    found = _ENGLISH.search(text)
    month = (found["m"] or found["m2"]) if found else None
    if found is None or month not in _MONTHS:
        return None
    return iso_date(int(found["y"]), _MONTHS.index(month) + 1, int(found["d"] or found["d2"]))


def _pages(parts: Sequence[Part], spans: tuple[Span, ...]) -> Iterator[Evidence]:
    """The page's number, where the line has one and only one; a bare digit only beside something that is no number."""
    pages = [part for part in parts if part.kind == "page" and not _NO_NUMBER.search(part.text)]
    if len(pages) != 1:
        return
    bare = re.sub(r"(?i:page)|[Pp](?=\.?[0-9])\.?|[\ -]", "", pages[0].text)
    if bare.isdecimal() and not bare.startswith("0") and len(parts) == 1:
        return
    value = as_page_number(bare)
    if value is not None:
        yield Evidence("page_number", value, PLAIN, spans)


def _papers(parts: Sequence[Part], spans: tuple[Span, ...]) -> Iterator[Evidence]:
    for part in parts:
        if part.kind == "paper":
            yield Evidence("newspaper", part.text, PLAIN, spans)


def _sections(parts: Sequence[Part], spans: tuple[Span, ...]) -> Iterator[Evidence]:
    """The section: a word that is known for one, else the only unknown word directly beside the page number."""
    if not any(part.kind in ("page", "date") for part in parts):
        return
    known = [part for part in parts if part.kind == "section"]
    if len(known) == 1:
        yield Evidence("section", known[0].text, PLAIN, spans)
    elif not known:
        beside = [
            other
            for left, right in pairwise(parts)
            for here, other in ((left, right), (right, left))
            if here.kind == "page" and other.kind == "word"
        ]
        if len(beside) == 1:
            yield Evidence("section", beside[0].text, PLAIN, spans)


def printed_identity(page: Page) -> Page:
    """The page with what its furniture says of it where its meta says nothing, and notes of what was read and who disagrees."""
    found = _by_field(each for text, spans in _lines(page) for each in evidence_of(text, spans))
    values = {name: getattr(page.meta, name) for name in FIELDS}
    notes: list[Note] = []
    for name in FIELDS:
        if name in found:
            values[name], note = _settled(name, values[name], found[name])
            notes += [note] if note is not None and note not in page.notes else []
    if not notes:
        return page
    return replace(page, meta=PageMeta(**values), notes=(*page.notes, *notes))


def _lines(page: Page) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """The furniture of a page as it was printed: `--script` has rewritten it where that was asked for."""
    furniture = [block for block in page.blocks if block.role == "furniture"]
    if not furniture or not page.history or page.history[-1].rule != "convert_script":
        return ((block.text, block.spans) for block in furniture)
    return _unconverted(page, furniture)


def _unconverted(page: Page, furniture: Sequence[Block]) -> Iterator[tuple[str, tuple[Span, ...]]]:
    text, offsets = undo(page.text, page.history[-1:]), Offsets(page.history[:-1])
    return ((text_of(text, block.spans, offsets), block.spans) for block in furniture)


def _by_field(evidence: Iterable[Evidence]) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = defaultdict(list)
    for each in evidence:
        found[each.field].append(each)
    return found


def _settled(name: str, given: str | None, found: Sequence[Evidence]) -> tuple[str | None, Note | None]:
    """The value of a field, and the note about it; None for the note where print only says what was given."""
    ranked = _ranked(found)
    best, its_lines = ranked[0]
    spans = tuple(dict.fromkeys(span for each in its_lines for span in each.spans))
    others = tuple(f"printed: {value}" for value, _ in ranked[1:])
    if given is not None:
        if any(value == given for value, _ in ranked):
            return given, None
        said = tuple(f"printed: {value}" for value, _ in ranked)
        return given, Note(spans, FLAG, RULE, f"{name} is {given} by what was given", 1.0, said)
    score = max(each.score for each in its_lines)
    if others and _weight(its_lines) <= _weight(ranked[1][1]):
        places = tuple(dict.fromkeys(span for _, lines in ranked for each in lines for span in each.spans))
        return None, Note(places, FLAG, RULE, f"{name} is not clear", score, (f"printed: {best}", *others))
    doubt = ", but its weekday is another" if score == CONTRADICTED else ""
    return best, Note(spans, FLAG, RULE, f"{name} is {best} as printed{doubt}", score, others)


def _ranked(found: Sequence[Evidence]) -> list[tuple[str, list[Evidence]]]:
    """Values with their lines, the surest first; of equals the one that is printed first."""
    by_value: dict[str, list[Evidence]] = defaultdict(list)
    for each in found:
        by_value[each.value].append(each)
    return sorted(by_value.items(), key=lambda pair: _weight(pair[1]), reverse=True)


def _weight(lines: Sequence[Evidence]) -> tuple[float, int]:
    """How much speaks for a value: its surest line, then how many say it."""
    return max(each.score for each in lines), len(lines)
