"""Changes between two texts: classed, cut at words, with spans in the strings that were given."""

import random
import time
from itertools import pairwise

import pytest

from obecsum.comparison.alignment.align import Change, align, document_of
from obecsum.comparison.alignment.blocks import find_blocks

BODY = (
    "กรมตัวอย่างจัดประชุมชี้แจงแนวทางการดำเนินงานให้แก่ผู้บริหารสถานศึกษาทั่วประเทศ เพื่อยกระดับคุณภาพการจัดการเรียนรู้ "
    "โดยมีผู้เข้าร่วมจากทุกภูมิภาค และได้รับความร่วมมือจากหน่วยงานที่เกี่ยวข้องเป็นอย่างดี"
)


def kinds(a: str, b: str) -> list[str]:
    return [change.kind for change in align(a, b)]


def the_change(a: str, b: str) -> Change:
    (change,) = align(a, b)
    assert a[slice(*change.span_a)] == change.before
    assert b[slice(*change.span_b)] == change.after
    return change


def test_equal_texts_have_no_changes() -> None:
    assert align(BODY, BODY) == []


def test_what_folding_unifies_is_no_change() -> None:
    assert align(f"{BODY} ปี ๒๕๖๗ “ดี”", f'{BODY} ปี 2567 "ดี"') == []


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("เมื่อวันที่ 14 กันยายน 2564", "เมื่อวันที่ 16 กันยายน 2564", "date"),
        ("เวลา 09.30 น.", "เวลา 13.30 น.", "time"),
        ("ประชุมครั้งที่ 3/2567", "ประชุมครั้งที่ 4/2567", "serial"),
        ("ลงทะเบียนแล้ว 46,067 ราย", "ลงทะเบียนแล้ว 46,391 ราย", "number"),
        ("ณ จังหวัดสงขลา", "ณ จังหวัดตรัง", "place"),
        ("โดย นายพรชัย ฐีระเวช เป็นประธาน", "โดย นางสมศรี มีสุข เป็นประธาน", "person"),
    ],
)
def test_changed_facts(before: str, after: str, kind: str) -> None:
    change = the_change(f"{BODY} {before} {BODY[:50]}", f"{BODY} {after} {BODY[:50]}")
    assert change.kind == kind


def test_a_changed_fact_is_shown_whole() -> None:
    change = the_change(f"เมื่อวันที่ 14 กันยายน 2564 {BODY}", f"เมื่อวันที่ 16 กันยายน 2564 {BODY}")
    assert (change.before, change.after) == ("14 กันยายน 2564", "16 กันยายน 2564")


def test_a_misspelling_is_shown_as_a_whole_word() -> None:
    change = the_change(f"กองทุนเพื่อความเสมอภาคทางการกศึกษา {BODY}", f"กองทุนเพื่อความเสมอภาคทางการศึกษา {BODY}")
    assert change.kind == "spelling"
    assert change.before.endswith("การกศึกษา")
    assert change.after.endswith("การศึกษา")


def test_an_insertion_in_run_on_text_shows_its_neighbors() -> None:
    change = the_change(f"{BODY} รัฐมนตรีกระทรวงศึกษาธิการ กล่าว", f"{BODY} รัฐมนตรีว่าการกระทรวงศึกษาธิการ กล่าว")
    assert change.before.startswith("รัฐมนตรีกระทรวง")
    assert change.after.startswith("รัฐมนตรีว่าการกระทรวง")


def test_space_and_punctuation() -> None:
    assert kinds(f"{BODY} ต่างๆ มากมาย", f"{BODY} ต่าง ๆ มากมาย") == ["space"]
    assert kinds(f"{BODY} สำคัญ", f"{BODY} (สำคัญ)") == ["punctuation"] or set(
        kinds(f"{BODY} สำคัญ", f"{BODY} (สำคัญ)")
    ) == {"punctuation"}


def test_one_sided_sentences() -> None:
    extra = " นอกจากนี้ยังมีการมอบรางวัลให้แก่ผู้ทำคุณประโยชน์ด้วย"
    assert kinds(BODY, BODY + extra) == ["added"]
    assert kinds(BODY + extra, BODY) == ["removed"]


def test_a_moved_sentence_is_a_reorder() -> None:
    first = "ทั้งนี้ ผู้สนใจสามารถสมัครเข้าร่วมโครงการได้ตั้งแต่บัดนี้เป็นต้นไปที่สำนักงานเขตพื้นที่"
    changes = align(f"{first} {BODY}", f"{BODY} {first}")
    assert "reorder" in [change.kind for change in changes]


def test_changes_never_cut_a_character_cluster() -> None:
    marks = set("ัิีึืฺุู็่้๊๋์ํ๎")
    a, b = f"{BODY} ข่าวสารและมาตรการต่าง", f"{BODY} ข้าวสารและมาตราการต่าง"
    for change in align(a, b):
        for text, (start, end) in ((a, change.span_a), (b, change.span_b)):
            assert start >= len(text) or text[start] not in marks
            assert end >= len(text) or text[end] not in marks


def test_blocks_are_equal_and_in_order() -> None:
    generator = random.Random(5)
    pieces = [BODY[i : i + 40] for i in range(0, 160, 40)]
    for _ in range(30):
        a = document_of("".join(generator.choices(pieces, k=6)) + str(generator.random()))
        b = document_of("".join(generator.choices(pieces, k=6)) + str(generator.random()))
        chain, moved = find_blocks(a.codes, b.codes)
        for block in [*chain, *moved]:
            assert (
                a.codes[block.a : block.a + block.length].tolist() == b.codes[block.b : block.b + block.length].tolist()
            )
        for x, y in pairwise(chain):
            assert x.a + x.length <= y.a
            assert x.b + x.length <= y.b


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("", ""),
        ("", BODY),
        ("กข", "กค"),
        ("abcde", "abcdf"),
        ("x" * 300_000, "x" * 299_000 + "y"),
        ("บรรทัดเดิม\n" * 10_000, "บรรทัดเดิม\n" * 9_000 + "บรรทัดใหม่\n" * 900),
        ("12345 " * 20_000, "12346 " * 20_000),
        (BODY * 400, BODY[7:] * 399),
    ],
    ids=["empty", "one empty", "tiny", "five", "one letter", "identical lines", "digits", "periodic"],
)
def test_bad_input_is_bounded(a: str, b: str) -> None:
    began = time.process_time()
    changes = align(a, b)
    assert time.process_time() - began < 60
    for change in changes[:50]:
        assert a[slice(*change.span_a)] == change.before
        assert b[slice(*change.span_b)] == change.after
    assert bool(changes) == (a != b)
