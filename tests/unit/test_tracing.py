"""What rules decided is written down only inside `recording`, and says what became of which characters."""

from __future__ import annotations

from corpus_tools.model import Article
from corpus_tools.options import Options
from corpus_tools.pipeline import clean_one, retraced
from corpus_tools.read.pages import page_from_text
from corpus_tools.report.why import why_lines
from corpus_tools.tracing import recording

TEXT = """太原西北二环高速

阎家山4号大桥全幅T梁架设完工

本报讯（记者 苑捷）9月17日，由中铁广州工程局承建的阎家山4号大桥最后一片T梁落位，全桥架设完工，比计划提前十

二天。大桥位于古交市洞沟村西侧。（下转第三版）
"""


def page_of(text: str = TEXT) -> tuple[list[str], tuple[Article, ...]]:
    with recording() as steps:
        page = clean_one(page_from_text(text, "made", "made.txt"), Options())
    return [f"{step.stage}/{step.rule}: {step.what}" for step in steps], page.articles


def test_roles_joins_and_cuts_are_recorded() -> None:
    said, _ = page_of()
    assert "split/tag_heads: heading becomes headline" in said
    assert "repair/join_breaks: joined over a break" in said
    assert any(line.startswith("repair/cut_out_jumps: cut before character") for line in said)


def test_nothing_is_recorded_outside() -> None:
    with recording() as steps:
        pass
    clean_one(page_from_text(TEXT, "made", "made.txt"), Options())
    assert steps == []


def test_a_finished_page_is_retraced_to_itself() -> None:
    page = clean_one(page_from_text("\u3000\u3000" + TEXT.replace("\n\n", "\r\n\r\n"), "made", "made.txt"), Options())
    again, steps = retraced(page, Options())
    assert again == page
    assert steps


def test_why_tells_what_opened_the_record_and_of_each_block_its_rules() -> None:
    page, steps = retraced(page_from_text(TEXT, "made", "made.txt"), Options())
    lines = [line.plain for line in why_lines(page, "made/1", steps)]
    assert lines[0] == "made/1  article  阎家山4号大桥全幅T梁架设完工"
    assert lines[1] == "opened by its headline group"
    assert any("split/tag_heads: heading becomes" in line for line in lines)
    assert any("repair/join_breaks: joined over a break" in line and "score" in line for line in lines)
    assert any(line.startswith("  note joined by join_breaks") for line in lines)
