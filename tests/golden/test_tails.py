"""The other four seeds: a feed's usual tails go, the facts stay."""

from __future__ import annotations

import pytest

from obecsum.cleaning.boilerplate import Boilerplate
from obecsum.cleaning.bylines import find_bylines
from obecsum.cleaning.repeats import find_repeats, remove_repeats
from tests.golden.seeds import seed, without

NAMES = ["community-power", "directors-seminar", "quality-networks", "quality-schools", "tsqm"]
LEARNED = Boilerplate.learn(seed(name) for name in NAMES)


@pytest.fixture(params=["fixed", "learned"])
def boilerplate(request: pytest.FixtureRequest) -> Boilerplate:
    return Boilerplate.fixed() if request.param == "fixed" else LEARNED


def cleaned(name: str, boilerplate: Boilerplate) -> str:
    text = seed(name)
    return remove_repeats(without(text, boilerplate.find(text)))


def test_the_comment_box_goes(boilerplate: Boilerplate) -> None:
    text = seed("community-power")
    left = cleaned("community-power", boilerplate)
    assert "ความคิดเห็น" not in left
    assert left.rstrip() == text[: text.index("ไม่มีความคิดเห็น:")].rstrip()
    assert "95 โรงเรียน" in left


def test_the_link_to_pictures_goes_from_the_end_of_its_line(boilerplate: Boilerplate) -> None:
    text = seed("directors-seminar")
    left = cleaned("directors-seminar", boilerplate)
    assert left == text.replace(" ดูภาพทั้งหมด", "")
    assert "เลขาธิการ กพฐ. กล่าว\n\nข่าว อัจฉราปชส.สพฐ." in left


def test_the_byline_is_found_and_kept(boilerplate: Boilerplate) -> None:
    left = cleaned("directors-seminar", boilerplate)
    bylines = find_bylines(left)
    assert [(byline.kind, byline.name) for byline in bylines] == [("writer", "อัจฉราปชส.สพฐ.")]
    assert left[slice(*bylines[0].span)] == "ข่าว อัจฉราปชส.สพฐ."


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("quality-schools", ["1,808 แห่ง", "29,251 แห่ง", "5 กุมภาพันธ์ 2567"]),
        ("quality-networks", ["178 แห่ง", "558 แห่ง", "พ.ศ. 2561"]),
    ],
)
def test_nothing_of_a_clean_release_goes(name: str, figures: list[str], boilerplate: Boilerplate) -> None:
    text = seed(name)
    left = cleaned(name, boilerplate)
    assert left == text
    assert all(left.count(figure) == text.count(figure) >= 1 for figure in figures)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "tsqm"])
def test_headline_and_lead_are_no_repeat(name: str) -> None:
    assert find_repeats(seed(name)) == []


def test_five_releases_teach_nothing_that_is_news() -> None:
    assert LEARNED.documents == 5
    assert not LEARNED.lines
    assert not LEARNED.prefixes
