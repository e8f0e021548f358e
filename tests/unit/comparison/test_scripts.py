"""Scripts whose words are not known, and texts without words: only what is equal but for marks and space goes."""

import time

import pytest

from obecsum.comparison.account.scripts import can_judge
from obecsum.comparison.alignment.document import document_of
from obecsum.comparison.compare import compare

# (text, a word of it, another word)
TEXTS = {
    "Lao": (
        "ກະຊວງສາທາລະນະສຸກ ໄດ້ອະນຸມັດວັກຊີນໃໝ່ສໍາລັບເດັກນ້ອຍ ໃນແຂວງຫຼວງພະບາງ. ໂຄງການຈະເລີ່ມໃນວັນອັງຄານນີ້ ແລະຈະຂະຫຍາຍໄປທົ່ວປະເທດ.",
        "ອະນຸມັດ",
        "ປະຕິເສດ",
    ),
    "Burmese": (
        "ကျန်းမာရေးဝန်ကြီးဌာနသည် ကလေးများအတွက် ကာကွယ်ဆေးအသစ်ကို အတည်ပြုခဲ့သည်။ အစီအစဉ်ကို ရန်ကုန်မြို့တွင် စတင်မည်။",
        "အတည်ပြု",
        "ပယ်ချ",
    ),
    "Chinese": (
        "卫生部周二宣布，内阁已批准五亿泰铢预算，用于五岁以下儿童的新疫苗计划。该计划将在清迈开始，明年扩展到全国各府。",
        "批准",
        "否决",
    ),
    "Arabic": (
        "وافقت وزارة الصحة على لقاح جديد للأطفال دون سن الخامسة. سيبدأ البرنامج في شيانغ ماي ويمتد إلى جميع المحافظات العام المقبل.",
        "وافقت",
        "رفضت",
    ),
    "Khmer": ("ក្រសួងសុខាភិបាលបានអនុម័តវ៉ាក់សាំងថ្មីសម្រាប់កុមារ។ កម្មវិធីនឹងចាប់ផ្តើមនៅខេត្តសៀមរាប ហើយនឹងពង្រីកទូទាំងប្រទេស។", "អនុម័ត", "បដិសេធ"),
    "Russian": (
        "Министерство здравоохранения одобрило новую вакцину для детей. Программа начнётся в Чиангмае.",
        "одобрило",
        "отклонило",
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_changed_word_keeps_both(name: str) -> None:
    text, word, other = TEXTS[name]
    assert word in text
    found = compare(text, text.replace(word, other, 1))
    assert not found.a_can_go
    assert not found.b_can_go
    if found.says_the_same:
        assert found.lost_a[0].kind == found.lost_b[0].kind == "script"


@pytest.mark.parametrize("name", TEXTS)
def test_space_and_punctuation_say_nothing(name: str) -> None:
    text = TEXTS[name][0]
    other = (
        text.replace(" ", "\u00a0 ")
        .replace("。", " ")
        .replace("，", ",")
        .replace(".", "")
        .replace("။", "၊")
        .replace("។", " ")
    )
    assert other != text
    found = compare(text, other)
    assert found.relation == "duplicate"
    assert found.a_can_go


@pytest.mark.parametrize("name", TEXTS)
def test_a_letter_that_is_left_out_is_a_loss(name: str) -> None:
    text = TEXTS[name][0]
    found = compare(text, text[:20] + text[21:])
    assert not found.a_can_go
    assert not found.b_can_go


def test_what_can_be_judged() -> None:
    for text in ("ข่าว", "news", "ข่าว 新闻 ข่าวสาร", "12.5", "Bāngkok"):
        assert can_judge(document_of(text)), text
    for text in ("新闻稿", "ข่าว 卫生部周二宣布", "…!!", "", *(text for text, _, _ in TEXTS.values())):
        assert not can_judge(document_of(text)), text


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("!!!", "???"),
        ("... --- ...", "...---..,"),
        ("", "!"),
        ("\ud800 abc", "\udfff abc"),
        ("\ud800" * 50, "\ud800" * 49 + "\udc00"),
        ("qwzx vbnk plmt", "qwzx vbnk plmd"),
        ("ฟฟกด่ ฤฤฏ กหฟฟ", "ฟฟกด่ ฤฤฏ กหฟด"),
        ("ข่าว" + "卫生部周二宣布", "ข่าว" + "卫生部周三宣布"),
        ("1 2 3", "1 2 4"),
    ],
)
def test_odd_pairs_both_stay(a: str, b: str) -> None:
    for found in (compare(a, b), compare(b, a)):
        assert not found.a_can_go
        assert not found.b_can_go
        assert isinstance(found.changes, list)


@pytest.mark.parametrize("text", ["", " ", "!!!", "\ud800", "新闻", "qwzx"])
def test_equal_texts_go_whatever_they_are(text: str) -> None:
    assert compare(text, text).a_can_go


def test_the_time_grows_with_the_texts() -> None:
    sentence = TEXTS["Chinese"][0]

    def least(times: int) -> float:
        a = "".join(f"{sentence}{n}" for n in range(times))
        begun = time.process_time()
        assert not compare(a, a.replace("批准", "否决", 1)).a_can_go
        return time.process_time() - begun

    least(50)
    once = least(500)
    assert least(2000) < 10 * once + 0.2
