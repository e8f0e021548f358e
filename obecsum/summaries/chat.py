"""Causal models with a chat template: asked in Thai for a headline or a summary, and only their answer is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from obecsum.core.errors import ModelError
from obecsum.summaries.engines.pretrained import Pretrained
from obecsum.summaries.function import as_candidate

__all__ = ["INSTRUCTIONS", "ChatWriter"]

_ONLY = "ใช้เฉพาะข้อเท็จจริง ตัวเลข วันที่ และชื่อที่มีอยู่ในข่าว ตอบเฉพาะสิ่งที่ขอ ไม่ต้องอธิบาย"
INSTRUCTIONS = {
    "headline": f"เขียนพาดหัวข่าวภาษาไทยหนึ่งบรรทัดจากข่าวประชาสัมพันธ์ต่อไปนี้ {_ONLY}",
    "summary": f"สรุปข่าวประชาสัมพันธ์ต่อไปนี้เป็นภาษาไทยหนึ่งประโยค {_ONLY}",
}
"""What is asked for each kind; the release follows."""

_MAX_NEW_PIECES = {"headline": 96, "summary": 256}  # tokenizers made for other languages cut Thai into its letters
_WINDOW = 4096  # pieces of request and answer: far beyond most releases, and what a longer one costs grows with it


class ChatWriter:
    """Asks a causal model, through its tokenizer's chat template, with a beam search.

    Args:
        loaded: The model; its tokenizer has a chat template.
        num_beams: Beams, and candidates for each text; 1 is greedy.

    Raises:
        ModelError: The model cannot be asked: its template fails, or nothing ends its answers.
    """

    def __init__(self, loaded: Pretrained, *, num_beams: int) -> None:
        from transformers import GenerationConfig

        self._name = loaded.name
        self._model = loaded.model
        self._tokenizer = loaded.tokenizer
        self._num_beams = num_beams
        own = self._model.generation_config
        ends = own.eos_token_id if own.eos_token_id is not None else self._tokenizer.eos_token_id
        if ends is None:
            raise ModelError(f"the causal model {loaded.name!r} has no piece that ends an answer (eos_token_id)")
        self._ends = set(ends) if isinstance(ends, list) else {int(ends)}
        pad = self._tokenizer.pad_token_id
        self._pad = int(pad if pad is not None else min(self._ends))
        # A chat model's own settings draw pieces at random and punish what the request has, which a summary needs.
        self._model.generation_config = GenerationConfig(  # type: ignore[no-untyped-call]
            bos_token_id=own.bos_token_id, eos_token_id=sorted(self._ends), pad_token_id=self._pad
        )
        limits = [_WINDOW, int(self._tokenizer.model_max_length)]
        if positions := getattr(self._model.config.get_text_config(), "max_position_embeddings", None):
            limits.append(int(positions))
        self._window = min(limits)
        self._tokenizer.model_max_length = 10**9  # we count and cut ourselves; its warning would be false
        for kind in INSTRUCTIONS:
            self._request(kind, "")

    @cached_property
    def _control(self) -> re.Pattern[str]:
        """Pieces with a meaning beyond their letters, such as the end of a turn: a release must not hold them."""
        added = {str(token) for token in self._tokenizer.get_added_vocab()} | set(self._tokenizer.all_special_tokens)
        return re.compile("|".join(map(re.escape, sorted(added - {""}, key=len, reverse=True))) or r"(?!)")

    def write(self, texts: Sequence[str], *, kind: str) -> list[list[str]]:
        """See :class:`~obecsum.summaries.engines.engine.CandidateWriter`."""
        import torch

        if not texts:
            return []
        requests = [self._request(kind, self._control.sub(" ", text)) for text in texts]
        length = max(map(len, requests))
        input_ids = torch.full((len(requests), length), self._pad)
        mask = torch.zeros_like(input_ids)
        for row, ids in enumerate(requests):  # filled up on the left: each answer begins behind its request
            input_ids[row, length - len(ids) :] = torch.tensor(ids)
            mask[row, length - len(ids) :] = 1
        beams = self._num_beams
        with torch.inference_mode():
            sequences = self._model.generate(
                input_ids=input_ids,
                attention_mask=mask,
                do_sample=False,
                num_beams=beams,
                num_return_sequences=beams,
                max_new_tokens=_MAX_NEW_PIECES[kind],
                **({"early_stopping": True, "length_penalty": 1.0} if beams > 1 else {}),
            )
        found = [self._candidate(row, kind) for row in sequences[:, length:].tolist()]
        groups = (found[first : first + beams] for first in range(0, len(found), beams))
        return [list(dict.fromkeys(filter(None, group))) for group in groups]

    def _candidate(self, ids: list[int], kind: str) -> str:
        end = next((at for at, piece in enumerate(ids) if piece in self._ends), None)
        answer = str(self._tokenizer.decode(ids[:end], skip_special_tokens=True))
        return as_candidate(answer, kind=kind, finished=end is not None)

    def _request(self, kind: str, text: str) -> list[int]:
        """A request as pieces, with as much of the text as leaves room for the answer."""
        room = self._window - _MAX_NEW_PIECES[kind]
        while len(ids := self._pieces(f"{INSTRUCTIONS[kind]}\n\n{text}")) > room:
            if not text:
                raise ModelError(
                    f"the causal model {self._name!r} reads {self._window:,} pieces: too few for the request itself "
                    f"({len(ids)}) and an answer of {_MAX_NEW_PIECES[kind]}"
                )
            # Pieces are of uneven length: what is cut is guessed, a little too much, until it fits.
            text = text[: min(len(text) - 1, int(len(text) * 0.98 * max(0, room) / len(ids)))]
        return ids

    def _pieces(self, content: str) -> list[int]:
        try:
            request = self._tokenizer.apply_chat_template(
                [{"role": "user", "content": content}],
                tokenize=False,
                add_generation_prompt=True,
                enable_thinking=False,  # models that think aloud are told not to; other templates ignore it
            )
        except Exception as error:  # jinja's own errors, and whatever a template raises
            raise ModelError(f"the chat template of {self._name!r} fails: {' '.join(str(error).split())}") from error
        # The template has the special pieces in it.
        return list(self._tokenizer(request, add_special_tokens=False)["input_ids"])
