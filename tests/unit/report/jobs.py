"""Files of a job written by hand, so that the page can be made of anything, and the page taken apart."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import orjson

from obecsum.report.page.build import page
from obecsum.report.report import Report

TEXT = (
    "เชียงใหม่ 3 มิถุนายน 2567 – กรมทรัพยากรน้ำเปิดระบบเตือนภัยน้ำหลากที่อำเภอแม่ริม ระบบมีเครื่องวัดระดับน้ำ 12 จุด "
    "และส่งข้อความถึงประชาชนภายใน 5 นาที นายวิชัย ใจดี ผู้อำนวยการสำนักทรัพยากรน้ำที่ 1 กล่าวว่า ระบบจะทำงานตลอดฤดูฝน"
)


def kept_row(release_id: str, **fields: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": release_id,
        "title": f"ระบบเตือนภัย {release_id}",
        "text": TEXT,
        "published": "2024-06-03",
    }
    row |= {"url": None, "cut": [], "edits": [], "summary": None, "headline": None, "supported": None}
    row |= {"unsupported": [], "fallback": None, "group": None, "series": None, "previous_id": None, "changes": []}
    return row | {"supersedes": None} | fields


def removed_row(release_id: str, kept_id: str, **fields: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"id": release_id, "title": f"ระบบเตือนภัย {kept_id}", "text": TEXT, "published": "2024-06-04"}
    row |= {
        "url": None,
        "kept_id": kept_id,
        "relation": "duplicate",
        "jaccard": 1.0,
        "changes": [],
        "account": [],
        "spans": [],
    }
    return row | {"cut": [], "edits": []} | fields


def loss(text: str, other: str = "", weight: float = 2.0, kind: str = "figure") -> dict[str, Any]:
    return {"kind": kind, "text": text, "other": other, "weight": weight}


def possible_row(release_id: str, other_id: str, **fields: Any) -> dict[str, Any]:
    lost = {"id": [loss("14 ราย", "17 ราย")], "other_id": [loss("17 ราย", "14 ราย")]}
    row = {"id": release_id, "other_id": other_id, "relation": "duplicate", "account": lost["id"], "lost": lost}
    return row | fields


def write_job(
    folder: Path,
    *,
    kept: Sequence[Mapping[str, Any]] = (),
    removed: Sequence[Mapping[str, Any]] = (),
    possible: Sequence[Mapping[str, Any]] = (),
    quarantine: Sequence[Mapping[str, Any]] = (),
    **figures: Any,
) -> Report:
    """Write the files and give the report that goes with them: one source unless ``sources`` says otherwise."""
    folder.mkdir(exist_ok=True)
    files = {"kept": kept, "removed": removed, "possible": possible, "quarantine": quarantine}
    for name, rows in files.items():
        (folder / f"{name}.jsonl").write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    counts = {"kept": len(kept), "removed": len(removed), "quarantined": len(quarantine)}
    total = sum(counts.values())
    known: dict[str, Any] = {
        "input": total,
        **counts,
        "possible": len(possible),
        "updates": sum(row["previous_id"] is not None for row in kept),
        "series": len({row["series"] for row in kept} - {None}),
        "relations": {"duplicate": len(removed)} if removed else {},
        "sources": ({"name": "feed.jsonl", "bytes": 1, "records": total, **counts},),
        "version": "1",
    }
    return Report(out=folder, **(known | figures))


def write_page(folder: Path, report: Report) -> Path:
    """Write report.html and say where."""
    path = folder / "report.html"
    with path.open("wb") as file:
        for part in page(report, lambda name: folder / name, lambda _: None):
            file.write(part)
    return path


class Page(HTMLParser):
    """The page taken apart: tags, attributes, and what stands in each script by its id."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.html = path.read_text(encoding="utf-8")
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.words: list[str] = []
        self._open: str | None = None
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self._open = tag
        if tag == "script":
            self.scripts.append((dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self._open == "script" and self.lasttag == "script" and self.cdata_elem == "script":
            self.scripts[-1] = (self.scripts[-1][0], self.scripts[-1][1] + data)
        else:
            self.words.append(data)

    def part(self, name: str) -> Any:
        """What a part holds; None if there is no such part."""
        found = [text for attributes, text in self.scripts if attributes.get("id") == name]
        return orjson.loads(zlib.decompress(base64.b64decode(found[0]))) if found else None

    @property
    def facts(self) -> Any:
        return next(orjson.loads(text) for attributes, text in self.scripts if attributes.get("id") == "facts")
