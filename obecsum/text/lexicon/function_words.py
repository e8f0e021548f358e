# ruff: noqa: E501, SIM905 - tables of Thai words read better as words than wrapped
"""Closed classes of Thai and English words: what only joins, reports or honors, what negates or restricts, and names of offices.

Function words, reporting verbs and honorifics say nothing of their own about an event; negations and restrictions change
what the words beside them say. All are closed classes of the language, as grammars list them, not words that were seen
to differ in pairs.
"""

from __future__ import annotations

from obecsum.text.lexicon.tables import PERSON_TITLES

__all__ = [
    "ADDING",
    "CONDITIONS",
    "CORRECTIONS",
    "DEPUTIES",
    "FUNCTION_WORDS",
    "GIVING",
    "HONORIFICS",
    "NEGATIONS",
    "NUMERALS",
    "OFFICE_WORDS",
    "OPPOSITES",
    "RANKS",
    "READING_ON",
    "REPORTING",
    "RESTRICTIONS",
    "SENSES",
    "TAKING",
    "UNITS",
]

_JOINING = """
และ หรือ แต่ กับ ทั้ง ทั้งนี้ ทั้งยัง ทั้งสิ้น อีก อีกทั้ง อีกด้วย ด้วย ก็ จึง แล้ว ซึ่ง ที่ อัน ว่า เพราะ เนื่องจาก เนื่องใน ดังนั้น เพราะฉะนั้น ฉะนั้น หาก ถ้า เมื่อ ขณะที่ ขณะเดียวกัน ในขณะที่
นอกจาก นอกจากนี้ นอกจากนั้น รวมทั้ง รวมถึง ตลอดจน ตลอดทั้ง พร้อม พร้อมทั้ง พร้อมด้วย พร้อมกันนี้ พร้อมกับ ตลอด ดังกล่าว ดังนี้ ดังต่อไปนี้ เช่น อาทิ ได้แก่ เป็นต้น ประกอบด้วย คือ เป็น เป็นการ เป็นที่ เป็นไป
อย่างไรก็ตาม อย่างไรก็ดี ต่อมา จากนั้น หลังจาก หลังจากนั้น ภายหลัง ก่อนหน้านี้ ต่อไป ต่อ สำหรับ เพื่อ เพื่อให้ เพื่อที่ โดย โดยการ ด้วยการ ตาม ตามที่ จาก จากการ ใน ในการ ในด้าน ในส่วน ในส่วนของ ในเรื่อง ในโอกาสนี้ โอกาสนี้ ในการนี้ ในครั้งนี้ ครั้งนี้
ของ แห่ง ณ ที่จะ จะ ได้ ให้ ไป มา อยู่ ขึ้น ลง ออก เข้า ไว้ กัน ร่วมกัน ด้วยกัน นี้ นั้น เหล่านี้ เหล่านั้น ดัง อย่าง แบบ เชิง ด้าน ทาง ส่วน เรื่อง การ ความ ผู้ ภายใน ภายใต้ ระหว่าง ผ่าน สู่ ถึง จน จนถึง ตั้งแต่ แก่ ต่าง ต่างๆ ต่าง ๆ
เกี่ยวกับ ว่าด้วย ถือ ถือว่า ถือเป็น นับ นับเป็น นับว่า อันเป็น ที่เป็น ซึ่งเป็น มี ยัง ยังคง คง ทำ ทำให้ ทำการ ดำเนิน ดำเนินการ สามารถ ได้รับ รับ ใช้ นำ จัด เกิด เพิ่มเติม ยิ่ง ยิ่งขึ้น อย่างยิ่ง มาก มากขึ้น มากยิ่งขึ้น เอง ตนเอง ตน เขา เธอ เรา มัน ผม ดิฉัน ท่าน พวก เหล่า บรรดา
ปัจจุบัน ขณะนี้ ล่าสุด เบื้องต้น กำลัง แต่ละ ละ ใด อื่น บน หลัง ก่อน สิ่ง ครับ ค่ะ คะ นะ ฯ ฯลฯ ๆ เช่นกัน เช่นเดียวกัน เช่นเดียวกับ ซึ่งกันและกัน ร่วม ร่วมกับ จำนวน โดยเฉพาะ โดยมี รวม ในฐานะ
""".split()
_REPORTING = """
กล่าว กล่าวว่า กล่าวถึง กล่าวต่อ กล่าวเพิ่มเติม เปิดเผย เปิดเผยว่า เผย เผยว่า ระบุ ระบุว่า ชี้แจง ชี้แจงว่า แจ้ง แจ้งว่า บอก บอกว่า พูด เสริม เสริมว่า ย้ำ ย้ำว่า เน้นย้ำ เน้นย้ำว่า เน้น รายงาน รายงานว่า ทราบ ทราบว่า
ต่อว่า ต่อไปว่า ให้สัมภาษณ์ สรุป สรุปว่า ทิ้งท้าย ในที่สุด ตอนท้าย
""".split()
_ENGLISH_JOINING = """
a an the that those there here it its he his him she her they their them we our us you your i my me who whom whose which what where when while
and or but as also both then thus so if than of to in on at by for with from into onto within among between during through via per upon
is are was were be been being am has have had do does did will would shall etc
""".split()
_ENGLISH_REPORTING = """
said says say saying told tells announced announces announcing announce stated states stating reported reports reporting noted notes noting added adds adding
mentioned mentions according disclosed discloses revealed reveals explained explains remarked remarks commented comments
""".split()
REPORTING = frozenset(_REPORTING + _ENGLISH_REPORTING)
"""What somebody does who says something."""

