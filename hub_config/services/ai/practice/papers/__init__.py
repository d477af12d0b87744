"""Papers, posts and messages by template, filled with what the prompt says and nothing else."""
