"""UTF-8, UTF-16 and the Thai code page, with marks and without, declared rightly and wrongly."""

from __future__ import annotations

import csv
import io
import lzma
import os
import random
from pathlib import Path

import orjson
import pytest

import obecsum
from obecsum.core.errors import InputError, OptionError, RecordError
from obecsum.feeds.records.encoding import ENCODINGS, chosen_encoding, detect_utf16, looks_thai, to_utf8
from obecsum.feeds.records.record import Quarantined

SEEDS = sorted((Path(__file__).parents[4] / "examples").glob("*.txt"))
DATA = os.environ.get("OBECSUM_DATA")


def thai(text: str) -> str:
    """What the code page can hold of a text."""
    return text.encode("cp874", "ignore").decode("cp874")


def read_bytes(folder: Path, name: str, data: bytes, **options: str) -> tuple[list[obecsum.Release], list[Quarantined]]:
    path = folder / name
    path.write_bytes(data)
    quarantined: list[Quarantined] = []
    return list(obecsum.read(path, on_quarantine=quarantined.append, **options)), quarantined  # type: ignore[arg-type]


def table(rows: list[dict[str, str]]) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


@pytest.fixture(scope="module")
def seeds() -> list[str]:
    return [thai(path.read_text(encoding="utf-8")) for path in SEEDS]


CODECS = {
    "utf-8": ("utf-8", b""),
    "utf-8 with a mark": ("utf-8", b"\xef\xbb\xbf"),
    "tis-620": ("cp874", b""),
    "utf-16-le": ("utf-16-le", b""),
    "utf-16-le with a mark": ("utf-16-le", b"\xff\xfe"),
    "utf-16-be": ("utf-16-be", b""),
    "utf-16-be with a mark": ("utf-16-be", b"\xfe\xff"),
}


@pytest.mark.parametrize("codec", list(CODECS))
@pytest.mark.parametrize("kind", ["jsonl", "json", "csv", "tsv", "txt", "xml", "html"])
def test_every_format_in_every_encoding(tmp_path: Path, seeds: list[str], codec: str, kind: str) -> None:
    name, mark = CODECS[codec]
    rows = [{"id": str(number), "title": f"ข่าวที่ {number}", "text": text} for number, text in enumerate(seeds)]
    made = {
        "jsonl": "\n".join(orjson.dumps(row).decode() for row in rows),
        "json": orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode(),
        "csv": table(rows),
        "tsv": "\n".join(["id\ttitle\ttext", *(f"{row['id']}\t{row['title']}\t{' '.join(row['text'].split())}" for row in rows)]),
        "txt": seeds[0],
        "xml": "<rss version='2.0'><channel>"
        + "".join(f"<item><guid>{r['id']}</guid><description>{r['text'].replace('&', '')}</description></item>" for r in rows)
        + "</channel></rss>",
        "html": "<html><head><meta charset='x'><title>หัว</title></head><body>"
        + "".join(f"<p>{line}</p>" for line in seeds[0].splitlines() if line.strip())
        + "</body></html>",
    }[kind]  # fmt: skip
    releases, quarantined = read_bytes(tmp_path, f"feed.{kind}", mark + made.encode(name))
    expected, _ = read_bytes(tmp_path, f"expected.{kind}", made.encode())
    assert quarantined == []
    assert [release.text for release in releases] == [release.text for release in expected]
    assert [release.id for release in releases if kind not in ("txt", "html")] == [
        release.id for release in expected if kind not in ("txt", "html")
    ]
    assert all("ก" in release.text for release in releases)


@pytest.mark.parametrize("option", ["tis-620", "windows-874", "ISO-8859-11", "cp874", "TIS620"])
def test_the_code_page_by_option(tmp_path: Path, seeds: list[str], option: str) -> None:
    data = orjson.dumps({"text": "หก"}).decode().encode("cp874")  # valid UTF-8 by chance: the option decides
    releases, _ = read_bytes(tmp_path, "feed.jsonl", data, encoding=option)
    assert [release.text for release in releases] == ["หก"]
    assert chosen_encoding(option) == "cp874"


