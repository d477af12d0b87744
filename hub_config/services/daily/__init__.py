"""The daily run: what failed and what was graded by an older version of its lesson goes back into the queue."""
