"""What every command owes its user, whatever it does: the same doors, the same outputs, the same manners.

Each duty runs over the table of all commands; a command that is not in the table fails `test_the_table_is_complete`.
The runs of one duty are made together, when its first test asks for them.
"""

from __future__ import annotations

import base64
import gzip
import re
import stat
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from command_line import Argument, Call, Outcome, leftovers, ok, run_all
from command_table import TABLE, Command, piece
from prepared import gzipped, read_jsonl, write_files, zstandard_frames

from corpus_tools.cli.app import COMMANDS

FOLDER = ("b", "a/z", "a", "Z", "一")
"""Page ids in the folder of the duties; hidden files and `note.md` stand beside them."""

COLOURS = re.compile(rb"\x1b\[(?:[0-9]+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[0-9;]*m")
OLD = b"what stood here before\n"
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


class Place(NamedTuple):
    """Where the calls of one duty of one command stand: the inputs, not to be changed, and a folder of their own."""

    inputs: Path
    own: Path


class Duty:
    """The calls of one duty, over all commands, and how they ended."""

    def __init__(self, places: Mapping[Command, Place], calls: Callable[[Command, Place], dict[str, Call]]) -> None:
        self._places = places
        everything = {
            (command.name, name): call
            for command, place in places.items()
            for name, call in calls(command, place).items()
        }
        self._names = list(everything)
        self._outcomes = run_all(everything)

    def own(self, command: Command) -> Path:
        """The folder that the command's calls had for themselves."""
        return self._places[command].own

    def of(self, command: Command) -> dict[str, Outcome]:
        """How the command's calls ended."""
        return {name: self._outcomes[key, name] for key, name in self._names if key == command.name}

    def only(self, command: Command) -> Outcome:
        """How the command's one call ended."""
        (outcome,) = self.of(command).values()
        return outcome


Calls = Callable[[Command, Place], dict[str, Call]]
Perform = Callable[[Calls, Callable[[Command], bool]], Duty]


@pytest.fixture(scope="module")
def perform(tmp_path_factory: pytest.TempPathFactory) -> Perform:
    """Makes the runs of a duty."""

    @cache
    def inputs_of(command: Command) -> Path:
        return _write_inputs(command, tmp_path_factory.mktemp(command.name))

    def made(calls: Calls, wanted: Callable[[Command], bool]) -> Duty:
        places = {
            command: Place(inputs_of(command), tmp_path_factory.mktemp(f"{command.name}_own"))
            for command in TABLE
            if wanted(command)
        }
        return Duty(places, calls)

    return made


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


@pytest.fixture(scope="module")
def helps(perform: Perform) -> Duty:
    return perform(lambda command, place: {"help": Call((command.name, "--help"))}, lambda command: True)


@each("help")
def test_help_names_every_option(command: Command, helps: Duty) -> None:
    """And no other: an option that is added belongs into the table too."""
    outcome = ok(helps.only(command))
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


def _doors(command: Command, place: Place) -> dict[str, Call]:
    suffix, base = command.suffix, place.inputs
    named = ("--id", "two") if command.reads == "pages" else ()
    ways: dict[str, tuple[Argument, ...]] = {
        "files": (f"two{suffix}", "folder", f"one{suffix}"),
        "others": ("-", "other", f"one{suffix}.zst", *named, "--glob", "*.page*"),
    }
    stdin = (base / f"two{suffix}").read_bytes()
    return {
        way: Call(
            (command.name, *arguments, *command.needs, *telling_pages(command, place.own / way)), stdin=stdin, cwd=base
        )
        for way, arguments in ways.items()
    }


@pytest.fixture(scope="module")
def doors(perform: Perform) -> Duty:
    return perform(_doors, reads)


@each("doors", reads)
def test_every_door_gives_the_same_in_the_order_of_the_call(command: Command, doors: Duty) -> None:
    """Files, a directory with folders in it, `--glob`, standard input, gz, zst of several frames, in two calls.

    Arguments keep their order; a directory is sorted by code point, so that `a.txt` stands before `a/z.txt`. Hidden
    files are passed over, and those that the glob does not take.
    """
    expected = ["two", "Z", "a", "a/z", "b", "一", "one"]
    outcomes = doors.of(command)
    for way, outcome in outcomes.items():
        assert outcome.code == command.code, outcome.err
        shown = command.pages_shown(outcome, doors.own(command) / way)
        assert shown == expected if command.in_order else sorted(shown) == sorted(expected)
    assert without_paths(outcomes["others"].out) == without_paths(outcomes["files"].out)


@pytest.fixture(scope="module")
def nothing(perform: Perform) -> Duty:
    return perform(
        lambda command, place: {"empty": Call((command.name, *quietly(command), *command.needs), cwd=place.inputs)},
        reads,
    )


