"""Path templates: `{newspaper}/{date}/{page}.txt` and a page's path in, the fields of its PageMeta out.

A template is matched from the right, over as many folders as it has: `{date}/{page}.txt` fits `archive/rmrb/19980105/3.txt`.
Literal parts fit whatever their case; a suffix .gz or .zst of the path need not be in the template.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from corpus_tools.errors import UsageError
from corpus_tools.identity.values import as_date, as_page_number, iso_date
from corpus_tools.model import PageMeta
from corpus_tools.read.compressed import SUFFIXES

FIELDS = {"newspaper": "newspaper", "date": "date", "edition": "edition", "section": "section"} | {
    "page": "page_number",
    "page_number": "page_number",
}
"""Names in a template, and what they fill."""

_DIRECTIVES = {"Y": "[0-9]{4}", "y": "[0-9]{2}", "m": "[0-9]{1,2}", "d": "[0-9]{1,2}"}
_TIGHT = {"Y": "[0-9]{4}", "y": "[0-9]{2}", "m": "[0-9]{2}", "d": "[0-9]{2}"}
"""Between digits only the length tells where a number ends: %Y%m%d is 8 digits, %Y-%m-%d may be 2023-1-5."""

_ANY_DATE = (
    r"(?:1[89]|20)[0-9]{2}(?:[0-9]{4}|[-._][0-9]{1,2}[-._][0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}日)"
    r"|(?:中[华華])?民[国國][0-9〇零○一二三四五六七八九十百]{1,5}年[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日"
)
_ANY_PAGE = r"第?(?:[A-Za-z]{0,2}[0-9]{1,4}|[一二三四五六七八九十百]{1,4})[版頁页]?"
_TEXT = r"[^/]+?"
_WIDTH = re.compile(r"0?(?P<width>[1-9])?d?")
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}$")
_CENTURY = 69
"""Two digits of a year: 69 and more are 19.., as `strptime` has it."""

_HINT = "for instance '{newspaper}/{date}/{page}.txt', '{date:%Y%m%d}_{page:02d}.txt'; * stands for anything in a name"


class _Mismatch(Exception):
    """A path that does not fit; says why."""


@dataclass(frozen=True)
class PathTemplate:
    """A template ready to be asked: `meta_of(path)`."""

    template: str
    n_folders: int
    suffix: str
    pattern: re.Pattern[str]

    def meta_of(self, *paths: str) -> PageMeta | None:
        """The fields of the first of `paths` that fits, or None: the same page by the names it may be known by.

        >>> template("{newspaper}/{date}/{page}.txt").meta_of("rmrb/19980105/03.txt")
        PageMeta(newspaper='rmrb', date='1998-01-05', edition=None, page_number='3', section=None)
        """
        for path in paths:
            for name in _names_of(path):
                found = self._match(name)
                if found is not None:
                    return found
        return None

    def meta_of_id(self, page_id: str) -> PageMeta | None:
        """The fields of a page that has no path, by its id, which has no suffix."""
        return self.meta_of(page_id + self.suffix, page_id)

    def _match(self, path: str) -> PageMeta | None:
        parts = path.split("/")
        if len(parts) < self.n_folders:
            return None
        found = self.pattern.fullmatch("/".join(parts[-self.n_folders :]))
        if found is None:
            return None
        try:
            return PageMeta(**dict(_values(found.groupdict())))
        except _Mismatch:
            return None


def _names_of(path: str) -> Iterator[str]:
    """A path as templates see it: slashes, NFC, with and without the suffix of its compression."""
    path = unicodedata.normalize("NFC", path.replace("\\", "/"))
    yield path
    for suffix in SUFFIXES:
        if path.lower().endswith(suffix):
            yield path[: -len(suffix)]


def _values(groups: dict[str, str | None]) -> Iterator[tuple[str, str]]:
    for name in ("newspaper", "edition", "section"):
        text = (groups.get(name) or "").strip()
        if text:
            yield name, text
    page = groups.get("page_number")
    if page:
        yield "page_number", _sure(as_page_number(page))
    if groups.get("date"):
        yield "date", _sure(as_date((groups["date"] or "").replace("_", "-")))
    elif groups.get("m"):
        year = int(groups["Y"]) if groups.get("Y") else _full_year(int(groups["y"] or ""))  # type: ignore[arg-type]
        yield "date", _sure(iso_date(year, int(groups["m"] or ""), int(groups["d"] or "")))


def _full_year(two_digits: int) -> int:
    return two_digits + (1900 if two_digits >= _CENTURY else 2000)


def _sure(value: str | None) -> str:
    if value is None:
        raise _Mismatch
    return value


@lru_cache(16)
def template(text: str) -> PathTemplate:
    """The template of that text.

    Raises: UsageError for one that is none, saying what is wrong with it.
    """
    written = unicodedata.normalize("NFC", text.strip().replace("\\", "/")).removeprefix("./").lstrip("/")
    builder = _Builder(text)
    try:
        for literal, name, spec, conversion in string.Formatter().parse(written):
            builder.literal(literal)
            if name is not None:
                builder.field(name, spec or "", conversion)
    except ValueError as error:
        raise builder.wrong(str(error).replace("format string", "template")) from None
    suffix = _SUFFIX.search(written)
    return PathTemplate(text, written.count("/") + 1, suffix[0] if suffix else "", builder.pattern())


class _Builder:
    """A template's parts, one after the other, into one pattern."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.parts: list[str] = []
        self.seen: set[str] = set()
        self.open = ""  # the free text field that ended just now: another one may not follow it directly

    def wrong(self, what: str) -> UsageError:
        return UsageError(f"--path-template {self.text!r}: {what}", hint=_HINT)

    def literal(self, text: str) -> None:
        if text:
            pieces = re.split(r"(\*+)", text)
            self.parts += ["[^/]*?" if piece.startswith("*") else re.escape(piece) for piece in pieces if piece]
            self.open = ""

    def field(self, name: str, spec: str, conversion: str | None) -> None:
        name = name.strip()
        if conversion:
            raise self.wrong(f"'!{conversion}' means nothing here")
        if name not in FIELDS:
            near = get_close_matches(name, FIELDS, 1, 0.6)
            meant = f"; did you mean {{{near[0]}}}?" if near else f"; the fields are {', '.join(FIELDS)}"
            raise self.wrong(f"there is no field {{{name}}}{meant}")
        key = FIELDS[name]
        if key == "date" and spec:
            self._date(spec)
            return
        if spec and key != "page_number":
            raise self.wrong(f"{{{name}}} takes no format, not {spec!r}")
        kind = _page(spec) if key == "page_number" else _ANY_DATE if key == "date" else _TEXT
        if kind is None:
            raise self.wrong(f"{{{name}}} takes a width, such as {{page:02d}}, not {spec!r}")
        if kind == _TEXT:
            if self.open:
                raise self.wrong(f"nothing parts {{{self.open}}} from {{{name}}}")
            self.open = name
        else:
            self.open = ""
        self._group(key, kind)

    def _group(self, key: str, kind: str) -> None:
        self.parts.append(f"(?P={key})" if key in self.seen else f"(?P<{key}>{kind})")
        self.seen.add(key)

    def _date(self, spec: str) -> None:
        pieces = re.findall(r"%-?(.)|([^%]+)|(%$)", spec)
        names = [directive for directive, _, _ in pieces if directive]
        kinds = _TIGHT if re.search(r"%-?[Yymd]%-?[Yymd]", spec) else _DIRECTIVES
        for directive, literal, _ in pieces:
            if directive in kinds:
                self._group(directive, kinds[directive])
            elif directive == "%":
                self.parts.append("%")
            elif literal:
                self.parts.append(re.escape(literal))
            else:
                raise self.wrong(f"%{directive} in a date; %Y, %y, %m and %d are known")
        if not names:
            raise self.wrong(f"{{date:{spec}}} has no %Y, %m or %d")
        self.open = ""

    def pattern(self) -> re.Pattern[str]:
        if not self.seen:
            raise self.wrong("it names no field")
        days = self.seen & {"Y", "y", "m", "d"}
        if days and ("date" in self.seen or not {"m", "d"} <= days or not days & {"Y", "y"}):
            raise self.wrong("a date needs year, month and day: {date:%Y%m%d}, or {date:%Y}/{date:%m%d}, or {date}")
        return re.compile("".join(self.parts), re.IGNORECASE)


def _page(spec: str) -> str | None:
    """The pattern of a page number of that format; None for no format of a number."""
    if not spec:
        return _ANY_PAGE
    found = _WIDTH.fullmatch(spec)
    if found is None:
        return None
    width = int(found["width"] or 1)
    return f"[0-9]{{{width},4}}" if width > 1 else "[0-9]{1,4}"
