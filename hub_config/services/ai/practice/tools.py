"""The tools for free prompts: which prompts each is for, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass

from hub_config.services.ai.practice.edges import edge, edge_first
from hub_config.services.ai.practice.extraction.reply import asks_extraction, extraction_reply
from hub_config.services.ai.practice.papers.draft import asks_draft, draft_reply
from hub_config.services.ai.practice.queries.reply import asks_sql, sql_reply
from hub_config.services.ai.practice.request import Request
from hub_config.services.ai.practice.tables.reply import brings_table, table_reply
from hub_config.services.ai.practice.texts.keywords import asks_keywords, keywords_reply
from hub_config.services.ai.practice.texts.retrieval import asks_sources, sources_reply
from hub_config.services.ai.practice.texts.summary import asks_summary, summary_reply


@dataclass(frozen=True)
class Tool:
    """One tool. `answer` says itself what it lacks; None leaves the prompt to the next tool that it is for."""

    name: str
    asked: Callable[[Request], bool]
    answer: Callable[[Request], str | None]


TOOLS = (
    Tool("sql", asks_sql, sql_reply),  # needs a table's columns
    Tool("draft", asks_draft, draft_reply),  # needs facts: what it is about, and when, where, for whom or more
    Tool("table", brings_table, table_reply),  # needs a table and something asked of it
    Tool("extraction", asks_extraction, extraction_reply),  # needs a text
    Tool("keywords", asks_keywords, keywords_reply),  # needs a text
    Tool("summary", asks_summary, summary_reply),  # needs three sentences or more
    Tool("sources", asks_sources, sources_reply),  # needs texts and a question
)


def tool_reply(request: Request) -> str:
    """What the first tool that applies answers; where none does, a sentence that says so."""
    beyond = edge_first(request)
    if beyond:
        return beyond
    replies = (tool.answer(request) for tool in TOOLS if tool.asked(request))
    return next((reply for reply in replies if reply is not None), None) or edge(request)
