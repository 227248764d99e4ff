"""Triage in words."""
