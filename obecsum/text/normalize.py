"""Text as Thai readers see it (:func:`normalize`) and as it is compared (:func:`fold`).

Both are a look-up table over code points plus a few rules about neighbors, so that the compiled kernel
(:mod:`obecsum.minhash.shingles`) can apply exactly the same while it scans. The rules repair what keyboards and
converters break and readers do not see: they never remove a mark that stands alone, so no two words become one
(ม่า stays apart from มา, ไม่ from ไม้, ข่าว from ข้าว).

The rules, each of which looks at most three code points back and so takes constant time:

==========================  =============================================  ===========================
what                        before                                         after
==========================  =============================================  ===========================
same mark twice             mark mark                                      mark
tone before vowel mark      tone vowel (after one tone only)               vowel tone
split sara am               U+0E4D, at most one tone, U+0E32               tone, U+0E33
tone after sara am          U+0E33 tone                                    tone U+0E33
tone after sara a or aa     U+0E30 or U+0E32, tone                         tone, U+0E30 or U+0E32
two sara e                  U+0E40 U+0E40                                  U+0E41
two dots or more            . . (only fold)                                U+2026
==========================  =============================================  ===========================

Marks in an order that no rule names are left as they are. What PDFs break needs a dictionary and is no rule of the
tables: :mod:`obecsum.text.mend` does that, behind them, in :func:`normalize` and both functions with offsets. The
kernel's shingles are those of the tables alone: they have no white space, so what is left of the difference is the
marks that PDFs lose.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from obecsum.text.argument import text_argument

__all__ = ["Mapped", "fold", "fold_with_offsets", "normalize", "normalize_with_offsets"]

# Classes of code points. Everything from VOWEL on takes part in a rule about neighbors.
PLAIN: Final = 0
SPACE: Final = 1
DROP: Final = 2
VOWEL: Final = 3  # marks above or below that are no tone: vowels, maitaikhu, phinthu, yamakkan
NIKHAHIT: Final = 4
TONE: Final = 5  # the four tones and thanthakhat
AA: Final = 6
AM: Final = 7
SARA_E: Final = 8
DOT: Final = 9
ELLIPSIS: Final = 10
TONE_ON_NIKHAHIT: Final = 11  # a state of the kernel's scanner, no class of a code point
SARA_A: Final = 12
_BEHIND_TONE: Final = (AM, AA, SARA_A)  # vowels that stand behind their consonant's tone

TABLE_SIZE: Final = 0x10000  # code points beyond the basic plane stay as they are
_SARA_A, _SARA_AA, _SARA_AM, _SARA_E, _SARA_AE, _ELLIPSIS = 0x0E30, 0x0E32, 0x0E33, 0x0E40, 0x0E41, 0x2026

# Glyph variants of old Thai fonts (Windows, Mac) in the private use area, U+F700 to U+F71A, in order.
_PRIVATE_USE_GLYPHS = (
    "\u0e10\u0e34\u0e35\u0e36\u0e37\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e0d\u0e31\u0e4d"
    "\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e38\u0e39\u0e3a"
)
_INVISIBLE = (
    (0x00, 0x08), (0x0E, 0x1F), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x061C, 0x061C), (0x180E, 0x180E),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB),
)  # fmt: skip
_SPACES = (0x09, 0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_BREAKS = (0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)
_SAME = {
    '"': "\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb\u301d\u301e\u301f",
    "'": "\u2018\u2019\u201a\u201b\u2032\u2035\u00b4`\u2039\u203a",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63",
    "\u2022": "\u00b7\u25cf\u25aa\u25a0\u25e6\u2023\u2219\u22c5\u30fb\u318d\uf0a7\uf0b7\uf0d8\uf0fc",
}


@dataclass(frozen=True, slots=True)
class Mapped:
    """A normalized or folded text that knows where it came from.

    Attributes:
        text: The new text.
        starts: int32 of shape ``(len(text) + 1,)``, never decreasing: for each code point of ``text`` the offset in
            the original string, and ``len(original)`` at the end. Where marks changed places, the offsets stay sorted.
    """

    text: str
    starts: npt.NDArray[np.int32]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the original that ``text[start:end]`` came from, with what was dropped behind it."""
        first, last = int(self.starts[start]), int(self.starts[end])
        return first, max(first, last) if end > start else first


