"""Writes summaries whose facts are traced to their source."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from obecsum.core.arguments import text_arguments
from obecsum.core.choices import DEFAULT_MODEL, SUMMARY_KINDS, Runtime, SummaryKind
from obecsum.core.errors import ModelError, ObecsumError, OptionError
from obecsum.summaries.check.support import SourceFacts, Support
from obecsum.summaries.choice import Choice, best_candidate, squeezed
from obecsum.summaries.extract import best_extract
from obecsum.text.facts import Fact
from obecsum.text.mend import is_broken, whole_parts
from obecsum.text.normalize import normalize

if TYPE_CHECKING:
    from obecsum.summaries.engines.engine import CandidateWriter
    from obecsum.summaries.models import Model

__all__ = ["Summarizer", "Summary", "summarize"]

_MAX_CHARS_READ = 200_000  # far beyond any release: what a text of megabytes has more is not looked at by the model
# How far the copy head's gate is shifted towards new words, a pass after the other: the second, without, is for the
# releases none of whose candidates the source supports. Chosen on 300 releases of 2025-01 to 03 a kind.
_GATE_SHIFTS: dict[SummaryKind, tuple[float, ...]] = {"headline": (4.0, 0.0), "summary": (7.0, 0.0)}
_EXTRACT_CHARS = {"headline": 100, "summary": 240}
_MIN_CHARS = 60  # below this a text is its own summary
_MIN_THAI_SHARE = 0.3
_TRIAL = "กรมตัวอย่างเปิดรับสมัครครู 25 อัตรา"
_URL = re.compile(r"(?:https?://|www\.)[!-~]+")
_LONE = re.compile("[\ud800-\udfff]")
_THAI = re.compile("[ก-ฮะ-ฺเ-๎]")
_LETTER = re.compile(r"[^\W\d_]|[ะ-ฺเ-๎]")


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary and its account.

    Attributes:
        text: What to print; empty only if the release has no text to summarize.
        kind: "summary" (one or two sentences) or "headline".
        supported: Whether the source states every number, date and name of it.
        unsupported: The facts that the source does not state; their spans count the code points of ``text``.
        sources: Every supported fact with the (start, end) span of the text given that states it.
        model: Name of the model that was asked.
        fallback: None if the text is the model's own; else why an extract of the release stands in its place.
    """

    text: str
    kind: SummaryKind
    supported: bool
    unsupported: list[Fact]
    sources: list[tuple[Fact, tuple[int, int]]]
    model: str
    fallback: str | None


