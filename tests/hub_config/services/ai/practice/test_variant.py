from pathlib import Path

from small_lesson import write_lesson

from course.catalog import read_lesson
from hub_config.services.ai.practice.variant import Draws
from hub_config.services.campus import accounts
from hub_config.services.campus.database import connect
from hub_config.settings import Settings


def test_the_variant_is_the_one_that_campus_drew(tmp_path: Path) -> None:
    lesson = read_lesson(write_lesson(tmp_path / "lesson")).lesson
    settings = Settings.load({"HOCAI_DATA": str(tmp_path / "data"), "HOCAI_LESSONS": str(tmp_path)})
    accounts.create_account(connect(settings), "hoa", "Hoa", password=None, role="household")
    draws = Draws(settings)
    assert draws.variant(lesson, "hoa").role == "household"
    assert draws.variant(lesson, "somebody.without.account").role == "official"
    draws.close()
