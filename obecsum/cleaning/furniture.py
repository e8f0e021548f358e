"""What a page or feed adds to a release: tables of fixed wordings and the lines that can be learned."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from obecsum.cleaning.units import cuts_cluster
from obecsum.text.normalize import fold, fold_with_offsets

__all__ = ["Line", "can_be_learned", "fixed_part", "is_contact", "is_page_date", "lines_of", "site_prefixes"]

# Buttons and labels of the sites that the releases were scraped from (thaigov.go.th, moe.go.th, Blogger), whole lines.
_LABELS = frozenset(
    "".join(fold(label).split())
    for label in (
        "พิมพ์",
        "พิมพ์หน้านี้",
        "ไม่มีความคิดเห็น",
        "ไม่มีความคิดเห็น:",
        "แสดงความคิดเห็น",
        "ความคิดเห็น",
        "ดูภาพทั้งหมด",
        "ดูรูปทั้งหมด",
        "ดูทั้งหมด",
        "อ่านต่อ",
        "อ่านต่อ...",
        "อ่านเพิ่มเติม",
        "อ่านเพิ่มเติม...",
        "อ่านเพิ่มเติม คลิก",
        "คลิกอ่านเพิ่มเติม",
        "คลิกที่นี่",
        "อัลบั้มภาพ",
        "ข่าวที่เกี่ยวข้อง",
        "ข่าวอื่น ๆ ที่เกี่ยวข้อง",
        "แชร์",
        "แชร์ข่าวนี้",
        "แชร์หน้านี้",
        "แชร์ไปที่ Facebook",
        "แชร์ไปที่ Twitter",
        "ส่งอีเมลข้อมูลนี้BlogThis!แชร์ไปที่ Twitterแชร์ไปที่ Facebookแชร์ใน Pinterest",
        "ป้ายกำกับ:",
        "สมัครสมาชิก: ส่งความคิดเห็น (Atom)",
        "บทความใหม่กว่า บทความที่เก่ากว่า หน้าแรก",
        "ย้อนกลับ",
        "กลับหน้าแรก",
        "หน้าแรก",
        "Share",
        "Tweet",
        "Print",
    )
)  # fmt: skip
_SITE_PREFIX = re.compile(r"รัฐบาลไทย\s*-\s*ข่าวทำเนียบรัฐบาล\s*-\s*")
_SOURCE_LINK = re.compile(r"ที่มา\s*[:：]?\s*(?:https?://\S+)?$")
_COUNTER = re.compile(r"(?:จำนวน)?(?:ผู้เข้าชม|ผู้อ่าน|คนอ่าน|เข้าชม|อ่าน)\s*[:：]?\s*[\d,]+\s*(?:ครั้ง|คน)?$")
_RULE = re.compile(r"(?:[.…]|[^\w\s]{2,}|(?:[^\w\s]\s?){3,}|[-_=*~.+#•]{2,}|_{2,})$")
_TAIL = re.compile(
    r"(?:^|\s+|(?<=[”\"’)]))(?:ดูภาพทั้งหมด|ดูรูปทั้งหมด|ดูภาพเพิ่มเติม"
    r"|(?:อ่าน|ดู)(?:ข่าว|รายละเอียด)?เพิ่มเติม\s*(?:ได้ที่\s*)?(?:คลิก|Click)\s*(?:ที่นี่)?\s*[:>»]*\s*(?:https?://\S+)?"
    r"|อ่านต่อ\s*(?:\.{2,}|…)?)\s*$",
    re.IGNORECASE,
)
_TAIL_WORDS = ("ทั้งหมด", "เพิ่มเติม", "อ่านต่อ")  # one is in every tail; quicker to look for than the tail itself
_CONTACT = re.compile(
    r"โทร(?:\.|ศัพท์|สาร|\s|$)|สายด่วน|เว็บไซต์|เว็บไซด์|https?://|www\.|line\s*(?:id|@|:)|ไลน์|facebook|เฟซบุ๊ก|เพจ|อีเมล|e-?mail|@\w|twitter|tiktok|instagram|youtube"
    r"|ติดตามข่าว|ติดตามข้อมูล|สอบถาม(?:ข้อมูล|รายละเอียด)|แจ้งเบาะแส|ทำเนียบรัฐบาล\s*ถนน|รหัสไปรษณีย์",
    re.IGNORECASE,
)
_HASHTAGS = re.compile(r"(?:#\S++\s*+)++$")
_MONTHS = "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"
_WEEKDAYS = "จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์"
_PAGE_DATE = re.compile(
    rf"(?:วัน(?:{_WEEKDAYS})\s?ที่\s?\d{{1,2}}\s(?:{_MONTHS})\s\d{{4}}|\d{{1,2}}/\d{{1,2}}/\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})$"
)
_FACT = re.compile(
    rf"{_MONTHS}|(?:[มกพสตธ]\.?[คพยมิ]{{1,6}}\.?\s?\d)|วันที่|บาท|ร้อยละ|ล้าน|ครั้งที่|รุ่นที่|เวลา\s*\d|ประจำ(?:วัน|เดือน|ปี)|\d/\d"
)
_PERSON = re.compile(
    r"(?:^|[^ก-๎])(?:นาย|นาง|ดร\.|พล\.?|พลเอก|พลโท|พลตรี|พลตำรวจ|พันเอก|ว่าที่|หม่อม|ผศ\.|รศ\.|ศ\.)\s?[ก-ฮเ-ไ]"
)
_DELIMITER = re.compile(r"\s*[-–—|»]\s*")
_BREAK = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]+")
_MAX_LEARNED_CHARS = 120
_MAX_CONTACT_CHARS = 300


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank.

    Attributes:
        start: Where it begins in the caller's text, white space left out.
        end: Where it ends, exclusive.
        folded: Its normalized and folded text.
    """

    start: int
    end: int
    folded: str

    @property
    def compact(self) -> str:
        """The folded text without white space."""
        return "".join(self.folded.split())


