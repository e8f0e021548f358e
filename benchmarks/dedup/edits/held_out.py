"""Held-out edits over Thai government press releases.

Who wrote this: somebody who had not read the comparing code, its documents or its tests, and who did not see
the other set of edits.  It was frozen before the rules were written, and it is scored once.  It must not be
tuned to the rules, nor the rules to it.

Every kind makes two releases, ``a`` (earlier) and ``b`` (later), of one release.  ``must="keep"``: they are two
pieces of news (``stays`` says which of the two holds something that the other lacks).  ``must="go"``: one says
all of the other (``goes`` says which).  All chance comes from the ``rng`` handed in.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pythainlp.corpus.common import thai_words
from pythainlp.tokenize import word_tokenize
from pythainlp.util import num_to_thaiword

Release = tuple[str, str]
Pair = tuple[Release, Release]
Edit = Callable[[str, str, random.Random], Pair | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of edit.

    Attributes:
        name: Unique, in kebab-case.
        must: "keep" if both are news, "go" if one says all of the other.
        stays: The one that must stay (keep) or may stay (go).
        edit: Makes the two releases, or None where the kind does not apply.
        goes: For "go", the one that can go.
    """

    name: str
    must: Literal["keep", "go"]
    stays: Literal["a", "b", "both"]
    edit: Edit
    goes: Literal["a", "b", "either"] | None = None


# --- text helpers

_TH = "[ก-ฮะ-ฺเ-์]"
_OPENERS = ("ทั้งนี้ ", "นอกจากนี้ ", "ขณะเดียวกัน ", "อนึ่ง ", "พร้อมกันนี้ ", "ล่าสุด ", "", "", "", "")
_OPENS_ITSELF = re.compile(r"ก่อน|ระหว่าง|ใน|ขณะ|หลัง|ช่วง|ส่วน|สำหรับ|จากนั้น|โดย|ด้าน|มีรายงาน|ต่อ|ล่าสุด|ผลการ|เมื่อ|[A-Za-z(]")
_BREAK = re.compile(r" (?=(?:ทั้งนี้|นอกจากนี้|อย่างไรก็ตาม|อย่างไรก็ดี|ขณะเดียวกัน|พร้อมกันนี้|ขณะที่|ในการนี้|ในโอกาสนี้|สำหรับ|ส่วน)\s)")
_LISTED = re.compile(r"^\s*(?:[-–•*·●▪]|\(?[\d๐-๙ก-ฮ]{1,3}[.)])")
_LEADS_ON = re.compile(r"(?:[:：,]|ดังนี้|ได้แก่|ประกอบด้วย|อาทิ|คือ|เช่น|ว่า|และ|ที่|ของ|หรือ)\s*$")


def _pick(rng: random.Random, items: Sequence[str]) -> str:
    return items[rng.randrange(len(items))]


def _two(rng: random.Random, items: Sequence[str]) -> tuple[str, str]:
    one, other = rng.sample(range(len(items)), 2)
    return items[one], items[other]


def _balanced(text: str) -> bool:
    return text.count("“") == text.count("”") and text.count('"') % 2 == 0 and text.count("(") == text.count(")")


@lru_cache(maxsize=64)
def _edges(text: str) -> frozenset[int]:
    """Offsets where a word begins or ends."""
    out, at = [0], 0
    for word in word_tokenize(text, engine="newmm", keep_whitespace=True, join_broken_num=False):
        at += len(word)
        out.append(at)
    return frozenset(out) if at == len(text) else frozenset()


def _found(pattern: str, text: str) -> list[re.Match[str]]:
    """Matches that begin and end where words do."""
    hits = list(re.finditer(pattern, text))
    if not hits:
        return []
    edges = _edges(text)
    return [m for m in hits if m.start() in edges and m.end() in edges]


def _put(text: str, hit: re.Match[str], new: str) -> str:
    return text[: hit.start()] + new + text[hit.end() :]


def _put_all(text: str, hits: Sequence[re.Match[str]], new: str) -> str:
    for hit in reversed(hits):
        text = _put(text, hit, new)
    return text


def _long(line: str) -> bool:
    return len(line.strip()) >= 110


def _spots(body: str, where: str) -> list[tuple[int, str, str]]:
    """Offsets where a sentence can be put, each with what goes before and after it."""
    lines = body.split("\n")
    out: list[tuple[int, str, str]] = []
    at = 0
    last = max((i for i, line in enumerate(lines) if _long(line)), default=-1)
    for i, line in enumerate(lines):
        end = at + len(line)
        if where == "start" and i == 0:
            out.append((0, "", "\n"))
            if _long(line) and i < last and _balanced(line) and not _LEADS_ON.search(line):
                out.append((end, " ", ""))
        follows = lines[i + 1] if i + 1 < len(lines) else ""
        free = _balanced(body[:end]) and not _LEADS_ON.search(line)
        if where == "end" and i == last:
            if free:
                out.append((end, "\n", ""))
                if not _LISTED.match(line):
                    out.append((end, " ", ""))
        elif where == "middle" and i < last and _long(line):
            if free and _long(follows) and not _LISTED.match(follows) and not _LISTED.match(line):
                out.append((end, "\n", ""))
                out.append((end, " ", ""))
            out.extend(
                (at + m.start(), " ", "")
                for m in _BREAK.finditer(line)
                if m.start() > 60 and _balanced(body[: at + m.start()])
            )
        elif where == "middle" and i == last:
            out.extend(
                (at + m.start(), " ", "")
                for m in _BREAK.finditer(line)
                if m.start() > 60 and _balanced(body[: at + m.start()])
            )
        at = end + 1
    return out


def _where(rng: random.Random) -> str:
    return _pick(rng, ("start", "middle", "middle", "end", "end"))


def _insert(body: str, rng: random.Random, *texts: str, where: str = "", opener: bool = True) -> list[str] | None:
    """The body with each of the texts at the same place, and with the same opening words."""
    where = where or _where(rng)
    spots = _spots(body, where) or _spots(body, "middle") or _spots(body, "end") or _spots(body, "start")
    if not spots or len(body) < 150:
        return None
    at, before, after = spots[rng.randrange(len(spots))]
    lead = _pick(rng, _OPENERS) if opener and at > 0 and not any(_OPENS_ITSELF.match(text) for text in texts) else ""
    return [body[:at].rstrip(" ") + before + lead + text + after + body[at:] for text in texts]


def _paras(body: str) -> list[str]:
    return [line for line in body.split("\n") if line.strip()]


# --- what the release is about

_AGENCY = re.compile(
    r"กระทรวง(?:สาธารณสุข|คมนาคม|มหาดไทย|การคลัง|พาณิชย์|แรงงาน|ยุติธรรม|กลาโหม|การต่างประเทศ|ศึกษาธิการ|วัฒนธรรม|พลังงาน|อุตสาหกรรม"
    r"|เกษตรและสหกรณ์|การท่องเที่ยวและกีฬา|ทรัพยากรธรรมชาติและสิ่งแวดล้อม|ดิจิทัลเพื่อเศรษฐกิจและสังคม)"
    r"|กรม(?:ประมง|ปศุสัตว์|ชลประทาน|ทางหลวงชนบท|ทางหลวง|การขนส่งทางบก|สรรพากร|ศุลกากร|สรรพสามิต|ธนารักษ์|ป่าไม้|ควบคุมโรค|อนามัย"
    r"|การแพทย์|การข้าว|วิชาการเกษตร|ส่งเสริมการเกษตร|การค้าภายใน|การจัดหางาน|พัฒนาชุมชน|ศิลปากร|สอบสวนคดีพิเศษ|เจ้าท่า)"
    r"|การรถไฟแห่งประเทศไทย|การทางพิเศษแห่งประเทศไทย|การท่องเที่ยวแห่งประเทศไทย|สำนักงานประกันสังคม|ทำเนียบรัฐบาล|กองทัพบก|กองทัพเรือ"
)
_FALLBACK = ("หน่วยงานเจ้าของเรื่อง", "คณะทำงานในพื้นที่", "เจ้าหน้าที่ผู้รับผิดชอบ", "ฝ่ายเลขานุการ", "ส่วนราชการที่เกี่ยวข้อง")
_RANK = r"นางสาว|น\.ส\.|นาง|นาย|ดร\.|พลเอก|พล\.อ\.|พลโท|พลตรี|พันเอก|พลตำรวจเอก|พล\.ต\.อ\.|พลอากาศเอก|พลเรือเอก"
_PERSON = re.compile(
    r"(?:" + _RANK + r")\s?(?!ก(?:รัฐ|ฯ|สมาคม|เทศ|องค์|อบ|เมือง)|ทหาร|จ้าง|อำเภอ|ทะเบียน|แพทย์|ตรวจ|ประกัน|หน้า)"
    r"(?P<given>" + _TH + r"{3,16})[ \xa0]{1,2}(?P<family>" + _TH + r"{4,20})(?=[ \xa0\n,)])"
)
_ROLE = re.compile(
    r"[ \xa0]+(?P<role>(?:รอง|ผู้ช่วย)?(?:นายกรัฐมนตรี|รัฐมนตรี|ปลัด|อธิบดี|ผู้อำนวยการ|เลขาธิการ|ผู้ว่า|โฆษก|ประธาน|กรรมการ|เลขานุการ"
    r"|รมว\.|รมช\.|ผอ\.|เอกอัคร|นายอำเภอ|หัวหน้า)"
    r"[^ \xa0\n,]{0,40})"
)


def _agency(title: str, body: str, rng: random.Random) -> str:
    """An office that the release names, or a word for one."""
    hit = _AGENCY.search(title + "\n" + body)
    return hit.group() if hit and rng.random() < 0.8 else _pick(rng, _FALLBACK)


def _people(body: str) -> list[tuple[str, str, str, str]]:
    """Name as written, given name, family name and office of everybody whose office follows the name."""
    out: list[tuple[str, str, str, str]] = []
    for m in _PERSON.finditer(body):
        role = _ROLE.match(body, m.end())
        if role and all(m["given"] != given for _, given, _, _ in out):
            out.append((m.group(), m["given"], m["family"], role["role"]))
    return out


# --- invented names

_MALE = ("กิตติ", "ธีร", "วร", "ณัฐ", "ชัย", "พิชิต", "อนุ", "สุร", "ประ", "ภาณุ", "จิร", "ศักดิ์", "ธน", "วิทย", "เกียรติ")
_MALE_END = ("ภัทร", "พงศ์", "วัฒน์", "เดช", "พันธ์", "ชาติ", "กร", "พล", "ศักดิ์", "วิทย์", "ณรงค์", "สิทธิ์")
_FEMALE = ("สุ", "พิม", "ณัฐ", "กาญ", "ศิริ", "วิ", "อร", "ปิย", "รัตน", "จันทร์", "ธัญ", "เพ็ญ", "นภา", "มณี")
_FEMALE_END = ("ลักษณ์", "ภรณ์", "วรรณ", "รัตน์", "ธิดา", "นันท์", "มาศ", "กานต์", "พร", "วดี", "ฉัตร", "ญา")
_KIN = ("ศรี", "แก้ว", "ทอง", "บุญ", "วงศ์", "คำ", "สุข", "มณี", "เพชร", "จันทร์", "พรหม", "อินทร์", "ไชย", "สิงห์", "นาค", "ปัญญา")
_KIN_END = (
    "สกุล",
    "วงศา",
    "เจริญ",
    "ประเสริฐ",
    "มั่นคง",
    "ไพศาล",
    "พิทักษ์",
    "รุ่งเรือง",
    "อุดม",
    "สมบูรณ์",
    "ธรรม",
    "ชูชาติ",
    "วิไล",
    "ถาวร",
)
_LAND = ("หนอง", "ห้วย", "โคก", "ดอน", "วัง", "คลอง", "ท่า", "ป่า", "ทุ่ง", "นา", "บึง", "โนน", "สัน", "ปาก", "ซับ", "เนิน")
_GROWS = (
    "สัก",
    "ไผ่",
    "มะขาม",
    "หวาย",
    "จาน",
    "แดง",
    "ช้าง",
    "เสือ",
    "ปลาไหล",
    "กระทุ่ม",
    "ตาล",
    "มะค่า",
    "ยางงาม",
    "แสง",
    "ขี้เหล็ก",
    "หิน",
    "ทราย",
    "แค",
)
_SIDE = ("", "", "", "เหนือ", "ใต้", "น้อย", "ใหญ่", "สามัคคี", "พัฒนา", "เก่า", "ใหม่")
_FIRM = (
    "สยาม",
    "ธารา",
    "นวกิจ",
    "รุ่งโรจน์",
    "เอกอุดม",
    "พูนทรัพย์",
    "ไทยเจริญ",
    "อรุณ",
    "บูรพา",
    "เมธา",
    "ศิลา",
    "ปฐม",
    "วารี",
    "ภูผา",
)
_TRADE = (
    "การโยธา",
    "อาหารทะเล",
    "เคมีเกษตร",
    "ขนส่ง",
    "พลาสติก",
    "เฟอร์นิเจอร์",
    "ห้องเย็น",
    "ก่อสร้าง",
    "สิ่งทอ",
    "แบตเตอรี่",
    "รีไซเคิล",
    "โลหะการ",
    "การพิมพ์",
)


def _man(rng: random.Random) -> str:
    return _pick(rng, _MALE) + _pick(rng, _MALE_END)


def _woman(rng: random.Random) -> str:
    return _pick(rng, _FEMALE) + _pick(rng, _FEMALE_END)


def _kin(rng: random.Random) -> str:
    one, other = _two(rng, _KIN)
    return one + _pick(rng, ("", other, other)) + _pick(rng, _KIN_END)


def _someone(rng: random.Random) -> str:
    if rng.random() < 0.5:
        return "นาย" + _man(rng) + " " + _kin(rng)
    return _pick(rng, ("นาง", "นางสาว")) + _woman(rng) + " " + _kin(rng)


def _village(rng: random.Random) -> str:
    return _pick(rng, _LAND) + _pick(rng, _GROWS) + _pick(rng, _SIDE)


def _firm(rng: random.Random) -> str:
    one, other = _two(rng, _FIRM)
    return one + _pick(rng, ("", other)) + _pick(rng, _TRADE)


def _differ(make: Callable[[random.Random], str], rng: random.Random) -> tuple[str, str]:
    """Two different makes."""
    one = make(rng)
    other = make(rng)
    while other == one:
        other = make(rng)
    return one, other


# --- carriers

Filler = Callable[[random.Random], tuple[str, str]]


def _number(rng: random.Random) -> str:
    return num_to_thaiword(rng.randrange(3, 96))


def _fill(frame: str, office: str, rng: random.Random) -> str:
    """The sentence with its office, village, number in words, person and firm, the same in both releases."""
    made = {"{o}": office, "{v}": _village(rng), "{n}": _number(rng), "{p}": _someone(rng), "{f}": _firm(rng)}
    for slot, text in made.items():
        frame = frame.replace(slot, text + ("\ue000" if slot == "{p}" else ""))
    frame = re.sub("\ue000(?=[ก-๙])", " ", frame).replace("\ue000", "")
    return re.sub("(?<=จำกัด)(?=[ก-๙])", " ", frame)


