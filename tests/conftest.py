"""What holds for the whole tree of tests.

Fixtures are loaded by name from tests/builders. Drawn examples are the same in every run, so that a red test is red for
whoever runs it next; ``pytest --hypothesis-profile=search`` draws new ones, to look for what nobody thought of.

What guards a form is random, and in every page. Of all letters it says "Kim" once in a thousand pages, and a test that
no name stands in a page fails by chance: here it is of three letters that no word is made of.
"""

from __future__ import annotations

from django.middleware import csrf
from hypothesis import settings

csrf.CSRF_ALLOWED_CHARS = "QXZ"

pytest_plugins = [
    "desk_cast",
    "desk_backup",
    "quick_tables",
    "desk_processes",
    "desk_routes",
    "journey_desk",
    "postgresql_again",
    "silent_acts",
    "wire",
]

settings.register_profile("same", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("search", deadline=None, print_blob=True)
settings.load_profile("same")
