"""How two releases begin: whether an event is announced or was held, who acts in it, where and when it is.

A release names its event in the headline and the lead, so a difference there weighs more than one further down. All
rules look at what differs: words that both openings share, in passages that are equal, say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from obecsum.dedup.blocks import Block, gaps_between
from obecsum.dedup.conflicts import conflict
from obecsum.dedup.prepared import Prepared, facts_between, once
from obecsum.dedup.statements import figures, statements
from obecsum.thai.facts import Fact, agrees

__all__ = ["DATE_WORDS", "OPENING_CHARS", "Openings", "compare_openings", "headline_chars"]

OPENING_CHARS = 700  # of headline and lead, without white space
_HEADLINE_CHARS = 260
_SUBJECT_CHARS = 170  # dateline and venue before the one who acts
_ACTING_CHARS = 250
_DATELINE_CHARS = 600
_EDIT_CHARS = 60
_VENUE_CHARS = 150
_VENUE_HEAD_CHARS = 14
_SAME_VENUE_CHARS = 9

# What is still to come: preparing, inviting, "on the 9th to come" (9 พ.ย. นี้).
_PLANNED = re.compile(
    "เตรียม(?:ที่จะ)?(?:จัด|เปิด|มอบ|ต้อนรับ|ลงพื้นที่|ลงนาม|เดินทาง|เสนอ|ลด|เข้าร่วม|เป็นเจ้าภาพ|ประชุม|ประกาศ|แถลง|ถวาย)"
    "|กำหนดจัด|กำหนดเปิด|มีกำหนด(?:จัด|การ|เดินทาง)|เชิญชวน|ขอเชิญ|(?<!เชิญ)ชวน(?:เที่ยว|ชม|ร่วม|ประชาชน|คน|มา|ออม)|จะจัด|จะมีการจัด|พร้อมจัด"
    r"|(?:\d|[คยพ]\.|คม|ยน|พันธ์)\s?นี้|จ่อ(?=[ก-ฮ])"
)
# What has taken place, by somebody who is named for it.
_HELD = re.compile(
    "(?<!จะ)เป็นประธาน(?!กรรมการ|คณะ|เจ้าหน้าที่)|เข้าร่วม(?:งาน|พิธี|ประชุม|การประชุม)|ร่วมพิธี|เปิดงาน|ผลการ|เปิดแล้ว|เริ่มแล้ว|ปิดฉาก"
)
_WILL, _HAS = re.compile("จะ(?!ต้อง|ได้)"), re.compile("ได้(?!แก่|รับ|ที่|ทั้ง|อย่าง|ว่า|ตาม)|แล้ว")
_SPEAKS = re.compile("กล่าว|เปิดเผย|ระบุ|ชี้แจง|แถลง|โฆษก|เผย|ย้ำ|ยืนยัน|ให้สัมภาษณ์")
_ACTS = re.compile(
    "ประธาน(?:ใน|การ|เปิด|พิธี|มอบ|กล่าวเปิด)|เข้าร่วม|ร่วม(?:พิธี|งาน|ประชุม|เป็น|วาง|ถวาย|ทำบุญ|จุด|ลงนาม|บันทึก)|ลงพื้นที่|ตรวจ|พิธีเปิด|เปิดงาน"
    "|เปิดนิทรรศการ|เดินทาง|ต้อนรับ|สักขีพยาน|เข้าพบ|มอบ|เจ้าภาพ|หารือ|ลงนาม|เยี่ยม"
)
_ASSIGNS = re.compile("มอบหมาย(?:ให้)?")
# Before a name: it is one of several then, and no subject.
_ALONGSIDE = re.compile(r"(?:และ|พร้อมด้วย|พร้อม|โดยมี|โดย|ร่วมกับ|กับ|ให้|นำโดย)\s*$")
# Held by one person at a time: another name in it is another year.
_POST = re.compile(
    r"\s*(?:รัฐมนตรีว่าการกระทรวง|ปลัดกระทรวง|อธิบดีกรม|นายกรัฐมนตรี|เลขาธิการ|ผู้ว่าราชการจังหวัด|ผู้ว่าการ|ผู้อำนวยการ(?:สำนักงาน|ธนาคาร)|กรรมการผู้จัดการ|ผู้จัดการธนาคาร)"
)
_POST_CHARS = 24
DATE_WORDS = re.compile(r"วันนี้|(?:เมื่อ|ใน|ณ)?วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์)?(?:ที่)?|เวลา|น\.|[()\s.,]")
_SPARE_CHARS = 8


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
        figures: Two figures in the same place of the headline.
    """

    stage: tuple[str, str] | None = None
    actors: tuple[str, str] | None = None
    holders: tuple[str, str] | None = None
    venue: tuple[str, str] | None = None
    venue_is_room: bool = False
    days: tuple[str, str] | None = None
    times: tuple[str, str] | None = None
    figures: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class _Gap:
    """A short difference in the same place of both, in offsets of the folded texts."""

    a: tuple[int, int]
    b: tuple[int, int]


