"""JSONL <-> dataclasses: page records, article records, and foreign records `{"id": …, "text": …}`.

Lines of bytes enter, pages and articles leave, and the other way round. It refuses what is not JSON, what has a newer
schema, wrong types, and spans outside the text, with the path and the line. Every key is always written.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar, cast, get_args

import orjson

from corpus_tools.errors import RecordError
from corpus_tools.model import (
    ARTICLE_FLAGS,
    BLOCK_FLAGS,
    Article,
    Block,
    Edit,
    Kind,
    Note,
    Page,
    PageMeta,
    Part,
    Person,
    Revision,
    Role,
    Source,
    Span,
)

PAGE_SCHEMA = "corpus-tools/page@1"
ARTICLE_SCHEMA = "corpus-tools/article@1"

FIELDS = ("column", "kicker", "headline", "deck", "dateline", "byline", "jump_from", "jump_to")
"""The named fields that are read off an article's blocks, in the record's order."""

Json = dict[str, Any]
T = TypeVar("T")
_ROLES = frozenset(get_args(Role))
_KINDS = frozenset(get_args(Kind))
_META = ("newspaper", "date", "edition", "page_number", "section")


# --- writing ---


def dump(record: Json) -> bytes:
    """One line of JSONL with its newline; keys in the order given, UTF-8 as it is."""
    return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)


def article_line(article: Article) -> bytes:
    """One article record as a line of JSONL."""
    return dump(article_record(article))


def page_line(page: Page) -> bytes:
    """One page record as a line of JSONL."""
    return dump(page_record(page))


def article_record(article: Article) -> Json:
    """The record of `corpus-tools/article@1`, every key present."""
    source = article.source
    return {
        "schema": ARTICLE_SCHEMA,
        "id": article.id,
        "kind": article.kind,
        "page_id": article.page_id,
        "text": article.text,
        "column": article.column,
        "kicker": article.kicker,
        "headline": article.headline,
        "deck": article.deck,
        "dateline": article.dateline,
        "byline": [{"name": person.name, "role": person.role} for person in article.byline],
        "jump_from": article.jump_from,
        "jump_to": article.jump_to,
        "continues": article.continues,
        "continued_by": article.continued_by,
        "parts": None
        if article.parts is None
        else [
            {"page_id": part.page_id, "blocks": [_block_record(block) for block in part.blocks]}
            for part in article.parts
        ],
        "cluster": article.cluster,
        "blocks": [_block_record(block) for block in article.blocks],
        "flags": list(article.flags),
        "meta": _meta_record(article.meta),
        "source": None
        if source is None
        else {"path": source.path, "sha256": source.sha256, "encoding": source.encoding},
    }


def page_record(page: Page) -> Json:
    """The record of `corpus-tools/page@1`. Articles name their blocks by index into the page's blocks."""
    place = {block.spans: index for index, block in enumerate(page.blocks)}
    return {
        "schema": PAGE_SCHEMA,
        "id": page.id,
        "meta": _meta_record(page.meta),
        "source": {
            "path": page.source.path,
            "sha256": page.source.sha256,
            "encoding": page.source.encoding,
            "encoding_confidence": page.source.encoding_confidence,
            "byte_order_mark": page.source.byte_order_mark,
            "segments": [[start, encoding] for start, encoding in page.source.segments],
            "exceptions": [
                [span.start, span.end, b64encode(data).decode("ascii")] for span, data in page.source.exceptions
            ],
        },
        "text": page.text,
        "history": [
            {
                "stage": revision.stage,
                "rule": revision.rule,
                "edits": [
                    [edit.span.start, edit.before, edit.after, edit.reason, edit.score] for edit in revision.edits
                ],
            }
            for revision in page.history
        ],
        "notes": [
            {
                "spans": _span_records(note.spans),
                "flag": note.flag,
                "rule": note.rule,
                "reason": note.reason,
                "score": note.score,
                "candidates": list(note.candidates),
            }
            for note in page.notes
        ],
        "blocks": [_block_record(block) for block in page.blocks],
        "articles": [_inner_article(article, place) for article in page.articles],
    }


