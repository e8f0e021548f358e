"""Second held-out set of edits over Thai government press releases.

Written by somebody who had not read the comparing code, frozen before it was scored, scored once.

Every kind takes a release (title, body) and a seeded generator and gives two versions of it.  In a must-keep kind the
two are different news, or one of them adds news to the other; in a must-go kind one says all that the other says.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from pythainlp.corpus import provinces, thai_words
from pythainlp.tokenize import word_tokenize

Text = tuple[str, str]
Edit = Callable[[str, str, Random], tuple[Text, Text] | None]
Maker = Callable[[Random], tuple[str, str]]
Goes = Literal["a", "b", "either"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of edit.

    Attributes:
        name: A unique name in kebab-case.
        must: "keep" where something is lost if the wrong one goes, "go" where one of the two must go.
        stays: Which of the two must stay (keep), or stays or may stay (go).
        edit: Makes the two versions, or None where the kind does not apply.
        goes: Which of the two can go, for must="go".
    """

    name: str
    must: Literal["keep", "go"]
    stays: Literal["a", "b", "both"]
    edit: Edit
    goes: Goes = "either"


# ---------------------------------------------------------------- helpers

_THAI = re.compile(r"[ก-๛]")
_LATIN = re.compile(r"[A-Za-z]")
_LIST_HEAD = re.compile(r"^\s*(?:[\d๐-๙]+[.)]|[-•*–●▪■○◆]|\([\d๐-๙]+\))")
_OPEN_END = re.compile(r"(?:ดังนี้|ได้แก่|ประกอบด้วย|ต่อไปนี้|ดังต่อไปนี้|คือ|อาทิ|เช่น|[:,“‘(])\s*$")


def _is_thai(body: str) -> bool:
    return len(_THAI.findall(body)) > 2 * len(_LATIN.findall(body)) and len(body) > 150


def _is_content(para: str) -> bool:
    return len(_THAI.findall(para)) + len(_LATIN.findall(para)) >= 60


def _slots(body: str) -> list[int]:
    """Indices of paragraphs after which a sentence can stand without breaking a list or a quotation."""
    paras = body.split("\n")
    slots: list[int] = []
    depth = 0
    straight = 0
    for i, para in enumerate(paras):
        depth = max(0, depth + para.count("“") - para.count("”"))
        straight += para.count('"')
        after = next((p for p in paras[i + 1 :] if p.strip()), "")
        if not _is_content(para) or depth or straight % 2 or _OPEN_END.search(para) or _LIST_HEAD.match(after):
            continue
        if _LIST_HEAD.match(para):
            continue
        slots.append(i)
    return slots


_LINKS = ("ทั้งนี้ ", "นอกจากนี้ ", "อนึ่ง ", "ขณะเดียวกัน ", "ในส่วนของพื้นที่ ", "พร้อมกันนี้ ", "")


