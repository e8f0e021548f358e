"""Weights of the evidence, made by ``python -m benchmarks.summaries.fit_choice``."""

BIAS = -2.5354
WEIGHTS: dict[str, float] = {
    "is_headline": 0.6246,
    "words": -0.4828,
    "order": -0.1809,
    "polarity": -0.1431,
    "others": -0.1878,
    "checked": 0.1360,
    "repeats": -1.6138,
    "length": 0.4341,
    "place": -0.2814,
    "spread": 0.0264,
    "unit": 0.1326,
    "is_of_one": 0.4939,
    "leans": -0.2407,
    "delegator": -2.7320,
    "starts_inside": 0.0248,
    "leaves_inside": -0.1768,
    "in_fact": -1.5103,
    "end": 0.2723,
    "is_open": -1.0112,
    "has_subject": 1.1597,
    "has_predicate": 0.5523,
}
