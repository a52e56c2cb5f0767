"""What goes in and what comes out: text, page records, article records; the same bytes by every way."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Argument, Call, Outcomes, ok, run, run_all, run_pipe
from invented_pages import MOUNTAIN, PAGES, RAW, SIMPLIFIED, TRADITIONAL
from prepared import Cleaned, records_in, write_files, write_jsonl

from corpus_tools.read.pages import read_page
from corpus_tools.records import dump, page_line

DECODED = page_line(read_page(RAW, "one", "one.txt"))
FOREIGN = dump({"id": "one", "text": SIMPLIFIED, "meta": {"newspaper": "青河晚报", "page_number": 3, "other": []}})
FILES = {
    "one.txt": RAW,
    "two.txt": TRADITIONAL.encode(),
    "pages.jsonl": DECODED,
    "records.txt": DECODED,
    "folder/one.txt": RAW,
    "folder/a/two.txt": TRADITIONAL.encode(),
    "folder/a/b/three.txt": MOUNTAIN.encode(),
    "single/one.txt": RAW,
}

STREAMS = {"raw": RAW, "pages": DECODED, "foreign": b"\xef\xbb\xbf" + FOREIGN.replace(b"\n", b"\r\n\r\n")}

FORMS: dict[str, tuple[str, str]] = {
    # call: its standard input, the form of its output
    "normalise one.txt": ("", "text"),
    "normalise": ("raw", "text"),
    "normalise one.txt two.txt": ("", "pages"),
    "normalise folder": ("", "pages"),
    "normalise single": ("", "pages"),
    "normalise pages.jsonl": ("", "pages"),
    "normalise -": ("pages", "pages"),
    "normalise - --quiet": ("foreign", "pages"),
    "normalise one.txt --to pages": ("", "pages"),
    "normalise folder --to text": ("", "text"),
    "normalise records.txt --from pages": ("", "pages"),
    "normalise --from text": ("foreign", "text"),
    "repair one.txt": ("", "text"),
    "repair folder": ("", "pages"),
    "repair pages.jsonl": ("", "pages"),
    "dedupe one.txt": ("", "text"),
    "split one.txt": ("", "articles"),
    "clean one.txt": ("", "articles"),
    "clean folder": ("", "articles"),
    "clean pages.jsonl": ("", "articles"),
    "clean one.txt --to pages": ("", "pages"),
    "clean one.txt --to text": ("", "text"),
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Outcomes[str]:
    """How every call of FORMS ended."""
    folder = write_files(tmp_path_factory.mktemp("forms"), FILES)
    return run_all(
        {
            call: Call(tuple(call.split(" ")), cwd=folder, stdin=STREAMS.get(stream, b""))
            for call, (stream, _) in FORMS.items()
        }
    )


def form_of(output: bytes) -> str:
    """text, pages or articles."""
    if not output.startswith(b'{"schema":"corpus-tools/'):
        return "text"
    schemas = {record["schema"] for record in records_in(output)}
    return {"corpus-tools/page@1": "pages", "corpus-tools/article@1": "articles"}[schemas.pop()] if schemas else ""


@pytest.mark.parametrize(("call", "form"), [(call, form) for call, (_, form) in FORMS.items()])
def test_form_of_the_output(call: str, form: str, outcomes: Outcomes[str]) -> None:
    outcome = ok(outcomes[call])
    assert outcome.err == ""
    assert form_of(outcome.out) == form


def test_text_is_utf_8_with_plain_newlines(outcomes: Outcomes[str]) -> None:
    assert outcomes["normalise one.txt"].out == outcomes["normalise"].out == RAW
    # A blank line between pages, as between blocks.
    texts = [MOUNTAIN, TRADITIONAL, SIMPLIFIED]
    assert outcomes["normalise folder --to text"].out.decode() == "\n".join(texts)
    blocks = records_in(outcomes["repair pages.jsonl"].out)[0]["blocks"]
    assert outcomes["repair one.txt"].out.decode() == "\n\n".join(block["text"] for block in blocks) + "\n"
    articles = records_in(outcomes["clean one.txt"].out)
    assert outcomes["clean one.txt --to text"].out.decode() == "\n\n".join(each["text"] for each in articles) + "\n"


def test_text_of_other_encodings(tmp_path: Path) -> None:
    """`normalise` does what iconv and dos2unix do; what it prints does not depend on how the page was stored."""
    outcomes = run_all({name: Call(("normalise",), stdin=PAGES[name]) for name in ("utf16.txt", "crlf_bom.txt")})
    assert {ok(outcome).out for outcome in outcomes.values()} == {RAW}
    assert ok(run("normalise", "--encoding", "big5", stdin=PAGES["big5.txt"])).out == TRADITIONAL.encode()


def test_page_records_and_foreign_records_go_in_like_pages(outcomes: Outcomes[str]) -> None:
    ours = ok(outcomes["normalise one.txt --to pages"]).out
    assert ok(outcomes["normalise pages.jsonl"]).out == ours
    assert ok(outcomes["normalise -"]).out == ours
    assert ok(outcomes["normalise records.txt --from pages"]).out == ours
    (foreign,), (own,) = records_in(outcomes["normalise - --quiet"].out), records_in(ours)
    meta, path = foreign.pop("meta"), foreign["source"].pop("path")
    assert (own.pop("meta")["newspaper"], own["source"].pop("path")) == (None, "one.txt")
    assert (meta["newspaper"], meta["page_number"], path) == ("青河晚报", "3", "<stdin>")
    assert foreign == own


def test_many_foreign_records(tmp_path: Path) -> None:
    """One page a line; blank lines are none, and an id may be a number."""
    given = write_jsonl(
        tmp_path / "given.jsonl", [{"id": 7, "text": "本报讯 一。"}, {"id": "八", "text": "本报讯 二。"}]
    )
    given.write_bytes(given.read_bytes().replace(b"\n", b"\n\n"))
    records = records_in(ok(run("clean", given)).out)
    assert [(record["id"], record["text"]) for record in records] == [("7/1", "本报讯 一。"), ("八/1", "本报讯 二。")]


def test_meta_and_id_are_written(tmp_path: Path) -> None:
    meta = {"newspaper": "青河晚报", "date": "2031-04-06", "edition": "晨版", "page_number": "A3", "section": "要闻"}
    options = [argument for key, value in meta.items() for argument in ("--meta", f"{key}={value}")]
    good, no_key, no_value = run_all(
        {
            name: Call(("clean", "--id", "1931/0406", *arguments), stdin=RAW)
            for name, arguments in {"good": options, "key": ["--meta", "page=3"], "value": ["--meta", "date"]}.items()
        }
    ).values()
    first = records_in(ok(good).out)[0]
    assert (first["id"], first["page_id"], first["meta"]) == ("1931/0406/1", "1931/0406", meta)
    assert (no_key.code, no_value.code) == (2, 2)
    assert "the keys are newspaper, date, edition, page_number, section" in no_key.err


def test_a_glob_with_a_slash_sees_the_path(tmp_path: Path) -> None:
    write_files(tmp_path, FILES)
    records = records_in(ok(run("normalise", "--to", "pages", "folder", "--glob", "a/*.txt", cwd=tmp_path)).out)
    assert [record["id"] for record in records] == ["a/b/three", "a/two"]


def test_articles_of_pages_that_are_not_split_are_wrong_usage() -> None:
    outcome = run("normalise", "--to", "articles", stdin=RAW)
    assert (outcome.code, outcome.out) == (2, b"")


# --- the same bytes by every way ---

STAGES: tuple[tuple[Argument, ...], ...] = (("repair",), ("dedupe",))


@pytest.mark.parametrize("pages", ["seeds", "invented"])
def test_a_pipe_of_the_stages_equals_clean(pages: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    cleaned: Cleaned = request.getfixturevalue(f"{pages}_cleaned")
    ledger = tmp_path / "ledger.jsonl"
    piped = run_pipe(("normalise", "--to", "pages", cleaned.pages), *STAGES, ("split", "--ledger", ledger))
    assert piped == cleaned.articles.read_bytes()
    assert ledger.read_bytes() == cleaned.ledger.read_bytes()


def test_a_pipe_from_a_streamed_page_with_options_equals_clean() -> None:
    options = {
        "normalise": ("--width", "ascii-alnum", "--meta", "newspaper=青河晚报"),
        "dedupe": ("--fix-stutters",),
        "split": ("--script", "s2t", "--furniture", "--captions"),
    }
    page = SIMPLIFIED.replace("3月5日", "３月５日").replace("何老师说", "何老师说说").encode("gb18030")
    piped = run_pipe(
        ("normalise", "--to", "pages", "-", *options["normalise"]),
        ("repair",),
        ("dedupe", *options["dedupe"]),
        ("split", *options["split"]),
        stdin=page,
    )
    together = tuple(argument for each in options.values() for argument in each)
    assert piped == ok(run("clean", *together, stdin=page)).out
    assert "3月5日" in piped.decode()


SURROUNDINGS: dict[str, dict[str, str | None]] = {
    "no locale": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "another hash seed": {"PYTHONHASHSEED": "4711"},
    "another time zone": {"TZ": "Asia/Shanghai", "LC_ALL": None, "LANG": None},
}


def test_the_surroundings_change_no_byte(invented_cleaned: Cleaned, tmp_path: Path) -> None:
    calls = {
        name: Call(("clean", invented_cleaned.pages, "--ledger", tmp_path / name), env=env, process=True)
        for name, env in SURROUNDINGS.items()
    }
    for name, outcome in run_all(calls).items():
        assert ok(outcome).out == invented_cleaned.articles.read_bytes(), name
        assert (tmp_path / name).read_bytes() == invented_cleaned.ledger.read_bytes(), name
