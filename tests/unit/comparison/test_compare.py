"""The relation of two releases, shown on releases written for the purpose."""

import random
import time

import pytest

from obecsum.comparison.alignment.align import document_of
from obecsum.comparison.compare import compare, compare_documents

HEAD = "สพฐ. จัดพิธีมอบเกียรติบัตรครูดีเด่น จังหวัดสงขลา\n"
LEAD = (
    "เมื่อวันที่ 13 ธันวาคม 2567 เวลา 09.30 น. นายสมชาย ใจดีเลิศ เลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน เป็นประธานในพิธีมอบเกียรติบัตร "
    "ครั้งที่ 8/2567 ณ หอประชุมโรงเรียนตัวอย่างวิทยา จังหวัดสงขลา มีผู้เข้ารับเกียรติบัตร 1,808 คน จาก 178 โรงเรียน "
)
BODY = (
    "โดยกล่าวว่า การยกระดับคุณภาพการศึกษาต้องอาศัยความร่วมมือจากทุกภาคส่วน ทั้งผู้บริหาร ครู ผู้ปกครอง และชุมชน "
    "เพื่อให้นักเรียนทุกคนได้รับโอกาสที่เท่าเทียมกัน และสามารถเรียนรู้ได้เต็มศักยภาพของตนเอง ไม่ว่าจะอยู่ในพื้นที่ใดของประเทศก็ตาม\n"
    "ทั้งนี้ ครูถือเป็นหัวใจสำคัญของการพัฒนา จึงขอให้ทุกคนภาคภูมิใจในวิชาชีพ หมั่นพัฒนาตนเองอย่างต่อเนื่อง "
    "และเป็นแบบอย่างที่ดีแก่ลูกศิษย์ รวมทั้งช่วยกันดูแลนักเรียนให้มีความปลอดภัยทั้งร่างกายและจิตใจ\n"
    "นอกจากนี้ ยังได้เยี่ยมชมนิทรรศการผลงานของนักเรียน และให้กำลังใจคณะครูที่ร่วมกันจัดการเรียนการสอนเชิงรุก "
    "ซึ่งช่วยให้ผู้เรียนคิดเป็น ทำเป็น และแก้ปัญหาได้จริงในชีวิตประจำวัน\n"
)
RELEASE = HEAD + LEAD + BODY
DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def swapped(*replacements: tuple[str, str]) -> str:
    text = RELEASE
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    "other",
    [
        RELEASE,
        RELEASE.translate(DIGITS),
        RELEASE.replace(" ", "\u00a0\u00a0"),
        RELEASE.replace("\n", " "),
        RELEASE + "#สพฐ #ครูดี\n",
        RELEASE + "โทร. 0 2123 4567\n",
        RELEASE + "14 ธันวาคม 2567\n",
        "[กระทรวงศึกษาธิการ] " + RELEASE,
        swapped(("13 ธันวาคม 2567", "13 ธ.ค. 67")),
        swapped(("หมั่นพัฒนา", "มั่นพัฒนา")),
        swapped(("สมชาย ใจดีเลิศ เลขา", "สมชาย ใจดีเลิส เลขา")),
        "ข่าวด่วนจากส่วนกลางถึงสถานศึกษาทุกแห่ง\n" + RELEASE,
    ],
    ids=[
        "same",
        "digits",
        "spaces",
        "lines",
        "hashtags",
        "telephone",
        "dateline",
        "prefix",
        "short-date",
        "typo",
        "name",
        "lead",
    ],
)
def test_duplicates(other: str) -> None:
    assert compare(RELEASE, other).relation == "duplicate"
    assert compare(other, RELEASE).relation == "duplicate"


@pytest.mark.parametrize(
    "other",
    [
        swapped(("13 ธันวาคม", "27 ธันวาคม")),
        swapped(("ครั้งที่ 8/2567", "ครั้งที่ 9/2567")),
        swapped(("จังหวัดสงขลา", "จังหวัดตรัง"), ("ตัวอย่างวิทยา", "สาธิตพัฒนา")),
        swapped(("13 ธันวาคม 2567", "13 ธันวาคม 2566"), ("8/2567", "8/2566")),
        swapped(
            ("1,808 คน", "2,014 คน"), ("178 โรงเรียน", "203 โรงเรียน"), ("09.30", "13.30"), ("13 ธันวาคม", "14 ธันวาคม")
        ),
        swapped(("1,808 คน", "2,014 คน"), ("178 โรงเรียน", "203 โรงเรียน")),
    ],
    ids=["day", "serial", "place", "year", "figures", "two-figures"],
)
def test_updates(other: str) -> None:
    found = compare(RELEASE, other)
    assert found.relation == "update"
    assert found.reasons
    assert found.changes


