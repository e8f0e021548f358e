"""Two texts in two columns of a terminal, lines broken between Thai words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, zip_longest

from rich.cells import cell_len
from rich.text import Text

from obecsum.comparison.side_by_side import ASIDE, Piece
from obecsum.text.printable import printable
from obecsum.text.segment import words

__all__ = ["columns"]

_GUTTER = " │ "
_LEAST_COLUMN = 30
_MOST_COLUMN = 72
_Word = tuple[str, str]  # with its style


def columns(pieces: Iterable[Piece], names: tuple[str, str], width: int) -> Text:
    """Lay pieces out: differences beside each other, or one below the other where the terminal is narrow.

    Args:
        pieces: Of :func:`~obecsum.comparison.side_by_side.side_by_side`.
        names: What to call the two texts.
        width: Of the terminal, in cells.
    """
    each = min(_MOST_COLUMN, (width - len(_GUTTER)) // 2)
    text = Text()
    if each >= _LEAST_COLUMN:
        _add_rows(text, [[(printable(names[0]), "bold")], [(printable(names[1]), "bold")]], each)
    for is_far, run in groupby(pieces, key=lambda piece: piece.is_far):
        passage = list(run)
        if is_far:
            count = sum(len(piece.text) for piece in passage)
            text.append(f"   ⋮ {count:,} characters that both have\n", "dim")
            continue
        sides = list(_words(passage, first=True)), list(_words(passage, first=False))
        if each >= _LEAST_COLUMN:
            _add_rows(text, sides, each)
            continue
        for sign, name, side in zip("-+", names, sides, strict=True):
            text.append(f"{sign} {printable(name)}\n", "bold")
            for line in _lines(side, max(10, width - 2)):
                text.append("  ").append_text(line).append("\n")
    text.rstrip()
    return text


def _add_rows(text: Text, sides: Iterable[Iterable[_Word]], width: int) -> None:
    left, right = (_lines(side, width) for side in sides)
    for mine, other in zip_longest(left, right, fillvalue=Text()):
        text.append_text(mine).append(" " * max(0, width - cell_len(mine.plain)))
        text.append(_GUTTER, "dim").append_text(other).append("\n")


def _words(pieces: Iterable[Piece], *, first: bool) -> Iterator[_Word]:
    """The words of one side; a line break is one, and so is white space."""
    for piece in pieces:
        part = printable(piece.text if first else piece.other)
        at = 0
        for start, end in [*words(part), (len(part), len(part))]:
            for gap in part[at:start]:
                yield ("\n" if gap == "\n" else " "), ""
            if start < end:
                yield part[start:end], _style(piece, first=first)
            at = end


def _style(piece: Piece, *, first: bool) -> str:
    if piece.kind is None:
        return ""
    color = "red" if first else "green"
    return f"bold {color} underline" if piece.weight else color if piece.kind != ASIDE else "dim"


def _lines(side: Iterable[_Word], width: int) -> Iterator[Text]:
    """Lines of at most so many cells; empty ones left out."""
    line, used = Text(), 0
    for word, style in side:
        size = cell_len(word) if word != "\n" else width
        if (word == "\n" or used + size > width) and line.plain.strip():
            yield line
            line, used = Text(), 0
        if word == "\n" or (word == " " and not used):
            continue
        while size > width:  # a word of more cells than the column has
            cut = next(at for at in range(len(word), 0, -1) if cell_len(word[:at]) <= width)
            yield Text(word[:cut], style)
            word, size = word[cut:], cell_len(word[cut:])
        line.append(word, style or None)
        used += size
    if line.plain.strip():
        yield line
