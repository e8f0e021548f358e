"""From releases to training examples: what the model reads, what it shall write, and which pairs teach it to invent.

A row of the corpus is a JSON object with ``id``, ``date``, ``title``, ``standfirst`` and ``body`` (``obecsum corpus
build`` makes such files from a clone of the public corpora). A *pair* is a body, without the lines that repeat the
headline or the standfirst, and one of the two as the target. Pairs whose target has a number that the body lacks are
left out; so are releases that nearly repeat one of the held-out months.
"""

from __future__ import annotations

import lzma
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from obecsum.core.errors import InputError
from obecsum.text.leaks import drop_leaks
from obecsum.text.normalize import normalize
from obecsum.text.slots import slot_source, slot_target

__all__ = [
    "Packed",
    "Row",
    "corpus_folder",
    "find_corpus",
    "near_duplicates_of",
    "pack",
    "read_own_rows",
    "read_rows",
    "read_years",
    "sample_texts",
    "source_text",
    "target_texts",
]

MAX_SOURCE_PIECES = 448
MIN_SOURCE_CHARS = 200
_TITLE_CHARS = (15, 250)
_STANDFIRST_CHARS = (40, 400)
_CUT_MARKS = re.compile(r"[\s\-–—.…]+$")
_SITE_LIMIT = 238  # the site cuts a standfirst at 250 characters, back to a phrase: longer ones may lack their end

Row = dict[str, Any]


def corpus_folder() -> Path:
    """The folder that OBECSUM_DATA names, or its ``thaigov`` inside.

    Raises:
        InputError: The variable is not set, or the folder holds no ``train-*.jsonl.xz``.
    """
    name = os.environ.get("OBECSUM_DATA")
    if not name:
        raise InputError("OBECSUM_DATA is not set: it names the corpus folder that obecsum corpus build makes")
    return find_corpus(Path(name))


def find_corpus(folder: Path) -> Path:
    """The folder itself or its ``thaigov``, whichever holds ``train-*.jsonl.xz``.

    Raises:
        InputError: Neither does.
    """
    for candidate in (folder / "thaigov", folder):
        if any(candidate.glob("train-*.jsonl.xz")):
            return candidate
    raise InputError(f"no train-YYYY.jsonl.xz in {folder}: build the folder with obecsum corpus build")


def read_rows(folder: Path, split: str) -> Iterator[Row]:
    """Yields the rows of ``train`` (all years, in order), ``valid`` or ``test``."""
    files = read_years(folder) if split == "train" else [_read(folder / f"{split}.jsonl.xz")]
    return chain.from_iterable(files)


def read_years(folder: Path) -> Iterator[Iterator[Row]]:
    """Yields the rows of each training year, the years in order."""
    return map(_read, sorted(folder.glob("train-*.jsonl.xz")))


def _read(path: Path) -> Iterator[Row]:
    with lzma.open(path) as lines:
        for line in lines:
            yield orjson.loads(line)


def read_own_rows(path: Path) -> list[Row]:
    """Reads a user's JSONL for fine-tuning: ``body`` or ``text``, and ``title`` or ``standfirst`` or both.

    Raises:
        InputError: The file is missing, or a line is no such object; the message names the line.
    """
    if not path.is_file():
        raise InputError(f"no file {path}: give a JSONL file with title, standfirst and body")
    rows: list[Row] = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise InputError(f"{path}, line {number} is no JSON ({error}); every line must be an object") from error
        body = row.get("body") or row.get("text") if isinstance(row, dict) else None
        if not isinstance(body, str) or not (row.get("title") or row.get("standfirst")):
            raise InputError(f"{path}, line {number} needs body (or text) and a title or standfirst to learn from")
        rows.append(
            {
                "id": str(row.get("id", number)),
                "title": row.get("title"),
                "standfirst": row.get("standfirst") or row.get("summary"),
                "body": body,
            }
        )
    if not rows:
        raise InputError(f"{path} is empty: give at least a few hundred releases to fine-tune on")
    return rows


