"""Thai summaries, each held against its source.

Goes in: texts. Comes out: summaries or headlines, with the spans of the source that state their facts.
"""
