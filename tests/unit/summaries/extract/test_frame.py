"""Who did what, when and where: copied from the release, or not said."""

from obecsum.summaries.extract.frame import Frame, find_frame
from obecsum.summaries.extract.reading import Reading
from tests.unit.summaries.extract.test_plan import RELEASE, squeezed


def test_the_frame_is_copied() -> None:
    frame = find_frame(Reading(RELEASE))
    assert frame.who is not None
    assert frame.who.text == "นายสมชาย ใจดี อธิบดีกรมตัวอย่าง"
    assert frame.what is not None
    assert frame.what.text.startswith("เป็นประธานการประชุมติดตามสถานการณ์น้ำ")
    assert frame.when is not None
    assert "21 มีนาคม 2568" in frame.when.text
    assert "11.00" in frame.when.text
    assert frame.where is not None
    assert any("7,812" in figure.text for figure in frame.figures)
    for copied in (frame.who, frame.what, frame.when, frame.where, *frame.figures):
        assert squeezed(RELEASE[slice(*copied.span)]) == squeezed(copied.text)


def test_a_frame_is_a_mapping_and_may_be_empty() -> None:
    empty = find_frame(Reading("ข่าว"))
    assert dict(empty) == {"who": None, "what": None, "when": None, "where": None, "figures": ()}
    assert empty == Frame()
