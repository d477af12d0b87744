"""nbgrader's configuration, on learners' and on classes' servers and for `nbgrader` on the operator's terminal.

It stands alone, because sealed servers cannot import `hub_config`. HOCAI_CLASS names the class; without it this is a
learner's side. The class's folder is HOCAI_DATA/classes/ID, or the home where the data folder cannot be seen.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from traitlets.config import Config

EXCHANGE = "course.exchange.nbgrader_exchange"
PLUGIN = "autograders.nbgrader_plugin"
TIMEZONE = "Asia/Ho_Chi_Minh"


def configure(c: Config, environ: Mapping[str, str]) -> None:
    """Set everything that differs from nbgrader's defaults."""
    c.ExchangeFactory.update(
        {
            "exchange": f"{EXCHANGE}.CampusExchangeBase",
            "list": f"{EXCHANGE}.List",
            "fetch_assignment": f"{EXCHANGE}.FetchAssignment",
            "fetch_feedback": f"{EXCHANGE}.FetchFeedback",
            "submit": f"{EXCHANGE}.Submit",
            "release_assignment": f"{EXCHANGE}.ReleaseAssignment",
            "release_feedback": f"{EXCHANGE}.ReleaseFeedback",
            "collect": f"{EXCHANGE}.Collect",
        }
    )
    class_id = environ.get("HOCAI_CLASS")
    if class_id:
        _class(c, environ, class_id)


def _class(c: Config, environ: Mapping[str, str], class_id: str) -> None:
    data = environ.get("HOCAI_DATA")
    c.CourseDirectory.course_id = class_id
    c.CourseDirectory.root = str(Path(data, "classes", class_id) if data else Path.home())
    c.ExchangeFactory.list = f"{EXCHANGE}.ClassList"
    # what campus answers depends on the token, so nbgrader's own asking of the hub would only need more scopes
    c.Authenticator.plugin_class = "nbgrader.auth.NoAuthPlugin"
    c.NbGraderAPI.timezone = TIMEZONE
    c.NbGraderAPI.timestamp_format = "%d/%m/%Y %H:%M"
    c.ClassFormgrader.debug = c.FormgradeExtension.debug = False  # the page would print this configuration
    c.HTMLExporter.require_js_url = c.HTMLExporter.jquery_url = ""  # remote addresses by default
    c.GenerateAssignment.preprocessors = [
        "nbgrader.preprocessors.IncludeHeaderFooter",
        "nbgrader.preprocessors.InstantiateTests",
        "nbgrader.preprocessors.LockCells",
        "course.assignment.ClearCodeSolutions",
        "nbgrader.preprocessors.ClearOutput",
        "nbgrader.preprocessors.CheckCellMetadata",
        "nbgrader.preprocessors.ComputeChecksums",
        "nbgrader.preprocessors.SaveCells",
        "nbgrader.preprocessors.ClearHiddenTests",
        "nbgrader.preprocessors.ClearMarkScheme",
        "nbgrader.preprocessors.ComputeChecksums",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.Autograde.sanitize_preprocessors = [f"{PLUGIN}.RestoreCells", "nbgrader.preprocessors.CheckCellMetadata"]
    c.Autograde.autograde_preprocessors = [
        f"{PLUGIN}.SealedExecute",
        "nbgrader.preprocessors.LimitOutput",
        f"{PLUGIN}.SaveGrades",
        f"{PLUGIN}.GradeLesson",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.LessonPreprocessor.lessons = [path for path in environ.get("HOCAI_LESSONS", "").split(os.pathsep) if path]
    c.GradeLesson.judge_base_url = environ.get("HOCAI_AI_BASE_URL", "")
    c.GradeLesson.judge_key = environ.get("HOCAI_AI_KEY", "")
    c.GradeLesson.judge_model = environ.get("HOCAI_AI_MODEL", "")


if "get_config" in globals():  # nbgrader executes this file with it; tests import it without
    configure(globals()["get_config"](), os.environ)
