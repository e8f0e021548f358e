"""Files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["replacing", "sync_folder"]


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A new file beside ``target``, empty and of a name that nobody can foresee; it takes its place at the end.

    What was there before stays until then, and stays if the block raises. Nothing that others put into a shared folder
    is written through: the file is made where there is none (O_EXCL), and a link in the target's place is replaced, not
    followed.

    Raises:
        OSError: The file cannot be written.
    """
    partial = target.with_name(f".{target.name[:60]}.{secrets.token_hex(8)}.partial")
    with partial.open("xb"):
        pass
    try:
        yield partial
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        partial.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise
    sync_folder(target.parent)


def sync_folder(path: Path) -> None:
    """Bring the names in a folder to the disk; some file systems cannot, and the files themselves are safe."""
    with contextlib.suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
