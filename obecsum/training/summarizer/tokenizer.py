"""Trains the tokenizer: SentencePiece unigram, exported to the ``tokenizers`` format that transformers loads.

Thai has no spaces between words, so the unigram trainer of ``tokenizers`` sees whole paragraphs as words and does not
finish; SentencePiece's does, in minutes. Normalization is the identity: NFKC would split ำ, and accent stripping would
delete tone marks. The whole Thai block is in the alphabet and bytes are the fallback, so that nothing is unknown.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from obecsum.text.slots import ALL_SLOTS, OVERFLOW

__all__ = ["CONTROL_TOKENS", "LENGTH_LIMITS", "length_token", "train_tokenizer"]

KINDS = ("<headline>", "<summary>", "<gap>")
#: Upper limits, in pieces, of the length classes that a control token asks for; the last class is open.
LENGTH_LIMITS = (14, 20, 26, 32, 40, 50, 64)
LENGTHS = tuple(f"<len{i}>" for i in range(len(LENGTH_LIMITS) + 1))
CONTROL_TOKENS = (*KINDS, *LENGTHS, "<mask>")
_THAI_BLOCK = "".join(chr(code) for code in (*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C)))
_ASCII = "".join(chr(code) for code in range(0x21, 0x7F))


def length_token(num_pieces: int) -> str:
    """The control token of a target with that many pieces."""
    for index, limit in enumerate(LENGTH_LIMITS):
        if num_pieces <= limit:
            return LENGTHS[index]
    return LENGTHS[-1]


def _sentences(texts: Iterable[str], max_chars: int = 1000) -> Iterable[str]:
    # SentencePiece skips lines over 4,192 bytes: lines are cut at spaces, never inside a phrase.
    for text in texts:
        line = ""
        for phrase in text.replace("\n", " ").split(" "):
            if len(line) + len(phrase) > max_chars and line:
                yield line
                line = ""
            line = f"{line} {phrase}" if line else phrase
        if line:
            yield line


def train_tokenizer(texts: Iterable[str], out: Path, *, vocab_size: int = 16_000, num_threads: int = 2) -> None:
    """Trains on slotted, normalized texts and writes a folder that ``AutoTokenizer.from_pretrained`` loads.

    Args:
        texts: Training texts, numbers already replaced by slots (:mod:`obecsum.text.slots`).
        out: Folder to write ``tokenizer.json`` and its configuration to.
        vocab_size: Pieces in all, the control tokens, slots, bytes and the alphabet among them.
        num_threads: Threads of the trainer.
    """
    import sentencepiece as spm

    with tempfile.TemporaryDirectory() as folder:
        prefix = str(Path(folder) / "unigram")
        spm.SentencePieceTrainer.train(
            sentence_iterator=iter(_sentences(texts)),
            model_prefix=prefix,
            model_type="unigram",
            vocab_size=vocab_size,
            normalization_rule_name="identity",
            add_dummy_prefix=False,
            remove_extra_whitespaces=False,
            byte_fallback=True,
            character_coverage=0.9999,
            required_chars=_THAI_BLOCK + _ASCII,
            split_digits=True,
            max_sentencepiece_length=16,
            user_defined_symbols=[*CONTROL_TOKENS, *ALL_SLOTS, OVERFLOW],
            pad_id=0,
            eos_id=1,
            unk_id=2,
            bos_id=-1,
            num_threads=num_threads,
            minloglevel=1,
        )
        model = spm.SentencePieceProcessor(model_file=prefix + ".model")
        _export(model, out)


def _export(model: object, out: Path) -> None:
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    size = model.get_piece_size()  # type: ignore[attr-defined]
    vocab = [(model.id_to_piece(i), model.get_score(i)) for i in range(size)]  # type: ignore[attr-defined]
    tokenizer = Tokenizer(models.Unigram(vocab, unk_id=2, byte_fallback=True))
    # As SentencePiece does: a space opens a piece and is never inside one.
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="never", split=True)
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Replace(Regex(" +"), " ")]
    )
    tokenizer.add_special_tokens([AddedToken(token, normalized=False) for token in ("<pad>", "</s>", *CONTROL_TOKENS)])
    tokenizer.add_tokens([AddedToken(slot, normalized=False) for slot in (*ALL_SLOTS, OVERFLOW)])
    fast = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        pad_token="<pad>",  # noqa: S106
        eos_token="</s>",  # noqa: S106
        unk_token="<unk>",  # noqa: S106
        mask_token="<mask>",  # noqa: S106
        additional_special_tokens=[*CONTROL_TOKENS[:-1]],
        model_max_length=512,
        clean_up_tokenization_spaces=False,
    )
    fast.save_pretrained(out)
