"""What runs a model: one beam search, and an engine for each runtime.

Goes in: pieces of sources, and rules. Comes out: candidate summaries as pieces.
"""
