"""What each card of the page says, as JSON; what it shows when it is opened goes into the page's texts.

A card is an object with short names, as there are tens of thousands:

===== ==================================================================================================
i t   id and title; ``d`` date, ``u`` link, ``s`` number of the source, ``b`` if no command can name the id
o     the other release, a card with the first four
r j   relation and similarity; ``c`` classes of the differences, each with its count; ``w`` what is lost
l     of possible duplicates: what would be lost with either, two accounts
g h   of updates: series, and changes as [kind, before, after]
hl sm headline and summary; ``pt`` points, ``f`` fallback, ``un`` facts not in the release, ``lo`` low confidence
cu    kinds of cuts, each with its count
x     number of the part of the texts and place in it; null if there was no room
===== ==================================================================================================
"""

from __future__ import annotations

import base64
import binascii
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from obecsum.comparison.account.account import Account, Difference
from obecsum.comparison.alignment.document import document_of
from obecsum.comparison.compare import accounts_of
from obecsum.comparison.side_by_side import side_by_side
from obecsum.report.page.parts import Cards, Texts
from obecsum.report.page.rows import Files, Named
from obecsum.text.printable import printable, shortened

__all__ = ["Deck"]

MOST_CARDS = 20_000
_MOST_CARD_BYTES = 2_000_000  # of each kind, compressed
_MOST_QUARANTINED = 500
_MOST_CHANGES = 12
_CHANGE_CHARS = 160
_RAW_CHARS = 160
_LOW = 0.5


