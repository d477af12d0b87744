"""The practice AI: bundled, deterministic, without network or knowledge, labelled as such in every reply."""
