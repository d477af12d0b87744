from pathlib import Path

from hub_config.demo import create_demo_class, speakable_password
from hub_config.services.campus import accounts
from hub_config.services.campus.database import connect
from hub_config.settings import Settings


def test_the_demo_class_is_made_once_and_everybody_can_sign_in(tmp_path: Path) -> None:
    engine = connect(Settings.load({"HOCAI_DATA": str(tmp_path)}))
    people = create_demo_class(engine, "demo")
    assert sorted(new.account.kind for new in people) == ["learner", "learner", "learner", "teacher"]
    assert len({new.account.role for new in people}) == 4
    for new in people:
        assert accounts.verify_password(engine, new.account.name, new.password) == new.account
    assert create_demo_class(engine, "demo") == []
    assert len(accounts.list_accounts(engine, class_id="demo", as_="learner")) == 3


def test_passwords_differ_and_are_long_enough() -> None:
    made = {speakable_password() for _ in range(100)}
    assert len(made) == 100
    assert {len(password) for password in made} == {19}
