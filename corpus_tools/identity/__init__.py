"""Which printed page a page is: newspaper, date, edition, page number, section, from flags, manifest, path and print.

What was said from outside (`given.py`) comes first, in that order, when the page is read; what the page says of itself
(`printed.py`) fills what is left when its roles are final. Where two of them disagree, the first holds and a note says so.
"""
