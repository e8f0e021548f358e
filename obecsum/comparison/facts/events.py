"""The event that an opening tells of: who acts in it, in which post, where, on which day and at what time."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from obecsum.comparison.alignment.document import Document, compact, facts_between, once
from obecsum.comparison.facts.gaps import EDIT_CHARS, OPENING_CHARS, SPARE_CHARS, Gap, headline_chars, rest
from obecsum.comparison.facts.statements import statements
from obecsum.text.facts import Fact, agrees

__all__ = ["first_actors", "first_days", "holders", "said_day", "times_of_day", "venues"]

_SUBJECT_CHARS = 170  # dateline and venue before the one who acts
_ACTING_CHARS = 400
_DATELINE_CHARS = 600
_VENUE_HEAD_CHARS = 14
_SAME_VENUE_CHARS = 9
_POST_CHARS = 24
_SAID_CHARS = 60

_SPEAKS = re.compile("กล่าว|เปิดเผย|ระบุ|ชี้แจง|แถลง|โฆษก|เผย|ย้ำ|ยืนยัน|ให้สัมภาษณ์")
_ACTS = re.compile(
    "เป็นประธาน(?!กรรมการ|คณะ|เจ้าหน้าที่)|ประธาน(?:ใน|การ|เปิด|พิธี|มอบ|กล่าวเปิด)|เข้าร่วม|ร่วม(?:พิธี|งาน|ประชุม|เป็น|วาง|ถวาย|ทำบุญ|จุด|ลงนาม|บันทึก)|ลงพื้นที่|ตรวจ|พิธีเปิด|เปิดงาน"
    "|เปิดนิทรรศการ|เดินทาง|ต้อนรับ|สักขีพยาน|เข้าพบ|มอบ|เจ้าภาพ|หารือ|ลงนาม|เยี่ยม"
)
_SAYS = re.compile("(?:เปิดเผย|กล่าว|ระบุ|ชี้แจง|เผย|ย้ำ|แถลง)(?:ถึง|ว่า|กรณี|เกี่ยวกับ)")
_BROADCAST = re.compile("ขอเชิญรับฟัง|ขอเชิญรับชม")  # a script that is read again on another day
_ASSIGNS = re.compile("มอบหมาย(?:ให้)?")
# Before a name: it is one of several then, and no subject.
_ALONGSIDE = re.compile(r"(?:และ|พร้อมด้วย|พร้อม|โดยมี|โดย|ร่วมกับ|กับ|ให้|นำโดย)\s*$")
# Held by one person at a time: another name in it is another year.
_POST = re.compile(
    r"\s*(?:รัฐมนตรีว่าการกระทรวง|ปลัดกระทรวง|อธิบดีกรม|นายกรัฐมนตรี|เลขาธิการ|ผู้ว่าราชการจังหวัด|ผู้ว่าการ|ผู้อำนวยการ(?:สำนักงาน|ธนาคาร)|กรรมการผู้จัดการ|ผู้จัดการธนาคาร)"
)


@once
def _actor(text: Document) -> Fact | None:
    """Who is the first to act in the lead: its subject, or whom a spokesperson tells of."""
    start = int(text.offsets[headline_chars(text)])
    end = int(text.offsets[min(OPENING_CHARS, len(text.codes))])
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


def first_actors(a: Document, b: Document) -> tuple[str, str] | None:
    """First names of those who are first to act in each lead, if they differ and one text does not know the other's."""
    first, second = _actor(a), _actor(b)
    if first is None or second is None:
        return None
    ours, theirs = first.value.split(" ")[0], second.value.split(" ")[0]
    if _one_name(ours, theirs) or (theirs in compact(a) and ours in compact(b)):
        return None
    return ours, theirs


def _one_name(a: str, b: str) -> bool:
    """Whether two first names are one, or one but for a letter."""
    if a == b or a.startswith(b) or b.startswith(a) or a.endswith(b) or b.endswith(a):
        return True
    if abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < 4:
        return False
    first = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[first + 1 :] == b[first + 1 :] or a[first:] == b[first + 1 :] or a[first + 1 :] == b[first:]


