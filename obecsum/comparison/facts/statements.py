"""What one release states, kind by kind, worked out once: days, figures, who takes part, the occasion."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from obecsum.comparison.alignment.document import Document, once
from obecsum.comparison.facts.conflicts import is_day
from obecsum.comparison.facts.idle import own_facts
from obecsum.text.facts import Fact
from obecsum.text.lexicon.patterns import any_of
from obecsum.text.lexicon.starts import matches
from obecsum.text.lexicon.tables import FEASTS, OCCASIONS

__all__ = ["Statements", "figures", "participants", "speaks", "statements"]

_OCCASIONS = re.compile(any_of(OCCASIONS))
# Parts of the country, which no province list has.
_REGIONS = re.compile("ภาค(ตะวันออกเฉียงเหนือ|ตะวันออกเฉียงใต้|ตะวันออก|ตะวันตก|เหนือ|กลาง|ใต้|อีสาน)")
_SAME_REGION = {"อีสาน": "ตะวันออกเฉียงเหนือ"}
# A work that goes on and the same work done are two releases.
_DONE = re.compile("เสร็จสมบูรณ์|ก่อสร้างเสร็จ|แล้วเสร็จและเปิด")
_UNDER_WAY = re.compile(
    "คาด(?:ว่า)?(?:จะ)?(?:ก่อสร้าง|ดำเนินการ)?แล้วเสร็จ|คืบหน้า(?:ไป)?แล้ว|คืบหน้า(?:ไป)?(?:แล้ว)?(?:กว่า)?ร้อยละ"
)
_SPEAKS = re.compile("กล่าว|เปิดเผย|ระบุ|ชี้แจง|แถลง|โฆษก|เผย|ย้ำ|ยืนยัน|ให้สัมภาษณ์")
_SPEAK_CHARS = 140
_PERIODS = ("ประจำเดือน", "ประจำปี", "ปีงบประมาณ", "ปีการศึกษา", "ปีการผลิต", *FEASTS)


@dataclass(frozen=True, slots=True)
class Statements:
    """The facts of one text outside of idle lines, by kind.

    Attributes:
        dates: All dates.
        days: Those that name a day or a range of days.
        months: Those that name a month or a year only.
        periods: Of these, the periods that something is of (ประจำเดือนพฤษภาคม, ปีงบประมาณ 2567, สงกรานต์ 2567).
        serials: Serials.
        places: Places.
        times: Times of day.
        people: Who takes part (see :func:`participants`).
        organizations: Organizations.
        numbers: Figures without telephone numbers.
        occasions: Feasts, seasons, parts of the country, and whether a work is under way or done.
    """

    dates: tuple[Fact, ...]
    days: tuple[Fact, ...]
    months: tuple[Fact, ...]
    periods: tuple[Fact, ...]
    serials: tuple[Fact, ...]
    places: tuple[Fact, ...]
    times: tuple[Fact, ...]
    people: tuple[Fact, ...]
    organizations: tuple[Fact, ...]
    numbers: tuple[Fact, ...]
    occasions: frozenset[str]


@once
def statements(text: Document) -> Statements:
    """What ``text`` states."""
    facts = own_facts(text)
    kinds: dict[str, list[Fact]] = {}
    for fact in facts:
        kinds.setdefault(fact.kind, []).append(fact)
    dates = kinds.get("date", [])
    months = tuple(fact for fact in dates if not is_day(fact.value))
    days = tuple(fact for fact in dates if is_day(fact.value))
    return Statements(
        dates=tuple(dates),
        days=days,
        months=months,
        periods=tuple(fact for fact in months if fact.text.startswith(_PERIODS)),
        serials=tuple(kinds.get("serial", ())),
        places=tuple(kinds.get("place", ())),
        times=tuple(kinds.get("time", ())),
        people=tuple(participants(text, facts)),
        organizations=tuple(kinds.get("organization", ())),
        numbers=tuple(figures(facts)),
        occasions=frozenset(
            {
                *(match.group() for match in matches(_OCCASIONS, text.folded, "occasion")),
                *_regions(text),
                *_stage_of_work(text),
            }
        ),
    )


def speaks(text: Document, fact: Fact) -> bool:
    """Whether words of speaking follow a person."""
    return bool(_SPEAKS.search(text.folded, fact.span[1], fact.span[1] + _SPEAK_CHARS))


def participants(text: Document, facts: Sequence[Fact]) -> list[Fact]:
    """Who took part: everyone but those who only speak (another spokesperson repeats the same release)."""
    people = [fact for fact in facts if fact.kind == "person"]
    speakers = {fact.value.split(" ")[0] for fact in people if speaks(text, fact)}
    return [fact for fact in people if fact.value.split(" ")[0] not in speakers]


def figures(facts: Sequence[Fact]) -> list[Fact]:
    """Figures; a telephone number is none."""
    return [fact for fact in facts if fact.kind == "number" and not fact.value.startswith("tel:")]


def _regions(text: Document) -> set[str]:
    return {f"ภาค{_SAME_REGION.get(name, name)}" for name in set(_REGIONS.findall(text.folded))}


def _stage_of_work(text: Document) -> set[str]:
    if "เสร็จ" not in text.folded and "คืบหน้า" not in text.folded:
        return set()
    if _UNDER_WAY.search(text.folded):
        return {"under way"}
    return {"done"} if _DONE.search(text.folded) else set()
