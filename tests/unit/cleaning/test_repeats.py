"""Repeats: a copy goes, parallel paragraphs stay, and no input takes long."""

from __future__ import annotations

import json
import lzma
import os
import time
from pathlib import Path
from typing import Any

import pytest

from obecsum.cleaning.repeats import find_repeats, remove_repeats

LEAD = (
    "วันที่ 4 มีนาคม 2567 นางสาวอรทัย ศรีสุข ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เป็นประธานเปิดค่ายวิทยาศาสตร์สำหรับนักเรียนชั้นประถมศึกษาปีที่ 6 "
    "จำนวน 240 คน ณ โรงเรียนบ้านปงสนุก อำเภอเมือง จังหวัดลำปาง เพื่อให้นักเรียนได้ทดลองและเรียนรู้นอกห้องเรียน"
)
QUOTE = (
    "นางสาวอรทัย กล่าวว่า ค่ายนี้จัดขึ้นเป็นปีที่ 3 โดยได้รับความร่วมมือจากมหาวิทยาลัยในพื้นที่ส่งอาจารย์และนักศึกษามาเป็นวิทยากรประจำฐานการเรียนรู้ทั้งหมด 8 ฐาน "
    "นักเรียนจะได้ฝึกสังเกต ตั้งคำถาม และบันทึกผลด้วยตนเอง ซึ่งเป็นพื้นฐานของการเรียนรู้ตลอดชีวิต"
)
CLOSE = "ทั้งนี้ ผู้ปกครองสามารถติดตามภาพกิจกรรมและผลงานของนักเรียนได้จากสมุดบันทึกค่ายที่โรงเรียนจะส่งกลับบ้านในวันสุดท้ายของกิจกรรม และนิทรรศการของแต่ละโรงเรียนในเดือนถัดไป"
STANDFIRST = "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เป็นประธานเปิดค่ายวิทยาศาสตร์สำหรับนักเรียนชั้นประถมศึกษาปีที่ 6 จำนวน 240 คน เพื่อให้นักเรียนได้ทดลองและเรียนรู้นอกห้องเรียน"


def gone(text: str) -> list[str]:
    return [text[slice(*repeat.span)].strip() for repeat in find_repeats(text)]


def test_a_release_pasted_twice_leaves_the_first_of_equal_copies() -> None:
    text = "\n".join([LEAD, QUOTE, CLOSE] * 2)
    repeats = find_repeats(text)
    assert len(repeats) == 1
    assert remove_repeats(text) == "\n".join([LEAD, QUOTE, CLOSE])
    assert repeats[0].similarity == 1.0
    assert repeats[0].changes == []
    assert text[slice(*repeats[0].copy_of)] == "\n".join([LEAD, QUOTE, CLOSE])


def test_three_copies_leave_one() -> None:
    assert remove_repeats("\n\n".join([LEAD, QUOTE, CLOSE] * 3)).count("ค่ายวิทยาศาสตร์") == 1


def test_a_release_pasted_twice_into_one_line() -> None:
    text = " ".join([LEAD, QUOTE, CLOSE] * 6)
    assert "\n" not in text
    left = remove_repeats(text)
    assert left.count("นางสาวอรทัย ศรีสุข") == 1
    assert left.count("นิทรรศการ") == 1


def test_the_better_spelled_copy_stays() -> None:
    bad = [LEAD.replace("การศึกษา", "การศกึษา"), QUOTE.replace("มหาวิทยาลัย", "มหาวิทยลัย"), CLOSE]
    good = [LEAD, QUOTE, CLOSE]
    assert remove_repeats("\n".join(bad + good)) == "\n".join(good)
    assert remove_repeats("\n".join(good + bad)) == "\n".join(good)


def test_the_copy_with_more_facts_stays() -> None:
    poor = [LEAD.replace(" จำนวน 240 คน", ""), QUOTE, CLOSE]
    for order in ([*poor, LEAD, QUOTE, CLOSE], [LEAD, QUOTE, CLOSE, *poor]):
        left = remove_repeats("\n".join(order))
        assert left.count("240 คน") == 1
        assert left.count("8 ฐาน") == 1


