"""Whether a source says what a summary says."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from obecsum import check
from obecsum.summaries.check.sensitive import is_sensitive
from obecsum.summaries.check.support import SourceFacts

CASES = Path(__file__).parent / "cases"
RELEASE = (
    "นายสุรพล พงษ์ทัดศิริกุล ปลัดกระทรวงศึกษาธิการ เป็นประธานการประชุมคณะกรรมการ เมื่อวันที่ 28 กรกฎาคม 2567 ณ กระทรวงศึกษาธิการ "
    "โดยมี นางสาวมาลี ศรีสุข เลขาธิการ กพฐ. เข้าร่วมประชุม ซึ่งเป็นไปตามนโยบายของนายกรัฐมนตรี มีผู้เข้าร่วม 300 คน "
    "งบประมาณ 5 ล้านบาท ให้โรงเรียน 12 แห่ง ในจังหวัดเชียงใหม่ และจะมอบทุนการศึกษาให้มูลนิธิเด็กไทย ในปี 2568"
)


def case(name: str) -> dict[str, str]:
    lines = (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row["text"] for row in map(json.loads, lines)}


def found(summary: str, source: str = RELEASE) -> list[tuple[str, str]]:
    return [(fact.kind, fact.text) for fact in check(summary, source).unsupported]


@pytest.mark.parametrize(
    "summary",
    [
        RELEASE,
        "ปลัด ศธ. เป็นประธานการประชุมคณะกรรมการ",
        "นายสุรพล พงษ์ทัดศิริกุล เป็นประธานการประชุมคณะกรรมการ",
        "ปลัดกระทรวงศึกษาธิการเป็นประธานการประชุม 28 ก.ค. 67",
        "น.ส.มาลี ศรีสุข เข้าร่วมประชุม",
        "ผู้เข้าร่วม ๓๐๐ ราย",
        "งบ 5 ล้านบาท ให้โรงเรียนสิบสองแห่งใน จ.เชียงใหม่",
        "จะมอบทุนการศึกษาให้มูลนิธิเด็กไทยในปี 68",
    ],
)
def test_what_the_source_says_is_supported(summary: str) -> None:
    result = check(summary, RELEASE)
    assert (result.supported, result.unsupported) == (True, [])
    assert result.confidence > 0.5


@pytest.mark.parametrize(
    ("summary", "kind"),
    [
        ("นายก ฯ เป็นประธานการประชุม", "order"),  # another presides
        ("นางสาวมาลี ศรีสุข เป็นประธานการประชุมคณะกรรมการ", None),
        ("นายสุรพล พงษ์ทัดศิริกุล เข้าร่วมประชุม", "order"),  # another takes part
        ("นายสุรพล ศรีสุข ปลัดกระทรวงศึกษาธิการ เป็นประธานการประชุม", "order"),  # another's surname
        ("นายสุรพล วงศ์เทวัญ เป็นประธานการประชุมคณะกรรมการ", "person"),
        ("น.ส.มาลี ศรีสุข ปลัดกระทรวงศึกษาธิการ เข้าร่วมประชุม", None),  # another's post
        ("รองปลัดกระทรวงศึกษาธิการเป็นประธานการประชุม", "polarity"),
        ("ปลัดกระทรวงศึกษาธิการจะเป็นประธานการประชุม", "polarity"),
        ("ปลัดกระทรวงศึกษาธิการไม่เป็นประธานการประชุม", "polarity"),
        ("มอบทุนการศึกษาให้มูลนิธิเด็กไทยในปี 2568", "polarity"),  # only planned
        ("ประชุมคณะกรรมการ 28 ก.ย. 2567", "date"),
        ("มีผู้เข้าร่วม 300 บาท", "order"),
        ("มีผู้เข้าร่วม 12 คน", None),
        ("ให้โรงเรียน 12 แห่ง ในจังหวัดเชียงราย", "place"),
        ("ปลัดกระทรวงศึกษาธิการเป็นประธานการประชุม เพื่อไม่ให้เกิดเหตุแผ่นดินไหว", "word"),
        ("ปลัดกระทรวงศึกษาธิการกับ", "unfinished"),
        ("ปลัดกระทรวงศึกษาธิการเป็นประธานการประชุม “คณะ", "unfinished"),
    ],
)
def test_what_the_source_does_not_say_is_unsupported(summary: str, kind: str | None) -> None:
    result = check(summary, RELEASE)
    assert not result.supported
    kinds = {fact.kind for fact in result.unsupported}
    assert kind in kinds if kind else kinds
    assert all(summary[slice(*fact.span)] == fact.text for fact in result.unsupported)


def test_a_denial_stays_a_denial() -> None:
    texts = case("negation-summary")
    assert found("ครม. เห็นชอบร่าง พ.ร.บ. ควบคุมอาวุธ", texts["a"]) == [("polarity", "เห็นชอบ")]
    assert found("ครม. ไม่เห็นชอบร่าง พ.ร.บ. ควบคุมอาวุธ ตามที่ มท. เสนอ", texts["a"]) == []
    assert found("ครม. อนุมัติการขึ้นค่าโดยสารรถไฟฟ้าสายสีม่วง", texts["b"]) == [("polarity", "อนุมัติ")]
    assert found("ครม. ไม่อนุมัติขึ้นค่าโดยสารรถไฟฟ้าสายสีม่วง", texts["b"]) == []
    assert not check("ธนาคารแห่งประเทศไทยแจกเงินประชาชนคนละ 3,000 บาท", texts["c"]).supported
    assert check("ข่าวปลอม ธปท. แจกเงินประชาชนคนละ 3,000 บาท", texts["c"]).supported


def test_a_denied_report_is_not_reported() -> None:
    source = "นายชัย วัชรงค์ โฆษกรัฐบาล เปิดเผยว่า กระทรวงการคลังแจกเงินประชาชน"
    assert check(source, source).supported
    assert not check(source.replace("เปิดเผย", "ไม่เปิดเผย"), source).supported
    assert not check(source, source.replace("เปิดเผย", "ไม่เปิดเผย")).supported


def test_numbers_in_words_are_numbers() -> None:
    texts = case("spelled-numbers-summary")
    assert found("ช่วยผู้ประสบอุทกภัยใน 57 จังหวัด โอนเงินภายใน 15 วันทำการ", texts["a"]) == []
    assert found("จับกุมบุหรี่หนีภาษี 24,000 ซอง", texts["b"]) == []
    assert ("number", "15 ล้านบาท") in found("ครม. เห็นชอบวงเงิน 15 ล้านบาท", texts["c"])
    assert ("number", "สิบห้าล้านบาท") in found("ครม. เห็นชอบวงเงินสิบห้าล้านบาท", texts["c"])


def test_no_name_of_a_short_release_is_invented() -> None:
    text = case("short-release-summary")["a"]
    assert not check("นายสมชาย ใจดี พมจ.ตาก มอบถุงยังชีพ 45 ชุด", text).supported
    assert check("พมจ.ตาก ร่วมกับ อบต.แม่ปะ มอบถุงยังชีพ 45 ชุด แก่ผู้ประสบอุทกภัย", text).supported


def test_markup_is_no_hindrance() -> None:
    text = case("html-in-text-summary")["a"]
    assert check("กรมชลประทานรายงานสถานการณ์น้ำในเขื่อนภูมิพล ปริมาณน้ำ 7,812 ล้านลูกบาศก์เมตร", text).supported
    assert not check("ปริมาณน้ำ 7,812 ล้านลิตร", text).supported


def test_what_forbade_correct_text() -> None:
    royal = "สมเด็จพระนางเจ้าฯ พระบรมราชินี เสด็จฯ ไปทรงเปิดงาน และสมเด็จพระนางเจ้าสิริกิติ์ พระบรมราชินีนาถ พระราชทานเงิน"
    assert check(royal, royal).supported
    assert not check("สมเด็จพระนางเจ้าสิริกิติ์ พระบรมราชินีนาถ เสด็จฯ ไปทรงเปิดงาน", royal).supported
    syllables = "ที่ประชุม กกต. และ ปปป. เห็นชอบ"
    assert check(syllables, syllables).supported


def test_a_quotation_is_not_cut() -> None:
    source = "รัฐมนตรีเปิดโครงการ “พม. ใกล้ชิดประชาชน” ที่จังหวัดตาก นางสาวศศิกานต์ วัฒนะจันทร์ เปิดเผย"
    assert found("รัฐมนตรีเปิดโครงการ “พม. ใกล้ชิดประชาชน”", source) == []
    assert found("รัฐมนตรีเปิดโครงการ “พม.”", source) == [("quote", "พม.")]
    assert found("“ศศิกานต์” เปิดเผย", source) == []
    assert found("“ศิกานต์” เปิดเผย", source) != []
    assert found("“เสริม” เปิดเผย", "นายเสริมศักดิ์ พงษ์พานิช เปิดเผย") == [("quote", "เสริม")]
    assert found("นายสุร เปิดเผย", "นายสุรพล พงษ์พานิช เปิดเผย") == [("person", "นายสุร")]
    assert found("“เสริมศักดิ์” เปิดเผย", "นายเสริมศักดิ์ พงษ์พานิช เปิดเผย") == []


def test_what_is_given_is_not_taken() -> None:
    source = "กรมธนารักษ์มอบที่ดินให้กรมชลประทานเพื่อสร้างอ่างเก็บน้ำ"
    assert found("กรมธนารักษ์มอบที่ดินให้กรมชลประทาน", source) == []
    assert found("กรมชลประทานมอบที่ดินให้กรมธนารักษ์", source) != []
    assert found("กรมธนารักษ์มอบที่ดินจากกรมชลประทาน", source) != []


def test_two_passages_are_not_joined() -> None:
    source = (
        "นายสมชาย ใจดี อธิบดีกรมประมง เปิดงานวันประมงแห่งชาติที่จังหวัดสมุทรสาคร มีผู้ร่วมงานจำนวนมาก\n"
        "นางวิไล มีสุข อธิบดีกรมปศุสัตว์ ลงพื้นที่ติดตามการฉีดวัคซีนโคเนื้อ"
    )
    assert check("นายสมชาย ใจดี เปิดงานวันประมงแห่งชาติ", source).supported
    assert not check("นายสมชาย ใจดี ลงพื้นที่ติดตามการฉีดวัคซีนโคเนื้อ", source).supported
    assert not check("อธิบดีกรมปศุสัตว์เปิดงานวันประมงแห่งชาติ", source).supported


def test_a_report_is_no_deed() -> None:
    source = "เขตสุขภาพที่ 2 แจง UNICEF ประกาศอหิวาตกโรคเป็นภาวะฉุกเฉิน หลังพบผู้ป่วยเพิ่มขึ้นหลายประเทศ ล่าสุดจังหวัดตากมีผู้ป่วยสะสม 4 ราย"
    assert found("เขตสุขภาพที่ 2 แจง UNICEF ประกาศอหิวาตกโรคเป็นภาวะฉุกเฉิน", source) == []
    assert found("เขตสุขภาพที่ 2 ประกาศอหิวาตกโรคเป็นภาวะฉุกเฉิน", source) != []
    assert found("พบผู้ป่วยเพิ่ม 4 ราย", source) == [("order", "4")]


def test_spans_are_those_of_the_strings_given() -> None:
    source = "หัวข่าว\u00a0\u200b\n" + RELEASE.replace(" ", "\u00a0")
    summary = "ปลัด\u00a0ศธ. เป็นประธานการประชุมคณะกรรมการ ๒๘ ก.ค. ๖๗"
    result = check(summary, source)
    assert result.supported
    (sentence,) = result.sentences
    assert summary[slice(*sentence.span)] == sentence.text == summary
    assert sentence.passage is not None
    assert "ประธานการประชุม" in source[slice(*sentence.passage)]
    stated = {fact.text: source[slice(*span)] for fact, span in result.sources}
    assert stated["๒๘ ก.ค. ๖๗"].replace("\u00a0", " ") == "28 กรกฎาคม 2567"


@pytest.mark.parametrize("summary", ["", " \n", "\ud800", '“”"“', "\x00", "|", "()", "*****", "#แฮชแท็ก"])
def test_where_there_is_nothing_to_judge_nothing_is_supported(summary: str) -> None:
    assert not check(summary, RELEASE).supported
    assert not check(summary, "").supported
    assert not check(RELEASE, summary).supported


def test_lines_that_are_no_sentences_do_not_hide_a_number() -> None:
    assert not check(RELEASE + "\nโทร. 02-123-4567", RELEASE).supported


def test_a_lone_surrogate_is_no_exception() -> None:
    assert check("ปลัด ศธ. เป็นประธานการประชุม \ud800", RELEASE + "\udfff").sentences


def test_time_is_linear() -> None:
    facts = SourceFacts(RELEASE)
    facts.check(RELEASE)
    spent = []
    for times in (250, 1000):
        started = time.process_time()
        check("ประชุม" * times, (RELEASE + "\n") * times)
        spent.append(time.process_time() - started)
    assert spent[1] < 12 * spent[0] + 0.5


def test_one_source_serves_many_candidates() -> None:
    facts = SourceFacts(RELEASE)
    first, again = facts.check("ปลัด ศธ. เป็นประธาน"), facts.check("ปลัด ศธ. เป็นประธาน")
    assert first == again == check("ปลัด ศธ. เป็นประธาน", RELEASE)


def test_what_is_no_text_is_told() -> None:
    with pytest.raises(TypeError, match="None"):
        check(None, RELEASE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("สมเด็จพระกนิษฐาธิราชเจ้า เสด็จพระราชดำเนิน", True),
        ("จับกุมผู้ต้องหาคดียาเสพติด", True),
        ("มีผู้เสียชีวิต 3 ราย", True),
        ("กรมทางหลวงเปิดถนนสายใหม่", False),
    ],
)
def test_sensitive_topics(text: str, *, expected: bool) -> None:
    assert is_sensitive(text) is expected
