"""How two releases begin: whether an event is announced or was held, who acts in it, where and when it is.

A release names its event in the headline and the lead, so a difference there weighs more than one further down. All
rules look at what differs: words that both openings share, in passages that are equal, say nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from obecsum.comparison.alignment.blocks import Block, gaps_between
from obecsum.comparison.alignment.document import Document, facts_between, once
from obecsum.comparison.alignment.grams import count_unseen
from obecsum.comparison.facts.conflicts import conflict, is_day
from obecsum.comparison.facts.events import first_actors, first_days, holders, times_of_day, venues
from obecsum.comparison.facts.gaps import EDIT_CHARS, OPENING_CHARS, SPARE_CHARS, Gap, headline_chars, rest, short_gaps
from obecsum.comparison.facts.statements import figures, statements
from obecsum.text.facts import Fact
from obecsum.text.lexicon.countries import find_countries

__all__ = ["Openings", "compare_openings"]

_LEAD_CHARS = 400
_SUBJECT_GAP_CHARS = 10
_OWN_SUBJECT_CHARS = 80
_PAST_LEAD_CHARS = 170

# What is still to come: preparing, inviting, "on the 9th to come" (9 พ.ย. นี้).
_PLANNED = re.compile(
    "เตรียม(?:ที่จะ)?(?:จัด|เปิด|มอบ|ต้อนรับ|ลงพื้นที่|ลงนาม|เดินทาง|เสนอ|ลด|เข้าร่วม|เป็นเจ้าภาพ|ประชุม|ประกาศ|แถลง|ถวาย)"
    "|กำหนดจัด|กำหนดเปิด|มีกำหนด(?:จัด|การ|เดินทาง)|เชิญชวน|ขอเชิญ|(?<!เชิญ)ชวน(?:เที่ยว|ชม|ร่วม|ประชาชน|คน|มา|ออม)|จะจัด|จะมีการจัด|พร้อมจัด|แถลงข่าว(?:การ|เปิดตัว|ความพร้อม)?(?:จัด)?(?:งาน|การจัด)"
    r"|(?:\d|[คยพ]\.|คม|ยน|พันธ์)\s?นี้|จ่อ(?=[ก-ฮ])"
)
# What has taken place, by somebody who is named for it.
_HELD = re.compile(
    "(?<!จะ)เป็นประธาน(?!กรรมการ|คณะ|เจ้าหน้าที่)|เข้าร่วม(?:งาน|พิธี|ประชุม|การประชุม)|ร่วมพิธี|เปิดงาน|ผลการ|(?:เปิด|เริ่ม|จ่าย|โอน(?:เงิน)?|มอบ)แล้ว|ปิดฉาก|เสร็จ(?:เรียบร้อย|สมบูรณ์)?แล้ว"
)
_LATEST = re.compile("ล่าสุด|คืบหน้า|ทะลุ|ยอด(?:รวม|สะสม)")
_WILL, _HAS = re.compile("จะ(?!ต้อง|ได้)"), re.compile("ได้(?!แก่|รับ|ที่|ทั้ง|อย่าง|ว่า|ตาม)|แล้ว")


@dataclass(frozen=True, slots=True)
class Openings:
    """Where two openings contradict each other; None where they do not.

    Attributes:
        stage: ``planned`` and ``held``, or the other way round.
        actors: Who is the first to act in each, if one of them is not named in the other text at all.
        holders: Two people in one post.
        venue: Two venues, each after ณ in the same place.
        venue_is_room: Whether they are rooms, which releases of one event name differently.
        days: The first day that each names, if they differ and the release of one day does not know the other
            event, or others act on it.
        times: Two times of the same day in the same place.
        countries: The countries that each headline names, if they have none in common.
        progress: What one headline reports as the latest figure (ล่าสุด … กว่า 6.8 พันราย) and the other text has nowhere.
        figures: Two figures, or two months or years, in the same place of the headline.
        subjects: How many characters of each lead tell what the other text has nowhere, if that is much in both.
    """

    stage: tuple[str, str] | None = None
    actors: tuple[str, str] | None = None
    holders: tuple[str, str] | None = None
    venue: tuple[str, str] | None = None
    venue_is_room: bool = False
    days: tuple[str, str] | None = None
    times: tuple[str, str] | None = None
    countries: tuple[str, str] | None = None
    progress: str | None = None
    figures: tuple[str, str] | None = None
    subjects: tuple[int, int] | None = None


def compare_openings(
    a: Document, b: Document, chain: list[Block], own_a: npt.NDArray[np.bool_], own_b: npt.NDArray[np.bool_]
) -> Openings:
    """Compare how two releases begin.

    Args:
        a: First text.
        b: Second text.
        chain: Their equal passages in order.
        own_a: For each of ``a.codes`` whether it stands in no equal passage.
        own_b: The same of ``b``.
    """
    gaps = list(short_gaps(a, b, chain))
    venue, is_room = venues(a, b, gaps)
    return Openings(
        stage=_stage(a, b, gaps, own_a, own_b),
        actors=first_actors(a, b),
        holders=holders(a, b, gaps),
        venue=venue,
        venue_is_room=is_room,
        days=first_days(a, b, own_a, own_b),
        times=times_of_day(a, b, gaps),
        countries=_other_countries(a, b),
        progress=_progress(a, b) or _progress(b, a),
        figures=_headline_figures(a, b, gaps),
        subjects=_subjects(a, b, chain),
    )


@once
def _marks(text: Document) -> dict[str, list[tuple[int, int]]]:
    """Where the opening says that its event is to come or has been, in ``text.codes``."""
    end = int(text.offsets[min(OPENING_CHARS, len(text.codes))])
    found = {}
    for name, pattern in (("planned", _PLANNED), ("held", _HELD)):
        spans = [match.span() for match in pattern.finditer(text.folded, 0, end)]
        found[name] = [(int(first), int(last)) for first, last in np.searchsorted(text.offsets, spans)] if spans else []
    return found


def _stage(
    a: Document, b: Document, gaps: list[Gap], own_a: npt.NDArray[np.bool_], own_b: npt.NDArray[np.bool_]
) -> tuple[str, str] | None:
    sides = []
    for text, own in ((a, own_a), (b, own_b)):
        said = {name: any(own[s:e].any() for s, e in spans) for name, spans in _marks(text).items()}
        sides.append("both" if said["planned"] and said["held"] else next((n for n in said if said[n]), None))
    if set(sides) == {"planned", "held"}:
        return (str(sides[0]), str(sides[1]))
    will = has = 0
    for gap in gaps:
        ours, theirs = a.folded[slice(*gap.a)], b.folded[slice(*gap.b)]
        if max(len(ours), len(theirs)) > EDIT_CHARS:
            continue
        will += bool(_WILL.search(ours) and _HAS.search(theirs) and not _HAS.search(ours) and not _WILL.search(theirs))
        has += bool(_HAS.search(ours) and _WILL.search(theirs) and not _WILL.search(ours) and not _HAS.search(theirs))
    if bool(will) == bool(has):
        return None
    return ("planned", "held") if will else ("held", "planned")


def _headline_figures(a: Document, b: Document, gaps: list[Gap]) -> tuple[str, str] | None:
    """A figure, month or year of the headline that is another one in the other headline, in the same words."""
    end_a, end_b = int(a.offsets[headline_chars(a)]), int(b.offsets[headline_chars(b)])
    for gap in gaps:
        if gap.a[1] > end_a or gap.b[1] > end_b:
            continue
        ours, theirs = _counted(facts_between(a, *gap.a)), _counted(facts_between(b, *gap.b))
        if len(ours) == len(theirs) == 1 and ours[0].kind == theirs[0].kind and conflict(ours, theirs).size:
            spare = max(len(rest(a, gap.a, ours[0])), len(rest(b, gap.b, theirs[0])))
            if spare <= SPARE_CHARS:
                return ours[0].value, theirs[0].value
    return None


@once
def _headline_countries(text: Document) -> frozenset[str]:
    return find_countries(text.folded[: int(text.offsets[headline_chars(text)])])


def _other_countries(a: Document, b: Document) -> tuple[str, str] | None:
    ours, theirs = _headline_countries(a), _headline_countries(b)
    if not ours or not theirs or ours & theirs:
        return None
    return ", ".join(sorted(ours)), ", ".join(sorted(theirs))


@once
def _latest(text: Document) -> tuple[Fact, ...]:
    """The figures of the headline behind a word that says that they are the latest."""
    end = int(text.offsets[headline_chars(text)])
    latest = _LATEST.search(text.folded, 0, end)
    return tuple(figures(facts_between(text, latest.end(), end))) if latest else ()


def _progress(text: Document, other: Document) -> str | None:
    known = {fact.value for fact in statements(other).numbers}
    return next((fact.value for fact in _latest(text) if fact.value not in known), None)


def _counted(facts: list[Fact]) -> list[Fact]:
    return [*figures(facts), *(fact for fact in facts if fact.kind == "date")]


def _subjects(a: Document, b: Document, chain: list[Block]) -> tuple[int, int] | None:
    """What each lead tells and the other text has nowhere, people, days and times aside, which have rules of their own.

    Two releases of one template (an innovation each, a flood each) differ in little more than that.
    """
    told = []
    for side, (text, other) in enumerate(((a, b), (b, a))):
        start = headline_chars(text)
        unseen = 0
        for gap in gaps_between(chain, len(a.codes), len(b.codes)):
            first, last = max(gap[2 * side], start), gap[2 * side + 1]
            if gap[2 * side] >= start + _LEAD_CHARS:
                break
            if last - first < _SUBJECT_GAP_CHARS:
                continue
            facts = facts_between(text, int(text.offsets[first]), int(text.offsets[last - 1]) + 1)
            if any(fact.kind in ("person", "time") or (fact.kind == "date" and is_day(fact.value)) for fact in facts):
                continue
            last = min(last, start + _LEAD_CHARS + _PAST_LEAD_CHARS)
            unseen += count_unseen(text.codes[first:last], other)
        told.append(unseen)
        if unseen < _OWN_SUBJECT_CHARS:
            return None
    return told[0], told[1]
