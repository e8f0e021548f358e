"""Holds a summary against its source: where each of its numbers, dates and names stands, and what stands nowhere."""

from __future__ import annotations

import re

from obecsum.summaries.check.gazetteer import strange_places
from obecsum.summaries.check.measures import Measures, find_measures
from obecsum.summaries.constraints.bonds import broken_bonds
from obecsum.summaries.constraints.joints import wrong_titles
from obecsum.summaries.constraints.quotes import inside_of_names
from obecsum.text.facts import Fact, FactKind, extract_facts, supported_by
from obecsum.text.normalize import fold_with_offsets

__all__ = ["SourceFacts", "Support"]

# Headlines call people by a nickname in quotation marks, and quote slogans: neither may be made up.
_QUOTED = re.compile(r"[“\"]([^“”\"]{2,80})[”\"]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
# The two ends of a range (24 ม.ค. - 2 ก.พ.) are one statement.
_RANGE = re.compile(r"(?<![\d.,:/-])(\d{1,2})(\s?[ก-๎.]{0,12}(?:\s?\d{4})?)\s?[-–]\s?(\d{1,2})(?![\d.,:/])")

SourceSpan = tuple[int, int]


class Support:
    """What a check found.

    Attributes:
        sources: Each supported fact of the summary with the span in the source that states it.
        unsupported: The facts that the source does not state.
    """

    __slots__ = ("sources", "unsupported")

    def __init__(self, sources: list[tuple[Fact, SourceSpan]], unsupported: list[Fact]) -> None:
        self.sources = sources
        self.unsupported = unsupported


class SourceFacts:
    """The facts of one source, extracted once, against which any number of candidate summaries is checked.

    Args:
        text: The source as the caller gave it; spans count its code points.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.facts = extract_facts(text)
        folded = fold_with_offsets(text)
        self._measures = Measures(folded.text)
        self._whole = folded.text
        # Without spaces: a name that is written apart in one place and together in the other is the same name.
        kept = [i for i, char in enumerate(folded.text) if char != " "]
        self._folded = "".join(folded.text[i] for i in kept)
        self._spans = [folded.span(i, i + 1) for i in kept]
        self._latin = frozenset(_LATIN.findall(folded.text))
        inside = inside_of_names(folded.text)
        self._inside_names = {offset for offset, i in enumerate(kept) if i in inside}

    def has_cut_latin(self, text: str) -> bool:
        """Whether a text has the beginning of a word in Latin letters of the source, and not the word."""
        words = set(_LATIN.findall(fold_with_offsets(text).text)) - self._latin
        return any(known.startswith(word) for word in words for known in self._latin)

    def _find(self, words: str, *, whole_names: bool = False) -> SourceSpan | None:
        wanted = fold_with_offsets(words).text.replace(" ", "")
        if not wanted:
            return None
        # 391 does not stand in 46,391, nor 8 in 8/2567.
        before = "(?<![0-9])(?<![0-9][.,:/])" if wanted[0].isdigit() else ""
        after = "(?![0-9]|[.,:/][0-9])" if wanted[-1].isdigit() else ""
        for match in re.finditer(before + re.escape(wanted) + after, self._folded):
            if not whole_names or self._inside_names.isdisjoint(match.span()):
                break
        else:
            return None
        return self._spans[match.start()][0], self._spans[match.end() - 1][1]

    def _has_range(self, first: str, last: str) -> bool:
        between = r"(?!\d)[^\d]{0,24}(?:\d{4}[^\d]{0,6})?(?:[-–]|ถึง|และ|,)[^\d]{0,24}"
        return re.search(rf"(?<!\d)0?{int(first)}{between}0?{int(last)}(?!\d)", self._whole) is not None

    def check(self, summary: str) -> Support:
        """Traces every fact of ``summary`` to the source.

        A fact is supported if the source states a fact of equal (or fuller) value, or holds its very words. A number
        is not, if the source counts something else by it (300 คน where the source has 300 บาท). What stands in
        quotation marks is a name, and must be in the source word for word, and no part of a name. A minister has the
        ministry that the source gives, a deputy is one, and the bonds of :mod:`~.constraints.bonds` hold.
        """
        folded = fold_with_offsets(summary)
        denied = [folded.span(*m.span) for m in find_measures(folded.text) if self._measures.deny(m)]
        sources: list[tuple[Fact, SourceSpan]] = []
        unsupported: list[Fact] = []
        for fact in extract_facts(summary):
            if fact.kind == "number" and any(fact.span[0] <= start < fact.span[1] for start, _ in denied):
                unsupported.append(fact)
                continue
            stated = supported_by(fact, self.facts)
            span = stated.span if stated is not None else self._find(fact.text)
            if span is None:
                unsupported.append(fact)
            else:
                sources.append((fact, span))
        for match in _QUOTED.finditer(summary):
            if not any(fact.span[0] < match.end(1) and match.start(1) < fact.span[1] for fact in unsupported):
                span = self._find(match[1], whole_names=True)
                if span is not None and not self._latin.issuperset(_LATIN.findall(fold_with_offsets(match[1]).text)):
                    span = None  # half a word, or two that are one
                quoted = Fact("person", match[1], match[1], match.span(1))
                if span is None:
                    unsupported.append(quoted)
        for match in _RANGE.finditer(folded.text):
            if not self._has_range(match[1], match[3]):
                words = folded.span(*match.span())
                unsupported.append(Fact("date", summary[slice(*words)], match.group(), words))
        for start, end in wrong_titles(folded.text, self._whole):
            words = folded.span(start, end)
            unsupported.append(Fact("person", summary[slice(*words)], folded.text[start:end], words))
        for start, end in broken_bonds(folded.text, self._whole):
            words = folded.span(start, end)
            if not any(fact.span[0] < words[1] and words[0] < fact.span[1] for fact in unsupported):
                kind: FactKind = "number" if folded.text[end - 1].isdigit() else "organization"
                unsupported.append(Fact(kind, summary[slice(*words)], folded.text[start:end], words))
        for start, end in strange_places(folded.text, self._whole):
            words = folded.span(start, end)
            if not any(fact.span[0] < words[1] and words[0] < fact.span[1] for fact in unsupported):
                unsupported.append(Fact("place", summary[slice(*words)], folded.text[start:end], words))
        return Support(sources, unsupported)