def _carried(frames: Sequence[str], fill: Filler, tails: Sequence[str] = ("",), where: str = "") -> Edit:
    """One sentence in both releases, with another filling in each; at times in the headline too.

    Args:
        frames: Sentences with ``{x}`` for the filling; the other slots are filled alike in both.
        fill: Makes the two fillings.
        tails: What may follow the headline, with ``{x}``; an empty one leaves the headline alone.
        where: "start", "middle" or "end", or by chance.

    Returns:
        The edit.
    """

    def edit(title: str, body: str, rng: random.Random) -> Pair | None:
        one, other = fill(rng)
        office = _agency(title, body, rng)
        frame = _fill(_pick(rng, frames), office, rng)
        made = _insert(body, rng, frame.replace("{x}", one), frame.replace("{x}", other), where=where)
        if made is None or one == other:
            return None
        tail = _pick(rng, tails)
        if tail and rng.random() < 0.6:
            joint = title.rstrip() + " " + tail
            return (joint.replace("{x}", one), made[0]), (joint.replace("{x}", other), made[1])
        return (title, made[0]), (title, made[1])

    return edit


def _listed(items: Sequence[str]) -> Filler:
    return lambda rng: _two(rng, items)


def _made(make: Callable[[random.Random], str]) -> Filler:
    return lambda rng: _differ(make, rng)


# --- keep: a word of the release changed

Rules = tuple[tuple[str, tuple[str, ...]], ...]


def _in_place(rules: Rules, everywhere: float) -> Edit:
    """One of the rules on a word of the release, once or, with that chance, everywhere and in the headline."""

    def edit(title: str, body: str, rng: random.Random) -> Pair | None:
        order = list(range(len(rules)))
        rng.shuffle(order)
        for i in order:
            pattern, news = rules[i]
            hits = _found(pattern, body)
            if not hits:
                continue
            new = _pick(rng, news)
            if rng.random() < everywhere:
                return (title, body), (_put_all(title, _found(pattern, title), new), _put_all(body, hits, new))
            return (title, body), (title, _put(body, hits[rng.randrange(len(hits))], new))
        return None

    return edit


_NOT = r"(?<!ไม่)(?<!มิ)(?<!ไม่ได้)(?<!ไร้)(?<!มิได้)"
_NEGATED: Rules = (
    (_NOT + r"(?<!ไม่อาจ)(?<!ให้)สามารถ", ("ไม่สามารถ", "ยังไม่สามารถ")),
    (_NOT + r"(?<!ให้)(?<!จะ)(?<!ที่)ได้รับ(?!การแต่งตั้ง|มอบหมาย)", ("ไม่ได้รับ", "ยังไม่ได้รับ", "มิได้รับ")),
    (_NOT + r"จะได้รับ", ("จะไม่ได้รับ", "จะยังไม่ได้รับ")),
    (_NOT + r"มั่นใจว่า", ("ไม่มั่นใจว่า", "ยังไม่มั่นใจว่า")),
    (_NOT + r"(?<!ความ)(?<!ให้)เห็นชอบ", ("ไม่เห็นชอบ", "ยังไม่เห็นชอบ")),
    (_NOT + r"จะต้อง", ("ไม่ต้อง", "ไม่จำเป็นต้อง")),
    (_NOT + r"มีผลบังคับใช้", ("ยังไม่มีผลบังคับใช้",)),
    (_NOT + r"(?<!ตรวจ)พบว่า", ("ไม่พบว่า", "ยังไม่พบว่า")),
    (_NOT + r"ได้มีการ", ("ยังไม่มีการ", "ไม่ได้มีการ")),
    (_NOT + r"ได้ดำเนินการ", ("ยังไม่ได้ดำเนินการ", "ไม่ได้ดำเนินการ")),
    (_NOT + r"จะช่วย", ("จะไม่ช่วย",)),
    (_NOT + r"จะทำให้", ("จะไม่ทำให้",)),
    (_NOT + r"จะดำเนินการ", ("จะไม่ดำเนินการ", "จะยังไม่ดำเนินการ")),
    (_NOT + r"จะมี(?=การ)", ("จะไม่มี", "จะยังไม่มี")),
    (_NOT + r"(?<!ให้)มีความพร้อม", ("ยังไม่มีความพร้อม", "ขาดความพร้อม")),
    (_NOT + r"พร้อมให้", ("ยังไม่พร้อมให้",)),
    (_NOT + r"(?<!การ)(?<!ให้)(?<!จะ)ทำให้", ("ไม่ทำให้", "ไม่ได้ทำให้")),
    (_NOT + r"ได้เข้าร่วม", ("ไม่ได้เข้าร่วม",)),
    (_NOT + r"ได้กำหนด(?!การ)", ("ยังไม่ได้กำหนด", "ไม่ได้กำหนด")),
    (_NOT + r"ได้จัด(?=งาน|ทำ|ตั้ง|กิจกรรม|เตรียม|ให้)", ("ไม่ได้จัด", "ยังไม่ได้จัด")),
    (r"ร่วมมือ(?=กับ)", ("ไม่ร่วมมือ", "ยุติความร่วมมือ")),
)
_TURNED: Rules = (
    (r"เพิ่มขึ้น", ("ลดลง",)),
    (r"ลดลง", ("เพิ่มขึ้น", "สูงขึ้น")),
    (r"ส่งออก", ("นำเข้า",)),
    (r"นำเข้า(?!สู่|ไป|มา|ประชุม)", ("ส่งออก",)),
    (r"(?<!การ)(?<!ผู้)(?<!เงิน)สนับสนุน(?=การ|ให้|โครงการ|แนวทาง|นโยบาย)", ("คัดค้าน", "งดสนับสนุน")),
    (r"เร่งดำเนินการ", ("ชะลอการดำเนินการ", "ระงับการดำเนินการ")),
    (r"เร่งรัด", ("ชะลอ", "ทบทวน")),
    (r"เข้มงวด", ("ผ่อนปรน",)),
    (r"สูงกว่า", ("ต่ำกว่า",)),
    (r"มากกว่า", ("น้อยกว่า",)),
    (r"เปิดให้บริการ", ("งดให้บริการ", "ปิดให้บริการ")),
    (r"พิธีเปิด", ("พิธีปิด",)),
    (r"เปิดการประชุม", ("ปิดการประชุม",)),
    (r"เดินทางไปยัง", ("เดินทางกลับจาก",)),
    (r"จัดตั้ง(?!รัฐบาล)", ("ยุบเลิก", "ยุบ")),
    (r"อนุญาตให้", ("ห้ามมิให้", "ไม่อนุญาตให้")),
    (r"ยกเลิก", ("คงไว้ซึ่ง", "ขยาย")),
    (r"ได้รับรางวัล", ("พลาดรางวัล",)),
    (r"รับมอบ(?!หมาย|อำนาจ)", ("ส่งมอบ",)),
    (r"ส่งมอบ", ("รับมอบ",)),
    (r"มอบให้", ("เรียกคืนจาก", "รับมาจาก")),
    (r"ขยายตัว", ("หดตัว",)),
    (r"ประสบความสำเร็จ", ("ประสบความล้มเหลว",)),
    (r"ชื่นชม", ("ตำหนิ", "ท้วงติง")),
    (r"ยืนยันว่า", ("ปฏิเสธว่า",)),
    (r"เห็นพ้อง", ("เห็นต่าง",)),
    (r"ภายหลัง(?=การ)", ("ก่อน",)),
    (r"เชื่อมั่นว่า", ("กังวลว่า",)),
    (r"ลงพื้นที่(?=ตรวจ|ติดตาม|เยี่ยม)", ("งดลงพื้นที่", "เลื่อนลงพื้นที่")),
    (r"(?<!การ)ส่งเสริม(?=การ|ให้)", ("ระงับ", "จำกัด")),
    (r"(?<!การ)พัฒนา(?=ระบบ|พื้นที่|โครงการ|แหล่ง)", ("รื้อถอน", "ยุติการใช้")),
)
_SCOPE: Rules = (
    (r"ทุกคน", ("บางคน", "เพียงไม่กี่คน")),
    (r"ทุกพื้นที่", ("บางพื้นที่", "เฉพาะพื้นที่ชายแดน")),
    (r"ทั่วประเทศ", ("เฉพาะภาคใต้", "เฉพาะเขตเทศบาล", "ในเจ็ดจังหวัดภาคเหนือ", "เฉพาะพื้นที่นำร่อง")),
    (r"ทั้งหมด(?!\s*(?:[\d๐-๙]|จำนวน))", ("บางส่วน", "เกือบครึ่งหนึ่ง")),
    (r"ทั้งสิ้น", ("เฉพาะงวดแรก",)),
    (r"อย่างต่อเนื่อง", ("เป็นการชั่วคราว", "เพียงครั้งเดียว")),
    (r"ตลอด 24 ชั่วโมง", ("เฉพาะในเวลาราชการ", "เฉพาะช่วงกลางวัน")),
    (r"ทุกภาคส่วน", ("เฉพาะภาคเอกชน", "ภาคราชการฝ่ายเดียว")),
    (r"เป็นครั้งแรก", ("เป็นครั้งสุดท้าย", "เป็นครั้งที่สาม")),
    (r"(?<!โดย)ทันที", ("ในปีหน้า", "เมื่อได้รับงบประมาณ")),
    (r"ส่วนใหญ่", ("ส่วนน้อย",)),
    (r"ไม่เกิน", ("ไม่น้อยกว่า", "เกินกว่า")),
    (r"อย่างน้อย", ("อย่างมาก", "ไม่เกิน")),
    (r"(?<= )ยกเว้น(?!การ|หรือ|ค่า|ภาษี|ให้)", ("รวมทั้ง", "รวมถึง")),
    (r"ทุกวัน(?!ที่|นี้|จันทร์|อังคาร|พุธ|พฤ|ศุกร์|เสาร์|อาทิตย์)", ("วันเว้นวัน", "เฉพาะวันธรรมดา")),
    (r"ทุกจังหวัด", ("บางจังหวัด", "เฉพาะจังหวัดชายฝั่ง")),
    (r"ทั้งสองฝ่าย", ("ฝ่ายไทย", "ฝ่ายเจ้าภาพ")),
    (r"ทั้งในและต่างประเทศ", ("ในประเทศ", "ในต่างประเทศ")),
    (r"ประชาชนทั่วไป", ("ผู้ถือบัตรสวัสดิการ", "ผู้มีทะเบียนบ้านในเขต", "สมาชิกสหกรณ์")),
    (r"อย่างเต็มที่", ("ในวงจำกัด", "เท่าที่งบประมาณอำนวย")),
    (r"อย่างเร่งด่วน", ("ในระยะถัดไป",)),
    (r"ในระยะยาว", ("ในระยะสั้น",)),
    (r"ทุกฝ่าย", ("บางฝ่าย",)),
    (r"ทุกหน่วยงาน", ("บางหน่วยงาน", "เฉพาะหน่วยงานส่วนกลาง")),
    (r"เพียงพอ", ("ไม่เพียงพอ",)),
    (r"มาโดยตลอด", ("เป็นครั้งคราว",)),
)
_GROUPS = (
    "เกษตรกร",
    "ชาวประมง",
    "นักเรียน",
    "ผู้สูงอายุ",
    "ผู้พิการ",
    "นักท่องเที่ยว",
    "ผู้ประกันตน",
    "ทหารผ่านศึก",
    "ผู้ค้ารายย่อย",
    "หญิงตั้งครรภ์",
    "พระภิกษุ",
)


_NOT_PEOPLE = "".join(
    f"(?<!{word})"
    for word in ("กระทรวง", "กรม", "วัน", "วัย", "แบบ", "รองเท้า", "ขนส่ง", "ห้อง", "ศูนย์", "อาคาร", "บัตร", "สภา")
)


def _served(title: str, body: str, rng: random.Random) -> Pair | None:
    """Another group of people is served, everywhere in the text."""
    hits = {
        word: _found(_NOT_PEOPLE + word + r"(?!รัฐ|จีน|ลาว|ต่าง| ?SME| ?\()", body)
        for word in ("ประชาชน", "ผู้ประกอบการ", "เยาวชน", "ผู้บริโภค", "ผู้โดยสาร", "ชาวบ้าน", *_GROUPS)
    }
    most = [word for word, found in hits.items() if found]
    if not most:
        return None
    old = max(most, key=lambda word: (len(hits[word]), word))
    new = _pick(rng, [group for group in _GROUPS if group not in body and group not in title] or ["ลูกเรือประมง"])
    return (title, body), (_put_all(title, _found(_NOT_PEOPLE + old, title), new), _put_all(body, hits[old], new))


_OFFICES: Rules = (
    (r"(?<!รอง)อธิบดี", ("รองอธิบดี", "อดีตอธิบดี", "รักษาราชการแทนอธิบดี")),
    (r"(?<!รอง)(?<!ช่วย)ผู้อำนวยการ", ("รองผู้อำนวยการ", "อดีตผู้อำนวยการ", "ผู้ช่วยผู้อำนวยการ")),
    (r"(?<!รอง)ผู้ว่าราชการ", ("รองผู้ว่าราชการ", "อดีตผู้ว่าราชการ")),
    (r"(?<!รอง)ปลัดกระทรวง", ("รองปลัดกระทรวง", "อดีตปลัดกระทรวง")),
    (r"รัฐมนตรีว่าการ", ("รัฐมนตรีช่วยว่าการ", "อดีตรัฐมนตรีว่าการ")),
    (r"รัฐมนตรีช่วยว่าการ", ("รัฐมนตรีว่าการ", "ที่ปรึกษารัฐมนตรีช่วยว่าการ")),
    (r"(?<!รอง)เลขาธิการ", ("รองเลขาธิการ", "อดีตเลขาธิการ")),
    (r"(?<!รอง)โฆษก", ("รองโฆษก", "อดีตโฆษก")),
    (r"รองนายกรัฐมนตรี", ("อดีตรองนายกรัฐมนตรี", "ผู้แทนรองนายกรัฐมนตรี")),
    (r"(?<!รอง)(?<!สำนัก)นายกรัฐมนตรี(?! รองนายก)", ("รองนายกรัฐมนตรี", "อดีตนายกรัฐมนตรี", "ผู้แทนนายกรัฐมนตรี")),
    (r"(?<!รอง)ประธานกรรมการ", ("รองประธานกรรมการ", "อดีตประธานกรรมการ")),
)


def _renamed(text: str, names: dict[str, tuple[str, str]], families: dict[str, str]) -> str:
    """The text with given names (and the rank before and family name behind them) exchanged in one pass."""
    given = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    pattern = re.compile(
        r"(?P<rank>(?:"
        + _RANK
        + r")\s?)?(?P<given>"
        + given
        + r")(?P<gap>[ \xa0]+)?(?P<family>"
        + "|".join(map(re.escape, sorted(families)))
        + ")?"
    )

    def put(m: re.Match[str]) -> str:
        rank, new = names[m["given"]]
        return (rank if m["rank"] else "") + new + (m["gap"] or "") + (families[m["family"]] if m["family"] else "")

    return pattern.sub(put, text)


def _rank_of(written: str, given: str) -> str:
    return written[: written.index(given)]


def _another_person(title: str, body: str, rng: random.Random) -> Pair | None:
    """Somebody else of the same office, everywhere in the text."""
    people = [p for p in _people(body) if len(p[1]) >= 4 and body.count(p[1]) <= 15]
    if not people:
        return None
    written, given, family, _ = people[rng.randrange(len(people))]
    lady = rng.random() < 0.5
    rank = _pick(rng, ("นาง", "นางสาว")) if lady else "นาย"
    names = {given: (rank, _woman(rng) if lady else _man(rng))}
    families = {family: _kin(rng)}
    new = _renamed(body, names, families)
    return ((title, body), (_renamed(title, names, families), new)) if new != body and written not in new else None


