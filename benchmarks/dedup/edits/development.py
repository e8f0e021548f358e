"""Seeded edits over Thai government press releases: the development half, on which rules are tuned.

A ``Kind`` makes a pair out of one release. ``must="keep"``: each of the two says something the other does not, so
neither may go. ``must="go"``: one says all of the other, so one must go. Only the generator passed in decides.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pythainlp.corpus import provinces, thai_words
from pythainlp.tokenize import word_tokenize
from pythainlp.transliterate import romanize
from pythainlp.util import num_to_thaiword

Text = tuple[str, str]
Pair = tuple[Text, Text]
Edit = Callable[[str, str, random.Random], "Pair | None"]
Change = Callable[[str, str, random.Random], "Text | None"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of edit.

    Attributes:
        name: Unique, in kebab-case.
        must: "keep" where neither release may go, "go" where one of the two must.
        edit: Makes ``((title_a, body_a), (title_b, body_b))`` of a release; None where the kind does not apply.
        goes: For "go": which of the two can go.
        stays: For "keep": which of the two says something that the other lacks. What is only added leaves the earlier
            one, ``a``, without anything of its own; what takes back the earlier one does not replace it.
    """

    name: str
    must: Literal["keep", "go"]
    edit: Edit
    goes: Literal["a", "b", "either"] = "either"
    stays: Literal["a", "b", "both"] = "both"


def _w(text: str, at: str | None = None) -> list[str]:
    return text.split(at)


# ---------------------------------------------------------------- names built from parts, so that no list holds them

_MALE = (
    _w("สม วิ ประ อนุ ธน ศิริ กิตติ ณัฐ ภู รัตน สุร จิร อภิ นพ วร บุญ ทวี มนัส ชัย ปิย เจต ดุล ไพ ธีร วีร พิช คม สัน"),
    _w("ชัย พงษ์ ศักดิ์ วัฒน์ พล เดช ชาติ ภพ เกียรติ ยุทธ สิทธิ์ วุฒิ พัฒน์ โชค วงศ์ นนท์ รัฐ บดี"),
)
_FEMALE = (
    _w("ปรียา กาญจน นิภา สุภา อรุณ วรร จันทร มาลี พิมพ์ ณัฐ สิริ ทิพย์ รัตน อมร ลัดดา บุษ เพ็ญ ศศิ ชนิด กมล"),
    _w("พร รัตน์ ลักษณ์ ธิดา กานต์ มาศ ทิพย์ ดา วดี นันท์ ภา ศรี มณี ณี"),
)
_SURNAME = (
    _w("ศรี ทอง แก้ว บุญ วงศ์ ชัย สุข พงษ์ อินทร์ จันทร์ รุ่ง เจริญ มณี เพชร ธรรม คำ สิงห์ โพธิ์ ไทร นิล เกตุ พรหม"),
    _w("สุวรรณ ประเสริฐ พิทักษ์ รัตน์ โรจน์ มงคล ไพศาล สมบัติ วิเศษ เลิศ ประทุม สง่า อำนวย ภักดี ถาวร"),
    _w("กุล วงศ์ ชัย พันธ์ ศักดิ์ พงศ์ สกุล ดี สุข ทรัพย์ ศิลป์ กิจ"),
)
_LAND = _w("หนอง ห้วย โคก ดอน นา โนน วัง คลอง บึง ท่า เขา ปาก ซับ ทุ่ง สระ หาด ป่า เนิน")
_MARK = _w(
    "ตะเคียน มะขาม บัว ไผ่ ยาง กระทุ่ม สะแก ตาล ม่วง แดง ขาว ช้าง กวาง ปลาไหล เต่า หว้า พลวง จิก แสง หิน ทราย เกลือ"
    " มะกอก สัก โพธิ์ งิ้ว แฝก นกยูง กระเบา ขี้เหล็ก"
)
_TAIL = ["", "", "ใต้", "เหนือ", "พัฒนา", "น้อย", "ใหญ่", "สามัคคี", "เก่า", "ใหม่", "กลาง", "งาม"]


def _given(rng: random.Random, parts: tuple[list[str], list[str]]) -> str:
    while True:
        first, last = rng.choice(parts[0]), rng.choice(parts[1])
        if first not in last and last not in first and not (first.endswith("า") and last == "ดา"):
            return first + last


def _surname(rng: random.Random) -> str:
    while True:
        chosen = [rng.choice(part) for part in _SURNAME]
        if not any(one != two and one in two for one in chosen for two in chosen) and len(set(chosen)) == 3:
            return "".join(chosen)


def _man(rng: random.Random) -> str:
    return f"นาย{_given(rng, _MALE)} {_surname(rng)}"


def _woman(rng: random.Random) -> str:
    return f"{rng.choice(['นาง', 'นางสาว'])}{_given(rng, _FEMALE)} {_surname(rng)}"


def _anyone(rng: random.Random) -> str:
    return _man(rng) if rng.random() < 0.6 else _woman(rng)


def _soldier(rng: random.Random) -> str:
    rank = rng.choice(_w("พลทหาร อาสาสมัครทหารพราน สิบตรี สิบเอก จ่าสิบเอก จ่าสิบโท ร้อยตรี ร้อยโท พันตรี ดาบตำรวจ สิบตำรวจเอก"))
    return f"{rank} {_given(rng, _MALE)} {_surname(rng)}"


def _place(rng: random.Random) -> str:
    return rng.choice(_LAND) + rng.choice(_MARK) + rng.choice(_TAIL)


def _village(rng: random.Random) -> str:
    return rng.choice(["บ้าน", "ชุมชนบ้าน", "หมู่บ้าน"]) + _place(rng)


def _school(rng: random.Random) -> str:
    tail = rng.choice(["วิทยา", "วิทยาคม", "พิทยาคม", "ประชาสรรค์", "ราษฎร์บำรุง", "ศึกษา", "อนุสรณ์", "วิทยาคาร"])
    return "โรงเรียน" + rng.choice(["", "", "วัด", "บ้าน"]) + rng.choice(_LAND) + rng.choice(_MARK) + tail


def _firm(rng: random.Random) -> str:
    head = rng.choice(_w("สยาม ไทย เอเชีย บูรพา ทักษิณ อีสาน ล้านนา รุ่งเรือง ทรัพย์ ศรี เจริญ โชค กิจ พูน ไพศาล"))
    body = rng.choice(_w("มงคล พัฒนา อนันต์ รุ่งโรจน์ สินชัย ถาวร เพชร ธารา นที วารี พฤกษา ประทีป วิวัฒน์ สมุทร"))
    line = _w("การเกษตร ฟู้ดส์ โลจิสติกส์ พลังงาน ก่อสร้าง เทรดดิ้ง แพคเกจจิ้ง อุตสาหกรรม เคมีภัณฑ์ เท็กซ์ไทล์ วิศวกรรม ขนส่ง")
    return f"บริษัท {head}{body}{rng.choice(line)} จำกัด"


def _temple(rng: random.Random) -> str:
    return "วัด" + rng.choice(["", "", "ศรี", "โพธิ์", "ใหม่"]) + _place(rng)


def _group(rng: random.Random) -> str:
    head = rng.choice(["กลุ่มแม่บ้าน", "วิสาหกิจชุมชน", "สหกรณ์การเกษตร", "กลุ่มออมทรัพย์", "ชมรมผู้สูงอายุ", "กลุ่มเลี้ยงโค", "กลุ่มทอผ้า"])
    return head + rng.choice(["บ้าน", ""]) + _place(rng)


def _spot(rng: random.Random) -> str:
    side = rng.choice(
        _w("ริมบึงหลัง ลานหน้า ใต้ต้นโพธิ์ข้าง ทุ่งนาติดกับ เชิงสะพานใกล้ ลานดินหลัง ศาลากลางน้ำข้าง ที่ว่างตรงข้าม ท่าน้ำหน้า ถนนดินข้าง")
    )
    base = rng.choice(_w("วัด โรงเรียน ตลาดสด สถานีอนามัย สนามกีฬา ที่ทำการผู้ใหญ่บ้าน โรงสี สหกรณ์ หอประชุม ตลาดนัด โรงพัก ศาลเจ้า"))
    return side + base + rng.choice(["", "", "เก่า", "ประจำหมู่บ้าน", "ประจำตำบล"])


_THINGS = _w(
    "ข้าวสาร น้ำดื่ม ผ้าห่ม มุ้ง ยาสามัญประจำบ้าน เครื่องกรองน้ำ รถเข็น จักรยาน เครื่องเขียน รองเท้านักเรียน ชุดนักเรียน"
    " เมล็ดพันธุ์ผัก ต้นกล้าไม้ พันธุ์ปลา เครื่องสูบน้ำ เต็นท์ ถังดับเพลิง หน้ากากอนามัย ไฟฉาย เสื้อชูชีพ หนังสืออ่านนอกเวลา"
    " คอมพิวเตอร์ เตียงผู้ป่วย เครื่องวัดความดัน ปุ๋ยอินทรีย์ นมผง ผ้าอ้อม เก้าอี้พลาสติก อุปกรณ์กีฬา กระเบื้องมุงหลังคา"
)


def _things(rng: random.Random) -> str:
    chosen = rng.sample(_THINGS, rng.choice([1, 2, 2, 3]))
    return chosen[0] if len(chosen) == 1 else " ".join(chosen[:-1]) + "และ" + chosen[-1]


def _hour(rng: random.Random) -> str:
    return rng.choice(
        _w(
            "เจ็ดโมงเช้า|แปดโมงเช้า|แปดโมงครึ่ง|เก้าโมงเช้า|เก้าโมงครึ่ง|สิบโมงเช้า|สิบโมงครึ่ง|สิบเอ็ดโมง|เที่ยงตรง|บ่ายโมง|"
            "บ่ายโมงครึ่ง|บ่ายสองโมง"
            "|บ่ายสองโมงครึ่ง|บ่ายสามโมง|บ่ายสามโมงครึ่ง|สี่โมงเย็น|ห้าโมงเย็น|หกโมงเย็น|หนึ่งทุ่ม|สองทุ่ม|ตีห้า",
            "|",
        )
    )


_MONTHS = _w("มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม")
_DAYS = _w("จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์ เสาร์ อาทิตย์")
_PROVINCES = tuple(sorted(str(name) for name in provinces()))
_ORDINAL = _w("สอง สาม สี่ ห้า หก เจ็ด แปด เก้า สิบ")


def _words(number: int) -> str:
    return str(num_to_thaiword(number))


# ------------------------------------------------------------------------------------------------ reading a release

_AGENCIES = tuple(
    _w(
        "กระทรวงสาธารณสุข กระทรวงมหาดไทย กระทรวงศึกษาธิการ กระทรวงพาณิชย์ กระทรวงการต่างประเทศ กระทรวงคมนาคม กระทรวงยุติธรรม"
        " กระทรวงแรงงาน กระทรวงอุตสาหกรรม กระทรวงการคลัง กระทรวงกลาโหม กระทรวงวัฒนธรรม กระทรวงพลังงาน กระทรวงเกษตรและสหกรณ์"
        " กระทรวงทรัพยากรธรรมชาติและสิ่งแวดล้อม กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์ กระทรวงการท่องเที่ยวและกีฬา"
        " กรมชลประทาน กรมการค้าภายใน กรมปศุสัตว์ กรมประมง กรมป่าไม้ กรมการขนส่งทางบก กรมการจัดหางาน กรมทางหลวงชนบท กรมควบคุมโรค"
        " กรมอนามัย กรมการพัฒนาชุมชน กรมการปกครอง กรมสรรพากร กรมศุลกากร กรมสรรพสามิต กรมธนารักษ์ กรมการแพทย์ กรมส่งเสริมการเกษตร"
        " กรมวิชาการเกษตร กรมพัฒนาที่ดิน กรมโรงงานอุตสาหกรรม กรมการท่องเที่ยว กรมศิลปากร กรมราชทัณฑ์ กรมป้องกันและบรรเทาสาธารณภัย"
        " สำนักงานประกันสังคม ธนาคารออมสิน ธนาคารอาคารสงเคราะห์ การเคหะแห่งชาติ"
    )
)
_TITLES = (
    "พลตำรวจเอก|พลตำรวจโท|พลตำรวจตรี|พลอากาศเอก|พลอากาศโท|พลเรือเอก|พลเรือโท|พลเอก|พลโท|พลตรี|พันเอก|"
    "พันตำรวจเอก|ร้อยเอก|นายแพทย์|แพทย์หญิง"
    "|ศาสตราจารย์|รองศาสตราจารย์|พล\\.อ\\.|พล\\.ต\\.อ\\.|พล\\.ท\\.|พล\\.ต\\.|นพ\\.|พญ\\.|น\\.ส\\.|ดร\\.|นางสาว|นาง|นาย"
)
_PERSON = re.compile(rf"(?<![ก-๙])({_TITLES})[ \xa0]?([ก-๙]{{3,14}})[ \xa0]{{1,2}}([ก-๙]{{3,18}})(?=[\s,)(“”\"])")
_NOT_NAME = re.compile(
    "กล่าว|เปิดเผย|รัฐมนตรี|นายก|อธิบดี|ปลัด|ผู้ว่า|ผู้อำนวย|และ|ได้|เป็น|พร้อม|ในฐานะ|ประธาน|กระทรวง|จังหวัด|อำเภอ|"
    "เลขา|ที่ปรึกษา|โฆษก|ว่าการ|รอง|คณะ|ช่วย"
    "|สัตวแพทย์|ของ|ลงพื้น|เดินทาง|มอบ|หัวหน้า|กรรมการ|อุปทูต|เอกอัคร|สมาชิก|นายอำเภอ|อำนวย"
)


@dataclass(frozen=True, slots=True)
class _Release:
    people: tuple[tuple[str, str, str], ...]
    agency: str
    topic: str
    province: str


@lru_cache(maxsize=64)
def _people(body: str) -> tuple[tuple[str, str, str], ...]:
    found: dict[tuple[str, str], tuple[str, str, str]] = {}
    for match in _PERSON.finditer(body):
        title, first, last = match.groups()
        if not _NOT_NAME.search(first + " " + last) and title + first not in ("นายแพทย์", "นายอำเภอ"):
            found.setdefault((first, last), (title, first, last))
    return tuple(found.values())


@lru_cache(maxsize=64)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(word_tokenize(text, engine="newmm", keep_whitespace=True))


_TOPICS = (
    ("โครงการ", "โครงการดังกล่าว"),
    ("มาตรการ", "มาตรการดังกล่าว"),
    ("เปิดงาน|จัดงาน|ภายในงาน", "งานดังกล่าว"),
    ("ที่ประชุม|การประชุม", "การประชุมดังกล่าว"),
    ("พิธี", "พิธีดังกล่าว"),
    ("กิจกรรม", "กิจกรรมดังกล่าว"),
    ("ลงพื้นที่", "การลงพื้นที่ดังกล่าว"),
)


def _read(title: str, body: str) -> _Release:
    text = f"{title}\n{body}"
    topic = next((said for pattern, said in _TOPICS if re.search(pattern, text)), "การดำเนินงานดังกล่าว")
    agency = next((name for name in _AGENCIES if name in text), "หน่วยงานที่รับผิดชอบ")
    province = next((name for name in _PROVINCES if f"จังหวัด{name}" in text), "")
    return _Release(_people(body), agency, topic, province)


_OBJECT = (
    "[ข้อเสนอ|แผนงาน|แผนปฏิบัติการ|คำขอรับงบประมาณ|ร่างบันทึกความร่วมมือ|กรอบวงเงิน|ร่างระเบียบ|ร่างหลักเกณฑ์|รายงานผลการศึกษา]"
    "[เพิ่มเติม|ของคณะทำงาน|ที่ฝ่ายเลขานุการเสนอ|ฉบับปรับปรุง|ของพื้นที่นำร่อง|ระยะต่อไป]"
)
_EVENT = (
    "[การประชุมติดตามผล|การประชุมชี้แจงประชาชน|เวทีรับฟังความคิดเห็น|การประชุมคณะทำงาน|กิจกรรมรอบถัดไป|"
    "การลงพื้นที่ครั้งต่อไป|การอบรมเจ้าหน้าที่"
    "|พิธีลงนามความร่วมมือ|นิทรรศการสัญจร|การซ้อมแผนเผชิญเหตุ|งานแถลงผล]"
)
_ROLE = (
    "[ผู้ใหญ่บ้าน|กำนัน|ประธานกลุ่มเกษตรกร|ประธานสภาวัฒนธรรมตำบล|ครูใหญ่|ประธานชมรมผู้ประกอบการ|นายกสมาคมท้องถิ่น|ตัวแทนชาวบ้าน|เจ้าอาวาส"
    "|หัวหน้าสถานีอนามัย|ประธานสหกรณ์|นายกเทศมนตรี|ประธานอาสาสมัครสาธารณสุข]"
)

_LATIN = (
    _w("Som Wi Pra Anu Thana Siri Kitti Natta Phu Sura Jira Api Boon Thawi Chai Piya Thira Wira Phichai Khom"),
    _w("chai phong sak wat phon det chart rat wut nan lert mongkhon kul sri thong suk"),
)


def _latin(rng: random.Random) -> str:
    return (
        f"{rng.choice(_LATIN[0])}{rng.choice(_LATIN[1])} "
        f"{rng.choice(_LATIN[0])}{rng.choice(_LATIN[1])}{rng.choice(_LATIN[1])}"
    )


_SLOTS: dict[str, Callable[[random.Random], str]] = {
    "man": _man,
    "anyone": _anyone,
    "soldier": _soldier,
    "latin": _latin,
    "village": _village,
    "school": _school,
    "firm": _firm,
    "temple": _temple,
    "group": _group,
    "spot": _spot,
    "things": _things,
    "hour": _hour,
    "province": lambda rng: "จังหวัด" + rng.choice(_PROVINCES),
    "day": lambda rng: "วัน" + rng.choice(_DAYS),
    "month": lambda rng: rng.choice(_MONTHS),
    "few": lambda rng: _words(rng.randint(2, 9)),
    "number": lambda rng: _words(rng.choice([12, 15, 18, 24, 35, 42, 48, 56, 63, 75, 87, 120, 150, 240, 360])),
    "ordinal": lambda rng: rng.choice(_ORDINAL),
    "object": lambda _: _OBJECT,
    "event": lambda _: _EVENT,
    "role": lambda _: _ROLE,
}


class _Say:
    """Expands templates: ``[a|b]`` is one of them, ``<slot>`` a part from a table, the same wherever it stands."""

    def __init__(self, rng: random.Random, release: _Release) -> None:
        self.rng = rng
        self.known = {"agency": release.agency, "topic": release.topic}

    def __call__(self, template: str) -> str:
        while True:
            fewer = re.sub(r"\[([^\[\]]*)\]", lambda match: self.rng.choice(match[1].split("|")), template)
            fewer = re.sub(r"<([a-z]+)(\d?)>", lambda match: self._slot(match[1], match[2]), fewer)
            if fewer == template:
                return re.sub(r"  +", " ", template).strip()
            template = fewer

    def _slot(self, name: str, number: str) -> str:
        if name + number not in self.known:
            value = _SLOTS[name](self.rng)
            while "[" in value:
                value = re.sub(r"\[([^\[\]]*)\]", lambda match: self.rng.choice(match[1].split("|")), value)
            self.known[name + number] = value
        return self.known[name + number]


Values = Callable[[_Say], "tuple[str, str]"]


def _two(*options: str) -> Values:
    """Two different ones of the options."""

    def pick(say: _Say) -> tuple[str, str]:
        first, second = say.rng.sample(options, 2)
        return say(first), say(second)

    return pick


def _against(these: Sequence[str], those: Sequence[str]) -> Values:
    """One of these against one of those, either way round."""

    def pick(say: _Say) -> tuple[str, str]:
        pair = say(say.rng.choice(these)), say(say.rng.choice(those))
        return pair if say.rng.random() < 0.7 else (pair[1], pair[0])

    return pick


def _opposed(*pairs: tuple[str, str]) -> Values:
    """One of the pairs, either way round."""

    def pick(say: _Say) -> tuple[str, str]:
        first, second = say.rng.choice(pairs)
        left, right = say(first), say(second)
        return (left, right) if say.rng.random() < 0.5 else (right, left)

    return pick


