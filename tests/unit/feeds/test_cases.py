"""Feeds as they are: small inputs made after public bug reports, and what is right for each."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

import obecsum
from obecsum.core.errors import InputError
from obecsum.feeds.records.record import Quarantined

CASES = Path(__file__).parent / "cases"
EXPECTED = json.loads((CASES / "expected.json").read_text(encoding="utf-8"))


def read(name: str, **options: object) -> tuple[list[obecsum.Release], list[Quarantined]]:
    [path] = CASES.glob(f"*/{name}")
    quarantined: list[Quarantined] = []
    return list(obecsum.read(path, on_quarantine=quarantined.append, **options)), quarantined  # type: ignore[arg-type]


def written(tmp_path: Path, name: str, text: str) -> list[obecsum.Release]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return list(obecsum.read(path))


def test_dates_of_a_feed() -> None:
    dates = EXPECTED["rss-dates-39-forms.xml"]["published"]
    found = {}
    for release in read("rss-dates-39-forms.xml")[0]:
        found[str(release.extra.get("published", release.published))] = release.published
    assert {text: found.get(text, "not there") for text in dates if text in found} == {
        text: iso for text, iso in dates.items() if text in found
    }
    assert len(found.keys() & dates.keys()) >= 27
    assert {text: obecsum.parse_date(text) for text in dates} == dates


def test_dates_of_json() -> None:
    assert [r.published for r in read("dates-unread.jsonl")[0]] == EXPECTED["dates-unread.jsonl"]["published"]
    assert {str(r.published)[:10] for r in read("epoch.jsonl")[0]} == {"2024-07-01"}


def test_the_clock_has_no_part_in_a_date() -> None:
    [release] = read("rss-since-drops-news.xml")[0]
    assert release.published == "2024-12-31T16:00+07:00"


def test_captions_are_no_text() -> None:
    releases, quarantined = read("rss-media-description.xml")
    assert not quarantined
    for release in releases:
        assert release.text.startswith("กรมชลประทานรายงานสถานการณ์น้ำ")
    assert [release.text.endswith("ย่อหน้าที่สองของข่าวฉบับเต็ม") for release in releases[2:6]] == [True] * 4
    first = releases[0]
    assert first.extra["media_description"] == ["ภาพ: อธิบดีตรวจเขื่อน"]
    titles = [release.title for release in read("rss-media-caption-deletes-news.xml")[0]]
    assert titles == ["อธิบดีตรวจความพร้อมเครื่องสูบน้ำ", "อธิบดีตรวจความพร้อมเครื่องผลักดันน้ำ"]


@pytest.mark.parametrize("name", ["rss-escaped-cdata.xml", "rss-double-escaped-html.xml"])
def test_markup_that_is_escaped_twice(name: str) -> None:
    releases, quarantined = read(name)
    assert releases
    assert not quarantined
    for release in releases:
        for mark in ("<", ">", "&nbsp;", "&amp;", "CDATA", "]]"):
            assert mark not in f"{release.title}\n{release.text}"


def test_references_and_ampersands() -> None:
    [release] = read("rss-bare-ampersand.xml")[0]
    assert "R&D" in release.text
    assert release.url == "http://example.go.th/?p=9817&utm_source=line"
    [emoji], quarantined = read("rss-emoji-pair.xml")
    assert (emoji.text, quarantined) == ("ขอเชิญร่วมงาน 😀 วันเสาร์นี้", [])


@pytest.mark.parametrize(
    "name",
    ["sep-semicolon.csv", "mac-cr.csv", "excel-unicode-text.txt", "space-after-comma.csv", "semicolon-in-header.csv"],
)
def test_tables(name: str) -> None:
    releases, quarantined = read(name)
    assert (len(releases), len(quarantined)) == (EXPECTED[name]["records"], 0)
    assert [release.id for release in releases] == [str(number) for number in range(1, len(releases) + 1)]
    assert all(release.text.startswith("กร") and '"' not in release.text for release in releases)


def test_json_of_others() -> None:
    feed, quarantined = read("jsonfeed.json")
    assert not quarantined
    assert [(r.id, r.published, r.text[:11]) for r in feed] == [
        ("1", "2024-07-01T09:00+07:00", "กรมชลประทาน"),
        ("2", None, "กรมอุตุนิยม"),
    ]
    rows, quarantined = read("nan.jsonl")
    assert ([row.extra.get("score", "none") for row in rows], quarantined) == ([None, "none"], [])


def test_one_page_and_one_text() -> None:
    [page] = read("html-title-agency-pipe.html")[0]
    assert page.title == "ขยายเวลาลงทะเบียนโครงการใหม่ถึงสิ้นเดือน"
    [text] = read("tis620-legal.txt")[0]
    assert text.text == "พระราชกฤษฎีกา กฎ ฎีกา"


def test_the_order_of_day_and_month_is_the_columns(tmp_path: Path) -> None:
    rows = "id,text,date\na,ข่าว,7/6/2024\nb,ข่าว,7/15/2024\nc,ข่าว,5/5/2024\n"
    assert [r.published for r in written(tmp_path, "a.csv", rows)] == ["2024-07-06", "2024-07-15", "2024-05-05"]
    turned = "id,text,date\nb,ข่าว,7/15/2024\na,ข่าว,7/6/2024\n"
    assert [r.published for r in written(tmp_path, "b.csv", turned)] == ["2024-07-15", "2024-07-06"]
    alone = "id,text,date\na,ข่าว,7/6/2024\nb,ข่าว,15/7/2024\n"
    assert [r.published for r in written(tmp_path, "c.csv", alone)] == ["2024-06-07", "2024-07-15"]


def test_a_row_that_tells_the_order_is_waited_for(tmp_path: Path) -> None:
    early = "".join(f"{number},ข่าว,7/{number % 12 + 1}/2024\n" for number in range(3000))
    releases = written(tmp_path, "a.csv", "id,text,date\n" + early + "last,ข่าว,7/15/2024\n")
    assert {r.published[:7] for r in releases if r.published} == {"2024-07"}
    assert [r.id for r in releases] == [*map(str, range(3000)), "last"]


def test_what_waits_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    long = {"text": f"<p>ข่าว</p><!--{'x' * 300_000}-->", "date": "7/6/2024"}  # little to read, much to keep
    with path.open("w", encoding="utf-8") as file:
        for _ in range(60):
            file.write(json.dumps(long) + "\n")
        file.write('{"text": "ข่าว", "date": "7/15/2024"}\n')
    dates = [release.published for release in obecsum.read(path)]
    assert dates[0] == "2024-06-07"  # 16 million characters told nothing
    assert dates[-2:] == ["2024-06-07", "2024-07-15"]


def test_what_a_feed_tells_is_told_from_a_pipe_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "id,text,date\na,ข่าว <b>ดี</b>,7/6/2024\nb,<p>ข่าว</p>,7/15/2024\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(rows.encode())))
    piped = [(r.id, r.text, r.published) for r in obecsum.read("-", input_format="csv")]
    assert piped == [(r.id, r.text, r.published) for r in written(tmp_path, "a.csv", rows)]
    assert piped == [("a", "ข่าว ดี", "2024-07-06"), ("b", "ข่าว", "2024-07-15")]


def test_records_that_wait_come_before_the_error_that_ends_a_feed(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    rows = b"".join(b'{"id": "%d", "text": "%s", "date": "7/6/2024"}\n' % (n, b"a" * 2000) for n in range(900))
    path.write_bytes(gzip.compress(rows)[:-8])
    found: list[str] = []
    with pytest.raises(InputError, match="ends early"):
        found.extend(release.id for release in obecsum.read(path))
    assert found == [str(number) for number in range(len(found))]
    assert len(found) > 100


def test_a_column_of_both_orders_tells_nothing(tmp_path: Path) -> None:
    rows = "id,text,date\na,ข่าว,7/6/2024\nb,ข่าว,7/15/2024\nc,ข่าว,15/7/2024\n"
    releases = written(tmp_path, "a.csv", rows)
    assert [r.published for r in releases] == [None, "2024-07-15", "2024-07-15"]
    assert releases[0].extra == {"date": "7/6/2024"}


def test_inline_tags_are_told_by_the_feed(tmp_path: Path) -> None:
    about = '{"text": "วิธีใช้แท็ก <b>หนา</b> ในหน้าเว็บ"}\n' + '{"text": "ข่าว a < b"}\n' * 12
    assert [r.text for r in written(tmp_path, "a.jsonl", about)][:2] == ["วิธีใช้แท็ก <b>หนา</b> ในหน้าเว็บ", "ข่าว a < b"]
    marked = '{"text": "ข่าว <b>ดี</b>"}\n{"text": "<p>ข่าว a &lt; b</p>"}\n{"text": "ข่าว a < b"}\n'
    assert [r.text for r in written(tmp_path, "b.jsonl", marked)] == ["ข่าว ดี", "ข่าว a < b", "ข่าว a < b"]


def test_late_in_a_feed_nothing_waits(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    plain = '{"text": "ข่าว"}\n'
    path.write_text(
        plain * 1000 + '{"text": "<b>หนา</b>"}\n' + '{"text": "<p>ข่าว</p>"}\n' * 200 + '{"text": "<i>เอน</i>"}\n'
    )
    releases = obecsum.read(path)
    texts = [next(releases).text for _ in range(1001)]
    assert texts[-1] == "<b>หนา</b>"  # one in a thousand so far
    assert [release.text for release in releases][-1] == "เอน"  # more than a tenth by then


def test_a_text_of_nothing_but_tags_and_references_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "&nbsp;"}\n{"text": "<b> </b>"}\n{"text": "&#3585;"}\n{"text": " ", "body": "ข่าว"}\n')
    quarantined: list[Quarantined] = []
    releases = list(obecsum.read(path, on_quarantine=quarantined.append))
    assert [release.text for release in releases] == ["ก", "ข่าว"]
    assert [one.line for one in quarantined] == [1, 2]


def test_wordpress(tmp_path: Path) -> None:
    post = {
        "id": 7,
        "date": "2024-07-01T09:30:00",
        "link": "https://a.go.th/7",
        "title": {"rendered": "กรม &#8220;ตัวอย่าง&#8221;"},
        "content": {"rendered": "<p>ย่อหน้าหนึ่ง</p>\n<p>สอง</p>", "protected": False},
    }
    [release] = written(tmp_path, "posts.json", json.dumps([post]))
    assert (release.id, release.title, release.text) == ("7", "กรม “ตัวอย่าง”", "ย่อหน้าหนึ่ง\n\nสอง")
    assert (release.published, release.url) == ("2024-07-01T09:30+07:00", "https://a.go.th/7")
    assert release.extra == {"date": "2024-07-01T09:30:00", "content": {"protected": False}}


@pytest.mark.parametrize("indent", [None, 1])
def test_an_object_around_the_records(tmp_path: Path, indent: int | None) -> None:
    feed = {"title": "ข่าว", "n": [1, {"items": [2]}], "items": [{"text": "ก"}, {"text": "ข"}], "next": None}
    assert [r.text for r in written(tmp_path, "a.json", json.dumps(feed, indent=indent))] == ["ก", "ข"]
    record = {"text": "ก", "items": [{"text": "ข"}]}
    assert [r.text for r in written(tmp_path, "b.json", json.dumps(record, indent=indent))] == ["ก"]
    assert written(tmp_path, "c.json", json.dumps({"items": []}, indent=indent)) == []


def test_thai_columns(tmp_path: Path) -> None:
    header = "รหัสข่าว,หัวข้อข่าว,เนื้อหาข่าว,วันที่เผยแพร่,ลิงก์,แหล่งที่มา"
    [row] = written(tmp_path, "a.csv", header + "\n9,หัว,เนื้อ,15 ก.ค. 67,https://a.go.th/9,กรมตัวอย่าง\n")
    assert (row.id, row.title, row.text, row.published, row.url) == (
        "9",
        "หัว",
        "เนื้อ",
        "2024-07-15",
        "https://a.go.th/9",
    )
    assert row.extra["แหล่งที่มา"] == "กรมตัวอย่าง"
    [linked] = written(tmp_path, "b.csv", "เนื้อข่าว,แหล่งที่มา\nเนื้อ,https://a.go.th/9\n")
    assert linked.url == "https://a.go.th/9"


def test_cells_that_a_spreadsheet_adds(tmp_path: Path) -> None:
    rows = 'id;text;"a;b";;\n1;ข่าว;x;;\n2;ข่าวสอง;y;;;;\n'
    releases = written(tmp_path, "a.csv", rows)
    assert [(r.text, r.extra) for r in releases] == [("ข่าว", {"a;b": "x"}), ("ข่าวสอง", {"a;b": "y"})]
    (tmp_path / "b.csv").write_text("id~text\n1~ข่าว, ดี\n", encoding="utf-8")
    assert [r.text for r in obecsum.read(tmp_path / "b.csv", delimiter="~")] == ["ข่าว, ดี"]


def test_lines_that_end_with_a_carriage_return_keep_their_places(tmp_path: Path) -> None:
    data = 'id,text\r1,ก\r2,"ข\rค"\r3,ง,จ\r'.encode()
    (tmp_path / "a.csv").write_bytes(data)
    quarantined: list[Quarantined] = []
    assert [r.text for r in obecsum.read(tmp_path / "a.csv", on_quarantine=quarantined.append)] == ["ก", "ข\nค"]
    [entry] = quarantined
    assert (entry.line, data[entry.byte_offset :][: len(entry.raw)]) == (5, entry.raw)


def test_a_column_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text\n1,ก\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"no column 'when' for the published: the columns are 'id', 'text'"):
        list(obecsum.read(tmp_path / "a.csv", fields={"published": "when"}))


def test_pages_of_one_host_tell_its_name(tmp_path: Path) -> None:
    titles = ["เปิดรับสมัครครู - ข่าวเด่นเมืองไทย", "ซ่อมถนนสาย ก - ข แล้ว - ข่าวเด่นเมืองไทย", "แจกเมล็ดพันธุ์ » ข่าวเด่นเมืองไทย"]
    for number, title in enumerate(titles):
        text = f"<p>เนื้อข่าวที่ {number} ของหน่วยงานในจังหวัด ซึ่งมีรายละเอียดมากพอที่จะเป็นข่าวหนึ่งข่าว</p>" * 3
        (tmp_path / f"{number}.html").write_text(
            f"<html><head><title>{title}</title></head><body>{text}</body></html>", encoding="utf-8"
        )
    assert [r.title for r in obecsum.read(tmp_path)] == ["เปิดรับสมัครครู", "ซ่อมถนนสาย ก - ข แล้ว", "แจกเมล็ดพันธุ์"]


@pytest.mark.parametrize(
    ("head", "title", "published"),
    [
        ('<meta property="og:title" content="หัวข้อ &amp; ข่าว"><title>อื่น</title>', "หัวข้อ & ข่าว", None),
        ('<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "หัวข้อ", "datePublished": "2567-07-15"}]}</script>', "หัวข้อ", "2024-07-15"),
        ('<title>อื่น</title></head><body><h1><a href="/">หัวข้อ</a></h1><time datetime="2024-07-15T09:30">วันนี้</time>', "หัวข้อ", "2024-07-15T09:30+07:00"),
        ('<title>กรมตัวอย่าง – หัวข้อข่าวยาวกว่าชื่อกรม</title></head><body><span class="post-date">15 ก.ค. 67</span>', "หัวข้อข่าวยาวกว่าชื่อกรม", "2024-07-15"),
        ('<title>รถไฟ กรุงเทพ - เชียงใหม่ เปิดแล้ว</title>', "รถไฟ กรุงเทพ - เชียงใหม่ เปิดแล้ว", None),
        ('<title>ก</title></head><body><h1>หนึ่ง</h1><h1>สอง</h1><time datetime="2024-07-15">a</time><time datetime="2024-07-16">b</time>', "ก", None),
    ],
)  # fmt: skip
def test_what_a_page_says_of_itself(tmp_path: Path, head: str, title: str, published: str | None) -> None:
    text = "<p>เนื้อข่าวของหน่วยงานในจังหวัด ซึ่งมีรายละเอียดมากพอที่จะเป็นข่าวหนึ่งข่าว และอีกหลายประโยคต่อไป</p>" * 3
    body = head if "<body>" in head else f"{head}</head><body>"
    [page] = written(tmp_path, "p.html", f"<html><head>{body}{text}</body></html>")
    assert (page.title, page.published) == (title, published)
