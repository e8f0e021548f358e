"""Countries by their Thai names: two releases of one template often differ in nothing but the country."""

from __future__ import annotations

import re
from functools import lru_cache

from pythainlp.corpus import countries

__all__ = ["find_countries"]

_MIN_CHARS = 4  # มาลี and ชาด are names and words, too
_SHORT = frozenset({"จีน", "ลาว"})
_HOME = "ไทย"
# Other names in use beside those of pythainlp's list, from the headlines of releases.
_ALIASES = {
    "เมียนมาร์": "พม่า",
    "เมียนมา": "พม่า",
    "สหรัฐ": "สหรัฐอเมริกา",
    "อเมริกา": "สหรัฐอเมริกา",
    "อังกฤษ": "สหราชอาณาจักร",
    "สาธารณรัฐเกาหลี": "เกาหลีใต้",
    "เกาหลี": "เกาหลีใต้",
    "สาธารณรัฐประชาธิปไตยประชาชนเกาหลี": "เกาหลีเหนือ",
    "เยอรมัน": "เยอรมนี",
    "ซาอุดิอาระเบีย": "ซาอุดีอาระเบีย",
    "ฮอลแลนด์": "เนเธอร์แลนด์",
    "เช็กเกีย": "สาธารณรัฐเช็ก",
    "ตุรเคีย": "ตุรกี",
    "ทูร์เคีย": "ตุรกี",
    "บรูไน": "บรูไนดารุสซาลาม",
    "ปาเลสไตน์": "รัฐปาเลสไตน์",
    "ยูเออี": "สหรัฐอาหรับเอมิเรตส์",
    "โมรอกโก": "โมร็อกโก",
    "ติมอร์": "ติมอร์-เลสเต",
}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = {name.strip() for name in countries()} | set(_ALIASES) | set(_ALIASES.values())
    names = {name for name in names if len(name) >= _MIN_CHARS or name in _SHORT} - {_HOME}
    return re.compile("|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name)))))


def find_countries(text: str) -> frozenset[str]:
    """The countries that ``text`` names, Thailand aside, each by one name.

    Example:
        >>> sorted(find_countries("นายกฯ หารือประธานาธิบดีสหรัฐฯ และนายกรัฐมนตรีญี่ปุ่น"))
        ['ญี่ปุ่น', 'สหรัฐอเมริกา']
    """
    return frozenset(_ALIASES.get(name, name) for name in _pattern().findall(text))