def _put(body: str, cores: Sequence[str], rng: Random, *, head: bool = True) -> list[str] | None:
    """Put each of the sentences at one and the same place of the body, one copy of the body for each."""
    slots = _slots(body)
    if not slots:
        return None
    paras = body.split("\n")
    spot = rng.choice(("head", "lead", "middle", "end", "end") if head else ("lead", "middle", "end"))
    if spot == "head":
        return ["\n".join([core, *paras]) for core in cores]
    where = {"lead": slots[0], "middle": slots[len(slots) // 2], "end": slots[-1]}[spot]
    link = rng.choice(_LINKS[:4] + _LINKS[5:])
    joined = spot != "end" and rng.random() < 0.6
    out: list[str] = []
    for core in cores:
        if joined:
            new = [*paras[:where], paras[where].rstrip() + " " + link + core, *paras[where + 1 :]]
        else:
            new = [*paras[: where + 1], link + core, *paras[where + 1 :]]
        out.append("\n".join(new))
    return out


def _changed(make: Maker) -> Edit:
    """The same carrier sentence in both versions, one thing in it changed."""

    def edit(title: str, body: str, rng: Random) -> tuple[Text, Text] | None:
        if not _is_thai(body):
            return None
        left, right = make(rng)
        put = _put(body, (left, right), rng)
        if put is None or left == right:
            return None
        return (title, put[0]), (title, put[1])

    return edit


def _added(make: Callable[[Random], str]) -> Edit:
    """A sentence that only the later version has."""

    def edit(title: str, body: str, rng: Random) -> tuple[Text, Text] | None:
        if not _is_thai(body):
            return None
        put = _put(body, (make(rng),), rng)
        return None if put is None else ((title, body), (title, put[0]))

    return edit


def _two(rng: Random, items: Sequence[str]) -> tuple[str, str]:
    first, second = rng.sample(list(items), 2)
    return first, second


_SPOT = ("หนอง", "ห้วย", "โคก", "ดอน", "คลอง", "ท่า", "โนน", "วัง", "เขา", "บึง", "ทุ่ง", "ปาก", "นา", "ดง", "เกาะ")
_SPOT2 = ("กระทิง", "มะค่า", "ตะแบก", "ไผ่", "แสมดำ", "กระเบา", "ยางงาม", "หินลาด", "ตาลคู่", "กกแดง", "เสือหมอบ", "ปลาซิว")
_SPOT3 = ("", "", "น้อย", "ใหญ่", "เหนือ", "ใต้", "สามัคคี", "พัฒนา")
_FIRST = ("ธน", "ปิย", "วร", "ศุภ", "จิร", "ณัฐ", "ชุติ", "อภิ", "กิตติ", "สิริ", "พิช", "รัช")
_MALE = ("วัฒน์", "พงศ์", "ชัย", "เดช", "กร", "พล")
_FEMALE = ("ภา", "นุช", "พร", "รัตน์", "ดา", "มาศ")
_LAST = ("ทอง", "ศรี", "แก้ว", "บุญ", "สุข", "วงศ์", "จันทร์", "เพชร", "พิมพ์", "ชื่น")
_LAST2 = ("สว่าง", "มั่นคง", "ประเสริฐ", "เจริญ", "อ่อน", "ดำรง", "ไพศาล", "งาม", "ภักดี", "ประดิษฐ์")


def _village(rng: Random) -> str:
    return rng.choice(_SPOT) + rng.choice(_SPOT2) + rng.choice(_SPOT3)


def _person(rng: Random) -> str:
    male = rng.random() < 0.5
    given = rng.choice(_FIRST) + rng.choice(_MALE if male else _FEMALE)
    return ("นาย" if male else rng.choice(("นาง", "นางสาว"))) + given + " " + rng.choice(_LAST) + rng.choice(_LAST2)


_BODIES = (
    "เทศบาลตำบล",
    "องค์การบริหารส่วนตำบล",
    "สหกรณ์การเกษตร",
    "โรงพยาบาลส่งเสริมสุขภาพตำบล",
    "โรงเรียนบ้าน",
    "วิสาหกิจชุมชนบ้าน",
    "ศูนย์พัฒนาเด็กเล็กบ้าน",
    "กองทุนหมู่บ้าน",
    "ชมรมผู้สูงอายุบ้าน",
)


def _local_body(rng: Random) -> str:
    return rng.choice(_BODIES) + _village(rng)


_FRONT = (
    "รับฟังรายงานจากพื้นที่ว่า",
    "มีรายงานเพิ่มเติมว่า",
    "เจ้าหน้าที่ในพื้นที่แจ้งว่า",
    "ที่ประชุมได้รับทราบว่า",
    "ผู้เกี่ยวข้องรายงานว่า",
    "หน่วยงานเจ้าของเรื่องแจ้งว่า",
)


def _framed(rng: Random, left: str, right: str) -> tuple[str, str]:
    """Sometimes the same reporting phrase before both."""
    if rng.random() < 0.5:
        return left, right
    front = rng.choice(_FRONT[1:])
    return f"{front} {left}", f"{front} {right}"


# ---------------------------------------------------------------- must keep: changed in the release's own words


def _replace_once(title: str, body: str, rng: Random, rules: Sequence[tuple[str, Sequence[str]]]) -> Text | None:
    """Change one match of one of the patterns, in the body or (where the same words stand there) in both."""
    found: list[tuple[int, int, Sequence[str]]] = []
    for pattern, others in rules:
        found.extend((m.start(), m.end(), others) for m in re.finditer(pattern, body))
    if not found:
        return None
    start, end, others = rng.choice(sorted(found, key=lambda f: (f[0], f[1])))
    old, new = body[start:end], rng.choice(list(others))
    body = body[:start] + new + body[end:]
    return title.replace(old, new) if len(old) > 8 else title, body


def _in_place(rules: Sequence[tuple[str, Sequence[str]]]) -> Edit:
    def edit(title: str, body: str, rng: Random) -> tuple[Text, Text] | None:
        if not _is_thai(body):
            return None
        new = _replace_once(title, body, rng, rules)
        return None if new is None else ((title, body), new)

    return edit


_DIRECTIONS = (
    (r"เพิ่มขึ้น(?!เป็น)", ("ลดลง", "ลดน้อยลง")),
    (r"ลดลง(?!เหลือ)", ("เพิ่มขึ้น", "สูงขึ้น")),
    (r"สูงขึ้น", ("ต่ำลง", "ลดลง")),
    (r"สูงกว่า", ("ต่ำกว่า", "น้อยกว่า")),
    (r"ต่ำกว่า(?<!ไม่ต่ำกว่า)", ("สูงกว่า", "มากกว่า")),
    (r"ขยายตัว(?!ของ)", ("หดตัว", "ชะลอตัว")),
    (r"การส่งออก", ("การนำเข้า",)),
    (r"การนำเข้า", ("การส่งออก",)),
    (r"(?<!ได้)เข้าร่วม(?=ประชุม|การประชุม|โครงการ|กิจกรรม)", ("ถอนตัวจาก", "งดร่วม")),
    (r"(?<!การ)(?<!กรม)(?<!สำนักงาน)(?<!คณะกรรมการ)(?<!และ)ส่งเสริม(?=การ)", ("จำกัด", "ควบคุม")),
    (r"(?<!การ)(?<!กรม)(?<!สำนักงาน)(?<!กองทุน)(?<!และ)สนับสนุน(?=การ)", ("คัดค้าน", "ยับยั้ง")),
    (r"ลด(?=ค่าใช้จ่าย|ต้นทุน|ภาระ|ความเหลื่อมล้ำ|การนำเข้า|ผลกระทบ|ปัญหา|ขั้นตอน)", ("เพิ่ม",)),
    (r"เพิ่ม(?=รายได้|ขีดความสามารถ|ประสิทธิภาพ|มูลค่า|ศักยภาพ|จำนวน|โอกาส)", ("ลด",)),
    (r"เปิด(?=ให้บริการ|รับสมัคร|ลงทะเบียน|ให้ลงทะเบียน)", ("ปิด", "เลิก")),
    (r"เดินหน้า(?=[ก-ฮเ-ไ])", ("ชะลอการ", "ระงับการ", "ทบทวนการ")),
    (r"เร่ง(?=ดำเนินการ|แก้ไข|ช่วยเหลือ|พัฒนา|ผลักดัน|ขับเคลื่อน)", ("ชะลอการ", "งดการ")),
    (r"ในเมือง(?=\s)", ("ในชนบท",)),
    (r"ระยะยาว", ("ระยะสั้น",)),
    (r"ระยะสั้น", ("ระยะยาว",)),
    (r"ก่อนการประชุม", ("หลังการประชุม",)),
    (r"ภายหลังการประชุม", ("ก่อนการประชุม",)),
    (r"ผู้ซื้อ", ("ผู้ขาย",)),
    (r"ผู้ประกอบการรายย่อย", ("ผู้ประกอบการรายใหญ่",)),
    (r"นายจ้าง", ("ลูกจ้าง",)),
    (r"ประชาชนทั่วไป", ("ข้าราชการ", "ผู้ถือบัตรสวัสดิการ")),
    (r"ผู้สูงอายุ", ("ผู้พิการ", "เด็กเล็ก")),
    (r"เกษตรกร(?=[ก-ฮเ-ไ\s])(?!รม)", ("ชาวประมง", "ผู้ใช้แรงงาน")),
)
_N = r"(?=\s?(?:ร้อยละ\s?)?[\d๐-๙])"
_BOUNDS = (
    (r"ไม่เกิน" + _N, ("ไม่ต่ำกว่า", "ไม่น้อยกว่า", "อย่างน้อย")),
    (r"(?:ไม่ต่ำกว่า|ไม่น้อยกว่า|อย่างน้อย)" + _N, ("ไม่เกิน", "ไม่ถึง")),
    (r"(?:มากกว่า|กว่า)(?<!น้อยกว่า)(?<!ต่ำกว่า)(?<!สูงกว่า)" + _N, ("ไม่ถึง", "เพียง")),
    (r"เฉลี่ย" + _N, ("สูงสุด", "ต่ำสุด")),
    (r"รวมทั้งสิ้น" + _N, ("เฉลี่ยปีละ", "เฉลี่ยเดือนละ")),
    (r"ภายในปี(?=\s?[\d๐-๙])", ("หลังปี", "ก่อนปี")),
    (r"ภายในวันที่", ("หลังวันที่", "ตั้งแต่วันที่")),
    (r"ล้านบาท", ("ล้านดอลลาร์สหรัฐ", "ล้านเหรียญสิงคโปร์", "ล้านเยน")),
    (r"(?<!จังหวัด)(?<!จังหวัด )ทั่วประเทศ", ("เฉพาะภาคใต้", "เฉพาะในเขตเมือง", "ในบางจังหวัด")),
    (r"ทุก(?=ภาคส่วน|หน่วยงาน|จังหวัด|พื้นที่|ประเทศ|ฝ่าย|กลุ่ม|โรงเรียน)", ("บาง",)),
    (r"ทั้งหมด(?!\s?[\d๐-๙])", ("บางส่วน", "ครึ่งหนึ่ง")),
    (r"ส่วนใหญ่", ("ส่วนน้อย",)),
    (r"(?<=[\d๐-๙] )ปี(?![ก-๙])", ("เดือน", "สัปดาห์")),
    (r"(?<=[\d๐-๙] )วัน(?![ก-๙])", ("สัปดาห์", "ชั่วโมง")),
    (r"(?<=[\d๐-๙] )คน(?![ก-๙])", ("ครัวเรือน", "คณะ")),
    (r"ต่อปี", ("ต่อเดือน", "ต่อไตรมาส")),
    (r"ต่อเดือน", ("ต่อปี", "ต่อสัปดาห์")),
    (r"ต่อวัน", ("ต่อสัปดาห์", "ต่อเดือน")),
)
_NEGATIONS = (
    (r"(?<!ไม่)(?<!ความ)(?<!ขีด)(?<!ให้)(?<!ๆ)สามารถ(?=[ก-ฮเ-ไ])", ("ไม่สามารถ", "ยังไม่สามารถ", "ไม่อาจ")),
    (r"(?<=ที่ประชุม)(?:ได้)?เห็นชอบ", ("ไม่เห็นชอบ", "ยังไม่เห็นชอบ")),
    (r"(?<=มีมติ)(?:เห็นชอบ|อนุมัติ)", ("ไม่เห็นชอบ", "ไม่อนุมัติ", "ให้ถอนเรื่อง")),
    (r"จะช่วย(?=[ก-ฮเ-ไ])", ("จะไม่ช่วย", "อาจไม่ช่วย", "ไม่ได้ช่วย")),
    (r"จะทำให้", ("จะไม่ทำให้", "คงไม่ทำให้")),
    (r"พร้อมที่จะ", ("ยังไม่พร้อมที่จะ", "ไม่พร้อมที่จะ")),
    (r"(?<!ไม่)มีความจำเป็น", ("ไม่มีความจำเป็น", "ยังไม่มีความจำเป็น")),
    (r"(?<!ไม่)(?<!มิ)ได้รับ(?=การสนับสนุน|ความร่วมมือ|รางวัล|ผลกระทบ|อนุญาต|อนุมัติ)", ("ไม่ได้รับ", "ยังไม่ได้รับ", "มิได้รับ")),
    (r"จะต้อง(?=[ก-ฮเ-ไ])", ("ไม่จำเป็นต้อง", "ไม่ต้อง")),
    (r"จะดำเนินการ", ("จะไม่ดำเนินการ", "จะยุติการดำเนินการ", "จะชะลอการดำเนินการ")),
    (r"(?<!ไม่)เห็นด้วยกับ", ("ไม่เห็นด้วยกับ", "คัดค้าน")),
    (r"(?<!ไม่)(?<!มิ)ได้ให้ความสำคัญ", ("ไม่ได้ให้ความสำคัญ", "ยังไม่ได้ให้ความสำคัญ")),
)


_TITLED = re.compile(
    r"(?:นายแพทย์|นางสาว|นาย|นาง|พลเอก|พลโท|พลตรี|พลตำรวจเอก|พลตำรวจโท|พลอากาศเอก|พลเรือเอก|ดร\.|พล\.[อตรท]\.(?:[อทต]\.)?)"
    r"\s?[ก-์]{2,20}\s{1,2}[ก-์]{3,24}(?=\s+"
    r"(รัฐมนตรี|นายกรัฐมนตรี|ปลัด|อธิบดี|ผู้ว่า|ผู้อำนวยการ|เลขาธิการ|โฆษก|รอง|ประธาน|กรรมการ|หัวหน้า|เอกอัคร|ที่ปรึกษา))"
)


def _exchange_office_holders(title: str, body: str, rng: Random) -> tuple[Text, Text] | None:
    """Two persons with different offices change places, everywhere in the text."""
    names: dict[str, str] = {}
    for m in _TITLED.finditer(body):
        names.setdefault(m.group(0), body[m.end() : m.end() + 26].strip())
    pairs = [
        (x, y)
        for i, x in enumerate(names)
        for y in list(names)[i + 1 :]
        if names[x] != names[y] and x not in y and y not in x
    ]
    if not pairs:
        return None
    first, second = rng.choice(pairs)
    mark = "\x00"
    new = [t.replace(first, mark).replace(second, first).replace(mark, second) for t in (title, body)]
    return (title, body), (new[0], new[1])


# ---------------------------------------------------------------- must keep: one thing changed in a carrier sentence

_GIFTS = (
    "เครื่องสูบน้ำ",
    "รถเข็นผู้ป่วย",
    "พันธุ์กล้าไม้ผล",
    "ชุดโต๊ะเก้าอี้นักเรียน",
    "เครื่องกรองน้ำดื่ม",
    "เตียงผู้ป่วยปรับระดับ",
    "หนังสือเข้าห้องสมุด",
    "ถุงยังชีพ",
    "จักรเย็บผ้า",
    "เรือท้องแบน",
    "ผ้าห่มกันหนาว",
    "เครื่องวัดความดันโลหิต",
)
_USES = (
    "เพื่อใช้ประโยชน์ร่วมกันในชุมชน",
    "สำหรับใช้ในช่วงฤดูแล้ง",
    "ไว้ดูแลผู้ที่เดือดร้อน",
    "ตามที่ได้ประสานไว้ก่อนหน้านี้",
    "โดยมีผู้นำชุมชนร่วมเป็นสักขีพยาน",
    "ซึ่งจัดหาจากเงินบริจาค",
)


def _gift(rng: Random) -> tuple[str, str]:
    one, two = _local_body(rng), _local_body(rng)
    verb = rng.choice(("ได้ส่งมอบ", "เป็นผู้มอบ", "ได้นำ", "จัดหา"))
    link = {"ได้นำ": "ไปมอบให้", "จัดหา": "มามอบให้แก่"}.get(verb, rng.choice(("ให้แก่", "ให้กับ")))
    rest = f"{verb}{rng.choice(_GIFTS)}{link}"
    use = rng.choice(_USES)
    return f"{one}{rest}{two} {use}", f"{two}{rest}{one} {use}"


_FEW = ("สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบเอ็ด", "สิบสาม", "ยี่สิบสอง")
_EVENTS = (
    "รถกระบะเสียหลักพลิกคว่ำ",
    "ดินสไลด์ทับบ้านเรือน",
    "พายุพัดหลังคาโรงเรียนพัง",
    "เรือหางยาวล่มกลางลำน้ำ",
    "ไฟไหม้โรงเก็บฟาง",
    "หม้อต้มน้ำระเบิด",
    "ต้นไม้ใหญ่ล้มทับเต็นท์งานวัด",
    "น้ำป่าหลากเข้าหมู่บ้าน",
    "รถรับส่งนักเรียนชนท้ายรถบรรทุก",
    "นั่งร้านก่อสร้างทรุดตัว",
)


def _injured(rng: Random) -> tuple[str, str]:
    one, two = _two(rng, _FEW)
    what = rng.choice(("มีผู้ได้รับบาดเจ็บ{}ราย", "มีผู้เสียชีวิต{}ราย", "มีผู้สูญหาย{}คน", "ต้องนำผู้บาดเจ็บส่งโรงพยาบาล{}คน"))
    base = f"เหตุ{rng.choice(_EVENTS)}ที่บ้าน{_village(rng)} "
    tail = rng.choice(("", " ญาติทราบเรื่องแล้วทุกราย", " ซึ่งทางจังหวัดได้เข้าดูแลแล้ว", " ทั้งหมดเป็นคนในพื้นที่"))
    return _framed(rng, base + what.format(one) + tail, base + what.format(two) + tail)


_HOURS = (
    "หกโมงเช้า",
    "เจ็ดโมงเช้า",
    "แปดโมงครึ่ง",
    "เก้าโมงเช้า",
    "สิบโมงตรง",
    "เที่ยงตรง",
    "บ่ายโมงครึ่ง",
    "บ่ายสองโมง",
    "บ่ายสามโมง",
    "สี่โมงเย็น",
    "ห้าโมงเย็น",
    "หนึ่งทุ่มตรง",
    "สองทุ่มครึ่ง",
)
_ACTS = (
    "ขบวนรถจะเคลื่อนออกจากหน้า{}",
    "เจ้าหน้าที่จะเปิดรับลงทะเบียนที่{}",
    "รถบริการน้ำประปาจะไปถึง{}",
    "การซ้อมอพยพจะเริ่มที่{}",
    "หน่วยแพทย์เคลื่อนที่จะเริ่มตรวจที่{}",
    "การฉีดวัคซีนสุนัขและแมวจะเริ่มที่{}",
    "จะมีการทดสอบสัญญาณเตือนภัยที่{}",
    "การประชุมชาวบ้านจะเริ่มที่{}",
)
_SITES = ("ศาลาประชาคมบ้าน", "วัด", "โรงเรียนบ้าน", "ตลาดสดบ้าน", "ที่ทำการกำนันตำบล", "หอประชุมบ้าน")


def _hour(rng: Random) -> tuple[str, str]:
    one, two = _two(rng, _HOURS)
    base = rng.choice(_ACTS).format(rng.choice(_SITES) + _village(rng))
    pre = rng.choice(("เวลา", "ในเวลา", "ตอน"))
    tail = rng.choice(("", " ขอให้มาก่อนเวลาเล็กน้อย", " ของวันงาน", " และเสร็จสิ้นภายในวันเดียว"))
    return f"{base}{pre}{one}{tail}", f"{base}{pre}{two}{tail}"


_DAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")


def _weekday(rng: Random) -> tuple[str, str]:
    one, two = _two(rng, _DAYS)
    base = rng.choice(_ACTS).format(rng.choice(_SITES) + _village(rng))
    form = rng.choice(("ในวัน{}นี้", "ในวัน{}หน้า", "ทุกวัน{}", "วัน{}แรกของเดือน", "ในวัน{}ที่จะถึง"))
    return f"{base}{form.format(one)}", f"{base}{form.format(two)}"


def _beneficiary(rng: Random) -> tuple[str, str]:
    kind = rng.choice(("โรงเรียนบ้าน", "ชุมชนบ้าน", "วัด", "สถานีอนามัยบ้าน", "บริษัท ", "ร้านค้าสวัสดิการบ้าน"))
    one, two = _village(rng), _village(rng)
    end = " จำกัด" if kind == "บริษัท " else ""
    frame = rng.choice(
        (
            "ผู้ที่ได้รับการคัดเลือกให้ดำเนินการในรอบนี้คือ{}",
            "งบซ่อมแซมอาคารรอบนี้จัดสรรให้{}",
            "พื้นที่นำร่องแห่งแรกได้แก่{}",
            "คณะได้แวะเยี่ยม{} ระหว่างทางกลับ",
            "ผลการตรวจพบว่า{} ยังไม่ผ่านมาตรฐาน",
            "คณะกรรมการมีคำสั่งให้{} หยุดใช้อาคารชั่วคราว",
        )
    )
    return frame.format(f"{kind}{one}{end}"), frame.format(f"{kind}{two}{end}")


_GOODS = (
    "ปลาร้าบรรจุขวด",
    "นมอัดเม็ด",
    "สบู่สมุนไพร",
    "หม้อหุงข้าวไฟฟ้า",
    "ยาหม่องน้ำ",
    "ลูกชิ้นปลา",
    "ปลั๊กพ่วง",
    "เครื่องทำน้ำอุ่น",
    "ครีมทาผิว",
    "น้ำพริกเผา",
    "ของเล่นเป่าฟอง",
    "หมวกกันน็อก",
    "กุนเชียง",
    "ยาจุดกันยุง",
    "น้ำผึ้งบรรจุขวด",
)
_MARKS = ("ตราแม่", "ตราลุง", "ตราคุณ", "ยี่ห้อครู")
_MARKS2 = ("ละออ", "พร้อม", "สมใจ", "บัวลอย", "จำปี", "แช่ม", "ละเมียด", "ทองหล่อ", "ปุ่น", "เฟื่อง")


def _recalled(rng: Random) -> tuple[str, str]:
    one, two = _two(rng, _GOODS)
    mark = rng.choice(_MARKS) + rng.choice(_MARKS2)
    frame = rng.choice(
        (
            "ให้ผู้จำหน่ายเก็บ{}{} ออกจากชั้นวางทันที",
            "ได้เรียกคืน{}{} ทุกรุ่นเพื่อตรวจสอบ",
            "{}{} ไม่ผ่านการตรวจวิเคราะห์ในห้องปฏิบัติการ",
            "{}{} ได้รับเครื่องหมายรับรองมาตรฐานเป็นรายแรกของอำเภอ",
            "ผู้บริโภคร้องเรียนว่า{}{} มีฉลากไม่ตรงกับของจริง",
        )
    )
    return _framed(rng, frame.format(one, mark), frame.format(two, mark))


_PLAGUES = (
    ("เพลี้ยกระโดดสีน้ำตาล", "หนอนกอข้าว", "โรคไหม้คอรวง", "เพลี้ยไฟ", "แมลงบั่ว", "หนูนา"),
    ("โรคฉี่หนู", "โรคมือเท้าปาก", "โรคไข้หูดับ", "โรคอุจจาระร่วง", "โรคตาแดง", "โรคอีสุกอีใส", "โรคคางทูม"),
    ("โรคปากและเท้าเปื่อย", "โรคคอบวม", "โรคลัมปีสกิน", "โรคแท้งติดต่อ", "โรคนิวคาสเซิล"),
)


def _plague(rng: Random) -> tuple[str, str]:
    one, two = _two(rng, rng.choice(_PLAGUES))
    where = f"บ้าน{_village(rng)}"
    frame = rng.choice(
        (
            "เจ้าหน้าที่ตรวจพบ{}ระบาดที่{} และได้กันพื้นที่แล้ว",
            "ไม่พบ{}เพิ่มเติมที่{} หลังเฝ้าระวังมาสองสัปดาห์",
            "ให้เฝ้าระวัง{}ที่{} เป็นพิเศษ",
            "การควบคุม{}ที่{} เป็นไปตามแผน",
        )
    )
    return _framed(rng, frame.format(one, where), frame.format(two, where))


_CONTESTS = (
    "ประกวดร้องเพลงพื้นบ้าน",
    "แข่งเรือพาย",
    "ประกวดผ้าทอ",
    "ตอบปัญหากฎหมาย",
    "ประกวดหมู่บ้านสะอาด",
    "แข่งขันทำอาหารพื้นถิ่น",
    "ประกวดหุ่นไล่กา",
    "แข่งตะกร้อลอดห่วง",
    "ประกวดโครงงานวิทยาศาสตร์",
)


def _contest(rng: Random) -> tuple[str, str]:
    one, two = (f"ทีมบ้าน{_village(rng)}" for _ in range(2)) if rng.random() < 0.6 else (_person(rng) for _ in range(2))
    base = f"ผลการ{rng.choice(_CONTESTS)} "
    frame = rng.choice(
        (
            "รางวัลชนะเลิศเป็นของ{} ส่วนรองชนะเลิศเป็นของ{}",
            "{} ชนะ{} ไปอย่างเฉียดฉิว",
            "กรรมการตัดสินให้{} ได้คะแนนเหนือ{}",
            "{} คว้าถ้วยไปครอง โดยมี{} ได้รางวัลชมเชย",
        )
    )
    return base + frame.format(one, two), base + frame.format(two, one)


_GROUPS = (
    "ผู้ที่มีอายุเกินหกสิบปี",
    "หญิงตั้งครรภ์",
    "ผู้ที่ยังไม่เคยรับสิทธิ",
    "เจ้าของที่ดินทำกินเอง",
    "ผู้เช่าที่นา",
    "ผู้ที่มีชื่อในทะเบียนบ้าน",
    "แรงงานรายวัน",
    "ครัวเรือนที่มีผู้ป่วยติดเตียง",
    "นักเรียนทุน",
    "ผู้เลี้ยงโคนม",
    "ผู้ค้าหาบเร่",
    "ผู้พ้นโทษ",
    "ทหารกองประจำการ",
    "อาสาสมัครหมู่บ้าน",
)
_RIGHTS = (
    "สิทธินี้",
    "เงินช่วยเหลือก้อนนี้",
    "การลดหย่อนดังกล่าว",
    "บัตรโดยสารราคาพิเศษ",
    "คูปองอาหารกลางวัน",
    "การพักชำระหนี้รอบนี้",
    "การตรวจสุขภาพครั้งนี้",
)


def _eligible(rng: Random) -> tuple[str, str]:
    one, two = _two(rng, _GROUPS)
    frame = rng.choice(
        (
            "{r}ให้เฉพาะ{g}",
            "{r}สงวนไว้สำหรับ{g}เท่านั้น",
            "{g}จะได้รับ{r}ก่อนกลุ่มอื่น",
            "{r}ไม่ครอบคลุม{g}",
            "{g}ไม่ต้องยื่นเอกสารเพิ่มเพื่อขอรับ{r}",
        )
    )
    right = rng.choice(_RIGHTS)
    return frame.format(r=right, g=one), frame.format(r=right, g=two)


_CAUSES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (
        ("รถกระบะเสียหลักพลิกคว่ำ", "รถรับส่งนักเรียนชนท้ายรถบรรทุก", "รถพ่วงตกไหล่ทาง", "รถจักรยานยนต์ชนเสาไฟ"),
        ("คนขับหลับใน", "ระบบเบรกขัดข้อง", "คนขับเมาสุรา", "ถนนลื่น", "วัวตัดหน้ารถ", "ไฟส่องทางดับ", "ยางแตก"),
    ),
    (
        ("ไฟไหม้โรงเก็บฟาง", "ไฟไหม้ตลาดสด", "ไฟไหม้ห้องเก็บของโรงเรียน", "ไฟลุกในโรงงานที่นอน"),
        ("ไฟฟ้าลัดวงจร", "การเผาตอซัง", "แก๊สรั่ว", "ก้นบุหรี่", "เด็กเล่นไม้ขีด", "การลอบวางเพลิง", "ธูปเทียนที่จุดทิ้งไว้"),
    ),
    (
        ("ดินสไลด์ทับบ้านเรือน", "น้ำหลากเข้าหมู่บ้าน", "ตลิ่งพังริมคลอง", "น้ำท่วมขังหลายสัปดาห์"),
        ("ฝนตกสะสมหลายวัน", "การตัดไม้บนเขา", "ฝายแตก", "ขยะอุดตันท่อ", "การขุดหน้าดินขาย", "การถมที่ขวางทางน้ำ"),
    ),
    (
        ("นั่งร้านก่อสร้างทรุดตัว", "หลังคาโรงอาหารถล่ม", "สะพานไม้หัก", "กำแพงวัดล้ม"),
        ("ปลวกกินไม้", "ความประมาทของผู้รับเหมา", "การออกแบบที่ผิดพลาด", "รถบรรทุกชนเสา", "ลมกระโชกแรง", "น้ำเซาะฐานราก"),
    ),
)


def _cause(rng: Random) -> tuple[str, str]:
    events, causes = rng.choice(_CAUSES)
    one, two = _two(rng, causes)
    event = f"เหตุ{rng.choice(events)}ที่บ้าน{_village(rng)}"
    frame = rng.choice(("{}มีสาเหตุจาก{}", "ผลสอบสวนสรุปว่า{}เกิดจาก{}", "{}น่าจะมาจาก{}", "ผู้เชี่ยวชาญชี้ว่า{}เป็นผลของ{}"))
    return frame.format(event, one), frame.format(event, two)


_WORKS = (
    "สะพานไม้ข้ามคลอง",
    "ถนนลูกรังสายใน",
    "ฝายชะลอน้ำ",
    "อาคารเรียนหลังใหม่",
    "ระบบประปาหมู่บ้าน",
    "ลานตากข้าว",
    "ห้องน้ำสาธารณะ",
    "โรงเพาะเห็ด",
    "ศาลาพักผู้โดยสาร",
    "บ่อบำบัดน้ำเสีย",
)
_STATES = (
    "ยังอยู่ระหว่างออกแบบ",
    "สร้างเสร็จและเปิดใช้แล้ว",
    "มีกำหนดเริ่มลงมือหลังสงกรานต์",
    "หยุดก่อสร้างเพราะผู้รับเหมาทิ้งงาน",
    "ยังหาผู้รับจ้างไม่ได้",
    "ถูกน้ำพัดเสียหายทั้งหมด",
    "ส่งมอบให้ชาวบ้านดูแลแล้ว",
    "คืบหน้าไปราวครึ่งหนึ่ง",
    "ต้องรื้อทำใหม่",
    "ถูกร้องเรียนและรอการตรวจสอบ",
)


def _progress(rng: Random) -> tuple[str, str]:
    one, two = _two(rng, _STATES)
    base = f"{rng.choice(_WORKS)}บ้าน{_village(rng)} "
    when = rng.choice(("", "ขณะนี้", "ล่าสุด", "ปัจจุบัน"))
    return _framed(rng, base + when + one, base + when + two)


_PLACES = (
    "ตลาดนัดริมทาง",
    "ร้านอาหารขนาดเล็ก",
    "สนามกีฬากลางแจ้ง",
    "ท่าเรือข้ามฟาก",
    "โรงแรมขนาดเล็ก",
    "สถานรับเลี้ยงเด็ก",
    "ร้านเสริมสวย",
    "วัดและศาสนสถาน",
    "รถรับจ้างสาธารณะ",
    "โรงสีชุมชน",
)
_RULES = ("มาตรการนี้", "คำสั่งดังกล่าว", "ข้อห้ามนี้", "การเก็บค่าธรรมเนียม", "แนวปฏิบัติใหม่", "การยกเว้นภาษี")


def _scope(rng: Random) -> tuple[str, str]:
    place, rule = rng.choice(_PLACES), rng.choice(_RULES)
    one, two = _two(rng, ("โดยรวมถึง{}ด้วย", "แต่ยกเว้น{}", "โดยจำกัดเฉพาะ{}", "โดยเริ่มจาก{}ก่อนแห่งอื่น", "แต่{}ให้เลือกปฏิบัติได้เอง"))
    base = f"{rule}{rng.choice(('เริ่มใช้แล้ว ', 'มีผลทันที ', 'เป็นไปตามที่ประกาศ ', 'จะใช้ตั้งแต่สัปดาห์หน้า '))}"
    return base + one.format(place), base + two.format(place)


_CLAIMS = (
    "มีการเรียกรับเงินจากชาวบ้าน",
    "มีการทิ้งน้ำเสียลงคลอง",
    "ราคารับซื้อถูกกดต่ำ",
    "ผู้รับเหมาใช้วัสดุผิดแบบ",
    "ชาวบ้านถูกบังคับให้ย้ายออก",
    "อาหารกลางวันไม่ครบหมู่",
    "สัญญาถูกแก้ภายหลัง",
    "น้ำประปามีกลิ่นผิดปกติ",
    "รายชื่อผู้ได้สิทธิตกหล่น",
)
_JOBS = (
    "ผู้ใหญ่บ้านบ้าน",
    "กำนันตำบล",
    "ครูโรงเรียนบ้าน",
    "ประธานกลุ่มแม่บ้านบ้าน",
    "นายกองค์การบริหารส่วนตำบล",
    "เจ้าอาวาสวัด",
    "หัวหน้าอาสาสมัครบ้าน",
)


def _speaker(rng: Random) -> str:
    job = rng.choice(_JOBS)
    name = "พระอาจารย์" + rng.choice(_FIRST) + rng.choice(_MALE) if job == "เจ้าอาวาสวัด" else _person(rng)
    return f"{name} {job}{_village(rng)}"


def _denial(rng: Random) -> tuple[str, str]:
    who, claim = _speaker(rng), rng.choice(_CLAIMS)
    one, two = _two(
        rng,
        (
            "ยืนยันว่า{}จริง",
            "ปฏิเสธว่าไม่ได้มีเรื่อง{}แต่อย่างใด",
            "ไม่ขอแสดงความเห็นกรณี{}",
            "เพิ่งทราบเรื่อง{}จากข่าว",
            "เห็นว่าเรื่อง{}เป็นเพียงข่าวลือ",
        ),
    )
    return f"{who} {one.format(claim)}", f"{who} {two.format(claim)}"


_MEETS = (
    "การรับสมัคร",
    "พิธีเปิดงาน",
    "การจ่ายเงินรอบแรก",
    "การประชุมประชาคม",
    "การแสดงบนเวทีกลาง",
    "การเปิดจุดบริการ",
    "การลงพื้นที่ตรวจราชการ",
    "การแข่งขันรอบสุดท้าย",
)
_WHYS = (
    "เนื่องจากฝนตกหนัก",
    "เพราะผู้เกี่ยวข้องติดภารกิจ",
    "หลังมีผู้ร้องคัดค้าน",
    "เพราะสถานที่ไม่พร้อม",
    "ตามคำแนะนำของแพทย์",
    "เหตุงบประมาณยังไม่มา",
    "ด้วยเหตุขัดข้องทางเทคนิค",
)
_OFFS = (
    "ขอเลื่อน{m}ออกไปก่อน {w}",
    "{m}ที่แจ้งไว้ให้งดไปก่อน {w}",
    "{m}จะไม่มีขึ้นตามกำหนดเดิม {w}",
    "ผู้จัดแจ้งยกเลิก{m} {w}",
    "{m}ถูกพักไว้ไม่มีกำหนด {w}",
    "ให้ระงับ{m}ไว้ชั่วคราว {w}",
)


def _off_note(title: str, body: str, rng: Random) -> tuple[Text, Text] | None:
    """A postponement or cancellation only in the later version, at times in its headline too."""
    if not _is_thai(body):
        return None
    note = rng.choice(_OFFS).format(m=rng.choice(_MEETS), w=rng.choice(_WHYS))
    put = _put(body, (note,), rng)
    if put is None:
        return None
    new = f"{title} ({rng.choice(('เลื่อนกำหนด', 'งดจัด', 'พักไว้ก่อน'))})" if rng.random() < 0.25 else title
    return (title, body), (new, put[0])


_FIGURE = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})*(?= (?:คน|ราย|แห่ง|บาท|ล้านบาท|ไร่|หลัง|โครงการ|ครัวเรือน))")
_ERRATA = (
    "แก้ไขข้อความ ที่ลงไว้ว่า {0} ขอแก้เป็น {1}",
    "ข่าวที่ส่งไปก่อนหน้านี้ระบุ {0} คลาดเคลื่อน ที่ถูกคือ {1}",
    "ขออภัยในความผิดพลาด โปรดอ่าน {1} แทน {0}",
    "หมายเหตุบรรณาธิการ: ที่ใช้ว่า {0} นั้นไม่ถูกต้อง ต้องเป็น {1}",
    "ขอยกเลิกข้อความเดิมที่กล่าวถึง {0} และให้ใช้ {1} แทน",
)


