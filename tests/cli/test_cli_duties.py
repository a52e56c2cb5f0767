"""What every command owes its user, whatever it does: the same doors, the same outputs, the same manners.

Each duty runs over the table of all commands; a command that is not in the table fails `test_the_table_is_complete`.
"""

from __future__ import annotations

import base64
import gzip
import re
import stat
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from command_line import Argument, Call, leftovers, ok, run, run_all
from command_table import TABLE, Command, piece
from prepared import OLD, gzipped, read_jsonl, write_files, zstandard_frames

from corpus_tools.cli.app import COMMANDS

FOLDER = ("b", "a/z", "a", "Z", "一")
"""Page ids in the folder of the duties; hidden files and `note.md` stand beside them."""

COLOURS = re.compile(rb"\x1b\[(?:[0-9]+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[0-9;]*m")
README = Path(__file__).parents[2] / "README.md"

KNOWN_DEFECTS: dict[tuple[str, str], str] = {}
"""`(duty, command) -> what is wrong`. These must fail, so that mending one means deleting its line."""


def each(duty: str, wanted: Callable[[Command], bool] = lambda command: True) -> pytest.MarkDecorator:
    """One test for each command that the duty concerns."""
    rows = []
    for command in TABLE:
        reason = KNOWN_DEFECTS.get((duty, command.name))
        marks = [] if reason is None else [pytest.mark.xfail(strict=True, raises=AssertionError, reason=reason)]
        if wanted(command):
            rows.append(pytest.param(command, id=command.name, marks=marks))
    return pytest.mark.parametrize("command", rows)


def reads(command: Command) -> bool:
    """Whether it reads files or standard input."""
    return command.reads != "nothing"


def shows_tables(command: Command) -> bool:
    """Whether it prints something else on a terminal than in a pipe."""
    return command.name in ("detect", "evaluate", "inspect", "rules")


def writes(command: Command) -> bool:
    """Whether it has `-o`."""
    return "output" in command.options


@pytest.fixture(scope="module")
def inputs_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Command], Path]:
    """The folder that a command reads from, made when it is first asked for. Not to be changed."""
    return cache(lambda command: _write_inputs(command, tmp_path_factory.mktemp(command.name)))


@pytest.fixture
def inputs(command: Command, inputs_of: Callable[[Command], Path]) -> Path:
    """The folder that the command of a test reads from."""
    return inputs_of(command)


def _write_inputs(command: Command, base: Path) -> Path:
    """`one.*` and `two.*`; `folder` with the files of FOLDER, and `other` with the same ones, of another suffix."""
    suffix = command.suffix
    pieces = {page_id: piece(command, page_id) for page_id in (*FOLDER, "one", "two", "note")}
    files = {f"{page_id}{suffix}": pieces[page_id] for page_id in ("one", "two")}
    files |= {f"one{suffix}.gz": gzipped(pieces["one"]), f"one{suffix}.zst": zstandard_frames(pieces["one"])}
    files |= {f"folder/{page_id}{suffix}": pieces[page_id] for page_id in FOLDER}
    files |= {f"other/{page_id}.page": pieces[page_id] for page_id in FOLDER}
    if command.reads == "pages":
        files["other/Z.page.gz"] = gzipped(files.pop("other/Z.page"))
        files["other/b.page.zst"] = zstandard_frames(files.pop("other/b.page"))
    files |= {f"folder/{name}{suffix}": pieces["note"] for name in (".hidden", ".hidden/x", "a/.y")}
    files |= {"folder/note.md": pieces["note"], f"other/note{suffix}": pieces["note"]}
    if command.name == "evaluate":
        files["gold/gold.jsonl"] = b"".join(pieces[page_id] for page_id in sorted(pieces))
    return write_files(base, files)


def one_file(command: Command) -> tuple[Argument, ...]:
    """The arguments of a call that reads one file, where the command reads any, and prints to standard output."""
    files = (f"one{command.suffix}",) if reads(command) else ()
    return (command.name, *files, *command.needs)


