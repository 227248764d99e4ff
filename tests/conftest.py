"""Fixtures of the whole tree are loaded by name from tests/builders."""

pytest_plugins = ["desk_cast", "journey_desk"]
