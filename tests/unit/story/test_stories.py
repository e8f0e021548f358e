"""Stories, with vectors made by hand so that each test says what is near what."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, cast

import numpy as np
import orjson
import pytest

from obecsum.core.errors import InputError, OptionError, OutputExistsError
from obecsum.core.release import Release
from obecsum.dedup.dedupe import dedupe
from obecsum.embeddings import Embedder
from obecsum.embeddings.interaction import Interaction, ReadRelease
from obecsum.story.evidence import Gatherer, day_of
from obecsum.story.facts import LocalCounts, key_facts, shared_facts, tell
from obecsum.story.job import write_stories
from obecsum.story.rule import StoryEvidence, StoryRule
from obecsum.story.search import near_pairs, usual_cosines
from obecsum.story.stories import STORY_DIM, Story, stories
from tests.golden.stories import RELEASES
from tests.unit.embeddings.tiny import save_model

FLOOD = "นายสมชาย ใจดี ผู้ว่าราชการจังหวัดเชียงราย ลงพื้นที่อำเภอแม่สาย มอบถุงยังชีพ 4,512 ชุด เมื่อวันที่ 12 กันยายน 2567"


class Fake:
    """An embedder whose vectors a test chooses by the first letter of a text's second line."""

    def __init__(self, angles: dict[str, float | None]) -> None:
        self.angles = angles

    def encode_known(self, texts: list[str], *, num_threads: int | None = None) -> tuple[Any, Any]:
        # A headline has no sign of its release: it has no vector.
        angles = [self.angles[text.split("#")[1][0]] if "#" in text else None for text in texts]
        known = np.array([angle is not None for angle in angles])
        turned = np.radians([angle if angle is not None else np.nan for angle in angles])
        return np.stack([np.cos(turned), np.sin(turned)], axis=1).astype(np.float32), known


def fake(**angles: float | None) -> Embedder:
    return cast(Embedder, Fake(angles))


def release(name: str, day: int | None, text: str = FLOOD) -> Release:
    published = f"2024-09-{day:02}" if day else None
    return Release(id=name, text=f"{text} #{name}", title=f"ข่าว {name}", published=published)


# Of two releases with one vector, 6 points speak for a story; what both state must add a little.
NOTHING = dict.fromkeys(
    (
        *("desks", "words", "alike", "phrases", "dates", "other_dates", "times", "places"),
        *("other_places", "other_figures", "told", "missing", "lead", "most_read"),
    ),
    0.0,
)
RULE = StoryRule(
    min_cosine=0.5,
    min_score=6.3,
    lowest_usual=0.4,
    nearer=10.0,
    **{**NOTHING, "desks": 1.0, "dates": 1.0, "times": 1.0, "places": 1.0},
)


def by_cosine(min_cosine: float) -> StoryRule:
    """A rule that asks for this cosine and for nothing else."""
    return StoryRule(min_cosine=0.5, min_score=10 * (min_cosine - 0.4), lowest_usual=0.4, nearer=10.0, **NOTHING)


BY_COSINE = by_cosine(0.95)
OTHERS = [release(name, 12, f"ประชุมเรื่องอื่น ครั้งที่ {i}/2567 ที่จังหวัดตรัง") for i, name in enumerate("vwxyz", 1)]
FAR = {"v": 90.0, "w": 120.0, "x": 150.0, "y": 180.0, "z": 210.0}


def ids(found: list[Story]) -> list[tuple[str, ...]]:
    return [story.ids for story in found]


def test_near_vectors_and_shared_facts_make_a_story() -> None:
    found = stories([release("a", 12), release("b", 13), *OTHERS], embedder=fake(a=0, b=10, **FAR), rule=RULE)
    assert ids(found) == [("a", "b")]
    (link,) = found[0].links
    assert link.cosine == pytest.approx(np.cos(np.radians(10)), abs=1e-3)
    assert ("person", "สมชาย ใจดี") in link.facts
    assert "cosine 0.98" in link.reason
    assert "สมชาย ใจดี" in link.reason or "4512" in link.reason or "แม่สาย" in link.reason
    assert found[0].headline == "ข่าว a"


