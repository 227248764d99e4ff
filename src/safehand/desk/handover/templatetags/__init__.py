"""Filters of the holder's templates."""
