"""Weights of the evidence, made by ``python -m benchmarks.summaries.fit_choice``."""

BIAS = -2.1537
WEIGHTS: dict[str, float] = {
    "is_headline": 0.6804,
    "words": -0.4665,
    "order": -0.1508,
    "polarity": -0.3129,
    "others": -0.1193,
    "checked": 0.1598,
    "repeats": -2.1509,
    "length": 0.3381,
    "place": -0.2202,
    "spread": 0.0599,
    "unit": -0.1944,
    "is_of_one": 0.4179,
    "leans": -0.2900,
    "delegator": -2.3960,
    "starts_inside": -0.2032,
    "leaves_inside": -0.0888,
    "in_fact": -1.4030,
    "end": 0.2473,
    "is_open": -0.8454,
    "has_subject": 1.0365,
    "has_predicate": 0.6429,
}
