"""Closed lists of Thai words, and fast ways to look for them.

Goes in: a string. Comes out: where a word of a list begins.
"""
