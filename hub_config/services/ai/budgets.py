"""Which budgets a request is booked in: the caller's own, and those of the classes that a learner learns in."""

from hub_config.services.ai.auth import Caller
from hub_config.services.ai.quota import Budget
from hub_config.settings import Settings

CLASS = "class:"


def budgets_of(caller: Caller, settings: Settings) -> list[Budget]:
    """The caller's own first."""
    if caller.is_service:
        return [Budget(caller.key, settings.ai_service_daily_tokens, settings.ai_service_daily_money)]
    tokens = settings.ai_daily_tokens if caller.role == "learner" else settings.ai_teacher_daily_tokens
    own = Budget(caller.key, tokens, settings.ai_daily_money)
    return [own, *(class_budget(class_id, settings) for class_id in caller.classes)]


def class_budget(class_id: str, settings: Settings) -> Budget:
    """What the learners of a class may use together."""
    return Budget(CLASS + class_id, settings.ai_class_daily_tokens, settings.ai_class_daily_money)