def test_near_vectors_without_a_shared_fact_make_none() -> None:
    b = release("b", 12, "ภาคเอกชนหารือเรื่องการค้าอย่างกว้างขวาง")
    assert stories([release("a", 12), b, *OTHERS], embedder=fake(a=0, b=0, **FAR), rule=RULE) == []


def test_shared_facts_with_far_vectors_make_none() -> None:
    releases = [release("a", 12), release("b", 12), *OTHERS]
    assert stories(releases, embedder=fake(a=0, b=75, **FAR), rule=RULE) == []


def test_the_window_parts_releases() -> None:
    releases = [release("a", 1), release("b", 9), *OTHERS]
    embedder = fake(a=0, b=0, **FAR)
    assert stories(releases, embedder=embedder, rule=RULE) == []
    assert ids(stories(releases, embedder=embedder, rule=RULE, window_days=8)) == [("a", "b")]
    assert ids(stories(releases, embedder=embedder, rule=RULE, window_days=None)) == [("a", "b")]


def test_a_release_without_a_date_is_compared_with_all() -> None:
    releases = [release("a", 1), release("u", None), release("b", 29), *OTHERS]
    found = stories(releases, embedder=fake(a=0, u=1, b=60, **FAR), rule=RULE)
    assert [set(story.ids) for story in found] == [{"a", "u"}]


def test_no_chain_joins_what_differs() -> None:
    # Neighbors are 20 degrees apart: each is linked with the next, the first and the last are not.
    names = "abcdefg"
    angles = {name: 20.0 * index for index, name in enumerate(names)}
    found = stories([release(name, 12) for name in names], embedder=fake(**angles), rule=by_cosine(0.93))
    assert found
    for story in found:
        assert len(story.ids) <= 3
        center = angles[story.id]
        assert all(abs(angles[name] - center) <= 20 for name in story.ids)
    assert sum(len(story.ids) for story in found) == len({name for story in found for name in story.ids})


def test_the_order_of_the_input_changes_nothing() -> None:
    releases = [release(name, 10 + index % 5) for index, name in enumerate("abcdefgh")]
    embedder = fake(a=0, b=5, c=9, d=40, e=44, f=80, g=82, h=86)
    expected = stories(releases, embedder=embedder, rule=BY_COSINE)
    for seed in range(5):
        mixed = list(releases)
        random.Random(seed).shuffle(mixed)
        assert stories(mixed, embedder=embedder, rule=BY_COSINE) == expected
    assert len(expected) >= 2


def test_a_release_without_a_vector_is_in_no_story() -> None:
    found = stories(
        [release("a", 12), release("n", 12), release("b", 12)], embedder=fake(a=0, n=None, b=1), rule=BY_COSINE
    )
    assert [set(story.ids) for story in found] == [{"a", "b"}]


def result_of(releases: list[Release], pairs: list[Any]) -> Any:
    from obecsum.dedup.result import DedupeResult
    from obecsum.feeds.given import given

    return DedupeResult(given(releases), list(range(len(releases))), [], pairs, [], [], [])


def test_related_pairs_are_linked_whatever_the_cosine() -> None:
    from obecsum.comparison.compare import Comparison
    from obecsum.dedup.result import Pair

    comparison = Comparison("related", 0.4, 0.5, 0.5, "", "")
    releases = [release("a", 12), release("b", 14), *OTHERS]
    pairs = [Pair("a", "b", comparison), Pair("a", "not-there", comparison)]
    found = stories(result_of(releases, pairs), embedder=fake(a=0, b=89, **FAR), rule=RULE)
    assert ids(found) == [("a", "b")]
    assert "compared: related" in found[0].links[0].reason
    late = [release("a", 1), release("b", 20)]
    assert stories(result_of(late, pairs), embedder=fake(a=0, b=89), rule=RULE) == []


def test_pairs_that_update_one_another_are_no_story() -> None:
    from obecsum.comparison.compare import Comparison
    from obecsum.dedup.result import Pair

    releases = [release("a", 12), release("b", 13), *OTHERS]
    pairs = [Pair("a", "b", Comparison("update", 0.9, 0.9, 0.9, "", ""))]
    embedder = fake(a=0, b=5, **FAR)
    assert stories(releases, embedder=embedder, rule=RULE)
    assert stories(result_of(releases, pairs), embedder=embedder, rule=RULE) == []