def lines_of(text: str, *, top: int, bottom: int) -> list[tuple[int, Line]]:
    """The first ``top`` and the last ``bottom`` lines that are not blank, each with its number (0 is the first).

    Rows of dots and the like are returned wherever they stand, because telling them costs nothing.
    """
    spans: list[tuple[int, int]] = []
    begin = 0
    for end, following in [*((match.start(), match.end()) for match in _BREAK.finditer(text)), (len(text), len(text))]:
        if cuts_cluster(text, following):
            continue
        start, last = begin, end
        while start < last and text[start].isspace() and not cuts_cluster(text, start + 1):
            start += 1
        while last > start and text[last - 1].isspace():
            last -= 1
        if start < last:
            spans.append((start, last))
        begin = following
    # Folded at once, because each call takes longer than a line does; no rule of folding crosses a line break.
    folded = fold_with_offsets(text)
    offsets = folded.starts.searchsorted(np.array(spans, dtype=np.int32).reshape(-1, 2)).tolist()
    lines: list[tuple[int, Line]] = []
    for number, ((start, end), (first, last)) in enumerate(zip(spans, offsets, strict=True)):
        if number < top or number >= len(spans) - bottom:
            lines.append((number, Line(start, end, folded.text[first:last].strip())))
        elif end - start <= _MAX_LEARNED_CHARS and _RULE.match(text, start, end):
            lines.append((number, Line(start, end, text[start:end])))
    return lines


def is_page_date(line: Line) -> bool:
    """Nothing but a full date, as a page sets it over an article."""
    return bool(_PAGE_DATE.match(line.folded))


def is_contact(line: Line) -> bool:
    """Mentions where to ask or follow, or is hashtags only; what else it says, a warning perhaps, is not asked here."""
    return bool(_HASHTAGS.match(line.folded)) or (
        len(line.folded) <= _MAX_CONTACT_CHARS and bool(_CONTACT.search(line.folded))
    )


def can_be_learned(line: Line) -> bool:
    """Whether a line may be counted at all: one with a contact, or a short one without a figure or a person.

    A sentence with a figure carries a fact (so does a contact line with a date or a sum), and a long one is prose
    that several releases quote: none is ever learned.
    """
    folded = line.folded
    if sum(map(str.isalpha, folded)) < 3 or _FACT.search(folded) or fixed_part(line) == (0, len(folded)):
        return False
    if is_contact(line):
        return True
    if len(folded) > _MAX_LEARNED_CHARS or _PERSON.search(folded):
        return False
    return not any(character.isdigit() for character in folded)


def fixed_part(line: Line) -> tuple[int, int] | None:
    """The part of a line that is furniture by the fixed tables: (start, end) in its folded text."""
    folded = line.folded
    whole = (0, len(folded))
    if not line.compact or line.compact in _LABELS or _RULE.match(folded):
        return whole
    if _SOURCE_LINK.match(folded) or _COUNTER.match(folded):
        return whole
    prefix = _SITE_PREFIX.match(folded)
    if prefix:
        return (0, prefix.end())
    tail = _TAIL.search(folded) if any(word in folded for word in _TAIL_WORDS) else None
    return (tail.start(), len(folded)) if tail else None


def site_prefixes(line: Line) -> list[str]:
    """The beginnings of a page's first line that may be its site's name: up to each of three dashes or bars."""
    prefixes: list[str] = []
    for match in _DELIMITER.finditer(line.folded[:80]):
        prefix = line.folded[: match.end()]
        if match.start() > 0 and len(line.folded) > match.end() and not any(c.isdigit() for c in prefix):
            prefixes.append(prefix)
    return prefixes[:3]
