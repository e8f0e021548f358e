"""Writes summaries whose facts are traced to their source."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from obecsum.core.arguments import check_shape, text_arguments
from obecsum.core.choices import DEFAULT_MODEL, SummaryKind, SummaryLength
from obecsum.core.errors import OptionError
from obecsum.summaries.check.support import SourceFacts, Support
from obecsum.summaries.choice import Choice, best_candidate, squeezed
from obecsum.summaries.extract.frame import Frame, find_frame
from obecsum.summaries.extract.plan import nearest_passage, plan_reading
from obecsum.summaries.extract.reading import Reading, Span
from obecsum.text.facts import Fact

if TYPE_CHECKING:
    from obecsum.summaries.engines.engine import EngineName
    from obecsum.summaries.writer import Writer

__all__ = ["Summarizer", "Summary", "SummarySentence", "summarize"]

# How far the copy head's gate is shifted towards new words, a pass after the other: the second, without, is for the
# releases none of whose candidates the source supports. Chosen on 300 releases of 2025-01 to 03 a kind.
_GATE_SHIFTS: dict[SummaryKind, tuple[float, ...]] = {"headline": (4.0, 0.0), "summary": (7.0, 0.0)}
_MODEL_CONFIDENCE = 0.58  # of 50 supported texts of the bundled model that were read, 29 were not wrong
_MIN_CHARS = 60  # below this a text is its own summary
_MIN_THAI_SHARE = 0.3
_LONE = re.compile("[\ud800-\udfff]")
_THAI = re.compile("[ก-ฮะ-ฺเ-๎]")
_LETTER = re.compile(r"[^\W\d_]|[ะ-ฺเ-๎]")


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A sentence of a summary and the passage that says it.

    Attributes:
        text: The sentence.
        span: Where it stands in the summary's text.
        passage: Where the passage stands in the text given.
        kept: The spans of the text given whose words it is, in order; empty for a model's own words.
    """

    text: str
    span: Span
    passage: Span
    kept: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary and its account.

    Attributes:
        text: What to print; empty only if the release has no text to summarize. Of key points, one a line.
        kind: "headline", "summary" or "points".
        supported: Whether the source states every number, date and name of it.
        unsupported: The facts that the source does not state; their spans count the code points of ``text``.
        sources: Every supported fact with the (start, end) span of the text given that states it.
        model: Name of the model that was asked.
        fallback: None if the text is what was asked for; else "extract: " and why an extract of the release stands in
            its place.
        sentences: The sentences of the text, in order, each with its passage.
        confidence: How sure it is that the text is right, 0 to 1: 1.0 for what is copied from the release.
        frame: Who did what, when and where, and the figures, as the release's first sentences have them.
    """

    text: str
    kind: SummaryKind
    supported: bool
    unsupported: list[Fact]
    sources: list[tuple[Fact, Span]]
    model: str
    fallback: str | None
    sentences: tuple[SummarySentence, ...] = ()
    confidence: float = 1.0
    frame: Frame = field(default_factory=Frame)

    @property
    def points(self) -> list[str]:
        """The key points, for kind "points"; else empty."""
        return [sentence.text for sentence in self.sentences] if self.kind == "points" else []


class Summarizer:
    """A seq2seq model and what it takes to trust it.

    Args:
        model: ``"obecsum-th"`` (bundled), the path of a model folder, or the name of any Hugging Face seq2seq model.
        num_beams: Beams of the search, and candidates that are checked against the source, 1 to 16.
        engine: What runs the model: "torch" (PyTorch), "fast" (ONNX Runtime or CTranslate2, the extra
            ``obecsum[fast]``), or "auto", the fast one where it is installed and can run this model.
        threads: Threads at work, at least 1; None for the engine's own choice, one a core.

    Raises:
        ModelError: The model cannot be found or loaded, or ``engine`` is "fast" and cannot run it.
        OptionError: ``num_beams``, ``engine`` or ``threads`` is out of its range.
    """

    def __init__(
        self,
        model: str = DEFAULT_MODEL,
        *,
        num_beams: int = 4,
        engine: EngineName = "auto",
        threads: int | None = None,
    ) -> None:
        if not 1 <= num_beams <= 16:
            raise OptionError(f"num_beams must be from 1 to 16, got {num_beams}")
        from obecsum.summaries.models import load_model
        from obecsum.summaries.writer import Writer

        self.name = model
        self._writer: Writer = Writer(load_model(model, engine=engine, threads=threads), num_beams=num_beams)

    def summarize(
        self,
        texts: Sequence[str],
        *,
        kind: SummaryKind = "summary",
        length: SummaryLength = "medium",
        max_chars: int | None = None,
        batch_size: int = 8,
        progress: Callable[[int], None] | None = None,
    ) -> list[Summary]:
        """Summarizes releases, sorted by length into batches and returned in the order given.

        Args:
            texts: Releases; of any length, also empty.
            kind: "headline", "summary" or "points".
            length: Of a summary: "short" is one sentence, "medium" two to three, "long" four to five, as far as the
                release has that much to say; of points three, four and five. A headline has one length.
            max_chars: Longest text, at least 20, in the place of a length: as many sentences as fit, at most five.
            batch_size: Releases that are written together, at least 1.
            progress: Called with the number of releases done after each batch.

        Raises:
            OptionError: An option is out of its range.
            TypeError: One of the texts is none.
        """
        check_shape(kind, length, max_chars)
        if batch_size < 1:
            raise OptionError(f"batch_size must be at least 1, got {batch_size}")
        if isinstance(texts, str):
            raise OptionError("texts must be a list of releases, got one str; did you mean [text]?")
        texts = [_LONE.sub("\ufffd", text) for text in text_arguments(texts)]  # models take no half characters
        results: list[Summary | None] = [None] * len(texts)
        releases: dict[int, _Release] = {}
        for index, text in enumerate(texts):
            release = _Release(text, kind, length, max_chars)
            reason = _unfit(release.reading)
            if reason is None and kind != "points":
                releases[index] = release
            else:
                results[index] = self._extract(release, reason)
        done = len(texts) - len(releases)
        by_length = sorted(releases, key=lambda i: (len(releases[i].reading.text), i))
        for first in range(0, len(by_length), batch_size):
            batch = by_length[first : first + batch_size]
            for index, summary in zip(batch, self._write([releases[i] for i in batch], kind), strict=True):
                results[index] = summary
            done += len(batch)
            if progress is not None:
                progress(done)
        return [result for result in results if result is not None]

    def _write(self, releases: Sequence[_Release], kind: SummaryKind) -> list[Summary]:
        """Candidates for each text, and again with less freedom for those of which none is supported."""
        facts = [release.facts for release in releases]
        sources = [squeezed(release.reading.line) for release in releases]
        chosen: list[Choice | None] = [None] * len(releases)
        for shift in _GATE_SHIFTS[kind] if self._writer.has_gate else (0.0,):
            open_ = [i for i, choice in enumerate(chosen) if choice is None or not choice.is_supported]
            written = self._writer.write([releases[i].reading.line for i in open_], kind=kind, gate_shift=shift)
            for i, candidates in zip(open_, written, strict=True):
                found = best_candidate(candidates, facts[i], sources[i])
                before = chosen[i]
                if found is not None and (before is None or found.num_wrong < before.num_wrong):
                    chosen[i] = found
        return [self._summary(release, choice) for release, choice in zip(releases, chosen, strict=True)]

    def _summary(self, release: _Release, choice: Choice | None) -> Summary:
        """The plan's sentences, with what the model wrote in the place of the one whose passage it says."""
        if choice is None:
            return self._extract(release, "the model wrote nothing readable")
        if not choice.is_supported:
            missing = ", ".join(fact.text for fact in choice.support.unsupported)
            return self._extract(release, f"the release does not support any candidate of the model ({missing})")
        sentences = release.with_written(choice.text)
        if sentences is None:
            return self._extract(release, "what the model wrote is too long")
        return self._made(release, sentences, None, _MODEL_CONFIDENCE)

    def _extract(self, release: _Release, reason: str | None) -> Summary:
        sentences = [(passage.text, passage.span, passage.kept) for passage in release.plan]
        return self._made(release, sentences, f"extract: {reason}" if reason else None, 1.0)

    def _made(
        self,
        release: _Release,
        sentences: Sequence[tuple[str, Span, tuple[Span, ...]]],
        fallback: str | None,
        confidence: float,
    ) -> Summary:
        joint = "\n" if release.kind == "points" else " "
        text = joint.join(sentence for sentence, _, _ in sentences)
        support = release.facts.check(text) if text else Support([], [])
        told: list[SummarySentence] = []
        at = 0
        for sentence, passage, kept in sentences:
            told.append(SummarySentence(sentence, (at, at + len(sentence)), passage, kept))
            at += len(sentence) + len(joint)
        return Summary(
            text,
            release.kind,
            not support.unsupported,
            support.unsupported,
            support.sources,
            self.name,
            fallback,
            tuple(told),
            confidence,
            find_frame(release.reading),
        )