MORE = "ด้านนายกสมาคมผู้ปกครองเปิดเผยว่า สมาคมจัดอาหารว่างและน้ำดื่มตลอดกิจกรรม พร้อมเชิญช่างฝีมือในชุมชนมาสาธิตการทอผ้าและการทำร่มให้นักเรียนชมในช่วงเย็นของทุกวัน ซึ่งเด็กให้ความสนใจมาก"


@pytest.mark.parametrize("body", [[LEAD, QUOTE, CLOSE], [LEAD, QUOTE, CLOSE, MORE]], ids=["short", "long"])
def test_two_figures_for_one_thing_both_stay(body: list[str]) -> None:
    corrected = [paragraph.replace("240 คน", "250 คน") for paragraph in body]
    left = remove_repeats("\n".join([*body, *corrected]))
    assert body[0] in left
    assert corrected[0] in left
    assert left.count("8 ฐาน") == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ที่ประชุมอนุมัติงบประมาณจัดค่ายในปีหน้า", "ที่ประชุมไม่อนุมัติงบประมาณจัดค่ายในปีหน้า"),
        ("ผู้ชนะการประกวดราคาคือบริษัททองเจริญก่อสร้าง", "ผู้ชนะการประกวดราคาคือบริษัทศรีรุ่งเรืองก่อสร้าง"),
        ("ผู้ปกครองรับบุตรหลานกลับบ้านได้วันอังคารนี้", "ผู้ปกครองรับบุตรหลานกลับบ้านได้วันศุกร์นี้"),
        ("เทศบาลนครลำปางมอบรถบัสให้มหาวิทยาลัยราชภัฏลำปาง", "มหาวิทยาลัยราชภัฏลำปางมอบรถบัสให้เทศบาลนครลำปาง"),
        ("รถรับส่งพลิกคว่ำ มีนักเรียนบาดเจ็บสามคน", "รถรับส่งพลิกคว่ำ มีนักเรียนบาดเจ็บสิบสามคน"),
        ("เหตุการณ์นี้มีผู้เสียชีวิตสองราย", "เหตุการณ์นี้มีผู้เสียชีวิตเพิ่มอีกสองราย"),
        ("โรงเรียนเปิดสะพานแขวนให้ใช้แล้ว", "โรงเรียนปิดสะพานแขวนไม่ให้ใช้แล้ว"),
        ("การซ่อมอาคารที่พักอยู่ระหว่างดำเนินการ", "การซ่อมอาคารที่พักเสร็จก่อนกำหนด"),
    ],
    ids=["negation", "company", "weekday", "giver", "numeral", "more", "opposite", "progress"],
)
@pytest.mark.parametrize("place", ["end of a paragraph", "line of its own", "last line", "one line"])
def test_two_versions_with_one_small_change_both_stay(before: str, after: str, place: str) -> None:
    def version(sentence: str) -> str:
        if place == "end of a paragraph":
            return "\n".join([LEAD, f"{QUOTE} {sentence}", CLOSE])
        if place == "line of its own":
            return "\n".join([LEAD, QUOTE, sentence, CLOSE])
        if place == "last line":
            return "\n".join([LEAD, QUOTE, CLOSE, sentence])
        return " ".join([LEAD, QUOTE, sentence, CLOSE])

    left = remove_repeats(f"{version(before)}\n{version(after)}")
    assert before in left
    assert after in left


def test_active_and_passive_are_no_other_news() -> None:
    office = "นายวิชัย ทองมา นายอำเภอเมืองลำปาง"
    deputy = "นางสาวอรทัย ศรีสุข รองผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง"
    rest = "เป็นประธานเปิดค่ายวิทยาศาสตร์สำหรับนักเรียนชั้นประถมศึกษาปีที่ 6 จำนวน 240 คน ณ โรงเรียนบ้านปงสนุก อำเภอเมือง จังหวัดลำปาง"
    active = f"วันที่ 4 มีนาคม 2567 {office} มอบหมายให้ {deputy} {rest}"
    passive = f"วันที่ 4 มีนาคม 2567 {deputy} ได้รับมอบหมายจาก {office} ให้{rest}"
    assert remove_repeats("\n".join([active, QUOTE, CLOSE, passive, QUOTE, CLOSE])).count("240 คน") == 1