def _places_changed(title: str, body: str, rng: random.Random) -> Pair | None:
    """Two people of different offices change places, everywhere in the text."""
    people = [p for p in _people(body) if len(p[1]) >= 4]
    pairs = [
        (p, q)
        for i, p in enumerate(people)
        for q in people[i + 1 :]
        if p[3][:9] != q[3][:9] and p[1] not in q[1] and q[1] not in p[1] and p[2] != q[2]
    ]
    if not pairs:
        return None
    one, other = pairs[rng.randrange(len(pairs))]
    names = {one[1]: (_rank_of(other[0], other[1]), other[1]), other[1]: (_rank_of(one[0], one[1]), one[1])}
    families = {one[2]: other[2], other[2]: one[2]}
    new = _renamed(body, names, families)
    return ((title, body), (_renamed(title, names, families), new)) if new != body else None


_PROVINCES = (
    "เชียงราย",
    "เชียงใหม่",
    "ลำปาง",
    "น่าน",
    "แพร่",
    "พะเยา",
    "ตาก",
    "พิษณุโลก",
    "อุดรธานี",
    "หนองคาย",
    "ขอนแก่น",
    "นครราชสีมา",
    "บุรีรัมย์",
    "สุรินทร์",
    "อุบลราชธานี",
    "ร้อยเอ็ด",
    "สกลนคร",
    "ชลบุรี",
    "ระยอง",
    "จันทบุรี",
    "ตราด",
    "เพชรบุรี",
    "ราชบุรี",
    "กาญจนบุรี",
    "นครปฐม",
    "ชุมพร",
    "ระนอง",
    "พังงา",
    "ภูเก็ต",
    "กระบี่",
    "ตรัง",
    "สงขลา",
    "ปัตตานี",
    "ยะลา",
    "นราธิวาส",
    "สุราษฎร์ธานี",
    "นครสวรรค์",
    "ลพบุรี",
    "สระบุรี",
    "พระนครศรีอยุธยา",
    "ปราจีนบุรี",
)
_MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)


_PROVINCE_SLOT = (
    "คณะจะเดินทางไปติดตามงานลักษณะเดียวกันที่จังหวัด{x}ต่อไป",
    "ในรอบนี้จังหวัด{x}ได้รับจัดสรรมากที่สุด",
    "{o}เลือกจังหวัด{x}เป็นพื้นที่ต้นแบบแห่งแรก",
    "{p} เดินทางมาจากจังหวัด{x}เพื่อร่วมงาน",
)


def _another_province(title: str, body: str, rng: random.Random) -> Pair | None:
    """Another province, everywhere in the text, or in a sentence put into both."""
    named = [
        (p, _found("(?<!ราชภัฏ)(?<!มหาวิทยาลัย)" + p, body))
        for p in _PROVINCES
        if p not in ("แพร่", "ตาก", "น่าน") and p in body
    ]
    named = [(p, hits) for p, hits in named if hits]
    if not named:
        return _carried(_PROVINCE_SLOT, _listed(_PROVINCES), ("", "", "พร้อมนำร่อง{x}"))(title, body, rng)
    old, hits = named[rng.randrange(len(named))]
    new = _pick(rng, [p for p in _PROVINCES if p not in body])
    return (title, body), (_put_all(title, _found(old, title), new), _put_all(body, hits, new))


_MONTH_SLOT = (
    "คาดว่าจะดำเนินการได้ในช่วงเดือน{x}",
    "{o}จะประเมินผลอีกครั้งราวปลายเดือน{x}",
    "กระบวนการทั้งหมดต้องเสร็จก่อนสิ้นเดือน{x}",
    "โดยจะทยอยเปิดให้เข้าร่วมตั้งแต่ต้นเดือน{x}",
    "งวดถัดไปกำหนดไว้กลางเดือน{x}",
)


def _another_month(title: str, body: str, rng: random.Random) -> Pair | None:
    """Another month without a day: one of the release, or one in a sentence put into both."""
    hits = [m for m in re.finditer("|".join(_MONTHS), body) if not re.search(r"[\d๐-๙)]\s*$", body[: m.start()][-4:])]
    if hits and rng.random() < 0.6:
        hit = hits[rng.randrange(len(hits))]
        return (title, body), (title, _put(body, hit, _pick(rng, [m for m in _MONTHS if m != hit.group()])))
    return _carried(_MONTH_SLOT, _listed(_MONTHS))(title, body, rng)


_DAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
_DAY_SLOT = (
    "{o}นัดหารือรายละเอียดร่วมกันอีกครั้งในวัน{x}นี้",
    "ผู้สนใจลงชื่อได้ถึงเย็นวัน{x}นี้เท่านั้น",
    "ผลการพิจารณาจะประกาศให้ทราบในวัน{x}หน้า",
    "รถรับส่งจะออกจากจุดนัดพบเช้าวัน{x}นี้",
    "เวทีรับฟังความเห็นรอบชุมชนย้ายไปจัดวัน{x}หน้า",
    "จะปิดจ่ายน้ำเพื่อซ่อมท่อประธานในคืนวัน{x}นี้",
)


def _another_day(title: str, body: str, rng: random.Random) -> Pair | None:
    """Another day of the week without a date."""
    hits = list(re.finditer(r"วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์)(?=นี้|หน้า|ที่จะถึง|ถึง|\s*[-–])", body))
    if hits and rng.random() < 0.6:
        hit = hits[rng.randrange(len(hits))]
        return (title, body), (title, _put(body, hit, "วัน" + _pick(rng, [d for d in _DAYS if "วัน" + d != hit.group()])))
    return _carried(_DAY_SLOT, _listed(_DAYS))(title, body, rng)


# --- keep: a word of a carried sentence

_school = _carried(
    (
        "จากนั้นคณะเดินทางต่อไปยังโรงเรียนบ้าน{x}เพื่อมอบหนังสือและอุปกรณ์กีฬา",
        "กิจกรรมครั้งถัดไปใช้ลานหน้าโรงเรียน{x}วิทยาเป็นที่จัด",
        "ครูและนักเรียนโรงเรียนบ้าน{x}ร่วมเป็นเจ้าบ้านในวันดังกล่าว",
        "{o}ได้รับแจ้งว่าหลังคาโรงเรียน{x}ประชานุกูลถูกลมพัดเสียหายทั้งแถบ",
        "ทุนอาหารกลางวันรอบนี้จัดให้โรงเรียนวัด{x}",
    ),
    _made(_village),
    ("", "", "ส่งต่อน้ำใจถึงโรงเรียนบ้าน{x}"),
)
_hamlet = _carried(
    (
        "ชาวบ้าน{x}กว่า{n}ครัวเรือนได้รับประโยชน์จากการดำเนินงานในส่วนนี้",
        "จุดที่ยังเข้าไม่ถึงคือชุมชนบ้าน{x} ซึ่งทางขาดตั้งแต่ต้นสัปดาห์",
        "{o}จะลงไปรับเรื่องร้องเรียนที่ศาลากลางหมู่บ้าน บ้าน{x}",
        "ผู้ใหญ่บ้าน{x}แจ้งว่าน้ำในสระประจำหมู่บ้านแห้งขอดแล้ว",
        "พื้นที่นำร่องแห่งที่สองกำหนดไว้ที่บ้าน{x}",
        "พบรอยเท้าช้างป่าเข้ามาถึงท้ายบ้าน{x}",
    ),
    _made(_village),
    ("", "", "นำร่องบ้าน{x}"),
)
_company = _carried(
    (
        "ผู้ที่ได้รับคัดเลือกให้ดำเนินงานในส่วนนี้ คือ บริษัท {x} จำกัด",
        "{o}มีหนังสือถึงบริษัท {x} จำกัด (มหาชน) ให้ชี้แจงภายในกำหนด",
        "ห้างหุ้นส่วนจำกัด {x} ถูกขึ้นบัญชีผู้ทิ้งงานของทางราชการ",
        "ในโอกาสนี้ บริษัท {x} จำกัด ได้สมทบสิ่งของจำเป็นจำนวนหนึ่งด้วย",
        "โรงงานของบริษัท {x} จำกัด ถูกสั่งให้หยุดสายการผลิตไว้ก่อน",
        "ลูกจ้างของบริษัท {x} จำกัด ราว{n}คนยื่นเรื่องขอความเป็นธรรม",
    ),
    _made(_firm),
    ("", "", "จับตา {x}"),
)
_witness = _carried(
    (
        "{x} ตัวแทนชุมชน เป็นผู้รับมอบในครั้งนี้",
        "รายชื่อผู้ได้รับการเสนอให้ดำรงตำแหน่งที่ว่าง คือ {x}",
        "{x} ได้รับเลือกเป็นประธานกลุ่มคนใหม่ด้วยเสียงข้างมาก",
        "เจ้าหน้าที่ยังตามหาตัว {x} ซึ่งหายออกจากบ้านไปตั้งแต่หัวค่ำ",
        "รางวัลชนะเลิศระดับประชาชนตกเป็นของ {x}",
        "{o}ตั้ง {x} เป็นผู้ประสานงานหลัก",
    ),
    _made(_someone),
)
_mourned = _carried(
    (
        "{o}ส่งผู้แทนร่วมพิธีพระราชทานเพลิงศพ {x} ที่สละชีพระหว่างปฏิบัติหน้าที่",
        "พวงหรีดอีกส่วนหนึ่งส่งไปเคารพศพ {x} ณ ภูมิลำเนา",
        "ครอบครัวของ {x} ได้รับเงินช่วยเหลือกรณีเสียชีวิตเป็นรายล่าสุด",
        "ที่ประชุมยืนสงบนิ่งหนึ่งนาทีเพื่อไว้อาลัยแก่ {x}",
        "ร่างของ {x} ถูกนำกลับถึงบ้านเกิดเมื่อเช้ามืด",
    ),
    lambda rng: _differ(
        lambda r: (
            _pick(r, ("สิบเอก ", "พลทหาร ", "จ่าสิบเอก ", "อาสาสมัครทหารพราน ", "ดาบตำรวจ ", "ร้อยโท "))
            + _man(r)
            + " "
            + _kin(r)
        ),
        rng,
    ),
    ("", "", "ร่วมอาลัย {x}"),
)
_amount_in_words = _carried(
    (
        "อุบัติเหตุระหว่างทางไปบ้าน{v}มีผู้เสียชีวิต{x}รายและบาดเจ็บอีกจำนวนหนึ่ง",
        "มีผู้ลงชื่อสมัครในวันเดียวถึง{x}คน",
        "{o}อนุมัติรถบรรทุกน้ำเพิ่มอีก{x}คัน",
        "ยังมีครัวเรือนที่ไม่มีไฟฟ้าใช้อยู่{x}หลังคาเรือน",
        "เด็กที่ต้องย้ายไปเรียนชั่วคราวที่บ้าน{v}มีทั้งหมด{x}คน",
        "เรือประมงที่ยังติดต่อไม่ได้เหลือ{x}ลำ",
        "ค่าสมัครคนละ{x}บาท",
    ),
    lambda rng: _differ(lambda r: num_to_thaiword(r.randrange(2, 30)), rng),
)
_hour_in_words = _carried(
    (
        "ประตูจะเปิดให้เข้าตอน{x}",
        "{o}นัดรวมพลที่หน้าศาลาประชาคมเวลา{x}",
        "รถเที่ยวสุดท้ายออกจากท่าตอน{x}",
        "จะตัดไฟเพื่อซ่อมสายส่งตั้งแต่{x}เป็นต้นไป",
        "แถลงรายละเอียดเพิ่มเติมราว{x}",
    ),
    _listed(
        (
            "ตีห้าครึ่ง",
            "หกโมงเช้า",
            "เจ็ดโมงครึ่ง",
            "สามโมงเช้า",
            "เก้าโมงเช้า",
            "เที่ยงตรง",
            "บ่ายสองโมง",
            "บ่ายสามครึ่ง",
            "ห้าโมงเย็น",
            "หกโมงเย็น",
            "สองทุ่ม",
            "สามทุ่มครึ่ง",
            "เที่ยงคืน",
        )
    ),
)
_ordinal = _carried(
    (
        "การหารือครั้งนี้นับเป็นครั้งที่{x}ในรอบปี",
        "ทีมจากบ้าน{v}คว้าอันดับที่{x}ไปครอง",
        "งานก่อสร้างเข้าสู่ระยะที่{x}แล้ว",
        "ผู้ผ่านการอบรมชุดนี้เป็นรุ่นที่{x}",
        "{o}ขยับขึ้นมาอยู่ลำดับที่{x}ของการประเมินความโปร่งใส",
        "เป็นผู้ป่วยรายที่{x}ของอำเภอ",
    ),
    _listed(("สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบสอง", "สิบห้า")),
)
_ailment = _carried(
    (
        "หน่วยแพทย์เคลื่อนที่พบผู้ป่วย{x}กระจายในหลายตำบล",
        "{o}เตือนให้เฝ้าระวัง{x}ในช่วงเปลี่ยนฤดู",
        "วัคซีนป้องกัน{x}ล็อตใหม่ส่งถึงโรงพยาบาลอำเภอแล้ว",
        "สาเหตุการเสียชีวิตเบื้องต้นแพทย์ระบุว่าเป็น{x}",
        "ผู้ร่วมงานจะได้รับการคัดกรอง{x}โดยไม่เสียค่าใช้จ่าย",
    ),
    _listed(
        (
            "ไข้หูดับ",
            "ฉี่หนู",
            "ไข้ดิน",
            "พิษสุนัขบ้า",
            "หัดเยอรมัน",
            "คอตีบ",
            "ไอกรน",
            "อหิวาตกโรค",
            "วัณโรค",
            "ไวรัสตับอักเสบ",
            "ชิคุนกุนยา",
            "อีสุกอีใส",
            "ต้อหิน",
            "ลมแดด",
        )
    ),
    ("", "", "เตือนระวัง{x}"),
)
_harvest = _carried(
    (
        "ผลผลิตที่มีปัญหาราคามากที่สุดในขณะนี้คือ{x}",
        "{o}เปิดจุดรับซื้อ{x}นำตลาดที่บ้าน{v}",
        "สวน{x}ราว{n}ไร่ถูกน้ำท่วมขังจนเสียหายสิ้นเชิง",
        "เกษตรกรหันมาปลูก{x}แทนพืชเดิมที่ใช้น้ำมาก",
        "สิ่งบ่งชี้ทางภูมิศาสตร์รายการล่าสุดที่ขึ้นทะเบียนคือ{x}",
    ),
    _listed(
        (
            "มังคุด",
            "เงาะ",
            "สับปะรด",
            "หอมแดง",
            "กระเทียม",
            "ลำไย",
            "ส้มโอ",
            "มันสำปะหลัง",
            "ถั่วเหลือง",
            "กาแฟ",
            "โกโก้",
            "มะม่วง",
            "ทุเรียน",
            "พริกไทย",
            "หมาก",
            "ลองกอง",
        )
    ),
    ("", "", "เร่งช่วยชาวสวน{x}"),
)
_goods = _carried(
    (
        "สินค้าที่ถูกเรียกเก็บออกจากชั้นวางคือ{x}ที่ไม่ผ่านการตรวจ",
        "{o}ตรวจยึด{x}ลักลอบนำเข้าได้กลางดึก",
        "ของที่ระลึกสำหรับผู้ร่วมงานเป็น{x}ฝีมือกลุ่มแม่บ้านบ้าน{v}",
        "ผู้ผลิต{x}ขอปรับราคาแต่ยังไม่ได้ข้อสรุป",
        "มีการบริจาค{x}จำนวน{n}ชุดผ่านที่ว่าการอำเภอ",
    ),
    _listed(
        (
            "เตาแก๊สกระป๋อง",
            "ของเล่นเป่าลม",
            "ผ้าห่มนวม",
            "น้ำปลาร้าบรรจุขวด",
            "หมวกนิรภัย",
            "ปลั๊กพ่วง",
            "ครีมทาผิว",
            "มุ้งลวดพับ",
            "ตะกร้าสาน",
            "ปุ๋ยน้ำ",
            "นมอัดเม็ด",
            "ไฟฉายคาดหัว",
            "ถังดับเพลิง",
        )
    ),
)


