"""Triage: which report is looked at first, and why, in words. No score, and no verdict on anybody."""
