"""A desk copied while it runs, and brought back on an empty machine (docs/guides/backup.md; docs/spec/backup.md)."""
