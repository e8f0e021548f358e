# ruff: noqa: E501, SIM905 - lists of words read better as words
"""Closed lists of English words that facts are made of: months, days, numerals, ordinals."""

from __future__ import annotations

__all__ = ["ENGLISH_DAYS", "ENGLISH_MONTHS", "ENGLISH_NUMERALS", "ENGLISH_ORDINALS", "ENGLISH_SCALES"]

_MONTHS = (
    "january february march april may june july august september october november december".split(),
    "jan feb mar apr may jun jul aug sep oct nov dec".split(),
)

ENGLISH_MONTHS: dict[str, int] = {
    **{name: number for names in _MONTHS for number, name in enumerate(names, 1)},
    "sept": 9,
}
"""Month or its abbreviation -> 1..12."""

ENGLISH_DAYS: dict[str, str] = {f"{name}day": name[:3] for name in "mon tues wednes thurs fri satur sun".split()}
"""Day of the week -> as in the value of a date."""

ENGLISH_NUMERALS: dict[str, int] = {
    **{
        word: number
        for number, word in enumerate(
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
            "eighteen nineteen".split(),
            1,
        )
    },
    **{
        word: 10 * number
        for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
    },
}
"""What a numeral begins with -> its value."""

ENGLISH_SCALES: dict[str, int] = {
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}

ENGLISH_ORDINALS: dict[str, int] = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
}