FUNCTION_WORDS = REPORTING.union(_JOINING, _ENGLISH_JOINING)
"""Words that join, refer or report."""

HONORIFICS = frozenset(
    {
        *PERSON_TITLES,
        *"mr mrs ms miss dr prof professor sir gen lt col maj capt pol hon".split(),
        "ท่าน",
        "คุณ",
        "ฯพณฯ",
        "พณ",
        "พณฯ",
        "ดอกเตอร์",
        "ด็อกเตอร์",
    }
)
"""What stands before a name and names nobody."""

NEGATIONS = frozenset(
    """
ไม่ มิ มิได้ ไม่ได้ ไม่มี ไม่ใช่ ไม่ต้อง ไม่เป็น ไม่สามารถ ไม่ให้ ไม่พบ ไม่เคย ยังไม่ ไร้ อย่า ห้าม งด เว้น ปฏิเสธ ยกเลิก เลิก เลื่อน ระงับ ยุติ หยุด ชะลอ เพิกถอน ถอน พัก เท็จ ปลอม
not no never none nor neither without cannot t nobody nothing deny denies denied denying refuse refuses refused reject rejects rejected cancel cancels canceled
cancelled cancellation postpone postpones postponed suspend suspends suspended halt halts halted stop stops stopped revoke revokes revoked withdraw withdraws
withdrew withdrawn ban bans banned abandon abandoned delay delays delayed false fake untrue hardly
""".split()
)
"""What takes back what stands beside it."""

DEPUTIES = frozenset(
    """
อดีต ว่าที่ รักษาการ รอง ผู้ช่วย ช่วย ช่วยว่าการ ผู้แทน แทน former ex acting interim deputy vice assistant designate
""".split()
)
"""Who stands for another, or no longer or not yet does."""

CONDITIONS = frozenset("หาก ถ้า เว้นแต่ ยกเว้น if unless except".split())
"""On which condition, and except for whom."""

RESTRICTIONS = (
    DEPUTIES
    | CONDITIONS
    | frozenset(
        """
เฉพาะ เพียง แค่ เท่านั้น เกือบ บาง บางส่วน กว่า ครึ่ง อาจ คาดว่า
only merely almost nearly some partly half may might could should allegedly alleged
reportedly expected likely possibly probably
""".split()
    )
)
"""What says of how much, of whom, on which condition or how surely, and who stands for another."""

NUMERALS = frozenset(
    "one first last single both another more less dozen dozens hundreds thousands millions ศูนย์ หนึ่ง เอ็ด สอง สาม สี่ ห้า หก เจ็ด แปด เก้า สิบ ยี่สิบ ยี่ ร้อย พัน หมื่น แสน ล้าน แรก สุดท้าย คู่ ครึ่ง เดียว".split()
)
"""Words that count."""

CORRECTIONS = frozenset(
    """
ยกเลิก เลื่อน ระงับ ยุติ ปฏิเสธ แก้ไข คลาดเคลื่อน ขออภัย ขอโทษ ผิดพลาด งด แก้ แก้คำผิด คำผิด ผิด ไม่ถูกต้อง ถูกต้อง เดิม แทน แทนที่ ฉบับ ข้างต้น ก่อนหน้านี้
เปลี่ยน เปลี่ยนแปลง ปรับ ปรับเปลี่ยน ขยับ ผลัด พลาด บิดเบือน ข่าวลือ ข่าวปลอม เท็จ ปลอม ชี้แจง ยืนยัน หมายเหตุ
canceled cancelled cancellation postponed suspended revoked withdrawn retracted retraction denied correction corrections corrected erratum apologize apologizes
apologise apologises incorrect mistaken
""".split()
)
"""What says that something said before holds no longer."""

