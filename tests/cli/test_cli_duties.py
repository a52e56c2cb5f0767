"""What every command owes its user, whatever it does: the same doors, the same outputs, the same manners.

Each duty runs over the table of all commands; a command that is not in the table fails `test_the_table_is_complete`.
"""

from __future__ import annotations

import base64
import gzip
import os
import re
import stat
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from command_line import Argument, Call, finish, leftovers, ok, run, run_all, run_on_terminal, start
from command_table import TABLE, Command, piece
from prepared import gzipped, read_jsonl, write_files, zstandard_frames

from corpus_tools.cli.app import COMMANDS

FOLDER = ("b", "a/z", "a", "Z", "一")
"""Page ids in the folder of the duties; hidden files and `note.md` stand beside them."""

COLOURS = re.compile(rb"\x1b\[(?:[0-9]+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[0-9;]*m")
OLD = b"what stood here before\n"
README = Path(__file__).parents[2] / "README.md"

KNOWN_DEFECTS = {
    ("overwriting", "inspect"): "inspect does not compare --rejects with its inputs, and writes over the page",
    ("closed pipe", "inspect"): "rich makes exit code 1 of a closed pipe",
}
"""`(duty, command) -> what is wrong`. These must fail, so that mending one means deleting its line."""

Folders = Callable[[Command], Path]


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


def writes(command: Command) -> bool:
    """Whether it has `-o`."""
    return "output" in command.options


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """For a command, a folder with inputs of its kind, made when it is first asked for; not to be changed."""

    @cache
    def folder_for(command: Command) -> Path:
        return _write_inputs(command, tmp_path_factory.mktemp(command.name))

    return folder_for


def _write_inputs(command: Command, base: Path) -> Path:
    """`one.*` and `two.*`; `folder` with the files of FOLDER, and `packed` with the same ones, some compressed."""
    suffix = command.suffix
    pieces = {page_id: piece(command, page_id) for page_id in (*FOLDER, "one", "two", "note")}
    files = {f"{page_id}{suffix}": pieces[page_id] for page_id in ("one", "two")}
    for name, pack in ((f"one{suffix}.gz", gzipped), (f"one{suffix}.zst", zstandard_frames)):
        files[name] = pack(pieces["one"])
    files |= {f"folder/{page_id}{suffix}": pieces[page_id] for page_id in FOLDER}
    files |= {f"packed/{page_id}{suffix}": pieces[page_id] for page_id in FOLDER}
    if command.reads == "pages":
        files["packed/Z.txt.gz"] = gzipped(files.pop("packed/Z.txt"))
        files["packed/b.txt.zst"] = zstandard_frames(files.pop("packed/b.txt"))
    files |= {f"folder/{name}{suffix}": pieces["note"] for name in (".hidden", ".hidden/x", "a/.y")}
    files["folder/note.md"] = pieces["note"]
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
        return ("-o", folder)
    return ("--to", "pages") if command.name in ("normalise", "repair", "dedupe") else ()


def without_paths(output: bytes) -> bytes:
    """Output in which a page reads the same whether it came by a file, compressed, or by standard input."""
    output = output.replace(b"folder/", b"").replace(b"packed/", b"")
    return re.sub(rb"<stdin>|two\.txt", b"PATH", output).replace(b".txt.gz", b".txt").replace(b".txt.zst", b".txt")


def test_the_table_is_complete() -> None:
    """No command without duties, and none that does not exist."""
    assert tuple(command.name for command in TABLE) == COMMANDS


# --- help and documentation ---


@each("help")
def test_help_names_every_option(command: Command) -> None:
    """And no other: an option that is added belongs into the table too."""
    outcome = ok(run(command.name, "--help"))
    shown = re.findall(r"^  (?:-\w, )?--([a-z-]+)", outcome.out.decode().partition("\nOptions:\n")[2], re.MULTILINE)
    assert sorted(shown) == sorted(command.options)
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
def test_every_door_gives_the_same_in_the_order_of_the_call(command: Command, folders: Folders, tmp_path: Path) -> None:
    """Files, a directory with folders in it, standard input, gz, zst of several frames; hidden files are passed over.

    Arguments keep their order; a directory is sorted by code point, so that `a.txt` stands before `a/z.txt`.
    """
    base, suffix = folders(command), command.suffix
    named, packed = (("--id", "two"), "packed") if command.reads == "pages" else ((), "folder")
    doors: dict[str, tuple[Argument, ...]] = {
        "files": (f"two{suffix}", "folder", f"one{suffix}"),
        "others": ("-", packed, f"one{suffix}.zst", *named),
    }
    stdin = (base / f"two{suffix}").read_bytes()
    outcomes = run_all(
        {
            door: Call(
                (command.name, *arguments, *command.needs, *telling_pages(command, tmp_path / door)),
                stdin=stdin,
                cwd=base,
            )
            for door, arguments in doors.items()
        }
    )
    expected = ["two", "Z", "a", "a/z", "b", "一", "one"]
    for door, outcome in outcomes.items():
        assert outcome.code == command.code, outcome.err
        shown = command.pages_shown(outcome, tmp_path / door)
        assert shown == expected if command.in_order else sorted(shown) == sorted(expected)
    assert without_paths(outcomes["others"].out) == without_paths(outcomes["files"].out)


