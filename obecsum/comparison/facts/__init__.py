"""Facts of two texts held against each other.

Goes in: two documents and their alignment. Comes out: where days, places, people, figures contradict each other.
"""
