"""Fuzzing of time: what of a text is repeated, or nested, or never ends, must not take more than its length.

A stage is what a job does to one text (or two). Inputs are made of what the expressions and tables of obecsum look for:
every literal of every compiled pattern is a piece, pieces are repeated with others between, before and behind. An
input is tried at a short length first; where twice the length takes clearly more than twice the time, or long already, it
is tried at 100 kB, which may take two seconds of processor time.

Run ``python -m tests.fuzz.patterns --seconds 600``; it exits with 1 if a stage took longer.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import random
import re
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from time import process_time
from types import FrameType
from typing import Any

from obecsum.core.errors import InputError
from obecsum.core.serialize import json_line
from obecsum.feeds.read import plan_sources, read_entries

__all__ = ["hostile", "is_suspect", "pieces", "seconds_of", "stages"]

CHARS = 100_000
MOST_S = 2.0
_SHORT = 6_000
_SUSPECT_GROWTH = 2.6
_SUSPECT_S = 0.02
_STOP_S = 20.0
# What runs over the text of strangers; training reads a corpus of the user's own.
_FOLDERS = ("cleaning", "comparison", "dedup", "embeddings", "feeds", "report", "story", "summaries", "text")
_PLAIN = ("ข่าว", "ก", "พ", "น้ำ", "1", "12", "a", "A", "\u0e48", "\u200b", "é", "😀")
_SIGNS = tuple("#.,:;/-–_=*+~|!?()[]{}<>\"'“”‘’@&%…ฯๆ \n\t\r\u00a0\u2028\\$^`")
_JOINS = ("", " ", "\n", ".", ",", "/", "-", "#", "  ", " \n")


class _Late(BaseException):
    pass


@lru_cache(maxsize=1)
def stages() -> dict[str, Callable[[str], object]]:
    """Name to what is done to a text; everything that a job does but what a model computes."""
    from obecsum.cleaning.boilerplate import Boilerplate
    from obecsum.cleaning.clean_text import clean_release
    from obecsum.cleaning.repeats import find_repeats
    from obecsum.comparison.compare import compare
    from obecsum.core.release import Release
    from obecsum.feeds.records.fields import FieldMap, title_of_text
    from obecsum.feeds.records.markup import looks_like_html, text_of_html
    from obecsum.feeds.write.rss import _html
    from obecsum.index.entries import entry_of
    from obecsum.minhash.signatures import sketches_of
    from obecsum.story.facts import tell
    from obecsum.summaries.abbreviations import spell_as
    from obecsum.summaries.choice.awkward import is_readable
    from obecsum.summaries.choice.choose import best_candidate
    from obecsum.summaries.choice.source import Source
    from obecsum.summaries.extract.plan import plan_passages
    from obecsum.summaries.extract.reading import Reading
    from obecsum.summaries.summarizer import prepare
    from obecsum.summaries.writer import tidy
    from obecsum.text.facts import extract_facts
    from obecsum.text.normalize import fold_with_offsets, normalize
    from obecsum.text.printable import printable, shortened
    from obecsum.text.segment import sentences, words
    from obecsum.text.slots import slot_source
    from obecsum.text.timestamps import parse_date

    def learn(text: str) -> object:
        return Boilerplate.learn([text, text, text])

    def candidate(text: str) -> object:
        written = tidy(text[:600], finished=False)
        return best_candidate([written], Source(Reading(text)), kind="headline")

    def file(form: str, wrap: Callable[[str], bytes]) -> Callable[[str], object]:
        def read(text: str) -> object:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder, f"feed.{form}")
                path.write_bytes(wrap(text))
                try:
                    return [sum(1 for _ in read_entries(source, FieldMap({}))) for source in plan_sources(path)]
                except InputError:
                    return None

        return read

    def record(text: str) -> bytes:
        return json_line({"id": text[:300], "date": text[:5000], "title": text[:5000], "text": text})

    return {
        "normalize": normalize,
        "fold": fold_with_offsets,
        "printable": printable,
        "dates": parse_date,
        "title": title_of_text,
        "facts": extract_facts,
        "words": words,
        "sentences": sentences,
        "slots": slot_source,
        "markup": lambda text: text_of_html(text) if looks_like_html(text) or "<" in text else None,
        "jsonl": file("jsonl", record),
        "plain jsonl": file("jsonl", lambda text: text.encode("utf-8", "replace")),
        "json": file("json", lambda text: b"[" + text.encode("utf-8", "replace") + b"]"),
        "csv": file("csv", lambda text: b"id,text\n" + text.encode("utf-8", "replace")),
        "csv header": file("csv", lambda text: text.encode("utf-8", "replace") + b"\n1,2\n"),
        "xml": file(
            "xml",
            lambda text: f"<rss><channel><item><description>{text}</description></item></channel></rss>".encode(
                "utf-8", "replace"
            ),
        ),
        "text": file("txt", lambda text: text.encode("utf-8", "replace")),
        "learn": learn,
        "clean": lambda text: clean_release(Release("1", text, text[:200]), Boilerplate.fixed()),
        "repeats": find_repeats,
        "sketch": lambda text: sketches_of([text]),
        "entry": lambda text: entry_of(Release("1", text)),
        "compare with itself and more": lambda text: compare(text, text + " เพิ่ม 3 ราย"),
        "compare with half": lambda text: compare(text, text[: len(text) // 2]),
        "story": lambda text: tell(text, title=text[:300]),
        "prepare": prepare,
        "extract": lambda text: plan_passages(text, length="long"),
        "check": candidate,
        "readable": is_readable,
        "abbreviations": lambda text: spell_as(text[:400], text),
        "report": shortened,
        "rss": _html,
    }


@lru_cache(maxsize=1)
def pieces() -> tuple[str, ...]:
    """What obecsum's expressions look for: the literals of every compiled pattern, signs, and a few plain letters."""
    found = {*_PLAIN, *_SIGNS}
    import obecsum

    for module in pkgutil.walk_packages(obecsum.__path__, "obecsum."):
        if module.name.split(".")[1] in _FOLDERS:
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, re.Pattern):
                    pattern = value.pattern if isinstance(value.pattern, str) else value.pattern.decode("latin-1")
                    found.update(literals(pattern, value.flags))
    return tuple(sorted(found))


