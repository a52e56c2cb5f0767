"""Bytes that are not UTF-8: which encoding explains them best as the news of some language.

A sample that leaves no doubt settles it quickly. Else everything is weighed: damage, other languages, encodings that change
inside the file; `chardet` is asked only when nothing explains the bytes.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus_tools.likelihood import log_likelihood, mean_log_likelihood, weights
from corpus_tools.oddities import odd_run
from corpus_tools.read.decoding import stretches, strict_text, undecodable
from corpus_tools.read.detection import (
    ACCEPTED,
    POOR_MEAN,
    Detection,
    candidates_of,
    checked,
    confidence_of,
    damaged,
    fit,
    no_text_of_controls,
)
from corpus_tools.read.readings import (
    CHINESE,
    EUC_TW,
    FOREIGN,
    LANGUAGE,
    OTHER,
    READERS,
    Reading,
    read_as,
    read_as_foreign,
)
from corpus_tools.read.samples import LESS_QUICK, QUICK, careful_sample, has_many_controls, quick_sample, windows
from corpus_tools.read.segments import Segments, find_segments
from corpus_tools.read.signatures import label_of
from corpus_tools.read.wide import WIDE, read_wide, wide_found

QUICK_CHARACTERS = 60
QUICK_MEAN = -7.8
QUICK_LEAD = 1.5
"""Characters, their mean log-probability, and nats of lead for each of them, from which a reading of the sample needs no
further question."""

LABEL_WEIGHT = 6.0
"""Nats that a label is worth: it decides between near equals, and nothing else."""

FAMILY = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs", "euc_kr": "cp949"}
"""The reading that speaks for an encoding, where it is not named like it."""

CLIP, CLIP_GAIN, MOST_LOOKS = 24, 0.5, 20
"""Characters of a closer look at odd ones, nats a character by which another encoding must read them better, and looks."""

FEW_HIGH = 0.05
"""Share of bytes above 0x7F that damage may leave in HZ, which has none."""

LEAST_SOMEWHERE = 8
"""Characters of a window from which its reading says anything."""

LEAST_FOREIGN, FOREIGN_LEAD = 16, 40.0
"""Different bytes of a line that may be in an encoding of Japanese or Korean, and nats by which it must read better so: of
22,476 pages of news in GB18030 and Big5 none has such a line."""

MOSTLY = 0.9
"""Share of a file in one encoding from which other stretches that do not decode are damage, and no other encoding."""


# --- GB18030 and Big5, the quick way ---


def by_sample(data: bytes, not_utf8_at: int) -> Detection | None:
    """The answer where a sample leaves no doubt and all of the file decodes; None where more must be weighed."""
    if not_utf8_at > 8 and log_likelihood(data[:not_utf8_at].decode("utf-8"))[1] >= 3:
        return None  # it began as UTF-8: damaged, or mixed
    for size in (QUICK, LESS_QUICK):  # a page that begins with a list of names may go on as news
        sample = quick_sample(data, size)
        both = [read_as(sample, name) for name in ("gb18030", "big5hkscs")]
        best, other = sorted(both, key=lambda reading: -reading.total)
        if best.n_characters < QUICK_CHARACTERS or best.n_bad > 1:
            return None
        if best.mean >= QUICK_MEAN:
            break
    if best.mean < QUICK_MEAN:
        return None
    if b"~" in data and has_hz(data):
        return None
    if best.total - other.total < QUICK_LEAD * best.n_characters:
        return None
    encoding = resolve(data, best.encoding)
    try:
        text = strict_text(data, encoding)
    except UnicodeDecodeError:
        return None
    if _reads_better_otherwise(text, encoding):
        return None
    candidates = ((encoding, 0.99), (other.encoding, 0.01))
    return Detection(encoding, 0.99, "strict, Chinese text", runner_up=other.encoding, candidates=candidates)


def _reads_better_otherwise(text: str, encoding: str) -> bool:
    """Whether characters that news seldom uses stand together somewhere, and read better in another encoding."""
    others = [other for other in CHINESE if other != encoding and {other, encoding} != {"big5hkscs", "cp950"}]
    for number, run in enumerate(odd_run().finditer(text)):
        clip = text[run.start() : run.start() + CLIP].partition("\n")[0]
        data, own = clip.encode(encoding, "replace"), mean_log_likelihood(clip)
        if number == MOST_LOOKS or own < POOR_MEAN or any(_is_better(read_as(data, other), own) for other in others):
            return True
    return False


def _is_better(reading: Reading, own_mean: float) -> bool:
    return reading.n_characters > reading.n_bad and reading.mean > own_mean + CLIP_GAIN


_OF_HONG_KONG = re.compile("[\u3041-\u30fe\u0401-\u0451]")
"""What Python's cp950 reads in the rows where Hong Kong and ETEN have ①, ⅰ, あ."""

