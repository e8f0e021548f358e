"""Two halves that the source joins to others are no statement of it."""

from __future__ import annotations

import pytest

from obecsum.summaries.check.support import SourceFacts
from obecsum.summaries.constraints.bonds import broken_bonds

SOURCE = (
    "นายสมชาย ใจดี อธิบดีกรมป้องกันและบรรเทาสาธารณภัย (ปภ.) พร้อมอธิบดีกรมการปกครอง เปิดเผยว่า การส่งออกปีที่ผ่านมามีมูลค่า 3.2 แสนล้านบาท "
    "เพิ่มขึ้นถึงร้อยละ 11 เมื่อเทียบกับปี 2566 ผู้เสียชีวิต 36 ราย บาดเจ็บ 245 ราย บริษัท วิทยุการบิน จำกัด (มหาชน) ร่วมประชุม "
    "แทนรองเลขาธิการคณะกรรมการ (รองเลขาธิการ กพฐ.)"
)


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("อธิบดีกรมป้องกันและบรรเทาสาธารณภัย เผยยอดผู้ประสบภัย", []),
        ("อธิบดีกรมทางหลวงชนบท เผยยอดผู้ประสบภัย", ["อธิบดีกรมทางหลวงชนบท"]),
        ("อธิบดีสมชาย เผยยอดผู้ประสบภัย", []),
        ("อธิบดีฯ เผยยอดผู้ประสบภัย", []),
        ("อธิบดีเผยยอดผู้ประสบภัย", []),
        ("ปลัดกระทรวงมหาดไทย เผยยอดผู้ประสบภัย", []),  # a post that the source has not is no matter of bonds
        ("ส่งออกเพิ่มขึ้นร้อยละ 11", []),
        ("ส่งออกเพิ่มขึ้นกว่า 3.2 แสนล้านบาท", ["เพิ่มขึ้นกว่า 3.2"]),
        ("บาดเจ็บ 245 ราย เสียชีวิต 36 ราย", []),
        ("บาดเจ็บ 36 ราย", ["บาดเจ็บ 36"]),
        ("บริษัท วิทยุการบิน จำกัด (มหาชน) ร่วมประชุม", []),
        ("บริษัท วิทยุการบิน จำกัด (ปภ.) ร่วมประชุม", ["ปภ."]),
        ("กรมป้องกันและบรรเทาสาธารณภัย (ปภ.) ร่วมประชุม", []),
        ("รองเลขาธิการคณะกรรมการ (รองเลขาธิการ กพฐ.) เป็นประธาน", []),
        ("สำนักงานคณะกรรมการ (รองเลขาธิการ กพฐ.) เป็นประธาน", ["รองเลขาธิการ กพฐ."]),
    ],
)
def test_bonds(text: str, broken: list[str]) -> None:
    assert [text[start:end] for start, end in broken_bonds(text, SOURCE)] == broken


def test_a_broken_bond_is_unsupported() -> None:
    facts = SourceFacts(SOURCE)
    (fact,) = facts.check("ส่งออกไทยเพิ่มขึ้นกว่า 3.2 แสนล้านบาท").unsupported
    assert (fact.kind, fact.text, fact.span) == ("number", "เพิ่มขึ้นกว่า 3.2", (9, 26))
    assert not facts.check("ส่งออกไทยเพิ่มขึ้นร้อยละ 11").unsupported