FOR = {"desks": 1, "word_rarity": 1.0, "phrases": 0.5, "date_rarity": 1.0, "times": 1, "places": 1, "cosine": 0.9}
AGAINST = {
    "alike": 0.9,
    "other_dates": True,
    "times": -1,
    "places": -1,
    "other_places": 1,
    "other_figures": True,
    "usual": 0.8,
}


@pytest.mark.parametrize("rule", [StoryRule(), StoryRule.without_interaction()])
def test_each_piece_of_evidence_counts_for_or_against(rule: StoryRule) -> None:
    plain = StoryEvidence(cosine=0.8, usual=0.6)
    assert rule.score(plain) == pytest.approx(0.2 * rule.nearer)
    change: dict[str, Any]
    for name, value in FOR.items():
        change = {name: value}
        assert rule.score(replace(plain, **change)) > rule.score(plain) + 0.3, name
    for name, value in AGAINST.items():
        change = {name: value}
        assert rule.score(replace(plain, **change)) < rule.score(plain) - 0.3, name
    assert rule.score(replace(plain, desks=-1)) == rule.score(plain)  # one desk tells many an event in parts


def test_what_reading_tells_counts_where_the_rule_reads() -> None:
    rule = StoryRule()
    read = Interaction(told=0.8, missing=0.2, lead=0.5)
    plain = StoryEvidence(cosine=0.8, usual=0.6, read=read)
    assert rule.score(replace(plain, read=replace(read, told=0.9))) > rule.score(plain)
    assert rule.score(replace(plain, read=replace(read, missing=0.3))) < rule.score(plain)
    assert rule.score(replace(plain, read=replace(read, lead=0.6))) < rule.score(plain)
    assert rule.reads
    unread = StoryRule.without_interaction()
    assert not unread.reads
    assert unread.score(plain) == unread.score(replace(plain, read=None))


class ByLength:
    """Reads a release as one piece, and notes what was read."""

    def __init__(self) -> None:
        self.titles: list[str] = []

    def read(self, releases: Sequence[tuple[str, str]]) -> list[ReadRelease]:
        self.titles += [title for title, _ in releases]
        one = np.ones((1, 1), np.float32)
        return [ReadRelease(one, one[0], one[0], one, one)] * len(releases)


def test_only_pairs_that_reading_may_decide_are_read() -> None:
    rule = StoryRule(
        min_cosine=0.5,
        min_score=7.0,
        lowest_usual=0.4,
        nearer=10.0,
        **{**NOTHING, "told": 2.0, "most_read": 1.5},  # these two have a score of 5.8, and 7.8 once they are read
        copy_cosine=1.1,
    )
    given = [release("a", 12), release("b", 12), release("c", 12)]
    model = ByLength()
    found = stories(given, embedder=fake(a=0.0, b=10.0, c=50.0), rule=rule, interaction=model)
    assert ids(found) == [("a", "b")]
    assert sorted(model.titles) == ["ข่าว a", "ข่าว b"]
    assert "piece by piece a headline matches the other text by 1.00" in found[0].links[0].reason


def test_near_copies_are_judged_without_reading() -> None:
    rule = StoryRule()
    assert rule.judge(0.94) is rule
    assert rule.judge(0.96) == StoryRule.without_interaction()
    assert RULE.judge(0.96) is RULE  # it reads nothing anyway
    text = (
        "กรมชลประทานแจ้งเตือนประชาชนที่อาศัยริมแม่น้ำชี อำเภอจัตุรัส จังหวัดชัยภูมิ ให้ยกสิ่งของขึ้นที่สูง หลังเขื่อนลำปะทาวระบายน้ำเพิ่มเป็นวันละ "
        "3 ล้านลูกบาศก์เมตร ตั้งแต่วันที่ 14 กันยายน 2567 เวลา 18.00 น. เป็นต้นไป"
    )
    one, again = (
        Release(id=name, title="เตือนริมแม่น้ำชี ชัยภูมิ รับน้ำเขื่อนลำปะทาว", text=text, published="2024-09-14")
        for name in ("one", "again")
    )
    model = ByLength()
    found = stories([one, again, *RELEASES], interaction=model)
    assert ("again", "one") in ids(found)
    assert not {one.title} & set(model.titles)


