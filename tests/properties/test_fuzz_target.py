"""What `scripts/fuzz` tries, on a few hundred files: it takes any bytes, and it notices what is lost."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

import fuzz_target

LINES = (
    "A1 本报讯（记者 刘涛）昨日，市政府召开会议。\n",
    "︵註︶\ufeffA\u200b１９９８......⼈",
    "喺度開會，嘅 Café。\r\n",
)


def file_of(choice: int, what: int, text: str) -> bytes:
    """An input of the fuzzer: text in the encoding of that number."""
    return bytes((2 * choice, what)) + text.encode(fuzz_target.FORCED[choice], "ignore")


@pytest.mark.parametrize("text", LINES)
@pytest.mark.parametrize("choice", range(len(fuzz_target.FORCED)), ids=fuzz_target.FORCED)
@pytest.mark.parametrize("what", range(len(fuzz_target.OPTIONS)))
def test_text_in_every_encoding_comes_back(choice: int, what: int, text: str) -> None:
    assert fuzz_target.try_file(file_of(choice, what, text))


@given(st.binary(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_bytes(file: bytes) -> None:
    fuzz_target.try_file(file)


def test_detected_and_kept() -> None:
    detected = 2 * len(fuzz_target.FORCED)
    assert fuzz_target.try_file(bytes((detected, 0)) + LINES[0].encode("gb18030"))
    assert not fuzz_target.try_file(bytes((detected, 0)) + b"\x89PNG\r\n\x1a\n")
    assert not fuzz_target.try_file(bytes((0, 0)) + b"\xff" + LINES[0].encode())
    assert fuzz_target.try_file(bytes((1, 0)) + b"\xff" + LINES[0].encode())


def test_a_loss_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz_target, "undo", lambda text, history: text[1:])
    with pytest.raises(AssertionError, match="decoded page"):
        fuzz_target.try_file(file_of(0, 0, LINES[0]))