def _erratum(title: str, body: str, rng: Random) -> tuple[Text, Text] | None:
    """A correction of a name or figure of the release, or of one said elsewhere, at its head or its foot."""
    if not _is_thai(body):
        return None
    names = [m.group(0) for m in _TITLED.finditer(body)]
    spans = [body[m.start() : m.end() + 9].split(" ")[:2] for m in _FIGURE.finditer(body)]
    figures = [" ".join(s) for s in spans if len(s) == 2 and re.fullmatch(r"คน|ราย|แห่ง|บาท|ล้านบาท|ไร่|หลัง", s[1])]
    choice = rng.random()
    if names and (choice < 0.5 or not figures):
        wrong, right = rng.choice(names), _person(rng)
    elif figures:
        wrong = rng.choice(figures)
        right = f"{rng.randint(2, 97)} {wrong.split(' ')[1]}"
    else:
        wrong, right = rng.choice(((_local_body(rng), _local_body(rng)), _two(rng, _HOURS)))
    if wrong == right:
        return None
    note = rng.choice(_ERRATA).format(wrong, right)
    new = f"{note}\n{body}" if rng.random() < 0.35 else f"{body.rstrip()}\n{note}"
    return (title, body), (title, new)


def _rumour(rng: Random) -> str:
    claim = rng.choice(_CLAIMS)
    return rng.choice(
        (
            "กระแสข่าวที่ว่า{}นั้น ไม่เป็นความจริง",
            "กรณีที่มีการส่งต่อกันว่า{} เป็นข่าวปลอม",
            "ขอถอนคำแถลงเดิมที่ว่า{} เพราะตรวจสอบแล้วไม่พบ",
            "ที่เคยแจ้งว่า{}นั้น เป็นความเข้าใจผิด",
            "ต้นสังกัดชี้แจงว่าข่าวเรื่อง{}นั้นไม่มีมูล",
        )
    ).format(claim)


