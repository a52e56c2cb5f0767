"""What `clean` and `link` make of whole issues: `scripts/eval split [--source NAME] [--pages N] [--samples N] [--data DIR]`.

Issues are made (issue_pages.py) of the last fifth of each source; half of the figures are of the usual wording, half of words
that no rule was written for. Measured are articles, headlines, roles, fields and jumps, on pages as they were printed, on
pages with 10 % of the columns displaced and 1 % of the characters misread, and on printed lines. `--model` and
`--weights` set the files of what was learned, as in `scripts/eval repair`; "unseen source" is `--source NAME` with files
that were made with `--leave-out NAME`.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import get_args

from encoding_sources import data_folder
from eval_repair import use_model, use_table, use_weights
from issue_pages import issues
from issue_paper import IssuePage
from news_items import SourceName, items_of, sources_in
from repair_made import Damage, WordingName
from repair_pages import SEED
from split_causes import Found, Wrong, unmoved, wrong_headlines

from corpus_tools.evaluation import Agreement, Scores, Share, evaluate
from corpus_tools.model import Article, PageMeta, Span
from corpus_tools.openings import opening_weights
from corpus_tools.options import Options
from corpus_tools.pipeline import clean_one
from corpus_tools.read.pages import read_page
from corpus_tools.records import FIELDS
from corpus_tools.stages.link import link
from corpus_tools.stages.repair.strays import move_weights

PAGES = 200
"""Pages of each condition, at the least: an issue is measured whole."""

TRADITIONAL = 0.1
"""Share of the issues that OpenCC makes traditional."""

MAIN = "damaged"
"""The condition whose figures have goals: 10 % of the columns behind an article's first displaced, as in `eval repair`, which
are 4 % of all printed pieces and 5 % of the text; 1 % of the characters misread. In `strewn` 10 % of all pieces are displaced."""

CONDITIONS: dict[str, Damage] = {
    "clean": Damage(lost_halves=0.0, traditional=TRADITIONAL),
    MAIN: Damage(displaced=0.1, noise=0.01, traditional=TRADITIONAL),
    "strewn": Damage(displaced=0.2, noise=0.01, traditional=TRADITIONAL),
    "lines": Damage("wrapped", displaced=0.1, noise=0.01, lost_halves=0.02, indents="partly", traditional=TRADITIONAL),
}

SHOWN_CONFUSIONS = 14

IDENTITY = ("newspaper", "date", "page_number", "section")
"""What a masthead or a folio says, as fields of `PageMeta`."""


@dataclass(slots=True)
class Measured:
    """The figures of one condition, and what was wrong."""

    scores: Scores = field(default_factory=Scores)
    kinds: Counter[bool] = field(default_factory=Counter)
    jumps: Counter[str] = field(default_factory=Counter)
    wrong: list[Wrong] = field(default_factory=list)
    confused: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    """Blocks whose role is not the gold's, by both roles."""
    flags: Counter[tuple[str, str]] = field(default_factory=Counter)
    unmoved: Agreement = field(default_factory=Agreement)
    """B-cubed where all is right but that no displaced piece is moved: what is to be reached without moves."""
    displaced: Share = field(default_factory=Share)
    """Displaced pieces, and those that came home."""
    identity: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Of what is printed and can be read: by field of `PageMeta`, right, wrong or missed."""
    n_pages: int = 0


def cleaned(page: IssuePage) -> list[Article]:
    """The records that `clean` makes of the page, furniture included; nobody tells it which page it is."""
    read = read_page(page.text.encode(), page.id, f"{page.id}.txt")
    return list(clean_one(read, Options(furniture=True)).articles)


def measure(made: Iterator[list[IssuePage]], n_pages: int) -> Measured:
    """The figures of the first issues that have so many pages together."""
    measured = Measured()
    for pages in made:
        records: list[Article] = []
        for page in pages:
            its = cleaned(page)
            _add_identity(measured, page, its)
            records += [replace(record, meta=page.meta) for record in its]  # as from a path: links are measured apart
        linked = list(link(records))
        gold = [article for page in pages for article in page.gold]
        _add(measured, linked, gold)
        measured.unmoved += evaluate((article for page in pages for article in unmoved(page)), gold).overall.bcubed
        measured.displaced += _displaced_home(pages, Found(linked), gold)
        measured.n_pages += len(pages)
        if measured.n_pages >= n_pages:
            break
    return measured


def _add(measured: Measured, output: Sequence[Article], gold: Sequence[Article]) -> None:
    measured.scores += evaluate(output, gold).overall
    measured.wrong += wrong_headlines(output, gold)
    found = Found(output)
    best = {article.id: found.best(article) for article in gold}
    for article in gold:
        for block in article.blocks:
            role = found.role(article.page_id, block)
            if role != block.role:
                measured.confused[block.role, role].append(f"{article.page_id} {block.text[:60]}")
        record = best[article.id]
        measured.kinds[record is not None and record.kind == article.kind] += 1
        its = set() if record is None else set(record.flags)
        for flag in set(article.flags) | its:
            what = "right" if flag in article.flags and flag in its else ("missed" if flag in article.flags else "more")
            measured.flags[flag, what] += 1
    there = {(article.id, article.continued_by) for article in gold if article.continued_by}
    owners = {record.id: article_id for article_id, record in best.items() if record is not None}
    linked = {(owners.get(record.id), owners.get(record.continued_by)) for record in output if record.continued_by}
    measured.jumps.update(there=len(there), found=len(linked), right=len(there & linked))


def _displaced_home(pages: Sequence[IssuePage], found: Found, gold: Sequence[Article]) -> Share:
    """The displaced pieces, and those that are in the record that holds most of their article."""
    articles = {article.id: article for article in gold}
    n_home = n_displaced = 0
    for page in pages:
        for piece in page.pieces:
            if piece.displaced:
                record = found.best(articles[page.owners[piece.article]])
                its = found.record_of(page.id, Span(piece.start, piece.end))
                n_home += record is not None and its is not None and its.id == record.id
                n_displaced += 1
    return Share(n_home, n_displaced)


def _add_identity(measured: Measured, page: IssuePage, records: Sequence[Article]) -> None:
    """Count what the page's masthead or folio says against what the records say."""
    found = records[0].meta if records else PageMeta()
    for name in IDENTITY:
        printed, said = getattr(page.printed, name), getattr(found, name)
        if printed:
            measured.identity[name, "missed" if said is None else "right" if said == printed else "wrong"] += 1


