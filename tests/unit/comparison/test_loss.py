"""What goes missing when one release goes for another, and that nothing of substance does."""

from obecsum.comparison.compare import compare
from obecsum.comparison.loss import MIN_PASSAGE_CHARS
from obecsum.core.release import Release
from obecsum.dedup.dedupe import dedupe

EVENT = (
    "พิธีมอบกายอุปกรณ์สำหรับคนพิการ จังหวัดขอนแก่น\n"
    "วันที่ 5 กรกฎาคม 2567 ณ หอประชุมกลาง มีพิธีมอบกายอุปกรณ์สำหรับช่วยเหลือคนพิการ จำนวน 72,000 ชุด โดยมีผู้แทนหน่วยงานเข้ารับมอบ "
    "เพื่อนำไปส่งต่อให้แก่ผู้ที่มีความจำเป็นในพื้นที่ห่างไกล และช่วยให้ผู้พิการใช้ชีวิตประจำวันได้อย่างสะดวกและมีศักดิ์ศรี\n"
    "ทั้งนี้ โครงการดังกล่าวเป็นความร่วมมือของหลายหน่วยงาน ทั้งโรงพยาบาลในพื้นที่ องค์กรปกครองส่วนท้องถิ่น และเครือข่ายอาสาสมัคร "
    "ซึ่งจะติดตามการใช้งานของผู้รับอย่างต่อเนื่อง และซ่อมบำรุงอุปกรณ์ให้โดยไม่มีค่าใช้จ่ายตลอดอายุการใช้งาน\n"
)
MORE = (
    "ภายในงานยังมีนิทรรศการแสดงผลงานของนักประดิษฐ์รุ่นใหม่ ที่ออกแบบขาเทียมจากวัสดุน้ำหนักเบา และรถเข็นที่ปรับระดับได้ตามสภาพพื้นผิวถนน "
    "ผู้เข้าชมทดลองใช้ได้ทุกชิ้น พร้อมรับคำแนะนำจากนักกายภาพบำบัดที่มาประจำบูธตลอดวัน\n"
    "ในช่วงบ่ายเป็นการเสวนาเรื่องการเข้าถึงบริการสาธารณะของคนพิการ วิทยากรเล่าถึงอุปสรรคในการเดินทางด้วยรถโดยสาร และข้อเสนอให้ปรับปรุงทางเท้า "
    "ป้ายบอกทาง และระบบเสียงประกาศ เพื่อให้ทุกคนใช้ได้อย่างปลอดภัย\n"
    "ผู้จัดงานเชิญชวนประชาชนร่วมสมทบทุนผ่านเครือข่ายในชุมชน เพื่อให้มีอะไหล่สำรองเพียงพอสำหรับการซ่อมบำรุงในระยะยาว\n"
)
ATTENDS = "นายใบไม้ สุวรรณดี รองปลัดกระทรวงตัวอย่าง เข้าร่วมพิธีดังกล่าวพร้อมคณะ\n"
SPEAKS = "นางสาวดวงใจ พูดดี รองโฆษกประจำสำนัก เปิดเผยว่า มีพิธีดังกล่าวขึ้น\n"


def test_a_release_that_names_a_participant_stays() -> None:
    found = compare(EVENT + ATTENDS, EVENT + MORE)
    assert found.relation == "contained"
    assert found.lost_a.people == ("ใบไม้ สุวรรณดี",)
    assert not found.a_can_go
    assert not found.b_can_go
    result = dedupe([Release("short", EVENT + ATTENDS), Release("long", EVENT + MORE)])
    assert [release.id for release in result.kept] == ["short", "long"]


def test_a_spokesperson_who_says_it_again_is_no_loss() -> None:
    found = compare(EVENT + SPEAKS, EVENT + MORE)
    assert found.relation == "contained"
    assert found.a_can_go
    assert not found.lost_a


def test_a_participant_whom_both_name_is_no_loss() -> None:
    assert compare(EVENT + ATTENDS, ATTENDS + EVENT + MORE).a_can_go


def test_the_other_way_round() -> None:
    found = compare(EVENT + MORE, EVENT + ATTENDS)
    assert found.lost_b.people == ("ใบไม้ สุวรรณดี",)
    assert found.reversed().lost_a == found.lost_b
    assert not found.b_can_go


def test_figures_of_its_own() -> None:
    own = EVENT + "งบประมาณ 25 ล้านบาท และผู้รับ 3,450 คน\n"
    assert compare(own, EVENT + MORE).lost_a.figures == ("25000000", "3450")


def test_a_corrected_figure_is_no_loss() -> None:
    found = compare(EVENT, EVENT.replace("72,000 ชุด", "72,500 ชุด"))
    assert found.relation == "duplicate"
    assert not found.lost_a
    assert not found.lost_b


def test_a_passage_of_more_than_a_sentence() -> None:
    passage = MORE.split("\n")[0] + MORE.split("\n")[1]
    assert len(passage.replace(" ", "")) > MIN_PASSAGE_CHARS
    found = compare(EVENT * 1 + passage, EVENT)
    assert found.lost_a.passages
    assert not found.lost_b
    assert found.b_can_go


def test_of_duplicates_the_one_that_holds_more_stays_whatever_the_policy() -> None:
    poor, rich = Release("a", EVENT), Release("b", EVENT + ATTENDS)
    for policy in ("most_complete", "earliest", "latest", "longest"):
        assert [release.id for release in dedupe([poor, rich], policy=policy).kept] == ["b"]


def test_an_item_of_a_digest_stays() -> None:
    digest = EVENT + "".join(f"{n}. เรื่องที่ประชุมรับทราบลำดับ {n} ว่าด้วยแผนงาน{'ก' * n}{'ข' * (90 - n)}\n" for n in range(80))
    found = compare(EVENT, digest)
    assert found.relation == "contained"
    assert found.lost_a.digest
    assert not found.a_can_go
