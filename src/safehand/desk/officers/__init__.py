"""Who may come in: officers, their passwords and their second factor."""
