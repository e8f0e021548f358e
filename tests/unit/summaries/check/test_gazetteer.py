"""Places that a release does not name are not written."""

import pytest

from obecsum.summaries.check.gazetteer import strange_places

SOURCE = "รัฐมนตรีเยี่ยมชมอาคารของสหรัฐอเมริกาในงานแสดงสินค้าที่นครโอซากา ก่อนเดินทางไปขอน แก่น"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("รัฐมนตรีเยี่ยมชมงาน ณ เมืองทองธานี", ["เมืองทองธานี"]),
        ("รัฐมนตรีเยี่ยมชมงานที่เชียงใหม่", ["เชียงใหม่"]),
        ("รัฐมนตรีเยี่ยมชมอาคาร จ.สหรัฐอเมริกา", ["สหรัฐอเมริกา"]),
        ("รัฐมนตรีเยี่ยมชมอาคารสหรัฐอเมริกา", []),
        ("รัฐมนตรีเดินทางไปขอนแก่น", []),
    ],
)
def test_only_places_of_the_source(text: str, places: list[str]) -> None:
    assert [text[start:end] for start, end in strange_places(text, SOURCE)] == places