def quietly(command: Command) -> tuple[Argument, ...]:
    """`--quiet`, where the command has it."""
    return ("--quiet",) if "quiet" in command.options else ()


def telling_pages(command: Command, folder: Path) -> tuple[Argument, ...]:
    """The options by which the output of several pages tells them apart; `revert` writes them into the folder."""
    if command.name == "revert":
        folder.mkdir()
        return ("-o", folder)
    return ("--to", "pages") if command.name in ("normalise", "repair", "dedupe") else ()


def without_paths(output: bytes) -> bytes:
    """Output in which a page reads the same by whatever way it came."""
    output = output.replace(b"folder/", b"").replace(b"other/", b"")
    return re.sub(rb"\.(txt|page|jsonl)(\.gz|\.zst)?\b", b"", output.replace(b"<stdin>", b"two"))


def test_the_table_is_complete() -> None:
    """No command without duties, and none that does not exist."""
    assert tuple(command.name for command in TABLE) == COMMANDS


# --- help and documentation ---


@each("help")
def test_help_names_every_option(command: Command) -> None:
    """And no other: an option that is added belongs into the table too."""
    outcome = ok(run(command.name, "--help"))
    options = outcome.out.decode().partition("\nOptions:\n")[2]
    assert sorted(re.findall(r"^  (?:-\w, )?--([a-z-]+)", options, re.MULTILINE)) == sorted(command.options)
    assert outcome.err == ""


def test_help_and_version_of_the_program() -> None:
    outcomes = run_all({argument: Call((argument,)) for argument in ("--help", "--version")})
    listed = re.findall(r"^  (\w+)  ", ok(outcomes["--help"]).out.decode(), re.MULTILINE)
    assert tuple(listed) == COMMANDS
    assert re.fullmatch(rb"corpus-tools \d+\.\d+\S*\n", ok(outcomes["--version"]).out)


@each("documented")
def test_the_readme_documents_it(command: Command) -> None:
    readme = README.read_text(encoding="utf-8")
    if "corpus-tools clean" not in readme:
        pytest.skip("README.md does not show any command yet")
    assert re.search(rf"corpus-tools {command.name}\b|^\| `{command.name}`", readme, re.MULTILINE)


# --- doors ---


@each("doors", reads)
def test_every_door_gives_the_same_in_the_order_of_the_call(command: Command, inputs: Path, tmp_path: Path) -> None:
    """Files, a directory with folders in it, `--glob`, standard input, gz, zst of several frames, in two calls.

    Arguments keep their order; a directory is sorted by code point, so that `a.txt` stands before `a/z.txt`. Hidden
    files are passed over, and those that the glob does not take.
    """
    suffix = command.suffix
    named = ("--id", "two") if command.reads == "pages" else ()
    ways: dict[str, tuple[Argument, ...]] = {
        "files": (f"two{suffix}", "folder", f"one{suffix}"),
        "others": ("-", "other", f"one{suffix}.zst", *named, "--glob", "*.page*"),
    }
    stdin = (inputs / f"two{suffix}").read_bytes()
    expected = ["two", "Z", "a", "a/z", "b", "一", "one"]
    shown: dict[str, bytes] = {}
    for way, arguments in ways.items():
        options = (*command.needs, *telling_pages(command, tmp_path / way))
        outcome = run(command.name, *arguments, *options, stdin=stdin, cwd=inputs)
        assert outcome.code == command.code, outcome.err
        pages = command.pages_shown(outcome, tmp_path / way)
        assert pages == expected if command.in_order else sorted(pages) == sorted(expected)
        shown[way] = without_paths(outcome.out)
    assert shown["others"] == shown["files"]


@each("empty stream", reads)
def test_empty_standard_input_is_an_empty_stream(command: Command, inputs: Path) -> None:
    outcome = ok(run(command.name, *quietly(command), *command.needs, cwd=inputs))
    assert outcome.err == ""
    if command.name != "evaluate":  # it says that nothing of the gold was found
        assert outcome.out == b""


# --- manners ---


