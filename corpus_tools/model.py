"""The nouns: pages, edits, blocks, articles, and the decisions that rules make about them.

Everything here is frozen. Offsets are code points of the **decoded page** (no byte order mark, newlines as in the
file), half-open, 0-based, unless a field says otherwise. Nothing here reads, decides or writes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Role = Literal[
    "column",  # 栏目
    "kicker",  # 引题
    "headline",  # 主题
    "deck",  # 副题
    "byline",  # 记者, 通讯员, 作者
    "body",
    "crosshead",  # 小标题
    "caption",  # 图片说明
    "credit",  # …摄, …/文
    "jump",  # 下转, 上接
    "list",
    "table",
    "verse",
    "notice",
    "advert",
    "furniture",  # masthead, folio, running head, editors' line
    "residue",  # what an OCR model added
    "heading",  # provisional: a headline, kicker, column or crosshead; `split` decides which
]

Kind = Literal["article", "orphan", "furniture"]

BLOCK_FLAGS = (
    "joined",
    "moved",
    "start_missing",
    "end_missing",
    "repeat_removed",
    "stutter",
    "code_switch",
    "unbalanced_quotes",
    "mixed_quotes",
    "garbled",
    "lost_text",
    "private_use",
    "repeated",
)
ARTICLE_FLAGS = (
    "start_missing",
    "end_missing",
    "gap",
    "headline_missing",
    "reordered",
    "repeat_removed",
    "stutter",
    "code_switch",
    "unbalanced_quotes",
    "mixed_quotes",
    "garbled",
    "lost_text",
    "private_use",
)
NOTE_FLAGS = ("orphan", "wrapped", "identity", "repeat")
"""Flags of notes alone, which say nothing against their blocks: a piece that may belong elsewhere is told with its places, a
paragraph of printed lines with the least sure of its line ends; where the page's identity is from, and who disagrees; what stands
twice and may be meant, with its other place."""

REPEATED = "repeated"
"""The flag of blocks that stand in another article of a corpus too; written by `dedupe --across`, after the ledger."""

FINDINGS = ARTICLE_FLAGS[ARTICLE_FLAGS.index("stutter") :]
"""Flags that say something about the text; the others say something about the structure."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`start` and `end` of a run of characters, half-open."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Source:
    """Where a page came from, and all that is needed to write its bytes again.

    `sha256` is that of the uncompressed bytes. `segments` is empty where one encoding holds for the whole file, else
    `(start, encoding)` in order. `exceptions` are spans whose characters, encoded again, would give other bytes.
    """

    path: str
    sha256: str
    encoding: str
    encoding_confidence: float | None = None
    byte_order_mark: bool = False
    segments: tuple[tuple[int, str], ...] = ()
    exceptions: tuple[tuple[Span, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class PageMeta:
    """Which printed page this is; each field None where nothing said so."""

    newspaper: str | None = None
    date: str | None = None
    edition: str | None = None
    page_number: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of characters. `span` counts in the text that the rule saw, where `before` stood."""

    span: Span
    before: str
    after: str
    reason: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Revision:
    """One rule's pass over a page: its edits, sorted and disjoint."""

    stage: str
    rule: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A finding that changes nothing. Blocks and articles take their flags from the notes in their spans."""

    spans: tuple[Span, ...]
    flag: str
    rule: str = ""
    reason: str = ""
    score: float = 1.0
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text with one role. `text` is what the spans hold once the page's edits are applied, joined as they are."""

    role: Role
    spans: tuple[Span, ...]
    text: str
    flags: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        """Where the block starts in reading order."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Where the block ends in reading order."""
        return self.spans[-1].end


@dataclass(frozen=True, slots=True)
class Person:
    """A name in a byline, without the space that print puts into two-character names, and its role as printed."""

    name: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """The share of one page in a merged article."""

    page_id: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One article record: the fields of the JSONL, in its order. Field by field in README, "The record"."""

    id: str
    kind: Kind
    page_id: str
    text: str
    column: str | None = None
    kicker: str | None = None
    headline: str | None = None
    deck: str | None = None
    dateline: str | None = None
    byline: tuple[Person, ...] = ()
    jump_from: str | None = None
    jump_to: str | None = None
    continues: str | None = None
    continued_by: str | None = None
    parts: tuple[Part, ...] | None = None
    cluster: str | None = None
    blocks: tuple[Block, ...] = ()
    flags: tuple[str, ...] = ()
    meta: PageMeta = field(default_factory=PageMeta)
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One printed page side. `text` is as it now is; undoing `history` gives the decoded page."""

    id: str
    text: str
    source: Source
    meta: PageMeta = field(default_factory=PageMeta)
    history: tuple[Revision, ...] = ()
    notes: tuple[Note, ...] = ()
    blocks: tuple[Block, ...] = ()
    articles: tuple[Article, ...] = ()


# --- Decisions: what rules about blocks return. Indices count in the page's blocks as the rule saw them. ---


@dataclass(frozen=True, slots=True)
class Retag:
    """Give a block another role."""

    block: int
    role: Role
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Join:
    """Make two blocks one: `right` follows `left` at once. `over` says what parted them.

    Over a `line` the newline is part of the text (a table, a poem): both become one span.
    `space` is for two Latin words at a line end: the left span then keeps its newline, which an Edit makes a space.
    """

    left: int
    right: int
    over: Literal["wrap", "break", "line"]
    reason: str = ""
    score: float = 1.0
    space: bool = False


@dataclass(frozen=True, slots=True)
class Divide:
    """Cut a block in two before character `at` of its text; the roles of both where they change."""

    block: int
    at: int
    left_role: Role | None = None
    right_role: Role | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CutOut:
    """Take characters out of a block, which stays one block without them: marks of a model, a folio inside a paragraph.

    They become a block of their own with that role: before the block where it began with them, else behind it; several
    cuts of one role on one side of a block are one block. `span` counts in the block's text. White space stays where words
    meet over a cut, and goes at the block's ends. A block of which nothing is left is gone.
    """

    block: int
    span: Span
    role: Role
    reason: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Move:
    """Put a block, in reading order, directly after another one (-1: first on the page)."""

    block: int
    after: int
    reason: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Change characters of a block's text. What is deleted, the block's spans leave out.

    `span` counts in the block's text. `flag` is put on the block, or, when nothing is left of it, on the block before.
    """

    block: int
    span: Span
    after: str
    reason: str = ""
    score: float = 1.0
    flag: str | None = None


Decision = Retag | Join | Divide | CutOut | Move | Rewrite
