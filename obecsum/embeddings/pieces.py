"""A unigram vocabulary and the pieces that it cuts a text into."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from obecsum.core.errors import ModelError
from obecsum.text import normalize as rules

__all__ = ["ALPHABET", "DELIMITERS", "WordPieces"]

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]

#: Letters, marks and digits of folded text; everything else only parts runs. Paiyannoi and maiyamok are left out: they
#: stand behind words as punctuation does (รมว.เกษตรฯ).
ALPHABET = "".join(
    chr(code)
    for first, last in (
        (0x30, 0x39),
        (0x61, 0x7A),
        (0x0E01, 0x0E2E),
        (0x0E30, 0x0E3A),
        (0x0E40, 0x0E45),
        (0x0E47, 0x0E4E),
    )
    for code in range(first, last + 1)
)
DELIMITERS = "[^0-9a-zก-ฮะ-ฺเ-ๅ็-๎]+"


class WordPieces:
    """Cuts texts into the pieces of a unigram vocabulary, many texts in one call.

    Args:
        vocabulary: (piece, score) in the order of their ids; scores are log probabilities. Pieces hold characters of
            ``ALPHABET`` only (others, such as ``<unk>``, are never written), and each character alone is a piece.
        max_chars: Code points that are read of a text, at least 1.

    Raises:
        ModelError: A character of the alphabet is no piece, or a piece is in the vocabulary twice.
    """

    def __init__(self, vocabulary: Sequence[tuple[str, float]], *, max_chars: int) -> None:
        self.vocabulary = list(vocabulary)
        self.max_chars = max_chars
        known = {piece for piece, _ in self.vocabulary}
        missing = [char for char in ALPHABET if char not in known]
        if missing:
            raise ModelError(f"the vocabulary lacks the characters {' '.join(missing)}; each must be a piece")
        if len(known) != len(self.vocabulary):
            raise ModelError("a piece is in the vocabulary twice; ids must be unique")

    @classmethod
    def from_tokenizer(cls, tokenizer: Any, *, max_chars: int) -> WordPieces:
        """The pieces of a ``tokenizers.Tokenizer`` of a unigram model over ``ALPHABET``.

        Raises:
            ModelError: It is of another kind.
        """
        return cls.from_json(json.loads(tokenizer.to_str()), max_chars=max_chars)

    @classmethod
    def from_json(cls, content: Mapping[str, Any], *, max_chars: int) -> WordPieces:
        """As :meth:`from_tokenizer`, of the content of a ``tokenizer.json``."""
        model = content.get("model") or {}
        pattern = ((content.get("pre_tokenizer") or {}).get("pattern") or {}).get("Regex")
        if model.get("type") != "Unigram" or pattern != DELIMITERS:
            raise ModelError(
                f"a {model.get('type')} tokenizer that splits at {pattern!r} cannot be run by the fast kernel, which "
                f"needs Unigram and {DELIMITERS!r}; sentence-transformers itself can run it"
            )
        return cls([(str(piece), float(score)) for piece, score in model["vocab"]], max_chars=max_chars)

    @cached_property
    def _arrays(self) -> tuple[Any, ...]:
        from obecsum.embeddings.kernel import build_trie

        symbol = {char: number for number, char in enumerate(ALPHABET, 1)}
        usable = sorted(
            (bytes(symbol[char] for char in piece), number)
            for number, (piece, _) in enumerate(self.vocabulary)
            if piece and all(char in symbol for char in piece)
        )
        symbols = np.frombuffer(b"".join(piece for piece, _ in usable), np.uint8)
        bounds = np.cumsum([0, *(len(piece) for piece, _ in usable)], dtype=np.int64)
        ids = np.array([number for _, number in usable], np.int32)
        size = 2 * len(symbols) + 4096
        base, check, value = np.zeros(size, np.int32), np.full(size, -1, np.int32), np.full(size, -1, np.int32)
        used = build_trie(symbols, bounds, ids, base, check, value)
        if used < 0:  # cannot happen with slots for twice the characters; a wrong trie would be worse than an error
            raise ModelError("the vocabulary does not fit its trie")
        end = used + 256
        alphabet = np.zeros(rules.TABLE_SIZE, np.uint8)
        for char, number in symbol.items():
            alphabet[ord(char)] = number
        scores = np.array([score for _, score in self.vocabulary], np.float64)
        return (
            rules.kernel_table(),
            rules.scanner_pairs(),
            alphabet,
            base[:end].copy(),
            check[:end].copy(),
            value[:end].copy(),
            scores,
        )

    def cut(self, texts: Sequence[str]) -> tuple[I32, I64]:
        """The ids of the pieces of all texts, end to end, and int64 bounds of shape (n + 1,)."""
        from obecsum.embeddings.kernel import cut_batch

        # A few more code points than are read: what normalizing drops or joins must not shorten a text's opening.
        encoded = [text[: self.max_chars].encode("utf-32-le", "surrogatepass") for text in texts]
        bounds = np.cumsum([0, *(len(part) // 4 for part in encoded)], dtype=np.int64)
        source = np.frombuffer(b"".join(encoded), np.uint32)
        out = np.empty(len(source) + 1, np.int32)
        total = cut_batch(source, bounds, *self._arrays, self.max_chars, out)  # type: ignore[call-arg]  # numba's stub
        return out[:total].copy(), bounds