def _fresh(make: Callable[[random.Random], str]) -> Values:
    """Two different ones of a maker."""

    def pick(say: _Say) -> tuple[str, str]:
        first = second = make(say.rng)
        while second == first:
            second = make(say.rng)
        return first, second

    return pick


# ----------------------------------------------------------------------------------------------- where a sentence goes

_ITEM = re.compile(r"^[\s\xa0]*(?:[(]?[0-9๐-๙]{1,2}[.)]|[-–•*·✅▶➡]|[กขคงจ][.)])")
_FURNITURE = re.compile(
    r"^[\W_]*$|^\s*#|สำนักโฆษก|กลุ่มประชาสัมพันธ์|โทร\.|โทรศัพท์|แฟกซ์|www\.|http|@|/รายงาน|/ตรวจ|/ข่าว|"
    r"อัลบั้มภาพ|ข่าวที่เกี่ยวข้อง|Photo|ภาพ\s*:|ข่าว\s*:"
    r"|^\s*(?:สำนักงาน|สำนัก|กอง|ฝ่าย|กลุ่ม)\S*$|Credit|Editor|อ่านเพิ่มเติม|^\s*\d{1,2} \S+ 25\d\d\s*$"
)
_OPEN_END = re.compile(r"(?:ว่า|ดังนี้|ได้แก่|คือ|ประกอบด้วย|อาทิ|เช่น|:|,|และ|โดย|ซึ่ง|เพื่อ|ต่อไปนี้|แบ่งเป็น|พร้อมด้วย)[\s\xa0:]*$")
_BREAK = re.compile(r"(?<=[ก-๙0-9”\")]) (?=(?:ทั้งนี้|นอกจากนี้|อย่างไรก็ตาม|ขณะเดียวกัน|พร้อมกันนี้|โอกาสนี้|ในโอกาสนี้|จากนั้น) )")


def _thai(line: str) -> int:
    return len(re.findall("[ก-๙]", line))


def _balanced(text: str) -> bool:
    return text.count("“") <= text.count("”") and text.count('"') % 2 == 0 and text.count("(") <= text.count(")")


def _prose(lines: Sequence[str]) -> list[int]:
    return [
        number
        for number, line in enumerate(lines)
        if len(line) >= 90 and _thai(line) > len(line) * 0.4 and not _FURNITURE.match(line) and not _ITEM.match(line)
    ]


def _last_line(lines: Sequence[str]) -> int:
    stop = next(
        (number for number, line in enumerate(lines) if number and re.search(r"อัลบั้มภาพ|ข่าวที่เกี่ยวข้อง|^\W*[-*]{8}", line)),
        len(lines),
    )
    prose = [number for number in _prose(lines) if number < stop]
    told = [number for number, line in enumerate(lines[:stop]) if len(line) > 25 and not _FURNITURE.search(line)]
    if prose and len(prose) * 2 >= len(told):
        return prose[-1]
    return told[-1] if told else len(lines) - 1


def _ends(lines: Sequence[str]) -> list[int]:
    """Lines after which a new paragraph can stand."""
    long = [number for number in _prose(lines) if len(lines[number]) >= 160]
    fit = []
    for number in long:
        rest = lines[number + 1] if number + 1 < len(lines) else ""
        if (
            (number == 0 and len(lines) > 2 and len(lines[0]) < 260)
            or _OPEN_END.search(lines[number])
            or _ITEM.match(rest)
            or not _balanced("\n".join(lines[: number + 1]))
        ):
            continue
        fit.append(number)
    return fit


Put = Callable[[str], str]


def _put(body: str, rng: random.Random, where: str = "", bare: bool = False) -> Put | None:
    """A place in the body, and how a sentence gets there; the caller may use it for several sentences."""
    lines = body.split("\n")
    if _thai(body) < 120:
        return None
    where = where or rng.choice(["lead", "middle", "inside", "end", "end"])
    ends, last = _ends(lines), _last_line(lines)
    ends = [number for number in ends if number <= last]
    word = rng.choice(["ทั้งนี้ ", "ขณะเดียวกัน ", "นอกจากนี้ ", "อนึ่ง ", "อีกด้านหนึ่ง ", "", ""]) if not bare else ""
    if where == "inside":
        cuts = [
            (number, match.start())
            for number in _prose(lines)
            for match in _BREAK.finditer(lines[number])
            if not word or not lines[number].startswith(word.strip(), match.end())
            if _balanced(lines[number][: match.start()]) and match.start() > 60
        ]
        if cuts:
            number, at = rng.choice(cuts)
            line = lines[number]
            joined = line[:at], line[at:]
            start, end = lines[:number], lines[number + 1 :]
            return lambda said: "\n".join([*start, f"{joined[0]} {word}{said}{joined[1]}", *end])
        where = "middle"
    if where == "end" or not ends:
        number = ends[-1] if ends and rng.random() < 0.3 else last
    elif where == "lead":
        number = ends[0]
    else:
        number = rng.choice(ends)
    own = number not in ends or rng.random() < 0.5 or bool(re.search(r"[”\"]\s*(?:\S+ )?กล่าว\S*\s*$", lines[number]))
    start, line, end = lines[:number], lines[number].rstrip(), lines[number + 1 :]
    if own:
        return lambda said: "\n".join([*start, line, word + said, *end])
    return lambda said: "\n".join([*start, f"{line} {word}{said}", *end])


def _fill(frame: str, **values: str) -> str:
    for name, value in values.items():
        frame = frame.replace({"first": "@", "second": "#"}[name], value)
    return re.sub(r"(?<= จำกัด)(?=[ก-๙])", " ", frame)


def _carrier(templates: Sequence[str], values: Values, where: str = "") -> Edit:
    """The same sentence in both, but for what stands at ``@``."""

    def edit(title: str, body: str, rng: random.Random) -> Pair | None:
        put = _put(body, rng, where)
        if put is None:
            return None
        say = _Say(rng, _read(title, body))
        frame = say(rng.choice(templates))
        first, second = values(say)
        one, two = _fill(frame, first=first), _fill(frame, first=second)
        if len(one) + len(two) < 130 and title and rng.random() < 0.2:  # in the headline too
            return (f"{title} {one}", put(one)), (f"{title} {two}", put(two))
        return (title, put(one)), (title, put(two))

    return edit


def _either(native: Edit, carrier: Edit, share: float = 0.75) -> Edit:
    """The change in the release's own words where it has them (mostly), else in a sentence put into both."""

    def edit(title: str, body: str, rng: random.Random) -> Pair | None:
        if rng.random() < share:
            pair = native(title, body, rng)
            if pair is not None:
                return pair
        return carrier(title, body, rng)

    return edit


# ---------------------------------------------------------------------------------- changes in the release's own words

_DOERS = _w(
    "จัด เปิด ดำเนินการ สนับสนุน ให้ มี เสนอ ช่วย นำ ขยาย เพิ่ม เข้าร่วม เดินทาง แจ้ง พิจารณา ส่ง ลง ประกาศ รับ ทำ ปรับ ขอ ใช้ จ่าย"
)
_DID = _w("มอบ จัด สั่งการ มอบหมาย กำชับ ลง ร่วม ดำเนินการ หารือ ติดตาม รับ พบ เดินทาง เสนอ กำหนด เชิญ แจ้ง ขอ ให้ มี เน้นย้ำ ประกาศ")
_NO = frozenset(
    _w("ได้ ไม่ มิ ไม่ได้ มิได้ ยังไม่ ไม่สามารถ การ ความ ให้ความ ได้รับ ที่จะ เพื่อจะ อาจ ไม่อาจ ว่าจะ กว่า จึง ก็ คำ ผู้ ขอ ก่อนที่ เพื่อ")
)
_PLAIN_NO = {
    "สามารถ": ("ไม่สามารถ", "ยังไม่สามารถ"),
    "เห็นชอบ": ("ไม่เห็นชอบ", "ยังไม่เห็นชอบ"),
    "อนุมัติ": ("ไม่อนุมัติ", "ยังไม่อนุมัติ"),
    "เห็นด้วย": ("ไม่เห็นด้วย",),
    "ได้รับ": ("ไม่ได้รับ", "ยังไม่ได้รับ"),
    "อนุญาต": ("ไม่อนุญาต", "ยังไม่อนุญาต"),
    "เพียงพอ": ("ไม่เพียงพอ", "ยังไม่เพียงพอ"),
}


def _replace_at(tokens: Sequence[str], at: int, new: str) -> str:
    return "".join([*tokens[:at], new, *tokens[at + 1 :]])


def _told(tokens: Sequence[str]) -> int:
    """How many of the tokens come before a list of other news."""
    for at, word in enumerate(tokens):
        if word in ("อัลบั้ม", "อัลบั้มภาพ") or (word == "ข่าว" and "".join(tokens[at : at + 4]).startswith("ข่าวที่เกี่ยวข้อง")):
            return at
    return len(tokens)


def _negate(_title: str, body: str, rng: random.Random) -> tuple[str, str] | None:
    tokens = _tokens(body)
    found: list[tuple[int, str]] = []
    for at in range(1, min(_told(tokens), len(tokens) - 1)):
        word, before, after = tokens[at], tokens[at - 1], tokens[at + 1]
        if before in _NO or before.startswith(("ไม่", "การ")):
            continue
        if re.search("ช่วย|เพื่อ|ให้|โอกาส|หวัง", "".join(tokens[max(0, at - 6) : at])):
            continue  # an aim is not denied
        if (
            word in _PLAIN_NO
            and after != "ใน"
            and not (word in ("อนุมัติ", "อนุญาต", "เห็นชอบ") and before in ("พิจารณา", "เสนอ", "ใบ"))
        ):
            found.append((at, rng.choice(_PLAIN_NO[word])))
        elif word == "จะ" and after in _DOERS:
            found.append((at, "จะไม่"))
        elif word == "ต้อง" and after in (*_DOERS, *_DID):
            found.append((at, "ไม่ต้อง"))
        elif word == "ได้" and after in _DID and (before.isspace() or before in ("ซึ่ง", "โดย", "รัฐบาล")):
            found.append((at, rng.choice(["ไม่ได้", "ยังไม่ได้"])))
    if not found:
        return None
    at, new = rng.choice(found)
    return body, _replace_at(tokens, at, new)


def _negation_native(title: str, body: str, rng: random.Random) -> Pair | None:
    made = _negate(title, body, rng)
    return None if made is None else ((title, made[0]), (title, made[1]))


_COUNTED = frozenset(
    _w(
        "จำนวน ราคา อัตรา งบประมาณ ภาษี ค่า เงิน ปริมาณ ระยะเวลา วงเงิน เป้าหมาย พื้นที่ เที่ยว ดอกเบี้ย เวลา "
        "กำลังการผลิต ค่าธรรมเนียม ค่าใช้จ่าย ต้นทุน รายจ่าย โควตา"
    )
)
_TURN = {
    "เพิ่มขึ้น": "ลดลง",
    "ลดลง": "เพิ่มขึ้น",
    "สูงกว่า": "ต่ำกว่า",
    "ต่ำกว่า": "สูงกว่า",
    "มากกว่า": "น้อยกว่า",
    "น้อยกว่า": "มากกว่า",
    "นำเข้า": "ส่งออก",
    "ส่งออก": "นำเข้า",
    "ขยายตัว": "หดตัว",
    "หดตัว": "ขยายตัว",
    "แข็งค่า": "อ่อนค่า",
    "อ่อนค่า": "แข็งค่า",
    "กำไร": "ขาดทุน",
    "สูงสุด": "ต่ำสุด",
    "ต่ำสุด": "สูงสุด",
    "ซื้อ": "ขาย",
    "ขาย": "ซื้อ",
    "ก่อสร้าง": "รื้อถอน",
    "ติดตั้ง": "รื้อถอน",
    "เห็นด้วย": "คัดค้าน",
    "ก่อน": "หลัง",
    "หลัง": "ก่อน",
    "เข้าร่วม": "ถอนตัวจาก",
    "เกินดุล": "ขาดดุล",
    "ขาดดุล": "เกินดุล",
}
_OPENED = frozenset(_w("งาน โครงการ ศูนย์ การประชุม นิทรรศการ กิจกรรม สนาม ตลาด ด่าน รับสมัคร ให้บริการ ลงทะเบียน การอบรม"))


def _verb_native(title: str, body: str, rng: random.Random) -> Pair | None:
    tokens = _tokens(body)
    found: list[tuple[int, str]] = []
    for at in range(1, min(_told(tokens), len(tokens) - 1)):
        word, before, after = tokens[at], tokens[at - 1], tokens[at + 1]
        meant = re.search("ช่วย|เพื่อ|สามารถ|ให้|หวัง", "".join(tokens[max(0, at - 6) : at]))
        if meant and word in ("เพิ่ม", "ลด", "เพิ่มขึ้น", "ลดลง", "สูงกว่า", "ต่ำกว่า"):
            continue  # nobody writes that they help a cost to rise
        if word in ("เพิ่ม", "ลด") and after in _COUNTED:
            found.append((at, "ลด" if word == "เพิ่ม" else "เพิ่ม"))
        elif word == "เปิด" and after in _OPENED:
            found.append((at, "ปิด"))
        elif word in ("ก่อน", "หลัง"):
            if re.match("การ|เข้า|เดิน|ปี|ออก|พิธี|วัน|สิ้น", after) and not re.search("[0-9]|บ้าน|ขั้น", before):
                found.append((at, _TURN[word]))
        elif word == "เข้าร่วม":
            if re.match("การ|โครงการ|ประชุม|งาน|พิธี", after) and before not in ("การ", "ผู้"):
                found.append((at, _TURN[word]))
        elif word in ("ซื้อ", "ขาย"):
            if before.isspace() or before in ("จะ", "ได้", "มา", "ไป", "เพื่อ", "และ"):
                found.append((at, _TURN[word]))
        elif word in ("สูงสุด", "ต่ำสุด") and "ไม่เกิน" in "".join(tokens[at : at + 5]):
            continue
        elif (
            word in _TURN
            and _TURN[word] not in "".join(tokens[max(0, at - 4) : at + 5])
            and before not in ("ค่า", "ธนาคาร")
        ):
            found.append((at, _TURN[word]))
    if not found:
        return None
    at, new = rng.choice(found)
    if rng.random() < 0.3:  # the same verb wherever the text has it in such a place
        chosen = {spot: word for spot, word in found if tokens[spot] == tokens[at]}
        return (title, body), (title, "".join(chosen.get(spot, word) for spot, word in enumerate(tokens)))
    return (title, body), (title, _replace_at(tokens, at, new))


def _swap_word(groups: Sequence[Sequence[str]], forbid: str = "") -> Edit:
    """One word of a group for another of the same group, everywhere in headline and body."""

    def edit(title: str, body: str, rng: random.Random) -> Pair | None:
        text = f"{title}\n{body}"
        heads, tokens = _tokens(title), _tokens(body)
        choices = [
            (old, new)
            for group in groups
            for old in group
            if old in tokens
            for new in group
            if new not in text and new not in old and old not in new
        ]
        if forbid:
            choices = [(old, new) for old, new in choices if not re.search(f"(?:{forbid}){re.escape(old)}", text)]
        if not choices:
            return None
        olds = sorted({old for old, _ in choices}, key=lambda old: (-tokens.count(old), old))
        old = olds[0] if rng.random() < 0.6 else rng.choice(olds)
        new = rng.choice([new for word, new in choices if word == old])
        head = "".join(new if token == old else token for token in heads)
        return (title, body), (head, "".join(new if token == old else token for token in tokens))

    return edit


_CROPS = (
    _w("ยางพารา|ปาล์มน้ำมัน|มันสำปะหลัง|อ้อย|ข้าวโพด|กาแฟ|ถั่วเหลือง|มะพร้าว", "|"),
    _w("ทุเรียน|ลำไย|มังคุด|ลิ้นจี่|เงาะ|มะม่วง|ส้มโอ|ลองกอง|กล้วยหอม|สับปะรด", "|"),
    _w("กระเทียม|หอมแดง|หอมหัวใหญ่|พริก|มะนาว", "|"),
    _w("ข้าวหอมมะลิ|ข้าวเหนียว|ข้าวสาลี", "|"),
)
_DISEASES = (
    _w("ไข้เลือดออก|ไข้หวัดใหญ่|มาลาเรีย|วัณโรค|ฉี่หนู|ไข้ซิกา|อหิวาตกโรค|ไอกรน|คอตีบ|โควิด-19", "|"),
    _w("เบาหวาน|ความดันโลหิตสูง|ไขมันในเลือดสูง", "|"),
)
_PRODUCTS = (
    _w("กุ้ง|ปลาหมึก|ปลานิล|ปลาทูน่า|ปลาดุก|หอยแมลงภู่", "|"),
    _w("สุกร|โคเนื้อ|โคนม|แพะ|กระบือ|เป็ด", "|"),
    _w("รถยนต์|รถจักรยานยนต์|รถบรรทุก|รถโดยสาร", "|"),
    _w("ปุ๋ย|ยาฆ่าแมลง|เมล็ดพันธุ์|อาหารสัตว์", "|"),
    _w("น้ำตาล|น้ำมันพืช|แป้ง|เกลือ|น้ำปลา", "|"),
    _w("ผ้าไหม|ผ้าฝ้าย|เครื่องเงิน|เครื่องจักสาน|เซรามิก", "|"),
    _w("ถุงยังชีพ|ผ้าห่ม|เครื่องสูบน้ำ|เครื่องกรองน้ำ", "|"),
)
_PEOPLE_GROUPS = (
    _w("ผู้สูงอายุ|คนพิการ|ผู้พิการ|ทหารผ่านศึก|คนไร้บ้าน|เด็กกำพร้า|ผู้ป่วยติดเตียง|คนยากจน", "|"),
    _w("เกษตรกร|ชาวประมง|แรงงาน|ผู้ประกอบการ", "|"),
    _w("นักเรียน|นักศึกษา|ครู|ผู้ปกครอง", "|"),
    _w("นักท่องเที่ยว|นักลงทุน|ผู้โดยสาร|ผู้บริโภค", "|"),
)
_COUNTRIES = (
    _w(
        "ญี่ปุ่น|เกาหลีใต้|เวียดนาม|มาเลเซีย|อินโดนีเซีย|ฟิลิปปินส์|สิงคโปร์|ออสเตรเลีย|อินเดีย|จีน|เยอรมนี|ฝรั่งเศส|กัมพูชา|"
        "เมียนมา|บังกลาเทศ|ศรีลังกา",
        "|",
    ),
    _w("อิตาลี|สเปน|รัสเซีย|โปแลนด์|ฮังการี|เนเธอร์แลนด์|สวีเดน|เดนมาร์ก|ตุรกี|อียิปต์|แคนาดา|บราซิล", "|"),
)


def _name_native(pattern: str, make: Callable[[random.Random], str]) -> Edit:
    """A name of the release (group 1 of the pattern) for an invented one, everywhere; its kind (อำเภอ ...) stays."""

    def edit(title: str, body: str, rng: random.Random) -> Pair | None:
        found: dict[str, None] = {}
        for match in re.finditer(pattern, body):
            found.setdefault(match[1])
        names = [name for name in found if not any(name != other and name in other for other in found)]
        if not names:
            return None
        old, new = rng.choice(names), make(rng)
        kind = re.match("บ้าน|ตำบล|อำเภอ", old)
        if kind:
            new = kind[0] + new
        return (title, body), (title.replace(old, new), body.replace(old, new))

    return edit


def _province_native(title: str, body: str, rng: random.Random) -> Pair | None:
    text = f"{title}\n{body}"
    here = [name for name in _PROVINCES if len(name) >= 6 and re.search(f"(?:จังหวัด|จ\\. ?){name}", text)]
    if not here:
        return None
    old = max(here, key=lambda name: (text.count(name), name)) if rng.random() < 0.7 else rng.choice(here)
    new = rng.choice([name for name in _PROVINCES if name not in text and len(name) >= 5 and name != "กรุงเทพมหานคร"])
    return (title, body), (title.replace(old, new), body.replace(old, new))


def _weekday_native(title: str, body: str, rng: random.Random) -> Pair | None:
    found = list(re.finditer(rf"วัน({'|'.join(_DAYS)})(?![ก-๙])(?! ?ที่)(?! ?\d)(?! ?\()", body))
    if not found:
        return None
    match = rng.choice(found)
    new = rng.choice([day for day in _DAYS if day != match[1]])
    return (title, body), (title, f"{body[: match.start(1)]}{new}{body[match.end(1) :]}")


