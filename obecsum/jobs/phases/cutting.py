"""Second phase: each text is cut and normalized, and what it is compared by is sketched. Goes on after a kill.

A release that takes longer than a limit is passed on uncut: one text of a feed must not stop the others.
"""

from __future__ import annotations

from dataclasses import replace

from obecsum.cleaning.boilerplate import Boilerplate
from obecsum.cleaning.clean_text import Cleaned, clean_release
from obecsum.cleaning.page_fields import Lifted
from obecsum.core.deadline import TooSlowError, deadline
from obecsum.core.progress import Progress
from obecsum.dedup.verify import text_key
from obecsum.jobs.phases.indexing import sketch_rows
from obecsum.jobs.state.store import Store
from obecsum.jobs.state.texts import Texts, packed_cleaned
from obecsum.minhash.signatures import sketches_of

__all__ = ["cut_all"]

_BATCH = 128
_MOST_S = 30.0  # of processor time; a release of 5 MB takes two


def cut_all(
    store: Store,
    texts: Texts,
    boilerplate: Boilerplate | None,
    count: int,
    progress: Progress,
    *,
    for_index: bool = False,
) -> None:
    """Clean and sketch every release that is not yet.

    Args:
        store: Of the job.
        texts: Its releases.
        boilerplate: What the feed repeats; None leaves texts as they were read.
        count: Releases of the job.
        progress: Told of the releases done.
        for_index: Whether to make what an index would keep, too.
    """
    rows = range(int(store.one("SELECT COALESCE(MAX(place) + 1, 0) FROM cleaned")), count)
    for batch in texts.batches(rows, most=_BATCH):
        lifted = [texts.lifted(row) for row in batch]
        releases = [one.release for one in lifted]
        slow: list[str] = []
        cleaned = [_cleaned(one, boilerplate, slow) for one in lifted]
        for name in slow:
            progress.note(f"{name} took more than {_MOST_S:g} seconds to cut: it is passed on uncut", id=name)
        compared = [replace(release, text=one.text).full_text for release, one in zip(releases, cleaned, strict=True)]
        distinct = [
            replace(release, text=one.distinct).full_text for release, one in zip(releases, cleaned, strict=True)
        ]
        sketches = sketches_of(distinct)
        with store.batch():
            store.write(
                "cleaned",
                [
                    (
                        row,
                        text_key(text),
                        None if boilerplate is None else packed_cleaned(one),
                        sketches.signatures[at].astype("<u4").tobytes(),
                        sketches.samples[sketches.bounds[at] : sketches.bounds[at + 1]].astype("<u4").tobytes(),
                    )
                    for at, (row, one, text) in enumerate(zip(batch, cleaned, compared, strict=True))
                ],
            )
            if slow:
                store.set_state("uncut", [*(store.state("uncut") or ()), *slow])
            if for_index:
                store.write("sketches", sketch_rows(list(zip(batch, releases, strict=True))))
        progress.to(batch[-1] + 1)


def _cleaned(lifted: Lifted, boilerplate: Boilerplate | None, slow: list[str]) -> Cleaned:
    release = lifted.release
    if boilerplate is None:
        return Cleaned(release.text, [], [])
    try:
        with deadline(_MOST_S):
            return clean_release(release, boilerplate, lifted.spans)
    except TooSlowError:
        slow.append(release.id)
        return Cleaned(release.text, [], [])
