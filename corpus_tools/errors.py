"""The CorpusError family: each error says what happened, where, and what to try.

The library raises them; only `cli/messages.py` turns them into messages and exit codes.
"""

from __future__ import annotations

from corpus_tools.model import Span


class CorpusError(Exception):
    """Something about the data or the call. `what` happened, `where` (a path, a line, a byte), what to `hint` at."""

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(what, where, hint)
        self.what = what
        self.where = where
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders: keyword-only arguments need this to be unpickled.
        return (_rebuild, (type(self), self.__dict__.copy()))

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}{self.what}{hint}"


def _rebuild(kind: type[CorpusError], state: dict[str, object]) -> CorpusError:
    error = kind.__new__(kind)
    error.__dict__.update(state)
    return error


class InputError(CorpusError):
    """A page that cannot be taken: empty, not text, too large, unreadable, or its id was seen before."""

    def __init__(self, what: str, *, path: str, hint: str = "", data: bytes | None = None) -> None:
        super().__init__(what, where=path, hint=hint)
        self.path = path
        self.data = data


class DecodeError(InputError):
    """Bytes that are no text in any encoding tried. `byte_offset` is 0-based, None when it has no one place."""

    def __init__(
        self,
        what: str,
        *,
        path: str,
        byte_offset: int | None = None,
        tried: tuple[str, ...] = (),
        hint: str = "",
        data: bytes | None = None,
    ) -> None:
        super().__init__(what, path=path, hint=hint, data=data)
        self.byte_offset = byte_offset
        self.tried = tried
        if byte_offset is not None:
            self.where = f"{path}: byte {byte_offset}"


class RecordError(InputError):
    """A line of JSONL that is not the record it should be. `line_number` counts from 1."""

    def __init__(
        self, what: str, *, path: str, line_number: int | None = None, hint: str = "", data: bytes | None = None
    ) -> None:
        super().__init__(what, path=path, hint=hint, data=data)
        self.line_number = line_number
        if line_number is not None:
            self.where = f"{path}: line {line_number}"


class EditError(CorpusError):
    """An edit or a decision that does not fit the page: a defect of the rule that made it."""

    def __init__(self, what: str, *, page_id: str = "", rule: str = "", span: Span | None = None) -> None:
        super().__init__(what, where=" ".join(part for part in (page_id, rule) if part))
        self.page_id = page_id
        self.rule = rule
        self.span = span


class StageError(CorpusError):
    """A stage that was given a page it must not touch, such as one that is already split."""


class OutputError(CorpusError):
    """An output that cannot be written; what stood there before is unchanged."""


class UsageError(CorpusError):
    """A call that asks for something that cannot be: the wrong options together, an output that is an input."""