_BOARDS = (
    "The provincial committee",
    "The working group",
    "The board",
    "The cabinet",
    "The ministry",
    "The council",
    "The panel",
)
_OUTCOMES = (
    "approved",
    "rejected",
    "postponed",
    "withdrew",
    "endorsed",
    "criticised",
    "sent back",
    "halved",
    "suspended",
)
_MATTERS = (
    "the plan to widen the canal",
    "the loan for rice farmers",
    "the new bus route",
    "the ban on plastic bags",
    "the dam survey",
    "the request for flood relief",
    "the school lunch contract",
    "the joint patrol at the border",
    "the fishing quota",
)
_REASONS = (
    "after a long debate",
    "at its monthly meeting",
    "following talks with villagers",
    "without a vote",
    "on the advice of experts",
)


def _english_brief(title: str, body: str, rng: Random) -> tuple[Text, Text] | None:
    """An English brief at the foot (of a Thai or an English release) whose outcome differs."""
    one, two = _two(rng, _OUTCOMES)
    board, rest = rng.choice(_BOARDS), f"{rng.choice(_MATTERS)} {rng.choice(_REASONS)}."
    order = rng.random() < 0.6
    head = rng.choice(("", "In brief: ", "English summary\n"))

    def brief(verb: str) -> str:
        said = f"{board} {verb} {rest}" if order else f"{board} met officials today and {verb} {rest}"
        return f"{body.rstrip()}\n{head}{said}"

    return (title, brief(one)), (title, brief(two))


