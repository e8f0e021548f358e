"""Which targets teach a model to invent: those that say something of which the model reads nothing.

Two tests. A target must pass the check that summaries are held to (:mod:`obecsum.summaries.check.support`), against
what the model reads of the release and no more. And, if that is asked for, every content word of it must be there, as
it is, in its parts, or as the long or the short form of an abbreviation. Headlines have words of their own (หนุน, ผนึก,
ลุย), which are no inventions: the corpus shows them, since they often stand over releases that lack them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np

from obecsum.summaries.check.support import SourceFacts
from obecsum.text.lexicon.aliases import ALIASES
from obecsum.text.lexicon.function_words import FUNCTION_WORDS, HONORIFICS
from obecsum.text.maximal import parts_of
from obecsum.text.normalize import fold
from obecsum.text.segment import words
from obecsum.text.slots import fill_slots, slot_source
from obecsum.training.corpus import MIN_SOURCE_CHARS, Packed, Row, source_text, target_texts

__all__ = ["ReadPart", "Reading", "leave_out", "read_targets", "teaches_inventing", "wording"]

_LETTERS = re.compile("[ก-ฮa-z]")
_MIN_LETTERS = 2
_STATED = frozenset(("number", "date", "time", "serial", "person", "place", "organization"))
_AROUND = " .,;:!?()[]“”\"'‘’-–/"
_READ_CHARS = 4000  # of which the first pieces are taken
_MIN_TARGETS = 30  # of rarer words it cannot be told whether they are wording
_MIN_ABSENT = 0.2


@dataclass(frozen=True, slots=True)
class Reading:
    """What a target says beside what is read of its release.

    Attributes:
        unsupported: Figures, dates and names that the part read does not state.
        present: Content words that it has.
        absent: Content words that it lacks.
    """

    unsupported: tuple[str, ...]
    present: tuple[str, ...]
    absent: tuple[str, ...]


class ReadPart:
    """The part of a release that the model reads, against which its targets are held.

    Args:
        text: The part, with its numbers.
    """

    def __init__(self, text: str) -> None:
        self._facts = SourceFacts(text)
        folded = fold(text)
        self._squeezed = "".join(folded.split())

    def read(self, target: str) -> Reading:
        """Holds a target against the part."""
        present: list[str] = []
        absent: list[str] = []
        folded = fold(target)
        for start, end in words(folded):
            word = folded[start:end].strip(_AROUND)
            if _is_content(word):
                (present if self._has(word) else absent).append(word)
        # Who did what is not asked: a headline gathers a whole release, and the model reads the whole of its part.
        unsupported = tuple(fact.text for fact in self._facts.check(target).unsupported if fact.kind in _STATED)
        return Reading(unsupported, tuple(present), tuple(absent))

    def _has(self, word: str) -> bool:
        if word.replace(" ", "") in self._squeezed:
            return True
        parts = parts_of(word)
        if len(parts) > 1 and all(part in self._squeezed for part in parts if part not in FUNCTION_WORDS):
            return True
        return any(form in self._squeezed for form in _other_forms(word.replace(".", "")))


def _is_content(word: str) -> bool:
    return (
        len(_LETTERS.findall(word)) >= _MIN_LETTERS
        and word not in FUNCTION_WORDS
        and word not in HONORIFICS
        and not any(char.isdigit() for char in word)
    )


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for short, long in ALIASES.items():
        plain, spelled = short.replace(".", ""), fold(long).replace(" ", "")
        forms[plain].append(spelled)
        if len(plain) >= _MIN_LETTERS:  # จ. stands in every release
            forms[spelled] += [f"{short}.", f"{plain}."]
    return {word: tuple(others) for word, others in forms.items()}


def _other_forms(word: str) -> tuple[str, ...]:
    return _forms().get(word.replace(" ", ""), ())


def wording(readings: Iterable[Reading]) -> frozenset[str]:
    """Words of headlines' own: those that a fifth of the releases lack over which they stand."""
    lacking: Counter[str] = Counter()
    all_targets: Counter[str] = Counter()
    for reading in readings:
        absent = set(reading.absent)
        lacking.update(absent)
        all_targets.update(absent | set(reading.present))
    return frozenset(
        word
        for word, num_absent in lacking.items()
        if all_targets[word] >= _MIN_TARGETS and num_absent >= _MIN_ABSENT * all_targets[word]
    )


def teaches_inventing(reading: Reading, known: frozenset[str] | None) -> bool:
    """Whether a target says what is not read.

    Args:
        reading: The target.
        known: :func:`wording` of the corpus; None: only figures, dates and names are looked at.
    """
    return bool(reading.unsupported) or (known is not None and not known.issuperset(reading.absent))


def read_targets(rows: Iterable[Row], tokenizer: Any, *, source_pieces: int) -> Iterator[tuple[str, str, Reading]]:
    """Holds every target against the first pieces of its release; some milliseconds each.

    Args:
        rows: Rows of the corpus.
        tokenizer: The tokenizer of the model.
        source_pieces: How many pieces the model reads.

    Yields:
        (id, "headline" or "summary", what was found).
    """
    for row in rows:
        text = source_text(row)
        targets = target_texts(row) if len(text) >= MIN_SOURCE_CHARS else {}
        if not targets:
            continue
        slotted = slot_source(text[:_READ_CHARS])
        offsets = tokenizer(slotted.text, add_special_tokens=False, return_offsets_mapping=True)["offset_mapping"]
        part = ReadPart(fill_slots(slotted.text[: offsets[:source_pieces][-1][1]], slotted))
        for kind, target in targets.items():
            yield str(row["id"]), kind, part.read(target)


def leave_out(packed: Packed, targets: Collection[tuple[str, str]]) -> Packed:
    """The same examples, less some targets.

    Args:
        packed: Examples.
        targets: (id, "headline" or "summary") of what is left out.
    """
    changed: dict[str, np.ndarray] = {}
    for kind, plural in (("headline", "headlines"), ("summary", "summaries")):
        bounds: np.ndarray = getattr(packed, f"{kind}_bounds")
        keep = np.array([(row_id, kind) not in targets for row_id in packed.ids.tolist()], dtype=bool)
        lengths = np.diff(bounds)
        changed[plural] = getattr(packed, plural)[np.repeat(keep, lengths)]
        changed[f"{kind}_bounds"] = np.concatenate([[0], np.cumsum(np.where(keep, lengths, 0))]).astype(np.int64)
    return replace(packed, **changed)
