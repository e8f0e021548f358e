"""From prepared texts to candidate summaries: encoding, constrained beam search, decoding, tidying."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from obecsum.summaries.abbreviations import spell_as
from obecsum.summaries.constraints.echo import NoEcho
from obecsum.summaries.constraints.joints import JointRule
from obecsum.summaries.constraints.locks import EchoRule, NameRule, PhraseRule, Rule
from obecsum.summaries.constraints.quotes import QuoteRule
from obecsum.summaries.engines.engine import Request
from obecsum.summaries.engines.pieces import Pieces
from obecsum.summaries.engines.torch_model import LoadedModel
from obecsum.text.names import find_people
from obecsum.text.normalize import normalize
from obecsum.text.slots import SlottedText, fill_slots, slot_source

__all__ = ["Writer", "tidy"]

#: The length class that each kind asks for, chosen on the validation months.
LENGTH_CLASS = {"headline": "<len2>", "summary": "<len3>"}
MAX_NEW_PIECES = {"headline": 60, "summary": 90}

# Words that open something: a text that ends with one was cut before it said what.
_DANGLING = (
    "และ", "หรือ", "ที่", "ของ", "เพื่อ", "โดย", "ใน", "ให้", "กับ", "แก่", "จาก", "ซึ่ง", "พร้อม", "ตาม", "เป็น", "ว่า", "แต่", "ณ",
    "เรื่อง", "เวลา", "ครั้งที่", "รวมถึง", "พร้อมทั้ง", "เนื่องจาก", "นาย", "นาง", "นางสาว", "จังหวัด", "จำนวน",
)  # fmt: skip
_PAIRS = (("“", "”"), ("(", ")"), ("‘", "’"), ("[", "]"))
_FEW = 8
_SPACES = re.compile(r"\s+")
_NUMBER_END = re.compile(r"(?<=\d)(?=[ก-ฮเ-ไ])")  # Thai sets a space between a number and the word after it


class Writer:
    """Writes candidate summaries with one model.

    Args:
        loaded: The model.
        num_beams: Beams, and candidates for each text.
        locked: Whether the rules of :mod:`~obecsum.summaries.constraints.locks` hold; without them the search is plain.
    """

    def __init__(self, loaded: LoadedModel, *, num_beams: int, locked: bool = True) -> None:
        self.loaded = loaded
        self.num_beams = num_beams
        self.locked = locked

    @cached_property
    def _echo(self) -> NoEcho:
        pieces = self.loaded.pieces
        assert isinstance(pieces, Pieces)
        return NoEcho(pieces.texts, once=pieces.slots)

    def write(self, texts: Sequence[str], *, kind: str) -> list[list[str]]:
        """Writes up to ``num_beams`` candidates for each text, the model's favorite first.

        Args:
            texts: Prepared texts, one line each.
            kind: "summary" or "headline".
        """
        if not texts:
            return []
        if isinstance(self.loaded.pieces, Pieces) and self.loaded.number_slots:
            return self._write_slotted(texts, kind, self.loaded.pieces)
        return self._write_plain(texts, kind)

    def _request(
        self,
        kind: str,
        rules: Sequence[Rule],
        forbidden: Sequence[frozenset[int]] = (),
    ) -> Request:
        return Request(
            num_beams=self.num_beams,
            max_new_pieces=MAX_NEW_PIECES[kind],
            rules=rules if self.locked else (),
            forbidden=forbidden if self.locked else (),
        )

    def _write_plain(self, texts: Sequence[str], kind: str) -> list[list[str]]:
        loaded, pieces = self.loaded, self.loaded.pieces
        sources = pieces.sources([loaded.prefix + text for text in texts], window=loaded.window)
        spaces = [pieces.vocabulary["▁"]] if "▁" in pieces.vocabulary else []
        rule = PhraseRule(4, _ids_with_digits(pieces.vocabulary), spaces=spaces)
        written = loaded.engine.search(sources, self._request(kind, [rule]))
        # Tokenizers that normalize by NFKC split ำ in two: normalize() puts it together again.
        return [
            _distinct(tidy(normalize(pieces.decode(ids)), finished=pieces.end_id in ids) for ids in candidates)
            for candidates in written
        ]

    def _write_slotted(self, texts: Sequence[str], kind: str, pieces: Pieces) -> list[list[str]]:
        room = self.loaded.window - 3
        slotted = [slot_source(text) for text in texts]
        passages = [source.text for source in slotted]
        encoded = pieces.encode(passages)
        bodies = [ids[:room] for ids, _ in encoded]
        head = [pieces.vocabulary[f"<{kind}>"], pieces.vocabulary[LENGTH_CLASS[kind]]]
        names = self._name_rule(pieces, passages, bodies, [offsets for _, offsets in encoded])
        phrases = PhraseRule(3, pieces.slots, spaces=[pieces.vocabulary["▁"]])
        written = self.loaded.engine.search(
            [[*head, *ids, pieces.end_id] for ids in bodies],
            self._request(
                kind,
                [
                    phrases,
                    names,
                    EchoRule(self._echo, [_said_twice(ids, pieces.slots) for ids in bodies]),
                    QuoteRule(pieces.squeezed, passages, marked=pieces.quoting, end_id=pieces.end_id),
                    JointRule(pieces.squeezed, pieces.space_ids, passages),
                ],
                self._forbidden(pieces, bodies, slotted),
            ),
        )
        return [
            _distinct(
                spell_as(tidy(normalize(fill_slots(pieces.decode(ids), source)), finished=pieces.end_id in ids), text)
                for ids in candidates
            )
            for text, source, candidates in zip(texts, slotted, written, strict=True)
        ]

    def _forbidden(
        self, pieces: Pieces, bodies: Sequence[Sequence[int]], slotted: Sequence[SlottedText]
    ) -> list[frozenset[int]]:
        rows = []
        for ids, source in zip(bodies, slotted, strict=True):
            absent = {i for slot, i in pieces.slot_ids.items() if slot not in source.numbers} | pieces.slots - set(ids)
            squeezed = "".join(source.text.split())
            strangers = {i for i, name in pieces.people.items() if name not in squeezed}
            rows.append(pieces.forbidden_ids | absent | strangers)
        return rows

    def _name_rule(
        self,
        pieces: Pieces,
        passages: Sequence[str],
        bodies: Sequence[Sequence[int]],
        offsets: Sequence[Sequence[tuple[int, int]]],
    ) -> NameRule:
        heads: list[dict[int, frozenset[int]]] = []
        titles: list[dict[tuple[int, ...], frozenset[int]]] = []
        names: list[list[tuple[tuple[int, ...], tuple[bool, ...]]]] = []
        for text, ids, spans in zip(passages, bodies, offsets, strict=True):
            # A head is the same word with a space before it and without: what follows the one follows the other.
            following: dict[int, set[int]] = {pieces.bare.get(head, head): set() for head in pieces.head_ids}
            for piece, after in pairwise(ids):
                if (head := pieces.bare.get(piece, piece)) in following:
                    following[head].add(after)
            heads.append({head: frozenset(following[pieces.bare.get(head, head)]) for head in pieces.head_ids})
            titles.append(_titles(pieces, ids))
            row: list[tuple[tuple[int, ...], tuple[bool, ...]]] = []
            for start, end, _ in find_people(text):
                inside = [i for i, (s, e) in enumerate(spans[: len(ids)]) if s < end and e > start]
                # A piece that reaches beyond the name would lock what follows it.
                while inside and spans[inside[-1]][1] > end:
                    inside.pop()
                if len(inside) >= 2:
                    name = tuple(ids[i] for i in inside)
                    row.append((name, tuple(piece in pieces.space_ids for piece in name)))
            names.append(row)
        return NameRule(heads, names, titles=titles, bare=pieces.bare)


def _said_twice(ids: Sequence[int], slots: Collection[int]) -> frozenset[int]:
    """Numbers that a source has twice within a few pieces (1 อำเภอ 1 โรงเรียน): there both belong to the phrase."""
    last: dict[int, int] = {}
    found = set()
    for index, piece in enumerate(ids):
        if piece in slots:
            if index - last.get(piece, -_FEW) < _FEW:
                found.add(piece)
            last[piece] = index
    return frozenset(found)


def _titles(pieces: Pieces, ids: Sequence[int]) -> dict[tuple[int, ...], frozenset[int]]:
    """Titles of several pieces -> what follows each in a source."""
    found: dict[tuple[int, ...], frozenset[int]] = dict.fromkeys(pieces.titles, frozenset())
    firsts = {title[0] for title in found}
    sizes = sorted({len(title) for title in found})
    for start, piece in enumerate(ids):
        first = pieces.bare.get(piece, piece)
        if first in firsts:
            for size in sizes:
                title = (first, *ids[start + 1 : start + size])
                if start + size < len(ids) and title in found:
                    found[title] |= {ids[start + size]}
    return found


def _ids_with_digits(vocabulary: Mapping[str, int]) -> list[int]:
    return [index for piece, index in vocabulary.items() if any(char.isdigit() for char in piece)]


def _distinct(candidates: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(candidates))


def tidy(text: str, *, finished: bool) -> str:
    """A generated text as it may be printed: one line, no cut word at the end, quotation marks and brackets in pairs.

    Args:
        text: What the model wrote, numbers filled in.
        finished: Whether the model ended it; if not, its last phrase is cut off.
    """
    text = _NUMBER_END.sub(" ", _SPACES.sub(" ", text).strip())
    if not finished and " " in text:
        text = text[: text.rindex(" ")]
    while (tidied := _tidy_ends(text)) != text:
        text = tidied
    return text


def _without_last_name(text: str) -> str:
    """Drops a person whose deed was cut off: a name at the very end, right after a number or a date."""
    people = find_people(text)
    if people and people[-1][1] == len(text) and re.search(r"\d\s?$", text[: people[-1][0]]):
        return text[: people[-1][0]].rstrip(" -–—,:;")
    return text


def _tidy_ends(text: str) -> str:
    text = _without_last_name(text.strip(" -–—,:;"))
    while True:
        word = next((w for w in _DANGLING if text.endswith(" " + w)), None)
        if word is None:
            break
        text = text[: -len(word)].rstrip(" -–—,:;")
    for opening, closing in _PAIRS:
        if text.count(opening) > text.count(closing):
            start = text.rindex(opening)
            # A quotation that has hardly begun goes; one that was written out is closed.
            text = text[:start].rstrip() if len(text) - start < 6 and start > 20 else text + closing
        elif text.count(closing) > text.count(opening):
            position = text.index(closing)
            text = text[:position] + text[position + len(closing) :]
    return _SPACES.sub(" ", text).strip()
