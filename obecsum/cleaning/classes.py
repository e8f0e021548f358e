# ruff: noqa: E501, SIM905 - tables of Thai words read better as words than wrapped
"""Which lines are furniture whatever their frequency says: buttons, menus, hashtags, offices and how to reach them.

That many releases have a line does not make it furniture: a warning is printed under each release of a week. So a line
may be cut only if closed classes of words explain all of it, to the last word; whatever else it says keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from obecsum.text.lexicon.function_words import CORRECTIONS, NEGATIONS
from obecsum.text.lexicon.tables import ABBREVIATIONS, PROVINCE_ALIASES, PROVINCES
from obecsum.text.normalize import fold

__all__ = ["is_explained", "is_warning"]

_MAX_CHARS = 300

_OFFICES = """
สำนัก สำนักงาน กอง กลุ่ม กลุ่มงาน ฝ่าย งาน ศูนย์ ศูนย์ข้อมูล ส่วน ประชาสัมพันธ์ สื่อสาร การสื่อสาร สื่อสารองค์กร องค์กร เผยแพร่ โฆษก สารนิเทศ กรม กระทรวง ปลัด เลขาธิการ เลขานุการ อำนวยการ
สำนักนายกรัฐมนตรี สำนักเลขาธิการนายกรัฐมนตรี สำนักงานเลขาธิการนายกรัฐมนตรี เลขาธิการนายกรัฐมนตรี สำนักโฆษก ทำเนียบรัฐบาล รัฐบาล รัฐบาลไทย สำนักเลขาธิการคณะรัฐมนตรี คณะกรรมการ เทศบาล
กรมการปกครอง กรมการพัฒนาชุมชน กรมที่ดิน กรมป้องกันและบรรเทาสาธารณภัย กรมโยธาธิการและผังเมือง กรมส่งเสริมการปกครองท้องถิ่น กรมสรรพากร กรมศุลกากร กรมสรรพสามิต กรมธนารักษ์ กรมบัญชีกลาง กรมการค้าภายใน
กรมพัฒนาธุรกิจการค้า กรมทรัพย์สินทางปัญญา กรมส่งเสริมการค้าระหว่างประเทศ กรมชลประทาน กรมประมง กรมปศุสัตว์ กรมการข้าว กรมวิชาการเกษตร กรมส่งเสริมการเกษตร กรมพัฒนาที่ดิน กรมป่าไม้ กรมควบคุมมลพิษ
กรมทรัพยากรน้ำ กรมเจ้าท่า กรมการขนส่งทางบก กรมทางหลวง กรมทางหลวงชนบท กรมการจัดหางาน กรมสวัสดิการและคุ้มครองแรงงาน กรมพัฒนาฝีมือแรงงาน กรมการแพทย์ กรมอนามัย กรมควบคุมโรค กรมสุขภาพจิต กรมศิลปากร
กรมการศาสนา กรมราชทัณฑ์ กรมสอบสวนคดีพิเศษ กรมบังคับคดี กรมธุรกิจพลังงาน กรมอุตุนิยมวิทยา กรมประชาสัมพันธ์ กรมการกงสุล
""".split()
_TELEPHONES = (
    "โทรศัพท์ โทรสาร โทร แฟกซ์ สายด่วน หมายเลข เบอร์ มือถือ คอลเซ็นเตอร์ tel telephone phone fax call center hotline".split()
)
_NET = """
เว็บไซต์ เว็บไซด์ เพจ แฟนเพจ เฟซบุ๊ก เฟสบุ๊ก เฟซบุ๊ค ไลน์ ทวิตเตอร์ อินสตาแกรม ยูทูบ ติ๊กต็อก อีเมล อีเมล์ ไปรษณีย์อิเล็กทรอนิกส์ ช่องทาง
website web site facebook fanpage fan page line official account id youtube twitter tiktok instagram x email e-mail whatsapp pinterest
""".split()
_ASKING = "สอบถาม ติดต่อ ติดตาม ข้อมูล ข้อมูลข่าวสาร รายละเอียด ข่าวสาร เพิ่มเติม ได้ที่ ได้ทาง ได้ ที่ ทาง ผ่าน หรือ และ ของ ต่อ ที่อยู่ รหัสไปรษณีย์".split()
# Buttons and menus of sites, as far as the table of whole lines does not have them.
_BUTTONS = """
แชร์ แชร์ข่าว พิมพ์ หน้า หน้านี้ ข่าวนี้ อ่าน อ่านต่อ ดู ดูเพิ่มเติม ทั้งหมด คลิก ที่นี่ คลิกที่นี่ ข่าว ภาพ รูป รูปภาพ ภาพข่าว ภาพกิจกรรม อัลบั้ม อัลบั้มภาพ แกลเลอรี วิดีโอ ย้อนกลับ กลับ หน้าแรก หน้าหลัก ถัดไป ก่อนหน้า ดาวน์โหลด เอกสาร เอกสารแนบ ไฟล์ ไฟล์แนบ
ไปที่ ส่งต่อ ค้นหา เมนู เข้าสู่ระบบ ความคิดเห็น แสดงความคิดเห็น ที่เกี่ยวข้อง ข่าวที่เกี่ยวข้อง อื่นๆ อื่น ล่าสุด ป้ายกำกับ แท็ก ข่าวประชาสัมพันธ์ ข่าวกิจกรรม กิจกรรม เกี่ยวกับเรา ติดต่อเรา
share tweet print like home news next previous back read more download copy link menu search login tags comments
""".split()

_TELEPHONE = re.compile("|".join(map(re.escape, _TELEPHONES)), re.IGNORECASE)
_LINK = re.compile(r"(?:https?://|www\.)[\x21-\x7e]+|[\w.+-]+@[\w-]+\.[\w.-]+|(?<![\w.])@[\w.-]+|(?<![\w.])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:go|or|ac|co|in)\.th(?:/[\x21-\x7e]*)?|(?<![\w.])[a-z0-9-]+\.com(?:/[\x21-\x7e]*)?", re.IGNORECASE | re.ASCII)  # fmt: skip
# One Latin name behind a net's own (Facebook: ThaiPR): two may be a sentence.
_ACCOUNT = re.compile(r"(?<![\w.])(?:facebook|fanpage|page|line(?:\s*(?:id|official))?|youtube|twitter|tiktok|instagram|ไลน์|เพจ|เฟซบุ๊ก)\s*[:/]\s*[a-z0-9._-]+(?=\s|$|[,;/])", re.IGNORECASE)  # fmt: skip
_NUMBER = (
    r"(?<!\d)(?<!\d[.,])(?:(?:\+66|0)[\d\s-]{6,14}\d(?!\d)|1\d{2,3}(?!\d))(?:\s*(?:ต่อ|-|ถึง)\s*\d{1,5}(?!\d))?"
    r"(?:\s*\(?(?:ตลอด\s*)?24\s*(?:ชั่วโมง|ชม\.?)\)?)?"
)
_POSTAL = re.compile(r"(?<!\d)[1-9]\d{4}(?!\d)")
# Only two of them with a postal code: ถนนขาด (a road is cut) alone would be an address.
_ADDRESS = re.compile(
    r"(?<!\d)\d{1,4}(?:/\d{1,4})?(?=\s*(?:ถนน|ถ\.|หมู่|ซอย|อาคาร))"
    r"|(?:เลขที่|หมู่(?:ที่)?|ชั้น)\s*\d{1,4}(?:/\d{1,4})?|(?:ถนน|ถ\.|ซอย|แขวง|เขต|ตำบล|ต\.|อำเภอ|อ\.|จังหวัด|จ\.|อาคาร)\s?[ก-๎]{2,16}(?=[\s\d,.()]|$)"
)
_CITY = re.compile("กรุงเทพมหานคร|กรุงเทพฯ|กรุงเทพ|กทม\\.?")
_LEAST_PARTS = 2
_HASHTAGS = re.compile(r"(?:#\S++\s*+)++$")


def _one_of(words: Iterable[str]) -> str:
    found = {fold(word).strip() for word in words}
    thai = sorted((word for word in found if not word.isascii()), key=len, reverse=True)
    latin = sorted(found - set(thai), key=len, reverse=True)
    return "|".join([*map(re.escape, thai), rf"(?<![a-z])(?:{'|'.join(map(re.escape, latin))})(?![a-z])"])


_PROVINCE = "|".join(sorted(map(re.escape, {*PROVINCES, *PROVINCE_ALIASES}), key=len, reverse=True))
# Of an office; a line of provinces is a list of where something happens.
_OF_PROVINCE = rf"(?:สำนักงาน|ประชาสัมพันธ์|สำนักงานประชาสัมพันธ์)\s?จังหวัด(?:{_PROVINCE})"
_SHORT = "|".join(sorted(map(re.escape, ABBREVIATIONS), key=len, reverse=True))
# The longest word first and no way back, so that a long line takes no longer than its length.
_WORDS = re.compile(
    rf"(?>{_OF_PROVINCE}|{_one_of([*_OFFICES, *_TELEPHONES, *_NET, *_ASKING, *_BUTTONS, *ABBREVIATIONS.values()])}"
    rf"|(?<![ก-๎])(?:{_SHORT})(?:\.|(?![ก-๎]))|{_NUMBER}|[^\w\s]|\s)++$",
    re.IGNORECASE,
)

_WARNINGS = """
เตือน ระวัง เฝ้าระวัง อพยพ ฉุกเฉิน อันตราย เสี่ยง ภัยพิบัติ น้ำท่วม อุทกภัย พายุ แผ่นดินไหว สึนามิ ดินถล่ม ไฟไหม้ ไฟป่า ระบาด มิจฉาชีพ หลอกลวง แก้ข่าว เปลี่ยนแปลง หลีกเลี่ยง ต้อง จนกว่า
""".split()
_THAI_WARNINGS = {word for word in {*NEGATIONS, *CORRECTIONS, *_WARNINGS} if not word.isascii()}
_WITHIN_OTHERS = {"อย่า", "มิ"}  # ตัวอย่าง, สรรพสามิต
_ENGLISH_WARNINGS = "warning warn alert alerts danger dangerous emergency evacuate evacuation urgent caution avoid beware closed".split()
_REFUSED = re.compile(
    "|".join(
        [
            *(re.escape(fold(word)) for word in sorted(_THAI_WARNINGS - _WITHIN_OTHERS)),
            r"(?<!สาย)ด่วน|(?<!เ)ปิด|อย่า(?!ง)|มิ(?:ให้|ใช่)",
            rf"(?<![a-z])(?:{'|'.join(sorted({*filter(str.isascii, {*NEGATIONS, *CORRECTIONS}), *_ENGLISH_WARNINGS}))})(?![a-z])",
        ]
    ),
    re.IGNORECASE,
)


def is_warning(folded: str) -> bool:
    """Whether a text denies, corrects or warns; then it is no furniture, whatever else it is."""
    return bool(_REFUSED.search(folded))


def is_explained(folded: str) -> bool:
    """Whether a whole folded line is hashtags, or buttons, menus, offices, telephones, addresses and names on the net."""
    if len(folded) > _MAX_CHARS:
        return False
    rest = _ACCOUNT.sub(" ", _LINK.sub(" ", folded))  # no word of an address counts
    if is_warning(rest):
        return False
    if _HASHTAGS.match(folded):
        return True
    if _POSTAL.search(rest):
        rest, parts = _ADDRESS.subn(" ", rest)
        if parts < _LEAST_PARTS:
            return False
        rest = _CITY.sub(" ", _POSTAL.sub(" ", rest))
    elif re.search(r"\d", rest) and not _TELEPHONE.search(rest):
        return False
    return not rest.strip() or bool(_WORDS.match(rest))
