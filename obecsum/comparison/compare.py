"""What kind of "again" a second text is: :func:`compare`."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from obecsum.comparison.account.account import Account, Difference, accounts
from obecsum.comparison.alignment.align import Change, align
from obecsum.comparison.alignment.blocks import find_blocks
from obecsum.comparison.alignment.document import Document, anchors, document_of
from obecsum.comparison.evidence import Evidence, measure, unequal
from obecsum.comparison.relation import Relation, decide
from obecsum.text.argument import text_argument

__all__ = ["MOST_LOST", "SHORT_CHARS", "Comparison", "accounts_of", "compare", "compare_documents"]

MOST_LOST = 1.0
"""A text can go if what would be lost with it weighs less: less than one word that one release in a thousand has."""
SHORT_CHARS = 400
"""With a text of fewer characters, white space aside, nothing may be lost."""
_CONTRADICTING = frozenset({"negation", "figure", "opposite"})
_SHOWN_CHARS = 60
_EMPTY = Account()


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
            containment says which text is held by the other.
        text_a: The first text as given.
        text_b: The second text as given.
        reasons: What spoke for an update, in words; empty if nothing did.
        evidence: All that the decision was made on, in the order in which the texts were compared; None if they
            are equal.
        known_accounts: Both accounts, where comparing needed them; :attr:`account_a` and :attr:`account_b` give them
            for any relation.
    """

    relation: Relation
    jaccard: float
    containment_a_in_b: float
    containment_b_in_a: float
    text_a: str = field(repr=False)
    text_b: str = field(repr=False)
    reasons: tuple[str, ...] = ()
    evidence: Evidence | None = field(default=None, repr=False, compare=False)
    known_accounts: tuple[Account, Account] | None = field(default=None, repr=False, compare=False)

    @property
    def says_the_same(self) -> bool:
        """Whether one of the texts may go for the other at all: they are duplicates, or one is contained."""
        return self.relation in ("duplicate", "contained")

    @cached_property
    def _accounts(self) -> tuple[Account, Account]:
        if self.known_accounts is not None:
            return self.known_accounts
        return accounts_of(document_of(self.text_a), document_of(self.text_b))

    @property
    def account_a(self) -> Account:
        """The differences, judged for the first going and the second staying.

        Of ``duplicate`` and ``contained`` they decide; of the other relations both texts are news, and they are worked
        out when they are asked for.
        """
        return self._accounts[0]

    @property
    def account_b(self) -> Account:
        """The differences, judged for the second going and the first staying."""
        return self._accounts[1]

    @property
    def lost_a(self) -> tuple[Difference, ...]:
        """What would be lost if the first went for the second, the gravest first."""
        return self.account_a.lost

    @property
    def lost_b(self) -> tuple[Difference, ...]:
        """What would be lost if the second went for the first, the gravest first."""
        return self.account_b.lost

    @property
    def a_can_go(self) -> bool:
        """Whether the second says all that the first says, see :meth:`can_go`."""
        return self.can_go(first=True)

    @property
    def b_can_go(self) -> bool:
        """Whether the first says all that the second says."""
        return self.can_go(first=False)

    def can_go(self, *, first: bool, most_lost: float = MOST_LOST) -> bool:
        """Whether one text can go for the other.

        Of a short text (under 400 characters without white space) nothing may be lost; of two short ones neither may
        say more than the other: a word more is then another item, not a longer report.

        Args:
            first: Whether the first would go, or the second.
            most_lost: What would be lost must weigh less.
        """
        if not self.says_the_same:
            return False
        mine, other = (self.account_a, self.account_b) if first else (self.account_b, self.account_a)
        if self.evidence is None:
            return True
        sizes = (self.evidence.size_a, self.evidence.size_b)
        if sizes[not first] >= SHORT_CHARS:
            return mine.weight < most_lost
        return mine.weight == 0 and (other.weight == 0 or sizes[first] >= SHORT_CHARS)

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
            None if self.known_accounts is None else (self.known_accounts[1], self.known_accounts[0]),
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
    return compare_documents(document_of(text_argument(a, name="a")), document_of(text_argument(b, name="b")))


def compare_documents(a: Document, b: Document, *, days_apart: int | None = None) -> Comparison:
    """As :func:`compare`, over documents: for many comparisons of the same texts.

    Args:
        a: First text.
        b: Second text.
        days_apart: Days between their publication, where known. The same release is posted again within weeks; what
            returns after months in a changed text is the next occasion, even if no fact in it says so.
    """
    if a.codes.tobytes() == b.codes.tobytes():
        return Comparison("duplicate", 1.0, 1.0, 1.0, a.text, b.text, known_accounts=(_EMPTY, _EMPTY))
    chain, moved = find_blocks(a.codes, b.codes, anchors_a=anchors(a), anchors_b=anchors(b))
    passages = [*chain, *moved]
    own_a = unequal(a, [(block.a, block.length) for block in passages])
    own_b = unequal(b, [(block.b, block.length) for block in passages])
    evidence = measure(a, b, own_a, own_b)
    decision = decide(evidence, days_apart=days_apart)
    shares = (evidence.jaccard, evidence.a_in_b, evidence.b_in_a)
    found = None
    relation, reasons = decision.relation, decision.reasons
    if relation in ("duplicate", "contained"):
        found = accounts(a, b, chain)
        contradictions = _contradictions(*found)
        if contradictions:
            relation, reasons = "update", (*reasons, *contradictions)
    return Comparison(relation, *shares, a.text, b.text, reasons, evidence, found)


def accounts_of(a: Document, b: Document) -> tuple[Account, Account]:
    """What would be lost if the first text went for the second, and the reverse, whatever their relation."""
    chain, _ = find_blocks(a.codes, b.codes, anchors_a=anchors(a), anchors_b=anchors(b))
    return accounts(a, b, chain)


def _contradictions(a: Account, b: Account) -> tuple[str, ...]:
    """What makes a correction or a cancellation of a release that repeats it: both texts deny, or state another figure.

    A figure or a denial that only one text has is something more that it says.
    """
    kinds = {d.kind for d in a.lost} & {d.kind for d in b.lost} & _CONTRADICTING
    kinds |= {d.kind for d in (*a.lost, *b.lost)} & {"correction"}
    found = {}
    for kind in sorted(kinds):
        first = next((d for d in a.lost if d.kind == kind), None)
        second = first or next(d for d in b.lost if d.kind == kind)
        before, after = (second.text, second.other) if first else (second.other, second.text)
        found[kind] = f"{kind}: {before[:_SHOWN_CHARS]} / {after[:_SHOWN_CHARS]}"
    return tuple(found.values())
