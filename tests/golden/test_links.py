"""The linked issue of pages 20-23: what `links.toml` says must agree with the gold it speaks of. Runs no stage of the package."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from build_golden import Marked, names

LINKS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "links.toml").read_text("utf-8"))
ISSUE = {name: name[-1] for name in names() if "_issue_a" in name}
"""Each page of the issue, and the number printed in its folio line."""
RECORDS = {record["id"]: record for name in ISSUE for record in Marked(name).records()}


def test_each_pair_is_a_jump_to_the_page_of_the_other() -> None:
    assert LINKS["pairs"]
    for first, second in LINKS["pairs"]:
        assert RECORDS[first]["jump_to"] == ISSUE[RECORDS[second]["page_id"]]
        assert RECORDS[second]["jump_from"] == ISSUE[RECORDS[first]["page_id"]]


def test_each_half_stands_once_in_pairs_or_singles() -> None:
    listed = [half for pair in LINKS["pairs"] for half in pair] + LINKS["single"]
    halves = [name for name, record in RECORDS.items() if record["jump_to"] or record["jump_from"]]
    assert sorted(listed) == sorted(halves)


def test_a_folio_line_names_each_page() -> None:
    for name, number in ISSUE.items():
        lines = Marked(name).text[:150].splitlines()
        assert any(re.match(rf"{number}版? |.+ {number}$", line) for line in lines)