def test_contained() -> None:
    whole = RELEASE + (
        "อีกเรื่องหนึ่งที่ได้หารือกันในโอกาสเดียวกันคือการปรับปรุงห้องสมุดของสถานศึกษาขนาดเล็ก ให้มีหนังสือใหม่และมุมอ่านที่อบอุ่น "
        "พร้อมจัดหาคอมพิวเตอร์สำหรับสืบค้น และเชิญชวนศิษย์เก่าร่วมบริจาคหนังสือตามกำลังศรัทธา ซึ่งได้รับการตอบรับอย่างดียิ่ง "
        "ส่วนเรื่องงบประมาณนั้น จะใช้เงินเหลือจ่ายของปีที่ผ่านมา โดยแต่ละแห่งต้องเสนอแผนให้เขตพื้นที่พิจารณาก่อนสิ้นภาคเรียน\n"
    )
    found = compare(RELEASE, whole)
    assert found.relation == "contained"
    assert found.containment_a_in_b > 0.95 > found.containment_b_in_a
    assert compare(whole, RELEASE).relation == "contained"


def test_another_speaker_is_no_news() -> None:
    quoted = "เปิดเผยว่า สพฐ. จะมอบเกียรติบัตรครูดีเด่นในวันที่ 13 ธันวาคม 2567 " + BODY
    a = "นายสมชาย ใจดีเลิศ เลขาธิการ กพฐ. " + quoted
    b = "นางสาวมาลี ศรีสุขสันต์ รองโฆษกประจำสำนักนายกรัฐมนตรี " + quoted
    assert compare(a, b).relation == "duplicate"


def test_different() -> None:
    other = "กรมทางหลวงรายงานสภาพการจราจรช่วงวันหยุดยาว ขอให้ผู้ใช้ทางวางแผนการเดินทางล่วงหน้าและขับขี่ด้วยความระมัดระวัง " * 3
    assert compare(RELEASE, other).relation == "different"


def test_related_shares_a_part() -> None:
    tail = BODY.split("\n")[1]
    one = "เปิดตัวหลักสูตรอบรมครูวิทยาศาสตร์ผ่านระบบออนไลน์ มีเนื้อหาครบทุกช่วงชั้น ผู้สนใจสมัครได้ทางเว็บไซต์ของสำนักวิชาการ " * 2
    two = "โครงการอาหารกลางวันปรับเมนูใหม่ให้ครบห้าหมู่ ใช้วัตถุดิบจากเกษตรกรในท้องถิ่น พร้อมตรวจคุณภาพทุกสัปดาห์โดยนักโภชนาการ " * 2
    assert compare(one + tail, two + tail).relation == "related"


def test_months_later_a_changed_text_is_the_next_occasion() -> None:
    a, b = document_of(BODY + "ในงานนี้มีการแสดงของนักเรียน"), document_of("ร่วมฉลองครบรอบอย่างยิ่งใหญ่และอบอุ่นกว่าทุกครั้ง " + BODY)
    assert compare_documents(a, b, days_apart=12).relation == "duplicate"
    assert compare_documents(a, b, days_apart=365).relation == "update"
    assert compare_documents(a, document_of(BODY + "ในงานนี้มีการแสดงของนักเรียน."), days_apart=365).relation == "duplicate"


def test_symmetry() -> None:
    other = swapped(("13 ธันวาคม", "27 ธันวาคม"), ("178", "180"))
    forth, back = compare(RELEASE, other), compare(other, RELEASE)
    assert (forth.relation, forth.jaccard) == (back.relation, back.jaccard)
    assert forth.containment_a_in_b == back.containment_b_in_a
    turned = forth.reversed()
    assert turned.containment_a_in_b == back.containment_a_in_b
    assert [(c.before, c.after) for c in turned.changes] == [(c.before, c.after) for c in back.changes]