def hostile(generator: random.Random) -> Callable[[int], str]:
    """An input of any length: what is repeated, with what before, between and behind."""
    known = pieces()

    def piece() -> str:
        return generator.choice(generator.choice((known, _SIGNS, _PLAIN)))

    pump = "".join(piece() for _ in range(generator.choice((1, 1, 1, 2, 2, 3, 4))))
    pump += generator.choice(_JOINS) if generator.random() < 0.5 else ""
    other = "".join(piece() for _ in range(2)) if generator.random() < 0.3 else ""
    head = "".join(piece() for _ in range(generator.choice((0, 0, 1, 3))))
    tail = "".join(piece() for _ in range(generator.choice((0, 1, 1, 2))))

    def text(chars: int) -> str:
        if other:
            half = chars // 2
            return head + (pump * (half // len(pump) + 1))[:half] + (other * (half // len(other) + 1))[:half] + tail
        return head + (pump * (chars // len(pump) + 1))[:chars] + tail

    return text


def seconds_of(stage: Callable[[str], object], text: str, *, stop_s: float = _STOP_S) -> float:
    """Processor time of a stage on a text; infinite where it was stopped."""

    def late(number: int, frame: FrameType | None) -> None:
        raise _Late

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, stop_s)
    begin = process_time()
    try:
        stage(text)
    except _Late:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return process_time() - begin


def literals(pattern: str, flags: int) -> Iterator[str]:
    """The literal strings of a pattern, as far as they stand in a row."""
    from re import _parser  # type: ignore[attr-defined]

    def walk(parsed: Any) -> Iterator[str]:
        run = ""
        for op, value in parsed:
            name = str(op)
            if name == "LITERAL":
                run += chr(value)
                continue
            if run:
                yield run
                run = ""
            if name == "IN":
                for kind, one in value:
                    if str(kind) == "LITERAL":
                        yield chr(one)
                    elif str(kind) == "RANGE":
                        yield chr(one[0])
                        yield chr(one[1])
            elif name == "BRANCH":
                for branch in value[1]:
                    yield from walk(branch)
            elif name in ("SUBPATTERN", "ASSERT", "ASSERT_NOT", "ATOMIC_GROUP"):
                yield from walk(value if name == "ATOMIC_GROUP" else value[-1])
            elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
                yield from walk(value[2])
        if run:
            yield run

    yield from walk(_parser.parse(pattern, flags & ~re.UNICODE))


def is_suspect(stage: Callable[[str], object], text: Callable[[int], str]) -> bool:
    """Whether a stage takes long already for a short input, or clearly more than twice as long for twice the length."""
    once = seconds_of(stage, text(_SHORT))
    twice = seconds_of(stage, text(2 * _SHORT)) if once < MOST_S else once
    return twice > _SUSPECT_S and (twice > _SUSPECT_GROWTH * once or twice > MOST_S * _SHORT / CHARS * 2)


def main() -> int:
    """Fuzz for some seconds and say what took too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    generator = random.Random(arguments.seed)
    for stage in stages().values():  # what is loaded and compiled once
        stage("ข่าว 1\n" * 500)
    begin, inputs, slow = process_time(), 0, 0
    longest: dict[str, tuple[float, str]] = {}
    while process_time() - begin < arguments.seconds:
        text = hostile(generator)
        inputs += 1
        for name, stage in stages().items():
            if not is_suspect(stage, text):
                continue
            seconds = seconds_of(stage, text(CHARS))
            if seconds > longest.get(name, (0.0, ""))[0]:
                longest[name] = seconds, repr(text(60))
            if seconds > MOST_S:
                slow += 1
                print(f"{name}: {seconds:.1f} s for 100 kB like {text(60)!r}", flush=True)
    print(f"{inputs:,} inputs, {len(pieces()):,} pieces, {len(stages())} stages, {slow} too slow; the longest:")
    for name, (seconds, shown) in sorted(longest.items(), key=lambda one: -one[1][0])[:10]:
        print(f"  {name}: {seconds:.2f} s for {shown}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
