"""Texts as pieces and back, with ``tokenizers`` alone or with a tokenizer of transformers."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from obecsum.core.errors import ModelError
from obecsum.summaries.constraints.quotes import marked_pieces
from obecsum.text.lexicon.tables import PERSON_TITLES
from obecsum.text.slots import ALL_SLOTS, OVERFLOW

__all__ = ["HubPieces", "Pieces", "TextPieces"]

_HEADS = ("นาย", "นาง", "นางสาว", "ดร", "พลเอก", "พันเอก", "จังหวัด", "อำเภอ", "ตำบล")
_NO_LIMIT = 10**9
_NAME_CHARS = 5  # a shorter piece may be a part of any word


class TextPieces(Protocol):
    """What a model's tokenizer must do to write summaries."""

    vocabulary: dict[str, int]
    end_id: int
    pad_id: int
    limit: int

    def sources(self, texts: Sequence[str], *, window: int) -> list[list[int]]:
        """Each text as the model reads it, cut at ``window`` pieces."""
        ...

    def decode(self, ids: Sequence[int]) -> str:
        """The text that pieces stand for, special ones left out."""
        ...


class HubPieces:
    """A tokenizer of transformers.

    Args:
        tokenizer: As ``AutoTokenizer`` loads it.
    """

    def __init__(self, tokenizer: Any) -> None:
        self.limit = int(tokenizer.model_max_length)  # pieces of a text that it says the model takes; 10**30 for none
        tokenizer.model_max_length = _NO_LIMIT  # we count and cut ourselves; its warning would be false
        self.tokenizer = tokenizer
        self.vocabulary: dict[str, int] = tokenizer.get_vocab()
        self.end_id = int(tokenizer.eos_token_id)
        self.pad_id = int(tokenizer.pad_token_id if tokenizer.pad_token_id is not None else tokenizer.eos_token_id)

    def sources(self, texts: Sequence[str], *, window: int) -> list[list[int]]:
        """See :class:`TextPieces`."""
        return [list(ids) for ids in self.tokenizer(list(texts), truncation=True, max_length=window)["input_ids"]]

    def decode(self, ids: Sequence[int]) -> str:
        """See :class:`TextPieces`."""
        return str(self.tokenizer.decode(list(ids), skip_special_tokens=True))


