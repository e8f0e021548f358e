"""Which texts may be near-duplicates; knows no releases.

Goes in: texts. Comes out: shingles, sketches as numpy arrays, candidate pairs of rows, exact overlaps.
"""

from __future__ import annotations

from obecsum.core.caches import keep_compiled

keep_compiled()  # before any module of this folder imports numba
