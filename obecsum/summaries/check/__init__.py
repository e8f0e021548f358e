"""A summary held against its source.

Goes in: a summary and a source. Comes out: where each fact stands, and what stands nowhere.
"""
