"""Whether what other libraries write comes back: the same texts, titles and dates.

    python -m benchmarks.feeds_round_trip valid.jsonl.xz train-2024.jsonl.xz --limit 10000 --pages 2000

The releases are written as RSS by feedgen, as CSV and as XLSX by pandas or openpyxl, as JSON Feed by the json module,
and as web pages by Jinja2 (title with the site's name, one of three ways to give the date, menus, footer). Each is read
with ``obecsum.read``. Texts and titles are compared with white space folded, dates as moments; of pages, how many of
the text's shingles come back.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from itertools import islice
from pathlib import Path
from typing import Any

import obecsum
from benchmarks.feed import prepare
from benchmarks.machine import machine, sha256
from obecsum.minhash.shingles import containment, shingles

__all__ = ["main"]

_BANGKOK = timezone(timedelta(hours=7))
_MIN_CONTAINMENT = 0.98
_PAGE = """<!DOCTYPE html>
<html lang="th"><head><meta charset="utf-8"><title>{{ title }}{{ between }}กรมตัวอย่าง กระทรวงตัวอย่าง</title>
{% if way == 0 %}<meta property="article:published_time" content="{{ date }}T09:30:00+07:00">{% endif %}
{% if way == 1 %}<script type="application/ld+json">{{ data }}</script>{% endif %}
</head><body><nav><ul><li><a href="/">หน้าแรก</a></li><li><a href="/news">ข่าวทั้งหมด</a></li></ul></nav>
<main><article>{% if way == 2 %}<h1>{{ title }}</h1><time datetime="{{ date }}">{{ date }}</time>{% endif %}
{% for line in lines %}<p>{{ line }}</p>
{% endfor %}</article></main><footer><p>สงวนลิขสิทธิ์ กรมตัวอย่าง โทร. 0 2000 0000</p></footer></body></html>
"""


def _rows(paths: list[Path], limit: int) -> list[dict[str, str]]:
    found = []
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "rows.jsonl"
        prepare(paths, lines, limit=limit)
        for line in islice(lines.open(encoding="utf-8"), limit):
            row = json.loads(line)
            found.append({"id": str(row["id"]), "title": row["title"], "text": row["body"], "date": row["date"]})
    return found


def _moment(date: str) -> datetime:
    return datetime.fromisoformat(date).replace(hour=9, minute=30, tzinfo=_BANGKOK)


def _write_rss(rows: list[dict[str, str]], path: Path) -> None:
    from feedgen.feed import FeedGenerator

    feed = FeedGenerator()
    feed.id("urn:feed")
    feed.title("ข่าว")
    feed.link(href="https://www.example.go.th/")
    feed.description("ข่าวของกรม")
    for row in rows:
        entry = feed.add_entry(order="append")
        entry.id(row["id"])
        entry.title(row["title"])
        entry.description(row["text"][:200])
        entry.content("".join(f"<p>{_escaped(line)}</p>" for line in row["text"].split("\n")), type="CDATA")
        entry.published(_moment(row["date"]))
    feed.rss_file(str(path))


def _escaped(text: str) -> str:
    from html import escape

    return escape(text, quote=False)


def _write_csv(rows: list[dict[str, str]], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["รหัสข่าว", "หัวข้อข่าว", "เนื้อหาข่าว", "วันที่เผยแพร่"])
        for row in rows:
            day = datetime.fromisoformat(row["date"])
            writer.writerow([row["id"], row["title"], row["text"], f"{day.day}/{day.month}/{day.year + 543} 09:30"])


def _write_xlsx(rows: list[dict[str, str]], path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("ข่าว")
    sheet.append(["id", "title", "text", "date"])
    for row in rows:
        if len(row["text"]) < 32_767:  # what a cell holds
            sheet.append([row["id"], row["title"], row["text"], _moment(row["date"]).replace(tzinfo=None)])
    book.save(path)


def _write_json_feed(rows: list[dict[str, str]], path: Path) -> None:
    items = [
        {
            "id": row["id"],
            "title": row["title"],
            "content_html": "".join(f"<p>{_escaped(line)}</p>" for line in row["text"].split("\n")),
            "date_published": _moment(row["date"]).isoformat(),
        }
        for row in rows
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "ข่าว", "items": items}
    path.write_text(json.dumps(feed, ensure_ascii=False), encoding="utf-8")


def _write_pages(rows: list[dict[str, str]], folder: Path) -> None:
    from jinja2 import Template

    folder.mkdir()
    template = Template(_PAGE, autoescape=True)
    for number, row in enumerate(rows):
        data = json.dumps(
            {"@type": "NewsArticle", "headline": row["title"], "datePublished": row["date"]}, ensure_ascii=False
        )
        from markupsafe import Markup

        html = template.render(
            title=row["title"],
            between=(" | ", " - ", " » ")[number % 3],
            way=number // 3 % 3,
            date=row["date"],
            data=Markup(data.replace("</", "<\\/")),  # JSON in a script
            lines=[line for line in row["text"].split("\n") if line.strip()],
        )
        (folder / f"{number:06}.html").write_text(html, encoding="utf-8")


def _folded(text: str | None) -> str:
    return " ".join((text or "").split())


def _same_day(published: str | None, date: str, *, is_day: bool) -> bool:
    if published is None:
        return False
    if is_day:
        return published[:10] == date
    return len(published) > 10 and datetime.fromisoformat(published) == _moment(date)


def _compared(
    name: str, rows: list[dict[str, str]], found: Iterator[obecsum.Release], *, is_page: bool
) -> dict[str, Any]:
    counts = {"texts": 0, "titles": 0, "dates": 0}
    examples: list[str] = []
    total = 0
    releases = {release.id: release for release in found}
    for number, row in enumerate(rows):
        release = releases.get(f"{number:06}" if is_page else row["id"])
        total += 1
        if release is None:
            continue
        if is_page:
            holds = containment(shingles(row["text"]), shingles(release.text)) >= _MIN_CONTAINMENT
        else:
            holds = _folded(release.text) == _folded(row["text"])
        title = _folded(release.title) == _folded(row["title"])
        date = _same_day(release.published, row["date"], is_day=is_page)
        for key, right in (("texts", holds), ("titles", title), ("dates", date)):
            counts[key] += right
            if not right and len(examples) < 8:
                examples.append(f"{key} {row['id']}")
    return {"format": name, "releases": total, "read": len(releases), **counts, "not_equal": examples}


def measure(rows: list[dict[str, str]], pages: int) -> list[dict[str, Any]]:
    """One row a format: how many of its releases came back with equal texts, titles and dates."""
    result = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for label, file, write in (
            ("RSS by feedgen", "feed.xml", _write_rss),
            ("CSV by the csv module", "feed.csv", _write_csv),
            ("XLSX by openpyxl", "feed.xlsx", _write_xlsx),
            ("JSON Feed", "feed.json", _write_json_feed),
            ("web pages by Jinja2", "pages", _write_pages),
        ):
            some = rows[:pages] if write is _write_pages else rows
            if write is _write_xlsx:
                some = [row for row in rows if len(row["text"]) < 32_767]
            write(some, folder / file)
            row = _compared(label, some, obecsum.read(folder / file), is_page=write is _write_pages)
            print(json.dumps(row, ensure_ascii=False), flush=True)
            result.append(row)
    return result


def main() -> None:
    """Parse the arguments, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("feeds", nargs="+", type=Path)
    parser.add_argument("--limit", type=int, default=10_000)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    rows = _rows(options.feeds, options.limit)
    found = {
        "machine": machine(),
        "inputs": {path.name: sha256(path) for path in options.feeds},
        "results": measure(rows, options.pages),
    }
    if options.out:
        options.out.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
