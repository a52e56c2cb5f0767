"""How likely two pieces of text are to meet in one paragraph: log-probabilities (nats) of the characters at a seam.

A model of character n-grams with paragraph marks (`data/seam_model.bin`) and a lexicon of words (`data/seam_words.marisa`),
both written by `scripts/train_seam_model`. The last characters of the left piece and the first of the right one come in,
simplified or traditional; numbers leave. Nothing is decided here. Loaded when first asked for: 10 ms.
"""

from __future__ import annotations

import zlib
from functools import cache, lru_cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import orjson

from corpus_tools.errors import CorpusError

MAGIC = b"corpus-tools seam model 1\0\n"
"""First line of a model file, with a NUL so that git takes it for what it is. Then a line of JSON, and as many bytes as it says of a trie and of packed steps."""

PARAGRAPH = "¶"
"""Stands before and behind each paragraph of the training text."""

UNKNOWN = "\uffff"
"""Code of a character that the model does not have: in no key of the trie."""

LONGEST_WORD = 4
"""Characters; longer words of dictionaries are phrases."""

_HINT = "write one with scripts/train_seam_model"

_CUTS = tuple((before, length - before) for length in range(LONGEST_WORD, 1, -1) for before in range(1, length))
"""How many characters of a word stand before and behind the seam, longest word first."""

_REMEMBERED = 1 << 15
"""n-grams whose value is kept: those of a long page; 5 MB."""

_MARGIN = 8
"""Characters looked at, so that white space beside the seam hides no text."""


def code_of(rank: int) -> str:
    """The character that stands for the symbol of that rank (from 0) in the trie's keys: common ones are short in UTF-8.

    >>> len(code_of(0).encode()), len(code_of(127).encode()), len(code_of(4000).encode())
    (1, 2, 3)
    """
    return chr(rank + 1)


class _Codes(dict[int, str]):
    """A table for `str.translate` that knows every character."""

    def __missing__(self, character: int) -> str:
        return UNKNOWN


