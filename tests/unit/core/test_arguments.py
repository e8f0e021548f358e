"""Wrong arguments of public functions are told with what was given, never by an attribute that is missing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import obecsum
from obecsum.core.arguments import checked
from obecsum.core.errors import InputError, ObecsumError, OptionError

A = "กระทรวงศึกษาธิการเปิดรับสมัครครูผู้ช่วย จำนวน 120 อัตรา ระหว่างวันที่ 3-9 มิถุนายน 2567 ทั่วประเทศ"


class Foreign:
    """Of no type that anything takes."""


WRONG: list[Any] = [None, 5, 1.5, b"text", "x", "", ["a", 5], [None], {"a": 1}, {}, (), Foreign()]
OF_DEDUPE = "fields strictness policy prefer_sources min_jaccard min_containment texts num_threads progress"
OF_STORIES = "fields window_days rule embedder interaction write_headline num_threads progress"
OF_READ = "input_format fields encoding max_record_bytes max_expanded_bytes delimiter on_quarantine"
OF_CLEAN = (
    "strictness min_jaccard min_containment policy prefer_sources batch_size fields input_format encoding delimiter "
    "max_record_bytes max_expanded_bytes max_records max_stdin_bytes limit since to overwrite progress cut"
)


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A feed of one release, in a working directory of its own: some wrong values are names of files."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "feed.jsonl").write_text(f'{{"text": "{A}"}}\n', encoding="utf-8")
    return "feed.jsonl"


def with_option(function: Callable[..., Any], option: str, wrong: Any) -> Any:
    return function(**{option: wrong})


def calls(feed: str) -> dict[str, Callable[[Any], Any]]:
    """Each argument of the public functions, by the function's name and its own."""
    index = obecsum.Index("feed.db")
    result = obecsum.dedupe([A, A])
    cleaned = obecsum.clean([{"text": A}], summaries=False)
    found: dict[str, Callable[[Any], Any]] = {
        "compare a": lambda wrong: obecsum.compare(wrong, A),
        "compare b": lambda wrong: obecsum.compare(A, wrong),
        "signature num_perm": lambda wrong: obecsum.signature(A, num_perm=wrong),
        "signature seed": lambda wrong: obecsum.signature(A, seed=wrong),
        "signatures": obecsum.signatures,
        "signatures progress": lambda wrong: obecsum.signatures([A], progress=wrong),
        "read": lambda wrong: list(obecsum.read(wrong)),
        "dedupe": obecsum.dedupe,
        "stories": obecsum.stories,
        "clean": lambda wrong: obecsum.clean(wrong, summaries=False),
        "clean kind": lambda wrong: obecsum.clean(feed, kind=wrong, dry_run=True),
        "clean model": lambda wrong: obecsum.clean(feed, model=wrong, dry_run=True),
        "clean index": lambda wrong: obecsum.clean(feed, summaries=False, index=wrong),
        "clean index_wait_s": lambda wrong: obecsum.clean(feed, summaries=False, index="i.db", index_wait_s=wrong),
        "Index path": obecsum.Index,
        "Index min_jaccard": lambda wrong: obecsum.Index("i.db", min_jaccard=wrong),
        "Index wait_s": lambda wrong: obecsum.Index("i.db", wait_s=wrong),
        "Index add": index.add,
        "Index match": index.match,
        "Index match fields": lambda wrong: index.match(A, fields=wrong),
        "Release id": lambda wrong: obecsum.dedupe([obecsum.Release(wrong, A)]),
        "Release text": lambda wrong: obecsum.dedupe([obecsum.Release("a", wrong)]),
        "Release title": lambda wrong: obecsum.dedupe([obecsum.Release("a", A, wrong)]),
        "Release published": lambda wrong: obecsum.Release("a", A, published=wrong),
        "dedupe select": result.select,
        "clean select": cleaned.select,
        "Summarizer num_beams": lambda wrong: obecsum.Summarizer("none", num_beams=wrong),
        "Summarizer threads": lambda wrong: obecsum.Summarizer("none", threads=wrong),
        "summarize kind": lambda wrong: obecsum.summarize(A, kind=wrong, model="none"),
        "summarize model": lambda wrong: obecsum.summarize(A, model=wrong),
    }
    for name in ["normalize", "shingles", "signature", "find_repeats", "remove_repeats", "parse_date"]:
        found[name] = getattr(obecsum, name)
    of_functions: tuple[tuple[str, Callable[..., Any], str], ...] = (
        ("dedupe", lambda **option: obecsum.dedupe([A, A], **option), OF_DEDUPE),
        ("stories", lambda **option: obecsum.stories([A, A], **option), OF_STORIES),
        ("read", lambda **option: list(obecsum.read(feed, **option)), OF_READ),
        ("clean", lambda **option: obecsum.clean(feed, summaries=False, dry_run=True, **option), OF_CLEAN),
    )
    for name, function, options in of_functions:
        found |= {f"{name} {option}": partial(with_option, function, option) for option in options.split()}
    return found


