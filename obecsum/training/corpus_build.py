"""Builds the training rows from a clone of the public corpora of Thai government releases.

`PyThaiNLP/thaigov-corpus` and `PyThaiNLP/thaigov-v2-corpus` (public domain) hold one text file a release::

    รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-<title>
    <blank>
    วันจันทร์ที่ 1 กรกฎาคม 2567
    01/07/2567              (not on every page)
    พิมพ์                    (not on every page)
    <title>
    <standfirst, or the title again, or the beginning of the body, or nothing>
    <body ...>
    <blank>
    ที่มา : https://www.thaigov.go.th/news/contents/details/85195

The file's name begins with the category. A page makes one row: id, date, category, title, standfirst, body, url.
"""

from __future__ import annotations

import lzma
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from obecsum.core.errors import InputError, OutputError, OutputExistsError
from obecsum.core.files import replacing
from obecsum.core.progress import Progress, Silent
from obecsum.text.timestamps import parse_date

__all__ = ["Built", "build_corpus", "parse_page", "split_name"]

_URL = re.compile(r"ที่มา\s*(?:\(URL source\)\s*)?:\s*(https?://\S+?/(\d+))/?\s*$")
_FURNITURE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}|พิมพ์")
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff]")
_DATE_LINE = re.compile(r"วัน\S*\s*ที่\s*\d{1,2}\s*\S+\s*\d{2,4}")
_NOT_LETTERS = re.compile(r"\W+")
_CATEGORY = re.compile(r"(.+?)_\d+(?:_[0-9a-f-]{36})?\.txt")
_MIN_STANDFIRST_CHARS = 25
_MAX_STANDFIRST_CHARS = 252
# The site cuts a standfirst near its limit, in the middle of a word: from here on the last phrase is given up.
_CUT_STANDFIRST_CHARS = 241
_OPENING_CHARS = 60


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did.

    Attributes:
        files: File name to number of rows.
        pages: Text files read.
        skipped: Reason to number of pages that made no row.
    """

    files: dict[str, int]
    pages: int
    skipped: dict[str, int]


def parse_page(text: str, *, category: str | None = None) -> dict[str, Any] | None:
    """The row of one page.

    Args:
        text: The whole file.
        category: What the row says; None takes it from the first line.

    Returns:
        ``{id, date, category, title, standfirst, body, url}``; None where the page has no address, date, title or body.
    """
    visible = [line for line in text.splitlines() if _INVISIBLE.sub("", line).strip()]
    lines = [_INVISIBLE.sub("", line).strip() for line in visible]
    source = next((match for line in reversed(lines[-3:]) if (match := _URL.fullmatch(line))), None)
    if source is None or len(lines) < 4:
        return None
    lines = [line for line in lines if not _URL.fullmatch(line)]
    date = parse_date(lines[1])
    at = 2
    while at < len(lines) and _FURNITURE.fullmatch(lines[at]):
        at += 1
    if date is None or at >= len(lines):
        return None
    standfirst, body = _head(lines[at], lines[at + 1 :])
    if not body:
        return None
    topic = lines[0].split("-", 2)
    return {
        "id": source[2],
        "date": date,
        "category": category or (topic[1] if len(topic) == 3 else None),
        "title": visible[at].strip(),  # as the page has it, zero-width characters too
        "standfirst": standfirst,
        "body": "\n".join(body),
        "url": source[1],
    }


def _head(title: str, lines: list[str]) -> tuple[str | None, list[str]]:
    """The standfirst, if the line after the title is one, and the body."""
    standfirst = None
    title_key = _key(title)
    if lines and _key(lines[0]) != title_key:
        first = lines[0]
        following = lines[1] if len(lines) > 1 else ""
        is_excerpt = bool(following) and _key(following).startswith(_key(first[:_OPENING_CHARS]))
        if is_excerpt and len(lines) > 1 and len(first) <= _MAX_STANDFIRST_CHARS:
            lines = lines[1:]  # the site shows the beginning of a body that has no standfirst
        elif (
            _MIN_STANDFIRST_CHARS <= len(first) <= _MAX_STANDFIRST_CHARS
            and following
            and not _DATE_LINE.fullmatch(first)
        ):
            standfirst = first
            if len(first) >= _CUT_STANDFIRST_CHARS and " " in first:
                standfirst = first[: first.rindex(" ")].rstrip()
            lines = lines[1:]
    drop = {title_key, _key(standfirst or "")}
    while lines and _key(lines[0]) in drop:
        lines = lines[1:]
    return standfirst, lines


def _key(text: str) -> str:
    return _NOT_LETTERS.sub("", text)


def split_name(date: str) -> str:
    """The file that a release of a date belongs to: a year of training, or the quarters of 2025 that judge.

    >>> split_name("2024-07-01"), split_name("2025-02-01"), split_name("2025-06-30"), split_name("2025-07-01")
    ('train-2024.jsonl.xz', 'valid.jsonl.xz', 'test.jsonl.xz', 'later-2025.jsonl.xz')
    """
    year, month = int(date[:4]), int(date[5:7])
    if year < 2025:
        return f"train-{year}.jsonl.xz"
    if year == 2025 and month <= 6:
        return "valid.jsonl.xz" if month <= 3 else "test.jsonl.xz"
    return f"later-{year}.jsonl.xz"


def build_corpus(clone: str | Path, out: str | Path, *, progress: Progress | None = None) -> Built:
    """Write one file of rows a year from a clone.

    A release that was scraped twice makes one row, of the page that comes last in the order of paths. Rows are ordered
    by date, then id. Two passes: the first keeps only where each release is.

    Args:
        clone: Folder of a clone of one or both corpora; all .txt files below it are pages, other files are left alone.
        out: Folder for the files; must not hold any of them yet.
        progress: What is told how far the build is.

    Raises:
        InputError: The folder is missing or holds no page.
        OutputExistsError: A file is there already.
        OutputError: A file cannot be written.
    """
    progress = progress or Silent()
    clone, out = Path(clone), Path(out)
    if not clone.is_dir():
        raise InputError(
            f"{clone} is no folder; clone https://github.com/PyThaiNLP/thaigov-v2-corpus and name the clone's folder"
        )
    pages = sorted(path for path in clone.rglob("*.txt") if ".git" not in path.parts)
    skipped: Counter[str] = Counter()
    pages_of: dict[str, tuple[str, Path]] = {}
    progress.stage("Reading pages", len(pages), unit="pages")
    for number, path in enumerate(pages, 1):
        row = _read(path, skipped)
        if row is not None:
            if row["id"] in pages_of:
                skipped["scraped again"] += 1
            pages_of[row["id"]] = (row["date"], path)
        if not number % 200:
            progress.to(number)
    if not pages_of:
        raise InputError(f"{clone} holds no release: {len(pages)} .txt files, none of them laid out as the corpora are")
    files: dict[str, list[tuple[str, int, Path]]] = {}
    for release_id, (date, path) in pages_of.items():
        files.setdefault(split_name(date), []).append((date, int(release_id), path))
    there = [name for name in files if (out / name).exists()]
    if there:
        raise OutputExistsError(f"{out} holds {', '.join(sorted(there)[:5])}; choose an empty folder")
    progress.stage("Writing rows", len(pages_of), unit="rows")
    done = 0
    for name, members in sorted(files.items()):
        _write(out, name, (row for _, _, path in sorted(members) if (row := _read(path, Counter())) is not None))
        done += len(members)
        progress.to(done)
    return Built({name: len(members) for name, members in sorted(files.items())}, len(pages), dict(skipped))


def _read(path: Path, skipped: Counter[str]) -> dict[str, Any] | None:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        skipped["invalid UTF-8"] += 1
        return None
    except OSError:
        skipped["cannot be read"] += 1
        return None
    name = _CATEGORY.fullmatch(path.name)
    row = parse_page(text, category=name[1] if name else None)
    if row is None:
        skipped["no address, date, title or body"] += 1
    return row


def _write(out: Path, name: str, rows: Iterator[dict[str, Any]]) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        with replacing(out / name) as partial, lzma.open(partial, "wb") as file:
            for row in rows:
                file.write(orjson.dumps(row) + b"\n")
    except OSError as error:
        raise OutputError(f"{out / name} could not be written: {error.strerror or error}") from error
