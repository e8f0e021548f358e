"""The public names: exactly these, and cheap to import."""

from __future__ import annotations

import subprocess
import sys

import obecsum

HEAVY = [
    "torch",
    "transformers",
    "sentence_transformers",
    "numba",
    "pyarrow",
    "feedparser",
    "trafilatura",
    "pythainlp",
    "datasketch",
    "typer",
]


def test_the_public_names_are_exactly_these() -> None:
    assert sorted(obecsum.__all__) == [
        "Change",
        "Check",
        "CleanResult",
        "Comparison",
        "DedupeResult",
        "Explanation",
        "Fact",
        "FinishedJob",
        "Index",
        "Match",
        "Release",
        "Removal",
        "Repeat",
        "Report",
        "Story",
        "Summarizer",
        "Summary",
        "__version__",
        "check",
        "clean",
        "compare",
        "dedupe",
        "find_repeats",
        "normalize",
        "parse_date",
        "read",
        "remove_repeats",
        "shingles",
        "signature",
        "signatures",
        "stories",
        "summarize",
    ]


def test_every_public_name_is_there_and_says_what_it_is() -> None:
    for name in obecsum.__all__:
        value = getattr(obecsum, name)
        if name != "__version__":
            assert value.__doc__, f"{name} has no docstring"
            assert value.__name__ == name


def test_no_submodule_takes_the_place_of_a_public_function() -> None:
    """Importing a subpackage named like a function would replace the function."""
    program = (
        "import importlib, pkgutil, obecsum\n"
        "for module in pkgutil.walk_packages(obecsum.__path__, 'obecsum.'):\n"
        "    if module.name.count('.') == 1:\n"
        "        assert module.name.split('.')[1] not in obecsum.__all__, module.name\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_importing_obecsum_imports_nothing_heavy() -> None:
    program = f"import sys, obecsum; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(obecsum, "sumarize")


def test_dir_lists_the_public_names() -> None:
    assert dir(obecsum) == sorted(obecsum.__all__)