def test_a_rule_that_reads_needs_something_that_reads() -> None:
    with pytest.raises(OptionError, match="without_interaction"):
        stories([release("a", 12), release("b", 12)], embedder=fake(a=0.0, b=1.0), rule=StoryRule(), interaction=False)


def test_the_reason_says_what_speaks_for_and_against() -> None:
    evidence = StoryEvidence(
        cosine=0.81,
        usual=0.5,
        desks=1,
        words=("น้ำท่วม", "แม่สาย"),
        word_rarity=1.4,
        dates=("2024", "2024-09-12"),
        date_rarity=0.6,
        times=1,
        places=-1,
        other_figures=True,
        phrase="มอบถุงยังชีพ",
        read=Interaction(told=0.861, missing=0.1, lead=0.6),
    )
    assert StoryRule.reason(evidence) == (
        "cosine 0.81, 0.31 above other weeks; both headlines say น้ำท่วม, แม่สาย; both leads say มอบถุงยังชีพ; "
        "piece by piece a headline matches the other text by 0.86; both state 2024-09-12; the same hour; from two desks; but other places and other figures"
    )


@cache
def bundled() -> Embedder:
    return Embedder(dim=STORY_DIM)


def gatherer(releases: list[Release]) -> Gatherer:
    """The evidence on releases that are given in order of publication, after all of them were read."""
    vectors, known = bundled().encode_known([each.full_text for each in releases])
    static = bundled().static
    assert static is not None
    found = Gatherer(
        releases,
        [day_of(each.published) for each in releases],
        vectors,
        known,
        pieces=static.pieces,
        window_days=7,
        lowest_usual=0.4,
    )
    found.read(range(len(releases)))
    return found


def told(title: str, text: str, *, day: int = 12, name: str = "a", desk: str | None = None) -> Release:
    extra = {"category": desk} if desk else {}
    return Release(id=name, title=title, text=text, published=f"2024-09-{day:02}", extra=extra)


def look(first: Release, second: Release) -> StoryEvidence:
    return gatherer([first, replace(second, id="b")]).look(0, 1, 0.5)


def test_a_day_that_only_one_lead_states_and_the_other_release_knows_is_shared() -> None:
    announced = told("ชวนเที่ยวงานผ้าไทย", "กระทรวงวัฒนธรรมแถลงข่าว " + "รายละเอียดของงาน " * 40 + "จัดวันที่ 20 กันยายน")
    held = told("เปิดงานผ้าไทยแล้ว", "วันที่ 20 กันยายน 2567 รัฐมนตรีเปิดงานผ้าไทยที่จังหวัดเชียงใหม่", day=13)
    evidence = look(announced, held)
    assert evidence.dates == ("2024-09-20",)  # the year is that of publication
    assert not evidence.other_dates


def test_leads_with_different_days_speak_against() -> None:
    first = told("ตรวจเยี่ยมโรงเรียน", "วันที่ 11 กันยายน 2567 ปลัดกระทรวงตรวจเยี่ยมโรงเรียนในจังหวัดน่าน")
    second = told("ตรวจเยี่ยมโรงเรียน", "วันที่ 13 กันยายน 2567 ปลัดกระทรวงตรวจเยี่ยมโรงเรียนในจังหวัดแพร่", day=13)
    evidence = look(first, second)
    assert evidence.other_dates
    assert evidence.dates == ()


def test_a_place_of_one_headline_that_the_other_release_does_not_name_speaks_against() -> None:
    nan = told("จังหวัดน่านมอบหนังสือแก่สถานศึกษา", "ผู้ว่าราชการจังหวัดมอบหนังสือแก่สถานศึกษา 42 แห่ง")
    tak = told("จังหวัดตากมอบหนังสือแก่สถานศึกษา", "ผู้ว่าราชการจังหวัดมอบหนังสือแก่สถานศึกษา 38 แห่ง")
    assert look(nan, tak).other_places == 2
    known = replace(tak, title="มอบหนังสือแก่สถานศึกษา", text=tak.text + " ทั้งที่จังหวัดน่านและจังหวัดตาก")
    assert look(nan, known).other_places == 0


