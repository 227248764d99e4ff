"""Where gunicorn comes in. A desk that is not safe to start does not (core/checks.py)."""

from __future__ import annotations

import os

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safehand.desk.settings.shipped")

application = get_wsgi_application()
call_command("check", databases=["default"], fail_level="ERROR", verbosity=0)
