"""The JSON Schema (draft 2020-12) of the two records, for `corpus-tools schema` and for readers in other languages.

Names of roles, kinds and flags come from the model, so that they cannot drift. Nothing here reads or writes records:
`records` does, and a test holds the two together.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

from corpus_tools.model import ARTICLE_FLAGS, BLOCK_FLAGS, NOTE_FLAGS, Kind, Role
from corpus_tools.records import ARTICLE_SCHEMA, PAGE_SCHEMA

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(name: Literal["article", "page"]) -> Schema:
    """The schema of the article record or of the page record.

    >>> schema_of("page")["properties"]["schema"]["const"]
    'corpus-tools/page@1'
    """
    return {"article": ARTICLE, "page": PAGE}[name]


# --- the pieces ---


def _object(description: str, properties: dict[str, Schema]) -> Schema:
    """An object with every one of its keys, and no other."""
    return {
        "description": description,
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": properties,
    }


def _list(description: str, items: Schema) -> Schema:
    return {"description": description, "type": "array", "items": items}


def _row(description: str, *cells: Schema) -> Schema:
    """An array whose places have meanings of their own."""
    return {
        "description": description,
        "type": "array",
        "prefixItems": list(cells),
        "items": False,
        "minItems": len(cells),
    }


def _string(description: str) -> Schema:
    return {"description": description, "type": "string"}


def _string_or_null(description: str) -> Schema:
    return {"description": description, "type": ["string", "null"]}


def _place(description: str, *, least: int = 0) -> Schema:
    return {"description": description, "type": "integer", "minimum": least}


def _number(description: str) -> Schema:
    return {"description": description, "type": "number"}


def _flags(description: str, flags: tuple[str, ...]) -> Schema:
    return _list(description, {"type": "string", "enum": list(flags)}) | {"uniqueItems": True}


_ALL_FLAGS = tuple(dict.fromkeys((*BLOCK_FLAGS, *ARTICLE_FLAGS, *NOTE_FLAGS)))

_SPAN = _row(
    "Half-open, in code points of the decoded page.",
    _place("Where the run starts, from 0."),
    _place("Where it ends, behind its last character.", least=1),
)


def _spans(description: str, *, least: int) -> Schema:
    return _list(description, _SPAN) | {"minItems": least}


_BLOCK = _object(
    "A run of text with one role.",
    {
        "role": {"description": "What the block is on the page.", "type": "string", "enum": list(get_args(Role))},
        "text": _string("The block's text, the page's edits applied."),
        "spans": _spans("Where the text stands in the decoded page, in reading order.", least=1),
        "flags": _flags("What was done to the block, or found in it.", BLOCK_FLAGS),
    },
)

_META = _object(
    "Which printed page this is; null where nothing said so.",
    {
        "newspaper": _string_or_null("The newspaper's name."),
        "date": _string_or_null("The date of the issue."),
        "edition": _string_or_null("The edition, where a newspaper has several a day or by place."),
        "page_number": _string_or_null("The page number as printed."),
        "section": _string_or_null("The name of the page or section."),
    },
)

_SOURCE_NAMES = {
    "path": _string("The file, relative to the directory that was given."),
    "sha256": _string("The digest of the file's uncompressed bytes.") | {"pattern": "^[0-9a-f]{64}$"},
    "encoding": _string("The encoding that the file was read in."),
}

_FIELDS = {
    "column": _string_or_null("The column's name (栏目)."),
    "kicker": _string_or_null("The line above the headline (引题)."),
    "headline": _string_or_null("The headline (主题)."),
    "deck": _string_or_null("The line below the headline (副题)."),
    "dateline": _string_or_null("The lead tag as printed, without brackets and names: 本报讯."),
    "byline": _list(
        "The authors, in the order printed.",
        _object(
            "One author.",
            {
                "name": _string("The name, without the space that print puts into names of two characters."),
                "role": _string_or_null("The role as printed: 记者, 通讯员."),
            },
        ),
    ),
    "jump_from": _string_or_null("The printed page that this continues from, in ASCII without leading zeros."),
    "jump_to": _string_or_null("The printed page that this goes on at, in ASCII without leading zeros."),
}

_KIND = {
    "description": "An article, a piece whose article cannot be proved, or a page's furniture.",
    "type": "string",
    "enum": list(get_args(Kind)),
}
_ID = _string("The page's id, a slash, and the article's number, or furniture.")
_TEXT = _string("What a reader reads, one block a line; empty for furniture.")
_ARTICLE_FLAGS = _flags("What was done to the article, or found in it.", ARTICLE_FLAGS)


# --- the records ---

ARTICLE: Schema = {
    "$schema": DRAFT,
    "title": ARTICLE_SCHEMA,
    **_object(
        "One article of a newspaper page.",
        {
            "schema": {"description": "The name and version of this schema.", "const": ARTICLE_SCHEMA},
            "id": _ID,
            "kind": _KIND,
            "page_id": _string("The page that the article stands on."),
            "text": _TEXT,
            **_FIELDS,
            "continues": _string_or_null("The id of the article that this is the rest of."),
            "continued_by": _string_or_null("The id of the article that is the rest of this."),
            "parts": {
                "description": "The share of each page, in a merged article; null otherwise.",
                "type": ["array", "null"],
                "items": _object(
                    "The share of one page.",
                    {
                        "page_id": _string("The page."),
                        "blocks": _list("Its blocks, in reading order; their spans count in that page.", _BLOCK),
                    },
                ),
            },
            "cluster": _string_or_null("The name that near-duplicates over a corpus share."),
            "blocks": _list("The article's blocks, in reading order.", _BLOCK),
            "flags": _ARTICLE_FLAGS,
            "meta": _META,
            "source": _object("The file that the page came from; null where it is not known.", _SOURCE_NAMES)
            | {"type": ["object", "null"]},
        },
    ),
}

PAGE: Schema = {
    "$schema": DRAFT,
    "title": PAGE_SCHEMA,
    **_object(
        "One newspaper page with all that was done to it: a line of the ledger.",
        {
            "schema": {"description": "The name and version of this schema.", "const": PAGE_SCHEMA},
            "id": _string("The page's id: its path without suffixes."),
            "meta": _META,
            "source": _object(
                "The file, and what is needed to write its bytes again.",
                {
                    **_SOURCE_NAMES,
                    "encoding_confidence": {
                        "description": "How sure the encoding is, 0-1; null where the user named it.",
                        "type": ["number", "null"],
                    },
                    "byte_order_mark": {"description": "Whether the file begins with one.", "type": "boolean"},
                    "segments": _list(
                        "Where a file mixes encodings, each stretch; empty where one holds for all of it.",
                        _row(
                            "One stretch.",
                            _place("Where it starts, in code points of the decoded page."),
                            _string("Its encoding."),
                        ),
                    ),
                    "exceptions": _list(
                        "Where encoding again would give other bytes.",
                        _row(
                            "One place.",
                            _place("Where it starts, in code points of the decoded page."),
                            _place("Where it ends.", least=1),
                            _string("The bytes that stand there, in base64.") | {"contentEncoding": "base64"},
                        ),
                    ),
                },
            ),
            "text": _string("The page's text as it now is; undoing the history gives the decoded page."),
            "history": _list(
                "What changed characters, in order.",
                _object(
                    "One rule's pass.",
                    {
                        "stage": _string("The stage: normalise, repair, dedupe, split."),
                        "rule": _string("The rule."),
                        "edits": _list(
                            "Its edits, sorted and disjoint.",
                            _row(
                                "One edit.",
                                _place("Where it starts, in code points of the text that the rule saw."),
                                _string("What stood there."),
                                _string("What stands there now."),
                                _string("Why."),
                                _number("How sure the rule is, 0-1."),
                            ),
                        ),
                    },
                ),
            ),
            "notes": _list(
                "What was found, and changes nothing.",
                _object(
                    "One finding.",
                    {
                        "spans": _spans("The places in the decoded page.", least=0),
                        "flag": {"description": "What was found.", "type": "string", "enum": list(_ALL_FLAGS)},
                        "rule": _string("The rule that found it."),
                        "reason": _string("Why."),
                        "score": _number("How sure the rule is, 0-1."),
                        "candidates": _list("What it could be, best first.", {"type": "string"}),
                    },
                ),
            ),
            "blocks": _list("The page's blocks, in reading order.", _BLOCK),
            "articles": _list(
                "The page's articles; what they share with the page is not written twice.",
                _object(
                    "One article.",
                    {
                        "id": _ID,
                        "kind": _KIND,
                        "text": _TEXT,
                        **_FIELDS,
                        "blocks": _list("Its blocks, by their place in the page's list.", _place("A place, from 0.")),
                        "flags": _ARTICLE_FLAGS,
                    },
                ),
            ),
        },
    ),
}