@each("glob", reads)
def test_glob_chooses_the_files_of_a_directory(command: Command, folders: Folders, tmp_path: Path) -> None:
    (tmp_path / "reverted").mkdir()
    options = (*command.needs, *telling_pages(command, tmp_path / "reverted"))
    outcome = run(command.name, "folder", "--glob", "*.md", *options, cwd=folders(command))
    assert outcome.code == command.code, outcome.err
    assert command.pages_shown(outcome, tmp_path / "reverted") == ["note"]


@each("empty stream", reads)
def test_empty_standard_input_is_an_empty_stream(command: Command, folders: Folders) -> None:
    outcome = ok(run(command.name, *quietly(command), *command.needs, stdin=b"", cwd=folders(command)))
    assert outcome.err == ""
    if command.name != "evaluate":  # it says that nothing of the gold was found
        assert outcome.out == b""


# --- manners ---


@each("closed pipe")
def test_a_closed_pipe_is_no_error(command: Command, folders: Folders) -> None:
    """`| head -1`, when head is gone before the first byte."""
    reader, writer = os.pipe()
    os.close(reader)
    arguments = (*one_file(command), *quietly(command))
    process = start(*arguments, stdin=subprocess.DEVNULL, stdout=writer, cwd=folders(command))
    os.close(writer)
    outcome = finish(process)
    assert (outcome.code, outcome.err) == (0, "")


@each("quiet")
def test_quiet_is_silent_and_no_color_is_plain_on_a_terminal(command: Command, folders: Folders) -> None:
    """NO_COLOR takes the colours; bold may stay (no-color.org). In a pipe `command_line.checked` allows nothing."""
    outcome = run_on_terminal(*one_file(command), *quietly(command), cwd=folders(command), NO_COLOR="1")
    assert (outcome.code, outcome.err) == (command.code, "")
    assert not COLOURS.findall(outcome.out)


def test_a_terminal_is_told_what_was_done(invented: Path) -> None:
    """So that the duty above can fail: without --quiet there is a message, and without NO_COLOR there are colours."""
    outcome = run_on_terminal("clean", invented, "-o", os.devnull)
    assert outcome.code == 0
    assert "pages done, 0 rejected" in outcome.err
    assert COLOURS.search(outcome.err.encode())


# --- outputs ---


@each("output", writes)
def test_output_files(command: Command, folders: Folders, tmp_path: Path) -> None:
    """The same bytes as standard output, twice the same when compressed, with the permissions of an ordinary file."""
    target, rejects = tmp_path / "new.gz", tmp_path / "rejects"
    rejects.write_bytes(OLD)
    with_rejects = ("--rejects", rejects) if "rejects" in command.options else ()
    printed, written = run_all(
        {
            "printed": Call(one_file(command), cwd=folders(command)),
            "written": Call((*one_file(command), "-o", target, *with_rejects), cwd=folders(command), umask=0o027),
        }
    ).values()
    first = target.read_bytes()
    assert permissions(target) == 0o640
    target.chmod(0o600)
    again = run(*one_file(command), "-o", target, cwd=folders(command))
    assert {outcome.code for outcome in (printed, written, again)} == {command.code}, written.err
    assert printed.out
    assert (written.out, again.out) == (b"", b"")
    assert target.read_bytes() == first
    assert gzip.decompress(first) == printed.out
    assert first[3:8] == bytes(5), "a name or a time in the header of the gzip data"
    assert permissions(target) == 0o600, "a file that only its owner may read stays so"
    assert rejects.read_bytes() == (b"" if with_rejects else OLD), "an old file of rejects after a run without any"
    assert not leftovers(tmp_path, {"new.gz", "rejects"})


def permissions(path: Path) -> int:
    """The permission bits of a file."""
    return stat.S_IMODE(path.stat().st_mode)


