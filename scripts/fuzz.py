"""Tries short files by the million: no crash, and every byte comes back whenever `normalise` succeeded.

Usage: fuzz.py [--runs N] [--seconds N] [--seed N] [--unguided]. Coverage-guided by atheris (libFuzzer); the files it begins with are
invented lines in every encoding. What fails is written to .tmp/fuzz/failed-…, and is tried again by `fuzz.py FILE`.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path

import atheris

GUIDED = "--unguided" not in sys.argv
with atheris.instrument_imports(include=["corpus_tools"]) if GUIDED else contextlib.nullcontext():
    from fuzz_target import FORCED, OPTIONS, try_file

FOLDER = Path(__file__).parent.parent / ".tmp/fuzz"
LONGEST = 160
SAY_EVERY = 10_000

LINES = (
    "本报讯（记者 刘涛）昨日，市政府召开会议。\n",
    "聯合報【記者王偉／台北報導】颱風來襲，「市政府」…\r\n",
    "　　中 国 共 产 党，新时代 新征程\u3000\n\n",
    "市民嘅心聲，喺度開會。€100",
    "︵註︶﹁要聞﹂⼈⺠ \ufeffA\u200bＢ１９９８......\n",
    "2023年11月8日 星期三 café e\u0301 \uf90a \ue5e5\ufffd",
    "中国新闻，会议强调。".encode().decode("gb18030", "replace"),
    "中国新闻，会议强调。".encode("gb18030").decode("latin-1"),
)


def begin(folder: Path) -> None:
    """Write the files to begin with: every line in every encoding that has it, and cut."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, line in enumerate(LINES):
        for choice, encoding in enumerate(FORCED):
            data = line.encode(encoding, "ignore")
            for how in (2 * choice, 2 * choice + 1, 2 * len(FORCED), 2 * len(FORCED) + 1):
                file = bytes((how, number % len(OPTIONS))) + data[: LONGEST - 2]
                folder.joinpath(f"{number}-{encoding}-{how}").write_bytes(file)


class Counting:
    """The target, which says now and then how far it is."""

    def __init__(self) -> None:
        self.n_tried = 0
        self.n_pages = 0

    def __call__(self, file: bytes) -> None:
        self.n_tried += 1
        self.n_pages += try_file(file)
        if self.n_tried % SAY_EVERY == 0:
            print(f"{self.n_tried:,} files tried, {self.n_pages:,} of them pages; nothing lost", flush=True)


def main(arguments: list[str]) -> None:
    """Fuzz until the runs or the seconds are over; libFuzzer ends the process, with 0 when nothing failed."""
    parser = argparse.ArgumentParser(prog="scripts/fuzz", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--runs", type=int, default=-1, help="files to try")
    parser.add_argument("--seconds", type=int, default=0, help="time to take")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--unguided", action="store_true", help="without following coverage: four times as many files")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="files to try again, once each")
    chosen = parser.parse_args(arguments)
    if chosen.files:
        for path in chosen.files:
            print(path, "a page" if try_file(path.read_bytes()) else "no page")
        return
    if chosen.runs < 0 and not chosen.seconds:
        chosen.runs = 1_000_000
    begin(FOLDER / "begin")
    (FOLDER / "found").mkdir(exist_ok=True)
    options = [
        f"-max_len={LONGEST}",
        f"-seed={chosen.seed}",
        f"-runs={chosen.runs}",
        f"-max_total_time={chosen.seconds}",
        "-timeout=20",
        "-verbosity=0",
        "-print_final_stats=1",
        f"-artifact_prefix={FOLDER}/failed-",
    ]
    atheris.Setup([sys.argv[0], *options, str(FOLDER / "found"), str(FOLDER / "begin")], Counting())
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