def test_shares_are_those_of_the_shingles() -> None:
    from obecsum.minhash.shingles import containment, jaccard, shingles

    other = swapped(("หมั่นพัฒนา", "มั่นพัฒนา"), ("178", "180"))
    found = compare(RELEASE, other)
    assert found.jaccard == pytest.approx(jaccard(shingles(RELEASE), shingles(other)))
    assert found.containment_a_in_b == pytest.approx(containment(shingles(RELEASE), shingles(other)))


ANNOUNCED = (
    "เชิญชวนเที่ยวงานมหกรรมหนังสือเด็ก\nวันที่ 2 สิงหาคม 2567 นางสาวมาลี แถลงดี โฆษกกระทรวง เป็นประธานการแถลงข่าว "
    "การจัดงานมหกรรมหนังสือเด็ก ระหว่างวันที่ 3-5 สิงหาคม 2567 "
)
OPENED = (
    "รัฐมนตรีเปิดงานมหกรรมหนังสือเด็ก\nวันที่ 3 สิงหาคม 2567 นายสมชาย ใจดีเลิศ รัฐมนตรี เป็นประธานในพิธีเปิด "
    "งานมหกรรมหนังสือเด็ก ระหว่างวันที่ 3-5 สิงหาคม 2567 "
)


def test_an_event_announced_and_the_same_event_opened_are_two_releases() -> None:
    # The announcement gives the days of the event, so the day of the opening is none that it lacks.
    found = compare(ANNOUNCED + BODY, OPENED + BODY)
    assert not found.a_can_go
    assert not found.b_can_go


def test_an_announcement_that_is_posted_again_is_a_duplicate() -> None:
    assert compare(ANNOUNCED + BODY, "[กระทรวงตัวอย่าง] " + ANNOUNCED + BODY).relation == "duplicate"


def test_a_work_under_way_and_done_are_two_releases() -> None:
    road = "กรมทางหลวงชนบท ก่อสร้างถนนสายตัวอย่าง "
    going, done = road + "คืบหน้าไปแล้วกว่า 82% คาดแล้วเสร็จเดือนหน้า\n", road + "เสร็จสมบูรณ์\n"
    found = compare(going + BODY, done + BODY)
    assert found.relation == "update"
    assert "occasion: under way / done" in found.reasons
    assert compare(done + BODY, done + BODY + "#ทางหลวง").relation == "duplicate"


def test_words_of_two_kinds_only_are_aligned_in_bounded_time() -> None:
    chosen = random.Random(1)
    a, b = ("".join(chosen.choice(["งาน ", "คน "]) for _ in range(690)) for _ in range(2))
    compare(a, b)  # reads the dictionary
    began = time.process_time()
    assert compare(a, b + "ครู").changes
    assert time.process_time() - began < 2


def test_no_string_is_refused() -> None:
    with pytest.raises(TypeError, match="b must be a str, got bytes"):
        compare("ก", b"x")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("", "", "duplicate"),
        ("", RELEASE, "different"),
        ("ก", "ก", "duplicate"),
        ("ก", "ข", "different"),
        ("abcde", "abcde", "duplicate"),
        ("hello world, a text with no Thai", "hello world, a text with no Thai at all", None),
        ("12345 " * 30_000, "12345 " * 30_000 + "6", None),
        ("บรรทัดเดิม\n" * 10_000, "บรรทัดเดิม\n" * 9_999 + "บรรทัดใหม่\n", None),
        (RELEASE * 600, (RELEASE * 600)[:600_000], None),
    ],
    ids=["empty", "one empty", "one", "other", "five", "no Thai", "digits", "identical lines", "megabyte"],
)
def test_bad_input_is_answered_in_bounded_time(a: str, b: str, relation: str | None) -> None:
    began = time.process_time()
    found = compare(a, b)
    assert time.process_time() - began < 60
    assert relation is None or found.relation == relation
    assert 0 <= found.jaccard <= 1


def test_a_corrected_figure_is_an_update() -> None:
    found = compare(RELEASE, swapped(("1,808 คน", "1,807 คน")))
    assert found.relation == "update"
    assert found.reasons[-1] == "figure: 1,808 / 1,807"
    assert not found.a_can_go
    assert not found.b_can_go
