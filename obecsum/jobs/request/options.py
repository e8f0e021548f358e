"""What a job can be told to do, checked before anything is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from obecsum.core.arguments import did_you_mean
from obecsum.core.choices import (
    DEFAULT_MIN_JACCARD,
    DEFAULT_MODEL,
    POLICIES,
    STRICTNESSES,
    SUMMARY_KINDS,
    Policy,
    Strictness,
    SummaryKind,
)
from obecsum.core.errors import OptionError

if TYPE_CHECKING:
    from obecsum.dedup.strictness import Rule

__all__ = [
    "RULES",
    "Options",
    "Refusal",
    "check",
    "chosen_kinds",
    "chosen_policy",
    "chosen_strictness",
]

_MOST = 1 << 60  # what every library takes as a number
DEFAULT_INDEX_WAIT_S = 60.0
DEFAULT_MAX_RECORDS = 50_000_000
DEFAULT_MAX_STDIN_BYTES = 32 << 30


Refusal = tuple[str, str]
"""What is allowed, in words that follow "must be", and advice that ends the message (or nothing)."""


def _share(value: float) -> Refusal | None:
    if 0 < value <= 1:
        return None
    return "in (0, 1]", f"; did you mean {value / 100:g}?" if 1 < value <= 100 else ""


def _at_least(least: float, advice: str = "") -> Callable[[float], Refusal | None]:
    def rule(value: float) -> Refusal | None:
        if not value >= least:  # nor is what is no number
            return f"at least {least}", advice
        return None if value <= _MOST else (f"at most {_MOST:,}", advice)

    return rule


def _above_zero(value: float) -> Refusal | None:
    return None if 0 < value < float("inf") else ("above 0", "")


def _one_of(names: Sequence[str], advice: str = "") -> Callable[[str], Refusal | None]:
    def rule(value: str) -> Refusal | None:
        if value in names:
            return None
        return f"one of {', '.join(names)}", did_you_mean(value, names, advice)

    return rule


def _field(value: str) -> Refusal | None:
    from obecsum.feeds.records.fields import ROLES

    role, _, name = value.partition("=")
    if not name:
        return "ROLE=NAME", "; write for example text=body"
    return None if role in ROLES else (f"ROLE=NAME with a role of {', '.join(ROLES)}", "; write for example text=body")


def _encoding(value: str) -> Refusal | None:
    from obecsum.feeds.records.encoding import ENCODINGS, chosen_encoding

    try:
        chosen_encoding(value)
    except OptionError:
        return f"one of {', '.join(ENCODINGS)}", "; leave it out to let the bytes decide"
    return None


def _delimiter(value: str) -> Refusal | None:
    from obecsum.feeds.sources import chosen_delimiter

    try:
        chosen_delimiter(value)
    except OptionError:
        return "one sign such as , ; | or tab", "; leave it out to go by the header"
    return None


def _format(value: str) -> Refusal | None:
    from obecsum.feeds.read import FORMATS

    return _one_of(FORMATS, "; leave it out to go by the name and the content")(value)


def _to(value: str) -> Refusal | None:
    from obecsum.feeds.write.writers import WRITE_FORMATS

    return _one_of(WRITE_FORMATS)(value)


def _date(value: str) -> Refusal | None:
    from obecsum.text.timestamps import parse_date

    if parse_date(value) is not None:
        return None
    return "a date such as 2024-07-01, 2024-07-01T09:30, 1/7/2567 or 1 กรกฎาคม 2567", ""


RULES: Mapping[str, Callable[[Any], Refusal | None]] = {
    "batch_size": _at_least(1),
    "before": _date,
    "delimiter": _delimiter,
    "dim": _at_least(1),
    "encoding": _encoding,
    "field": _field,
    "format": _format,
    "index_wait": _at_least(0, "; 0 does not wait"),
    "index_wait_s": _at_least(0, "; 0 does not wait"),
    "kind": _one_of(SUMMARY_KINDS, "; leave it out for both"),
    "limit": _at_least(1, "; leave it out to read everything"),
    "max_expanded_bytes": _at_least(1),
    "max_expanded_gb": _above_zero,
    "max_record_bytes": _at_least(1),
    "max_records": _at_least(1),
    "max_stdin_bytes": _at_least(1),
    "max_stdin_gb": _above_zero,
    "max_record_mb": _above_zero,
    "min_containment": _share,
    "min_jaccard": _share,
    "policy": _one_of(POLICIES, "; latest keeps the newest copy, earliest the oldest"),
    "since": _date,
    "strictness": _one_of(STRICTNESSES),
    "to": _to,
    "window_days": _at_least(0),
}
"""Name of an option, as the command and its file have it, to what checks it; others take any value of their type."""


def check(name: str, value: Any) -> None:
    """Check an option's value, wherever it was given: in a call, on the command line, in the environment or in a file.

    Args:
        name: The option's; one without a rule takes anything.
        value: Of the right type; None is always allowed.

    Raises:
        OptionError: It is out of its range.
    """
    refusal = RULES[name](value) if name in RULES and value is not None else None
    if refusal is not None:
        allowed, advice = refusal
        shown = f"{value:g}" if isinstance(value, float) else repr(value)
        raise OptionError(f"{name} must be {allowed}, got {shown}{advice}")


@dataclass(frozen=True, slots=True)
class Options:
    """What a job does; :func:`obecsum.clean` says what each option means.

    Raises:
        OptionError: An option is out of its range.
    """

    summaries: bool = True
    kinds: tuple[SummaryKind, ...] = SUMMARY_KINDS
    model: str = DEFAULT_MODEL
    cut: bool = True
    strictness: Strictness = "cautious"
    min_jaccard: float | None = None
    min_containment: float = 0.8
    policy: Policy = "most_complete"
    prefer_sources: tuple[str, ...] = ()
    batch_size: int = 16
    input_format: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    max_record_bytes: int | None = None
    max_expanded_bytes: int | None = None
    max_records: int = DEFAULT_MAX_RECORDS
    max_stdin_bytes: int = DEFAULT_MAX_STDIN_BYTES
    limit: int | None = None
    since: str | None = None
    index: str | None = None
    index_wait_s: float = DEFAULT_INDEX_WAIT_S
    new_only: bool = False
    to: tuple[str, ...] = ()
    dry_run: bool = False

    def __post_init__(self) -> None:
        for name in RULES:
            value = getattr(self, name, None)
            for one in value if isinstance(value, tuple) else (value,):
                check(name, one)
        check("format", self.input_format)
        self.rule  # noqa: B018 - what it refuses is refused now
        if self.new_only and self.index is None:
            raise OptionError("new_only needs an index: it leaves out what the index has; name one with index")

    @property
    def rule(self) -> Rule:
        """Who may go."""
        from obecsum.dedup.strictness import Rule

        return Rule(self.strictness, self.min_jaccard)

    @property
    def compared_from(self) -> float:
        """The Jaccard similarity from which on pairs are compared: ``min_jaccard``, or its default."""
        return DEFAULT_MIN_JACCARD if self.min_jaccard is None else self.min_jaccard

    def to_json(self) -> dict[str, Any]:
        """As report.json has them."""
        return {
            "summaries": list(self.kinds) if self.summaries else [],
            "model": self.model if self.summaries else None,
            "cut": self.cut,
            "strictness": self.strictness,
            "min_jaccard": self.compared_from,
            "min_containment": self.min_containment,
            "policy": self.policy,
            "prefer_sources": list(self.prefer_sources),
            "limit": self.limit,
            "since": self.since,
            "index": self.index,
            "new_only": self.new_only,
            "to": list(self.to),
        }


def chosen_kinds(kind: str | None, *, summaries: bool = True) -> tuple[SummaryKind, ...]:
    """The kinds of summary that are asked for.

    Args:
        kind: "summary", "headline", or None for both.
        summaries: Whether any are asked for.

    Raises:
        OptionError: An unknown kind, or one where none are asked for.
    """
    check("kind", kind)
    if kind is None:
        return SUMMARY_KINDS
    if not summaries:
        raise OptionError(f"kind={kind!r} asks for summaries that summaries=False leaves out; give one of the two")
    return tuple(one for one in SUMMARY_KINDS if one == kind)


def chosen_policy(policy: str) -> Policy:
    """The policy of a name.

    Raises:
        OptionError: There is none of that name.
    """
    check("policy", policy)
    return next(one for one in POLICIES if one == policy)


def chosen_strictness(strictness: str) -> Strictness:
    """The strictness of a name.

    Raises:
        OptionError: There is none of that name.
    """
    check("strictness", strictness)
    return next(one for one in STRICTNESSES if one == strictness)
