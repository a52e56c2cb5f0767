"""Which printed page a page is, from the command line: templates, manifests, flags and print, the same way in every command."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Call, ok, run, run_all, run_pipe
from prepared import read_jsonl, records_in, write_files

FRONT = """\
青河晚报

2031年4月6日 星期日 总第6512期 今日4版

北山村茶农办起合作社

本报讯（记者 陆 晴）清明前后，北山村的茶园里一片忙碌。村里一百二十户茶农去年联合办起茶叶合作社，统一采摘、统一炒制、\
统一销售，春茶还没有下树，订单已经排到了五月。合作社社长韩师傅说，如今合作社请来制茶师傅，茶农收入比前年增加了

（下转第三版）
"""
INSIDE = """\
第3版 综合 2031年4月6日 星期日

北山村茶农办起合作社

（上接第一版）三成。茶叶合作社还在村口建了炒制车间，茶农把采摘的鲜叶送来，当天炒制，当天装箱。韩师傅算了一笔账：\
一斤春茶，合作社统一销售比自己卖多赚四十元。
"""
PAGES = {
    "青河晚报/2031-04-06/01.txt": FRONT.encode(),
    "青河晚报/2031-04-06/A03.txt": INSIDE.encode("gb18030"),
    "README.txt": "这个文件夹里是青河晚报的扫描件，请勿改名。".encode(),
}
TEMPLATE = ("--path-template", "{newspaper}/{date}/{page}.txt")
COMMANDS = ("normalise", "repair", "dedupe", "split", "clean")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh folder with an issue, and a file of no issue; beside it manifests in many forms."""
    base = tmp_path_factory.mktemp("identity")
    write_files(base / "pages", PAGES)
    table = "path,newspaper,date,page,note\n青河晚报/2031-04-06/01.txt,青河日报,2031年4月7日,第1版,x\nlost.txt,,,2,\n"
    lines = '{"id":"青河晚报/2031-04-06/01","newspaper":"青河日报","date":"20310407","page_number":1}\n'
    write_files(
        base,
        {
            "bom.csv": b"\xef\xbb\xbf" + table.encode(),
            "gbk.csv": table.encode("gb18030"),
            "utf16.csv": table.replace(",", "\t").encode("utf-16"),
            "lines.jsonl": lines.encode(),
            "double.csv": (table + table.split("\n")[1] + "\n").encode(),
            "contradicts.csv": (table + "青河晚报/2031-04-06/01.txt,,2031-04-08,,\n").encode(),
        },
    )
    return base


def meta_of(data: bytes) -> dict[str, list[str | None]]:
    return {str(record.get("page_id", record["id"])): list(record["meta"].values()) for record in records_in(data)}


FROM_PATH: dict[str, list[str | None]] = {
    "README": [None, None, None, None, None],
    "青河晚报/2031-04-06/01": ["青河晚报", "2031-04-06", None, "1", None],
    "青河晚报/2031-04-06/A03": ["青河晚报", "2031-04-06", None, "A3", None],
}


def test_every_command_reads_paths_the_same_way(folder: Path) -> None:
    calls = {name: Call((name, "pages", "--to", "pages", *TEMPLATE), cwd=folder) for name in COMMANDS}
    for name, outcome in run_all(calls).items():
        found = meta_of(ok(outcome).out)
        if name in ("split", "clean"):  # these read the section in print as well
            assert found.pop("青河晚报/2031-04-06/A03")[:4] == FROM_PATH["青河晚报/2031-04-06/A03"][:4]
        assert found.items() <= FROM_PATH.items(), name
        assert outcome.messages == [
            f"corpus-tools: --path-template {TEMPLATE[1]!r}: 1 path does not fit it: README.txt"
        ]


def test_inspect_shows_it(folder: Path) -> None:
    shown = ok(run("inspect", "pages/青河晚报/2031-04-06/01.txt", *TEMPLATE, cwd=folder)).out.decode()
    assert "newspaper 青河晚报" in shown
    assert "page_number 1" in shown


def test_a_page_on_standard_input_goes_by_its_id(folder: Path) -> None:
    outcome = ok(run("clean", "--id", "青河晚报/2031-04-06/2", *TEMPLATE, stdin="图书馆夜间开放\n".encode()))
    assert meta_of(outcome.out) == {"青河晚报/2031-04-06/2": ["青河晚报", "2031-04-06", None, "2", None]}


def test_print_fills_the_rest(folder: Path) -> None:
    found = meta_of(ok(run("clean", "pages", cwd=folder)).out)
    assert found["青河晚报/2031-04-06/01"] == ["青河晚报", "2031-04-06", None, None, None]
    assert found["青河晚报/2031-04-06/A03"] == [None, "2031-04-06", None, "3", "综合"]