def _grouped(*groups: Sequence[str]) -> Filler:
    """One wording of each of two groups; the wordings of one group mean the same."""

    def fill(rng: random.Random) -> tuple[str, str]:
        one, other = rng.sample(range(len(groups)), 2)
        return _pick(rng, groups[one]), _pick(rng, groups[other])

    return fill


_verdict = _carried(
    (
        "สำหรับข้อเสนอของชุมชนบ้าน{v} ที่ประชุม{x}",
        "ในประเด็นการขอใช้พื้นที่เพิ่มเติม คณะกรรมการ{x}",
        "ส่วนคำขอของ{p} ผู้พิจารณา{x}",
        "เรื่องการขยายสัญญากับบริษัท {f} จำกัด {o}{x}",
        "ต่อคำร้องของผู้ได้รับผลกระทบ เจ้าหน้าที่{x}",
    ),
    _grouped(
        ("มีมติไฟเขียว", "ให้ผ่านตามที่เสนอ", "รับไว้ดำเนินการทั้งหมด", "ตอบรับโดยไม่มีเงื่อนไข"),
        ("มีมติไม่รับ", "ให้ตกไป", "ไม่ให้ผ่าน", "ปัดตกทั้งฉบับ", "ตีกลับโดยไม่รับพิจารณา"),
        ("ขอเวลาศึกษาอีกหนึ่งไตรมาส", "ให้รอไว้ก่อนจนกว่าจะได้ข้อมูลครบ", "ยังไม่ชี้ขาด"),
        ("รับหลักการเพียงบางข้อ", "ให้เฉพาะส่วนแรก ส่วนที่เหลือให้ทำมาใหม่"),
    ),
    ("", "", "คณะกรรมการ{x}"),
)
_cause = _carried(
    (
        "ต้นเหตุของปัญหาที่ตรวจพบคือ{x}",
        "{o}สรุปว่าความเสียหายครั้งนี้เกิดจาก{x}",
        "เพลิงไหม้โกดังของบริษัท {f} จำกัด สันนิษฐานว่ามาจาก{x}",
        "ความล่าช้าที่ผ่านมามีสาเหตุจาก{x}",
        "{p} ยอมรับว่าต้นตอคือ{x}",
    ),
    _listed(
        (
            "สายไฟเก่าชำรุด",
            "การลอบวางเพลิง",
            "ฟ้าผ่าลงหม้อแปลง",
            "การลัดขั้นตอนตรวจรับ",
            "เครื่องจักรหมดอายุ",
            "การเก็บสารเคมีผิดวิธี",
            "ดินใต้ฐานรากทรุด",
            "ความประมาทของผู้รับจ้าง",
            "ฝูงหนูกัดสายสัญญาณ",
            "ท่อแก๊สรั่ว",
        )
    ),
)
_OBJECTS = (
    "สระน้ำ",
    "ต้นโพธิ์",
    "ยุ้งข้าว",
    "สะพานแขวน",
    "ลานตากมัน",
    "ป้อมยาม",
    "โรงสี",
    "ศาลปู่ตา",
    "ท่าเรือเก่า",
    "สนามบอล",
    "ตลาดโค",
    "หอกระจายข่าว",
    "เตาเผาถ่าน",
    "ฝายหิน",
)


def _around(rng: random.Random) -> tuple[str, str]:
    """Two places in plain words, by different things."""
    one, other = (
        _pick(rng, ("ริม", "ข้าง", "หลัง", "ตรงข้าม", "หน้า", "ใกล้"))
        + thing
        + _pick(rng, ("", "ท้ายหมู่บ้าน", "ทางทิศตะวันออก", "ติดแนวป่า", "ฝั่งโน้น", "เชิงเขา"))
        for thing in _two(rng, _OBJECTS)
    )
    return one, other


_spot = _carried(
    (
        "จุดรวมพลเปลี่ยนไปอยู่{x}",
        "หน่วยบริการเคลื่อนที่จะตั้งเต็นท์อยู่{x}",
        "สิ่งของที่หายไปพบตกอยู่{x}",
        "{o}เลือกสร้างโรงสูบน้ำหลังใหม่{x}",
        "รถของคณะจอดได้{x}เท่านั้น",
        "ผู้สูญหายถูกพบ{x}ในสภาพอ่อนแรง",
    ),
    _around,
)
_progress = _carried(
    (
        "งานซ่อมสะพานบ้าน{v} ขณะนี้{x}",
        "การสอบข้อเท็จจริงกรณี{p} {x}",
        "ระบบลงทะเบียนใหม่ของ{o} {x}",
        "การเจรจากับบริษัท {f} จำกัด {x}",
        "คดีที่ชาวบ้านยื่นฟ้องไว้ {x}",
    ),
    _grouped(
        ("เสร็จเรียบร้อยแล้ว", "สิ้นสุดลงแล้ว", "จบลงด้วยดีแล้ว"),
        ("ยังไม่เริ่ม", "ยังไม่ได้ลงมือ", "ยังไม่ขยับ"),
        ("คืบหน้าไปราวครึ่งทาง", "ไปได้ครึ่งหนึ่ง"),
        ("ชะงักกลางคัน", "หยุดลงกลางทาง"),
        ("ถูกล้มเลิกไปแล้ว", "ไม่มีการทำต่อแล้ว"),
    ),
)
_terms = _carried(
    (
        "สิทธินี้ให้เฉพาะ{x}เท่านั้น",
        "{o}จะจ่ายเงินงวดแรกให้{x}ก่อน",
        "ที่นั่งแถวหน้าสำรองไว้สำหรับ{x}",
        "การยกเว้นค่าธรรมเนียมมีผลเฉพาะ{x}",
        "ผู้รับถุงยังชีพรอบนี้จำกัดเฉพาะ{x}",
        "หากเป็น{x}จะต้องยื่นเอกสารเพิ่ม",
    ),
    _listed(
        (
            "ผู้มีอายุเกินหกสิบปี",
            "ผู้ที่เช่าบ้านอยู่",
            "ครอบครัวที่มีเด็กเล็ก",
            "ผู้มีชื่อในทะเบียนบ้านของอำเภอ",
            "ผู้ที่ยังไม่เคยได้รับ",
            "ผู้เสียภาษีครบถ้วน",
            "เจ้าของที่ดินมีโฉนด",
            "ผู้ว่างงานเกินหกเดือน",
            "ผู้ป่วยติดเตียง",
            "ผู้ที่จบไม่เกินมัธยมต้น",
        )
    ),
)


def _turned(frames: Sequence[str], ends: Callable[[random.Random], tuple[str, str]]) -> Edit:
    """A sentence with ``{a}`` and ``{b}``, which change places in the later one."""

    def edit(title: str, body: str, rng: random.Random) -> Pair | None:
        one, other = ends(rng)
        frame = _fill(_pick(rng, frames), _agency(title, body, rng), rng)
        made = _insert(
            body, rng, frame.replace("{a}", one).replace("{b}", other), frame.replace("{a}", other).replace("{b}", one)
        )
        return ((title, made[0]), (title, made[1])) if made else None

    return edit


_gift = _turned(
    (
        "{a}ให้{b}ยืมเครื่องสูบน้ำสองเครื่องไปใช้ก่อน",
        "ในพิธีนี้ {a}มอบโฉนดที่ดินแปลงข้างเคียงให้แก่{b}",
        "{a}ยื่นหนังสือร้องเรียนการทำงานของ{b}",
        "{a}โอนหนี้คงค้างทั้งก้อนให้{b}รับผิดชอบ",
        "{a}ติดค้างค่าเช่าอาคารแก่{b}มาตั้งแต่ต้นปี",
        "เมื่อครบสัญญา {a}จะเข้าบริหารงานแทน{b}",
        "{a}เป็นฝ่ายขอโทษ{b}ก่อน",
    ),
    lambda rng: (
        _pick(rng, ("เทศบาลตำบล", "องค์การบริหารส่วนตำบล", "สหกรณ์", "กองทุนหมู่บ้าน")) + _village(rng),
        _pick(rng, ("วิสาหกิจชุมชนบ้าน", "โรงพยาบาลส่งเสริมสุขภาพตำบล", "กลุ่มผู้ใช้น้ำบ้าน", "วัด")) + _village(rng),
    ),
)
_ranking = _turned(
    (
        "ผลแข่งเรือยาวรอบตัดสิน ทีมบ้าน{a}เอาชนะทีมบ้าน{b}ได้หวุดหวิด",
        "ราคาที่ดินย่านบ้าน{a}แซงหน้าบ้าน{b}ไปแล้ว",
        "น้ำป่าไหลจากบ้าน{a}ลงสู่บ้าน{b}",
        "{o}ย้ายศูนย์พักพิงจากบ้าน{a}ไปบ้าน{b}",
        "รถประจำทางสายใหม่ออกจากบ้าน{a}ปลายทางบ้าน{b}",
        "คนงานจากบ้าน{a}เข้าไปทำงานในบ้าน{b}มากขึ้น",
    ),
    lambda rng: _differ(_village, rng),
)
_heading = _carried(
    (
        "ถนน{x}จะปิดจนกว่าจะเก็บกู้เสร็จ",
        "แนวท่อส่งน้ำจะวาง{x}ของชุมชนบ้าน{v}",
        "พายุลูกนี้มีแนวโน้มเคลื่อน{x}",
        "{o}ขอให้ผู้ขับขี่เลี่ยง{x}",
        "ต้นไม้ใหญ่{x}โค่นลงทั้งแถว",
    ),
    _listed(("ฝั่งขาเข้าเมือง", "ฝั่งขาออกเมือง", "ทางทิศเหนือ", "ทางทิศใต้", "ด้านริมแม่น้ำ", "ด้านติดภูเขา", "ทางทิศตะวันตก")),
)
_alarm = _carried(
    (
        "{o}ปรับระดับการเตือนภัยในพื้นที่บ้าน{v}เป็น{x}",
        "ชายหาดฝั่งนี้ขึ้นธง{x}ไว้ตั้งแต่เช้า",
        "ค่าฝุ่นรอบโรงเรียนอยู่ในเกณฑ์{x}",
        "อ่างเก็บน้ำบ้าน{v}ขณะนี้อยู่ในระดับ{x}",
    ),
    _listed(("สีเขียว", "สีเหลือง", "สีส้ม", "สีแดง", "สีม่วง")),
)
_court = _carried(
    (
        "{p} ซึ่งตกเป็นผู้ต้องหา {x}",
        "ผู้ต้องสงสัยที่คุมตัวไว้ที่บ้าน{v} {x}",
        "กรรมการบริษัท {f} จำกัด {x}",
        "อดีตเจ้าหน้าที่ของ{o}รายหนึ่ง {x}",
    ),
    _grouped(
        ("ศาลยกฟ้อง", "ศาลตัดสินว่าไม่มีความผิด"),
        ("ศาลสั่งจำคุกโดยไม่รอลงอาญา", "ถูกพิพากษาให้จำคุกทันที"),
        ("อัยการสั่งไม่ฟ้อง", "อัยการไม่ส่งเรื่องขึ้นศาล"),
        ("ได้รับการประกันตัวออกไปสู้คดี", "ศาลให้ปล่อยชั่วคราว"),
        ("หลบหนีออกนอกประเทศไปแล้ว", "หนีข้ามแดนไปได้"),
        ("รับสารภาพทุกข้อหา", "ยอมรับผิดทั้งหมด"),
    ),
    ("", "", "คดีดัง {x}"),
)
_fee = _carried(
    (
        "ค่าเข้าชมในช่วงนี้{x}",
        "ค่าบริการตรวจวัดของ{o}{x}",
        "ค่ารถรับส่งไปบ้าน{v}{x}",
        "ค่าเล่าเรียนภาคฤดูร้อน{x}",
    ),
    _grouped(
        ("ไม่คิดเลย", "ยกเว้นให้ทั้งหมด", "ไม่มีการเรียกเก็บ"),
        ("คิดเต็มอัตรา", "เก็บตามอัตราปกติ", "ไม่มีส่วนลดใด ๆ"),
        ("คิดเพียงครึ่งเดียว", "ลดให้ครึ่งหนึ่ง"),
        ("ปรับขึ้นอีกเท่าตัว", "แพงขึ้นเป็นสองเท่า"),
    ),
)
_english = _carried(
    (
        "(English summary) Officials in charge said the plan for the {x} would go ahead this quarter.",
        "For foreign media: the new {x} is open to all residents of the district.",
        "In brief: work on the {x} has been completed and handed over to the community.",
        "English abstract: visitors are asked to stay away from the {x} until further notice.",
    ),
    _listed(
        (
            "fish market",
            "border crossing",
            "night ferry",
            "village clinic",
            "rubber mill",
            "flood gate",
            "bus depot",
            "primary school",
            "rice bank",
            "coastal road",
        )
    ),
)
_english_turned = _carried(
    (
        "(English summary) The ministry {x} the request of the fishing communities.",
        "For foreign media: the committee {x} the proposal after a long debate.",
        "In brief: the local council {x} the compensation scheme.",
        "English abstract: both sides {x} the draft agreement on water use.",
    ),
    _grouped(
        ("turned down", "rejected", "refused to endorse"),
        ("endorsed", "gave the nod to", "accepted"),
        ("put off a decision on", "deferred"),
        ("withdrew from", "pulled out of"),
    ),
    where="end",
)
_quote = _carried(
    (
        "ด้าน{p} ตัวแทนชาวบ้าน กล่าวว่า “{x}”",
        "{p} ซึ่งอาศัยอยู่ที่บ้าน{v} ให้ความเห็นว่า “{x}”",
        "ผู้ค้ารายหนึ่งเล่าว่า “{x}”",
        "{p} ผู้จัดการบริษัท {f} จำกัด บอกว่า “{x}”",
    ),
    _grouped(
        ("เราอยู่ได้ดีขึ้นกว่าแต่ก่อนมาก", "ตั้งแต่มีเรื่องนี้ ชีวิตดีขึ้นจริง"),
        ("ทำไปก็เหมือนเดิม ไม่เห็นมีอะไรดีขึ้น", "ไม่มีใครในหมู่บ้านได้อะไรจากเรื่องนี้"),
        ("ขออย่าเพิ่งทำจนกว่าจะถามพวกเราก่อน", "พวกเรายังไม่เคยถูกถามสักคำ ขอให้หยุดไว้ก่อน"),
        ("ยิ่งทำยิ่งลำบาก น้ำเน่าเข้าถึงหน้าบ้านแล้ว", "ลำบากกว่าเดิมเสียอีก อยากให้มาดูเอง"),
    ),
)


# --- keep: a sentence added, replaced or left out

Says = Callable[[random.Random, str], str]


def _says(*parts: Sequence[str]) -> Says:
    """A sentence of one item of each part."""
    return lambda rng, office: _fill("".join(_pick(rng, part) for part in parts), office, rng)