@each("full disk", writes)
def test_a_full_disk_leaves_the_old_file(command: Command, folders: Folders, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_bytes(OLD)
    outcome = run(*one_file(command), "-o", old, cwd=folders(command), limit_file_size=0)
    assert outcome.code == 1
    assert len(outcome.messages) == 1
    assert outcome.messages[0].startswith(f"corpus-tools: {old}: cannot be written: ")
    assert old.read_bytes() == OLD
    assert not leftovers(tmp_path, {"old"})


# --- usage ---


@each("usage")
def test_wrong_usage_exits_2(command: Command) -> None:
    calls = {"option": Call((command.name, "--no-such-option"))}
    if "disable" in command.options:
        calls["rule"] = Call((command.name, "--disable", "no_such_rule"), stdin="本报讯 一。\n".encode())
    outcomes = run_all(calls)
    assert {(outcome.code, outcome.out) for outcome in outcomes.values()} == {(2, b"")}
    assert "--no-such-option" in outcomes["option"].err
    if "rule" in outcomes:
        assert outcomes["rule"].messages == [
            "corpus-tools: no rule is named no_such_rule (corpus-tools rules lists them)"
        ]


@each("overwriting", reads)
def test_an_input_is_never_overwritten(command: Command, folders: Folders, tmp_path: Path) -> None:
    """Not by -o, --ledger or --rejects, and not through a symbolic link either; two outputs are never one file."""
    name = f"one{command.suffix}"
    given, link = write_files(tmp_path, {name: piece(command, "one")}) / name, tmp_path / "link"
    link.symlink_to(given)
    before = given.read_bytes()
    needs = ("--gold", folders(command) / command.needs[1]) if command.needs else ()
    outputs = sorted({"output", "rejects", "ledger"} & command.options)
    if command.name == "verify":
        outputs.remove("ledger")  # an input there
    calls = {option: Call((command.name, given, *needs, f"--{option}", link)) for option in outputs}
    if command.name == "clean":
        new = tmp_path / "new"
        calls["no link"] = Call((command.name, given, "-o", given))
        calls["twice"] = Call((command.name, given, "-o", new, "--ledger", new))
    outcomes = run_all(calls)
    assert given.read_bytes() == before
    assert link.is_symlink()
    for option, outcome in outcomes.items():
        assert (outcome.code, outcome.out) == (2, b""), option
        assert ("is named as two outputs" if option == "twice" else "is an input and an output") in outcome.err
    assert not leftovers(tmp_path, {name, "link"})


# --- bad input ---


@each("bad input", reads)
def test_bad_files_are_named_and_the_good_one_goes_on(command: Command, folders: Folders, tmp_path: Path) -> None:
    """A file that is missing, one that is not what it should be, and a good one, compressed."""
    suffix = command.suffix
    names = [f"missing{suffix}", f"bad{suffix}"]
    (tmp_path / names[1]).write_bytes(b"\x00\x01\x02\x03" if command.reads == "pages" else b'{"schema": \n')
    (tmp_path / "reverted").mkdir()
    options = (*command.needs, *telling_pages(command, tmp_path / "reverted"))
    given: tuple[Argument, ...] = (*(tmp_path / name for name in names), f"one{suffix}.gz")
    outcome = run(
        command.name, *given, *options, *quietly(command), "--rejects", tmp_path / "rejects", cwd=folders(command)
    )
    if command.name == "detect":  # there, bytes that are no text are an answer
        names.pop()
    assert outcome.code == 1
    assert command.pages_shown(outcome, tmp_path / "reverted")[-1:] == ["one"]
    assert len(outcome.messages) == len(names)
    assert all(name in message for name, message in zip(names, outcome.messages, strict=True))
    rejected = read_jsonl(tmp_path / "rejects")
    assert [record["path"].rpartition("/")[2] for record in rejected] == names
    assert all(record["reason"] and record["bytes_base64"] is None for record in rejected)


@each("streamed rejects", lambda command: reads(command) and command.name != "detect")
def test_rejects_keep_the_bytes_of_a_stream(command: Command, folders: Folders, tmp_path: Path) -> None:
    """They stand nowhere else. Of a stream of records it is the line; the next record goes on."""
    raw = command.reads == "pages"
    bad = b"\x89PNG\r\n\x1a\n\x00\x01" if raw else b'{"schema": "corpus-tools/page@1", \n'
    good = b"" if raw else (folders(command) / "one.jsonl").read_bytes()
    arguments = (command.name, *quietly(command), *command.needs, "--rejects", tmp_path / "rejects")
    outcome = run(*arguments, stdin=bad + good, cwd=folders(command))
    assert outcome.code == 1
    assert len(outcome.messages) == 1
    assert outcome.messages[0].startswith("corpus-tools: <stdin>: ")
    (rejected,) = read_jsonl(tmp_path / "rejects")
    assert rejected["path"] == "<stdin>"
    assert base64.b64decode(rejected["bytes_base64"]) == bad
    assert bool(outcome.out) == bool(good)