def sample_texts(folder: Path, num_releases: int) -> list[str]:
    """Slotted texts for the tokenizer, spread evenly over the training years, in the corpus' order."""
    total = sum(1 for _ in read_rows(folder, "train"))
    every = max(1, total // num_releases)
    texts: list[str] = []
    for position, row in enumerate(read_rows(folder, "train")):
        if position % every == 0 and len(texts) < num_releases:
            text = normalize(f"{row['title'] or ''} {row['body']}").replace("\n", " ")
            texts.append(slot_source(text).text[:3000])
    return texts


def source_text(row: Row) -> str:
    """The normalized body without the lines that give the target away."""
    body = drop_leaks(row["title"], row["standfirst"], row["body"])
    return " ".join(normalize(body).split())


def target_texts(row: Row) -> dict[str, str]:
    """A row's headline and summary as targets, by kind; one that is too short, too long or missing is left out."""
    targets = {}
    title = normalize(row["title"] or "").replace("\n", " ").strip()
    if _TITLE_CHARS[0] <= len(title) <= _TITLE_CHARS[1]:
        targets["headline"] = title
    standfirst = _CUT_MARKS.sub("", normalize(row["standfirst"] or "").replace("\n", " ").strip())
    if len(standfirst) > _SITE_LIMIT and " " in standfirst:
        standfirst = standfirst[: standfirst.rindex(" ")]
    if _STANDFIRST_CHARS[0] <= len(standfirst) <= _STANDFIRST_CHARS[1]:
        targets["summary"] = standfirst
    return targets


@dataclass(frozen=True, slots=True)
class Packed:
    """Token ids of many releases in flat arrays, as they are saved and carried.

    Attributes:
        ids: Release ids, a string array of shape (n,).
        sources: uint16, all sources end to end; ``source_bounds`` int64 (n+1,).
        headlines: uint16 and ``headline_bounds``; empty where the pair is not fit for training.
        summaries: uint16 and ``summary_bounds``; empty where the pair is not fit for training.
    """

    ids: np.ndarray
    sources: np.ndarray
    source_bounds: np.ndarray
    headlines: np.ndarray
    headline_bounds: np.ndarray
    summaries: np.ndarray
    summary_bounds: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)

    def save(self, path: Path) -> None:
        """Writes one compressed .npz, no pickle in it."""
        np.savez_compressed(path, **{name: getattr(self, name) for name in self.__slots__})

    @classmethod
    def load(cls, path: Path) -> Packed:
        """Reads what :meth:`save` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(**{name: arrays[name] for name in cls.__slots__})


def pack(rows: Iterable[Row], tokenizer: Any, *, only_supported: bool = True, batch_size: int = 512) -> Packed:
    """Tokenizes rows into :class:`Packed` arrays.

    Args:
        rows: Rows of the corpus.
        tokenizer: The tokenizer that :mod:`obecsum.training.summarizer.tokenizer` trained.
        only_supported: Leave out targets with a number that the source lacks or that lies beyond the source's
            first ``MAX_SOURCE_PIECES`` pieces.
        batch_size: Releases that are tokenized together.
    """
    ids: list[str] = []
    columns: dict[str, list[np.ndarray]] = {"source": [], "headline": [], "summary": []}
    empty = np.zeros(0, np.uint16)

    def encode(texts: list[str]) -> list[list[int]]:
        encoded: list[list[int]] = tokenizer(texts, add_special_tokens=False)["input_ids"] if texts else []
        return encoded

    slot_ids = set(tokenizer.convert_tokens_to_ids(_slots()))
    batch: list[tuple[str, str, dict[str, str]]] = []

    def flush() -> None:
        sources = encode([source for _, source, _ in batch])
        for kind in ("headline", "summary"):
            positions = [i for i, (_, _, targets) in enumerate(batch) if kind in targets]
            encoded = dict(zip(positions, encode([batch[i][2][kind] for i in positions]), strict=True))
            for i in range(len(batch)):
                target = encoded.get(i, [])
                seen = set(sources[i][:MAX_SOURCE_PIECES])
                if only_supported and any(piece in slot_ids and piece not in seen for piece in target):
                    target = []
                columns[kind].append(np.array(target, np.uint16) if target else empty)
        for (row_id, _, _), source in zip(batch, sources, strict=True):
            ids.append(row_id)
            columns["source"].append(np.array(source[:MAX_SOURCE_PIECES], np.uint16))
        batch.clear()

    for row in rows:
        text = source_text(row)
        if len(text) < MIN_SOURCE_CHARS:
            continue
        slotted = slot_source(text[:6000])
        targets = {}
        for kind, target in target_texts(row).items():
            with_slots = slot_target(target, slotted)
            if with_slots is not None:
                targets[kind] = with_slots
        if not targets and only_supported:
            continue
        batch.append((str(row["id"]), slotted.text, targets))
        if len(batch) == batch_size:
            flush()
    if batch:
        flush()
    flat: dict[str, np.ndarray] = {}
    for kind, plural in (("source", "sources"), ("headline", "headlines"), ("summary", "summaries")):
        arrays = columns[kind]
        flat[plural] = np.concatenate(arrays) if arrays else empty
        flat[f"{kind}_bounds"] = np.cumsum([0, *(len(a) for a in arrays)], dtype=np.int64)
    return Packed(ids=np.array(ids, dtype=np.str_), **flat)


def _slots() -> list[str]:
    from obecsum.text.slots import ALL_SLOTS

    return list(ALL_SLOTS)


def near_duplicates_of(
    held_out: Iterable[str],
    texts: Iterable[str],
    *,
    min_jaccard: float = 0.5,
    progress: Callable[[int], None] | None = None,
) -> list[int]:
    """Positions of the texts that nearly repeat a held-out one, so that a test release is not trained on.

    Candidates come from the band keys of both sides' signatures, and each is checked on exact shingles.

    Args:
        held_out: Texts of the validation and test releases.
        texts: Texts of the training releases.
        min_jaccard: Exact Jaccard similarity, in (0, 1], from which a text repeats another.
        progress: Called with the number of texts done after each batch.
    """
    from obecsum.minhash.shingles import jaccard, shingles
    from obecsum.minhash.signatures import signatures

    kept_out = list(held_out)
    rows_per_band = 3
    buckets: dict[tuple[int, bytes], list[int]] = {}
    for position, signature in enumerate(signatures(kept_out)):
        for band in range(len(signature) // rows_per_band):
            key = (band, signature[band * rows_per_band : (band + 1) * rows_per_band].tobytes())
            buckets.setdefault(key, []).append(position)
    cache: dict[int, np.ndarray] = {}
    repeated: list[int] = []
    batch: list[str] = []
    done = 0
    empty = np.zeros(0, np.uint32)

    def check() -> None:
        for offset, signature in enumerate(signatures(batch)):
            seen: set[int] = set()
            for band in range(len(signature) // rows_per_band):
                key = (band, signature[band * rows_per_band : (band + 1) * rows_per_band].tobytes())
                seen.update(buckets.get(key, ()))
            own = shingles(batch[offset]) if seen else empty
            for position in sorted(seen):
                if position not in cache:
                    cache[position] = shingles(kept_out[position])
                if jaccard(own, cache[position]) >= min_jaccard:
                    repeated.append(done + offset)
                    break

    for text in texts:
        batch.append(text)
        if len(batch) == 4096:
            check()
            done += len(batch)
            batch = []
            if progress:
                progress(done)
    check()
    return repeated
