"""The file of an index: one SQLite database that says what made it, and refuses what does not fit.

Tables: ``meta`` (what made it), ``entries`` (a row a release), ``texts`` (its text, compressed), ``gone`` (what jobs
removed: id and key of the text, nothing else), ``jobs`` (who added what), ``segments`` and ``blocks`` (what candidates
are found by, see :mod:`obecsum.index.postings`).
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import orjson

from obecsum.core.errors import ObecsumError, StoreBusyError, StoreError
from obecsum.index.sums import SUMMED
from obecsum.minhash.shingles import SHINGLE_SIZE, hashes_slow
from obecsum.minhash.signatures import SAMPLE_RATE

__all__ = ["FORMAT", "NUM_PERM", "SEED", "IndexFile", "pack_text", "settings", "unpack_text"]

FORMAT = 2
SCHEME = "affine32"
NUM_PERM = 128
SEED = 1
_APPLICATION = 0x6F626563  # "obec": tells an index from any other SQLite file
_PAGE_BYTES = 16_384  # texts of 2 kB leave a third of a page of 8 kB empty
_CACHE_KIB = 65_536
_MAPPED_BYTES = 2 << 30  # a page of a lookup is needed once: to copy it into SQLite's cache takes a quarter of its time
_THAI, _OTHER = b"t", b"u"
# What comes of reading rows that nobody wrote so.
_NO_MEANING = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, MemoryError, zlib.error)
_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entries (n INTEGER PRIMARY KEY, id TEXT NOT NULL, unique_id TEXT, published TEXT, key BLOB NOT NULL,
  job INTEGER, series TEXT, print BLOB NOT NULL);
CREATE INDEX entries_id ON entries (id);
CREATE INDEX entries_unique ON entries (unique_id) WHERE unique_id IS NOT NULL;
CREATE TABLE gone (id TEXT NOT NULL, key BLOB NOT NULL, job INTEGER, PRIMARY KEY (id, key)) WITHOUT ROWID;
CREATE TABLE texts (n INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE jobs (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
CREATE TABLE segments (number INTEGER PRIMARY KEY, level INTEGER NOT NULL, bits INTEGER NOT NULL,
  postings INTEGER NOT NULL);
CREATE TABLE blocks (at INTEGER PRIMARY KEY, data BLOB NOT NULL);
"""
# Letters, marks in every order that the rules know, digits, spaces and punctuation: what the normalizer makes of it
# names the normalizer.
_PROBE = (
    "".join(map(chr, range(0x20, 0x250)))
    + "".join(map(chr, range(0x0E01, 0x0E5C)))
    + "".join(map(chr, range(0x2000, 0x2070)))
    + "น้ํา นํ้า น้ำ เเม่ แม่ กู้ กุ้ง ก่ำ กํ่า ฯลฯ ต่างๆ ต่าง ๆ ๑๒๓ 123 “ก” ‘ข’ 1,808.50 ข่าว ขาว ... … .... ฺ ์์ ็็"
)


@lru_cache(maxsize=1)
def settings() -> dict[str, Any]:
    """What sketches depend on: an index takes only those of the same settings."""
    probe = blake2b(hashes_slow(_PROBE).tobytes(), digest_size=8).hexdigest()
    return {
        "scheme": SCHEME,
        "num_perm": NUM_PERM,
        "seed": SEED,
        "shingle_size": SHINGLE_SIZE,
        "sample_rate": SAMPLE_RATE,
        "normalizer": probe,
    }


def pack_text(title: str | None, text: str) -> bytes:
    """A title and a text, compressed: with a byte a character where Thai and Latin letters suffice."""
    raw = orjson.dumps([title, text])
    try:
        return _THAI + zlib.compress(raw.decode().encode("cp874"), 1)
    except UnicodeEncodeError:
        return _OTHER + zlib.compress(raw, 1)


