"""What an evaluation says: the figures, their definitions, how they add up, and their records.

Counts and sums enter, rates leave; a rate is None (null in JSON) where neither side has anything to compare, so that a
page without jump lines is neither right nor wrong about them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus_tools.records import FIELDS, Json

DEFINITIONS = """\
Rates are fractions from 0 to 1, null where neither side has anything to compare; the rest are
counts. precision, recall and f1 (their harmonic mean) come with the number of items in gold and
output, share with what was counted and what of it is correct.

articles_gold       articles in the gold
articles_output     records of kind article in the output
articles_found      gold articles with an output article of their own that shares more than half of
                    the characters that either has (Jaccard > 1/2), best pair first
articles_exact      those found whose blocks (role, text, spans, order) and named fields are equal
bcubed              which characters belong together, B-cubed over articles and orphans:
                      recall, mean over gold characters: the share of the character's gold article
                      that its output record holds; 0 where no output record holds the character
                      precision, mean over output characters: the share of the character's output
                      record that belongs to its gold article; 0 where it belongs to none
paragraphs          blocks of running text (body, list, table, verse, notice, caption) with just the
                      same text on the same page; a text counts as often as it stands
joins               places where a paragraph flagged `joined` goes on in another span, the same in
                      both the end of the left and the start of the right span
fields              values of named fields that are equal (correct) of those that gold or output has
                      (counted); all values of a missed or an invented article are wrong
by_field            the same for each field; a byline counts every name, whatever its role
headlines           gold articles with a headline (counted): those whose headline is that of the
                    output record which holds most of the article's characters (correct)
roles               blocks of the gold (counted): those whose role is that of the output block that
                    holds most of their characters (correct). confused lists the other pairs, most
                    frequent first: [gold role, output role, blocks], the output's null where
                    nothing holds any; furniture counts where the output has furniture records
flags               flags of structure in the articles found: of the article (start_missing,
                      end_missing, gap, headline_missing, reordered, repeat_removed), and of blocks
                      of equal spans (joined, moved, start_missing, end_missing, repeat_removed)
findings            findings of gold articles (stutter, code_switch, garbled, …) that the output's
                      article has too (correct), of all in the gold (counted); none of a missed one
findings_more       findings of output articles that the gold does not list: allowed
characters_lost     gold characters, white space apart, in no output record of any kind
characters_doubled  page characters that stand in the output more than once
lost                the first 20 runs of lost characters: [page_id, start, end], code points of the
                      decoded page, end not included
pages_not_in_gold   pages of the output that the gold does not know; they are not scored

Source: Bagga & Baldwin 1998, "Entity-based cross-document coreferencing using the vector space
model"; Amigó, Gonzalo, Artiles & Verdejo 2009, "A comparison of extrinsic clustering evaluation
metrics".
"""

MOST_LOST_RUNS = 20

RolePair = tuple[str, str | None]
"""The role of a block in the gold and in the output, None where no output block holds a character of it."""

LostRun = tuple[str, int, int]
"""`(page_id, start, end)` in code points of the decoded page."""


def _rounded(rate: float | None) -> float | None:
    return None if rate is None else round(rate, 4)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Precision, recall and F1 (0-1) of items on two sides, None where both sides are empty.

    `recalled` and `precise` are sums over the items of the gold and of the output, each item between 0 and 1.
    """

    recalled: float = 0.0
    precise: float = 0.0
    gold: int = 0
    output: int = 0

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(
            self.recalled + other.recalled,
            self.precise + other.precise,
            self.gold + other.gold,
            self.output + other.output,
        )

    @property
    def precision(self) -> float | None:
        return self._rate(self.precise, self.output)

    @property
    def recall(self) -> float | None:
        return self._rate(self.recalled, self.gold)

    @property
    def f1(self) -> float | None:
        precision, recall = self.precision, self.recall
        if precision is None or recall is None:
            return None
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def _rate(self, part: float, whole: int) -> float | None:
        if not (self.gold or self.output):
            return None
        return part / whole if whole else 0.0

    def to_record(self) -> Json:
        rates = {"precision": _rounded(self.precision), "recall": _rounded(self.recall), "f1": _rounded(self.f1)}
        return {**rates, "gold": self.gold, "output": self.output}


