"""Trains the embedding and the interaction model.

Goes in: a corpus. Comes out: model folders.
"""