_TOLD_APART = re.compile("[‧﹑¯～⊕⊙∕﹨￥￠￡▓]")
"""The marks whose codes Python's big5hkscs reads as others: • ､ ‾ ∼ ♁ ☉ ／ ＼ ¥ ¢ £ ￭."""


def resolve(data: bytes, encoding: str) -> str:
    """The member of the Big5 family that reads `data`: code page 950, or Big5-HKSCS where it has a code of Hong Kong.

    They differ in twelve marks that both have; the likelier reading decides, between equals code page 950.
    """
    if encoding != "big5hkscs":
        return encoding
    try:
        as_cp950 = data.decode("cp950")
    except UnicodeDecodeError:
        return encoding
    if _OF_HONG_KONG.search(as_cp950):
        return encoding
    if not _TOLD_APART.search(as_cp950):
        return "cp950"
    try:
        as_hkscs = data.decode(encoding)
    except UnicodeDecodeError:
        return "cp950"
    differing = (pair for pair in zip(as_cp950, as_hkscs, strict=True) if pair[0] != pair[1])
    return "cp950" if sum(weights()[ours] - weights()[theirs] for ours, theirs in differing) >= 0 else encoding


# --- everything weighed ---


def weighed(data: bytes) -> Detection:
    """The answer by all readings of a larger sample; then line by line where it is Chinese."""
    sample = careful_sample(data)
    readings = _readings(data, sample)
    if has_hz(data):
        head = data[:65536]
        only_hz = sum(byte > 0x7F for byte in head) < FEW_HIGH * len(head)
        return _chinese(data, readings, ("utf-8", "hz") if only_hz else (*CHINESE, "hz"))
    best = readings[0]
    if best.encoding in WIDE:
        return wide_found(data, readings)
    if has_many_controls(sample):
        return no_text_of_controls()
    if best.encoding in CHINESE:
        return _chinese(data, readings, CHINESE)
    segments = find_segments(data, CHINESE) if _is_chinese_somewhere(data) else []
    mixed = _mixed(data, segments) if len(segments) > 1 else None
    return mixed if mixed is not None and mixed.encoding is not None else _not_chinese(data, readings)


def _readings(data: bytes, sample: bytes) -> list[Reading]:
    """All readings of a sample, the likeliest first; what the file says of itself counts a little."""
    readings = [reading for reader in READERS.values() if (reading := reader(sample)) is not None]
    if not len(data) % 2 and len(sample) == len(data):  # without NUL bytes, so without line ends: never long
        readings += [found for name in ("utf-16-le", "utf-16-be") if (found := read_wide(data, name)) is not None]
    label = _reading_of(label_of(data))
    weighed = (each._replace(total=each.total + LABEL_WEIGHT * (each.encoding == label)) for each in readings)
    return sorted(weighed, key=lambda reading: -reading.total)


def _reading_of(label: str | None) -> str | None:
    """The reading that a label speaks for, by any name that Python knows (x-gbk is none, euc-tw is ours)."""
    try:
        name = codecs.lookup(label or "").name
    except LookupError:
        return EUC_TW if label is not None and label.lower() == EUC_TW else None
    return FAMILY.get(name, name)


def _is_chinese_somewhere(data: bytes) -> bool:
    """Whether a part of a file that as a whole is in no Chinese encoding reads as Chinese news in one."""
    return any(
        reading.n_characters >= LEAST_SOMEWHERE and fit(reading.mean) > ACCEPTED
        for window in windows(data)
        for reading in (read_as(window, encoding) for encoding in CHINESE)
    )


def _chinese(data: bytes, readings: Sequence[Reading], encodings: Sequence[str]) -> Detection:
    segments = find_segments(data, encodings)
    name = segments[0][1]
    if len(segments) > 1:
        mixed = _mixed(data, segments)
        longest, share = _longest(segments, len(data))
        if mixed.encoding is not None or share < MOSTLY or not undecodable(data, longest):
            return mixed
        name = longest  # one damaged encoding after all; its bad bytes say that something is wrong
    encoding = resolve(data, name)
    bad = undecodable(data, encoding)
    if name == "hz":
        return damaged(Detection("hz", 0.95, "strict, Chinese text", candidates=(("hz", 0.95),)), bad)
    best = next(reading for reading in readings if reading.encoding == name)
    others = [reading for reading in readings if reading is not best]
    runner_up = next((other.encoding for other in others if other.encoding != OTHER), None)
    found = Detection(
        encoding,
        confidence_of(best, others),
        "strict, Chinese text",
        runner_up=runner_up,
        candidates=tuple((encoding if each == name else each, value) for each, value in candidates_of(readings)),
    )
    answer = checked(damaged(found, bad), len(data))
    if answer.encoding is None:
        return _abstained(data, readings)
    return answer if bad or name == "utf-8" else _foreign_part(data, answer) or answer


