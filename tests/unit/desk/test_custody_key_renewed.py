"""Another key signs the custody log: both sign the checkpoint at which it does; what was signed before is believed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import transaction

from desk_cast import clock
from safehand.desk.core.state import State
from safehand.desk.custody.actions import record
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.auditing import audit_log
from safehand.desk.custody.log_key import log_key, next_key, policy_of
from safehand.desk.custody.models import LogKeyEnded
from safehand.desk.custody.renewing_log_key import renew_log_key
from safehand.desk.custody.signed_log import sign_log
from safehand.errors import UsageError
from safehand.log.note import Note, NotSigned, sign, signed_by
from safehand.log.policy import check_signed, parse_policy
from safehand.log.vkey import parse_vkey

pytestmark = pytest.mark.django_db

ACTOR = "desk:shell"


def write(times: int = 3) -> None:
    with transaction.atomic():
        for _ in range(times):
            record(Verb.CASE_OPENED, actor="officer:alice", case="SH-7K3M9QXA1", clock=clock)


def test_both_sign_the_checkpoint_at_the_change_and_the_new_key_alone_what_comes_after(desk_state: State) -> None:
    write()
    before = sign_log(desk_state, clock=clock)
    old_policy = parse_policy(policy_of(desk_state, before.checkpoint.origin).encode())
    secret = desk_state.log_signing.read_bytes()
    write()
    changed = renew_log_key(ACTOR, desk_state, clock=clock)
    write()
    after = sign_log(desk_state, clock=clock)
    new_policy = parse_policy(policy_of(desk_state, before.checkpoint.origin).encode())
    for signed in (before, changed, after):
        assert check_signed(signed.note, new_policy).origin == before.checkpoint.origin, "the log is called as it was"
    assert check_signed(changed.note, old_policy) == changed.checkpoint, "who believes the old key sees the change"
    with pytest.raises(NotSigned):
        check_signed(after.note, old_policy)
    ended = LogKeyEnded.objects.get()
    both = signed_by(changed.note, [parse_vkey(ended.vkey), parse_vkey(ended.next_vkey)])
    assert len(both) == 2
    assert audit_log(desk_state, [before.note, after.note]).problems == ()
    assert audit_log(desk_state, [before.note, after.note]).lodged == 2
    left = {path.name: path.read_bytes() for path in desk_state.keys.glob("log.signkey*")}
    assert set(left) == {"log.signkey"}
    assert secret not in left.values()


def test_a_checkpoint_that_the_old_key_signed_after_the_change_is_refused(desk_state: State) -> None:
    """Whoever kept a copy of the old secret could sign with it: by then it signs nothing."""
    write()
    old = log_key(desk_state, may_be_new=True)
    sign_log(desk_state, clock=clock)
    changed = renew_log_key(ACTOR, desk_state, clock=clock)
    write()
    after = sign_log(desk_state, clock=clock)
    forged = Note(after.note.text, (sign(after.note.text, after.checkpoint.origin, old),))
    assert "checkpoint that was given, 1" in " ".join(audit_log(desk_state, [forged]).problems)
    alone = Note(changed.note.text, (sign(changed.note.text, after.checkpoint.origin, old),))
    assert audit_log(desk_state, [alone]).problems, "at the change both must have signed"
    assert audit_log(desk_state, [after.note]).problems == ()


def test_a_key_that_somebody_put_among_those_of_before_is_not_believed(desk_state: State) -> None:
    write()
    signed = sign_log(desk_state, clock=clock)
    vkey = policy_of(desk_state, signed.checkpoint.origin).split()[1]
    LogKeyEnded(vkey=vkey, next_vkey=vkey, size=2, at=clock()).save()
    assert any("No checkpoint that both keys signed" in problem for problem in audit_log(desk_state).problems)


def test_a_key_that_was_put_back_as_it_was_before_signs_nothing_that_is_believed(desk_state: State) -> None:
    write()
    sign_log(desk_state, clock=clock)
    was = desk_state.log_signing.read_bytes()
    renew_log_key(ACTOR, desk_state, clock=clock)
    desk_state.log_signing.write_bytes(was)
    assert any("not the one that signs it" in problem for problem in audit_log(desk_state).problems)


def test_it_may_be_renewed_again_and_a_log_that_was_never_signed_has_nothing_to_renew(desk_state: State) -> None:
    with pytest.raises(UsageError):
        renew_log_key(ACTOR, desk_state, clock=clock)
    write()
    sign_log(desk_state, clock=clock)
    for _ in range(2):
        renew_log_key(ACTOR, desk_state, clock=clock)
        write()
        sign_log(desk_state, clock=clock)
    assert LogKeyEnded.objects.count() == 2
    assert audit_log(desk_state).problems == ()


def test_stopped_before_the_new_key_is_in_place_the_next_signature_puts_it_there(
    desk_state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()
    sign_log(desk_state, clock=clock)

    def cut(*_: Path) -> Path:
        raise OSError("the power is gone")

    monkeypatch.setattr(Path, "rename", cut)
    with pytest.raises(OSError, match="power"):
        renew_log_key(ACTOR, desk_state, clock=clock)
    monkeypatch.undo()
    assert next_key(desk_state).exists()
    assert audit_log(desk_state).problems == (), "the key that is about to sign lies here"
    write()
    sign_log(desk_state, clock=clock)
    assert not next_key(desk_state).exists()
    assert audit_log(desk_state).problems == ()


def test_a_next_key_that_was_never_written_down_signs_nothing(desk_state: State) -> None:
    write()
    sign_log(desk_state, clock=clock)
    was = desk_state.log_signing.read_bytes()
    next_key(desk_state).write_bytes(was)
    write()
    sign_log(desk_state, clock=clock)
    assert desk_state.log_signing.read_bytes() == was
    assert audit_log(desk_state).problems == ()
