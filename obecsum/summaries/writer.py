"""From prepared texts to candidate summaries: encoding, constrained beam search, decoding, tidying."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import torch
from transformers import LogitsProcessorList

from obecsum.summaries.decoding import NameLock, NoRepeatedPhrase, PieceLock
from obecsum.summaries.long_text import choose_passages
from obecsum.summaries.models import LoadedModel
from obecsum.summaries.slots import SlottedText, fill_slots, slot_source
from obecsum.thai.names import find_people
from obecsum.thai.normalize import normalize

__all__ = ["Writer", "tidy"]

#: The length class that each kind asks for, chosen on the validation months.
LENGTH_CLASS = {"headline": "<len2>", "summary": "<len4>"}
MAX_NEW_PIECES = {"headline": 60, "summary": 90}

# Words that open something: a text that ends with one was cut before it said what.
_DANGLING = (
    "และ", "หรือ", "ที่", "ของ", "เพื่อ", "โดย", "ใน", "ให้", "กับ", "แก่", "จาก", "ซึ่ง", "พร้อม", "ตาม", "เป็น", "ว่า", "แต่", "ณ",
    "เรื่อง", "เวลา", "ครั้งที่", "รวมถึง", "พร้อมทั้ง", "เนื่องจาก", "นาย", "นาง", "นางสาว", "จังหวัด", "จำนวน",
)  # fmt: skip
_PAIRS = (("“", "”"), ("(", ")"), ("‘", "’"), ("[", "]"))
_SPACES = re.compile(r"\s+")


class Writer:
    """Writes candidate summaries with one model.

    Args:
        loaded: The model.
        num_beams: Beams, and candidates for each text.
        lead_share: Share of the model's window that the release's opening takes where the whole does not fit; the rest
            is given to the most central sentences after it. On 100 validation releases the opening alone (1.0) led to
            better headlines than 0.75 (ROUGE-1 33.9 against 32.4): the model was trained on openings.
    """

    def __init__(self, loaded: LoadedModel, *, num_beams: int, lead_share: float = 1.0) -> None:
        self.loaded = loaded
        self.num_beams = num_beams
        self.lead_share = lead_share

    def write(self, texts: Sequence[str], *, kind: str) -> list[list[str]]:
        """Writes up to ``num_beams`` candidates for each text, the model's favorite first."""
        if self.loaded.number_slots:
            return self._write_slotted(texts, kind)
        return self._write_plain(texts, kind)

    def _count(self, parts: Sequence[str]) -> list[int]:
        return [len(ids) for ids in self.loaded.tokenizer(list(parts), add_special_tokens=False)["input_ids"]]

    @torch.inference_mode()
    def _generate(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, processors: LogitsProcessorList, kind: str
    ) -> list[list[int]]:
        tokenizer = self.loaded.tokenizer
        sequences = self.loaded.model.generate(
            input_ids=input_ids,
            attention_mask=attention_mask,
            num_beams=self.num_beams,
            num_return_sequences=self.num_beams,
            max_new_tokens=MAX_NEW_PIECES[kind],
            min_new_tokens=4,
            do_sample=False,
            **({"early_stopping": True, "length_penalty": 1.0} if self.num_beams > 1 else {}),
            pad_token_id=tokenizer.pad_token_id if tokenizer.pad_token_id is not None else tokenizer.eos_token_id,
            logits_processor=processors,
        )
        return [row.tolist() for row in sequences]

    def _write_plain(self, texts: Sequence[str], kind: str) -> list[list[str]]:
        loaded = self.loaded
        tokenizer = loaded.tokenizer
        chosen = [
            loaded.prefix
            + choose_passages(text, max_pieces=loaded.window - 8, count_pieces=self._count, lead_share=self.lead_share)
            for text in texts
        ]
        batch = tokenizer(chosen, padding=True, truncation=True, max_length=loaded.window, return_tensors="pt")
        spaces = [tokenizer.convert_tokens_to_ids("▁")] if "▁" in tokenizer.get_vocab() else []
        processors = LogitsProcessorList([NoRepeatedPhrase(4, _ids_with_digits(tokenizer), spaces=spaces)])
        rows = self._generate(batch["input_ids"], batch["attention_mask"], processors, kind)
        eos = tokenizer.eos_token_id
        candidates = []
        for row in rows:
            # Tokenizers that normalize by NFKC split ำ in two: normalize() puts it together again.
            text = normalize(tokenizer.decode(row, skip_special_tokens=True))
            candidates.append(tidy(text, finished=eos in row[1:]))
        return _grouped(candidates, self.num_beams)

    def _write_slotted(self, texts: Sequence[str], kind: str) -> list[list[str]]:
        loaded = self.loaded
        tokenizer = loaded.tokenizer
        room = loaded.window - 3
        slotted = [slot_source(text) for text in texts]
        passages = [
            choose_passages(s.text, max_pieces=room, count_pieces=self._count, lead_share=self.lead_share)
            for s in slotted
        ]
        encoded = tokenizer(passages, add_special_tokens=False, return_offsets_mapping=True, truncation=False)
        head = [tokenizer.convert_tokens_to_ids(f"<{kind}>"), tokenizer.convert_tokens_to_ids(LENGTH_CLASS[kind])]
        bodies = [ids[:room] for ids in encoded["input_ids"]]
        rows = [[*head, *ids, tokenizer.eos_token_id] for ids in bodies]
        width = max(map(len, rows))
        input_ids = torch.full((len(rows), width), tokenizer.pad_token_id)
        for i, ids in enumerate(rows):
            input_ids[i, : len(ids)] = torch.tensor(ids)
        processors = LogitsProcessorList(
            [
                NoRepeatedPhrase(3, list(loaded.slot_ids.values()), spaces=[tokenizer.convert_tokens_to_ids("▁")]),
                self._name_lock(passages, bodies, encoded["offset_mapping"]),
                self._piece_lock(bodies, slotted),
            ]
        )
        generated = self._generate(input_ids, (input_ids != tokenizer.pad_token_id).long(), processors, kind)
        candidates = []
        for position, ids in enumerate(generated):
            source = slotted[position // self.num_beams]
            finished = tokenizer.eos_token_id in ids[1:]
            text = fill_slots(tokenizer.decode(ids, skip_special_tokens=True), source)
            candidates.append(tidy(normalize(text), finished=finished))
        return _grouped(candidates, self.num_beams)

    def _piece_lock(self, bodies: Sequence[Sequence[int]], slotted: Sequence[SlottedText]) -> PieceLock:
        loaded = self.loaded
        forbidden = torch.zeros((len(bodies), len(loaded.tokenizer)), dtype=torch.bool)
        forbidden[:, loaded.forbidden_ids] = True
        for row, (ids, source) in enumerate(zip(bodies, slotted, strict=True)):
            seen = set(ids)
            absent = [i for slot, i in loaded.slot_ids.items() if i not in seen or slot not in source.numbers]
            forbidden[row, absent] = True
        return PieceLock(forbidden)

    def _name_lock(
        self, passages: Sequence[str], bodies: Sequence[Sequence[int]], offsets: Sequence[Sequence[tuple[int, int]]]
    ) -> NameLock:
        loaded = self.loaded
        heads: list[dict[int, frozenset[int]]] = []
        names: list[list[tuple[tuple[int, ...], tuple[bool, ...]]]] = []
        for text, ids, spans in zip(passages, bodies, offsets, strict=True):
            following: dict[int, set[int]] = {head: set() for head in loaded.head_ids}
            for piece, after in pairwise(ids):
                if piece in following:
                    following[piece].add(after)
            heads.append({head: frozenset(pieces) for head, pieces in following.items()})
            row: list[tuple[tuple[int, ...], tuple[bool, ...]]] = []
            for start, end, _ in find_people(text):
                inside = [i for i, (s, e) in enumerate(spans[: len(ids)]) if s < end and e > start]
                # A piece that reaches beyond the name would lock what follows it.
                while inside and spans[inside[-1]][1] > end:
                    inside.pop()
                if len(inside) >= 2:
                    pieces = tuple(ids[i] for i in inside)
                    row.append((pieces, tuple(piece in loaded.space_ids for piece in pieces)))
            names.append(row)
        return NameLock(heads, names, [loaded.tokenizer.eos_token_id])


def _ids_with_digits(tokenizer: Any) -> list[int]:
    return [index for piece, index in tokenizer.get_vocab().items() if any(char.isdigit() for char in piece)]


def _grouped(candidates: list[str], size: int) -> list[list[str]]:
    return [list(dict.fromkeys(candidates[i : i + size])) for i in range(0, len(candidates), size)]


def tidy(text: str, *, finished: bool) -> str:
    """A generated text as it may be printed: one line, no cut word at the end, quotation marks and brackets in pairs.

    Args:
        text: What the model wrote, numbers filled in.
        finished: Whether the model ended it; if not, its last phrase is cut off.
    """
    text = _SPACES.sub(" ", text).strip()
    if not finished and " " in text:
        text = text[: text.rindex(" ")]
    while (tidied := _tidy_ends(text)) != text:
        text = tidied
    return text


def _tidy_ends(text: str) -> str:
    text = text.strip(" -–—,:;")
    while True:
        word = next((w for w in _DANGLING if text.endswith(" " + w)), None)
        if word is None:
            break
        text = text[: -len(word)].rstrip(" -–—,:;")
    for opening, closing in _PAIRS:
        if text.count(opening) > text.count(closing):
            start = text.rindex(opening)
            # A quotation that has hardly begun goes; one that was written out is closed.
            text = text[:start].rstrip() if len(text) - start < 6 and start > 20 else text + closing
        elif text.count(closing) > text.count(opening):
            position = text.index(closing)
            text = text[:position] + text[position + len(closing) :]
    return text.strip()
