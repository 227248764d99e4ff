"""The pages of points to prove."""
