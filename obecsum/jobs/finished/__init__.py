"""A job that is done: what it did with a release and why, and taking that back.

Goes in: the folder that :func:`obecsum.clean` wrote. Comes out: explanations; the same folder with a release restored.
"""
