"""Extracts: words of the release alone, whole parts of its sentences left out, and never so that it says something else."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obecsum.core.choices import SummaryKind, SummaryLength
from obecsum.core.errors import OptionError
from obecsum.summaries.extract.plan import Passage, compress, plan_passages
from obecsum.text.normalize import normalize

LEAD = (
    "วันนี้ (21 มีนาคม 2568) เวลา 11.00 น. ณ ห้องประชุม 1 กองบัญชาการกองทัพบก นายสมชาย ใจดี อธิบดีกรมตัวอย่าง "
    "พร้อมด้วย นางสาวมาลี ศรีสุข รองอธิบดีกรมตัวอย่าง และเจ้าหน้าที่ที่เกี่ยวข้อง เป็นประธานการประชุมติดตามสถานการณ์น้ำในเขื่อนภูมิพล "
    "โดยมี นายวิชัย มั่นคง ผู้ว่าราชการจังหวัดตาก เข้าร่วมและให้การต้อนรับ"
)
RELEASE = (
    LEAD + "\n"
    "นายสมชาย กล่าวว่า ปัจจุบันเขื่อนภูมิพลมีปริมาณน้ำ 7,812 ล้านลูกบาศก์เมตร คิดเป็นร้อยละ 58 ของความจุ เพียงพอสำหรับการเพาะปลูกในฤดูแล้ง\n"
    "ทั้งนี้ กรมตัวอย่างได้จัดเตรียมเครื่องสูบน้ำ 120 เครื่อง สำหรับพื้นที่เสี่ยงภัยแล้งในจังหวัดตากและจังหวัดกำแพงเพชร\n"
    "นางสาวมาลี กล่าวว่า เกษตรกรในจังหวัดกำแพงเพชรเริ่มปลูกข้าวโพดแทนข้าวนาปรังแล้วกว่า 40,000 ไร่ โดยได้รับเมล็ดพันธุ์จากสหกรณ์\n"
    "กรมตัวอย่างจะประเมินสถานการณ์น้ำอีกครั้งในเดือนพฤษภาคม ก่อนเปิดรับคำขอใช้น้ำรอบใหม่จากผู้ใช้น้ำทุกกลุ่ม\n"
    "สอบถามข้อมูลเพิ่มเติมได้ที่กลุ่มประชาสัมพันธ์ โทร. 0 2123 4567"
)


def squeezed(text: str) -> str:
    return "".join(normalize(text).split())


def assert_contained(passages: list[Passage], text: str) -> None:
    for passage in passages:
        assert passage.text
        assert squeezed("".join(text[start:end] for start, end in passage.kept)) == squeezed(passage.text)
        assert passage.span[0] <= passage.kept[0][0]
        assert passage.kept[-1][1] <= passage.span[1]


def headline(text: str) -> str:
    (passage,) = plan_passages(text, kind="headline")
    return passage.text


def test_a_headline_is_the_lead_without_when_where_and_company() -> None:
    assert headline(RELEASE) == "นายสมชาย ใจดี อธิบดีกรมตัวอย่าง เป็นประธานการประชุมติดตามสถานการณ์น้ำในเขื่อนภูมิพล"


def test_the_first_sentence_of_a_summary_says_who_did_what_when_and_where() -> None:
    first = plan_passages(RELEASE)[0]
    for words in ("21 มีนาคม 2568", "นายสมชาย ใจดี อธิบดีกรมตัวอย่าง", "เป็นประธานการประชุม", "กองบัญชาการกองทัพบก"):
        assert words in first.text
    assert "มาลี" not in first.text


@pytest.mark.parametrize(("length", "least", "most"), [("short", 1, 1), ("medium", 2, 3), ("long", 4, 5)])
def test_lengths_are_numbers_of_sentences(length: SummaryLength, least: int, most: int) -> None:
    plan = plan_passages(RELEASE, length=length)
    assert least <= len(plan) <= most
    assert_contained(plan, RELEASE)
    assert [passage.span for passage in plan] == sorted(passage.span for passage in plan)
    assert "โทร" not in " ".join(passage.text for passage in plan)


def test_points_are_several_and_short() -> None:
    plan = plan_passages(RELEASE, kind="points")
    assert 3 <= len(plan) <= 5
    assert all(len(passage.text) <= 170 for passage in plan)
    assert_contained(plan, RELEASE)


@pytest.mark.parametrize("kind", ["headline", "summary", "points"])
@pytest.mark.parametrize("max_chars", [20, 60, 130, 300, 900])
def test_max_chars_is_kept(kind: SummaryKind, max_chars: int) -> None:
    plan = plan_passages(RELEASE, kind=kind, max_chars=max_chars)
    assert len(" ".join(passage.text for passage in plan)) <= max_chars
    assert_contained(plan, RELEASE)


def test_a_sentence_is_not_said_again() -> None:
    again = (
        RELEASE
        + "\nนายสมชาย กล่าวอีกว่า เขื่อนภูมิพลมีปริมาณน้ำ 7,812 ล้านลูกบาศก์เมตร คิดเป็นร้อยละ 58 ของความจุ เพียงพอสำหรับการเพาะปลูก"
    )
    assert sum("7,812" in passage.text for passage in plan_passages(again, length="long")) == 1


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            "นายสมชาย ใจดี อธิบดีกรมตัวอย่าง มอบหมายให้ นางสาวมาลี ศรีสุข รองอธิบดีกรมตัวอย่าง เป็นประธานเปิดงานวันเกษตรแห่งชาติ ประจำปี 2568",
            "นางสาวมาลี ศรีสุข รองอธิบดีกรมตัวอย่าง เป็นประธานเปิดงานวันเกษตรแห่งชาติ ประจำปี 2568",
        ),
        (
            "นางสาวมาลี ศรีสุข รองอธิบดีกรมตัวอย่าง ได้รับมอบหมายจาก นายสมชาย ใจดี อธิบดีกรมตัวอย่าง ให้เป็นประธานเปิดงานวันเกษตรแห่งชาติ ประจำปี 2568",
            "นางสาวมาลี ศรีสุข รองอธิบดีกรมตัวอย่าง เป็นประธานเปิดงานวันเกษตรแห่งชาติ ประจำปี 2568",
        ),
        (
            "นายสมชาย ใจดี อธิบดีกรมตัวอย่าง เปิดเผยภายหลังการประชุมผู้บริหาร ว่า กรมตัวอย่างจะเปิดรับสมัครอาสาสมัครรุ่นใหม่ทั่วประเทศ",
            "นายสมชาย ใจดี อธิบดีกรมตัวอย่าง เปิดเผยว่า กรมตัวอย่างจะเปิดรับสมัครอาสาสมัครรุ่นใหม่ทั่วประเทศ",
        ),
    ],
    ids=["who was sent", "who was asked", "who said it stays"],
)
def test_whole_parts_go(text: str, kept: str) -> None:
    assert headline(text) == kept


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        (
            "ที่ประชุมคณะรัฐมนตรีเห็นชอบการขึ้นค่าโดยสารรถไฟฟ้าสายสีม่วงตามที่กระทรวงคมนาคมเสนอ แต่ยังไม่ให้มีผลบังคับใช้จนกว่าจะศึกษาผลกระทบแล้วเสร็จ",
            "แต่ยังไม่ให้มีผล",
        ),
        (
            "กระทรวงตัวอย่างจะจ่ายเงินเยียวยาให้เกษตรกรครัวเรือนละ 3,000 บาท ภายในเดือนเมษายน หากสภาผู้แทนราษฎรอนุมัติงบประมาณทันกำหนด",
            "หากสภา",
        ),
        (
            "กรมตัวอย่างยกเลิกการจำกัดปริมาณนำเข้าข้าวโพดทุกประเภทตั้งแต่วันนี้เป็นต้นไป ยกเว้นการนำเข้าจากประเทศที่มีการระบาดของโรคพืช",
            "ยกเว้น",
        ),
    ],
    ids=["but", "if", "except"],
)
def test_what_takes_back_stays(text: str, needed: str) -> None:
    for kind in ("headline", "summary"):
        for passage in plan_passages(text, kind=kind, max_chars=400):
            assert needed in passage.text or not passage.is_whole


@pytest.mark.parametrize("words", ["ไม่อนุมัติ", "คาดว่าจะ", "เตรียม", "ห้าม"])
def test_words_before_the_verb_stay(words: str) -> None:
    text = f"วันที่ 3 มีนาคม 2568 กรมตัวอย่าง (กตย.) {words}จำหน่ายสลากรุ่นใหม่ในพื้นที่ 12 จังหวัด ณ อาคารสำนักงานใหญ่ ถนนพระราม 6"
    assert words in headline(text)


def test_nothing_is_cut_within_a_quotation_or_a_figure() -> None:
    text = (
        "นายสมชาย ใจดี อธิบดีกรมตัวอย่าง เป็นประธานเปิดโครงการ “ร่วมใจปลูกป่า พัฒนาชุมชน เพื่อลูกหลานไทย โดยพลังของทุกคน” "
        "เพื่อเพิ่มพื้นที่สีเขียวจำนวน 12,500 ไร่ ในพื้นที่ 15 จังหวัด ภายในปี 2570"
    )
    for max_chars in range(60, 220, 10):
        (passage,) = plan_passages(text, kind="headline", max_chars=max_chars)
        if passage.is_whole:
            assert passage.text.count("“") == passage.text.count("”")
            assert not passage.text.endswith(("12", "12,500", "15", "จำนวน"))


def test_a_rumor_is_never_told_as_news() -> None:
    text = (
        "กรณีมีการแชร์ข้อมูลว่า ธนาคารแห่งประเทศไทยแจกเงินประชาชนคนละ 3,000 บาท นั้น\n"
        "ศูนย์ต่อต้านข่าวปลอมตรวจสอบกับธนาคารแห่งประเทศไทยแล้วพบว่า ข้อมูลดังกล่าวเป็นข้อมูลเท็จ"
    )
    assert "เท็จ" in headline(text)
    for passage in plan_passages(text):
        assert "แจกเงิน" not in passage.text or "เท็จ" in passage.text


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        (
            "ที่ประชุมคณะรัฐมนตรีไม่เห็นชอบร่างพระราชบัญญัติควบคุมอาวุธ ตามที่กระทรวงมหาดไทยเสนอ โดยโฆษกรัฐบาลแถลงว่า ร่างยังขาดความชัดเจน",
            "ไม่เห็นชอบ",
        ),
        ("คณะรัฐมนตรีมีมติไม่อนุมัติการขึ้นค่าโดยสารรถไฟฟ้าสายสีม่วง ตามที่กระทรวงคมนาคมเสนอ โดยให้คงอัตราเดิมไว้จนถึงสิ้นปี 2568", "ไม่อนุมัติ"),
        ("สนง.พมจ.ตาก ร่วมกับ อบต.แม่ปะ อ.แม่สอด จ.ตาก มอบถุงยังชีพ 45 ชุด แก่ผู้ประสบอุทกภัย ม.3 ต.แม่ปะ", "45 ชุด"),
        (
            "ส านักงานคณะกรรมการการศึกษาขั นพื นฐาน จัดประชุมเพื่อติดตามการด าเนินงานตามนโยบาย โดยมีผู ้เข ้าร่วมประชุมจ านวน 250 คน",
            "ขั้นพื้นฐาน",
        ),
        ("กรมสรรพสามิตจับกุมบุหรี่หนีภาษีสองหมื่นสี่พันซอง มูลค่าสามล้านหกแสนบาท ที่จังหวัดสงขลา พร้อมผู้ต้องหาสี่คน", "สองหมื่นสี่พันซอง"),
        ("<p>กรมชลประทานรายงานสถานการณ์น้ำในเขื่อนภูมิพล จังหวัดตาก</p><p>&nbsp;</p><p>อธิบดีกล่าวว่า ได้สั่งการแล้ว</p>", "เขื่อนภูมิพล"),
    ],
    ids=["not agreed", "not approved", "short", "PDF", "in words", "HTML"],
)
def test_hard_releases(text: str, needed: str) -> None:
    for kind in ("headline", "summary"):
        plan = plan_passages(text, kind=kind)
        assert needed in plan[0].text
        assert not any(sign in passage.text for passage in plan for sign in ("<", ">", "&nbsp"))
        if "<" not in text and "ส าน" not in text:
            assert_contained(plan, text)


@pytest.mark.parametrize(
    "text",
    [
        "", " \n\t", "....\n----", "ข่าว", "1234 5678", "(" * 5000, "“" * 20_000, "1.1." * 10_000, "ก " * 20_000,
        "The committee met on Monday to discuss the budget for the next fiscal year in Bangkok.",
        "“ดีมาก” “เยี่ยม” “สุดยอด ไปเลยครับ ท่านผู้ชม”", "ลำดับ\tชื่อ\tจำนวน\n1\tก\t20\n2\tข\t30",
        "โดยมี นายสมชาย ใจดี ผู้ว่าราชการจังหวัดตาก และหัวหน้าส่วนราชการ เข้าร่วมในพิธี ณ ศาลากลางจังหวัดตาก",
        "สมัครได้ที่เว็บไซต์ https://example.org/a?b=1 หรือเว็บไซต์ www.example.com ตั้งแต่วันนี้ถึงวันที่ 20 เมษายน 2568",
        "ซั ฟฟก เซื ดดก ข่าวของกรมตัวอย่าง " * 3, "กรมตัวอย่าง\x00เปิดงาน\ud800ใหม่ที่จังหวัดตาก",
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["headline", "summary", "points"])
def test_any_text_gives_its_own_words_or_none(text: str, kind: SummaryKind) -> None:
    plan = plan_passages(text, kind=kind, length="long")
    assert all(passage.text for passage in plan)
    if "\ud800" not in text and "ซั" not in text:
        assert_contained(plan, text)


def test_time_does_not_grow_with_what_no_summary_reads() -> None:
    line = "นายสมชาย ใจดี อธิบดีกรมตัวอย่าง เปิดเผยว่า น้ำในเขื่อนมี 1,250 ล้านลูกบาศก์เมตร "
    for text in (line * 25_000, (line + "\n") * 10_000, "กขคงจฉชซ" * 250_000):
        began = time.process_time()
        plan_passages(text, length="long")
        assert time.process_time() - began < 8


PIECES = st.sampled_from(
    [
        *LEAD.split(" "),
        "โดย",
        "ซึ่ง",
        "ว่า",
        "เปิดเผยว่า",
        "ไม่",
        "แต่",
        "“",
        "”",
        "(",
        ")",
        "\n",
        "3,000",
        "บาท",
        "มอบหมายให้",
        "ณ",
        "-",
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=60).map(" ".join), st.sampled_from(["headline", "summary", "points"]))
def test_any_order_of_words_is_survived(text: str, kind: SummaryKind) -> None:
    assert_contained(plan_passages(text, kind=kind, length="long"), text)


def test_compress_keeps_spans_of_what_was_given() -> None:
    given_text = "  " + LEAD.replace("เวลา", "\u200bเวลา")
    short = compress(given_text, max_chars=110, headline=True)
    assert short.is_whole
    assert short.text == headline(RELEASE)
    assert squeezed("".join(given_text[start:end] for start, end in short.kept)) == squeezed(short.text)
    assert compress("", max_chars=50).text == ""


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kind": "title"}, "kind must be one of headline, summary, points, got 'title'"),
        ({"length": "huge"}, "length must be one of short, medium, long, got 'huge'"),
        ({"max_chars": 5}, "max_chars must be at least 20, got 5"),
        ({"length": "long", "max_chars": 300}, "max_chars=300 takes the place of length='long'; give one of the two"),
    ],
)
def test_wrong_options_are_named(options: dict[str, object], message: str) -> None:
    with pytest.raises(OptionError) as caught:
        plan_passages(RELEASE, **options)  # type: ignore[arg-type]
    assert str(caught.value) == message