@each("empty stream", reads)
def test_empty_standard_input_is_an_empty_stream(command: Command, nothing: Duty) -> None:
    outcome = ok(nothing.only(command))
    assert outcome.err == ""
    if command.name != "evaluate":  # it says that nothing of the gold was found
        assert outcome.out == b""


# --- manners ---


@pytest.fixture(scope="module")
def readerless(perform: Perform) -> Duty:
    return perform(
        lambda command, place: {
            "pipe": Call((*one_file(command), *quietly(command)), cwd=place.inputs, nobody_reads=True)
        },
        lambda command: True,
    )


@each("closed pipe")
def test_a_closed_pipe_is_no_error(command: Command, readerless: Duty) -> None:
    """`| head -1`, when head is gone before the first byte."""
    outcome = readerless.only(command)
    assert (outcome.code, outcome.err) == (0, "")


@pytest.fixture(scope="module")
def on_terminals(perform: Perform) -> Duty:
    return perform(
        lambda command, place: {
            "shown": Call(
                (*one_file(command), *quietly(command)), cwd=place.inputs, env={"NO_COLOR": "1"}, terminal=True
            )
        },
        shows_tables,
    )


@each("quiet", shows_tables)
def test_quiet_is_silent_and_no_color_is_plain_on_a_terminal(command: Command, on_terminals: Duty) -> None:
    """NO_COLOR takes the colours; bold may stay (no-color.org). In a pipe `command_line.checked` allows nothing.

    That the other commands are silent, `test_output_files` sees.
    """
    outcome = on_terminals.only(command)
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


def _outputs(command: Command, place: Place) -> dict[str, Call]:
    write_files(place.own, {"rejects": OLD, "private": OLD})
    (place.own / "private").chmod(0o600)
    rejects = ("--rejects", place.own / "rejects") if "rejects" in command.options else ()
    calls = {
        "new": Call((*one_file(command), "-o", place.own / "new.gz", *rejects), cwd=place.inputs, umask=0o027),
        "private": Call(
            (*one_file(command), "-o", place.own / "private", *quietly(command)), cwd=place.inputs, terminal=True
        ),
    }
    if command.name == "clean":
        calls["again"] = Call((*one_file(command), "-o", place.own / "again.gz"), cwd=place.inputs)
    return calls


@pytest.fixture(scope="module")
def outputs(perform: Perform) -> Duty:
    return perform(_outputs, writes)


@each("output", writes)
def test_output_files(command: Command, outputs: Duty) -> None:
    """Whole, compressed by suffix and the same every time, with the permissions of an ordinary file.

    The second run is on a terminal with --quiet: there is nothing to be seen, not even a bar that comes and goes.
    """
    own = outputs.own(command)
    assert outputs.of(command)["private"].err == ""
    for outcome in outputs.of(command).values():
        assert (outcome.code, outcome.out) == (command.code, b""), outcome.err
    packed = (own / "new.gz").read_bytes()
    plain = (own / "private").read_bytes()
    assert plain != OLD
    assert gzip.decompress(packed) == plain
    assert packed[3:8] == bytes(5), "a name or a time in the header of the gzip data"
    assert permissions(own / "new.gz") == 0o640
    assert permissions(own / "private") == 0o600, "a file that only its owner may read stays so"
    has_rejects = "rejects" in command.options
    assert (own / "rejects").read_bytes() == (b"" if has_rejects else OLD), "old rejects after a run without any"
    if command.name == "clean":
        assert (own / "again.gz").read_bytes() == packed
    assert not leftovers(own, {"new.gz", "private", "rejects", "again.gz"})


def permissions(path: Path) -> int:
    """The permission bits of a file."""
    return stat.S_IMODE(path.stat().st_mode)


def _full_disks(command: Command, place: Place) -> dict[str, Call]:
    old = write_files(place.own, {"old": OLD}) / "old"
    return {"full": Call((*one_file(command), "-o", old), cwd=place.inputs, limit_file_size=0)}


@pytest.fixture(scope="module")
def full_disks(perform: Perform) -> Duty:
    return perform(_full_disks, writes)


@each("full disk", writes)
def test_a_full_disk_leaves_the_old_file(command: Command, full_disks: Duty) -> None:
    outcome, old = full_disks.only(command), full_disks.own(command) / "old"
    assert outcome.code == 1
    (message,) = outcome.messages
    assert message.startswith(f"corpus-tools: {old}: cannot be written: ")
    assert old.read_bytes() == OLD
    assert not leftovers(old.parent, {"old"})


# --- usage ---


def _misuses(command: Command, place: Place) -> dict[str, Call]:
    calls = {"option": Call((command.name, "--no-such-option"))}
    if "disable" in command.options:
        calls["rule"] = Call((command.name, "--disable", "no_such_rule"), stdin="本报讯 一。\n".encode())
    return calls


