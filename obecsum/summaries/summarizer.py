"""Writes summaries whose facts are traced to their source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from obecsum.core.arguments import check_shape, checked, text_arguments
from obecsum.core.choices import DEFAULT_MODEL, Runtime, SummaryKind, SummaryLength
from obecsum.core.errors import ModelError, ObecsumError, OptionError
from obecsum.core.progress import ProgressLike, telling
from obecsum.summaries.choice.choose import Choice, best_candidate, weigh
from obecsum.summaries.choice.source import Source
from obecsum.summaries.choice.threshold import MARGIN, least_confidence
from obecsum.summaries.extract.frame import Frame, find_frame
from obecsum.summaries.extract.plan import MOST_SAID, plan_reading
from obecsum.summaries.extract.reading import Reading, Span
from obecsum.summaries.extract.units import content_of, overlap
from obecsum.text.argument import text_argument
from obecsum.text.facts import Fact

if TYPE_CHECKING:
    from obecsum.summaries.engines.engine import CandidateWriter
    from obecsum.summaries.models import Model

__all__ = ["Summarizer", "Summary", "SummarySentence", "summarize"]

_LEAD_CHARS = 600  # of a release, of which the model writes once more
_MIN_CHARS = 60  # below this a text is its own summary
_MIN_THAI_SHARE = 0.3
_NOTHING = "the model wrote nothing readable"
_TRIAL = "กรมตัวอย่างเปิดรับสมัครครู 25 อัตรา"
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
        supported: Whether the check (:func:`obecsum.check`) found nothing that the source does not say so.
        unsupported: What it found; its spans count the code points of ``text``.
        sources: Every supported fact with the (start, end) span of the text given that states it.
        model: Name of the model that was asked.
        fallback: None if the text is what was asked for; else "extract: " and why an extract of the release stands in
            its place.
        sentences: The sentences of the text, in order, each with its passage.
        confidence: How surely a reader finds all of it right, 0 to 1: of its least sure sentence, model's or extract's.
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
    confidence: float = 0.0
    frame: Frame = field(default_factory=Frame)

    @property
    def points(self) -> list[str]:
        """The key points, for kind "points"; else empty."""
        return [sentence.text for sentence in self.sentences] if self.kind == "points" else []


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

    @checked
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
        self._is_search = isinstance(self._writer, Writer)
        if self._is_search:
            # A tokenizer, weights and a config of different models are found out before a job has begun.
            self._candidates([_TRIAL], "headline")

    @checked
    def summarize(
        self,
        texts: Sequence[str],
        *,
        kind: SummaryKind = "summary",
        length: SummaryLength = "medium",
        max_chars: int | None = None,
        batch_size: int = 8,
        progress: ProgressLike = None,
    ) -> list[Summary]:
        """Summarizes releases, sorted by length into batches and returned in the order given.

        Args:
            texts: Releases; of any length, also empty.
            kind: "headline", "summary" or "points".
            length: Of a summary: "short" is one sentence, "medium" two to three, "long" four to five, as far as the
                release has that much to say; of points three, four and five. A headline has one length.
            max_chars: Longest text, at least 20, in the place of a length: as many sentences as fit, at most five.
            batch_size: Releases that are written together, at least 1.
            progress: What is told how far it is: True, a function of (done, total, stage), or an object; see
                :mod:`obecsum.core.progress`.

        Raises:
            OptionError: An option is out of its range.
            TypeError: One of the texts is none.
        """
        check_shape(kind, length, max_chars)
        if batch_size < 1:
            raise OptionError(f"batch_size must be at least 1, got {batch_size}")
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
        with telling(progress) as told:
            told.stage("Summarizing", len(texts))
            for first in range(0, len(by_length), batch_size):
                batch = by_length[first : first + batch_size]
                written = self._write([releases[i] for i in batch], kind, batch_size)
                for index, summary in zip(batch, written, strict=True):
                    results[index] = summary
                done += len(batch)
                told.to(done)
        return [result for result in results if result is not None]

    def _write(self, releases: Sequence[_Release], kind: SummaryKind, batch_size: int) -> list[Summary]:
        """The plan of each release, with what the model wrote of a passage where that is surely right."""
        # A search of ours takes milliseconds; what another model is asked may take seconds, or cost money.
        windows = [(i, *one) for i, release in enumerate(releases) for one in release.windows(more=self._is_search)]
        order = sorted(range(len(windows)), key=lambda n: len(windows[n][2]))  # a batch of like lengths wastes least
        written: dict[tuple[int, int], list[str]] = {}
        for first in range(0, len(order), batch_size):
            batch = order[first : first + batch_size]
            for n, candidates in zip(batch, self._candidates([windows[n][2] for n in batch], kind), strict=True):
                written.setdefault(windows[n][:2], []).extend(candidates)
        return [
            self._summary(release, {place: written.get((i, place), []) for place in range(len(release.plan))})
            for i, release in enumerate(releases)
        ]

    def _candidates(self, texts: Sequence[str], kind: SummaryKind) -> list[list[str]]:
        try:
            return self._writer.write(texts, kind=kind)
        except (ObecsumError, MemoryError):
            raise
        except Exception as error:  # of any library that runs models
            detail = " ".join(str(error).split())[:300]
            raise ModelError(
                f"the model {self.name!r} cannot write ({type(error).__name__}: {detail}); its config, weights and "
                "tokenizer must be of one model"
            ) from error

    def _summary(self, release: _Release, written: Mapping[int, Sequence[str]]) -> Summary:
        """Of each passage the model's text where it is surely right, else the extract's; none says another's again."""
        floor = least_confidence("headline" if release.kind == "headline" else "summary", release.reading.text)
        room = None
        if release.max_chars is not None:
            room = release.max_chars - sum(len(passage.text) + 1 for passage in release.plan) + 1
        sentences: list[_Sentence] = []
        said: set[str] = set()
        highest, is_own, missing = 0.0, False, ""
        for place, passage in enumerate(release.plan):
            extract = weigh(passage.text, release.source, release.kind)
            most = None if room is None else room + len(passage.text)
            choice = best_candidate(written.get(place, ()), release.source, kind=release.kind, max_chars=most)
            if choice is not None and not choice.check.supported:
                missing = missing or ", ".join(fact.text for fact in choice.check.unsupported)
                choice = None
            highest = max(highest, choice.confidence if choice is not None else 0.0)
            if choice is not None and choice.confidence >= max(floor, extract.confidence - MARGIN):
                sentence = _Sentence(choice, passage.span, ())
            else:
                sentence = _Sentence(extract, passage.span, passage.kept)
            content = content_of(sentence.text)
            if sentences and overlap(content, said) > MOST_SAID:
                continue
            room = None if room is None else room + len(passage.text) - len(sentence.text)
            is_own |= not sentence.kept
            said |= content.keys()
            sentences.append(sentence)
        if is_own:
            return self._made(release, sentences, None)
        if not highest:
            why = f"the release does not support any candidate of the model ({missing})" if missing else _NOTHING
            return self._made(release, sentences, f"extract: {why}")
        why = f"what the model wrote is not surely right ({highest:.2f}, wanted {floor:.2f})"
        if highest >= floor:
            why = f"it is more surely right than what the model wrote ({highest:.2f})"
        return self._made(release, sentences, f"extract: {why}")

    def _extract(self, release: _Release, reason: str | None) -> Summary:
        sentences = [
            _Sentence(weigh(passage.text, release.source, release.kind), passage.span, passage.kept)
            for passage in release.plan
        ]
        return self._made(release, sentences, f"extract: {reason}" if reason else None)

    def _made(self, release: _Release, sentences: Sequence[_Sentence], fallback: str | None) -> Summary:
        joint = "\n" if release.kind == "points" else " "
        told: list[SummarySentence] = []
        unsupported: list[Fact] = []
        sources: list[tuple[Fact, Span]] = []
        at = 0
        for sentence in sentences:
            check = sentence.choice.check
            unsupported += [_moved(fact, at) for fact in check.unsupported]
            sources += [(_moved(fact, at), span) for fact, span in check.sources]
            end = at + len(sentence.text)
            told.append(SummarySentence(sentence.text, (at, end), sentence.passage, sentence.kept))
            at = end + len(joint)
        return Summary(
            joint.join(sentence.text for sentence in sentences),
            release.kind,
            bool(told) and not unsupported,
            unsupported,
            sources,
            self.name,
            fallback,
            tuple(told),
            min((sentence.choice.confidence for sentence in sentences), default=0.0),
            find_frame(release.reading),
        )


