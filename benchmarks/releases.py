"""The releases of some months of a corpus folder (``obecsum corpus build`` makes it)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from obecsum.core.errors import InputError
from obecsum.core.release import Release
from obecsum.feeds.read import read

__all__ = ["feeds_of", "read_months"]

_MONTH = re.compile(r"(\d{4})(?:-\d\d)?")


def feeds_of(folder: Path, month: str) -> list[Path]:
    """The files that hold the releases of a year, a month, a split or a file.

    Args:
        folder: With ``train-YYYY.jsonl.xz``, ``valid.jsonl.xz`` and ``test.jsonl.xz``.
        month: ``2024``, ``2024-05``, ``valid``, ``test``, or a file.

    Raises:
        InputError: There is no such file.
    """
    if Path(month).is_file():
        return [Path(month)]
    year = _MONTH.fullmatch(month)
    if not year:
        names = [month]
    elif (folder / f"train-{year[1]}.jsonl.xz").exists():
        names = [f"train-{year[1]}"]
    else:  # the months that are held out have files of their own
        names = ["valid", "test"]
    paths = [folder / f"{name}.jsonl.xz" for name in names]
    missing = [path.name for path in paths if not path.is_file()]
    if missing:
        raise InputError(f"no {missing[0]} in {folder}; months are 2024, 2024-05, valid, test or a file, got {month!r}")
    return paths


def read_months(folder: Path, months: Iterable[str]) -> Iterator[Release]:
    """Yields the releases of each of ``months`` (see :func:`feeds_of`), in the order of the files, each once.

    Raises:
        InputError: A month has no file, or no release.
    """
    seen: set[str] = set()
    for month in months:
        begins = month if _MONTH.fullmatch(month) and not Path(month).is_file() else ""
        before = len(seen)
        for path in feeds_of(folder, month):
            for release in read(str(path)):
                if release.id not in seen and (release.published or "").startswith(begins):
                    seen.add(release.id)
                    yield release
        if len(seen) == before:
            raise InputError(f"no release of {month} in {folder} that the months before it do not have")