# ---------------------------------------------------------------- must keep: a sentence only the later one has


def _result(rng: Random) -> str:
    village = _village(rng)
    return rng.choice(
        (
            f"ผลการ{rng.choice(_CONTESTS)} ปรากฏว่าทีมบ้าน{village} เป็นผู้ชนะ",
            f"ล่าสุดสามารถช่วยผู้ติดค้างจากเหตุ{rng.choice(_EVENTS)}ที่บ้าน{village} ออกมาได้{rng.choice(_FEW)}คน",
            f"ตำรวจจับกุมผู้ก่อเหตุได้แล้วที่บ้าน{village} และให้การรับสารภาพ",
            f"ผลการตรวจ{rng.choice(_GOODS)}จากบ้าน{village} พบว่ามีสารปนเปื้อน",
            f"ชาวบ้านบ้าน{village} ลงมติไม่รับ{rng.choice(_WORKS)}ด้วยเสียงข้างมาก",
            f"{rng.choice(_WORKS)}ที่บ้าน{village} เปิดใช้งานแล้วตั้งแต่เช้าวันนี้",
        )
    )


def _help_point(rng: Random) -> str:
    site = rng.choice(_SITES) + _village(rng)
    return rng.choice(
        (
            f"ผู้เดือดร้อนจากเหตุ{rng.choice(_EVENTS)} ขอรับความช่วยเหลือได้ที่{site}",
            f"ญาติผู้ประสบเหตุติดต่อ{_speaker(rng)} ได้ตลอดคืน",
            f"ผู้ที่ต้องการบริจาค{rng.choice(_GIFTS)} นำไปส่งได้ที่{site} จนถึง{rng.choice(_HOURS)}",
            f"ผู้ที่ซื้อ{rng.choice(_GOODS)}ไปแล้ว นำมาคืนเงินได้ที่{site}",
            f"ตั้งศูนย์รับแจ้งคนหายไว้ที่{site} เปิดทุกวัน",
        )
    )


_BOWEL = ("โรคบิด", "โรคอุจจาระร่วง", "อหิวาตกโรค", "ไข้ไทฟอยด์")


def _warning(rng: Random) -> str:
    village = _village(rng)
    return rng.choice(
        (
            f"ขอให้ผู้ที่อยู่ใกล้บ้าน{village} อพยพไปที่{rng.choice(_SITES)}{_village(rng)} ทันที",
            f"ปิดทางเข้าบ้าน{village} ทั้งสองด้าน ผู้ขับขี่โปรดเลี่ยงไปใช้ทางบ้าน{_village(rng)}",
            f"ห้ามดื่มน้ำจากบ่อบ้าน{village} จนกว่าจะมีประกาศ",
            f"ชาวบ้านบ้าน{village} ควรต้มน้ำก่อนดื่มและงดกินของดิบ เพราะพบ{rng.choice(_BOWEL)}",
            f"คืนนี้จะมีน้ำหลากผ่านบ้าน{village} ให้ขนของขึ้นที่สูง",
            f"จะดับกระแสไฟที่บ้าน{village} ตั้งแต่{rng.choice(_HOURS)}เพื่อซ่อมสายส่ง",
            f"มีผู้แอบอ้างเป็นเจ้าหน้าที่เรียกเก็บเงินที่บ้าน{village} อย่าหลงเชื่อ",
        )
    )


def _objection(rng: Random) -> str:
    who = _speaker(rng)
    return rng.choice(
        (
            f"{who} กล่าวแย้งว่า {rng.choice(_CLAIMS)} และยังไม่มีใครรับผิดชอบ",
            f"{who} เห็นว่า{rng.choice(_WORKS)}ไม่ใช่สิ่งที่ชาวบ้านต้องการ",
            f"{who} ขอให้ทบทวนเพราะกระทบ{rng.choice(_GROUPS)}",
            f"{who} เสนอให้นำเงินไปซื้อ{rng.choice(_GIFTS)}แทน",
            f"{who} เตรียมยื่นหนังสือร้องเรียนหลัง{rng.choice(_CLAIMS)}",
        )
    )


_TAIL_CLAUSES = (
    "โดยให้{g}ได้รับสิทธิก่อน",
    "ซึ่ง{p}รับเป็นเจ้าภาพเรื่องนี้",
    "พร้อมมอบ{t}แก่{g}",
    "แต่ให้เว้น{x}ไว้ก่อน",
    "และให้นำ{w}บ้าน{v}เป็นต้นแบบ",
    "หลังทราบว่า{c}ที่บ้าน{v}",
    "โดยหักค่าใช้จ่ายจากงบซ่อม{w}",
)


def _clause(title: str, body: str, rng: Random) -> tuple[Text, Text] | None:
    """A short clause at the end of one of the release's own sentences."""
    paras = body.split("\n")
    odd = re.compile(r"(?:กล่าว\S{0,14}|[”\"’)\d*=_-])\s*$")
    slots = [i for i in _slots(body) if not odd.search(paras[i])] if _is_thai(body) else []
    if not slots:
        return None
    clause = rng.choice(_TAIL_CLAUSES).format(
        g=rng.choice(_GROUPS),
        p=_local_body(rng),
        t=rng.choice(_GIFTS),
        x=rng.choice(_PLACES),
        w=rng.choice(_WORKS),
        v=_village(rng),
        c=rng.choice(_CLAIMS),
    )
    where = rng.choice(slots)
    paras[where] = f"{paras[where].rstrip()} {clause}"
    return (title, body), (title, "\n".join(paras))


# ---------------------------------------------------------------- must go: furniture

Rewrite = Callable[[str, str, Random], Text | None]


