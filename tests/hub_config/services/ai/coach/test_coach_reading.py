from __future__ import annotations

from hub_config.services.ai.coach.reading import section_of


def test_a_picture_is_no_text_of_the_lesson_and_a_link_is_its_words() -> None:
    section = section_of(
        "## Ba chỗ\n\nDò đủ [ba chỗ](x.md).\n\n![Bên trái là giấy của bạn.](material/a.svg)\n\nRồi gửi."
    )
    assert "Bên trái" not in str(section) and "!" not in str(section)
    assert "Dò đủ ba chỗ." in str(section)
