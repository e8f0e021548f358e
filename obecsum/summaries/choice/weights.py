"""Weights of the evidence, made by ``python -m benchmarks.summaries.fit_choice``."""

BIAS = -6.4991
WEIGHTS: dict[str, float] = {
    "is_headline": 0.6660,
    "words": -0.2523,
    "order": -0.0709,
    "polarity": -0.5377,
    "others": -0.1756,
    "share": 4.6875,
    "repeats": -1.9607,
    "length": 0.2493,
    "place": -0.2297,
    "spread": -0.1399,
    "unit": -0.1207,
    "is_of_one": 0.3925,
    "leans": -0.2956,
    "delegator": -2.5929,
    "starts_inside": -0.2320,
    "leaves_inside": -0.1465,
    "in_fact": -1.3003,
    "end": 0.2430,
    "is_open": -0.8421,
    "has_subject": 1.0269,
    "has_predicate": 0.6317,
}
