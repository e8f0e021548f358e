"""What the openings of two releases say of one event, shown on releases written for the purpose."""

import pytest

from obecsum.comparison.alignment.align import document_of
from obecsum.comparison.compare import Comparison, compare, compare_documents

BODY = (
    "งานนี้จัดขึ้นเพื่อส่งเสริมการอ่านของเด็กและเยาวชน ให้เข้าถึงหนังสือที่เหมาะกับวัย และได้พบกับนักเขียนที่ตนชื่นชอบ ผ่านกิจกรรมหลากหลายรูปแบบ "
    "ทั้งการเล่านิทาน การแสดงหุ่นมือ และการแลกเปลี่ยนหนังสือมือสองระหว่างครอบครัว\n"
    "นอกจากนี้ ยังมีมุมหนังสือภาพสำหรับเด็กเล็ก มุมทดลองวิทยาศาสตร์อย่างง่าย และมุมให้คำปรึกษาแก่ผู้ปกครองเรื่องการเลือกหนังสือ "
    "โดยผู้เชี่ยวชาญจากห้องสมุดหลายแห่งที่มาร่วมออกร้านโดยไม่มีค่าใช้จ่ายใด ๆ\n"
    "ผู้จัดเชื่อว่า เมื่อเด็กได้เลือกหนังสือด้วยตนเอง ความรักการอ่านจะค่อย ๆ เติบโตขึ้นในใจ และติดตัวไปจนเป็นผู้ใหญ่ "
    "จึงขอให้โรงเรียนและครอบครัวช่วยกันสร้างบรรยากาศแห่งการอ่านอย่างต่อเนื่อง\n"
)
WHO = "นางสาวมาลี ศรีสุขสันต์ รัฐมนตรีว่าการกระทรวงตัวอย่าง "


def compared(a: str, b: str) -> Comparison:
    """Both ways round: which text is the first must not matter."""
    found, back = compare(a, b), compare(b, a)
    assert (found.relation, found.a_can_go, found.b_can_go) == (back.relation, back.b_can_go, back.a_can_go)
    return found


def kept_for(a: str, b: str, reason: str) -> Comparison:
    found = compared(a, b)
    assert not found.a_can_go
    assert not found.b_can_go
    assert any(text.startswith(reason) for text in found.reasons), found.reasons
    return found


def test_planned_and_held() -> None:
    planned = "ก.ตัวอย่าง เตรียมจัดงานหนังสือเด็ก 5 มิถุนายนนี้\n" + WHO + "กล่าวว่า ในวันที่ 5 มิถุนายน 2567 " + BODY
    held = "ก.ตัวอย่าง จัดงานหนังสือเด็ก\nวันที่ 5 มิถุนายน 2567 " + WHO + "เป็นประธานเปิดงานหนังสือเด็ก " + BODY
    assert kept_for(planned, held, "stage: planned / held").relation == "update"


def test_will_and_has_in_one_place() -> None:
    text = "สถานี{}เปิดให้บริการห้องสมุดเด็ก\n" + WHO + "เปิดเผยว่า กระทรวง{}มอบหนังสือแก่ห้องสมุดทุกแห่ง " + BODY
    assert kept_for(text.format("", "จะ"), text.format("", "ได้"), "stage: planned / held").relation == "update"


def test_an_announcement_posted_again_is_a_duplicate() -> None:
    planned = "ก.ตัวอย่าง เตรียมจัดงานหนังสือเด็ก\n" + WHO + "กล่าวว่า จะจัดงานในวันที่ 5 มิถุนายน 2567 " + BODY
    again = "[กระทรวงตัวอย่าง] ก.ตัวอย่าง เตรียมจัดงานหนังสือเด็กทั่วประเทศ\n" + WHO + "กล่าวว่า จะจัดงานในวันที่ 5 มิถุนายน 2567 " + BODY
    assert compared(planned, again).relation == "duplicate"