@lru_cache(maxsize=1)
def normalize_tables() -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
    """What a code point becomes and its class, for :func:`normalize`; two arrays of length ``TABLE_SIZE``."""
    codes = np.arange(TABLE_SIZE, dtype=np.uint32)
    classes = np.zeros(TABLE_SIZE, dtype=np.uint8)
    for first, last in _INVISIBLE:
        classes[first : last + 1] = DROP
    for code in _SPACES:
        codes[code], classes[code] = 0x20, SPACE
    codes[list(_BREAKS)] = 0x0A
    for offset, mark in enumerate(_PRIVATE_USE_GLYPHS):
        codes[0xF700 + offset] = ord(mark)
    thai = np.zeros(TABLE_SIZE, dtype=np.uint8)
    for mark in "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e4e":
        thai[ord(mark)] = VOWEL
    thai[0x0E48:0x0E4D] = TONE
    thai[0x0E4D] = NIKHAHIT
    thai[_SARA_A], thai[_SARA_AA], thai[_SARA_AM], thai[_SARA_E] = SARA_A, AA, AM, SARA_E
    return codes, np.where(thai[codes] > 0, thai[codes], classes)


@lru_cache(maxsize=1)
def fold_tables() -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
    """As :func:`normalize_tables`, for ``fold(normalize(...))`` in one step."""
    codes, classes = _fold_only_tables()
    normal_codes, normal_classes = normalize_tables()
    return codes[normal_codes], np.where(normal_classes > 0, normal_classes, classes[normal_codes])


@lru_cache(maxsize=1)
def _fold_only_tables() -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
    codes = np.arange(TABLE_SIZE, dtype=np.uint32)
    classes = np.zeros(TABLE_SIZE, dtype=np.uint8)
    codes[0x0E50:0x0E5A] = np.arange(0x30, 0x3A)
    codes[0xFF01:0xFF5F] = np.arange(0x21, 0x7F)
    for target, variants in _SAME.items():
        for variant in variants:
            codes[ord(variant)] = ord(target)
    # Only alphabets that Thai releases quote, and only the first code point where a lower case needs two.
    lower = np.arange(TABLE_SIZE, dtype=np.uint32)
    for code in (*range(0x41, 0x590), *range(0x1E00, 0x2000), 0x2126, 0x212A, 0x212B):
        lower[code] = ord(chr(code).lower()[0])
    codes = lower[codes]
    for code in (*_SPACES, *_BREAKS, 0x0A):
        codes[code], classes[code] = 0x20, SPACE
    classes[codes == 0x2E] = DOT
    classes[_ELLIPSIS] = ELLIPSIS
    codes[0x2025], classes[0x2025] = _ELLIPSIS, ELLIPSIS
    return codes, classes


def normalize(text: str) -> str:
    r"""Repair what a reader does not see; safe for display, and idempotent.

    Keeps line breaks, case, the script of digits and every visible sign. Drops zero-width and control characters (NUL
    too), makes every kind of space a plain one and runs of spaces a single one, every kind of line break ``\n``, glyph
    variants of old Thai fonts standard letters, repairs the Thai spellings that the module's table lists, and puts
    words together that a PDF's text layer broke, where the dictionary makes it certain (:mod:`obecsum.text.mend`).

    Args:
        text: Any string, lone surrogates included (they stay).

    Returns:
        The repaired text, never longer than the given one.

    Raises:
        TypeError: It is no string.

    Example:
        >>> normalize("น\u0e4d\u0e49\u0e32\u00a0\u00a0เเดง")
        'น้ำ แดง'
    """
    codes = _apply(_encode(text_argument(text)), normalize_tables())[0]
    plain = _decode(codes)
    if _may_be_broken(codes) and (mended := _mended(plain)) is not None:
        return mended[0]
    return plain


def fold(text: str) -> str:
    """Unify what does not matter in a comparison; expects what :func:`normalize` returns, and is idempotent.

    Thai digits become 0-9, quotes, dashes, bullets and full-width signs plain ones, Latin, Greek and Cyrillic letters
    lower case, two dots or more an ellipsis, and a run of white space one space.

    Example:
        >>> fold("“ปี ๒๕๖๗” – OBEC...")
        '"ปี 2567" - obec…'
    """
    return _decode(_apply(_encode(text), _fold_only_tables())[0])


