"""Safehand takes evidence of online grooming from whoever holds it to a police desk that can use it.

Where to begin: docs/map.md for the floors of the house, docs/words.md for its words, then ``model``, the ground.
"""

__version__ = "0.1.0"
