"""The pages that Voila exported, behind the hub's sign-in."""
