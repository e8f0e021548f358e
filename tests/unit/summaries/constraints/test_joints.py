"""A minister keeps the ministry that the source gives, a deputy the รอง, and a hyphen joins what the source joins."""

from __future__ import annotations

from obecsum.summaries.constraints.joints import JointRule

TOURISM = "นายวีระ สุขใจ ผู้ช่วยรัฐมนตรีประจำกระทรวงการท่องเที่ยวและกีฬา เป็นประธานการประชุมส่งเสริมธุรกิจที่พักของไทยและเกาหลีใต้"
DEPUTY = "นางสาวมาลี ใจงาม รองเลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน และรองโฆษกประจำสำนักนายกรัฐมนตรี เปิดเผยผลการประชุม"


PIECES = [
    "",
    *[
        "รมว",
        ".",
        "กษ",
        "กก",
        "ท่องเที่ยวฯ",
        "วีระ",
        "ไทย",
        "-",
        "เกาหลี",
        "ดิจิทัล",
        "▁เปิด",
        "ธุรกิจ",
        "ที่พัก",
        "เลขาธิการ",
        "รอง",
        "รมช",
        "▁-",
        "(",
        "(สพฐ",
        ".)",
        "รองเลขาธิการ",
        "▁กพฐ",
        "คณะกรรมการ",
        "สำนักงาน",
    ],
]
SPACED = {11, 17, 22}
SQUEEZED = [piece.replace("▁", "") for piece in PIECES]


def refused(written: str, source: str = TOURISM) -> set[str]:
    state = JointRule(SQUEEZED, SPACED, [source]).start(0)
    for piece in written.split():
        state = state.push(PIECES.index(piece))
    return {PIECES[piece] for piece in state.refused(range(1, len(PIECES)))}


def test_after_a_short_title_only_what_the_source_gives() -> None:
    assert refused("รมว .") >= {"กษ", "ไทย", "ดิจิทัล", "ธุรกิจ"}
    assert not refused("รมว .") & {"กก", "ท่องเที่ยวฯ", "วีระ"}
    assert "▁เปิด" not in refused("รมว . กก .")
    assert not refused("รมว . วีระ") & {"▁เปิด", "ไทย", "ธุรกิจ"}


def test_a_title_that_nobody_has_is_not_written() -> None:
    assert "รมช" in refused("")
    assert "รมว" not in refused("")
    assert {"รมว", "รมช"} <= refused("", DEPUTY)


def test_a_hyphen_joins_what_the_source_joins() -> None:
    assert "เกาหลี" not in refused("ไทย -")
    assert {"ดิจิทัล", "ธุรกิจ", "ที่พัก", "▁เปิด"} <= refused("ไทย -")
    assert "-" in refused("ไทย", "การประชุมเรื่องที่พัก")
    assert "เกาหลี" not in refused("ธุรกิจ -")


def test_a_dash_with_spaces_parts_two_things_but_for_thailand_and_another() -> None:
    assert not refused("ธุรกิจ ▁-") & {"ดิจิทัล", "▁เปิด"}
    assert "เกาหลี" not in refused("ไทย ▁-")
    assert {"ดิจิทัล", "▁เปิด"} <= refused("ไทย ▁-")


def test_a_deputy_stays_one_while_it_is_written() -> None:
    assert "เลขาธิการ" in refused("", DEPUTY)
    assert "เลขาธิการ" not in refused("รอง", DEPUTY)
    assert "เลขาธิการ" not in refused("")


def test_in_brackets_stands_what_the_source_has_there() -> None:
    source = "รองเลขาธิการคณะกรรมการ (รองเลขาธิการ กพฐ.) เป็นประธาน แทนสำนักงานคณะกรรมการ (สพฐ.) ร่วมงาน"
    assert {"(", "(สพฐ"} <= refused("ธุรกิจ", source)
    assert not refused("สำนักงาน คณะกรรมการ", source) & {"(", "(สพฐ"}
    assert "รองเลขาธิการ" in refused("สำนักงาน คณะกรรมการ (", source)
    assert "รองเลขาธิการ" not in refused("รองเลขาธิการ คณะกรรมการ (", source)
    assert "▁กพฐ" not in refused("รองเลขาธิการ คณะกรรมการ ( รองเลขาธิการ", source)
    assert "ธุรกิจ" in refused("รองเลขาธิการ คณะกรรมการ ( รองเลขาธิการ ▁กพฐ", source)
    assert "ธุรกิจ" not in refused("รองเลขาธิการ คณะกรรมการ ( รองเลขาธิการ ▁กพฐ .)", source)
