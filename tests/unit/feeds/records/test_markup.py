"""Text of pieces of HTML."""

from __future__ import annotations

import time

import pytest

from obecsum.feeds.records.markup import looks_like_html, text_of_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>ข่าว &amp; <b>ภาพ</b></p><ul><li>ก</li><li>ข</li></ul>", "ข่าว & ภาพ\n\nก\nข"),
        ("<p>หนึ่ง</p>\n<p>สอง</p>", "หนึ่ง\n\nสอง"),
        ("หนึ่ง<br>สอง<br/><br />สาม", "หนึ่ง\nสอง\n\nสาม"),
        ("<div>ก</div><div>ข</div>", "ก\nข"),
        ("ก\n  ข   ค<b> ง</b>", "ก ข ค ง"),
        ("09.00&nbsp;น.<br>", "09.00\u00a0น."),
        ("<table><tr><td>ก</td><td>1</td></tr><tr><td>ข</td><td>2</td></tr></table>", "ก\t1\nข\t2"),
        ("<script>x = '<p>';</script>ข่าว<style>p{}</style><!-- <p>ซ่อน</p> -->", "ข่าว"),
        ("<a href=\"x>y\" title='>'>ลิงก์</a>", "ลิงก์"),
        ("5 < 6 และ 7 > 6", "5 < 6 และ 7 > 6"),
        ("ย่อหน้า\n\nไม่มีแท็ก &amp; ยังอยู่", "ย่อหน้า\n\nไม่มีแท็ก & ยังอยู่"),
        ("<p>&lt;b&gt; ไม่ใช่แท็ก &#3585;&#x0E02;</p>", "<b> ไม่ใช่แท็ก กข"),
        ("", ""),
        ("<p> </p>", ""),
        ("<p>ไม่ปิด", "ไม่ปิด"),
        ("<!-- ไม่ปิด <p>ข่าว</p>", "<!-- ไม่ปิด\n\nข่าว"),
    ],
)
def test_text_of_html(html: str, text: str) -> None:
    assert text_of_html(html) == text


def test_what_looks_like_html() -> None:
    assert looks_like_html("<b>ก</b>")
    assert looks_like_html("ก &amp; ข")
    assert not looks_like_html("ก & ข < ค > ง")


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<!--",
        "<a ",
        "&",
        "<a b='",
        '<a b="',
        "<p>",
        "</p>",
        "<!",
        "<script>",
        "&amp;",
        "<td>",
        "<br>",
        "--",
        "<a\n",
        "<b> </b>",
        "ก<td> </td>",
    ],
)
def test_hostile_pieces_take_no_longer_than_their_length(piece: str) -> None:
    """Ten times the text takes not a hundred times the time."""
    text_of_html(piece * 1000)
    seconds = []
    for count in (20_000, 200_000):
        begin = time.process_time()
        text_of_html(piece * count)
        looks_like_html(piece * count)
        seconds.append(time.process_time() - begin)
    assert seconds[1] < 40 * max(seconds[0], 0.02)
