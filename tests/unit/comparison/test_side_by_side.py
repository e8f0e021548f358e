"""Two texts beside each other: nothing of either is missing, and each difference stands where both have it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from obecsum.comparison.compare import compare
from obecsum.comparison.side_by_side import ASIDE, Piece, side_by_side

HEAD = "กรมทางหลวงเปิดใช้สะพานข้ามแม่น้ำปิงแห่งใหม่ จังหวัดกำแพงเพชร\n"
LONG = (
    "นายสมศักดิ์ ทองดี อธิบดีกรมทางหลวง เปิดเผยว่า สะพานมีความยาว 480 เมตร กว้าง 12 เมตร ใช้งบประมาณ 215 ล้านบาท "
    "เริ่มก่อสร้างเมื่อปี 2565 เพื่อทดแทนสะพานเดิมซึ่งมีอายุการใช้งานกว่า 50 ปีและรับน้ำหนักรถบรรทุกไม่ได้อีกต่อไป "
    "ประชาชนสองฝั่งจะเดินทางถึงกันได้ภายใน 5 นาที จากเดิมที่ต้องอ้อมไปอีกเส้นทางหนึ่งเป็นระยะทาง 30 กิโลเมตร"
)
WORDS = [
    "นายกรัฐมนตรี ",
    "ประชุม",
    "ครม. ",
    "วันที่ 4 มีนาคม 2567 ",
    "ไม่",
    "อนุมัติ",
    "งบประมาณ ",
    "215 ล้านบาท",
    "\n",
    "ที่จังหวัดตรัง ",
    "(ด่วน) ",
]


def laid(a: str, b: str) -> list[Piece]:
    pieces = side_by_side(a, b, compare(a, b).account_a)
    assert "".join(piece.text for piece in pieces) == a
    assert "".join(piece.other for piece in pieces) == b
    return pieces


def test_a_difference_has_its_class_and_what_is_far_is_folded() -> None:
    a = HEAD + LONG + " เปิดให้ใช้วันที่ 3 มีนาคม 2568"
    b = HEAD + LONG.replace(" ", "\u00a0") + " เปิดให้ใช้วันที่ 13 มีนาคม 2568"
    pieces = laid(a, b)
    [changed] = [piece for piece in pieces if piece.kind]
    assert (changed.kind, changed.weight) == ("figure", 2.0)
    assert "3 มีนาคม" in changed.text
    assert "13 มีนาคม" in changed.other
    [far] = [piece for piece in pieces if piece.is_far]
    assert far.text.startswith(HEAD[:20])
    near = pieces[pieces.index(far) + 1]
    assert 30 <= len(near.text) <= 120, "some words of what both have stay in view before the difference"


def test_equal_texts_are_one_folded_piece() -> None:
    [piece] = laid(HEAD + LONG, HEAD + LONG)
    assert piece.is_far


def test_signs_and_spaces_are_no_difference_to_look_at() -> None:
    pieces = laid(f"{HEAD}{LONG}", f"“{HEAD.strip()}”\n{LONG}...")
    assert {piece.kind for piece in pieces} <= {None, "addition"}


def test_what_no_account_is_given_of_is_shown_aside() -> None:
    office = "\n#ข่าวดี #กรมทางหลวง"
    pieces = laid(HEAD + LONG, HEAD + LONG + office)
    assert any(piece.kind == ASIDE and "#ข่าวดี" in piece.other for piece in pieces)


@given(
    st.lists(st.sampled_from(WORDS), max_size=12).map("".join),
    st.lists(st.sampled_from(WORDS), max_size=12).map("".join),
)
@settings(deadline=None, max_examples=80)
def test_any_two_texts_are_whole(a: str, b: str) -> None:
    laid(a, b)
    laid(LONG + a + LONG, LONG + b + LONG)
