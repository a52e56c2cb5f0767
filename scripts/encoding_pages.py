"""Files of Chinese news in every encoding, whole, cut and damaged: the test set of `scripts/eval encoding`.

Pure functions of a source, a form, a condition, a number and a seed: the same five give the same bytes. What an encoding
cannot write is left out of a page before it is encoded.

By hand, `encoding_pages.py FOLDER` writes the files as FOLDER/<source>/<form>/<condition>_<number>.txt, with a manifest.
"""

from __future__ import annotations

import argparse
import codecs
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

import orjson
from encoding_sources import Source, data_folder, page_text, sources

SEED = 3


@dataclass(frozen=True, slots=True)
class Form:
    """How a file is written. `extras` are phrases put into its text, for the characters that make the encoding special."""

    name: str
    codec: str
    script: str
    mark: bytes = b""
    label: str = ""
    extras: tuple[str, ...] = ()

    @property
    def is_wide(self) -> bool:
        """UTF-16 or UTF-32: a byte lost or cut off at the start would move every character after it."""
        return self.codec.startswith(("utf-16", "utf-32"))

    def write(self, text: str) -> bytes:
        """The bytes of the file that holds `text`."""
        return self.mark + encoded(text, self.codec)


@dataclass(frozen=True, slots=True)
class Sample:
    """One file: its bytes, and the text that they were before any damage."""

    source: str
    form: Form
    condition: str
    number: int
    data: bytes
    text: str


FOUR_BYTES = ("李㛃介绍，", "乡亲们都爱吃𰻝𰻝面，", "来宾有Señora Inés等，", "工程师黄𬭎认为，", "Citroën汽车，")
EUROS = ("约合€120万，", "每件售价€35.5，", "（€2800），", "投资€9亿，", "门票由€6涨到€8，")
CANTONESE = (
    "街坊話：「啲嘢貴咗好多，冇得揀。」",
    "佢哋喺呢度住咗廿年，",
    "「唔使驚，冇問題㗎。」",
    "深水埗街市嘅檔主，",
    "「間舖執咗喇。」",
)

FORMS = (
    Form("utf-8", "utf-8", "s", label="utf-8"),
    Form("utf-8 traditional", "utf-8", "tw", label="utf-8"),
    Form("utf-8 bom", "utf-8", "s", codecs.BOM_UTF8, "utf-8"),
    Form("utf-16-le", "utf-16-le", "s", label="utf-16"),
    Form("utf-16-be", "utf-16-be", "tw", label="utf-16"),
    Form("utf-16-le bom", "utf-16-le", "s", codecs.BOM_UTF16_LE, "utf-16"),
    Form("utf-16-be bom", "utf-16-be", "s", codecs.BOM_UTF16_BE, "utf-16"),
    Form("utf-32-le", "utf-32-le", "s", label="utf-32"),
    Form("utf-32-be", "utf-32-be", "tw", label="utf-32"),
    Form("utf-32-le bom", "utf-32-le", "s", codecs.BOM_UTF32_LE, "utf-32"),
    Form("gb18030", "gb18030", "s", label="gb18030", extras=FOUR_BYTES),
    Form("gb18030 traditional", "gb18030", "t", label="gbk"),
    Form("gbk", "gbk", "s", label="gb2312"),
    Form("cp936", "cp936", "s", label="gb2312", extras=EUROS),
    Form("big5", "cp950", "tw", label="big5"),
    Form("big5-hkscs", "big5hkscs", "hk", label="big5-hkscs", extras=CANTONESE),
    Form("hz", "hz", "s", label="hz-gb-2312"),
)

SLICES = (400, 100, 50, 20)
SLICED = tuple(f"{n} bytes" for n in SLICES)
BAD = ("1 bad byte", "5 bad bytes", "20 bad bytes")
LOST = ("1 lost byte", "5 lost bytes", "20 lost bytes")
MARKUP = ("markup, right label", "markup, wrong label", "markup, no label")
DAMAGED = (*BAD, *LOST, "cut")
CONDITIONS = ("page", *SLICED, *DAMAGED, *MARKUP)

# --- writing ---


