"""Signing in and out, one page a file or two."""
