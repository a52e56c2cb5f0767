"""What the tests of the command line share: folders of pages, and what `clean` makes of them, once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented_pages import PAGES
from prepared import Cleaned, clean_folder, write_files


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the two sample pages."""
    return Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="session")
def seeds_cleaned(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Cleaned:
    """The sample pages and their records."""
    return clean_folder(seeds, tmp_path_factory.mktemp("seeds_cleaned"))


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the invented pages."""
    return write_files(tmp_path_factory.mktemp("invented"), PAGES)


@pytest.fixture(scope="session")
def invented_cleaned(invented: Path, tmp_path_factory: pytest.TempPathFactory) -> Cleaned:
    """The invented pages and their records."""
    return clean_folder(invented, tmp_path_factory.mktemp("invented_cleaned"))
