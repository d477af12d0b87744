"""The LLM judge: one criterion at a time, each point with a verbatim quote."""
