"""The bundled model and the story rule on a week of releases: events told twice are found, series are not."""

from __future__ import annotations

import random

from obecsum import dedupe
from obecsum.story.stories import stories
from tests.golden.stories import RELEASES

STORIES = [("rail-cabinet", "rail-transport"), ("flood-interior", "flood-health")]


def test_events_told_twice_are_stories_and_series_are_none() -> None:
    assert [story.ids for story in stories(RELEASES)] == STORIES


def test_the_reasons_name_what_a_reader_can_check() -> None:
    rail, flood = stories(RELEASES)
    assert "หนองคาย" in rail.links[0].reason
    assert "both state 2024-09-10" in rail.links[0].reason
    assert "from two desks" in rail.links[0].reason
    assert "แม่สาย" in flood.links[0].reason
    assert "the same hour" in flood.links[0].reason
    assert ("number", "4512") in flood.links[0].facts
    assert all(story.headline in {release.title for release in RELEASES} for story in (rail, flood))


def test_a_result_of_dedupe_has_the_same_stories_and_none_of_them_is_removed() -> None:
    shuffled = list(RELEASES)
    random.Random(4).shuffle(shuffled)
    result = dedupe(shuffled)
    assert [story.ids for story in stories(result)] == STORIES
    assert len(result.kept) == len(RELEASES)
