"""The parts of a Thai sentence of a release: when, where, who (name, post, company), and where its predicate begins."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal

from obecsum.summaries.extract import grammar
from obecsum.summaries.extract.reading import Span
from obecsum.text.facts import facts_of_normalized
from obecsum.text.segment import words

__all__ = ["Part", "Sentence", "is_finite"]

Part = Literal["marker", "date", "place", "brackets", "delegator", "company", "capacity", "aside", "name", "post"]
"""What may be left out before the predicate."""

_BRACKETS = re.compile(r"\s?\([^()]{1,160}\)")
_QUOTED = re.compile(r"“[^”]{1,400}”|\"[^\"]{1,400}\"|‘[^’]{1,200}’")
_MOST_CHARS = 1500
_MOST_SUBJECT_CHARS = 700  # a list of attendees is long; beyond that the sentence is no sentence
_MOST_ASIDE_CHARS = 400
_MIN_POST_CHARS = 6
_THAT = "ว่า"
_HAS = "มี"  # it ends names, too
_FINDING = frozenset(
    "พบ ทราบ เห็น คาด ถือ เชื่อ หวัง มั่นใจ อ้าง ระบุ เรียก พบว่า ทราบว่า เห็นว่า คาดว่า ถือว่า เรียกว่า ไม่ว่า".split()  # noqa: SIM905
)  # a ว่า behind it is its own
_SENT = re.compile(r"(?:ได้)?มอบหมาย(?:ให้)?\s?")
_ASKED = re.compile(r"(?:ได้)?รับมอบหมายจาก")
_RELATIVE = frozenset(("ซึ่ง", "ขณะที่", "ทั้งนี้"))  # a predicate behind it is that of another clause


class Sentence:
    """A sentence whose parts are known.

    Args:
        text: A sentence, normalized, on one line; of a longer one than any is, the beginning is read.
        spelled: The spans of its words, if they are known.

    Attributes:
        text: The same.
        facts: Its facts, with spans in it.
        subject: Who acts or speaks, (start, end); None where the sentence begins with its predicate, or has none.
        predicate: Where its predicate begins; None where none was found. Of what somebody says, the predicate of that.
        is_subordinate: Whether its main clause comes later.
        is_framed: Whether it first says what it is about or when.
        leans: Whether it is part of the sentence before it.
    """

    def __init__(self, text: str, spelled: Sequence[Span] | None = None) -> None:
        self._is_long = len(text) > _MOST_CHARS
        self.text = text = text[:_MOST_CHARS]
        self.facts = facts_of_normalized(text)
        self._words = words(text) if spelled is None else [span for span in spelled if span[1] <= _MOST_CHARS]
        self._starts = [start for start, _ in self._words]
        self._inside = self._atoms()
        self._parts: list[tuple[Part, int, int]] = []
        self._fixed = 0  # nothing is cut off before this
        self._until = 0
        self.subject: Span | None = None
        self.predicate: int | None = None
        self._acts: int | None = None
        self.is_subordinate = self.is_framed = self.leans = False
        self._brackets()
        self._read(0)

    def _atoms(self) -> bytearray:
        """1 for each place before which no cut may be made."""
        inside = bytearray(len(self.text) + 1)
        spans = [match.span() for pattern in (_BRACKETS, _QUOTED) for match in pattern.finditer(self.text)]
        spans += [fact.span for fact in self.facts]
        for start, end in spans:
            inside[start + 1 : end] = b"\1" * max(0, end - start - 1)
        return inside

    def _brackets(self) -> None:
        for match in _BRACKETS.finditer(self.text):
            if self.text.count("(", 0, match.start()) != self.text.count(")", 0, match.start()):
                continue  # within others
            dated = any(fact.kind == "date" and match.start() < fact.span[0] < match.end() for fact in self.facts)
            if not dated and not grammar.CHANGES.search(match[0]):
                self._parts.append(("brackets", *match.span()))

    def _phrases(self, start: int, end: int) -> Iterator[int]:
        """Where phrases begin behind spaces, atoms aside."""
        at = self.text.find(" ", start, end)
        while at >= 0:
            if not self._inside[at] and at + 1 < end:
                yield at + 1
            at = self.text.find(" ", at + 1, end)

    def _is_word(self, at: int) -> bool:
        index = bisect_left(self._starts, at)
        return index < len(self._starts) and self._starts[index] == at

    def _read(self, at: int) -> None:
        """Find the parts from ``at`` on, where a sentence begins, and its predicate."""
        text = self.text
        at = self._lead(at)
        if not grammar.LEADING_DATE.match(text, at):
            self.is_subordinate |= grammar.SUBORDINATE.match(text, at) is not None
            self.is_framed |= grammar.FRAMED.match(text, at) is not None
            self.leans |= self.predicate is None and grammar.LEANS.match(text, at) is not None
        predicate = self._find_predicate(at)
        if predicate is None:
            return
        self._subject(at, predicate)
        if self.subject is None and predicate > at and not grammar.NO_SUBJECT.match(self.text, at):
            self.subject = (at, self._until)
            self._acts = predicate
        self.predicate = predicate
        self._fixed = max(self._fixed, predicate)
        delegated = self._delegated(at, predicate)
        if delegated is not None:
            self._read(delegated)
            return
        said = self._said(predicate)
        if said is not None:
            self._read(said)

    def _lead(self, at: int) -> int:
        """Take marker, date and place off the beginning; returns where the subject begins."""
        marker = grammar.MARKER.match(self.text, at)
        if marker is not None and marker.end() < len(self.text):
            self._parts.append(("marker", at, marker.end()))
            at = marker.end()
        for _ in range(3):
            date = grammar.LEADING_DATE.match(self.text, at)
            if date is not None and date.end() > at and self.text[date.end() - 1] in " ,":
                self._parts.append(("date", at, date.end()))
                at = date.end()
                continue
            place = grammar.LEADING_PLACE.match(self.text, at)
            subject = self._next_subject(at) if place else None
            if subject is None:
                break
            self._parts.append(("place", at, subject))
            at = subject
        return at

    def _next_subject(self, at: int) -> int | None:
        """Behind a place: who acts, a person or their post."""
        people = {fact.span[0] for fact in self.facts if fact.kind == "person"}
        for phrase in self._phrases(at, min(len(self.text), at + 200)):
            if phrase in people or grammar.POST.match(self.text, phrase):
                return phrase
            following = next(self._phrases(phrase, len(self.text)), None)
            acts = following is not None and grammar.VERB.match(self.text, following)
            if acts and grammar.SUBJECT.match(self.text, phrase):
                return phrase  # an office that does something
            if grammar.VERB.match(self.text, phrase):
                return None
        return None

    def _find_predicate(self, at: int) -> int | None:
        text, end = self.text, min(len(self.text), at + _MOST_SUBJECT_CHARS)
        if grammar.VERB.match(text, at):
            return at
        index = bisect_left(self._starts, at)
        before = ""
        while index < len(self._words) and self._starts[index] < end:
            start, until = self._words[index]
            word = text[start:until]
            if word in _RELATIVE and start > at and not self._inside[start]:
                return None
            if not self._inside[start] and start > at:
                after_space = text[start - 1] in " )”"
                if after_space and grammar.VERB.match(text, start) and self._is_word(start):
                    return start
                if not after_space and before not in grammar.NOMINAL and word != _HAS and is_finite(word):
                    return start
            before = word
            index += 1
        return None

    def _subject(self, at: int, predicate: int) -> None:
        text = self.text
        phrases = [phrase for phrase in self._phrases(at, predicate) if phrase < predicate]
        person = next((fact.span for fact in self.facts if fact.kind == "person" and fact.span[0] == at), None)
        begins = person[1] if person else at
        until = predicate
        for phrase in phrases:
            if phrase < begins:
                continue
            if grammar.ATTENDEES.match(text, phrase):
                # Where others receive those who come, the verb behind is theirs.
                if text[predicate - 1] in " )”" and "โดยมี" not in text[phrase:predicate]:
                    self._parts.append(("company", phrase, predicate))
                until = min(until, phrase)
                break
        for phrase in phrases:
            if begins < phrase < until and grammar.CAPACITY.match(text, phrase):
                self._parts.append(("capacity", phrase, until))
                until = phrase
                break
        self._until = until
        if person and begins < until:
            post = begins + len(text[begins:until]) - len(text[begins:until].lstrip())
            ends = [phrase for phrase in phrases if post < phrase < until]
            if grammar.POST.match(text, post) and until - post > _MIN_POST_CHARS:
                others = any(fact.kind == "person" and post < fact.span[0] < until for fact in self.facts)
                acts = self._has_verb(post + _MIN_POST_CHARS, until)
                if not others and not acts and all(grammar.OF_POST.match(text, phrase) for phrase in ends):
                    self._parts.append(("name", at, post))
                    self._parts.append(("post", post, until))

    def _delegated(self, at: int, predicate: int) -> int | None:
        """Whoever was sent in somebody's place: where they begin. The one who sent them can go."""
        text = self.text
        sent = _SENT.match(text, predicate)
        if sent is not None:
            people = [fact.span[0] for fact in self.facts if fact.kind == "person"]
            begins = next((start for start in people if sent.end() - 1 <= start <= sent.end() + 1), None)
            if begins is not None and self._find_predicate(begins) is not None:
                self._parts.append(("delegator", at, begins))
                self.subject = None
                return begins
        if _ASKED.match(text, predicate) is not None:
            self._fixed = len(text)  # who sent them is not the news
            for phrase in self._phrases(predicate, min(len(text), predicate + _MOST_ASIDE_CHARS)):
                begins = phrase + (3 if text.startswith("ให้", phrase) else 0)
                if grammar.VERB.match(text, begins):
                    self._parts.append(("delegator", predicate, begins))
                    self.predicate = self._fixed = begins
                    break
        return None

    def _said(self, predicate: int) -> int | None:
        """Where what somebody says begins, if the predicate is a verb of saying."""
        text = self.text
        verb = grammar.REPORT.match(text, predicate)
        if verb is None:
            return None
        at = verb.end()
        spaced = at + text.startswith(" ", at)
        if text.startswith("ว่า", at):
            that = at
        elif spaced > at and grammar.SUBJECT.match(text, spaced):
            self._fixed = spaced
            return spaced
        else:
            is_aside = grammar.ASIDE.match(text, spaced) is not None
            if not is_aside and grammar.ABOUT.match(text, at) is None:
                return None
            found = self._thats(at)
            if not found:
                return None
            if len(found) > 1 and not is_aside:
                self._fixed = len(text)  # somebody else's words come first
                return None
            that = found[0]
            if is_aside:
                self._parts.append(("aside", at, that))
        begins = that + len(_THAT)
        begins += len(text[begins:]) - len(text[begins:].lstrip())
        self._fixed = begins
        return begins if begins < len(text) else None

    def _thats(self, at: int) -> list[int]:
        """Where words of others begin, each at its ว่า."""
        found = []
        limit = min(len(self.text), at + _MOST_ASIDE_CHARS)
        for index in range(bisect_left(self._starts, at), len(self._words)):
            start, end = self._words[index]
            if start >= limit:
                break
            word = self.text[start:end]
            before = self.text[self._starts[index - 1] : start].strip()
            if not self._inside[start] and word.endswith(_THAT) and before not in _FINDING and word not in _FINDING:
                found.append(end - len(_THAT))
        return found

    def _has_verb(self, at: int, end: int) -> bool:
        if grammar.VERB.match(self.text, at):
            return True
        if any(grammar.VERB.match(self.text, phrase) for phrase in self._phrases(at, end)):
            return True
        index = bisect_left(self._starts, at)
        before = ""
        for start, until in self._words[index:]:
            if until > end:
                break
            word = self.text[start:until]
            is_verb = is_finite(word) or grammar.VERB.fullmatch(word) is not None
            if is_verb and before not in grammar.NOMINAL and not self._inside[start]:
                return True
            before = word
        return False


def is_finite(word: str) -> bool:
    """Whether a word makes a predicate wherever it stands."""
    return word in grammar.FINITE or grammar.REPORT.match(word) is not None
