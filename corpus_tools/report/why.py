"""Why one article record is as it is: what opened it, what each of its blocks went through, what was left undecided.

A finished page and the decisions made on the way (tracing.py) enter; lines for a terminal leave. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from corpus_tools.drafts import Draft, OpenedBy
from corpus_tools.edits import Offsets
from corpus_tools.model import Article, Block, Note, Page, Span
from corpus_tools.outline import draft_articles
from corpus_tools.report.terminal import console, shortened
from corpus_tools.tracing import Step

OPENED: dict[OpenedBy, str] = {
    "head": "its headline group",
    "lead": "a lead or a byline without a headline above it",
    "jump": "上接: it begins on another page",
    "photo": "a picture with a text of its own",
    "brief": "the mark before a short report, among others",
    "notice": "its words: a public notice or an advertisement of one paragraph",
    "stray": "nothing: text behind an article's end, or above the first headline. It is an orphan",
}


def print_why(page: Page, article_id: str, steps: Sequence[Step]) -> None:
    """The reasons of one record, on standard output."""
    out = console()
    for line in why_lines(page, article_id, steps):
        out.print(line)


def why_lines(page: Page, article_id: str, steps: Sequence[Step]) -> Iterator[Text]:
    """The lines: the record, what opened it, then each block with its rules, edits and notes in the order they were made."""
    article = next(each for each in page.articles if each.id == article_id)
    yield Text(f"{article.id}  {article.kind}  {article.headline or '(no headline)'}", style="bold")
    yield from _opening(page, article)
    if article.flags:
        yield Text(f"flags: {' '.join(article.flags)}", style="yellow")
    for block in article.blocks:
        yield Text("")
        yield Text(f"{block.role}  {_places(block.spans)}  {shortened(block.text)}", style="green")
        if block.flags:
            yield Text(f"  flags: {' '.join(block.flags)}", style="yellow")
        yield from (Text(f"  {line}") for line in _reasons(page, block, steps))


def _opening(page: Page, article: Article) -> Iterator[Text]:
    draft = _draft_of(page, article)
    if draft is None:
        yield Text("holds what belongs to no article: masthead, folios, what the OCR model added")
        return
    yield Text(f"opened by {OPENED[draft.opened_by]}")
    if draft.closed:
        yield Text("closed by a jump line, a byline below its text, or its picture: what stands below is not its own")


def _draft_of(page: Page, article: Article) -> Draft | None:
    """The draft that the record was made of, found by its first block."""
    first = article.blocks[0].spans
    for draft in draft_articles(page.blocks):
        if any(page.blocks[index].spans == first for index in draft.blocks):
            return draft
    return None


def _reasons(page: Page, block: Block, steps: Sequence[Step]) -> Iterator[str]:
    """What was decided about a block's characters, edited in them, noted of them."""
    for step in steps:
        if _meets(step.spans, block.spans):
            score = "" if step.score in (None, 1.0) else f" (score {step.score:g})"
            yield f"{step.stage}/{step.rule}: {step.what}; {step.reason}{score}"
    yield from _edits(page, block)
    for note in page.notes:
        if _meets(note.spans, block.spans):
            yield from _noted(note)


def _edits(page: Page, block: Block) -> Iterator[str]:
    """The edits inside a block: of each revision, those whose place in the decoded page lies in its spans."""
    for number, revision in enumerate(page.history):
        offsets = Offsets(page.history[:number])
        for edit in revision.edits:
            if _meets((offsets.to_source(edit.span),), block.spans):
                before, after = shortened(repr(edit.before)), shortened(repr(edit.after))
                yield f"{revision.stage}/{revision.rule}: {before} -> {after}; {edit.reason}"


def _noted(note: Note) -> Iterator[str]:
    yield f"note {note.flag} by {note.rule}: {note.reason} (score {note.score:g})"
    for candidate in note.candidates:
        yield f"    {candidate}"


def _meets(spans: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for span in spans for other in others)


def _places(spans: Sequence[Span]) -> str:
    return "+".join(f"{span.start}-{span.end}" for span in spans)
