"""Numbers, serials, times and days that are written in words, in Thai and in English, as the facts of their digits.

Goes in: a text and what of it is taken by facts in digits. Comes out: spans, kinds and values.
"""
