"""The corpus: entries in, findings out, one for each entry in the order they came in.

First all entries are read and their letters put aside, then what is the same is found and compared, then the findings are
told. Only numbers of duplicates stay in memory; letters and tables are files of a folder that is gone afterwards.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, TypeVar

from corpus_tools.across.comparing import exact_hash, letters, probes, without_lead
from corpus_tools.across.entries import Entry
from corpus_tools.across.likeness import Compared, compared
from corpus_tools.across.stars import Stars
from corpus_tools.across.store import KINDS, Kind, Store, Unit, hexadecimal, id_as_text, no_room, unit_number
from corpus_tools.errors import UsageError

Action = Literal["flag", "drop"]
Reprints = Literal["keep", "drop"]
Relation = Literal["kept", "equal", "near", "contained"]

LEAST_EQUAL: dict[Kind, int] = {"article": 20, "paragraph": 25}
"""Letters that a text must have to be told equal to another one: below are formulas, dates, names of columns."""

LEAST_NEAR = 40
"""Letters that a text must have to be told near to another one. Natural pages repeat runs of up to 29 characters, 36 in templates."""

LENGTH_STEP = 1.1
"""Texts whose lengths differ by less than a tenth may be of one length: misread copies are a little longer or shorter."""

KEPT_TEXTS = 1024
"""Texts that are kept in memory while candidates are compared, with their shingles: 20 MB."""

MOST_COUNTED = 65535
"""Shingles of a text that are counted: what the table's type holds."""

Each = TypeVar("Each")
Watch = Callable[[Iterable[Any], str], Iterable[Any]]
"""Shows how far a stream is: gets it with a word for its parts, and gives it back."""


@dataclass(frozen=True, slots=True)
class AcrossOptions:
    """Choices of `dedupe --across`. Thresholds are shares of shingles of three letters, 0-1; `memory` is DuckDB's.

    Raises: UsageError for what does not exist, or is no share.
    """

    action: Action = "flag"
    reprints: Reprints = "keep"
    jaccard: float = 0.3
    containment: float = 0.6
    memory: str = "1GB"

    def __post_init__(self) -> None:
        for what, given, known in (
            ("action", self.action, ("flag", "drop")),
            ("treatment of reprints", self.reprints, ("keep", "drop")),
        ):
            if given not in known:
                raise UsageError(f"no {what} is named {given!r}", hint=f"one of {', '.join(known)}")
        for name in ("jaccard", "containment"):
            if not 0 < getattr(self, name) <= 1:
                raise UsageError(
                    f"the {name} threshold {getattr(self, name)} is no share", hint="more than 0, at most 1"
                )


