"""Who did what, when and where, and the figures: words of a release, with where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import NamedTuple

from obecsum.summaries.extract.clause import Clause
from obecsum.summaries.extract.reading import Reading, Span
from obecsum.summaries.extract.units import Unit, find_units

__all__ = ["Copied", "Frame", "find_frame"]

_UNITS_READ = 3
_MOST_FIGURES = 8
_WHAT_CHARS = 160


class Copied(NamedTuple):
    """Words of the text given.

    Attributes:
        text: The words, normalized.
        span: Where they stand in the text given.
    """

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Frame:
    """What a release's first sentences say of its event; ``dict(frame)`` works.

    Attributes:
        who: Who acts or speaks, with their post; None where no sentence begins with anybody.
        what: What they do or say.
        when: The first date, with its hour.
        where: The first place.
        figures: The first numbers that count something, with their units.
    """

    who: Copied | None = None
    what: Copied | None = None
    when: Copied | None = None
    where: Copied | None = None
    figures: tuple[Copied, ...] = ()

    def parts(self) -> dict[str, Copied | None]:
        """All but the figures, by name."""
        return {"who": self.who, "what": self.what, "when": self.when, "where": self.where}

    def keys(self) -> Iterator[str]:
        """The names of the five."""
        return (field.name for field in fields(self))

    def __getitem__(self, name: str) -> Copied | tuple[Copied, ...] | None:
        if name not in self.keys():
            raise KeyError(name)
        value: Copied | tuple[Copied, ...] | None = getattr(self, name)
        return value


def find_frame(reading: Reading, units: list[Unit] | None = None) -> Frame:
    """The frame of a release that was read, from its first three sentences.

    Args:
        reading: The release.
        units: Its sentences, if they are known.
    """
    units = find_units(reading) if units is None else units
    found: dict[str, Copied] = {}
    figures: list[Copied] = []
    for unit in units[:_UNITS_READ]:
        clause = Clause(unit.text)

        def copied(start: int, end: int, unit: Unit = unit) -> Copied:
            text = unit.text[start:end]
            start += len(text) - len(text.lstrip())
            return Copied(text.strip(), reading.span(unit.start + start, unit.start + start + len(text.strip())))

        if "who" not in found and clause.subject is not None and not clause.is_subordinate:
            found["who"] = copied(*clause.subject)
            action = clause.action(max_chars=_WHAT_CHARS)
            if action is not None:
                found["what"] = copied(*action)
        dates = [fact for fact in clause.facts if fact.kind == "date"]
        if "when" not in found and dates:
            start, end = dates[0].span
            hour = next((f for f in clause.facts if f.kind == "time" and 0 <= f.span[0] - end <= 8), None)
            found["when"] = copied(start, hour.span[1] if hour else end)
        place = next((fact for fact in clause.facts if fact.kind == "place"), None)
        if "where" not in found and place is not None:
            found["where"] = copied(*place.span)
        figures += [copied(*fact.span) for fact in clause.facts if fact.kind == "number" and len(fact.text) > 2]
    return Frame(**found, figures=tuple(figures[:_MOST_FIGURES]))
