"""Third phase: what goes and for which, what continues what. Comparisons that were made survive a kill."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import numpy as np
import orjson

from obecsum.comparison.compare import Comparison, compare
from obecsum.core.garbage import rare_collections
from obecsum.core.ids import UniqueIds, unique_ids
from obecsum.core.progress import Progress
from obecsum.dedup.dedupe import keepers
from obecsum.dedup.series import find_chains
from obecsum.dedup.verify import Item, Verdict, Verifier, text_key
from obecsum.jobs.phases.outcome import Links, Removed, account_json, changes_json, spans_json
from obecsum.jobs.request.options import Options
from obecsum.jobs.state.known import Known
from obecsum.jobs.state.store import Store, packed
from obecsum.jobs.state.texts import Texts
from obecsum.minhash.shingles import I64
from obecsum.text.timestamps import order_key

__all__ = ["compare_all"]

_BATCH = 64
_DAY_CHARS = len("2024-12-31")
_LATEST = "~"  # sorts behind any digit and letter of a date


def compare_all(store: Store, texts: Texts, options: Options, known: Known, progress: Progress) -> None:
    """Decide about every release of the job, and leave it in the store.

    Args:
        store: Of the job, its releases read and cleaned.
        texts: Its releases.
        options: Of the job.
        known: What an index knows.
        progress: Told of the pairs compared.
    """
    if store.state("compared") is not None:
        return
    batch = _JobBatch(store, texts, options, known, progress)
    removals = batch.removals()
    links = batch.links(removals)
    with store.batch():
        store.write("removed", ((row, packed(asdict(removed))) for row, removed in sorted(removals.items())))
        store.write("links", batch.link_rows(links, removals))
        store.write("possible", batch.possible_rows())
        relations = Counter(removed.relation for removed in removals.values())
        figures = {
            "relations": dict(sorted(relations.items())),
            "updates": links.updates,
            "series": links.num_series,
            "possible": store.one("SELECT COUNT(*) FROM possible"),
            "ids": len(batch.ids.previous),
        }
        if known.is_index:
            kept = sum(not known.is_own(row) for row in batch.rows if row not in removals)
            figures["index"] = {
                **store.state("index"),
                "repeats_of_indexed": sum(removed.is_indexed for removed in removals.values()),
                "linked_to_indexed": sum(not batch.is_here(before) for before in links.previous.values()),
                "added": kept,
            }
        store.set_state("compared", figures)


class _JobBatch:
    """The releases of a job beside those of an index that they may repeat."""

    def __init__(self, store: Store, texts: Texts, options: Options, known: Known, progress: Progress) -> None:
        self._store, self._texts, self._known = store, texts, known
        loaded = list(store.rows("SELECT id, published, name FROM records ORDER BY place"))
        ids = [row[0] for row in loaded]
        self.ids = self._unique(ids, [row[1] for row in loaded])
        for row, name in self.ids.renamed.items():
            ids[row] = name
        self._names = ids
        self._row_of = {name: row for row, name in reversed(list(enumerate(ids))) if row not in self.ids.same}
        rows = [row for row in range(len(ids)) if row not in self.ids.same]
        self.rows = rows
        old = known.matching(store, rows, ids)
        items = [(Item(ids[row], loaded[row][1], loaded[row][2], self._stays(row)), row) for row in rows]
        items += [(item, -1 - number) for item, number in old]
        if old:
            items.sort(key=lambda one: _arrived(one[0], is_old=one[1] < 0 or known.came_earlier(one[1])))
        else:
            items.sort(key=_published)
        del loaded
        self._items = [item for item, _ in items]
        self._rows = [row for _, row in items]  # below 0: of the index
        at = {row: index for index, row in enumerate(self._rows)}
        keys = dict(store.rows("SELECT place, key FROM cleaned")) | {
            -1 - number: known.key(number) for _, number in old
        }
        self._pending: list[tuple[int, int, bytes]] = []
        self._verifier = Verifier(
            self._items,
            self._text,
            keys=[keys[row] for row in self._rows],
            sketches=store.sketches(rows),
            rows=_sketch_rows(rows, self._rows),
            pairs=_pairs(known.pairs(), at),
            min_jaccard=options.compared_from,
            min_containment=options.min_containment,
            rule=options.rule,
            progress=lambda done, total: progress.to(done, total=total),
            on_compared=self._remember,
            known=self._compared_before(at),
            distinct_of=self._distinct,
        )
        self._kept_for = keepers(
            self._items, self._verifier, policy=options.policy, prefer_sources=options.prefer_sources
        )
        self._flush()

    def _unique(self, ids: list[str], published: list[str | None]) -> UniqueIds:
        found = unique_ids(
            ids,
            published,
            lambda row: text_key(self._texts.release(row).full_text),
            earlier=self._known.versions(ids),
            is_taken=self._known.has,
        )
        with self._store.batch():
            self._store.write("renamed", found.renamed.items())
        self._texts.forget()
        return found

    def _stays(self, row: int) -> bool:
        """Whether a release of the feed is not to go: the index has it, or it was brought back after an earlier job."""
        if self._known.is_own(row):
            return True
        return self._known.pins.may_have(self._names[row]) and self._known.pins.has(self._texts.release(row))

    def _is_old(self, index: int) -> bool:
        return self._rows[index] < 0 or self._known.is_own(self._rows[index])

    def _text(self, index: int) -> str:
        row = self._rows[index]
        return self._texts.compared(row) if row >= 0 else self._known.text(-1 - row)

    def _distinct(self, index: int) -> str:
        row = self._rows[index]
        return self._texts.distinct(row) if row >= 0 else self._known.distinct(-1 - row)

    def _compared_before(self, at: dict[int, int]) -> Iterator[tuple[int, int, Verdict]]:
        for first, second, verdict in self._store.rows("SELECT i, j, verdict FROM verdicts"):
            if first in at and second in at:
                yield at[first], at[second], Verdict(*orjson.loads(verdict))

    def _remember(self, i: int, j: int, comparison: Comparison) -> None:
        verdict = Verdict.of(comparison, self._verifier.rule)
        values = [getattr(verdict, name) for name in Verdict.__slots__]
        self._pending.append((self._rows[i], self._rows[j], orjson.dumps(values)))
        if len(self._pending) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        with self._store.batch():
            self._store.write("verdicts", self._pending)
        self._pending.clear()

    def removals(self) -> dict[int, Removed]:
        """What goes, by row of the feed."""
        found: dict[int, Removed] = {}
        for index, keeper in sorted(self._kept_for.items()):
            verdict = self._verifier.compare(index, keeper)
            differences = self._verifier.accounts(index, keeper)[0].differences
            found[self._rows[index]] = Removed(
                self._items[keeper].id,
                str(verdict.relation),
                verdict.jaccard,
                changes_json(self._verifier.changes(index, keeper)),
                account_json(differences),
                spans_json(differences),
                self._rows[keeper] if self._rows[keeper] >= 0 else None,
            )
        for row, first in self.ids.same.items():
            if first in found:  # a copy of yet another release: both go for that one
                found[row] = found[first]
                continue
            comparison = compare(self._texts.compared(row), self._texts.compared(first))
            changes, differences = changes_json(comparison.changes), comparison.account_a.differences
            told = (account_json(differences), spans_json(differences))
            found[row] = Removed(self._names[first], "duplicate", comparison.jaccard, changes, *told, first)
        self._flush()
        return found

    def links(self, removals: dict[int, Removed]) -> Links:
        """How what is kept hangs together."""
        links = Links()
        links.groups.update({removed.kept_id: removed.kept_id for removed in removals.values()})
        with rare_collections():
            for members, previous in find_chains(self._verifier, self._kept_for):
                names = {index: self._items[index].id for index in members}
                series = self._known.series(names[members[0]]) or names[members[0]]
                links.series.update(dict.fromkeys(names.values(), series))
                for index, other in previous.items():
                    links.previous[names[index]] = names[other]
                    links.changes[names[index]] = changes_json(self._verifier.fact_changes(other, index))
        self._link_indexed(links)
        gone = {self._names[row]: removed.kept_id for row, removed in removals.items()}
        for later, earlier in self.ids.previous.items():
            before = gone.get(earlier, earlier)
            if later in gone or before == later or later not in self._row_of:
                continue
            links.previous[later] = before
            links.changes[later] = changes_json(compare(self._named(before), self._named(later)).changes)
        for name in [name for name in links.previous if name not in self._row_of]:
            del links.previous[name], links.changes[name]  # of the index: it has its own predecessor already
        self._flush()
        return links

    def _link_indexed(self, links: Links) -> None:
        """A kept release that says what an older one of the index says, and more, continues it."""
        before: dict[int, int] = {}
        for i, j, found in self._verifier.compared():
            if self._is_old(j) or not self._is_old(i) or j in self._kept_for:
                continue
            if found.a_can_go:
                links.supersedes[self._items[j].id] = self._items[i].id
            if found.a_can_go or found.is_possible:
                before[j] = i  # the last of several
        for j, i in before.items():
            new = self._items[j].id
            if new not in links.previous:
                links.previous[new] = self._items[i].id
                links.changes[new] = changes_json(self._verifier.changes(i, j))

    def possible_rows(self) -> Iterator[tuple[int, bytes]]:
        """For the store: the kept pairs that say the same by their facts, in the order of the feed."""
        pairs = []
        for i, j, found in self._verifier.compared():
            if not found.is_possible or i in self._kept_for or j in self._kept_for:
                continue
            first, second = (i, j) if self._is_old(j) else (j, i)
            pairs.append((self._rows[first], self._rows[second], first, second, found.relation))
        for number, (_, _, first, second, relation) in enumerate(sorted(pairs)):
            mine, other = self._verifier.accounts(first, second)
            line = {
                "id": self._items[first].id,
                "other_id": self._items[second].id,
                "relation": relation,
                "account": account_json(mine.differences),
                "spans": spans_json(mine.differences),
                "lost": {"id": account_json(mine.lost), "other_id": account_json(other.lost)},
            }
            yield number, packed(line)

    def is_here(self, name: str) -> bool:
        """Whether a release of an id is in the feed."""
        return name in self._row_of

    def _named(self, name: str) -> str:
        row = self._row_of.get(name)
        return self._known.text_of(name) if row is None else self._texts.compared(row)

    def link_rows(self, links: Links, removals: dict[int, Removed]) -> Iterator[tuple[int, bytes]]:
        """For the store: the fields of kept.jsonl that tell of other releases, where there are any."""
        linked = {*links.groups, *links.series, *links.previous, *links.supersedes}
        for row, name in enumerate(self._names):
            if name in linked and row not in removals:
                yield row, packed(links.fields(name))


def _sketch_rows(rows: list[int], order: list[int]) -> I64:
    """For each release in order its row among the sketches, which are in the feed's order; -1 for those of an index."""
    given = np.asarray(rows, dtype=np.int64)
    wanted = np.asarray(order, dtype=np.int64)
    return np.where(wanted < 0, -1, np.searchsorted(given, wanted))


def _pairs(pairs: Any, at: dict[int, int]) -> I64:
    """Pairs of a row and the number of an indexed release, as indexes in the order."""
    found = [(at[row], at[-1 - number]) for row, number in pairs]
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def _published(one: tuple[Item, int]) -> tuple[str, str]:
    """Orders releases by what breaks ties, as :func:`obecsum.dedup.dedupe.dedupe` does."""
    item, _ = one
    return order_key(item.published), item.id


def _arrived(item: Item, *, is_old: bool) -> tuple[str, bool, str]:
    """Orders the releases of a feed and those of an index: by publication, then by arrival.

    What comes without a date comes now, and a day without an hour leaves open which of that day is the later: what was
    in the index before is then the earlier one.
    """
    published = order_key(item.published)
    if not is_old and len(published) <= _DAY_CHARS:
        published += _LATEST
    return published, not is_old, item.id
