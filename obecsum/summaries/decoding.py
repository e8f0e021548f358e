"""What the model may write, step by step: logits processors that keep a summary within its source.

They are ordinary :class:`transformers.LogitsProcessor` objects, one row of state for each source of the batch, so
beam search, sampling and greedy decoding all obey them and no remote code is needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from transformers import LogitsProcessor

__all__ = ["NameLock", "NoRepeatedPhrase", "PieceLock"]


class PieceLock(LogitsProcessor):
    """Forbids pieces for a whole generation: number slots that the source lacks, raw digits, control tokens.

    Args:
        forbidden: (batch, vocabulary) bool: True where a piece must not be written.
    """

    def __init__(self, forbidden: torch.Tensor) -> None:
        self.forbidden = forbidden

    def __call__(self, input_ids: torch.LongTensor, scores: torch.FloatTensor) -> torch.FloatTensor:  # noqa: ARG002
        """Scores, (batch x beams, vocabulary), with the forbidden pieces at minus infinity."""
        num_beams = scores.shape[0] // self.forbidden.shape[0]
        mask = self.forbidden.repeat_interleave(num_beams, dim=0) if num_beams > 1 else self.forbidden
        return scores.masked_fill(mask, float("-inf"))  # type: ignore[return-value]


class NoRepeatedPhrase(LogitsProcessor):
    """Forbids a run of ``size`` pieces to be written twice, and a piece to follow itself; exempt pieces may do both.

    transformers' own n-gram blocking knows no exemption and would forbid 1,000 or two amounts in the same words.

    Args:
        size: Pieces in a phrase, at least 2.
        exempt: Ids that may repeat (number slots, digits).
        spaces: Ids of pieces that are nothing but a space: they may repeat and do not part a phrase.
        twins: Piece -> the pieces that say the same (with and without a leading space).
    """

    def __init__(
        self,
        size: int,
        exempt: Sequence[int],
        *,
        spaces: Sequence[int] = (),
        twins: Mapping[int, Sequence[int]] | None = None,
    ) -> None:
        self.size = size
        self.max_period = 8
        self.spaces = frozenset(spaces)
        self.exempt = frozenset(exempt) | self.spaces
        self.twins = twins or {}

    def __call__(self, input_ids: torch.LongTensor, scores: torch.FloatTensor) -> torch.FloatTensor:
        """Scores with the pieces at minus infinity that would repeat a phrase."""
        for row, written in enumerate(input_ids.tolist()):
            written = written[1:]  # the decoder's start piece
            banned = set()
            solid = [piece for piece in written if piece not in self.spaces]
            if solid:
                banned.add(solid[-1])
                banned.update(self.twins.get(solid[-1], ()))
            if len(written) >= self.size:
                prefix = written[-(self.size - 1) :]
                for start in range(len(written) - self.size + 1):
                    if written[start : start + self.size - 1] == prefix:
                        banned.add(written[start + self.size - 1])
            banned -= self.exempt
            # Nor does a phrase follow itself at once, slots or not: 1 อำเภอ 1 อำเภอ.
            for period in range(2, min(self.max_period, (len(solid) + 1) // 2) + 1):
                phrase = solid[-period:]
                if phrase[1:] == solid[-(2 * period - 1) : -period] and not self.exempt.issuperset(phrase):
                    banned.add(phrase[0])
            if banned:
                scores[row, list(banned)] = float("-inf")
        return scores


class NameLock(LogitsProcessor):
    """Lets a person's or a place's name go on only as it goes on in the source.

    After a title (นาย, พล.ต.อ.) or a place's head word (จังหวัด) only pieces follow that follow it somewhere in the
    source; inside a person's name only that name's own next piece, until the name may end. So the names of two people
    are not blended into a third.

    Args:
        heads: For each source, piece -> the pieces that may follow it; a head that the source lacks maps to none and is
            thereby forbidden itself.
        names: For each source, the pieces of every person's name, title included; and beside each piece whether the
            name may end before it (a surname may be left out).
        end_ids: Pieces that are always allowed (the end of the summary).
    """

    def __init__(
        self,
        heads: Sequence[Mapping[int, frozenset[int]]],
        names: Sequence[Sequence[tuple[tuple[int, ...], tuple[bool, ...]]]],
        end_ids: Sequence[int],
    ) -> None:
        self.heads = heads
        self.end_ids = tuple(end_ids)
        self.absent = [sorted(head for head, following in row.items() if not following) for row in heads]
        # prefix of a name -> (next pieces, whether something else may follow)
        self.tries: list[dict[tuple[int, ...], tuple[set[int], bool]]] = []
        for row in names:
            trie: dict[tuple[int, ...], tuple[set[int], bool]] = {}
            for pieces, may_end in row:
                for size in range(2, len(pieces) + 1):
                    following, free = trie.get(pieces[:size], (set(), False))
                    if size == len(pieces):
                        free = True
                    else:
                        following.add(pieces[size])
                        free = free or may_end[size]
                    trie[pieces[:size]] = (following, free)
            self.tries.append(trie)
        self.longest = [max((len(pieces) for pieces, _ in row), default=0) for row in names]

    def __call__(self, input_ids: torch.LongTensor, scores: torch.FloatTensor) -> torch.FloatTensor:
        """Scores with the pieces at minus infinity that no name of the source goes on with."""
        num_beams = scores.shape[0] // len(self.heads)
        for row, written in enumerate(input_ids.tolist()):
            source = row // num_beams
            written = written[1:]
            allowed: set[int] | None = None
            for size in range(min(self.longest[source], len(written)), 1, -1):
                found = self.tries[source].get(tuple(written[-size:]))
                if found is not None:
                    following, free = found
                    allowed = None if free else following
                    break
            else:
                if written:
                    following_head = self.heads[source].get(written[-1])
                    if following_head:
                        allowed = set(following_head)
            if allowed is not None:
                keep = list(allowed)
                limited = torch.full_like(scores[row], float("-inf"))
                limited[keep] = scores[row, keep]
                # Where every way on is forbidden by another processor the summary may at least end.
                if torch.isinf(limited).all():
                    limited[list(self.end_ids)] = scores[row, list(self.end_ids)]
                scores[row] = limited
            if self.absent[source]:
                scores[row, self.absent[source]] = float("-inf")
        return scores
