"""A sample case for a desk that has none: a made-up chat of an allotment, sealed and handed in by the real path."""
