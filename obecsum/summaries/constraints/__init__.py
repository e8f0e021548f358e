"""What a beam may write: rules that keep a summary within its source.

Goes in: a source and the pieces written so far. Comes out: which pieces may follow.
"""
