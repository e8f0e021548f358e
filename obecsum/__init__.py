"""obecsum: cleans feeds of Thai press releases and summarizes them.

The public names are loaded on first use, so that ``import obecsum`` imports neither torch nor numba nor pyarrow.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from obecsum.core.caches import keep_out_of_home
from obecsum.core.version import __version__

keep_out_of_home()

_PUBLIC = {
    "Release": "obecsum.core.release",
    "parse_date": "obecsum.text.timestamps",
    "read": "obecsum.feeds.read",
    "normalize": "obecsum.text.normalize",
    "Fact": "obecsum.text.facts",
    "Change": "obecsum.comparison.alignment.align",
    "Comparison": "obecsum.comparison.compare",
    "compare": "obecsum.comparison.compare",
    "DedupeResult": "obecsum.dedup.result",
    "Removal": "obecsum.dedup.result",
    "dedupe": "obecsum.dedup.dedupe",
    "Explanation": "obecsum.jobs.finished.job",
    "FinishedJob": "obecsum.jobs.finished.job",
    "Index": "obecsum.index.index",
    "Match": "obecsum.index.index",
    "Repeat": "obecsum.cleaning.repeats",
    "find_repeats": "obecsum.cleaning.repeats",
    "remove_repeats": "obecsum.cleaning.repeats",
    "shingles": "obecsum.minhash.shingles",
    "signature": "obecsum.minhash.signatures",
    "signatures": "obecsum.minhash.signatures",
    "Story": "obecsum.story.stories",
    "stories": "obecsum.story.stories",
    "Check": "obecsum.summaries.check.support",
    "check": "obecsum.summaries.check.support",
    "Summary": "obecsum.summaries.summarizer",
    "Summarizer": "obecsum.summaries.summarizer",
    "summarize": "obecsum.summaries.summarizer",
    "Report": "obecsum.jobs.job",
    "CleanResult": "obecsum.jobs.result",
    "clean": "obecsum.jobs.job",
}

__all__ = [
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

if TYPE_CHECKING:
    from obecsum.cleaning.repeats import Repeat, find_repeats, remove_repeats
    from obecsum.comparison.alignment.align import Change
    from obecsum.comparison.compare import Comparison, compare
    from obecsum.core.release import Release
    from obecsum.dedup.dedupe import dedupe
    from obecsum.dedup.result import DedupeResult, Removal
    from obecsum.feeds.read import read
    from obecsum.index.index import Index, Match
    from obecsum.jobs.finished.job import Explanation, FinishedJob
    from obecsum.jobs.job import Report, clean
    from obecsum.jobs.result import CleanResult
    from obecsum.minhash.shingles import shingles
    from obecsum.minhash.signatures import signature, signatures
    from obecsum.story.stories import Story, stories
    from obecsum.summaries.check.support import Check, check
    from obecsum.summaries.summarizer import Summarizer, Summary, summarize
    from obecsum.text.facts import Fact
    from obecsum.text.normalize import normalize
    from obecsum.text.timestamps import parse_date


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        value = getattr(import_module(_PUBLIC[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'obecsum' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
