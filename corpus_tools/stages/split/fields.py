"""The named fields and the text of an article, read off its blocks. Nothing is written that no block holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus_tools.model import Block, Person, Role
from corpus_tools.roles import find_jumps, lead_of, people_in

HEAD_TEXT: tuple[Role, ...] = ("kicker", "headline", "deck")
RUNNING_TEXT = frozenset({"crosshead", "body", "list", "verse", "table", "notice", "advert"})


@dataclass(frozen=True, slots=True)
class Fields:
    """The named fields of an article record; None, or an empty byline, where no block has them."""

    column: str | None
    kicker: str | None
    headline: str | None
    deck: str | None
    dateline: str | None
    byline: tuple[Person, ...]
    jump_from: str | None
    jump_to: str | None


def fields_of(blocks: Sequence[Block]) -> Fields:
    """The fields of an article's blocks, given in reading order. Several blocks of one role are joined with a space."""
    dateline: str | None = None
    people: list[Person] = []
    for block in blocks:
        if block.role == "byline":
            people += people_in(block.text)
        elif block.role == "body" and (lead := lead_of(block.text)):
            dateline = dateline or lead.dateline
            people += lead.people
    jumps = [jump for block in blocks if block.role == "jump" for jump in find_jumps(block.text)]
    return Fields(
        column=_joined(blocks, "column"),
        kicker=_joined(blocks, "kicker"),
        headline=_joined(blocks, "headline"),
        deck=_joined(blocks, "deck"),
        dateline=dateline,
        byline=_distinct(people),
        jump_from=next((jump.page for jump in jumps if jump.backward), None),
        jump_to=next((jump.page for jump in jumps if not jump.backward), None),
    )


def _distinct(people: Sequence[Person]) -> tuple[Person, ...]:
    """Each person once, in the order of the first place; who is named with a role and without keeps the role."""
    with_role = {person.name for person in people if person.role is not None}
    named = (person for person in people if person.role is not None or person.name not in with_role)
    order = {person.name: place for place, person in reversed(list(enumerate(people)))}
    return tuple(sorted(dict.fromkeys(named), key=lambda person: order[person.name]))


def _joined(blocks: Sequence[Block], role: Role) -> str | None:
    return " ".join(block.text for block in blocks if block.role == role) or None


def text_of_article(blocks: Sequence[Block], *, captions: bool) -> str:
    """What a language model should read: kicker, headline, deck, then the running text in order, one block a line.

    No column, byline, credit or jump line. Captions with `captions`, or where the article has no other text (photo news).
    """
    head = [block.text for role in HEAD_TEXT for block in blocks if block.role == role]
    has_text = any(block.role in RUNNING_TEXT for block in blocks)
    taken = RUNNING_TEXT if has_text and not captions else RUNNING_TEXT | {"caption"}
    return "\n".join([*head, *(block.text for block in blocks if block.role in taken)])
