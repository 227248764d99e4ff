"""Keeping: every package whole at every location, looked at again and again, and put back by somebody with a reason."""