def normalize_with_offsets(text: str) -> Mapped:
    """:func:`normalize` with the offset of each code point in ``text``."""
    codes, origin = _apply(_encode(text), normalize_tables())
    if _may_be_broken(codes) and (mended := _mended(_decode(codes))) is not None:
        return _mapped(mended[0], origin[mended[1]], len(text))
    return _mapped(_decode(codes), origin, len(text))


def fold_with_offsets(text: str) -> Mapped:
    """``fold(normalize(text))`` with the offset of each code point in ``text``."""
    codes, origin = _apply(_encode(text), fold_tables())
    if _may_be_broken(codes):
        normal = normalize_with_offsets(text)
        codes, origin = _apply(_encode(normal.text), _fold_only_tables())
        origin = normal.starts[origin].astype(np.int64)
    return _mapped(_decode(codes), origin, len(text))


def _mapped(text: str, origin: npt.NDArray[np.int64], length: int) -> Mapped:
    starts = np.empty(len(text) + 1, dtype=np.int32)
    starts[:-1] = origin
    starts[-1] = length
    return Mapped(text, starts)


def _may_be_broken(codes: npt.NDArray[np.uint32]) -> bool:
    """Whether a space stands before a mark or behind one that ends nothing, in what the tables made."""
    spaces = np.flatnonzero(codes[1:-1] == 0x20)
    if not len(spaces):
        return False
    after, before = codes[spaces + 2], codes[spaces]
    marks = ((after >= _SARA_A) & (after <= 0x0E3A)) | ((after >= 0x0E47) & (after <= 0x0E4E))
    return bool((marks | (before == 0x0E31) | (before == 0x0E37)).any())


def _mended(text: str) -> tuple[str, npt.NDArray[np.int64]] | None:
    """A text whose words were put together, and the offsets of its code points; None if it is as it was."""
    from obecsum.text.mend import mend

    found = mend(text)
    if found is None:
        return None
    codes, origin = _apply(_encode(found[0]), normalize_tables())  # marks that met may be in the wrong order
    return _decode(codes), np.array(found[1], dtype=np.int64)[origin]


