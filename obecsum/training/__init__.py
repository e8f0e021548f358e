"""How the models that ship were made.

Goes in: a corpus. Comes out: packed examples, learning curves; the models in the folders below.
"""