def _reissued(rewrite: Rewrite) -> Edit:
    """The release and the same release published again."""

    def edit(title: str, body: str, rng: Random) -> tuple[Text, Text] | None:
        new = rewrite(title, body, rng)
        return None if new is None or new == (title, body) else ((title, body), new)

    return edit


_DESKS = (
    "กลุ่มงานสื่อสารองค์กร",
    "ฝ่ายประชาสัมพันธ์",
    "ส่วนเผยแพร่ข่าว",
    "กองกลาง งานสารบรรณ",
    "สำนักโฆษก",
    "ศูนย์ข่าวประจำวัน",
    "งานสื่อมวลชนสัมพันธ์",
)
_KINDS_OF_NEWS = ("ข่าวประชาสัมพันธ์", "ข่าวแจก", "ข่าวเพื่อสื่อมวลชน", "PRESS RELEASE", "แจ้งข่าว", "News Release", "เอกสารข่าว")


def _phone(rng: Random) -> str:
    form = rng.choice(("0 2{a} {b}", "02-{a}-{b}", "โทร. 02{a}{b}", "โทรศัพท์ 0 2{a} {b} ต่อ {c}", "โทรสาร 0-2{a}-{b}"))
    return form.format(a=rng.randint(100, 999), b=rng.randint(1000, 9999), c=rng.randint(11, 99))


def _masthead(title: str, body: str, rng: Random) -> Text:
    top = rng.choice(
        (
            f"{rng.choice(_KINDS_OF_NEWS)} ฉบับที่ {rng.randint(2, 900)}",
            f"{rng.choice(_KINDS_OF_NEWS)}\n{rng.choice(_DESKS)}",
            f"{rng.choice(_DESKS)} {_phone(rng)}\n{rng.choice(_KINDS_OF_NEWS)} ครั้งที่ {rng.randint(2, 400)}",
            f"เลขที่ข่าว {rng.randint(100, 9999)}\nเรื่อง {title}",
            f"{'=' * rng.randint(8, 30)}\n{rng.choice(_KINDS_OF_NEWS)}\n{'=' * 12}",
        )
    )
    return title, f"{top}\n{body}"


_NAVS = (
    "หน้าแรก",
    "เกี่ยวกับเรา",
    "ข่าวสาร",
    "จัดซื้อจัดจ้าง",
    "คลังภาพ",
    "แผนผังเว็บไซต์",
    "ติดต่อเรา",
    "สมัครรับข่าว",
    "ถาม-ตอบ",
    "EN | TH",
    "ค้นหา",
    "เข้าสู่ระบบ",
    "กฎหมายที่เกี่ยวข้อง",
    "ศูนย์ข้อมูลข่าวสาร",
    "ร่วมงานกับเรา",
)
_FEET = (
    "เว็บไซต์นี้ใช้คุกกี้เพื่อพัฒนาประสบการณ์ของผู้ใช้ ยอมรับทั้งหมด ตั้งค่า",
    "สงวนลิขสิทธิ์ ตามพระราชบัญญัติลิขสิทธิ์",
    "ขนาดตัวอักษร ก- ก ก+",
    "พิมพ์หน้านี้ | ส่งให้เพื่อน | บันทึกเป็น PDF",
    "กลับไปหน้ารายการ",
    "‹ ข่าวก่อนหน้า | ข่าวถัดไป ›",
    "นโยบายความเป็นส่วนตัว",
    "ให้คะแนนข่าวนี้ ★★★★★",
    "กลับขึ้นด้านบน ▲",
    "แสดงผลได้ดีบน Google Chrome",
    "ท่านพึงพอใจกับข้อมูลหน้านี้หรือไม่ ใช่ / ไม่ใช่",
)


def _navigation(title: str, body: str, rng: Random) -> Text:
    sep = rng.choice((" | ", " » ", "\n", " / "))
    top = sep.join(rng.sample(_NAVS, rng.randint(2, 5)))
    foot = "\n".join(rng.sample(_FEET, rng.randint(1, 3)))
    seen = rng.choice(
        (f"ผู้เข้าชม {rng.randint(3, 9000)} ครั้ง", f"อ่านแล้ว : {rng.randint(3, 900)}", f"Views: {rng.randint(9, 999)}", "")
    )
    pick = rng.random()
    if pick < 0.3:
        return title, f"{top}\n{body}"
    return title, f"{body}\n{seen}\n{foot}" if pick < 0.6 else f"{top}\n{body}\n{foot}"


def _nick(rng: Random) -> str:
    return rng.choice(_FIRST) + rng.choice((*_MALE, *_FEMALE)) + rng.choice(("", f" {rng.choice('กจชนพรสอ')}."))


def _credits(title: str, body: str, rng: Random) -> Text:
    line = rng.choice(
        (
            "ข่าว : {0} / ภาพ : {1}",
            "เรียบเรียงโดย {0}",
            "{0} : ข่าว\n{1} : ภาพ",
            "ผู้พิมพ์ {0} ผู้ทาน {1}",
            "ผู้สื่อข่าว : {0}\nRewriter : {1}",
            "({0}/{1} รายงาน)",
            "ถ่ายภาพโดย {0} ฝ่ายโสตฯ",
            "ขอบคุณภาพจาก {0}",
            "Credit: {0}",
            "{0} / พิสูจน์อักษร",
        )
    ).format(_nick(rng), _nick(rng))
    return title, f"{line}\n{body}" if rng.random() < 0.25 else f"{body}\n{line}"


def _attachments(title: str, body: str, rng: Random) -> Text:
    head = rng.choice(("ไฟล์แนบ", "เอกสารแนบ:", "ดาวน์โหลดเอกสาร", "ภาพประกอบ", "อัลบั้มภาพ", "Attachments"))
    rows = []
    for i in range(rng.randint(1, 4)):
        stem = rng.choice(
            (
                f"IMG_{rng.randint(1000, 9999)}",
                f"news{rng.randint(10, 99)}_{i + 1}",
                f"{rng.randint(10**7, 10**8)}",
                f"S__{rng.randint(10**6, 10**7)}",
                f"ข่าว ({i + 1})",
            )
        )
        size = rng.choice(
            (
                f"({rng.randint(40, 990)} KB)",
                f"[{rng.randint(1, 9)}.{rng.randint(0, 9)} MB]",
                f"ดาวน์โหลด {rng.randint(0, 99)} ครั้ง",
                "",
            )
        )
        rows.append(f"{stem}.{rng.choice(('jpg', 'pdf', 'JPG', 'docx', 'png'))} {size}".rstrip())
    return title, "\n".join([body, head, *rows])


def _pdf_pages(title: str, body: str, rng: Random) -> Text | None:
    paras = body.split("\n")
    if len(paras) < 2:
        return None
    style = rng.choice(("- {n} -", "หน้า {n}", "หน้า {n} จาก {m}", "/{n}...", "Page {n} of {m}", "{n}"))
    running = rng.choice(("", title, rng.choice(_DESKS)))
    cuts = sorted(rng.sample(range(1, len(paras)), min(len(paras) - 1, rng.randint(1, 3))))
    out: list[str] = []
    for i, para in enumerate(paras):
        if i in cuts:
            out.append(style.format(n=cuts.index(i) + (2 if "/" in style else 1), m=len(cuts) + 1))
            out.extend([running] if running else [])
        out.append(para)
    return title, "\n".join(out)


def _wrapped(title: str, body: str, rng: Random) -> Text:
    width = rng.choice((48, 60, 72, 85, 100))
    lines: list[str] = []
    for para in body.split("\n"):
        line = ""
        for word in word_tokenize(para, keep_whitespace=True):
            if len(line) + len(word) > width and line.strip():
                lines.append(line.rstrip())
                line = word.lstrip()
            else:
                line += word
        lines.append(line)
    return title, "\n".join(lines)


# ---------------------------------------------------------------- must go: the same words in another dress


def _invisible(title: str, body: str, rng: Random) -> Text:
    chars = rng.sample(("\u200b", "\ufeff", "\u200c", "\u2060", "\u00ad"), 2)
    spaces = rng.choice(("\u00a0", "  ", "\u2003", "\t", "\u2009", "   "))
    words = word_tokenize(body, keep_whitespace=True)
    out: list[str] = []
    for word in words:
        if word == " ":
            out.append(spaces if rng.random() < 0.5 else word)
        else:
            out.append(word + (rng.choice(chars) if rng.random() < 0.08 else ""))
    new = "".join(out)
    if rng.random() < 0.4:
        new = re.sub(r"\n+", rng.choice(("\n\n", "\n \n", "\r\n")), new)
    return title, new


def _thai_digits(title: str, body: str, rng: Random) -> Text | None:
    table = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    back = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
    use = table if len(re.findall(r"[0-9]", body)) >= len(re.findall(r"[๐-๙]", body)) else back
    if not re.search(r"[\d๐-๙]", body):
        return None
    new = re.sub(r"(?<![A-Za-z\d./:])[\d๐-๙][\d๐-๙,.]*(?![\d๐-๙A-Za-z/@])", lambda m: m.group(0).translate(use), body)
    return (title.translate(use) if rng.random() < 0.6 else title), new


def _split_vowels(title: str, body: str, rng: Random) -> Text:
    steps = rng.sample((("แ", "เเ"), ("ำ", "ํา"), ("่ำ", "ํ่า"), ("้ำ", "ํ้า"), ("ๆ", " ๆ "), ("ฯ", " ฯ")), rng.randint(2, 4))
    for old, new in sorted(steps, key=lambda s: -len(s[0])):
        body = body.replace(old, new)
        title = title.replace(old, new) if rng.random() < 0.5 else title
    return title, body