def _month_native(title: str, body: str, rng: random.Random) -> Pair | None:
    found = list(re.finditer(rf"(?:เดือน|ภายใน|ปลาย|ต้น|กลาง|ช่วง) ?({'|'.join(_MONTHS)})(?!\s*[-–])", body))
    if not found:
        return None
    match = rng.choice(found)
    new = rng.choice([month for month in _MONTHS if month not in body] or ["กุมภาพันธ์"])
    if new == match[1]:
        return None
    if rng.random() < 0.5:
        return (title, body), (title, f"{body[: match.start(1)]}{new}{body[match.end(1) :]}")
    pattern = rf"(เดือน|ภายใน|ปลาย|ต้น|กลาง|ช่วง)( ?){match[1]}"
    return (title, body), (re.sub(pattern, rf"\1\2{new}", title), re.sub(pattern, rf"\1\2{new}", body))


def _ordinal_native(title: str, body: str, rng: random.Random) -> Pair | None:
    found = list(re.finditer(r"(?:ครั้ง|รุ่น|ปี|ระยะ|แห่ง|เฟส)ที่ ?([0-9]{1,2})(?![0-9/.,])(?! ?[-–])", body))
    if not found:
        return None
    match = rng.choice(found)
    said, number = match[0], int(match[1])
    other = number + rng.choice([1, 1, 2]) if number < 2 or rng.random() < 0.6 else number - 1
    new = said[: -len(match[1])] + (str(other) if rng.random() < 0.6 else _words(other))
    pattern = re.escape(said) + r"(?![0-9/.,])"
    return (title, body), (re.sub(pattern, new, title), re.sub(pattern, new, body))


_ROLES = (
    ("รัฐมนตรีว่าการ", "รัฐมนตรีช่วยว่าการ"),
    ("รองปลัดกระทรวง", "ผู้ตรวจราชการกระทรวง"),
    ("ปลัดกระทรวง", "รองปลัดกระทรวง"),
    ("รองอธิบดีกรม", "อธิบดีกรม"),
    ("อธิบดีกรม", "รองอธิบดีกรม"),
    ("รองผู้ว่าราชการจังหวัด", "ผู้ว่าราชการจังหวัด"),
    ("ผู้ว่าราชการจังหวัด", "รองผู้ว่าราชการจังหวัด"),
    ("รองเลขาธิการ", "ผู้ช่วยเลขาธิการ"),
    ("รองโฆษก", "โฆษก"),
    ("ผู้อำนวยการ", "รองผู้อำนวยการ"),
    ("กรรมการผู้จัดการ", "รองกรรมการผู้จัดการ"),
    ("เป็นประธาน", "เป็นผู้แทนประธาน"),
)


def _role_native(title: str, body: str, rng: random.Random) -> Pair | None:
    found = []
    for old, new in _ROLES:
        for match in re.finditer(f"(?<![ก-๙])(?<!รอง){old}", body):
            before = body[max(0, match.start() - 22) : match.start()]
            if re.search(r"[ก-๙]{3,} $", before) and _PERSON.search(
                body[max(0, match.start() - 45) : match.start() + 1]
            ):
                found.append((match.start(), old, new))
    if not found:
        return None
    at, old, new = rng.choice(found)
    return (title, body), (title, body[:at] + new + body[at + len(old) :])


_AFTER_NAME = re.compile(
    r"\s+(รัฐมนตรี|นายก|อธิบดี|ปลัด|ผู้ว่า|ผู้อำนวย|รอง|เลขา|โฆษก|ประธาน|หัวหน้า|กรรมการ|ที่ปรึกษา|เอกอัคร|ผู้ช่วย|"
    r"นายอำเภอ|กล่าว|เปิดเผย)\S*"
)


def _names_native(title: str, body: str, rng: random.Random) -> Pair | None:
    people = []
    for rank, first, last in _people(body):
        match = re.search(f"{re.escape(rank)}[ \xa0]?{first}[ \xa0]{{1,2}}{last}", body)
        after = _AFTER_NAME.match(body, match.end()) if match else None
        if match and after:
            people.append((match[0], first, after[0].strip()))
    pairs = [(one, two) for one in people for two in people if one is not two and one[2] != two[2] and one[1] != two[1]]
    if not pairs:
        return None
    (one, first, _), (two, second, _) = rng.choice(pairs)
    other = {one: two, two: one, first: second, second: first}
    pattern = re.compile(
        "|".join([re.escape(one), re.escape(two), *(f"(?<=นาย|ดร\\.|นาง){name}(?![ก-๙])" for name in (first, second))])
    )

    def change(text: str) -> str:
        return pattern.sub(lambda match: other[match[0]], text)

    return (title, body), (change(title), change(body))


def _scope_native(title: str, body: str, rng: random.Random) -> Pair | None:
    choices = [
        (old, rng.choice(news))
        for old, news in (
            ("ทั่วประเทศ", ("เฉพาะภาคใต้", "เฉพาะภาคเหนือ", "เฉพาะในเขตเมือง", "เฉพาะพื้นที่ชายแดน")),
            ("ทุกจังหวัด", ("บางจังหวัด", "สามจังหวัด")),
            ("ทั้งหมด", ("บางส่วน", "เพียงครึ่งหนึ่ง")),
            ("ทุกพื้นที่", ("บางพื้นที่", "เฉพาะพื้นที่นำร่อง")),
            ("ทุกโรงเรียน", ("บางโรงเรียน",)),
            ("ทุกช่วงวัย", ("เฉพาะวัยทำงาน", "เฉพาะวัยเรียน")),
            ("ทุกวัน", ("เฉพาะวันเสาร์", "เฉพาะวันทำการ")),
            ("ตลอดทั้งปี", ("เฉพาะฤดูแล้ง",)),
            ("ทุกอำเภอ", ("บางอำเภอ",)),
        )
        if re.search(old + r"(?! ?ไม่เว้น)(?! ?[0-9])(?!ทำการ|จันทร์|อังคาร|พุธ|พฤหัส|ศุกร์|เสาร์|อาทิตย์|นี้)", body)
    ]
    if not choices:
        return None
    old, new = rng.choice(choices)
    match = rng.choice(
        list(re.finditer(old + r"(?! ?ไม่เว้น)(?! ?[0-9])(?!ทำการ|จันทร์|อังคาร|พุธ|พฤหัส|ศุกร์|เสาร์|อาทิตย์|นี้)", body))
    )
    return (title, body), (title, body[: match.start()] + new + body[match.end() :])


# ------------------------------------------------------------------------------------------ sentences for carriers

_YES_OBJECT = (
    "[มีมติ|ได้|พิจารณาแล้ว]เห็นชอบ<object>",
    "[มีมติ|ลงมติ]อนุมัติ<object>[|แล้ว]",
    "ให้ความเห็นชอบ<object>",
    "ไฟเขียว<object>[|ตามที่เสนอ]",
    "มีมติ[เป็นเอกฉันท์|ด้วยเสียงข้างมาก]รับ<object>",
    "รับรอง<object>[เรียบร้อยแล้ว|ตามที่เสนอ]",
    "เห็นพ้องกับ<object>และให้เริ่มดำเนินการทันที",
    "ผ่าน<object>[โดยไม่มีผู้คัดค้าน|โดยไม่มีการแก้ไข]",
)
_NO_OBJECT = (
    "[มีมติ|พิจารณาแล้ว]ไม่เห็นชอบ<object>",
    "[มีมติ|ลงมติ]ไม่อนุมัติ<object>",
    "ยังไม่ให้ความเห็นชอบ<object>",
    "ตีกลับ<object>[ให้เจ้าของเรื่องนำไปทบทวน|ให้จัดทำใหม่]",
    "มีมติ[เป็นเอกฉันท์|ด้วยเสียงข้างมาก]ไม่รับ<object>",
    "ถอน<object>ออกจากวาระ[|การประชุม]",
    "[ชะลอการพิจารณา|ระงับ]<object>ไว้ก่อน",
    "ปัดตก<object>[เนื่องจากข้อมูลไม่ครบถ้วน|ด้วยเหตุผลด้านงบประมาณ|เพราะขัดต่อระเบียบ]",
    "เห็นว่า<object>ยังไม่สมควรดำเนินการในขณะนี้",
    "มีมติให้ยกเลิก<object>",
)
_BOARD = "[ที่ประชุม|คณะกรรมการ|คณะทำงาน|คณะอนุกรรมการ|ฝ่ายบริหาร][|ที่เกี่ยวข้อง|ชุดที่เกี่ยวข้อง|ระดับพื้นที่]"
_ON = (
    "[ยังคง|จะ]จัดขึ้นตาม[กำหนดเดิม|กำหนดการเดิมทุกประการ]",
    "พร้อมเดินหน้าตามแผน[ที่วางไว้|เดิม]",
    "จะเริ่มขึ้นตาม[ที่ประกาศไว้|เวลาที่นัดหมาย]",
    "ไม่มีการเปลี่ยนแปลงกำหนดการ[|แต่อย่างใด]",
)
_LATER = (
    "[ต้อง|จำเป็นต้อง|ให้]เลื่อนออกไป[ก่อน|อย่างไม่มีกำหนด|จนกว่าสถานการณ์จะคลี่คลาย|เป็นเดือนหน้า|เป็นสัปดาห์หน้า]",
    "ขอเลื่อนไปจัดใน[ไตรมาสหน้า|ปีหน้า|เดือนถัดไป]",
    "ถูกเลื่อนออกไป[|อีกครั้ง]เพราะ[ฝนตกหนัก|สถานที่ไม่พร้อม|วิทยากรติดภารกิจ|เอกสารไม่ครบ]",
    "ยังจัดไม่ได้ในขณะนี้และจะแจ้งกำหนดใหม่[ภายหลัง|อีกครั้ง]",
)
_OFF = (
    "[ได้|ถูก|ต้อง]ยกเลิก[|แล้ว|ทั้งหมด|เป็นการถาวร]",
    "จะไม่จัดขึ้นแล้ว[|ในปีนี้]",
    "[เป็นอันยกเลิก|ยุติลงแล้ว]เนื่องจาก[งบประมาณไม่พอ|มีผู้ลงทะเบียนน้อย|พบปัญหาด้านความปลอดภัย|เจ้าภาพถอนตัว]",
    "ให้งดจัด[โดยไม่มีกำหนดใหม่|ในทุกพื้นที่]",
)
_RUMOUR = (
    "[ข่าวที่ว่า|กระแสข่าวว่า|ข้อมูลที่เผยแพร่ทางสื่อสังคมออนไลน์ว่า|รายงานข่าวที่ว่า]"
    "[มีการเรียกรับเงินจากผู้เข้าร่วม|จะมีการปรับโครงสร้างหน่วยงาน|พบความผิดปกติในการจัดซื้อ|มีเจ้าหน้าที่ถูกสั่งย้าย|งบประมาณไม่เพียงพอ"
    "|สินค้าไม่ได้มาตรฐาน|มีการทิ้งของเสียลงแหล่งน้ำ|ข้อมูลผู้ลงทะเบียนรั่วไหล|จะมีการขึ้นค่าบริการ|มีการปิดสำนักงานสาขา]"
)


def _quantity(say: _Say) -> tuple[str, str]:
    first = second = _words(
        say.rng.choice([3, 4, 6, 7, 8, 9, 12, 14, 15, 18, 20, 24, 30, 35, 42, 56, 70, 85, 120, 150, 300, 450])
    )
    while first == second:
        second = _words(
            say.rng.choice([3, 4, 5, 6, 7, 8, 9, 11, 12, 16, 18, 21, 24, 33, 35, 40, 56, 72, 85, 125, 200, 300, 500])
        )
    return first, second


def _transfer(title: str, body: str, rng: random.Random) -> Pair | None:
    """Giver and receiver change places."""
    put = _put(body, rng)
    if put is None:
        return None
    say = _Say(rng, _read(title, body))
    makers: list[Callable[[random.Random], str]] = [_firm, _school, _group, _village, _temple, _anyone]
    first, second = (make(rng) for make in rng.sample(makers, 2))
    frame = say(
        rng.choice(
            [
                "[@|ในวันเดียวกัน @][ได้|]มอบ<things>[ให้แก่|ให้กับ|แก่]#",
                "# [ได้|]รับมอบ<things>จาก@[เพื่อใช้ประโยชน์ต่อไป|]",
                "@ [บริจาค|ส่งมอบ]<things>[ให้แก่|ให้กับ]# [ต่อหน้าผู้เข้าร่วมงาน|เมื่อช่วงเช้าที่ผ่านมา|]",
                "@ [เป็นฝ่ายชดใช้ค่าเสียหาย|คืนเงินค่าประกัน|โอนกรรมสิทธิ์ที่ดิน|ให้ยืม<things>][แก่|ให้แก่]# [|ตามที่ตกลงกันไว้]",
                "@ [ยื่นฟ้อง|ร้องเรียน|ขอบคุณ|เข้าเยี่ยม|ขออภัยต่อ]#[ |เมื่อสัปดาห์ก่อน]",
                "@ ขาย<things>ให้# [ในราคาทุน|ตามสัญญา|]",
            ]
        )
    )
    one = _fill(frame, first=first, second=second)
    two = _fill(frame, first=second, second=first)
    return (title, put(one)), (title, put(two))


def _trade(title: str, body: str, rng: random.Random) -> Pair | None:
    """A verb of trade for its opposite, with a thing it is said of."""
    if rng.random() < 0.5:
        what = "[ที่ดินติดกับ<temple>|อาคารเก่าใน<village>|โรงสีของ<group>|แผงค้าหน้า<temple>|เรือลำเก่าที่จอดอยู่<spot>]"
        values = _opposed(
            ("ซื้อ", "ขาย"), ("ให้เช่า", "ขอเช่า"), ("จำนอง", "ไถ่ถอน"), ("คืน", "ยึด"), ("ประมูล", "ถอนตัวจากการประมูล")
        )
    else:
        what = "<things>[จำนวนหนึ่ง|ทั้งหมดที่เหลือ|ล็อตใหม่|]"
        values = _opposed(
            ("ซื้อ", "ขาย"), ("ยืม", "ให้ยืม"), ("รับมอบ", "ส่งคืน"), ("บริจาค", "ขอรับบริจาค"), ("สั่งจอง", "ยกเลิกการสั่งจอง")
        )
    who = "[<firm>|<group>|<agency>|สหกรณ์ใน<province>|<anyone> <role>]"
    return _carrier([f"{who} @{what}[|แล้ว|เมื่อต้นเดือน|ตามมติที่ประชุม]"], values)(title, body, rng)


def _winner(title: str, body: str, rng: random.Random) -> Pair | None:
    put = _put(body, rng)
    if put is None:
        return None
    say = _Say(rng, _read(title, body))
    make: Callable[[random.Random], str] = rng.choice([_school, _group, _anyone, _village, _firm])
    first, second = _fresh(make)(say)
    prize = (
        "[รางวัลชนะเลิศ|เหรียญทอง|ถ้วยรางวัลชนะเลิศ|โล่รางวัลดีเด่น][การประกวด|การแข่งขัน|การคัดเลือก][ผลิตภัณฑ์ชุมชน|"
        "นวัตกรรม|อาหารพื้นถิ่น|งานประดิษฐ์|ภาพถ่าย]"
    )
    frame = say(
        rng.choice(
            [
                f"[@|ผู้ชนะ ได้แก่ @ ซึ่ง]คว้า{prize}",
                f"[คณะกรรมการตัดสินให้|กรรมการประกาศให้]@ ได้รับ{prize}",
                f"@ ได้รับ{prize} ส่วน# ได้รองชนะเลิศ",
                f"@ เอาชนะ# คว้า{prize}[ไปครอง|]",
            ]
        )
    )
    if "#" in frame:
        return (title, put(_fill(frame, first=first, second=second))), (
            title,
            put(_fill(frame, first=second, second=first)),
        )
    return (title, put(_fill(frame, first=first))), (title, put(_fill(frame, first=second)))


_STATEMENTS = (
    (
        "[เห็นด้วย|สนับสนุน]กับ[แนวทาง|ข้อเสนอ|การเปลี่ยนแปลง]ครั้งนี้ [เพราะช่วยให้ชาวบ้านมีรายได้|เพราะแก้ปัญหาได้ตรงจุด|และขอให้ทำโดยเร็ว]",
        "[ไม่เห็นด้วย|ไม่อาจเห็นด้วย]กับ[แนวทาง|ข้อเสนอ|การเปลี่ยนแปลง]ครั้งนี้ [เพราะทำให้ชาวบ้านเสียที่ทำกิน|"
        "เพราะไม่มีใครถามคนในพื้นที่|และขอให้ทบทวน]",
    ),
    ("[พอใจกับผล|ยอมรับผล]ที่ออกมา[ และจะไม่คัดค้าน|]", "[ผิดหวังกับผล|ไม่ยอมรับผล]ที่ออกมา[ และจะยื่นอุทธรณ์| และจะถอนตัว|]"),
    ("ปีนี้สถานการณ์ดีขึ้นกว่าปีก่อน[มาก|อย่างชัดเจน|]", "ปีนี้สถานการณ์แย่ลงกว่าปีก่อน[มาก|อย่างชัดเจน|]"),
    ("ชาวบ้านได้รับเงินครบถ้วน[แล้ว|ตามกำหนด]", "[จนถึงวันนี้|ขณะนี้]ชาวบ้านยังไม่ได้รับเงิน[แม้แต่บาทเดียว|เลย]"),
    ("คนในพื้นที่ไม่เดือดร้อนแล้ว", "คนในพื้นที่ยังเดือดร้อน[หนัก|อยู่]"),
    ("โรงงานแห่งนี้[ไม่ได้|ไม่เคย]ปล่อยน้ำเสีย", "โรงงานแห่งนี้[แอบ|เคย]ปล่อยน้ำเสีย[หลายครั้ง|ลงคลอง]"),
    ("เจ้าหน้าที่มาถึง[เร็ว|ทันเวลา]และช่วยได้มาก", "เจ้าหน้าที่มาถึง[ช้า|ไม่ทัน]และช่วยอะไรไม่ได้"),
    ("อยากให้เปิดด่าน[โดยเร็ว|ทันที]", "ยังไม่อยากให้เปิดด่าน[ในตอนนี้|]"),
    ("ปีหน้าจะ[เข้าร่วมอีก|กลับมาอีกแน่นอน]", "ปีหน้าจะไม่เข้าร่วม[อีก|แล้ว]"),
)


def _opposite_quote(title: str, body: str, rng: random.Random) -> Pair | None:
    put = _put(body, rng)
    if put is None:
        return None
    say = _Say(rng, _read(title, body))
    verb = say("[กล่าวว่า|ให้ความเห็นว่า|บอกว่า|ระบุว่า|สะท้อนว่า]")
    quoted = rng.random() < 0.4
    pair = [say(statement) for statement in rng.choice(_STATEMENTS)]
    rng.shuffle(pair)
    made = []
    for statement in pair:
        role = _Say(rng, _read(title, body))("<anyone> <role>")
        made.append(f"{role} {verb} " + (f"“{statement}”" if quoted else statement))
    return (title, put(made[0])), (title, put(made[1]))


_FACTS = (
    "<agency>จะเปิดศูนย์รับเรื่องร้องเรียนเพิ่มอีก<few>แห่งที่<village> เริ่มให้บริการวัน<day1>หน้า".replace("วัน<day1>", "<day1>"),
    "<anyone> <role> ได้รับแต่งตั้งเป็นประธานคณะทำงานระดับตำบล แทนคนเดิมที่ลาออก",
    "<school>ได้รับเลือกเป็นสถานที่จัดกิจกรรมครั้งต่อไป โดยจะใช้หอประชุมเป็นหลัก",
    "ชาว<village>ขอให้ซ่อมสะพานไม้ที่ชำรุดก่อนฤดูฝน ซึ่ง<agency>รับไปดำเนินการ",
    "<firm>รับเป็นผู้สนับสนุนค่าอาหารและค่าเดินทางของผู้เข้าร่วมทั้งหมด",
    "ผู้เข้าร่วมลงชื่อเรียกร้องให้ขยายเวลาออกไปอีก<few>เดือน",
    "มีการเก็บตัวอย่างน้ำจาก<spot>ไปตรวจ คาดว่าจะทราบผลภายใน<few>วัน",
    "<group>นำสินค้ามาจำหน่ายและมีรายได้มากเป็นอันดับหนึ่งของวัน",
    "ที่จอดรถสำหรับผู้มาติดต่อย้ายไปอยู่บริเวณ<spot>",
    "เจ้าหน้าที่<few>นายถูกย้ายไปช่วยราชการที่<province>จนกว่าการสอบสวนจะแล้วเสร็จ",
    "ทีมสำรวจพบว่าถนนหน้า<temple>ทรุดตัวลงและต้องปิดการจราจรหนึ่งช่องทาง",
    "มีผู้ขอถอนชื่อออกจากบัญชีผู้รับสิทธิ์<number>คน ส่วนใหญ่ย้ายไปทำงานต่างจังหวัด",
    "จะมีรถรับส่งจาก<village>ทุกครึ่งชั่วโมงโดยไม่เก็บค่าโดยสาร",
    "น้ำประปาใน<village>จะหยุดไหลชั่วคราวเพื่อเปลี่ยนท่อ ขอให้สำรองน้ำไว้ใช้",
    "<anyone>มอบที่ดินริมคลองให้สร้างอาคารหลังใหม่โดยไม่คิดมูลค่า",
    "การสอบคัดเลือกพนักงานชุดใหม่จะมีขึ้นที่<school>ใน<day>หน้า",
)


