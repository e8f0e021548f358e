"""The table of how many releases have a word, by which :mod:`obecsum.text.lexicon.frequency` says how telling it is.

It is made of every fourth release of each training year. A line is a level and its words, in order of code points, with
tabs between (some of the segmenter's words hold a space): ``level = round(-3 * log10(share of the releases that have
the word))``, from 0 (nearly every release) to 9 (one in a thousand, or fewer). Words with a digit or without a letter
are left out, and words that very few releases have: what the table lacks is as telling as level 9.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from pathlib import Path

from obecsum.core.errors import InputError
from obecsum.text.normalize import fold, normalize
from obecsum.text.segment import words
from obecsum.training.corpus import read_years

__all__ = ["MIN_RELEASES", "as_table", "count_releases", "make_frequencies"]

MIN_RELEASES = 20
EVERY = 4
_LEVELS_A_DECADE = 3
_LAST_LEVEL = 9
_PROGRESS_EVERY = 1000


def count_releases(texts: Iterable[str], *, progress: Callable[[int], None] | None = None) -> tuple[int, Counter[str]]:
    """Counts texts, and for each word the texts that have it.

    Args:
        texts: Title, newline, body.
        progress: Called with the number of texts read, now and then.
    """
    seen: Counter[str] = Counter()
    count = 0
    for count, text in enumerate(texts, 1):
        folded = fold(normalize(text))
        seen.update({folded[start:end] for start, end in words(folded)})
        if progress and count % _PROGRESS_EVERY == 0:
            progress(count)
    return count, seen


def as_table(num_releases: int, seen: Mapping[str, int], *, min_releases: int = MIN_RELEASES) -> str:
    """The table: a line for each level that has words, the commonest first."""
    levels: dict[int, list[str]] = defaultdict(list)
    for word, count in seen.items():
        if count < min_releases or any(char.isdigit() for char in word) or not any(char.isalpha() for char in word):
            continue
        level = min(_LAST_LEVEL, round(-math.log10(count / num_releases) * _LEVELS_A_DECADE))
        levels[level].append(word)
    return "".join("\t".join([str(level), *sorted(found)]) + "\n" for level, found in sorted(levels.items()))


def make_frequencies(
    folder: Path,
    out: Path,
    *,
    every: int = EVERY,
    min_releases: int = MIN_RELEASES,
    progress: Callable[[int], None] | None = None,
) -> tuple[int, int]:
    """Writes the table of a corpus folder.

    Args:
        folder: With ``train-YYYY.jsonl.xz``.
        out: The file to write.
        every: One in so many releases of each year is read, from the first one on.
        min_releases: Words of fewer releases are left out.
        progress: Called with the number of releases read, now and then.

    Returns:
        How many releases were read, and how many words the table has.

    Raises:
        InputError: The releases are too few for any word to be in the table.
    """
    rows = (row for year in read_years(folder) for row in islice(year, 0, None, every))
    count, seen = count_releases((f"{row['title'] or ''}\n{row['body']}" for row in rows), progress=progress)
    table = as_table(count, seen, min_releases=min_releases)
    if not table:
        raise InputError(f"no word stands in {min_releases} of the {count} releases read from {folder}; add releases")
    out.write_text(table, encoding="utf-8")
    return count, sum(line.count("\t") for line in table.splitlines())
