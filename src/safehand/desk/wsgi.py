"""Where gunicorn comes in. A desk that is not safe to start does not (core/checks.py)."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safehand.desk.settings.shipped")

application = get_wsgi_application()

from safehand.desk.prepare import refuse_unless_safe  # noqa: E402  checks are known once the apps are loaded

refuse_unless_safe()

# What was loaded to start lives as long as the process. Left to the collector, it would be gone through again every
# hundred pages or so: a tenth of a second in which no thread of this process serves (seen in benchmarks/load.py).
gc.collect()
gc.freeze()