# --- What is printed ---


def report(
    source: str, wording: str, condition: str, measured: Measured, given: argparse.Namespace
) -> dict[str, float]:
    """Print the tables of one condition; its figures: all of `MAIN`, two of the others."""
    scores = measured.scores
    print(f"\n{source}, {wording} wording, {condition}: {measured.n_pages} pages, {scores.articles_gold} articles")
    print(
        f"  articles exact / found / output {scores.articles_exact} / {scores.articles_found} / {scores.articles_output}"
    )
    for name in ("bcubed", "paragraphs", "joins", "flags"):
        agreement = getattr(scores, name)
        print(f"  {name:10} P {_rate(agreement.precision)} R {_rate(agreement.recall)} F1 {_rate(agreement.f1)}")
    print(
        f"  headlines exact {_rate(scores.headlines.share)} of {scores.headlines.counted}; kind right {_rate(_share(measured.kinds))}"
    )
    print(
        "  fields     "
        + "  ".join(f"{name} {_rate(scores.by_field[name].share)} ({scores.by_field[name].counted})" for name in FIELDS)
    )
    jumps = measured.jumps
    print(
        f"  jumps linked P {_rate(_part(jumps['right'], jumps['found']))} R {_rate(_part(jumps['right'], jumps['there']))} of {jumps['there']}"
    )
    print(
        f"  displaced pieces home {_rate(measured.displaced.share)} of {measured.displaced.counted};"
        f" B-cubed F1 if none were and all else right: {_rate(measured.unmoved.f1)}"
    )
    shown = (
        f"{name} {' / '.join(str(measured.identity[name, what]) for what in ('right', 'wrong', 'missed'))}"
        for name in IDENTITY
    )
    print(f"  read off the page, right / wrong / missed: {'  '.join(shown)}")
    if not given.brief:
        _print_details(measured)
    _print_samples(measured, given.samples)
    figures = {"bcubed_f1": scores.bcubed.f1 or 0.0, "headlines": scores.headlines.share or 0.0}
    if condition == MAIN:
        figures |= {
            "exact": _part(scores.articles_exact, scores.articles_gold),
            "paragraph_f1": scores.paragraphs.f1 or 0.0,
            "fields": scores.fields.share or 0.0,
            "roles": scores.right_roles.share or 0.0,
            "jumps_p": _part(jumps["right"], jumps["found"]),
            "jumps_r": _part(jumps["right"], jumps["there"]),
        }
    return {f"{source}_{wording}_{condition}_{name}": value for name, value in figures.items()}


