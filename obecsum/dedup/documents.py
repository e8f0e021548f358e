"""Documents of a batch: the last ones whole, and the facts of those that will be asked for again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import get_args

import orjson

from obecsum.comparison.alignment.document import Document, uncached_document_of
from obecsum.text.facts import Fact, FactKind

__all__ = ["Documents"]

_MAX_CHARS = 2 << 20  # about 50 bytes each
_MAX_FACT_BYTES = 32 << 20  # some 8,000 releases
_KINDS: tuple[FactKind, ...] = get_args(FactKind)


class Documents:
    """Makes texts ready when they are asked for; finding the facts of one takes longest.

    Args:
        text_of: Gives the text of a release by its index.
        max_chars: Texts are kept whole up to so many characters, the last ones used.
        max_fact_bytes: Up to so many bytes the facts of texts that :meth:`expect` names are kept, packed.
    """

    def __init__(
        self, text_of: Callable[[int], str], *, max_chars: int = _MAX_CHARS, max_fact_bytes: int = _MAX_FACT_BYTES
    ) -> None:
        self._text_of, self._max_chars, self._room = text_of, max_chars, max_fact_bytes
        self._kept: OrderedDict[int, Document] = OrderedDict()
        self._num_chars = 0
        self._facts: dict[int, bytes] = {}

    def get(self, index: int) -> Document:
        """The text of release ``index``, ready for alignment."""
        document = self._kept.get(index)
        if document is None:
            packed = self._facts.get(index)
            document = uncached_document_of(self._text_of(index), facts_of=_unpacked(packed) if packed else None)
            self._kept[index] = document
            self._num_chars += len(document.text)
            while self._num_chars > self._max_chars and len(self._kept) > 2:
                self._num_chars -= len(self._kept.popitem(last=False)[1].text)
        else:
            self._kept.move_to_end(index)
        return document

    def expect(self, *indexes: int) -> None:
        """Say that releases that were asked for just now will be asked for again, much later."""
        for index in indexes:
            if index in self._facts or index not in self._kept:
                continue
            packed = _packed(self._kept[index].facts)
            if len(packed) <= self._room:
                self._facts[index] = packed
                self._room -= len(packed)


def _packed(facts: tuple[Fact, ...]) -> bytes:
    try:
        return orjson.dumps([(_KINDS.index(fact.kind), fact.value, *fact.span) for fact in facts])
    except orjson.JSONEncodeError:  # half a surrogate pair in a name
        return b""


def _unpacked(packed: bytes) -> Callable[[str], list[Fact]]:
    def facts_of(folded: str) -> list[Fact]:
        return [Fact(_KINDS[kind], folded[s:e], value, (s, e)) for kind, value, s, e in orjson.loads(packed)]

    return facts_of
