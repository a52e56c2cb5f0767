"""Page records -> files with the original bytes, one page at a time."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

from corpus_tools.errors import CorpusError, InputError, OutputError, UsageError
from corpus_tools.model import Page
from corpus_tools.read.compressed import SUFFIXES
from corpus_tools.read.inputs import RECORD_SUFFIXES
from corpus_tools.run.outputs import Output
from corpus_tools.verification import revert


def revert_pages(
    pages: Iterable[Page], output: str | None, on_reject: Callable[[CorpusError], None], inputs: Iterable[Path] = ()
) -> int:
    """Write the original bytes of the pages; how many there were.

    One page goes to standard output or to the file `output`; several need `output` to be a directory (made when it
    ends with a slash or does not exist). None of the `inputs` is overwritten. Raises: UsageError for several pages
    without a directory.
    """
    iterator = iter(pages)
    first = list(itertools.islice(iterator, 2))
    path = None if output is None else Path(output)
    if output is not None and path is not None and (output.endswith(("/", os.sep)) or path.is_dir() or len(first) > 1):
        return _into_folder(itertools.chain(first, iterator), path, on_reject, inputs)
    if len(first) > 1:
        raise UsageError("these are several pages", hint="give -o DIRECTORY for all of them, or --id ID for one")
    for page in first:
        try:
            data = revert(page)
        except CorpusError as error:
            on_reject(error)
            return 0
        with Output(path) as file:
            file.write(data)
    return len(first)


def _into_folder(
    pages: Iterable[Page], folder: Path, on_reject: Callable[[CorpusError], None], inputs: Iterable[Path]
) -> int:
    read = {os.path.realpath(path) for path in inputs}
    n_pages = 0
    written: set[str] = set()
    for page in pages:
        try:
            name = safe_name(page)
            if name in written:
                raise InputError(f"a second page came by the path {name!r}", path=page.id, hint="revert it by --id")
            data = revert(page)
        except CorpusError as error:
            on_reject(error)
            continue
        written.add(name)
        target = folder / name
        if os.path.realpath(target) in read:
            on_reject(
                InputError(f"{target} is an input, and would be overwritten", path=page.id, hint="name another -o")
            )
            continue
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"cannot be made: {error.strerror}", where=str(target.parent)) from None
        with Output(target) as file:
            file.write(data)
        n_pages += 1
    return n_pages


def safe_name(page: Page) -> str:
    """The path to write a page at, relative to the output directory: as it came, without `.gz` or `.zst`.

    Raises: InputError for a path that leads out of the directory, which no page record of ours has.
    """
    path = PurePosixPath(page.source.path)
    if path.suffix in RECORD_SUFFIXES:  # the pages of a JSONL file came by one path: their ids part them
        path = PurePosixPath(f"{page.id}.txt")
    if path.suffix in SUFFIXES and path.stem:
        path = path.with_suffix("")
    separators = os.sep == "\\" and "\\" in str(path)
    if path.is_absolute() or ".." in path.parts or separators or "\0" in str(path) or not path.name:
        raise InputError(f"the path {page.source.path!r} leads out of the directory", path=page.id)
    return "stdin.txt" if path.name == "<stdin>" else str(path)
