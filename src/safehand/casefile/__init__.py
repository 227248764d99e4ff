"""Case files: one encrypted SQLite file per set of conversations, derived from a package and rebuilt at will."""
