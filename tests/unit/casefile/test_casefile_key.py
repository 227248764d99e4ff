"""Promises of the case key: wrapped to the desk, opened by the desk, and by nobody else."""

from __future__ import annotations

import pyrage
import pytest

from safehand.casefile.key import new_case_key, unwrap_case_key, wrap_case_key
from safehand.errors import CheckFailed, UsageError, WrongKey

DESK = pyrage.x25519.Identity.generate()
RECOVERY = pyrage.x25519.Identity.generate()


def test_a_new_key_is_random_bytes_of_the_right_length() -> None:
    assert len(new_case_key()) == 32
    assert new_case_key() != new_case_key()
    assert new_case_key(lambda length: b"k" * length) == b"k" * 32


def test_each_recipient_opens_the_wrapped_key() -> None:
    key = new_case_key()
    wrapped = wrap_case_key(key, (str(DESK.to_public()), str(RECOVERY.to_public())))
    assert key not in wrapped
    for identity in (DESK, RECOVERY):
        assert unwrap_case_key(wrapped, f"# created for a test\n{identity}\n") == key


def test_another_identity_does_not_open_it() -> None:
    wrapped = wrap_case_key(new_case_key(), (str(DESK.to_public()),))
    with pytest.raises(WrongKey, match=r"desk's own desk\.agekey"):
        unwrap_case_key(wrapped, str(RECOVERY))


def test_a_changed_wrapping_is_refused() -> None:
    wrapped = wrap_case_key(new_case_key(), (str(DESK.to_public()),))
    for position in range(len(wrapped)):
        changed = wrapped[:position] + bytes([wrapped[position] ^ 1]) + wrapped[position + 1 :]
        with pytest.raises(CheckFailed):
            unwrap_case_key(changed, str(DESK))


@pytest.mark.parametrize("recipients", [(), ("age1nonsense",), ("",)])
def test_what_is_no_recipient_is_refused(recipients: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        wrap_case_key(new_case_key(), recipients)


def test_a_key_of_another_length_is_neither_wrapped_nor_unwrapped() -> None:
    with pytest.raises(UsageError, match="32 bytes"):
        wrap_case_key(b"short", (str(DESK.to_public()),))
    wrapped = pyrage.encrypt(b"short", [DESK.to_public()])
    with pytest.raises(CheckFailed, match="not a case key"):
        unwrap_case_key(wrapped, str(DESK))


def test_what_is_no_identity_is_refused_without_repeating_it() -> None:
    with pytest.raises(UsageError) as caught:
        unwrap_case_key(b"", "AGE-SECRET-KEY-nonsense")
    assert "nonsense" not in str(caught.value)
