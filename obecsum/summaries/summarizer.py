"""Writes summaries whose facts are traced to their source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from obecsum.core.arguments import checked, text_arguments
from obecsum.core.choices import DEFAULT_MODEL, SUMMARY_KINDS, SummaryKind
from obecsum.core.errors import OptionError
from obecsum.core.progress import ProgressLike, telling
from obecsum.summaries.check.support import SourceFacts, Support
from obecsum.summaries.choice import Choice, best_candidate, squeezed
from obecsum.summaries.extract import best_extract
from obecsum.text.argument import text_argument
from obecsum.text.facts import Fact
from obecsum.text.mend import is_broken, whole_parts
from obecsum.text.normalize import normalize

if TYPE_CHECKING:
    from obecsum.summaries.engines.engine import EngineName
    from obecsum.summaries.writer import Writer

__all__ = ["Summarizer", "Summary", "summarize"]

_MAX_CHARS_READ = 200_000  # far beyond any release: what a text of megabytes has more is not looked at by the model
# How far the copy head's gate is shifted towards new words, a pass after the other: the second, without, is for the
# releases none of whose candidates the source supports. Chosen on 300 releases of 2025-01 to 03 a kind.
_GATE_SHIFTS: dict[SummaryKind, tuple[float, ...]] = {"headline": (4.0, 0.0), "summary": (7.0, 0.0)}
_EXTRACT_CHARS = {"headline": 100, "summary": 240}
_MIN_CHARS = 60  # below this a text is its own summary
_MIN_THAI_SHARE = 0.3
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

    @checked
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

    @checked
    def summarize(
        self,
        texts: Sequence[str],
        *,
        kind: SummaryKind = "summary",
        batch_size: int = 8,
        progress: ProgressLike = None,
    ) -> list[Summary]:
        """Summarizes releases, sorted by length into batches and returned in the order given.

        Args:
            texts: Releases; of any length, also empty.
            kind: "summary" or "headline".
            batch_size: Releases that are written together, at least 1.
            progress: What is told how far it is: True, a function of (done, total, stage), or an object; see
                :mod:`obecsum.core.progress`.

        Raises:
            OptionError: An option is out of its range.
            TypeError: One of the texts is none.
        """
        _check_kind(kind)
        if batch_size < 1:
            raise OptionError(f"batch_size must be at least 1, got {batch_size}")
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
        with telling(progress) as told:
            told.stage("Summarizing", len(texts))
            for first in range(0, len(by_length), batch_size):
                batch = by_length[first : first + batch_size]
                written = self._write([texts[i] for i in batch], [prepared[i] for i in batch], kind)
                for index, summary in zip(batch, written, strict=True):
                    results[index] = summary
                done += len(batch)
                told.to(done)
        return [result for result in results if result is not None]

    def _write(self, texts: Sequence[str], clean: Sequence[str], kind: SummaryKind) -> list[Summary]:
        """Candidates for each text, and again with less freedom for those of which none is supported."""
        facts = [SourceFacts(text) for text in texts]
        sources = [squeezed(text) for text in clean]
        chosen: list[Choice | None] = [None] * len(texts)
        for shift in _GATE_SHIFTS[kind] if self._writer.has_gate else (0.0,):
            open_ = [i for i, choice in enumerate(chosen) if choice is None or not choice.is_supported]
            written = self._writer.write([clean[i] for i in open_], kind=kind, gate_shift=shift)
            for i, candidates in zip(open_, written, strict=True):
                found = best_candidate(candidates, facts[i], sources[i])
                before = chosen[i]
                if found is not None and (before is None or found.num_wrong < before.num_wrong):
                    chosen[i] = found
        return [
            self._summary(text, prepared, kind, choice)
            for text, prepared, choice in zip(texts, clean, chosen, strict=True)
        ]

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
def _default(model: str) -> Summarizer:
    return Summarizer(model)


@checked
def summarize(text: str, kind: SummaryKind = "summary", *, model: str = DEFAULT_MODEL) -> Summary:
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
    text_argument(text, for_many="Summarizer(...).summarize(texts)")
    return _default(model).summarize([text], kind=kind)[0]
