"""One release without what repeats inside it and what its site adds.

Goes in: a release, and what its feed repeats. Comes out: its clean text, and the cuts as spans of what was read.
"""
