"""What kind of "again" a second text is: :func:`compare`."""

from __future__ import annotations

from dataclasses import dataclass, field

from obecsum.dedup.align import Change, Prepared, align_prepared, prepare
from obecsum.dedup.evidence import Evidence, measure
from obecsum.dedup.relation import Relation, decide

__all__ = ["Comparison", "compare", "compare_prepared"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two texts relate, with the evidence.

    Attributes:
        relation: ``duplicate`` (the same release; one suffices), ``contained`` (one holds the other; the longer suffices),
            ``update`` (same series or template, another occasion, place or figure: both are news), ``related`` (shares passages,
            each has its own substance) or ``different``.
        jaccard: Of the sets of character 5-grams of the folded texts without white space, 0 to 1.
        containment_a_in_b: Share of the first text's 5-grams that the second has, 0 to 1.
        containment_b_in_a: Share of the second text's 5-grams that the first has. Of a ``contained`` pair the larger
            containment says which text can go.
        changes: The differences, by their place in the first text; spans count code points of the strings given.
        reasons: What spoke for an update, in words; empty if nothing did.
        evidence: All that the decision was made on, with the texts in the order in which they were compared.
    """

    relation: Relation
    jaccard: float
    containment_a_in_b: float
    containment_b_in_a: float
    changes: list[Change]
    reasons: tuple[str, ...] = ()
    evidence: Evidence | None = field(default=None, repr=False, compare=False)

    def reversed(self) -> Comparison:
        """The same comparison seen from the other text: shares and changes swapped."""
        swapped = {"added": "removed", "removed": "added"}
        changes = [
            Change(swapped.get(c.kind, c.kind), c.after, c.before, c.span_b, c.span_a)
            for c in sorted(self.changes, key=lambda c: (c.span_b, c.span_a))
        ]
        return Comparison(
            self.relation,
            self.jaccard,
            self.containment_b_in_a,
            self.containment_a_in_b,
            changes,
            self.reasons,
            self.evidence,
        )


def compare(a: str, b: str) -> Comparison:
    """Say how two releases relate.

    Both are compared after folding (spaces, digits' script, quotes and marks unified). The time is bounded: alignment is
    n log n (see :mod:`obecsum.dedup.blocks`), gaps beyond a fixed size are one change each.

    Args:
        a: First text: title, newline, body.
        b: Second text.

    Returns:
        The relation, exact shares of 5-grams, and the changes from ``a`` to ``b``.

    Raises:
        TypeError: If one of them is no string.

    Example:
        >>> compare("ประชุมครั้งที่ 3/2567 ที่จังหวัดตรัง", "ประชุมครั้งที่ ๓/๒๕๖๗ ที่ จ.ตรัง").relation
        'duplicate'
    """
    for name, text in (("a", a), ("b", b)):
        if not isinstance(text, str):
            raise TypeError(f"{name} must be a str, got {type(text).__name__}; pass the release's text")
    return compare_prepared(prepare(a), prepare(b))


def compare_prepared(a: Prepared, b: Prepared, *, days_apart: int | None = None) -> Comparison:
    """As :func:`compare`, over prepared texts: for many comparisons of the same texts.

    Args:
        a: First text.
        b: Second text.
        days_apart: Days between their publication, where known. The same release is posted again within weeks; what
            returns after months in a changed text is the next occasion, even if no fact in it says so.
    """
    if a.codes.tobytes() == b.codes.tobytes():
        changes = [] if a.text == b.text else list(align_prepared(a, b).changes)
        return Comparison("duplicate", 1.0, 1.0, 1.0, changes)
    alignment = align_prepared(a, b)
    evidence = measure(a, b, alignment)
    decision = decide(evidence, days_apart=days_apart)
    return Comparison(
        decision.relation,
        evidence.jaccard,
        evidence.a_in_b,
        evidence.b_in_a,
        list(alignment.changes),
        decision.reasons,
        evidence,
    )