def test_headlines_with_other_figures_speak_against() -> None:
    first = told("ผู้ติดเชื้อรายใหม่ ๑๒ ราย", "รายงานสถานการณ์ประจำวัน")
    assert look(first, told("ผู้ติดเชื้อรายใหม่ 7 ราย", "รายงานสถานการณ์ประจำวัน")).other_figures
    assert not look(first, told("พบผู้ติดเชื้อ 12 ราย วันที่ 9", "รายงานสถานการณ์ประจำวัน")).other_figures
    assert not look(first, told("ผู้ติดเชื้อลดลง", "รายงานสถานการณ์ประจำวัน")).other_figures


def test_phrases_that_few_releases_begin_with_are_found_and_shown() -> None:
    common = [told(f"ประชุมคณะกรรมการ {n}", "ประธานการประชุมคณะกรรมการบริหารหน่วยงาน", name=f"c{n}") for n in range(40)]
    rare = "บันทึกความร่วมมือพัฒนาแพลตฟอร์มข้อมูลเกษตรกรแห่งชาติ"
    pair = [
        told("ลงนามความร่วมมือ", f"รัฐมนตรีลงนาม{rare}วันนี้", name="r1"),
        told("เดินหน้าข้อมูลเกษตร", f"ปลัดกระทรวงเผยผลของ{rare}แล้ว", name="r2"),
    ]
    found = gatherer([*common, *pair])
    assert found.look(40, 41, 0.5).phrases > found.look(0, 1, 0.5).phrases + 0.2
    shown = found.phrase(40, 41)
    assert shown
    assert shown in rare
    assert found.phrase(0, 40) in common[0].full_text.replace(" ", "")


def test_headlines_made_by_one_pattern_are_alike() -> None:
    first = told("ในหลวงพระราชทานปริญญาบัตร มหาวิทยาลัยราชภัฏเชียงราย", "พิธีพระราชทานปริญญาบัตร")
    same_pattern = told("ในหลวงพระราชทานปริญญาบัตร มหาวิทยาลัยราชภัฏพิบูลสงคราม", "พิธีพระราชทานปริญญาบัตร")
    assert look(first, same_pattern).alike > 0.5
    assert look(first, first).alike == pytest.approx(1.0)
    assert look(first, told("น้ำท่วมแม่สาย", "มอบถุงยังชีพ")).alike == 0.0
    assert look(replace(first, title=None), same_pattern).alike == 0.0


def test_releases_that_no_word_is_known_of_are_an_error() -> None:
    blank = [Release(id=name, text="★ ☆ ★", published="2024-09-12") for name in "ab"]
    with pytest.raises(InputError, match="none of the 2 releases has a word that the embedding model knows"):
        stories(blank)


def test_what_is_told_every_week_is_no_story() -> None:
    # A weekly report: as near to last month's as to last week's.
    weekly = [release(name, day) for name, day in zip("abcd", (1, 6, 15, 22), strict=True)]
    angles = dict.fromkeys("abcd", 0.0)
    assert stories(weekly, embedder=fake(**angles), rule=RULE) == []
    assert ids(stories(weekly[:2], embedder=fake(**angles), rule=RULE)) == [("a", "b")]


def test_two_desks_are_likelier_to_tell_one_event_than_one() -> None:
    def of_desks(*desks: str | None) -> list[Release]:
        return [
            replace(release(name, 12), extra={"category": desk} if desk else {})
            for name, desk in zip("ab", desks, strict=True)
        ]

    embedder = fake(a=0, b=10)
    rule = replace(RULE, min_score=8.2)
    assert ids(stories(of_desks("เศรษฐกิจ", "สังคม"), embedder=embedder, rule=rule)) == [("a", "b")]
    assert stories(of_desks("สังคม", "สังคม"), embedder=embedder, rule=rule) == []
    assert stories(of_desks(None, None), embedder=embedder, rule=rule) == []
    two_feeds = [replace(each, source=f"{each.id}.rss") for each in of_desks(None, None)]
    assert ids(stories(two_feeds, embedder=embedder, rule=rule)) == [("a", "b")]


