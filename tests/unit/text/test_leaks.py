"""Headlines and standfirsts that a scraped body repeats."""

from __future__ import annotations

import pytest

from obecsum.text.leaks import drop_leaks

TITLE = "สพฐ. เปิดประชุมผู้บริหารโรงเรียนคุณภาพทั่วประเทศ มุ่งลดความเหลื่อมล้ำ"
STANDFIRST = (
    "เลขาธิการ กพฐ. เปิดประชุมผู้บริหารโรงเรียนคุณภาพ 1,808 แห่ง ที่จังหวัดเชียงใหม่ เพื่อชี้แจงแนวทางการใช้งบประมาณปีใหม่ และรับฟังปัญหาจากพื้นที่"
)
LEAD = (
    "วันที่ 5 มกราคม 2567 ที่โรงแรมแห่งหนึ่งในจังหวัดเชียงใหม่ เลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐานเป็นประธานเปิดการประชุม "
    "มีผู้อำนวยการโรงเรียนและศึกษานิเทศก์เข้าร่วมกว่าสองพันคน"
)
REST = "ทั้งนี้ ที่ประชุมได้รับฟังความคิดเห็นจากผู้แทนโรงเรียนทุกภาค และจะสรุปผลเสนอต่อคณะกรรมการในเดือนหน้า"


@pytest.mark.parametrize(
    "leak",
    [
        TITLE,
        "“สพฐ.”เปิดประชุมผู้บริหารโรงเรียนคุณภาพทั่วประเทศ มุ่งลดความเหลื่อมล้ํา",  # split sara am, quotes, a space less
        "\u200bสพฐ.\u00a0เปิดประชุม ผอ.โรงเรียนคุณภาพทั่วประเทศ มุ่งลดความเหลื่อมล้ำ",
        "สพฐ. เปิดประชุมผู้บริหารโรงเรียนคุณภาพทั่วประเทศ",  # the page broke the headline in two
        "สพฐ. เปิดประชุมผู้บริหารโรงเรียนคุณภาพทั่วประเทศ\nมุ่งลดความเหลื่อมล้ำ",
        TITLE + " พร้อมเดินหน้านโยบายเรียนดีมีความสุข",  # the site cut the headline
        STANDFIRST,
        STANDFIRST + " ก่อนเปิดภาคเรียนหน้า",
        TITLE + "\n\n" + STANDFIRST,
    ],
)
def test_repeat_at_the_top_goes(leak: str) -> None:
    assert drop_leaks(TITLE, STANDFIRST, f"{leak}\n{LEAD}\n{REST}") == f"{LEAD}\n{REST}"


@pytest.mark.parametrize(
    "body",
    [
        f"{LEAD}\n{REST}",
        # a lead paragraph that contains the standfirst is the news itself
        f"เมื่อวันที่ 5 มกราคม 2567 นายธนู วงษ์จินดา {STANDFIRST} โดยมีผู้เข้าร่วมจำนวนมาก\n{REST}",
        # a part of the headline below the lead is a section's heading, not the page's head
        f"{LEAD}\nมุ่งลดความเหลื่อมล้ำ\n{REST}",
        # shorter than anything that could be judged
        f"สพฐ.\n{LEAD}",
        f"ภาพ : โรงเรียน\n\n{LEAD}\n",
        "",
        "\n\n",
    ],
)
def test_the_news_stays(body: str) -> None:
    assert drop_leaks(TITLE, STANDFIRST, body) == body


def test_exact_repeat_below_the_lead_goes() -> None:
    assert drop_leaks(TITLE, None, f"{LEAD}\n{TITLE}\n{REST}") == f"{LEAD}\n{REST}"


def test_exact_repeat_far_below_stays() -> None:
    body = "\n".join([LEAD, *[REST] * 8, TITLE])
    assert drop_leaks(TITLE, None, body) == body


def test_a_body_that_opens_with_its_headline_is_not_emptied() -> None:
    body = TITLE + " " + "โดยมีผู้บริหารโรงเรียนเข้าร่วมจากทุกภาคของประเทศ และได้รับฟังแนวทางการทำงานปีใหม่"
    assert drop_leaks(TITLE, None, body) == body


def test_thai_digits_are_the_same_digits() -> None:
    body = "ประชุมคณะกรรมการครั้งที่ ๓/๒๕๖๗ ณ กระทรวงศึกษาธิการ\n" + LEAD
    assert drop_leaks("ประชุมคณะกรรมการครั้งที่ 3/2567 ณ กระทรวงศึกษาธิการ", None, body) == LEAD


@pytest.mark.parametrize(("title", "standfirst"), [(None, None), ("", ""), ("ข่าว", None)])
def test_nothing_to_look_for(title: str | None, standfirst: str | None) -> None:
    assert drop_leaks(title, standfirst, LEAD) == LEAD


def test_only_whole_lines_go() -> None:
    body = f"{TITLE}\n\n{STANDFIRST}\n{LEAD}\n\n{REST}"
    assert drop_leaks(TITLE, STANDFIRST, body) == f"{LEAD}\n\n{REST}"