def holders(a: Document, b: Document, gaps: list[Gap]) -> tuple[str, str] | None:
    """Two people who stand in the same place with the same post behind them; None for posts that several hold."""
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


def venues(a: Document, b: Document, gaps: list[Gap]) -> tuple[tuple[str, str] | None, bool]:
    """Two venues behind ณ in the same place that the other text has nowhere, and whether they are rooms."""
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
        if key_a not in compact(b) and key_b not in compact(a):
            return (ours, theirs), head.startswith("ห้อง")
    return None, False


@once
def _days_named(text: Document) -> tuple[list[Fact], Fact | None]:
    """The single days that a text names, and the first of the body's beginning, else of the headline."""
    single = [fact for fact in statements(text).days if "/" not in fact.value]
    near = [fact for fact in single if fact.span[0] < _DATELINE_CHARS]
    body = int(text.offsets[headline_chars(text)])
    return single, next((fact for fact in near if fact.span[0] >= body), near[0] if near else None)


def first_days(
    a: Document, b: Document, own_a: npt.NDArray[np.bool_], own_b: npt.NDArray[np.bool_]
) -> tuple[str, str] | None:
    """The first day that each body names, if they tell of two days and not of one event and its date."""
    (single_a, first_a), (single_b, first_b) = _days_named(a), _days_named(b)
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


@once
def said_day(text: Document) -> Fact | None:
    """The day in the lead on which somebody only says what the release tells (วันนี้ (13 เม.ย. 68) … เปิดเผยว่า).

    Like a date of publication it is no part of the news: the same is said again by another, on another day.
    """
    first = _days_named(text)[1]
    body = int(text.offsets[headline_chars(text)])
    if first is None or not body <= first.span[0] <= body + _SAID_CHARS:
        return None
    if _BROADCAST.search(text.folded, first.span[1], first.span[1] + _SAID_CHARS):
        return first
    people = [fact for fact in facts_between(text, first.span[1], first.span[1] + _SAID_CHARS) if fact.kind == "person"]
    if not people:
        return None
    said = _SAYS.search(text.folded, people[0].span[1], people[0].span[1] + _ACTING_CHARS)
    # ร่วม and the like before the saying: an event is told of, not a statement.
    if said is None or _ACTS.search(text.folded, first.span[1], said.start()):
        return None
    return first


def _touches(text: Document, fact: Fact, own: npt.NDArray[np.bool_]) -> bool:
    first, last = np.searchsorted(text.offsets, fact.span)
    return bool(own[first:last].any())


def _acting_on(text: Document, day: Fact) -> frozenset[str]:
    """First names of those who do something behind the day that a text begins with."""
    found = set()
    for fact in facts_between(text, day.span[1], day.span[1] + _ACTING_CHARS):
        if fact.kind != "person":
            continue
        said = _SPEAKS.search(text.folded, fact.span[1], fact.span[1] + 140)
        if _ACTS.search(text.folded, fact.span[1], said.start() if said else fact.span[1] + 100):
            found.add(fact.value.split(" ")[0])
    return frozenset(found)


def times_of_day(a: Document, b: Document, gaps: list[Gap]) -> tuple[str, str] | None:
    """Two times in one place, hardly a word around them: reports of one day, or two parts of a program."""
    for gap in gaps:
        ours = [fact for fact in facts_between(a, *gap.a) if fact.kind == "time"]
        theirs = [fact for fact in facts_between(b, *gap.b) if fact.kind == "time"]
        if len(ours) != 1 or len(theirs) != 1 or ours[0].value.split("-")[0] == theirs[0].value.split("-")[0]:
            continue
        if max(gap.a[1] - gap.a[0], gap.b[1] - gap.b[0]) <= EDIT_CHARS and all(
            len(rest(text, span, fact)) <= SPARE_CHARS
            for text, span, fact in ((a, gap.a, ours[0]), (b, gap.b, theirs[0]))
        ):
            return ours[0].value, theirs[0].value
    return None