def test_usual_cosines_look_at_other_weeks_only() -> None:
    angles = np.radians([0.0, 1.0, 30.0, 60.0, 0.0])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    days: list[int | None] = [100, 101, 110, 190, None]
    usual = usual_cosines(vectors, days, window_days=7, span_days=60, lowest=0.3)
    assert usual[0] == pytest.approx(np.cos(np.radians(30)), abs=1e-5)  # the one of day 110, not of 101 or 190
    assert usual[1] == pytest.approx(np.cos(np.radians(29)), abs=1e-5)
    assert usual[3] == usual[4] == pytest.approx(0.3)
    assert usual_cosines(vectors, days, window_days=None, span_days=60, lowest=0.3).tolist() == pytest.approx([0.3] * 5)


def test_a_headline_can_be_written() -> None:
    releases = [release("a", 12), release("b", 12), *OTHERS]
    embedder = fake(a=0, b=0, **FAR)
    assert stories(releases, embedder=embedder, rule=RULE, write_headline=lambda text: text[:6])[0].headline == "ข่าว a"
    assert stories(releases, embedder=embedder, rule=RULE, write_headline=lambda text: " ")[0].headline == "ข่าว a"


def test_without_a_title_the_headline_is_the_beginning_cut_at_a_phrase() -> None:
    bare = [Release(id=name, text=f"{FLOOD} #{name}", published="2024-09-12") for name in "ab"]
    (story,) = stories([*bare, *OTHERS], embedder=fake(a=0, b=0, **FAR), rule=RULE)
    assert story.headline
    assert f"{FLOOD} #{story.id}".startswith(story.headline)
    assert len(story.headline) <= 120


def test_wrong_arguments_are_refused() -> None:
    with pytest.raises(OptionError, match="window_days must be at least 0"):
        stories([], window_days=-1)
    with pytest.raises(OptionError, match="two releases have one id"):
        stories([release("a", 1), release("a", 2)], embedder=fake(a=0))
    assert stories([]) == []