@each("closed pipe")
def test_a_closed_pipe_is_no_error(command: Command, inputs: Path) -> None:
    """`| head -1`, when head is gone before the first byte. Each command runs in a process of its own here, once."""
    outcome = run(*one_file(command), *quietly(command), cwd=inputs, nobody_reads=True)
    assert (outcome.code, outcome.err) == (0, "")


@each("quiet", shows_tables)
def test_quiet_is_silent_and_no_color_is_plain_on_a_terminal(command: Command, inputs: Path) -> None:
    """NO_COLOR takes the colours; bold may stay (no-color.org). In a pipe `command_line.checked` allows nothing.

    That the other commands are silent, `test_output_files` sees.
    """
    outcome = run(*one_file(command), *quietly(command), cwd=inputs, env={"NO_COLOR": "1"}, terminal=True)
    assert outcome.out
    assert (outcome.code, outcome.err) == (command.code, "")
    assert not COLOURS.findall(outcome.out)


def test_a_terminal_is_told_what_was_done(invented: Path) -> None:
    """So that the duty above can fail: without --quiet there is a message, and without NO_COLOR there are colours."""
    calls = {
        "colours": Call(("clean", invented, "-o", "/dev/null"), terminal=True, process=True),
        "no colours": Call(("clean", invented, "-o", "/dev/null"), terminal=True, env={"NO_COLOR": "1"}),
    }
    for name, outcome in run_all(calls).items():
        assert outcome.code == 0
        assert "pages done, 0 rejected" in outcome.err
        assert bool(COLOURS.search(outcome.err.encode())) == (name == "colours")


# --- outputs ---


@each("output", writes)
def test_output_files(command: Command, inputs: Path, tmp_path: Path) -> None:
    """Whole, compressed by suffix and the same every time, with the permissions of an ordinary file.

    The last run is on a terminal with --quiet: there is nothing to be seen, not even a bar that comes and goes.
    """
    write_files(tmp_path, {"rejects": OLD, "private": OLD})
    (tmp_path / "private").chmod(0o600)
    has_rejects = "rejects" in command.options
    rejects = ("--rejects", tmp_path / "rejects") if has_rejects else ()
    arguments = one_file(command)
    on_terminal = run(*arguments, "-o", tmp_path / "private", *quietly(command), cwd=inputs, terminal=True)
    assert on_terminal.err == ""
    for outcome in (
        run(*arguments, "-o", tmp_path / "new.gz", *rejects, cwd=inputs, umask=0o027),
        run(*arguments, "-o", tmp_path / "again.gz", cwd=inputs),
        on_terminal,
    ):
        assert (outcome.code, outcome.out) == (command.code, b""), outcome.err
    packed = (tmp_path / "new.gz").read_bytes()
    plain = (tmp_path / "private").read_bytes()
    assert plain != OLD
    assert gzip.decompress(packed) == plain
    assert packed[3:8] == bytes(5), "a name or a time in the header of the gzip data"
    assert (tmp_path / "again.gz").read_bytes() == packed
    assert permissions(tmp_path / "new.gz") == 0o640
    assert permissions(tmp_path / "private") == 0o600, "a file that only its owner may read stays so"
    assert (tmp_path / "rejects").read_bytes() == (b"" if has_rejects else OLD), "old rejects after a run without any"
    assert not leftovers(tmp_path, {"new.gz", "private", "rejects", "again.gz"})


def permissions(path: Path) -> int:
    """The permission bits of a file."""
    return stat.S_IMODE(path.stat().st_mode)


@each("full disk", writes)
def test_a_full_disk_leaves_the_old_file(command: Command, inputs: Path, tmp_path: Path) -> None:
    old = write_files(tmp_path, {"old": OLD}) / "old"
    outcome = run(*one_file(command), "-o", old, cwd=inputs, limit_file_size=0)
    assert outcome.code == 1
    (message,) = outcome.messages
    assert message.startswith(f"corpus-tools: {old}: cannot be written: ")
    assert old.read_bytes() == OLD
    assert not leftovers(old.parent, {"old"})


# --- usage ---


