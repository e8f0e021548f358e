"""Numbers leave as slots and come back as the source wrote them."""

from hypothesis import given
from hypothesis import strategies as st

from obecsum.text.slots import ALL_SLOTS, OVERFLOW, fill_slots, hash_numbers, slot_source, slot_target

SOURCE = "วันที่ 13 ธันวาคม 2567 เวลา 09.30 น. มีผู้เข้าร่วม 1,808 คน คิดเป็นร้อยละ 60 ในการประชุมครั้งที่ 8/2567 งบ ๒๕,๐๐๐ บาท"


def test_every_number_becomes_a_slot_and_returns() -> None:
    slotted = slot_source(SOURCE)
    assert not any(char.isdigit() for char in slotted.text)
    assert fill_slots(slotted.text, slotted) == SOURCE


def test_classes_are_told_by_the_words_around_a_number() -> None:
    numbers = slot_source(SOURCE).numbers
    first_of_class = {number: ALL_SLOTS.index(slot) for slot, number in numbers.items()}
    year, day, time, share, serial = (first_of_class[n] for n in ("2567", "13", "09.30", "60", "8/2567"))
    assert year < day < time < share < serial < first_of_class["1,808"]


def test_equal_values_share_a_slot_whatever_their_script() -> None:
    slotted = slot_source("ปี ๒๕๖๗ และปี 2567 มี 1,000 และ 1000")
    assert len(slotted.numbers) == 2
    assert fill_slots(slotted.text, slotted) == "ปี ๒๕๖๗ และปี ๒๕๖๗ มี 1,000 และ 1,000"


def test_numbers_in_words_and_with_their_multiplier_are_taken_whole() -> None:
    text = (
        "ประชุมครั้งที่สาม งบสองร้อยล้านบาท และ 1.5 ล้านบาท วันที่สิบสามสิงหาคม 2567 สามประเทศ ปลูก 5 พันธุ์ "
        "โดย 3 พันธมิตร สามารถใช้ 2 หมื่นล้านบาท"
    )
    slotted = slot_source(text)
    assert list(slotted.numbers.values()) == (["สาม", "สองร้อยล้าน", "1.5 ล้าน", "สิบสาม", "2567", "5", "3", "2 หมื่นล้าน"])
    assert fill_slots(slotted.text, slotted) == text


def test_a_number_in_words_is_not_written_where_digits_stand() -> None:
    slotted = slot_source("ผู้นำสามประเทศ พบกันวันที่ 3 มีนาคม")
    assert slot_target("วันที่ 3 มีนาคม สามประเทศหารือ", slotted) == (
        f"วันที่ {slotted.values['3']} มีนาคม {slotted.values['=3']}ประเทศหารือ"
    )
    only = slot_source("การประชุมครั้งที่ 3 ใช้งบ 1,500,000 บาท")
    written = slot_target("ประชุมครั้งที่สาม งบ 1.5 ล้านบาท", only)
    assert written is not None
    assert fill_slots(written, only) == "ประชุมครั้งที่3 งบ 1,500,000บาท"
    assert slot_target("ประชุมครั้งที่สี่", only) is None


def test_spans_point_into_the_source() -> None:
    slotted = slot_source(SOURCE)
    assert all(SOURCE[start:end] == slotted.numbers[slot] for slot, (start, end) in slotted.spans.items())


def test_a_target_with_a_number_that_the_source_lacks_is_refused() -> None:
    source = slot_source(SOURCE)
    assert slot_target("ประชุม ๘/๒๕๖๗ ผู้เข้าร่วม 1808 คน", source) is not None
    assert slot_target("ผู้เข้าร่วม 1,809 คน", source) is None


def test_numbers_beyond_the_slots_of_their_class_are_never_written() -> None:
    slotted = slot_source(" ".join(f"ปี {year}" for year in range(2400, 2700)))
    assert OVERFLOW in slotted.text
    assert fill_slots(f"ปี {OVERFLOW}", slotted) == "ปี "


def test_private_code_points_of_a_source_are_no_slots() -> None:
    assert fill_slots(slot_source("\ue000 ข่าว").text, slot_source("ปี 2567")) == " ข่าว"


@given(st.text(alphabet="กขคำ่า 0123456789๐๑๒๓.,:/ \ue000", max_size=60))
def test_no_digit_survives_and_the_way_back_holds_the_same_values(text: str) -> None:
    slotted = slot_source(text)
    assert not any(char.isdigit() for char in slotted.text)
    if OVERFLOW not in slotted.text:
        again = slot_source(fill_slots(slotted.text, slotted))
        assert list(again.values) == list(slotted.values)


def test_hashed_slots_are_the_same_for_equal_numbers_in_all_texts() -> None:
    one = hash_numbers("วันที่ 12 กันยายน 2567 มอบ 4,512 ชุด")
    other = hash_numbers("แจก ๔๕๑๒ ชุด เมื่อ ๑๒ กันยายน ๒๕๖๗")
    slots = [[char for char in text if char in ALL_SLOTS] for text in (one, other)]
    assert sorted(slots[0]) == sorted(slots[1])
    assert len(set(slots[0])) == 3
    assert not any(char.isdigit() for char in one + other)
    assert hash_numbers("ไม่มีเลข\ue000") == "ไม่มีเลข"
