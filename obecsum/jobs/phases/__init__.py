"""The phases of a job: reading, cutting, comparing, writing; with an index, what it knew and what it shall know.

Goes in: the store that the phase before left. Comes out: that store, one phase further; in the end the output.
"""
