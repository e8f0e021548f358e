"""Changes of facts alone are those among all changes."""

from hypothesis import given, settings
from hypothesis import strategies as st

from obecsum.comparison.alignment.align import FACT_KINDS, align_documents, fact_changes
from obecsum.comparison.alignment.document import uncached_document_of
from obecsum.dedup.documents import Documents

SENTENCES = [
    "กระทรวงศึกษาธิการจัดการประชุมครั้งที่ 3/2567 ณ จังหวัดตรัง",
    "เมื่อวันที่ 13 ธันวาคม 2567 เวลา 09.30 น. นายสมชาย ใจดี เป็นประธาน",
    "มีผู้ลงทะเบียน 46,391 ราย คิดเป็นร้อยละ 60 ของทั้งหมด",
    "ขอเชิญประชาชนร่วมงานโดยไม่มีค่าใช้จ่าย",
    "ทั้งนี้ โรงเรียนบ้านหนองบัวได้รับงบประมาณ 1.2 ล้านบาท",
    "ผู้สนใจสอบถามรายละเอียดเพิ่มเติมได้ตลอดเวลา",
]
PIECES = [
    "13",
    "14",
    " ",
    "ธันวาคม",
    "มกราคม",
    "2567",
    "2568",
    "ตรัง",
    "ตราด",
    "ราย",
    "ที่",
    "ของ",
    "และ",
    "นายสมชาย",
    "1,200",
    "\n",
    "ประชุม",
]


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    first = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8))
    text = draw(st.sampled_from([" ", "\n"])).join(first)
    other = text
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(other)))
        end = min(len(other), start + draw(st.integers(0, 30)))
        other = other[:start] + "".join(draw(st.lists(st.sampled_from(PIECES), max_size=4))) + other[end:]
    return text, other


@given(pairs())
@settings(max_examples=600)
def test_fact_changes_are_those_among_all(pair: tuple[str, str]) -> None:
    a, b = map(uncached_document_of, pair)
    assert fact_changes(a, b) == [change for change in align_documents(a, b) if change.kind in FACT_KINDS]


@given(st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map("\n".join), min_size=1, max_size=6))
def test_documents_are_alike_from_kept_facts(texts: list[str]) -> None:
    kept = Documents(texts.__getitem__, max_chars=1)
    for index in range(len(texts)):
        kept.get(index)
        kept.expect(index)
    for index in [*range(len(texts)), *range(len(texts))]:
        document, wanted = kept.get(index), uncached_document_of(texts[index])
        assert (document.text, document.folded, document.facts, document.fact_ends) == (
            wanted.text,
            wanted.folded,
            wanted.facts,
            wanted.fact_ends,
        )


def test_no_room_for_facts_and_names_that_cannot_be_packed() -> None:
    texts = ["มีผู้ลงทะเบียน 46,391 ราย", "สถาบัน\ud800วิจัยการศึกษาไทย (สวท.) มี 3 แห่ง สวท. ย้ำ"]
    for room in (0, 10, 1 << 20):
        kept = Documents(texts.__getitem__, max_chars=1, max_fact_bytes=room)
        for index in (0, 1, 0, 1):
            assert kept.get(index).facts == uncached_document_of(texts[index]).facts
            kept.expect(index)
