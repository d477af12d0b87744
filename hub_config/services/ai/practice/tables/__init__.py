"""Tools for tables that a prompt brings, and the reading of questions about columns."""
