"""Places, people and organizations of Thai text: a head word or title, then the name as far as it goes."""

from __future__ import annotations

import re
from itertools import islice

from obecsum.text.lexicon.patterns import any_of
from obecsum.text.lexicon.starts import PROVINCE_NAMES, matches
from obecsum.text.lexicon.tables import (
    ABBREVIATIONS,
    AMBIGUOUS_PROVINCES,
    NAME_STOPS,
    NOT_PLACES,
    ORGANIZATION_HEADS,
    PERSON_TITLES,
    PLACE_HEADS,
    PROVINCE_ALIASES,
    ROLE_WORDS,
)

__all__ = ["find_organizations", "find_people", "find_places"]

_THAI = "ก-ฮะ-ฺเ-๎"  # letters, vowels and marks; no Thai digits, no ฿, ๏, ๚, ๛
_NAME_MAX_CHARS = 40
_MARK = re.compile("[ะ-ฺๅ็-๎]")
_PROVINCE = re.compile(any_of(PROVINCE_NAMES))
_PROVINCE_HEAD = re.compile(r"(?:จังหวัด|จ\.)\s?$")
_HEAD = any_of(PLACE_HEADS)
_PLACE = re.compile(
    rf"(?P<head>{_HEAD})(?P<gap>\s?)(?P<quote>[“\"'‘]?)(?P<name>[{_THAI}]{{2,{_NAME_MAX_CHARS}}}(?:\s?\d{{1,3}}(?!\d))?)"
)
_GUARDS = {head: re.compile(pattern) for head, pattern in NOT_PLACES.items()}
_NO_PROVINCE = re.compile("อำเภอ(?:เมือง)?$|เมือง$|อ\\.$|ต\\.$|ตำบล$|ถนน$|ลาย$|นาย$")
_LETTER = re.compile(f"[{_THAI}]")
_BEFORE_WAT = re.compile(rf"(?:ณ|ที่|ของ|จาก|และ|ใน|ถึง|กับ|ให้|แก่|คือ|เช่น|[^{_THAI}])$")
_RUN_ON = re.compile(r"[ก-๙.]$")
_STOP = re.compile(any_of(NAME_STOPS))

_TITLE = any_of(PERSON_TITLES)
_PERSON = re.compile(
    rf"(?P<titles>{_TITLE}\s?(?:{_TITLE}\s?){{0,7}})(?P<first>[{_THAI}]{{2,18}})(?:\s{{1,3}}(?P<last>[{_THAI}]{{2,40}}(?:\sณ\s[{_THAI}]{{2,20}})?))?"
)
# What follows นาย or นาง in common words; titles with a full stop need no such guard.
_NOT_NAME = re.compile(
    "ก(?:รัฐ|เทศ|สมาคม|ฯ|องค์|อบ|สภา|เหล่า|ราช|กิ|เมือง|พัทยา|ส|แพทย|หญิง|ที่|และ|ก|ได้|เป็น|$)|อำเภอ|จ้าง|ทหาร|ตำรวจ|หน้า|ทะเบียน|สนามบิน|สถานี|ด่าน|ตรวจ|ช่าง|ท่า|ประกัน"
    "|ทุน|งาม|นอน|ฟ้า|แบบ|สาว(?!ว)|พยาบาล|ร้อย|เรือ|แพทย์(?!หญิง)|แพทย์ใหญ่|หมวด|กอง|ประตู|พล|ไปรษณีย์|ที่|และ|ซึ่ง"
)
_ROLE = re.compile(any_of(ROLE_WORDS))
_NOT_LAST = re.compile(
    r"^(?:รองนายก|รอง|ปลัด|อธิบดี|รัฐมนตรี|ผู้|เลขา|ประธาน|โฆษก|กล่าว|เปิดเผย|พร้อม|เป็น|และ|รมว|รมช|นายก|ที่|ซึ่ง|ได้|ใน|ร่วม|ระบุ|ในฐานะ|ว่า|ยัง|จึง|ให้|มอบ|ย้ำ|ชี้|เผย|ลง|นำ|เดินทาง|ตอบ|สั่ง|หารือ|ขอ)"
)

_ABBREVIATION = re.compile(r"(?<![ก-๙.A-Za-z])(?P<abbr>(?:[ก-ฮ]{1,5}\.){1,5})(?![ก-ฮ]{1,2}\.)")
_IN_BRACKETS = re.compile(r"\((?P<abbr>(?:[ก-ฮ]{1,5}\.){1,5}|[A-Z][A-Za-z-]{1,9})\)")
_ORGANIZATION = re.compile(any_of(ORGANIZATION_HEADS))
_FULL_CHARS = 120
_MOST_LEARNED = 64  # full names that are looked for in the whole text; a release explains a handful
_FULL_NAMES = re.compile(any_of(ABBREVIATIONS.values()))


def _cut(name: str, stop: re.Pattern[str], *, min_chars: int = 3) -> str:
    """``name`` up to the first stop word that begins a syllable: never inside a character cluster (ท่องเ|ที่|ยว)."""
    for match in stop.finditer(name, min_chars):
        after = name[match.end() : match.end() + 1]
        if name[match.start() - 1] not in "เแโใไ" and not _MARK.match(after):
            return name[: match.start()]
    return name


