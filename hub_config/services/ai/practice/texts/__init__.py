"""Tools for texts that a prompt brings: summary, key terms, passages that answer a question."""
