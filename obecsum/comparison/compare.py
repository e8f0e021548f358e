"""What kind of "again" a second text is: :func:`compare`."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from obecsum.comparison.alignment.align import Change, align
from obecsum.comparison.alignment.blocks import find_blocks
from obecsum.comparison.alignment.document import Document, anchors, document_of
from obecsum.comparison.evidence import Evidence, measure, unequal
from obecsum.comparison.loss import NOTHING, Loss, loss
from obecsum.comparison.relation import Relation, decide

__all__ = ["Comparison", "compare", "compare_documents"]


@dataclass(frozen=True)
class Comparison:
    """How two texts relate, with the evidence.

    Attributes:
        relation: ``duplicate`` (the same release; one suffices), ``contained`` (one holds the other; the longer
            suffices), ``update`` (same series or template, another occasion, place or figure: both are news),
            ``related`` (shares passages, each has its own substance) or ``different``.
        jaccard: Of the sets of character 5-grams of the folded texts without white space, 0 to 1.
        containment_a_in_b: Share of the first text's 5-grams that the second has, 0 to 1.
        containment_b_in_a: Share of the second text's 5-grams that the first has. Of a ``contained`` pair the larger
            containment says which text can go.
        text_a: The first text as given.
        text_b: The second text as given.
        reasons: What spoke for an update, in words; empty if nothing did.
        evidence: All that the decision was made on, in the order in which the texts were compared; None if they
            are equal.
        lost_a: What would be lost if the first went for the second; false if nothing of substance. Only worked out for
            ``duplicate`` and ``contained``.
        lost_b: What would be lost if the second went for the first.
    """

    relation: Relation
    jaccard: float
    containment_a_in_b: float
    containment_b_in_a: float
    text_a: str = field(repr=False)
    text_b: str = field(repr=False)
    reasons: tuple[str, ...] = ()
    evidence: Evidence | None = field(default=None, repr=False, compare=False)
    lost_a: Loss = NOTHING
    lost_b: Loss = NOTHING

    @property
    def a_can_go(self) -> bool:
        """Whether the first can go for the second: a duplicate of it or contained in it, and nothing would be lost."""
        inside = self.relation == "contained" and self.containment_a_in_b >= self.containment_b_in_a
        return (self.relation == "duplicate" or inside) and not self.lost_a

    @property
    def b_can_go(self) -> bool:
        """Whether the second can go for the first."""
        inside = self.relation == "contained" and self.containment_b_in_a > self.containment_a_in_b
        return (self.relation == "duplicate" or inside) and not self.lost_b

    @cached_property
    def changes(self) -> list[Change]:
        """The differences, by their place in the first text; spans count code points of the strings given.

        Worked out when they are asked for: the relation does not need them cut at words.
        """
        return align(self.text_a, self.text_b)

    def reversed(self) -> Comparison:
        """The same comparison with the texts exchanged."""
        return Comparison(
            self.relation,
            self.jaccard,
            self.containment_b_in_a,
            self.containment_a_in_b,
            self.text_b,
            self.text_a,
            self.reasons,
            self.evidence,
            self.lost_b,
            self.lost_a,
        )


def compare(a: str, b: str) -> Comparison:
    """Say how two releases relate.

    Both are compared after folding (spaces, digits' script, quotes and marks unified). The time is bounded:
    alignment is n log n (see :mod:`~.alignment.blocks`), and gaps beyond a fixed size are one change each.

    Args:
        a: First text: title, newline, body.
        b: Second text.

    Returns:
        The relation, exact shares of 5-grams, and the changes from ``a`` to ``b``.

    Raises:
        TypeError: If one of them is no string.

    Example:
        >>> compare("ประชุมครั้งที่ 3/2567 ที่จังหวัดตรัง", "ประชุมครั้งที่ ๓/๒๕๖๗ ที่จังหวัดตรัง").relation
        'duplicate'
    """
    for name, text in (("a", a), ("b", b)):
        if not isinstance(text, str):
            raise TypeError(f"{name} must be a str, got {type(text).__name__}; pass the release's text")
    return compare_documents(document_of(a), document_of(b))


def compare_documents(a: Document, b: Document, *, days_apart: int | None = None) -> Comparison:
    """As :func:`compare`, over documents: for many comparisons of the same texts.

    Args:
        a: First text.
        b: Second text.
        days_apart: Days between their publication, where known. The same release is posted again within weeks; what
            returns after months in a changed text is the next occasion, even if no fact in it says so.
    """
    if a.codes.tobytes() == b.codes.tobytes():
        return Comparison("duplicate", 1.0, 1.0, 1.0, a.text, b.text)
    chain, moved = find_blocks(a.codes, b.codes, anchors_a=anchors(a), anchors_b=anchors(b))
    passages = [*chain, *moved]
    own_a = unequal(a, [(block.a, block.length) for block in passages])
    own_b = unequal(b, [(block.b, block.length) for block in passages])
    evidence = measure(a, b, chain, own_a, own_b)
    decision = decide(evidence, days_apart=days_apart)
    shares = (evidence.jaccard, evidence.a_in_b, evidence.b_in_a)
    lost_a = lost_b = NOTHING
    if decision.relation in ("duplicate", "contained"):
        lost_a, lost_b = loss(a, b, own_a), loss(b, a, own_b)
    return Comparison(decision.relation, *shares, a.text, b.text, decision.reasons, evidence, lost_a, lost_b)
