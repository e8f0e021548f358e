"""Thai text; knows no releases.

Goes in: a string. Comes out: the same normalized or folded; its words, sentences and facts with spans.
"""