def encoded(text: str, codec: str) -> bytes:
    """`text` as bytes; cp936 has the euro sign as byte 0x80, and HZ the codes of GB that Python's codec does not write."""
    if codec == "cp936":
        return b"\x80".join(part.encode("gbk") for part in text.split("€"))
    return _hz(text) if codec == "hz" else text.encode(codec)


def _hz(text: str) -> bytes:
    parts: list[bytes] = []
    for is_ascii, run in groupby(text, str.isascii):
        if is_ascii:
            parts.append("".join(run).replace("~", "~~").encode("ascii"))
        else:
            codes = "".join(run).encode("gbk")
            parts.append(b"~{" + bytes(byte & 0x7F for byte in codes) + b"~}")
    return b"".join(parts)


@cache
def is_writable(character: str, codec: str) -> bool:
    """Whether the encoding has the character, and reads it back as the same."""
    if codec == "cp936" and character == "€":
        return True
    if codec == "hz" and not character.isascii():
        return character in "—·" or (is_writable(character, "gb2312") and is_writable(character, "gbk"))
    try:
        return character.encode(codec).decode(codec) == character
    except UnicodeError:
        return False


def _with_extras(text: str, extras: tuple[str, ...], rng: random.Random) -> str:
    """A phrase behind a comma every 300 characters or so, and one at least."""
    if not extras:
        return text
    commas = [found.end() for found in re.finditer("[，。]", text)] or [0]
    places = rng.sample(commas, min(len(commas), 1 + len(text) // 300))
    for place in sorted(places, reverse=True):
        text = text[:place] + rng.choice(extras) + text[place:]
    return text


def form_text(source: Source, form: Form, rng: random.Random) -> str:
    """A page's text as that form can write it."""
    text = _with_extras(page_text(source, form.script, rng), form.extras, rng)
    return "".join(character for character in text if is_writable(character, form.codec))


def cut_to(text: str, codec: str, n_bytes: int) -> str:
    """The longest beginning of `text` that has at most `n_bytes` in that encoding."""
    low, high = 0, min(len(text), n_bytes)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if len(encoded(text[:middle], codec)) <= n_bytes else (low, middle - 1)
    return text[:low]


# --- conditions ---


def sample(source: Source, form: Form, condition: str, number: int, seed: int = SEED) -> Sample | None:
    """The file of that number; None where the condition means nothing for the form."""
    rng = random.Random(f"{seed}/{source.name}/{form.name}/{condition}/{number}")
    text = form_text(source, form, rng)
    if condition in SLICED:
        text = _slice(text, form, SLICES[SLICED.index(condition)], rng)
    elif condition in MARKUP:
        text = _markup(text, form, condition, rng)
    elif condition == "cut":
        return Sample(source.name, form, condition, number, _cut(text, form, number, rng), text)
    data = form.write(text)
    if condition in BAD:
        data = _spoilt(data, int(condition.split()[0]), len(form.mark), rng)
    elif condition in LOST:
        if form.is_wide:
            return None
        data = _lost(data, int(condition.split()[0]), len(form.mark), rng)
    return Sample(source.name, form, condition, number, data, text)


def _slice(text: str, form: Form, n_bytes: int, rng: random.Random) -> str:
    """A slice from anywhere; every other one holds a character of the form's extras, of cp936 every one."""
    room = n_bytes - len(form.mark)
    special = [at for at, each in enumerate(text) if each in "".join(form.extras) and _is_special(each, form.codec)]
    start = rng.randrange(len(text))
    if special and (form.codec == "cp936" or rng.random() < 0.5):
        start = max(0, rng.choice(special) - rng.randrange(max(1, room // 4)))
    while start and len(encoded(text[start:], form.codec)) < room:
        start -= 1
    return cut_to(text[start:], form.codec, room)


def _is_special(character: str, codec: str) -> bool:
    plainer = {"gb18030": "gbk", "cp936": "gbk", "big5hkscs": "cp950"}[codec]
    return not is_writable(character, plainer)


def _spoilt(data: bytes, n: int, start: int, rng: random.Random) -> bytes:
    spoilt = bytearray(data)
    for place in rng.sample(range(start, len(data)), n):
        spoilt[place] = (spoilt[place] + rng.randrange(1, 256)) % 256
    return bytes(spoilt)


def _lost(data: bytes, n: int, start: int, rng: random.Random) -> bytes:
    gone = set(rng.sample(range(start, len(data)), n))
    return bytes(byte for place, byte in enumerate(data) if place not in gone)


def _cut(text: str, form: Form, number: int, rng: random.Random) -> bytes:
    """The page without its first bytes, its last, or both, in the middle of a character each time."""
    foreign = [at for at, character in enumerate(text) if not character.isascii()]
    first, last = rng.choice(foreign[: len(foreign) // 4]), rng.choice(foreign[len(foreign) * 3 // 4 :])
    if form.is_wide or form.mark:
        return form.write(text[: last + 1])[: -rng.randint(1, len(encoded(text[last], form.codec)) - 1)]
    at_start, at_end = ((True, False), (False, True), (True, True))[number % 3]
    kept = text[first if at_start else 0 : last + 1 if at_end else len(text)]
    n_first = 3 if form.codec == "hz" else rng.randint(1, len(encoded(text[first], form.codec)) - 1)
    n_last = 3 if form.codec == "hz" else rng.randint(1, len(encoded(text[last], form.codec)) - 1)
    data = form.write(kept)
    return data[n_first if at_start else 0 : len(data) - n_last if at_end else len(data)]


_WRONG_LABELS = ("utf-8", "gb2312", "big5", "iso-8859-1", "shift_jis", "euc-kr", "windows-1252")


def _markup(text: str, form: Form, condition: str, rng: random.Random) -> str:
    """A web page of a short article, at least 90 % of its characters ASCII."""
    label = form.label
    if condition == "markup, wrong label":
        family = {"gbk": "gb2312", "gb18030": "gb2312", "hz-gb-2312": "gb2312", "big5-hkscs": "big5"}.get(label, label)
        label = rng.choice([each for each in _WRONG_LABELS if each != family])
    charset = {
        "markup, no label": "",
    }.get(condition, f'<meta http-equiv="Content-Type" content="text/html; charset={label}">\n')
    start = rng.randrange(max(1, len(text) - 600))
    lines = [line.strip() for line in text[start : start + rng.randint(150, 600)].split("\n") if line.strip()]
    body = [f'<p class="article-text" id="p{n}">{line}</p>' for n, line in enumerate(lines)]
    head = f"<html>\n<head>\n{charset}<title>{lines[0][:20]}</title>\n</head>\n<body>\n"
    n_foreign = sum(not character.isascii() for character in head + "".join(body))
    wanted = n_foreign * 9
    while sum(map(len, body)) < wanted + n_foreign:
        n = rng.randrange(1000)
        menu = f'<li class="menu-item"><a href="/section/{n % 17}/page-{n}.html" target="_blank">Section {n}</a></li>'
        body.insert(rng.randrange(len(body) + 1), menu)
    return head + "\n".join(body) + "\n</body>\n</html>\n"


def samples(source: Source, n_pages: int, n_slices: int, seed: int = SEED) -> Iterator[Sample]:
    """Every form under every condition: `n_slices` of each clean slice, `n_pages` of each other condition."""
    for form in FORMS:
        for condition in CONDITIONS:
            for number in range(n_slices if condition in SLICED else n_pages):
                made = sample(source, form, condition, number, seed)
                if made is not None:
                    yield made


def main(arguments: list[str]) -> int:
    """Write the files and `manifest.jsonl`: path, encoding, form, condition of each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, help="folder of news text (default: CORPUS_TOOLS_DATA)")
    parser.add_argument("--each", type=int, default=2, help="files of each form and condition (default: 2)")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args(arguments)
    manifest: list[bytes] = []
    for source in sources(data_folder(given.data)):
        for made in samples(source, given.each, given.each, given.seed):
            name = f"{made.condition}_{made.number}.txt".replace(", ", "_").replace(" ", "_")
            path = given.folder / source.name / made.form.name.replace(" ", "_") / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made.data)
            line = {"path": path.relative_to(given.folder).as_posix(), "encoding": made.form.codec}
            manifest.append(orjson.dumps(line | {"form": made.form.name, "condition": made.condition}))
    (given.folder / "manifest.jsonl").write_bytes(b"\n".join(manifest) + b"\n")
    print(f"{len(manifest)} files and manifest.jsonl in {given.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
