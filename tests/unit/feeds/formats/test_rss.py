"""RSS 2.0, RSS 1.0 and Atom: what becomes of items, good and bad."""

from __future__ import annotations

import http.server
import io
import threading
import urllib.request
from pathlib import Path
from typing import Any

import pytest

import obecsum
from obecsum.core.errors import InputError
from obecsum.feeds.formats.rss import MAX_ITEM_BYTES, read_rss
from obecsum.feeds.records.fields import FieldMap
from obecsum.feeds.records.record import Quarantined, ReadEntry, Record

FEEDS = Path(__file__).parent / "rss"


def parse(data: bytes | str, fields: dict[str, str] | None = None, **options: Any) -> list[ReadEntry]:
    raw = data.encode() if isinstance(data, str) else data
    found = list(read_rss(io.BytesIO(raw), source="f", fields=FieldMap(fields), **options))
    for entry in found:
        if isinstance(entry, Quarantined) and entry.length is None:
            assert raw[entry.byte_offset :].startswith(entry.raw)
            assert raw[: entry.byte_offset].count(b"\n") + 1 == entry.line
    return found


def releases(data: bytes | str, **fields: str) -> list[obecsum.Release]:
    return [entry.release for entry in parse(data, fields) if isinstance(entry, Record)]


def kinds(data: bytes | str) -> list[str]:
    return [entry.kind for entry in parse(data) if isinstance(entry, Quarantined)]


def rss(*items: str) -> str:
    return f"<rss version='2.0'><channel><title>t</title>{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>"


def test_rss_2_as_agencies_publish_it() -> None:
    first, second, third = obecsum.read(FEEDS / "agency.xml")
    assert first.id == "https://www.example.go.th/?p=512"
    assert first.title == "กรมตัวอย่าง “เปิดบ้าน” รับสมัครงาน & ฝึกอาชีพ"
    assert first.text.split("\n\n")[0].startswith("กรมตัวอย่างจัดงานเปิดบ้านครั้งที่ 3")
    assert "เวลา 09.00\u00a0น." in first.text
    assert "<" not in first.text
    assert "อ่านต่อ" not in first.text  # the full content is preferred to the description
    assert first.published == "2024-07-01T09:30+07:00"
    assert first.url == "https://www.example.go.th/512"
    assert first.extra["tags"] == [
        {"term": "ข่าวประชาสัมพันธ์", "scheme": None, "label": None},
        {"term": "แรงงาน", "scheme": None, "label": None},
    ]
    assert first.extra["links"][1] == {
        "rel": "enclosure",
        "href": "https://www.example.go.th/a.jpg",
        "length": "5120",
        "type": "image/jpeg",
    }
    assert first.extra["summary"].endswith("<a href='https://www.example.go.th/512'>อ่านต่อ</a>")
    assert first.extra["slash_comments"] == "0"
    assert (second.published, second.extra["published"]) == ("2024-07-02", "2 กรกฎาคม 2567")
    assert second.text == "ย่อหน้าแรกของข่าว\n\nย่อหน้าที่สอง ๑,๒๓๔ คน"
    assert (third.id, third.title, third.text) == ("agency.xml:38", None, "ข่าวที่ไม่มีหัวข้อและไม่มีวันที่")


def test_rss_1() -> None:
    data = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://a.th"><title>t</title><items><rdf:Seq><rdf:li resource="https://a.th/1"/></rdf:Seq></items></channel>
<item rdf:about="https://a.th/1"><title>หัวข้อ</title><link>https://a.th/1</link><description>เนื้อข่าว</description><dc:date>2567-07-01</dc:date><dc:creator>กรม</dc:creator></item>
</rdf:RDF>"""
    [release] = releases(data)
    assert (release.id, release.text, release.published) == ("https://a.th/1", "เนื้อข่าว", "2024-07-01")
    assert release.extra["author"] == "กรม"


def test_atom() -> None:
    data = """<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>
