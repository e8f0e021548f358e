"""Which texts may be near-duplicates; knows no releases.

Goes in: texts. Comes out: shingles, sketches as numpy arrays, candidate pairs of rows, exact overlaps.
"""