def _foreign_part(data: bytes, found: Detection) -> Detection | None:
    """The refusal of a file that decodes, a part of which reads as Japanese or Korean and not as Chinese."""
    encoding = found.encoding or ""
    at = 0
    for line in data.splitlines(keepends=True):  # of bytes: at LF and CR only
        own = read_as(line, encoding)
        if len(set(line)) >= LEAST_FOREIGN and fit(own.mean) <= ACCEPTED and own.n_characters:
            others = [reading for name in FOREIGN if (reading := read_as_foreign(line, name)) is not None]
            better = max(others, key=lambda reading: reading.total, default=own)
            if better.total > own.total + FOREIGN_LEAD:
                said = f"{encoding} from byte 0, {better.encoding} from byte {at}"
                reason = f"encodings seem to change inside the file ({said}), and only Chinese ones are read by segment"
                return replace(found, encoding=None, runner_up=encoding, reason=reason, byte_offset=at, confidence=0.5)
        at += len(line)
    return None


def _longest(segments: Sequence[tuple[int, str]], n_bytes: int) -> tuple[str, float]:
    """The encoding that most bytes are in, and their share."""
    sizes: Counter[str] = Counter()
    for start, end, name in stretches(segments, n_bytes):
        sizes[name] += end - start
    name, size = sizes.most_common(1)[0]
    return name, size / n_bytes


def _mixed(data: bytes, segments: Segments) -> Detection:
    """A file whose encoding changes; refused where a segment does not decode or does not read well."""
    resolved = tuple((start, resolve(data[start:end], name)) for start, end, name in stretches(segments, len(data)))
    said = ", ".join(f"{name} from byte {start}" for start, name in resolved[:4]) + (" …" if len(resolved) > 4 else "")
    longest, _ = _longest(resolved, len(data))
    parts = [(start, data[start:end], name) for start, end, name in stretches(resolved, len(data))]
    bad = next((start + found[0] for start, part, name in parts if (found := undecodable(part, name))), None)
    poor = any(fit(read_as(part, name).mean) <= ACCEPTED for _, part, name in parts)
    if bad is not None or poor:
        what = f"byte {bad} decodes in none of them" if bad is not None else "not all of it reads as Chinese"
        reason = f"encodings seem to change inside the file ({said}), and {what}"
        return Detection(None, 0.5, "by segment", runner_up=longest, reason=reason, byte_offset=segments[1][0])
    return Detection(longest, 0.95, f"strict by segment: {said}", segments=resolved, candidates=((longest, 0.95),))


def _not_chinese(data: bytes, readings: Sequence[Reading]) -> Detection:
    best = readings[0]
    confidence = confidence_of(best, readings[1:], foreign=True)
    candidates = candidates_of(readings)
    if best.encoding == EUC_TW and fit(best.mean) > ACCEPTED:
        reason = "EUC-TW: Python has no codec for it; convert the file first, for instance by iconv -f EUC-TW"
        return Detection(None, confidence, "Chinese text", runner_up=EUC_TW, reason=reason, candidates=candidates)
    if best.encoding in FOREIGN and confidence >= ACCEPTED:
        found = Detection(best.encoding, confidence, f"strict, {LANGUAGE[best.encoding]} text", candidates=candidates)
        bad = undecodable(data, best.encoding)
        if not bad:
            return found
    return _abstained(data, readings)


def _abstained(data: bytes, readings: Sequence[Reading]) -> Detection:
    """Nothing explains the bytes: say so, with what `chardet` thinks as something to try by hand."""
    import chardet  # heavy, and needed for such files only

    guess = chardet.detect(data[:65536])["encoding"]
    known = [reading for reading in readings if reading.encoding != OTHER]
    named = ", ".join(f"{name} ({value:.2f})" for name, value in candidates_of(known)[:3])
    reason = f"no encoding stands out; nearest: {named}" + (f"; chardet says {guess}" if guess else "")
    runner_up = known[0].encoding if known else None
    value = confidence_of(known[0], readings) if known else 0.0
    return Detection(
        None, min(value, 0.5), "weighed", runner_up=runner_up, reason=reason, candidates=candidates_of(known)
    )


def has_hz(data: bytes) -> bool:
    """Whether the lines with `~{` are Chinese in HZ; a tilde before a bracket alone is not."""
    head = data[:65536]
    lines = [line for line in head.split(b"\n") if b"~{" in line] if b"~" in head else []
    reading = read_as(b"\n".join(lines[:50]), "hz")
    return reading.n_characters > 1 and fit(reading.mean) > ACCEPTED
