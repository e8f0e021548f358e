"""obecsum: cleans feeds of Thai press releases and summarizes them.

The public names are loaded on first use, so that ``import obecsum`` imports neither torch nor numba nor pyarrow.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_PUBLIC = {
    "Release": "obecsum.release",
    "read": "obecsum.feeds.read",
    "normalize": "obecsum.thai.normalize",
    "Fact": "obecsum.thai.facts",
    "Change": "obecsum.dedup.align",
    "Comparison": "obecsum.dedup.compare",
    "compare": "obecsum.dedup.compare",
    "DedupeResult": "obecsum.dedup.groups",
    "Removal": "obecsum.dedup.groups",
    "dedupe": "obecsum.dedup.groups",
    "Index": "obecsum.dedup.index",
    "Match": "obecsum.dedup.index",
    "Repeat": "obecsum.dedup.repeats",
    "find_repeats": "obecsum.dedup.repeats",
    "remove_repeats": "obecsum.dedup.repeats",
    "shingles": "obecsum.dedup.shingles",
    "signature": "obecsum.dedup.signatures",
    "signatures": "obecsum.dedup.signatures",
    "Summary": "obecsum.summaries.summarizer",
    "Summarizer": "obecsum.summaries.summarizer",
    "summarize": "obecsum.summaries.summarizer",
    "Report": "obecsum.pipeline",
    "clean": "obecsum.pipeline",
}

__all__ = [
    "Change",
    "Comparison",
    "DedupeResult",
    "Fact",
    "Index",
    "Match",
    "Release",
    "Removal",
    "Repeat",
    "Report",
    "Summarizer",
    "Summary",
    "__version__",
    "clean",
    "compare",
    "dedupe",
    "find_repeats",
    "normalize",
    "read",
    "remove_repeats",
    "shingles",
    "signature",
    "signatures",
    "summarize",
]

if TYPE_CHECKING:
    from obecsum.dedup.align import Change
    from obecsum.dedup.compare import Comparison, compare
    from obecsum.dedup.groups import DedupeResult, Removal, dedupe
    from obecsum.dedup.index import Index, Match
    from obecsum.dedup.repeats import Repeat, find_repeats, remove_repeats
    from obecsum.dedup.shingles import shingles
    from obecsum.dedup.signatures import signature, signatures
    from obecsum.feeds.read import read
    from obecsum.pipeline import Report, clean
    from obecsum.release import Release
    from obecsum.summaries.summarizer import Summarizer, Summary, summarize
    from obecsum.thai.facts import Fact
    from obecsum.thai.normalize import normalize


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        value = getattr(import_module(_PUBLIC[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'obecsum' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
