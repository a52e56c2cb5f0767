"""No output on top of an input, and no two outputs in one file."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_tools.errors import UsageError

if TYPE_CHECKING:
    from corpus_tools.read.inputs import InputFile


def refuse_overwriting(inputs: Iterable[InputFile], outputs: Sequence[Path | None]) -> None:
    """Raises: UsageError when an output is an input, or two outputs are the same file. The first output is the main one,
    standard output when it is None."""
    if sum(str(path) == "-" for path in outputs) + (bool(outputs) and outputs[0] is None) > 1:
        raise UsageError("two outputs on standard output", hint="name a file for one of them")
    inputs = list(inputs)
    named = [path for path in outputs if path is not None and str(path) != "-"]
    read = {os.path.realpath(source.path) for source in inputs if source.path is not None}
    written: set[str] = set()
    for path in named:
        real = os.path.realpath(path)
        if real in read or (any(source.path is None for source in inputs) and _is_standard_input(path)):
            raise UsageError(
                f"{path} is an input and an output", hint="an input is never overwritten; name another file"
            )
        if real in written and (Path(real).is_file() or not Path(real).exists()):  # /dev/null may be named twice
            raise UsageError(f"{path} is named as two outputs")
        written.add(real)


def _is_standard_input(path: Path) -> bool:
    """Whether a path is the file that standard input was redirected from."""
    try:
        mine, its = os.fstat(sys.stdin.fileno()), path.stat()
    except (OSError, ValueError, AttributeError):
        return False
    return stat.S_ISREG(its.st_mode) and os.path.samestat(mine, its)
