"""The AI gateway: OpenAI's HTTP interface for learners' code, widgets and graders, with any model or none behind it."""