@pytest.mark.parametrize("manifest", ["bom.csv", "gbk.csv", "utf16.csv", "lines.jsonl", "double.csv"])
def test_a_manifest_in_any_form_goes_before_the_path(manifest: str, folder: Path) -> None:
    call = ("normalise", "pages", "--manifest", manifest, *TEMPLATE, "--meta", "edition=晨版")
    outcome = ok(run(*call, cwd=folder))
    found = meta_of(outcome.out)
    assert found["青河晚报/2031-04-06/01"] == ["青河日报", "2031-04-07", "晨版", "1", None]
    assert found["青河晚报/2031-04-06/A03"] == ["青河晚报", "2031-04-06", "晨版", "A3", None]
    said = "\n".join(outcome.messages)
    assert f"{manifest}: 2 pages are not in it: README.txt, 青河晚报/2031-04-06/A03.txt" in said
    assert ("columns that are not used: note" in said) == manifest.endswith(".csv")
    assert ("1 row is without a page among the inputs: lost.txt" in said) == manifest.endswith(".csv")
    assert ("is there twice" in said) == (manifest == "double.csv")


def test_who_disagrees_is_in_the_ledger(folder: Path, tmp_path: Path) -> None:
    call = ("clean", "pages", "--manifest", "bom.csv", *TEMPLATE, "--ledger", tmp_path / "ledger.jsonl", "--quiet")
    outcome = ok(run(*call, cwd=folder))
    assert outcome.messages == []
    page = next(page for page in read_jsonl(tmp_path / "ledger.jsonl") if page["id"].endswith("/01"))
    noted = {note["reason"]: note["candidates"] for note in page["notes"] if note["flag"] == "identity"}
    assert noted == {
        "newspaper is 青河日报 by bom.csv: line 2": ["the path: 青河晚报"],
        "date is 2031-04-07 by bom.csv: line 2": ["the path: 2031-04-06"],
        "newspaper is 青河日报 by what was given": ["printed: 青河晚报"],
        "date is 2031-04-07 by what was given": ["printed: 2031-04-06"],
    }
    assert ok(run("verify", "--ledger", tmp_path / "ledger.jsonl", stdin=outcome.out)).code == 0


WRONG = {
    ("--path-template", "{newspapr}/{page}.txt"): "did you mean {newspaper}?",
    ("--path-template", "{date:%Y%m%d}_{page}.txt"): "no path fits it (the first is README.txt)",
    ("--manifest", "nothing.csv"): "--manifest nothing.csv: No such file or directory",
    ("--manifest", "contradicts.csv"): "line 4: 青河晚报/2031-04-06/01.txt is there already, and otherwise: line 2",
    ("--meta", "date=6.4.2031"): "--meta 'date=6.4.2031': no date (write it as 2023-11-08)",
    ("--meta", "date=2031-04-06", "--meta", "date=2031-04-07"): "the date is said twice",
}


@pytest.mark.parametrize("options", WRONG)
def test_what_is_wrong_is_said_before_anything_is_read(options: tuple[str, ...], folder: Path, tmp_path: Path) -> None:
    outcome = run("clean", "pages", *options, "-o", tmp_path / "out.jsonl", cwd=folder)
    assert outcome.code == 2
    assert not list(tmp_path.iterdir())
    (message,) = outcome.messages
    assert WRONG[options] in message


def test_flags_are_written_as_records_hold_them(folder: Path) -> None:
    flags = ("--meta", "date=2031年4月6日", "--meta", "page_number=第０３版", "--meta", "section= 要闻 ")
    outcome = ok(run("normalise", "--to", "pages", *flags, stdin=FRONT.encode()))
    assert meta_of(outcome.out) == {"stdin": [None, "2031-04-06", None, "3", "要闻"]}


@pytest.mark.parametrize("options", [TEMPLATE, ("--manifest", "bom.csv"), ("--meta", "date=2031-04-06"), ()])
def test_the_pipe_equals_clean(options: tuple[str, ...], folder: Path, tmp_path: Path) -> None:
    """Page records carry what each page is: the options are given once, where the pages are read."""
    pages = folder / "pages"
    given = [folder / option if option == "bom.csv" else option for option in options]
    linked = run("clean", pages, *given, "--link", "--quiet")
    piped = run_pipe(
        ("normalise", "--to", "pages", pages, *given, "--quiet"), ("repair",), ("dedupe",), ("split",), ("link",)
    )
    assert ok(linked).out == piped
    links = {record["id"]: record["continued_by"] for record in records_in(piped) if record["continued_by"]}
    one_issue = {"青河晚报/2031-04-06/01/1": "青河晚报/2031-04-06/A03/1"}
    assert links == ({} if "--manifest" in options else one_issue)  # the manifest makes page 1 another paper's


def test_records_do_not_depend_on_how_many_processes_read_the_manifest(tmp_path: Path) -> None:
    pages = {
        f"p/2031-04-06/{number:03}.txt": f"图书馆夜间开放\n\n本报讯 第{number}号馆。".encode()
        for number in range(1, 90)
    }
    write_files(tmp_path, pages)
    rows = "".join(f"p/2031-04-06/{number:03}.txt,{number}\n" for number in range(1, 90, 2))
    (tmp_path / "m.csv").write_text(f"path,page\n{rows}")
    calls = {
        jobs: Call(
            ("clean", tmp_path / "p", tmp_path / "p2", "--manifest", tmp_path / "m.csv", "--quiet", "--jobs", jobs),
            process=True,
        )
        for jobs in ("1", "3")
    }
    write_files(tmp_path, {"p2/q.txt": FRONT.encode()})
    outcomes = run_all(calls)
    assert outcomes["1"].out == outcomes["3"].out
