"""What may stand right after a minister's short title and after a hyphen: both join two words into one statement.

รมว.กษ. says who a person is, ไทย-จีน says which two: a model that has learned thousands of such pairs completes them
from memory, with the ministry or the minister of another year. Here only what the source joins itself may follow.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from obecsum.summaries.constraints.bonds import brackets
from obecsum.text.lexicon.countries import find_countries
from obecsum.text.lexicon.tables import ABBREVIATIONS
from obecsum.text.names import find_people

__all__ = ["JointRule"]

# The ministries' names as headlines shorten them, beside obecsum.text.lexicon.tables.ABBREVIATIONS.
_SHORT_NAMES = {
    "การคลัง": ("คลัง",), "การต่างประเทศ": ("ต่างประเทศ",), "ดิจิทัลเพื่อเศรษฐกิจและสังคม": ("ดิจิทัล", "ดีอี", "ดศ."),
    "การท่องเที่ยวและกีฬา": ("ท่องเที่ยว",), "การพัฒนาสังคมและความมั่นคงของมนุษย์": ("พัฒนาสังคม",),
    "การอุดมศึกษา วิทยาศาสตร์ วิจัยและนวัตกรรม": ("อุดมศึกษา", "อว"), "อุตสาหกรรม": ("อุต",), "ศึกษาธิการ": ("ศึกษา",),
    "ทรัพยากรธรรมชาติและสิ่งแวดล้อม": ("ทรัพย์",), "วิทยาศาสตร์และเทคโนโลยี": ("วิทย์", "วท."),
}  # fmt: skip
_REGIONS = ("อาเซียน", "ยุโรป", "อียู", "แอฟริกา", "เอเชีย", "EU", "EFTA")
_TITLES = {"รมว": "รัฐมนตรี(?:ว่าการ|ว่า)?", "รมช": "รัฐมนตรีช่วย(?:ว่าการ)?"}
_MINISTER = {
    title: re.compile(rf"{spelled}(?:ประจำ)?(?P<spelled>กระทรวง)?|(?<![ก-๎])(?P<short>{title}\.?(?:กระทรวง)?)")
    for title, spelled in _TITLES.items()
}
_TITLE = re.compile(r"รม[วช]\.$")
_DASH = re.compile(r"\s?[-–]\s?(\S{1,4})")
_AND = re.compile(r"(?:และ|กับ|หรือ)\s?(\S{1,6})")
_HAS_LETTER_END = re.compile(r"[ก-๎A-Za-z.\ue000-\uf8ff]$")
_HYPHENS = ("-", "–")
_MOST_CHARS = 80
# Posts that have deputies: a headline that drops รอง promotes one.
_POSTS = ("เลขาธิการ", "อธิบดี", "ปลัด", "โฆษก", "ผู้อำนวยการ", "ผู้ว่าราชการ", "นายกรัฐมนตรี", "นายกฯ")
_DEPUTY = ("รอง", "ผู้ช่วย", "ผช.")
_OFFICE = ("สำนัก", "สำนักเลขาธิการ", "ทำเนียบ")  # สำนักนายกรัฐมนตรี is no prime minister


@lru_cache(maxsize=1)
def _ministries() -> dict[str, tuple[str, ...]]:
    """Each ministry's name without กระทรวง -> what headlines call it, the name itself included."""
    found: dict[str, set[str]] = {name: {name, *short} for name, short in _SHORT_NAMES.items()}
    for abbreviation, full in ABBREVIATIONS.items():
        if full.startswith("กระทรวง"):
            name = full.removeprefix("กระทรวง")
            found.setdefault(name, {name}).add(f"{abbreviation}.")
    for name, calls in found.items():
        calls.add(name.removeprefix("การ"))
    return {
        "".join(name.split()): tuple(sorted("".join(call.split()) for call in calls)) for name, calls in found.items()
    }


def _after_titles(source: str) -> dict[str, frozenset[str]]:
    """For each short title what may follow it, spaces aside: ministries that the source gives it, and people."""
    squeezed = "".join(source.split())
    people = frozenset(name.split()[0] for _, _, name in find_people(source))
    found: dict[str, frozenset[str]] = {}
    for title, spelled in _MINISTER.items():
        following: set[str] = set()
        for match in spelled.finditer(squeezed):
            after = squeezed[match.end() : match.end() + 60]
            following.update(
                call
                for name, calls in _ministries().items()
                if after.startswith((name, *calls, name.removeprefix("การ")))
                for call in calls
            )
            if match["short"] or match["spelled"]:  # of another country, or a name that is not in the list
                following.add(after[: after.index(".") + 1] if "." in after[:5] else after[:8])
        found[title] = frozenset(following - {""}) | people if following else frozenset()
    return found


def _after_dashes(source: str) -> tuple[frozenset[str], frozenset[str]]:
    """What a hyphen may join to ไทย; and to anything else: there also what the source joins by a word."""
    joined = {match[1] for match in _DASH.finditer(source)}
    lands = frozenset(joined | find_countries(source) | {region for region in _REGIONS if region in source})
    return lands, lands | {match[1] for match in _AND.finditer(source)}


def _agrees(written: str, allowed: Iterable[str]) -> bool:
    """Whether what was written begins something allowed, or goes on after it; ฯ stands for any rest."""
    plain = written.rstrip("ฯ.")
    return any(
        other.startswith(written) or written.startswith(other) or (plain != "" and plain == other[: len(plain)])
        for other in allowed
    )


