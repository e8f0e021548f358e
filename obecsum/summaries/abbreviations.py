"""Abbreviations as the source dots them: ก.พฐ. and กพฐ. are one office, but only one of them is its name."""

from __future__ import annotations

import re

__all__ = ["spell_as"]

# Consonants with or without dots between them, and a dot at the end, at the beginning of a word.
_ABBREVIATION = re.compile(r"(?<![ก-๎.])[ก-ฮ](?:\.?[ก-ฮ]){1,7}\.")


def spell_as(text: str, source: str) -> str:
    """``text`` with the abbreviations that ``source`` has, dotted as there; others stay.

    Example:
        >>> spell_as("เลขาธิการ ก.พฐ. เปิดประชุม", "นางสาวมาลี ศรีสุข เลขาธิการ กพฐ. กล่าวว่า")
        'เลขาธิการ กพฐ. เปิดประชุม'
    """
    written = _ABBREVIATION.findall(text)
    if not written:
        return text
    spelled: dict[str, str] = {}
    for match in _ABBREVIATION.findall(source):
        spelled.setdefault(match.replace(".", ""), match)
    return _ABBREVIATION.sub(
        lambda match: match[0] if match[0] in source else spelled.get(match[0].replace(".", ""), match[0]), text
    )