def _replaced(title: str, body: str, rng: random.Random) -> Pair | None:
    """One sentence in the one, another in its place in the other."""
    put = _put(body, rng)
    if put is None:
        return None
    release = _read(title, body)
    first, second = rng.sample(_FACTS, 2)
    return (title, put(_Say(rng, release)(first))), (title, put(_Say(rng, release)(second)))


def _paragraph_for_sentence(title: str, body: str, rng: random.Random) -> Pair | None:
    """A paragraph of the release gives way to a sentence of other content."""
    lines = body.split("\n")
    ends = [
        number for number in _ends(lines)[1:] if number <= _last_line(lines) and not re.search('[“"]', lines[number])
    ]
    if not ends:
        return None
    at = rng.choice(ends)
    said = _Say(rng, _read(title, body))(rng.choice(_FACTS))
    return (title, body), (title, "\n".join([*lines[:at], "ทั้งนี้ " + said, *lines[at + 1 :]]))


_ADDED: dict[str, tuple[str, ...]] = {
    "evacuation-or-warning": (
        "[<agency>|เจ้าหน้าที่|ทางการ][ขอให้|ประกาศให้]ประชาชน[ใน<village>|ที่อาศัยอยู่ริมน้ำ|ในพื้นที่ลุ่มต่ำ|"
        "รอบโรงงาน]อพยพ[ไปยัง<school>|ไปอยู่ที่<temple>|ขึ้นที่สูง][ทันที|ก่อนค่ำวันนี้|จนกว่าจะมีประกาศ]",
        "[<agency>|เจ้าหน้าที่|ทางการ][เตือน|ขอเตือน]ประชาชน[ห้ามดื่มน้ำจากบ่อ|อย่ากินเห็ดป่า|งดเล่นน้ำทะเล|"
        "ห้ามเข้าใกล้บริเวณ<spot>|ให้ระวังดินถล่ม][ในช่วงนี้|จนกว่าจะตรวจสอบแล้วเสร็จ]",
        "[<agency>|เจ้าหน้าที่]พบสารปนเปื้อนในสินค้าที่แจกไปแล้ว [ขอให้งดใช้และส่งคืนทันที|ขอให้นำมาเปลี่ยนที่<temple>]",
        "[<agency>|ทางการ]ประกาศให้<village>เป็นเขตห้ามเข้า[เพราะเกรงว่าอาคารจะถล่ม|หลังตรวจพบวัตถุต้องสงสัย|เพราะมีก๊าซรั่ว]",
    ),
    "cancellation-or-delay": (
        (
            "ล่าสุด <topic>[ถูกยกเลิก|ต้องยกเลิก|เลื่อนออกไปไม่มีกำหนด|ถูกสั่งระงับ][แล้ว|]เนื่องจาก[ฝ่าย<agency>ขอทบทวน|"
            "สภาพอากาศเลวร้าย|มีผู้ร้องต่อศาล|งบประมาณยังไม่พร้อม]"
        ).replace("ฝ่าย", ""),
        "[ต่อมา|ในช่วงเย็น]<agency>แจ้ง[ยกเลิก|เลื่อน|ระงับ]<topic>[|โดยยังไม่กำหนดวันใหม่]",
        "ทั้งหมดนี้เป็นอันยกเลิกตามคำสั่งล่าสุด[ของผู้บริหาร|ที่ออกเมื่อเช้านี้|ที่มีผลทันที]",
        "ศาลมีคำสั่งคุ้มครองชั่วคราว ทำให้<topic>ต้องหยุดไว้ก่อน",
    ),
    "result": (
        "ผลปรากฏว่า [ไม่มีผู้ผ่านเกณฑ์แม้แต่รายเดียว|<school>ได้รับคัดเลือก|<firm>เป็นผู้ชนะการประมูล|ทุกตัวอย่างผ่านมาตรฐาน|"
        "พบสารตกค้างเกินมาตรฐานเกือบครึ่ง]",
        "[เมื่อเสร็จสิ้น|ภายหลังเสร็จสิ้น] [มีผู้บริจาคโลหิตได้ครบตามเป้าหมาย|ยอดขายต่ำกว่าที่คาดไว้มาก|จับกุมผู้ต้องหาได้<few>คน|"
        "ตกลงกันไม่ได้และจะหารือกันใหม่]",
        "ผู้ต้องสงสัยชื่อ<man> [เข้ามอบตัวแล้ว|ถูกจับกุมได้ที่<province>|ให้การรับสารภาพ|ได้รับการปล่อยตัว]",
        "ทีมค้นหาพบผู้สูญหาย[ปลอดภัยทุกคน|แล้ว<few>คน|เสียชีวิตใกล้<spot>]",
    ),
    "deadline": (
        "[<agency>|ผู้จัด|คณะทำงาน][ขยายเวลาให้|เปิดให้]ยื่นคำขอ[ต่อไปได้จนถึงสิ้นเดือน<month>|ได้ถึง<day>หน้าเท่านั้น|"
        "อีก<few>วัน|จนถึงกลางเดือนหน้า]",
        "ผู้ที่ยังไม่ส่งเอกสารต้องส่งให้ครบ[ก่อน<day>นี้|ภายใน<few>วัน|ภายในเดือน<month>] มิฉะนั้นถือว่าสละสิทธิ์",
        "[<agency>|ผู้จัด|คณะทำงาน][ร่นกำหนดปิดรับสมัครมาเป็น<day>นี้|เลื่อนกำหนดปิดรับสมัครไปเป็นสิ้นเดือน<month>]",
    ),
    "apology-or-contact": (
        "<agency>ขออภัย[ผู้เข้าร่วมทุกคน|ประชาชน|ครอบครัวผู้เสียหาย]ที่[จัดที่นั่งไม่พอ|ระบบลงทะเบียนล่ม|อาหารที่แจกทำให้มีผู้ป่วย|"
        "ให้ข้อมูลคลาดเคลื่อนในครั้งก่อน|ทำให้การจราจรติดขัดเกือบทั้งวัน]",
        "ผู้ได้รับผลกระทบ[ติดต่อรับเงินช่วยเหลือ|แจ้งความเสียหาย|ขอคำปรึกษา]ได้ที่[<temple>|<school>|"
        "บ้านผู้ใหญ่บ้าน<village>|เต็นท์บริเวณ<spot>] [ทุกวัน|ระหว่าง<hour>ถึงค่ำ|โดยนำบัตรประชาชนไปด้วย]",
        "ญาติผู้เสียหายติดต่อ<anyone> [ผู้ประสานงาน|ทนายความอาสา|หัวหน้าทีมเยียวยา] ได้ที่เต็นท์อำนวยการบริเวณ<spot>",
    ),
}


def _added(which: str) -> Edit:
    def edit(title: str, body: str, rng: random.Random) -> Pair | None:
        said = _Say(rng, _read(title, body))(rng.choice(_ADDED[which]))
        linked = said.startswith(("ต่อมา", "ทั้งหมด", "ล่าสุด", "ในช่วงเย็น", "ผลปรากฏ", "เมื่อเสร็จ", "ภายหลัง"))
        if rng.random() < 0.25 and "ดังกล่าว" not in said and not linked:
            return (title, body), (title, f"{rng.choice(['', '', 'ด่วน! ', 'เพิ่มเติม: '])}{said}\n{body}")
        put = _put(body, rng, "end" if linked else "", linked)
        return None if put is None else ((title, body), (title, put(said)))

    return edit


def _correction(title: str, body: str, rng: random.Random) -> Pair | None:
    """A fact in the first, the corrected fact and the erratum in the second."""
    put = _put(body, rng)
    if put is None:
        return None
    say = _Say(rng, _read(title, body))
    frame, values = rng.choice(
        [
            ("ผู้ประสานงานในพื้นที่คือ @", _fresh(_anyone)),
            ("จุดลงทะเบียนอยู่ที่@", _fresh(_spot)),
            ("สถานที่จัดครั้งต่อไปคือ @", _fresh(_school)),
            ("ผู้สนับสนุนหลักในครั้งนี้คือ @", _fresh(_firm)),
            ("ผู้แทนชุมชนที่ขึ้นรับมอบคือ @", _fresh(_anyone)),
            ("ของที่มอบในครั้งนี้ ได้แก่ @", _fresh(_things)),
            ("พื้นที่นำร่องคือ @", _fresh(_village)),
            ("เริ่มรับบัตรคิวเวลา@", _fresh(_hour)),
        ]
    )
    wrong, right = values(say)
    notes = (
        f"[แก้ไขข่าว|ขอแก้ไขข้อความ|แก้คำผิด]: จากเดิม “{frame.replace('@', wrong)}” เป็น “{frame.replace('@', right)}”",
        f"[ขออภัยในความผิดพลาด|ขออภัยที่ข่าวฉบับก่อนคลาดเคลื่อน] ข้อความที่ถูกต้องคือ “{frame.replace('@', right)}” มิใช่{wrong}",
        f"หมายเหตุ: ข่าวฉบับก่อนระบุว่า{frame.replace('@', wrong)} ซึ่งไม่ถูกต้อง",
    )
    note = say(rng.choice(notes))
    head = title
    if rng.random() < 0.4:
        head = say("[แก้ไข|ฉบับแก้ไข|แก้ไขข่าว]: ") + " " + title
    new = put(frame.replace("@", right))
    new = f"{note}\n{new}" if rng.random() < 0.5 else f"{new}\n{note}"
    return (title, put(frame.replace("@", wrong))), (head, new)


_HEADLINES: tuple[tuple[str, str, str], ...] = (
    ("", "[ที่ประชุม|บอร์ด]ไฟเขียว[แล้ว|แผนปีหน้า|]", "[ที่ประชุม|บอร์ด]ตีกลับ[แล้ว|แผนปีหน้า|]"),
    ("โครงการ|มาตรการ|งาน", "[ยัน|ยืนยัน]เดินหน้าต่อ", "[สั่ง|ประกาศ]ยุติแล้ว"),
    ("งาน|ประชุม|พิธี|กิจกรรม", "[ย้ำ|ยัน]ไม่เลื่อน", "เลื่อน[ไม่มีกำหนด|ไปปีหน้า]"),
    ("ประชาชน|ชาวบ้าน|ชุมชน|พื้นที่", "ชาวบ้าน[หนุน|เห็นด้วย]", "ชาวบ้าน[ค้าน|ไม่เอาด้วย]"),
    ("บริการ|ลงทะเบียน|อบรม", "[ไม่เก็บ|ยกเว้น]ค่าธรรมเนียม", "[เริ่มเก็บ|ขึ้น]ค่าธรรมเนียม"),
    ("บริการ|ศูนย์|งาน", "เปิด[ทุกวัน|ตลอดสัปดาห์]", "เปิดเฉพาะวันหยุด"),
    ("ประชุม|หารือ|เจรจา|ร่วมมือ", "[ได้ข้อสรุปแล้ว|ตกลงกันได้]", "[ยังไม่ได้ข้อสรุป|ตกลงกันไม่ได้]"),
    ("โครงการ|มาตรการ|งาน|บริการ", "[เริ่ม|ดีเดย์]<day>นี้", "[เริ่ม|ดีเดย์]<day2>หน้า"),
    ("", "ปฏิเสธข่าว[ทุจริต|ถูกสั่งย้าย|ขาดงบ]", "รับมี[ทุจริต|คำสั่งย้าย|ปัญหางบ]จริง"),
    ("ตรวจ|อาหาร|สินค้า", "ผลตรวจ[ผ่าน|ปลอดภัย]", "ผลตรวจ[ไม่ผ่าน|พบสารปนเปื้อน]"),
    ("ส่งออก|ราคา|รายได้|นักท่องเที่ยว|ตลาด", "ยอด[เกินเป้า|สูงกว่าคาด]", "ยอด[ต่ำกว่าเป้า|พลาดเป้า]"),
    ("", "เลือก<village>นำร่อง", "เลือก<village2>นำร่อง"),
    ("", "ตั้ง<anyone>คุมงาน", "ตั้ง<anyone2>คุมงาน"),
    ("", "[ผู้ว่าฯ|อธิบดี|รองปลัด]รับเรื่อง", "[ผู้ว่าฯ|อธิบดี|รองปลัด]ไม่รับเรื่อง"),
)


def _headline(title: str, body: str, rng: random.Random) -> Pair | None:
    if not title.strip():
        return None
    say = _Say(rng, _read(title, body))
    fitting = [(first, second) for pattern, first, second in _HEADLINES if re.search(pattern, title + body)]
    pair = [say(headline) for headline in rng.choice(fitting)]
    rng.shuffle(pair)
    shape = rng.choice(["{0} {1}", "{0} – {1}", "{1} {0}", "{0} “{1}”"])
    return (shape.format(title, pair[0]), body), (shape.format(title, pair[1]), body)


_ENGLISH_PAIRS = (
    (
        "The [committee|board|panel] [approved|endorsed|gave the green light to] the plan",
        "The [committee|board|panel] [rejected|turned down|sent back] the plan",
    ),
    (
        "[The next meeting|The next round] will go ahead as planned",
        "[The next meeting|The next round] has been [postponed until further notice|called off]",
    ),
    (
        "Participation is free of charge for everyone",
        "Participation is [limited to those over sixty|open to members only|subject to a fee]",
    ),
    ("No one was hurt in the accident on the way", "[Two|Three|Five] people were hurt in the accident on the way"),
    ("The report of missing funds was confirmed", "The report of missing funds was [denied|found to be false]"),
    (
        "The road to the site will [open|reopen] this [Monday|Tuesday]",
        "The road to the site will [close|be shut] this [Thursday|Friday]",
    ),
    ("The donation came from villagers to the hospital", "The donation went from the hospital to villagers"),
    (
        "Exports to the [region|neighbouring market] rose [slightly|sharply]",
        "Exports to the [region|neighbouring market] fell [slightly|sharply]",
    ),
    (
        "Registration closes at the end of [May|June|July]",
        "Registration closes in the middle of [August|September|October]",
    ),
    ("The pilot site is in the [northern|eastern] hills", "The pilot site is on the [southern|western] coast"),
    ("The water is safe to drink again", "The water is still not safe to drink"),
    ("A team of schoolgirls won the first prize", "A team of farmers won the first prize"),
    ("The first prize went to [Mr|Ms] <latin>", "The first prize went to [Mr|Ms] <latin2>"),
    ("[Mr|Ms] <latin> has been named head of the project", "[Mr|Ms] <latin2> has been named head of the project"),
    ("[Mr|Ms] <latin> was found alive near the temple", "[Mr|Ms] <latin> was found dead near the temple"),
    ("The next stop is <latin> village", "The next stop is <latin2> village"),
)
_ENGLISH_AFTER = (
    "[, the spokesperson said|, according to officials|, the statement said|, organisers said|]. "
    "[More details will be announced later.|The public may ask at any district office.|]"
)
_ENGLISH_SWAP = (
    ("increase", "decrease"),
    ("export", "import"),
    ("will ", "will not "),
    ("approved", "rejected"),
    ("before", "after"),
    ("welcomed", "declined"),
    ("agreed to", "refused to"),
    ("high", "low"),
    ("public", "private"),
    ("open", "closed"),
)


def _english(title: str, body: str, rng: random.Random) -> Pair | None:
    latin = len(re.findall("[A-Za-z]", body))
    if latin > 2 * _thai(body) and latin > 200:
        found = [
            (old, new, match.start())
            for old, new in _ENGLISH_SWAP
            for match in re.finditer(rf"\b{old}\b" if old[-1] != " " else old, body)
        ]
        if found:
            old, new, at = rng.choice(found)
            return (title, body), (title, body[:at] + new + body[at + len(old) :])
    say = _Say(rng, _read(title, body))
    first, second = rng.choice(_ENGLISH_PAIRS)
    after = re.sub(r" +", " ", say(_ENGLISH_AFTER))
    pair = [re.sub(r" ([,.])", r"\1", f"{say(text)}{after}").strip() for text in (first, second)]
    rng.shuffle(pair)
    lines = body.split("\n")
    last = _last_line(lines)
    head = rng.choice(["", "", "Summary: ", "In brief: "])
    at = last + 1 if rng.random() < 0.7 else 0
    made = ["\n".join([*lines[:at], head + said, *lines[at:]]) for said in pair]
    return (title, made[0]), (title, made[1])


_GOOD_BAD = (
    ("โดยไม่เสียค่าใช้จ่าย", "โดยต้องชำระค่าธรรมเนียมก่อน"),
    ("[โดยไม่จำกัดอายุ|ได้ทุกช่วงอายุ]", "เฉพาะผู้ที่มีอายุ[หกสิบปี|สิบแปดปี|สี่สิบห้าปี]ขึ้นไป"),
    ("[ทั้งคนไทยและคนต่างชาติ|ไม่ว่าสัญชาติใด]", "เฉพาะผู้มีสัญชาติไทย"),
    ("เฉพาะผู้ที่มีรายได้ไม่เกินเดือนละ[หนึ่งหมื่น|แปดพัน]บาท", "[โดยไม่ดูฐานะ|ไม่ว่ามีรายได้เท่าใด]"),
    ("เฉพาะผู้ที่ลงทะเบียนล่วงหน้า", "โดยไม่ต้องลงทะเบียน[|ล่วงหน้า]"),
    ("เฉพาะผู้ที่มีทะเบียนบ้านอยู่ใน[ตำบล|อำเภอ]", "ไม่ว่ามีทะเบียนบ้านอยู่ที่ใด"),
    ("เมื่อ[มีแพทย์รับรอง|ผ่านการอบรมแล้ว|ผู้ใหญ่บ้านลงชื่อรับรอง]", "โดย[ไม่ต้องมีเอกสารใด|ไม่มีเงื่อนไข]"),
    ("ยกเว้นผู้ที่เคยได้รับสิทธิ์มาก่อน", "รวมทั้งผู้ที่เคยได้รับสิทธิ์มาก่อน"),
)

_LONG_CLAUSE = (
    "[แม้จะมีข้อจำกัดหลายด้านทั้งงบประมาณ บุคลากร และเวลา|ภายหลังการตรวจสอบเอกสารและสอบถามผู้เกี่ยวข้องทุกฝ่าย|"
    "จากการติดตามมาตลอดหลายสัปดาห์ร่วมกับผู้นำชุมชน"
    "|เมื่อพิจารณาข้อมูลจากทุกหน่วยงานประกอบกับความเห็นของประชาชนในพื้นที่]"
)

