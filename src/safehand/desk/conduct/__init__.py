"""Conduct review: what each account did, what it is recorded as, what named officers conclude. No verdict of ours."""
