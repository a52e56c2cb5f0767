"""Scores of article records against gold records of the same pages.

Article records enter on both sides, an `Evaluation` leaves: one `Scores` over all pages of the gold, and one for each
page. Nothing is read, written or printed. Only pages that the gold knows are scored; an empty side is no error. Rates
are fractions from 0 to 1, None where neither side has anything to compare; all else is counted.

**Characters** are `(page_id, offset)` items: the code points of the decoded page that lie in the spans of blocks, white
space between them included. A merged record has those of its `parts`. Articles and orphans are clusters of characters;
furniture is none, it only keeps its characters from counting as lost.

**Articles** of gold and output are the same where they share more than half of the characters that either of them has
(Jaccard > 1/2), best pair first, one to one. Fields and flags are compared between such pairs.

**B-cubed** asks of every character how far its two clusters agree. With n(g) and n(o) characters in a gold and in an
output cluster, and n(g,o) in both:

    recall    = mean over gold characters of n(g,o) / n(g); 0 where no output cluster holds the character
    precision = mean over output characters of n(g,o) / n(o); 0 where no gold cluster holds it
    F1        = 2 * precision * recall / (precision + recall)

A character that the output puts into several clusters is an item of precision in each of them, and one of recall, with
the mean over them: writing a text twice does not pay. Whole articles glued together cost precision, an article cut in
pieces costs recall, and both by size.

**Paragraphs**, **joins**, **fields**, **flags** and what is lost or doubled are counted item by item; `DEFINITIONS`
says of each figure what its items are, and is what the command's help shows. Figures add up over pages ("micro"). A
merged record counts at its first page that the gold knows, its characters and blocks where they stand.

**Headlines** and **roles** ask less of the output than fields and exact articles do: whose headline it is, not whether
the article is whole; what each block of the gold is called, however it was cut.

Source: Bagga & Baldwin 1998, "Entity-based cross-document coreferencing using the vector space model" (B-cubed);
Amigó, Gonzalo, Artiles & Verdejo 2009, "A comparison of extrinsic clustering evaluation metrics" (why B-cubed, and why
by items).
"""

from __future__ import annotations

from corpus_tools.evaluation.compare import evaluate
from corpus_tools.evaluation.scores import DEFINITIONS, Agreement, Evaluation, Scores, Share

__all__ = ["DEFINITIONS", "Agreement", "Evaluation", "Scores", "Share", "evaluate"]