_CAUSES: tuple[tuple[str, str], ...] = (
    (
        "เหตุเพลิงไหม้[ตลาดใกล้<spot>|โกดังของ<firm> |บ้านเรือนใน<village>]",
        "ไฟฟ้าลัดวงจร|การเผาขยะในที่โล่ง|ถังก๊าซรั่ว|เครื่องจักรชำรุด|มีผู้จุดธูปเทียนทิ้งไว้|การลอบวางเพลิง|การเชื่อมโลหะ",
    ),
    (
        "[น้ำท่วมใน<village>|น้ำท่วมขังหน้า<school>|น้ำล้นตลิ่งใกล้<spot>]",
        "ท่อส่งน้ำเก่าแตก|ฝนตกหนักติดต่อกันหลายวัน|น้ำป่าไหลหลาก|คันดินพัง|ประตูระบายน้ำชำรุด|ขยะอุดตันทางระบายน้ำ|น้ำทะเลหนุน",
    ),
    (
        "อุบัติเหตุ[รถชนกันใกล้<spot>|รถทัศนศึกษาของ<school>|บนถนนหน้า<temple>]",
        "ความประมาทของคนขับ|เบรกชำรุด|ถนนลื่น|สุนัขวิ่งตัดหน้า|คนขับหลับใน|ยางแตก|ป้ายจราจรล้ม",
    ),
    (
        "[อาการป่วยของนักเรียน<school>|อาการป่วยของชาว<village>]",
        "อาหารที่ปรุงไว้นานเกินไป|การดื่มน้ำจากบ่อ|การกินเห็ดพิษ|สารเคมีจากสวนข้างเคียง|เชื้อในน้ำแข็ง|นมบูด",
    ),
    (
        "ความล่าช้า[ในการจ่ายเงิน|ในการลงทะเบียน|ของงานก่อสร้าง<school>]",
        "ระบบคอมพิวเตอร์ขัดข้อง|เอกสารไม่ครบ|การขาดเจ้าหน้าที่|การร้องเรียนของผู้เสียประโยชน์|งบประมาณมาไม่ทัน|คำสั่งศาล",
    ),
)


def _cause(title: str, body: str, rng: random.Random) -> Pair | None:
    what, causes = rng.choice(_CAUSES)
    why = "[มีสาเหตุจาก|เกิดจาก|เบื้องต้นคาดว่าเกิดจาก|เป็นผลมาจาก]"
    return _carrier(
        [f"{what}{why}@", f"[<agency>|คณะกรรมการสอบสวน|ผู้เชี่ยวชาญ]สรุปว่า{what}[เกิดจาก|มีสาเหตุจาก|เป็นผลมาจาก]@"],
        _two(*causes.split("|")),
    )(title, body, rng)


_KEEP: tuple[tuple[str, Edit], ...] = (
    (
        "negation",
        _either(
            _negation_native,
            _carrier(
                [
                    f"{_BOARD}@สนับสนุน<object>",
                    "<agency>@เก็บค่าบริการ[จากผู้เข้าร่วม|จากประชาชน|เพิ่มเติม]",
                    "<agency>@[ต่อสัญญากับ|รับซื้อผลผลิตจาก]<firm>",
                ],
                _opposed(("จะ", "จะไม่"), ("ยืนยันจะ", "ยืนยันไม่"), ("พร้อม", "ไม่พร้อม"), ("ตัดสินใจ", "ตัดสินใจไม่")),
            ),
            0.9,
        ),
    ),
    (
        "negation-in-long-sentence",
        _carrier(
            [
                f"{_LONG_CLAUSE} {_BOARD}เห็นว่าแนวทางที่[<agency>|คณะทำงาน|ชุมชน]เสนอไว้เมื่อ[ปีก่อน|ต้นปี|การประชุมครั้งก่อน]@ "
                "โดย[จะรายงานผลต่อไป|ได้บันทึกเหตุผลไว้เป็นลายลักษณ์อักษร|มอบฝ่ายเลขานุการแจ้งผู้เกี่ยวข้อง]",
                f"{_LONG_CLAUSE} <agency>สรุปว่าข้อเรียกร้องของ[ชาว<village>|<group>|ผู้ปกครอง<school>]@ "
                "และได้แจ้งให้ทุกฝ่ายทราบแล้ว",
            ],
            _opposed(
                ("[สามารถ|]นำมาใช้ได้", "[ไม่สามารถ|ยังไม่สามารถ]นำมาใช้ได้"),
                ("มีเหตุผลเพียงพอ", "ไม่มีเหตุผลเพียงพอ"),
                ("เป็นไปตามกฎหมาย", "ไม่เป็นไปตามกฎหมาย"),
                ("สอดคล้องกับข้อเท็จจริง", "[ไม่|มิได้]สอดคล้องกับข้อเท็จจริง"),
                ("ควรดำเนินการต่อ", "ไม่ควรดำเนินการต่อ"),
                ("ก่อให้เกิดผลเสียต่อสิ่งแวดล้อม", "[มิได้|ไม่ได้]ก่อให้เกิดผลเสียต่อสิ่งแวดล้อม"),
            ),
        ),
    ),
    (
        "verb-opposite",
        _either(
            _verb_native,
            _carrier(
                ["<agency>จะ@[ด่านชั่วคราว|สะพานชั่วคราว|ตลาดริมน้ำ|ศูนย์บริการ][ที่<village>|บริเวณ<spot>|ใน<province>]"],
                _opposed(("เปิด", "ปิด"), ("สร้าง", "รื้อ"), ("ย้าย", "คง"), ("ซื้อ", "ขาย")),
            ),
            0.8,
        ),
    ),
    ("trade-verb", _trade),
    (
        "level-up-or-down",
        _carrier(
            [
                "ราคา[ไข่ไก่|ข้าวเปลือก|ปุ๋ย|น้ำมัน|เนื้อหมู|ผักสด]ในพื้นที่@[เล็กน้อย|มาก|ต่อเนื่อง]เมื่อเทียบกับ[สัปดาห์ก่อน|เดือนก่อน|"
                "ช่วงเดียวกันของปีก่อน]",
                "[ระดับน้ำใน<village>|จำนวนผู้ป่วยรายใหม่|จำนวนผู้ว่างงาน|ยอดหนี้ครัวเรือน|จำนวนข้อร้องเรียน|"
                "จำนวนผู้มาใช้บริการ]@[เล็กน้อย|มาก|ต่อเนื่อง|อย่างเห็นได้ชัด]",
            ],
            _opposed(("เพิ่มขึ้น", "ลดลง"), ("สูงขึ้น", "ต่ำลง"), ("ขยับขึ้น", "ขยับลง"), ("พุ่งขึ้น", "ลดต่ำลง"), ("ปรับขึ้น", "ปรับลง")),
        ),
    ),
    ("approved-or-not", _carrier([_BOARD + "@"], _against(_YES_OBJECT, _NO_OBJECT))),
    ("postponed-or-not", _carrier(["<event>[|ที่<village>|ที่<school>|ใน<province>]@"], _against(_ON, _LATER))),
    ("cancelled-or-not", _carrier(["<event>[|ที่<village>|ที่<school>|ใน<province>]@"], _against((*_ON, *_LATER), _OFF))),
    (
        "denied-or-confirmed",
        _carrier(
            [f"[<agency>|ผู้บริหาร|โฆษก<agency>|<anyone> <role> ][ชี้แจงว่า|ระบุว่า|ตอบผู้สื่อข่าวว่า] {_RUMOUR}@"],
            _against(
                ["เป็นความจริง[|ทุกประการ]", "เป็นเรื่องจริงและกำลัง[แก้ไข|สอบสวน|ตรวจสอบ]", "มีมูล", "ตรงกับข้อเท็จจริง"],
                ["ไม่เป็นความจริง[|แต่อย่างใด]", "เป็นข่าวปลอม", "ไม่มีมูล[ความจริง|]", "คลาดเคลื่อนจากข้อเท็จจริง", "เป็นเพียงข่าวลือ"],
            ),
        ),
    ),
    (
        "other-funeral",
        _carrier(
            [
                "[ผู้บริหาร|ผู้แทน<agency>|คณะผู้บริหาร][วางพวงมาลา|วางพวงหรีด|ร่วมไว้อาลัย|ทอดผ้าบังสุกุล|"
                "เป็นประธาน]ใน[พิธีพระราชทานเพลิงศพ|พิธีบำเพ็ญกุศลศพ|พิธีรดน้ำศพ] @ [ที่เสียชีวิตขณะปฏิบัติหน้าที่|ซึ่งเสียชีวิตจากเหตุปะทะ|"
                "ผู้เสียสละเพื่อแผ่นดิน] ณ [<temple>|<temple> <province>]",
                "[ผู้บริหาร|<agency>|คณะผู้บริหาร][มอบเงินช่วยเหลือแก่|มอบเงินสวัสดิการแก่|แสดงความเสียใจต่อ|เข้าเยี่ยม]ครอบครัวของ "
                "@ [ที่เสียชีวิตขณะปฏิบัติหน้าที่|ซึ่งเสียชีวิตจากอุบัติเหตุ]",
            ],
            _fresh(_soldier),
        ),
    ),
    (
        "other-company",
        _either(
            _name_native(r"(บริษัท [ก-๙A-Za-z]{3,30}(?: [ก-๙A-Za-z()]{2,20}){0,2} จำกัด)", _firm),
            _carrier(
                [
                    "@ [เป็นผู้ชนะการเสนอราคา|เข้าร่วมเป็นผู้สนับสนุน|ถูกสั่งให้ปรับปรุงโรงงาน|เป็นผู้รับจ้างก่อสร้าง|ลงนามเป็นคู่สัญญา|"
                    "ถูกเพิกถอนใบอนุญาต][|ในครั้งนี้|แล้ว]"
                ],
                _fresh(_firm),
            ),
        ),
    ),
    (
        "other-school",
        _either(
            _name_native(
                r"(?<![ก-๙])(โรงเรียน(?!ใน|ที่|ทุก|แห่ง|ต่าง|ขนาด|และ|เป็น|ให้|ได้|มี|จะ|ของ|เพื่อ|หรือ|กีฬา)[ก-๙]{4,26})(?=[\s,)])",
                _school,
            ),
            _carrier(
                [
                    "[นักเรียนจาก@|ครูและนักเรียน@|ผู้ปกครองนักเรียน@][เข้าร่วมกิจกรรม|ได้รับทุนการศึกษา|ร่วมแสดงบนเวที|"
                    "ขอรับการสนับสนุนอาคารเรียน|เดินทางกลับโดยปลอดภัย|มีอาการอาหารเป็นพิษ]"
                ],
                _fresh(_school),
            ),
        ),
    ),
    (
        "other-village",
        _either(
            _name_native(
                r"(?<=[\s])((?:ตำบล|อำเภอ)(?!เรือน|ของ|ที่|พัก|และ|เมือง|ใน|มั่นคง|ต่าง|ละ|นี้|จัดสรร|เอื้อ|ล้าน|เช่า|เดี่ยว|เพื่อ|"
                r"หลัง|ให้|ต้น|ใหม่|ธนารักษ์|ได้|ปลอด|ดี|จะ)[ก-๙]{3,16})(?=[\s,)])",
                _place,
            ),
            _carrier(
                [
                    "[ชาว@|ผู้แทนจาก@|ผู้นำจาก@][ร่วมให้ข้อมูล|ได้รับถุงยังชีพครบทุกครัวเรือน|ขอให้เร่งขุดบ่อบาดาล|จะเป็นพื้นที่นำร่อง|"
                    "ยื่นหนังสือร้องเรียน]"
                ],
                _fresh(_village),
            ),
            0.6,
        ),
    ),
    (
        "other-province",
        _either(
            _province_native,
            _carrier(
                [
                    "[พื้นที่นำร่องแห่งแรก|พื้นที่เป้าหมายถัดไป|พื้นที่ที่พบปัญหามากที่สุด|จังหวัดเจ้าภาพครั้งหน้า][คือ|ได้แก่ ]@",
                    "[การดำเนินงานระยะต่อไป|การประชุมครั้งหน้า|การขยายผลในปีหน้า|นิทรรศการสัญจร]จะจัดที่@",
                ],
                _fresh(lambda rng: "จังหวัด" + rng.choice(_PROVINCES)),
            ),
        ),
    ),
    (
        "this-weekday",
        _either(
            _weekday_native,
            _carrier(
                [
                    "[<agency>|คณะทำงาน|ผู้จัด|เจ้าหน้าที่][จะประชุมติดตามอีกครั้ง|จะประกาศผล|จะเริ่มแจกจ่ายเอกสาร|จะปิดรับสมัคร|"
                    "จะเปิดให้เข้าชม|จะลงพื้นที่ตรวจซ้ำ|จะชี้แจงสื่อมวลชน|จะปิดถนนหน้า<temple>เพื่อซ่อมผิวทาง]ใน@[นี้|หน้า]"
                ],
                _fresh(lambda rng: "วัน" + rng.choice(_DAYS)),
            ),
        ),
    ),
    ("giver-and-receiver", _transfer),
    ("names-change-places", _either(_names_native, lambda title, body, rng: _two_names(title, body, rng), 0.85)),
    (
        "more-dead",
        _carrier(
            [
                "[เหตุปะทะกันใน<village>|อุบัติเหตุรถชนกันใกล้<spot>|เหตุน้ำท่วมใน<province>|"
                "เหตุเพลิงไหม้ตลาดใกล้<spot>][ทำให้มี|ส่งผลให้มี]ผู้[เสียชีวิต|บาดเจ็บ|สูญหาย|บาดเจ็บสาหัส]@[คน|ราย]",
                "[ได้รับรายงานว่า|ล่าสุด]มีผู้เสียชีวิตเพิ่มอีก@[คน|ราย] [ใน<province>|ที่<village>|จากเหตุดินถล่ม|จากเหตุเรือล่ม]",
            ],
            _fresh(lambda rng: _words(rng.randint(2, 19))),
        ),
    ),
    (
        "other-product",
        _either(
            _swap_word(_PRODUCTS, "กระทรวง|กรม|สำนักงานคณะกรรมการ"),
            _carrier(
                [
                    "[<agency>|เจ้าหน้าที่|คณะทำงาน|<firm>][รับรองมาตรฐาน|สั่งเก็บ|เริ่มส่งออก|รับซื้อ|"
                    "สั่งห้ามจำหน่าย]@[ของ<group>|จาก<village>|จาก<province>]"
                ],
                _two(
                    "น้ำผึ้งป่า",
                    "ปลาส้ม",
                    "ผ้าขาวม้า",
                    "สบู่สมุนไพร",
                    "กล้วยตาก",
                    "เสื่อกก",
                    "น้ำพริกเผา",
                    "ข้าวแต๋น",
                    "ไข่เค็ม",
                    "ตะกร้าหวาย",
                    "ครีมทาผิว",
                    "หม้อหุงข้าว",
                    "ของเล่นเด็ก",
                    "น้ำมันมวย",
                ),
            ),
            0.6,
        ),
    ),
    (
        "other-disease",
        _either(
            _swap_word(_DISEASES, "โคโรนา 2019 \\(|สถาบัน"),
            _carrier(
                [
                    "[พบผู้ป่วยโรค@|เฝ้าระวังโรค@|มีผู้เข้ารับการตรวจคัดกรองโรค@|มีผู้หายป่วยจากโรค@|จัดอบรมเรื่องโรค@][ใน<village>|"
                    "ที่<school>|ใน<province>|ในพื้นที่]"
                ],
                _two(
                    "ไข้เลือดออก",
                    "ไข้หวัดใหญ่",
                    "มือ เท้า ปาก",
                    "วัณโรค",
                    "พิษสุนัขบ้า",
                    "ฉี่หนู",
                    "หัด",
                    "อีสุกอีใส",
                    "มาลาเรีย",
                    "ตาแดง",
                    "ไอกรน",
                    "เท้าช้าง",
                ),
            ),
        ),
    ),
    (
        "other-crop",
        _either(
            _swap_word(_CROPS),
            _carrier(
                [
                    "[เกษตรกรใน<village>|สมาชิก<group>|เกษตรกรใน<province>][หันมาปลูก@|ขอรับพันธุ์@|ได้รับเงินชดเชยจากการปลูก@|"
                    "ขาย@ได้ราคาดี|งดปลูก@ในฤดูแล้ง]"
                ],
                _two(
                    "ข้าวโพดหวาน",
                    "มันเทศ",
                    "ฟักทอง",
                    "ถั่วลิสง",
                    "งาดำ",
                    "กล้วยไข่",
                    "มะละกอ",
                    "หน่อไม้ฝรั่ง",
                    "พริกไทย",
                    "แตงโม",
                    "เผือกหอม",
                    "หญ้าเนเปียร์",
                    "ฝรั่ง",
                    "หม่อน",
                ),
            ),
        ),
    ),
    (
        "other-people",
        _either(
            _swap_word(_PEOPLE_GROUPS, "กิจการ|กองทุน|สภา|กรม|กระทรวง|สำนักงาน|รัฐมนตรีว่าการ|โรงเรียน|โรงพยาบาล|กอง"),
            _carrier(
                ["[จัดที่นั่งพิเศษไว้สำหรับ@|จะเยี่ยมบ้าน@ใน<village>|มีการมอบทุนแก่@|เปิดช่องบริการสำหรับ@]"],
                _two("ผู้สูงอายุ", "คนพิการ", "เด็กเล็ก", "หญิงตั้งครรภ์", "แรงงานต่างด้าว", "ทหารผ่านศึก", "คนไร้บ้าน", "พระสงฆ์"),
            ),
            0.7,
        ),
    ),
    (
        "other-country",
        _either(
            _swap_word(_COUNTRIES),
            _carrier(
                [
                    "[คณะผู้แทนจากประเทศ@|นักลงทุนจากประเทศ@|ผู้เชี่ยวชาญจากประเทศ@][จะมาศึกษาดูงาน|แสดงความสนใจเข้าร่วม|"
                    "ให้คำแนะนำด้านเทคนิค][ในเดือนหน้า|ในโอกาสต่อไป|]"
                ],
                _two(
                    "โปรตุเกส",
                    "เนปาล",
                    "ภูฏาน",
                    "มองโกเลีย",
                    "เคนยา",
                    "โมร็อกโก",
                    "เปรู",
                    "ชิลี",
                    "ฟินแลนด์",
                    "ไอร์แลนด์",
                    "มัลดีฟส์",
                ),
            ),
        ),
    ),
    ("other-winner", _winner),
    (
        "other-condition",
        _carrier(
            [
                "[ประชาชน|ผู้สนใจ|ผู้เดือดร้อน|เกษตรกร|ผู้ว่างงาน][เข้าร่วมได้|ใช้สิทธิ์ได้|ขอรับความช่วยเหลือได้|ลงชื่อขอรับบริการได้] @",
                "[การลงทะเบียนรอบใหม่|บริการตรวจสุขภาพ|การอบรมอาชีพ]เปิดให้ทุกคนใช้สิทธิ์ได้@",
            ][:1],
            _opposed(*_GOOD_BAD),
        ),
    ),
    (
        "figure-in-words",
        _carrier(
            [
                "[มีผู้เข้าร่วม|มีผู้ลงทะเบียน|<agency>จะรับพนักงานเพิ่มอีก|มีจิตอาสามาช่วยงาน|มีผู้ไม่ผ่านเกณฑ์|ผู้สมัครถอนตัวไป]@[คน|ราย]",
                "[การซ่อมถนนหน้า<temple>|การสร้างอาคารของ<school>|การขุดลอกคลองใน<village>|การคัดเลือก][ใช้เวลา|"
                "จะแล้วเสร็จในอีก|ล่าช้าไป]@[วัน|สัปดาห์]",
                "[<agency>|<firm>|<group>][มอบ|แจก|สั่งซื้อ]<things>[รวม|จำนวน]@ชุด",
                "[พื้นที่ที่ได้รับความเสียหายรวม|พื้นที่ที่ฟื้นฟูแล้วรวม|ผู้ที่ยังไม่ได้รับเงินมี|ผู้ที่ขอรับถุงยังชีพมี]@[หมู่บ้าน|ครัวเรือน]",
            ],
            _quantity,
        ),
    ),
    (
        "hour-in-words",
        _carrier(
            [
                "[ประตูเปิดให้เข้างาน|รถออกจาก<temple>|เริ่มลงทะเบียน|จะตัดกระแสไฟฟ้า|นัดรวมพลที่<spot>|เริ่มปล่อยน้ำ]เวลา@",
                "[กำหนดแถลงผล|เริ่มพิธี|ปิดรับบัตรคิว|เรือเที่ยวสุดท้ายออก]เวลา@",
            ],
            _fresh(_hour),
        ),
    ),
    (
        "ordinal",
        _either(
            _ordinal_native,
            _carrier(
                [
                    "[นับเป็นครั้งที่@ที่มีการจัดในพื้นที่|เป็นปีที่@ที่<village>เข้าร่วม|<school>ได้อันดับที่@|ผู้ผ่านการอบรมรุ่นที่@รับใบประกาศแล้ว|"
                    "งวดที่@จะจ่ายในเดือนหน้า|ศูนย์ที่<village>เป็นแห่งที่@ของ<province>]"
                ],
                _fresh(lambda rng: rng.choice(_ORDINAL)),
            ),
        ),
    ),
    (
        "month-without-day",
        _either(
            _month_native,
            _carrier(
                [
                    "[การซ่อมหลังคาศาลาบริเวณ<spot>จะแล้วเสร็จ|<agency>จะเริ่มจ่ายเงิน|ระเบียบฉบับใหม่จะประกาศใช้|"
                    "การอบรมรุ่นต่อไปจะเริ่ม|<firm> จะส่งมอบพื้นที่|<school>จะเปิดอาคารใหม่][ใน|ภายใน|ประมาณ|ปลาย|ต้น]เดือน@[|"
                    "ปีหน้า]"
                ],
                _fresh(lambda rng: rng.choice(_MONTHS)),
            ),
        ),
    ),
    (
        "deadline-in-words",
        _carrier(
            [
                "[ผู้เสียหาย|ประชาชน|ผู้ประกอบการ|สมาชิก<group>|ผู้ปกครองนักเรียน<school>][ยื่นเอกสาร|ขอรับเงินคืน|ยื่นคำร้อง|"
                "ขอตรวจสอบรายชื่อ]ได้[จนถึง|ถึง]@"
            ],
            _two(
                "สิ้นเดือนนี้",
                "กลางเดือนหน้า",
                "สิ้นปี",
                "วันเปิดภาคเรียน",
                "วันสุดท้ายของงาน",
                "วันพระหน้า",
                "สุดสัปดาห์หน้า",
                "วันออกพรรษา",
                "วันเข้าพรรษา",
                "ต้นปีหน้า",
                "สิ้นฤดูฝน",
                "สามทุ่มวันนี้",
            ),
        ),
    ),
    (
        "other-role",
        _either(
            _role_native,
            _carrier(
                ["<anyone> [ได้รับเลือกเป็น|ทำหน้าที่|ลาออกจากตำแหน่ง|เข้ารับตำแหน่ง]@"],
                _two(
                    "ประธานคณะทำงาน",
                    "เลขานุการคณะทำงาน",
                    "เหรัญญิก",
                    "ผู้ตรวจสอบ",
                    "ที่ปรึกษา",
                    "โฆษก",
                    "หัวหน้าทีมสำรวจ",
                    "ผู้ประสานงาน",
                    "รองประธาน",
                    "นายทะเบียน",
                ),
            ),
        ),
    ),
    (
        "place-in-words",
        _carrier(
            [
                "[จุดนัดพบ|จุดรับของบริจาค|โรงครัว|จุดตรวจสุขภาพ|ลานจอดรถ|เวทีการแสดง|จุดที่พบรอยแตก|ศูนย์พักพิงชั่วคราว][อยู่บริเวณ|"
                "ตั้งอยู่บริเวณ|ย้ายไปอยู่บริเวณ]@",
                "พบ[ถังสารเคมี|ลูกช้างหลงฝูง|รถต้องสงสัย|เรือที่สูญหาย|ผู้พลัดหลง|โบราณวัตถุ][อยู่บริเวณ|ที่บริเวณ|บริเวณ]@",
            ],
            _fresh(_spot),
        ),
    ),
    (
        "object-in-words",
        _carrier(
            [
                "[ผู้บริหาร|<agency>|<anyone> <role> |<group>][มอบ|แจก|จัดหา|ส่ง]@ให้[ชาว<village>|<school>|ผู้ประสบภัย|"
                "<temple>]",
                "[สิ่งที่พื้นที่ยังขาดแคลน|สิ่งที่ชุมชนร้องขอ|ของที่ถูกขโมยไป|ของที่พบในโกดัง]คือ @",
            ],
            _fresh(_things),
        ),
    ),
    (
        "other-person",
        _carrier(
            [
                "[@ <role> เป็นผู้กล่าวต้อนรับ|ผู้แจ้งเหตุคือ @ <role>|@ <role> เป็นผู้รับมอบ|ผู้ที่ได้รับการช่วยเหลือคือ @|ผู้สูญหายชื่อ @ "
                "ชาว<village>|@ ถูกตั้งข้อหา[บุกรุกป่า|ฉ้อโกง|ปลอมเอกสาร]|@ ได้รับแต่งตั้งเป็นหัวหน้าโครงการคนใหม่]"
            ],
            _fresh(_anyone),
        ),
    ),
    ("cause", _cause),
    (
        "all-or-some",
        _either(
            _scope_native,
            _carrier(
                [
                    "[ผู้สมัคร|ร้านค้าในตลาด|ผู้ประสบภัย]@[ยื่นเอกสารครบแล้ว|ได้รับเงินแล้ว|ยังไม่ได้รับแจ้ง]",
                    "[ตัวอย่างน้ำ|อาหารที่นำมาตรวจ|สินค้าที่สุ่มตรวจ]@[ผ่านเกณฑ์|ไม่ผ่านเกณฑ์|ยังไม่ได้รับการตรวจ]",
                ],
                _two("ทั้งหมด", "บางส่วน", "ส่วนใหญ่", "เกือบครึ่ง", "ไม่ถึงครึ่ง"),
            ),
            0.8,
        ),
    ),
    (
        "done-or-not",
        _carrier(
            [
                "[การซ่อมหลังคาศาลาบริเวณ<spot>|การจ่ายเงินเยียวยา|การสอบสวน|อาคารหลังใหม่ของ<school>|"
                "การขุดลอกคลองใน<village>|การคัดเลือกผู้รับจ้าง|ระบบลงทะเบียนใหม่]@"
            ],
            _against(
                ["[เสร็จสิ้น|แล้วเสร็จ|เรียบร้อย]แล้ว", "เสร็จก่อนกำหนด", "[เสร็จสมบูรณ์|ผ่านการตรวจรับ]และเปิดใช้งานแล้ว"],
                ["ยังไม่[เสร็จ|แล้วเสร็จ|เริ่ม]", "อยู่ระหว่างดำเนินการ", "ล่าช้ากว่ากำหนด", "หยุดชะงักเพราะผู้รับจ้างทิ้งงาน", "เพิ่งเริ่มต้น"],
            ),
        ),
    ),
    (
        "way-or-side",
        _carrier(
            [
                "[ปิดช่องจราจร|เปิดช่องทางพิเศษ|น้ำท่วมผิวทาง|จัดรถรับส่ง|ติดตั้งไฟส่องสว่าง][ด้าน|ฝั่ง]@[หน้า<school>|ใกล้<spot>|"
                "ช่วงผ่าน<village>]"
            ],
            _opposed(("ขาเข้า", "ขาออก"), ("เหนือ", "ใต้"), ("ซ้าย", "ขวา"), ("ตะวันออก", "ตะวันตก"), ("ต้นน้ำ", "ท้ายน้ำ")),
        ),
    ),
    (
        "kin",
        _carrier(
            [
                "@ของ[<soldier>|<anyone>|ผู้เสียชีวิต|ผู้ต้องหา|เจ้าของที่ดิน][เป็นผู้รับมอบเงินช่วยเหลือ|เข้าให้ปากคำ|"
                "ขอบคุณทุกหน่วยงาน|ร้องขอความเป็นธรรม|รับศพกลับภูมิลำเนา|เป็นผู้บริจาคที่ดิน]"
            ],
            _two("บิดา", "มารดา", "ภรรยา", "บุตรชาย", "บุตรสาว", "พี่ชาย", "น้องสาว", "ยาย", "ลุง", "หลานชาย"),
        ),
    ),
    ("sentence-for-sentence", _replaced),
    ("sentence-for-paragraph", _paragraph_for_sentence),
    ("opposite-quote", _opposite_quote),
    ("correction", _correction),
    ("headline-outcome", _headline),
    ("english-edit", _english),
    *((f"added-{which}", _added(which)) for which in _ADDED),
)


