"""What would be lost if one of two releases went for the other: the last check before anything is removed.

A relation says what two releases are to each other; whether one can go is asked of each direction on its own. It cannot
if it names somebody who takes part and whom the other does not name, states figures that the other lacks, has
a passage of its own of more than a sentence, or is one of many items of a digest, whose headline does not tell it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from obecsum.comparison.alignment.document import Document, compact
from obecsum.comparison.alignment.grams import GRAM_CHARS, unseen_grams
from obecsum.comparison.facts.conflicts import conflict
from obecsum.comparison.facts.idle import idle_mask, own_facts
from obecsum.comparison.facts.statements import participants
from obecsum.text.facts import Fact

__all__ = ["NOTHING", "Loss", "loss"]

MIN_PASSAGE_CHARS = 240  # about two Thai sentences without white space: one introduces the speaker of a release
MIN_DIGEST_SHARE = 0.15  # what holds a release among others of seven times its size is a digest
_ISLAND_CHARS = 24  # equal words in between do not end a passage
_SHOWN_CHARS = 200
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Loss:
    """What one release holds and the other lacks; false if that is nothing of substance.

    Attributes:
        people: Who takes part, by name; a spokesperson who only says the text again is not counted. The first 12.
        figures: Numbers and serials in the passages that differ; two or more, or one beside no figure of the
            other's that could be its correction. The first 12.
        passages: Beginnings of passages of more than a sentence whose wording the other has nowhere, folded. The
            first 12.
        digest: Whether the other is a digest of many items.
    """

    people: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    digest: bool = False

    def __bool__(self) -> bool:
        return bool(self.people or self.figures or self.passages or self.digest)


NOTHING = Loss()


def loss(text: Document, other: Document, unequal: npt.NDArray[np.bool_]) -> Loss:
    """What would be lost if ``text`` went for ``other``.

    Args:
        text: The one that would go.
        other: The one that would stay.
        unequal: For each of ``text.codes`` whether it stands in no passage that is equal in ``other``.
    """
    own = unequal & ~idle_mask(text)
    facts = _touching(text, own)
    there = own_facts(other)
    spoken = compact(other)
    people = conflict(
        participants(text, facts, acting_speakers=True), [fact for fact in other.facts if fact.kind == "person"]
    ).only_a
    people = tuple(name for name in people if len(name) > 3 and name.split(" ")[0] not in spoken)
    figures: list[str] = []
    for kind in ("number", "serial"):
        ours, theirs = _figures(facts, kind), _figures(there, kind)
        against = conflict(ours, theirs)
        new = [value for value in against.only_a if value.split(" ")[-1].rstrip("%") not in spoken]
        # A figure against another is a correction, which the relation has weighed already.
        if len(new) > min(len(against.only_b), 1):
            figures += new
    sizes = len(text.codes), len(other.codes)
    digest = bool(sizes[1]) and sizes[0] / sizes[1] < MIN_DIGEST_SHARE
    return Loss(people[:_SHOWN], tuple(figures[:_SHOWN]), _passages(text, other, own)[:_SHOWN], digest)


def _touching(text: Document, own: npt.NDArray[np.bool_]) -> list[Fact]:
    """The facts outside of idle lines of which some character is among ``own``."""
    facts = own_facts(text)
    if not facts:
        return []
    spans = np.searchsorted(text.offsets[:-1], [fact.span for fact in facts])
    before = np.concatenate([[0], np.cumsum(own)])
    touched = before[spans[:, 1]] > before[spans[:, 0]]
    return [fact for fact, hit in zip(facts, touched.tolist(), strict=True) if hit]


def _figures(facts: Sequence[Fact], kind: str) -> list[Fact]:
    """Figures that say something: with a unit, in percent or of three digits; a list's numbering is none."""
    found = []
    for fact in facts:
        if fact.kind != kind or fact.value.startswith("tel:"):
            continue
        digits = fact.value.rstrip("%")
        if kind == "serial" or fact.value.endswith("%") or len(digits) > 2 or not fact.text.strip()[-1:].isdigit():
            found.append(fact)
    return found


def _passages(text: Document, other: Document, own: npt.NDArray[np.bool_]) -> tuple[str, ...]:
    """Runs of own characters whose 5-grams the other text has nowhere, as far as they are more than a sentence."""
    where = np.flatnonzero(own)
    if len(where) < MIN_PASSAGE_CHARS:
        return ()
    grams = unseen_grams(text.codes, other)
    unseen = np.zeros(len(own), dtype=np.bool_)
    unseen[: len(grams)] = grams
    unseen &= own
    breaks = np.flatnonzero(np.diff(where) > _ISLAND_CHARS + GRAM_CHARS) + 1
    found = []
    for run in np.split(where, breaks):
        start, end = int(run[0]), int(run[-1]) + 1
        if int(unseen[start:end].sum()) >= MIN_PASSAGE_CHARS:
            first, last = int(text.offsets[start]), int(text.offsets[end - 1]) + 1
            found.append(text.folded[first : min(last, first + _SHOWN_CHARS)])
    return tuple(found)
