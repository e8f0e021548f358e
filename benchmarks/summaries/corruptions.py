# ruff: noqa: E501, SIM905, ARG001 - lists of Thai words; every corruption takes the same arguments
"""Sentences of releases made wrong on purpose, each in one known way, and shortened ones that stay true.

What a check of summaries is worth is measured on them: how many of each kind it finds, and how many true ones it calls
wrong. Each function returns None where a text has nothing to be changed in its way. All is drawn by the generator given.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from obecsum.text.facts import Fact, extract_facts
from obecsum.text.lexicon.tables import NAME_STOPS, UNITS
from obecsum.text.segment import sentences

__all__ = ["CORRUPTIONS", "compressed", "corrupted"]

_MONTHS = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split()
_SHORT_MONTHS = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
_POST = (
    r"(?:นายกรัฐมนตรี|นายกฯ|รัฐมนตรี(?:ช่วย)?ว่าการ|ปลัดกระทรวง|อธิบดี|เลขาธิการ|ผู้อำนวยการ|ผู้ว่าราชการ|โฆษก|ผู้ว่าการ|ประธานกรรมการ)"
)
_PLAIN_POST = re.compile(rf"(?<!รอง)(?<!ผู้ช่วย)(?<!สำนัก)(?<!ก)(?<!ที่ปรึกษา){_POST}")
# A post with its office, as far as it goes.
_OFFICE = re.compile(
    r"(?:รอง|ผู้ช่วย)?(?:รัฐมนตรี(?:ช่วย)?ว่าการกระทรวง|ปลัดกระทรวง|อธิบดีกรม|เลขาธิการ|ผู้อำนวยการ|ผู้ว่าราชการจังหวัด|โฆษก|ผู้ว่าการ|ประธานกรรมการ)"
    rf"(?:(?!{'|'.join(NAME_STOPS)})[ก-๎]){{3,40}}(?=[\s,)]|{'|'.join(NAME_STOPS)})"
)
_DEPUTY = re.compile(rf"รอง(?={_POST})|ผู้ช่วย(?={_POST})")
_VERBS = re.compile(
    r"(?<=[ก-๎ ])(?<!การ)(?<!ความ)(?<!ไม่)(?<!ผู้)(?<!จะ)(?<!ที่)(?<!เพื่อ)(?<!ก่อน)(?<!กว่า)(?<!เตรียม)(?<!ร่วม)(?<!คณะ)"
    r"(?:เห็นชอบ|อนุมัติ|เปิดเผย|ลงพื้นที่|มอบหมาย|เข้าร่วม|เปิดงาน|ตรวจเยี่ยม|ตรวจสอบ|สนับสนุน|จับกุม|ลงนาม|จัดงาน|จัดกิจกรรม|จัดประชุม|เดินทาง|ติดตาม|ประกาศ|ช่วยเหลือ|"
    r"ต้อนรับ|หารือ|พัฒนา|ส่งเสริม|กำหนด|ขยาย|ปรับปรุง|ก่อสร้าง|ให้บริการ|ยกระดับ)"
)
_NUMBER = re.compile(r"(?<![\d.,/:])\d{1,3}(?:,\d{3})+(?![\d.,]*\d)|(?<![\d.,/:])\d+(?![\d.,/:]*\d)")
_UNIT = re.compile(rf"(?<=\d)(?<!25\d\d)\s?(?:ล้าน)?(?P<unit>{'|'.join(UNITS)})")
_COMMON_UNITS = ("คน", "บาท", "ครั้ง", "ปี", "วัน", "กิโลเมตร", "ครัวเรือน", "ตัน", "ไร่")
_QUOTE = re.compile(r"“([^“”]{8,120})”")
_DROPPED = re.compile(r"\s*\([^()]{2,60}\)")
_ADJUNCT = re.compile(r"^(?:เพื่อ|ณ |ซึ่ง|ตลอดจน|รวมทั้ง|รวมถึง|เมื่อวันที่|ในวันที่|โดยมี)")
_RESTRICTING = re.compile("ไม่|ยกเว้น|เฉพาะ|หาก|ถ้า|อาจ|คาด|จะ|เตรียม|ยกเลิก|ข่าวปลอม|เท็จ")

# What the rules for names take for a surname by mistake.
NAME_ENDS = re.compile(r"(?:ดำเนิน|โดย|การ$|ซึ่ง|จาก|ไป|แล้ว|และ)")

Corruption = Callable[[str, str, random.Random], "str | None"]


def _others(facts: list[Fact], source: str, kind: str) -> list[Fact]:
    """Facts of a kind that the source states and the text does not, each once."""
    mine = {fact.value for fact in facts}
    found: dict[str, Fact] = {}
    for fact in extract_facts(source):
        related = any(fact.value in value or value in fact.value for value in mine)
        if fact.kind == kind and not related:
            found.setdefault(fact.value, fact)
    return list(found.values())


def _replaced(text: str, span: tuple[int, int], words: str) -> str:
    return text[: span[0]] + words + text[span[1] :]


def _other_of_kind(text: str, source: str, rng: random.Random, kind: str) -> str | None:
    facts = [fact for fact in extract_facts(text) if fact.kind == kind]
    others = _others(facts, source, kind)
    if not facts or not others:
        return None
    return _replaced(text, rng.choice(facts).span, rng.choice(others).text)


def actor(text: str, source: str, rng: random.Random) -> str | None:
    """Another person or agency of the source does it."""
    return _other_of_kind(text, source, rng, rng.choice(["person", "organization"]))


def place(text: str, source: str, rng: random.Random) -> str | None:
    """It happens in another place of the source."""
    return _other_of_kind(text, source, rng, "place")


def swap(text: str, source: str, rng: random.Random) -> str | None:
    """Two people or agencies exchange their places: who gives receives."""
    facts = [fact for fact in extract_facts(text) if fact.kind in ("person", "organization")]
    pairs = [
        (a, b)
        for i, a in enumerate(facts)
        for b in facts[i + 1 :]
        if a.kind == b.kind
        and a.value != b.value
        and a.span[1] < b.span[0]
        and len(text[a.span[1] : b.span[0]].strip()) > 8
    ]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    return text[: a.span[0]] + b.text + text[a.span[1] : b.span[0]] + a.text + text[b.span[1] :]


def deputy(text: str, source: str, rng: random.Random) -> str | None:
    """A deputy holds the post, or the other way round."""
    dropped = list(_DEPUTY.finditer(text))
    if dropped:
        return _replaced(text, rng.choice(dropped).span(), "")
    posts = list(_PLAIN_POST.finditer(text))
    if not posts:
        return None
    at = rng.choice(posts).start()
    return _replaced(text, (at, at), "รอง")


def surname(text: str, source: str, rng: random.Random) -> str | None:
    """A person has the surname of another one of the source."""
    people = [fact for fact in extract_facts(text) if fact.kind == "person" and " " in fact.text]
    others = [fact for fact in _others(people, source, "person") if " " in fact.text]
    if not people or not others:
        return None
    others = [fact for fact in others if len(fact.text.split()[-1]) > 5 and not NAME_ENDS.search(fact.text)]
    if not others:
        return None
    one, other = rng.choice(people), rng.choice(others)
    last = one.text.rindex(" ") + 1
    return _replaced(text, (one.span[0] + last, one.span[1]), other.text[other.text.rindex(" ") + 1 :])


def post(text: str, source: str, rng: random.Random) -> str | None:
    """A person has the post of another one of the source."""
    held = [(m.start(), m.end()) for m in _OFFICE.finditer(text)]
    mine = {text[a:b] for a, b in held}
    others = sorted({m[0] for m in _OFFICE.finditer(source)} - mine)
    others = [other for other in others if not any(other in my or my in other for my in mine)]
    if not held or not others:
        return None
    return _replaced(text, rng.choice(held), rng.choice(others))


def unit(text: str, source: str, rng: random.Random) -> str | None:
    """A number counts something else."""
    found = list(_UNIT.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    return _replaced(text, match.span("unit"), rng.choice([unit for unit in _COMMON_UNITS if unit != match["unit"]]))


def number(text: str, source: str, rng: random.Random) -> str | None:
    """Another number, of the source or by one digit."""
    spans = [fact.span for fact in extract_facts(text) if fact.kind == "number" and not fact.value.startswith("tel")]
    found = [m for m in _NUMBER.finditer(text) if any(a <= m.start() and m.end() <= b for a, b in spans)]
    if not found:
        return None
    match = rng.choice(found)
    others = sorted({m[0] for m in _NUMBER.finditer(source)} - {m[0] for m in _NUMBER.finditer(text)})
    if others and rng.random() < 0.5:
        return _replaced(text, match.span(), rng.choice(others))
    digits = match[0]
    return _replaced(text, match.span(), digits[:-1] + str((int(digits[-1]) + rng.randint(1, 9)) % 10))


def date(text: str, source: str, rng: random.Random) -> str | None:
    """Another day or month."""
    months = list(re.finditer("|".join(map(re.escape, _MONTHS + _SHORT_MONTHS)), text))
    if not months:
        return None
    match = rng.choice(months)
    day = re.search(r"(\d{1,2})\s?$", text[: match.start()])
    if day and rng.random() < 0.5:
        return _replaced(text, day.span(1), str(int(day[1]) % 28 + 1))
    known = _MONTHS if match[0] in _MONTHS else _SHORT_MONTHS
    return _replaced(text, match.span(), rng.choice([month for month in known if month != match[0]]))


def tense(text: str, source: str, rng: random.Random) -> str | None:
    """What is planned was done, or what was done is planned."""
    planned = [m for m in re.finditer(r"(?<![ก-๎](?=จะ))จะ|(?<=[ก-๎ ])จะ(?=[ก-๎])", text) if text[: m.start()][-3:] != "ที่"]
    planned = [m for m in planned if not text[: m.start()].endswith(("ที่", "เพื่อ", "ก่อน", "กว่า", "เ", "แ"))]
    if planned and rng.random() < 0.5:
        return _replaced(text, rng.choice(planned).span(), "ได้")
    verbs = [m for m in _VERBS.finditer(text) if not text[: m.start()].endswith(("ได้", "ให้"))]
    if not verbs:
        return None
    at = rng.choice(verbs).start()
    return _replaced(text, (at, at), "จะ")


def negation(text: str, source: str, rng: random.Random) -> str | None:
    """Denied what the source says, or said what it denies."""
    denied = [
        m
        for m in re.finditer("ไม่(?:ได้|มีการ)?(?=[ก-๎])", text)
        if not text.startswith(("ไม่น้อย", "ไม่เกิน", "ไม่ว่า"), m.start())
    ]
    if denied and rng.random() < 0.7:
        return _replaced(text, rng.choice(denied).span(), "")
    verbs = list(_VERBS.finditer(text))
    if not verbs:
        return None
    at = rng.choice(verbs).start()
    return _replaced(text, (at, at), "ไม่")


def joined(text: str, source: str, rng: random.Random) -> str | None:
    """The one who acts here does what somebody else does in another sentence."""
    acting = [fact for fact in extract_facts(text) if fact.kind == "person" and fact.span[0] <= 4]
    if not acting:
        return None
    found = []
    for start, end in sentences(source):
        sentence = source[start:end]
        people = [fact for fact in extract_facts(sentence) if fact.kind == "person"]
        if not people or people[0].span[0] > 12 or people[0].value.split()[0] in text:
            continue
        verb = _VERBS.search(sentence, people[0].span[1])
        if verb and not any(p.span[0] > people[0].span[1] and p.span[1] < verb.start() for p in people):
            rest = sentence[verb.start() :]
            found.append(rest[:120].rsplit(" ", 1)[0] if len(rest) > 120 else rest)
    if not found:
        return None
    return acting[0].text + " " + rng.choice(found)


def quote(text: str, source: str, rng: random.Random) -> str | None:
    """A quotation that is cut."""
    found = list(_QUOTE.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    inside = match[1]
    cut = inside.split()[0] if " " in inside.strip() and rng.random() < 0.5 else inside[: max(3, len(inside) // 2)]
    return None if cut == inside else _replaced(text, match.span(1), cut)


CORRUPTIONS: dict[str, Corruption] = {
    "actor": actor,
    "swap": swap,
    "deputy": deputy,
    "post": post,
    "surname": surname,
    "place": place,
    "number": number,
    "unit": unit,
    "date": date,
    "tense": tense,
    "negation": negation,
    "joined": joined,
    "quote": quote,
}
"""Name -> what makes a text wrong."""


def corrupted(text: str, source: str, rng: random.Random) -> list[tuple[str, str]]:
    """(kind, text) of each corruption that the text allows, one of each kind."""
    found = []
    for name, corrupt in CORRUPTIONS.items():
        wrong = corrupt(text, source, rng)
        if wrong is not None and "".join(wrong.split()) != "".join(text.split()):
            found.append((name, wrong))
    return found


def compressed(text: str, rng: random.Random) -> str | None:
    """A true text with less in it: without what stands in brackets, and without a clause that only adds."""
    shorter = _DROPPED.sub("", text)
    pieces = shorter.split(" ")
    adding = [
        i for i, piece in enumerate(pieces) if i and _ADJUNCT.match(piece + " ") and not _RESTRICTING.search(piece)
    ]
    if adding:
        cut = rng.choice(adding)
        if pieces[cut].startswith(("เพื่อ", "ซึ่ง", "ตลอดจน", "รวมทั้ง", "รวมถึง", "โดยมี")):
            pieces = pieces[:cut]  # with all that depends on it
    shorter = " ".join(pieces).strip()
    return shorter if shorter != text and len(shorter) > 30 else None