@dataclass(frozen=True, slots=True)
class Repeat:
    """A paragraph that stands in another record too: its block, the record and block that have it first, and how alike they are."""

    block: int
    of_id: str | int
    of_block: int
    relation: Relation
    jaccard: float
    containment: float


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one record. `cluster` is the id of the record that is kept of those that say the same (its own, where it
    is that one); None where nothing says the same. `dropped` is so only with the action `drop`."""

    cluster: str | int | None = None
    relation: Relation | None = None
    jaccard: float = 0.0
    containment: float = 0.0
    dropped: bool = False
    repeats: tuple[Repeat, ...] = ()


class Corpus:
    """The records of one run, to be used in a `with`. `add` them all, then ask for the `findings`."""

    def __init__(self, options: AcrossOptions) -> None:
        self._options = options
        self._around = ExitStack()
        self._n_records = self._n_bytes = 0

    def __enter__(self) -> Corpus:
        with self._around as around:
            folder = Path(around.enter_context(tempfile.TemporaryDirectory(prefix="corpus-tools-")))
            self._store = Store(folder, self._options.memory)
            around.callback(self._store.close)
            self._letters = around.enter_context((folder / "letters").open("w+b"))
            self._around = around.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._around.close()

    def add(self, entry: Entry) -> None:
        """Take a record in. Its place is the number of records that were there before."""
        compared = [
            letters(without_lead(paragraph.text) if not number else paragraph.text)
            for number, paragraph in enumerate(entry.paragraphs)
        ]
        whole = "".join(compared)
        sampled = [probes(text) for text in compared]
        self._place(entry, len(whole))
        self._unit("article", 0, whole, set().union(*sampled), self._n_bytes)
        at = self._n_bytes
        for paragraph, text, looked_up in zip(entry.paragraphs, compared, sampled, strict=True):
            if paragraph.is_told:
                self._unit("paragraph", paragraph.block, text, looked_up, at)
            at += len(text.encode("utf-8"))
        try:
            self._letters.write(whole.encode("utf-8"))
        except OSError as error:
            raise no_room(error) from None
        self._n_bytes = at
        self._n_records += 1

    def _place(self, entry: Entry, n_letters: int) -> None:
        """Put down what decides which copy is kept."""
        steps = int(math.log(n_letters, LENGTH_STEP) + 1e-9) if n_letters else 0
        date, paper = (
            None if value is None else hexadecimal(value) for value in (entry.meta.date, entry.meta.newspaper)
        )
        number = None if entry.meta.page_number is None else _page_number(entry.meta.page_number)
        row = (self._n_records, id_as_text(entry.id), steps, entry.n_damages, date, paper, number)
        self._store.add("record", row)

    def _unit(self, kind: Kind, block: int, text: str, looked_up: set[int], at: int) -> None:
        if len(text) < LEAST_EQUAL[kind]:
            return
        n_probes = min(len(looked_up), MOST_COUNTED) if len(text) >= LEAST_NEAR else 0
        size = len(text.encode("utf-8"))
        unit = unit_number(self._n_records, block)
        self._store.add(kind, (unit, exact_hash(text), at, size, n_probes))
        if n_probes:
            self._store.add_probes(kind, unit, looked_up)

    def doubled_ids(self) -> dict[int, int]:
        """Of records whose id was there before, their place and the first one's; they take no part from now on."""
        doubled = self._store.doubled_ids()
        self._store.leave_out(list(doubled))
        return doubled

    def findings(self, watch: Watch | None = None) -> Iterator[Finding]:
        """A finding for each record, in the order they were added."""
        self._store.rank()
        self._letters.flush()
        for kind in KINDS:
            pairs = self._store.candidates(kind)
            self._compare(kind, watch(pairs, f"pairs of {kind}s") if watch else pairs)
        self._store.settle()
        copies, repeats = self._store.copies(), self._store.repeats()
        copy, repeat = next(copies, None), next(repeats, None)
        for seq in range(self._n_records):
            finding = Finding()
            if copy is not None and copy[0] == seq:
                _, cluster, relation, jaccard, containment, is_first = copy
                dropped = self._is_dropped(relation, is_first=is_first)
                finding = Finding(cluster, relation, jaccard, containment, dropped)  # type: ignore[arg-type]
                copy = next(copies, None)
            mine = []
            while repeat is not None and repeat[0] == seq:
                mine.append(Repeat(*repeat[1:]))  # type: ignore[arg-type]
                repeat = next(repeats, None)
            yield finding if not mine else _with_repeats(finding, mine)

    def _is_dropped(self, relation: str, *, is_first: bool) -> bool:
        """Whether a copy goes: never the kept one, and of another newspaper its first one stays unless that was asked for."""
        if self._options.action == "flag" or relation == "kept":
            return False
        return self._options.reprints == "drop" or not is_first

    def _compare(self, kind: Kind, pairs: Iterable[tuple[Unit, Unit]]) -> None:
        """Find for each text the head that it is like, and put both down."""

        @lru_cache(KEPT_TEXTS)
        def text_of(unit: Unit) -> Compared:
            self._letters.seek(unit.begins)
            return compared(self._letters.read(unit.size).decode("utf-8"))

        options = self._options
        stars = Stars(text_of, options.jaccard, options.containment, with_witnesses=kind == "article")
        for later, earlier in _grouped(pairs):
            stars.take(later, earlier)
        for member, head, how in stars.members():
            relation = "near" if how.jaccard >= self._options.jaccard else "contained"
            self._store.add(f"{kind}_near", (member.number, head.number, relation, how.jaccard, how.containment))


def _with_repeats(finding: Finding, repeats: list[Repeat]) -> Finding:
    return Finding(
        finding.cluster, finding.relation, finding.jaccard, finding.containment, finding.dropped, tuple(repeats)
    )


def _grouped(pairs: Iterable[tuple[Unit, Unit]]) -> Iterator[tuple[Unit, list[Unit]]]:
    """The pairs of each later text together."""
    later: Unit | None = None
    earlier: list[Unit] = []
    for unit, other in pairs:
        if later is not None and unit.rank != later.rank:
            yield later, earlier
            earlier = []
        later = unit
        earlier.append(other)
    if later is not None:
        yield later, earlier


def _page_number(number: str) -> str:
    """A printed page as the tables hold it: digits as they are, so that 2 comes before 10; anything else as hexadecimal."""
    return number if number.isascii() and number.isdigit() else "x" + hexadecimal(number)