def _inner_article(article: Article, place: dict[tuple[Span, ...], int]) -> Json:
    record = article_record(article)
    for key in ("schema", "page_id", "meta", "source", "parts", "continues", "continued_by", "cluster"):
        del record[key]
    record["blocks"] = [place[block.spans] for block in article.blocks]
    return record


def _block_record(block: Block) -> Json:
    return {"role": block.role, "text": block.text, "spans": _span_records(block.spans), "flags": list(block.flags)}


def _span_records(spans: Sequence[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _meta_record(meta: PageMeta) -> Json:
    return {key: getattr(meta, key) for key in _META}


# --- reading ---


def load(line: bytes, *, path: str = "<bytes>", line_number: int | None = None) -> Json:
    """The JSON object on one line.

    Raises: RecordError when the line is no JSON object, or holds half a surrogate pair.
    """
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        what, hint = _no_json(line, error)
        raise RecordError(what, path=path, line_number=line_number, hint=hint, data=line) from None
    if not isinstance(record, dict):
        raise RecordError("not a JSON object", path=path, line_number=line_number, data=line)
    return record


def _no_json(line: bytes, error: orjson.JSONDecodeError) -> tuple[str, str]:
    """`(what, hint)` about a line that does not parse. orjson speaks of surrogates for bad bytes as well."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as bad:
        return f"not UTF-8: byte {bad.start} of the line", "JSONL is UTF-8; convert it with iconv"
    if "surrogate" in str(error):
        return f"a lone surrogate: {error.msg}", "half a character cannot be written as UTF-8; mend the source"
    return (
        f"not JSON: {error.msg} at column {error.colno}",
        "raw pages are no records: corpus-tools clean reads them, with --from text where the suffix says otherwise",
    )


def page_from(record: Json, *, path: str = "<record>", line_number: int | None = None) -> Page:
    """The page of a page record, or of a foreign record `{"id": …, "text": …}` (`meta` is taken where it fits).

    Raises: RecordError, also for a newer schema and for spans outside the text.
    """
    try:
        if not is_own(record):
            return _foreign_page(record, path)
        _check_schema(record.get("schema"), PAGE_SCHEMA)
        return _page(record)
    except _Unfit as unfit:
        raise RecordError(str(unfit), path=path, line_number=line_number, hint=unfit.hint) from None


def is_own(record: Json) -> bool:
    """Whether a record says that corpus-tools wrote it; others are pages of someone else."""
    return str(record.get("schema")).startswith("corpus-tools/")


def article_from(record: Json, *, path: str = "<record>", line_number: int | None = None) -> Article:
    """The article of an article record; keys that gold files leave out take their empty value.

    Raises: RecordError.
    """
    try:
        _check_schema(record.get("schema"), ARTICLE_SCHEMA)
        blocks = tuple(_block(item, None) for item in _get(record, "blocks", list))
        return _article(record, blocks, _get(record, "page_id", str))
    except _Unfit as unfit:
        raise RecordError(str(unfit), path=path, line_number=line_number, hint=unfit.hint) from None


class _Unfit(Exception):
    """A record that is not what it should be; becomes a RecordError where the path and line are known."""

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.hint = hint


def _check_schema(schema: object, expected: str) -> None:
    if schema == expected:
        return
    name, _, version = expected.partition("@")
    found, _, its_version = str(schema).partition("@")
    if found == name and its_version.isdecimal() and int(its_version) > int(version):
        raise _Unfit(f"schema {schema} is newer than {expected}", "update corpus-tools")
    raise _Unfit(f"schema {schema!r} where {expected} is needed", "see corpus-tools schema")


def _get(record: Json, key: str, kind: type[T], default: T | None = None) -> T:
    value = record.get(key, default)
    if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
        return value
    if key not in record:
        raise _Unfit(f"the field {key!r} is missing")
    raise _Unfit(f"the field {key!r} is {type(value).__name__}, not {kind.__name__}")


def _optional(record: Json, key: str) -> str | None:
    return None if record.get(key) is None else _get(record, key, str)


def _strings(record: Json, key: str) -> tuple[str, ...]:
    values = _get(record, key, list, [])
    if not all(isinstance(value, str) for value in values):
        raise _Unfit(f"the field {key!r} holds something that is not a string")
    return tuple(values)


def _flags(record: Json, known: Sequence[str]) -> tuple[str, ...]:
    flags = _strings(record, "flags")
    unknown = [flag for flag in flags if flag not in known]
    if unknown:
        raise _Unfit(f"the flag {unknown[0]!r} is not known")
    return flags


def _number(value: object, key: str) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    raise _Unfit(f"{key} is {type(value).__name__}, not a number")


def _spans(items: object, length: int | None) -> tuple[Span, ...]:
    if not isinstance(items, list):
        raise _Unfit("spans are not a list")
    spans = []
    for item in items:
        if not (isinstance(item, list) and len(item) == 2 and all(type(border) is int for border in item)):
            raise _Unfit(f"{item!r} is no span: two whole numbers are needed")
        start, end = item
        if not 0 <= start < end or (length is not None and end > length):
            raise _Unfit(f"span [{start}, {end}] is empty or outside the text" + (f" of {length}" if length else ""))
        spans.append(Span(start, end))
    return tuple(spans)


def _object(item: object, what: str) -> Json:
    if not isinstance(item, dict):
        raise _Unfit(f"{what} is {type(item).__name__}, not an object")
    return item


def _block(item: object, length: int | None) -> Block:
    record = _object(item, "a block")
    role = _get(record, "role", str)
    if role not in _ROLES:
        raise _Unfit(f"the role {role!r} is not known")
    spans = _spans(_get(record, "spans", list), length)
    if not spans:
        raise _Unfit("a block without spans")
    return Block(cast(Role, role), spans, _get(record, "text", str), _flags(record, BLOCK_FLAGS))


def _meta(record: Json) -> PageMeta:
    return PageMeta(**{key: _optional(record, key) for key in _META})


def _article(record: Json, blocks: tuple[Block, ...], page_id: str) -> Article:
    kind = _get(record, "kind", str, "article")
    if kind not in _KINDS:
        raise _Unfit(f"the kind {kind!r} is not known")
    byline = tuple(
        Person(_get(_object(item, "a byline"), "name", str), _optional(item, "role"))
        for item in _get(record, "byline", list, [])
    )
    source = record.get("source")
    parts = record.get("parts")
    return Article(
        id=_get(record, "id", str),
        kind=cast(Kind, kind),
        page_id=page_id,
        text=_get(record, "text", str),
        **{key: _optional(record, key) for key in FIELDS if key != "byline"},
        byline=byline,
        continues=_optional(record, "continues"),
        continued_by=_optional(record, "continued_by"),
        parts=None if parts is None else tuple(_part(item) for item in _get(record, "parts", list)),
        cluster=_optional(record, "cluster"),
        blocks=blocks,
        flags=_flags(record, ARTICLE_FLAGS),
        meta=_meta(_get(record, "meta", dict, {})),
        source=None if source is None else _source(_object(source, "source")),
    )


def _part(item: object) -> Part:
    record = _object(item, "a part")
    return Part(_get(record, "page_id", str), tuple(_block(block, None) for block in _get(record, "blocks", list)))


def _source(record: Json) -> Source:
    segments = []
    for item in _get(record, "segments", list, []):
        if not (isinstance(item, list) and len(item) == 2 and type(item[0]) is int and isinstance(item[1], str)):
            raise _Unfit(f"{item!r} is no segment: [start, encoding]")
        segments.append((item[0], item[1]))
    exceptions = []
    for item in _get(record, "exceptions", list, []):
        if not (isinstance(item, list) and len(item) == 3 and isinstance(item[2], str)):
            raise _Unfit(f"{item!r} is no exception: [start, end, bytes in base64]")
        try:
            exceptions.append((_spans([item[:2]], None)[0], b64decode(item[2], validate=True)))
        except ValueError:
            raise _Unfit(f"{item[2]!r} is not base64") from None
    confidence = record.get("encoding_confidence")
    return Source(
        path=_get(record, "path", str),
        sha256=_get(record, "sha256", str),
        encoding=_get(record, "encoding", str),
        encoding_confidence=None if confidence is None else _number(confidence, "encoding_confidence"),
        byte_order_mark=_get(record, "byte_order_mark", bool, False),
        segments=tuple(segments),
        exceptions=tuple(exceptions),
    )


def _edit(item: object) -> Edit:
    if not (isinstance(item, list) and len(item) == 5 and type(item[0]) is int and item[0] >= 0):
        raise _Unfit(f"{item!r} is no edit: [start, before, after, reason, score]")
    start, before, after, reason, score = item
    if not all(isinstance(text, str) for text in (before, after, reason)):
        raise _Unfit(f"{item!r} is no edit: before, after and reason are strings")
    return Edit(Span(start, start + len(before)), before, after, reason, _number(score, "score"))


def _revision(item: object) -> Revision:
    record = _object(item, "a revision")
    edits = tuple(_edit(edit) for edit in _get(record, "edits", list))
    return Revision(_get(record, "stage", str), _get(record, "rule", str), edits)


def _foreign_page(record: Json, path: str) -> Page:
    page_id, text = record.get("id"), record.get("text")
    if not isinstance(page_id, (str, int)) or isinstance(page_id, bool) or not isinstance(text, str):
        raise _Unfit('no page: neither a corpus-tools record nor {"id": …, "text": …}', "see corpus-tools schema")
    meta = record.get("meta")
    known = (
        {key: str(meta[key]) for key in _META if type(meta.get(key)) in (str, int)} if isinstance(meta, dict) else {}
    )
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise _Unfit(f"a lone surrogate at character {error.start} of the text") from None
    source = Source(path, hashlib.sha256(data).hexdigest(), "utf-8", 1.0)
    return Page(str(page_id), text, source, PageMeta(**known))


def _page(record: Json) -> Page:
    text = _get(record, "text", str)
    history = tuple(_revision(item) for item in _get(record, "history", list))
    length = len(text) + sum(len(edit.before) - len(edit.after) for step in history for edit in step.edits)
    blocks = tuple(_block(item, length) for item in _get(record, "blocks", list))
    meta = _meta(_get(record, "meta", dict, {}))
    source = _source(_get(record, "source", dict))
    page_id = _get(record, "id", str)
    return Page(
        id=page_id,
        text=text,
        source=source,
        meta=meta,
        history=history,
        notes=tuple(_note(item, length) for item in _get(record, "notes", list)),
        blocks=blocks,
        articles=tuple(_articles(_get(record, "articles", list), blocks, page_id, meta, source)),
    )


def _note(item: object, length: int) -> Note:
    record = _object(item, "a note")
    return Note(
        spans=_spans(_get(record, "spans", list), length),
        flag=_get(record, "flag", str),
        rule=_get(record, "rule", str),
        reason=_get(record, "reason", str),
        score=_number(record.get("score"), "score"),
        candidates=_strings(record, "candidates"),
    )


def _articles(
    items: list[Any], blocks: tuple[Block, ...], page_id: str, meta: PageMeta, source: Source
) -> Iterable[Article]:
    for item in items:
        record = _object(item, "an article")
        places = _get(record, "blocks", list)
        if not all(type(place) is int and 0 <= place < len(blocks) for place in places):
            raise _Unfit("an article names a block that the page does not have")
        own = Source(source.path, source.sha256, source.encoding)
        article = _article(record, tuple(blocks[place] for place in places), page_id)
        yield replace(article, meta=meta, source=own)
