"""`corpus-tools dedupe`: what the OCR printed twice, once; and with --across, what a corpus has twice."""

from __future__ import annotations

from corpus_tools.cli import options
from corpus_tools.cli.across import AcrossChoices, refuse_page_options, run_across
from corpus_tools.cli.groups import with_groups
from corpus_tools.cli.messages import command_body
from corpus_tools.cli.running import Call, run_pages
from corpus_tools.errors import UsageError
from corpus_tools.options import Options


@with_groups
def command(
    paths: options.Inputs = None,
    output: options.OutputFile = None,
    to: options.To = None,
    fix_stutters: options.FixStutters = False,
    disable: options.Disable = None,
    *,
    over_a_corpus: AcrossChoices,
    page_options: options.PageOptions,
) -> None:
    """Remove echoes, loops and repeated paragraphs inside a page; note stutters.

    Never removes a jump line, a slogan or a legitimate repeat.

    Standard input or one named raw file gives plain text; a directory, several files or page records give page records;
    --to overrides. Plain text forgets the ledger: begin a pipe that shall equal `clean` with --to pages.

    With --across it reads article records (or {"id": …, "text": …} of others) and finds articles and paragraphs that say the same
    over all of them: `cluster` is the id of the copy that is kept, the longest, then the least damaged, then the earliest; blocks
    that stand in another article too are flagged `repeated`. Nothing is dropped but by --action drop, and then not lost. Files are
    read twice; what waits is in the folder that TMPDIR names. Needs corpus-tools[across].
    """
    with command_body():
        if over_a_corpus.across:
            refuse_page_options(page_options, {"to": to, "fix-stutters": fix_stutters, "disable": disable})
            run_across(paths, output, over_a_corpus, page_options)
        if given := over_a_corpus.given():
            raise UsageError(f"{given[0]} goes with --across", hint="add --across, or leave it out")
        chosen = Options(disable=frozenset(disable or ()), fix_stutters=fix_stutters)
        run_pages(Call(paths, ("dedupe",), chosen, page_options, to=to, output=output))