def _moved(fact: Fact, by: int) -> Fact:
    return fact._replace(span=(fact.span[0] + by, fact.span[1] + by))


class _Sentence(NamedTuple):
    """A sentence that is printed."""

    choice: Choice
    passage: Span
    kept: tuple[Span, ...]

    @property
    def text(self) -> str:
        return self.choice.text


class _Release:
    """A release that is summarized, and the plan of its summary."""

    def __init__(self, text: str, kind: SummaryKind, length: SummaryLength, max_chars: int | None) -> None:
        self.reading = Reading(text)
        self.kind = kind
        self.max_chars = max_chars
        self.plan = plan_reading(self.reading, kind=kind, length=length, max_chars=max_chars)

    @cached_property
    def source(self) -> Source:
        """It as texts are weighed against it."""
        return Source(self.reading)

    def windows(self, *, more: bool) -> Iterator[tuple[int, str]]:
        """What a model is given for each passage of the plan, by its place.

        Args:
            more: The release and its parts for the first passage; else one text for each.
        """
        line = self.reading.line
        for place, passage in enumerate(self.plan):
            if place:
                texts = [passage.source]
            elif not more:
                texts = [line]
            elif self.kind == "headline":
                texts = [line, line[:_LEAD_CHARS], passage.source]
            else:
                texts = [line, passage.source]
            yield from ((place, text) for text in dict.fromkeys(texts) if len(text) >= min(_MIN_CHARS, len(line)))


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
def _loaded(model: str) -> Summarizer:
    return Summarizer(model)


@checked
def summarize(
    text: str,
    kind: SummaryKind = "summary",
    *,
    length: SummaryLength = "medium",
    max_chars: int | None = None,
    model: Model = DEFAULT_MODEL,
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
    text_argument(text, for_many="Summarizer(...).summarize(texts)")
    summarizer = _loaded(model) if isinstance(model, str) else Summarizer(model)
    return summarizer.summarize([text], kind=kind, length=length, max_chars=max_chars)[0]
