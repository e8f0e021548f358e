"""ROUGE on Thai words.

The original Perl ROUGE keeps only Latin letters and digits, so it scores Thai as empty. Here words come from the
dictionary segmenter of pythainlp (newmm) over the folded text: digits are western, Latin is lower case, and what is no
word (spaces, punctuation) does not count. XL-Sum's tokenization, the most common one in published Thai scores, keeps
spaces and punctuation as words, which are easy to match; :func:`xlsum_tokens` is there to compare with such scores, and
only for that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from obecsum.text.normalize import fold_with_offsets

__all__ = ["Rouge", "Word", "lcs_length", "ngrams", "rouge", "word_spans", "words", "xlsum_tokens"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word that counts.

    Attributes:
        text: Folded, without the punctuation that the segmenter leaves at its ends.
        span: (start, end), half-open, in code points of the text that was given.
    """

    text: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Rouge:
    """F1 of unigrams, bigrams and the longest common subsequence (of the whole texts), each 0 to 1."""

    r1: float
    r2: float
    rl: float


def _newmm(text: str) -> list[str]:
    from pythainlp.tokenize import word_tokenize

    return list(word_tokenize(text, engine="newmm")) if text else []


def _counts(char: str) -> bool:
    """Whether a code point is a part of a word: a letter, a digit, or a Thai mark."""
    return char.isalnum() or "\u0e30" <= char <= "\u0e3a" or "\u0e40" <= char <= "\u0e4e"


def word_spans(text: str) -> list[Word]:
    """Segments a text into its words.

    Args:
        text: Any text; it is folded here.

    Returns:
        The words in order, with spans in `text`. Spaces, punctuation and signs are not among them.
    """
    mapped = fold_with_offsets(text)
    found: list[Word] = []
    position = 0
    for token in _newmm(mapped.text):
        start, end = position, position + len(token)
        position = end
        while start < end and not _counts(mapped.text[start]):
            start += 1
        while end > start and not _counts(mapped.text[end - 1]):
            end -= 1
        if start < end:
            found.append(Word(mapped.text[start:end], mapped.span(start, end)))
    return found


def words(text: str) -> list[str]:
    """The words of a text, in order: newmm over the folded text, without spaces and punctuation.

    Examples:
        >>> words("มีโรงเรียน ๑,๘๐๘ แห่ง “ทั่วประเทศ”")
        ['มี', 'โรงเรียน', '1,808', 'แห่ง', 'ทั่วประเทศ']
    """
    return [word.text for word in word_spans(text)]


def xlsum_tokens(text: str) -> list[str]:
    """The tokens that XL-Sum's scorer counts for Thai: newmm over the lower-cased text, with spaces and punctuation.

    See Hasan et al. 2021, "XL-Sum: Large-Scale Multilingual Abstractive Summarization for 44 Languages".
    """
    return _newmm(text.lower())


def ngrams(tokens: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    """How often each run of `n` tokens occurs."""
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def lcs_length(a: Sequence[str], b: Sequence[str]) -> int:
    """Length of the longest common subsequence.

    Bit-parallel (Hyyrö 2004): one big-integer step for each token of `b`, so a long pair costs milliseconds.
    """
    masks: dict[str, int] = {}
    for i, token in enumerate(a):
        masks[token] = masks.get(token, 0) | 1 << i
    full = (1 << len(a)) - 1
    row = full
    for token in b:
        match = row & masks.get(token, 0)
        row = (row + match | row - match) & full
    return len(a) - row.bit_count()


def _f1(common: int, candidate: int, reference: int) -> float:
    return 2 * common / (candidate + reference) if common else 0.0


def rouge(candidate: Sequence[str], reference: Sequence[str]) -> Rouge:
    """Scores one summary against one reference (Lin 2004).

    Args:
        candidate: The summary's tokens, from :func:`words` or :func:`xlsum_tokens`.
        reference: The reference's, from the same function.

    Returns:
        F1 scores with clipped counts; 0 where either has no n-gram.
    """
    scores = []
    for n in (1, 2):
        ours, theirs = ngrams(candidate, n), ngrams(reference, n)
        scores.append(_f1((ours & theirs).total(), ours.total(), theirs.total()))
    longest = lcs_length(candidate, reference)
    return Rouge(scores[0], scores[1], _f1(longest, len(candidate), len(reference)))