def test_an_announcement_restated_in_a_speech_stays() -> None:
    sentence = "จากนั้น รมว.ศึกษาธิการ ได้เป็นประธานในพิธีเปิดงานมหกรรมวิชาการนักเรียนระดับชาติประจำปีการศึกษา 2562 ณ ศูนย์ประชุมแห่งชาติ ซึ่งจัดขึ้นต่อเนื่องสามวัน ภายใต้แนวคิดเรียนรู้คู่ชุมชน"
    speech = "รมว.ศึกษาธิการ กล่าวตอนหนึ่งว่า รู้สึกเป็นเกียรติที่ได้เป็นประธานในพิธีเปิดงานมหกรรมวิชาการนักเรียนระดับชาติประจำปีการศึกษา 2562 ณ ศูนย์ประชุมแห่งชาติ ซึ่งจัดขึ้นต่อเนื่องสามวัน ภายใต้แนวคิดเรียนรู้คู่ชุมชน และขอขอบคุณครูทุกคนที่ทุ่มเทเตรียมนักเรียนมาตลอดทั้งปี รวมทั้งผู้ปกครองที่ให้กำลังใจ และชุมชนที่เปิดพื้นที่ให้เด็กได้เรียนรู้จากของจริง"
    assert find_repeats("\n".join(["หัวข้อข่าว", LEAD, QUOTE, sentence, CLOSE, speech])) == []


def test_a_paragraph_of_its_own_in_the_copy_stays() -> None:
    own = "นายพิเชษฐ์ แก้วมณี นายอำเภอเมืองลำปาง กล่าวเสริมว่า อำเภอพร้อมสนับสนุนรถรับส่งนักเรียนจากทุกตำบลตลอดทั้งสามวันของกิจกรรม โดยไม่มีค่าใช้จ่าย"
    left = remove_repeats("\n".join([LEAD, QUOTE, CLOSE, LEAD, own, QUOTE, CLOSE]))
    assert left.count(own) == 1
    assert left.count("ค่ายวิทยาศาสตร์") == 1


def test_a_standfirst_that_the_lead_restates_goes() -> None:
    text = "\n".join([STANDFIRST, LEAD, QUOTE, CLOSE])
    assert gone(text) == [STANDFIRST]


def test_a_standfirst_with_a_figure_of_its_own_stays() -> None:
    text = "\n".join([STANDFIRST.replace("240", "260"), LEAD, QUOTE, CLOSE])
    assert find_repeats(text) == []


def test_a_standfirst_with_a_statement_of_its_own_stays() -> None:
    text = "\n".join([STANDFIRST + " พร้อมแจกทุนเรียนดี", LEAD, QUOTE, CLOSE])
    assert find_repeats(text) == []


def test_a_headline_stays_though_the_lead_has_its_words() -> None:
    text = "\n".join(["เปิดค่ายวิทยาศาสตร์สำหรับนักเรียนชั้นประถมศึกษาปีที่ 6", LEAD, QUOTE, CLOSE])
    assert find_repeats(text) == []


def test_a_headline_set_twice_goes_once() -> None:
    headline = "สพป. ลำปาง เปิดค่ายวิทยาศาสตร์"
    assert remove_repeats("\n".join([headline, headline, LEAD, QUOTE])) == "\n".join([headline, LEAD, QUOTE])


def test_the_title_is_no_standfirst() -> None:
    text = "\n".join([STANDFIRST, LEAD, QUOTE, CLOSE])
    assert find_repeats(text, title=STANDFIRST) == []