@pytest.mark.filterwarnings("ignore")
def test_no_wrong_argument_is_told_by_an_attribute_that_is_missing(feed: str) -> None:
    told = 0
    vague: set[str] = set()
    for name, call in calls(feed).items():
        for wrong in WRONG:
            try:
                call(wrong)
            except ObecsumError:
                told += 1
            except TypeError as error:
                told += 1
                vague |= {f"{name} of {wrong!r}: {error}"} if "must be" not in str(error) else set()
    assert not vague
    assert told > 600  # the others are right: None where it is an option's default, an empty list of releases


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: obecsum.summarize(None), TypeError, "text must be a str, got NoneType; give no text as ''"),  # type: ignore[arg-type]
        (lambda: obecsum.summarize([A, A]), TypeError, r"got list; Summarizer\(...\).summarize\(texts\) takes several"),  # type: ignore[arg-type]
        (lambda: obecsum.signature([A]), TypeError, r"got list; obecsum.signatures\(texts\) takes several"),  # type: ignore[arg-type]
        (lambda: obecsum.find_repeats(b"x"), TypeError, "text must be a str, got bytes; decode the bytes"),  # type: ignore[arg-type]
        (lambda: obecsum.normalize(None), TypeError, "text must be a str, got NoneType"),  # type: ignore[arg-type]
        (lambda: obecsum.compare(None, A), TypeError, "a must be a str, got NoneType"),  # type: ignore[arg-type]
        (lambda: obecsum.compare(A, obecsum.Release("a", A)), TypeError, "b must be a str, got Release; pass its full_text"),  # type: ignore[arg-type]
        (lambda: obecsum.signature(5), TypeError, "text must be a str, got int"),  # type: ignore[arg-type]
        (lambda: obecsum.read(123), TypeError, r"source must be a path, got 123 \(int\)"),  # type: ignore[arg-type]
        (lambda: obecsum.Index(5), TypeError, r"path must be a path, got 5 \(int\)"),  # type: ignore[arg-type]
        (lambda: obecsum.stories("x"), TypeError, r"got one string; did you mean \[text\]"),
        (lambda: obecsum.clean(None), TypeError, "feed must be a file, .* or records: .*; got NoneType"),
        (lambda: obecsum.clean(["a", 5]), TypeError, r"feed\[1\] must be a string, a dict or an obecsum.Release, got int"),
        (lambda: obecsum.clean([A + " ข่าว"], to="csv"), TypeError, r"to must be a list of strings, got 'csv' \(str\); did you mean \['csv'\]"),
        (lambda: obecsum.dedupe([A], prefer_sources="moe"), TypeError, r"did you mean \['moe'\]"),
        (lambda: obecsum.clean("x.csv", policy="newest"), OptionError, "one of most_complete, earliest, latest, longest, got 'newest'; latest keeps the newest"),
        (lambda: obecsum.dedupe([A], policy="earlist"), OptionError, "got 'earlist'; did you mean earliest"),  # type: ignore[arg-type]
        (lambda: obecsum.clean("x.csv", batch_size="16"), TypeError, r"batch_size must be a whole number, got '16' \(str\); give the number without quotes"),
        (lambda: obecsum.clean("https://www.moe.go.th/a.xml?x=1&y"), InputError, r"is a URL, .* curl .* --output feed.xml 'https://www.moe.go.th/a.xml\?x=1&y'"),
        (lambda: obecsum.read("file:///data/feed.xml"), InputError, "give the path alone, without file://"),
        (lambda: obecsum.read(A * 5), InputError, r"\(\d+ characters\) is a text, and no name of a file; give texts in a list of dicts"),
        (lambda: obecsum.dedupe([A], progress=5), TypeError, "progress must be True, a function"),  # type: ignore[arg-type]
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_what_to_do(call: Callable[[], Any], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        call()


def test_arguments_are_checked_against_annotations() -> None:
    def typed(number: int, share: float | None = None, *, is_on: bool = False, **more: Any) -> tuple[Any, ...]:
        return number, share, is_on, more

    import numpy as np

    function: Callable[..., Any] = checked(typed)
    assert function(np.int64(3), 1, is_on=True, other=[]) == (3, 1, True, {"other": []})
    with pytest.raises(TypeError, match=r"number must be a whole number, got 3.0 \(float\)"):
        function(3.0)
    with pytest.raises(TypeError, match=r"share must be a number or None, got True \(bool\)"):
        function(3, True)
    with pytest.raises(TypeError, match=r"is_on must be True or False, got 'no' \(str\)"):
        function(3, is_on="no")
    with pytest.raises(TypeError, match="missing 1 required positional argument"):
        function()


@pytest.mark.parametrize("wrong", [None, 5, ["a", 5], "text", b"text"])
def test_texts(wrong: Any) -> None:
    with pytest.raises(TypeError, match=r"texts(\[1\])? must be"):
        obecsum.signatures(wrong)
    assert obecsum.signatures(text for text in ("a", "b")).shape == (2, 128)
