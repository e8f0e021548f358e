"""Releases that share an id."""

from __future__ import annotations

from collections.abc import Sequence

from obecsum.core.ids import UniqueIds, Version, unique_ids
from obecsum.dedup.verify import text_key

Row = tuple[str, str] | tuple[str, str, str | None]


def unique(rows: Sequence[Row], earlier: dict[str, list[Version]] | None = None) -> UniqueIds:
    published = [row[2] if len(row) == 3 else None for row in rows]
    names = {version.unique_id for versions in (earlier or {}).values() for version in versions}
    return unique_ids(
        [row[0] for row in rows],
        published,
        lambda index: text_key(rows[index][1]),
        earlier=earlier,
        is_taken=names.__contains__,
    )


def test_same_id_same_text_is_the_same_release() -> None:
    result = unique([("7", "ข่าว ๑"), ("8", "ข่าว"), ("7", "ข่าว\u00a01")])
    assert result.same == {2: 0}
    assert not result.renamed
    assert not result.previous


def test_same_id_other_text_is_a_later_version() -> None:
    result = unique([("7", "ก"), ("7", "ข"), ("7#2", "ค"), ("7", "ง"), ("7", "ข")])
    assert result.renamed == {1: "7#3", 3: "7#4"}
    assert result.previous == {"7#3": "7", "7#4": "7#3"}
    assert result.same == {4: 1}


def test_versions_go_by_date_where_all_have_one() -> None:
    assert unique([("7", "ใหม่", "2024-07-02"), ("7", "เก่า", "2024-07-01")]).renamed == {0: "7#2"}
    assert unique([("7", "ก", "2024-07-02"), ("7", "ข")]).renamed == {1: "7#2"}


def test_a_version_that_was_kept_before_has_its_id_again() -> None:
    before = {"7": [Version("7", text_key("ก")), Version("7#2", text_key("ข"))]}
    again = unique([("7", "ข"), ("7", "ก")], before)
    assert again.renamed == {0: "7#2"}
    later = unique([("7", "ค")], before)
    assert (later.renamed, later.previous) == ({0: "7#3"}, {"7#3": "7#2"})
    assert unique([("7", "ก")], before).previous == {}
    assert unique([("7", "ข")], before).previous == {"7#2": "7"}


def test_a_version_that_was_removed_has_its_id_again_too() -> None:
    rows = [("7", "ก"), ("7", "ข"), ("7", "ค")]
    first = unique(rows)
    for gone in range(3):
        names = {row: first.renamed.get(row, "7") for row in range(3) if row != gone}
        before = {"7": [Version(name, text_key(rows[row][1])) for row, name in names.items()]}
        assert unique(rows, before) == first
