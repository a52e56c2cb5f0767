"""The public names: what `corpus_tools` promises is there, is what it says, and costs nothing to import."""

from __future__ import annotations

import inspect
import json
import pkgutil
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType

import pytest

import corpus_tools

HEAVY = ("rich", "chardet", "opencc", "rapidfuzz", "regex", "zstandard", "orjson", "pyarrow", "duckdb")

FUNCTIONS = {
    *(
        "clean",
        "clean_page",
        "normalise",
        "repair",
        "dedupe",
        "dedupe_across",
        "split",
        "link",
        "detect",
        "evaluate",
        "verify",
        "revert",
    ),
    *("read_articles", "read_pages", "write_articles", "write_pages"),
}
ERRORS = {name for name in corpus_tools.__all__ if name.endswith("Error")}
CLASSES = {*corpus_tools.__all__} - FUNCTIONS - ERRORS - {"__version__"}


def listed() -> set[str]:
    """The names of `_HOMES`: attribute, or attribute:public name."""
    return {name.rpartition(":")[2] for names in corpus_tools._HOMES.values() for name in names}


def test_all_lists_what_the_homes_have() -> None:
    assert set(corpus_tools.__all__) == listed() | {"__version__"}
    assert len(corpus_tools.__all__) == len(set(corpus_tools.__all__))
    assert corpus_tools.__all__ == sorted(corpus_tools.__all__)
    assert dir(corpus_tools) == sorted(corpus_tools.__all__)


def test_each_name_has_one_home() -> None:
    names = [name.rpartition(":")[2] for names in corpus_tools._HOMES.values() for name in names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", sorted(listed()))
def test_a_name_is_what_its_home_calls_so(name: str) -> None:
    home, attribute = corpus_tools._PLACES[name]
    assert getattr(corpus_tools, name) is getattr(import_module(home), attribute)


def test_type_checkers_see_the_same_names() -> None:
    """The imports under TYPE_CHECKING, by which editors and mypy know the names, are those of `_HOMES`."""
    source = inspect.getsource(corpus_tools)
    block = source.partition("if TYPE_CHECKING:\n")[2].partition("\n_HOMES")[0]
    seen: dict[str, object] = {}
    exec(inspect.cleandoc(block), seen)
    del seen["__builtins__"]
    assert set(seen) == listed()
    assert all(seen[name] is getattr(corpus_tools, name) for name in seen)


def test_what_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'cleanse'"):
        corpus_tools.cleanse  # noqa: B018
    assert not hasattr(corpus_tools, "_nothing")


def test_star_import_gives_all_of_them() -> None:
    seen: dict[str, object] = {}
    exec("from corpus_tools import *", seen)
    assert set(corpus_tools.__all__) <= set(seen)


IS_RIGHT: dict[str, Callable[[object], bool]] = {
    **dict.fromkeys(FUNCTIONS, inspect.isfunction),
    **dict.fromkeys(CLASSES, inspect.isclass),
    **dict.fromkeys(ERRORS, lambda value: isinstance(value, type) and issubclass(value, corpus_tools.CorpusError)),
    "__version__": lambda value: isinstance(value, str),
}


def submodules() -> list[str]:
    found = pkgutil.walk_packages(corpus_tools.__path__, "corpus_tools.")
    return [module.name for module in found if not module.name.endswith("__main__")]


def test_modules_do_not_shadow_the_functions() -> None:
    """`import corpus_tools.x` sets the attribute x of the package; no module may bear the name of a function."""
    names = submodules()
    assert "corpus_tools.stages.link" in names
    for name in names:
        import_module(name)
    for name in corpus_tools.__all__:
        value = getattr(corpus_tools, name)
        assert not isinstance(value, ModuleType), name
        assert IS_RIGHT[name](value), name


def test_modules_do_not_shadow_the_functions_that_nobody_asked_for_yet() -> None:
    """The same in a fresh interpreter, where the modules come first."""
    code = (
        "import json, corpus_tools, importlib\n"
        f"for name in {submodules()!r}: importlib.import_module(name)\n"
        "kinds = {name: type(getattr(corpus_tools, name)).__name__ for name in corpus_tools.__all__}\n"
        "print(json.dumps(kinds))\n"
    )
    kinds = json.loads(run(code))
    assert {name for name, kind in kinds.items() if kind == "function"} == FUNCTIONS
    assert {name for name, kind in kinds.items() if kind == "type"} == CLASSES | ERRORS


def run(code: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout


def loaded_by(statement: str) -> set[str]:
    """The top-level packages that a statement loads in a fresh interpreter."""
    code = f"import sys\n{statement}\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    return set(run(code).split())


@pytest.mark.parametrize(
    ("statement", "bare"), [("import corpus_tools", "pass"), ("import corpus_tools.cli.app", "import typer")]
)
def test_importing_loads_nothing_heavy(statement: str, bare: str) -> None:
    loaded = loaded_by(statement)
    assert "corpus_tools" in loaded
    assert not (loaded - loaded_by(bare)) & set(HEAVY)


@pytest.mark.parametrize(
    ("statement", "light"),
    [
        ("from corpus_tools import Page, Span, Options, CorpusError", HEAVY),
        ("from corpus_tools import write_articles", [name for name in HEAVY if name != "orjson"]),
        ("from corpus_tools import read_pages, detect", [name for name in HEAVY if name != "orjson"]),
    ],
)
def test_a_name_loads_what_it_needs(statement: str, light: list[str]) -> None:
    assert not loaded_by(statement) & set(light)
