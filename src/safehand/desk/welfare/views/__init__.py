"""Views of welfare."""
