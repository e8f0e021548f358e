"""Releases that share an id."""

from __future__ import annotations

from obecsum.ids import unique_ids
from obecsum.release import Release


def test_same_id_same_text_is_the_same_release() -> None:
    result = unique_ids([Release("7", "ข่าว ๑"), Release("8", "ข่าว"), Release("7", "ข่าว\u00a01")])
    assert result.same == {2: 0}
    assert [release.id for release in result.releases] == ["7", "8", "7"]


def test_same_id_other_text_is_a_later_version() -> None:
    result = unique_ids(
        [Release("7", "ก"), Release("7", "ข"), Release("7#2", "ค"), Release("7", "ง"), Release("7", "ข")]
    )
    assert [release.id for release in result.releases] == ["7", "7#3", "7#2", "7#4", "7"]
    assert result.previous == {"7#3": "7", "7#4": "7#3"}
    assert result.same == {4: 1}


def test_versions_go_by_date_where_all_have_one() -> None:
    result = unique_ids([Release("7", "ใหม่", published="2024-07-02"), Release("7", "เก่า", published="2024-07-01")])
    assert [release.id for release in result.releases] == ["7#2", "7"]
    result = unique_ids([Release("7", "ก", published="2024-07-02"), Release("7", "ข")])
    assert [release.id for release in result.releases] == ["7", "7#2"]