OFFICE_WORDS = frozenset(
    """
สำนัก สำนักงาน กอง กลุ่ม กลุ่มงาน กลุ่มประชาสัมพันธ์ ฝ่าย งาน ศูนย์ ส่วน ประชาสัมพันธ์ สื่อสาร สื่อสารองค์กร องค์กร เผยแพร่ โฆษก สารนิเทศ ข่าว ภาพ รายงาน ตรวจ พิมพ์ เรียบเรียง วิเคราะห์ ข่าวสาร กรม กระทรวง สำนักงานปลัดกระทรวง ปลัดกระทรวง ปลัด สำนักนายกรัฐมนตรี
นายกรัฐมนตรี เลขาธิการ เลขานุการ รัฐมนตรี ทำเนียบรัฐบาล ทำเนียบ รัฐบาล โทร โทรศัพท์ โทรสาร แฟกซ์ อีเมล เว็บไซต์ เว็บไซด์ สายด่วน ติดต่อ สอบถาม ข้อมูล รายละเอียด ที่มา เครดิต ขอบคุณ ผู้สื่อข่าว ผู้เขียน ช่างภาพ
www com go th http https line facebook youtube twitter tiktok instagram email tel fax id gmail
""".split()
)
"""Words of which lines consist that name the office that sent a release out, and how to reach it."""

READING_ON = frozenset(
    """
อ่าน ดู ชม คลิก กด ติดตาม รายละเอียด เพิ่มเติม ต่อ ทั้งหมด ฉบับ เต็ม ฉบับเต็ม ข่าว เนื้อหา บทความ เว็บไซต์ เว็บไซด์ เพจ ลิงก์ ลิงค์ ที่นี่ ที่ ได้ ได้ที่ ทาง ผ่าน
read see view click here tap more full story article continue reading details website link page on our the for
""".split()
)
"""Words of which an invitation to read the rest elsewhere consists."""

UNITS = frozenset("กระทรวง จังหวัด อำเภอ ตำบล ประเทศ ministry province district".split())
"""What a name is the name of, where the name says it alone."""

ADDING = frozenset(
    "โดย โดยมี โดยการ ซึ่ง พร้อม พร้อมทั้ง พร้อมด้วย พร้อมกับ และ รวมทั้ง รวมถึง ตลอดจน ทั้งนี้ นอกจากนี้ อีกทั้ง and including with also".split()
)
"""What begins a clause that adds something and changes nothing of what stands before it."""

TAKING = frozenset({"จาก", "โดย", "from", "by"})
GIVING = frozenset({"ให้", "แก่", "แด่", "ถึง", "สู่", "ต่อ", "to", "for"})
"""Whom something comes from, and whom it goes to."""

OPPOSITES = tuple(
    map(
        frozenset,
        (
            ("ขึ้น", "ลง"),
            ("เข้า", "ออก"),
            ("ก่อน", "หลัง"),
            ("ก่อน", "ภายหลัง"),
            ("ไป", "มา"),
            ("บน", "ใต้"),
            ("ใน", "นอก"),
            ("is", "was"),
            ("are", "were"),
            ("will", "did"),
            ("has", "will"),
            ("have", "will"),
        ),
    )
)
"""Joining words of which one says the reverse of the other, or puts it into another time."""

SENSES = tuple(
    map(
        frozenset,
        (
            ("จะ", "ที่จะ"),
            ("หรือ",),
            ("แต่", "อย่างไรก็ตาม", "อย่างไรก็ดี"),
            ("หาก", "ถ้า"),
            ("ตั้งแต่",),
            ("ถึง", "จนถึง", "จน"),
            ("ก่อน", "ก่อนหน้านี้"),
            ("หลัง", "หลังจาก", "ภายหลัง", "หลังจากนั้น"),
            ("เพราะ", "เนื่องจาก"),
            ("กำลัง", "ระหว่าง"),
            ("ผ่าน",),
            ("แล้ว",),
            ("เขา", "เธอ"),
            ("ผม", "ดิฉัน"),
            ("or",),
            ("but",),
            ("before",),
            ("after",),
        ),
    )
)
"""Joining words by what they say: one of a set may stand for another, but none for a word outside of it."""

RANKS = frozenset(
    title
    for title in PERSON_TITLES
    if title.startswith(("พล", "พัน", "ร้อย", "พ.", "ร.", "น.อ", "น.ท", "น.ต", "นาวา", "เรือ", "จ.", "ส.", "ด.ต"))
)
"""Titles of which one is not the other."""
