"""Whatever the text: cuts can be rebuilt, no mark is parted from its letter, and cutting twice changes nothing more."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from obecsum.cleaning.boilerplate import Boilerplate
from obecsum.cleaning.clean_text import clean_again, clean_release, restore
from obecsum.cleaning.repeats import find_repeats, remove_repeats
from obecsum.cleaning.units import cuts_cluster, units_of
from obecsum.core.release import Release

SENTENCES = [
    "วันที่ 4 มีนาคม 2567 นางสาวอรทัย ศรีสุข เป็นประธานเปิดค่ายวิทยาศาสตร์สำหรับนักเรียนชั้นประถมศึกษา จำนวน 240 คน ณ โรงเรียนบ้านปงสนุก จังหวัดลำปาง",
    "วันที่ 5 มีนาคม 2567 นางสาวอรทัย ศรีสุข เป็นประธานเปิดค่ายวิทยาศาสตร์สำหรับนักเรียนชั้นมัธยมศึกษา จำนวน 310 คน ณ โรงเรียนแม่ทะวิทยา จังหวัดลำปาง",
    "นักเรียนจะได้ฝึกสังเกต ตั้งคำถาม และบันทึกผลด้วยตนเอง ซึ่งเป็นพื้นฐานของการเรียนรู้ตลอดชีวิต โดยมีอาจารย์จากมหาวิทยาลัยในพื้นที่เป็นวิทยากรประจำฐาน",
    "ผู้ปกครองสามารถติดตามผลงานของนักเรียนได้จากสมุดบันทึกค่ายที่โรงเรียนจะส่งกลับบ้านในวันสุดท้ายของกิจกรรม และนิทรรศการของแต่ละโรงเรียนในเดือนถัดไป",
    "1. โรงเรียนบ้านปงสนุก",
    "ดังนี้",
    ".",
    "พิมพ์",
    "แสดงความคิดเห็น",
    "ดูภาพทั้งหมด",
    "วันจันทร์ที่ 4 มีนาคม 2567",
    "่ำ",
    "ที่มา : https://example.go.th/1",
]
lines = st.lists(st.sampled_from(SENTENCES) | st.text(alphabet="กขน่้ำาิเ .\u200b\u00a05๕", max_size=30), max_size=14)
breaks = st.sampled_from(["\n", "\n\n", "\r\n", " ", "\u2028", "\n \n"])
texts = st.builds(lambda parts, separator: separator.join(parts), lines, breaks)


def check(text: str, spans: list[tuple[int, int]]) -> None:
    """Cuts are in order, apart, inside the text, at the edges of characters, and give the text back."""
    at = 0
    rebuilt = ""
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert not cuts_cluster(text, start)
        assert not cuts_cluster(text, end)
        rebuilt += text[at:start] + text[start:end]
        at = end
    assert rebuilt + text[at:] == text


@given(texts)
@settings(max_examples=60)
def test_repeats_can_be_rebuilt_and_are_found_once(text: str) -> None:
    repeats = find_repeats(text)
    check(text, [repeat.span for repeat in repeats])
    for repeat in repeats:
        assert 0.0 <= repeat.similarity <= 1.0
        assert text[slice(*repeat.copy_of)].strip()
        for other in repeats:
            assert (
                repeat.copy_of[1] <= other.span[0]
                or repeat.copy_of[0] >= other.span[1]
                or not (other.span[0] <= repeat.copy_of[0] and repeat.copy_of[1] <= other.span[1])
            )
    left = remove_repeats(text)
    assert remove_repeats(left) == left


@given(texts)
@settings(max_examples=60)
def test_no_line_is_lost_with_its_last_copy(text: str) -> None:
    kept = {unit.compact for unit in units_of(remove_repeats(text))}
    everything = "".join(sorted(kept))
    for repeat in find_repeats(text):
        if repeat.similarity == 1.0 and not repeat.changes:
            assert all(
                unit.compact in kept or unit.compact in everything or unit.is_filler
                for unit in units_of(text[slice(*repeat.span)])
            )


@given(texts, st.booleans())
@settings(max_examples=60)
def test_boilerplate_can_be_rebuilt(text: str, learned: bool) -> None:
    boilerplate = Boilerplate.learn([text, *SENTENCES]) if learned else Boilerplate.fixed()
    spans = boilerplate.find(text)
    check(text, spans)
    left = "".join(
        text[end:start]
        for end, start in zip([0, *(e for _, e in spans)], [*(s for s, _ in spans), len(text)], strict=True)
    )
    assert not text or not spans or any(character.isalnum() for character in left)
    for sentence in SENTENCES[:4]:
        assert left.count(sentence) == text.count(sentence)


@given(texts)
@settings(max_examples=60)
def test_cuts_and_edits_lead_from_the_original_to_the_cleaned_text_and_back(text: str) -> None:
    cleaned = clean_release(Release("1", text), Boilerplate.fixed())
    assert clean_again(text, cleaned.cuts, cleaned.edits) == cleaned.text
    assert restore(cleaned.text, cleaned.cuts, cleaned.edits) == text