@dataclass(frozen=True, slots=True)
class Share:
    """`correct` of `counted`; `share` (0-1) is None where nothing was counted."""

    correct: int = 0
    counted: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.correct + other.correct, self.counted + other.counted)

    @property
    def share(self) -> float | None:
        return self.correct / self.counted if self.counted else None

    def to_record(self) -> Json:
        return {"share": _rounded(self.share), "correct": self.correct, "counted": self.counted}


@dataclass(frozen=True, slots=True)
class Scores:
    """All figures of one page or, added up, of several. `DEFINITIONS` says what each one is."""

    articles_gold: int = 0
    articles_output: int = 0
    articles_found: int = 0
    articles_exact: int = 0
    bcubed: Agreement = Agreement()
    paragraphs: Agreement = Agreement()
    joins: Agreement = Agreement()
    by_field: Mapping[str, Share] = field(default_factory=lambda: dict.fromkeys(FIELDS, Share()))
    headlines: Share = Share()
    roles: Counter[RolePair] = field(default_factory=Counter)
    flags: Agreement = Agreement()
    findings: Share = Share()
    findings_more: int = 0
    characters_lost: int = 0
    characters_doubled: int = 0
    lost: tuple[LostRun, ...] = ()

    def __add__(self, other: Scores) -> Scores:
        return Scores(
            articles_gold=self.articles_gold + other.articles_gold,
            articles_output=self.articles_output + other.articles_output,
            articles_found=self.articles_found + other.articles_found,
            articles_exact=self.articles_exact + other.articles_exact,
            bcubed=self.bcubed + other.bcubed,
            paragraphs=self.paragraphs + other.paragraphs,
            joins=self.joins + other.joins,
            by_field={name: self.by_field[name] + other.by_field[name] for name in FIELDS},
            headlines=self.headlines + other.headlines,
            roles=self.roles + other.roles,
            flags=self.flags + other.flags,
            findings=self.findings + other.findings,
            findings_more=self.findings_more + other.findings_more,
            characters_lost=self.characters_lost + other.characters_lost,
            characters_doubled=self.characters_doubled + other.characters_doubled,
            lost=(self.lost + other.lost)[:MOST_LOST_RUNS],
        )

    @property
    def fields(self) -> Share:
        return sum(self.by_field.values(), start=Share())

    @property
    def right_roles(self) -> Share:
        """The blocks of the gold whose role is right."""
        return Share(sum(n for (gold, output), n in self.roles.items() if gold == output), self.roles.total())

    @property
    def confused_roles(self) -> list[tuple[str, str | None, int]]:
        """Gold role, output role and blocks of each pair that differs, the most frequent first, then by name."""
        pairs = [(gold, output, n) for (gold, output), n in self.roles.items() if gold != output]
        return sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1] or ""))

    def to_record(self) -> Json:
        return {
            "articles_gold": self.articles_gold,
            "articles_output": self.articles_output,
            "articles_found": self.articles_found,
            "articles_exact": self.articles_exact,
            "bcubed": self.bcubed.to_record(),
            "paragraphs": self.paragraphs.to_record(),
            "joins": self.joins.to_record(),
            "fields": self.fields.to_record(),
            "by_field": {name: self.by_field[name].to_record() for name in FIELDS},
            "headlines": self.headlines.to_record(),
            "roles": {**self.right_roles.to_record(), "confused": [list(pair) for pair in self.confused_roles]},
            "flags": self.flags.to_record(),
            "findings": self.findings.to_record(),
            "findings_more": self.findings_more,
            "characters_lost": self.characters_lost,
            "characters_doubled": self.characters_doubled,
            "lost": [list(run) for run in self.lost],
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores over all pages of the gold, and page by page in the gold's order."""

    overall: Scores
    pages: Mapping[str, Scores]
    pages_not_in_gold: int = 0

    def to_record(self) -> Json:
        """A plain object for JSON: keys always in this order, rates rounded to 4 places."""
        return {
            "overall": self.overall.to_record(),
            "pages": {page_id: scores.to_record() for page_id, scores in self.pages.items()},
            "pages_not_in_gold": self.pages_not_in_gold,
        }
