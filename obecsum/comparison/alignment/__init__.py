"""Two texts laid beside each other.

Goes in: two texts. Comes out: documents (texts made ready once), equal blocks, and the changes between them.
"""