def unpack_text(data: bytes) -> tuple[str | None, str]:
    """What :func:`pack_text` took."""
    raw = zlib.decompress(data[1:])
    title, text = orjson.loads(raw.decode("cp874") if data[:1] == _THAI else raw)
    return title, text


class IndexFile:
    """An open index.

    Args:
        path: The file; made where it is missing, unless ``is_readonly``.
        wait_s: Seconds to wait while another process writes.
        is_readonly: Whether nothing is written.
        takes_older: Whether one of an older format or other settings will do: its texts can be read, nothing else.

    Attributes:
        state_before: The :attr:`state` that the last transaction began with.

    Raises:
        StoreError: It cannot be opened, is no index, is damaged, or was made by a newer version or other settings.
    """

    def __init__(
        self, path: str | Path, *, wait_s: float = 60.0, is_readonly: bool = False, takes_older: bool = False
    ) -> None:
        self.path = Path(path)
        self.is_readonly = is_readonly
        self.state_before: str | None = None
        if is_readonly and not self.path.exists():
            raise StoreError(f"{path} does not exist; `obecsum clean --index {path}` makes an index")
        if not self.path.parent.is_dir():
            raise StoreError(f"{path} cannot be made: there is no folder {self.path.parent}; make it first")
        with self.guarded():
            self._begun(path)
            # A writer that was killed leaves its journal: what it had begun is taken back by whoever may write.
            is_left = is_readonly and self.path.with_name(f"{self.path.name}-journal").exists()
            uri = f"{self.path.resolve().as_uri()}?mode={'ro' if is_readonly and not is_left else 'rw'}"
            self.db = sqlite3.connect(uri, uri=True, timeout=wait_s, isolation_level=None)
            try:
                self._open(takes_older=takes_older)
            except BaseException:
                self.db.close()
                raise

    def _open(self, *, takes_older: bool) -> None:
        self.db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self.db.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
        self.db.execute("PRAGMA synchronous = NORMAL")
        if self.db.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
            raise StoreError(f"{self.path} is no index of obecsum but another SQLite file; name another file")
        (version,) = self.db.execute("PRAGMA user_version").fetchone()
        if version > FORMAT:
            raise StoreError(
                f"{self.path} was made by a newer obecsum (format {version}, this one knows {FORMAT}); update obecsum"
            )
        if takes_older:
            return
        renew = (
            f"give `obecsum index export {self.path} entries.jsonl` and `obecsum index import NEW entries.jsonl`, and "
            "use the new one"
        )
        if version < FORMAT:
            raise StoreError(
                f"{self.path} was made by an older obecsum (format {version}, this one writes {FORMAT}): {renew}"
            )
        made = self.meta("settings")
        if not isinstance(made, dict):
            raise self.damaged("it does not say how its sketches were made")
        for name, value in settings().items():
            if made.get(name) != value:
                raise StoreError(
                    f"{self.path} holds sketches with {name} {made.get(name)!r}, and this obecsum makes them with "
                    f"{value!r}: they cannot be mixed; {renew}"
                )

    def _begun(self, path: str | Path) -> None:
        """Make the file where it is missing: whole, so that an empty one is never an index that somebody begins."""
        try:
            size = self.path.stat().st_size
        except FileNotFoundError:
            if not self.path.is_symlink():
                self._create()
            return
        if not size:
            raise StoreError(
                f"{path} is empty, and no index ever is: what it held is gone; restore it from a copy, or remove it to "
                "begin anew"
            )

    def _create(self) -> None:
        new = self.path.with_name(f".{self.path.name[:60]}.{secrets.token_hex(8)}.partial")
        try:
            new.open("xb").close()
            self.db = sqlite3.connect(new, isolation_level=None)
            try:
                self._fill()
            finally:
                self.db.close()
            with contextlib.suppress(FileExistsError):  # another process was faster: then it is that one's
                try:
                    os.link(new, self.path)
                except FileExistsError:
                    raise
                except OSError:  # a file system without hard links
                    if not self.path.exists():
                        new.rename(self.path)
        except OSError as error:
            raise StoreError(
                f"{self.path} cannot be opened for writing ({error.strerror or error}); check that the file and its "
                "folder may be written"
            ) from error
        finally:
            with contextlib.suppress(OSError):
                new.unlink()

    def _fill(self) -> None:
        self.db.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        self.db.execute("BEGIN IMMEDIATE")
        for statement in filter(str.strip, _SCHEMA.split(";")):
            self.db.execute(statement)
        self.db.execute(f"PRAGMA application_id = {_APPLICATION}")
        self.db.execute(f"PRAGMA user_version = {FORMAT}")
        self.set_meta("settings", settings())
        self.set_meta("state", secrets.token_hex(16))
        self.set_meta("next", 0)
        self.set_meta("sums", dict.fromkeys(SUMMED, "0"))
        self.db.execute("COMMIT")

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """What SQLite complains of, told so that people know what to do."""
        try:
            yield
        except sqlite3.Error as error:
            raise self._complaint(error) from error

    @contextmanager
    def decoding(self) -> Iterator[None]:
        """As :meth:`guarded`, around what only reads and writes the file: rows that mean nothing are damage."""
        with self.guarded():
            try:
                yield
            except ObecsumError:
                raise
            except _NO_MEANING as error:
                raise self.damaged(str(error) or type(error).__name__) from error

    def damaged(self, what: str) -> StoreError:
        """What to tell of a file that is broken."""
        return StoreError(
            f"{self.path} is damaged or no index ({what}): `obecsum index check {self.path}` says what is broken, "
            f"`obecsum index repair {self.path}` saves the rest; or restore it from a copy"
        )

    def _complaint(self, error: sqlite3.Error) -> StoreError:
        text = str(error)
        if "locked" in text:
            return StoreBusyError(
                f"{self.path} is in use by another obecsum; wait until it has ended, or wait longer with --index-wait"
            )
        if "full" in text:
            return StoreError(
                f"{self.path} could not be written: No space left on device; it is as it was before; make room, then "
                "give the same command again"
            )
        if "readonly" in text or "unable to open" in text:
            return StoreError(
                f"{self.path} cannot be opened for writing ({text}); check that the file and its folder may be written"
            )
        if isinstance(error, sqlite3.DatabaseError) and "disk I/O" not in text:
            return self.damaged(text)
        return StoreError(f"{self.path} cannot be used: {text}")

    def begin(self, state: str | None = None) -> None:
        """Begin a transaction, one that writes unless the index is open for reading only.

        Args:
            state: The name of what the index will hold; None makes one.
        """
        self.db.execute("BEGIN" if self.is_readonly else "BEGIN IMMEDIATE")
        try:
            self.state_before = self.state
            # Written first: SQLite lets it begin on a file that cannot be written; better told now than after the work.
            if not self.is_readonly:
                self.set_meta("state", state or secrets.token_hex(16))
        except BaseException:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")
            raise

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All that is written inside is kept, or nothing of it; other writers wait until it ends."""
        with self.guarded():
            self.begin()
            try:
                yield
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")
                raise

    @property
    def state(self) -> str | None:
        """Names what the index holds: every transaction that is kept gives it another one, and no other index has it.

        Inside a transaction that writes it is the one that the index will have. None: of an index that nobody wrote to
        since there are such names.
        """
        found = self.meta("state")
        return None if found is None else str(found)

    def meta(self, name: str) -> Any:
        """A value of the table ``meta``; None if there is none."""
        with self.decoding():
            found = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
            return None if found is None else orjson.loads(found[0])

    def set_meta(self, name: str, value: Any) -> None:
        """Set a value; inside :meth:`writing`."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, orjson.dumps(value).decode()))

    def close(self) -> None:
        """Close the file."""
        self.db.close()
