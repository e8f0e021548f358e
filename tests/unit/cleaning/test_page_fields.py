"""Titles and dates that stand over the texts of scraped pages."""

from __future__ import annotations

import pytest

from obecsum import Release
from obecsum.cleaning.boilerplate import Boilerplate
from obecsum.cleaning.clean_text import clean_release, restore
from obecsum.cleaning.page_fields import PageFields

SUBJECTS = ["เปิดศูนย์ช่วยเหลือผู้ประสบภัย", "รับสมัครครูผู้ช่วย", "ซ่อมถนนสายหลัก", "แจกเมล็ดพันธุ์ข้าว", "ตรวจเขื่อนทั่วประเทศ"]


def page(number: int, *, title: str = "", date: str | None = None) -> str:
    subject = SUBJECTS[number % 5]
    head = f"เว็บข่าว - {subject} ครั้งที่ {number}"
    date = f"วันจันทร์ที่ {number % 28 + 1} กรกฎาคม 2567" if date is None else date
    return f"{title or head}\n\n{date}\nพิมพ์\nหน่วยงานแจ้งว่า {subject} มีผู้เข้าร่วม {number} คน และจะจัดอีกในปีหน้า\n"


def releases(texts: list[str]) -> list[Release]:
    return [Release(str(number), text) for number, text in enumerate(texts)]


def test_the_lines_become_fields_and_the_text_can_be_rebuilt() -> None:
    pages = releases([page(number) for number in range(10)])
    fields = PageFields.learn(pages)
    assert (fields.date_line, fields.has_title, fields.prefixes) == (1, True, ("เว็บข่าว - ",))
    assert PageFields.learn(reversed(pages)) == fields
    assert PageFields.from_json(fields.to_json()) == fields
    lifted = fields.lift(pages[3])
    assert (lifted.release.title, lifted.release.published) == ("แจกเมล็ดพันธุ์ข้าว ครั้งที่ 3", "2024-07-04")
    cleaned = clean_release(lifted.release, Boilerplate.learn(one.text for one in pages), lifted.spans)
    assert [cut.kind for cut in cleaned.cuts] == ["title", "date", "boilerplate"]
    assert cleaned.text.startswith("หน่วยงานแจ้งว่า")
    assert restore(cleaned.text, cleaned.cuts, cleaned.edits) == pages[3].text


def test_a_page_without_the_line_keeps_its_text() -> None:
    fields = PageFields.learn(releases([page(number) for number in range(9)]))
    [odd] = releases([page(1, date="เร็ว ๆ นี้")])
    lifted = fields.lift(odd)
    assert (lifted.release.published, [kind for _, _, kind in lifted.spans]) == (None, ["title"])


def test_what_a_release_has_stays() -> None:
    fields = PageFields.learn(releases([page(number) for number in range(9)]))
    given = Release("a", page(1), title="ของเดิม", published="2020-01-01")
    assert fields.lift(given).release is given


@pytest.mark.parametrize(
    "texts",
    [
        [page(1), page(2)],  # too few pages to tell
        [f"หน่วยงานแจ้งข่าวที่ {number}\nเนื้อข่าวต่อไปอีกบรรทัด" for number in range(10)],
        [page(number) if number % 2 else f"ข่าวที่ {number}\nไม่มีวันที่" for number in range(10)],  # half of them
        [],
    ],
)
def test_nothing_is_taken_on_little_evidence(texts: list[str]) -> None:
    assert not PageFields.learn(releases(texts))


def test_a_title_that_comes_again_needs_no_date() -> None:
    texts = [
        f"{page(number).splitlines()[0]}\n{SUBJECTS[number % 5]} ครั้งที่ {number}\nเนื้อข่าว {number}" for number in range(6)
    ]
    fields = PageFields.learn(releases(texts))
    assert (fields.date_line, fields.has_title) == (None, True)