@each("usage")
def test_wrong_usage_exits_2(command: Command) -> None:
    outcome = run(command.name, "--no-such-option")
    assert (outcome.code, outcome.out) == (2, b"")
    assert "--no-such-option" in outcome.err
    if "disable" in command.options:
        outcome = run(command.name, "--disable", "no_such_rule", stdin="本报讯 一。\n".encode())
        assert (outcome.code, outcome.out) == (2, b"")
        assert outcome.messages == ["corpus-tools: no rule is named no_such_rule (corpus-tools rules lists them)"]


@each("overwriting", reads)
def test_an_input_is_never_overwritten(command: Command, inputs: Path, tmp_path: Path) -> None:
    """Not by -o, --ledger or --rejects, and not through a symbolic link either; two outputs are never one file."""
    given = write_files(tmp_path, {f"one{command.suffix}": piece(command, "one")}) / f"one{command.suffix}"
    link, new = tmp_path / "link", tmp_path / "new"
    link.symlink_to(given)
    needs = ("--gold", inputs / command.needs[1]) if command.needs else ()
    outputs = {"output", "rejects", "ledger"} & command.options
    if command.name == "verify":
        outputs.remove("ledger")  # an input there
    misuses: list[tuple[Argument, ...]] = [(f"--{option}", link) for option in sorted(outputs)]
    if command.name == "clean":
        misuses += [("-o", given), ("-o", new, "--ledger", new)]
    for options in misuses:
        outcome = run(command.name, given, *needs, *options)
        assert (outcome.code, outcome.out) == (2, b""), options
        said = "is named as two outputs" if new in options else "is an input and an output"
        assert said in outcome.err
    assert given.read_bytes() == piece(command, "one")
    assert link.is_symlink()
    assert not leftovers(tmp_path, {given.name, "link"})


# --- bad input ---


def bad_stream(command: Command) -> bytes:
    """What the bad stream holds: a picture, or a line that is no record."""
    return b"\x89PNG\r\n\x1a\n\x00\x01" if command.reads == "pages" else b'{"schema": "corpus-tools/page@1", \n'


@each("bad input", reads)
def test_bad_input_is_named_and_the_good_goes_on(command: Command, inputs: Path, tmp_path: Path) -> None:
    """A file that is missing, one that is not what it should be, a bad stream, and a good file, compressed: one message
    each, in order. The rejects keep the bytes of a stream, which stand nowhere else."""
    suffix, raw = command.suffix, command.reads == "pages"
    write_files(tmp_path, {f"bad{suffix}": b"\x7fELF\x02\x01\x01\x00" if raw else b'{"schema": \n'})
    given = (tmp_path / f"missing{suffix}", tmp_path / f"bad{suffix}", "-", f"one{suffix}.gz")
    options = (*command.needs, *telling_pages(command, tmp_path / "reverted"), *quietly(command))
    stdin = bad_stream(command) + (b"" if raw else (inputs / "two.jsonl").read_bytes())
    outcome = run(command.name, *given, *options, "--rejects", tmp_path / "rejects", stdin=stdin, cwd=inputs)
    assert outcome.code == 1
    names = [f"missing{suffix}", f"bad{suffix}", "<stdin>"]
    good = ["one"] if raw else ["two", "one"]
    if command.name == "detect":  # there, bytes that are no text are an answer
        names = names[:1]
    shown = command.pages_shown(outcome, tmp_path / "reverted")[-len(good) :]
    assert shown == good if command.in_order else sorted(shown) == sorted(good)
    assert len(outcome.messages) == len(names)
    assert all(name in message for name, message in zip(names, outcome.messages, strict=True))
    rejected = read_jsonl(tmp_path / "rejects")
    assert [record["path"].rpartition("/")[2] for record in rejected] == names
    assert all(record["reason"] for record in rejected)
    kept = [record["bytes_base64"] for record in rejected]
    assert kept[:2] == [None, None][: len(kept)]
    if len(kept) == 3:
        assert base64.b64decode(kept[2]) == bad_stream(command)