def test_another_person_acts_at_one_ceremony() -> None:
    deputy = "วันที่ 5 มิถุนายน 2567 นายอาทิตย์ ใจกล้า รองปลัดกระทรวงตัวอย่าง พร้อมคณะ เข้าร่วมพิธีเปิดงานหนังสือเด็ก " + BODY
    minister = (
        "วันที่ 5 มิถุนายน 2567 " + WHO + "พร้อมด้วยนายอาทิตย์ ใจกล้า รองปลัดกระทรวงตัวอย่าง และคณะ เข้าร่วมพิธีเปิดงานหนังสือเด็ก " + BODY
    )
    found = kept_for("รองปลัดร่วมเปิดงานหนังสือเด็ก\n" + deputy, "มาลี เปิดงานหนังสือเด็ก\n" + minister, "first to act: ")
    assert found.relation == "related"


def test_whom_the_minister_sends_acts_for_the_minister() -> None:
    sent = WHO + "มอบหมายให้นายอาทิตย์ ใจกล้า รองปลัดกระทรวงตัวอย่าง เป็นประธานเปิดงานหนังสือเด็ก " + BODY
    went = "นายอาทิตย์ ใจกล้า รองปลัดกระทรวงตัวอย่าง เป็นประธานเปิดงานหนังสือเด็ก " + BODY
    assert compared(sent, went).relation == "duplicate"


def test_a_misspelled_name_is_no_other_person() -> None:
    text = "วันที่ 5 มิถุนายน 2567 นาย{} ใจกล้า รองปลัดกระทรวงตัวอย่าง เข้าร่วมพิธีเปิดงานหนังสือเด็ก " + BODY
    assert compared(text.format("ปีติพงศ์"), text.format("ปีติพงษ์")).relation == "duplicate"


@pytest.mark.parametrize(
    ("post", "relation"), [("อธิบดีกรมห้องสมุดตัวอย่าง", "update"), ("รองโฆษกกระทรวงตัวอย่าง", "duplicate")]
)
def test_two_people_in_one_post_are_two_years(post: str, relation: str) -> None:
    text = "ชวนเด็กอ่านหนังสือ\nนาย{} " + post + " เปิดเผยว่า " + BODY
    assert compared(text.format("สมชาย พูลดี"), text.format("กฤษฎา จันทร์งาม")).relation == relation


def test_another_venue() -> None:
    text = "กระทรวงตัวอย่างบันทึกเทปอวยพร\nวันนี้ (9 พฤษภาคม 2567) " + WHO + "บันทึกเทปอวยพรเด็กไทย ณ {} " + BODY
    a, b = text.format("สถานีวิทยุโทรทัศน์ตัวอย่าง"), text.format("บริษัทกระจายเสียงสมมุติ")
    assert kept_for(a, b, "venue: ").relation == "update"
    assert compared(a, text.format("สถานีวิทยุโทรทัศน์ตัวอย่าง ถนนใหญ่")).relation == "duplicate"


def test_two_reports_of_one_day() -> None:
    text = "รายงานสถานการณ์น้ำท่วมห้องสมุด\nวันนี้ (12 ตุลาคม 2564) เวลา {} น. ศูนย์ฯ รายงานว่า " + BODY
    assert kept_for(text.format("08.30"), text.format("17.00"), "time of the same day: ").relation == "update"
    assert compared(text.format("08.30"), text.format("8.30")).relation == "duplicate"


def test_a_figure_of_the_headline() -> None:
    text = "บริจาคหนังสือแล้ว {} เล่ม เพื่อน้องในถิ่นไกล\n" + WHO + "เปิดเผยว่า มีผู้บริจาค {} เล่ม " + BODY
    assert (
        kept_for(text.format("44,250", "44,250"), text.format("61,200", "61,200"), "figure of the").relation == "update"
    )