_FLEE = _says(
    ("เจ้าหน้าที่เร่งอพยพ", "{o}สั่งย้าย", "ผู้ใหญ่บ้านนำ", "มีการพา"),
    ("ชาวบ้าน{v}", "ผู้ป่วยและเด็กจากบ้าน{v}", "ครอบครัวริมตลิ่งบ้าน{v}จำนวน{n}หลังคาเรือน", "คนงานของบริษัท {f} จำกัด"),
    ("ออกจากพื้นที่", "ขึ้นที่สูง", "ไปพักรวมกันที่ศาลาวัด"),
    ("ก่อนฟ้ามืด", "กลางดึก", "หลังระดับน้ำขึ้นเร็วผิดปกติ", "เพราะเกรงดินจะสไลด์ซ้ำ"),
)
_BEWARE = _says(
    ("ขอให้งด", "อย่าเพิ่ง", "{o}เตือนว่ายังไม่ควร", "ทุกคนควรเลี่ยงการ"),
    (
        "ใช้เส้นทางผ่านบ้าน{v}",
        "ดื่มน้ำจากบ่อในบ้าน{v}",
        "กดลิงก์ที่ส่งต่อกันในกลุ่มสนทนา",
        "ซื้อสินค้าจากร้านที่อ้างชื่อบริษัท {f}",
        "โอนเงินให้ผู้ที่อ้างตัวเป็น{p}",
    ),
    ("จนกว่าจะตรวจสอบเสร็จ", "ในระยะนี้", "จนกว่าจะมีคำยืนยัน", "แม้จะมีผู้ชักชวนก็ตาม"),
)
_OUTCOME = _says(
    ("ผลการตรวจออกมาแล้วว่า", "ล่าสุดยืนยันแล้วว่า", "หลังการหารือได้ข้อยุติว่า", "ช่วงท้ายมีการแจ้งว่า"),
    ("งานของบริษัท {f} จำกัด", "อาคารหลังเก่าทั้ง{n}ห้อง", "สะพานไม้ที่บ้าน{v}", "ท่อส่งน้ำช่วงบ้าน{v}", "ฝายที่{p}คุมงาน"),
    ("ต้องรื้อทำใหม่ทั้งหมด", "มีข้อบกพร่องร้ายแรง", "ตรงตามมาตรฐานทุกข้อ", "ใช้การไม่ได้", "แข็งแรงพอจะใช้ต่อ"),
)
_LIMIT = _says(
    ("ผู้ตกค้าง", "ผู้ที่พลาดรอบแรก", "ร้านค้าในบ้าน{v}", "ผู้ปกครอง"),
    ("ยื่นเอกสารเพิ่มเติมได้", "ขอรับเงินคืนได้", "แจ้งความประสงค์ได้", "ติดต่อขอตรวจซ้ำได้"),
    ("ไม่เกินสิ้นเดือนหน้า", "ภายในเจ็ดวัน", "ก่อนปิดภาคเรียน", "ถึงวันศุกร์หน้าเท่านั้น", "ก่อนออกพรรษา"),
)
_HOTLINE = _says(
    ("ญาติผู้ประสบเหตุ", "ผู้ได้รับความเสียหาย", "ผู้ที่สงสัยว่าสัมผัสสารพิษ", "ผู้ที่ถูกหลอกโอนเงิน"),
    ("ติดต่อ{p}ได้", "แจ้งชื่อที่จุดประสานงานบ้าน{v}ได้", "ขอความช่วยเหลือที่ห้องประชุมชั้นล่างได้", "ขอสำเนาบันทึกที่โต๊ะรับเรื่องได้"),
    ("ทั้งกลางวันกลางคืน", "โดยไม่ต้องนัดหมาย", "โดยใช้บัตรประชาชนเพียงใบเดียว", "ทุกวันไม่เว้นวันหยุด"),
)
_SORRY = _says(
    ("{o}ขออภัย", "ผู้จัดแสดงความเสียใจต่อ", "{p}ในฐานะผู้รับผิดชอบกล่าวขอโทษ"),
    ("ชาวบ้าน{v}", "ผู้ที่เดินทางมาแล้วไม่ได้เข้างาน", "ผู้โดยสารที่ตกค้าง", "ครอบครัวของ{p}"),
    ("สำหรับความผิดพลาดที่เกิดขึ้น", "ที่ทำให้ต้องรอนาน", "ที่ข้อมูลรั่วไหล", "และรับจะชดใช้ทุกบาท"),
)
_SANCTION = _says(
    ("ผู้ฝ่าฝืน", "นายจ้างที่ไม่ทำตาม", "เจ้าของเรือที่หลีกเลี่ยง", "ผู้ปล่อยน้ำเสียลงคลองบ้าน{v}"),
    ("จะถูกถอนใบอนุญาต", "ต้องระวางโทษจำคุก", "จะถูกปรับรายวัน", "จะถูกตัดสิทธิ์สองปี", "จะถูกตัดสิทธิ์ตลอดชีพ"),
    ("ทันทีโดยไม่ตักเตือน", "ตั้งแต่ครั้งแรก", "และเปิดเผยชื่อต่อสาธารณะ", ""),
)
_TOLL = _says(
    ("มีรายงานเพิ่มเติมว่า", "ก่อนจบงาน ", "ระหว่างเดินทางกลับ ", "ในคืนเดียวกัน "),
    (
        "{p}หมดสติและเสียชีวิตที่โรงพยาบาล",
        "รถของคณะเฉี่ยวชนที่ทางแยกบ้าน{v} มีผู้บาดเจ็บ{n}คน",
        "นั่งร้านถล่มทับคนงานบริษัท {f} จำกัด",
        "พบร่างผู้สูญหายเพิ่มอีกสองคน",
    ),
    ("", " โดยยังไม่ทราบสาเหตุ", " และอยู่ระหว่างติดต่อญาติ"),
)
_MEETS = _says(
    ("{o}", "คณะทำงาน", "{p}", "สหกรณ์บ้าน{v}"),
    (
        "จะเปิดสาขาเพิ่ม",
        "เตรียมรับสมัครลูกจ้าง{n}อัตรา",
        "ตกลงรับซื้อผลผลิตที่เหลือ",
        "บริจาคที่ดินเพื่อสร้างสถานีอนามัย",
        "ลงเงินร่วมทุนกับบริษัท {f} จำกัด",
    ),
    ("ในปีงบประมาณถัดไป", "ที่บ้าน{v}", "โดยไม่รอผลการศึกษา", "ตามคำขอของชุมชน"),
)
_NEWS = (_FLEE, _BEWARE, _OUTCOME, _LIMIT, _HOTLINE, _SORRY, _SANCTION, _TOLL, _MEETS)


def _added(says: Says, where: str = "") -> Edit:
    """The later one has a sentence more."""

    def edit(title: str, body: str, rng: random.Random) -> Pair | None:
        made = _insert(body, rng, says(rng, _agency(title, body, rng)), where=where)
        return ((title, body), (title, made[0])) if made else None

    return edit


def _taken_out(title: str, body: str, rng: random.Random) -> Pair | None:
    """The earlier one has a sentence more."""
    made = _insert(body, rng, _NEWS[rng.randrange(len(_NEWS))](rng, _agency(title, body, rng)))
    return ((title, made[0]), (title, body)) if made else None


def _replaced(title: str, body: str, rng: random.Random) -> Pair | None:
    """At one place the two say something else."""
    one, other = rng.sample(range(len(_NEWS)), 2)
    office = _agency(title, body, rng)
    made = _insert(body, rng, _NEWS[one](rng, office), _NEWS[other](rng, office))
    return ((title, made[0]), (title, made[1])) if made else None


def _fresh(line: str, rest: str) -> bool:
    """Whether most of the line is said nowhere else."""
    pieces = [line[i : i + 10] for i in range(0, len(line) - 10, 5)]
    return bool(pieces) and sum(piece in rest for piece in pieces) < 0.35 * len(pieces)


def _without_paragraph(body: str, rng: random.Random) -> str | None:
    """The body without one of its longer paragraphs."""
    lines = body.split("\n")
    inner = [
        i
        for i, line in enumerate(lines)
        if i > 0
        and _long(line)
        and _balanced(line)
        and not _LISTED.match(line)
        and not _LEADS_ON.search(line)
        and not re.search("โทร|สอบถาม|ที่มา|www|http|ผู้สื่อข่าว", line)
        and _fresh(line, "\n".join(other for k, other in enumerate(lines) if k != i))
    ]
    if not inner or sum(map(_long, lines)) < 3:
        return None
    drop = inner[rng.randrange(len(inner))]
    return "\n".join(line for i, line in enumerate(lines) if i != drop)


def _paragraph_left_out(title: str, body: str, rng: random.Random) -> Pair | None:
    """The later one lacks a paragraph."""
    less = _without_paragraph(body, rng)
    return ((title, body), (title, less)) if less else None


def _each_its_own(title: str, body: str, rng: random.Random) -> Pair | None:
    """The later one lacks a paragraph and has another sentence elsewhere."""
    less = _without_paragraph(body, rng)
    made = _insert(less, rng, _NEWS[rng.randrange(len(_NEWS))](rng, _agency(title, body, rng))) if less else None
    return ((title, body), (title, made[0])) if made else None


# --- keep: a note on the release itself

_CALLED_OFF = _says(
    ("กิจกรรมตามข่าวนี้", "สิ่งที่แจ้งไว้ข้างต้น", "กำหนดการเดิม", "แผนที่เคยแถลงไว้", "นัดหมายดังกล่าว"),
    ("ไม่มีแล้ว", "เป็นอันล้มเลิก", "จะไม่เกิดขึ้น", "ถูกระงับทั้งหมด", "งดโดยไม่มีกำหนด"),
    (" ผู้ที่เตรียมตัวไว้ไม่ต้องเดินทางมา", " เนื่องจาก{p}ติดภารกิจด่วน", " หลังหารือกับ{o}", " เพราะสภาพอากาศไม่อำนวย", ""),
)
_PUT_OFF = _says(
    ("กำหนดการตามข่าวนี้", "งานดังกล่าว", "การดำเนินการข้างต้น", "นัดหมายเดิม", "วันเริ่มที่เคยแจ้งไว้"),
    (
        "ขยับออกไปอีกสองสัปดาห์",
        "ย้ายไปจัดต้นเดือนหน้า",
        "ร่นเข้ามาเร็วขึ้นสามวัน",
        "ต้องรอจนกว่าน้ำจะลด",
        "ยังไม่มีวันแน่นอน",
        "เลื่อนไปหลังฤดูเก็บเกี่ยว",
    ),
    (" ส่วนสถานที่คงเดิม", " ตามคำขอของชุมชนบ้าน{v}", " เพื่อให้{o}เตรียมพื้นที่", ""),
)
_AMENDED = _says(
    ("ขอแก้ไขข้อความ: ", "หมายเหตุบรรณาธิการ: ", "แก้คำผิด: ", "เรียนสื่อมวลชน โปรดใช้ข้อความนี้แทน: ", "ข่าวฉบับก่อนคลาดเคลื่อน "),
    ("ผู้ให้ข่าวคือ{p}", "สถานที่ที่ถูกต้องคือบ้าน{v}", "ผู้รับจ้างคือบริษัท {f} จำกัด", "จำนวนที่ถูกต้องคือ{n}ราย", "ผู้รับผิดชอบคือเทศบาลตำบล{v}"),
    (" มิใช่ตามที่เผยแพร่ไป", " จึงขอให้ใช้ข้อมูลใหม่นี้", " ขออภัยในความผิดพลาด", ""),
)
_REBUTTED = _says(
    ("{o}ชี้แจงว่าเนื้อหาข้างต้น", "{p}โต้ว่าสิ่งที่อ้างในข่าวนี้", "ผู้ถูกพาดพิงแจ้งว่าเรื่องทั้งหมด", "ตรวจสอบแล้วคำพูดที่อ้างถึง"),
    ("ไม่ตรงกับความจริง", "เป็นเรื่องเก่าที่ถูกนำมาเล่าใหม่", "ถูกตัดตอนจนผิดความหมาย", "ไม่เคยเกิดขึ้น", "ไม่ได้ออกมาจากหน่วยงาน"),
    (" และขอให้หยุดส่งต่อ", " พร้อมจะแสดงหลักฐาน", " ผู้เผยแพร่ต้องรับผิดชอบ", ""),
)
_SUPERSEDED = _says(
    ("หลังเผยแพร่ข่าวนี้", "ต่อมาในช่วงเย็น", "ก่อนข่าวนี้ออกไม่นาน", "วันรุ่งขึ้น"),
    (
        " {p}ขอถอนตัว",
        " {o}กลับคำตัดสินเดิม",
        " บริษัท {f} จำกัด ยื่นอุทธรณ์จนทุกอย่างต้องหยุด",
        " ผู้เสนอเรื่องถอนเรื่องคืน",
        " มีคำสั่งให้ชะลอทุกขั้นตอน",
    ),
    ("", " ทำให้ต้องเริ่มนับหนึ่งใหม่", " จึงต้องคัดเลือกกันใหม่"),
)


def _noted(says: Says, marks: Sequence[str]) -> Edit:
    """The later one has a note at its head or foot, at times in the middle, at times with a mark in the headline."""

    def edit(title: str, body: str, rng: random.Random) -> Pair | None:
        note = says(rng, _agency(title, body, rng))
        shape = rng.randrange(5)
        if shape == 0:
            made: list[str] | None = [f"({note})\n{body}"]
        elif shape == 1:
            made = [f"{note}\n{body}"]
        elif shape == 2:
            made = _insert(body, rng, note, where="middle", opener=False)
        elif shape == 3:
            made = _insert(body, rng, note, where="end", opener=False)
        else:
            made = [f"{body.rstrip()}\n** {note} **"]
        head = _pick(rng, marks).replace("{t}", title) if rng.random() < 0.5 else title
        return ((title, body), (head, made[0])) if made else None

    return edit


_called_off = _noted(_CALLED_OFF, ("[งด] {t}", "{t} (ล่าสุดล้มเลิก)", "ยกเลิกแล้ว! {t}", "{t} – แจ้งงดจัด"))
_put_off = _noted(_PUT_OFF, ("{t} (เปลี่ยนกำหนด)", "ขยับวัน: {t}", "{t} – ยังไม่ใช่วันเดิม"))
_amended = _noted(_AMENDED, ("{t} (ฉบับแก้ไข)", "แก้ข่าว: {t}", "{t} [ปรับข้อมูล]"))
_rebutted = _noted(_REBUTTED, ("โต้ข่าว {t}", "{t} ไม่จริง", "ชี้แจงกรณีข่าว “{t}”"))
_superseded = _noted(_SUPERSEDED, ("{t} ส่อสะดุด", "พลิก! {t}", "{t} ต้องเริ่มใหม่"))


def _headline_only(title: str, body: str, rng: random.Random) -> Pair | None:
    """Only the headline tells the other news; the text below was left as it was."""
    said = _says(
        ("แต่", "ทว่า", "ขณะที่", "– "),
        (
            "{p}ไม่ร่วมด้วย",
            "ชาวบ้าน{v}ยื่นค้าน",
            "บริษัท {f} ถอนตัวแล้ว",
            "ยังขาดงบ",
            "ผู้จัดแจ้งงดกะทันหัน",
            "มีผู้บาดเจ็บ{n}ราย",
            "ศาลสั่งคุ้มครองชั่วคราว",
        ),
    )(rng, _agency(title, body, rng))
    return ((title, body), (title.rstrip() + " " + said, body)) if title.strip() else None


def _reversed_opinion(title: str, body: str, rng: random.Random) -> Pair | None:
    """At one place another person is quoted with the opposite."""
    view, against = _two(rng, ("เดินหน้าต่อ", "หยุดไว้ก่อน", "ทำเฉพาะช่วงกลางคืน", "ย้ายไปทำที่อื่น", "คืนเงินให้ทุกคน"))
    frame = _pick(
        rng,
        ("{p} ตัวแทนกรรมการชุมชน เสนอให้{x}", "{p} นายช่างคุมงาน ขอให้{x}", "ขณะที่{p} ยืนกรานว่าควร{x}", "ข้อสรุปของ{p} คือให้{x}"),
    )
    office = _agency(title, body, rng)
    one, other = _fill(frame, office, rng).replace("{x}", view), _fill(frame, office, rng).replace("{x}", against)
    made = _insert(body, rng, one, other)
    return ((title, made[0]), (title, made[1])) if made else None


