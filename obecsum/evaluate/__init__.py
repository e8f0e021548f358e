"""How well pairs and summaries are judged; needs labels.

Goes in: labels and a feed. Comes out: scores of obecsum and of baselines.
"""