_PROVINCE = "|".join(sorted((p for p in provinces() if isinstance(p, str)), key=lambda p: (-len(p), p)))
_NAME = r"(?=[ก-ฮเ-ไ][ก-์]{2})(?!ที่|ใน|ละ|และ|ของ|ทั่ว|ต่าง|นี้|ดัง|ทุก|ซึ่ง|เพื่อ|ให้|โดย|หรือ|จะ|ได้|เป็น|อื่น|กับ|มี|ไป|ต้อง)"
_OFFICES = (
    (r"รัฐมนตรีว่าการกระทรวง", "รมว."),
    (r"รัฐมนตรีช่วยว่าการกระทรวง", "รมช."),
    (r"ผู้ว่าราชการจังหวัด", "ผวจ."),
    (r"พลเอก\s?", "พล.อ."),
    (r"พลโท\s?", "พล.ท."),
    (r"พลตรี\s?", "พล.ต."),
    (r"พลตำรวจเอก\s?", "พล.ต.อ."),
    (rf"จังหวัด(?={_PROVINCE})", "จ."),
    (r"(?<=\s)อำเภอ" + _NAME, "อ."),
    (r"(?<=\s)ตำบล" + _NAME, "ต."),
    (r"กรุงเทพมหานคร", "กทม."),
    (r"คณะรัฐมนตรี", "ครม."),
    (r"พระราชบัญญัติ", "พ.ร.บ."),
    (r"นางสาว(?=[ก-ฮเ-ไ])", "น.ส."),
    (r"กิโลเมตร", "กม."),
    (r"นายกรัฐมนตรี(?=\s)", "นายกฯ"),
)
_MONTHS = (
    (r"มกราคม", "ม.ค."),
    (r"กุมภาพันธ์", "ก.พ."),
    (r"มีนาคม", "มี.ค."),
    (r"เมษายน", "เม.ย."),
    (r"พฤษภาคม", "พ.ค."),
    (r"มิถุนายน", "มิ.ย."),
    (r"กรกฎาคม", "ก.ค."),
    (r"สิงหาคม", "ส.ค."),
    (r"กันยายน", "ก.ย."),
    (r"ตุลาคม", "ต.ค."),
    (r"พฤศจิกายน", "พ.ย."),
    (r"ธันวาคม", "ธ.ค."),
)


def _shortened(rules: Sequence[tuple[str, str]]) -> Rewrite:
    def rewrite(title: str, body: str, rng: Random) -> Text | None:
        new = body
        head = title
        both = rng.random() < 0.5
        for pattern, short in rules:
            new = re.sub(pattern, short, new)
            head = re.sub(pattern, short, head) if both else head
        return None if new == body else (head, new)

    return rewrite


_FULL_MONTHS = "|".join(full for full, _ in _MONTHS)
_ANY_MONTH = "|".join(re.escape(m) for pair in _MONTHS for m in pair)


def _dates(title: str, body: str, rng: Random) -> Text | None:
    new = body
    if rng.random() < 0.6:
        for full, abbr in _MONTHS:
            new = re.sub(rf"(?<=\d)\s+{full}(?=\s+\d)", f" {abbr}", new)
        if rng.random() < 0.6:
            new = re.sub(rf"({_ANY_MONTH}) 25([56]\d)(?!\d)", r"\1 \2", new)
    else:
        for full, abbr in _MONTHS:
            new = re.sub(rf"(?<=\d)\s?{re.escape(abbr)}\s?(?=\d)", f" {full} ", new)
        if rng.random() < 0.6:
            new = re.sub(rf"({_FULL_MONTHS}) (?=[56]\d(?!\d))", r"\1 25", new)
    if rng.random() < 0.5:
        new = re.sub(r"พ\.ศ\.\s?(?=25[56]\d)", "", new)
    if rng.random() < 0.5:
        clock = rng.choice((r"\1:\2 น.", r"\1.\2 นาฬิกา", r"\1.\2น."))
        new = re.sub(r"(?<=เวลา )(\d{1,2})[.:](\d\d)\s?น\.", clock, new)
    if rng.random() < 0.3:
        new = re.sub(r"วันนี้ \((\d[^()]{3,20})\)", r"วันที่ \1", new)
    return None if new == body else (title, new)


_PHRASES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (
        ("กล่าวเพิ่มเติมว่า", "กล่าวอีกว่า", "กล่าวต่อว่า", "กล่าวด้วยว่า"),
        ("กล่าวเพิ่มเติมว่า", "กล่าวอีกว่า", "กล่าวต่อว่า", "กล่าวด้วยว่า", "เผยอีกว่า", "ระบุเพิ่มเติมว่า"),
    ),
    (("กล่าวว่า", "เปิดเผยว่า"), ("กล่าวว่า", "เปิดเผยว่า", "ระบุว่า", "เผยว่า", "บอกว่า", "ให้ข้อมูลว่า")),
    (("นอกจากนี้", "นอกจากนั้น", "ยิ่งไปกว่านั้น"), ("นอกจากนี้", "นอกจากนั้น", "ยิ่งไปกว่านั้น", "อีกทั้ง")),
    (("อย่างไรก็ตาม", "อย่างไรก็ดี"), ("อย่างไรก็ตาม", "อย่างไรก็ดี", "แต่ทว่า")),
    (("เนื่องจาก",), ("สืบเนื่องจาก",)),
    (("รวมถึง", "ตลอดจน", "รวมทั้ง"), ("รวมถึง", "ตลอดจน", "รวมทั้ง")),
    (("พร้อมด้วย",), ("พร้อมกับ",)),
    (("เช่น ", "อาทิ "), ("เช่น ", "อาทิ ", "ยกตัวอย่างเช่น ")),
    (("ขณะที่",), ("ในขณะที่",)),
    (("อย่างต่อเนื่อง",), ("โดยต่อเนื่อง",)),
    (("ทั้งนี้ ",), ("อนึ่ง ", "ในการนี้ ")),
    (("เป็นประธานเปิด",), ("เป็นประธานในพิธีเปิด", "เป็นประธานในการเปิด")),
)


def _phrases(title: str, body: str, rng: Random) -> Text:
    share = rng.choice((0.4, 0.7, 1.0))
    for sources, targets in _PHRASES:
        pattern = "(?<!ไม่)(?<!สืบ)(?<!ใน)(?:" + "|".join(map(re.escape, sources)) + ")(?!สิ้น|หมด)"

        def other(m: re.Match[str], targets: tuple[str, ...] = targets) -> str:
            return rng.choice([p for p in targets if p != m.group(0)]) if rng.random() < share else m.group(0)

        body = re.sub(pattern, other, body)
    return title, body


_LOANS: tuple[tuple[str, ...], ...] = (
    ("แอปพลิเคชัน", "แอพพลิเคชั่น", "แอปพลิเคชั่น", "แอพลิเคชัน"),
    ("อินเทอร์เน็ต", "อินเตอร์เน็ต"),
    ("ดิจิทัล", "ดิจิตอล", "ดิจิตัล"),
    ("โควิด-19", "โควิด 19", "COVID-19", "Covid-19"),
    ("เว็บไซต์", "เว็บไซท์", "เวปไซต์", "เวบไซต์"),
    ("วิดีโอ", "วีดีโอ", "วิดิโอ", "วีดิทัศน์"),
    ("เปอร์เซ็นต์", "เปอร์เซนต์", "%"),
    ("เทคโนโลยี", "เทคโนโลยี่"),
    ("อัปเดต", "อัพเดท", "อัพเดต"),
    ("มาตรฐาน", "มาตราฐาน"),
    ("ผลิตภัณฑ์", "ผลิตภัณท์"),
    ("นวัตกรรม", "นวัฒกรรม"),
    ("โอกาส", "โอกาศ"),
    ("ต่าง ๆ", "ต่างๆ"),
    ("อื่น ๆ", "อื่นๆ"),
    ("ศักยภาพ", "ศักยาภาพ"),
    ("ไวรัสโคโรนา", "ไวรัสโคโรน่า"),
    ("โปรแกรม", "โปรแกรมม์"),
    ("กราฟิก", "กราฟฟิก", "กราฟฟิค"),
    ("คลินิก", "คลีนิก", "คลินิค"),
    ("อีเมล", "อีเมล์"),
    ("เซ็นเตอร์", "เซ็นเต้อร์", "เซนเตอร์"),
    ("สตาร์ตอัป", "สตาร์ทอัพ", "สตาร์ทอัป"),
    ("แพลตฟอร์ม", "แพลทฟอร์ม", "แพลตฟอร์ม์"),
    ("ออฟฟิศ", "ออฟฟิส"),
    ("ซอฟต์แวร์", "ซอฟท์แวร์"),
)


def _loanwords(title: str, body: str, rng: Random) -> Text:
    for group in _LOANS:
        pattern = "|".join(map(re.escape, sorted(group, key=lambda p: -len(p))))
        new = rng.choice(group)
        if rng.random() < 0.8:
            body = re.sub(pattern, new, body)
            title = re.sub(pattern, new, title)
    return title, body


_EMOJI = ("📌", "📢", "✅", "🔴", "👉", "🎉", "⭐", "🇹🇭", "💡", "🙏", "➡️", "❤️", "🔔")
_CALLS = (
    "กดไลก์ กดแชร์ กดติดตาม",
    "ฝากแชร์กันเยอะๆ นะคะ",
    "ใครเห็นด้วยกดหัวใจ",
    "พูดคุยกันได้ใต้โพสต์",
    "แท็กเพื่อนมาอ่าน",
    "คลิกดูรูปทั้งหมดในคอมเมนต์",
    "เพิ่มเพื่อนทางไลน์ได้เลยครับ",
    "แอดมินสรุปมาให้แล้ว",
    "อ่านจบแล้วอย่าลืมส่งต่อ",
)
_TAGS = ("#ข่าวดี", "#ข่าววันนี้", "#ประเทศไทย", "#รู้ทันข่าว", "#ราชการไทย", "#อ่านเถอะ", "#เรื่องน่ารู้", "#เพจข่าว", "#ฟีด", "#PRnews")


