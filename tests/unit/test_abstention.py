"""What is not named: bytes that are no text, other languages' code pages; and the languages that are named after all."""

from __future__ import annotations

import random

import pytest
from encoding_checks import named, text_of
from newspaper_texts import FRENCH, HONGKONG, JAPANESE, KOREAN, MAINLAND, RUSSIAN, TAIWAN, euc_tw

from corpus_tools.read.detection import ACCEPTED
from corpus_tools.read.encoding import detect_encoding
from corpus_tools.read.signatures import BINARY_SIGNATURES

# --- no text ---


@pytest.mark.parametrize(("signature", "name"), BINARY_SIGNATURES, ids=lambda value: str(value))
def test_binary_by_signature(signature: bytes, name: str) -> None:
    found = detect_encoding(signature + MAINLAND.encode())
    assert (found.encoding, found.byte_offset, found.is_text) == (None, 0, False)
    assert found.reason == f"not text: begins like {name}"


@pytest.mark.parametrize(
    "text", ["PK", "BM", "Rar", "PAR", "%PD", "GIF87", "II* and MM", "SQLite format 3 is a format", "AT&T"]
)
def test_letters_of_a_signature_are_text(text: str) -> None:
    assert detect_encoding((text + " news\n").encode()).encoding == "utf-8"


@pytest.mark.parametrize(
    "data",
    [
        b"\x00",
        b"\x00\x00",
        b"\x00" * 4096,
        b"RIFF\x24\x08\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x02\x00",
        MAINLAND.encode() + b"\x00" * 400,
        bytes(range(256)) * 4,
        b"\x01\x00\x00\x4e",
        b"\x02\x00" * 30 + b"\x2d\x4e",
    ],
)
def test_nul_bytes_of_binaries(data: bytes) -> None:
    found = detect_encoding(data)
    assert (found.encoding, found.is_text) == (None, False)
    assert found.byte_offset is not None
    assert data[found.byte_offset] < 0x20


def test_control_codes_of_binaries() -> None:
    found = detect_encoding(bytes(range(1, 256)) * 4)
    assert (found.encoding, found.is_text) == (None, False)


@pytest.mark.parametrize("size", [16, 100, 1000, 20_000])
def test_random_bytes_are_nothing(size: int) -> None:
    for seed in range(20):
        assert detect_encoding(random.Random(seed).randbytes(size)).encoding is None


@pytest.mark.parametrize("size", [30, 300, 3000])
def test_random_high_bytes_are_nothing(size: int) -> None:
    """No control code gives them away."""
    for seed in range(20):
        found = detect_encoding(bytes(random.Random(seed).choices(range(0xA1, 0xFF), k=size)))
        assert found.encoding is None


@pytest.mark.parametrize("byte", [0x80, 0xA0, 0xFF, 0xC0])
def test_one_byte_for_ever_is_nothing(byte: int) -> None:
    assert detect_encoding(bytes([byte]) * 3000).encoding is None


# --- stray NUL bytes ---


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("utf-8", MAINLAND), ("utf-8", "ASCII news only, " * 8), ("gb18030", MAINLAND), ("big5hkscs", HONGKONG)],
)
@pytest.mark.parametrize("n_nuls", [1, 2])
def test_stray_nul_bytes_are_damage(encoding: str, text: str, n_nuls: int) -> None:
    data = text.encode(encoding) + b"\x00" * n_nuls + text.encode(encoding)
    found = detect_encoding(data)
    assert found.encoding == encoding
    assert f"{n_nuls} NUL byte" in found.evidence
    assert f"the first at byte {len(text.encode(encoding))}" in found.evidence
    assert text_of(data) == text + "\x00" * n_nuls + text


# --- other languages ---


@pytest.mark.parametrize(
    ("encoding", "text"), [("shift_jis", JAPANESE), ("euc_jp", JAPANESE), ("cp949", KOREAN), ("johab", KOREAN)]
)
@pytest.mark.parametrize("times", [1, 40])
def test_languages_that_speak_clearly_are_named(encoding: str, text: str, times: int) -> None:
    data = (text * times).encode(encoding)
    assert named(data) == encoding
    assert text_of(data) == text * times


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", RUSSIAN),
        ("koi8-r", RUSSIAN),
        ("cp866", RUSSIAN),
        ("latin-1", FRENCH),
        ("mac-roman", FRENCH),
        ("cp1252", "The council’s “heating plan” – agreed at last – costs £5m.\n"),
        ("cp1253", "Η κυβέρνηση συζήτησε χθες το σχέδιο για τον χειμώνα.\n"),
        ("cp874", "เมื่อวานนี้รัฐบาลประชุมเรื่องการเตรียมรับฤดูหนาว\n"),
        ("cp1255", "הממשלה דנה אתמול בתוכנית לחורף.\n"),
        ("cp1256", "ناقشت الحكومة أمس خطة الشتاء.\n"),
        ("cp1258", "Hôm qua chính phu hop.\n"),
        ("cp1250", "Vláda včera jednala o přípravách na zimu, řekl úředník.\n"),
    ],
)
def test_other_code_pages_are_abstained_from(encoding: str, text: str) -> None:
    found = detect_encoding(text.encode(encoding))
    assert found.encoding is None
    assert found.is_text
    assert found.confidence < ACCEPTED
    assert "chardet says" in str(found.reason)
    assert str(found.runner_up) in str(found.reason)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", RUSSIAN),
        ("latin-1", FRENCH),
        ("cp1253", "Η κυβέρνηση συζήτησε χθες το σχέδιο για τον χειμώνα.\n"),
        ("cp874", "เมื่อวานนี้รัฐบาลประชุมเรื่องการเตรียมรับฤดูหนาว\n"),
        ("cp1250", "Vláda včera jednala o přípravách na zimu, řekl úředník.\n"),
    ],
)
def test_other_code_pages_that_say_the_same_for_long(encoding: str, text: str) -> None:
    found = detect_encoding((text * 30).encode(encoding))
    assert found.encoding is None
    assert found.is_text


@pytest.mark.parametrize("encoding", ["cp874"])
def test_abstention_from_a_long_text_names_what_chardet_says(encoding: str) -> None:
    found = detect_encoding(("เมื่อวานนี้รัฐบาลประชุมเรื่องการเตรียมรับฤดูหนาว\n" * 30).encode(encoding))
    assert "chardet says" in str(found.reason)


def test_greek_is_not_called_euc_tw() -> None:
    found = detect_encoding(("Η κυβέρνηση συζήτησε χθες το σχέδιο για τον χειμώνα.\n" * 30).encode("cp1253"))
    assert "EUC-TW" not in str(found.reason)


@pytest.mark.parametrize("times", [1, 20])
def test_euc_tw_is_named_and_refused(times: int) -> None:
    found = detect_encoding(euc_tw(TAIWAN * times))
    assert (found.encoding, found.runner_up, found.is_text) == (None, "euc-tw", True)
    assert "EUC-TW" in str(found.reason)
    assert "iconv" in str(found.reason)
