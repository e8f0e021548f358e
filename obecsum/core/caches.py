"""Where libraries may write: nowhere but to a place that is the user's own.

numba keeps what it compiled beside the source, else in the user's folder for caches; a service often has neither, and
numba then refuses to begin. pythainlp makes a folder in the home directory when it is imported, though obecsum needs
none. onnxruntime names the machine in a file there, to tell its makers how it is used; obecsum tells nobody.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

__all__ = ["keep_compiled", "keep_out_of_home"]

_PACKAGE = Path(__file__).resolve().parent.parent


def keep_out_of_home() -> None:
    """Have pythainlp and onnxruntime write nothing there; what is set up otherwise or loaded already is left alone."""
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    settings = ("PYTHAINLP_READ_ONLY", "PYTHAINLP_READ_MODE", "PYTHAINLP_DATA")
    if "pythainlp" not in sys.modules and not any(name in os.environ for name in settings):
        os.environ["PYTHAINLP_READ_ONLY"] = "1"


def keep_compiled() -> None:
    """Choose where numba keeps what it compiled; before it is imported.

    Beside the source where that can be written, as numba does. Else in the folder that systemd gives (CacheDirectory=),
    or the user's for caches. Else in a new folder that is gone at the end: then each process compiles anew. Never in a
    place that others could have made: numba runs what it finds there.
    """
    if "NUMBA_CACHE_DIR" in os.environ or "numba" in sys.modules or os.access(_PACKAGE, os.W_OK):
        return
    given = os.environ.get("CACHE_DIRECTORY", "").partition(":")[0] or os.environ.get("XDG_CACHE_HOME", "")
    folder = (Path(given) if given else Path("~").expanduser() / ".cache") / "obecsum" / "numba"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        is_ours = os.access(folder, os.W_OK) and folder.stat().st_uid == os.getuid()
    except (
        OSError,
        AttributeError,
        RuntimeError,
    ):  # no such user; Windows has no getuid, and its profile is the user's
        is_ours = folder.is_dir() and not hasattr(os, "getuid")
    if not is_ours:
        folder = Path(tempfile.mkdtemp(prefix="obecsum-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["NUMBA_CACHE_DIR"] = str(folder)