class Summarizer:
    """A model and what it takes to trust it: whatever the model is, only what the release supports is printed.

    Args:
        model: ``"obecsum-th"`` (bundled); a model folder or the name of a Hugging Face model, sequence-to-sequence or
            causal with a chat template; or a function that takes a list of prepared texts, whole and on one line
            each, and gives a summary for each. The function is not told the kind: give each kind its own Summarizer.
        num_beams: Beams of the search, and candidates that are checked against the source, 1 to 16; a function gives
            one candidate.
        runtime: What runs the model: "onnx" (ONNX Runtime: the bundled model and folders with graphs), "torch"
            (PyTorch: any model), "ctranslate2" (folders of plain layouts, the extra ``obecsum[ctranslate2]``), or
            "auto", PyTorch only where none of the others can.
        threads: Threads at work, at least 1; None for the runtime's own choice, one a core.

    Raises:
        ModelError: The model cannot be found or loaded, or ``runtime`` cannot run it.
        OptionError: ``num_beams``, ``runtime`` or ``threads`` is out of its range, or a function is given with one of
            the latter.
    """

    def __init__(
        self,
        model: Model = DEFAULT_MODEL,
        *,
        num_beams: int = 4,
        runtime: Runtime = "auto",
        threads: int | None = None,
    ) -> None:
        if not 1 <= num_beams <= 16:
            raise OptionError(f"num_beams must be from 1 to 16, got {num_beams}")
        from obecsum.summaries.models import load_writer, name_of
        from obecsum.summaries.writer import Writer

        self._writer: CandidateWriter = load_writer(model, num_beams=num_beams, runtime=runtime, threads=threads)
        self.name = name_of(model)
        if isinstance(self._writer, Writer):
            # A tokenizer, weights and a config of different models are found out before a job has begun.
            self._candidates([_TRIAL], "headline", 0.0)

    def summarize(
        self,
        texts: Sequence[str],
        *,
        kind: SummaryKind = "summary",
        batch_size: int = 8,
        progress: Callable[[int], None] | None = None,
    ) -> list[Summary]:
        """Summarizes releases, sorted by length into batches and returned in the order given.

        Args:
            texts: Releases; of any length, also empty.
            kind: "summary" or "headline".
            batch_size: Releases that are written together, at least 1.
            progress: Called with the number of releases done after each batch.

        Raises:
            OptionError: An option is out of its range.
            TypeError: One of the texts is none.
        """
        _check_kind(kind)
        if batch_size < 1:
            raise OptionError(f"batch_size must be at least 1, got {batch_size}")
        if isinstance(texts, str):
            raise OptionError("texts must be a list of releases, got one str; did you mean [text]?")
        texts = [_LONE.sub("\ufffd", text) for text in text_arguments(texts)]  # models take no half characters
        results: list[Summary | None] = [None] * len(texts)
        prepared: dict[int, str] = {}
        for index, text in enumerate(texts):
            clean = prepare(text)
            reason = _unfit(clean)
            if reason is None:
                prepared[index] = clean
            else:
                results[index] = self._extract(text, clean, kind, reason)
        done = len(texts) - len(prepared)
        by_length = sorted(prepared, key=lambda i: (len(prepared[i]), i))
        for first in range(0, len(by_length), batch_size):
            batch = by_length[first : first + batch_size]
            written = self._write([texts[i] for i in batch], [prepared[i] for i in batch], kind)
            for index, summary in zip(batch, written, strict=True):
                results[index] = summary
            done += len(batch)
            if progress is not None:
                progress(done)
        return [result for result in results if result is not None]

    def _write(self, texts: Sequence[str], clean: Sequence[str], kind: SummaryKind) -> list[Summary]:
        """Candidates for each text, and again with less freedom for those of which none is supported."""
        facts = [SourceFacts(text) for text in texts]
        sources = [squeezed(text) for text in clean]
        chosen: list[Choice | None] = [None] * len(texts)
        for shift in _GATE_SHIFTS[kind] if self._writer.has_gate else (0.0,):
            open_ = [i for i, choice in enumerate(chosen) if choice is None or not choice.is_supported]
            written = self._candidates([clean[i] for i in open_], kind, shift)
            for i, candidates in zip(open_, written, strict=True):
                found = best_candidate(candidates, facts[i], sources[i])
                before = chosen[i]
                if found is not None and (before is None or found.num_wrong < before.num_wrong):
                    chosen[i] = found
        return [
            self._summary(text, prepared, kind, choice)
            for text, prepared, choice in zip(texts, clean, chosen, strict=True)
        ]

    def _candidates(self, texts: Sequence[str], kind: SummaryKind, gate_shift: float) -> list[list[str]]:
        try:
            return self._writer.write(texts, kind=kind, gate_shift=gate_shift)
        except (ObecsumError, MemoryError):
            raise
        except Exception as error:  # of any library that runs models
            detail = " ".join(str(error).split())[:300]
            raise ModelError(
                f"the model {self.name!r} cannot write ({type(error).__name__}: {detail}); its config, weights and "
                "tokenizer must be of one model"
            ) from error

    def _summary(self, text: str, clean: str, kind: SummaryKind, choice: Choice | None) -> Summary:
        if choice is None:
            return self._extract(text, clean, kind, "the model wrote nothing readable; this is an extract")
        if not choice.is_supported:
            missing = ", ".join(fact.text for fact in choice.support.unsupported)
            return self._extract(
                text,
                clean,
                kind,
                f"the release does not support any candidate of the model ({missing}); this is an extract",
            )
        return Summary(choice.text, kind, True, [], choice.support.sources, self.name, None)

    def _extract(self, text: str, clean: str, kind: SummaryKind, reason: str) -> Summary:
        extract = best_extract(whole_parts(clean), max_chars=_EXTRACT_CHARS[kind])
        support = SourceFacts(text).check(extract) if extract else Support([], [])
        return Summary(extract, kind, not support.unsupported, support.unsupported, support.sources, self.name, reason)


def _check_kind(kind: str) -> None:
    if kind not in SUMMARY_KINDS:
        raise OptionError(f"kind must be 'summary' or 'headline', got {kind!r}")


def prepare(text: str) -> str:
    """What the model is given of a release: its text without page furniture, bylines and second copies, on one line."""
    from obecsum.cleaning.boilerplate import Boilerplate
    from obecsum.cleaning.bylines import find_bylines
    from obecsum.cleaning.repeats import find_repeats

    text = text[:_MAX_CHARS_READ]
    bylines = [byline.span for byline in find_bylines(text)]
    repeats = [repeat.span for repeat in find_repeats(text)]
    spans = sorted([*Boilerplate.fixed().find(text), *bylines, *repeats])
    parts: list[str] = []
    last = 0
    for start, end in spans:
        if start > last:
            parts.append(text[last:start])
        last = max(last, end)
    parts.append(text[last:])
    # A link says nothing in a summary, and half a link less.
    lines = (_URL.sub("", line).strip() for line in normalize("".join(parts)).split("\n"))
    # Lines of dots and dashes only part a page; to a reader of one line they are noise.
    return " ".join(line for line in lines if any(char.isalnum() for char in line))


def _unfit(clean: str) -> str | None:
    letters = len(_LETTER.findall(clean[:20_000]))
    if not letters:
        return "the release has no text to summarize"
    if len(_THAI.findall(clean[:20_000])) < _MIN_THAI_SHARE * letters:
        return "the release is not in Thai; this is an extract"
    if is_broken(clean):
        return "the text of the release is broken; this is an extract of what is whole in it"
    if len(clean) < _MIN_CHARS:
        return "the release is too short to summarize; this is its text"
    return None


@lru_cache(maxsize=1)
def _loaded(model: str) -> Summarizer:
    return Summarizer(model)


def summarize(text: str, kind: SummaryKind = "summary", *, model: Model = DEFAULT_MODEL) -> Summary:
    """Summarizes one release; the model stays loaded for the next call.

    Args:
        text: A release.
        kind: "summary" or "headline".
        model: As :class:`Summarizer` takes it.

    Raises:
        ModelError: The model cannot be found or loaded.
        OptionError: ``kind`` is neither.
    """
    _check_kind(kind)
    summarizer = _loaded(model) if isinstance(model, str) else Summarizer(model)
    return summarizer.summarize([text], kind=kind)[0]
