"""report.html: the whole job on one page that needs nothing else, safe to open whatever the feed held.

Goes in: the files of a job and its figures. Comes out: the page, of at most 40 MB, with its texts in compressed parts.
"""