def _two_names(title: str, body: str, rng: random.Random) -> Pair | None:
    """Two invented people who change places in one sentence."""
    put = _put(body, rng)
    if put is None:
        return None
    say = _Say(rng, _read(title, body))
    first, second = _fresh(_anyone)(say)
    frame = say(
        "[@ เป็นประธานคณะทำงาน และ# เป็นเลขานุการ|@ รับตำแหน่งแทน#|@ เป็นผู้กล่าวรายงานต่อ#|ศาลให้@ "
        "ชดใช้ค่าเสียหายแก่#|@ ได้รับเลือกตั้ง ชนะ# ไปอย่างเฉียดฉิว|@ ช่วยชีวิต# ไว้ได้ทัน]"
    )
    one, two = (_fill(frame, first=left, second=right) for left, right in ((first, second), (second, first)))
    return (title, put(one)), (title, put(two))


# ------------------------------------------------------------------------------------- published again without news

_WEB = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|#\S+")


def _outside_web(text: str, change: Callable[[str], str]) -> str:
    """The text with the change made everywhere but in addresses and hashtags."""
    parts, at = [], 0
    for match in _WEB.finditer(text):
        parts += [change(text[at : match.start()]), match[0]]
        at = match.end()
    return "".join([*parts, change(text[at:])])


def _both(change: Callable[[str], str], head_too: bool, title: str, body: str) -> Text:
    return (_outside_web(title, change) if head_too else title), _outside_web(body, change)


def _space(title: str, body: str, rng: random.Random) -> Text | None:
    def indent(text: str) -> str:
        return "\n".join(rng.choice(["    ", "\t", "  "]) + line if line.strip() else line for line in text.split("\n"))

    ways: list[Callable[[str], str]] = [
        lambda text: re.sub(r"\n+", "\n\n", text),
        lambda text: re.sub(r"(?<=\S) (?=\S)", lambda _: rng.choice([" ", " ", "  "]), text),
        lambda text: re.sub(r"[ \xa0]{2,}", " ", text),
        indent,
        lambda text: re.sub(r"\n", " \r\n", text),
        lambda text: re.sub(r"\n+", " ", text),
        lambda text: re.sub(r" (?=(?:ทั้งนี้|นอกจากนี้|โดย|ซึ่ง|สำหรับ|พร้อมทั้ง) ?)", "\n", text),
        lambda text: re.sub(r"(?<=[ก-๙]) (?=[0-9])|(?<=[0-9]) (?=[ก-๙])", "", text),
        lambda text: re.sub(r"(?<=[ก-๙])(?=[0-9])(?<!\.)|(?<=[0-9])(?=[ก-ฮเ-ไ]{2})", " ", text),
    ]
    new = body
    for way in rng.sample(ways, rng.choice([1, 2])):
        new = _outside_web(new, way)
    return title, new


def _invisible(title: str, body: str, rng: random.Random) -> Text | None:
    share, mark = rng.choice([0.03, 0.1, 0.4]), rng.choice(["\u200b", "\u200b", "\ufeff", "\u2060", "\u00ad"])
    words = rng.random() < 0.6

    def change(text: str) -> str:
        if words:
            text = "".join(
                token + (mark if rng.random() < share and not token.isspace() else "") for token in _tokens(text)
            )
        return "".join(
            rng.choice(["\xa0", "\xa0", "\u2009", "\u202f"]) if char == " " and rng.random() < 0.5 else char
            for char in text
        )

    new = _outside_web(body, change)
    return title, rng.choice(["", "\ufeff", "\u200b"]) + new


_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def _digits(title: str, body: str, _rng: random.Random) -> Text | None:
    back = len(re.findall("[๐-๙]", body)) > len(re.findall("[0-9]", body))
    return _both(lambda text: text.translate(_TO_ARABIC if back else _TO_THAI), True, title, body)


def _sara(title: str, body: str, rng: random.Random) -> Text | None:
    which = rng.choice(["am", "am", "ae", "both", "order"])

    def change(text: str) -> str:
        if which in ("am", "both"):
            text = re.sub("([่-๋]?)ำ", lambda match: "ํ" + match[1] + "า" if rng.random() < 0.8 else match[0], text)
        if which in ("ae", "both"):
            text = text.replace("แ", "เเ")
        if which == "order":  # tone mark typed before the vowel it stands over
            text = re.sub("([ิีึืุู])([่-๋])", lambda match: match[2] + match[1] if rng.random() < 0.7 else match[0], text)
        return text

    return _both(change, rng.random() < 0.5, title, body)


def _marks(title: str, body: str, rng: random.Random) -> Text | None:
    quote = rng.choice([('"', '"'), ("“", "”"), ("‘", "’"), ("«", "»"), ("''", "''"), ("„", "“")])
    dash = rng.choice(["-", "–", "—", "−", "‐"])
    dots = rng.choice(["…", "...", ".."])
    spaced = rng.random() < 0.3

    def change(text: str) -> str:
        text = re.sub('[“"]([^“”"]+)[”"]', lambda match: quote[0] + match[1] + quote[1], text)
        text = re.sub("[-–—−‐]", f" {dash} " if spaced else dash, text)
        text = re.sub(r"…|(?<!\.)\.{3}(?!\.)", dots, text)
        return re.sub(r" ?ฯลฯ", " ฯลฯ", text).replace("๏", "")

    return _both(change, True, title, body)


_FORMS: tuple[tuple[str, str], ...] = (
    ("กระทรวงสาธารณสุข", "สธ."),
    ("กระทรวงมหาดไทย", "มท."),
    ("กระทรวงศึกษาธิการ", "ศธ."),
    ("กระทรวงพาณิชย์", "พณ."),
    ("กระทรวงการต่างประเทศ", "กต."),
    ("กระทรวงคมนาคม", "คค."),
    ("กระทรวงยุติธรรม", "ยธ."),
    ("กระทรวงแรงงาน", "รง."),
    ("กระทรวงอุตสาหกรรม", "อก."),
    ("กระทรวงการคลัง", "กค."),
    ("กระทรวงกลาโหม", "กห."),
    ("กระทรวงวัฒนธรรม", "วธ."),
    ("กระทรวงพลังงาน", "พน."),
    ("กระทรวงเกษตรและสหกรณ์", "กษ."),
    ("กระทรวงทรัพยากรธรรมชาติและสิ่งแวดล้อม", "ทส."),
    ("กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์", "พม."),
    ("กระทรวงการท่องเที่ยวและกีฬา", "กก."),
    ("คณะรัฐมนตรี", "ครม."),
    ("รัฐมนตรีว่าการ", "รมว."),
    ("รัฐมนตรีช่วยว่าการ", "รมช."),
    ("นายกรัฐมนตรี", "นายกฯ"),
    ("ผู้อำนวยการ", "ผอ."),
    ("ผู้ว่าราชการจังหวัด", "ผวจ."),
    ("กรุงเทพมหานคร", "กทม."),
    ("องค์การบริหารส่วนตำบล", "อบต."),
    ("องค์การบริหารส่วนจังหวัด", "อบจ."),
    ("พระราชบัญญัติ", "พ.ร.บ."),
    ("พระราชกฤษฎีกา", "พ.ร.ฎ."),
    ("พระราชกำหนด", "พ.ร.ก."),
    ("ลูกบาศก์เมตร", "ลบ.ม."),
    ("ตารางกิโลเมตร", "ตร.กม."),
    ("กิโลเมตร", "กม."),
    ("กิโลกรัม", "กก."),
    ("เซนติเมตร", "ซม."),
    ("ธนาคารเพื่อการเกษตรและสหกรณ์การเกษตร", "ธ.ก.ส."),
    ("สำนักงานตำรวจแห่งชาติ", "ตร."),
    ("การไฟฟ้าฝ่ายผลิตแห่งประเทศไทย", "กฟผ."),
    ("การรถไฟแห่งประเทศไทย", "รฟท."),
    ("อาสาสมัครสาธารณสุขประจำหมู่บ้าน", "อสม."),
    ("สมาชิกสภาผู้แทนราษฎร", "ส.ส."),
    ("สมาชิกวุฒิสภา", "ส.ว."),
    ("มกราคม", "ม.ค."),
    ("กุมภาพันธ์", "ก.พ."),
    ("มีนาคม", "มี.ค."),
    ("เมษายน", "เม.ย."),
    ("พฤษภาคม", "พ.ค."),
    ("มิถุนายน", "มิ.ย."),
    ("กรกฎาคม", "ก.ค."),
    ("สิงหาคม", "ส.ค."),
    ("กันยายน", "ก.ย."),
    ("ตุลาคม", "ต.ค."),
    ("พฤศจิกายน", "พ.ย."),
    ("ธันวาคม", "ธ.ค."),
    ("พลเอก", "พล.อ."),
    ("พลโท", "พล.ท."),
    ("พลตรี", "พล.ต."),
    ("พลตำรวจเอก", "พล.ต.อ."),
    ("พลอากาศเอก", "พล.อ.อ."),
    ("พลเรือเอก", "พล.ร.อ."),
    ("นายแพทย์", "นพ."),
    ("แพทย์หญิง", "พญ."),
    ("นางสาว", "น.ส."),
    ("ผู้ช่วยศาสตราจารย์", "ผศ."),
    ("รองศาสตราจารย์", "รศ."),
    ("สาธารณรัฐประชาธิปไตยประชาชนลาว", "สปป.ลาว"),
    ("ประชาสัมพันธ์", "ปชส."),
    ("จังหวัดนครราชสีมา", "จ.โคราช"),
    ("จังหวัดพระนครศรีอยุธยา", "จ.อยุธยา"),
    ("อุบลราชธานี", "อุบลฯ"),
    ("นครศรีธรรมราช", "นครศรีฯ"),
    ("สุราษฎร์ธานี", "สุราษฎร์ฯ"),
)
_ONLY_SHORT = frozenset(_w("ปชส. กก. ตร. จ.โคราช อุบลฯ นครศรีฯ สุราษฎร์ฯ พล.ต. รง. พน. กค. คค. นายกฯ"))
_BEFORE_PROVINCE = re.compile(rf"จังหวัด(?=(?:{'|'.join(_PROVINCES)}))")
_BEFORE_PLACE = re.compile(r"(?<=[\s,(])(อำเภอ|ตำบล)(?=[ก-ฮเแโใไ])(?!ต่าง|ทุก|ละ|และ|ที่|ใน|ของ|นี้|หรือ|เพื่อ|ได้|จะ|มี)")
_LONG_PLACE = re.compile(r"(?<=[\s,(])(จ|อ|ต)\.[ \xa0]?(?=[ก-ฮเแโใไ]{3})")


def _shorten(title: str, body: str, rng: random.Random) -> Text | None:
    present = [(full, short) for full, short in _FORMS if full in body]
    place = bool(_BEFORE_PROVINCE.search(body) or _BEFORE_PLACE.search(body))
    if not present and not place:
        return None
    chosen = rng.sample(present, max(1, round(len(present) * rng.choice([0.5, 0.8, 1.0])))) if present else []
    chosen.sort(key=lambda pair: -len(pair[0]))
    places = place and (rng.random() < 0.7 or not chosen)

    def change(text: str) -> str:
        for full, short in chosen:
            guard = "(?<!ผู้ช่วย)" if full == "รองศาสตราจารย์" else ""
            tail = "(?!ทาง)" if full == "นายแพทย์" else ""
            text = re.sub(f"{guard}{full}{tail}(?: ?\\({re.escape(short)}\\))?", short, text)
        if places:
            text = _BEFORE_PROVINCE.sub("จ.", text)
            text = _BEFORE_PLACE.sub(lambda match: "อ." if match[1] == "อำเภอ" else "ต.", text)
        return text

    return _both(change, rng.random() < 0.6, title, body)


def _lengthen(title: str, body: str, rng: random.Random) -> Text | None:
    def pattern(short: str) -> str:
        dotted = re.escape(short).replace("\\.", "\\.[ ]?")[: -len("[ ]?")] if short.endswith(".") else re.escape(short)
        return f"(?<![ก-๙.]){dotted}(?!(?:[ก-๙]{{1,2}}\\.)|\\))"

    tail = {"นพ.": "(?=[ก-ฮเ-ไ])"}
    present = [
        pair
        for pair in _FORMS
        if pair[1] not in _ONLY_SHORT and re.search(pattern(pair[1]), body) and f"({pair[1]})" not in body
    ]
    place = bool(_LONG_PLACE.search(body))
    if not present and not place:
        return None

    def change(text: str) -> str:
        for full, short in present:
            text = re.sub(pattern(short) + tail.get(short, ""), full, text)
        return _LONG_PLACE.sub(lambda match: {"จ": "จังหวัด", "อ": "อำเภอ", "ต": "ตำบล"}[match[1]], text)

    return _both(change, rng.random() < 0.6, title, body)