def test_a_wrong_option_is_told_and_nothing_is_made_up(tmp_path: Path, seeds: list[str]) -> None:
    for name, made in (("f.jsonl", orjson.dumps({"text": seeds[0]})), ("f.csv", table([{"text": seeds[0]}]).encode()), ("f.txt", seeds[0].encode())):  # fmt: skip
        releases, [entry] = read_bytes(tmp_path, name, made, encoding="tis-620")
        assert releases == []
        assert entry.kind == "wrong encoding"
        assert entry.raw.strip() in made
    releases, [entry] = read_bytes(
        tmp_path, "f.jsonl", orjson.dumps({"text": seeds[0]}).decode().encode("cp874"), encoding="utf-8"
    )
    assert (releases, entry.kind) == ([], "invalid UTF-8")
    with pytest.raises(OptionError, match="latin-1"):
        chosen_encoding("latin-1")
    assert all(chosen_encoding(name) for name in ENCODINGS)


@pytest.mark.parametrize("declared", ["utf-8", "windows-874", "tis-620", "iso-8859-1", "utf-16", "nonsense"])
@pytest.mark.parametrize("actual", ["utf-8", "cp874"])
def test_what_a_document_declares_does_not_count(tmp_path: Path, seeds: list[str], declared: str, actual: str) -> None:
    text = " ".join(seeds[1].replace("&", "").replace("<", "").split())
    feed = f"<?xml version='1.0' encoding='{declared}'?><rss version='2.0'><channel><item><description>{text}</description></item></channel></rss>"
    [release], quarantined = read_bytes(tmp_path, "feed.xml", feed.encode(actual))
    assert (release.text, quarantined) == (text, [])
    page = f"<html><head><meta http-equiv='Content-Type' content='text/html; charset={declared}'><title>หัวข้อ</title></head><body><article><p>{text}</p></article></body></html>"
    [release], quarantined = read_bytes(tmp_path, "page.html", page.encode(actual))
    assert " ".join(release.text.split()) == text
    assert release.title == "หัวข้อ"


def test_a_mark_of_utf_8_before_the_code_page(tmp_path: Path, seeds: list[str]) -> None:
    data = b"\xef\xbb\xbf" + table([{"text": seeds[0]}, {"text": seeds[1]}]).encode("cp874")
    releases, quarantined = read_bytes(tmp_path, "feed.csv", data)
    assert ([release.text for release in releases], quarantined) == ([seeds[0], seeds[1]], [])


def test_a_feed_joined_from_two_encodings(tmp_path: Path, seeds: list[str]) -> None:
    lines = [orjson.dumps({"text": text}).decode() for text in seeds]
    data = b"\n".join(line.encode("cp874" if number % 2 else "utf-8") for number, line in enumerate(lines))
    releases, quarantined = read_bytes(tmp_path, "feed.jsonl", data)
    assert ([release.text for release in releases], quarantined) == (seeds, [])


DAMAGED = [
    "เด็ก".encode()[:-1],
    "เด็กและเยาวชน".encode().replace(b"\xe0\xb9\x87", b"\xe0\x87"),
    "สำนักงาน".encode()[1:],
    b"caf\xe9 na\xefve",
    "Grüße aus Köln, 20 €".encode("cp1252"),
    "£5 and £7".encode("latin-1"),
    "ДОБРОЕ УТРО".encode("cp1251"),
    "今日のニュース".encode("shift-jis"),
    "今天的新闻报道".encode("gbk"),
    bytes(range(128, 256)),
]


