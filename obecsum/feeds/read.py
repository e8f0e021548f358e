"""Reading any feed: which reader takes a source, and the public :func:`read`."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from obecsum.core.arguments import checked
from obecsum.core.errors import InputError, RecordError
from obecsum.core.release import Release
from obecsum.feeds.formats.csv_table import read_cr_csv, read_csv
from obecsum.feeds.formats.json_array import has_envelope, read_json
from obecsum.feeds.formats.jsonl import read_jsonl
from obecsum.feeds.formats.page_data import HEAD_BYTES, SiteNames
from obecsum.feeds.formats.text_folder import HTML_SUFFIXES, folder_files, name_in_text, read_text, text_stem
from obecsum.feeds.records.compress import compression_of, split_compression
from obecsum.feeds.records.encoding import Utf16Stream, detect_utf16, to_utf8
from obecsum.feeds.records.fields import FieldMap
from obecsum.feeds.records.habits import Survey
from obecsum.feeds.records.limits import DEFAULT_MAX_RECORD_BYTES
from obecsum.feeds.records.open import OpenSource, open_source
from obecsum.feeds.records.record import Quarantined, ReadEntries, ReadEntry
from obecsum.feeds.rows import read_rows
from obecsum.feeds.sniff import has_cr_lines, is_unicode_text, looks_like_lines, sniff
from obecsum.feeds.sources import FORMATS, ROWS, TABLES, Feed, Source, check_installed, plan_sources

__all__ = ["FORMATS", "Feed", "Source", "check_tables", "plan_sources", "read", "read_entries", "survey"]


@checked
def read(
    source: str | Path,
    *,
    input_format: str | None = None,
    fields: Mapping[str, str] | None = None,
    encoding: str | None = None,
    max_record_bytes: int = DEFAULT_MAX_RECORD_BYTES,
    max_expanded_bytes: int | None = None,
    delimiter: str | None = None,
    on_quarantine: Callable[[Quarantined], object] | None = None,
) -> Iterator[Release]:
    """Read the releases of a feed, one at a time.

    Args:
        source: A file: .jsonl, .json, .csv, .tsv, .xlsx, .ods, .parquet, .arrow, .feather, RSS or Atom (.xml, .rss,
            .atom), .html or .txt, compressed or not (.xz, .gz, .bz2, .zst); a folder of .txt and .html files; or "-"
            for standard input.
        input_format: "jsonl", "json", "csv", "tsv", "spreadsheet", "parquet", "arrow", "rss" (also Atom), "html" or
            "text"; None goes by the name, then by the content.
        fields: Role (id, text, title, published, url) to field name, where names cannot be guessed.
        encoding: "utf-8", "utf-16", "utf-16-le", "utf-16-be", "tis-620", "windows-874" or "iso-8859-11" (these three
            are read alike). None lets the bytes decide, record by record; what a file declares of itself does not
            count.
        max_record_bytes: Longer records are quarantined unread.
        max_expanded_bytes: A compressed file may expand to so many bytes. None: to 1 GiB or 200 times the compressed
            bytes read, whichever is more.
        delimiter: Between the cells of CSV and TSV, where the header does not tell: one sign, or "tab".
        on_quarantine: Called with each record that cannot be used. Without it a warning at the end counts them.

    Returns:
        The releases in the order of the feed. Ids are as in the feed: two releases may have the same.

    Raises:
        InputError: The source is missing, of no known kind, or damaged. Missing ones are told before the first release.
        OptionError: An unknown format, role or encoding.
    """
    sources = plan_sources(
        source,
        input_format=input_format,
        encoding=encoding,
        max_record_bytes=max_record_bytes,
        max_expanded_bytes=max_expanded_bytes,
        delimiter=delimiter,
    )
    field_map = FieldMap(fields)
    return _releases(sources, field_map, on_quarantine)


def _releases(
    sources: list[Source], fields: FieldMap, on_quarantine: Callable[[Quarantined], object] | None
) -> Iterator[Release]:
    set_aside = 0
    first = ""
    total = 0
    for source in sources:
        for entry in read_entries(source, fields):
            total += 1
            if not isinstance(entry, Quarantined):
                yield entry.release
            elif on_quarantine is not None:
                on_quarantine(entry)
            else:
                set_aside += 1
                first = first or f"{entry.source} line {entry.line}: {entry.reason}"
    if set_aside:
        warnings.warn(
            f"{set_aside} of {total} records could not be used (the first: {first}); pass on_quarantine= to get them",
            stacklevel=2,
        )


def read_entries(
    source: Source, fields: FieldMap, *, text_if_unknown: bool = False, on_bytes: Callable[[int], object] | None = None
) -> ReadEntries:
    """Yield every record of a source, the ones that cannot be used as :class:`Quarantined`.

    Args:
        source: As :func:`plan_sources` made it.
        fields: Which field is what.
        text_if_unknown: Whether content that is nothing else is one text rather than JSON lines.
        on_bytes: Called now and then with the bytes of the file that were read so far.

    Raises:
        InputError: The source is damaged or of no known kind, which may be told after some records.
    """
    if source.path is not None and source.path.is_file():
        survey(source, fields, text_if_unknown=text_if_unknown)
    if source.format == "folder":
        yield from _read_folder(source, fields)
        return
    with open_source(source.path, source.name, limits=source.limits, encoding=source.encoding) as opened:
        entries = _entries(opened, source, fields, text_if_unknown)
        if on_bytes is None:
            yield from entries
            return
        for number, entry in enumerate(entries):
            if not number % 64:
                on_bytes(opened.position())
            yield entry
        on_bytes(opened.position())


def survey(source: Source, fields: FieldMap, *, text_if_unknown: bool = False) -> None:
    """Let a whole feed tell what one of its records leaves open: the order of day and month, and whether it is HTML.

    Args:
        source: A file, which is read once more then.
        fields: Which field is what; learns how to look.
        text_if_unknown: As for :func:`read_entries`.
    """

    def look(found: Survey) -> None:
        try:
            for _ in read_entries(source, fields.surveying(found), text_if_unknown=text_if_unknown):
                pass
        except InputError:
            pass  # told when the records are read

    fields.survey_with(source.name, look)


def check_tables(sources: Sequence[Source], fields: FieldMap) -> None:
    """Check that each table has the columns that are needed, before anything is read.

    Args:
        sources: As planned; what is no table, and what can be read only once, is passed over.
        fields: Which column is what.

    Raises:
        InputError: One has not, or its header cannot be read.
    """
    for source in sources:
        if source.format in TABLES and source.path is not None and source.path.is_file():
            next(iter(read_entries(source, fields)), None)


def _read_folder(source: Source, fields: FieldMap) -> ReadEntries:
    assert source.path is not None
    root = source.path.resolve()
    paths = folder_files(source.path)
    sites = _site_names(path for path in paths if _is_page(path))
    for path in paths:
        name = f"{source.name}/{name_in_text(path.relative_to(source.path).as_posix())}"
        if path.is_symlink() and not path.resolve().is_relative_to(root):
            yield Quarantined(name, 1, 0, "outside: a link that leads out of the folder; name the file itself", b"")
            continue
        kind = "html" if _is_page(path) else "text"
        one = replace(source, path=path, name=name, format=kind)
        with open_source(path, name, limits=source.limits, encoding=source.encoding) as opened:
            yield from _one(opened, one, fields, text_stem(name_in_text(path.name)), sites)


def _is_page(path: Path) -> bool:
    return split_compression(path.name)[0].lower().endswith(HTML_SUFFIXES)


def _site_names(paths: Iterable[Path]) -> SiteNames:
    """What the pages of a folder put beside their headlines."""

    def heads() -> Iterator[str]:
        for path in paths:
            try:
                if path.is_symlink():
                    continue
                with path.open("rb") as file:
                    head = file.read(HEAD_BYTES)
                if compression_of(head) is not None or detect_utf16(head, name=path.name) is not None:
                    with open_source(path, path.name) as opened:
                        head = opened.head
                yield to_utf8(head[: head.rfind(b">") + 1]).decode("utf-8")
            except (OSError, InputError, RecordError):
                continue  # told when it is read

    return SiteNames(heads())


def _entries(opened: OpenSource, source: Source, fields: FieldMap, text_if_unknown: bool) -> ReadEntries:
    head = opened.head
    if not head:
        return iter(())  # an empty file is an empty feed
    kind = source.format or sniff(head, fields, name=source.name, text_if_unknown=text_if_unknown)
    if kind == "text" and not source.is_chosen and is_unicode_text(head, fields):
        kind = "tsv"
    if kind == "jsonl" and not source.is_chosen and has_envelope(head, fields):
        kind = "json"
    check_installed(kind, source.name)
    if kind in ("html", "text"):
        return _one(opened, replace(source, format=kind), fields, _stem(source))
    if kind == ROWS:
        return read_rows(
            opened.stream, source=source.name, fields=fields, max_record_bytes=source.limits.max_record_bytes
        )
    if kind == "spreadsheet":
        from obecsum.feeds.formats.spreadsheet import read_spreadsheet

        return read_spreadsheet(opened, source=source.name, fields=fields, limits=source.limits)
    if kind in ("parquet", "arrow"):
        from obecsum.feeds.formats.arrow import read_arrow

        return read_arrow(opened, source=source.name, fields=fields, kind=kind, limits=source.limits)
    encoding = "utf-8" if opened.utf16 is not None else source.encoding
    max_record_bytes = source.limits.max_record_bytes
    if kind == "rss":
        from obecsum.feeds.formats.rss import read_rss

        reader = read_rss
    elif kind == "jsonl" or (kind == "json" and looks_like_lines(head) and not has_envelope(head, fields)):
        reader = read_jsonl
    elif kind == "json":
        reader = read_json
    else:
        delimiter = source.delimiter or ("\t" if kind == "tsv" else None)
        rows = (read_cr_csv if has_cr_lines(head) else read_csv)(
            opened.stream,
            source=source.name,
            fields=fields,
            delimiter=delimiter,
            encoding=encoding,
            max_record_bytes=max_record_bytes,
        )
        return _located(rows, opened)
    return _located(
        reader(opened.stream, source=source.name, fields=fields, encoding=encoding, max_record_bytes=max_record_bytes),
        opened,
    )


def _stem(source: Source) -> str:
    return f"{source.name}:1" if source.name == "stdin" else text_stem(source.name)


def _one(
    opened: OpenSource, source: Source, fields: FieldMap, release_id: str, sites: SiteNames | None = None
) -> ReadEntries:
    """The one record that a text file or a page is."""
    encoding = "utf-8" if opened.utf16 is not None else source.encoding
    entry: ReadEntry
    if source.format == "html":
        from obecsum.feeds.formats.html import read_html

        entry = read_html(
            opened.stream,
            source=source.name,
            release_id=release_id,
            fields=fields,
            encoding=encoding,
            limits=source.limits,
            sites=sites,
        )
    else:
        entry = read_text(
            opened.stream, source=source.name, release_id=release_id, encoding=encoding, limits=source.limits
        )
    return _located(iter((entry,)), opened)


def _located(entries: ReadEntries, opened: OpenSource) -> ReadEntries:
    """Entries with locations and bytes of the file, where the readers saw something that was made of it."""
    if opened.plain:
        return entries
    return _of_file(entries, opened.utf16)


def _of_file(entries: ReadEntries, utf16: Utf16Stream | None) -> ReadEntries:
    for entry in entries:
        if not isinstance(entry, Quarantined):
            yield entry._replace(length=None)
        elif utf16 is None:
            yield entry
        else:
            yield replace(entry, raw=utf16.original(entry.raw), length=entry.length)
