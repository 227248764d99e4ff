"""The background work of the custody log, as the queue knows it."""

from __future__ import annotations

from django_tasks import task


@task()
def stamp_checkpoint() -> str:
    """Ask for a timestamp of the newest checkpoint."""
    from safehand.desk.custody.stamping import stamp_newest  # noqa: PLC0415  it imports this module

    return "stamped" if stamp_newest() else "not stamped"


@task()
def ask_witness(name: str) -> str:
    """Ask a witness of the policy to sign the newest checkpoint."""
    from safehand.desk.custody.witnessing import ask_witness_now  # noqa: PLC0415  it imports this module

    return "signed" if ask_witness_now(name) else "not signed"


@task()
def publish_log() -> str:
    """Write what is not published yet of the custody log."""
    from safehand.desk.custody.publishing import publish_now  # noqa: PLC0415  it imports this module

    return "published" if publish_now() else "not published"
