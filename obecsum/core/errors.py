"""The errors that obecsum raises on purpose.

Everything derives from :class:`ObecsumError`, so a caller can catch one class::

    ObecsumError
    ├── OptionError (also ValueError)       an option or argument out of its range; nothing was read
    ├── InputError                          a feed or file that cannot be read at all
    │   └── EmptyFeedError                  a non-empty input of which nothing could be read
    ├── RecordError                         one record that cannot be used; readers turn it into a quarantine entry
    ├── OutputError                         a folder or file that cannot be written
    │   └── OutputExistsError               a folder that holds files which are not this job's
    ├── StoreError                          an index that cannot be opened, is damaged or does not fit
    │   └── StoreBusyError                  an index that another process uses
    └── ModelError                          a model that cannot be found or loaded

Every message says what is wrong, the value that was received, what is allowed and what to do.
"""

from __future__ import annotations

__all__ = [
    "EmptyFeedError",
    "InputError",
    "ModelError",
    "ObecsumError",
    "OptionError",
    "OutputError",
    "OutputExistsError",
    "RecordError",
    "StoreBusyError",
    "StoreError",
]


class ObecsumError(Exception):
    """Base class of all errors that obecsum raises on purpose."""


class OptionError(ObecsumError, ValueError):
    """An option or argument is out of its allowed range."""


class InputError(ObecsumError):
    """A feed, file or folder cannot be read at all."""


class EmptyFeedError(InputError):
    """A non-empty input of which nothing could be read."""


class RecordError(ObecsumError):
    """One record cannot be used; readers quarantine it and go on."""


class OutputError(ObecsumError):
    """An output folder or file cannot be written."""


class OutputExistsError(OutputError):
    """The output folder holds files that are not this job's."""


class StoreError(ObecsumError):
    """An index cannot be opened, is damaged, or was made in a way that does not fit."""


class StoreBusyError(StoreError):
    """An index is in use by another process."""


class ModelError(ObecsumError):
    """A model cannot be found, loaded or trusted."""
