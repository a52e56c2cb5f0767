"""Start-up and cost of the stages, as ratios within one run, candidates in turn, medians of the ratios round by round.

Usage: bench.py [start] [stages] [encoding|repair|clean|dedupe|across] [OPTIONS]; `start` and `stages` where nothing is named. OPTIONS go to
`encoding`, `repair`, `clean`, `dedupe` or `across`, named alone.
start:  CPU of `corpus-tools --version` over bare `python -c pass`, beside a bare typer command with the same option.
stages: CPU of each stage on the seed pages over decoding + NFC + writing JSON of the same page (the floor of any tool).
encoding: detection over decoding, beside other detectors, and `normalise` over decode + NFC (bench_encoding.py).
repair: `repair` over `ftfy.fix_text` on the seed pages, and its cost by character on long pages (bench_repair.py).
clean:  every stage and all of them over `ftfy.fix_text` on the seed pages (bench_clean.py).
dedupe: `dedupe` over `ftfy.fix_text` on the seed pages, on long pages and on loops of 1 MB (bench_dedupe.py).
across: records a second and memory of `dedupe --across`, and of its exact pass by paragraph (bench_across.py).
"""

from __future__ import annotations

import compileall
import importlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable
from functools import partial
from itertools import takewhile
from pathlib import Path

import orjson

import corpus_tools
from corpus_tools.model import Page
from corpus_tools.options import Options
from corpus_tools.pipeline import STAGES
from corpus_tools.read.pages import read_page

ROOT = Path(__file__).parent.parent
ROUNDS = 9

BARE_TYPER = """
import typer
app = typer.Typer(add_completion=False, rich_markup_mode=None)
def said(wanted: bool) -> None:
    if wanted:
        typer.echo("1")
        raise typer.Exit
@app.callback()
def main(version: bool = typer.Option(False, "--version", callback=said, is_eager=True)) -> None: ...
@app.command()
def clean() -> None: ...
app()
"""


def cpu_of(command: list[str]) -> float:
    """User and system seconds of a child process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def start() -> None:
    """Print the start-up ratios."""
    package = Path(corpus_tools.__file__).parent
    compileall.compile_dir(package, quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "bare_typer.py")
        script.write_text(BARE_TYPER, "utf-8")
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "bare typer --version": [sys.executable, str(script), "--version"],
            "corpus-tools --version": [str(Path(sys.executable).with_name("corpus-tools")), "--version"],
        }
        rounds = [{name: cpu_of(command) for name, command in commands.items()} for _ in range(ROUNDS + 1)][1:]
    for name in commands:
        ratio = statistics.median(each[name] / max(each["python -c pass"], 0.001) for each in rounds)
        print(f"{name:26} {statistics.median(each[name] for each in rounds) * 1000:7.0f} ms CPU  {ratio:6.1f} x python")
    ratio = statistics.median(each["corpus-tools --version"] / each["bare typer --version"] for each in rounds)
    print(f"corpus-tools over bare typer: {ratio:.2f} (goal: at most 1.20)")


def floor_of(data: bytes) -> bytes:
    """What any tool must do: decode, NFC, write JSON."""
    return orjson.dumps({"text": unicodedata.normalize("NFC", data.decode("utf-8"))})


def timed(function: Callable[[], object], times: int) -> float:
    """CPU seconds of one call, over `times` calls."""
    begin = time.process_time()
    for _ in range(times):
        function()
    return (time.process_time() - begin) / times


def stages() -> None:
    """Print what each stage costs on the seed pages."""
    options = Options()
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        data = path.read_bytes()
        pages: list[Page] = [read_page(data, path.stem, path.name)]
        for stage in STAGES:
            pages.append(stage.run(pages[-1], options))
        ratios: dict[str, list[float]] = {}
        for _ in range(ROUNDS):
            base = timed(partial(floor_of, data), 200)
            ratios.setdefault("read", []).append(timed(partial(read_page, data, "x", "x"), 50) / base)
            for stage, page in zip(STAGES, pages, strict=False):
                ratios.setdefault(stage.name, []).append(timed(partial(stage.run, page, options), 10) / base)
        costs = {name: statistics.median(found) for name, found in ratios.items()}
        said = "  ".join(f"{name} {cost:.0f}" for name, cost in costs.items())
        print(f"{path.stem}: x the floor of decode + NFC + JSON: {said}  all {sum(costs.values()):.0f}")


def encoding(options: list[str]) -> None:
    """Print what detection and `normalise` cost, with the quality of both."""
    importlib.import_module("bench_encoding").run(options)


def repair(options: list[str]) -> None:
    """Print what `repair` costs."""
    importlib.import_module("bench_repair").run(options)


def clean(options: list[str]) -> None:
    """Print what every stage and all of them cost over `ftfy.fix_text`."""
    importlib.import_module("bench_clean").run(options)


def dedupe(options: list[str]) -> None:
    """Print what `dedupe` costs."""
    importlib.import_module("bench_dedupe").run(options)


def across(options: list[str]) -> None:
    """Print what `dedupe --across` costs."""
    importlib.import_module("bench_across").run(options)


def main(arguments: list[str]) -> int:
    """Run the benches named; before `start` and `stages` the quality of the same build on the seeds."""
    names = list(takewhile(lambda argument: not argument.startswith("-"), arguments)) or ["start", "stages"]
    options = arguments[len(names) :] if arguments[: len(names)] == names else arguments
    benches: dict[str, Callable[[], None]] = {
        "start": start,
        "stages": stages,
        "encoding": partial(encoding, options),
        "repair": partial(repair, options),
        "clean": partial(clean, options),
        "dedupe": partial(dedupe, options),
        "across": partial(across, options),
    }
    unknown = [name for name in names if name not in benches]
    if unknown or (options and (len(names) != 1 or names[0] not in benches or names[0] in ("start", "stages"))):
        print(f"bench.py: {(unknown or options)[0]!r} is none of {', '.join(benches)}", file=sys.stderr)
        return 2
    status = 0
    if names not in (["encoding"], ["across"]):  # that has its own quality
        status = subprocess.run([sys.executable, str(ROOT / "scripts/eval.py"), "seeds"], check=False).returncode
    for name in names:
        benches[name]()
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
