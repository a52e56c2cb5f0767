"""How likely two pieces of text are to meet in one paragraph: log-probabilities (nats) of the characters at a seam.

A model of character n-grams with paragraph marks (`data/seam_model.bin`) and a lexicon of words (`data/seam_words.marisa`),
both written by `scripts/train_seam_model`. The last characters of the left piece and the first of the right one come in,
simplified or traditional; numbers leave. Nothing is decided here. Loaded when first asked for: 16 ms.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

import orjson

from corpus_tools.errors import CorpusError

T = TypeVar("T")

MAGIC = b"corpus-tools seam model 1\0\n"
"""First line of a model file, with a NUL so that git takes it for binary. Then a line of JSON, the trie's bytes, as many as
it says, and the values by number of n-gram, packed: a byte each for the probability, then a byte each for the weight."""

PARAGRAPH = "¶"
"""Stands before and behind each paragraph of the training text."""

UNKNOWN = "\uffff"
"""Code of a character that the model does not have: in no key of the trie."""

LONGEST_WORD = 4
"""Characters; longer words of dictionaries are phrases."""

_HINT = "write one with scripts/train_seam_model"

_CUTS = tuple((before, length - before) for length in range(LONGEST_WORD, 1, -1) for before in range(1, length))
"""How many characters of a word stand before and behind the seam, longest word first."""

_SINGLE = frozenset(
    "的了在是和与及也都将就为对从把被向到以等或而但并不这那其每各该此两多少大小新老全我你他她它们里上下中内外前后时日月年元个位名人次项种家户"
    "只亩吨岁省市县区村乡镇有要会能可让使由于"
)
"""Hanzi that are words by themselves more often than others."""

_CUT, _SINGLE_OR_SIGN, _WORD = range(3)
"""What stands at the seam on one side: neither of the others, a hanzi of _SINGLE or no hanzi, a word of the lexicon."""

_STANDING = (  # log-odds by length of the word over the seam, by what stands to its left, by what stands to its right
    ((-1.8, -1.6, -1.7), (-1.5, 0.0, 0.2), (-1.7, 0.2, 0.2)),  # no word
    ((-1.8, -1.6, -1.7), (-1.5, 0.0, 0.2), (-1.7, 0.2, 0.2)),
    ((3.2, 2.2, 0.5), (1.9, 1.7, 0.3), (0.6, 0.3, 0.6)),  # 2 characters
    ((4.2, 1.8, 3.2), (2.2, 1.0, 1.9), (3.0, 2.7, 1.4)),
    ((3.8, 2.0, 2.4), (2.2, 1.4, 1.6), (2.8, 1.0, 3.4)),
)
"""True halves against halves of other paragraphs, 20,000 cuts of each of two sources, which differ by 0.3 at most cells."""

_ODDS = [odds for table in _STANDING for row in table for odds in row]
STANDING_BOUNDS = min(_ODDS), max(_ODDS)
"""What the lexicon says against a seam and for it, at the most."""

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


def _is_hanzi(character: str) -> bool:
    """Whether it is one of the common block: what rarer ones say is not in the lexicon."""
    return "\u4e00" <= character <= "\u9fff"


class _Codes(dict[str, str]):
    """The code of every character; those of the model are there."""

    def __missing__(self, character: str) -> str:
        return UNKNOWN


class _Fold(dict[str, str]):
    """What every character is taken for; most are themselves, and not there."""

    def __missing__(self, character: str) -> str:
        return character


class Answers(dict[str, T]):
    """What was asked about pieces of text, each answered once; forgets everything when there are too many.

    `answers[piece]` takes a third of the time of a cached function, and pairs of a string and a number cost the garbage
    collector nothing: a page asks some five thousand times.
    """

    def __init__(self, ask: Callable[[str], T]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, piece: str) -> T:
        answer = self._ask(piece)  # may ask on
        if len(self) >= _REMEMBERED:
            self.clear()
        self[piece] = answer
        return answer


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
        self._codes = _Codes({seen: codes.get(fold.get(seen, seen), UNKNOWN) for seen in (*codes, *fold)})
        self._fold = _Fold(fold)
        self._paragraph = codes[PARAGRAPH]
        # A page asks about every pair of its open ends: what hangs on one side only is worked out once.
        self._log = Answers(self._look_up)
        self._first = Answers(self._code_first)
        self._last = Answers(self._code_last)
        self._folded_first = Answers(self._fold_first)
        self._folded_last = Answers(self._fold_last)
        self._left_side = Answers(self._side_before)
        self._right_side = Answers(self._side_behind)
        self._alone = Answers(partial(self._sum, ""))
        self._opening = Answers(partial(self._sum, self._paragraph))
        self._slack = Answers(self._all_backoffs)

    def crossing(self, left: str, right: str) -> float:
        """log P(the first `reach` characters of `right` | the last ones of `left`).

        More of `right` would add the same to each of `crossing`, `opening` and `alone`: the model sees no farther back.
        """
        tail, head = self._last[left[-_MARGIN:]], self._first[right[:_MARGIN]]
        if not tail or not head or tail[-1] + head[0] in self._grams:
            return self._sum(tail, head)
        # Half of all pairs of a page: no n-gram lies over the seam, so both sides speak for themselves.
        return self._slack[tail] + self._alone[head]

    def opening(self, right: str) -> float:
        """log P(the same characters of `right` | a paragraph begins)."""
        return self._opening[self._first[right[:_MARGIN]]]

    def alone(self, right: str) -> float:
        """log P(the same characters of `right`, whatever stands before them)."""
        return self._alone[self._first[right[:_MARGIN]]]

    def begins(self, right: str) -> float:
        """How much more `right` begins like a paragraph than like running text: negative for a second half."""
        head = self._first[right[:_MARGIN]]
        return self._opening[head] - self._alone[head]

    def ending(self, left: str) -> float:
        """log P(the paragraph ends | the last characters of `left`)."""
        tail = self._last[left[-_MARGIN:]]
        return self._log[tail + self._paragraph] if tail else 0.0

    def word_over(self, left: str, right: str) -> str:
        """The longest word of the lexicon that begins in `left` and ends in `right`, as printed, or nothing."""
        cut = self._cut(self._folded_last[left[-_MARGIN:]], self._folded_first[right[:_MARGIN]])
        if cut is None:
            return ""
        return left[-_MARGIN:].rstrip()[-cut[0] :] + right[:_MARGIN].lstrip()[: cut[1]]

    def standing(self, left: str, right: str) -> float:
        """How much the lexicon says for the seam (log-odds, -1.8 to 4.2): a word over it where either side is cut speaks for
        it, a side that is cut without such a word against it; whole words on both sides say nothing.

        On sources that the n-grams never saw it says more than `word_over` alone: the second half of a paragraph is told
        from another's with .89 for .86 (area under the curve, with the other scores).
        """
        before, behind = self._folded_last[left[-_MARGIN:]], self._folded_first[right[:_MARGIN]]
        if not before or not behind:
            return 0.0
        cut = self._cut(before, behind)
        return _STANDING[sum(cut) if cut else 0][self._left_side[before]][self._right_side[behind]]

    def _cut(self, before: str, behind: str) -> tuple[int, int] | None:
        """How many characters of the longest word over the seam stand on either side; both sides folded."""
        words, n_most_before, n_most_behind = self._words, len(before), len(behind)
        for n_before, n_behind in _CUTS:
            if (
                n_before <= n_most_before
                and n_behind <= n_most_behind
                and before[-n_before:] + behind[:n_behind] in words
            ):
                return n_before, n_behind
        return None

    def _side_before(self, before: str) -> int:
        """What stands left of the seam."""
        return self._side(before[-1], before[-2:], before[-3:])

    def _side_behind(self, behind: str) -> int:
        """What stands right of the seam."""
        return self._side(behind[0], behind[:2], behind[:3])

    def _side(self, one: str, two: str, three: str) -> int:
        """What stands on one side of the seam, by its 1 to 3 characters nearest to it."""
        if two in self._words or three in self._words:
            return _WORD
        return _SINGLE_OR_SIGN if one in _SINGLE or not _is_hanzi(one) else _CUT

    def _code_first(self, right: str) -> str:
        """The codes of its first characters."""
        return "".join(map(self._codes.__getitem__, right.lstrip()[: self.reach]))

    def _code_last(self, left: str) -> str:
        """The codes of its last characters."""
        return "".join(map(self._codes.__getitem__, left.rstrip()[-self.reach :]))

    def _fold_first(self, right: str) -> str:
        """Its first characters as the lexicon has them."""
        return "".join(map(self._fold.__getitem__, right.lstrip()[: LONGEST_WORD - 1]))

    def _fold_last(self, left: str) -> str:
        """Its last characters as the lexicon has them."""
        return "".join(map(self._fold.__getitem__, left.rstrip()[1 - LONGEST_WORD :]))

    def _all_backoffs(self, tail: str) -> float:
        """What it costs to forget `tail`, from its longest context to its last character."""
        numbers = (self._grams.get(tail[at:]) for at in range(len(tail)))
        return sum((self._values[self._backoffs[number]] for number in numbers if number is not None), 0.0)

    def _sum(self, context: str, text: str) -> float:
        """log P(text | context), both in codes."""
        gram, reach, total = context, self.reach, 0.0
        for code in text:
            gram = gram[-reach:] + code
            total += self._log[gram]
        return total

    def _look_up(self, gram: str) -> float:
        """log P(last code | those before it): of the longest n-gram that was kept, weighed down for each one that was not."""
        number: int | None = self._grams.get(gram)
        if number is not None:
            return self._values[self._logs[number]]
        if len(gram) == 1:
            return self._unknown
        shorter = self._log[gram[1:]]
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