def compare_openings(
    a: Prepared, b: Prepared, chain: list[Block], own_a: npt.NDArray[np.bool_], own_b: npt.NDArray[np.bool_]
) -> Openings:
    """Compare how two releases begin.

    Args:
        a: First text.
        b: Second text.
        chain: Their equal passages in order.
        own_a: For each of ``a.codes`` whether it stands in no equal passage.
        own_b: The same of ``b``.
    """
    gaps = list(_short_gaps(a, b, chain))
    venue, is_room = _venue(a, b, gaps)
    return Openings(
        stage=_stage(a, b, gaps, own_a, own_b),
        actors=_actors(a, b),
        holders=_holders(a, b, gaps),
        venue=venue,
        venue_is_room=is_room,
        days=_days(a, b, own_a, own_b),
        times=_times(a, b, gaps),
        figures=_headline_figures(a, b, gaps),
    )


@once
def headline_chars(text: Prepared) -> int:
    """How many of ``text.codes`` are the headline: the first line, if more follows and it is no paragraph."""
    end = text.text.lstrip().find("\n") + len(text.text) - len(text.text.lstrip())
    if not 0 < end <= _HEADLINE_CHARS:
        return 0
    return int(np.searchsorted(text.starts[text.places[:-1]], end))


def _short_gaps(a: Prepared, b: Prepared, chain: list[Block]) -> Iterator[_Gap]:
    """Two-sided differences that begin in the openings and are no longer than a venue with its address."""
    for start_a, end_a, start_b, end_b in gaps_between(chain, len(a.codes), len(b.codes)):
        if min(start_a, start_b) > OPENING_CHARS:
            return
        if end_a > start_a and end_b > start_b and max(end_a - start_a, end_b - start_b) <= _VENUE_CHARS:
            yield _Gap(
                (int(a.places[start_a]), int(a.places[end_a - 1]) + 1),
                (int(b.places[start_b]), int(b.places[end_b - 1]) + 1),
            )


@once
def _marks(text: Prepared) -> dict[str, list[tuple[int, int]]]:
    """Where the opening says that its event is to come or has been, in ``text.codes``."""
    end = int(text.places[min(OPENING_CHARS, len(text.codes))])
    found = {}
    for name, pattern in (("planned", _PLANNED), ("held", _HELD)):
        spans = [match.span() for match in pattern.finditer(text.folded, 0, end)]
        found[name] = [(int(first), int(last)) for first, last in np.searchsorted(text.places, spans)] if spans else []
    return found


