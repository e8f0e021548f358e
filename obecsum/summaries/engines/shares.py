"""Shares a batch among threads: each searches some of the sources by itself.

Two threads on one product wait for each other at every one of the many small products of a search; on two sources each
they do not. What is written of a source does not depend on the share it is in.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from obecsum.summaries.constraints.locks import LockState, Rule
from obecsum.summaries.engines.engine import Request

__all__ = ["search_in_shares", "workers_and_threads"]

_MOST_WORKERS = 4  # beyond, the rules, which are Python, would wait for each other
_FEWEST_SOURCES = 2  # in a share: products with fewer rows use a processor badly

Search = Callable[[Sequence[Sequence[int]], Request], list[list[list[int]]]]


def workers_and_threads(threads: int | None) -> tuple[int, int]:
    """How many shares are searched at a time, and how many threads each product gets.

    Args:
        threads: Threads in all, at least 1; None for one a core that this process may use.
    """
    if threads is None:
        threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    workers = min(threads, _MOST_WORKERS)
    return workers, threads // workers


def search_in_shares(
    search: Search, sources: Sequence[Sequence[int]], request: Request, *, workers: int
) -> list[list[list[int]]]:
    """Searches a batch with several threads.

    Args:
        search: Searches some sources; it must be safe to call from several threads.
        sources: As :meth:`~obecsum.summaries.engines.engine.Engine.search` takes them.
        request: What is asked of the whole batch.
        workers: Threads, at least 1.

    Returns:
        For each source the pieces of its candidates, the best first, as ``search`` gives them.
    """
    shares = min(workers, len(sources) // _FEWEST_SOURCES)
    if shares < 2:
        return search(sources, request)
    # Neighbors are of like length: dealt out one by one, all shares have as much to do.
    dealt = [range(first, len(sources), shares) for first in range(shares)]

    def one(share: range) -> list[list[list[int]]]:
        part = replace(
            request,
            rules=[_RuleOfShare(rule, share) for rule in request.rules],
            forbidden=[request.forbidden[i] for i in share] if request.forbidden else (),
        )
        return search([sources[i] for i in share], part)

    found: list[list[list[int]]] = [[] for _ in sources]
    # Threads are made for each batch, in well under a millisecond: a pool that is kept would not survive a fork.
    with ThreadPoolExecutor(shares) as pool:
        for share, candidates in zip(dealt, pool.map(one, dealt), strict=True):
            for index, row in zip(share, candidates, strict=True):
                found[index] = row
    return found


class _RuleOfShare:
    """A rule for the sources of a share, which knows them by their row in the batch."""

    def __init__(self, rule: Rule, share: range) -> None:
        self._rule = rule
        self._share = share

    def start(self, source: int) -> LockState:
        return self._rule.start(self._share[source])
