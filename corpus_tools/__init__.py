"""corpus-tools: OCR'd Chinese newspaper pages into article records that people can trust.

    from corpus_tools import clean_page
    for article in clean_page(Path("page.txt")):
        print(article.headline)

The names below are the public API; each is loaded when it is first asked for, so that `import corpus_tools` is cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from corpus_tools.version import __version__

if TYPE_CHECKING:
    from corpus_tools.across.articles import dedupe_across
    from corpus_tools.errors import (
        CorpusError,
        DecodeError,
        EditError,
        InputError,
        OutputError,
        RecordError,
        StageError,
        UsageError,
    )
    from corpus_tools.evaluation import evaluate
    from corpus_tools.model import (
        Article,
        Block,
        Edit,
        Note,
        Page,
        PageMeta,
        Part,
        Person,
        Revision,
        Source,
        Span,
    )
    from corpus_tools.options import Options, ReadOptions
    from corpus_tools.pipeline import clean, clean_page, dedupe, normalise, repair, split
    from corpus_tools.read.articles import read_articles
    from corpus_tools.read.detection import Detection
    from corpus_tools.read.encoding import detect_encoding as detect
    from corpus_tools.read.inputs import read_pages
    from corpus_tools.run.outputs import write_articles, write_pages
    from corpus_tools.stages.link import link
    from corpus_tools.verification import Problem, revert, verify

_HOMES = {
    "corpus_tools.across.articles": ("dedupe_across",),
    "corpus_tools.errors": (
        "CorpusError",
        "DecodeError",
        "EditError",
        "InputError",
        "OutputError",
        "RecordError",
        "StageError",
        "UsageError",
    ),
    "corpus_tools.evaluation": ("evaluate",),
    "corpus_tools.model": (
        "Article",
        "Block",
        "Edit",
        "Note",
        "Page",
        "PageMeta",
        "Part",
        "Person",
        "Revision",
        "Source",
        "Span",
    ),
    "corpus_tools.options": ("Options", "ReadOptions"),
    "corpus_tools.pipeline": ("clean", "clean_page", "dedupe", "normalise", "repair", "split"),
    "corpus_tools.read.articles": ("read_articles",),
    "corpus_tools.read.encoding": ("Detection", "detect_encoding:detect"),
    "corpus_tools.read.inputs": ("read_pages",),
    "corpus_tools.run.outputs": ("write_articles", "write_pages"),
    "corpus_tools.stages.link": ("link",),
    "corpus_tools.verification": ("Problem", "revert", "verify"),
}
_PLACES = {name.rpartition(":")[2]: (home, name.partition(":")[0]) for home, names in _HOMES.items() for name in names}

__all__ = [  # the same names as above: a test compares them with what is there
    "Article",
    "Block",
    "CorpusError",
    "DecodeError",
    "Detection",
    "Edit",
    "EditError",
    "InputError",
    "Note",
    "Options",
    "OutputError",
    "Page",
    "PageMeta",
    "Part",
    "Person",
    "Problem",
    "ReadOptions",
    "RecordError",
    "Revision",
    "Source",
    "Span",
    "StageError",
    "UsageError",
    "__version__",
    "clean",
    "clean_page",
    "dedupe",
    "dedupe_across",
    "detect",
    "evaluate",
    "link",
    "normalise",
    "read_articles",
    "read_pages",
    "repair",
    "revert",
    "split",
    "verify",
    "write_articles",
    "write_pages",
]


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home, attribute = _PLACES[name]
    value = getattr(import_module(home), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
