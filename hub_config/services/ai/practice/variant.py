"""Which variant of a lesson a learner works on, as campus drew it."""

from sqlalchemy.exc import NoResultFound

from course.lesson import Lesson, Variant
from course.variants import draw
from hub_config.services.campus.database import connect
from hub_config.services.campus.draws import drawn_variant
from hub_config.settings import Settings


class Draws:
    """Asks campus's database. Calls block: make them off the event loop."""

    def __init__(self, settings: Settings) -> None:
        self.engine = connect(settings)

    def variant(self, lesson: Lesson, learner: str) -> Variant:
        """The learner's variant, drawn now if the lesson was not opened before.

        Somebody whom the hub knows and campus does not (an operator trying a lesson) gets one that is not stored.
        """
        try:
            with self.engine.begin() as connection:
                return drawn_variant(connection, lesson, learner)
        except NoResultFound:
            return draw(lesson, learner, None)

    def close(self) -> None:
        self.engine.dispose()