def _social(title: str, body: str, rng: Random) -> Text:
    mark = rng.choice(_EMOJI)
    if rng.random() < 0.5:
        body = "\n".join(f"{mark} {p}" if p.strip() else p for p in body.split("\n"))
    else:
        body = f"{mark}{rng.choice(_EMOJI)} {body}"
    tail = [
        rng.choice(_CALLS),
        " ".join(rng.sample(_TAGS, rng.randint(2, 5))),
        f"{rng.randint(2, 900)} ความคิดเห็น  แชร์ {rng.randint(2, 900)} ครั้ง",
    ]
    rng.shuffle(tail)
    return (f"{mark} {title}" if rng.random() < 0.5 else title), "\n".join([body, *tail[: rng.randint(1, 3)]])


def _teaser(title: str, body: str, rng: Random) -> tuple[Text, Text] | None:
    """The list page's or newsletter's cut: the later one breaks off at a word, or after a paragraph."""
    words = word_tokenize(body, keep_whitespace=True)
    if len(words) < 120:
        return None
    cut = "".join(words[: rng.randint(max(60, len(words) // 4), len(words) * 3 // 4)]).rstrip()
    cut = re.sub(r"[\d๐-๙.,]+$", "", cut).rstrip()
    if "\n" in cut.strip() and rng.random() < 0.4:
        cut = cut[: cut.rindex("\n")].rstrip()
    more = rng.choice(
        (
            "อ่านต่อ",
            "อ่านเพิ่มเติม »",
            "ดูทั้งหมด",
            "(มีต่อ)",
            "See more",
            "ติดตามอ่านฉบับเต็มได้ที่เว็บไซต์",
            "... เพิ่มเติม",
            "[…]",
            "คลิกอ่านต่อ",
        )
    )
    return (title, body), (title, f"{cut}{rng.choice(('...', '…', ' ', chr(10)))}{more}")


def _cover_letter(title: str, body: str, rng: Random) -> Text:
    top = rng.choice(
        (
            "เรียน บรรณาธิการข่าว",
            "เรียน พี่ๆ สื่อมวลชนที่เคารพ",
            "เรียน หัวหน้าข่าว/ผู้สื่อข่าว",
            "สวัสดีค่ะพี่ๆ นักข่าวทุกท่าน",
            "Dear Editor,",
            "ถึง กองบรรณาธิการ",
        )
    )
    ask = rng.choice(
        (
            "ขอส่งข่าวตามที่แนบมาด้านล่างนี้ เพื่อพิจารณาเผยแพร่",
            "รบกวนฝากข่าวด้วยนะคะ",
            "จึงเรียนมาเพื่อโปรดอนุเคราะห์เผยแพร่ข่าวดังนี้",
            "ขอความกรุณาลงข่าวให้ด้วยครับ",
            "ส่งซ้ำอีกครั้งเผื่อไม่ได้รับอีเมลก่อนหน้านี้ค่ะ",
            "Fwd: ข่าวเพื่อเผยแพร่",
        )
    )
    end = rng.choice(
        ("ขอแสดงความนับถือ", "ขอบคุณมากค่ะ", "ขอบพระคุณล่วงหน้า", "Best regards,", "ด้วยความเคารพ", "Sent from my iPhone")
    )
    sign = rng.choice(
        ("", f"\n{_nick(rng)}", f"\n{_nick(rng)}\n{rng.choice(_DESKS)}", f"\n{rng.choice(_DESKS)} {_phone(rng)}")
    )
    return title, f"{top}\n{ask}\n{body}\n{end}{sign}"


def _newsreader(title: str, body: str, rng: Random) -> Text:
    polite = rng.choice(("ครับ", "ค่ะ"))
    hello = rng.choice(
        (
            f"สวัสดี{polite}คุณผู้ฟัง",
            f"ต้นชั่วโมงนี้พบกับข่าวเช่นเคย{polite}",
            f"คุณผู้ชม{'คะ' if polite == 'ค่ะ' else 'ครับ'} มาติดตามข่าวกัน{polite}",
            f"เสียงตามสายวันนี้มีข่าวมาฝาก{polite}",
            "(ดนตรีนำรายการ)",
            "[ผู้ประกาศ]",
        )
    )
    bye = rng.choice(
        (
            f"จบข่าวช่วงนี้{polite}",
            f"แล้วพบกันใหม่ ขอบคุณที่ติดตาม{polite}",
            "(ดนตรีปิดรายการ)",
            f"ข่าวช่วงนี้มีเท่านี้ สวัสดี{polite}",
            "เข้าโฆษณา",
            f"ติดตามข่าวต่อไปหลังพักครู่เดียว{polite}",
        )
    )
    head = f"{hello}\n{title}" if rng.random() < 0.5 else hello
    return title, f"{head}\n{body}\n{bye}"


def _clipped(title: str, body: str, rng: Random) -> tuple[Text, Text] | None:
    """The later one's headline is cut short, as list pages cut it; the body is whole."""
    words = word_tokenize(title, keep_whitespace=True)
    if len(words) < 6:
        return None
    cut = "".join(words[: rng.randint(len(words) // 2, len(words) - 2)]).rstrip()
    return (title, body), (cut + rng.choice(("...", "…", " ...", "..", " [อ่านต่อ]", "")), body)


_NEAR = {
    "ก": "ด",
    "ด": "ก",
    "า": "ส",
    "น": "ร",
    "ร": "น",
    "ว": "ง",
    "ง": "ว",
    "ส": "ว",
    "ท": "ม",
    "ม": "ท",
    "ย": "บ",
    "บ": "ย",
    "่": "้",
    "้": "่",
    "เ": "้",
    "ี": "ร",
    "อ": "ิ",
}


_WORDS = frozenset(thai_words())


def _slips(title: str, body: str, rng: Random) -> Text | None:
    """A few slips of the keys in long plain words of the dictionary, none of which makes another word of it."""
    words = word_tokenize(body, keep_whitespace=True)
    spots = [
        i for i, w in enumerate(words) if len(w) >= 6 and w in _WORDS and w not in _PROVINCE and not w.startswith("วัน")
    ]
    if len(spots) < 3:
        return None
    for i in rng.sample(spots, min(len(spots) // 2, rng.randint(2, 6))):
        word = words[i]
        at = rng.randrange(1, len(word) - 1)
        how = rng.randrange(4)
        if how == 0:
            slip = word[:at] + word[at] + word[at:]
        elif how == 1:
            slip = word[:at] + word[at + 1 :]
        elif how == 2:
            slip = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        else:
            slip = word[:at] + _NEAR.get(word[at], word[at] * 2) + word[at + 1 :]
        words[i] = word if slip in _WORDS else slip
    return title, "".join(words)


_COMBINED: tuple[Rewrite, ...] = (
    _split_vowels,
    _phrases,
    _loanwords,
    _thai_digits,
    _shortened(_OFFICES),
    _dates,
    _invisible,
    _wrapped,
)
_FRAMES: tuple[Rewrite, ...] = (_masthead, _navigation, _credits, _attachments, _social, _cover_letter, _newsreader)


def _three(title: str, body: str, rng: Random) -> Text:
    """Two changes of dress and one of furniture."""
    text = (title, body)
    for rewrite in (*rng.sample(_COMBINED, 2), rng.choice(_FRAMES)):
        text = rewrite(text[0], text[1], rng) or text
    return text


# ---------------------------------------------------------------- the kinds


def _keep(name: str, edit: Edit, stays: Literal["a", "b", "both"] = "both") -> Kind:
    return Kind(name, "keep", stays, edit)


def _go(name: str, rewrite: Rewrite) -> Kind:
    return Kind(name, "go", "both", _reissued(rewrite))


KINDS: tuple[Kind, ...] = (
    _keep("direction-word-flipped", _in_place(_DIRECTIONS)),
    _keep("bound-or-unit-flipped", _in_place(_BOUNDS)),
    _keep("verb-negated-in-place", _in_place(_NEGATIONS)),
    _keep("office-holders-exchanged", _exchange_office_holders),
    _keep("donor-and-recipient-exchanged", _changed(_gift)),
    _keep("victims-counted-in-words", _changed(_injured)),
    _keep("clock-time-in-words", _changed(_hour)),
    _keep("weekday-of-event", _changed(_weekday)),
    _keep("invented-beneficiary-other", _changed(_beneficiary)),
    _keep("goods-named-other", _changed(_recalled)),
    _keep("pest-or-disease-other", _changed(_plague)),
    _keep("winner-and-loser-exchanged", _changed(_contest)),
    _keep("eligible-group-other", _changed(_eligible)),
    _keep("cause-of-incident-other", _changed(_cause)),
    _keep("state-of-works-other", _changed(_progress)),
    _keep("scope-widened-or-narrowed", _changed(_scope)),
    _keep("speaker-says-otherwise", _changed(_denial)),
    _keep("english-brief-other-outcome", _english_brief),
    _keep("postponed-or-called-off-note", _off_note),
    _keep("erratum-note", _erratum),
    _keep("rumour-denied-or-withdrawn", _added(_rumour)),
    _keep("result-added", _added(_result), "b"),
    _keep("help-point-added", _added(_help_point), "b"),
    _keep("local-warning-added", _added(_warning), "b"),
    _keep("objection-quoted", _added(_objection), "b"),
    _keep("tail-clause-added", _clause, "b"),
    _go("masthead-and-number", _masthead),
    _go("site-navigation-around", _navigation),
    _go("byline-and-credits", _credits),
    _go("attachment-list", _attachments),
    _go("pdf-page-breaks", _pdf_pages),
    _go("wrapped-at-column", _wrapped),
    _go("invisible-and-wide-spaces", _invisible),
    _go("thai-or-arabic-digits", _thai_digits),
    _go("split-vowels", _split_vowels),
    _go("offices-abbreviated", _shortened(_OFFICES)),
    _go("date-style", _dates),
    _go("reporting-phrases-exchanged", _phrases),
    _go("loanword-spelling", _loanwords),
    _go("social-repost", _social),
    Kind("teaser-cut", "go", "a", _teaser, "b"),
    _go("editor-cover-letter", _cover_letter),
    _go("newsreader-frame", _newsreader),
    Kind("headline-clipped", "go", "a", _clipped, "b"),
    _go("slips-of-the-keys", _slips),
    _go("three-changes-at-once", _three),
)
