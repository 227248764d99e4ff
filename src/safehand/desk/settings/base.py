"""What every desk has in common. ``shipped`` and ``test`` say where things are; this says how they behave.

The environment is read in ``shipped`` alone, so that nothing here depends on the machine.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from safehand.desk.settings.authority import Authority
from safehand.desk.settings.hours import Hours
from safehand.desk.settings.mirror import Mirror
from safehand.desk.settings.places import Address
from safehand.desk.settings.roles import Role
from safehand.log.policy import Policy

DEBUG = False
NODE: Address | None = None
"""Where a desk of its own collects from (SAFEHAND_NODE)."""
ROLE = Role.BOTH
USE_TZ = True
TIME_ZONE = "UTC"  # E006: everything is kept in UTC; UK time is a matter of showing
USE_I18N = False
LANGUAGE_CODE = "en-gb"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "safehand.desk.urls"
WSGI_APPLICATION = "safehand.desk.wsgi.application"
AUTH_USER_MODEL = "officers.Officer"

INSTALLED_APPS = [
    "safehand.desk.core",
    "safehand.desk.officers",
    "safehand.desk.custody",
    "safehand.desk.cases",
    "safehand.desk.handover",
    "safehand.desk.intake",
    "safehand.desk.keeping",
    "safehand.desk.welfare",
    "safehand.desk.triage",
    "safehand.desk.review",
    "safehand.desk.conduct",
    "safehand.desk.points",
    "safehand.desk.retention",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "safehand.desk.core.counted.count_pages",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "safehand.desk.core.middleware.no_store",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "safehand.desk.officers.middleware.second_factor_required",
    "safehand.desk.officers.staying.StaysIn",
    "safehand.desk.officers.lets_in.LetsIn",
    "safehand.desk.custody.middleware.NothingUnrecorded",
    "safehand.desk.cases.middleware.NotReadyYet",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "safehand.desk.officers.context.may",
                "safehand.desk.intake.context.alarms",
                "safehand.desk.welfare.context.break_offered",
            ],
        },
    },
]

# --- what a page may load: nothing but its own files, and no inline script or style (tech.md 6) ---
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"  # Django's CSRF check of https requests needs a referrer from the same origin

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_NAME = "safehand_session"
SESSION_COOKIE_AGE = 8 * 3600  # a shift; officers/staying.py counts it from signing in, and asks again when idle
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_NAME = "safehand_csrf"
CSRF_FAILURE_VIEW = "safehand.desk.core.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- who may come in ---
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("reference", "display_name")},  # Django's own four an officer has none of
    },
    {"NAME": "safehand.desk.officers.password_rules.LengthOfPassword"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "officers:sign_in"
LOGIN_REDIRECT_URL = "triage:inbox"
LOGOUT_REDIRECT_URL = "officers:sign_in"

ACCOUNT_ADAPTER = "safehand.desk.officers.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "reference"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "safehand.desk.officers.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Safehand"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # one step of 30 seconds each way: phones' clocks drift

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # together: nobody can lock out a colleague from elsewhere
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "username"  # as allauth hands it to Django; by any other name nobody is ever locked out
AXES_CLIENT_IP_CALLABLE = "safehand.desk.core.address.client_address"
AXES_USERNAME_CALLABLE = "safehand.desk.officers.adapters.reference_tried"
AXES_LOCKOUT_CALLABLE = "safehand.desk.core.views.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True

# --- work done behind the page ---
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

WORKER_CHORES = [
    "safehand.desk.intake.lost.stop_lost",
    "safehand.desk.intake.lost.wipe_left_over",
    "safehand.desk.intake.lost.wipe_cut_off",
    "safehand.desk.handover.unfinished.look_for_unfinished",
    "safehand.desk.intake.collect.look_for_parcels",
    "safehand.desk.intake.telling.look_what_to_tell",
    "safehand.desk.intake.alarms.raise_alarms",
    "safehand.desk.welfare.actions.forget_old",
    "safehand.desk.triage.suggesting.look_at_reports",
    "safehand.desk.triage.marks.raise_mark_alarms",
    "safehand.desk.intake.paging.page_supervisors",
    "safehand.desk.keeping.rounds.look_for_work",
    "safehand.desk.custody.signed_log.sign_when_due",
    "safehand.desk.custody.stamping.stamp_when_due",
    "safehand.desk.custody.witnessing.ask_witnesses_when_due",
    "safehand.desk.custody.publishing.publish_when_due",
    "safehand.desk.intake.log_alarms.raise_log_alarms",
    "safehand.desk.retention.sweeping.sweep_erased",
]
"""What a worker looks after at every heartbeat, besides the tasks of workers that died (core/worker.py)."""

AFTER_READING = ["safehand.desk.triage.suggesting.look_at_reports"]
"""What a worker does when a package is at its end, besides at the heartbeat: what it found moves it in the inbox."""

COUNTS: Path | None = None
"""Where each process counts what it serves (core/counts.py). None: nothing is counted."""

METRICS: int | None = None
"""The port of this machine on which figures and health are told (SAFEHAND_METRICS); none unless told."""

FIGURES = [
    "safehand.desk.core.figures.pages",
    "safehand.desk.core.figures.workers",
    "safehand.desk.core.figures.tasks",
    "safehand.desk.core.figures.disk",
    "safehand.desk.cases.figures.packages",
    "safehand.desk.custody.figures.log",
    "safehand.desk.handover.figures.parcels",
    "safehand.desk.keeping.figures.copies",
]
"""What is told there (core/figures.py)."""

HEALTH = [
    "safehand.desk.core.health.database",
    "safehand.desk.core.health.room_to_write",
    "safehand.desk.core.health.room_to_take_in",
    "safehand.desk.core.health.workers",
    "safehand.desk.custody.figures.log_signed",
    "safehand.desk.custody.figures.log_stamped",
    "safehand.desk.keeping.figures.copies_whole",
]
"""What is looked at (core/health.py): each gives a line, well or not."""

UNREAD_AFTER = timedelta(minutes=10)
"""How long an urgent notice may wait before somebody opens it; then a supervisor must know (intake/alarms.py). Forces
aim to be with a child in danger within 15 to 20 minutes (domain.md 6.1); a unit may set less (SAFEHAND_UNREAD).
"""

ASK_AGAIN_AFTER = timedelta(hours=12)
"""How long "it is not known" is left alone as the answer to whether a meeting happened; then it is asked whether it is
known by now (triage/happened.py). Half a day is another shift, which may reach whom this one did not. A unit may set
other minutes (SAFEHAND_ASK_AGAIN).
"""

GLASS_LASTS = timedelta(hours=1)
"""How long a case that was opened by break-glass stays open to who did it (cases/glass.py): time to see whether
somebody must act now, and no shift's reading. A unit may set other minutes (SAFEHAND_GLASS).
"""

BREAK_AFTER = timedelta(minutes=45)
"""How long an officer may be in hard material without a pause before a break is offered (welfare/stretches.py); nobody
is stopped, and an officer may do without. A unit may set other minutes (SAFEHAND_BREAK).
"""

MEETING_MARKS = {"first_mark": timedelta(hours=4), "last_mark": timedelta(hours=1)}
"""How long before a meeting an alarm is raised for a report that no officer has graded (triage/marks.py;
SAFEHAND_MARKS).
"""

HANDOVER_WITHIN = {
    "verified": timedelta(minutes=10),
    "graded": timedelta(hours=1),
    "allocated": timedelta(hours=1),
}
"""How long each step of a report is meant to take; what takes longer is counted on the page of workload
(SAFEHAND_WITHIN).
"""

HOURS: Hours | None = None
"""When the unit's desk is staffed; always unless told (SAFEHAND_HOURS). The inbox says when it is not."""

