"""Manifests: tables of pages in every form that people save them in, and what is wrong with some."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from corpus_tools.errors import UsageError
from corpus_tools.identity.manifest import Manifest, read_manifest, unnamed_rows
from corpus_tools.model import PageMeta

CSV = """path,newspaper,date,edition,page_number,section
岚州日报/01.txt,岚州日报,2021-03-12,晚版,第1版,要闻
岚州日报/02.txt,岚州日报,2021年3月12日,,A02,
"""
FIRST = PageMeta("岚州日报", "2021-03-12", "晚版", "1", "要闻")
SECOND = PageMeta("岚州日报", "2021-03-12", None, "A2")


def manifest(folder: Path, data: bytes | str, name: str = "pages.csv") -> Manifest:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_manifest(path)


def refused(folder: Path, data: bytes | str, name: str = "pages.csv") -> str:
    with pytest.raises(UsageError) as raised:
        manifest(folder, data, name)
    assert f"--manifest {folder / name}" in raised.value.what
    return f"{raised.value.what.partition(str(folder / name))[2]} ({raised.value.hint})"


FORMS = {
    "utf-8": CSV.encode(),
    "with a byte order mark": b"\xef\xbb\xbf" + CSV.encode(),
    "GBK, as Excel writes it": CSV.encode("gb18030"),
    "UTF-16, as Excel writes it": CSV.encode("utf-16"),
    "Big5": CSV.replace("岚", "嵐").replace("报", "報").replace("闻", "聞").replace("级", "級").encode("big5hkscs"),
    "CRLF": CSV.replace("\n", "\r\n").encode(),
    "no last newline": CSV.rstrip().encode(),
    "tabs": CSV.replace(",", "\t").encode(),
    "semicolons": CSV.replace(",", ";").encode(),
    "blank lines": CSV.replace("\n", "\n\n").encode(),
    "quotes": CSV.replace("岚州日报/01.txt", '"岚州日报/01.txt"').encode(),
    "columns in capitals": CSV.replace("path,newspaper", " Path ,NEWSPAPER").encode(),
    "Chinese columns": CSV.replace(
        "path,newspaper,date,edition,page_number,section", "路径,报纸,日期,edition,版次,版名"
    ).encode(),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_of_a_table(name: str, tmp_path: Path) -> None:
    found = manifest(tmp_path, FORMS[name])
    rows = [row.meta for row in found.rows.values()]
    if name == "Big5":
        assert [row.page_number for row in rows] == ["1", "A2"]
        assert rows[0].newspaper == "嵐州日報"
        return
    assert rows == [FIRST, SECOND]
    assert not found.remarks


def test_json_lines(tmp_path: Path) -> None:
    lines = (
        '{"path": "岚州日报/01.txt", "newspaper": "岚州日报", "date": "20210312", "edition": "晚版", "page_number": 1, "section": "要闻"}\n'
        '\n{"id": "岚州日报/02", "meta": {"newspaper": "岚州日报", "date": "2021-03-12", "page_number": "A02", "section": null}}\n'
    )
    for name in ("pages.jsonl", "pages.ndjson", "pages.txt"):
        found = manifest(tmp_path, lines, name)
        assert [row.meta for row in found.rows.values()] == [FIRST, SECOND]
    assert found.row_of("岚州日报/02") is not None


def test_compressed(tmp_path: Path) -> None:
    assert len(manifest(tmp_path, gzip.compress(CSV.encode()), "pages.csv.gz").rows) == 2


@pytest.mark.parametrize(
    ("page_id", "paths"),
    [
        ("岚州日报/01", ["岚州日报/01.txt"]),
        ("x", ["01.txt", "岚州日报/01.txt"]),  # the path as the user gave it
        ("x", ["岚州日报/01.txt.gz"]),
        ("岚州日报/01.txt", []),
        ("x", ["./岚州日报/01.txt"]),
        ("x", ["岚州日报\\01.txt"]),
    ],
)
def test_how_a_page_is_found(page_id: str, paths: list[str], tmp_path: Path) -> None:
    row = manifest(tmp_path, CSV).row_of(page_id, paths)
    assert row is not None
    assert (row.meta, row.line_number) == (FIRST, 2)


def test_a_page_that_is_not_there(tmp_path: Path) -> None:
    found = manifest(tmp_path, CSV)
    assert found.row_of("01", ["01.txt"]) is None
    used = found.row_of("岚州日报/01", ["岚州日报/01.txt"])
    assert [row.key for row in unnamed_rows(found, [used, None])] == ["岚州日报/02.txt"]


def test_a_manifest_that_changes_is_read_again(tmp_path: Path) -> None:
    assert manifest(tmp_path, CSV).rows[2].meta.section == "要闻"
    assert manifest(tmp_path, CSV.replace("要闻", "综合新闻")).rows[2].meta.section == "综合新闻"


def test_columns_that_nobody_knows_are_said(tmp_path: Path) -> None:
    found = manifest(tmp_path, "path,date,scanned by,扫描\na.txt,2021-03-12,x,y\n")
    assert found.remarks == (f"{tmp_path / 'pages.csv'}: columns that are not used: scanned by, 扫描",)


def test_rows_that_are_there_twice_are_said(tmp_path: Path) -> None:
    found = manifest(tmp_path, CSV + CSV.split("\n")[1] + "\n")
    assert found.remarks == (f"{tmp_path / 'pages.csv'}: 1 row is there twice, first 岚州日报/01.txt in line 4",)
    assert len(found.rows) == 2


WRONG = {
    "": "it is empty",
    "path,date\n": "it has no rows",
    "newspaper,date\n岚州日报,2021-03-12\n": "line 2: it names no page",
    "path,date\n,2021-03-12\n": "line 2: it names no page",
    "path,date\na.txt,12.3.2021\n": "line 2: no date: '12.3.2021'",
    "path,date\na.txt,2021-03-12,x\n": "line 2: 3 cells below 2 columns",
    "path,date,date\na.txt,2021-03-12,2021-03-12\n": "two columns are named 'date'",
    "path,page,page_number\na.txt,1,2\n": "line 2: two columns say the page_number",
    "path,date\na.txt,2021-03-12\n./a.txt,2021-03-13\n": "line 3: a.txt is there already, and otherwise: line 2",
    'path,date\n"a.txt,2021-03-12\n': "no CSV",
    '{"path": "a.txt", "date": ["2021-03-12"]}\n': "line 1: date is neither text nor a number",
    '{"path": "a.txt"\n': "line 1: not JSON",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_said_with_its_line(text: str, tmp_path: Path) -> None:
    assert WRONG[text] in refused(tmp_path, text)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        read_manifest(tmp_path / "nothing.csv")
    with pytest.raises(UsageError, match="directory"):
        read_manifest(tmp_path)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    assert "its encoding is not clear" in refused(tmp_path, bytes(range(128, 256)) * 4)


def test_compressed_data_that_is_damaged(tmp_path: Path) -> None:
    assert "breaks off" in refused(tmp_path, gzip.compress(CSV.encode())[:-9], "pages.csv.gz")
