"""How two texts relate, and whether one can go for the other.

Goes in: two texts. Comes out: a Comparison: relation, shares of 5-grams, evidence, what would be lost.
"""