# --- go: signs and spaces

Change = Callable[[str, str, random.Random], Release | None]


def _again(change: Change) -> Edit:
    """The later one is the release with the change, where there is any."""

    def edit(title: str, body: str, rng: random.Random) -> Pair | None:
        made = change(title, body, rng)
        return ((title, body), made) if made and made != (title, body) else None

    return edit


def _both(change: Callable[[str], str]) -> Change:
    return lambda title, body, _rng: (change(title), change(body))


def _spaced(title: str, body: str, rng: random.Random) -> Release:
    lines = [line.strip() for line in body.split("\n") if line.strip()]
    gap = _pick(rng, ("\n\n", "\n \n", "\r\n\r\n", "\n\n\n", "\r\n"))
    indent = _pick(rng, ("", "    ", "\t", "\u3000", "          "))
    out = gap.join(
        indent + "".join(c * 2 if c == " " and rng.random() < 0.25 else c for c in line) + _pick(rng, ("", " "))
        for line in lines
    )
    return (" " + title + "  " if rng.random() < 0.5 else title), out + _pick(rng, ("", "\n", "\n\n"))


def _unseen(title: str, body: str, rng: random.Random) -> Release:
    """No-break spaces for spaces, and signs without width between words."""
    mark = _pick(rng, ("\u200b", "\u2060", "\ufeff", "\u00ad", "\u200c", "\u200b\u200b"))
    hard = _pick(rng, ("\u00a0", "\u202f", "\u2009", " "))
    edges = _edges(body)
    out = [
        (mark if i in edges and rng.random() < 0.3 else "") + (hard if c == " " and rng.random() < 0.7 else c)
        for i, c in enumerate(body)
    ]
    return mark + title, "".join(out)


_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TO_WIDE = str.maketrans("0123456789%()", "０１２３４５６７８９％（）")


def _digits(title: str, body: str, rng: random.Random) -> Release | None:
    """All numbers in the other script, beside those of addresses in the net."""
    table = _TO_ARABIC if re.search("[๐-๙]", body) else (_TO_THAI if rng.random() < 0.75 else _TO_WIDE)

    def turn(text: str) -> str:
        return "".join(
            part if "://" in part or "www." in part else part.translate(table) for part in re.split(r"(\s+)", text)
        )

    return (turn(title), turn(body))


def _am(title: str, body: str, rng: random.Random) -> Release:
    """Sara am in two signs, sara ae in two, or marks in the order in which a careless hand types them."""
    how = rng.randrange(4)

    def turn(text: str) -> str:
        if how == 0:
            return text.replace("ำ", "ํา")
        if how == 1:
            return re.sub("([่-๋])ำ", "ํ\\1า", text).replace("ำ", "ํา")
        if how == 2:
            return text.replace("แ", "เเ")
        return re.sub("([ัิ-ฺ])([่-๋])", "\\2\\1", text)

    return turn(title), turn(body)


def _marks(title: str, body: str, rng: random.Random) -> Release:
    """Other quotes, dashes, dots and brackets."""
    left, right = (("‘", "’"), ("«", "»"), ("''", "''"), ("„", "”"), ("``", "''"), ("「", "」"))[rng.randrange(6)]
    dash = _pick(rng, ("–", "—", "‐", "−"))
    dots = _pick(rng, ("…", "....", ". . ."))

    def turn(text: str) -> str:
        text = text.replace("“", left).replace("”", right).replace(' "', " " + left).replace('" ', right + " ")
        text = re.sub(r" - ", f" {dash} ", text).replace("...", dots)
        return re.sub("(?<=[ก-๛])-(?=[ก-๛])", dash, text)

    return turn(title), turn(body)


def _thai_signs(title: str, body: str, rng: random.Random) -> Release:
    """Spaces at ๆ, ฯ, brackets, per cent, and thousands with or without a comma."""
    tight = rng.random() < 0.5
    plain = rng.random() < 0.6

    def turn(text: str) -> str:
        text = re.sub(r"\s?ๆ\s?", "ๆ" if tight else " ๆ ", text)
        text = re.sub(r"\s?\(", "(" if tight else " (", text)
        text = re.sub(r"ร้อยละ ?(\d+(?:\.\d+)?)(?!\d)", r"\1%" if tight else r"ร้อยละ\1", text)
        if plain:
            text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
        return text

    return turn(title), turn(body)


_LOOKALIKE = (
    ("&", "＆"),
    ("-", "‑"),
    ("/", "∕"),
    (":", "："),
    ("%", "％"),
    (";", ";"),
    ("!", "！"),
    ("'", "’"),
    ("ํ", "ํ"),
    (".", "․"),
    ("|", "ǀ"),
    ("+", "＋"),
)


def _lookalike(title: str, body: str, rng: random.Random) -> Release:
    """Signs that an old editor's entities came out as."""
    chosen = [pair for pair in _LOOKALIKE if rng.random() < 0.6]

    def turn(text: str) -> str:
        for old, new in chosen:
            text = text.replace(old, new)
        return text

    return turn(title), turn(body)


def _cased(title: str, body: str, rng: random.Random) -> Release:
    how = (str.upper, str.lower, str.title)[rng.randrange(3)]

    def turn(text: str) -> str:
        return re.sub(r"(?<![\w./@:])[A-Za-z]{2,}(?![\w/@:]|\.\w)", lambda m: how(m.group()), text)

    return turn(title), turn(body)


def _wrapped(title: str, body: str, rng: random.Random) -> Release:
    """Hard line breaks between words as out of a PDF, with page numbers and the catchwords of official letters."""
    width = rng.randrange(58, 96)
    catch = rng.random() < 0.5
    out: list[str] = []
    page = 1
    for para in _paras(body):
        line = ""
        for word in word_tokenize(para.strip(), engine="newmm", keep_whitespace=True, join_broken_num=False):
            if len(line) + len(word) > width and line:
                if len(out) % 34 == 33:
                    page += 1
                    out.extend([f"/{word.strip()}..." if catch and word.strip() else "", f"- {page} -"])
                out.append(line.rstrip())
                line = ""
            line += word
        out.append(line.rstrip())
    return title, "\n".join(out)


# --- go: the same words otherwise written

_SHORT = (
    ("รัฐมนตรีว่าการกระทรวง", "รมว."),
    ("รัฐมนตรีช่วยว่าการกระทรวง", "รมช."),
    ("กระทรวงสาธารณสุข", "สธ."),
    ("กระทรวงมหาดไทย", "มท."),
    ("กระทรวงศึกษาธิการ", "ศธ."),
    ("กระทรวงพาณิชย์", "พณ."),
    ("กระทรวงการต่างประเทศ", "กต."),
    ("กระทรวงวัฒนธรรม", "วธ."),
    ("กระทรวงคมนาคม", "คค."),
    ("กระทรวงการคลัง", "กค."),
    ("กระทรวงแรงงาน", "รง."),
    ("กระทรวงกลาโหม", "กห."),
    ("กรุงเทพมหานคร", "กทม."),
    ("คณะรัฐมนตรี", "ครม."),
    ("โรงพยาบาล", "รพ."),
    ("กิโลเมตร", "กม."),
    ("กิโลกรัม", "กก."),
    ("พระราชบัญญัติ", "พ.ร.บ."),
    ("ผู้ว่าราชการจังหวัด", "ผวจ."),
    ("ผู้อำนวยการ", "ผอ."),
    ("นายกรัฐมนตรี", "นายกฯ"),
    ("สำนักงานตำรวจแห่งชาติ", "ตร."),
    ("การรถไฟแห่งประเทศไทย", "รฟท."),
    ("สำนักงานหลักประกันสุขภาพแห่งชาติ", "สปสช."),
    ("องค์การบริหารส่วนตำบล", "อบต."),
    ("พลเอก", "พล.อ."),
    ("พลโท", "พล.ท."),
    ("พลตรี", "พล.ต."),
    ("พลตำรวจเอก", "พล.ต.อ."),
    ("พลอากาศเอก", "พล.อ.อ."),
    ("พลเรือเอก", "พล.ร.อ."),
    ("นางสาว", "น.ส."),
    ("เจ้าหน้าที่", "จนท."),
    ("พุทธศักราช", "พ.ศ."),
    ("ธนาคารเพื่อการเกษตรและสหกรณ์การเกษตร", "ธ.ก.ส."),
    *zip(
        _MONTHS,
        ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."),
        strict=True,
    ),
)


def _shortened(title: str, body: str, rng: random.Random) -> Release | None:
    """Full forms for abbreviations or abbreviations for full forms, always the same all over the text."""
    text = title + "\n" + body
    done = 0
    for full, short in _SHORT:
        if rng.random() < 0.25 or (short in text and full in text):
            continue
        if full in text:
            text = re.sub("([ก-๎])?" + full + r" ?([ก-๎\d(])?", _gapper(short), text)
            done += 1
        elif (
            re.search(r"(?<![ก-๎.])" + re.escape(short) + r"(?![\w.])", text) and short.endswith(".") and len(short) > 3
        ):
            after_day = r"(?<=[\d๐-๙] )" if full in _MONTHS else ""
            text = re.sub(after_day + r"(?<![ก-๎.])" + re.escape(short) + r"(?![\w.])", full, text)
            done += 1
    for full, short in (("จังหวัด", "จ."), ("อำเภอ", "อ."), ("ตำบล", "ต.")):
        if full == "จังหวัด" and rng.random() < 0.7:
            for province in _PROVINCES:
                done += text.count(full + province)
                text = text.replace(full + province, short + province)
    head, _, rest = text.partition("\n")
    return (head, rest) if done else None


def _gapper(short: str) -> Callable[[re.Match[str]], str]:
    """Puts the abbreviation, with a space towards a letter before or behind it."""
    return lambda m: (m[1] + " " if m[1] else "") + short + (" " + m[2] if m[2] else " ")


_DATE = re.compile(
    r"(?P<day>[\d๐-๙]{1,2}) (?P<month>"
    + "|".join(_MONTHS)
    + r"|[ก-ฮ]{1,2}ิ?ี?\.[ก-ฮ]\.|เม\.ย\.) ?(?:พ\.ศ\. ?)?(?P<year>25\d\d|[56]\d)(?!\d)"
)


def _years(title: str, body: str, rng: random.Random) -> Release | None:
    """Years of dates in two digits, four digits, the Buddhist or the Christian era."""
    style = rng.randrange(4)

    def put(m: re.Match[str]) -> str:
        year = int(m["year"]) if len(m["year"]) == 4 else 2500 + int(m["year"])
        shown = (str(year)[2:], f"พ.ศ. {year}", f"ค.ศ. {year - 543}", str(year))[style]
        return f"{m['day']} {m['month']} {shown}"

    new = _DATE.sub(put, body)
    return (_DATE.sub(put, title), new) if new != body else None


def _clock(title: str, body: str, rng: random.Random) -> Release | None:
    """Hours in another notation."""
    style = rng.randrange(4)

    def put(m: re.Match[str]) -> str:
        hour, minute = m[1].translate(_TO_ARABIC), m[2].translate(_TO_ARABIC)
        if style == 0:
            return f"{hour}:{minute} น."
        if style == 1:
            return f"{hour}.{minute} นาฬิกา"
        if style == 2:
            return f"{hour}:{minute} hrs."
        return f"{int(hour)}.{minute} น." if hour.startswith("0") else f"{hour}.{minute}น."

    new = re.sub(r"([\d๐-๙]{1,2})[.:]([\d๐-๙]{2}) ?น\.", put, body)
    return (title, new) if new != body else None


def _counted(title: str, body: str, rng: random.Random) -> Release | None:
    """Small numbers in words and round sums in millions."""
    say = rng.random() < 0.7

    def small(m: re.Match[str]) -> str:
        return num_to_thaiword(int(m[1])) + m[2]

    def round_sum(m: re.Match[str]) -> str:
        sum_ = int(m[1].replace(",", ""))
        return f"{sum_ // 1_000_000:,} ล้านบาท" if sum_ % 1_000_000 == 0 else m.group()

    new = body
    if say:
        unit = "คน|ราย|แห่ง|ครั้ง|คัน|หลัง|ด้าน|ฝ่าย|ประเทศ|จังหวัด|อำเภอ|ตำบล|เดือน|วัน|ปี|ชั่วโมง|ประเด็น|โครงการ|หน่วยงาน"
        new = re.sub(r"(?<=[ \xa0])(?<!ที่ )(?<!ข้อ )(?<!\d )([1-9]\d?) (" + unit + r")(?![ก-์]*\.)", small, new)
    new = re.sub(r"(\d{1,3}(?:,\d{3}){2,3}) ?บาท", round_sum, new)
    new = re.sub(r"(?<![\d,.])(\d{1,3}) ล้านบาท", lambda m: f"{m[1]},000,000 บาท", new) if not say else new
    return (title, new) if new != body else None


def _titled(title: str, body: str, rng: random.Random) -> Release | None:
    """Honorifics dropped, added or written otherwise."""
    people = [p for p in _people(body) if len(p[1]) >= 4]
    how = rng.randrange(3)

    def turn(text: str) -> str:
        for written, given, _, _ in people:
            rank = _rank_of(written, given)
            if how == 0:
                text = text.replace(written, written[len(rank) :])
            elif how == 1:
                text = text.replace(
                    written,
                    "ท่าน" + written if rank.strip() in ("ดร.", "พลเอก", "พล.อ.") else "คุณ" + written[len(rank) :],
                )
        if how == 2:
            text = re.sub(r"(?<![ก-์ฯ])(?=(?:รองนายกรัฐมนตรี|นายกรัฐมนตรี|รัฐมนตรีว่าการ))", "ฯพณฯ ", text)
            text = re.sub(r"(?<![ก-์])ฯพณฯ (?=ฯพณฯ)", "", text)
        return text

    return turn(title), turn(body)


_SAME = (
    (r"กล่าวว่า", ("เปิดเผยว่า", "ระบุว่า", "บอกว่า", "พูดว่า")),
    (r"เปิดเผยว่า", ("กล่าวว่า", "ให้ข้อมูลว่า", "เผยว่า")),
    (r"ระบุว่า", ("กล่าวว่า", "บอกว่า")),
    (r"เพื่อที่จะ", ("เพื่อ",)),
    (r"(?<!อัน)เนื่องจาก", ("เพราะ", "ด้วยเหตุที่")),
    (r"รวมทั้ง", ("รวมถึง", "ตลอดจน")),
    (r"รวมถึง", ("รวมทั้ง", "ตลอดจน")),
    (r"ตลอดจน", ("รวมทั้ง",)),
    (r"นอกจากนี้", ("อีกทั้ง", "นอกจากนั้น")),
    (r"อย่างไรก็ตาม", ("อย่างไรก็ดี", "ทั้งนี้")),
    (r"ทั้งนี้", ("โดย", "อนึ่ง")),
    (r"พร้อมทั้ง", ("และ", "ตลอดจน")),
    (r"เช่น(?!กัน|เดียว|นี้|นั้น|ไร|ว่า)", ("อาทิ",)),
    (r"อาทิ", ("เช่น",)),
    (r"ดังกล่าว(?!ข้าง|มา|แล้ว)", ("นี้",)),
    (r"(?<!ชุด)(?<!ยุค)(?<!สภาพ)(?<!สมัย)(?<!คน)ปัจจุบัน", ("ขณะนี้",)),
    (r"ได้ทำการ", ("ได้",)),
    (r"ทราบว่า", ("รู้ว่า",)),
    (r"ขณะนี้", ("เวลานี้", "ตอนนี้")),
    (r"เป็นอย่างมาก", ("อย่างยิ่ง", "มาก")),
    (r"รวดเร็ว", ("ว่องไว",)),
    (r"จำนวนมาก", ("มากมาย",)),
    (r"(?<!ค้า)(?<!มั่นคง)ภายใน(?!ประเทศ)", ("ใน",)),
    (r"(?<!ความ)(?<!การ)ช่วยเหลือ", ("ช่วย",)),
    (r"เป็นประธานในพิธี", ("เป็นประธานพิธี", "นั่งเป็นประธานในพิธี")),
    (r"ลงพื้นที่", ("ลงไปในพื้นที่",)),
    (r"ให้ความสำคัญกับ", ("เน้น",)),
)


