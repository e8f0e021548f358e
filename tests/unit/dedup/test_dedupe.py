"""dedupe(): what goes, what stays, for which, and the series."""

import random

import pytest

from obecsum.core.errors import OptionError
from obecsum.core.release import Release
from obecsum.dedup import series as series_module
from obecsum.dedup.dedupe import dedupe

LEAD = "วันนี้ ({day} ธ.ค. 67) เวลา 09.30 น. กรมตัวอย่างรายงานผลการลงทะเบียนครั้งที่ {number}/2567 มีผู้ลงทะเบียนแล้ว {count} ราย "
BODY = (
    "โดยผู้ลงทะเบียนส่วนใหญ่อยู่ในภาคกลางและภาคตะวันออกเฉียงเหนือ รองลงมาคือภาคเหนือและภาคใต้ตามลำดับ ซึ่งเป็นไปตามเป้าหมายที่วางไว้ "
    "สำหรับผู้ที่ยังไม่ได้ลงทะเบียน สามารถดำเนินการได้ที่สำนักงานทุกแห่งทั่วประเทศ หรือผ่านทางเว็บไซต์ของหน่วยงานตลอดเวลา "
    "ทั้งนี้ ขอให้ตรวจสอบเอกสารหลักฐานให้ครบถ้วนก่อนยื่นคำขอ เพื่อความรวดเร็วในการให้บริการแก่ประชาชนทุกท่าน"
)
MORE = (
    "\nนอกจากนี้ ยังมีเจ้าหน้าที่คอยให้คำแนะนำ ณ จุดบริการเคลื่อนที่ในชุมชนที่ห่างไกล พร้อมรถรับส่งผู้สูงอายุและผู้พิการโดยไม่คิดค่าใช้จ่าย "
    "และจัดอาสาสมัครช่วยกรอกแบบฟอร์มสำหรับผู้ที่อ่านหนังสือไม่สะดวก รวมทั้งเตรียมน้ำดื่มและที่นั่งพักไว้รองรับอย่างเพียงพอ "
    "หากพบปัญหาให้แจ้งหัวหน้าหน่วยในพื้นที่ได้ทันที จะมีการติดตามแก้ไขและรายงานกลับให้ทราบโดยเร็ว"
)


def release(
    identifier: str, day: int = 13, number: int = 8, count: str = "46,067", extra: str = "", **fields: str
) -> Release:
    text = LEAD.format(day=day, number=number, count=count) + BODY + extra
    return Release(identifier, text, **{"published": f"2024-12-{day:02d}", **fields})  # type: ignore[arg-type]


def removed(releases: list[Release], **options: object) -> dict[str, str]:
    return {r.release.id: r.kept_id for r in dedupe(releases, **options).removed}  # type: ignore[arg-type]


def test_a_copy_goes_and_an_update_stays() -> None:
    result = dedupe([release("a"), release("b"), release("c", day=14, number=9, count="46,391")])
    assert [r.id for r in result.kept] == ["a", "c"]
    assert [(r.release.id, r.kept_id, r.comparison.relation) for r in result.removed] == [("b", "a", "duplicate")]
    assert [(g.kept_id, g.removed_ids) for g in result.groups] == [("a", ("b",))]


def test_the_series_says_what_is_new() -> None:
    days = [release("x", 13, 8, "46,067"), release("y", 14, 9, "46,391"), release("z", 15, 10, "47,002")]
    (series,) = dedupe(days).series
    assert (series.id, series.ids) == ("x", ("x", "y", "z"))
    assert [(link.id, link.previous_id) for link in series.links] == [("y", "x"), ("z", "y")]
    changes = {c.kind: (c.before, c.after) for c in series.links[0].changes}
    assert changes["number"] == ("46,067 ราย", "46,391 ราย")
    assert changes["date"] == ("13 ธ.ค. 67", "14 ธ.ค. 67")


def test_what_an_update_changed_is_worked_out_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(series_module, "fact_changes", lambda a, b: asked.append((a.text, b.text)) or [])  # type: ignore[func-returns-value]
    days = [release("x", 13, 8, "46,067"), release("y", 14, 9, "46,391")]
    (series,) = dedupe(days).series
    assert asked == []
    assert series.links[0].changes is series.links[0].changes
    assert asked == [(days[0].full_text, days[1].full_text)]


def test_a_removed_release_is_not_in_a_series() -> None:
    days = [release("x", 13, 8, "46,067"), release("x2", 13, 8, "46,067"), release("y", 14, 9, "46,391")]
    (series,) = dedupe(days).series
    assert series.ids == ("x", "y")


def test_what_the_words_alone_make_an_update_is_for_a_person_to_decide() -> None:
    result = dedupe([release("a"), release("b", extra="\nการลงทะเบียนดังกล่าวเลื่อนออกไปแล้ว")])
    assert [pair.comparison.relation for pair in result.possible] == ["update"]
    assert result.removed == []
    assert dedupe([release("a"), release("b", number=9)]).possible == [], "the facts tell them apart"


def test_the_longer_one_holds_the_shorter() -> None:
    short, long = release("short"), release("long", extra=MORE)
    assert removed([short, long]) == {"short": "long"}
    for policy in ("earliest", "latest", "longest"):
        assert removed([short, long], policy=policy) == {"short": "long"}