def test_another_country_in_the_headline() -> None:
    message = "ตามที่เกิดน้ำท่วมเมื่อวันที่ 3 กันยายน 2567 {} นายกรัฐมนตรีได้ส่งสารแสดงความเสียใจ " + BODY
    a = "สารแสดงความเสียใจต่อเหตุน้ำท่วมในสาธารณรัฐโดมินิกัน\n" + message.format("ใกล้ชายแดนเฮติ")
    b = "สารแสดงความเสียใจต่อเหตุน้ำท่วมในสาธารณรัฐเฮติ\n" + message.format("ใกล้ชายแดนโดมินิกัน")
    assert kept_for(a, b, "country of the headline").relation == "update"


def test_one_country_in_two_spellings_is_no_other() -> None:
    a, b = ("รมว.ตัวอย่าง หารือทูต" + name + "\n" + WHO + BODY for name in ("พม่า", "เมียนมา"))
    assert compared(a, b).relation == "duplicate"


def test_another_part_of_the_country() -> None:
    text = "รับบริจาคหนังสือช่วย{}\nกระทรวงตัวอย่างรับบริจาคหนังสือเพื่อช่วยห้องสมุดใน{} " + BODY
    a, b = text.format("ภาคใต้", "ภาคใต้"), text.format("ภาคเหนือ", "ภาคเหนือ")
    assert kept_for(a, b, "occasion: ภาคใต้ / ภาคเหนือ").relation == "update"
    assert (
        compared(text.format("ภาคอีสาน", "ภาคอีสาน"), text.format("ภาคตะวันออกเฉียงเหนือ", "ภาคอีสาน")).relation
        == "duplicate"
    )


def test_who_sent_it_out_is_no_loss() -> None:
    text = "ชวนเด็กอ่านหนังสือ\n" + BODY
    a, b = text + "เผยแพร่ข่าวโดย : นางสาวชลธิชา แสงดี\n", text + "เผยแพร่ข่าว : นางสาวศิริลักษณ์ สุขดี\n"
    found = compared(a, b)
    assert found.a_can_go
    assert found.b_can_go


def test_another_period() -> None:
    text = "ปลัดเป็นประธานพิธีทำบุญ ประจำเดือน{}\nปลัดกระทรวงเป็นประธานในพิธีทำบุญ ประจำเดือน{} ณ ศาลากลาง " + BODY
    a, b = text.format("พฤษภาคม 2566", "พฤษภาคม 2566"), text.format("มิถุนายน 2566 วันที่ 7", "มิถุนายน 2566")
    assert kept_for(a, b, "period: 2023-05 / 2023-06").relation == "update"


def test_one_template_and_two_subjects() -> None:
    text = "{}\nวันที่ 11 กุมภาพันธ์ 2563 เป็นการ{} " + BODY
    loans = "เปรียบเทียบอัตราดอกเบี้ยของสถาบันการเงินหลายแห่ง ทั้งบ้าน รถยนต์ และบัตรเครดิต เพื่อลดภาระหนี้สินของครัวเรือนไทยในระยะยาว"
    cars = "ตรวจจับแรงสั่นสะเทือนเมื่อเกิดอุบัติเหตุบนท้องถนน แล้วส่งพิกัดให้หน่วยกู้ชีพที่อยู่ใกล้ที่สุดโดยอัตโนมัติภายในเวลาไม่กี่วินาที"
    a, b = text.format("แพลตฟอร์มรีไฟแนนซ์", loans), text.format("ระบบประกันภัยรถยนต์", cars)
    assert kept_for(a, b, "what the lead tells: ").relation in ("update", "related")


def test_a_press_conference_and_the_opening() -> None:
    conference = "แถลงข่าวการจัดงานหนังสือเด็ก\nวันนี้ (2 สิงหาคม 2560) นางสาวมาลี แถลงดี โฆษกกระทรวง แถลงว่า " + BODY
    opening = "เปิดงานหนังสือเด็ก\nวันนี้ (4 สิงหาคม 2560) นายสมชาย ใจดีเลิศ รัฐมนตรี เป็นประธานในพิธีเปิดงาน วันที่ 2 สิงหาคม 2560 " + BODY
    assert kept_for(conference, opening, "stage: planned / held").relation == "update"


