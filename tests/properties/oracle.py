"""What the promise means, worked out a second time: plain lists of characters, and none of the code that is tested.

A page enters, a list of what is wrong with it leaves. Slow and simple on purpose: each character of the decoded page
is followed through every edit, one by one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from corpus_tools.model import Article, Block, Page, Revision, Span

HEAD = ("kicker", "headline", "deck")
RUNNING = ("crosshead", "body", "list", "verse", "table", "notice", "advert")
OUTSIDE = ("furniture", "residue")


@dataclass(frozen=True, slots=True)
class Cell:
    """A character of the text as it now is, and the characters `start`-`end` of the decoded page that it stands for."""

    character: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Walked:
    """The decoded page, the text as it now is, and the places of the decoded page that some edit deleted."""

    decoded: str
    cells: tuple[Cell, ...]
    deleted: frozenset[int]

    def read(self, span: Span) -> str:
        """What a span of the decoded page says now."""
        return "".join(cell.character for cell in self.cells if span.start <= cell.start and cell.end <= span.end)


def decoded_text(page: Page) -> str:
    """The decoded page: each revision undone from its end, so that places to its left stay where they are."""
    text = page.text
    for revision in reversed(page.history):
        shift = sum(len(edit.after) - len(edit.before) for edit in revision.edits)
        for edit in reversed(revision.edits):
            shift -= len(edit.after) - len(edit.before)
            start = edit.span.start + shift
            assert text[start : start + len(edit.after)] == edit.after
            text = text[:start] + edit.before + text[start + len(edit.after) :]
    return text


def walk(page: Page) -> Walked:
    """Every character of the decoded page followed through the history."""
    decoded = decoded_text(page)
    cells = [Cell(character, at, at + 1) for at, character in enumerate(decoded)]
    deleted: set[int] = set()
    for revision in page.history:
        cells = _after(cells, revision, deleted)
    assert "".join(cell.character for cell in cells) == page.text
    return Walked(decoded, tuple(cells), frozenset(deleted))


def _after(cells: list[Cell], revision: Revision, deleted: set[int]) -> list[Cell]:
    following: list[Cell] = []
    done = 0
    for edit in revision.edits:
        following += cells[done : edit.span.start]
        before = cells[edit.span.start : edit.span.end]
        assert "".join(cell.character for cell in before) == edit.before
        if not edit.after.strip():
            deleted.update(place for cell in before for place in range(cell.start, cell.end))
        if len(before) == len(edit.after):
            following += [Cell(new, old.start, old.end) for new, old in zip(edit.after, before, strict=True)]
        elif before:
            start, end = min(cell.start for cell in before), max(cell.end for cell in before)
            following += [Cell(new, start, end) for new in edit.after]
        else:
            following += [Cell(new, -1, -1) for new in edit.after]
        done = edit.span.end
    return following + cells[done:]


def faults(page: Page) -> list[str]:
    """What is wrong with the page's blocks and articles; nothing for a page that has none yet."""
    found: list[str] = []
    walked = walk(page)
    if page.blocks:
        found += _coverage_faults(page, walked)
        for block in page.blocks:
            found += _block_faults(block, walked)
    if page.articles or any(revision.stage == "split" for revision in page.history):
        found += _article_faults(page)
    for note in page.notes:
        if not note.spans or not all(0 <= span.start < span.end <= len(walked.decoded) for span in note.spans):
            found.append(f"the spans of a note {note.flag} are empty or off the page: {note.spans}")
    return found


def _coverage_faults(page: Page, walked: Walked) -> list[str]:
    held = Counter(place for block in page.blocks for span in block.spans for place in range(span.start, span.end))
    found = [f"character {place} is in {times} blocks" for place, times in held.items() if times > 1]
    if held and not (min(held) >= 0 and max(held) < len(walked.decoded)):
        found.append("a span off the page")
    for place, character in enumerate(walked.decoded):
        if not character.isspace() and not held[place] and place not in walked.deleted:
            found.append(f"character {place} {character!r} is lost")
    return found


def _block_faults(block: Block, walked: Walked) -> list[str]:
    found = []
    if not block.spans or any(span.start >= span.end for span in block.spans):
        found.append(f"a block with an empty span: {block}")
        return found
    if (
        list(block.spans) != sorted(block.spans) and "joined" not in block.flags
    ):  # a second half may stand above the first
        found.append(f"the spans of a block are out of order: {block.spans}")
    read = "".join(walked.read(span) for span in block.spans)
    if read != block.text:
        found.append(f"a block reads {block.text!r}, its spans {read!r}")
    if not block.text or block.text != block.text.strip():
        found.append(f"white space at an end of {block.text!r}")
    return found


def _article_faults(page: Page) -> list[str]:
    found = []
    held = Counter(block.spans for article in page.articles for block in article.blocks)
    if held != Counter(block.spans for block in page.blocks):
        found.append("the records do not hold each block once")
    if any(block not in page.blocks for article in page.articles for block in article.blocks):
        found.append("a record's block is not the page's")
    numbered = [article for article in page.articles if article.kind != "furniture"]
    if [article.id for article in numbered] != [f"{page.id}/{number}" for number in range(1, len(numbered) + 1)]:
        found.append(f"ids {[article.id for article in numbered]}")
    starts = [min(span.start for block in article.blocks for span in block.spans) for article in numbered]
    if starts != sorted(starts):
        found.append("articles are not numbered by their earliest character")
    furniture = [article for article in page.articles if article.kind == "furniture"]
    outside = any(block.role in OUTSIDE for block in page.blocks)
    if [article.id for article in furniture] != [f"{page.id}/furniture"] * outside:
        found.append("not one furniture record where there is furniture")
    for article in page.articles:
        outside_here = {block.role in OUTSIDE for block in article.blocks}
        if outside_here != {article.kind == "furniture"}:
            found.append(f"{article.id}: furniture beside articles")
        found += _content_faults(article)
    return found


def text_of(article: Article, captions: bool) -> str:
    """The text that a record should have, as design section 7 says it."""
    if article.kind == "furniture":
        return ""
    roles = {block.role for block in article.blocks}
    taken = (*RUNNING, "caption") if captions or not roles & set(RUNNING) else RUNNING
    lines = [block.text for role in HEAD for block in article.blocks if block.role == role]
    return "\n".join(lines + [block.text for block in article.blocks if block.role in taken])


def _content_faults(article: Article) -> list[str]:
    found = []
    if article.text not in (text_of(article, False), text_of(article, True)):
        found.append(f"{article.id}: the text does not follow from the blocks")
    if article.kind == "furniture":
        return found
    for role in ("column", *HEAD):
        printed = " ".join(block.text for block in article.blocks if block.role == role)
        if (getattr(article, role) or "") != printed:
            found.append(f"{article.id}: {role} does not follow from the blocks")
    bodies = "\n".join(block.text for block in article.blocks if block.role in ("body", "byline"))
    if article.dateline is not None and article.dateline not in bodies:
        found.append(f"{article.id}: no block prints the dateline {article.dateline!r}")
    found += [
        f"{article.id}: no block prints {person}"
        for person in article.byline
        if person.name not in bodies.replace(" ", "") or (person.role or "") not in bodies
    ]
    jumps = any(block.role == "jump" for block in article.blocks)
    if jumps != bool(article.jump_from or article.jump_to):
        found.append(f"{article.id}: jump fields do not follow from the jump lines")
    if len(set(article.flags)) != len(article.flags):
        found.append(f"{article.id}: a flag is there twice")
    return found
