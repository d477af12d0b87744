"""A model of its own for each test of the judge."""

from collections.abc import Iterator

import pytest
from openai_server import OpenAIServer

PORT = 21500


@pytest.fixture
def model() -> Iterator[OpenAIServer]:
    with OpenAIServer(PORT) as server:
        yield server
