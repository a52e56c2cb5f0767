"""The test set of `scripts/eval encoding`: what it says its files are, they are."""

from __future__ import annotations

import codecs
import sys
from itertools import pairwise
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parent.parent.parent / "scripts"
sys.path.append(str(SCRIPTS))  # scripts are no package

import encoding_others as others  # noqa: E402
import encoding_pages as pages  # noqa: E402
import encoding_sources as sources  # noqa: E402

FORMS = {form.name: form for form in pages.FORMS}
BUILTIN = sources.sources(None)[0]


def made(form: str, condition: str, number: int = 0) -> pages.Sample:
    """The built-in sample of that name."""
    sample = pages.sample(BUILTIN, FORMS[form], condition, number)
    assert sample is not None
    return sample


def decoded(data: bytes, form: pages.Form) -> str:
    """The text of clean bytes of a form, by means that the generator does not use."""
    data = data.removeprefix(form.mark)
    if form.codec == "cp936":
        return _with_euros(data)
    if form.codec == "hz":
        return data.decode("hz").replace("\u2015", "—").replace("\u30fb", "·")
    return data.decode(form.codec)


def _with_euros(data: bytes) -> str:
    decoder = codecs.getincrementaldecoder("gb18030")()
    text, at_start = "", True
    for byte in data:
        if at_start and byte == 0x80:
            text += "€"
            continue
        character = decoder.decode(bytes((byte,)))
        text, at_start = text + character, bool(character)
    return text + decoder.decode(b"", final=True)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("condition", ["page", *pages.SLICED, *pages.MARKUP])
def test_clean_files_decode_to_their_text(form: str, condition: str) -> None:
    for number in range(3):
        sample = made(form, condition, number)
        assert decoded(sample.data, sample.form) == sample.text
        assert sample.text


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("n_bytes", pages.SLICES)
def test_slices_have_the_length_asked(form: str, n_bytes: int) -> None:
    widest = {"hz": 6, "utf-8": 3}.get(FORMS[form].codec, 4)  # HZ leaves and enters its mode around one hanzi
    for number in range(5):
        assert n_bytes - widest < len(made(form, f"{n_bytes} bytes", number).data) <= n_bytes


@pytest.mark.parametrize("form", FORMS)
def test_pages_have_the_length_said(form: str) -> None:
    assert len(made(form, "page").text) > sources.SHORTEST - 100  # what the encoding lacks is left out
    assert len(made(form, "page").text) <= sources.LONGEST


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("condition", pages.BAD)
def test_bad_bytes_are_as_many_as_said(form: str, condition: str) -> None:
    sample = made(form, condition)
    clean = sample.form.write(sample.text)
    assert len(sample.data) == len(clean)
    assert sum(a != b for a, b in zip(sample.data, clean, strict=True)) == int(condition.split()[0])
    assert sample.data.startswith(sample.form.mark)


@pytest.mark.parametrize("form", [name for name, form in FORMS.items() if not form.is_wide])
@pytest.mark.parametrize("condition", pages.LOST)
def test_lost_bytes_are_as_many_as_said(form: str, condition: str) -> None:
    sample = made(form, condition)
    assert len(sample.data) == len(sample.form.write(sample.text)) - int(condition.split()[0])


@pytest.mark.parametrize("form", [name for name, form in FORMS.items() if form.codec != "hz"])
def test_a_cut_page_begins_or_ends_inside_a_character(form: str) -> None:
    for number in range(3):
        sample = made(form, "cut", number)
        clean = sample.form.write(sample.text)
        assert sample.data in clean
        begins = sample.form.mark + sample.data.removeprefix(sample.form.mark)
        if clean.startswith(begins):  # then its end is cut
            with pytest.raises(UnicodeDecodeError):
                decoded(sample.data, sample.form)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("condition", pages.MARKUP)
def test_markup_is_nine_tenths_ascii_and_says_what_it_should(form: str, condition: str) -> None:
    text = made(form, condition).text
    assert sum(character.isascii() for character in text) >= 0.9 * len(text)
    label = f"charset={FORMS[form].label}"
    assert (label in text, "charset=" in text) == {
        "markup, right label": (True, True),
        "markup, wrong label": (False, True),
        "markup, no label": (False, False),
    }[condition]


def test_special_characters_are_there() -> None:
    assert b"\x80" in made("cp936", "20 bytes").data
    assert any(len(each.encode("gb18030")) == 4 for each in made("gb18030", "page").text)
    assert any(not each.encode("cp950", "ignore") for each in made("big5-hkscs", "page").text)
    assert b"~{" in made("hz", "page").data


def test_the_same_seed_gives_the_same_bytes() -> None:
    for form in pages.FORMS:
        for condition in ("page", "20 bytes", "5 bad bytes", "cut", "markup, no label"):
            first, again, other = (pages.sample(BUILTIN, form, condition, 1, seed) for seed in (1, 1, 2))
            assert first == again != other


def test_mixed_files_are_their_parts() -> None:
    for kind, parts in others.MIXES.items():
        for place in others.PLACES:
            mixed = others.mixed(BUILTIN, kind, place, 0)
            borders = (0, *mixed.borders, len(mixed.data))
            pieces = [mixed.data[a:b] for a, b in pairwise(borders)]
            texts = [piece.decode(codec) for piece, (codec, _) in zip(pieces, parts, strict=True)]
            assert "".join(texts).replace("\u2015", "—").replace("\u30fb", "·") == mixed.text
            assert [text.endswith("\n") for text in texts[:-1]] == [place == "line end"] * (len(texts) - 1)


def test_foreign_files_are_what_they_say() -> None:
    seen = list(others.foreign(BUILTIN))
    assert {each.language for each in seen} >= {"japanese", "korean", "western", "russian", "random", "program"}
    for each in seen:
        if each.text is not None:
            assert each.data.decode(each.codec) == each.text
        if each.n_bytes:
            assert each.n_bytes - 12 < len(each.data) <= each.n_bytes or each.language == "vietnamese"


def test_the_command_writes_files_and_a_manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CORPUS_TOOLS_DATA", raising=False)
    assert pages.main([str(tmp_path), "--each", "1"]) == 0
    manifest = (tmp_path / "manifest.jsonl").read_text("utf-8").split("\n")[:-1]
    wide = sum(form.is_wide for form in pages.FORMS)
    assert len(manifest) == len(pages.FORMS) * len(pages.CONDITIONS) - wide * len(pages.LOST)
    assert len(list(tmp_path.rglob("*.txt"))) == len(manifest)