_SHORT_MONTHS = _w("ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.")
_DATED = re.compile(
    rf"(?P<month>{'|'.join(_MONTHS)}|{'|'.join(map(re.escape, _SHORT_MONTHS))})(?P<gap>[ "
    r"\xa0]?)(?:พ\.ศ\.[ \xa0]?)?(?P<year>25[4-9][0-9])(?![0-9/])"
)


def _years(title: str, body: str, rng: random.Random) -> Text | None:
    if not _DATED.search(body):
        return None
    way = rng.choice(["ad", "era", "short", "slash"])

    def written(match: re.Match[str]) -> str:
        month, year = match["month"], int(match["year"])
        if way == "ad":
            return f"{month} {rng.choice(['', 'ค.ศ. '])}{year - 543}"
        if way == "era":
            return f"{month} พ.ศ. {year}"
        return f"{month} {year % 100}" if way == "short" else match[0]

    def change(text: str) -> str:
        if way == "slash":
            return re.sub(
                rf"(?<![0-9\-–—/.])(?<![0-9][\s\-–])([0-9]{{1,2}}) ({'|'.join(_MONTHS)}) (25[0-9]{{2}})(?![0-9])",
                lambda match: f"{int(match[1])}/{_MONTHS.index(match[2]) + 1}/{match[3]}",
                text,
            )
        return _DATED.sub(written, text)

    return _both(change, True, title, body)


_RANKS = {
    "นาย": "",
    "นางสาว": "",
    "นาง": "",
    "ดร.": "",
    "พลเอก": "พล.อ.",
    "พลโท": "พล.ท.",
    "พลตรี": "พล.ต.",
    "นายแพทย์": "นพ.",
    "พล.อ.": "พลเอก",
}


def _honorific(title: str, body: str, rng: random.Random) -> Text | None:
    people = [person for person in _people(body) if person[0] in _RANKS]
    if not people:
        return None
    way = rng.choice(["drop", "drop", "rank", "excellency", "sir", "khun"])
    new = body
    for rank, first, last in people if rng.random() < 0.7 else people[:1]:
        said = {
            "drop": "",
            "rank": _RANKS[rank] + (" " if _RANKS[rank] and rng.random() < 0.5 else ""),
            "excellency": f"ฯพณฯ {rank}{' ' if rank.startswith('พล') else ''}",
            "sir": "ท่าน",
            "khun": "คุณ",
        }[way if rank in ("นาย", "นาง", "นางสาว", "ดร.") or way not in ("sir", "khun") else "drop"]
        new = re.sub(rf"{re.escape(rank)}[ \xa0]?{first}(?=[ \xa0]+{last})", said + first, new)
    if rng.random() < 0.3:
        new = re.sub(r"(?<![ก-๙])นายกรัฐมนตรี(?= (?:กล่าว|ได้|เป็น|ลงพื้นที่|มอบ|เดินทาง|ระบุ))", "ท่านนายกรัฐมนตรี", new)
    return title, new


def _tail(body: str, *lines: str) -> str:
    return "\n".join([body.rstrip("\n"), *lines])


def _dateline(title: str, body: str, rng: random.Random) -> Text | None:
    """Place and, where the release begins with it, the day."""
    found = re.search(rf"([0-9]{{1,2}}) ?({'|'.join(_MONTHS)}) ?(25[0-9]{{2}})", body[:60])
    place = rng.choice(["กรุงเทพฯ", "กรุงเทพมหานคร", "กรุงเทพฯ", "สำนักข่าวกรุงเทพ"])
    forms = [f"{place} – ", f"({place}) ", f"{place}: "]
    if found:
        forms += [
            f"{place}, {found[0]} – ",
            f"[{found[0]}] ",
            f"{place} ({found[0]}) - ",
            f"{found[1]} {found[2]} {found[3]} | ",
        ]
    lead = rng.choice(forms)
    return title, (lead + body if rng.random() < 0.7 else f"{lead.strip(' -–:|')}\n{body}")


def _byline(title: str, body: str, rng: random.Random) -> Text | None:
    names = [_anyone(rng) for _ in range(3)]
    short = [name.removeprefix("นางสาว").removeprefix("นาง").removeprefix("นาย") for name in names]
    given = [name.split()[0] for name in short]
    lines = rng.choice(
        [
            [f"ข่าว: {short[0]}", f"ภาพ: {short[1]}"],
            [f"{given[0]}/รายงาน", f"{given[1]}/ตรวจ"],
            [f"ผู้สื่อข่าว : {names[0]}", f"ผู้เรียบเรียง : {names[1]}", f"ช่างภาพ : {short[2]}"],
            [f"เรียบเรียงโดย {short[0]}"],
            [f"Written by {given[0]}", f"Photo Credit {short[1]}"],
            [f"ภาพ/ข่าว {short[0]}"],
            [f"(ภาพจาก: {short[1]})"],
            [f"ถ่ายภาพ {short[0]}", f"พิมพ์/ทาน {given[1]}"],
            [f"บรรณาธิการข่าว: {short[2]}"],
        ]
    )
    if rng.random() < 0.25:
        return title, "\n".join([lines[0], body])
    return title, _tail(body, *([rng.choice(["*" * 12, "-" * 20, "……………"])] if rng.random() < 0.5 else []), *lines)


def _contact(title: str, body: str, rng: random.Random) -> Text | None:
    agency = _read(title, body).agency
    agency = agency if agency in _AGENCIES else "สำนักเลขาธิการนายกรัฐมนตรี"
    number = f"0 2{rng.randint(100, 999)} {rng.randint(1000, 9999)}"
    unit = rng.choice(["กลุ่มประชาสัมพันธ์", "กองสื่อสารองค์กร", "ฝ่ายประชาสัมพันธ์", "สำนักงานเลขานุการ", "งานสื่อสารสาธารณะ"])
    lines = rng.choice(
        [
            [f"{unit} {agency}", f"โทร. {number}"],
            [f"สอบถามข้อมูลเพิ่มเติมได้ที่ {unit} {agency} โทรศัพท์ {number} ในวันและเวลาราชการ"],
            [unit, agency, f"โทร {number} ต่อ {rng.randint(100, 999)}", f"อีเมล pr{rng.randint(1, 99)}@mail.go.th"],
            [f"เผยแพร่โดย {unit} {agency}", f"โทรสาร {number}"],
            [f"ติดต่อสื่อมวลชน: {unit} โทร. {number}"],
        ]
    )
    return title, _tail(body, *([rng.choice(["*" * 10, "-" * 16, "."])] if rng.random() < 0.5 else []), *lines)


def _tags(title: str, body: str, rng: random.Random) -> Text | None:
    tags = rng.sample(
        _w("#ไทยคู่ฟ้า #รัฐบาลไทย #ข่าวรัฐบาล #สื่อสารรัฐบาลไทย #ข่าวจริง #ข่าวสาร #ประชาสัมพันธ์ #ข่าววันนี้ #PRThailand #ThaiGov #News"),
        rng.randint(2, 5),
    )
    words = [token for token in _tokens(title) if len(token) >= 5 and re.fullmatch("[ก-๙]+", token)]
    tags += ["#" + word for word in words[: rng.randint(0, 3)]]
    return title, _tail(body, *([rng.choice([".", "-" * 18])] if rng.random() < 0.4 else []), " ".join(tags))


def _social(title: str, body: str, rng: random.Random) -> Text | None:
    lines = rng.sample(
        [
            "แชร์ข่าวนี้ Facebook X LINE คัดลอกลิงก์",
            "Share Tweet Line Print",
            "ถูกใจ 0 แชร์ 0 แสดงความคิดเห็น",
            "ติดตามข่าวสารได้ที่ Facebook / X / LINE / YouTube",
            "กดติดตามเพจเพื่อไม่พลาดข่าวสาร",
            "พิมพ์ข่าวนี้ ส่งอีเมล",
            "👍 กดไลก์ 🔁 กดแชร์ 🔔 กดติดตาม",
            "Tweet",
            "อ่านต่อ >>",
            "กลับขึ้นด้านบน",
        ],
        rng.randint(1, 4),
    )
    if rng.random() < 0.3:
        return title, "\n".join([lines[0], _tail(body, *lines[1:])])
    return title, _tail(body, *lines)


def _page(title: str, body: str, rng: random.Random) -> Text | None:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2560, 2568)
    views = f"{rng.randint(12, 99999):,}"
    head = rng.sample(
        [
            "หน้าแรก > ข่าวสาร > ข่าวประชาสัมพันธ์",
            "หน้าหลัก / ข่าว / ข่าวเด่น",
            "รัฐบาลไทย - ข่าวทำเนียบรัฐบาล",
            f"เข้าชม {views} ครั้ง",
            f"จำนวนผู้เข้าชม : {views}",
            f"โพสต์เมื่อ {day:02d}/{month:02d}/{year}",
            f"วันที่เผยแพร่ {day} {_MONTHS[month - 1]} {year}",
            f"ปรับปรุงล่าสุด {day} {_SHORT_MONTHS[month - 1]} {year % 100}",
            "พิมพ์",
            "ขนาดตัวอักษร ก- ก ก+",
            "หมวดหมู่: ข่าวทั่วไป",
            "Skip to main content",
        ],
        rng.randint(1, 4),
    )
    foot = rng.sample(
        [
            "© สงวนลิขสิทธิ์ตามกฎหมาย",
            "นโยบายคุ้มครองข้อมูลส่วนบุคคล | แผนผังเว็บไซต์",
            "เว็บไซต์นี้ใช้คุกกี้เพื่อเพิ่มประสบการณ์ที่ดี",
            "ข่าวก่อนหน้า | ข่าวถัดไป",
            "แนะนำติชม",
            f"Hits: {views}",
        ],
        rng.randint(0, 2),
    )
    at_end = rng.random() < 0.35
    top, bottom = (foot[:1], [*head, *foot[1:]]) if at_end and foot[:1] == ["แนะนำติชม"] else (head, foot)
    return title, "\n".join([*top, _tail(body, *bottom)])


def _radio(title: str, body: str, rng: random.Random) -> Text | None:
    say = _Say(rng, _read(title, body))
    day = rng.choice(_DAYS)
    polite = rng.choice(["ครับ", "ค่ะ"])
    head = rng.sample(
        [
            f"ต่อจากนี้ไป ขอเชิญรับฟังไทยคู่ฟ้า{rng.choice(['', ' ' + polite])}",
            f"สวัสดี{polite} ท่านผู้ฟังทุกท่าน",
            "“สื่อสารภารกิจรัฐบาล” กับสำนักโฆษก สำนักเลขาธิการนายกรัฐมนตรี",
            f"รายการวิทยุ ออกอากาศวัน{day} เวลา {rng.randint(6, 19):02d}.00 น.",
            "Your browser does not support the audio element.",
            "บทวิทยุกระจายเสียง ความยาวประมาณ 2 นาที",
            "ผู้ประกาศ: สวัสดีท่านผู้ฟัง วันนี้มีข่าวสารมาฝาก",
        ],
        rng.randint(1, 3),
    )
    foot = [
        say(
            rng.choice(
                [
                    "“สื่อสารภารกิจรัฐบาล” กับสำนักโฆษก สำนักเลขาธิการนายกรัฐมนตรี",
                    "“รวมไทยสร้างชาติ” กับสำนักโฆษก สำนักเลขาธิการนายกรัฐมนตรี",
                    f"พบกันใหม่ใน[ครั้งหน้า|วันพรุ่งนี้|รายการหน้า] สวัสดี{polite}",
                    f"สำหรับวันนี้หมดเวลาแล้ว ขอบคุณที่ติดตามรับฟัง สวัสดี{polite}",
                    "ท่านกำลังรับฟังรายการไทยคู่ฟ้า",
                ]
            )
        )
    ]
    return title, "\n".join([*head, _tail(body, *foot)])


_MORE = (
    "อ่านต่อ",
    "อ่านต่อ >>",
    "... อ่านต่อ",
    "อ่านต่อได้ที่เว็บไซต์",
    "(อ่านต่อ)",
    "อ่านเพิ่มเติม คลิก",
    "ดูเพิ่มเติม",
    "…อ่านต่อ",
    "[อ่านข่าวทั้งหมด]",
    "Read more",
    "คลิกอ่านฉบับเต็ม",
    "See more",
    "อ่านข่าวฉบับเต็มที่นี่",
)


def _cut(title: str, body: str, rng: random.Random) -> Text | None:
    lines = body.split("\n")
    prose = _prose(lines)
    if len(prose) >= 3 and rng.random() < 0.7:
        at = rng.choice(prose[:-1])
        return title, "\n".join([*lines[: at + 1], rng.choice(_MORE)])
    if len(body) < 500:
        return None
    tokens = _tokens(body)
    spaces = [
        at for at, token in enumerate(tokens) if token.isspace() and at > len(tokens) * 0.2 and at < len(tokens) * 0.85
    ]
    if not spaces:
        return None
    at = rng.choice(spaces)
    if rng.random() < 0.5:  # some sites cut at a number of letters, words or not
        at = min(len(tokens) - 2, at + rng.randint(1, 4))
    # a cut must not stand right after a figure or month, where the rest of it is what makes the sense
    while at > 20 and re.search(r"[0-9๐-๙.,]|ไม่|ยัง|มิ", "".join(tokens[at - 3 : at])):
        at -= 1
    return title, "".join(tokens[:at]).rstrip() + rng.choice(["…", "... ", " ", "\n"]) + rng.choice(_MORE)


def _moved(title: str, body: str, rng: random.Random) -> Text | None:
    lines = body.split("\n")
    fit = [number for number in _ends(lines) if not _OPEN_END.search(lines[number - 1] if number else "")]
    if len(fit) < 2:
        return None
    prose = _prose(lines)
    pairs = [  # nothing but paragraphs between the two: no heading, no list that would lose its items
        (first, second)
        for first in fit
        if first != prose[0]  # the lead stays
        for second in fit
        if first < second and all(number in prose or not lines[number].strip() for number in range(first, second))
    ]
    if not pairs:
        return None
    first, second = rng.choice(pairs)
    if rng.random() < 0.6:
        lines[first], lines[second] = lines[second], lines[first]
    else:
        lines.insert(second, lines.pop(first))
    return title, "\n".join(lines)


def _bullets(title: str, body: str, rng: random.Random) -> Text | None:
    mark = rng.choice(["- ", "• ", "* ", "➤ ", "✅ ", "▪ ", "– ", "o "])
    numbered = re.compile(r"^([\s\xa0]*)(?:\(?([0-9๐-๙]{1,2})[.)](?![0-9])|[-–•*▶➡✅])[ \xa0]*(?=\S)")
    lines = body.split("\n")
    items = [number for number, line in enumerate(lines) if numbered.match(line)]
    if len(items) >= 2 and not re.search(r"ข้อ ?[0-9]|ตามข้อ", body):
        way = rng.choice(["bullet", "bracket", "round", "count"])
        for count, number in enumerate(items, 1):
            match = numbered.match(lines[number])
            assert match is not None
            shown = {
                "bullet": mark,
                "bracket": f"{match[2] or count}) ",
                "round": f"({match[2] or count}) ",
                "count": f"{match[2] or count}. ",
            }[way]
            lines[number] = match[1] + shown + lines[number][match.end() :]
        return title, "\n".join(lines)
    prose = _prose(lines)
    if len(prose) < 2:
        return None
    counted = rng.random() < 0.3
    for count, number in enumerate(prose if rng.random() < 0.5 else prose[1:], 1):
        lines[number] = (f"{count}. " if counted else mark) + lines[number].lstrip()
    return title, "\n".join(lines)


_PLAIN = frozenset(
    _w(
        "ประชาชน ดำเนินการ โครงการ สนับสนุน พัฒนา ประสิทธิภาพ หน่วยงาน เจ้าหน้าที่ เกี่ยวข้อง ส่งเสริม ความร่วมมือ "
        "เศรษฐกิจ ประเทศ ชุมชน ต่อเนื่อง เพื่อให้ พร้อมทั้ง"
        " ได้แก่ สำหรับ อย่างต่อเนื่อง ความสำคัญ การพัฒนา ประชุม สร้าง แก้ไข ปัญหา ช่วยเหลือ ติดตาม พื้นที่ ประโยชน์ นโยบาย "
        "บริหาร ท่องเที่ยว ผู้ประกอบการ เทคโนโลยี"
        " สิ่งแวดล้อม ความมั่นคง สามารถ ขับเคลื่อน ยั่งยืน สังคม ภายใต้ โดยเฉพาะ ครั้งนี้ ดังกล่าว กิจกรรม เครือข่าย การศึกษา "
        "คุณภาพ มาตรฐาน ทั้งนี้ นอกจากนี้ เนื่องจาก"
    )
)
_KEYS = (
    "ๅ/-ภถุึคตจขช",
    "ๆไำพะัีรนยบลฃ",
    "ฟหกดเ้่าสวง",
    "ผปแอิืทมใฝ",
)
_NEAR = {
    key: [row[place] for place in (at - 1, at + 1) if 0 <= place < len(row)]
    for row in _KEYS
    for at, key in enumerate(row)
}
_WORDS = frozenset(thai_words())


def _mistype(word: str, rng: random.Random) -> str:
    """The word with one slip of the hand, never another word of the dictionary."""
    for _ in range(12):
        at = rng.randrange(1, len(word))
        way = rng.choice(["double", "drop", "near", "turn"])
        if way == "double" and re.match("[ก-ฮ]", word[at]):
            new = word[:at] + word[at] + word[at:]
        elif way == "drop" and re.match("[่-๋์ั-ู]", word[at]):
            new = word[:at] + word[at + 1 :]
        elif way == "near" and re.match("[ก-ฮ]", word[at]):
            near = [key for key in _NEAR.get(word[at], []) if re.match("[ก-ฮ]", key)]
            new = word[:at] + rng.choice(near) + word[at + 1 :] if near else word
        elif (
            way == "turn"
            and at + 1 < len(word)
            and re.match("[ก-ฮ]{2}", word[at : at + 2])
            and word[at] != word[at + 1]
        ):
            new = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        else:
            continue
        if new != word and new not in _WORDS:
            return new
    return word


def _typos(title: str, body: str, rng: random.Random) -> Text | None:
    tokens = list(_tokens(body))
    places = [at for at, token in enumerate(tokens) if token in _PLAIN]
    if not places:
        return None
    for at in rng.sample(places, min(len(places), rng.choice([1, 1, 2, 3, 5]))):
        tokens[at] = _mistype(tokens[at], rng)
    new = "".join(tokens)
    return None if new == body else (title, new)


_SAID = ("กล่าวว่า", "เปิดเผยว่า", "ระบุว่า", "เผยว่า", "บอกว่า", "ให้ข้อมูลว่า", "กล่าวถึงเรื่องนี้ว่า")
_SAID_MORE = ("กล่าวเพิ่มเติมว่า", "กล่าวต่อว่า", "กล่าวต่อไปว่า", "เปิดเผยเพิ่มเติมว่า", "ระบุเพิ่มเติมว่า", "กล่าวด้วยว่า", "กล่าวอีกว่า")
_SAID_END = ("กล่าวในตอนท้าย", "กล่าวทิ้งท้าย", "กล่าวปิดท้าย", "กล่าวในที่สุด", "กล่าว")


def _reporting(title: str, body: str, rng: random.Random) -> Text | None:
    pattern = re.compile("|".join(sorted((*_SAID[:3], *_SAID_MORE, *_SAID_END[:4]), key=len, reverse=True)))
    if not pattern.search(body):
        return None
    every = rng.random() < 0.7

    def other(match: re.Match[str]) -> str:
        group = next(words for words in (_SAID_MORE, _SAID_END, _SAID) if match[0] in words)
        return rng.choice([word for word in group if word != match[0]]) if every or rng.random() < 0.6 else match[0]

    new = pattern.sub(other, body)
    return None if new == body else (title, new)


