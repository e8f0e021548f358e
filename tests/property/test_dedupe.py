"""Whatever the releases are: none is lost, order changes nothing, and what was kept is not removed next time."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from obecsum.comparison.compare import MOST_LOST
from obecsum.core.release import Release
from obecsum.dedup.dedupe import dedupe

SENTENCES = [
    "เมื่อวันที่ 13 ธันวาคม 2567 กรมตัวอย่างจัดพิธีมอบเกียรติบัตรครูดีเด่น ณ จังหวัดสงขลา ",
    "เมื่อวันที่ 14 ธันวาคม 2567 กรมตัวอย่างจัดพิธีมอบเกียรติบัตรครูดีเด่น ณ จังหวัดตรัง ",
    "มีผู้เข้าร่วมทั้งสิ้น 1,808 คน จากทุกเขตพื้นที่การศึกษาในภาคใต้ ",
    "มีผู้เข้าร่วมทั้งสิ้น 2,014 คน จากทุกเขตพื้นที่การศึกษาในภาคใต้ ",
    "โดยกล่าวว่า การยกระดับคุณภาพการศึกษาต้องอาศัยความร่วมมือจากทุกภาคส่วน ทั้งผู้บริหาร ครู ผู้ปกครอง และชุมชน ",
    "ทั้งนี้ ครูถือเป็นหัวใจสำคัญของการพัฒนา จึงขอให้ทุกคนภาคภูมิใจในวิชาชีพ หมั่นพัฒนาตนเองอย่างต่อเนื่อง ",
    "นอกจากนี้ ยังได้เยี่ยมชมนิทรรศการผลงานของนักเรียน และให้กำลังใจคณะครูที่ร่วมกันจัดการเรียนการสอนเชิงรุก ",
    "กรมทางหลวงขอให้ผู้ใช้ทางวางแผนการเดินทางล่วงหน้า ตรวจสภาพรถ และขับขี่ด้วยความระมัดระวังตลอดเส้นทาง ",
    "#ครูดี #การศึกษา ",
    "โทร. 0 2123 4567 ",
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8).map("".join),
    st.text(alphabet="กขคงจะาิ่้ 0123\n", max_size=60),
)
FEEDS = st.lists(st.tuples(TEXTS, st.sampled_from([None, "2024-12-13", "2024-12-14", "2025-06-01"])), max_size=9)


def feed_of(rows: list[tuple[str, str | None]]) -> list[Release]:
    return [Release(f"r{i}", text, published=published) for i, (text, published) in enumerate(rows)]


@settings(max_examples=60)
@given(FEEDS, st.sampled_from(["most_complete", "earliest", "latest", "longest"]), st.randoms(use_true_random=False))
def test_dedupe(rows: list[tuple[str, str | None]], policy: str, generator: random.Random) -> None:
    releases = feed_of(rows)
    result = dedupe(releases, policy=policy)  # type: ignore[arg-type]
    gone = {removal.release.id: removal.kept_id for removal in result.removed}
    kept = {release.id for release in result.kept}

    assert sorted([*kept, *gone]) == sorted(release.id for release in releases)
    assert set(gone.values()) <= kept
    assert [r.id for r in result.kept] == [r.id for r in releases if r.id in kept]
    for removal in result.removed:
        comparison = removal.comparison
        assert comparison.relation in ("duplicate", "contained")
        assert comparison.a_can_go, "whatever the policy, the one that stays says all that it says"
        assert comparison.account_a.weight < MOST_LOST
        if comparison.relation == "contained":
            assert comparison.containment_a_in_b >= comparison.containment_b_in_a

    mixed = releases[:]
    generator.shuffle(mixed)
    again = dedupe(mixed, policy=policy)  # type: ignore[arg-type]
    assert {removal.release.id: removal.kept_id for removal in again.removed} == gone
    assert again.series == result.series

    assert dedupe(result.kept, policy=policy).removed == []  # type: ignore[arg-type]