<entry><title type="html">หัว &amp;amp; ข้อ</title><id>urn:1</id><updated>2024-07-01T09:00:00Z</updated><link href="https://a.th/2"/><summary>ย่อ</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>หนึ่ง</p><p>สอง</p></div></content></entry>
<entry><id>urn:2</id><content type="text">1 &lt; 2 &amp; &lt;b&gt; ไม่ใช่แท็ก</content></entry>
</feed>"""
    first, second = releases(data)
    assert (first.id, first.title, first.text, first.url) == ("urn:1", "หัว & ข้อ", "หนึ่ง\n\nสอง", "https://a.th/2")
    assert first.published == "2024-07-01T09:00+00:00"
    assert first.extra["summary"] == "ย่อ"
    assert (second.text, second.url) == ("1 < 2 & <b> ไม่ใช่แท็ก", None)


def test_prefixed_names() -> None:
    data = '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:id>1</a:id><a:content>ข่าว</a:content></a:entry></a:feed>'
    assert [(release.id, release.text) for release in releases(data)] == [("1", "ข่าว")]


def test_mapped_fields() -> None:
    item = "<title>ก</title><description>ย่อ &lt;b&gt;หนา&lt;/b&gt;</description><content:encoded>ข่าวฉบับเต็ม</content:encoded><guid>1</guid>"
    data = f"<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><item>{item}</item></channel></rss>"
    assert [release.text for release in releases(data)] == ["ข่าวฉบับเต็ม"]
    assert [release.text for release in releases(data, text="summary")] == ["ย่อ หนา"]


def test_what_feedparser_names_is_not_fetched_or_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("ความลับ", encoding="utf-8")
    bomb = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE rss [<!ENTITY b0 "ฮา"> {bomb} <!ENTITY file SYSTEM "{secret.as_uri()}"> <!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]>'
    items = rss(
        "<description>&b9;</description>",
        "<description>&file;</description>",
        "<description>ข่าวดี &nbsp;&amp; &hellip;</description>",
        "<description><![CDATA[&b9; ในข้อความ]]></description>",
    )
    for data in (doctype + items, "<?xml version='1.0'?>\n" + doctype + items):
        found = parse(data)
        assert [entry.kind for entry in found if isinstance(entry, Quarantined)] == ["unknown entity"] * 2
        assert [entry.release.text for entry in found if isinstance(entry, Record)] == [
            "ข่าวดี \u00a0& …",
            "&b9; ในข้อความ",
        ]


@pytest.mark.parametrize(
    ("data", "texts", "reasons"),
    [
        (rss("<description>ก</description>", "<guid>ไม่มีเนื้อหา</guid>"), ["ก"], ["no text"]),
        (rss("<description>ก</description>", "<title>มีแต่หัวข้อ</title>"), ["ก", "มีแต่หัวข้อ"], []),
        ("<rss><channel><item><description>ก</description><item><description>ข</description></item></channel></rss>", ["ข"], ["no XML"]),
        ("<rss><channel><item><description>ก</description></item><item><description>ตัดกลาง", ["ก"], ["no XML"]),
        ("<rss><channel><item><description><![CDATA[ ไม่ปิด </description></item>", [], ["no XML"]),
        ("<rss><channel><item foo='", [], ["no XML"]),
        ("<rss><channel></channel></rss>", [], []),
        ("<rss><channel><item/></channel></rss>", [], ["no text"]),
        ("<item><description>เศษของฟีด</description></item>", ["เศษของฟีด"], []),
        (rss("<description>ก & ข < ค</description>"), ["ก & ข < ค"], []),
        (rss("<description>ก</description>").replace("</channel></rss>", ""), ["ก"], []),
        ("<!-- <item> --><rss><channel><!-- <item>ซ่อน</item> --><item><description>จริง</description></item></channel></rss>", ["จริง"], []),
        (rss("<description><![CDATA[ก </item> ข]]></description>"), ["ก  ข"], []),
        (rss("<description>ก&#xD800;</description>"), [], None),
        (rss("<description>ก\x00\x08ข</description>"), None, None),
        (rss("<description>\xef\xbf\xbe</description>"), None, None),
    ],
)  # fmt: skip
def test_broken_feeds_lose_nothing(data: str, texts: list[str] | None, reasons: list[str] | None) -> None:
    found = parse(data)
    if texts is not None:
        assert [entry.release.text for entry in found if isinstance(entry, Record)] == texts
    if reasons is not None:
        assert [entry.kind for entry in found if isinstance(entry, Quarantined)] == reasons
    assert len(found) == data.replace("<!-- <item> -->", "").replace("<!-- <item>ซ่อน</item> -->", "").count("<item")


def test_what_is_no_feed_is_told(tmp_path: Path) -> None:
    for data in (b"<urlset><url><loc>https://a.th</loc></url></urlset>", b"plain", b"<html><body></body></html>"):
        (tmp_path / "f.xml").write_bytes(data)
        with pytest.raises(InputError, match="neither RSS nor Atom"):
            list(obecsum.read(tmp_path / "f.xml"))


def test_a_long_item_is_not_held() -> None:
    long = "<description>" + "ก" * (MAX_ITEM_BYTES // 2) + "</description>"
    found = parse(rss("<description>ก</description>", long, "<description>ข</description>"))
    assert [entry.release.text for entry in found if isinstance(entry, Record)] == ["ก", "ข"]
    [entry] = [entry for entry in found if isinstance(entry, Quarantined)]
    assert (entry.kind, len(entry.raw)) == ("too long", 1 << 16)
    assert entry.length == len(f"<item>{long}</item>".encode())
    short = parse(
        rss("<description>ก</description>", "<description>" + "ข" * 200 + "</description>"), max_record_bytes=200
    )
    assert [type(entry).__name__ for entry in short] == ["Record", "Quarantined"]


def test_items_do_not_depend_on_how_they_arrive() -> None:
    class Dribble(io.RawIOBase):
        def __init__(self, data: bytes, step: int) -> None:
            self.data, self.step = data, step

        def read(self, size: int = -1) -> bytes:
            chunk, self.data = self.data[: self.step], self.data[self.step :]
            return chunk

    data = (FEEDS / "agency.xml").read_bytes() + b"<item><description>\xe0\xb8\x81</description>"
    whole = list(read_rss(io.BytesIO(data), source="f", fields=FieldMap()))
    for step in (1, 7, 100, 1000):
        assert list(read_rss(Dribble(data, step), source="f", fields=FieldMap())) == whole  # type: ignore[arg-type]


def test_a_feed_over_http_as_a_reader_gets_it(tmp_path: Path) -> None:
    """A real server on loopback; the feed is fetched to a file and read, in the code page that the server does not name."""
    served = tmp_path / "served"
    served.mkdir()
    text = (FEEDS / "agency.xml").read_text(encoding="utf-8")
    (served / "feed.xml").write_bytes(text.encode("cp874", "xmlcharrefreplace"))

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(served))  # type: ignore[arg-type]

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{server.server_address[1]}/feed.xml", timeout=10) as answer:
                (tmp_path / "agency.xml").write_bytes(answer.read())
        finally:
            server.shutdown()
            thread.join()
    assert [(r.id, r.title, r.text) for r in obecsum.read(tmp_path / "agency.xml")] == [
        (r.id, r.title, r.text) for r in obecsum.read(FEEDS / "agency.xml")
    ]