def test_a_day_of_every_year_without_its_year() -> None:
    text = "ร่วมรำลึก {}\nวันที่ 23 ตุลาคม ของทุกปี เป็นวันรำลึก " + BODY
    a, b = text.format("23 ตุลาคม 2565"), text.format("23 ตุลาคม")
    assert compared(a, b).relation == "update"
    assert compare_documents(document_of(a), document_of(b), days_apart=1).relation == "duplicate"


def test_a_subject_before_a_long_list_of_companions_acts() -> None:
    others = " ".join(f"นายสมาชิก{name} ตัวอย่างดี ที่ปรึกษารัฐมนตรีว่าการกระทรวงตัวอย่าง" for name in ("เอก", "โท", "ตรี", "จัตวา"))
    alms = (
        "ทำบุญตักบาตร\nวันนี้ (5 ธันวาคม 2561) "
        + WHO
        + "พร้อมด้วย "
        + others
        + " นายพสุ ใจงาม ปลัดกระทรวงตัวอย่าง ร่วมพิธีทำบุญตักบาตร "
        + BODY
    )
    flowers = "ถวายพานพุ่ม\nวันนี้ (5 ธันวาคม 2561) นายพสุ ใจงาม ปลัดกระทรวงตัวอย่าง ร่วมพิธีถวายพานพุ่ม " + BODY
    kept_for(alms, flowers, "first to act: ")


def test_said_again_on_another_day_is_the_same_release() -> None:
    a = "ก.ตัวอย่าง ชวนเด็กอ่านหนังสือ\nวันนี้ (5 มิถุนายน 2567) " + WHO + "เปิดเผยว่า " + BODY
    b = a.replace("วันนี้ (5 มิถุนายน 2567)", "เมื่อวันที่ 12 มิถุนายน 2567")
    assert compared(a, b).relation == "duplicate"


def test_what_is_said_again_with_another_figure_is_news() -> None:
    said = "ก.ตัวอย่าง ชวนเด็กอ่านหนังสือ\nวันนี้ ({} มิถุนายน 2567) " + WHO + "เปิดเผยว่า มีผู้สมัครแล้ว {} คน " + BODY
    kept_for(said.format(5, 120), said.format(12, 340), "day on which it is said")


def test_what_is_done_again_on_another_day_is_news() -> None:
    done = "ก.ตัวอย่าง ชวนเด็กอ่านหนังสือ\nวันนี้ ({} มิถุนายน 2567) " + WHO + "ตรวจเยี่ยมห้องสมุด เปิดเผยว่า " + BODY
    kept_for(done.format(5), done.format(12), "day")


def test_a_script_read_again_on_the_air_is_the_same_release() -> None:
    a = "ชวนเด็กอ่านหนังสือ\nวันพุธที่ 5 มิถุนายน 2567 ต่อจากนี้ไป ขอเชิญรับฟังรายการตัวอย่าง ค่ะ " + BODY
    assert compared(a, a.replace("วันพุธที่ 5", "วันศุกร์ที่ 7")).relation == "duplicate"


def test_the_latest_figure_in_a_headline_is_news() -> None:
    first = "ก.ตัวอย่าง แจกหนังสือเด็ก\n" + WHO + "กล่าวว่า " + BODY
    then = "ก.ตัวอย่าง แจกหนังสือเด็ก ล่าสุดมีผู้รับแล้วกว่า 6,800 คน\n" + WHO + "กล่าวว่า " + BODY + "ล่าสุดมีผู้รับหนังสือแล้ว 6,812 คน"
    kept_for(first, then, "latest figure: 6800")


def test_the_year_of_a_feast() -> None:
    a = "ก.ตัวอย่าง จัดงานหนังสือเด็กช่วงสงกรานต์ 2566\n" + WHO + "กล่าวว่า ในช่วงเทศกาลสงกรานต์ 2566 " + BODY
    assert kept_for(a, a.replace("2566", "2567"), "period").relation == "update"