@pytest.fixture(scope="module")
def misuses(perform: Perform) -> Duty:
    return perform(_misuses, lambda command: True)


@each("usage")
def test_wrong_usage_exits_2(command: Command, misuses: Duty) -> None:
    outcomes = misuses.of(command)
    assert {(outcome.code, outcome.out) for outcome in outcomes.values()} == {(2, b"")}
    assert "--no-such-option" in outcomes["option"].err
    if "rule" in outcomes:
        (message,) = outcomes["rule"].messages
        assert message == "corpus-tools: no rule is named no_such_rule (corpus-tools rules lists them)"


def _overwritings(command: Command, place: Place) -> dict[str, Call]:
    given = write_files(place.own, {f"one{command.suffix}": piece(command, "one")}) / f"one{command.suffix}"
    link, new = place.own / "link", place.own / "new"
    link.symlink_to(given)
    needs = ("--gold", place.inputs / command.needs[1]) if command.needs else ()
    outputs = sorted({"output", "rejects", "ledger"} & command.options)
    if command.name == "verify":
        outputs.remove("ledger")  # an input there
    calls = {option: Call((command.name, given, *needs, f"--{option}", link)) for option in outputs}
    if command.name == "clean":
        calls["no link"] = Call((command.name, given, "-o", given))
        calls["two outputs"] = Call((command.name, given, "-o", new, "--ledger", new))
    return calls


@pytest.fixture(scope="module")
def overwritings(perform: Perform) -> Duty:
    return perform(_overwritings, reads)


@each("overwriting", reads)
def test_an_input_is_never_overwritten(command: Command, overwritings: Duty) -> None:
    """Not by -o, --ledger or --rejects, and not through a symbolic link either; two outputs are never one file."""
    own, name = overwritings.own(command), f"one{command.suffix}"
    for option, outcome in overwritings.of(command).items():
        assert (outcome.code, outcome.out) == (2, b""), option
        said = "is named as two outputs" if option == "two outputs" else "is an input and an output"
        assert said in outcome.err
    assert (own / name).read_bytes() == piece(command, "one")
    assert (own / "link").is_symlink()
    assert not leftovers(own, {name, "link"})


# --- bad input ---


def _bad_inputs(command: Command, place: Place) -> dict[str, Call]:
    """A file that is missing, one that is not what it should be, a bad stream, and a good file, compressed."""
    suffix, raw = command.suffix, command.reads == "pages"
    write_files(place.own, {f"bad{suffix}": b"\x7fELF\x02\x01\x01\x00" if raw else b'{"schema": \n'})
    given = (place.own / f"missing{suffix}", place.own / f"bad{suffix}", "-", f"one{suffix}.gz")
    options = (*command.needs, *telling_pages(command, place.own / "reverted"), *quietly(command))
    stdin = bad_stream(command) + (b"" if raw else (place.inputs / "two.jsonl").read_bytes())
    arguments = (command.name, *given, *options, "--rejects", place.own / "rejects")
    return {"bad": Call(arguments, stdin=stdin, cwd=place.inputs)}


def bad_stream(command: Command) -> bytes:
    """What the bad stream holds: a picture, or a line that is no record."""
    return b"\x89PNG\r\n\x1a\n\x00\x01" if command.reads == "pages" else b'{"schema": "corpus-tools/page@1", \n'


@pytest.fixture(scope="module")
def bad_inputs(perform: Perform) -> Duty:
    return perform(_bad_inputs, reads)


@each("bad input", reads)
def test_bad_input_is_named_and_the_good_goes_on(command: Command, bad_inputs: Duty) -> None:
    """One message each, in order. The rejects keep the bytes of a stream, which stand nowhere else."""
    outcome, own, suffix = bad_inputs.only(command), bad_inputs.own(command), command.suffix
    assert outcome.code == 1
    names = [f"missing{suffix}", f"bad{suffix}", "<stdin>"]
    good = ["one"] if command.reads == "pages" else ["two", "one"]
    if command.name == "detect":  # there, bytes that are no text are an answer
        names = names[:1]
    shown = command.pages_shown(outcome, own / "reverted")[-len(good) :]
    assert shown == good if command.in_order else sorted(shown) == sorted(good)
    assert len(outcome.messages) == len(names)
    assert all(name in message for name, message in zip(names, outcome.messages, strict=True))
    rejected = read_jsonl(own / "rejects")
    assert [record["path"].rpartition("/")[2] for record in rejected] == names
    assert all(record["reason"] for record in rejected)
    kept = [record["bytes_base64"] for record in rejected]
    assert kept[:2] == [None, None][: len(kept)]
    if len(kept) == 3:
        assert base64.b64decode(kept[2]) == bad_stream(command)
