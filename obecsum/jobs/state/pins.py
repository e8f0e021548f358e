"""Releases that stay whatever is found: what was brought back from removed.jsonl, and what it had gone for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import orjson

from obecsum.core.errors import InputError, OutputError
from obecsum.core.files import replacing
from obecsum.core.release import Release
from obecsum.core.serialize import json_line
from obecsum.dedup.verify import text_key

__all__ = ["PINS_NAME", "Pin", "Pins"]

PINS_NAME = "pins.jsonl"
_MADE_ID = re.compile(r":\d+(?:#\d+)?$")  # of source and line: another one tomorrow, so it names nothing


@dataclass(frozen=True, slots=True)
class Pin:
    """One release.

    Attributes:
        id: Unique in its job.
        text_key: :func:`~obecsum.dedup.verify.text_key` of the whole release as it was read, in hexadecimal digits:
            another text under the id is another release.
        beside: Id of the other one of the pair that stays apart.
    """

    id: str
    text_key: str
    beside: str

    @classmethod
    def of(cls, release: Release, beside: str) -> Pin:
        """The pin of a release as it was read."""
        return cls(release.id, text_key(release.full_text).hex(), beside)


class Pins:
    """What is pinned.

    Args:
        pins: In the order of their making.
    """

    def __init__(self, pins: Iterable[Pin] = ()) -> None:
        self._pins = {(pin.id, pin.text_key): pin for pin in pins}
        self._texts = {pin.text_key for pin in self._pins.values() if _MADE_ID.search(pin.id)}
        self._ids = {pin.id for pin in self._pins.values()}

    def __iter__(self) -> Iterator[Pin]:
        return iter(self._pins.values())

    def may_have(self, release_id: str) -> bool:
        """Whether a release of an id may be pinned: then its text decides."""
        return release_id in self._ids or (bool(self._texts) and _MADE_ID.search(release_id) is not None)

    def has(self, release: Release) -> bool:
        """Whether a release as it was read is pinned."""
        key = text_key(release.full_text).hex()
        return (release.id, key) in self._pins or (key in self._texts and _MADE_ID.search(release.id) is not None)

    @classmethod
    def read(cls, folder: Path) -> Pins:
        """The pins of a folder; none where it has no file of them.

        Raises:
            InputError: The file cannot be read, or is no such file: what it said stays is not to be lost silently.
        """
        path = folder / PINS_NAME
        pins: list[Pin] = []
        try:
            for line in path.read_bytes().splitlines():
                row: Mapping[str, str] = orjson.loads(line)
                pins.append(Pin(str(row["id"]), str(row["text_key"]), str(row["beside"])))
        except FileNotFoundError:
            return cls()
        except OSError as error:
            raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"{path}, line {len(pins) + 1}, is no pin of a restored release; mend or remove the line, or the file "
                "to have nothing pinned"
            ) from error
        return cls(pins)

    def write(self, folder: Path) -> None:
        """Write the file, all of it or nothing.

        Raises:
            OutputError: The disk is full or fails.
        """
        path = folder / PINS_NAME
        try:
            with replacing(path) as partial:
                rows = ({"id": pin.id, "text_key": pin.text_key, "beside": pin.beside} for pin in self)
                partial.write_bytes(b"".join(map(json_line, rows)))
        except OSError as error:
            raise OutputError(f"{path} could not be written: {error.strerror or error}") from error
