"""The vocabulary of the embedding model: Thai words by how often releases use them, single characters below.

Smaller pieces than a language model's retrieve better: a piece of several words matches nothing but itself. With the
TF-IDF of the pieces alone, whole words found 68 % of the validation months' bodies by their headlines, 20-character
SentencePiece pieces 65 %. newmm finds the words once, here; the model itself cuts by their frequencies.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from obecsum.embeddings.pieces import ALPHABET, DELIMITERS
from obecsum.text.normalize import fold, normalize

__all__ = ["build_tokenizer", "count_words", "runs", "unigram_vocabulary"]

_NO_LETTER = re.compile(DELIMITERS)
_MAX_RUN_CHARS = 300
_MAX_WORD_CHARS = 30
_INVISIBLE = "[\u00ad\u200b-\u200f\u2060\ufeff]"


def runs(text: str) -> list[str]:
    """The runs of letters, marks and digits of the folded text."""
    return [run for run in _NO_LETTER.split(fold(normalize(text))) if run]


def count_words(texts: Iterable[str]) -> Counter[str]:
    """How often newmm finds each word; a run that comes again is cut once."""
    from pythainlp.tokenize import word_tokenize

    counted = Counter(run for text in texts for run in runs(text) if len(run) <= _MAX_RUN_CHARS)
    words: Counter[str] = Counter()
    for run, times in counted.items():
        for word in word_tokenize(run, engine="newmm"):
            words[word] += times
    return words


def unigram_vocabulary(words: Counter[str], *, size: int) -> list[tuple[str, float]]:
    """(piece, log probability): ``<unk>``, then the ``size`` most frequent words, then the characters that they lack.

    Args:
        words: As :func:`count_words` counts them.
        size: Words that are taken, at least 1; ties by the word.
    """
    usable = {w: n for w, n in words.items() if len(w) <= _MAX_WORD_CHARS and all(char in ALPHABET for char in w)}
    total = sum(usable.values()) or 1
    chosen = sorted(usable, key=lambda word: (-usable[word], word))[:size]
    lowest = min((math.log(usable[word] / total) for word in chosen), default=0.0) - 3.0
    # A character alone is a last resort, however often newmm left one over.
    pieces = [(word, math.log(usable[word] / total) if len(word) > 1 else lowest) for word in chosen]
    known = set(chosen)
    return [("<unk>", 0.0), *pieces, *((char, lowest) for char in ALPHABET if char not in known)]


def build_tokenizer(vocabulary: list[tuple[str, float]]) -> Any:
    """The ``tokenizers.Tokenizer`` of a vocabulary; cuts folded texts as :class:`obecsum.embeddings.pieces.WordPieces`.

    Its normalizer repairs what is frequent in raw text (Thai digits, invisible characters, a split sara am), so that
    the model also works where sentence-transformers alone runs it.
    """
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    split_am = [("\u0e4d" + tone + "\u0e32", tone + "\u0e33") for tone in ("", *"\u0e48\u0e49\u0e4a\u0e4b")]
    digits = [(chr(0x0E50 + digit), str(digit)) for digit in range(10)]
    replaced = [("เเ", "แ"), *split_am, *digits]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_INVISIBLE), ""),
            *(normalizers.Replace(before, after) for before, after in replaced),
            normalizers.Lowercase(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(DELIMITERS), "removed")
    return tokenizer