class Deck:
    """The cards of a job.

    Args:
        files: Of the job.
        texts: Takes what cards show when they are opened.

    Attributes:
        reasons: Class of a difference to the number of removals that have it; "none" of those without any.
        quarantined: Source, line, reason and beginning of the first records that could not be used.
    """

    def __init__(self, files: Files, texts: Texts) -> None:
        self._files, self._texts = files, texts
        self.kinds = {name: Cards(MOST_CARDS, _MOST_CARD_BYTES) for name in ("removed", "possible", "updates", "kept")}
        self.reasons: Counter[str] = Counter()
        self.quarantined: list[dict[str, Any]] = []
        self._add_removed()
        self._add_possible()
        self._add_kept()
        for row, _ in zip(files.quarantined(), range(_MOST_QUARANTINED), strict=False):
            self.quarantined.append(
                {
                    "source": printable(row["source"]),
                    "line": row["line"],
                    "reason": printable(row["reason"]),
                    "raw": _raw(row),
                }
            )
        for cards in self.kinds.values():
            cards.finish()

    def _add_removed(self) -> None:
        cards = self.kinds["removed"]
        for source, row in self._files.removed():
            cards.total += 1
            classes = _classes(row["account"])
            self.reasons.update(classes.keys() or ["none"])
            if cards.is_full:
                continue
            kept = self._files.name(row["kept_id"])
            card = _named(Named.of(row), row["id"]) | {"s": source, "r": row["relation"], "j": round(row["jaccard"], 3)}
            card |= {"o": _named(kept, row["kept_id"]), "c": classes}
            card["w"] = round(sum(one["weight"] for one in row["account"]), 2)
            card["x"] = self._pair(self._files.compared_of(row), self._files.compared(row["kept_id"]), row)
            cards.add(card)

    def _add_possible(self) -> None:
        cards = self.kinds["possible"]
        for row in self._files.possible():
            cards.total += 1
            if cards.is_full:
                continue
            mine, other = self._files.name(row["id"]), self._files.name(row["other_id"])
            card = _named(mine, row["id"]) | {"r": row["relation"], "o": _named(other, row["other_id"])}
            card["c"] = _classes(row["account"])
            card["l"] = [_account(row["lost"]["id"]), _account(row["lost"]["other_id"])]
            card["w"] = round(sum(one["weight"] for one in row["lost"]["id"]), 2)
            texts = [self._files.compared(row[name]) for name in ("id", "other_id")]
            card["x"] = None if texts[0] is None else self._pair(texts[0], texts[1], row)
            cards.add(card)

    def _pair(self, text: str, other: str | None, row: Mapping[str, Any]) -> list[int] | None:
        """Both texts side by side, with the account as the job wrote it."""
        if self._texts.is_full:
            return None
        pieces: list[list[Any]] = []
        if other is not None:
            for piece in side_by_side(text, other, _judged(text, other, row)):
                ours, theirs = printable(piece.text), printable(piece.other)
                is_same = piece.kind is None and ours == theirs
                pieces.append([ours, 0 if is_same else theirs, piece.kind or 0, piece.weight, int(piece.is_far)])
        return self._texts.add({"a": _account(row["account"]), "p": pieces})

    def _add_kept(self) -> None:
        updates, cards = self.kinds["updates"], self.kinds["kept"]
        for source, row in self._files.kept():
            name = _named(Named.of(row), row["id"]) | {"s": source}
            if row["previous_id"] is not None:
                updates.total += 1
                if not updates.is_full:
                    before = _named(self._files.name(row["previous_id"]), row["previous_id"])
                    series = None if row["series"] is None else printable(row["series"])
                    updates.add(name | {"o": before, "g": series, "h": _changes(row["changes"])})
            cards.total += 1
            if not cards.is_full:
                cards.add(name | self._summarized(row))

    def _summarized(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """What was written of a release, where it is not all the model's own or not sure, and what was cut."""
        card: dict[str, Any] = {}
        for short, field in (("hl", "headline"), ("sm", "summary")):
            if row[field]:
                card[short] = printable(str(row[field]))
        points = row.get("points")
        if points:
            card["pt"] = (
                [printable(str(one)) for one in points] if isinstance(points, list) else [printable(str(points))]
            )
        if card:
            card["f"] = printable(str(row["fallback"])) if row["fallback"] else None
            card["un"] = [printable(str(one["text"])) for one in row["unsupported"] or ()]
            card["lo"] = _is_low(row.get("confidence"))
        card["cu"] = Counter(str(cut["kind"]) for cut in row["cut"])
        if card.keys() - {"cu"} or row["cut"]:
            cuts = [[cut["kind"], shortened(printable(cut["text"].strip()), 2000)] for cut in row["cut"]]
            card["x"] = self._texts.add({"t": _passages(row), "u": cuts})
        return card


def _named(named: Named, release_id: str) -> dict[str, Any]:
    card: dict[str, Any] = {"i": named.id, "t": named.title, "d": named.published}
    if named.url:
        card["u"] = named.url
    if named.id != release_id:
        card["b"] = 1  # no command can name it
    return card


def _judged(text: str, other: str, row: Mapping[str, Any]) -> Account:
    """The account of two texts with the spans that the job found: to find them again takes a hundredth of a second.

    They are found again where the texts are others than they were: of an index that has learned since.
    """
    if text == other:
        return Account()
    found = []
    for kind, weight, start, end, other_start, other_end in row.get("spans") or ():
        spans = (start, end), (other_start, other_end)
        found.append(Difference(kind, weight, text[start:end], other[other_start:other_end], *spans))
    told = {(one["kind"], one["text"], one["other"]) for one in row["account"]}
    shown = {(one.kind, shortened(one.text), shortened(one.other)) for one in found}
    if told - shown or (found and not told):
        return accounts_of(document_of(text), document_of(other))[0]
    return Account(tuple(found))


def _classes(account: Iterable[Mapping[str, Any]]) -> Counter[str]:
    return Counter(printable(one["kind"]) for one in account)


def _account(account: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
    return [[printable(one["kind"]), printable(one["text"]), printable(one["other"]), one["weight"]] for one in account]


def _changes(changes: Iterable[Mapping[str, Any]]) -> list[list[str]]:
    shown = [one for one in changes if one["kind"] not in ("space", "punctuation")]
    return [
        [printable(one["kind"]), *(shortened(printable(one[side]), _CHANGE_CHARS) for side in ("before", "after"))]
        for one in shown[:_MOST_CHANGES]
    ]


def _is_low(confidence: object) -> bool:
    if isinstance(confidence, int | float):
        return confidence < _LOW
    return confidence == "low"


def _passages(row: Mapping[str, Any]) -> list[list[Any]]:
    """The text in pieces, each with the sentence of the summary that it is the passage of: its text, or null."""
    text = row["text"]
    pieces: list[list[Any]] = []
    at = 0
    for one in sorted(_sentences(row, len(text)), key=lambda one: (one["start"], one["end"])):
        start, end = max(at, one["start"]), one["end"]
        if start < end:
            pieces += [[printable(text[at:start]), None], [printable(text[start:end]), printable(str(one["text"]))]]
            at = end
    pieces.append([printable(text[at:]), None])
    return [piece for piece in pieces if piece[0]]


def _sentences(row: Mapping[str, Any], length: int) -> list[Mapping[str, Any]]:
    found = []
    for one in row.get("sentences") or ():
        start, end = one.get("start"), one.get("end")
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= length:
            found.append(one)
    return found


def _raw(row: Mapping[str, Any]) -> str:
    try:
        raw = base64.b64decode(row["raw_base64"][: 4 * _RAW_CHARS])
    except (binascii.Error, ValueError):
        return ""
    return printable(raw.decode("utf-8", "replace"))[:_RAW_CHARS]
