from hub_config.services.ai.practice.replies import free_reply
from hub_config.services.ai.practice.texts.keywords import key_terms
from hub_config.services.ai.practice.texts.wording import NEEDS_TEXT
from hub_config.services.ai.practice.vocabulary import fold

TEXT = (
    "Hợp tác xã Chè Hảo Đạt bán chè xanh ở Tân Cương. Năm nay chè xanh được giá nên hợp tác xã mở thêm xưởng sao chè. "
    "Hợp tác xã mời bà con góp vốn. Ai góp vốn được chia lãi cuối năm. Bà con Tân Cương trồng chè đã lâu."
)


def terms(prompt: str) -> list[str]:
    return [line.removeprefix("- ") for line in free_reply(prompt).splitlines()[1:]]


def test_terms_that_come_again_and_names_go_first_and_stand_as_written() -> None:
    found = terms(f"Nêu 5 từ khóa của đoạn sau:\n{TEXT}")
    assert len(found) == 5
    assert {"Tân Cương", "chè xanh", "góp vốn"} <= set(found)
    assert all(term in TEXT for term in found)


def test_no_term_is_a_part_of_another_or_ends_in_a_general_word() -> None:
    found = key_terms(TEXT, 20)
    assert not any(a != b and a.lower() in b.lower() for a in found for b in found)
    assert not any(term.split()[-1] in ("của", "và", "được", "ở", "bà") for term in found)


def test_it_reads_requests_and_texts_without_diacritics() -> None:
    assert "chè xanh" in terms(f"liet ke tu khoa cua doan sau\n{TEXT}")
    assert "che xanh" in terms(f"neu 4 tu khoa: {fold(TEXT)}")


def test_a_dictated_text_has_terms_too() -> None:
    spoken = TEXT.lower().replace(".", "")
    assert "chè xanh" in terms(f"cho tôi các từ khóa của đoạn sau {spoken}")


def test_without_a_text_it_says_so() -> None:
    assert free_reply("Nêu từ khóa của Truyện Kiều.") == NEEDS_TEXT
