"""Releases that come after one that an index has: news that must stay, and reposts that must go.

Written for these tests, in the words of press releases; none is from a feed.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["NEWS", "REPOSTS", "Later"]

PUMPS = (
    "ผู้อำนวยการโครงการตรวจเครื่องสูบน้ำ",
    "ผู้อำนวยการโครงการชลประทานลงพื้นที่จังหวัดพิจิตร ตรวจความพร้อมเครื่องสูบน้ำ 32 เครื่อง พร้อมสั่งการให้เจ้าหน้าที่เฝ้าระวังระดับน้ำตลอด 24 ชั่วโมง "
    "และให้ประสานกับองค์การบริหารส่วนตำบลในการแจ้งเตือนประชาชนริมแม่น้ำน่าน",
)
CRASH = (
    "รถโดยสารพลิกคว่ำบนทางหลวงหมายเลข 12",
    "เมื่อเวลา 05.40 น. วันที่ 3 สิงหาคม 2567 เกิดเหตุรถโดยสารประจำทางพลิกคว่ำบนทางหลวงหมายเลข 12 ช่วงอำเภอหล่มสัก จังหวัดเพชรบูรณ์ "
    "มีผู้บาดเจ็บ 14 ราย เจ้าหน้าที่กู้ภัยนำส่งโรงพยาบาลหล่มสักแล้วทั้งหมด\n"
    "นายแพทย์สาธารณสุขจังหวัดเพชรบูรณ์กล่าวว่า ได้สั่งการให้โรงพยาบาลใกล้เคียงเตรียมเตียง โลหิตสำรอง และทีมแพทย์ฉุกเฉินไว้รองรับ "
    "พร้อมส่งทีมเยียวยาจิตใจเข้าดูแลผู้ประสบเหตุและครอบครัวอย่างใกล้ชิด\n"
    "ด้านแขวงทางหลวงเพชรบูรณ์ได้จัดเจ้าหน้าที่อำนวยความสะดวกการจราจร ติดตั้งป้ายเตือนก่อนถึงจุดเกิดเหตุ และเร่งเคลื่อนย้ายรถออกจากผิวทาง "
    "ขอให้ผู้ใช้ทางชะลอความเร็วและปฏิบัติตามคำแนะนำของเจ้าหน้าที่ สอบถามเส้นทางได้ที่สายด่วน 1586 ตลอดเวลา",
)
FAIR = (
    "เชิญเที่ยวงานเกษตรแฟร์อำเภอแม่ทา",
    "สำนักงานเกษตรอำเภอแม่ทา จังหวัดลำพูน ขอเชิญประชาชนและนักท่องเที่ยวร่วมงานเกษตรแฟร์ ระหว่างวันที่ 10 - 14 มกราคม 2568 "
    "ณ สนามหน้าที่ว่าการอำเภอแม่ทา ตั้งแต่เวลา 09.00 น. เป็นต้นไป\n"
    "ภายในงานมีการจำหน่ายผลผลิตทางการเกษตรจากกลุ่มวิสาหกิจชุมชน การประกวดลำไยนอกฤดู การสาธิตการทำปุ๋ยหมัก และการแสดงดนตรีพื้นเมืองของเยาวชน "
    "นอกจากนี้ยังมีคลินิกดินและน้ำให้คำปรึกษาแก่เกษตรกรโดยไม่คิดค่าใช้จ่าย\n"
    "เกษตรอำเภอแม่ทากล่าวว่า งานนี้จัดขึ้นเพื่อเปิดช่องทางการตลาดให้แก่เกษตรกรรายย่อย และให้ผู้บริโภคได้พบผู้ผลิตโดยตรง "
    "คาดว่าจะสร้างรายได้หมุนเวียนในพื้นที่และเป็นการประชาสัมพันธ์สินค้าของชุมชนให้เป็นที่รู้จักในวงกว้างมากยิ่งขึ้น",
)
LOAN = (
    "ธนาคารเปิดรับคำขอสินเชื่อฟื้นฟูอาชีพ",
    "ธนาคารเพื่อชุมชนเปิดรับคำขอสินเชื่อฟื้นฟูอาชีพสำหรับผู้ประสบอุทกภัย วงเงินรวม 800 ล้านบาท ให้กู้รายละไม่เกิน 50,000 บาท "
    "ดอกเบี้ยร้อยละ 2 ต่อปี ผ่อนชำระไม่เกิน 5 ปี\n"
    "ผู้จัดการธนาคารกล่าวว่า ผู้ยื่นคำขอต้องมีภูมิลำเนาอยู่ในพื้นที่ที่ประกาศเป็นเขตให้ความช่วยเหลือ และมีหนังสือรับรองจากผู้นำชุมชน "
    "โดยธนาคารจะพิจารณาให้แล้วเสร็จภายในเวลาอันรวดเร็วเพื่อให้ผู้ประสบภัยมีทุนหมุนเวียนกลับไปประกอบอาชีพได้ตามเดิม\n"
    "ผู้สนใจยื่นคำขอได้ที่สาขาใกล้บ้านหรือผ่านแอปพลิเคชันของธนาคาร พร้อมสำเนาบัตรประชาชน ทะเบียนบ้าน และภาพถ่ายความเสียหาย "
    "เจ้าหน้าที่ของธนาคารพร้อมออกหน่วยเคลื่อนที่ในชุมชนที่เดินทางลำบาก เพื่อรับเอกสารและตอบข้อซักถามของประชาชน",
)


class Later(NamedTuple):
    """A release and what comes after it.

    Attributes:
        name: What kind it is.
        first: Title and text of the one that the index has.
        second: Title and text of the later one.
        supersedes: Whether the later one says all of the first and more.
    """

    name: str
    first: tuple[str, str]
    second: tuple[str, str]
    supersedes: bool = False


def _changed(base: tuple[str, str], *pairs: tuple[str, str]) -> tuple[str, str]:
    title, text = base
    for before, after in pairs:
        assert before in text or before in title, before
        title, text = title.replace(before, after), text.replace(before, after)
    return title, text


def _more(base: tuple[str, str], sentence: str) -> tuple[str, str]:
    return base[0], f"{base[1]}{sentence}"


NEWS = [
    Later("two dead, in a short one", PUMPS, _more(PUMPS, " ล่าสุดมีรายงานผู้เสียชีวิตแล้ว 2 ราย")),
    Later("two more dead", CRASH, _more(CRASH, "\nล่าสุดมีผู้เสียชีวิตเพิ่มอีก 2 ราย"), supersedes=True),
    Later("more injured", CRASH, _changed(CRASH, ("ผู้บาดเจ็บ 14 ราย", "ผู้บาดเจ็บ 17 ราย"))),
    Later("road open again", CRASH, _more(CRASH, "\nล่าสุดเปิดการจราจรได้ตามปกติทั้งสองช่องทางแล้ว"), supersedes=True),
    Later("cause found", CRASH, _more(CRASH, "\nผลการตรวจสอบเบื้องต้นพบว่าระบบเบรกขัดข้อง"), supersedes=True),
    Later("additional warning", PUMPS, _more(PUMPS, " และขอให้ประชาชนอพยพขึ้นที่สูงโดยด่วน")),
    Later(
        "additional warning, in a long one", CRASH, _more(CRASH, "\nขอให้หลีกเลี่ยงเส้นทางดังกล่าวเนื่องจากมีสารเคมีรั่วไหล"), True
    ),
    Later("cancelled", FAIR, _more(FAIR, "\nทั้งนี้ ขอแจ้งยกเลิกการจัดงานดังกล่าวแล้ว")),
    Later("cancelled, in the headline alone", FAIR, _changed(FAIR, ("เชิญเที่ยวงาน", "ยกเลิกงาน"))),
    Later("postponed", FAIR, _more(FAIR, "\nล่าสุดคณะผู้จัดงานมีมติเลื่อนการจัดงานออกไปโดยไม่มีกำหนด")),
    Later("new days", FAIR, _changed(FAIR, ("10 - 14 มกราคม 2568", "17 - 21 มกราคม 2568"))),
    Later("new hour", FAIR, _changed(FAIR, ("09.00 น.", "13.00 น."))),
    Later("new hour, in words", FAIR, _changed(FAIR, ("ตั้งแต่เวลา 09.00 น.", "ตั้งแต่บ่ายสองโมง"))),
    Later("new place", FAIR, _changed(FAIR, ("สนามหน้าที่ว่าการอำเภอแม่ทา", "ลานวัดดอยเวียง"))),
    Later("erratum", LOAN, _more(LOAN, "\nขอแก้ไขข้อความ ดอกเบี้ยที่ถูกต้องคือร้อยละ 3 ต่อปี")),
    Later("corrected figure", LOAN, _changed(LOAN, ("50,000 บาท", "30,000 บาท"))),
    Later("corrected figure, in words", LOAN, _changed(LOAN, ("800 ล้านบาท", "แปดร้อยห้าสิบล้านบาท"))),
    Later("result", LOAN, _more(LOAN, "\nขณะนี้มีผู้ได้รับอนุมัติสินเชื่อแล้ว 1,240 ราย"), supersedes=True),
    Later("closed", LOAN, _changed(LOAN, ("เปิดรับคำขอ", "ปิดรับคำขอ"))),
    Later("denied", LOAN, _more(LOAN, "\nธนาคารขอปฏิเสธข่าวที่ว่าเรียกเก็บค่าธรรมเนียมล่วงหน้า")),
    Later("not any more", LOAN, _changed(LOAN, ("ธนาคารพร้อมออกหน่วย", "ธนาคารไม่พร้อมออกหน่วย"))),
    Later("another disaster", LOAN, _changed(LOAN, ("ผู้ประสบอุทกภัย", "ผู้ประสบวาตภัย"))),
]
"""The later one stays, linked to the first."""

REPOSTS = [
    Later("the same", CRASH, CRASH),
    Later("Thai digits", CRASH, _changed(CRASH, ("14 ราย", "๑๔ ราย"), ("05.40", "๐๕.๔๐"))),
    Later("hashtags", FAIR, _more(FAIR, "\n#เกษตรแฟร์ #แม่ทา")),
    Later("other line breaks and spaces", FAIR, _changed(FAIR, ("\n", "\n\n"), ("เป็นต้นไป", " เป็นต้นไป"))),
    Later("a slip of the pen", LOAN, _changed(LOAN, ("ทะเบียนบ้าน", "ทะเบียบบ้าน"))),
    Later(
        "a word that adds nothing",
        CRASH,
        _changed(CRASH, ("ผู้ประสบเหตุและครอบครัวอย่างใกล้ชิด", "ผู้ประสบเหตุและครอบครัวอย่างใกล้ชิดด้วย")),
    ),
    Later("a reporting verb", LOAN, _changed(LOAN, ("ผู้จัดการธนาคารกล่าวว่า", "ผู้จัดการธนาคารเปิดเผยว่า"))),
    Later("the last paragraph is missing", CRASH, (CRASH[0], CRASH[1].rpartition("\n")[0])),
    Later("the month in short", CRASH, _changed(CRASH, ("3 สิงหาคม 2567", "3 ส.ค. 67"))),
]
"""The later one goes, for the first."""