@pytest.mark.parametrize(
    "paragraphs",
    [
        [
            f"เศรษฐกิจ{region}ในเดือนมกราคม 2568 ขยายตัวจากการบริโภคภาคเอกชนและการท่องเที่ยว โดยภาษีมูลค่าเพิ่มขยายตัวร้อยละ {a} ต่อปี จำนวนรถจักรยานยนต์จดทะเบียนใหม่ขยายตัวร้อยละ {b} ต่อปี และดัชนีความเชื่อมั่นผู้บริโภคอยู่ที่ระดับ {c}"
            for region, a, b, c in [
                ("ภาคเหนือ", "5.9", "2.2", "58.0"),
                ("ภาคใต้", "11.9", "1.9", "57.1"),
                ("ภาคตะวันออก", "5.8", "2.0", "61.2"),
            ]
        ],
        [
            f"{number}. {name} พ้นจากตำแหน่ง ผู้ตรวจราชการกระทรวง สำนักงานปลัดกระทรวง และแต่งตั้งให้ดำรงตำแหน่ง รองปลัดกระทรวง สำนักงานปลัดกระทรวง"
            for number, name in [(1, "นายประเสริฐ บุญเรือง"), (2, "นายพิษณุ ตุลสุข")]
        ],
        [
            f"พิธีทำบุญตักบาตรถวายพระราชกุศล ณ {place} โดยมีผู้ว่าราชการจังหวัดเป็นประธาน พร้อมด้วยหัวหน้าส่วนราชการ ข้าราชการ และประชาชนร่วมพิธีอย่างพร้อมเพรียง เพื่อน้อมรำลึกในพระมหากรุณาธิคุณอันหาที่สุดมิได้"
            for place in ["วัดพระธาตุลำปางหลวง จังหวัดลำปาง", "วัดพระธาตุช่อแฮ จังหวัดแพร่"]
        ],
        [
            "1. จังหวัดเชียงราย",
            "ทางหลวงหมายเลข 118 น้ำล้นทาง",
            "แนะนำใช้เส้นทางเลี่ยง :",
            "- จากจังหวัดเชียงใหม่ใช้ทางหลวงหมายเลข 11 เข้าทางหลวงหมายเลข 1 ผ่านลำพูน ลำปาง และพะเยา เข้าสู่จังหวัดเชียงราย ใช้เวลาเพิ่มประมาณ 2 ชั่วโมง",
            "2. จังหวัดเชียงใหม่",
            "ทางหลวงหมายเลข 107 สะพานขาด",
            "แนะนำใช้เส้นทางเลี่ยง :",
            "- จากจังหวัดเชียงใหม่ใช้ทางหลวงหมายเลข 11 เข้าทางหลวงหมายเลข 1 ผ่านลำพูน ลำปาง และพะเยา เข้าสู่จังหวัดเชียงราย ใช้เวลาเพิ่มประมาณ 2 ชั่วโมง",
        ],
        [
            "1. ตำแหน่งรองปลัดกระทรวง นายสมชาย ใจดี",
            "ทั้งนี้ ตั้งแต่วันที่ทรงพระกรุณาโปรดเกล้าโปรดกระหม่อมแต่งตั้งเป็นต้นไป",
            "2. ตำแหน่งอธิบดี นางสมศรี ใจงาม",
            "ทั้งนี้ ตั้งแต่วันที่ทรงพระกรุณาโปรดเกล้าโปรดกระหม่อมแต่งตั้งเป็นต้นไป",
        ],
        [
            "พยากรณ์อากาศวันที่ 4 เมษายน",
            "ภาคเหนือ: จังหวัดเชียงใหม่ ลำพูน ลำปาง แพร่ น่าน และพะเยา",
            "ภาคกลาง: จังหวัดนครสวรรค์ สิงห์บุรี อ่างทอง ลพบุรี สระบุรี สุพรรณบุรี พระนครศรีอยุธยา กาญจนบุรี ราชบุรี นครปฐม สมุทรสาคร และสมุทรสงคราม รวมทั้งกรุงเทพมหานครและปริมณฑล",
            "พยากรณ์อากาศวันที่ 5 เมษายน",
            "ภาคเหนือ: จังหวัดสุโขทัย พิษณุโลก และเพชรบูรณ์",
            "ภาคกลาง: จังหวัดนครสวรรค์ สิงห์บุรี อ่างทอง ลพบุรี สระบุรี สุพรรณบุรี พระนครศรีอยุธยา กาญจนบุรี ราชบุรี นครปฐม สมุทรสาคร และสมุทรสงคราม รวมทั้งกรุงเทพมหานครและปริมณฑล",
        ],
        [
            "กระทรวงทรัพยากรธรรมชาติและสิ่งแวดล้อม",
            "รัฐมนตรีเป็นประธานเปิดงานวันสิ่งแวดล้อมโลก ร่วมกับเยาวชนจากทั่วประเทศ",
            "ณ ห้องประชุมใหญ่ ชั้น 2",
            "กระทรวงทรัพยากรธรรมชาติและสิ่งแวดล้อม",
        ],
        ["นายสมชาย ใจดี", "รัฐมนตรีประจำสำนักนายกรัฐมนตรี", "รัฐมนตรีประจำสำนักนายกรัฐมนตรี", "นายสมหมาย ใจงาม"],
    ],
    ids=[
        "regions",
        "appointments",
        "ceremonies",
        "detours",
        "effective dates",
        "forecasts",
        "last line",
        "table cells",
    ],
)
def test_parallel_paragraphs_stay(paragraphs: list[str]) -> None:
    before = ["กระทรวงแถลงผลการดำเนินงานประจำเดือนต่อที่ประชุมคณะรัฐมนตรี และเปิดเผยรายละเอียดต่อสื่อมวลชนเมื่อช่วงบ่ายของวันเดียวกัน"] * (
        len(paragraphs) > 4
    )
    assert find_repeats("\n".join([*before, *paragraphs])) == []


