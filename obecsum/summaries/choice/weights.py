"""Weights of the evidence, made by ``python -m benchmarks.summaries.fit_choice``."""

BIAS = -2.5691
WEIGHTS: dict[str, float] = {
    "is_headline": 0.6311,
    "words": -0.5209,
    "order": -0.2064,
    "polarity": -0.0769,
    "others": -0.1887,
    "checked": 0.1344,
    "repeats": -1.9863,
    "length": 0.3753,
    "place": -0.2090,
    "spread": 0.0372,
    "unit": -0.0757,
    "is_of_one": 0.4667,
    "leans": -0.3990,
    "delegator": -2.8517,
    "starts_inside": 0.0506,
    "leaves_inside": -0.2188,
    "in_fact": -1.5618,
    "end": 0.2967,
    "is_open": -0.9854,
    "has_subject": 1.6792,
    "has_predicate": 0.2248,
}