def _encode(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _decode(codes: npt.NDArray[np.uint32]) -> str:
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")


@lru_cache(maxsize=1)
def _suspects() -> npt.NDArray[np.bool_]:
    """Pairs of classes, as ``first * 16 + second``, at which a rule may apply; the rules themselves decide."""
    table = np.zeros((16, 16), dtype=np.bool_)
    marks = (VOWEL, NIKHAHIT, TONE)
    for first in marks:
        table[first, first] = True
    table[TONE, [VOWEL, NIKHAHIT]] = True
    table[NIKHAHIT, [AA, TONE]] = True
    table[list(_BEHIND_TONE), TONE] = True
    table[SARA_E, SARA_E] = True
    table[DOT, [DOT, ELLIPSIS]] = table[ELLIPSIS, [DOT, ELLIPSIS]] = True
    return table.reshape(-1)


def _apply(
    source: npt.NDArray[np.uint32], tables: tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
    """The new code points and, for each, its index in ``source``."""
    to_code, to_class = tables
    astral = bool(len(source)) and int(source.max()) >= TABLE_SIZE
    index = (np.minimum(source, np.uint32(TABLE_SIZE - 1)) if astral else source).astype(np.intp)
    codes, classes = to_code[index], to_class[index]
    if astral:
        beyond = source >= TABLE_SIZE
        codes[beyond] = source[beyond]
        classes[beyond] = PLAIN
    gone = classes == DROP
    gone[1:] |= (source[1:] == 0x0A) & (source[:-1] == 0x0D)
    origin: npt.NDArray[np.int64]
    if gone.any():
        origin = np.flatnonzero(~gone)
        codes, classes = codes[origin], classes[origin]
    else:
        origin = np.arange(len(codes))
    if len(codes) < 2:
        return codes, origin
    first, second = classes[:-1], classes[1:]
    keep = np.ones(len(codes), dtype=np.bool_)
    keep[1:] = (first != SPACE) | (second != SPACE)
    suspect = _suspects()[(first << np.uint8(4)) | second]
    if suspect.any():
        _rewrite_runs(codes, classes, origin, keep, np.flatnonzero(suspect))
    if keep.all():
        return codes, origin
    return codes[keep], origin[keep]


def _rewrite_runs(
    codes: npt.NDArray[np.uint32],
    classes: npt.NDArray[np.uint8],
    origin: npt.NDArray[np.int64],
    keep: npt.NDArray[np.bool_],
    suspects: npt.NDArray[np.int64],
) -> None:
    """Apply the rules, in place, to each run of ruled code points that holds a suspect; no rule crosses a run's end."""
    in_rule = np.zeros(len(classes) + 2, dtype=np.int8)
    in_rule[1:-1] = classes >= VOWEL
    steps = np.diff(in_rule)
    begins, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    for run in np.unique(np.searchsorted(begins, suspects, side="right") - 1):
        begin, end = int(begins[run]), int(ends[run])
        new_codes, kept = _rewrite(codes[begin:end].tolist(), classes[begin:end].tolist())
        middle = begin + len(new_codes)
        codes[begin:middle] = new_codes
        origin[begin:middle] = origin[begin + np.array(sorted(kept), dtype=np.int64)]
        keep[middle:end] = False


def _rewrite(codes: list[int], classes: list[int]) -> tuple[list[int], list[int]]:
    """The module's rules over one run: new code points, and the indexes that they came from (in any order)."""
    out: list[int] = []
    kind: list[int] = []
    came: list[int] = []

    def put(at: int, code: int, class_: int, source: int) -> None:
        out.insert(at, code)
        kind.insert(at, class_)
        came.insert(at, source)

    for source, (code, class_) in enumerate(zip(codes, classes, strict=True)):
        n = len(out)
        last = kind[-1] if n else PLAIN
        before = kind[-2] if n > 1 else PLAIN
        if class_ in (VOWEL, NIKHAHIT):
            at = n - 1 if last == TONE and before != TONE else n
            if not (at and out[at - 1] == code):
                put(at, code, class_, source)
        elif class_ == TONE:
            at = n - 1 if last in _BEHIND_TONE and before not in _BEHIND_TONE else n
            if not (at and out[at - 1] == code):
                put(at, code, class_, source)
        elif class_ == AA:
            at = n - 1 if last == NIKHAHIT else n - 2 if last == TONE and before == NIKHAHIT else -1
            if at >= 0 and (at == 0 or kind[at - 1] not in (TONE, *_BEHIND_TONE)):
                joined = came[at]
                del out[at], kind[at], came[at]
                put(len(out), _SARA_AM, AM, joined)
            else:
                put(n, code, class_, source)
        elif class_ == SARA_E and last == SARA_E:
            out[-1], kind[-1] = _SARA_AE, PLAIN
        elif class_ in (DOT, ELLIPSIS) and last in (DOT, ELLIPSIS):
            out[-1], kind[-1] = _ELLIPSIS, ELLIPSIS
        else:
            put(n, code, class_, source)
    return out, came


@lru_cache(maxsize=1)
def kernel_table() -> npt.NDArray[np.uint32]:
    """The tables of ``fold(normalize(...))`` as the kernel reads them: ``class << 24 | code point``."""
    codes, classes = fold_tables()
    return (classes.astype(np.uint32) << np.uint32(24)) | codes


@lru_cache(maxsize=1)
def scanner_pairs() -> npt.NDArray[np.bool_]:
    """Pairs of classes, as ``first * 16 + second``, at which the kernel's scanner must do more than append."""
    table = _suspects().reshape(16, 16).copy()
    table[:, [SPACE, DROP]] = True
    table[TONE_ON_NIKHAHIT] = table[TONE]
    table[TONE_ON_NIKHAHIT, AA] = True
    return table.reshape(-1)


def folded_codes(text: str) -> npt.NDArray[np.uint32]:
    """The code points of ``fold(normalize(text))``, by the tables alone: words that a PDF broke stay broken."""
    return _apply(_encode(text), fold_tables())[0]
