"""English releases: a small change in plain words keeps both, what is the same in another dress does not."""

import pytest

from obecsum.comparison.compare import compare

HEAD = "Ministry of Public Health approves new vaccine for children"
RELEASE = f"""{HEAD}
BANGKOK - The Ministry of Public Health announced on Tuesday that the cabinet has approved a budget of 500 million baht for a new vaccine
programme for children under five. The programme will begin in Chiang Mai and will be extended to every province next year.
Dr. Somchai Jaidee, director of the Department of Disease Control, said the vaccine was donated by Japan to Thailand and is safe for use in
young children. Three people died in last month's outbreak, and hospitals remain on alert.
Siam Pharma Company will deliver the first shipment to hospitals in the north, where parents can register at any clinic free of charge."""


def changed(before: str, after: str) -> str:
    assert before in RELEASE
    return RELEASE.replace(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("has approved", "has not approved"),
        ("has approved", "has rejected"),
        ("approves new", "rejects new"),
        ("on Tuesday", "on Friday"),
        ("Siam Pharma", "Bangkok Biotech"),
        ("Three people died", "Five people died"),
        ("and hospitals remain on alert", "and two more died on Monday"),
        ("donated by Japan to Thailand", "donated by Thailand to Japan"),
        ("donated by Japan to Thailand", "donated to Japan by Thailand"),
        ("500 million", "600 million"),
        ("500 million", "six hundred million"),
        ("Chiang Mai", "Phuket"),
        ("is safe", "is unsafe"),
        ("is safe", "is not safe"),
        ("the vaccine was donated", "the syringe was donated"),
        ("under five", "under twelve"),
        ("in the north", "in the south"),
        ("the first shipment", "the second shipment"),
        ("will begin in", "will end in"),
        ("Somchai Jaidee", "Somsak Rakdee"),
        ("next year", "this year"),
        ("Japan", "Germany"),
    ],
)
def test_a_changed_word_keeps_both(before: str, after: str) -> None:
    found = compare(RELEASE, changed(before, after))
    assert not found.a_can_go
    assert not found.b_can_go
    assert found.lost_a or found.lost_b or found.reasons


@pytest.mark.parametrize(
    "other",
    [
        RELEASE + " The programme has been postponed.",
        RELEASE + "\nThis release corrects an earlier version.",
        changed("Three people died", "Three people died and two more are missing"),
    ],
)
def test_what_is_added_stays(other: str) -> None:
    assert not compare(RELEASE, other).b_can_go


def test_a_cancellation_keeps_both() -> None:
    assert not compare(RELEASE, RELEASE + " The programme has been postponed.").a_can_go


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("last month's", "last month’s"),
        (" said the vaccine", " stated that the vaccine"),
        ("announced on", "said on"),
        ("Three people", "3 people"),
        ("500 million baht", "five hundred million baht"),
        ("500 million baht", "500,000,000 baht"),
        ("BANGKOK - The", "BANGKOK — The"),
        (", and hospitals", " and hospitals"),
        ("the vaccine was donated", "that the vaccine was donated"),
    ],
)
def test_the_same_in_other_words_goes(before: str, after: str) -> None:
    found = compare(RELEASE, changed(before, after))
    assert found.relation == "duplicate"
    assert found.a_can_go
    assert found.b_can_go


@pytest.mark.parametrize(
    "other",
    [
        RELEASE.replace(" ", "  ").replace("\n", "\n\n"),
        RELEASE.replace(HEAD, HEAD.upper()),
        "By Suda Meesuk\n" + RELEASE,
        RELEASE + "\nWritten by: Suda Meesuk",
        RELEASE + "\n#vaccine #health",
    ],
    ids=["space", "capitals", "byline", "writer", "hashtags"],
)
def test_the_same_in_another_dress_goes(other: str) -> None:
    found = compare(RELEASE, other)
    assert found.relation == "duplicate"
    assert found.a_can_go


def test_a_date_and_a_time_in_two_forms_are_one() -> None:
    first, second = (
        changed("next year", f"on {date}") for date in ("July 12, 2024 at 2 p.m.", "12 July 2024 at 2:00 PM")
    )
    assert compare(first, second).a_can_go
    assert not compare(first, second.replace("12 July", "13 July")).a_can_go
    assert not compare(first, second.replace("PM", "AM")).a_can_go


SHORT = [
    ("Parliament approves the arms control bill", "Parliament does not approve the arms control bill"),
    ("Bridge over the Chi River opened to traffic", "Bridge over the Chi River closed to traffic"),
    ("Prime Minister pays official visit to Laos", "Prime Minister pays official visit to China"),
    ("Road closed for fifteen days", "Road closed for 20 days"),
    ("Two dead in bus crash", "Four dead in bus crash"),
    ("Meeting set for this Tuesday", "Meeting set for this Friday"),
]


@pytest.mark.parametrize(("a", "b"), SHORT)
def test_short_items_with_one_word_changed_both_stay(a: str, b: str) -> None:
    found = compare(a, b)
    assert not found.a_can_go
    assert not found.b_can_go


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Road closed for fifteen days", "Road closed for 15 days"),
        ("Parliament approves the arms control bill", "PARLIAMENT APPROVES THE ARMS CONTROL BILL."),
    ],
)
def test_short_items_that_are_equal_go(a: str, b: str) -> None:
    assert compare(a, b).a_can_go