def test_near_pairs_are_those_of_plain_numpy() -> None:
    draw = np.random.default_rng(3)
    vectors = draw.standard_normal((400, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    days: list[int | None] = [*sorted(draw.integers(0, 60, 380).tolist()), *([None] * 20)]
    got = {(i, j) for i, j, _ in near_pairs(vectors, days, window_days=7, min_cosine=0.6)}
    cosines = vectors @ vectors.T
    wanted = set()
    for i in range(400):
        for j in range(i + 1, 400):
            first, second = days[i], days[j]
            near = first is None or second is None or abs(first - second) <= 7
            if near and cosines[i, j] >= 0.6:
                wanted.add((i, j))
    edge = {(i, j) for i, j in got ^ wanted if abs(cosines[i, j] - 0.6) > 1e-5}
    assert not edge
    assert len(wanted) > 100


def test_rare_facts_weigh_more_than_common_ones() -> None:
    days = [20_000] * 400
    counts = LocalCounts(days)
    facts = [key_facts(f"นายสมชาย ใจดี ประชุมครั้งที่ {number}/2567") for number in (3, 3, 5)]
    for row in range(400):
        counts.add(row, facts[min(row, 2)])
    person, serial = ("person", "สมชาย ใจดี"), ("serial", "ครั้ง 3/2567")
    assert counts.rarity(0, person) == 0.0
    assert 0.6 < counts.rarity(0, serial) < 0.8
    assert shared_facts(facts[0], facts[1], lambda key: counts.rarity(0, key)) == (serial,)


def test_rarity_is_told_from_the_months_around() -> None:
    days: list[int | None] = [*([20_000] * 600), *([20_400] * 600), None]
    counts = LocalCounts(days)
    for row in range(600):
        counts.add(row, ["flood"])
    assert counts.rarity(0, "flood") == pytest.approx(0.0, abs=1e-3)
    assert counts.rarity(700, "flood") > 0.7  # a year later nobody speaks of it
    assert 0 < counts.rarity(1_200, "flood") < 0.2  # without a date: among all
    assert LocalCounts([1, 1]).rarity(0, "anything") > LocalCounts([1] * 3_000).rarity(0, "anything") - 0.3


def test_days_hours_and_places_are_read_from_the_lead() -> None:
    text = f"ข่าว\n{FLOOD} เวลา 09.30 น. " + "รายละเอียด " * 100 + "วันที่ 5 มกราคม 2568 เวลา 14.00 น. จังหวัดตรัง"
    told = tell(text, title="ข่าว")
    assert told.lead_dates == {"2024-09-12"}
    assert told.dates == {"2024-09-12", "2025-01-05"}
    assert told.lead_times == {"09:30"}
    assert "จังหวัดเชียงราย" in told.lead_places
    assert "จังหวัดตรัง" not in told.lead_places
    assert "จังหวัดตรัง" in told.places
    assert told.headline_places == told.headline_figures == frozenset()


def test_a_day_without_a_year_is_of_the_year_nearest_to_publication() -> None:
    def days(text: str, published: str | None) -> frozenset[str]:
        return tell(text, title="", published=published).dates

    assert days("ตั้งแต่วันที่ 5 มกราคม", "2024-12-28") == {"2025-01-05"}
    assert days("เมื่อวันที่ 30 ธันวาคม", "2025-01-03") == {"2024-12-30"}
    assert days("เมื่อวันที่ 30 ธันวาคม", None) == {"--12-30"}
    assert days("ระหว่างวันที่ 13 - 30 สิงหาคม 2567", "2024-07-30") == {"2024-08-13", "2024-08-30"}


def test_the_file_holds_every_release_of_a_story(tmp_path: Path) -> None:
    model = save_model(tmp_path / "tiny")
    texts = ["น้ำท่วม จังหวัดเชียงราย แม่สาย", "น้ำท่วม แม่สาย จังหวัดเชียงราย", "ประชุมคณะรัฐมนตรี 2567"]
    releases = [
        Release(id=str(row), text=f"{text} {FLOOD if row < 2 else ''}", title=text, published="2024-09-12", url="u")
        for row, text in enumerate(texts)
    ]
    rule = by_cosine(0.9)
    report = write_stories(releases, tmp_path / "out", model=str(model), rule=rule)
    (line,) = report.path.read_bytes().splitlines()
    story = orjson.loads(line)
    assert (report.releases, report.stories, report.in_stories) == (3, 1, 2)
    assert [member["id"] for member in story["releases"]] == ["0", "1"]
    assert story["first"] == story["last"] == "2024-09-12"
    assert sum(member["is_center"] for member in story["releases"]) == 1
    assert all(member["reason"] and member["title"] and member["url"] for member in story["releases"])
    with pytest.raises(OutputExistsError, match="is there already"):
        write_stories(releases, tmp_path / "out", model=str(model), rule=rule)
    write_stories(releases, tmp_path / "out", model=str(model), rule=rule, overwrite=True)
    assert not list((tmp_path / "out").glob("*.partial"))


def test_stories_of_a_result_are_of_kept_and_removed_ones_alike() -> None:
    told = "นายสมชาย ใจดี ผู้ว่าฯ เชียงราย ช่วยผู้ประสบภัยน้ำท่วมแม่สาย แจกถุงยังชีพ 4,512 ชุด วันที่ 12 กันยายน 2567 ที่อำเภอแม่สาย"
    releases = [
        Release(id="a", title="ผู้ว่าฯ เชียงรายแจกถุงยังชีพแม่สาย", text=FLOOD, published="2024-09-12", source="a.rss"),
        Release(id="b", title="ช่วยน้ำท่วมแม่สาย แจกถุงยังชีพ", text=told, published="2024-09-13", source="b.rss"),
        Release(id="c", text="ประชุมคณะกรรมการการอุดมศึกษา ครั้งที่ 8/2567 ที่กรุงเทพฯ", published="2024-09-13"),
    ]
    result = dedupe([*releases, releases[0]])
    assert [release.id for release in result.kept] == ["a", "b", "c"]
    found = stories(result)
    assert ids(found) == [("a", "b")]
    assert "from two desks" in found[0].links[0].reason
    with pytest.raises(OptionError, match="two releases have the id 'a' and different texts"):
        stories(dedupe([*releases, replace(releases[1], id="a")]))
    with pytest.raises(OptionError, match=r"call obecsum\.stories\(result\)"):
        dedupe(releases, stories=True)
    with pytest.raises(TypeError, match="unexpected keyword argument 'story'"):
        dedupe(releases, story=True)
