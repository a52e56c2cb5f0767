"""How likely two pieces of text are to meet in one paragraph: log-probabilities (nats) of the characters at a seam.

A model of character n-grams with paragraph marks (`data/seam_model.bin`) and a lexicon of words (`data/seam_words.marisa`),
both written by `scripts/train_seam_model`. The last characters of the left piece and the first of the right one come in,
simplified or traditional; numbers leave. Nothing is decided here. Loaded when first asked for: 10 ms.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from corpus_tools.errors import CorpusError

MAGIC = b"corpus-tools seam model 1\n"
"""First line of a model file. Then a line of JSON, and as many bytes as it says of a trie and of packed steps."""

PARAGRAPH = "¶"
"""Stands before and behind each paragraph of the training text."""

UNKNOWN = "\uffff"
"""Code of a character that the model does not have: in no key of the trie."""

LONGEST_WORD = 4
"""Characters; longer words of dictionaries are phrases."""

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
        header = json.loads(model[len(MAGIC) : header_end])
        trie_end = header_end + 1 + header["trie_bytes"]
        self._grams = marisa_trie.Trie().frombytes(model[header_end + 1 : trie_end])
        self._words = marisa_trie.Trie().frombytes(words)
        steps = zlib.decompress(model[trie_end:])
        n_grams = len(self._grams)
        self._logs, self._backoffs = steps[:n_grams], steps[n_grams:]
        self._values = [-header["step"] * step for step in range(256)]
        self._unknown: float = header["unknown"]
        self._order: int = header["order"]
        self.reach = self._order - 1
        fold: Mapping[str, str] = dict(zip(header["folded"], header["folds_to"], strict=True))
        codes = {symbol: code_of(rank) for rank, symbol in enumerate(header["symbols"])}
        folded_codes = {folded: codes[symbol] for folded, symbol in fold.items() if symbol in codes}
        self._codes = _Codes({ord(character): code for character, code in (codes | folded_codes).items()})
        self._fold = str.maketrans(dict(fold))
        self._paragraph = codes[PARAGRAPH]
        self._log = lru_cache(_REMEMBERED)(self._look_up)

    def crossing(self, left: str, right: str) -> float:
        """log P(the first `reach` characters of `right` | the last ones of `left`).

        More of `right` would add the same to each of `crossing`, `opening` and `alone`: the model sees no farther back.
        """
        return self._sum(self._last(left), self._first(right))

    def opening(self, right: str) -> float:
        """log P(the same characters of `right` | a paragraph begins)."""
        return self._sum(self._paragraph, self._first(right))

    def alone(self, right: str) -> float:
        """log P(the same characters of `right`, whatever stands before them)."""
        return self._sum("", self._first(right))

    def ending(self, left: str) -> float:
        """log P(the paragraph ends | the last characters of `left`)."""
        tail = self._last(left)
        return self._log(tail + self._paragraph) if tail else 0.0

    def word_over(self, left: str, right: str) -> str:
        """The longest word of the lexicon that begins in `left` and ends in `right`, as printed, or nothing."""
        before, behind = left[-_MARGIN:].rstrip()[1 - LONGEST_WORD :], right[:_MARGIN].lstrip()[: LONGEST_WORD - 1]
        folded_before, folded_behind, words = before.translate(self._fold), behind.translate(self._fold), self._words
        for n_before, n_behind in _CUTS:
            if n_before > len(before) or n_behind > len(behind):
                continue
            if folded_before[-n_before:] + folded_behind[:n_behind] in words:
                return before[-n_before:] + behind[:n_behind]
        return ""

    def _first(self, right: str) -> str:
        """The codes of its first characters."""
        return right[:_MARGIN].lstrip()[: self.reach].translate(self._codes)

    def _last(self, left: str) -> str:
        """The codes of its last characters."""
        return left[-_MARGIN:].rstrip()[-self.reach :].translate(self._codes)

    def _sum(self, context: str, text: str) -> float:
        """log P(text | context), both in codes."""
        gram, reach, total = context, self.reach, 0.0
        for code in text:
            gram = gram[-reach:] + code
            total += self._log(gram)
        return total

    def _look_up(self, gram: str) -> float:
        """log P(last code | those before it): of the longest n-gram that was kept, weighed down for each one that was not."""
        number = self._grams.get(gram)
        if number is not None:
            log: float = self._values[self._logs[number]]
            return log
        if len(gram) == 1:
            return self._unknown
        shorter: float = self._log(gram[1:])
        context = self._grams.get(gram[:-1])
        return shorter if context is None else shorter + self._values[self._backoffs[context]]


@cache
def seam_model(path: Path | None = None) -> SeamModel:
    """The model of a file, with the lexicon that is shipped; the shipped model where no path is given.

    Raises: CorpusError when the file is no model; OSError when it cannot be read.
    """
    data = files("corpus_tools.data")
    file: Traversable = path or data.joinpath("seam_model.bin")
    model = file.read_bytes()
    if not model.startswith(MAGIC):
        hint = "write one with scripts/train_seam_model"
        raise CorpusError("not a seam model of this version", where=str(file), hint=hint)
    return SeamModel(model, data.joinpath("seam_words.marisa").read_bytes())
