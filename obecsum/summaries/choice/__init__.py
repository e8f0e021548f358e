"""Which of a model's candidates is printed, and whether one is.

Goes in: candidates and their release. Comes out: the one that is most surely right, and how surely.
"""
