"""Lines that a feed repeats: no two releases are compared for them, and none goes together with one that another lacks."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import obecsum

NOTICE = (
    "ขอให้ประชาชนที่อาศัยอยู่ริมแม่น้ำและในที่ลุ่มต่ำเตรียมอพยพขึ้นที่สูง",
    "ผู้ที่ต้องการความช่วยเหลือในการขนย้ายสิ่งของให้โทรสายด่วน 1784",
    "โปรดยกสิ่งของขึ้นที่สูงและอยู่ห่างจากเสาไฟฟ้าที่มีน้ำท่วมขัง",
)


def body(number: int) -> str:
    """A line of made-up words that shares next to nothing with that of another number."""
    generator = random.Random(number)
    return " ".join(
        "".join(generator.choice("กขคงจชดตทนบปพมยรลวสห") + generator.choice("าีู") for _ in range(4)) for _ in range(60)
    )


def clean(tmp_path: Path, texts: list[str]) -> dict[str, list[dict[str, Any]]]:
    feed = tmp_path / "feed.jsonl"
    feed.write_text(
        "".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(texts)), encoding="utf-8"
    )
    obecsum.clean(feed, tmp_path / "out", summaries=False)
    return {
        name: [json.loads(line) for line in (tmp_path / "out" / f"{name}.jsonl").read_text("utf-8").splitlines()]
        for name in ("kept", "removed", "possible")
    }


def test_releases_that_share_only_frequent_lines_are_no_pair(tmp_path: Path) -> None:
    texts = ["\n".join((body(number), *NOTICE)) for number in range(60)]
    found = clean(tmp_path, texts)
    assert not found["removed"]
    assert not found["possible"]
    assert all(kept["text"].endswith("\n".join(NOTICE)) and not kept["cut"] for kept in found["kept"])
    assert all(kept["previous_id"] is None for kept in found["kept"])


def test_a_copy_without_the_notice_goes_and_not_the_one_with_it(tmp_path: Path) -> None:
    texts = ["\n".join((body(number), *NOTICE)) for number in range(60)]
    found = clean(tmp_path, [body(9), *texts, body(7)])
    assert {(gone["id"], gone["kept_id"]) for gone in found["removed"]} == {("0", "10"), ("61", "8")}
