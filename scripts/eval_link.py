"""How `link` finds the halves of articles: `scripts/eval link [--source NAME] [--issues N] [--brief] [--data DIR]`.

Issues of four pages are made (link_issues.py) of the last fifth of each source. `alone`: the records are given as they should be,
so that only linking is measured. `pipeline`: the pages go through the whole of `clean`, with what `split` makes of them.
Counted are pairs of halves: linked and right, linked and wrong, not linked. A pair whose halves both lost their jump line is
not counted as lost. `--model` sets the seam model (one that has not seen the text: scripts/train_seam_model --part train).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, get_args

from encoding_sources import data_folder
from eval_repair import use_model
from link_issues import Half, MadeIssue, Trouble, issues
from news_items import SourceName, items_of, sources_in

from corpus_tools.characters import ends_sentence
from corpus_tools.model import Article, Block, PageMeta, Role, Span
from corpus_tools.options import Options, ReadOptions
from corpus_tools.pipeline import clean_one
from corpus_tools.read.pages import page_from_text
from corpus_tools.roles import find_jumps
from corpus_tools.stages.link import Candidate, Verdict, link
from corpus_tools.stages.split.fields import RUNNING_TEXT, fields_of, text_of_article

ISSUES, BRIEF = 200, 30
SEED = 777
MOST_NOISE = 0.03
Key = tuple[int, int]
Place = tuple[Key, Key]


def clean_records(issue: MadeIssue) -> list[Article]:
    """The records of an issue as `split` should make them, ids `page/half`."""
    return [
        _record(issue, number, place, half)
        for number, page in enumerate(issue.pages)
        for place, half in enumerate(page.halves)
    ]


def _record(issue: MadeIssue, number: int, place: int, half: Half) -> Article:
    page = issue.pages[number]
    roles: list[tuple[Role, str]] = [("headline" if line == half.head[-1] else "kicker", line) for line in half.head]
    jump: list[tuple[Role, str]] = [("jump", half.jump_from)] if half.jump_from else []
    on: list[tuple[Role, str]] = [("jump", half.jump_to)] if half.jump_to else []
    roles += [*jump, *(("body", line) for line in half.paragraphs), *on]
    blocks = tuple(Block(role, (Span(at, at + 1),), text) for at, (role, text) in enumerate(roles))
    fields = fields_of(blocks)
    open_end = half.jump_to or not ends_sentence(half.paragraphs[-1])
    flags = ("start_missing",) * bool(half.jump_from) + ("end_missing",) * bool(open_end)
    meta = PageMeta(issue.paper, issue.day.isoformat(), None, _number(issue, number) if page.says_number else None)
    return Article(
        id=f"{number}/{place}",
        kind="article",
        page_id=str(number),
        text=text_of_article(blocks, captions=False),
        headline=fields.headline,
        kicker=fields.kicker,
        jump_from=fields.jump_from,
        jump_to=fields.jump_to,
        blocks=blocks,
        flags=flags,
        meta=meta,
    )


def _number(issue: MadeIssue, number: int) -> str:
    return f"{issue.letter}{number + 1}"


def piped_records(issue: MadeIssue) -> list[Article]:
    """The records that `clean` makes of the pages; what each page is, it must find in print."""
    options = Options()
    pages = [
        clean_one(
            page_from_text(page.text, f"{issue.day}/{number}", f"{issue.day}/{number}.txt", ReadOptions()), options
        )
        for number, page in enumerate(issue.pages)
    ]
    return [article for page in pages for article in page.articles if article.kind != "furniture"]


Side = Literal["first", "second"]


def places_of(issue: MadeIssue, records: Sequence[Article], side: Side) -> dict[str, Key | None]:
    """By record id, the half `(page, place)` that it is, as a first half or as a second one; None where it is none.

    What meets the other half decides: the jump line, else the last block or the first one of running text. Whether `split`
    gave the record all that is its own, and no more, is measured elsewhere.
    """
    return {record.id: _place_of(issue, record, side) for record in records}


def _place_of(issue: MadeIssue, record: Article, side: Side) -> Key | None:
    jumps = [
        block
        for block in record.blocks
        if block.role == "jump" and any(jump.backward == (side == "second") for jump in find_jumps(block.text))
    ]
    texts = [block for block in record.blocks if block.role in RUNNING_TEXT]
    block = (jumps or texts or list(record.blocks))[-1 if side == "first" else 0]
    span = block.spans[-1 if side == "first" else 0]
    number = int(record.page_id.rpartition("/")[2])
    for place, half in enumerate(issue.pages[number].halves):
        if half.start <= span.start < half.end:
            return number, place
    return None


def linked_pairs(records: Sequence[Article], verdicts: list[Verdict]) -> list[tuple[str, str]]:
    """The ids of the halves that were linked."""
    found = link(records, on_verdict=verdicts.append)
    return [(article.id, article.continued_by) for article in found if article.continued_by]


def judged(issue: MadeIssue, *, piped: bool, samples: list[str]) -> Counter[str]:
    """`right`, `wrong` and `missed` pairs of one issue, and those that were missed but named among the candidates."""
    records = piped_records(issue) if piped else clean_records(issue)
    firsts, seconds = keys_of(issue, records, piped=piped)
    verdicts: list[Verdict] = []
    made = {(firsts[a], seconds[b]): (a, b) for a, b in linked_pairs(records, verdicts)}
    truth = {pair for pair in issue.truth() if _can_be_seen(issue, pair)}
    right = truth & made.keys()
    named = {
        (firsts[a], seconds[b])
        for verdict in verdicts
        for each in verdict.candidates
        for a, b in [_in_order(verdict, each)]
    }
    counts = Counter(true=len(truth), right=len(right), wrong=len(made.keys() - issue.truth()))
    plain = {pair for pair in truth if _is_plain(issue, pair)}
    counts.update(plain=len(plain), plain_right=len(plain & right))
    counts["named"] = sum(pair in named for pair in truth - right)
    by_id = {record.id: record for record in records}
    for pair, ids in made.items():
        if pair not in issue.truth():
            samples.append("WRONG " + " -> ".join(_shown(by_id[each]) for each in ids))
    for pair in truth - right:
        shown = " -> ".join(_shown_half(issue, key) for key in pair)
        samples.append(f"MISSED {shown}{_why(pair, firsts, seconds, verdicts)}")
    return counts


def _in_order(verdict: Verdict, candidate: Candidate) -> tuple[str, str]:
    ids = (verdict.article_id, candidate.article_id)
    return ids if verdict.way == "to" else ids[::-1]


def keys_of(
    issue: MadeIssue, records: Sequence[Article], *, piped: bool
) -> tuple[dict[str, Key | None], dict[str, Key | None]]:
    """Which half each record is, as a first one and as a second one."""
    if piped:
        return places_of(issue, records, "first"), places_of(issue, records, "second")
    keys: dict[str, Key | None] = {record.id: _key(record.id) for record in records}
    return keys, keys


def _why(
    pair: Place, firsts: dict[str, Key | None], seconds: dict[str, Key | None], verdicts: Sequence[Verdict]
) -> str:
    said = [
        f"\n      {each.score:.3f} {each.reasons}"
        for verdict in verdicts
        for each in verdict.candidates
        for a, b in [_in_order(verdict, each)]
        if (firsts[a], seconds[b]) == pair
    ]
    return said[0] if said else "\n      no candidate"


def _key(record_id: str) -> Key:
    page, place = record_id.split("/")
    return int(page), int(place)


def _can_be_seen(issue: MadeIssue, pair: Place) -> bool:
    """Whether a jump line is left on one side."""
    (p, h), (q, k) = pair
    return bool(issue.pages[p].halves[h].jump_to or issue.pages[q].halves[k].jump_from)


def _is_plain(issue: MadeIssue, pair: Place) -> bool:
    """Whether both jump lines are there and name the right pages."""
    (p, h), (q, k) = pair
    on = find_jumps(issue.pages[p].halves[h].jump_to)
    back = find_jumps(issue.pages[q].halves[k].jump_from)
    return [jump.page for jump in (*on, *back)] == [_number(issue, q), _number(issue, p)]


def _shown(record: Article) -> str:
    text = record.text.replace("\n", "⏎")
    return (
        f"[{record.id} p{record.meta.page_number} from {record.jump_from} to {record.jump_to}] {text[:24]}…{text[-16:]}"
    )


def _shown_half(issue: MadeIssue, key: Key) -> str:
    half = issue.pages[key[0]].halves[key[1]]
    return f"[{key} {half.jump_from} {half.jump_to}] {'/'.join(half.head)[:20]} {half.paragraphs[0][:14]}…{half.paragraphs[-1][-14:]}"


def measure(
    source: SourceName, made: Iterator[MadeIssue], *, piped: bool, n_samples: int
) -> tuple[float, float, float]:
    """Precision, recall, and recall of pairs with both jump lines and right numbers, over issues, printed."""
    counts: Counter[str] = Counter()
    samples: list[str] = []
    for issue in made:
        counts += judged(issue, piped=piped, samples=samples)
    n_made = counts["right"] + counts["wrong"]
    precision = counts["right"] / n_made if n_made else 1.0
    recall = counts["right"] / counts["true"] if counts["true"] else 1.0
    plain = counts["plain_right"] / counts["plain"] if counts["plain"] else 1.0
    how = "pipeline" if piped else "alone"
    print(
        f"{source:<15}{how:<10}{counts['true']:>6} pairs  precision {precision:.4f} ({counts['wrong']} wrong)  recall {recall:.4f}"
        f"  both lines right {plain:.4f} of {counts['plain']}  ({counts['true'] - counts['right']} missed, {counts['named']} named as candidates)"
    )
    for sample in samples[:n_samples]:
        print("   ", sample)
    return precision, recall, plain


def run(options: list[str]) -> dict[str, float]:
    """Measure and print; precision and recall of every source, alone and in the pipeline."""
    parser = argparse.ArgumentParser(
        prog="eval link", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--source", choices=get_args(SourceName), help="one source (default: both)")
    parser.add_argument("--issues", type=int, help=f"issues of each source (default: {ISSUES}, {BRIEF} with --brief)")
    parser.add_argument("--brief", action="store_true", help="few issues: half a minute")
    parser.add_argument("--only", choices=("alone", "pipeline"))
    parser.add_argument("--part", choices=("test", "train"), default="test", help="text of the pages (default: test)")
    parser.add_argument("--samples", type=int, default=0, help="wrong and missed pairs to show")
    parser.add_argument("--model", type=Path, help="file of the seam model (default: the one that ships)")
    parser.add_argument("--weights", type=Path, help="file of the weights (default: those that ship)")
    parser.add_argument("--data", type=Path, help="folder of news text (default: CORPUS_TOOLS_DATA)")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args(options)
    print(f"seam model: {use_model(given.model)}; weights: {use_link_weights(given.weights)}")
    folder = data_folder(given.data)
    if folder is None:
        print("\nCORPUS_TOOLS_DATA names no folder with news text to make issues of.")
        return {}
    figures: dict[str, float] = {}
    for source in sources_in(folder, given.source):
        items = items_of(folder, source, given.part)
        n_issues = given.issues or (BRIEF if given.brief else ISSUES)
        for how in [given.only] if given.only else ("alone", "pipeline"):
            made = issues(items, n_issues, f"{given.seed}/{source}", Trouble(noise=MOST_NOISE))
            precision, recall, plain = measure(source, made, piped=how == "pipeline", n_samples=given.samples)
            figures |= {f"{source}_{how}_p": precision, f"{source}_{how}_r": recall, f"{source}_{how}_plain_r": plain}
    return figures


def use_link_weights(path: Path | None) -> str:
    """Make `link` use the weights of that file; its name."""
    from corpus_tools.stages.link import evidence

    if path is None:
        return "those that ship"
    weights = evidence.link_weights(path)
    evidence.link_weights = lambda path=None: weights  # type: ignore[assignment]
    return str(path)
