"""Which pieces of the tokenizer are people."""

from __future__ import annotations

from obecsum.core.model_paths import model_path
from obecsum.summaries.engines.pieces import Pieces
from obecsum.summaries.writer import Writer
from obecsum.text.slots import slot_source


def test_names_are_people_and_words_are_not() -> None:
    names = set(Pieces(model_path("obecsum-th")).people.values())
    assert {"พิมพ์ภัทรา", "ณัฐพล", "จุรินทร์"} <= names
    assert not names & {"ประเทศไทย", "ประชารัฐ", "การปลูก", "มงคล", "รณรงค์"}


def test_a_person_of_another_release_is_forbidden() -> None:
    pieces = Pieces(model_path("obecsum-th"))
    sources = [slot_source("นายณัฐพล ใจดี เปิดงาน"), slot_source("นางสาวพิมพ์ภัทรา ใจดี เปิดงาน")]
    bodies = [ids for ids, _ in pieces.encode([source.text for source in sources])]
    writer = Writer.__new__(Writer)  # the rule asks nothing of the model
    first, second = writer._forbidden(pieces, bodies, sources)
    ids = {name: index for index, name in pieces.people.items()}
    assert first & {ids["พิมพ์ภัทรา"], ids["ณัฐพล"]} == {ids["พิมพ์ภัทรา"]}
    assert second & {ids["พิมพ์ภัทรา"], ids["ณัฐพล"]} == {ids["ณัฐพล"]}
