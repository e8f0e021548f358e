"""Every difference of two texts, accounted for: harmless, with the reason, or a loss.

Goes in: two documents. Comes out: for each direction the differences with their class and weight, and what is lost.
"""
