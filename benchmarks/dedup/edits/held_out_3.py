"""Third held-out set of edits over Thai government press releases.

Written by somebody who had read neither the comparing code nor the kinds of the other sets, from what releases look
like when ministries, newsrooms, archives and feeds put them out again.

Every kind takes a release (title, body) and a seeded generator and gives two versions of it.  In a must-keep kind each
of the two tells something that the other does not, or one of them adds news to the other; in a must-go kind one says
all that the other says.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import Literal

from pythainlp.corpus import provinces, thai_words
from pythainlp.tokenize import word_tokenize

Text = tuple[str, str]
Edit = Callable[[str, str, Random], tuple[Text, Text] | None]
Rewrite = Callable[[str, str, Random], Text | None]
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


# ---------------------------------------------------------------- reading a release

_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_LETTER = re.compile(r"[ก-๛A-Za-z]")
_THAI = re.compile(r"[ก-๛]")
_ITEM = re.compile(r"^\s*(?:\(?[\d๐-๙]{1,2}[.)]\)?|[-•*–●▪])\s*(?=[ก-๛A-Za-z“\"])")
_OPENS_LIST = re.compile(
    r"(?:ดังนี้|ได้แก่|ประกอบด้วย|ต่อไปนี้|คือ|อาทิ|เช่น|ว่า|และ|หรือ|ของ|ที่|ทั้งนี้|ถึง|โดย|ซึ่ง|เพื่อ|กับ|จาก|การ|[:,“‘(])\s*$"
)
_CONNECTIVES = r"(?:ทั้งนี้|นอกจากนี้|อย่างไรก็ตาม|อย่างไรก็ดี|พร้อมกันนี้|ขณะเดียวกัน|ในขณะเดียวกัน|นอกจากนั้น|อนึ่ง|ในการนี้|จากนั้น)"
_MONTHS = (
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
)
_MONTH_NUMBER = {form: number for number, forms in enumerate(_MONTHS, 1) for form in forms}
_MONTH = "(?:" + "|".join(re.escape(form) for form in _MONTH_NUMBER) + ")"
_DATE = rf"\d{{1,2}} ?{_MONTH} ?(?:พ\.ศ\. ?)?(?:25)?\d\d(?!\d)"
_PROVINCES = tuple(sorted({p for p in provinces() if isinstance(p, str) and p != "กรุงเทพมหานคร"}))
_ANY_PROVINCE = "|".join(sorted(_PROVINCES, key=lambda p: (-len(p), p)))
_WORDS = frozenset(thai_words())


def _paras(body: str) -> list[str]:
    return [para for para in body.split("\n") if para.strip()]


def _letters(text: str) -> int:
    return len(_LETTER.findall(text))


def _is_content(para: str) -> bool:
    return len(_THAI.findall(para)) >= 70


def _is_release(body: str) -> bool:
    return len(_THAI.findall(body)) >= 200 and len(_THAI.findall(body)) > 0.6 * _letters(body)


def _arabic(text: str) -> str:
    """The same text, character for character, with its Thai digits in Arabic script."""
    return text.translate(_TO_ARABIC)


def _as_written(figure: str, model: str) -> str:
    """A figure in the script of digits of the model."""
    return figure.translate(_TO_THAI) if re.search("[๐-๙]", model) else figure


def _swap_everywhere(text: Text, old: str, new: str) -> Text:
    """Put one figure for another wherever it stands alone, in title and body."""
    alone = re.compile(rf"(?<![\d๐-๙.,]){re.escape(old)}(?![\d๐-๙]|[.,][\d๐-๙])")
    return alone.sub(new, text[0]), alone.sub(new, text[1])


def _splice(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def _pair(title: str, body: str, new: str | None) -> tuple[Text, Text] | None:
    return None if new is None or new == body else ((title, body), (title, new))


_COUNTERS = (
    "ราย|คน|แห่ง|ล้านบาท|บาท|ไร่|ครัวเรือน|หลัง|โครงการ|ตัน|กิโลกรัม|กิโลเมตร|เมตร|หน่วยงาน|หมู่บ้าน|ตำบล|อำเภอ|จังหวัด|"
    "ชุด|คัน|ตัว|เครื่อง|ครั้ง|เรื่อง|คดี|โดส|เตียง|บริษัท|ประเทศ|กลุ่ม|ชุมชน|สายทาง|สาขา|โรงเรียน|ลูกบาศก์เมตร|รายการ|"
    "แปลง|ทุน|รูป|ลำ|ฉบับ|เล่ม|ต้น|ถุง|กล่อง|ชิ้น|ล้านคน|ล้านไร่|ล้านโดส|ล้านตัน|เปอร์เซ็นต์|%|ด้าน|หลักสูตร|มื้อ|วัน|ชั่วโมง"
)
_COUNTED = re.compile(rf"(?<![\d.,/:–\-])(\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)(?= ?({_COUNTERS}))")


def _figures(body: str) -> list[re.Match[str]]:
    return [m for m in _COUNTED.finditer(_arabic(body)) if (m[1], m[2]) != ("24", "ชั่วโมง")]


def _group(number: int, model: str) -> str:
    """An integer with commas where the model has them, or where it is long enough to want them."""
    return f"{number:,}" if "," in model or number >= 10000 else str(number)


_TITLES = (
    "นายแพทย์|แพทย์หญิง|นางสาว|น\\.ส\\.|พลตำรวจเอก|พลตำรวจโท|พลตำรวจตรี|พลเอก|พลโท|พลตรี|พล\\.ต\\.อ\\.|พล\\.ต\\.ท\\.|พล\\.ต\\.ต\\.|"
    "พล\\.อ\\.|พล\\.ท\\.|พล\\.ต\\.|พันเอก|พันตำรวจเอก|พ\\.ต\\.อ\\.|พ\\.ต\\.ท\\.|ร้อยเอก|ร\\.อ\\.|ดร\\.|นพ\\.|ศาสตราจารย์|คุณหญิง|หม่อมราชวงศ์|นาย|นาง"
)
_NO_NAME = (
    r"(?!กรัฐ|กฯ|กสมาคม|กเทศ|กองค์|กอบ|กเหล่า|ก\b|อำเภอ|จ้าง|ทะเบียน|ทหาร|ตำรวจ|ช่าง|หน้า|ทุน|สถานี|ด่าน|ประกัน|ทราบ|"
    r"แพทย์|แบบ|งาน|ได้)"
)
_POSITIONS = "รัฐมนตรี|ปลัด|อธิบดี|ผู้|ประธาน|เลขา|กรรมการ|รอง|นายก|ที่ปรึกษา|โฆษก|หัวหน้า|แม่ทัพ|คณบดี|อธิการ|เอกอัคร|กงสุล"
_NAME = re.compile(
    rf"(?<![ก-๛])({_TITLES}) ?{_NO_NAME}([ก-์]{{2,14}})[ \xa0]+"
    rf"(?!{_POSITIONS}|กล่าว|เปิดเผย|ระบุ|พร้อม|และ|ได้|เป็น|ใน|ที่|จึง|ยัง|ลง|มี|เดิน|ร่วม|เข้า|ให้|ณ )"
    rf"(?![ก-์]*(?:{_POSITIONS}))([ก-์]{{3,18}})(?=[\s,)]|$)"
)


# ---------------------------------------------------------------- made-up names and values

_ROOTS = (
    "หนองสิม",
    "ห้วยตะกั่ว",
    "โคกสะแก",
    "ดอนมะขาม",
    "คลองตาพุก",
    "โนนกระเบา",
    "วังปลากด",
    "ทุ่งลานช้าง",
    "บึงพะเนียด",
    "ท่าตะเคียน",
)
_GIVEN_MEN = ("ภูวเดช", "สรวิชญ์", "ธีรนันท์", "ชนกานต์", "เอกราช")
_GIVEN_WOMEN = ("กมลชนก", "อัญชิสา", "ปวริศา", "นพเก้า", "ทัดดาว")
_FAMILY = ("พฤกษาเรือง", "ทิพย์ธารา", "วังสมบูรณ์", "ศิลารักษ์", "แสงนภา", "เรือนคำ", "มณีโชติ", "คงสมุทร", "ธารไพร", "ลือสายวงศ์")
_FIRMS = ("สยามรุ่งทวีการโยธา", "เอกชลวิศวกรรม", "ไทยพัฒน์ธารา", "บูรพาโลหะการ", "พนมไพรก่อสร้าง", "ทวีโชคเทเลคอม")


def _given(chance: Random) -> str:
    if chance.random() < 0.5:
        return f"นาย{chance.choice(_GIVEN_MEN)}"
    return chance.choice(("นางสาว", "นาง")) + chance.choice(_GIVEN_WOMEN)


def _person(chance: Random) -> str:
    return f"{_given(chance)} {chance.choice(_FAMILY)}"


def _village(chance: Random) -> str:
    return "บ้าน" + chance.choice(_ROOTS)


def _two(chance: Random, pool: Sequence[str]) -> tuple[str, str]:
    first, second = chance.sample(list(pool), 2)
    return first, second


def _hosts(body: str) -> list[int]:
    """Lines of the body that a further sentence can follow."""
    lines = body.split("\n")
    return [
        n
        for n, line in enumerate(lines)
        if _is_content(line)
        and not _ITEM.match(line)
        and not _OPENS_LIST.search(line)
        and line.count("“") == line.count("”")
        and line.count('"') % 2 == 0
        and not re.search(r"ขอบคุณ(?:ครับ|ค่ะ)?\s*$", line)
    ]


def _add(body: str, sentence: str, at: int, inline: bool) -> str:
    lines = body.split("\n")
    if inline or re.match("ซึ่ง|โดย|หลัง|พร้อม|ทั้งนี้ เว้น", sentence):
        lines[at] = f"{lines[at].rstrip()} {sentence}"
    else:
        lines.insert(at + 1, sentence)
    return "\n".join(lines)


def _one_adds(make: Callable[[Random], str]) -> Edit:
    """The second version has one sentence more."""

    def edit(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
        hosts = _hosts(body)
        if not hosts or not _is_release(body):
            return None
        return (title, body), (title, _add(body, make(chance), chance.choice(hosts), chance.random() < 0.7))

    return edit


def _each_adds(make: Callable[[Random], tuple[str, str]]) -> Edit:
    """Each version has a sentence that contradicts the one of the other, in the same place."""

    def edit(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
        hosts = _hosts(body)
        if not hosts or not _is_release(body):
            return None
        first, second = make(chance)
        at, inline = chance.choice(hosts), chance.random() < 0.7
        return (title, _add(body, first, at, inline)), (title, _add(body, second, at, inline))

    return edit


# ---------------------------------------------------------------- must keep: what is there, changed


def _other_figure(figure: str, chance: Random) -> str | None:
    """The figure with two neighbouring digits the other way round."""
    spots = [
        (i, j)
        for i in range(len(figure))
        for j in range(i + 1, min(i + 3, len(figure)))
        if figure[i].isdigit() and figure[j].isdigit() and figure[i] != figure[j] and not (i == 0 and figure[j] == "0")
        if j == i + 1 or not figure[i + 1].isdigit()
    ]
    if not spots:
        return None
    i, j = chance.choice(spots)
    return figure[:i] + figure[j] + figure[i + 1 : j] + figure[i] + figure[j + 1 :]


def _transposed_digits(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
    found = [m for m in _figures(body) if len(m[1]) > 1]
    chance.shuffle(found)
    for match in found:
        old = body[match.start(1) : match.end(1)]
        new = _other_figure(match[1], chance)
        if new is not None:
            changed = _swap_everywhere((title, body), old, _as_written(new, old))
            if changed[1] != body:
                return (title, body), changed
    return None


def _ten_times(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
    found = [m for m in _figures(body) if "." not in m[1] and int(m[1].replace(",", "")) >= 10]
    if not found:
        return None
    match = chance.choice(found)
    old = body[match.start(1) : match.end(1)]
    number = int(match[1].replace(",", ""))
    less = number % 10 == 0 and number >= 100 and chance.random() < 0.5
    new = _group(number // 10 if less else number * 10, match[1])
    changed = _swap_everywhere((title, body), old, _as_written(new, old))
    return ((title, body), changed) if changed[1] != body else None


def _figures_trade_places(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
    found = [m for m in _figures(body) if not re.search(r"(?:รวม|ทั้งสิ้น|ทั้งหมด|เป็น)\s*$", body[: m.start()])]
    pairs = [
        (one, two)
        for n, one in enumerate(found)
        for two in found[n + 1 : n + 4]
        if one[2] == two[2] and one[1] != two[1]
        if 12 < two.start() - one.end() < 200 and "\n" not in body[one.end() : two.start()]
    ]
    if not pairs:
        return None
    one, two = chance.choice(pairs)
    first, second = body[one.start(1) : one.end(1)], body[two.start(1) : two.end(1)]
    new = _splice(_splice(body, two.start(1), two.end(1), first), one.start(1), one.end(1), second)
    return _pair(title, body, new)


def _names_trade_places(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
    names = [m for m in _NAME.finditer(body) if (title + body).count(m[2]) == 1]
    pairs = [
        (one, two)
        for one, two in pairwise(names)
        if re.search(_POSITIONS, body[one.end() : two.start()])
        and two.start() - one.end() < 250
        and re.match(rf"\s*(?:{_POSITIONS})", body[two.end() :])
    ]
    if not pairs:
        return None
    one, two = chance.choice(pairs)
    return _pair(title, body, _splice(_splice(body, *two.span(), one[0]), *one.span(), two[0]))


_SAYS = r"(?:กล่าว|เปิดเผย|ระบุ|ชี้แจง|เผย|ย้ำ)"


def _words_of_another(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
    people = {m[2]: m[1] + m[2] for m in _NAME.finditer(body)}
    spoken = [
        (m, other)
        for given in people
        for m in re.finditer(rf"(?:{_TITLES}) ?{given}(?=[ \xa0]{{1,2}}(?:ยัง|ได้)?{_SAYS})", body)
        for key, other in people.items()
        if key != given and other not in m[0]
    ]
    if not spoken:
        return None
    match, other = chance.choice(spoken)
    return _pair(title, body, _splice(body, *match.span(), other))


_RANKED = r"อธิบดี|ปลัดกระทรวง|ผู้ว่าราชการจังหวัด|เลขาธิการ|ผู้อำนวยการ|โฆษก|ผู้บัญชาการ|ประธาน|ผู้จัดการ|ผู้ว่าการ|นายแพทย์สาธารณสุขจังหวัด"


def _rank_of_person(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
    found: list[tuple[int, int, str]] = []
    for name in _NAME.finditer(body):
        after = body[name.end() :]
        if match := re.match(rf"[ \xa0]+(รอง)?(?={_RANKED})", after):
            found.append((name.end(), name.end() + match.end(), " " if match[1] else " รอง"))
        elif match := re.match(r"[ \xa0]+รัฐมนตรี(ช่วย)?ว่าการ", after):
            new = " รัฐมนตรีว่าการ" if match[1] else " รัฐมนตรีช่วยว่าการ"
            found.append((name.end(), name.end() + match.end(), new))
    if not found:
        return None
    start, end, new = chance.choice(found)
    changed = _splice(body, start, end, new)
    if "รัฐมนตรี" not in new:
        return _pair(title, body, changed)
    short = ("รมว.", "รมช.") if "ช่วย" in new else ("รมช.", "รมว.")
    return (title, body), (title.replace(*short), changed.replace(*short))


_SERIES = re.compile(r"((?:ครั้ง|รุ่น|ระยะ|งวด|รอบ|ฉบับ|เฟส|เข็ม|ไตรมาส|สมัย|หมู่|เขตสุขภาพ)ที่ ?|ไตรมาส ?)(\d{1,2})(?![\d,.])")
_FISCAL = re.compile(r"((?:ประจำปีงบประมาณ|ปีงบประมาณ|ประจำปี|ปีการศึกษา|ปีการผลิต)(?: ?พ\.ศ\.)? ?)(25\d\d)(?![\d,./])")


def _next_of_series(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
    plain = _arabic(body)
    whole = _arabic(title + "\n" + body)
    used_by = {m[1].strip(): set[int]() for m in (*_SERIES.finditer(plain), *_FISCAL.finditer(plain))}
    for head, used in used_by.items():
        used.update(int(n) for n in re.findall(rf"{re.escape(head)} ?(\d+)", whole))
    found = [m for form in (_SERIES, _FISCAL) for m in form.finditer(plain) if len(used_by[m[1].strip()]) == 1]
    found = [m for m in found if not re.search(r"\) ?$", plain[: m.start()])]
    if not found:
        return None
    match = chance.choice(found[:3])
    head, number = match[1].strip(), int(match[2])
    used = used_by[head]
    ceiling = 4 if "ไตรมาส" in head else 9999
    new = next((n for n in range(number + 1, number + 9) if n not in used), number + 9)
    if new > ceiling:
        new = next((n for n in range(1, 5) if n not in used), 0)
    if new == 0:
        return None
    old = body[match.start(2) : match.end(2)]
    this = re.compile(rf"({re.escape(head)} ?){re.escape(old)}(?![\d๐-๙,.])")
    put = rf"\g<1>{_as_written(str(new), old)}"
    changed = this.sub(put, title), this.sub(put, body)
    return ((title, body), changed) if changed[1] != body else None


_RANGE_END = re.compile(
    rf"(?:(?<![\d/.–\-])\d{{1,2}} ?[-–] ?|(?:ภายในวันที่|จนถึงวันที่|ถึงวันที่|จนถึง|ก่อนวันที่) ?)(\d{{1,2}})"
    rf"(?= ?(?:{_MONTH}|ปี|เดือน|คน|เมตร|องศา|เซนติเมตร|กิโลเมตร|วัน|ชั่วโมง|ล้าน|ราย|แห่ง|%))"
)
_FROM_AGE = re.compile(r"(?:อายุ(?:ตั้งแต่)? ?|ตั้งแต่อายุ ?|ตั้งแต่วันที่ ?|อายุต่ำกว่า ?|อายุเกิน ?|อายุไม่เกิน ?)(\d{1,2})(?![\d,.])")


def _limit_moved(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
    plain = _arabic(body)
    found = [m for m in (*_RANGE_END.finditer(plain), *_FROM_AGE.finditer(plain)) if 2 <= int(m[1]) <= 80]
    if not found:
        return None
    match = chance.choice(found)
    old, number = body[match.start(1) : match.end(1)], int(match[1])
    day = re.match(rf" ?{_MONTH}", plain[match.end(1) :]) is not None or "วันที่" in match[0]
    new = number + chance.choice((1, 2, 3, 5)) if not day or number <= 23 else number - chance.choice((1, 2, 3))
    phrase = body[match.start() : match.start(1)]
    this = re.compile(re.escape(phrase + old) + r"(?![\d๐-๙])")
    put = phrase + _as_written(str(new), old)
    return (title, body), (this.sub(lambda _: put, title), this.sub(lambda _: put, body))


_EDGE = r"(?=[\s,)”\"]|$)"
_MEASURES: tuple[tuple[str, str], ...] = (
    (r"ต่อปี", "ต่อเดือน"),
    (r"ต่อเดือน", "ต่อปี"),
    (r"ต่อวัน", "ต่อสัปดาห์"),
    (rf"(?<=\d )ล้านบาท{_EDGE}", "ล้านดอลลาร์สหรัฐ"),
    (rf"(?<!24 )(?<=\d )ชั่วโมง{_EDGE}", "วัน"),
    (rf"(?<=\d )เดือน{_EDGE}", "ปี"),
    (rf"(?<=เวลา \d )ปี{_EDGE}", "เดือน"),
    (rf"(?<=\d )สัปดาห์{_EDGE}", "เดือน"),
    (rf"(?<=\d )กิโลกรัม{_EDGE}", "ตัน"),
    (rf"(?<=\d )ตัน{_EDGE}", "กิโลกรัม"),
    (rf"(?<=\d )เซนติเมตร{_EDGE}", "เมตร"),
    (rf"(?<=\d )ไร่{_EDGE}", "ตารางวา"),
    (rf"(?<=\d )ครัวเรือน{_EDGE}", "ราย"),
    (rf"(?<=\d )จังหวัด{_EDGE}", "อำเภอ"),
    (rf"(?<=\d )หมู่บ้าน{_EDGE}", "ตำบล"),
    (r"ช่วงเดียวกัน(?:ของ|กับ)?ปี(?:ก่อน|ที่แล้ว|ที่ผ่านมา)", "เดือนก่อนหน้า"),
    (r"(?<=\d) ?คน/วัน", " คน/เดือน"),
)


def _measure_changed(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
    fits = [(old, new) for old, new in _MEASURES if re.search(old, body)]
    if not fits:
        return None
    old, new = chance.choice(fits)
    match = chance.choice(list(re.finditer(old, body)))
    return _pair(title, body, _splice(body, *match.span(), new))


_OPPOSITES = (
    ("เปิดให้บริการ", "ปิดให้บริการ"),
    ("เปิดรับสมัคร", "ปิดรับสมัคร"),
    ("เปิดรับลงทะเบียน", "ปิดรับลงทะเบียน"),
    ("เปิดการจราจร", "ปิดการจราจร"),
    ("เปิดดำเนินการ", "ปิดดำเนินการ"),
    ("การส่งออก", "การนำเข้า"),
    ("การนำเข้า", "การส่งออก"),
    ("ตอนบน", "ตอนล่าง"),
    ("ตอนล่าง", "ตอนบน"),
    ("เกินดุล", "ขาดดุล"),
    ("ตลาดต่างประเทศ", "ตลาดในประเทศ"),
    ("จากต่างประเทศ", "จากในประเทศ"),
    ("มากกว่า ", "น้อยกว่า "),
    ("สูงกว่า", "ต่ำกว่า"),
    ("ต่ำกว่า", "สูงกว่า"),
    ("ขาเข้า", "ขาออก"),
    ("เร็วกว่า", "ช้ากว่า"),
    ("ระยะสั้น", "ระยะยาว"),
    ("เพิ่มขึ้น", "ลดลง"),
    ("ลดลง", "เพิ่มขึ้น"),
    ("ขยายเวลา", "ลดเวลา"),
    ("ขยายตัว", "หดตัว"),
    ("แข็งค่า", "อ่อนค่า"),
    ("ภาครัฐ", "ภาคเอกชน"),
    ("ภาคเอกชน", "ภาครัฐ"),
    ("ภาคใต้", "ภาคเหนือ"),
    ("ภาคเหนือ", "ภาคใต้"),
    ("ผู้สูงอายุ", "วัยรุ่น"),
    ("ช่วงเช้า", "ช่วงบ่าย"),
    ("ต้นปี", "ปลายปี"),
    ("ปลายปี", "ต้นปี"),
    ("ล่วงหน้า", "ย้อนหลัง"),
    ("ปีที่แล้ว", "สองปีก่อน"),
)


def _opposite_side(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
    lines = body.split("\n")
    fits = [
        (n, old, new)
        for n, line in enumerate(lines)
        for old, new in _OPPOSITES
        if line.count(old.removeprefix("การ").strip()) == 1 and new.strip() not in line
        if not re.search(rf"(?:ไม่|และ|หรือ|อย่าง){old}|{old} ?(?:และ|หรือ|ของ|ปี)|{old}[^\n]{{0,25}}ขึ้นไป", line)
        if not re.search(rf"{old}[ก-๛]*ไปยัง", line)
    ]
    if not fits:
        return None
    n, old, new = chance.choice(fits)
    lines[n] = lines[n].replace(old, new)
    return _pair(title, body, "\n".join(lines))


def _one_of(rules: Sequence[tuple[str, str]]) -> Edit:
    """One place where one of the rules fits is changed."""

    def edit(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
        found = [(m.span(), m.expand(new)) for old, new in rules for m in re.finditer(old, body)]
        if not found:
            return None
        (start, end), new = chance.choice(found)
        return _pair(title, body, _splice(body, start, end, new))

    return edit


_SOFTENED = (
    (r"จะต้อง(?!การ)", "อาจ"),
    (r"(?<!จะ)(?<!ไม่)(?<!ความ)(?<!ยัง)(?<!ว่า)ต้อง(?=ได้รับ|ปฏิบัติ|ลงทะเบียน|ยื่น|แจ้ง|มี|ผ่าน|ดำเนินการ|เร่ง|ทำ|ใช้)", "ควร"),
    (r"ห้าม(?=[ก-๛])(?!เลือด|ปราม)", "ขอความร่วมมืองด"),
    (r"สั่งการให้", "ขอความร่วมมือให้"),
    (r"กำชับให้", "ขอความร่วมมือให้"),
    (r"กำหนดให้(?=ทุก|หน่วย|ผู้|มี)", "เสนอให้"),
    (r"จะดำเนินการ", "อาจพิจารณาดำเนินการ"),
    (r"พร้อมให้(?=การสนับสนุน|ความช่วยเหลือ|ความร่วมมือ)", "ยังไม่รับปากให้"),
)
_LIMITED = (
    (r"ทุก(?=จังหวัด|พื้นที่|แห่ง|ราย|หน่วยงาน|ชนิด|ประเภท|เขต|สาขา|ตำบล|อำเภอ|หมู่บ้าน|กลุ่ม|โรงเรียน|ครัวเรือน|ชุมชน)", "บาง"),
    (rf"(?<!\d จังหวัด)(?<!\d)(?<=[ก-๛])ทั่วประเทศ{_EDGE}", "เฉพาะในพื้นที่นำร่อง"),
    (rf"(?<=[ก-๛])ทั้งหมด{_EDGE}(?! ?[\d๐-๙จ])", "บางส่วน"),
    (r"ประชาชนทั่วไป", "สมาชิกสหกรณ์"),
    (r"ทุกเพศทุกวัย", "ที่มีอายุไม่เกิน 35 ปี"),
    (r"ผู้ประกอบการ(?= )", "ผู้ประกอบการรายใหม่"),
    (r"เกษตรกร(?= )", "เกษตรกรที่ถือครองที่ดินไม่เกิน 15 ไร่"),
    (r"นักเรียน(?= )", "นักเรียนชั้นมัธยมศึกษาตอนปลาย"),
    (r"ข้าราชการ(?= )", "ข้าราชการระดับผู้อำนวยการขึ้นไป"),
)
_IN_PRINCIPLE = (
    (r"(?:มีมติ)?(?<!การ)(?<!ความ)(?<!ไม่)เห็นชอบ(?!ใน|ร่วม|กับ)", "เห็นชอบในหลักการ"),
    (r"(?<!การ)(?<!ผู้)(?<!ไม่)(?<!รับ)อนุมัติ(?!ใน|หลัก)", "อนุมัติในหลักการ"),
    (r"มีมติ(?!ใน|เป็น|เอก|เสียง|เห็น)", "มีมติเสียงข้างมาก"),
    (r"ลงนาม(?=ใน|บันทึก)", "ยืนยันว่าจะลงนาม"),
    (r"(?<=[ก-๛] )มอบเงิน", "รับปากจะมอบเงิน"),
    (r"(?<!จะ)(?<!เตรียม)เปิดตัว(?!แทน)", "เลื่อนการเปิดตัว"),
    (r"เร่งรัดให้", "ชะลอให้"),
    (r"ได้ข้อสรุป", "ยังไม่ได้ข้อสรุป"),
)
_DENIED = (
    (r"(?<!ไม่)เป็นไปตาม(?=แผน|เป้าหมาย|กำหนด)", "ไม่เป็นไปตาม"),
    (r"(?<!ไม่)(?<!ให้)(?<!อย่าง)(?<!พอ)เพียงพอ(?!เพียง|แล้ว)", "ไม่เพียงพอ"),
    (r"(?<=[ก-๛] )ได้รับผลกระทบ", "ไม่ได้รับผลกระทบ"),
    (r"(?<!ไม่)(?<!ให้)(?<!จะ)มีความพร้อม", "ยังไม่มีความพร้อม"),
    (r"(?<=[ก-๛] )ได้ดำเนินการ", "ยังไม่ได้ดำเนินการ"),
    (r"(?<!ไม่)(?<!การ)(?<!ที่)พบผู้", "ไม่พบผู้"),
    (r"(?<=\s)(ประชาชน|ผู้สนใจ|เกษตรกร|ผู้ประกอบการ|นักเรียน|ลูกจ้าง|นายจ้าง|ผู้ป่วย|ปัจจุบัน)สามารถ", r"\1ไม่สามารถ"),
    (r"(?<=[ก-๛] )มีนโยบาย", "ไม่มีนโยบาย"),
    (r"(?<=[ก-๛] )มีแผน", "ไม่มีแผน"),
    (r"(?<=[ก-๛] )จะมีการ", "จะไม่มีการ"),
    (r"(?<=[ก-๛] )ได้มีการ", "ยังไม่ได้มีการ"),
    (r"(?<=[ก-๛] )ให้ความสำคัญกับ", "ไม่ได้ให้ความสำคัญกับ"),
    (r"(?<!ไม่)(?<!ให้)(?<!ความ)(?<!เชื่อ)มั่นใจว่า", "ไม่มั่นใจว่า"),
    (r"(?<!จะ)ส่งผลให้", "ไม่ได้ส่งผลให้"),
    (r"(?<!ไม่)มีแนวโน้ม", "ไม่มีแนวโน้ม"),
    (r"(?<!แม้)(?<!ที่)จะได้รับ", "จะไม่ได้รับ"),
    (r"(?<=[ก-๛] )ได้รับ(?=รางวัล|คัดเลือก|การคัดเลือก|อนุมัติ|การอนุมัติ|การรับรอง|ความร่วมมือ)", "ไม่ได้รับ"),
    (r"(?<=[ก-๛] )มีการ(?=จัด|ตรวจ|ติดตาม|แจ้ง|กำหนด|เตรียม)", "ไม่มีการ"),
)


def _next_bulletin(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
    """Every figure of one paragraph moves, as in the bulletin of the next day."""
    whole = [
        m
        for m in _figures(body)
        if "." not in m[1]
        and m[2]
        not in ("จังหวัด", "ประเทศ", "ด้าน", "หลักสูตร", "วัน", "ชั่วโมง", "มื้อ", "เมตร", "กิโลเมตร", "อำเภอ", "%", "กลุ่ม")
        and not body[: m.start()].rstrip().endswith("ทั้ง")
        and not re.match(r" ?[ก-์]+ ?(?:ได้แก่|ประกอบ|คือ|ดังนี้|[\n:(])", body[m.end(1) :])
    ]
    lines: dict[int, list[re.Match[str]]] = {}
    for match in whole:
        lines.setdefault(body.count("\n", 0, match.start()), []).append(match)
    full = [matches for matches in lines.values() if len(matches) >= 2]
    if not full:
        return None
    new = body
    for match in reversed(chance.choice(full)):
        old = body[match.start(1) : match.end(1)]
        number = int(match[1].replace(",", ""))
        more = number + max(1, number * chance.randint(3, 12) // 100)
        new = _splice(new, match.start(1), match.end(1), _as_written(_group(more, match[1]), old))
    return _pair(title, body, new)


def _other_hour(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
    found = list(re.finditer(r"(?<![\d.])([01]?\d)([.:])([0-5]\d)(?= ?น\.)", _arabic(body)))
    if not found:
        return None
    match = chance.choice(found)
    old = body[match.start() : match.end()]
    minutes = int(match[1]) * 60 + int(match[3]) + chance.choice((30, 60, 90, 150))
    new = _as_written(f"{minutes // 60:02d}{match[2]}{minutes % 60:02d}", old)
    return (title, body), (title.replace(old, new), body.replace(old, new))


def _other_province(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
    found = sorted({m[1] for m in re.finditer(rf"(?:จังหวัด|จ\.) ?({_ANY_PROVINCE})", body)})
    found = [p for p in found if not re.search(rf"(?:อำเภอ|อ\.)[ก-๛ ]{{2,40}}{p}", body)] or found
    if not found:
        return None
    old = chance.choice(found)
    new = chance.choice([p for p in _PROVINCES if p not in title + body])
    return (title, body), (title.replace(old, new), body.replace(old, new))


def _thai_digits(title: str, body: str, _: Random) -> Text | None:
    """Digits in Thai script, but for addresses and telephone numbers."""
    if len(re.findall(r"\d", body)) < 3:
        return None

    def thai(text: str) -> str:
        return re.sub(r"https?://\S+|www\.\S+|\S*@\S+|[A-Za-z]\S*|\d+", _thai_match, text)

    return thai(title), thai(body)


def _thai_match(match: re.Match[str]) -> str:
    return match[0].translate(_TO_THAI) if match[0].isdigit() else match[0]


def _moved(body: str, chance: Random) -> str | None:
    """The body with two of its inner paragraphs the other way round."""
    paras = _paras(body)
    inner = [n for n, para in enumerate(paras) if n and _is_content(para) and not _ITEM.match(para)]
    inner = [n for n in inner if not _OPENS_LIST.search(paras[n]) and not _OPENS_LIST.search(paras[n - 1])]
    if len(inner) < 2:
        return None
    one, two = chance.sample(inner, 2)
    paras[one], paras[two] = paras[two], paras[one]
    return "\n".join(paras)


def _changed_under_a_cover(cover: Rewrite) -> Edit:
    """One figure changes while the look of the whole changes too."""

    def edit(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
        changed = _transposed_digits(title, body, chance)
        if changed is None:
            return None
        covered = cover(*changed[1], chance)
        return None if covered is None else ((title, body), covered)

    return edit


def _move(title: str, body: str, chance: Random) -> Text | None:
    moved = _moved(body, chance)
    return None if moved is None else (title, moved)


# ---------------------------------------------------------------- must keep: what is new

_NEAR_AGENCIES = (
    ("กรมที่ดิน", "กรมพัฒนาที่ดิน"),
    ("กรมการค้าภายใน", "กรมการค้าต่างประเทศ"),
    ("กรมทรัพยากรน้ำ", "กรมทรัพยากรน้ำบาดาล"),
    ("กรมทางหลวง", "กรมทางหลวงชนบท"),
    ("กรมวิชาการเกษตร", "กรมส่งเสริมการเกษตร"),
    ("กรมเจ้าท่า", "กรมท่าอากาศยาน"),
    ("กรมการแพทย์", "กรมการแพทย์แผนไทยและการแพทย์ทางเลือก"),
    ("กรมพัฒนาสังคมและสวัสดิการ", "กรมพัฒนาฝีมือแรงงาน"),
)


def _near_agencies(chance: Random) -> tuple[str, str]:
    pair = chance.choice(_NEAR_AGENCIES)
    form = chance.choice(
        (
            "ผู้ที่ยังไม่ได้รับสิทธิให้ยื่นคำร้องต่อ{}เพียงแห่งเดียว",
            "ในส่วนของการติดตามผล มอบหมาย{}เป็นหน่วยงานหลัก",
            "ทั้งนี้ {}จะรายงานผลให้คณะรัฐมนตรีทราบทุกไตรมาส",
        )
    )
    return form.format(pair[0]), form.format(pair[1])


def _near_places(chance: Random) -> tuple[str, str]:
    village = _village(chance)
    ends = chance.choice((("เหนือ", "ใต้"), ("นอก", "ใน"), ("น้อย", "ใหญ่"), ("เก่า", "ใหม่"), ("", "พัฒนา")))
    form = chance.choice(
        ("จุดแรกที่จะเริ่มดำเนินการคือ{}", "จากนั้นคณะได้เดินทางต่อไปยัง{} เพื่อพบปะประชาชน", "ทั้งนี้ ได้เลือก{}เป็นพื้นที่นำร่อง")
    )
    return form.format(village + ends[0]), form.format(village + ends[1])


def _near_people(chance: Random) -> tuple[str, str]:
    given = _given(chance)
    first, second = _two(chance, _FAMILY)
    form = chance.choice(
        ("โดยมี{}เป็นผู้ประสานงานโครงการ", "พร้อมกันนี้ได้แต่งตั้ง{}เป็นหัวหน้าคณะทำงานติดตามเรื่องนี้", "ทั้งนี้ {}เป็นผู้แทนชุมชนขึ้นรับมอบ")
    )
    return form.format(f"{given} {first} "), form.format(f"{given} {second} ")


def _fee_or_free(chance: Random) -> tuple[str, str]:
    fee = chance.choice((20, 50, 100, 150, 300))
    return chance.choice(
        (
            ("ผู้เข้าร่วมไม่ต้องเสียค่าใช้จ่ายใด ๆ", f"ผู้เข้าร่วมต้องเสียค่าใช้จ่ายคนละ {fee} บาท"),
            ("ทั้งนี้ การยื่นคำขอไม่มีค่าธรรมเนียม", f"ทั้งนี้ การยื่นคำขอมีค่าธรรมเนียมฉบับละ {fee} บาท"),
        )
    )


def _shares_swapped(chance: Random) -> tuple[str, str]:
    one = chance.choice((60, 65, 70, 75, 80))
    form = "สำหรับค่าใช้จ่าย ส่วนกลางรับผิดชอบร้อยละ {} และท้องถิ่นสมทบร้อยละ {}"
    return form.format(one, 100 - one), form.format(100 - one, one)


def _payer_and_paid(chance: Random) -> tuple[str, str]:
    one, two = _two(chance, _FIRMS)
    form = chance.choice(
        (
            "อนึ่ง คู่สัญญาเดิมได้ข้อยุติแล้ว โดยบริษัท {} จำกัด จะชดใช้ค่าเสียหายให้บริษัท {} จำกัด",
            "ในส่วนของสัญญาเดิม บริษัท {} จำกัด ได้โอนสิทธิทั้งหมดให้บริษัท {} จำกัด แล้ว",
            "ทั้งนี้ บริษัท {} จำกัด เป็นผู้ร้องเรียนบริษัท {} จำกัด ต่อคณะกรรมการ",
        )
    )
    return form.format(one, two), form.format(two, one)


def _other_winner(chance: Random) -> tuple[str, str]:
    one, two = _two(chance, _FIRMS)
    price = f"{chance.randint(11, 98)}.{chance.randint(1, 9)}"
    form = f"สำหรับการจัดหาผู้รับจ้าง บริษัท {{}} จำกัด เป็นผู้เสนอราคาต่ำสุดที่ {price} ล้านบาท"
    return form.format(one), form.format(two)


def _pending_or_known(chance: Random) -> tuple[str, str]:
    n = chance.randint(3, 19)
    return chance.choice(
        (
            (f"ส่วนข้อร้องเรียน {n} เรื่องที่ได้รับ ยังอยู่ระหว่างรอผล", f"ส่วนข้อร้องเรียน {n} เรื่องที่ได้รับ ไม่มีมูลทั้งหมด"),
            ("ส่วนการเบิกจ่ายอยู่ระหว่างการพิจารณาของกรมบัญชีกลาง", "ส่วนการเบิกจ่ายได้รับอนุมัติจากกรมบัญชีกลางแล้ว"),
            ("ขณะนี้การเจรจากับผู้แทนชุมชนยังไม่ได้ข้อสรุป", "ขณะนี้การเจรจากับผู้แทนชุมชนได้ข้อสรุปแล้ว"),
        )
    )


def _fraction(chance: Random) -> tuple[str, str]:
    one, two = _two(chance, ("หนึ่งในสาม", "หนึ่งในสี่", "สองในสาม", "ครึ่งหนึ่ง", "สามในสี่", "หนึ่งในห้า"))
    form = chance.choice(
        (
            "ที่ผ่านมาใช้งบประมาณไปแล้วราว{}ของวงเงินทั้งหมด",
            "จากการสำรวจ ผู้ตอบแบบสอบถาม{}เห็นด้วยกับแนวทางนี้",
            "ปัจจุบันงานคืบหน้าไปแล้ว{}",
        )
    )
    return form.format(one), form.format(two)


def _closed_days(chance: Random) -> tuple[str, str]:
    one, two = _two(chance, ("วันจันทร์", "วันอังคาร", "วันพุธ", "วันพฤหัสบดี", "วันศุกร์"))
    form = chance.choice(("ประชาชนติดต่อขอรับบริการได้ทุก{} ในเวลาราชการ", "ทั้งนี้ คณะทำงานจะประชุมติดตามผลทุก{}"))
    return form.format(one), form.format(two)


def _toll_by_the_hour(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
    """Two states of one running story, each with its own line on top."""
    if not _is_release(body):
        return None
    hour, hurt = chance.randint(8, 15), chance.randint(2, 14)
    later = hurt + chance.randint(1, 6)
    form = chance.choice(
        (
            "(ข้อมูล ณ เวลา {:02d}.00 น.) มีผู้ลงทะเบียนแล้ว {:,} ราย",
            "อัปเดต {:02d}.00 น. : มีผู้โทรสอบถามเข้ามาแล้ว {:,} ราย",
            "รายงานเมื่อเวลา {:02d}.00 น. มีผู้ลงชื่อเข้าร่วมรวม {:,} ราย",
        )
    )
    top, bottom = form.format(hour, hurt * 97), form.format(hour + 4, later * 97)
    return (title, f"{top}\n{body}"), (title, f"{bottom}\n{body}")


_COMMON_NEWS: tuple[Callable[[Random], str], ...] = (
    lambda c: f"ทั้งนี้ ผู้ฝ่าฝืนมีโทษปรับไม่เกิน {c.choice((2, 5, 10, 20, 50))},000 บาท",
    lambda c: f"ทั้งนี้ จะเริ่มใช้กับ{_village(c)}เป็นแห่งแรกในเดือนหน้า",
    lambda c: f"โดยได้จัดสรรงบกลางเพิ่มเติมอีก {c.randint(11, 98)}.{c.randint(1, 9)} ล้านบาท",
    lambda c: f"พร้อมกันนี้ได้แต่งตั้ง{_person(c)} เป็นประธานคณะทำงานชุดใหม่",
    lambda c: f"อย่างไรก็ตาม ชาวบ้าน{_village(c)}ได้ยื่นหนังสือคัดค้านแล้ว",
    lambda c: f"สำหรับครั้งต่อไปจะจัดที่จังหวัด{c.choice(_PROVINCES)}",
    lambda c: f"ทั้งนี้ ระหว่างเดินทางกลับ รถในขบวนเกิดอุบัติเหตุ มีผู้บาดเจ็บ {c.randint(2, 9)} ราย",
    lambda c: f"โดยมีบริษัท {c.choice(_FIRMS)} จำกัด เป็นผู้สนับสนุนอุปกรณ์ทั้งหมด",
    lambda _: "ทั้งนี้ ศาลปกครองมีคำสั่งให้ชะลอการดำเนินการไว้ก่อน",
    lambda _: "ส่วนกระแสข่าวว่าจะมีการโยกย้ายผู้บริหารหน่วยงานนั้น ไม่เป็นความจริง",
)


def _news(chance: Random) -> str:
    return chance.choice(_COMMON_NEWS)(chance)


def _penalty(chance: Random) -> str:
    return chance.choice(
        (
            f"หน่วยงานที่รายงานผลล่าช้าจะถูกตัดงบประมาณร้อยละ {chance.randint(2, 9)}",
            f"ผู้ที่ให้ข้อมูลเท็จจะถูกตัดสิทธิเป็นเวลา {chance.randint(2, 5)} ปี",
            f"หากล่าช้ากว่ากำหนดจะถูกปรับวันละ {chance.choice((500, 700, 900))} บาท",
        )
    )


def _objection(chance: Random) -> str:
    return chance.choice(
        (
            f"ขณะที่ตัวแทนชาวบ้าน{_village(chance)}ขอให้ทบทวนเรื่องดังกล่าว",
            f"ด้าน{_person(chance)} ผู้แทนเครือข่ายภาคประชาชน ไม่เห็นด้วยกับแนวทางนี้",
            "อย่างไรก็ตาม คณะกรรมการเสียงข้างน้อยขอสงวนความเห็นไว้",
        )
    )


def _condition(chance: Random) -> str:
    return chance.choice(
        (
            "ทั้งนี้ เว้นแต่ผู้ที่เคยได้รับความช่วยเหลือจากหน่วยงานอื่นแล้ว",
            f"โดยต้องมีชื่ออยู่ในทะเบียนบ้านไม่น้อยกว่า {chance.randint(2, 9)} เดือน",
            f"ทั้งนี้ จะดำเนินการต่อเมื่อมีผู้แสดงความจำนงไม่น้อยกว่า {chance.randint(3, 9)}0 ราย",
        )
    )


def _record(chance: Random) -> str:
    return chance.choice(
        (
            f"ซึ่งนับเป็นครั้งแรกในรอบ {chance.randint(6, 29)} ปี",
            f"ซึ่งสูงกว่าเป้าหมายที่ตั้งไว้ร้อยละ {chance.randint(3, 29)}",
            f"หลังล่าช้ากว่าแผนมาแล้ว {chance.randint(3, 19)} เดือน",
        )
    )


def _said_besides(chance: Random) -> str:
    return "พร้อมกล่าวทิ้งท้ายว่า " + chance.choice(
        (
            "“ผมจะขอลาออกทันทีหากเรื่องนี้ไม่แล้วเสร็จตามที่ให้คำมั่นไว้”",
            f"“ปีหน้าเราจะย้ายศูนย์ทั้งหมดไปอยู่ที่จังหวัด{chance.choice(_PROVINCES)}”",
            f"“งบประมาณที่มีอยู่จะใช้ได้อีกเพียง {chance.randint(3, 19)} เดือนเท่านั้น”",
        )
    )


def _in_brackets(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
    """A count is broken down, in brackets behind it."""
    found = [
        m
        for m in re.finditer(
            r"(?<![\d.,])(\d{1,3}(?:,\d{3})*) ?(ราย|คน|แห่ง|ครัวเรือน|ไร่|ล้านบาท|โครงการ|จังหวัด)(?= |$)", _arabic(body)
        )
        if int(m[1].replace(",", "")) >= 12 and not body[m.end() :].lstrip().startswith("(")
    ]
    if not found:
        return None
    match = chance.choice(found)
    part = max(2, int(match[1].replace(",", "")) * chance.randint(10, 40) // 100)
    of_people = ("ในจำนวนนี้เป็นหญิง {} {}", "ในจำนวนนี้มาจากภาคใต้ {} {}", "เป็นชาวต่างชาติ {} {}")
    of_things = ("ในจำนวนนี้อยู่ในภาคใต้ {} {}", "เพิ่มขึ้นจากครั้งก่อน {} {}", "ในจำนวนนี้เพิ่งเพิ่มใหม่ {} {}")
    note = chance.choice(of_people if match[2] in ("คน", "ราย") else of_things)
    return _pair(title, body, _splice(body, match.end(), match.end(), f" ({note.format(f'{part:,}', match[2])})"))


def _news_in_the_caption(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
    if not _is_release(body):
        return None
    caption = chance.choice(
        (
            f"ภาพ : {_person(chance)} ผู้ใหญ่{_village(chance)} รับมอบเรือท้องแบน {chance.randint(2, 9)} ลำ",
            f"คำบรรยายภาพ : อาคารหลังใหม่ที่{_village(chance)} ซึ่งทรุดตัวเมื่อคืนที่ผ่านมา",
            f"(ภาพประกอบ: คณะผู้แทนจากสหภาพยุโรป {chance.randint(3, 12)} คน ที่มาร่วมสังเกตการณ์)",
        )
    )
    return (title, body), (title, f"{body.rstrip()}\n{caption}")


def _news_in_the_contact_line(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
    if not _is_release(body):
        return None
    number = f"0-2{chance.randint(100, 999)}-{chance.randint(1000, 9999)}"
    line = chance.choice(
        (
            f"สอบถามเพิ่มเติม โทร. {number} (สำนักงานจะย้ายไปที่จังหวัด{chance.choice(_PROVINCES)} ตั้งแต่เดือนหน้า)",
            f"ติดต่อฝ่ายประชาสัมพันธ์ โทร. {number} หมายเหตุ: ของที่ระลึกหมดแล้ว งดแจกตั้งแต่วันพรุ่งนี้",
            f"โทร. {number} ทั้งนี้ ระบบลงทะเบียนออนไลน์ปิดปรับปรุง {chance.randint(2, 9)} วัน",
        )
    )
    plain = f"สอบถามเพิ่มเติม โทร. {number}"
    return (title, f"{body.rstrip()}\n{plain}"), (title, f"{body.rstrip()}\n{line}")


def _title_says_off(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
    if not re.search(r"เตรียม|เชิญ|กำหนด|จัด|ประชุม|โครงการ|งาน|เปิด|มอบ|อบรม|ลงพื้นที่|ตรวจ|เยี่ยม|ร่วม|หารือ", title):
        return None
    ahead = re.search(r"เตรียม|เชิญ|กำหนด|งาน|ประชุม|อบรม|จัด", title)
    off = ("[ยกเลิก] ", "(เลื่อนไม่มีกำหนด) ", "ยกเลิกแล้ว : ", "ด่วน! เลื่อน – ")
    mark = chance.choice(off if ahead else ("[ถอนข่าว] ", "ขอยกเลิกข่าว : ", "(ข่าวนี้คลาดเคลื่อน ขอถอน) "))
    return (title, body), (mark + title, body)


def _title_tells_more(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
    if len(title) < 15 or not _is_release(body):
        return None
    more = chance.choice(
        (
            f" พร้อมเพิ่มงบอีก {chance.randint(11, 98)} ล้านบาท",
            f" เล็งขยายผลสู่{chance.choice([p for p in _PROVINCES if p not in body])}",
            f" พบผู้ร้องเรียนแล้ว {chance.randint(11, 98)} ราย",
            " ฝ่ายค้านจ่อยื่นกระทู้ถาม",
        )
    )
    return (title, body), (title.rstrip() + more, body)


def _item_more(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
    """A list of lines gets one item more, with news in it."""
    lines = body.split("\n")
    numbered = [
        (n, m) for n, line in enumerate(lines) if (m := re.match(r"\s*\(?([\d๐-๙]{1,2})([.)])\)?\s*(?=[ก-๛])", line))
    ]
    ends = [(n, m) for n, m in numbered if int(m[1]) >= 2 and not any(n < k < n + 6 for k, _ in numbered)]
    if ends:
        at, match = chance.choice(ends)
        head = match[0].replace(match[1], _as_written(str(int(match[1]) + 1), match[1]))
        item = chance.choice(
            (
                f"จัดตั้งศูนย์ย่อยเพิ่มที่จังหวัด{chance.choice([p for p in _PROVINCES if p not in body])}",
                f"จัดหารถให้บริการเพิ่มอีก {chance.randint(3, 19)} คัน",
                f"อบรมอาสาสมัครรุ่นแรก {chance.randint(3, 9)}5 คน โดยมี{_person(chance)} เป็นวิทยากร",
                f"มอบหมายให้{_person(chance)} รับผิดชอบระบบร้องทุกข์",
            )
        )
        lines.insert(at + 1, head + item)
        return _pair(title, body, "\n".join(lines))
    found = [
        m
        for m in re.finditer(rf"((?:จังหวัด|จ\.)?)(?:{_ANY_PROVINCE}) +และ ?((?:จังหวัด|จ\.)?)({_ANY_PROVINCE})", body)
        if not re.search(r"[\d๐-๙]", body[max(0, m.start() - 120) : m.start()])
    ]
    if not found:
        return None
    match = chance.choice(found)
    new = chance.choice([p for p in _PROVINCES if p not in body])
    return _pair(title, body, _splice(body, match.start(), match.start(), f"{match[2]}{new} "))


def _tells(para: str, rest: str) -> bool:
    """Whether a paragraph holds a figure or a name that the rest does not."""
    figures = re.findall(r"\d[\d,.]*\d|\d", _arabic(para))
    known = set(re.findall(r"\d[\d,.]*\d|\d", _arabic(rest)))
    return any(figure not in known for figure in figures) or any(m[2] not in rest for m in _NAME.finditer(para))


def _shorter_with_news(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
    paras = [para for para in _paras(body) if _is_content(para)]
    if len(paras) < 3 or _OPENS_LIST.search(paras[0]):
        return None
    short = "\n".join(paras[: max(1, len(paras) // 2)])
    if not _tells("\n".join(paras[max(1, len(paras) // 2) :]), f"{title}\n{short}"):
        return None
    made = _one_adds(_news)(title, short, chance)
    return None if made is None else ((title, body), made[1])


def _each_lacks_a_paragraph(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
    paras = _paras(body)
    whole = [
        n
        for n, para in enumerate(paras)
        if n and _is_content(para) and len(para) > 120 and not _ITEM.match(para) and not _OPENS_LIST.search(para)
        if _tells(para, "\n".join([title, *paras[:n], *paras[n + 1 :]]))
    ]
    if len(whole) < 2:
        return None
    one, two = sorted(chance.sample(whole, 2))
    return (
        (title, "\n".join(paras[:one] + paras[one + 1 :])),
        (title, "\n".join(paras[:two] + paras[two + 1 :])),
    )


def _news_between_frames(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
    """Each has its own furniture; one has a sentence of news besides."""
    made = _one_adds(_news)(title, body, chance)
    if made is None:
        return None
    first, second = _widgets(title, body, chance), _wire(*made[1], chance)
    return None if first is None or second is None else (first, second)


# ---------------------------------------------------------------- must go: the shorter of two


def _shorter(rewrite: Rewrite) -> Edit:
    """The second version is part of the first."""

    def edit(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
        if not _is_release(body):
            return None
        made = rewrite(title, body, chance)
        if made is None or _letters(made[1]) < 60 or _letters(made[1]) > _letters(body) - 40:
            return None
        return (title, body), made

    return edit


def _lead_only(title: str, body: str, _: Random) -> Text | None:
    lead = next((para for para in _paras(body) if _is_content(para)), "")
    return None if len(lead) < 120 or _OPENS_LIST.search(lead) else (title, lead)


def _cut(text: str, length: int, inside: bool) -> str:
    """The first characters of a text, ending at a word (or in one), never in a figure."""
    if inside:
        end = length
        while end > 1 and (re.match(r"[\d๐-๙.,/:]", text[end - 1]) or text[end - 1].isspace()):
            end -= 1
        return text[:end]
    kept = ""
    for word in word_tokenize(text[: length + 60], engine="newmm", keep_whitespace=True):
        if len(kept) + len(word) > length:
            break
        kept += word
    return re.sub(r"[\d๐-๙.,/:\s–\-(“\"]+$", "", kept)


def _teaser(title: str, body: str, chance: Random) -> Text | None:
    flat = " ".join(_paras(body))
    if len(flat) < 500:
        return None
    end = chance.choice(("... อ่านต่อ", " […]", "... (อ่านข่าวฉบับเต็ม)", "… คลิกอ่านต่อ", " ... Read more »"))
    return title, _cut(flat, chance.randint(180, 380), inside=False) + end


def _column_limit(title: str, body: str, chance: Random) -> Text | None:
    """Cut dead by a field that holds so many characters."""
    length = chance.choice((255, 500, 1000))
    return None if len(body) < length + 150 else (title, _cut(body, length, inside=True))


def _without_the_end(title: str, body: str, chance: Random) -> Text | None:
    paras = _paras(body)
    if len(paras) < 3:
        return None
    kept = paras[: chance.randint(max(1, len(paras) // 2), len(paras) - 1)]
    while kept and _OPENS_LIST.search(kept[-1]):
        kept.pop()
    return title, "\n".join(kept)


def _without_the_middle(title: str, body: str, chance: Random) -> Text | None:
    paras = _paras(body)
    free = [n for n in range(1, len(paras) - 1) if _is_content(paras[n]) and not _ITEM.match(paras[n])]
    free = [n for n in free if not _OPENS_LIST.search(paras[n])]
    if len(paras) < 3 or not free:
        return None
    gone = set(chance.sample(free, chance.randint(1, max(1, len(free) // 2 + 1)) if len(free) > 1 else 1))
    return title, "\n".join(para for n, para in enumerate(paras) if n not in gone)


_TAIL = re.compile(r"[ \xa0]+(?:ซึ่ง|เพื่อ|อันจะ|อีกทั้ง|รวมทั้ง|ตลอดจน|ตามนโยบาย|โดย(?=ได้|จะ|มุ่ง|เน้น))")


def _without_last_clauses(title: str, body: str, _: Random) -> Text | None:
    """Every paragraph loses its last subordinate clause."""
    lines = body.split("\n")
    for n, line in enumerate(lines):
        tails = [m.start() for m in _TAIL.finditer(line)]
        if not tails or not _is_content(line):
            continue
        kept, tail = line[: tails[-1]], line[tails[-1] :]
        balanced = (
            kept.count("“") == kept.count("”") and kept.count("(") == kept.count(")") and kept.count('"') % 2 == 0
        )
        hedged = re.search(r"ยกเว้น|เว้นแต่|ไม่|ดังนี้|ได้แก่", tail) or re.search(rf"{_SAYS}\s*$", tail)
        if balanced and not hedged and 25 < len(tail) < 0.6 * len(line) and not _OPENS_LIST.search(kept):
            lines[n] = kept
    return title, "\n".join(lines)


def _without_brackets(title: str, body: str, _: Random) -> Text | None:
    def drop(match: re.Match[str]) -> str:
        inside = match[1]
        return match[0] if re.fullmatch(r"[\d๐-๙ก-ฮ]{1,2}", inside) or re.search("ยกเว้น|ไม่", inside) else ""

    short = re.sub(r" {2,}", " ", re.sub(r"[ \xa0]?\(([^()\n]{1,160})\)", drop, body))
    return title, short


_GUESTS = re.compile(
    r"[ \xa0]+โดยมี[ \xa0]?(?=นาย|นาง|พล|ดร\.|คณะ|ผู้|หัวหน้า|รอง|ปลัด|อธิบดี|รัฐมนตรี|ว่าที่|หม่อม|ศาสตราจารย์|เจ้าหน้าที่|"
    r"ข้าราชการ)[^\n]{20,900}?"
    r"(?:เข้าร่วมประชุมด้วย|เข้าร่วมประชุม|เข้าร่วมงานด้วย|เข้าร่วมงาน|เข้าร่วมพิธี|เข้าร่วมกิจกรรม|เข้าร่วมด้วย|เข้าร่วม|ร่วมให้การต้อนรับ|ให้การต้อนรับ|"
    r"ร่วมงาน|ร่วมพิธี|ร่วมลงพื้นที่|ร่วมเป็นเกียรติ|ร่วมเป็นสักขีพยาน|กล่าวรายงาน|ร่วมด้วย)(?:ในครั้งนี้)?(?=\s|$)"
)


def _without_guests(title: str, body: str, _: Random) -> Text | None:
    return title, _GUESTS.sub("", body)


def _without_asides(title: str, body: str, _: Random) -> Text | None:
    """Sentences that a connective opens are left out, to the end of their paragraph."""
    kept = []
    for line in body.split("\n"):
        if re.match(rf"\s*{_CONNECTIVES}", line) and _is_content(line) and not _OPENS_LIST.search(line):
            continue
        match = re.search(rf"[ \xa0]+{_CONNECTIVES}[ \xa0]", line)
        if (
            match
            and line[: match.start()].count("“") == line[: match.start()].count("”")
            and len(line[: match.start()]) > 60
        ):
            tail = line[match.start() :]
            line = line if _OPENS_LIST.search(tail) or re.search(rf"{_SAYS}\s*$", tail) else line[: match.start()]
        kept.append(line)
    return title, "\n".join(kept)


def _first_clause(para: str) -> str:
    """A paragraph up to where its first sentence ends, as far as signs tell."""
    cues = rf"[ \xa0]+(?={_CONNECTIVES}|โดย|ซึ่ง|เพื่อ|พร้อม|รวมทั้ง|ตลอดจน|สำหรับ|อีกทั้ง)"
    for match in re.finditer(cues, para):
        kept = para[: match.start()]
        if match.start() >= 70 and kept.count("“") == kept.count("”") and kept.count("(") == kept.count(")"):
            return kept if not _OPENS_LIST.search(kept) else para
    return para


def _points(body: str) -> list[str]:
    return [_first_clause(para.strip()) for para in _paras(body) if _is_content(para) and not _ITEM.match(para)]


def _digest(title: str, body: str, chance: Random) -> Text | None:
    points = [point for point in _points(body) if not _OPENS_LIST.search(point)]
    if len(points) < 2:
        return None
    mark = chance.choice(("• ", "- ", "✅ ", "▪ "))
    return title, "\n".join(mark + point for point in points[:5])


def _broadcast(title: str, body: str, chance: Random) -> Text | None:
    """A line to a chat group: headline and first clause."""
    points = _points(body)
    if not points or _OPENS_LIST.search(points[0]) or len(title) < 15:
        return None
    return title, chance.choice(("📣 ", "แจ้งข่าว : ", "[ข่าวประชาสัมพันธ์] ", "")) + f"{title}\n{points[0]}"


def _social(title: str, body: str, chance: Random) -> Text | None:
    paras = [para for para in _paras(body) if _is_content(para)]
    if len(paras) < 3 or _OPENS_LIST.search(paras[1]):
        return None
    top = chance.choice(("🔵 ", "🇹🇭 ", "✨ ", "📍 "))
    foot = chance.choice(
        ("อ่านรายละเอียดทั้งหมดในคอมเมนต์ 👇", "ดูข่าวเต็มที่ลิงก์ในหน้าโปรไฟล์", "ฝากกดไลก์ กดแชร์ กดติดตามเพจด้วยนะครับ")
    )
    tags = " ".join(chance.sample(["#ข่าวราชการ", "#ประชาสัมพันธ์", "#เพื่อประชาชน", "#บอกต่อ", "#กดติดตาม"], 3))
    return title, f"{top}{paras[0]}\n\n{paras[1]}\n\n{foot}\n{tags}"


def _shorter_list(title: str, body: str, chance: Random) -> Text | None:
    lines = body.split("\n")
    items = [
        n for n, line in enumerate(lines) if re.match(r"\s*(?:\(?[\d๐-๙]{1,2}[.)]\)?|[-•●▪])\s*[ก-๛A-Za-z“]", line)
    ]
    runs: list[list[int]] = []
    for n in items:
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    long = [run for run in runs if len(run) >= 3]
    if not long:
        return None
    run = chance.choice(long)
    kept = chance.randint(1, len(run) - 2)
    return title, "\n".join([*lines[: run[0] + kept], "ฯลฯ", *lines[run[-1] + 1 :]])


def _without_speech(title: str, body: str, _: Random) -> Text | None:
    """The paragraphs that somebody speaks are left out, all but the lead."""
    paras = _paras(body)
    speech = re.compile(rf"^\s*(?:[“\"]|[^\n]{{3,110}}?(?:{_SAYS})[ก-๛]{{0,14}}ว่า)")
    kept = [p for n, p in enumerate(paras) if n == 0 or not speech.match(p) or _OPENS_LIST.search(p)]
    return title, "\n".join(kept)


_BRIEFS = (
    (
        "เทศบาลซ่อมสะพานลอยหน้าโรงเรียน",
        "เทศบาลแจ้งว่าจะซ่อมสะพานลอยคนข้ามหน้าโรงเรียนประจำตำบลในสัปดาห์หน้า ขอให้ผู้ปกครองใช้ทางม้าลายแทน",
    ),
    ("ห้องสมุดประชาชนขยายเวลาเปิด", "ห้องสมุดประชาชนประจำอำเภอขยายเวลาเปิดถึงสองทุ่มในช่วงสอบ เพื่อให้นักเรียนมีที่อ่านหนังสือ"),
    ("ไปรษณีย์เปิดจุดส่งของช่วงเทศกาล", "ที่ทำการไปรษณีย์เปิดจุดรับฝากส่งของเพิ่มหน้าตลาดสด เพื่อรองรับพัสดุที่มีมากในช่วงเทศกาล"),
    ("สวนสาธารณะปลูกไม้ร่มเงา", "เจ้าหน้าที่สวนสาธารณะปลูกไม้ยืนต้นเพิ่มตามแนวทางวิ่ง เพื่อให้ร่มเงาแก่ผู้มาออกกำลังกาย"),
)


def _roundup(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
    """The first is a round-up that holds the whole of the second, with other news."""
    if len(title) < 12 or not _is_release(body):
        return None
    blocks = [f"{head}\n{text}" for head, text in chance.sample(_BRIEFS, 2)]
    blocks.insert(chance.randint(0, 2), f"{title}\n{body}")
    head = chance.choice(("สรุปข่าวประจำวัน", "รวมข่าวภาครัฐวันนี้", "ข่าวรอบวัน"))
    return (head, "\n\n".join(blocks)), (title, body)


def _then(*steps: Rewrite) -> Rewrite:
    """One rewrite upon another; a step that does not apply ends it."""

    def rewrite(title: str, body: str, chance: Random) -> Text | None:
        for step in steps:
            made = step(title, body, chance)
            if made is None:
                return None
            title, body = made
        return title, body

    return rewrite


def _retitled(title: str, body: str, _: Random) -> Text | None:
    """The headline is taken from the first words of the body."""
    points = _points(body)
    if not points:
        return None
    head = re.sub(rf"^(?:วันนี้ ?|เมื่อวันที่ ?|วันที่ ?)?\(?(?:{_DATE})?\)? ?(?:เวลา [\d.:๐-๙]+ น\. ?)?", "", points[0])
    short = head
    while len(short) > 140 and " " in short:
        short = short.rsplit(" ", 1)[0]
    short = re.sub(rf"[ \xa0]+(?:ได้)?{_SAYS}[ก-๛]*$", "", short).strip()
    unfit = (
        re.match("โดย|ซึ่ง|ที่|ณ|และ|เวลา|[“(]", short) or short.count("(") != short.count(")") or _OPENS_LIST.search(short)
    )
    happens = (
        r"[ \xa0](?:เป็น|เปิด|ร่วม|เข้า|มอบ|ลง|จัด|เร่ง|หารือ|ตรวจ|เยี่ยม|ประชุม|ผนึก|สนับสนุน|เดินทาง|ให้|ได้|นำ|เชิญ|เตรียม|ออก|เผย)"
    )
    if unfit or not re.search(happens, short) or not 30 <= len(short) <= 140 or short == title:
        return None
    return short, body


# ---------------------------------------------------------------- must go: the same in another dress


def _same(rewrite: Rewrite) -> Edit:
    """The second version says what the first says."""

    def edit(title: str, body: str, chance: Random) -> tuple[Text, Text] | None:
        if not _is_release(body):
            return None
        made = rewrite(title, body, chance)
        return None if made is None or made == (title, body) else ((title, body), made)

    return edit


def _today_or_date(title: str, body: str, _: Random) -> Text | None:
    today = re.compile(rf"วันนี้ ?\((?:วัน)?(?:[ก-์]{{3,9}}(?:ที่)? )?(?:วันที่ )?({_DATE})\)")
    plain = _arabic(body)
    if match := today.search(plain):
        return title, _splice(body, *match.span(), "เมื่อวันที่ " + body[match.start(1) : match.end(1)])
    if match := re.match(rf"\s*(?:เมื่อ)?วันที่ ?({_DATE})(?= )", plain):
        return title, _splice(body, *match.span(), f"วันนี้ ({body[match.start(1) : match.end(1)]})")
    return None


def _numeric_dates(title: str, body: str, chance: Random) -> Text | None:
    mark = chance.choice(("/", "-", "."))

    def numeric(match: re.Match[str]) -> str:
        year = match[3] if len(match[3]) == 4 else "25" + match[3]
        return f"{int(match[1])}{mark}{_MONTH_NUMBER[match[2]]}{mark}{year}"

    one = re.compile(rf"(?<![\d–\-])(?<![\d–\-] )(\d{{1,2}}) ?({_MONTH}) ?(?:พ\.ศ\. ?)?((?:25)?\d\d)(?!\d)")
    return one.sub(numeric, _arabic(title)), one.sub(numeric, _arabic(body))


def _common_era(title: str, body: str, _: Random) -> Text | None:
    seen: set[str] = set()

    def both(match: re.Match[str]) -> str:
        if match[2] in seen:
            return match[0]
        seen.add(match[2])
        era = str(int(match[2].translate(_TO_ARABIC)) - 543)
        return f"{match[1]}{match[2]} (ค.ศ. {_as_written(era, match[2])})"

    year = re.compile(
        r"((?:(?<!งบประมาณ )พ\.ศ\. ?|(?:ใน|ประจำ|ภายใน|ตั้งแต่|เมื่อ|สิ้น)ปี ?))([2๒][5๕][\d๐-๙]{2})(?=[ \n]|$)(?![^(\n]*\))"
    )
    return title, year.sub(both, body)


_TEN_POWERS = ((1_000_000, "ล้าน"), (100_000, "แสน"), (10_000, "หมื่น"), (1_000, "พัน"))


def _round_figures(title: str, body: str, _: Random) -> Text | None:
    """Round figures in words of size, percents in the other of their two forms."""

    def word(match: re.Match[str]) -> str:
        number, unit = int(match[1].replace(",", "")), match[2]
        for size, name in _TEN_POWERS:
            tenths = number * 10 // size
            if number >= size and number * 10 % size == 0:
                figure = f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"
                if int(tenths) < 1000:
                    return f"{figure} {name}{unit}"
        return match[0]

    def words(text: str) -> str:
        text = re.sub(
            r"(?<![\d.,–\-])(?<![–\-] )(\d{1,3}(?:,\d{3})+) ?(ล้านบาท|ราย|คน|บาท|ครัวเรือน|ไร่|ตัน|แห่ง|โดส)", word, text
        )
        per_cent = r"(?<![\d.,–\-])(?<![–\-] )(\d+(?:\.\d+)?) ?(?:%|เปอร์เซ็นต์)"
        if re.search(per_cent, text):
            return re.sub(per_cent, r"ร้อยละ \1", re.sub(r"(?<=[ก-๛])(?=\d+(?:\.\d+)? ?%)", " ", text))
        text = re.sub(r"(?<=[ก-๛])ร้อยละ", " ร้อยละ", text)
        return re.sub(r"ร้อยละ ?(\d+(?:\.\d+)?)(?! ?[–\-])", r"\1%", text)

    return title, words(body)


_HOUR_WORDS = {
    8: "8 โมงเช้า",
    9: "9 โมงเช้า",
    10: "10 โมงเช้า",
    11: "11 โมงเช้า",
    13: "บ่ายโมง",
    14: "บ่าย 2 โมง",
    15: "บ่าย 3 โมง",
    16: "4 โมงเย็น",
    17: "5 โมงเย็น",
}


def _spoken_hours(title: str, body: str, _: Random) -> Text | None:
    def spoken(match: re.Match[str]) -> str:
        hour, minute = int(match[1]), match[2]
        if minute == "00" and hour in _HOUR_WORDS:
            return _HOUR_WORDS[hour]
        if minute == "30" and 8 <= hour <= 11:
            return f"{hour} โมงครึ่ง"
        return f"{match[1]}:{minute} น."

    one = re.compile(r"(?<![\d.\-–])(?<![\-–] )(\d{1,2})\.(\d\d) ?น\.(?! ?[-–])")
    return title, one.sub(spoken, body)


def _list_in_lines(title: str, body: str, chance: Random) -> Text | None:
    """A run of numbered points in a paragraph goes into lines, or the other way round."""
    lines = body.split("\n")
    mark = chance.choice(("", "- ", "• "))
    for n, line in enumerate(lines):
        points = list(re.finditer(r"(?<=[\s:])\(?([\d๐-๙]{1,2})[.)]\)? ?(?=[ก-๛“A-Za-z])", line))
        if [int(m[1]) for m in points] == list(range(1, len(points) + 1)) and len(points) >= 3:
            new = line
            for match in reversed(points):
                new = _splice(new.rstrip(), match.start(), match.end(), f"\n{mark or match[0]}")
            lines[n] = re.sub(r"[ \xa0]+\n", "\n", new)
            return title, "\n".join(lines)
    for n in range(1, len(lines) - 1):
        run = n
        while run < len(lines) and re.match(r"\s*\(?[\d๐-๙]{1,2}[.)]", lines[run]):
            run += 1
        if run - n >= 3:
            return title, "\n".join(
                [*lines[: n - 1], " ".join(line.strip() for line in lines[n - 1 : run]), *lines[run:]]
            )
    return None


def _list_marks(title: str, body: str, chance: Random) -> Text | None:
    lines = body.split("\n")
    items = [n for n, line in enumerate(lines) if _ITEM.match(line)]
    if len(items) < 2:
        return None
    mark = chance.choice(("• ", "– ", "● ", "➤ ", "* "))
    for n in items:
        lines[n] = mark + _ITEM.sub("", lines[n])
    return title, "\n".join(lines)


def _pull_quote(title: str, body: str, chance: Random) -> Text | None:
    """Words of the body stand once more, set large between two paragraphs."""
    lines = body.split("\n")
    hosts = _hosts(body)
    said = [m[1] for m in re.finditer(r"[“\"]([^“”\"\n]{40,220})[”\"]", body)] or [
        p for p in _points(body) if 60 < len(p) < 220 and "ว่า" not in p
    ]
    if not hosts or not said:
        return None
    lines.insert(chance.choice(hosts) + 1, f"❝ {chance.choice(said)} ❞")
    return title, "\n".join(lines)


def _summary_on_top(title: str, body: str, chance: Random) -> Text | None:
    points = [point for point in _points(body) if not _OPENS_LIST.search(point)]
    if len(points) < 2:
        return None
    head = chance.choice(("ประเด็นสำคัญ", "สรุปข่าว", "ไฮไลต์", "KEY POINTS"))
    return title, head + "\n" + "\n".join(f"• {p}" for p in points[:3]) + f"\n\n{body}"


def _names_in_short_or_full(title: str, body: str, _: Random) -> Text | None:
    """At later mentions, full names lose what was said of the person before, and short ones get it back."""
    first: dict[str, tuple[str, str]] = {}
    for match in _NAME.finditer(body):
        if match[2] not in first:
            after = re.match(rf"[ \xa0]+((?:{_POSITIONS})[ก-๛]{{3,60}})(?=[ \xa0])", body[match.end() :])
            first[match[2]] = match[0], after[1] if after else ""
    new = body
    for given, (full, position) in first.items():
        head, rest = new[: new.find(full) + len(full)], new[new.find(full) + len(full) :]
        says = rf"(?=[ \xa0]+(?:ยัง|ได้)?{_SAYS})"
        long = re.escape(full) + rf"(?:[ \xa0]+{re.escape(position)})?" + says
        if re.search(long, rest):
            rest = re.sub(long, full.split()[0] if full.split()[0].endswith(given) else full.rsplit(None, 1)[0], rest)
        else:
            rest = re.sub(rf"(?:{_TITLES}) ?{given}{says}", f"{full} {position}".rstrip(), rest)
        new = head + rest
    return title, new


_ENTITIES = {
    "“": "&ldquo;",
    "”": "&rdquo;",
    '"': "&quot;",
    "‘": "&lsquo;",
    "’": "&rsquo;",
    "–": "&ndash;",
    "&": "&amp;",
    "\xa0": "&nbsp;",
}


def _markup(title: str, body: str, chance: Random) -> Text | None:
    escaped = "".join(_ENTITIES.get(char, char) for char in body)
    opening, closing = chance.choice(
        (("<p>", "</p>"), ('<p style="text-align:justify">', "</p>"), ("", "<br />"), ("<div>", "</div>"))
    )
    return title, "\n".join(f"{opening}{para}{closing}" for para in _paras(escaped))


def _vowels_as_typed(title: str, body: str, chance: Random) -> Text | None:
    """Letters typed as two that look like one, or in the order in which old fonts want them."""

    def typed(text: str) -> str:
        text = text.replace("แ", "เเ")
        return re.sub("([่-๋])ำ", "ำ\\1", text) if wrong_order else re.sub("([่-๋]?)ำ", "ํ\\1า", text)

    wrong_order = chance.random() < 0.5
    return typed(title), typed(body)


def _hard_wrap(title: str, body: str, chance: Random) -> Text | None:
    """Lines broken at the width of a page, as text comes out of a PDF file."""
    width = chance.randint(55, 90)
    lines: list[str] = []
    for para in _paras(body):
        line = ""
        for word in word_tokenize(para, engine="newmm", keep_whitespace=True):
            if len(line) + len(word) > width and line:
                lines.append(line.rstrip())
                line = word.lstrip()
            else:
                line += word
        lines.append(line)
    return title, "\n".join(lines)


def _official_pages(title: str, body: str, chance: Random) -> Text | None:
    """The foot of an official page gives the first word of the next, which opens with its number."""
    words = word_tokenize(body, engine="newmm", keep_whitespace=True)
    size = chance.randint(120, 220)
    out: list[str] = []
    page = 2
    since = 0
    for n, word in enumerate(words):
        if (
            since >= size
            and len(word) >= 3
            and _THAI.match(word)
            and words[n - 1].isspace()
            and not words[n - 2][-1].isdigit()
            and len(words) - n > 30
        ):
            out.append(f"\n/{word}...\n\n- {page} -\n")
            page, since = page + 1, 0
        out.append(word)
        since += 1
    return None if page == 2 else (title, "".join(out))


def _pasted_twice(title: str, body: str, chance: Random) -> Text | None:
    return title, f"{body.rstrip()}{chance.choice((chr(10), chr(10) * 2, ' '))}{body.lstrip()}"


def _widgets(title: str, body: str, chance: Random) -> Text | None:
    top = (
        "Your browser does not support the audio element.",
        "ขนาดตัวอักษร ก- ก ก+",
        f"ใช้เวลาอ่าน {chance.randint(1, 6)} นาที",
        f"ผู้เข้าชม {chance.randint(1, 9)},{chance.randint(100, 999)} ครั้ง",
        "ฟังข่าวนี้ ▶ 00:00 / 02:31",
    )
    foot = (
        "พิมพ์หน้านี้ | ส่งให้เพื่อน",
        "แชร์ไปยัง Facebook X LINE",
        "ให้คะแนนข่าวนี้ ★★★★☆",
        "เว็บไซต์นี้ใช้คุกกี้เพื่อให้ท่านใช้งานได้ดียิ่งขึ้น ยอมรับทั้งหมด",
        "กลับหน้าแรก | ข่าวทั้งหมด | แผนผังเว็บไซต์",
        "ดาวน์โหลดเอกสารแนบ (PDF 214 KB)",
    )
    return title, "\n".join([*chance.sample(top, 2), body, *chance.sample(foot, 3)])


def _quoted_mail(title: str, body: str, chance: Random) -> Text | None:
    head = chance.choice(
        (
            "---------- Forwarded message ---------",
            "ส่งต่อจากกองบรรณาธิการ เพื่อพิจารณานำลง",
            "เรียน บรรณาธิการข่าว ขอความอนุเคราะห์เผยแพร่ข่าวด้านล่าง",
        )
    )
    return title, "\n".join([head, *(f"> {para}" for para in _paras(body)), "ขอแสดงความนับถือ", "ฝ่ายเผยแพร่"])


def _wire(title: str, body: str, chance: Random) -> Text | None:
    paras = _paras(body)
    at = len(paras) // 2
    number = chance.randint(11, 98)
    middle = ["(มีต่อ)", f"ข่าวที่ {number} (ต่อ 1)"] if at else []
    return title, "\n".join([f"ข่าวที่ {number}", *paras[:at], *middle, *paras[at:], "(จบ)"])


_SPEAKER = re.compile(
    rf"^((?:{_TITLES}|รมว\.|รมช\.|ปลัด|รองปลัด|อธิบดี|รองอธิบดี|โฆษก|รองโฆษก|ผู้อำนวยการ|เลขาธิการ)[^\n“\"]{{2,110}}?)[ \xa0]+"
    r"((?:ยัง|ได้)?(?:กล่าว|เปิดเผย|ชี้แจง|ระบุ)(?:เพิ่มเติม|ต่อ|อีก|ด้วย|ต่อไป)?)ว่า[ \xa0]*([^\n]{60,})$"
)


def _speaker_last(title: str, body: str, _: Random) -> Text | None:
    lines = body.split("\n")
    for n, line in enumerate(lines):
        match = _SPEAKER.match(line.strip())
        if match and "ว่า" not in match[1] and not _OPENS_LIST.search(line) and not re.search(rf"{_SAYS}\s*$", line):
            lines[n] = f"{match[3].rstrip()} {match[1]} {match[2]}"
    return title, "\n".join(lines)


def _speech_in_marks(title: str, body: str, _: Random) -> Text | None:
    lines = body.split("\n")
    for n, line in enumerate(lines):
        match = _SPEAKER.match(line.strip())
        if match and not re.search('[“”"]', match[3]) and not _OPENS_LIST.search(line):
            lines[n] = f"{match[1]} {match[2]}ว่า “{match[3].rstrip()}”"
    return title, "\n".join(lines)


_TODAY = re.compile(rf"วันนี้[ \xa0]?\((?:วัน)?(?:[ก-์]{{3,9}}(?:ที่)? )?(?:วันที่ )?({_DATE}) ?\)")


def _date_last(title: str, body: str, chance: Random) -> Text | None:
    """The day leaves the lead and stands below the release."""
    match = _TODAY.search(_arabic(body))
    if match is None:
        return None
    day = body[match.start(1) : match.end(1)]
    foot = chance.choice((f"*********************** {day}", f"-------------------\n{day}", f"({day})"))
    return title, _splice(body, *match.span(), "วันนี้").rstrip() + "\n" + foot


def _one_run(title: str, body: str, _: Random) -> Text | None:
    return title, " ".join(para.strip() for para in _paras(body))


_SHORT_FORMS = (
    ("พลตำรวจเอก ", "พล.ต.อ."),
    ("พลตำรวจโท ", "พล.ต.ท."),
    ("พลตำรวจตรี ", "พล.ต.ต."),
    ("พลเอก ", "พล.อ."),
    ("พลเอก", "พล.อ."),
    ("พลโท ", "พล.ท."),
    ("นายแพทย์", "นพ."),
    ("แพทย์หญิง", "พญ."),
    ("นางสาว", "น.ส."),
    ("คณะรัฐมนตรี", "ครม."),
    ("พระราชบัญญัติ", "พ.ร.บ."),
    ("พระราชกำหนด", "พ.ร.ก."),
    ("โรงพยาบาล", "รพ."),
    ("กิโลเมตร", "กม."),
    ("เซนติเมตร", "ซม."),
    ("กิโลกรัม", "กก."),
    ("กรุงเทพมหานคร", "กทม."),
    ("คณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ", "ป.ป.ช."),
    ("ผู้ช่วยศาสตราจารย์ ", "ผศ."),
    ("รองศาสตราจารย์ ", "รศ."),
    ("หม่อมราชวงศ์", "ม.ร.ว."),
    ("ตารางเมตร", "ตร.ม."),
    ("ลูกบาศก์เมตร", "ลบ.ม."),
)


def _short_forms(title: str, body: str, _: Random) -> Text | None:
    """Ranks, measures, laws and provinces in short."""

    def short(text: str) -> str:
        for full, brief in _SHORT_FORMS:
            text = re.sub(rf"(?<!รอง)(?<!เลขาธิการ)(?<!สำนักเลขาธิการ)(?<!ประชุม){full}", brief, text)
        return re.sub(rf"จังหวัด ?(?={_ANY_PROVINCE})(?<!ว่าราชการจังหวัด)", "จ.", text)

    return short(title), short(body)


_ENGLISH = (
    ("กระทรวงสาธารณสุข", "Ministry of Public Health"),
    ("กระทรวงเกษตรและสหกรณ์", "Ministry of Agriculture and Cooperatives"),
    ("กระทรวงพาณิชย์", "Ministry of Commerce"),
    ("กระทรวงแรงงาน", "Ministry of Labour"),
    ("กระทรวงคมนาคม", "Ministry of Transport"),
    ("กระทรวงยุติธรรม", "Ministry of Justice"),
    ("กระทรวงวัฒนธรรม", "Ministry of Culture"),
    ("กระทรวงอุตสาหกรรม", "Ministry of Industry"),
    ("กระทรวงมหาดไทย", "Ministry of Interior"),
    ("กระทรวงพลังงาน", "Ministry of Energy"),
    ("กระทรวงการคลัง", "Ministry of Finance"),
    ("กระทรวงศึกษาธิการ", "Ministry of Education"),
    ("กระทรวงการต่างประเทศ", "Ministry of Foreign Affairs"),
    ("กระทรวงกลาโหม", "Ministry of Defence"),
    ("กระทรวงทรัพยากรธรรมชาติและสิ่งแวดล้อม", "Ministry of Natural Resources and Environment"),
    ("กระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม", "Ministry of Digital Economy and Society"),
    ("กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์", "Ministry of Social Development and Human Security"),
    ("กระทรวงการท่องเที่ยวและกีฬา", "Ministry of Tourism and Sports"),
    ("ทำเนียบรัฐบาล", "Government House"),
    ("ธนาคารแห่งประเทศไทย", "Bank of Thailand"),
    ("ธนาคารออมสิน", "Government Savings Bank"),
    ("กรมชลประทาน", "Royal Irrigation Department"),
    ("กรมควบคุมโรค", "Department of Disease Control"),
)


def _english_beside(title: str, body: str, _: Random) -> Text | None:
    new = body
    for thai, english in _ENGLISH:
        new = re.sub(rf"{thai}(?= (?!\())", f"{thai} ({english})", new, count=1)
    return title, new


_SPELLINGS = (
    ("โควิด-19", "โควิด 19"),
    ("โควิด 19", "COVID-19"),
    ("COVID-19", "โควิด-19"),
    ("อินเทอร์เน็ต", "อินเตอร์เน็ต"),
    ("เว็บไซต์", "เว็บไซด์"),
    ("แอปพลิเคชัน", "แอพพลิเคชั่น"),
    ("แอปพลิเคชั่น", "แอพพลิเคชัน"),
    ("อัปเดต", "อัพเดท"),
    ("ดิจิทัล", "ดิจิตอล"),
    ("วิดีโอ", "วีดิโอ"),
    ("เฟซบุ๊ก", "เฟสบุ๊ค"),
    ("คลิก", "คลิ๊ก"),
    ("ล็อก", "ล็อค"),
    ("โปรเจกต์", "โปรเจ็คต์"),
    ("กิโลเมตร", "ก.ม."),
    ("อนุญาต", "อนุญาติ"),
    ("ปรากฏ", "ปรากฎ"),
    ("สังเกต", "สังเกตุ"),
    ("นวัตกรรม", "นวตกรรม"),
    ("บูรณาการ", "บูรณการ"),
    ("ศักยภาพ", "ศักภาพ"),
    ("มาตรฐาน", "มาตราฐาน"),
    ("โอกาส", "โอกาศ"),
)


def _spellings(title: str, body: str, _: Random) -> Text | None:
    """Words that are often spelled otherwise, and the sign of repetition with or without a space."""
    spaced = " ๆ" in body
    wanted = {old: new for old, new in _SPELLINGS if old in body}

    def respell(text: str) -> str:
        text = re.sub("|".join(map(re.escape, wanted)), lambda m: wanted[m[0]], text) if wanted else text
        return text.replace(" ๆ", "ๆ") if spaced else re.sub(r"(?<=[ก-์])ๆ", " ๆ", text)

    made = respell(title), respell(body)
    return made if sum(body.count(old) for old in wanted) + body.count("ๆ") >= 2 else None


_SYNONYMS = (
    ("นอกจากนี้ ", "นอกจากนั้น "),
    ("อย่างไรก็ตาม", "อย่างไรก็ดี"),
    ("พร้อมกันนี้", "พร้อมกันนั้น"),
    ("ในการนี้", "ในโอกาสนี้"),
    ("รวมทั้ง(?!สิ้น|หมด)", "รวมถึง"),
    ("ตลอดจน", "รวมไปถึง"),
    ("เนื่องจาก", "เพราะ"),
    ("เพื่อที่จะ", "เพื่อ"),
    ("อาทิ ", "เช่น "),
    ("กล่าวว่า", "ระบุว่า"),
    ("เปิดเผยว่า", "เผยว่า"),
    ("กล่าวเพิ่มเติมว่า", "เสริมว่า"),
    ("กล่าวต่อว่า", "กล่าวต่อไปว่า"),
    ("จำนวนทั้งสิ้น", "รวมทั้งสิ้น"),
    ("ในขณะนี้", "ขณะนี้"),
    ("เป็นจำนวนมาก", "จำนวนมาก"),
    ("ซึ่งเป็น", "อันเป็น"),
    ("ณ ห้อง", "ที่ห้อง"),
    ("ณ โรง", "ที่โรง"),
)


def _synonyms(title: str, body: str, chance: Random) -> Text | None:
    fits = [(old, new) for old, new in _SYNONYMS if re.search(old, body) and new not in body]
    if len(fits) < 2:
        return None
    new = body
    for old, other in chance.sample(fits, min(len(fits), 5)):
        new = re.sub(old, other, new)
    return title, new


def _reporter(title: str, body: str, chance: Random) -> Text | None:
    lines = body.split("\n")
    hosts = [n for n in _hosts(body) if not re.match(r"\s*[“\"]", lines[n])]
    if not hosts:
        return None
    forms = ("ผู้สื่อข่าวรายงานเพิ่มเติมว่า ", "รายงานข่าวแจ้งด้วยว่า ", "ผู้สื่อข่าวรายงานอีกว่า ")
    for n in hosts[1:3]:
        lines[n] = chance.choice(forms) + lines[n].lstrip()
    lines[hosts[0]] = chance.choice(("ผู้สื่อข่าวรายงานว่า ", "รายงานข่าวแจ้งว่า ")) + lines[hosts[0]].lstrip()
    return title, "\n".join(lines)


def _lost_marks(title: str, body: str, chance: Random) -> Text | None:
    """A few words lose a tone mark or a vowel above, so that they are no words any more."""
    words = word_tokenize(body, engine="newmm", keep_whitespace=True)
    spots = []
    for n, word in enumerate(words):
        if word in _WORDS and len(word) >= 4:
            bare = re.sub("[่-์็]", "", word, count=1)
            if bare != word and bare not in _WORDS:
                spots.append((n, bare))
    if len(spots) < 4:
        return None
    for n, bare in chance.sample(spots, min(6, len(spots) // 2)):
        words[n] = bare
    return title, "".join(words)


# ---------------------------------------------------------------- the kinds


def _both(name: str, edit: Edit) -> Kind:
    return Kind(name, "keep", "both", edit)


def _new(name: str, edit: Edit) -> Kind:
    return Kind(name, "keep", "b", edit)


def _part(name: str, rewrite: Rewrite) -> Kind:
    return Kind(name, "go", "a", _shorter(rewrite), goes="b")


def _equal(name: str, rewrite: Rewrite) -> Kind:
    return Kind(name, "go", "both", _same(rewrite))


KINDS: tuple[Kind, ...] = (
    _both("digits-transposed", _transposed_digits),
    _both("ten-times", _ten_times),
    _both("figures-trade-places", _figures_trade_places),
    _both("names-trade-places", _names_trade_places),
    _both("words-of-another", _words_of_another),
    _both("rank-of-person", _rank_of_person),
    _both("next-of-series", _next_of_series),
    _both("limit-moved", _limit_moved),
    _both("measure-changed", _measure_changed),
    _both("opposite-side", _opposite_side),
    _both("duty-softened", _one_of(_SOFTENED)),
    _both("all-or-some", _one_of(_LIMITED)),
    _both("decided-or-nearly", _one_of(_IN_PRINCIPLE)),
    _both("denied", _one_of(_DENIED)),
    _both("next-bulletin", _next_bulletin),
    _both("other-hour", _other_hour),
    _both("other-province", _other_province),
    _both("figure-changed-in-thai-digits", _changed_under_a_cover(_thai_digits)),
    _both("figure-changed-and-moved", _changed_under_a_cover(_move)),
    _both("near-agencies", _each_adds(_near_agencies)),
    _both("near-places", _each_adds(_near_places)),
    _both("near-people", _each_adds(_near_people)),
    _both("fee-or-free", _each_adds(_fee_or_free)),
    _both("shares-swapped", _each_adds(_shares_swapped)),
    _both("payer-and-paid", _each_adds(_payer_and_paid)),
    _both("other-winner", _each_adds(_other_winner)),
    _both("pending-or-known", _each_adds(_pending_or_known)),
    _both("fraction", _each_adds(_fraction)),
    _both("other-weekday", _each_adds(_closed_days)),
    _both("toll-by-the-hour", _toll_by_the_hour),
    _both("shorter-with-news", _shorter_with_news),
    _both("each-lacks-a-paragraph", _each_lacks_a_paragraph),
    _new("penalty-added", _one_adds(_penalty)),
    _new("objection-added", _one_adds(_objection)),
    _new("condition-added", _one_adds(_condition)),
    _new("record-added", _one_adds(_record)),
    _new("said-besides", _one_adds(_said_besides)),
    _new("count-broken-down", _in_brackets),
    _new("news-in-the-caption", _news_in_the_caption),
    _new("news-in-the-contact-line", _news_in_the_contact_line),
    _new("title-says-off", _title_says_off),
    _new("title-tells-more", _title_tells_more),
    _new("item-more", _item_more),
    _new("news-between-frames", _news_between_frames),
    _part("lead-only", _lead_only),
    _part("teaser", _teaser),
    _part("column-limit", _column_limit),
    _part("without-the-end", _without_the_end),
    _part("without-the-middle", _without_the_middle),
    _part("without-last-clauses", _without_last_clauses),
    _part("without-brackets", _without_brackets),
    _part("without-guests", _without_guests),
    _part("without-asides", _without_asides),
    _part("digest", _digest),
    _part("broadcast", _broadcast),
    _part("social", _social),
    _part("shorter-list", _shorter_list),
    _part("without-speech", _without_speech),
    Kind("roundup", "go", "a", _roundup, goes="b"),
    _part("lead-retitled", _then(_retitled, _lead_only)),
    _part("without-the-end-in-thai-digits", _then(_without_the_end, _thai_digits)),
    _part("without-the-end-in-short-forms", _then(_without_the_end, _short_forms, _widgets)),
    _equal("today-or-date", _today_or_date),
    _equal("numeric-dates", _numeric_dates),
    _equal("common-era", _common_era),
    _equal("round-figures", _round_figures),
    _equal("spoken-hours", _spoken_hours),
    _equal("list-in-lines", _list_in_lines),
    _equal("list-marks", _list_marks),
    _equal("pull-quote", _pull_quote),
    _equal("summary-on-top", _summary_on_top),
    _equal("names-in-short-or-full", _names_in_short_or_full),
    _equal("markup", _markup),
    _equal("vowels-as-typed", _vowels_as_typed),
    _equal("hard-wrap", _hard_wrap),
    _equal("official-pages", _official_pages),
    _equal("pasted-twice", _pasted_twice),
    _equal("widgets", _widgets),
    _equal("quoted-mail", _quoted_mail),
    _equal("wire", _wire),
    _equal("speaker-last", _speaker_last),
    _equal("speech-in-marks", _speech_in_marks),
    _equal("date-last", _date_last),
    _equal("one-run", _one_run),
    _equal("short-forms", _short_forms),
    _equal("english-beside", _english_beside),
    _equal("spellings", _spellings),
    _equal("synonyms", _synonyms),
    _equal("reporter", _reporter),
    _equal("lost-marks", _lost_marks),
    _equal("wrapped-in-thai-digits", _then(_thai_digits, _hard_wrap)),
    _equal("wire-in-short-forms", _then(_short_forms, _speech_in_marks, _wire)),
)
