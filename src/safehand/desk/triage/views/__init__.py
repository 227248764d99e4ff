"""The inbox, and the page of triage of each report."""