class _Release:
    """A release that is summarized, and the plan of its summary."""

    def __init__(self, text: str, kind: SummaryKind, length: SummaryLength, max_chars: int | None) -> None:
        self.reading = Reading(text)
        self.kind = kind
        self.max_chars = max_chars
        self.plan = plan_reading(self.reading, kind=kind, length=length, max_chars=max_chars)

    @cached_property
    def facts(self) -> SourceFacts:
        """What the text given states."""
        return SourceFacts(self.reading.given)

    def with_written(self, written: str) -> list[tuple[str, Span, tuple[Span, ...]]] | None:
        """The sentences with a model's in the place of the passage that it says; None if that is too long."""
        if not self.plan:
            return [(written, (0, len(self.reading.given)), ())]
        place = nearest_passage(written, self.plan)
        sentences = [(passage.text, passage.span, passage.kept) for passage in self.plan]
        sentences[place] = (written, self.plan[place].span, ())
        if self.max_chars is not None and sum(len(text) + 1 for text, _, _ in sentences) - 1 > self.max_chars:
            return None
        return sentences


def prepare(text: str) -> str:
    """What the model is given of a release: its text without page furniture, bylines and second copies, on one line."""
    return Reading(text).line


def _unfit(reading: Reading) -> str | None:
    clean = reading.line
    letters = len(_LETTER.findall(clean[:20_000]))
    if not letters:
        return "the release has no text to summarize"
    if len(_THAI.findall(clean[:20_000])) < _MIN_THAI_SHARE * letters:
        return "the release is not in Thai"
    if reading.is_broken:
        return "the text of the release is broken"
    if len(clean) < _MIN_CHARS:
        return "the release is too short to summarize"
    return None


@lru_cache(maxsize=1)
def _default(model: str) -> Summarizer:
    return Summarizer(model)


def summarize(
    text: str,
    kind: SummaryKind = "summary",
    *,
    length: SummaryLength = "medium",
    max_chars: int | None = None,
    model: str = DEFAULT_MODEL,
) -> Summary:
    """Summarizes one release; the model stays loaded for the next call.

    Args:
        text: A release.
        kind: As ``length`` and ``max_chars`` what :meth:`Summarizer.summarize` takes.
        length: How many sentences.
        max_chars: Longest text.
        model: As :class:`Summarizer` takes it.

    Raises:
        ModelError: The model cannot be found or loaded.
        OptionError: An option is out of its range.
    """
    check_shape(kind, length, max_chars)
    return _default(model).summarize([text], kind=kind, length=length, max_chars=max_chars)[0]