PAGER: tuple[str, ...] = ()
"""The unit's own command that is told of each alarm, by reference and kind (intake/paging.py); none unless told."""

MIRROR: Mirror | None = None
"""Where each package is kept a second time (SAFEHAND_MIRROR; docs/guides/evidence-store.md); nowhere unless told."""

REHASH_WITHIN = timedelta(days=30)
"""Within which each package is hashed again at each location (keeping/rounds.py). A month is what archives of record
take for their own checks of fixity; a unit may set other days (SAFEHAND_REHASH).
"""

TIMESTAMPS: Authority | None = None
"""Who is asked for timestamps of checkpoints (custody/stamping.py); nobody unless told (SAFEHAND_TIMESTAMPS)."""

WITNESSES: Policy | None = None
"""Who is asked to witness checkpoints (custody/witnessing.py); nobody unless told (SAFEHAND_WITNESSES)."""

PUBLISHED: Path | None = None
"""The folder in which the custody log is published (custody/publishing.py); nowhere unless told (SAFEHAND_PUBLISH)."""

STAMPED_WITHIN = timedelta(days=1)
"""How long a checkpoint may wait for its timestamp until whoever lodges checkpoints must know (intake/log_alarms.py;
SAFEHAND_STAMPED).
"""

GRADE_RULES: Path | None = None
"""The unit's own table of grades, laid over the one that is shipped (SAFEHAND_GRADES; docs/guides/triage.md)."""

STATIC_URL = "/static/"

# Fields of forms are small; the one file a desk takes goes through its own upload handler (intake/uploads.py).
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = ["safehand.desk.core.no_files.NoFiles"]
HANDOVER_PART = 4 << 20
"""Bytes of a part in which a package comes in (docs/spec/handover.md): seconds on a slow line, held in memory."""
LARGEST_PACKAGE = 4 << 30
"""Bytes one package may have: 4 GiB of text is more than any export seen; a desk may set more (SAFEHAND_LARGEST)."""
MOST_WAITING = 0
"""Bytes that may wait at the public node, together; half of its disk when this is 0 (SAFEHAND_WAITING)."""

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,  # or Django's own loggers would say nothing at all
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"quiet": {"()": "safehand.desk.core.logs.NoEvidence"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["quiet"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "safehand": {"level": "INFO"},
        "django": {"handlers": [], "propagate": True},  # in place of Django's, which mail and print tracebacks
        "django_tasks_db": {"level": "ERROR"},  # each stop of a worker would be a warning
        "django.server": {"handlers": [], "propagate": True},
    },
}
