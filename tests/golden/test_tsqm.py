"""tsqm.txt holds the same release twice, with small edits."""

from __future__ import annotations

import pytest

from obecsum.cleaning.boilerplate import Boilerplate
from obecsum.cleaning.bylines import find_bylines
from obecsum.cleaning.repeats import Repeat, find_repeats, remove_repeats
from obecsum.cleaning.units import cuts_cluster
from obecsum.text.normalize import fold
from tests.golden.seeds import seed, without

TEXT = seed("tsqm")
SECOND_COPY = TEXT.index("วันที่ 13 ธันวาคม 2567 นายพัฒนะ พัฒนทวีดล")


@pytest.fixture(scope="module")
def repeat() -> Repeat:
    repeats = find_repeats(TEXT)
    assert len(repeats) == 1
    return repeats[0]


def test_the_repeat_covers_one_copy_and_names_the_other(repeat: Repeat) -> None:
    first, second = (0, SECOND_COPY), (SECOND_COPY, len(TEXT))
    overlap = min(repeat.span[1], first[1]) - max(repeat.span[0], first[0])
    assert overlap >= 0.95 * (first[1] - first[0])
    assert repeat.span[1] <= SECOND_COPY + 1
    assert repeat.copy_of[0] >= repeat.span[1]
    assert repeat.copy_of[1] - repeat.copy_of[0] >= 0.95 * (second[1] - second[0])
    assert 0.95 <= repeat.similarity <= 1.0


def test_the_changes_name_what_was_corrected(repeat: Repeat) -> None:
    pairs = [(change.before, change.after) for change in repeat.changes]
    assert any("การกศึกษา" in before and "การศึกษา" in after and "กศึกษา" not in after for before, after in pairs)
    assert any("รัฐมนตรีกระทรวง" in before and "รัฐมนตรีว่าการกระทรวง" in after for before, after in pairs)


def test_the_changes_name_the_reordered_opening(repeat: Repeat) -> None:
    moved = [change for change in repeat.changes if change.kind == "reorder"]
    assert any("ธนุ วงษ์จินดา" in change.before for change in moved)


def test_before_is_what_goes_and_after_is_what_stays(repeat: Repeat) -> None:
    for change in repeat.changes:
        assert repeat.span[0] <= change.span_a[0] <= change.span_a[1] <= repeat.span[1]
        assert repeat.copy_of[0] <= change.span_b[0] <= change.span_b[1] <= repeat.copy_of[1]
        assert TEXT[change.span_a[0] : change.span_a[1]].strip() == change.before.strip()
        assert TEXT[change.span_b[0] : change.span_b[1]].strip() == change.after.strip()


def test_one_copy_is_left_the_corrected_one() -> None:
    left = remove_repeats(TEXT)
    assert left.count("เป็นประธานเปิด พร้อมบรรยายพิเศษ") == 1
    assert "การกศึกษา" not in left
    assert "รัฐมนตรีว่าการกระทรวงศึกษาธิการ" in left
    assert left.startswith("วันที่ 13 ธันวาคม 2567")
    assert left.endswith("ขอบคุณภาพ : กองทุนเพื่อความเสมอภาคทางการศึกษา (กสศ.)")
    assert 0.45 * len(TEXT) < len(left) < 0.55 * len(TEXT)
    assert remove_repeats(left) == left


def test_no_fact_is_lost(repeat: Repeat) -> None:
    left, gone = fold(remove_repeats(TEXT)), fold(TEXT[slice(*repeat.span)])
    facts = [
        "13 ธันวาคม 2567",
        "13-15 ธันวาคม",
        "2561",
        "ธนุ วงษ์จินดา",
        "พัฒนะ พัฒนทวีดล",
        "เพิ่มพูน ชิดชอบ",
        "อมารี",
        "tsqm",
        "thailand zero dropout",
        "กสศ.",
        "สพฐ.",
        "กพฐ.",
    ]
    for fact in facts:
        assert fact in gone
        assert fact in left


def test_no_cut_parts_a_character(repeat: Repeat) -> None:
    for offset in (*repeat.span, *repeat.copy_of):
        assert not cuts_cluster(TEXT, offset)


def test_separators_go_and_the_credit_is_kept_as_a_byline() -> None:
    left = without(TEXT, Boilerplate.fixed().find(TEXT))
    assert "\n.\n" not in left
    found = [(byline.kind, byline.name) for byline in find_bylines(remove_repeats(left))]
    assert found == [("photo", "กองทุนเพื่อความเสมอภาคทางการศึกษา (กสศ.)")]


def test_cleaned_first_and_then_freed_of_the_copy_it_reads_the_same() -> None:
    left = remove_repeats(without(TEXT, Boilerplate.fixed().find(TEXT)))
    assert left.count("เป็นประธานเปิด พร้อมบรรยายพิเศษ") == 1
    assert "การกศึกษา" not in left
