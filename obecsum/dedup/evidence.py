"""What two aligned texts have in common and where they contradict each other: the evidence for a relation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from obecsum.dedup.align import Prepared, facts_between
from obecsum.dedup.blocks import Block, gaps_between
from obecsum.thai.facts import Fact, agrees, misspelled

__all__ = ["Evidence", "conflict", "idle_mask", "measure", "own_facts", "own_size", "packed_shingles", "participants"]

SHINGLE_CHARS = 5
LEAD_CHARS = 400
_DATELINE_CHARS = 600  # behind a title that is said twice

# Lines that say nothing about the event: datelines, hashtags, links, telephone numbers, signatures, separators.
_IDLE = re.compile(
    r"^[\s.\-_=*+•|#\"'()/~^:,]*(?:"
    r"(?:#\S+\s*)+"
    r"|(?:https?://|www\.)\S+.*"
    r"|(?:วันที่\s*)?\d{1,2}\s*[ก-๙.]{3,12}\s*(?:พ\.ศ\.\s*)?\d{2,4}"
    r"|(?:โทร|โทรศัพท์|โทรสาร|ติดต่อ|สอบถาม|ที่มา|ภาพ|ข่าว|ภาพ/ข่าว|ข่าว/ภาพ|เครดิต|ขอบคุณภาพ|เรียบเรียง|กลุ่มประชาสัมพันธ์|ฝ่ายประชาสัมพันธ์"
    r"|สำนักงานประชาสัมพันธ์|กองประชาสัมพันธ์|ข่าวประชาสัมพันธ์|ข่าวที่|ฉบับที่|instagram|facebook|tiktok|twitter|line|x|youtube|threads)\s*[:ฯ.].{0,120}"
    r")?[\s.\-_=*+•|#\"'()/~^:,]*$",
    re.IGNORECASE,
)
# Feasts and seasons that tell one occasion from another as a date does.
_OCCASIONS = re.compile(
    "ปีใหม่|สงกรานต์|ตรุษจีน|ลอยกระทง|วันแม่|วันพ่อ|เข้าพรรษา|ออกพรรษา|มาฆบูชา|วิสาขบูชา|อาสาฬหบูชา|ปิยมหาราช|วันแรงงาน|วันเด็ก|วันครู"
    "|วันรัฐธรรมนูญ|ฉัตรมงคล|จักรี|วันสตรีสากล|วันผู้สูงอายุ|รอมฎอน|อีฎิ้ลฟิตริ|อีดิลฟิตรี|กฐิน|เปิดภาคเรียน|ปิดภาคเรียน|ฤดูร้อน|ฤดูฝน|ฤดูหนาว"
)
# A work that goes on and the same work done are two releases.
_DONE = re.compile("เสร็จสมบูรณ์|ก่อสร้างเสร็จ|แล้วเสร็จและเปิด")
_UNDER_WAY = re.compile(
    "คาด(?:ว่า)?(?:จะ)?(?:ก่อสร้าง|ดำเนินการ)?แล้วเสร็จ|คืบหน้า(?:ไป)?แล้ว|คืบหน้า(?:ไป)?(?:แล้ว)?(?:กว่า)?ร้อยละ"
)
_SPEAKS = re.compile("กล่าว|เปิดเผย|ระบุ|ชี้แจง|แถลง|โฆษก|เผย|ย้ำ|ยืนยัน|ให้สัมภาษณ์")
_SPEAK_CHARS = 140
_ACTORS_CHARS = 250
# Who does this takes part, and is no voice only, if it stands before the speaking.
_ACTS = re.compile(
    "ประธาน(?:ใน|การ|เปิด|พิธี|มอบ|กล่าวเปิด)|เข้าร่วม|ร่วมพิธี|ร่วมงาน|ลงพื้นที่|ตรวจ|พิธีเปิด|เปิดงาน|เปิดนิทรรศการ|เดินทาง|ต้อนรับ|สักขีพยาน|เข้าพบ|มอบ"
)
_EDIT_CHARS = 60
_MAX_TESTS = 100_000
_LOOSE = frozenset({"date", "person", "place", "organization"})
_SPARE_CHARS = 8
_DATE_WORDS = re.compile(r"วันนี้|(?:เมื่อ|ใน|ณ)?วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์)?(?:ที่)?|เวลา|น\.|[()\s.,]")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Facts of one kind that each text has and the other lacks.

    Attributes:
        only_a: Values that only the first text states.
        only_b: Values that only the second states.
        shared: How many values both state.
    """

    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    shared: int

    @property
    def size(self) -> int:
        """How many facts stand against each other: the smaller side's count."""
        return min(len(self.only_a), len(self.only_b))


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a relation is decided on; shares are 0 to 1.

    Attributes:
        jaccard: Of the sets of character 5-grams, white space aside.
        a_in_b: Share of the first text's 5-grams that the second has.
        b_in_a: The reverse.
        size_a: Code points of the first text without white space.
        size_b: Those of the second.
        covered_a: Share of the first text's own words (no idle lines) that stand in passages equal in the second.
        covered_b: The reverse.
        lead_a: ``covered_a`` of the first 400 characters.
        lead_b: ``covered_b`` of the first 400 characters.
        days, months, serials, places, times, people, organizations, numbers, occasions: Where they contradict
        each other.
        lead_days: The first day that each lead names, if they differ and neither text names the other's, or others
            act on it: an event is announced on one day and opened on another, even if the announcement gives its days.
        aligned_days: Days that differ in the same place of the text, even if each stands elsewhere in the other.
        aligned_numbers: Figures that differ in the same place, likewise.
    """

    jaccard: float
    a_in_b: float
    b_in_a: float
    size_a: int
    size_b: int
    covered_a: float
    covered_b: float
    lead_a: float
    lead_b: float
    days: Conflict
    months: Conflict
    serials: Conflict
    places: Conflict
    times: Conflict
    people: Conflict
    organizations: Conflict
    numbers: Conflict
    occasions: Conflict
    lead_days: tuple[str, str] | None
    aligned_days: int
    aligned_numbers: int


@lru_cache(maxsize=1024)
def _shingles_of(key: bytes) -> npt.NDArray[np.uint64]:
    return np.unique(packed_shingles(np.frombuffer(key, dtype=np.uint32)))


def packed_shingles(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint64]:
    """The 5-gram at each place of ``codes`` as one uint64."""
    wide = codes.astype(np.uint64)
    count = len(wide) - SHINGLE_CHARS + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    packed = np.zeros(count, dtype=np.uint64)
    for offset in range(SHINGLE_CHARS):
        # Thai and Latin fit in 12 bits after folding; others are mixed in, which costs nothing in practice.
        packed = (packed << np.uint64(12)) ^ (packed >> np.uint64(52)) ^ wide[offset : offset + count]
    return packed


def _shares(a: Prepared, b: Prepared) -> tuple[float, float, float]:
    ours, theirs = _shingles_of(a.codes.tobytes()), _shingles_of(b.codes.tobytes())
    if not len(ours) or not len(theirs):
        same = float(a.codes.tobytes() == b.codes.tobytes())
        return same, same, same
    both = len(np.intersect1d(ours, theirs, assume_unique=True))
    return both / (len(ours) + len(theirs) - both), both / len(ours), both / len(theirs)


@lru_cache(maxsize=1024)
def idle_mask(text: Prepared) -> npt.NDArray[np.bool_]:
    """For each of ``text.codes`` whether it stands in a line that says nothing about the event."""
    lines = []
    position = 0
    for line in text.text.splitlines(keepends=True):
        if line.strip() and _IDLE.match(line.strip()):
            lines.append((position, position + len(line)))
        position += len(line)
    mask = np.zeros(len(text.codes), dtype=np.bool_)
    if lines:
        origin = text.starts[text.places[:-1]]
        for start, end in lines:
            mask[np.searchsorted(origin, start) : np.searchsorted(origin, end)] = True
    return mask


def own_size(text: Prepared) -> int:
    """Characters that are neither white space nor in lines that say nothing about the event."""
    return len(text.codes) - int(idle_mask(text).sum())


def _covered(text: Prepared, ranges: list[tuple[int, int]]) -> tuple[float, float]:
    own = ~idle_mask(text)
    if not own.any():
        own[:] = True
    equal = np.zeros(len(text.codes), dtype=np.bool_)
    for start, length in ranges:
        equal[start : start + length] = True
    whole, lead = int(own.sum()), int(own[:LEAD_CHARS].sum())
    return (
        float((equal & own).sum()) / whole if whole else 0.0,
        float((equal & own)[:LEAD_CHARS].sum()) / lead if lead else 0.0,
    )


def own_facts(text: Prepared) -> list[Fact]:
    """The facts that stand outside of idle lines."""
    idle = idle_mask(text)
    if not idle.any():
        return list(text.facts)
    places = text.places[:-1]
    kept = []
    for fact in text.facts:
        first = int(np.searchsorted(places, fact.span[0]))
        if first >= len(idle) or not idle[first]:
            kept.append(fact)
    return kept


def _day(value: str) -> bool:
    return any(part.lstrip("-").count("-") == (1 if part.startswith("-") else 2) for part in value.split("/"))


def _same(a: Fact, b: Fact) -> bool:
    return agrees(a, b) or misspelled(a, b)


def conflict(ours: list[Fact], theirs: list[Fact]) -> Conflict:
    """What each of two lists of facts of one kind has and the other lacks."""
    a = {fact.value: fact for fact in ours}
    b = {fact.value: fact for fact in theirs}
    only_a, only_b = [v for v in a if v not in b], [v for v in b if v not in a]
    # Of these kinds a fact may state less than another and still agree; so many in one text that it takes long: no.
    if ours and ours[0].kind in _LOOSE and len(only_a) * len(b) + len(only_b) * len(a) <= _MAX_TESTS:
        only_a = [v for v in only_a if not any(_same(a[v], fact) for fact in b.values())]
        only_b = [v for v in only_b if not any(_same(b[v], fact) for fact in a.values())]
    return Conflict(tuple(only_a), tuple(only_b), len(a) - len(only_a))


def _speaks(text: Prepared, fact: Fact) -> bool:
    return bool(_SPEAKS.search(text.folded, fact.span[1], fact.span[1] + _SPEAK_CHARS))


def _acts(text: Prepared, fact: Fact) -> bool:
    """Whether somebody who speaks does something before it: presides, opens, visits."""
    said = _SPEAKS.search(text.folded, fact.span[1], fact.span[1] + _SPEAK_CHARS)
    return said is not None and bool(_ACTS.search(text.folded, fact.span[1], said.start()))


def participants(text: Prepared, facts: list[Fact], *, acting_speakers: bool = False) -> list[Fact]:
    """Who took part: everyone but those who only speak (another spokesperson repeats the same release).

    With ``acting_speakers`` also those who speak at what they open, preside over or visit.
    """
    people = [fact for fact in facts if fact.kind == "person"]
    speakers = {fact.value.split(" ")[0] for fact in people if _speaks(text, fact)}
    if acting_speakers:
        speakers -= {fact.value.split(" ")[0] for fact in people if _acts(text, fact)}
    return [fact for fact in people if fact.value.split(" ")[0] not in speakers]


def _stage(text: Prepared) -> set[str]:
    if _UNDER_WAY.search(text.folded):
        return {"under way"}
    return {"done"} if _DONE.search(text.folded) else set()


def _occasion_conflict(a: Prepared, b: Prepared) -> Conflict:
    ours, theirs = ({*_OCCASIONS.findall(text.folded), *_stage(text)} for text in (a, b))
    return Conflict(tuple(sorted(ours - theirs)), tuple(sorted(theirs - ours)), len(ours & theirs))


def _lead_days(a: Prepared, b: Prepared, ours: list[Fact], theirs: list[Fact]) -> tuple[str, str] | None:
    sides = []
    for dates in (ours, theirs):
        single = [fact for fact in dates if _day(fact.value) and "/" not in fact.value]
        sides.append((single, next((fact for fact in single if fact.span[0] < _DATELINE_CHARS), None)))
    (single_a, first_a), (single_b, first_b) = sides
    if first_a is None or first_b is None or agrees(first_a, first_b):
        return None
    named = any(agrees(first_a, fact) for fact in single_b) or any(agrees(first_b, fact) for fact in single_a)
    if named:
        actors_a, actors_b = _lead_actors(a, first_a), _lead_actors(b, first_b)
        if not actors_a or not actors_b or actors_a & actors_b:
            return None
    return first_a.value, first_b.value


def _lead_actors(text: Prepared, day: Fact) -> set[str]:
    """First names of those who do something behind the day that a text begins with."""
    near = facts_between(text, day.span[1], day.span[1] + _ACTORS_CHARS)
    people = [fact for fact in near if fact.kind == "person"]
    return {
        fact.value.split(" ")[0]
        for fact in people
        if _acts(text, fact)
        or (not _speaks(text, fact) and _ACTS.search(text.folded, fact.span[1], fact.span[1] + 100))
    }


def _aligned(a: Prepared, b: Prepared, chain: list[Block]) -> tuple[int, int]:
    """Short gaps in which one day stands against another, and one number against another, with hardly a word more.

    As in วันนี้ (23 มิ.ย. 60) -> เมื่อวันที่ 25 มิ.ย. 60 and in 30,000 ล้านบาท -> 33,000 ล้านบาท.
    """
    days = numbers = 0
    for start_a, end_a, start_b, end_b in gaps_between(chain, len(a.codes), len(b.codes)):
        if max(end_a - start_a, end_b - start_b) > _EDIT_CHARS:
            continue
        ours, spare_a = _facts_at(a, start_a, end_a)
        theirs, spare_b = _facts_at(b, start_b, end_b)
        if ours and theirs and max(spare_a, spare_b) <= _SPARE_CHARS:
            days += bool(conflict(_days(ours), _days(theirs)).size)
            numbers += conflict(_numbers(ours), _numbers(theirs)).size
    return days, numbers


def _facts_at(text: Prepared, start: int, end: int) -> tuple[list[Fact], int]:
    """The dates, times and numbers that a gap holds or cuts, and how many of its characters belong to none."""
    first = int(text.places[start])
    last = int(text.places[end - 1]) + 1 if end > start else first + 1
    facts = [fact for fact in facts_between(text, first, last) if fact.kind in ("date", "time", "number")]
    rest = list(text.folded[first:last])
    for fact in facts:
        for index in range(max(first, fact.span[0]), min(last, fact.span[1])):
            rest[index - first] = " "
    return facts, len(_DATE_WORDS.sub("", "".join(rest)))


def _days(facts: list[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.kind == "date" and _day(fact.value)]


def _numbers(facts: list[Fact]) -> list[Fact]:
    """Figures; a telephone number is none."""
    return [fact for fact in facts if fact.kind == "number" and not fact.value.startswith("tel:")]


def measure(a: Prepared, b: Prepared, chain: list[Block], moved: list[Block]) -> Evidence:
    """The evidence of two texts and their equal passages, in order and moved."""
    jaccard, a_in_b, b_in_a = _shares(a, b)
    passages = [*chain, *moved]
    covered_a, lead_a = _covered(a, [(block.a, block.length) for block in passages])
    covered_b, lead_b = _covered(b, [(block.b, block.length) for block in passages])
    facts_a, facts_b = own_facts(a), own_facts(b)

    def against(kind: str) -> Conflict:
        return conflict([f for f in facts_a if f.kind == kind], [f for f in facts_b if f.kind == kind])

    dates_a, dates_b = [f for f in facts_a if f.kind == "date"], [f for f in facts_b if f.kind == "date"]
    days = conflict(_days(dates_a), _days(dates_b))
    aligned_days, aligned_numbers = _aligned(a, b, chain)
    months = conflict([f for f in dates_a if not _day(f.value)], [f for f in dates_b if not _day(f.value)])
    serials, places, occasions = against("serial"), against("place"), _occasion_conflict(a, b)
    return Evidence(
        jaccard=jaccard,
        a_in_b=a_in_b,
        b_in_a=b_in_a,
        size_a=len(a.codes),
        size_b=len(b.codes),
        covered_a=covered_a,
        covered_b=covered_b,
        lead_a=lead_a,
        lead_b=lead_b,
        days=days,
        months=months,
        serials=serials,
        places=places,
        times=against("time"),
        people=conflict(participants(a, facts_a), participants(b, facts_b)),
        organizations=against("organization"),
        numbers=conflict(_numbers(facts_a), _numbers(facts_b)),
        occasions=occasions,
        lead_days=_lead_days(a, b, dates_a, dates_b),
        aligned_days=aligned_days,
        aligned_numbers=aligned_numbers,
    )
