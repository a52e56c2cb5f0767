"""What a user may choose: one record for the stages, one for reading. Both are frozen and cross process borders."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from corpus_tools.errors import UsageError
from corpus_tools.model import PageMeta

Width = Literal["keep", "ascii-alnum"]
WIDTHS: tuple[Width, ...] = ("keep", "ascii-alnum")
Mode = Literal["safe", "standard", "eager"]
MODES: tuple[Mode, ...] = ("safe", "standard", "eager")
"""How sure `repair` must be: see README, "What repair decides"."""

MAX_PAGE_BYTES = 32 * 1024 * 1024
SCRIPTS = ("s2t", "t2s", "s2tw", "tw2s", "s2twp", "tw2sp", "s2hk", "hk2s", "t2tw", "tw2t", "t2hk", "hk2t")
"""The OpenCC configurations that `--script` takes."""


@dataclass(frozen=True, slots=True)
class Options:
    """Choices of the stages. Each rule's name may be in `disable`.

    `script` and `script_by_line` name OpenCC configurations: the first is for `split`, which has whole blocks, the second
    for `normalise`, which has lines, and whose plain text nothing goes on with.

    `mode` moves the thresholds of `repair`: `safe` joins and moves only what is nearly certain, `eager` what is more likely
    than not.

    Raises: UsageError for a mode, a width or a script that does not exist.
    """

    disable: frozenset[str] = frozenset()
    width: Width = "keep"
    mode: Mode = "standard"
    fix_stutters: bool = False
    captions: bool = False
    furniture: bool = False
    script: str | None = None
    script_by_line: str | None = None

    def __post_init__(self) -> None:
        for what, given, known in (("mode", self.mode, MODES), ("width policy", self.width, WIDTHS)):
            if given not in known:
                raise UsageError(f"no {what} is named {given!r}", hint=f"one of {', '.join(known)}")
        for script in (self.script, self.script_by_line):
            if script is not None and script not in SCRIPTS:
                raise UsageError(f"no script conversion is named {script!r}", hint=f"one of {', '.join(SCRIPTS)}")


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Choices of the door: how bytes become pages. `max_page_bytes` counts uncompressed bytes.

    Which printed page a page is, `meta` says of all of them, `manifest` (a file) and `path_template` page by page; what
    they leave open, the page's own masthead and folios say. See `corpus_tools.identity`.

    Raises: UsageError for a template that is none.
    """

    encoding: str | None = None
    on_undecodable: Literal["reject", "keep"] = "reject"
    max_page_bytes: int = MAX_PAGE_BYTES
    glob: str | None = None
    input_format: Literal["auto", "text", "pages", "articles"] = "auto"
    stdin_id: str = "stdin"
    meta: PageMeta = field(default_factory=PageMeta)
    path_template: str | None = None
    manifest: Path | str | None = None

    def __post_init__(self) -> None:
        if self.path_template is not None:
            from corpus_tools.identity.templates import template

            template(self.path_template)
