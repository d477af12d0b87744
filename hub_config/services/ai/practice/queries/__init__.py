"""A question about a table becomes SQL."""