_JOINS: tuple[tuple[str, ...], ...] = (
    ("นอกจากนี้", "อีกทั้ง", "นอกจากนั้น"),
    ("อย่างไรก็ตาม", "อย่างไรก็ดี"),
    ("รวมทั้ง", "รวมถึง", "ตลอดจน"),
    ("เนื่องจาก", "เพราะ"),
    ("พร้อมด้วย", "พร้อมกับ"),
    ("อาทิ", "เช่น"),
    ("ให้แก่", "ให้กับ"),
    ("ขณะเดียวกัน", "ในขณะเดียวกัน"),
    ("พร้อมทั้ง", "และ", "ตลอดจน"),
    ("ทั้งนี้", "โดยเรื่องนี้"),
    ("ตลอดจน", "รวมทั้ง"),
    ("เพื่อให้", "ให้"),
    ("ดังกล่าว", "ดังที่กล่าวมา"),
    ("จำนวน", "รวมจำนวน"),
    ("ในการนี้", "โอกาสนี้"),
    ("โอกาสนี้", "ในโอกาสนี้"),
    ("จากนั้น", "ต่อจากนั้น"),
    ("ปัจจุบัน", "ขณะนี้"),
    ("อย่างต่อเนื่อง", "โดยต่อเนื่อง"),
    ("ได้แก่", "คือ"),
    ("ซึ่งมี", "โดยมี"),
    ("โดยมี", "ซึ่งมี"),
    ("ซึ่งเป็น", "อันเป็น"),
    ("สำหรับ", "ในส่วนของ"),
)
_SAFE_JOINS = tuple(group for group in _JOINS if group[0] not in ("ทั้งนี้", "ดังกล่าว", "จำนวน", "เพื่อให้", "พร้อมทั้ง", "สำหรับ"))


def _connectives(title: str, body: str, rng: random.Random) -> Text | None:
    swaps = {group[0]: rng.choice(group[1:]) for group in _SAFE_JOINS}
    tokens = list(_tokens(body))
    places: list[tuple[int, str]] = []
    for at in range(len(tokens) - 1):
        if tokens[at] in swaps:
            places.append((at, swaps[tokens[at]]))
        elif tokens[at] in ("ซึ่ง", "โดย") and tokens[at + 1] in ("มี", "เป็น") and tokens[at] + tokens[at + 1] in swaps:
            places.append((at, swaps[tokens[at] + tokens[at + 1]].removesuffix(tokens[at + 1])))
        elif tokens[at] == "และ" and at >= 2 and tokens[at - 1].isspace():
            places.append((at, rng.choice(["พร้อมทั้ง", "รวมทั้ง", "ตลอดจน"])))
    if not places:
        return None
    for at, new in rng.sample(places, max(1, round(len(places) * rng.choice([0.3, 0.6, 1.0])))):
        tokens[at] = new
    return title, "".join(tokens)


def _head_in_body(title: str, body: str, rng: random.Random) -> Text | None:
    if not title.strip() or body.startswith(title):
        return None
    return title, rng.choice(
        [
            f"{title}\n{body}",
            f"{title}\n\n{body}",
            f"“{title}”\n{body}",
            f"{title}\n.....\n{body}",
            f"เรื่อง {title}\n{body}",
        ]
    )


def _standfirst(title: str, body: str, rng: random.Random) -> Text | None:
    lines = body.split("\n")
    prose = _prose(lines)
    if not prose:
        return None
    lead = lines[prose[0]].strip()
    spaces = [match.start() for match in re.finditer(r"(?<=[ก-๙”]) (?=[ก-๙])", lead[:320]) if match.start() > 70]
    # pasted whole, or cut where the site cuts it; never inside a clause that a "not" would complete
    short = lead[: rng.choice(spaces)] if spaces and rng.random() < 0.8 else lead
    dotted = rng.choice(["", "", " ...", "…"])
    return title, f"{short}{dotted}\n{rng.choice(['', '.....' + chr(10), chr(10)])}{body}"


_TERMS: tuple[tuple[str, str], ...] = (
    ("กระทรวงสาธารณสุข|สธ\\.", "Ministry of Public Health"),
    ("กระทรวงมหาดไทย|มท\\.", "Ministry of Interior"),
    ("กระทรวงศึกษาธิการ|ศธ\\.", "Ministry of Education"),
    ("กระทรวงพาณิชย์|พาณิชย์|พณ\\.", "Commerce Ministry"),
    ("กระทรวงเกษตร|กษ\\.|เกษตรฯ", "Ministry of Agriculture"),
    ("กระทรวงแรงงาน|แรงงาน", "Labour"),
    ("กระทรวงพลังงาน|พลังงาน", "Energy"),
    ("อุตสาหกรรม", "Industry"),
    ("คมนาคม", "Transport"),
    ("กระทรวงการคลัง|คลัง", "Finance"),
    ("วัฒนธรรม", "Culture"),
    ("นายกรัฐมนตรี|นายกฯ", "Prime Minister"),
    ("รมว\\.|(?<!นายก)(?<!คณะ)รัฐมนตรี", "Minister"),
    ("ครม\\.|คณะรัฐมนตรี", "Cabinet"),
    ("โฆษก", "Spokesperson"),
    ("ปลัด", "Permanent Secretary"),
    ("อธิบดี", "Director-General"),
    ("รัฐบาล", "Government"),
    ("ประชาชน", "people"),
    ("เกษตรกร", "farmers"),
    ("นักเรียน", "students"),
    ("ผู้สูงอายุ", "elderly"),
    ("ท่องเที่ยว", "tourism"),
    ("เศรษฐกิจ", "economy"),
    ("ส่งออก", "exports"),
    ("น้ำท่วม|อุทกภัย", "floods"),
    ("ภัยแล้ง", "drought"),
    ("ประชุม", "meeting"),
    ("โควิด", "COVID-19"),
    ("วัคซีน", "vaccine"),
    ("โครงการ", "project"),
    ("ลงพื้นที่", "field visit"),
    ("ความร่วมมือ|ร่วมมือ", "cooperation"),
    ("พิธี", "ceremony"),
    ("มอบ", "presents"),
    ("เปิด", "opens"),
    ("ไทย", "Thailand"),
    ("ข้าว", "rice"),
    ("ยาเสพติด", "drugs"),
    ("การศึกษา", "education"),
    ("สินเชื่อ", "loans"),
    ("มาตรการ", "measures"),
    ("ตรวจเยี่ยม", "inspects"),
    ("พัฒนา", "development"),
    ("ชุมชน", "communities"),
    ("ราคา", "prices"),
    ("ลงทุน", "investment"),
    ("ญี่ปุ่น", "Japan"),
    ("จีน", "China"),
    ("อาเซียน", "ASEAN"),
)


def _english_head(title: str, body: str, rng: random.Random) -> Text | None:
    """The headline's own words in English, in their order, as a translating machine or a slug gives them."""
    found: dict[str, int] = {}
    for pattern, term in _TERMS:
        match = re.search(pattern, title)
        if match:
            found.setdefault(term, match.start())
    words = sorted(found, key=lambda term: (found[term], term))
    if len(words) < 3:  # too few for a translation: the slug in the page's address
        slug = "-".join(
            str(romanize(token, engine="royin")) for token in _tokens(title)[:14] if re.fullmatch("[ก-๙]+", token)
        )
        return (title, _tail(body, f"/news/{slug}")) if slug.isascii() and len(slug) > 8 else None
    line = " ".join(words) if rng.random() < 0.5 else ": ".join([words[0], ", ".join(words[1:])])
    line = line[0].upper() + line[1:]
    if rng.random() < 0.3:
        return f"{title} ({line})", body
    if rng.random() < 0.3:
        return title, _tail(body, line.lower().replace(":", "").replace(",", "").replace(" ", "-"))
    return title, f"{rng.choice(['', 'EN: ', '[EN] '])}{line}\n{body}"


def _prefix(title: str, body: str, rng: random.Random) -> Text | None:
    agency = _read(title, body).agency
    office = agency if agency in _AGENCIES else "สำนักโฆษก"
    mark = rng.choice(
        [office, "ข่าวประชาสัมพันธ์", "ข่าวทำเนียบรัฐบาล", "รัฐบาลไทย", "PR News", "ข่าวสาร", "อินโฟกราฟิก", "ชมคลิป"]
    )
    shape = rng.choice(
        [
            "[{0}] {1}",
            "{0} : {1}",
            "{0} | {1}",
            "{1} [{0}]",
            "{1} | {0}",
            "({0}) {1}",
            "{0} – {1}",
            "รัฐบาลไทย-{0}-{1}",
            "{1} - {0}",
        ]
    )
    return shape.format(mark, title), body


def _head_trimmed(title: str, body: str, rng: random.Random) -> Text | None:
    """The headline cut short by the site, whole in the body."""
    spaces = [match.start() for match in re.finditer(" ", title) if 15 < match.start() < len(title) - 8]
    if not spaces:
        return None
    at = rng.choice(spaces)
    return title[:at] + rng.choice(["...", "…", " ...", ""]), f"{title}\n{body}"


def _twice(title: str, body: str, rng: random.Random) -> Text | None:
    between = rng.choice(["\n", "\n\n", f"\n{title}\n", "\n*********\n", "\n.....\n", "\n-- \n"])
    return title, f"{body}{between}{body}"


def _again(title: str, body: str, rng: random.Random) -> Text | None:
    lines = body.split("\n")
    prose = _prose(lines)
    if not prose:
        return None
    at = rng.choice(prose)
    to = rng.choice([at + 1, len(lines), _last_line(lines) + 1, 0])
    return title, "\n".join([*lines[:to], lines[at], *lines[to:]])


def _wrapped(title: str, body: str, rng: random.Random) -> Text | None:
    width, hyphen, page = rng.choice([60, 72, 80, 95, 110]), rng.random() < 0.15, rng.random() < 0.4
    rows: list[str] = []
    for line in body.split("\n"):
        row = ""
        for token in _tokens(line):
            if row and len(row) + len(token) > width:
                rows.append(
                    row.rstrip()
                    + ("-" if hyphen and not row.endswith(" ") and not token.isspace() and token.isalpha() else "")
                )
                row = ""
            row += token
        rows.append(row)
    if page:
        step, made = rng.choice([18, 25, 32]), []
        for count, row in enumerate(rows, 1):
            made.append(row)
            if count % step == 0:
                made.append(rng.choice([f"- {count // step + 1} -", f"หน้า {count // step}", f"/{count // step + 1}"]))
        rows = made
    return title, "\n".join(rows)


def _emoji(title: str, body: str, rng: random.Random) -> Text | None:
    marks = rng.sample(_w("📢 📌 ✨ 🇹🇭 🔔 📣 🎉 ✅ 👉 💙 📍 🗓 🔥 ⭐ 📰"), 4)
    way = rng.choice(["head", "lines", "both"])
    head = f"{''.join(marks[: rng.randint(1, 2)])} {title}" if way in ("head", "both") else title
    if way == "head":
        return head, body if rng.random() < 0.5 else f"{marks[0]} {body}"
    lines = body.split("\n")
    for number in _prose(lines):
        if rng.random() < 0.7:
            lines[number] = (
                f"{rng.choice(marks)} {lines[number]}" if rng.random() < 0.8 else f"{lines[number]} {rng.choice(marks)}"
            )
    return head, "\n".join(lines)


def _lookalike(title: str, body: str, rng: random.Random) -> Text | None:
    tables = [
        {"(": "（", ")": "）"},
        {"%": "％"},
        {"!": "！", "?": "？"},
        {":": "："},
        {"/": "∕"},
        {"-": "‑"},
        {"-": "−"},
        {"'": "′", '"': "″"},
        {",": "‚"},
        {"“": "&ldquo;", "”": "&rdquo;"},
        {'"': "&quot;"},
        {"&": "&amp;"},
        {"“": "❝", "”": "❞"},
        {"A": "А", "E": "Е", "O": "О", "C": "С", "a": "а", "e": "е", "o": "о", "p": "р"},
        {"ฯ": "ฯ\u200b"},
        {"...": "…"},
        {" ": "\u3000"},
        {" ": "&nbsp;"},
        {str(digit): chr(0xFF10 + digit) for digit in range(10)},
        {".": "․"},
        {"ๆ": "ๆ\u200b"},
    ]
    fitting = [table for table in tables if any(key in body for key in table)]
    if not fitting:
        return None
    table: dict[str, str] = {}
    for chosen in rng.sample(fitting, min(len(fitting), rng.randint(1, 3))):
        table.update(chosen)
    share = rng.choice([0.5, 1.0])
    pattern = re.compile("|".join(re.escape(key) for key in sorted(table, key=lambda key: (-len(key), key))))
    new = _outside_web(
        body, lambda text: pattern.sub(lambda match: table[match[0]] if rng.random() < share else match[0], text)
    )
    return None if new == body else (title, new)


def _case(title: str, body: str, rng: random.Random) -> Text | None:
    words = re.compile(r"(?<![A-Za-z@./#])[A-Za-z]{3,}(?![A-Za-z@/])")
    way = rng.choice([str.upper, str.lower, str.title])
    change: Callable[[str], str] = lambda text: words.sub(lambda match: way(match[0]), text)  # noqa: E731
    made = _both(change, True, title, body)
    return None if made == (title, body) else made


def _figures(title: str, body: str, rng: random.Random) -> Text | None:
    """The same figures, written otherwise."""
    ways: list[tuple[str, str | Callable[[re.Match[str]], str]]] = [
        (r"ร้อยละ ?([0-9]+(?:\.[0-9]+)?)(?![0-9.,]*[0-9])(?! ?[-–%])", r"\1%"),
        (r"(?<!ร้อยละ)(?<!ร้อยละ )(?<![0-9.])([0-9]+(?:\.[0-9]+)?) ?%", r"\1 เปอร์เซ็นต์"),
        (r"(?<![0-9.,])([0-9]{1,2})\.([0-9]{2}) ?น\.", r"\1:\2 น."),
        (r"(?<![0-9.,])([0-9]{1,2})\.([0-9]{2}) ?น\.", r"\1.\2 นาฬิกา"),
        (r"(?<![0-9.,])([0-9]{1,3}(?:,[0-9]{3})+)(?![0-9,])", lambda match: match[1].replace(",", "")),
        (r"(?<=[ก-๙])ๆ(?! )", " ๆ "),
        (r"(?<=[ก-๙]) ๆ", "ๆ"),
        (rf"วันที่ ([0-9]{{1,2}}) (?={'|'.join(_MONTHS)})", r"วันที่ \1 เดือน"),
        (rf"(?<![0-9/.\-])([0-9]{{1,2}})[ \xa0]?[-–][ \xa0]?([0-9]{{1,2}})(?= (?:{'|'.join(_MONTHS)}))", r"\1 ถึง \2"),
    ]
    fitting = [(pattern, new) for pattern, new in ways if re.search(pattern, body)]
    if not fitting:
        return None
    chosen = rng.sample(fitting, min(len(fitting), rng.randint(1, 3)))

    def change(text: str) -> str:
        for pattern, new in chosen:
            text = re.sub(pattern, new, text)
        return text

    made = _both(change, rng.random() < 0.5, title, body)
    return None if made == (title, body) else made


def _filler(title: str, body: str, rng: random.Random) -> Text | None:
    """Words that say nothing, dropped or added: ทั้งนี้, ได้, ในการนี้, ในครั้งนี้ ..."""
    ways = [
        (r"(?<=\s)(?:ทั้งนี้|ในการนี้|อนึ่ง) (?=[ก-๙])", ""),
        (r"(?:ณ|ที่) บริเวณ", "ที่"),
        (r"(?<=[ก-๙])ในครั้งนี้(?=\s)", "ครั้งนี้"),
        (r"(?<=\s)โอกาสนี้ ", "ในโอกาสนี้ "),
        (r"ทำการ(?=ตรวจสอบ|ติดตั้ง|สำรวจ|ทดสอบ|ก่อสร้าง|ประเมิน)", ""),
        (r"(?<=\s)ได้(?=มอบหมาย|สั่งการ|กำชับ|เน้นย้ำ|กำหนด|ติดตาม|ร่วมกัน|จัดทำ|จัดกิจกรรม|เดินทาง)", ""),
        (r"(?<=\s)(?=นอกจากนี้ )", "อนึ่ง "),
        (r"มีการ(?=จัดทำ|พัฒนา|ติดตาม|ส่งเสริม|ประชุม|หารือ)", ""),
        (r"(?<=[ก-๙]) จำนวน (?=[0-9])", " "),
        (r"เป็นอย่างยิ่ง", "อย่างยิ่ง"),
        (r"(?<=[ก-๙])อีกด้วย(?=\s|$)", "ด้วย"),
        (r"เมื่อวันที่ (?=[0-9])", "วันที่ "),
    ]
    fitting = [(pattern, new) for pattern, new in ways if re.search(pattern, body)]
    if not fitting:
        return None
    new = body
    for pattern, said in rng.sample(fitting, min(len(fitting), rng.randint(1, 3))):
        new = re.sub(pattern, said, new)
    return None if new == body else (title, new)


_SIMPLE: tuple[Change, ...] = (
    _space,
    _invisible,
    _digits,
    _sara,
    _marks,
    _shorten,
    _lengthen,
    _years,
    _honorific,
    _dateline,
    _byline,
    _tags,
    _social,
    _page,
    _radio,
    _bullets,
    _typos,
    _reporting,
    _connectives,
    _head_in_body,
    _prefix,
    _emoji,
    _case,
    _figures,
    _filler,
    _wrapped,
)


def _several(title: str, body: str, rng: random.Random) -> Text | None:
    text, done = (title, body), 0
    for change in rng.sample(_SIMPLE, 8):
        made = change(text[0], text[1], rng)
        if made is not None and made != text:
            text, done = made, done + 1
        if (done == 2 and rng.random() < 0.5) or done == 3:
            break
    return text if done >= 2 else None


_AROUND: tuple[Change, ...] = (_byline, _tags, _social, _page, _radio, _dateline, _head_in_body, _prefix, _emoji)


def _both_sides(title: str, body: str, rng: random.Random) -> Pair | None:
    """Each of the two in a frame of its own."""
    first, second = rng.sample(_AROUND, 2)
    one, two = first(title, body, rng), second(title, body, rng)
    if one is None or two is None:
        return None
    if rng.random() < 0.5:
        two = rng.choice([_space, _marks, _sara, _invisible])(two[0], two[1], rng) or two
    return one, two


def _republished(change: Change) -> Edit:
    def edit(title: str, body: str, rng: random.Random) -> Pair | None:
        made = change(title, body, rng)
        if made is None or made == (title, body) or not body.strip():
            return None
        return (title, body), made

    return edit


_GO: tuple[tuple[str, Change, Literal["a", "b", "either"]], ...] = (
    ("white-space", _space, "either"),
    ("invisible-characters", _invisible, "either"),
    ("digits", _digits, "either"),
    ("split-vowels", _sara, "either"),
    ("quotes-and-dashes", _marks, "either"),
    ("full-form-to-short", _shorten, "either"),
    ("short-form-to-full", _lengthen, "either"),
    ("years", _years, "either"),
    ("honorifics", _honorific, "either"),
    ("dateline", _dateline, "either"),
    ("byline", _byline, "either"),
    ("contact-block", _contact, "a"),
    ("hashtags", _tags, "either"),
    ("share-buttons", _social, "either"),
    ("page-furniture", _page, "either"),
    ("radio-frame", _radio, "either"),
    ("cut-at-read-more", _cut, "b"),
    ("paragraphs-moved", _moved, "either"),
    ("list-marks", _bullets, "either"),
    ("typing-errors", _typos, "either"),
    ("reporting-verbs", _reporting, "either"),
    ("connectives", _connectives, "either"),
    ("filler-words", _filler, "either"),
    ("figures-rewritten", _figures, "either"),
    ("headline-in-body", _head_in_body, "either"),
    ("headline-trimmed", _head_trimmed, "either"),
    ("standfirst-on-top", _standfirst, "either"),
    ("headline-in-latin-letters", _english_head, "either"),
    ("headline-prefix", _prefix, "either"),
    ("pasted-twice", _twice, "either"),
    ("paragraph-again", _again, "either"),
    ("line-wraps", _wrapped, "either"),
    ("emoji", _emoji, "either"),
    ("look-alikes", _lookalike, "either"),
    ("latin-case", _case, "either"),
    ("several-at-once", _several, "either"),
)

_ONLY_ADDED = frozenset(f"added-{which}" for which in _ADDED if which != "cancellation-or-delay")

KINDS: tuple[Kind, ...] = (
    *(Kind(name, "keep", edit, stays="b" if name in _ONLY_ADDED else "both") for name, edit in _KEEP),
    *(Kind(name, "go", _republished(change), goes) for name, change, goes in _GO),
    Kind("frame-on-each-side", "go", _both_sides),
)