@pytest.mark.parametrize("raw", DAMAGED)
def test_what_is_neither_is_quarantined_with_its_bytes(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(RecordError, match=r"^invalid UTF-8:"):
        to_utf8(raw)
    releases, [entry] = read_bytes(tmp_path, "feed.jsonl", b'{"text": "' + raw + b'"}')
    assert (releases, entry.kind) == ([], "invalid UTF-8")
    assert raw in entry.raw


def test_thai_letters_are_told_from_others_by_how_they_stand() -> None:
    assert looks_thai("กรม")
    assert looks_thai("Press release: กระทรวงศึกษาธิการ 2567")
    assert not looks_thai("no Thai")
    assert not looks_thai("caf้ and naํve")
    assert not looks_thai("่ก้า ิน")  # marks that stand on nothing


def test_utf_16_is_told_without_a_mark_and_nothing_else_is_taken_for_it(seeds: list[str]) -> None:
    for text in (*seeds, '{"text": "news"}', "ก", "ก" * 40):
        if len(text) > 1:
            assert detect_utf16(text.encode("utf-16-le"), name="f") == "utf-16-le"
            assert detect_utf16(text.encode("utf-16-be"), name="f") == "utf-16-be"
        assert detect_utf16(text.encode(), name="f") is None
        assert detect_utf16(text.encode("cp874"), name="f") is None
        assert detect_utf16(b"\xff\xfe\n" + text.encode(), name="f") is None  # two broken bytes, no mark
    assert detect_utf16(b"\0" * 64, name="f") is None
    with pytest.raises(InputError, match="UTF-32"):
        detect_utf16("ก".encode("utf-32"), name="f")


def test_bad_utf_16_keeps_its_bytes(tmp_path: Path) -> None:
    lines = ['{"text": "ดี"}', '{"text": "\ud800"}', '{"text": "ดีอีก"}', "no"]
    data = "\n".join(lines).encode("utf-16-le", "surrogatepass") + b"A"
    releases, quarantined = read_bytes(tmp_path, "feed.jsonl", b"\xff\xfe" + data)
    assert [release.text for release in releases] == ["ดี", "ดีอีก"]
    assert [(entry.kind, entry.line) for entry in quarantined] == [("lone surrogates", 2), ("lone surrogates", 4)]
    assert quarantined[0].raw == lines[1].encode("utf-16-le", "surrogatepass")
    assert quarantined[1].raw == "no".encode("utf-16-le") + b"A"
    pair = '{"text": "ข่าว 😀"}\n' * 40_000  # a surrogate pair at the edge of every kind of buffer
    releases, quarantined = read_bytes(tmp_path, "pairs.jsonl", pair.encode("utf-16-be"))
    assert ({release.text for release in releases}, len(releases), quarantined) == ({"ข่าว 😀"}, 40_000, [])


@pytest.mark.skipif(DATA is None, reason="OBECSUM_DATA names no folder with the corpus")
def test_the_corpus_in_tis_620(tmp_path: Path) -> None:
    """Real releases, written in the code page: each comes back as it went, however it is packed."""
    with lzma.open(Path(DATA or "") / "thaigov" / "valid.jsonl.xz") as lines:
        rows = [orjson.loads(line) for line in lines]
    rows = random.Random(1).sample(rows, 800)
    feed = [{"id": str(row["id"]), "title": thai(row["title"]), "text": thai(row["body"])} for row in rows]
    feed = [row for row in feed if row["text"].strip()]
    made = {
        "feed.jsonl": "\n".join(orjson.dumps(row).decode() for row in feed).encode("cp874"),
        "feed.json": orjson.dumps(feed).decode().encode("cp874"),
        "feed.csv": table(feed).encode("cp874"),
        "utf16.csv": table(feed).encode("utf-16"),
    }
    for name, data in made.items():
        releases, quarantined = read_bytes(tmp_path, name, data)
        assert quarantined == [], name
        assert [(r.id, r.title, r.text) for r in releases] == [(r["id"], r["title"], r["text"]) for r in feed], name
    folder = tmp_path / "texts"
    folder.mkdir()
    for row in feed:
        (folder / f"{row['id']}.txt").write_bytes(row["text"].encode("cp874"))
    texts = {release.id: release.text for release in obecsum.read(folder)}
    assert texts == {row["id"]: row["text"] for row in feed}
