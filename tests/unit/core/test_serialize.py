"""Values as JSON."""

from __future__ import annotations

import json

from obecsum.core.serialize import json_line, to_json


def test_json_of_what_orjson_refuses() -> None:
    value = {"n": 10**30, "s": "\ud800", "ก": "ข"}
    assert json.loads(to_json(value)) == value
    assert to_json({"ก": "ข"}) == '{"ก":"ข"}'.encode()
    assert json_line({"ก": 1}) == '{"ก":1}\n'.encode()