def _reworded(rules: Rules) -> Change:
    def change(title: str, body: str, rng: random.Random) -> Release | None:
        picked = [rule for rule in rules if rng.random() < 0.7]
        out, at = "", 0
        hits = sorted(
            ((m.start(), m.end(), new) for pattern, new in picked for m in _found(pattern, body)), key=lambda h: h[:2]
        )
        for start, end, new in hits:
            if start >= at and rng.random() < 0.8:
                out += body[at:start] + _pick(rng, new)
                at = end
        return (title, out + body[at:]) if at else None

    return change


_VERBS = _reworded((*_SAME[:3], (r"กล่าวเพิ่มเติมว่า", ("ระบุอีกว่า", "บอกด้วยว่า")), (r"กล่าวต่อว่า", ("กล่าวอีกว่า", "ระบุต่อว่า"))))
_WORDS = _reworded(_SAME[3:])


_NEAR = {
    "ร": "น",
    "น": "รย",
    "ย": "นบ",
    "บ": "ยล",
    "ล": "บ",
    "ห": "ก",
    "ก": "หด",
    "ด": "ก",
    "ส": "ว",
    "ว": "สง",
    "ง": "ว",
    "ท": "ม",
    "ม": "ท",
    "ผ": "ป",
    "ป": "ผ",
    "พ": "ะ",
    "ต": "ค",
    "ค": "ต",
    "จ": "ข",
    "ข": "จช",
    "ช": "ข",
    "่": "้",
    "้": "่",
    "ิ": "ื",
    "ี": "ั",
    "ื": "ิ",
    "า": "ส",
    "เ": "ด",
}


@lru_cache(maxsize=1)
def _dictionary() -> frozenset[str]:
    return frozenset(thai_words())


_MEANT = re.compile("ไม่|มิ|งด|เลิก|เลื่อน|ห้าม|เพิ่ม|ลด|เปิด|ปิด|เข้า|ออก|ซื้อ|ขาย|รับ|ส่ง|แรก|สอง|สาม|หนึ่ง|เหนือ|ใต้|ครึ่ง|วัน|เดือน|ปี")


def _slip(word: str, rng: random.Random) -> str:
    """The word with one slip of the hand."""
    at = rng.randrange(1, len(word))
    how = rng.randrange(5)
    if how == 0:
        return word[:at] + word[at] + word[at:]
    if how == 1:
        return re.sub("[่-๋]", "", word, count=1)
    if how == 2 and word[at] in _NEAR:
        return word[:at] + _pick(rng, _NEAR[word[at]]) + word[at + 1 :]
    if how == 3 and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at + 1 :]


def _mistyped(title: str, body: str, rng: random.Random) -> Release | None:
    """One to four slips in plain words that stay readable; none makes another word."""
    words = word_tokenize(body, engine="newmm", keep_whitespace=True, join_broken_num=False)
    known = _dictionary()
    plain = [
        i
        for i, word in enumerate(words)
        if len(word) >= 6
        and re.fullmatch("[ก-์]+", word)
        and word in known
        and not _MEANT.search(word)
        and word not in _PROVINCES
        and word not in _MONTHS
        and (i == 0 or not re.search("(?:" + _RANK + ")$", words[i - 1]))
    ]
    if len(plain) < 2:
        return None
    done = 0
    for i in rng.sample(plain, min(len(plain), rng.randrange(1, 5))):
        new = _slip(words[i], rng)
        if new != words[i] and new not in known:
            words[i] = new
            done += 1
    return (title, "".join(words)) if done else None


def _bulleted(title: str, body: str, rng: random.Random) -> Release | None:
    """Items with other marks, or paragraphs with marks before them."""
    lines = [line for line in body.split("\n") if line.strip()]
    listed = [
        i
        for i, line in enumerate(lines)
        if re.match(r"\s*\(?[\d๐-๙]{1,2}[.)]\)?\s*(?![\d๐-๙])", line) or re.match(r"\s*[-–•]\s", line)
    ]
    if len(listed) >= 2:
        mark = _pick(rng, ("• ", "- ", "▪ ", "◦ ", "✅ ", "➤ "))
        out = [
            re.sub(r"^\s*(?:\(?[\d๐-๙]{1,2}[.)]\)?|[-–•])\s*", mark, line) if i in listed else line
            for i, line in enumerate(lines)
        ]
        return title, "\n".join(out)
    if len(lines) < 2 or any(_LEADS_ON.search(line) for line in lines):
        return None
    style = rng.randrange(4)
    return title, "\n".join(
        (f"{i + 1}. ", f"({i + 1}) ", "• ", "- ")[style] + line if _long(line) else line for i, line in enumerate(lines)
    )


def _moved(title: str, body: str, rng: random.Random) -> Release | None:
    """Paragraphs in another order."""
    lines = _paras(body)
    free = [
        i
        for i, line in enumerate(lines)
        if i > 0 and _long(line) and not _LISTED.match(line) and not _LEADS_ON.search(line)
    ]
    if len(free) < 2 or any(_LEADS_ON.search(line) for line in lines):
        return None
    order = free[:]
    while order == free:
        rng.shuffle(order)
    new = lines[:]
    for to, source in zip(free, order, strict=True):
        new[to] = lines[source]
    return title, "\n".join(new)


def _twice(title: str, body: str, rng: random.Random) -> Release:
    joint = _pick(rng, ("\n", "\n\n", "\n----------\n", " ", "\n" + title + "\n"))
    return title, body.rstrip() + joint + body.lstrip()


def _paragraph_twice(title: str, body: str, rng: random.Random) -> Release | None:
    lines = _paras(body)
    longer = [i for i, line in enumerate(lines) if _long(line)]
    if not longer:
        return None
    one = longer[rng.randrange(len(longer))]
    to = rng.randrange(one + 1, len(lines) + 1)
    return title, "\n".join([*lines[:to], lines[one], *lines[to:]])


def _headline_again(title: str, body: str, rng: random.Random) -> Release | None:
    if body.startswith(title[:20]):
        return None
    shape = rng.randrange(4)
    return title, (f"{title}\n{body}", f"ข่าว : {title}\n\n{body}", f"“{title}”\n{body}", f"{body}\n{title}")[shape]


def _lead_on_top(title: str, body: str, rng: random.Random) -> Release | None:
    """A standfirst out of words of the body."""
    lines = [line for line in _paras(body) if _long(line)]
    if not lines:
        return None
    pieces = lines[rng.randrange(min(2, len(lines)))].split(" ")
    top = ""
    for piece in pieces:
        if len(top) > 120:
            break
        top += piece + " "
    return title, top.strip() + _pick(rng, ("", "...", " …")) + "\n" + body


def _key_points(title: str, body: str, rng: random.Random) -> Release | None:
    """Sentences of the body as points on top or at the foot."""
    parts = [
        part.strip()
        for line in _paras(body)
        for part in _BREAK.split(line)
        if 50 < len(part.strip()) < 400 and re.match('[ก-๎“"]', part.strip()) and _balanced(part)
    ]
    if len(parts) < 3:
        return None
    points = "\n".join(f"- {parts[i]}" for i in sorted(rng.sample(range(len(parts)), min(3, len(parts)))))
    head = _pick(rng, ("สรุปประเด็น", "สาระสำคัญ", "อ่านเร็ว", "ไฮไลต์"))
    return title, f"{head}\n{points}\n\n{body}" if rng.random() < 0.6 else f"{body}\n\n{head}\n{points}"


# --- go: what surrounds a release


def _phone(rng: random.Random) -> str:
    return f"0 {rng.randrange(2100, 2999)} {rng.randrange(1000, 9999)}"


def _signed(title: str, body: str, rng: random.Random) -> Release:
    """Dateline before, byline, photographer or source behind."""
    agency = _agency(title, body, rng)
    place = _pick(rng, ("กรุงเทพฯ", "ทำเนียบรัฐบาล", "ศูนย์ข่าวภูมิภาค", "โต๊ะข่าวการเมือง", "ห้องข่าว"))
    head = _pick(rng, ("{s} – ", "({s}) ", "[{s}] ", "{s}/ ", "{s} รายงาน : ", "")).replace("{s}", place)
    name = _man(rng) + " " + _kin(rng)
    foot = rng.sample(
        (
            f"ข่าว : {name}",
            f"ภาพ/ข่าว {name}",
            f"เรียบเรียงโดย {name}",
            f"ขอบคุณภาพจาก {agency}",
            f"ที่มา : {agency}",
            f"ผู้ถ่ายภาพ : {_someone(rng)}",
            "กองบรรณาธิการ",
            f"พิสูจน์อักษร {name}",
        ),
        rng.randrange(1, 4),
    )
    return title, head + body.rstrip() + "\n" + _pick(rng, ("\n", " / ", " | ")).join(foot)


def _contact(title: str, body: str, rng: random.Random) -> Release:
    """The press office's own address."""
    agency = _agency(title, body, rng)
    lines = (
        f"{_pick(rng, ('กลุ่มสื่อสารองค์กร', 'ฝ่ายประชาสัมพันธ์', 'งานสื่อมวลชนสัมพันธ์', 'กองเผยแพร่'))} {agency}",
        f"โทรศัพท์ {_phone(rng)} ต่อ {rng.randrange(100, 999)}",
        f"โทรสาร {_phone(rng)}",
        _pick(
            rng,
            (
                "อีเมล saraban@example.go.th",
                "E-mail: press@example.go.th",
                "ไลน์ไอดี @pressroom",
                "เว็บไซต์ www.example.go.th",
            ),
        ),
        f"{rng.randrange(2, 400)} ถนน{_pick(rng, _FIRM)} แขวง{_village(rng)} กรุงเทพฯ 10{rng.randrange(100, 900)}",
    )
    kept = [line for line in lines if rng.random() < 0.75] or [lines[1]]
    return title, body.rstrip() + "\n" + _pick(
        rng, ("", "ติดต่อสื่อมวลชน\n", "-------\n", "จึงเรียนมาเพื่อโปรดเผยแพร่\n")
    ) + "\n".join(kept)


def _shared(title: str, body: str, rng: random.Random) -> Release:
    """Hashtags and buttons."""
    words = [w for w in word_tokenize(title, engine="newmm", keep_whitespace=False) if re.fullmatch("[ก-์]{4,}", w)]
    tags = " ".join("#" + w for w in words[: rng.randrange(1, 5)]) + _pick(rng, (" #ข่าวจริง", " #ข่าวรัฐบาล", " #PR", ""))
    buttons = _pick(
        rng,
        (
            "แชร์ Facebook X LINE",
            "แบ่งปันข่าวนี้ : f t in",
            "กดไลก์ กดแชร์ กดติดตาม",
            "Share Tweet Pin",
            "ส่งต่อ | พิมพ์ | บันทึก",
            "คัดลอกลิงก์\nสำเร็จ!",
        ),
    )
    shape = rng.randrange(4)
    foot = (tags, buttons, f"{tags}\n{buttons}", f"{buttons}\n{tags}")[shape]
    return title, f"{buttons}\n{body.rstrip()}\n{foot}" if rng.random() < 0.3 else f"{body.rstrip()}\n{foot}"


def _framed(title: str, body: str, rng: random.Random) -> Release:
    """Breadcrumb, counter, page date, letter size, cookies, next and previous page."""
    site = _pick(rng, ("ศูนย์ข่าวออนไลน์", "คลังข่าว", "พอร์ทัลข่าวกลาง", "ห้องข่าวประชาสัมพันธ์"))
    date = f"{rng.randrange(1, 29)}/{rng.randrange(1, 13)}/{rng.randrange(2560, 2569)}"
    heads = (
        f"หน้าแรก > {_pick(rng, ('ข่าว', 'กิจกรรม', 'คลังภาพ'))} > รายละเอียด",
        f"ข้ามไปยังเนื้อหาหลัก\n{site}",
        "ก- ก ก+",
        f"เผยแพร่เมื่อ {date}",
        f"อ่านแล้ว {rng.randrange(12, 9000):,} ครั้ง",
        f"ปรับปรุงหน้าเว็บล่าสุด {date}",
        "เวลาในการอ่าน : 3 นาที",
        "ฟังเสียงข่าวนี้ ▶",
    )
    feet = (
        "เว็บไซต์นี้ใช้คุกกี้เพื่อพัฒนาประสบการณ์การใช้งาน ยอมรับทั้งหมด",
        f"สงวนลิขสิทธิ์ © {site}",
        "กลับขึ้นด้านบน",
        "« ก่อนหน้า    ถัดไป »",
        "หมวดหมู่ : ข่าวทั่วไป",
        f"ผู้เข้าชม {rng.randrange(1000, 90000)} คน",
        "ให้คะแนนข่าวนี้ ☆☆☆☆☆",
        "แสดงความคิดเห็น (0)",
        "นโยบายความเป็นส่วนตัว | แผนผังเว็บไซต์",
    )
    top = "\n".join(rng.sample(heads, rng.randrange(1, 4)))
    foot = "\n".join(rng.sample(feet, rng.randrange(1, 4)))
    return title + _pick(rng, ("", f" | {site}", f" - {site}")), f"{top}\n{body.rstrip()}\n{foot}"


def _on_air(title: str, body: str, rng: random.Random) -> Release:
    """A script for reading on the air around it."""
    end = _pick(rng, ("ครับ", "ค่ะ"))
    greet = _pick(
        rng, ("สวัสดี{e}ท่านผู้ฟัง", "สวัสดี{e} กลับมาพบกันอีกเช่นเคย", "ท่านผู้ฟังที่เคารพ", "ยินดีต้อนรับท่านผู้ฟังเข้าสู่รายการ{e}")
    ).replace("{e}", end)
    show = _pick(rng, ("รายการข่าวเช้าชุมชน", "รายการเพื่อนคู่ถิ่น", "รายการบอกเล่าเก้าสิบ", "ช่วงข่าวต้นชั่วโมง", "รายการเสียงตามสาย"))
    hour = _pick(rng, ("ออกอากาศเวลาแปดนาฬิกา", "ความยาวสามนาที", "เทปที่หนึ่ง", "อ่านสดหลังเพลงชาติ", "สำหรับผู้ประกาศชาย-หญิง"))
    bye = _pick(
        rng, ("หมดเวลาเพียงเท่านี้ ขอลาไปก่อน สวัสดี{e}", "พบกันใหม่ครั้งหน้า สวัสดี{e}", "ขอบคุณที่ติดตามรับฟัง{e}", "- จบข่าว -")
    ).replace("{e}", end)
    cues = rng.random() < 0.5
    top = f"บทวิทยุ {show} {hour}\n" + ("(ดนตรีเปิดรายการ แล้วเบาลง)\n" if cues else "")
    return title, f"{top}{greet}\n{body.rstrip()}\n{bye}" + ("\n(ดนตรีปิดรายการ)" if cues else "")


