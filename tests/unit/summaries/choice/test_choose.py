"""Which of a model's candidates is printed, and whether one is."""

from __future__ import annotations

import pytest

from obecsum.summaries.choice.choose import Choice, best_candidate, confidence_of, prefixes
from obecsum.summaries.choice.evidence import Evidence, evidence_of
from obecsum.summaries.choice.source import Source
from obecsum.summaries.choice.threshold import least_confidence
from obecsum.summaries.choice.weights import WEIGHTS
from obecsum.summaries.extract.reading import Reading

RELEASE = (
    "วันที่ 5 มีนาคม 2568 นายสมชาย ใจดี ผู้ว่าราชการจังหวัดลำพูน ได้รับมอบหมายจากนายวิชัย มั่นคง ปลัดกระทรวงตัวอย่าง เป็นประธานเปิดงานตลาดนัดชุมชน "
    "เพื่อส่งเสริมรายได้ของเกษตรกรในพื้นที่ มีผู้ร่วมงาน 1,250 คน และมอบทุนการศึกษา 40 ทุน ให้แก่นักเรียนในจังหวัด\n"
    "ทั้งนี้ จังหวัดลำพูนยังไม่อนุมัติงบประมาณก่อสร้างอาคารตลาดหลังใหม่ วงเงิน 25 ล้านบาท ในปีนี้"
)


@pytest.fixture(scope="module")
def source() -> Source:
    return Source(Reading(RELEASE))


def choose(source: Source, *candidates: str, max_chars: int | None = None) -> Choice | None:
    return best_candidate(candidates, source, kind="headline", max_chars=max_chars)


@pytest.mark.parametrize(
    "wrong",
    [
        "ผู้ว่าราชการจังหวัดลำพูน เปิดงานตลาดนัดชุมชน มีผู้ร่วมงาน 9,999 คน",
        "ผู้ว่าราชการจังหวัดลำพูน มอบทุนการศึกษา 40 ล้านบาท ให้แก่นักเรียนในจังหวัด",
        "นายสมศักดิ์ มีสุข เป็นประธานเปิดงานตลาดนัดชุมชน",
        "จังหวัดลำพูนอนุมัติงบประมาณก่อสร้างอาคารตลาดหลังใหม่ วงเงิน 25 ล้านบาท",
        "จังหวัดเชียงใหม่ เปิดงานตลาดนัดชุมชน มีผู้ร่วมงาน 1,250 คน",
    ],
)
def test_what_the_release_does_not_say_is_not_supported_and_gives_way(source: Source, wrong: str) -> None:
    right = "ผู้ว่าราชการจังหวัดลำพูน เป็นประธานเปิดงานตลาดนัดชุมชน"
    choice = choose(source, wrong)
    assert choice is None or choice.text != wrong or not choice.check.supported
    choice = choose(source, wrong, right)
    assert choice is not None
    assert choice.text == right


def test_of_two_the_one_that_is_more_surely_right(source: Source) -> None:
    right = "ผู้ว่าราชการจังหวัดลำพูน เป็นประธานเปิดงานตลาดนัดชุมชน"
    for other in (
        "เป็นประธานเปิดงานตลาดนัดชุมชน เพื่อส่งเสริมรายได้ของเกษตรกร",  # nobody acts, and its end is cut
        "ปลัดกระทรวงตัวอย่าง เป็นประธานเปิดงานตลาดนัดชุมชน",  # who sent another
    ):
        choice = choose(source, other, right)
        assert choice is not None
        assert choice.text == right


def test_a_candidate_that_breaks_off_is_cut_where_the_sentence_may_be(source: Source) -> None:
    candidate = "นายสมชาย ใจดี ผู้ว่าราชการจังหวัดลำพูน เป็นประธานเปิดงานตลาดนัดชุมชน เพื่อส่งเสริมรายได้ของ"
    whole = "นายสมชาย ใจดี ผู้ว่าราชการจังหวัดลำพูน เป็นประธานเปิดงานตลาดนัดชุมชน"
    assert whole in prefixes(candidate, source)
    choice = choose(source, candidate)
    assert choice is not None
    assert choice.text == whole


def test_no_text_is_longer_than_asked(source: Source) -> None:
    candidate = "นายสมชาย ใจดี ผู้ว่าราชการจังหวัดลำพูน เป็นประธานเปิดงานตลาดนัดชุมชน"
    assert choose(source, candidate, max_chars=30) is None


def test_nothing_readable_is_no_choice(source: Source) -> None:
    assert choose(source, "", "abc", "ก") is None
    assert choose(source) is None


def test_every_evidence_has_its_weight(source: Source) -> None:
    assert tuple(WEIGHTS) == Evidence.names()
    evidence, check = evidence_of("นายสมชาย ใจดี เปิดงานตลาดนัดชุมชน", source, "headline")
    assert 0 <= confidence_of(evidence) <= 1
    assert check.supported


def test_royal_persons_crime_and_death_want_more() -> None:
    usual = least_confidence("headline", "กรมทางหลวงเปิดถนนสายใหม่")
    for text in ("สมเด็จพระนางเจ้าฯ พระบรมราชินี เสด็จฯ เปิดงาน", "จับกุมผู้ต้องหาค้ายาเสพติด", "พบผู้เสียชีวิต 2 ราย"):
        assert least_confidence("headline", text) > usual