class SeamModel:
    """Log-probabilities in nats, 0 for pieces without text; only the `reach` characters on either side of the seam count."""

    def __init__(self, model: bytes, words: bytes) -> None:
        import marisa_trie  # loads in 4 ms: only when a seam is open

        header_end = model.index(b"\n", len(MAGIC))
        header = orjson.loads(model[len(MAGIC) : header_end])
        trie_end = header_end + 1 + header["trie_bytes"]
        self._grams = marisa_trie.Trie().frombytes(model[header_end + 1 : trie_end])
        self._words = marisa_trie.Trie().frombytes(words)
        steps = zlib.decompress(model[trie_end:])
        n_grams = len(self._grams)
        self._logs, self._backoffs = steps[:n_grams], steps[n_grams:]
        self._values: list[float] = [-header["step"] * step for step in range(256)]
        self._unknown: float = header["unknown"]
        self._order: int = header["order"]
        self.reach = self._order - 1
        fold: dict[str, str] = dict(zip(header["folded"], header["folds_to"], strict=True))
        codes = {symbol: code_of(rank) for rank, symbol in enumerate(header["symbols"])}
        self._codes = _Codes({ord(seen): codes.get(fold.get(seen, seen), UNKNOWN) for seen in (*codes, *fold)})
        self._fold = str.maketrans(fold)
        self._paragraph = codes[PARAGRAPH]
        # A page asks about every pair of its open ends: what hangs on one side only is worked out once.
        self._log = lru_cache(_REMEMBERED)(self._look_up)
        self._first = lru_cache(_REMEMBERED)(self._code_first)
        self._last = lru_cache(_REMEMBERED)(self._code_last)
        self._folded_first = lru_cache(_REMEMBERED)(self._fold_first)
        self._folded_last = lru_cache(_REMEMBERED)(self._fold_last)
        self._alone = lru_cache(_REMEMBERED)(partial(self._sum, ""))
        self._opening = lru_cache(_REMEMBERED)(partial(self._sum, self._paragraph))
        self._slack = lru_cache(_REMEMBERED)(self._all_backoffs)

    def crossing(self, left: str, right: str) -> float:
        """log P(the first `reach` characters of `right` | the last ones of `left`).

        More of `right` would add the same to each of `crossing`, `opening` and `alone`: the model sees no farther back.
        """
        tail, head = self._last(left[-_MARGIN:]), self._first(right[:_MARGIN])
        if not tail or not head or tail[-1] + head[0] in self._grams:
            return self._sum(tail, head)
        # Nine of ten pairs of pieces taken at random: no n-gram lies over the seam.
        return self._slack(tail) + self._alone(head)

    def opening(self, right: str) -> float:
        """log P(the same characters of `right` | a paragraph begins)."""
        return self._opening(self._first(right[:_MARGIN]))

    def alone(self, right: str) -> float:
        """log P(the same characters of `right`, whatever stands before them)."""
        return self._alone(self._first(right[:_MARGIN]))

    def ending(self, left: str) -> float:
        """log P(the paragraph ends | the last characters of `left`)."""
        tail = self._last(left[-_MARGIN:])
        return self._log(tail + self._paragraph) if tail else 0.0

    def word_over(self, left: str, right: str) -> str:
        """The longest word of the lexicon that begins in `left` and ends in `right`, as printed, or nothing."""
        words, before, behind = self._words, self._folded_last(left[-_MARGIN:]), self._folded_first(right[:_MARGIN])
        for n_before, n_behind in _CUTS:
            if n_before <= len(before) and n_behind <= len(behind) and before[-n_before:] + behind[:n_behind] in words:
                return left[-_MARGIN:].rstrip()[-n_before:] + right[:_MARGIN].lstrip()[:n_behind]
        return ""

    def _code_first(self, right: str) -> str:
        """The codes of its first characters."""
        return right.lstrip()[: self.reach].translate(self._codes)

    def _code_last(self, left: str) -> str:
        """The codes of its last characters."""
        return left.rstrip()[-self.reach :].translate(self._codes)

    def _fold_first(self, right: str) -> str:
        """Its first characters as the lexicon has them."""
        return right.lstrip()[: LONGEST_WORD - 1].translate(self._fold)

    def _fold_last(self, left: str) -> str:
        """Its last characters as the lexicon has them."""
        return left.rstrip()[1 - LONGEST_WORD :].translate(self._fold)

    def _all_backoffs(self, tail: str) -> float:
        """What it costs to forget `tail`, from its longest context to its last character."""
        numbers = (self._grams.get(tail[at:]) for at in range(len(tail)))
        return sum((self._values[self._backoffs[number]] for number in numbers if number is not None), 0.0)

    def _sum(self, context: str, text: str) -> float:
        """log P(text | context), both in codes."""
        gram, reach, total = context, self.reach, 0.0
        for code in text:
            gram = gram[-reach:] + code
            total += self._log(gram)
        return total

    def _look_up(self, gram: str) -> float:
        """log P(last code | those before it): of the longest n-gram that was kept, weighed down for each one that was not."""
        number: int | None = self._grams.get(gram)
        if number is not None:
            return self._values[self._logs[number]]
        if len(gram) == 1:
            return self._unknown
        shorter: float = self._log(gram[1:])
        context: int | None = self._grams.get(gram[:-1])
        return shorter if context is None else shorter + self._values[self._backoffs[context]]


@cache
def seam_model(path: Path | None = None) -> SeamModel:
    """The model of a file, with the lexicon that is shipped; the shipped model where no path is given.

    Raises: CorpusError when the file is no model; OSError when it cannot be read.
    """
    data = files("corpus_tools.data")
    file: Traversable = path or data.joinpath("seam_model.bin")
    model, words = file.read_bytes(), data.joinpath("seam_words.marisa").read_bytes()
    try:
        if model.startswith(MAGIC):
            return SeamModel(model, words)
    except (ValueError, KeyError, RuntimeError, zlib.error) as error:  # cut short, or written over
        raise CorpusError(f"a damaged seam model ({error})", where=str(file), hint=_HINT) from error
    raise CorpusError("not a seam model of this version", where=str(file), hint=_HINT)