def _sent(title: str, body: str, rng: random.Random) -> Release:
    """Head and foot of a mail or of a message in a group."""
    head = _pick(
        rng,
        (
            f"FW: {title}\nจาก: ศูนย์ข่าว\nถึง: สื่อมวลชนทุกแขนง\n",
            "เรียน บรรณาธิการข่าว\nขอความอนุเคราะห์เผยแพร่ข่าวดังนี้\n",
            "---------- Forwarded message ----------\n",
            "ฝากข่าวด้วยค่ะ 🙏\n",
            "พี่ๆ สื่อมวลชน ส่งข่าวตามด้านล่างครับ\n",
            "ข่าวประชาสัมพันธ์เพื่อเผยแพร่ทันที\n",
            "ข่าวแจก\n",
        ),
    )
    foot = _pick(
        rng,
        (
            "",
            "\nขอบคุณค่ะ",
            "\nด้วยความนับถือ",
            "\nจึงเรียนมาเพื่อทราบ",
            "\nSent from my iPhone",
            "\nไฟล์แนบ : ภาพข่าว.zip",
            "\n###",
            "\n(จบ)",
        ),
    )
    return title, head + body.rstrip() + foot


def _caption(title: str, body: str, rng: random.Random) -> Release:
    """Captions that say the headline or the first words again, and places for pictures."""
    first = " ".join(_paras(body)[0].split(" ")[:4]) if _paras(body) else title
    lines = _paras(body)
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(0, len(lines) + 1)
        text = _pick(
            rng,
            (
                f"[ภาพประกอบ] {title}",
                "(ดูภาพ)",
                f"คำบรรยายภาพ : {title}",
                f"ภาพที่ 1 {first}",
                "IMG_2041.JPG",
                "image.png",
                f'alt="{title}"',
                "คลิกเพื่อขยายภาพ",
                "อัลบั้มภาพ",
            ),
        )
        lines = [*lines[:at], text, *lines[at:]]
    return title, "\n".join(lines)


def _emoji(title: str, body: str, rng: random.Random) -> Release:
    signs = ("📢", "🔴", "✨", "📌", "🇹🇭", "👉", "💚", "🗞️", "⚡", "➡️", "🌾", "🔹", "‼️")
    style = rng.randrange(3)
    head = "".join(rng.sample(signs, rng.randrange(1, 4)))
    lines = body.split("\n")
    if style:
        lines = [(_pick(rng, signs) + " " if _long(line) and rng.random() < 0.7 else "") + line for line in lines]
    return f"{head} {title}" + (" " + head if style == 2 else ""), "\n".join(lines)


def _prefixed(title: str, body: str, rng: random.Random) -> Release:
    """A slug, a section or an office before the headline."""
    agency = _agency(title, body, rng)
    mark = _pick(
        rng,
        (
            f"{agency} : ",
            f"[{agency}] ",
            "ข่าวประชาสัมพันธ์ – ",
            "PR NEWS | ",
            "ข่าวฝาก ",
            "ด่วน! ",
            "(ชมคลิป) ",
            f"#{agency} ",
            "ข่าวที่ 14/2567 เรื่อง ",
            "สกู๊ปข่าว: ",
            "รอบรั้วราชการ >> ",
        ),
    )
    return mark + title, body


_IN_ENGLISH = (
    ("กระทรวงสาธารณสุข", "Ministry of Public Health"),
    ("กระทรวงคมนาคม", "Ministry of Transport"),
    ("กระทรวงมหาดไทย", "Ministry of Interior"),
    ("กระทรวงการคลัง", "Ministry of Finance"),
    ("กระทรวงพาณิชย์", "Ministry of Commerce"),
    ("กระทรวงแรงงาน", "Ministry of Labour"),
    ("กระทรวงยุติธรรม", "Ministry of Justice"),
    ("กระทรวงศึกษาธิการ", "Ministry of Education"),
    ("กระทรวงวัฒนธรรม", "Ministry of Culture"),
    ("กระทรวงพลังงาน", "Ministry of Energy"),
    ("กระทรวงอุตสาหกรรม", "Ministry of Industry"),
    ("กระทรวงเกษตรและสหกรณ์", "Ministry of Agriculture and Cooperatives"),
    ("กระทรวงการต่างประเทศ", "Ministry of Foreign Affairs"),
    ("กระทรวงกลาโหม", "Ministry of Defence"),
    ("นายกรัฐมนตรี", "Prime Minister"),
    ("คณะรัฐมนตรี", "Cabinet"),
    ("ทำเนียบรัฐบาล", "Government House"),
    ("ประเทศไทย", "Thailand"),
    ("กรุงเทพมหานคร", "Bangkok"),
    ("กรมประมง", "Department of Fisheries"),
    ("กรมทางหลวง", "Department of Highways"),
    ("กรมชลประทาน", "Royal Irrigation Department"),
    ("อธิบดี", "Director-General"),
    ("อาเซียน", "ASEAN"),
    ("ปลัดกระทรวง", "Permanent Secretary"),
    ("โรงพยาบาล", "hospital"),
    ("โครงการ", "project"),
)


def _glossed(title: str, body: str, rng: random.Random) -> Release | None:
    """The English name behind the first mention, or a line of English names under the headline."""
    names = [(thai, english) for thai, english in _IN_ENGLISH if _found(thai, body) and english not in body]
    if not names:
        return None
    if rng.random() < 0.5:
        new = body
        for thai, english in names[:4]:
            hits = _found(thai + r"(?= )", new)
            if hits:
                new = new[: hits[0].end()] + f" ({english})" + new[hits[0].end() :]
        return title, new
    return title, "Keywords: " + ", ".join(english for _, english in names[:5]) + "\n" + body


def _spoken(title: str, body: str, rng: random.Random) -> Release | None:
    """Polite and filling words of somebody who reads it aloud."""
    end = _pick(rng, ("ครับ", "ค่ะ", "นะครับ", "นะคะ"))
    made = _BREAK.sub(lambda m: end + m.group() if rng.random() < 0.8 else m.group(), body)
    lines = [
        line.rstrip() + (end if _long(line) and re.search("[ก-๎]$", line.rstrip()) and rng.random() < 0.7 else "")
        for line in made.split("\n")
    ]
    new = "\n".join(lines)
    return (title, new) if new != body else None


def _cut_at(body: str, rng: random.Random) -> str | None:
    """The beginning of the body with a mark that more follows."""
    lines = _paras(body)
    longer = [i for i, line in enumerate(lines) if _long(line)]
    mark = _pick(
        rng,
        ("อ่านต่อ", "อ่านต่อ...", "[อ่านต่อ]", "คลิกอ่านข่าวฉบับเต็ม", "อ่านเพิ่มเติม >>", "…(มีต่อ)", "ดูรายละเอียดทั้งหมด", "Read more"),
    )
    if len(longer) >= 3:
        stop = longer[rng.randrange(1, len(longer) - 1)]
        kept = "\n".join(lines[: stop + 1])
    else:
        words = body.split(" ")
        if len(words) < 12 or len(body) < 500:
            return None
        kept = " ".join(words[: int(len(words) * (0.4 + 0.35 * rng.random()))]) + _pick(rng, ("", "...", " …"))
    return kept + _pick(rng, ("\n", " ")) + mark


def _cut(title: str, body: str, rng: random.Random) -> Pair | None:
    made = _cut_at(body, rng)
    return ((title, body), (title, made)) if made else None


def _teaser(title: str, body: str, rng: random.Random) -> Pair | None:
    made = _cut_at(body, rng)
    return ((title, made), (title, body)) if made else None


def _clipped(title: str, body: str, rng: random.Random) -> Pair | None:
    """The headline cut by a narrow column; the text lacks nothing but marks at its end."""
    words = word_tokenize(title, engine="newmm", keep_whitespace=True)
    if len(words) < 10:
        return None
    short = "".join(words[: rng.randrange(len(words) // 2, len(words) - 2)]).rstrip() + _pick(
        rng, ("...", "…", " ..", " [...]")
    )
    return (title, body), (short, re.sub(r"\s*[*=_\-]{4,}\s*$", "", body))


_SURFACE: tuple[Change, ...] = (
    _spaced,
    _unseen,
    _digits,
    _am,
    _marks,
    _thai_signs,
    _lookalike,
    _cased,
    _shortened,
    _years,
    _clock,
    _mistyped,
    _signed,
    _contact,
    _shared,
    _framed,
    _on_air,
    _sent,
    _caption,
    _emoji,
    _prefixed,
    _headline_again,
    _lead_on_top,
    _glossed,
    _VERBS,
    _WORDS,
    _titled,
)


def _several(count: int, changes: tuple[Change, ...] = _SURFACE) -> Change:
    def change(title: str, body: str, rng: random.Random) -> Release | None:
        done = 0
        for i in rng.sample(range(len(changes)), len(changes)):
            made = changes[i](title, body, rng)
            if made and made != (title, body):
                title, body = made
                done += 1
            if done == count:
                return title, body
        return None

    return change


_NOISE = (
    _spaced,
    _unseen,
    _digits,
    _marks,
    _signed,
    _contact,
    _shared,
    _framed,
    _sent,
    _emoji,
    _prefixed,
    _headline_again,
    _VERBS,
    _mistyped,
    _shortened,
)
_SMALL: tuple[Edit, ...] = (
    _in_place(_NEGATED, 0.0),
    _in_place(_TURNED, 0.2),
    _in_place(_SCOPE, 0.1),
    _in_place(_OFFICES, 0.8),
    _another_day,
    _another_month,
    _school,
    _hamlet,
    _company,
    _witness,
    _mourned,
    _amount_in_words,
    _hour_in_words,
    _ordinal,
    _ailment,
    _harvest,
    _goods,
    _verdict,
    _cause,
    _spot,
    _progress,
    _terms,
    _gift,
    _ranking,
    _heading,
    _alarm,
    _court,
    _fee,
    _quote,
    _called_off,
    _put_off,
    _amended,
    _rebutted,
    _replaced,
)


def _hidden(title: str, body: str, rng: random.Random) -> Pair | None:
    """A small change of the news among two changes that say nothing."""
    made = _SMALL[rng.randrange(len(_SMALL))](title, body, rng)
    if made is None:
        return None
    noisy = _several(2, _NOISE)(*made[1], rng)
    return (made[0], noisy) if noisy else None


def _added_in_noise(title: str, body: str, rng: random.Random) -> Pair | None:
    """A sentence more among two changes that say nothing."""
    made = _added(_NEWS[rng.randrange(len(_NEWS))])(title, body, rng)
    noisy = _several(2, _NOISE)(*made[1], rng) if made else None
    return (made[0], noisy) if made and noisy else None


def _two_small(title: str, body: str, rng: random.Random) -> Pair | None:
    """Two small changes of the news at once."""
    one, other = rng.sample(range(4), 2)
    first = _SMALL[one](title, body, rng)
    second = _SMALL[other](*first[1], rng) if first else None
    return (first[0], second[1]) if first and second and second[1] != first[0] else None


def _changed(name: str, edit: Edit, stays: Literal["a", "b", "both"] = "both") -> Kind:
    return Kind(name, "keep", stays, edit)


def _same(name: str, change: Change) -> Kind:
    return Kind(name, "go", "both", _again(change), "either")


KINDS: tuple[Kind, ...] = (
    _changed("negation-in-place", _in_place(_NEGATED, 0.0)),
    _changed("verb-turned", _in_place(_TURNED, 0.3)),
    _changed("scope-changed", _in_place(_SCOPE, 0.15)),
    _changed("people-served", _served),
    _changed("office-changed", _in_place(_OFFICES, 0.8)),
    _changed("another-person", _another_person),
    _changed("people-change-places", _places_changed),
    _changed("another-province", _another_province),
    _changed("another-month", _another_month),
    _changed("another-weekday", _another_day),
    _changed("another-school", _school),
    _changed("another-village", _hamlet),
    _changed("another-company", _company),
    _changed("another-named-person", _witness),
    _changed("another-fallen", _mourned),
    _changed("number-in-words", _amount_in_words),
    _changed("hour-in-words", _hour_in_words),
    _changed("ordinal-in-words", _ordinal),
    _changed("another-disease", _ailment),
    _changed("another-crop", _harvest),
    _changed("another-product", _goods),
    _changed("verdict", _verdict),
    _changed("cause", _cause),
    _changed("place-in-words", _spot),
    _changed("progress", _progress),
    _changed("condition", _terms),
    _changed("giver-and-receiver", _gift),
    _changed("order-of-two-places", _ranking),
    _changed("direction", _heading),
    _changed("alarm-level", _alarm),
    _changed("court", _court),
    _changed("fee", _fee),
    _changed("english-noun", _english),
    _changed("english-verb", _english_turned),
    _changed("quoted-view", _quote),
    _changed("opposite-proposal", _reversed_opinion),
    _changed("sentence-replaced", _replaced),
    _changed("each-its-own", _each_its_own),
    _changed("note-called-off", _called_off),
    _changed("note-put-off", _put_off),
    _changed("note-amended", _amended),
    _changed("note-rebutted", _rebutted),
    _changed("note-superseded", _superseded),
    _changed("headline-only", _headline_only),
    _changed("two-small-changes", _two_small),
    _changed("change-in-noise", _hidden),
    _changed("added-evacuation", _added(_FLEE), "b"),
    _changed("added-warning", _added(_BEWARE), "b"),
    _changed("added-result", _added(_OUTCOME, "end"), "b"),
    _changed("added-deadline", _added(_LIMIT, "middle"), "b"),
    _changed("added-help-for-victims", _added(_HOTLINE, "end"), "b"),
    _changed("added-apology", _added(_SORRY), "b"),
    _changed("added-penalty", _added(_SANCTION, "middle"), "b"),
    _changed("added-casualty", _added(_TOLL), "b"),
    _changed("added-plan", _added(_MEETS, "start"), "b"),
    _changed("added-in-noise", _added_in_noise, "b"),
    _changed("earlier-has-more", _taken_out, "a"),
    _changed("paragraph-left-out", _paragraph_left_out, "a"),
    _same("white-space", _spaced),
    _same("unseen-signs", _unseen),
    _same("digits", _digits),
    _same("sara-am-and-mark-order", _am),
    _same("quotes-and-dashes", _marks),
    _same("thai-signs", _thai_signs),
    _same("lookalikes", _lookalike),
    _same("latin-case", _cased),
    _same("pdf-lines", _wrapped),
    _same("abbreviations", _shortened),
    _same("year-style", _years),
    _same("clock-style", _clock),
    _same("numbers-spelt", _counted),
    _same("honorifics", _titled),
    _same("reporting-verbs", _VERBS),
    _same("connectives", _WORDS),
    _same("slips", _mistyped),
    _same("list-marks", _bulleted),
    _same("paragraphs-moved", _moved),
    _same("pasted-twice", _twice),
    _same("paragraph-twice", _paragraph_twice),
    _same("headline-again", _headline_again),
    _same("lead-on-top", _lead_on_top),
    _same("key-points", _key_points),
    _same("signed", _signed),
    _same("press-contact", _contact),
    _same("shared", _shared),
    _same("page-frame", _framed),
    _same("radio-script", _on_air),
    _same("mail", _sent),
    _same("captions", _caption),
    _same("emoji", _emoji),
    _same("headline-prefix", _prefixed),
    _same("english-gloss", _glossed),
    _same("spoken", _spoken),
    _same("two-at-once", _several(2)),
    _same("three-at-once", _several(3)),
    Kind("cut-with-more-mark", "go", "a", _cut, "b"),
    Kind("teaser-first", "go", "b", _teaser, "a"),
    Kind("headline-clipped", "go", "a", _clipped, "b"),
)
