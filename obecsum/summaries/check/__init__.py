"""A summary held against its source.

Goes in: a summary and a source. Comes out: the passage of each sentence, what the source does not say.
"""
