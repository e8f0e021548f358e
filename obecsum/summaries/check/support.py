# ruff: noqa: SIM905 - lists of Thai words read better as words
"""Holds a summary against its source: each sentence laid beside one passage, and what the passage does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from obecsum.comparison.account.words import is_figure
from obecsum.comparison.alignment.document import Document, uncached_document_of
from obecsum.comparison.facts.idle import idle_lines
from obecsum.summaries.check.confidence import confidence_of, features_of
from obecsum.summaries.check.judge import Judged, judge_sentence
from obecsum.summaries.check.source import Text
from obecsum.summaries.constraints.quotes import inside_of_names
from obecsum.text.argument import text_argument
from obecsum.text.facts import Fact, FactKind
from obecsum.text.normalize import fold_with_offsets

__all__ = ["Check", "CheckedSentence", "SourceFacts", "check"]

Span = tuple[int, int]

_QUOTED = re.compile(r'"([^"]{1,200})"')  # folded, all quotation marks are one
_QUOTATION = re.compile(r"“[^“”\n]{1,200}”|\"[^\"“”\n]{1,200}\"|‘[^‘’\n]{1,200}’")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_JOINS = frozenset(
    "และ กับ ของ ที่ โดย เพื่อ ใน แก่ แด่ จาก ว่า ซึ่ง หรือ ณ สู่ พร้อม พร้อมทั้ง พร้อมด้วย ร่วมกับ ระหว่าง ตั้งแต่ เป็น การ ความ"
    " ให้ จะ ไม่ คือ เมื่อ เช่น ตาม ด้วย ทั้ง รวมถึง รวมทั้ง ตลอดจน จำนวน นาย นาง นางสาว".split()
)
_OPEN_END = re.compile(r"(?:พ\.ศ\.|(?:ครั้ง|รุ่น|ฉบับ|วัน)ที่|[(,:;/-])$")


class CheckedSentence(NamedTuple):
    """A sentence of a summary and where its source says it.

    Attributes:
        text: The sentence.
        span: (start, end) in the summary, in code points.
        passage: (start, end) of the passage in the source; None if there is none.
    """

    text: str
    span: Span
    passage: Span | None


@dataclass(frozen=True, slots=True)
class Check:
    """What a check found.

    Attributes:
        supported: Whether the source says all that the summary says, each sentence in one passage.
        confidence: How surely the summary is right, 0 to 1.
        sentences: Each sentence of the summary with its passage.
        unsupported: What the source does not say so; spans count the code points of the summary. Beside the kinds of
            facts: ``word`` (the passage lacks it), ``polarity`` (a negation, condition, plan or rank was left out or
            put in), ``order`` (the passage says it of somebody or something else), ``quote`` (not quoted so),
            ``unfinished`` (breaks off).
        sources: Each supported fact of the summary with the (start, end) in the source that states it.
        features: What the confidence was worked out of (:data:`~obecsum.summaries.check.confidence.FEATURES`).
    """

    supported: bool = False
    confidence: float = 0.0
    sentences: list[CheckedSentence] = field(default_factory=list)
    unsupported: list[Fact] = field(default_factory=list)
    sources: list[tuple[Fact, Span]] = field(default_factory=list)
    features: tuple[float, ...] = field(default=(), repr=False)


class SourceFacts:
    """A source made ready once, against which any number of candidate summaries is checked.

    Args:
        text: The source as the caller gave it; spans count its code points.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.source = Text(uncached_document_of(text))
        folded = self.source.document.folded
        kept = [at for at, char in enumerate(folded) if char != " "]
        self._squeezed = "".join(folded[at] for at in kept)
        names = inside_of_names(folded)
        self._inside_names = {offset for offset, at in enumerate(kept) if at in names}
        self._quotations = [match.span() for match in _QUOTATION.finditer(text)]
        inside = (fold_with_offsets(text[start + 1 : end - 1]).text for start, end in self._quotations)
        self._quoted = frozenset(words.replace(" ", "") for words in inside)
        self._latin = frozenset(_LATIN.findall(folded))

    def has_cut_latin(self, text: str) -> bool:
        """Whether a text has the beginning of a word in Latin letters of the source, and not the word."""
        words = set(_LATIN.findall(fold_with_offsets(text).text)) - self._latin
        return any(known.startswith(word) for word in words for known in self._latin)

    def check(self, summary: str) -> Check:
        """Whether the source says what ``summary`` says, see :func:`check`."""
        return self.lay(summary)[2]

    def lay(self, summary: str) -> tuple[Text, list[Judged], Check]:
        """As :meth:`check`, with the summary as it was read and its sentences as they were laid beside passages."""
        text = Text(uncached_document_of(summary))
        document = text.document
        judged = [judge_sentence(text, self.source, first, last) for first, last in text.sentences]
        pairs = {at: place for one in judged for at, place in one.pairs.items()}
        quotes = [*self._misquoted(text, pairs)]
        said = [
            fact
            for fact in self._unsupported(text, judged)
            if not any(quote.span[0] <= fact.span[0] and fact.span[1] <= quote.span[1] for quote in quotes)
        ]
        others = [*quotes, *_unread(text), *_unfinished(text)]
        unsupported = [*said, *others]
        unsupported.sort(key=lambda fact: fact.span)
        wrong = {at for one in judged for problem in one.problems for at in range(problem.start, problem.end)}
        sources = list(self._sources(text, pairs, wrong))
        sentences = [
            CheckedSentence(document.text[slice(*span)], span, self._passage(one))
            for one, span in zip(judged, _spans_of(text), strict=True)
        ]
        is_supported = bool(judged) and not unsupported
        features = features_of(judged, len(others))
        found = Check(is_supported, confidence_of(features), sentences, unsupported, sources, features)
        return text, judged, found

    def _passage(self, judged: Judged) -> Span | None:
        if not judged.pairs:
            return None
        words, places = self.source.words, self.source.tokens.words
        taken = list(judged.pairs.values())
        return self.source.document.original(words.starts[places[min(taken)]], words.ends[places[max(taken)]])

    def _unsupported(self, text: Text, judged: list[Judged]) -> Iterator[Fact]:
        """A fact for each problem; words of one fact or in a row are one."""
        document, words, tokens = text.document, text.words, text.tokens
        last: tuple[FactKind, int, int] | None = None
        for one in judged:
            for problem in one.problems:
                start, end = words.starts[tokens.words[problem.start]], words.ends[tokens.words[problem.end - 1]]
                kind: FactKind = problem.kind
                fact = _fact_at(document, start, end) if problem.kind == "word" else None
                if fact is not None:
                    kind, (start, end) = fact.kind, fact.span
                if last is not None and last[0] == kind and start <= last[2] + 1:
                    last = kind, last[1], max(end, last[2])
                    continue
                if last is not None:
                    yield _as_fact(document, *last)
                last = kind, start, end
        if last is not None:
            yield _as_fact(document, *last)

    def _misquoted(self, text: Text, pairs: dict[int, int]) -> Iterator[Fact]:
        """What stands in quotation marks and is not in the source, or is cut from a longer quotation."""
        words, places = self.source.words, self.source.tokens.words
        for match in _QUOTED.finditer(text.document.folded):
            quoted = match[1].replace(" ", "").rstrip("ฯ")
            if quoted in self._quoted:
                continue
            first, last = text.token_range(match.span(1))
            taken = [places[pairs[at]] for at in range(first, last) if at in pairs]
            held = [self.source.document.original(words.starts[word], words.ends[word])[0] for word in taken]
            inside = any(start <= at < end for at in held for start, end in self._quotations)
            if inside or not held or len(held) < last - first or not self._has_whole(quoted):
                yield _as_fact(text.document, "quote", *match.span(1))

    def _has_whole(self, words: str) -> bool:
        """Whether the source has words, spaces aside, in a place where no name is cut."""
        found = (match.span() for match in re.finditer(re.escape(words), self._squeezed))
        return any(self._inside_names.isdisjoint(span) for span in found)

    def _sources(self, text: Text, pairs: dict[int, int], wrong: set[int]) -> Iterator[tuple[Fact, Span]]:
        document, words, places = self.source.document, self.source.words, self.source.tokens.words
        for fact in text.document.facts:
            first, last = text.token_range(fact.span)
            held = [pairs[at] for at in range(first, last) if at in pairs]
            if not held or len(held) < last - first or not wrong.isdisjoint(range(first, last)):
                continue
            span = document.original(words.starts[places[min(held)]], words.ends[places[max(held)]])
            own = text.document.original(*fact.span)
            yield Fact(fact.kind, text.document.text[slice(*own)], fact.value, own), span


