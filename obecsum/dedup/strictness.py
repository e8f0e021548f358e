"""Who may go, by how strict a clean-up is."""

from __future__ import annotations

from dataclasses import dataclass

from obecsum.comparison.account.judge import CERTAIN
from obecsum.comparison.compare import MOST_LOST, Comparison
from obecsum.core.arguments import did_you_mean
from obecsum.core.choices import STRICTNESSES, Strictness
from obecsum.core.errors import OptionError

__all__ = ["LEAST_SIMILARITY", "Rule"]

LEAST_SIMILARITY = 0.8
"""Below this Jaccard similarity plain MinHash deletes more updates than copies."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Decides of two compared releases which may go for the other.

    Attributes:
        strictness: ``cautious``: only what is a duplicate or contained and of which less than one telling word would be
            lost. ``balanced``: less than what decides alone (a figure, a denial, one name for another). ``similarity``:
            whatever is as alike as ``min_jaccard``, news or not, as plain MinHash does.
        min_jaccard: For ``similarity``.

    Raises:
        OptionError: An unknown strictness, or ``similarity`` without a ``min_jaccard`` of at least 0.8.
    """

    strictness: Strictness = "cautious"
    min_jaccard: float | None = None

    def __post_init__(self) -> None:
        if self.strictness not in STRICTNESSES:
            meant = did_you_mean(self.strictness, STRICTNESSES)
            raise OptionError(f"strictness must be one of {', '.join(STRICTNESSES)}, got {self.strictness!r}{meant}")
        if self.strictness == "similarity" and (self.min_jaccard or 0) < LEAST_SIMILARITY:
            got = "none was given" if self.min_jaccard is None else f"got {self.min_jaccard:g}"
            raise OptionError(
                f"strictness 'similarity' needs an explicit min_jaccard of at least {LEAST_SIMILARITY}, {got}: it "
                "removes whatever is so alike, and below that most of it is news"
            )

    def can_go(self, found: Comparison, *, first: bool) -> bool:
        """Whether the first, or the second, of two compared releases can go for the other."""
        if self.strictness == "similarity":
            return self.min_jaccard is not None and found.jaccard >= self.min_jaccard
        return found.can_go(first=first, most_lost=MOST_LOST if self.strictness == "cautious" else CERTAIN)

    def is_possible(self, found: Comparison) -> bool:
        """Whether a person should look: they say the same by their facts, but something would be lost with either."""
        return found.says_the_same and not self.can_go(found, first=True) and not self.can_go(found, first=False)
