"""Fair to honest learners: every way of saying the same thing earns the same, through the door that grading uses."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from built_exercise import CARD_FACTS, ONE_EACH, build

from autograders import wording
from autograders.models import Context
from autograders.rules.finding import Finding
from autograders.rules.registry import check

TIME, DATE, MONEY, PLACE = "19 giờ 30", "12/03/2027", "150.000 đồng", "nhà văn hóa xóm"
PROMPT = "Viết thông báo họp cho bà con xóm, ngắn thôi."
CARD = {"kind": "card", "title": "Cần báo", "facts": CARD_FACTS, "private": ["bà L. còn nợ 300.000 đồng tiền nước"]}


def checked(rule: dict[str, Any], text: str, context: Context, on: str = "final", prompt: str = PROMPT) -> Finding:
    exercise = build("prompt", [{"on": on, **rule}], material=[CARD])
    return check(exercise.criterion[0], exercise, {"prompt": prompt, "final": "", on: text}, context)


def states(fact: Any, text: str, context: Context) -> Finding:
    rule = {"rule": "keeps_facts", "facts": [fact], "gate": ["prompt_states_task", "not_copied", "not_repeated"]}
    return checked(rule, text, context)


@pytest.mark.parametrize(
    "said",
    [
        "19 giờ 30", "19h30", "19:30", "19g30", "7 rưỡi tối", "7 giờ 30 tối", "bảy rưỡi tối", "bảy giờ rưỡi tối",
        "7h30 tối", "mười chín giờ ba mươi", "tối lúc 7 rưỡi", "19 giờ 30 phút", "19H30",
    ],
)  # fmt: skip
def test_a_time_in_any_way_of_saying_it(said: str, context: Context) -> None:
    found = states(TIME, f"Mời bà con đi họp {said} tại nhà văn hóa xóm", context)
    assert (found.share, found.question) == (1, "")


def test_half_past_seven_alone_is_asked_about_without_loss(context: Context) -> None:
    found = states(TIME, "Mời bà con 7 rưỡi đi họp nhé", context)
    assert found.share == 1
    assert wording.MORNING_OR_EVENING.format(time="7 rưỡi") in found.message


@pytest.mark.parametrize(
    "said",
    [
        "12/3", "12-3", "12.3", "12/03", "12/3/2027", "12-03-2027", "ngày 12 tháng 3", "ngày 12 tháng 3 năm 2027",
        "mười hai tháng ba", "ngày mười hai tháng ba", "thứ Sáu 12/3", "thứ sáu, ngày 12/3", "thứ 6 ngày 12/3",
        "12 tháng 3", "12/3/27",
    ],
)  # fmt: skip
def test_a_date_in_any_way_of_saying_it_with_or_without_its_year(said: str, context: Context) -> None:
    assert states(DATE, f"Mời bà con đi họp {said} nhé", context).share == 1


@pytest.mark.parametrize("said", ["thứ Bảy 12/3", "thứ bảy ngày 12 tháng 3", "12/3 chủ nhật"])
def test_a_wrong_weekday_is_a_contradiction_and_is_said_to_be_one(said: str, context: Context) -> None:
    for text in (f"Mời bà con đi họp {said} nhé", bare(f"mời bà con đi họp {said} nhé")):
        found = states(DATE, text, context)
        assert found.share == 0
        assert "thứ Sáu" in found.message


@pytest.mark.parametrize(
    "said",
    [
        "150k", "150 nghìn", "150 ngàn", "150,000", "150.000", "150.000đ", "150.000 đồng", "150000 đồng", "trăm rưỡi",
        "một trăm năm mươi nghìn", "một trăm rưỡi", "150 nghìn đồng", "150K", "150.000 VNĐ", "150 000 đồng",
    ],
)  # fmt: skip
def test_an_amount_in_any_way_of_saying_it(said: str, context: Context) -> None:
    assert states(MONEY, f"Mời bà con họp bàn việc góp {said} mỗi nhà", context).share == 1


@pytest.mark.parametrize(
    "said",
    [
        "mỗi hộ cử một người",
        "mỗi nhà một người",
        "1 người/hộ",
        "mỗi nhà 1 người",
        "mỗi hộ 1 người",
        "moi nha mot nguoi",
    ],
)
def test_synonyms_that_the_lesson_names_count_the_same(said: str, context: Context) -> None:
    assert states(ONE_EACH, f"Mời bà con đi họp, {said} nhé", context).share == 1


WHOLE = [TIME, DATE, PLACE, "đường ống nước", MONEY, ONE_EACH]
FINAL = (
    "Kính mời bà con đi họp lúc 19 giờ 30, thứ Sáu 12/3, tại nhà văn hóa xóm, bàn việc thay đường ống nước, góp "
    "150.000 đồng mỗi hộ. Mỗi nhà một người."
)


def bare(text: str) -> str:
    """Without diacritics, as a phone without a Vietnamese keyboard types it."""
    stripped = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in stripped if not unicodedata.combining(c))


DICTATED = (
    "kính mời bà con đi họp lúc bảy giờ rưỡi tối thứ sáu mười hai tháng ba tại nhà văn hóa xóm bàn việc thay đường ống "
    "nước góp một trăm năm mươi nghìn đồng mỗi hộ mỗi nhà một người"
)
BULLETS = (
    "THÔNG BÁO HỌP XÓM\n- Thời gian: 19 giờ 30, thứ Sáu 12/3\n- Địa điểm: nhà văn hóa xóm\n- Nội dung: thay đường ống "
    "nước\n- Mức góp: 150.000 đồng/hộ\n- Thành phần: mỗi nhà một người"
)


@pytest.mark.parametrize(
    "text",
    [FINAL, bare(FINAL), bare(FINAL).lower(), DICTATED, bare(DICTATED), FINAL.upper(), BULLETS, bare(BULLETS),
     unicodedata.normalize("NFD", FINAL), FINAL.replace(",", "").replace(".000", "000").replace(".", "")],
)  # fmt: skip
def test_without_diacritics_and_without_punctuation_it_is_the_same_text(text: str, context: Context) -> None:
    rule = {
        "rule": "keeps_facts",
        "facts": WHOLE,
        "gate": ["prompt_states_task", "not_copied", "not_repeated", "no_planted_secrets"],
    }
    assert checked(rule, text, context).share == 1


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("nàng Lường", "mời bà con ở làng Nường đi họp"),  # l/n
        ("bà Xuyến Xum", "mời bà Suyến Sum đi họp"),  # s/x
        ("xóm Chè Trong", "mời bà con xóm Trè Chong đi họp"),  # ch/tr
        ("hòa bình", "mời bà con đội hoà bình đi họp"),  # the place of the tone mark
        ("thủy lợi", "mời bà con họp bàn thuỷ lợi"),
        ("đường đê", "mời bà con đi họp bàn duong de"),  # d for đ
        ("đường đê", "moi ba con di hop ban đuong đe"),
    ],
)
def test_slips_of_the_tongue_and_the_keyboard_are_forgiven(fact: str, said: str, context: Context) -> None:
    assert states(fact, said, context).share == 1


def test_raw_telex_is_read_and_said_to_be_so(context: Context) -> None:
    telex = "kisnh mowfi baf con ddi hojp lusc 19 giowf 30 tajji nhaf vawn hosa xosm nhes"
    found = checked({"rule": "keeps_facts", "facts": [TIME, PLACE], "gate": ["not_copied"]}, telex, context)
    assert found.share == 1
    assert wording.KEYBOARD_OFF in found.message


@pytest.mark.parametrize(
    "said", ["ngắn thôi", "vài câu", "vài dòng thôi", "ngan thoi", "vai cau", "dưới 80 chữ", "ba câu"]
)
def test_a_length_said_in_everyday_words_is_one(said: str, context: Context) -> None:
    rule = {"rule": "has_parts", "parts": ["format", "length"]}
    assert checked(rule, f"Viết thông báo họp gửi bà con, {said}", context, on="prompt").share == 1


@pytest.mark.parametrize("said", ["bà con", "các hộ", "các hộ trong xóm", "phụ huynh", "mọi người"])
def test_people_said_in_everyday_words_are_receivers(said: str, context: Context) -> None:
    rule = {"rule": "has_parts", "parts": ["task", "receiver"]}
    prompt = f"Viết thông báo họp cho {said}"
    assert checked(rule, prompt, context, on="prompt").share == 1
    assert checked(rule, bare(prompt), context, on="prompt").share == 1


@pytest.mark.parametrize("mask", ["[HỌ TÊN]", "[SỐ ĐIỆN THOẠI]", "[ĐỊA CHỈ]", "[HO TEN]", "[SỐ TÀI KHOẢN]"])
def test_a_mask_is_no_gap_left_over(mask: str, context: Context) -> None:
    assert checked({"rule": "no_placeholders"}, f"Kính gửi {mask}, mời bà đi họp", context).share == 1


def test_a_figure_of_ones_own_is_asked_about(context: Context) -> None:
    rule = {"rule": "no_new_figures", "missing": "{found}: Số này lấy ở đâu?"}
    found = checked(rule, FINAL + " Phạt 500.000 đồng nếu vắng.", context)
    assert (found.share, found.message) == (0, "500.000 đồng: Số này lấy ở đâu?")


@pytest.mark.parametrize(
    "text",
    [
        FINAL,  # the weekday belongs to the date
        FINAL.replace("12/3", "12/3/2027"),
        FINAL + " Năm 2027 xóm làm xong.",
        "1. " + FINAL.replace(". Mỗi", ".\n2. Mỗi"),
        FINAL + " Trên đây là 3 ý chính.",
        BULLETS,
    ],
)
def test_weekdays_years_and_numbers_of_a_list_are_no_inventions(text: str, context: Context) -> None:
    assert checked({"rule": "no_new_figures"}, text, context).share == 1


def test_a_limit_echoed_from_the_prompt_is_no_invention(context: Context) -> None:
    prompt = "Viết thông báo họp cho bà con, dưới 80 chữ."
    text = FINAL + " (Bản tin dưới 80 chữ.)"
    assert checked({"rule": "no_new_figures"}, text, context, prompt=prompt).share == 1


def test_presence_is_worded_as_there_or_not_seen(context: Context) -> None:
    rule = {"rule": "has_parts", "parts": ["task", "role"], "missing": "Chưa thấy: {missing}."}
    assert checked({**rule, "parts": ["task"]}, PROMPT, context, on="prompt").message == (
        wording.FULL_PARTS.format(found=wording.PARTS["task"])
    )
    assert checked(rule, PROMPT, context, on="prompt").message.startswith("Chưa thấy")
    told = {name: text for name, text in vars(wording).items() if isinstance(text, str) and name.isupper()}
    assert not [name for name, text in told.items() if text.startswith("Sai") or " bị sai" in text]