def _spans_of(text: Text) -> list[Span]:
    """Where the sentences stand in the text given, each up to where the next one begins."""
    words, places = text.words, text.tokens.words
    begins = [words.starts[places[first]] for first, _ in text.sentences]
    if begins:
        begins[0] = 0
    return [text.document.original(*span) for span in pairwise([*begins, len(text.document.folded)])]


def _unread(text: Text) -> Iterator[Fact]:
    """Lines that say nothing of an event (hashtags, links, how to reach an office): they belong in no summary."""
    document = text.document
    at = 0
    idle = idle_lines(document)
    for number, line in enumerate(document.text.splitlines(keepends=True)):
        if number in idle:
            span = at + len(line) - len(line.lstrip()), at + len(line.rstrip())
            yield Fact("word", document.text[slice(*span)], line.strip(), span)
        at += len(line)


def _fact_at(document: Document, start: int, end: int) -> Fact | None:
    return next((fact for fact in document.facts if fact.span[0] <= start and end <= fact.span[1]), None)


def _as_fact(document: Document, kind: FactKind, start: int, end: int) -> Fact:
    span = document.original(start, end)
    return Fact(kind, document.text[slice(*span)], document.folded[start:end], span)


def _unfinished(text: Text) -> Iterator[Fact]:
    """The end of a text that breaks off: at a word that joins, or within quotation marks or brackets."""
    document, words = text.document, text.words
    folded = document.folded.rstrip()
    match = _OPEN_END.search(folded)
    if match is not None:
        yield _as_fact(document, "unfinished", match.start(), len(folded))
    elif (
        words.keys
        and words.keys[-1] in _JOINS
        and not is_figure(words.keys[-2:][0])
        and not folded[words.ends[-1] :].strip("”\"'")
    ):
        yield _as_fact(document, "unfinished", words.starts[-1], len(folded))
    elif folded.count('"') % 2 or folded.count("(") > folded.count(")"):  # folded, all quotation marks are one
        yield _as_fact(document, "unfinished", max(folded.rfind('"'), folded.rfind("(")), len(folded))


def check(summary: str, source: str) -> Check:
    """Whether a source says what a summary of it says.

    Each sentence of the summary is laid beside one passage of the source (two neighboring sentences), word by word.
    Every number with what it counts, date, time, person, post, place, agency and other word of content has to stand
    there, in that order, bound by the same negations, conditions, plans and ranks, and said of the same one who acts.

    Args:
        summary: A text of any model, or of anybody.
        source: What it should be taken from.

    Raises:
        TypeError: One of the two is no string.

    Example:
        >>> found = check("ครม. เห็นชอบร่างกฎหมาย", "คณะรัฐมนตรีมีมติไม่เห็นชอบร่างกฎหมายที่กระทรวงมหาดไทยเสนอ")
        >>> found.supported, [(fact.kind, fact.text) for fact in found.unsupported]
        (False, [('polarity', 'เห็นชอบ')])
    """
    return SourceFacts(text_argument(source)).check(text_argument(summary))
