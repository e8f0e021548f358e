"""Names that options may take, as types and as tuples."""

from __future__ import annotations

from typing import Literal

__all__ = [
    "DEFAULT_KINDS",
    "DEFAULT_MIN_JACCARD",
    "DEFAULT_MODEL",
    "POLICIES",
    "RUNTIMES",
    "STRICTNESSES",
    "SUMMARY_KINDS",
    "SUMMARY_LENGTHS",
    "Policy",
    "Runtime",
    "Strictness",
    "SummaryKind",
    "SummaryLength",
]

DEFAULT_MODEL = "obecsum-th"
"""The summarizer that comes with the package."""

DEFAULT_MIN_JACCARD = 0.5
"""From which Jaccard similarity on pairs are compared, where nothing else is asked for."""

Policy = Literal["most_complete", "earliest", "latest", "longest"]
"""Which of several releases that say the same stays."""
POLICIES: tuple[Policy, ...] = ("most_complete", "earliest", "latest", "longest")

SummaryKind = Literal["headline", "summary", "points"]
SUMMARY_KINDS: tuple[SummaryKind, ...] = ("headline", "summary", "points")
DEFAULT_KINDS: tuple[SummaryKind, ...] = ("headline", "summary")
"""What is written of each release where nothing else is asked for."""

SummaryLength = Literal["short", "medium", "long"]
"""Of a summary: one sentence, two or three, four or five."""
SUMMARY_LENGTHS: tuple[SummaryLength, ...] = ("short", "medium", "long")

Strictness = Literal["cautious", "balanced", "similarity"]
"""How much may be lost with a release that goes; ``similarity`` asks nothing but how alike two texts are."""
STRICTNESSES: tuple[Strictness, ...] = ("cautious", "balanced", "similarity")

Runtime = Literal["auto", "onnx", "torch", "ctranslate2"]
"""What runs a model: ONNX Runtime, PyTorch, CTranslate2, or the fastest of them that can run it."""
RUNTIMES: tuple[Runtime, ...] = ("auto", "onnx", "torch", "ctranslate2")
