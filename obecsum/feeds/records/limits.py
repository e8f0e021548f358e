"""How much of a feed is taken into memory, and how far a compressed file may expand."""

from __future__ import annotations

from dataclasses import dataclass

from obecsum.core.errors import OptionError

__all__ = ["DEFAULT_MAX_RECORD_BYTES", "FREE_EXPANDED_BYTES", "KEPT_BYTES", "MAX_EXPANSION", "Limits"]

DEFAULT_MAX_RECORD_BYTES = 64 << 20  # the longest Thai release that we know has 0.3 MB
FREE_EXPANDED_BYTES = 1 << 30
MAX_EXPANSION = 200  # releases compress five- to twenty-fold; bombs a thousand-fold and more
KEPT_BYTES = 1 << 16  # of a record that is too long, what goes into the quarantine


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on what is read.

    Attributes:
        max_record_bytes: A record (a line, an array's element, a table's row, a file) with more bytes is quarantined;
            no more than about twice as many are ever held.
        max_expanded_bytes: A compressed file may expand to so many bytes. None: to 1 GiB, or to 200 times the
            compressed bytes that were read, whichever is more.

    Raises:
        OptionError: A limit is not positive.
    """

    max_record_bytes: int = DEFAULT_MAX_RECORD_BYTES
    max_expanded_bytes: int | None = None

    def __post_init__(self) -> None:
        if self.max_record_bytes < 1:
            raise OptionError(f"max_record_bytes must be at least 1, got {self.max_record_bytes}")
        if self.max_expanded_bytes is not None and self.max_expanded_bytes < 1:
            raise OptionError(
                f"max_expanded_bytes must be at least 1, got {self.max_expanded_bytes}; leave it out for the default"
            )

    def expanded_too_far(self, compressed_bytes: int, expanded_bytes: int) -> str | None:
        """Why a compressed file is no longer read; None while it may go on.

        Args:
            compressed_bytes: Bytes of the file that were read so far.
            expanded_bytes: Bytes that they became.
        """
        if self.max_expanded_bytes is not None:
            if expanded_bytes <= self.max_expanded_bytes:
                return None
            return f"expands to more than the {self.max_expanded_bytes:,} bytes that are allowed"
        if expanded_bytes <= FREE_EXPANDED_BYTES or expanded_bytes <= MAX_EXPANSION * compressed_bytes:
            return None
        return (
            f"expands to more than {MAX_EXPANSION} times its size ({compressed_bytes:,} bytes became "
            f"{expanded_bytes:,}), as a decompression bomb does"
        )
