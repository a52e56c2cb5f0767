"""What a page is by flags, a manifest, its record and its path: who goes first, and what is noted."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_tools import clean_page, read_pages, write_pages
from corpus_tools.errors import UsageError
from corpus_tools.identity.given import Known, remarks
from corpus_tools.model import Page, PageMeta
from corpus_tools.options import ReadOptions
from corpus_tools.pipeline import clean
from corpus_tools.records import dump

TEXT = "沙棘沟村的果园丰收了\n\n本报讯 入秋以来，沙棘沟村的果园里一派丰收景象。\n"
TEMPLATE = "{newspaper}/{date}/{page}.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two pages of an issue, and a file that is of none."""
    for name in ("岚州日报/2021-03-12/01.txt", "岚州日报/2021-03-12/02.txt", "cover.txt"):
        path = tmp_path / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT + name)
    return tmp_path / "pages"


def table(folder: Path, *rows: str) -> Path:
    path = folder.parent / "pages.csv"
    path.write_text("\n".join(["path,newspaper,date,edition,page", *rows, ""]))
    return path


def pages(*paths: Path, **options: object) -> dict[str, Page]:
    return {page.id: page for page in read_pages(*paths, options=ReadOptions(**options))}  # type: ignore[arg-type]


def reasons(page: Page) -> list[str]:
    assert all((note.flag, note.rule, note.spans) == ("identity", "given_identity", ()) for note in page.notes)
    return [note.reason for note in page.notes]


def test_nothing_given_is_nothing_known(folder: Path) -> None:
    assert {page.meta for page in pages(folder).values()} == {PageMeta()}


def test_paths(folder: Path) -> None:
    found = pages(folder, path_template=TEMPLATE)
    assert found["岚州日报/2021-03-12/01"].meta == PageMeta("岚州日报", "2021-03-12", None, "1")
    assert found["岚州日报/2021-03-12/02"].meta.page_number == "2"
    assert not found["岚州日报/2021-03-12/01"].notes
    assert found["cover"].meta == PageMeta()
    assert reasons(found["cover"]) == [f"the path does not fit {TEMPLATE}"]


def test_a_named_file_is_known_by_the_folders_of_its_path(folder: Path) -> None:
    found = pages(folder / "岚州日报/2021-03-12/01.txt", path_template=TEMPLATE)
    assert found["01"].meta == PageMeta("岚州日报", "2021-03-12", None, "1")
    inside = pages(folder / "岚州日报", path_template=TEMPLATE)
    assert inside["2021-03-12/02"].meta == PageMeta("岚州日报", "2021-03-12", None, "2")


def test_flags_then_manifest_then_path(folder: Path) -> None:
    manifest = table(folder, "岚州日报/2021-03-12/01.txt,,2021-03-13,晚版,5")
    found = pages(folder, path_template=TEMPLATE, manifest=manifest, meta=PageMeta(edition="晨版"))
    page = found["岚州日报/2021-03-12/01"]
    assert page.meta == PageMeta("岚州日报", "2021-03-13", "晨版", "5")
    assert [(note.reason, note.candidates) for note in page.notes] == [
        (f"date is 2021-03-13 by {manifest}: line 2", ("the path: 2021-03-12",)),
        ("edition is 晨版 by --meta", (f"{manifest}: line 2: 晚版",)),
        (f"page_number is 5 by {manifest}: line 2", ("the path: 1",)),
    ]
    other = found["岚州日报/2021-03-12/02"]
    assert other.meta == PageMeta("岚州日报", "2021-03-12", "晨版", "2")
    assert reasons(other) == [f"not in {manifest}"]


def test_voices_that_agree_leave_no_note(folder: Path) -> None:
    manifest = table(folder, "岚州日报/2021-03-12/01.txt,岚州日报,20210312,,第1版")
    page = pages(folder, path_template=TEMPLATE, manifest=manifest)["岚州日报/2021-03-12/01"]
    assert page.meta == PageMeta("岚州日报", "2021-03-12", None, "1")
    assert not page.notes


def test_records_of_others_are_asked_between_manifest_and_path(tmp_path: Path) -> None:
    record = {"id": "岚州日报/2021-03-12/1", "text": TEXT, "meta": {"newspaper": "海门都市报", "page_number": 9}}
    (tmp_path / "pages.jsonl").write_bytes(dump(record))
    manifest = tmp_path / "m.csv"
    manifest.write_text("id,page\n岚州日报/2021-03-12/1,7\n")
    page = pages(tmp_path / "pages.jsonl", manifest=manifest, path_template=TEMPLATE)["岚州日报/2021-03-12/1"]
    assert page.meta == PageMeta("海门都市报", "2021-03-12", None, "7")
    assert [note.candidates for note in page.notes] == [
        ("the path: 岚州日报",),
        ("the record: 9", "the path: 1"),
    ]


