"""Whether a job was given sources or records in memory, and records as a source."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from obecsum.core.errors import OptionError, OutputError
from obecsum.core.release import Release
from obecsum.feeds.given import given_rows, listed
from obecsum.feeds.records.fields import FieldMap
from obecsum.feeds.rows import write_rows
from obecsum.feeds.sources import Feed, Source, is_like_a_name
from obecsum.feeds.tables import kind_of
from obecsum.jobs.request.options import Options
from obecsum.text.printable import shortened

__all__ = ["Asked", "asked"]

_OF_FILES = ("input_format", "encoding", "delimiter")
_SHOWN_CHARS = 60
_NAMED = re.compile(r"^-$|[/\\.]")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a job is to read.

    Attributes:
        feed: The sources; of records the file that they were written to.
        records: What was given in memory, for :func:`obecsum.feeds.tables.taken`; None of sources.
    """

    feed: Feed | Source
    records: Any = None


@contextmanager
def asked(feed: Any, fields: Mapping[str, str] | None, options: Options) -> Iterator[Asked]:
    """Sources as they are, records in memory as a file that is there as long as the job works.

    Args:
        feed: A source or several, or records, as :func:`obecsum.feeds.given.given` takes them. Strings in a list are
            sources if all of them look like names of files; else they are texts.
        fields: Role to field name.
        options: Of the job.

    Raises:
        TypeError: It is neither, or a record cannot be used.
        InputError: A table has no column where a text would be.
        OptionError: It may be either, or an option is for files.
        OutputError: The temporary file cannot be written.
    """
    # A pattern that found no names, rather than records of which there are none.
    is_empty_list = isinstance(feed, list | tuple) and not feed
    feed = _listed(feed)
    if is_empty_list or _is_sources(feed):
        yield Asked(feed)
        return
    for name in _OF_FILES:
        if getattr(options, name) is not None:
            raise OptionError(f"{name} says how files are read, and these are records in memory; leave it out")
    records, rows = given_rows(feed, FieldMap(fields), "feed")
    try:
        folder = TemporaryDirectory(prefix="obecsum-")
    except OSError as error:
        raise OutputError(f"no temporary folder can be made: {error.strerror or error}; set TMPDIR") from error
    with folder as name:
        try:
            source = write_rows(rows, Path(name) / "rows", "feed")
        except OSError as error:
            raise OutputError(
                f"{name} could not be written: {error.strerror or error}; make room, or set TMPDIR"
            ) from error
        yield Asked(source, records)


def _listed(feed: Any) -> Any:
    """What can be looked through twice."""
    if not hasattr(feed, "__iter__") and not isinstance(feed, os.PathLike | Release) and not kind_of(feed):
        raise TypeError(
            "feed must be a file, a folder, - for standard input or a list of these, or records: a list of dicts, "
            f"texts or releases, or a table; got {type(feed).__name__}"
        )
    if isinstance(feed, str | bytes | bytearray | os.PathLike | list | tuple | Mapping | Release) or kind_of(feed):
        return feed
    return listed(feed, "feed")


def _is_sources(feed: Any) -> bool:
    """Whether something is sources; what is nothing at all is left to those who read sources."""
    if kind_of(feed) or isinstance(feed, Mapping | Release):
        return False
    if not isinstance(feed, list | tuple):
        return True
    if any(not isinstance(one, str | os.PathLike) for one in feed):
        return False
    if any(isinstance(one, os.PathLike) for one in feed):
        return True
    return bool(feed) and _are_names([str(one) for one in feed])


def _are_names(strings: Sequence[str]) -> bool:
    if all(map(is_like_a_name, strings)):
        if not any(os.path.exists(one) or _NAMED.search(one) for one in strings):
            raise OptionError(
                f"a list of words without spaces, {strings[0]!r} for one, may hold names of files or texts, and there "
                "is no file or folder of these names; give texts as dicts, [{'text': ...}], and names as pathlib.Path"
            )
        return True
    there = next((number for number, one in enumerate(strings) if one == "-" or os.path.exists(one)), None)
    if there is None:
        return False
    text = next(number for number, one in enumerate(strings) if not is_like_a_name(one))
    raise OptionError(
        f"a list must hold names of files or texts, not both: number {there}, {strings[there]!r}, is a file or folder, "
        f"and number {text}, {shortened(strings[text], _SHOWN_CHARS)!r}, is none; give texts as dicts, "
        "[{'text': ...}], and names as pathlib.Path"
    )
