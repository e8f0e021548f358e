"""Weights of the evidence, made by ``python -m benchmarks.summaries.fit_choice``."""

BIAS = -2.5724
WEIGHTS: dict[str, float] = {
    "is_headline": 0.6266,
    "words": -0.5165,
    "order": -0.2312,
    "polarity": -0.0678,
    "others": -0.1321,
    "checked": 0.1373,
    "repeats": -1.9597,
    "length": 0.3752,
    "place": -0.2061,
    "spread": 0.0414,
    "unit": -0.0900,
    "is_of_one": 0.4623,
    "leans": -0.4070,
    "delegator": -2.8611,
    "starts_inside": 0.0746,
    "leaves_inside": -0.2139,
    "in_fact": -1.5799,
    "end": 0.2980,
    "is_open": -0.9802,
    "has_subject": 1.6884,
    "has_predicate": 0.2233,
}
