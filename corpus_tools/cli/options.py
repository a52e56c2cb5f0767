"""The options that commands share: each with its name, its help and its default, said once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Literal, cast

import typer

from corpus_tools.errors import UsageError
from corpus_tools.model import PageMeta
from corpus_tools.options import MAX_PAGE_BYTES, ReadOptions

Inputs = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="PATH",
        readable=False,  # typer need not check: a file that may not be read is a rejected page, and the rest goes on
        help="Files, directories, or - for standard input (the default). Raw pages (.txt), page records (.jsonl), "
        "each also as .gz or .zst.",
        show_default=False,
    ),
]
OutputFile = Annotated[
    Path | None,
    typer.Option("-o", "--output", help="Write here, whole or not at all; .gz and .zst by suffix.", show_default=False),
]
To = Annotated[
    Literal["text", "pages", "articles"] | None,
    typer.Option("--to", help="Form of the output. Default: see the description above.", show_default=False),
]
From = Annotated[
    Literal["auto", "text", "pages"],
    typer.Option("--from", help="Form of the input; auto goes by a file's suffix, and by content on standard input."),
]
Glob = Annotated[
    str | None,
    typer.Option(
        "--glob", help="Files to take from directories. Default: *.txt, *.txt.gz, *.txt.zst.", show_default=False
    ),
]
PageId = Annotated[str, typer.Option("--id", help="Page id of a raw page on standard input.")]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        help="Read raw pages in this encoding: utf-8, gb18030, big5hkscs, cp950, utf-16-le, shift_jis …",
        show_default="detected",
    ),
]
OnUndecodable = Annotated[
    Literal["reject", "keep"],
    typer.Option("--on-undecodable", help="Pages with bytes that do not decode: reject, or keep each byte as U+FFFD."),
]
MaxPageBytes = Annotated[
    int, typer.Option("--max-page-bytes", min=1, help="Refuse pages of more uncompressed bytes than this.")
]
Meta = Annotated[
    list[str] | None,
    typer.Option(
        "--meta",
        metavar="KEY=VALUE",
        help="Say of all pages what they are: newspaper, date, edition, page_number, section. May be repeated.",
        show_default=False,
    ),
]
PathTemplate = Annotated[
    str | None,
    typer.Option(
        "--path-template",
        metavar="TEMPLATE",
        help="Which printed page a file is, by its path: '{newspaper}/{date}/{page}.txt', '{date:%Y%m%d}_{page:02d}.txt'; "
        "also {edition} and {section}; * stands for anything in a name. Fits the path's last folders.",
        show_default=False,
    ),
]
Manifest = Annotated[
    Path | None,
    typer.Option(
        "--manifest",
        help="Which printed page a file is, by a table (CSV or JSONL) with a column path or id, and newspaper, date, "
        "edition, page_number, section. --meta goes before it, the path and what is printed behind.",
        show_default=False,
    ),
]
Disable = Annotated[
    list[str] | None,
    typer.Option("--disable", metavar="RULE", help="Leave a rule out. May be repeated.", show_default=False),
]
Rejects = Annotated[
    Path | None,
    typer.Option("--rejects", help="Write rejected pages here: JSONL with path and reason.", show_default=False),
]
Ledger = Annotated[
    Path | None,
    typer.Option("--ledger", help="Write the finished page records here, for verify and revert.", show_default=False),
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="No progress and no summary; errors are still said.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Say what was done even when it is not a terminal.")]
Captions = Annotated[bool, typer.Option("--captions", help="Put captions into the text of articles.")]
Furniture = Annotated[bool, typer.Option("--furniture", help="Write the furniture record of each page too.")]
Script = Annotated[
    str | None,
    typer.Option("--script", help="Convert by OpenCC as the last step: t2s, s2t, s2tw, tw2s …", show_default=False),
]
RecordFormat = Annotated[
    Literal["jsonl", "dolma", "datatrove", "parquet"],
    typer.Option("--format", help="Article records for other ecosystems; parquet needs corpus-tools[parquet]."),
]
Width = Annotated[
    Literal["keep", "ascii-alnum"],
    typer.Option("--width", help="Full-width letters and digits: keep, or make them ASCII. Marks are never touched."),
]
Mode = Annotated[
    Literal["safe", "standard", "eager"],
    typer.Option("--mode", help="How sure a join or a move must be: nearly certain, sure, or more likely than not."),
]
FixStutters = Annotated[bool, typer.Option("--fix-stutters", help="Remove stutters, not only flag them.")]
TableOrLines = Annotated[
    Literal["table", "jsonl"] | None,
    typer.Option("--to", help="A table (default on a terminal) or one JSON object a line.", show_default=False),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOptions:
    """The options that all commands over pages have, at the end of their lists: how pages come in, and what is said."""

    rejects: Rejects = None
    input_format: From = "auto"
    glob: Glob = None
    page_id: PageId = "stdin"
    encoding: Encoding = None
    on_undecodable: OnUndecodable = "reject"
    max_page_bytes: MaxPageBytes = MAX_PAGE_BYTES
    meta: Meta = None
    manifest: Manifest = None
    path_template: PathTemplate = None
    quiet: Quiet = False
    verbose: Verbose = False

    def reading(self) -> ReadOptions:
        """How to read the pages. Raises: UsageError for an encoding, a `--meta` or a template that do not exist."""
        return read_options(
            input_format=self.input_format,
            glob=self.glob,
            page_id=self.page_id,
            encoding=self.encoding,
            on_undecodable=self.on_undecodable,
            max_page_bytes=self.max_page_bytes,
            meta=self.meta,
            manifest=self.manifest,
            path_template=self.path_template,
        )


def read_options(
    *,
    input_format: str = "auto",
    glob: str | None = None,
    page_id: str = "stdin",
    encoding: str | None = None,
    on_undecodable: str = "reject",
    max_page_bytes: int = MAX_PAGE_BYTES,
    meta: Sequence[str] | None = None,
    manifest: Path | None = None,
    path_template: str | None = None,
) -> ReadOptions:
    """The reading options of a command line. Raises: UsageError for an encoding, a `--meta` or a template that do not exist."""
    from corpus_tools.read.pages import canonical_encoding

    return ReadOptions(
        encoding=None if encoding is None else canonical_encoding(encoding),
        on_undecodable=cast(Literal["reject", "keep"], on_undecodable),
        max_page_bytes=max_page_bytes,
        glob=glob,
        input_format=cast(Literal["auto", "text", "pages", "articles"], input_format),
        stdin_id=page_id,
        meta=page_meta(meta),
        manifest=manifest,
        path_template=path_template,
    )


def page_meta(pairs: Sequence[str] | None) -> PageMeta:
    """The PageMeta of `--meta key=value` options. Raises: UsageError."""
    known = [each.name for each in fields(PageMeta)]
    values: dict[str, str] = {}
    for pair in pairs or ():
        key, mark, value = pair.partition("=")
        if not mark or key not in known:
            raise UsageError(f"--meta {pair!r}", hint=f"give KEY=VALUE; the keys are {', '.join(known)}")
        if key in values:
            raise UsageError(f"--meta {pair!r}", hint=f"the {key} is said twice")
        values[key] = _value(pair, key, value.strip())
    return PageMeta(**{key: value for key, value in values.items() if value})


def _value(pair: str, key: str, text: str) -> str:
    """A value as records hold it. Raises: UsageError for a date that is none."""
    from corpus_tools.identity.values import as_date, as_page_number

    if key == "page_number":
        return as_page_number(text) or text
    if key != "date" or not text:
        return text
    found = as_date(text, partial=True)
    if found is None:
        raise UsageError(f"--meta {pair!r}: no date", hint="write it as 2023-11-08")
    return found