class Pieces:
    """A model folder's ``tokenizer.json``, read without transformers.

    Args:
        folder: Model folder.

    Raises:
        ModelError: There is no such file, it cannot be read, or the folder does not say what ends a text.
    """

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        path = folder / "tokenizer.json"
        if not path.is_file():
            raise ModelError(
                f"the model folder {str(folder)!r} has no tokenizer: save it there too, with "
                "tokenizer.save_pretrained(folder)"
            )
        try:
            self.tokenizer = Tokenizer.from_file(str(path))
            config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        except Exception as error:  # tokenizers raises Exception itself
            raise ModelError(f"the tokenizer in {folder} cannot be read: {error}") from error
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.vocabulary: dict[str, int] = self.tokenizer.get_vocab(with_added_tokens=True)
        ends = config.get("eos_token_id")
        if not isinstance(ends, int):
            raise ModelError(f"{folder}/config.json must give eos_token_id as one number, got {ends!r}")
        self.end_id = ends
        self.pad_id = int(config.get("pad_token_id") or 0)
        self.limit = _tokenizer_limit(folder / "tokenizer_config.json")

    def encode(self, texts: Sequence[str]) -> list[tuple[list[int], list[tuple[int, int]]]]:
        """Ids of each text, without special pieces, and each piece's (start, end) in it, in code points."""
        found = self.tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [(encoding.ids, encoding.offsets) for encoding in found]

    def sources(self, texts: Sequence[str], *, window: int) -> list[list[int]]:
        """See :class:`TextPieces`."""
        self.tokenizer.enable_truncation(window)
        try:
            return [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]
        finally:
            self.tokenizer.no_truncation()

    def decode(self, ids: Sequence[int]) -> str:
        """See :class:`TextPieces`."""
        return str(self.tokenizer.decode(list(ids), skip_special_tokens=True))

    @cached_property
    def forbidden_ids(self) -> frozenset[int]:
        """Pieces that our own model must never write: control tokens, digits, bytes, the overflow slot."""
        return frozenset(
            index
            for piece, index in self.vocabulary.items()
            if index != self.end_id
            and (
                (piece.startswith("<") and piece.endswith(">") and len(piece) > 2)
                or piece == OVERFLOW
                or any(char.isdigit() for char in piece)
            )
        )

    @cached_property
    def slot_ids(self) -> dict[str, int]:
        """Slot -> its id."""
        return {slot: self.vocabulary[slot] for slot in ALL_SLOTS}

    @cached_property
    def slots(self) -> frozenset[int]:
        """Ids of all slots."""
        return frozenset(self.slot_ids.values())

    @cached_property
    def texts(self) -> list[str]:
        """What each id stands for, in the tokenizer's spelling (``▁`` for a space)."""
        found = [""] * (max(self.vocabulary.values()) + 1)
        for piece, index in self.vocabulary.items():
            found[index] = piece
        return found

    @cached_property
    def squeezed(self) -> list[str]:
        """What each id writes, spaces aside; control pieces write nothing."""
        control = re.compile("^<.+>$")
        return [control.sub("", text).replace("▁", "") for text in self.texts]

    @cached_property
    def quoting(self) -> frozenset[int]:
        """Ids of the pieces that hold a quotation mark."""
        return marked_pieces(self.squeezed)

    @cached_property
    def people(self) -> dict[int, str]:
        """Pieces that are a person's name and no word, from pythainlp's lists: id -> name.

        A tokenizer learns the names of the ministers of its years, and a model to write them from memory.
        """
        from pythainlp.corpus import thai_family_names, thai_female_names, thai_male_names, thai_words
        from pythainlp.tokenize import word_tokenize

        common = thai_words()
        names = (thai_male_names() | thai_female_names() | thai_family_names()) - common
        return {
            index: text
            for index, text in enumerate(self.squeezed)
            if len(text) >= _NAME_CHARS and text in names and not common.issuperset(word_tokenize(text, engine="newmm"))
        }

    @cached_property
    def bare(self) -> dict[int, int]:
        """Piece that begins with a space -> the same without it, where both exist."""
        vocabulary = self.vocabulary
        return {
            index: vocabulary[piece[1:]]
            for piece, index in vocabulary.items()
            if len(piece) > 1 and piece[0] == "▁" and piece[1:] in vocabulary
        }

    @cached_property
    def head_ids(self) -> list[int]:
        """Ids of the pieces that are a person's title or a place's head word."""
        vocabulary = self.vocabulary
        return sorted(vocabulary[piece] for head in _HEADS for piece in (head, "▁" + head) if piece in vocabulary)

    @cached_property
    def titles(self) -> frozenset[tuple[int, ...]]:
        """Titles of several pieces (พล.ต.อ.) and their beginnings of three pieces and more, first piece without space.

        Two pieces are too few to tell: น. begins น.ส. and ends a time of day.
        """
        found: set[tuple[int, ...]] = set()
        for title in PERSON_TITLES:
            for ids, _ in self.encode([title, " " + title]):
                pieces = (self.bare.get(ids[0], ids[0]), *ids[1:])
                if len(title) >= 3 and len(pieces) >= 2 and self.texts[pieces[0]] != "▁":
                    found.update(pieces[:size] for size in range(3, len(pieces)))
                    found.add(pieces)
        return frozenset(found)

    @cached_property
    def space_ids(self) -> frozenset[int]:
        """Ids of pieces that begin with a space: a word or name before them has ended."""
        return frozenset(index for piece, index in self.vocabulary.items() if piece.startswith("▁"))


def _tokenizer_limit(path: Path) -> int:
    try:
        return int(json.loads(path.read_text(encoding="utf-8")).get("model_max_length") or _NO_LIMIT)
    except (OSError, ValueError, AttributeError):
        return _NO_LIMIT