def _print_details(measured: Measured) -> None:
    scores = measured.scores
    print(f"  roles right {_rate(scores.right_roles.share)} of {scores.right_roles.counted}; the others:")
    for gold, output, n in scores.confused_roles[:SHOWN_CONFUSIONS]:
        print(f"    {gold:10} -> {output or '(lost)':10} {n:5}")
    print("  flags of articles: P, R, there")
    for flag in sorted({flag for flag, _ in measured.flags}):
        right, missed, more = (measured.flags[flag, what] for what in ("right", "missed", "more"))
        if right + missed:
            print(
                f"    {flag:18} {_rate(_part(right, right + more))} {_rate(_part(right, right + missed))} {right + missed:5}"
            )
    print("  headlines wrong by cause:")
    for cause, n in Counter(wrong.cause for wrong in measured.wrong).most_common():
        print(f"    {n:5} {cause}")


def _print_samples(measured: Measured, n_samples: int) -> None:
    by_cause: dict[str, list[Wrong]] = defaultdict(list)
    for wrong in measured.wrong if n_samples else ():
        by_cause[wrong.cause].append(wrong)
    for cause, its in sorted(by_cause.items(), key=lambda each: -len(each[1])):
        print(f"\n  {cause}: {min(n_samples, len(its))} of {len(its)}")
        for wrong in its[:: max(1, len(its) // n_samples)][:n_samples]:
            print(f"    {wrong.shown()}")
    for (gold, role), texts in sorted(measured.confused.items(), key=lambda each: -len(each[1])) if n_samples else ():
        print(f"\n  {gold} -> {role}: {min(n_samples, len(texts))} of {len(texts)}")
        for text in texts[:: max(1, len(texts) // n_samples)][:n_samples]:
            print(f"    {text}".replace("\n", "⏎"))


def _rate(rate: float | None) -> str:
    return "  -  " if rate is None else f"{rate:.3f}"


def _share(counts: Counter[bool]) -> float:
    return _part(counts[True], counts.total())


def _part(part: int, whole: int) -> float:
    """`part` of `whole`; 1 where there is nothing to count."""
    return part / whole if whole else 1.0


def run(options: list[str]) -> dict[str, float]:
    """Measure and print; the figures of every source, wording and condition."""
    parser = argparse.ArgumentParser(
        prog="eval split", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--source", choices=get_args(SourceName), help="one source (default: both)")
    parser.add_argument("--wording", choices=get_args(WordingName), help="one wording (default: both)")
    parser.add_argument("--only", choices=tuple(CONDITIONS), help="one condition (default: all)")
    parser.add_argument("--pages", type=int, default=PAGES, help=f"pages of each condition (default: {PAGES})")
    parser.add_argument("--part", choices=("test", "train"), default="test", help="text of the pages (default: test)")
    parser.add_argument("--samples", type=int, default=0, help="samples of each cause of a wrong headline to show")
    parser.add_argument("--brief", action="store_true", help="only the figures: no roles, flags and causes")
    parser.add_argument("--model", type=Path, help="file of the seam model (default: the one that ships)")
    parser.add_argument("--weights", type=Path, help="file of the weights of joins (default: those that ship)")
    parser.add_argument("--moves", type=Path, help="of fit_move_weights (default: those that ship)")
    parser.add_argument("--openings", type=Path, help="of fit_opening_weights (default: those that ship)")
    parser.add_argument("--data", type=Path, help="folder of news text (default: CORPUS_TOOLS_DATA)")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args(options)
    print(f"seam model: {use_model(given.model)}; weights of joins: {use_weights(given.weights)}")
    print(
        f"of moves: {use_table(given.moves, move_weights)}; of openings: {use_table(given.openings, opening_weights)}"
    )
    folder = data_folder(given.data)
    if folder is None:
        print("\nNothing: CORPUS_TOOLS_DATA names no folder with news text to make issues of.")
        return {}
    figures: dict[str, float] = {}
    for source in sources_in(folder, given.source):
        items = items_of(folder, source, given.part)
        for wording in [given.wording] if given.wording else get_args(WordingName):
            for condition in [given.only] if given.only else CONDITIONS:
                damage = replace(CONDITIONS[condition], wording=wording)
                made = issues(items, f"{source}/{condition}/{wording}", given.pages, damage, given.seed)
                figures |= report(source, wording, condition, measure(made, given.pages), given)
    return figures
