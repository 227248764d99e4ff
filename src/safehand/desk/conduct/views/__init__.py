"""Views of a conduct review: fetch through the officer's cases, ask the action, present."""