def test_records_that_corpus_tools_wrote_keep_what_they_have(folder: Path, tmp_path: Path) -> None:
    write_pages(pages(folder, path_template=TEMPLATE).values(), tmp_path / "pages.jsonl")
    again = pages(tmp_path / "pages.jsonl", meta=PageMeta("海门都市报", edition="晚版"))
    page = again["岚州日报/2021-03-12/01"]
    assert page.meta == PageMeta("岚州日报", "2021-03-12", "晚版", "1")
    assert [(note.reason, note.candidates) for note in page.notes] == [
        ("newspaper is 岚州日报 by the record", ("--meta: 海门都市报",))
    ]
    assert again["cover"].meta == PageMeta("海门都市报", None, "晚版")


def test_the_same_options_twice_change_nothing(folder: Path, tmp_path: Path) -> None:
    options = {"path_template": TEMPLATE, "manifest": table(folder, "岚州日报/2021-03-12/01.txt,,2021-03-13,,")}
    once = list(pages(folder, **options).values())
    write_pages(once, tmp_path / "pages.jsonl")
    assert list(pages(tmp_path / "pages.jsonl", **options).values()) == once


def test_split_pages_are_as_they_are(folder: Path, tmp_path: Path) -> None:
    split = list(clean(pages(folder, path_template=TEMPLATE).values()))
    write_pages(split, tmp_path / "ledger.jsonl")
    assert list(pages(tmp_path / "ledger.jsonl", meta=PageMeta(edition="晚版")).values()) == split


def test_clean_page_takes_the_same_options(folder: Path) -> None:
    path = folder / "岚州日报/2021-03-12/01.txt"
    for data in (path, path.read_bytes(), path.read_text()):
        articles = clean_page(data, "岚州日报/2021-03-12/01", path_template=TEMPLATE)
        assert {article.meta for article in articles} == {PageMeta("岚州日报", "2021-03-12", None, "1")}


def test_a_manifest_that_cannot_be_used_is_an_error_of_the_call(folder: Path) -> None:
    with pytest.raises(UsageError):
        pages(folder, manifest=folder / "nothing.csv")


# --- what is said before the pages are read ---

KNOWN = [Known("岚州日报/2021-03-12/01", ("岚州日报/2021-03-12/01.txt",)), Known("cover", ("cover.txt",))]


def test_what_a_template_does_not_fit_is_said() -> None:
    said = list(remarks(KNOWN, ReadOptions(path_template=TEMPLATE), complete=True))
    assert said == [f"--path-template {TEMPLATE!r}: 1 path does not fit it: cover.txt"]


def test_many_are_counted_and_three_are_named() -> None:
    more = [*KNOWN, *(Known(f"x{number}", (f"x{number}.txt",)) for number in range(9))]
    (said,) = remarks(more, ReadOptions(path_template=TEMPLATE), complete=True)
    assert said.endswith(": 10 paths do not fit it: cover.txt, x0.txt, x1.txt, …")


def test_a_template_that_fits_nothing_is_an_error() -> None:
    with pytest.raises(UsageError, match="no path fits it") as raised:
        list(remarks(KNOWN[1:], ReadOptions(path_template=TEMPLATE), complete=True))
    assert raised.value.hint == "the first is cover.txt"


def test_what_a_manifest_lacks_and_has_too_much_is_said(folder: Path) -> None:
    manifest = table(folder, "岚州日报/2021-03-12/01.txt,,,,1", "岚州日报/2021-03-12/09.txt,,,,9")
    options = ReadOptions(manifest=manifest)
    lacks, too_much = remarks(KNOWN, options, complete=True)
    assert lacks == f"{manifest}: 1 page is not in it: cover.txt"
    assert too_much == f"{manifest}: 1 row is without a page among the inputs: 岚州日报/2021-03-12/09.txt"
    assert list(remarks(KNOWN, options, complete=False)) == [lacks]


def test_a_manifest_that_names_no_page_is_an_error(folder: Path) -> None:
    with pytest.raises(UsageError, match="none of the pages is in it"):
        list(remarks(KNOWN, ReadOptions(manifest=table(folder, "x.txt,,,,1")), complete=True))