def find_places(text: str) -> list[tuple[int, int, str]]:
    """Places in ``text`` as (start, end, "วัดบวรนิเวศวิหาร"): the head's kind and the name; provinces from the list."""
    found: list[tuple[int, int, str]] = []
    taken = bytearray(len(text))
    for match in matches(_PROVINCE, text, "province"):
        name = PROVINCE_ALIASES.get(match.group(), match.group())
        before = text[max(0, match.start() - 10) : match.start()]
        led = _PROVINCE_HEAD.search(before)
        if not led and (name in AMBIGUOUS_PROVINCES or _NO_PROVINCE.search(before)):
            continue
        start, end = match.start() - (len(before) - led.start() if led else 0), match.end()
        if match.group() == "กทม":
            if before and _LETTER.match(before[-1]):
                continue
            end += text.startswith(".", end)
        found.append((start, end, f"จังหวัด{name}"))
        taken[start:end] = b"\1" * (end - start)
    for match in matches(_PLACE, text, "place"):
        head, name = match["head"], match["name"]
        guard = _GUARDS.get(head)
        if guard and guard.match(name):
            continue
        before = text[max(0, match.start() - 5) : match.start()]
        if head == "วัด" and before and not _BEFORE_WAT.search(before):
            continue
        if head.endswith(".") and before and _RUN_ON.search(before):
            continue
        name = _cut(name, _STOP)
        if len(name) < 2 or _STOP.fullmatch(name):
            continue
        start, end = match.start(), match.start("name") + len(name)
        if taken.find(1, start, end) >= 0:
            continue
        taken[start:end] = b"\1" * (end - start)
        found.append((start, end, PLACE_HEADS[head] + re.sub(r"\s", "", name)))
    return sorted(found)


def find_people(text: str) -> list[tuple[int, int, str]]:
    """People in ``text`` as (start, end, "ศุภมาส อิศรภักดี"): title and ranks in the span, not in the value."""
    found: list[tuple[int, int, str]] = []
    for match in matches(_PERSON, text, "person"):
        first, last = match["first"], match["last"]
        bare = match["titles"].strip()
        if bare in {"นาย", "นาง", "ศ.", "ว่าที่"} and _NOT_NAME.match(first):
            continue
        start = match.start()
        if bare == "นาง" and text.endswith("พระ", 0, start):
            continue  # สมเด็จพระนางเจ้า
        if start and text[start - 1] == "." and bare in {"ศ.", "ดร.", "พ.ต.", "ร.ต.", "ร.อ.", "พ.อ."}:
            continue
        if len(first) > 14:
            role = _ROLE.search(first, 3)
            first, last = (first[: role.start()], None) if role else (first, last)
        end = match.start("first") + len(first)
        if last and not _NOT_LAST.match(last):
            last = _cut(last, _ROLE, min_chars=4)
            end = match.start("last") + len(last)
        else:
            last = None
        if len(first) > 16:
            continue
        found.append((start, end, " ".join([first, *(last or "").split()])))
    return found


def _explained(text: str) -> list[tuple[int, int, str]]:
    """Each ``full name (abbr.)`` as (start, end of the name, abbreviation without stops).

    The name begins at the last head word from which the abbreviation's letters follow in order; for a Latin one at the
    last head word that begins a word.
    """
    found = []
    for match in _IN_BRACKETS.finditer(text):
        abbreviation = match["abbr"].replace(".", "")
        first = max(0, match.start() - _FULL_CHARS)
        begin = max(text.rfind(stop, first, match.start()) + 1 for stop in "\n(")
        begin = max(begin, first)
        before = text[begin : match.start()].rstrip()
        heads = [head.start() for head in _ORGANIZATION.finditer(before)]
        latin = abbreviation.isascii()
        for start in reversed(heads):
            fits = (not start or before[start - 1] == " ") if latin else _spells(abbreviation, before[start:])
            if fits and len(before) - start > len(abbreviation) + 2:
                found.append((begin + start, begin + len(before), abbreviation))
                break
    return found


def _spells(letters: str, name: str) -> bool:
    position = 0
    for letter in letters:
        position = name.find(letter, position) + 1
        if not position:
            return False
    return True


def find_organizations(text: str) -> list[tuple[int, int, str]]:
    """Organizations in ``text`` as (start, end, full name), abbreviations that the text or the table explains too."""
    explained = _explained(text)
    learned = {abbreviation: re.sub(r"\s+", " ", text[start:end]) for start, end, abbreviation in explained}
    known = {**learned, **ABBREVIATIONS}
    found = [(m.start(), m.end(), m.group()) for m in matches(_FULL_NAMES, text, "organization")]
    taken = bytearray(len(text))
    for start, end, _ in found:
        taken[start:end] = b"\1" * (end - start)
    for start, end, abbreviation in explained:
        if taken.find(1, start, end) < 0:
            found.append((start, end, known[abbreviation]))
            taken[start:end] = b"\1" * (end - start)
    for full_name in islice(dict.fromkeys(learned.values()), _MOST_LEARNED):
        start = text.find(full_name)
        while start >= 0:
            end = start + len(full_name)
            if taken.find(1, start, end) < 0:
                found.append((start, end, full_name))
                taken[start:end] = b"\1" * len(full_name)
            start = text.find(full_name, end)
    for match in matches(_ABBREVIATION, text, "abbreviation"):
        explained_name = known.get(match["abbr"].replace(".", ""))
        if explained_name and match["abbr"] not in {"มค.", "กก.", "กม."}:
            found.append((match.start(), match.end(), explained_name))
    return sorted(found)
