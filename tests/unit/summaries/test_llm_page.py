"""The function of docs/llm.md, run as it stands there against a server on loopback, with what can go wrong."""

from __future__ import annotations

import contextlib
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import obecsum
from obecsum.core.errors import ModelError

PAGE = Path(__file__).resolve().parents[3] / "docs" / "llm.md"
THAI = (
    "วันที่ 13 ธันวาคม 2567 นายสมชาย ใจดี อธิบดีกรมตัวอย่าง เปิดเผยว่า น้ำในเขื่อนมี 1,250 ล้านลูกบาศก์เมตร "
    "คิดเป็นร้อยละ 60 ของความจุ เพียงพอสำหรับการเพาะปลูกในฤดูแล้งของเกษตรกรทั่วประเทศ"
)
TRUE = "อธิบดีกรมตัวอย่าง เปิดเผยว่า น้ำในเขื่อนมี 1,250 ล้านลูกบาศก์เมตร คิดเป็นร้อยละ 60 ของความจุ เพียงพอสำหรับการเพาะปลูกในฤดูแล้งของเกษตรกรทั่วประเทศ"
Answer = Callable[[dict[str, Any]], tuple[int, bytes]]


class Server:
    """What it is asked is kept; ``answer`` makes status and body of a request."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.heads: list[dict[str, str]] = []
        self.answer: Answer = lambda body: (200, completion(TRUE))
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.asked.append({"path": self.path, **body})
                outer.heads.append(dict(self.headers))
                status, data = outer.answer(body)
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                with contextlib.suppress(OSError):  # who asked did not wait
                    self.wfile.write(data)

            def log_message(self, *arguments: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"


def completion(text: str | None) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.http.serve_forever)
    thread.start()
    yield made
    made.http.shutdown()
    thread.join()
    made.http.server_close()


@pytest.fixture
def page(server: Server, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the first block of the page defines; waiting takes no time."""
    for name, value in {"CHAT_URL": server.url, "CHAT_MODEL": "some-model", "CHAT_KEY": "s3cret"}.items():
        monkeypatch.setenv(name, value)
    found: dict[str, Any] = {}
    block = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)[0]
    exec(compile(block, str(PAGE), "exec"), found)
    monkeypatch.setattr(time, "sleep", lambda seconds: found.setdefault("slept", []).append(seconds))
    return found


def test_what_the_server_says_is_checked(page: dict[str, Any], server: Server) -> None:
    invented = "กรมตัวอย่างเผยน้ำในเขื่อนมี 9,999 ล้านลูกบาศก์เมตร"
    server.answer = lambda body: (200, completion(f"**{TRUE if '14 ธันวาคม' in str(body) else invented}**\n"))
    other = THAI.replace("13 ธันวาคม", "14 ธันวาคม")
    texts = [THAI, other, other + THAI * 100]
    found = obecsum.Summarizer(page["headlines"]).summarize(texts, kind="headline", batch_size=2)
    assert found[1].text == TRUE
    assert found[1].fallback is None
    assert found[0].fallback is not None
    assert "9,999" in found[0].fallback
    assert "9,999" not in found[0].text
    assert len(server.asked) == 3
    for asked, head in zip(server.asked, server.heads, strict=True):
        assert (asked["path"], asked["model"]) == ("/v1/chat/completions", "some-model")
        assert head["Authorization"] == "Bearer s3cret"
        assert len(asked["messages"][0]["content"]) <= page["MAX_CHARS"] + len(page["ASK"])


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(status: int, page: dict[str, Any], server: Server) -> None:
    server.answer = lambda body: (status, b"") if len(server.asked) < 3 else (200, completion(TRUE))
    (summary,) = obecsum.Summarizer(page["headlines"]).summarize([THAI], kind="headline")
    assert summary.text == TRUE
    assert len(server.asked) == 3
    assert page["slept"] == [1.0, 2.0]


def test_no_answer_is_an_extract(page: dict[str, Any], server: Server) -> None:
    server.answer = lambda body: (200, completion(None))
    (summary,) = obecsum.Summarizer(page["headlines"]).summarize([THAI], kind="headline")
    assert summary.fallback is not None
    assert "nothing readable" in summary.fallback


@pytest.mark.parametrize(
    ("answer", "message", "times"),
    [
        ((500, b""), "asked 4 times: HTTP Error 500", 4),
        ((401, b""), "asked 1 times: HTTP Error 401", 1),
        ((404, b"{}"), "asked 1 times: HTTP Error 404", 1),
        ((200, b"<html>"), "no chat completion: JSONDecodeError", 1),
        ((200, b"\xff\xfe\x00"), "no chat completion: ", 1),
        ((200, b"[]"), "no chat completion: TypeError", 1),
        ((200, b'{"choices": []}'), "no chat completion: IndexError", 1),
        ((200, b'{"error": "no such model"}'), "no chat completion: KeyError", 1),
        ((200, b'{"choices": [{"message": {"content": 5}}]}'), "got int as number 0", 1),
    ],
)
def test_what_goes_wrong_is_told(
    answer: tuple[int, bytes], message: str, times: int, page: dict[str, Any], server: Server
) -> None:
    server.answer = lambda body: answer
    with pytest.raises(ModelError) as caught:
        obecsum.Summarizer(page["headlines"]).summarize([THAI], kind="headline")
    assert message in str(caught.value)
    assert "headlines" in str(caught.value)
    assert "s3cret" not in str(caught.value)
    assert len(server.asked) == times


def test_a_server_that_does_not_answer_in_time(page: dict[str, Any], server: Server) -> None:
    waiting = threading.Event()

    def never(body: dict[str, Any]) -> tuple[int, bytes]:
        waiting.wait(20)
        return 200, completion(TRUE)

    server.answer = never
    page["TIMEOUT_S"] = 0.1
    try:
        with pytest.raises(ModelError, match="asked 4 times: timed out"):
            obecsum.Summarizer(page["headlines"]).summarize([THAI], kind="headline")
    finally:
        waiting.set()


def test_a_server_that_is_not_there(page: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAT_URL", "http://127.0.0.1:9")
    with pytest.raises(ModelError, match=r"raised ConnectionError: .* asked 4 times: .*refused"):
        obecsum.Summarizer(page["headlines"]).summarize([THAI], kind="headline")