def _stage(
    a: Prepared, b: Prepared, gaps: list[_Gap], own_a: npt.NDArray[np.bool_], own_b: npt.NDArray[np.bool_]
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
        if max(len(ours), len(theirs)) > _EDIT_CHARS:
            continue
        will += bool(_WILL.search(ours) and _HAS.search(theirs) and not _HAS.search(ours) and not _WILL.search(theirs))
        has += bool(_HAS.search(ours) and _WILL.search(theirs) and not _WILL.search(ours) and not _HAS.search(theirs))
    if bool(will) == bool(has):
        return None
    return ("planned", "held") if will else ("held", "planned")


@once
def _actor(text: Prepared) -> Fact | None:
    """Who is the first to act in the lead: its subject, or whom a spokesperson tells of."""
    start = int(text.places[headline_chars(text)])
    end = int(text.places[min(OPENING_CHARS, len(text.codes))])
    limit = start + _SUBJECT_CHARS
    people = [fact for fact in facts_between(text, start, end) if fact.kind == "person" and fact.span[0] >= start]
    for index, fact in enumerate(people):
        if fact.span[0] > limit or _ALONGSIDE.search(text.folded, max(start, fact.span[0] - 16), fact.span[0]):
            return None
        said = _SPEAKS.search(text.folded, fact.span[1], fact.span[1] + _ACTING_CHARS)
        until = said.start() if said else fact.span[1] + _ACTING_CHARS
        given = _ASSIGNS.search(text.folded, fact.span[1], until)
        if given:
            return next(
                (other for other in people[index + 1 :] if given.end() <= other.span[0] <= given.end() + 4), None
            )
        if _ACTS.search(text.folded, fact.span[1], until):
            return fact
        if said is None:
            return None
        limit = said.end() + _SUBJECT_CHARS
    return None


def _actors(a: Prepared, b: Prepared) -> tuple[str, str] | None:
    first, second = _actor(a), _actor(b)
    if first is None or second is None:
        return None
    ours, theirs = first.value.split(" ")[0], second.value.split(" ")[0]
    if _one_name(ours, theirs) or (theirs in _compact(a) and ours in _compact(b)):
        return None
    return ours, theirs


@once
def _compact(text: Prepared) -> str:
    return text.folded.replace(" ", "")


def _one_name(a: str, b: str) -> bool:
    """Whether two first names are one, or one but for a letter."""
    if a == b or a.startswith(b) or b.startswith(a) or a.endswith(b) or b.endswith(a):
        return True
    if abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < 4:
        return False
    first = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[first + 1 :] == b[first + 1 :] or a[first:] == b[first + 1 :] or a[first + 1 :] == b[first:]


def _holders(a: Prepared, b: Prepared, gaps: list[_Gap]) -> tuple[str, str] | None:
    for gap in gaps:
        ours = [fact for fact in facts_between(a, *gap.a) if fact.kind == "person"]
        theirs = [fact for fact in facts_between(b, *gap.b) if fact.kind == "person"]
        if len(ours) != 1 or len(theirs) != 1:
            continue
        x, y = ours[0], theirs[0]
        behind_x = a.folded[x.span[1] : x.span[1] + 60].strip()[:_POST_CHARS]
        behind_y = b.folded[y.span[1] : y.span[1] + 60].strip()[:_POST_CHARS]
        if behind_x == behind_y and _POST.match(behind_x) and not _one_name(x.value.split()[0], y.value.split()[0]):
            return x.value, y.value
    return None


def _venue(a: Prepared, b: Prepared, gaps: list[_Gap]) -> tuple[tuple[str, str] | None, bool]:
    for gap in gaps:
        before = a.folded[max(0, gap.a[0] - _VENUE_HEAD_CHARS - 3) : gap.a[0]]
        at = before.rfind(" ณ ")
        head = before[at + 3 :]
        if at < 0 or " " in head or not b.folded.endswith(before[at:], 0, gap.b[0]):
            continue
        ours, theirs = (head + a.folded[slice(*gap.a)]).strip(), (head + b.folded[slice(*gap.b)]).strip()
        if min(len(ours), len(theirs)) < _SAME_VENUE_CHARS:
            continue
        key_a, key_b = (("ณ" + name.replace(" ", ""))[: _SAME_VENUE_CHARS + len(head)] for name in (ours, theirs))
        if key_a not in _compact(b) and key_b not in _compact(a):
            return (ours, theirs), head.startswith("ห้อง")
    return None, False


def _days(
    a: Prepared, b: Prepared, own_a: npt.NDArray[np.bool_], own_b: npt.NDArray[np.bool_]
) -> tuple[str, str] | None:
    sides = []
    for text in (a, b):
        single = [fact for fact in statements(text).days if "/" not in fact.value]
        sides.append((single, next((fact for fact in single if fact.span[0] < _DATELINE_CHARS), None)))
    (single_a, first_a), (single_b, first_b) = sides
    if first_a is None or first_b is None or agrees(first_a, first_b):
        return None
    known_a = any(agrees(first_a, fact) for fact in single_b)
    known_b = any(agrees(first_b, fact) for fact in single_a)
    if known_a or known_b:
        actors_a, actors_b = _acting_on(a, first_a), _acting_on(b, first_b)
        # One of them tells of both days, the other only of its own, on which somebody acts: the day of a later event.
        # A dateline that was dropped leaves no day in its place, so both must stand in what differs.
        later = (not known_a and actors_a) or (not known_b and actors_b)
        apart = later and _touches(a, first_a, own_a) and _touches(b, first_b, own_b)
        if not apart and (not actors_a or not actors_b or actors_a & actors_b):
            return None
    return first_a.value, first_b.value


def _touches(text: Prepared, fact: Fact, own: npt.NDArray[np.bool_]) -> bool:
    first, last = np.searchsorted(text.places, fact.span)
    return bool(own[first:last].any())


def _acting_on(text: Prepared, day: Fact) -> frozenset[str]:
    """First names of those who do something behind the day that a text begins with."""
    found = set()
    for fact in facts_between(text, day.span[1], day.span[1] + _ACTING_CHARS):
        if fact.kind != "person":
            continue
        said = _SPEAKS.search(text.folded, fact.span[1], fact.span[1] + 140)
        if _ACTS.search(text.folded, fact.span[1], said.start() if said else fact.span[1] + 100):
            found.add(fact.value.split(" ")[0])
    return frozenset(found)


def _times(a: Prepared, b: Prepared, gaps: list[_Gap]) -> tuple[str, str] | None:
    """Two times in one place, hardly a word around them: reports of one day, or two parts of a program."""
    for gap in gaps:
        ours = [fact for fact in facts_between(a, *gap.a) if fact.kind == "time"]
        theirs = [fact for fact in facts_between(b, *gap.b) if fact.kind == "time"]
        if len(ours) != 1 or len(theirs) != 1 or ours[0].value.split("-")[0] == theirs[0].value.split("-")[0]:
            continue
        if max(gap.a[1] - gap.a[0], gap.b[1] - gap.b[0]) <= _EDIT_CHARS and all(
            len(_rest(text, span, fact)) <= _SPARE_CHARS
            for text, span, fact in ((a, gap.a, ours[0]), (b, gap.b, theirs[0]))
        ):
            return ours[0].value, theirs[0].value
    return None


def _rest(text: Prepared, span: tuple[int, int], fact: Fact) -> str:
    before = text.folded[span[0] : max(span[0], fact.span[0])]
    after = text.folded[min(span[1], fact.span[1]) : span[1]]
    return DATE_WORDS.sub("", before + after)


def _headline_figures(a: Prepared, b: Prepared, gaps: list[_Gap]) -> tuple[str, str] | None:
    """A figure of the headline that is another one in the other headline, with the same words around it."""
    end_a, end_b = int(a.places[headline_chars(a)]), int(b.places[headline_chars(b)])
    for gap in gaps:
        if gap.a[1] > end_a or gap.b[1] > end_b:
            continue
        ours, theirs = figures(facts_between(a, *gap.a)), figures(facts_between(b, *gap.b))
        if len(ours) == len(theirs) == 1 and conflict(ours, theirs).size:
            spare = max(len(_rest(a, gap.a, ours[0])), len(_rest(b, gap.b, theirs[0])))
            if spare <= _SPARE_CHARS:
                return ours[0].value, theirs[0].value
    return None
