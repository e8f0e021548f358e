"""What a job can be told to do, checked before anything is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from obecsum.errors import OptionError

if TYPE_CHECKING:
    from obecsum.dedup.groups import Policy
    from obecsum.summaries.summarizer import Kind

__all__ = ["DEFAULT_MODEL", "KINDS", "POLICIES", "Options", "check_share", "chosen_kinds", "chosen_policy"]

KINDS: tuple[Kind, ...] = ("summary", "headline")
POLICIES: tuple[Policy, ...] = ("most_complete", "earliest", "latest", "longest")
DEFAULT_MODEL = "obecsum-th"


@dataclass(frozen=True, slots=True)
class Options:
    """What a job does; :func:`obecsum.clean` says what each option means.

    Raises:
        OptionError: An option is out of its range.
    """

    summaries: bool = True
    kinds: tuple[Kind, ...] = KINDS
    model: str = DEFAULT_MODEL
    cut: bool = True
    min_jaccard: float = 0.5
    min_containment: float = 0.8
    policy: Policy = "most_complete"
    prefer_sources: tuple[str, ...] = ()
    batch_size: int = 16
    input_format: str | None = None
    limit: int | None = None

    def __post_init__(self) -> None:
        check_share("min_jaccard", self.min_jaccard)
        check_share("min_containment", self.min_containment)
        chosen_policy(self.policy)
        if self.batch_size < 1:
            raise OptionError(f"batch_size must be at least 1, got {self.batch_size}")
        if self.limit is not None and self.limit < 1:
            raise OptionError(f"limit must be at least 1, got {self.limit}; leave it out to read everything")

    def to_json(self) -> dict[str, Any]:
        """As report.json has them."""
        return {
            "summaries": list(self.kinds) if self.summaries else [],
            "model": self.model if self.summaries else None,
            "cut": self.cut,
            "min_jaccard": self.min_jaccard,
            "min_containment": self.min_containment,
            "policy": self.policy,
            "prefer_sources": list(self.prefer_sources),
            "limit": self.limit,
        }


def check_share(name: str, value: float) -> None:
    """Check a share of 1.

    Raises:
        OptionError: It is not in (0, 1]; a percentage is told from other mistakes.
    """
    if 0 < value <= 1:
        return
    hint = f"; did you mean {value / 100:g}?" if 1 < value <= 100 else ""
    raise OptionError(f"{name} must be in (0, 1], got {value:g}{hint}")


def chosen_kinds(kind: str | None, *, summaries: bool = True) -> tuple[Kind, ...]:
    """The kinds of summary that are asked for.

    Args:
        kind: "summary", "headline", or None for both.
        summaries: Whether any are asked for.

    Raises:
        OptionError: An unknown kind, or one where none are asked for.
    """
    if kind is None:
        return KINDS
    chosen = tuple(one for one in KINDS if one == kind)
    if not chosen:
        raise OptionError(f"kind must be one of {', '.join(KINDS)}, got {kind!r}; leave it out for both")
    if not summaries:
        raise OptionError(f"kind={kind!r} asks for summaries that summaries=False leaves out; give one of the two")
    return chosen


def chosen_policy(policy: str) -> Policy:
    """The policy of a name.

    Raises:
        OptionError: There is none of that name.
    """
    for one in POLICIES:
        if one == policy:
            return one
    raise OptionError(f"policy must be one of {', '.join(POLICIES)}, got {policy!r}")