def test_a_quote_given_again_goes() -> None:
    again = QUOTE.replace("กล่าวว่า", "กล่าวเพิ่มเติมว่า")
    left = remove_repeats("\n".join(["หัวข้อข่าวของวันนี้", LEAD, QUOTE, CLOSE, again]))
    assert left.count("8 ฐาน") == 1


def test_spans_are_offsets_of_the_text_as_it_is() -> None:
    dirty = [paragraph.replace(" ", "\u00a0").replace("ำ", "\u0e4d\u0e32") for paragraph in (LEAD, QUOTE, CLOSE)]
    text = "\r\n".join(["\ufeff" + dirty[0], *dirty[1:], LEAD, QUOTE, CLOSE])
    repeats = find_repeats(text)
    assert len(repeats) == 1
    kept = text[slice(*repeats[0].copy_of)]
    assert kept.endswith(("วันสุดท้ายของกิจกรรม และนิทรรศการของแต่ละโรงเรียนในเดือนถัดไป", dirty[2]))
    assert len(remove_repeats(text)) < 0.55 * len(text)


@pytest.mark.parametrize(
    "text",
    ["", " \n \n", "กขค่า", "5", "1 2 3\n" * 50, "The quick brown fox.", "\x00\ud800", "่" * 40, "ก\n่ข\n" * 30],
)
def test_texts_with_nothing_to_find(text: str) -> None:
    assert find_repeats(text) == []
    assert remove_repeats(text) == text


def test_only_text_is_searched() -> None:
    with pytest.raises(TypeError, match="text must be a str, got bytes"):
        find_repeats(b"abc")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "ก" * 2_000_000,
        "กระทรวงศึกษาธิการประกาศผลการสอบประจำปีการศึกษา 2567\n" * 10_000,
        (LEAD + "\n") * 10_000,
        "12 34 56 78\n" * 150_000,
        " ".join(f"โรงเรียนบ้านที่ {n} มีนักเรียน {n * 7} คน" for n in range(60_000)),
    ],
    ids=["one line of 2 MB", "10,000 equal lines", "10,000 equal paragraphs", "digits", "phrases"],
)
def test_the_time_is_bounded(text: str) -> None:
    start = time.process_time()
    find_repeats(text)
    assert time.process_time() - start < 60


def labels() -> list[dict[str, Any]]:
    path = Path(os.environ["OBECSUM_DATA"]) / "labels" / "repeats-dev.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.skipif("OBECSUM_DATA" not in os.environ, reason="OBECSUM_DATA does not name the data folder")
def test_the_labeled_releases() -> None:
    records = {record["id"]: record for record in labels()}
    bodies: dict[str, str] = {}
    for path in sorted((Path(os.environ["OBECSUM_DATA"]) / "thaigov").glob("*.jsonl.xz")):
        if path.name.startswith("raw"):
            continue
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                identifier = line[:40].split('"id": "', 1)[-1].split('"', 1)[0]
                if identifier in records:
                    bodies[identifier] = json.loads(line)["body"]
    assert bodies.keys() == records.keys()
    found = {"repeat": [0, 0], "parallel": [0, 0]}
    for identifier, record in records.items():
        body = bodies[identifier]
        line_spans: list[tuple[int, int]] = []
        at = 0
        for line in body.split("\n"):
            if len("".join(line.split())) >= 60:
                line_spans.append((at, at + len(line)))
            at += len(line) + 1
        spans = [repeat.span for repeat in find_repeats(body)]

        def covered(
            index: int, spans: list[tuple[int, int]] = spans, line_spans: list[tuple[int, int]] = line_spans
        ) -> float:
            start, end = line_spans[index]
            return sum(max(0, min(end, b) - max(start, a)) for a, b in spans) / (end - start)

        for pair, label in record["pairs"].items():
            first, second = map(int, pair.split("-"))
            found[label][0] += max(covered(first), covered(second)) > 0.8
            found[label][1] += 1
    assert found["parallel"][0] == 0
    # Standfirsts that the lead says in other words stay: what a rewording leaves out is not known to be nothing.
    assert found["repeat"][0] >= 0.85 * found["repeat"][1]


