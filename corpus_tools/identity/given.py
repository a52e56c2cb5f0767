"""What a page is by flags, by a manifest and by its path, in this order; who disagrees is noted, not silently overridden.

A page and the reading options enter, the page with its `meta` leaves. A page record that corpus-tools wrote keeps what it
has; a record of others is asked between manifest and path.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_tools.errors import UsageError
from corpus_tools.model import Note, Page, PageMeta
from corpus_tools.options import ReadOptions

if TYPE_CHECKING:
    from corpus_tools.identity.manifest import Row

RULE = "given_identity"
FIELDS = tuple(field.name for field in fields(PageMeta))
NOTHING = PageMeta()
NAMED = 3
"""Pages that a remark names; the notes in the ledger name all."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one voice says of a page; `who` as messages name it."""

    who: str
    meta: PageMeta


def given_identity(page: Page, options: ReadOptions, file: Path | None = None, *, foreign: bool = True) -> Page:
    """The page with the meta that flags, manifest, its own record and its path give it.

    `foreign` is False for a page record that corpus-tools wrote: what it has goes first. Raises: UsageError for a manifest
    that cannot be used.
    """
    if options.path_template is None and options.manifest is None and options.meta == NOTHING:
        return page  # most of them
    own, flags = Said("the record", page.meta), Said("--meta", options.meta)
    row, path = _in_manifest(page, options, file), _in_path(page, options, file)
    voices = (flags, row, own, path) if foreign else (own, flags, row, path)
    meta, conflicts = combined([voice for voice in voices if isinstance(voice, Said)])
    silent = [Note((), "identity", RULE, found) for found in (row, path) if isinstance(found, str) and foreign]
    if not foreign:  # what was noted when the page was first read need not be noted again
        conflicts = [note for note in conflicts if not _is_noted(page, note)]
    return _noted(replace(page, meta=meta), [*silent, *conflicts])


def _noted(page: Page, notes: Sequence[Note]) -> Page:
    new = tuple(note for note in notes if note not in page.notes)
    return replace(page, notes=page.notes + new) if new else page


def _is_noted(page: Page, note: Note) -> bool:
    """Whether the page has a note already about that field's value."""
    said = note.reason.partition(" by ")[0]
    return any(old.rule == RULE and old.reason.partition(" by ")[0] == said for old in page.notes)


def combined(voices: Sequence[Said]) -> tuple[PageMeta, list[Note]]:
    """For each field what the first voice says that knows it, and a note for each field that another voice says otherwise."""
    values: dict[str, str] = {}
    notes: list[Note] = []
    for name in FIELDS:
        said = [(voice.who, value) for voice in voices if (value := getattr(voice.meta, name)) is not None]
        if not said:
            continue
        who, values[name] = said[0]
        others = tuple(f"{other}: {value}" for other, value in said[1:] if value != values[name])
        if others:
            notes.append(Note((), "identity", RULE, f"{name} is {values[name]} by {who}", candidates=others))
    return PageMeta(**values), notes


def _paths_of(page: Page, file: Path | None) -> list[str]:
    """The paths a page is known by: relative to the directory given, then as the user gave it."""
    path = page.source.path
    known = [] if path.startswith("<") else [path]
    if file is not None and str(file) not in known:
        known.append(file.as_posix())
    return known


def _in_manifest(page: Page, options: ReadOptions, file: Path | None) -> Said | str | None:
    if options.manifest is None:
        return None
    from corpus_tools.identity.manifest import read_manifest

    row = read_manifest(options.manifest).row_of(page.id, _paths_of(page, file))
    return (
        f"not in {options.manifest}" if row is None else Said(f"{options.manifest}: line {row.line_number}", row.meta)
    )


def _in_path(page: Page, options: ReadOptions, file: Path | None) -> Said | str | None:
    if options.path_template is None:
        return None
    from corpus_tools.identity.templates import template

    asked = template(options.path_template)
    found = asked.meta_of(*_paths_of(page, file)) or asked.meta_of_id(page.id)
    return f"the path does not fit {options.path_template}" if found is None else Said("the path", found)


@dataclass(frozen=True, slots=True)
class Known:
    """A raw page still to be read: its id, and the paths it is known by."""

    page_id: str
    paths: tuple[str, ...]


def remarks(pages: Sequence[Known], options: ReadOptions, *, complete: bool) -> Iterator[str]:
    """What a user should know before the pages are read: which paths fit no template, what the manifest lacks or has too much.

    `complete` is whether `pages` are all there are: else rows without a page are no news. Raises: UsageError for a manifest
    that cannot be used, and where not one of several pages fits.
    """
    if options.manifest is not None:
        from corpus_tools.identity.manifest import read_manifest, unnamed_rows

        manifest = read_manifest(options.manifest)
        yield from manifest.remarks
        rows = [manifest.row_of(page.page_id, page.paths) for page in pages]
        lost = [page for page, row in zip(pages, rows, strict=True) if row is None]
        _refuse_if_all(lost, pages, f"--manifest {options.manifest}: none of the pages is in it", options)
        if lost:
            yield f"{options.manifest}: {_counted(len(lost), 'page')} not in it: {_named(lost)}"
        unused: Sequence[Row] = unnamed_rows(manifest, rows) if complete else ()
        if unused:
            named = ", ".join(row.key for row in unused[:NAMED]) + (", …" if len(unused) > NAMED else "")
            yield f"{options.manifest}: {_counted(len(unused), 'row')} without a page among the inputs: {named}"
    if options.path_template is not None:
        from corpus_tools.identity.templates import template

        asked = template(options.path_template)
        odd = [page for page in pages if (asked.meta_of(*page.paths) or asked.meta_of_id(page.page_id)) is None]
        _refuse_if_all(odd, pages, f"--path-template {options.path_template!r}: no path fits it", options)
        if odd:
            yield f"--path-template {options.path_template!r}: {_counted(len(odd), 'path')} not fit it: {_named(odd)}"


def _refuse_if_all(odd: Sequence[Known], pages: Sequence[Known], what: str, options: ReadOptions) -> None:
    """A template or a manifest that fits nothing is mistyped, and a corpus without dates would be found too late."""
    if odd and len(odd) == len(pages):
        first = pages[0].paths[0] if pages[0].paths else pages[0].page_id
        raise UsageError(what, hint=f"the first is {first}")


def _counted(number: int, noun: str) -> str:
    if noun == "path":
        return f"{number} path does" if number == 1 else f"{number} paths do"
    return f"{number} {noun} is" if number == 1 else f"{number} {noun}s are"


def _named(pages: Sequence[Known]) -> str:
    named = ", ".join(page.paths[0] if page.paths else page.page_id for page in pages[:NAMED])
    return named + (", …" if len(pages) > NAMED else "")