def _only_deputies(source: str) -> tuple[str, ...]:
    """Posts that the source names, but only as those of deputies."""
    squeezed = "".join(source.split()).replace("นายกฯ", "นายกรัฐมนตรี")
    found = []
    for post in _POSTS:
        spelled = post.replace("นายกฯ", "นายกรัฐมนตรี")
        before = [squeezed[max(0, m.start() - 20) : m.start()] for m in re.finditer(re.escape(spelled), squeezed)]
        held = [words for words in before if not words.endswith(_OFFICE)]
        if held and all(words.endswith(_DEPUTY) for words in held):
            found.append(post)
    return tuple(found)


class JointRule:
    """After รมว. and รมช. only ministries and people follow that the source names so; after a hyphen what it joins.

    A title that the source gives to nobody is not written at all, nor a deputy's post without its รอง. In brackets
    stands what the source has there after the same words.

    Args:
        pieces: What each id writes, (vocabulary,), spaces left out.
        spaced: Ids of pieces that begin with a space.
        sources: The sources of the batch, as they were cut into pieces.
    """

    def __init__(self, pieces: Sequence[str], spaced: Collection[int], sources: Sequence[str]) -> None:
        self.pieces = pieces
        self.spaced = frozenset(spaced)
        self.watched = frozenset(  # outside of joints only these may be refused
            i
            for i, text in enumerate(pieces)
            if text in _HYPHENS or text in _TITLES or text.startswith(_POSTS) or text.startswith("(")
        )
        self.brackets = [brackets(source) for source in sources]
        self.titles = [_after_titles(source) for source in sources]
        self.dashes = [_after_dashes(source) for source in sources]
        self.deputies = [_only_deputies(source) for source in sources]

    def start(self, source: int) -> _JointState:
        """The state before the first piece."""
        return _JointState(self, source, "", None, "")


class _JointState:
    """``tail``: the end of what was written; ``allowed``: what may follow a joint, None elsewhere; ``since`` it."""

    __slots__ = ("allowed", "rule", "since", "source", "tail")

    def __init__(self, rule: JointRule, source: int, tail: str, allowed: frozenset[str] | None, since: str) -> None:
        self.rule = rule
        self.source = source
        self.tail = tail
        self.allowed = allowed
        self.since = since

    def limits(self) -> tuple[None, Collection[int]]:
        return None, ()

    def refused(self, candidates: Sequence[int]) -> Collection[int]:
        if self.allowed is None:
            watched = self.rule.watched
            return [piece for piece in candidates if piece in watched and not self._fits(piece)]
        return [piece for piece in candidates if not self._fits(piece)]

    def _fits(self, piece: int) -> bool:
        text = self.rule.pieces[piece]
        if text in self.rule.titles[self.source] and not self.rule.titles[self.source][text]:
            return False
        deputies = self.rule.deputies[self.source]
        if deputies and text.startswith(deputies) and not self.tail.endswith((*_DEPUTY, *_OFFICE)):
            return False
        if self.allowed is None:
            if text.startswith("("):
                inside = self._inside()
                return bool(inside) and _agrees(text[1:], inside)
            return not self._joins(piece) or bool(self._joined())
        if not text or (piece in self.rule.spaced and self.since and not self.tail.endswith("(" + self.since)):
            return True
        return _agrees(self.since + text, self.allowed)

    def _inside(self) -> frozenset[str]:
        """What may stand in brackets here."""
        known = self.rule.brackets[self.source]
        return frozenset(bracket.inside for bracket in known if self.tail.endswith(bracket.before))

    def _joins(self, piece: int) -> bool:
        """Whether a piece is a hyphen between two words; with spaces around it parts two, but ไทย - จีน are one."""
        if self.rule.pieces[piece] not in _HYPHENS or not _HAS_LETTER_END.search(self.tail):
            return False
        return piece not in self.rule.spaced or self.tail.endswith("ไทย")

    def _joined(self) -> frozenset[str]:
        lands, all_ = self.rule.dashes[self.source]
        return lands if self.tail.endswith("ไทย") else all_

    def push(self, piece: int) -> _JointState:
        rule, text = self.rule, self.rule.pieces[piece]
        tail = (self.tail + text)[-_MOST_CHARS:]
        spaced = piece in rule.spaced and not self.tail.endswith("(" + self.since)  # in brackets spaces are nothing
        if self.allowed is None and text.startswith("("):
            return _JointState(rule, self.source, tail, self._inside(), text[1:])
        if self.allowed is not None and text and not (spaced and self.since):
            since = self.since + text
            if not any(since.startswith(other) for other in self.allowed) and not text.endswith(("ฯ", ".")):
                return _JointState(rule, self.source, tail, self.allowed, since)
        elif self.allowed is not None and not text and not self.since:
            return _JointState(rule, self.source, tail, self.allowed, "")
        if match := _TITLE.search(tail):
            return _JointState(rule, self.source, tail, rule.titles[self.source][match.group()[:-1]], "")
        if self._joins(piece):
            return _JointState(rule, self.source, tail, self._joined(), "")
        if self.allowed is None and tail == self.tail:
            return self
        return _JointState(rule, self.source, tail, None, "")