def test_the_headings_of_a_table_stay_though_a_paragraph_has_their_words() -> None:
    summary = (
        "นางปานทิพย์ เปิดเผยว่า การเบิกจ่ายงบลงทุนของโรงเรียน 43 แห่ง ณ สิ้นเดือนพฤศจิกายน 2565 มีผลการเบิกจ่ายสะสม 290 ล้านบาท หรือร้อยละ 93 ของแผนการเบิกจ่ายสะสม "
        "สำหรับการเบิกจ่ายงบลงทุนของโรงเรียนประจำปี 2566 มีผลการเบิกจ่ายสะสมตั้งแต่เดือนตุลาคม 2565 จำนวน 10 ล้านบาท คิดเป็นร้อยละ 61 ของแผนการเบิกจ่ายสะสม "
        "โดยมีโรงเรียนที่เบิกจ่ายได้ตามแผน 30 แห่ง และโรงเรียนที่มีปัญหาการส่งมอบพื้นที่ 13 แห่ง ซึ่งสำนักงานได้เร่งประสานผู้รับจ้างแล้ว"
    )
    table = [
        "สำหรับการเบิกจ่ายงบลงทุนของโรงเรียนประจำปี 2566 มีผลการเบิกจ่ายสะสมตั้งแต่เดือนตุลาคม 2565 จำนวน 10 ล้านบาท คิดเป็นร้อยละ 61 ของแผนการเบิกจ่ายสะสม",
        "ผลการเบิกจ่ายงบลงทุนของโรงเรียนประจำปี 2566",
        "ณ สิ้นเดือนพฤศจิกายน 2565",
    ]
    assert (
        find_repeats("\n".join(["หัวข้อข่าวของวัน", LEAD, summary, *table, "โรงเรียน ก 5 ล้านบาท", "โรงเรียน ข 5 ล้านบาท"]))
        == []
    )


def test_a_rule_as_it_was_and_as_it_is_amended_both_stay() -> None:
    rule = [
        "ข้อกำหนดการใช้ประโยชน์ที่ดินตามแผนผัง ให้เป็นไปตามที่จำแนกประเภทไว้ท้ายประกาศนี้ และให้ใช้บังคับกับที่ดินทุกแปลงในเขตเทศบาลดังกล่าว",
        "ที่ดินในบริเวณหมายเลข 3.1 ถึงหมายเลข 3.31 ที่กำหนดไว้เป็นสีเขียว ให้เป็นที่ดินประเภทชนบทและเกษตรกรรม ห้ามใช้เพื่อกิจการโรงงาน",
        "ที่ดินประเภทนี้ให้ใช้ประโยชน์เพื่อเกษตรกรรมเป็นส่วนใหญ่ สำหรับการใช้ประโยชน์เพื่อกิจการอื่น ให้ใช้ได้ไม่เกินส่วนที่กำหนดไว้ในแต่ละบริเวณ",
    ]
    amended = [rule[0], rule[1].replace("3.1 ถึงหมายเลข 3.31", "3.1 ถึงหมายเลข 3.8 หมายเลข 3.9 และหมายเลข 3.31"), rule[2]]
    text = "\n".join(
        [
            "หัวข้อข่าวของวันนี้",
            LEAD,
            QUOTE,
            CLOSE,
            *rule,
            "แก้ไขเพิ่มเติมดังนี้",
            *amended,
            LEAD.replace("240", "310").replace("4 มี", "5 มี"),
        ]
    )
    left = remove_repeats(text)
    assert rule[1] in left
    assert amended[1] in left
