"""Names and posts of a summary that are cut, or given in another order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from obecsum.summaries.check.side import Problem, Side
from obecsum.summaries.check.source import RANKED, Text

__all__ = ["NamedSide", "called"]

_LETTER = re.compile(r"[ก-ฮะ-ฺเ-๎A-Za-z]")
_NAME_REACH = 14  # words


class NamedSide(Side):
    """What names say."""

    def cut_names(self) -> Iterator[Problem]:
        """Half a name: what the source writes together goes on, or begins earlier."""
        ours, theirs = self.summary, self.source
        for at, place in self.pairs.items():
            word, other = ours.tokens.words[at], theirs.tokens.words[place]
            name = theirs.named.get(other)
            if name is None or theirs.words.keys[other] != ours.words.keys[word]:
                continue
            starts, ends = theirs.words.starts, theirs.words.ends
            goes_on = theirs.named.get(other + 1) == name and starts[other + 1] == ends[other]
            begins = theirs.named.get(other - 1) == name and starts[other] == ends[other - 1]
            text = ours.document.folded
            ends_here = not _LETTER.match(text, ours.words.ends[word])
            begins_here = not (ours.words.starts[word] and _LETTER.match(text, ours.words.starts[word] - 1))
            if (goes_on and ends_here) or (begins and begins_here):
                yield Problem("word", at, at + 1)

    def cut_posts(self) -> Iterator[Problem]:
        """A post that in the source is the end of another's: นายกรัฐมนตรี of ปลัดสำนักนายกรัฐมนตรี."""
        ours, theirs = self.summary, self.source
        if self.first == self.last:
            return
        first, last = ours.tokens.words[self.first], ours.tokens.words[self.last - 1]
        for actor in ours.actors_between(first, last + 1):
            at = ours.token_of(actor.start)
            if actor.kind != "post" or at not in self.pairs or ours.words.keys[actor.start] in RANKED:
                continue
            word = theirs.tokens.words[self.pairs[at]]
            if theirs.words.breaks[word]:
                continue
            around = theirs.actors_between(max(0, word - _NAME_REACH), word)
            if any(other.kind != "person" and word < other.end for other in around[-1:]) and (
                theirs.words.keys[word - 1] not in RANKED
            ):
                yield Problem("order", at, at + 1)

    def is_called_so(self, word: int) -> bool:
        """Whether a word belongs to a name or post that the source gives the one named beside it, in another order."""
        ours = self.summary
        actor = next((a for a in ours.actors_between(max(0, word - _NAME_REACH), word + 1) if word <= a.end), None)
        if actor is None:
            return False
        beside = {ours.words.keys[at] for at in (actor.start - 1, actor.end) if 0 <= at < len(ours.words.keys)}
        name = ours.name_of(actor)
        if word == actor.end:  # รองนายกฯ ประเสริฐ
            name |= {ours.words.keys[word]}
        for names in self.source.names:
            everything = frozenset().union(*names)
            if name <= everything and (name & RANKED) == (everything & RANKED):
                is_whole = not any(name <= one for one in names)
                if is_whole or any(beside & one for one in names if not name <= one):
                    return True
        return False


def called(words: set[str], source: Text) -> set[str]:
    """``words`` with all that those are called whom they name: a person's post, and who holds a post."""
    found = set(words)
    for names in source.names:
        if any(name and name <= words for name in names):
            found.update(*names)
    return found