def test_policies_choose_among_duplicates() -> None:
    first = release("first", published="2024-12-13")
    second = release("second", published="2024-12-15", extra="\nโทร. 0 2123 4567")
    third = release("third", published="2024-12-14")
    group = [first, second, third]
    assert set(removed(group, policy="earliest").values()) == {"first"}
    assert set(removed(group, policy="latest").values()) == {"second"}
    assert set(removed(group, policy="longest").values()) == {"second"}
    assert set(removed(group, policy="most_complete").values()) == {"second"}


def test_a_preferred_source_stays() -> None:
    group = [release("a", source="mirror"), release("b", source="ministry"), release("c", source="other")]
    assert set(removed(group).values()) == {"a"}
    assert set(removed(group, prefer_sources=["ministry"]).values()) == {"b"}
    assert set(removed(group, prefer_sources=["nowhere", "other"]).values()) == {"c"}


def test_equal_ids_with_equal_texts() -> None:
    result = dedupe([release("a"), release("a")])
    assert len(result.kept) == 1
    assert result.removed[0].kept_id == "a"


def test_every_removed_release_is_checked_against_the_kept_one() -> None:
    # Each differs from the next by a little; the ends differ by a lot.
    sentences = [s + " " for s in MORE.split(" ") if len(s) > 12]
    chain = [release(f"r{i}", extra="".join(sentences[i : i + 3])) for i in range(4)]
    for removal in dedupe(chain).removed:
        assert removal.comparison.relation in ("duplicate", "contained")
        assert removal.comparison.text_a == removal.release.full_text


def test_order_and_threads_change_nothing() -> None:
    group = [
        release("a"),
        release("b", extra=" #ลงทะเบียน"),
        release("c", day=14, number=9, count="46,391"),
        release("d", day=14, number=9, count="46,391", extra=MORE),
        release("e", day=15, number=10, count="47,002"),
    ]
    expected = dedupe(group)
    for seed in range(4):
        mixed = group[:]
        random.Random(seed).shuffle(mixed)
        found = dedupe(mixed, num_threads=1 + seed % 2)
        assert {r.release.id: r.kept_id for r in found.removed} == {r.release.id: r.kept_id for r in expected.removed}
        assert found.series == expected.series
        assert [(g.kept_id, g.removed_ids) for g in found.groups] == [
            (g.kept_id, g.removed_ids) for g in expected.groups
        ]
        assert [(p.a_id, p.b_id, p.comparison.relation) for p in found.pairs] == [
            (p.a_id, p.b_id, p.comparison.relation) for p in expected.pairs
        ]


def test_texts_stand_for_full_texts() -> None:
    a, b = release("a"), release("b", extra="\nติดต่อสอบถาม ศูนย์ข่าวประจำภาค")
    assert removed([a, b], texts=["ก" * 50, "ข" * 50]) == {}
    with pytest.raises(OptionError, match="got 1 texts for 2 releases"):
        dedupe([a, b], texts=["ก"])


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["ก", "ก"], ["ก", "ข"], ["1 2 3", "1 2 3"]])
def test_tiny_feeds(texts: list[str]) -> None:
    result = dedupe([Release(str(i), text) for i, text in enumerate(texts)])
    assert len(result.kept) + len(result.removed) == len(texts)
    assert len(result.removed) == max(0, len([t for t in texts if t.strip()]) - len({t for t in texts if t.strip()}))


def test_many_copies_are_one_group() -> None:
    result = dedupe([release(f"{i:03d}") for i in range(60)])
    assert [r.id for r in result.kept] == ["000"]
    assert len(result.groups[0].removed_ids) == 59


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"min_jaccard": 80}, r"min_jaccard must be in \(0, 1\], got 80; did you mean 0.8\?"),
        ({"min_jaccard": 0}, r"min_jaccard must be in \(0, 1\], got 0$"),
        ({"min_containment": -1}, "min_containment must be in"),
        ({"policy": "newest"}, "policy must be one of most_complete, earliest, latest, longest, got 'newest'"),
        ({"num_threads": 0}, "num_threads must be at least 1"),
    ],
)
def test_options_are_checked(options: dict[str, object], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        dedupe([release("a")], **options)  # type: ignore[arg-type]


def test_a_copy_of_one_that_went_is_compared_with_the_others() -> None:
    lead = "เมื่อวันที่ 13 ธันวาคม 2567 กรมตัวอย่างจัดพิธีมอบเกียรติบัตรครูดีเด่น ณ จังหวัดสงขลา "
    count = "มีผู้เข้าร่วมทั้งสิ้น {} คน จากทุกเขตพื้นที่การศึกษาในภาคใต้ "
    first, second = count.format("1,808"), count.format("2,014")
    said = "โดยกล่าวว่า การยกระดับคุณภาพการศึกษาต้องอาศัยความร่วมมือจากทุกภาคส่วน ทั้งผู้บริหาร ครู ผู้ปกครอง และชุมชน "
    releases = [
        Release("r0", lead + first + second + 3 * said, published="2024-12-13"),
        Release("r1", first + second),
        Release("r2", first + second, published="2024-12-13"),
        Release("r3", lead + first + first, published="2025-06-01"),
    ]
    result = dedupe(releases)
    assert [r.id for r in result.kept] == ["r0", "r3"]
    assert dedupe(result.kept).removed == []
