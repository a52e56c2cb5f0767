"""normalise: one page's text made plain, every change an Edit. Structure is left alone.

A decoded page enters, the same page with more history leaves. White space at line starts and blank lines stay:
`repair` reads them. It never folds ，。：（） or quotes to ASCII, and never applies NFKC.
"""

from __future__ import annotations

from corpus_tools.errors import StageError
from corpus_tools.model import Page
from corpus_tools.options import Options
from corpus_tools.stages.normalise.dots import unify_dots
from corpus_tools.stages.normalise.findings import note_lost_text, note_private_use
from corpus_tools.stages.normalise.invisible import drop_control_characters, drop_invisible_characters
from corpus_tools.stages.normalise.letterspacing import close_letterspacing
from corpus_tools.stages.normalise.mojibake import repair_mojibake
from corpus_tools.stages.normalise.newlines import unify_newlines
from corpus_tools.stages.normalise.radicals import unify_radicals
from corpus_tools.stages.normalise.script import convert_script_by_line
from corpus_tools.stages.normalise.spaces import trim_line_ends, unify_spaces
from corpus_tools.stages.normalise.stray_spaces import close_stray_spaces
from corpus_tools.stages.normalise.unicode_forms import compose_characters, unify_compatibility_ideographs
from corpus_tools.stages.normalise.vertical_forms import unify_vertical_forms
from corpus_tools.stages.normalise.width import fold_width
from corpus_tools.stages.rules import TextRule, refuse_split, run_text_rules

RULES: tuple[TextRule, ...] = (
    repair_mojibake,  # first: what the next three take away may be half of a broken character
    unify_newlines,
    drop_control_characters,
    drop_invisible_characters,
    unify_spaces,
    unify_compatibility_ideographs,  # before composing: the marks behind one have another order behind its equal
    compose_characters,
    unify_radicals,
    unify_vertical_forms,
    trim_line_ends,
    unify_dots,  # before what looks at the marks behind a word
    close_letterspacing,
    close_stray_spaces,
    fold_width,
    note_lost_text,
    note_private_use,
    convert_script_by_line,
)


def normalise_page(page: Page, options: Options) -> Page:
    """The page after every rule of the table that is not disabled.

    Raises: StageError when the page already has blocks or articles.
    """
    refuse_split(page, "normalise")
    if page.blocks:
        what = "normalise changes text, and this page already has blocks"
        raise StageError(what, where=page.id, hint="run normalise before repair")
    return run_text_rules(page, "normalise", RULES, options)
