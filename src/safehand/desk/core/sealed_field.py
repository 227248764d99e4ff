"""Columns for words that officers write where no case's key is at hand, sealed under a key of the desk.

    reason = SealedWords("triage.grading.reason")        row.reason is the words; the database holds bytes
    answers = SealedAnswers("triage.assessment.answers") the same of a dictionary of words

A reason may name people, and whoever triages asks for no case's key. So whoever has the database alone reads nothing:
ChaCha20-Poly1305 (RFC 8439) under a key derived from the desk's secret key (HKDF, RFC 5869), with a random nonce before
the sealed bytes. The column is authenticated with them: what was moved to another column does not open. What was moved
to another row is found by that row's custody entry (kept.row_digest, which looks at the words and not at the bytes).

Nothing is searched for in such a column: every lookup is refused. No words are no bytes.
"""

from __future__ import annotations

import json
import secrets
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Final, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

LOST: Final = "It was sealed under another secret key of this desk, and opens no more."
"""What stands in place of the words where the desk's secret key is another than when they were written."""

ERASED: Final = "Erased with its case."
"""What stands in place of words that were erased (retention/erasing.py)."""

ERASED_BYTES: Final = b"erased"
"""What their column holds: shorter than a nonce, so that no sealed words are these bytes."""

_NONCE: Final = 12
_INFO: Final = b"safehand sealed columns v1"

Said = TypeVar("Said")

if TYPE_CHECKING:
    _Field = models.Field
else:

    class _Field(models.Field):
        """Django's own takes no types when it runs."""

        def __class_getitem__(cls, _: object) -> type:
            return cls


def desk_cipher(info: bytes) -> ChaCha20Poly1305:
    """The cipher of this desk for one purpose."""
    return ChaCha20Poly1305(HKDF(SHA256(), 32, None, info).derive(settings.SECRET_KEY.encode()))


def seal_for_desk(words: str, about: str) -> bytes:
    """Seal what stands in the column ``about``."""
    if not words:
        return b""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + desk_cipher(_INFO).encrypt(nonce, words.encode("utf-8", "surrogatepass"), about.encode())


def open_for_desk(sealed: bytes, about: str) -> str | None:
    """The words again; None where they do not open: another secret key, another column, or altered bytes."""
    if not sealed:
        return ""
    try:
        words = desk_cipher(_INFO).decrypt(sealed[:_NONCE], sealed[_NONCE:], about.encode())
    except (InvalidTag, ValueError):
        return None
    return words.decode("utf-8", "surrogatepass")


class _Sealed(_Field[Said, Said], ABC):
    """What both kinds share. ``about`` names the column for good, whatever becomes of the names in the code."""

    def __init__(self, about: str, **more: Any) -> None:
        self.about = about
        super().__init__(**more)

    def deconstruct(self) -> Any:
        """As a migration writes it down."""
        name, path, _, more = super().deconstruct()
        return name, path, [self.about], more

    def get_internal_type(self) -> str:
        """A column of bytes."""
        return "BinaryField"

    def get_lookup(self, lookup_name: str) -> None:
        """None at all: no two sealed words are the same bytes. Django says which field and which lookup."""

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002  Django's signature
        """Sealed, as the driver takes bytes."""
        return connection.Database.Binary(value if prepared else self.get_prep_value(value))  # type: ignore[attr-defined]

    def get_prep_value(self, value: Said) -> bytes:
        """Sealed."""
        return seal_for_desk(self._written(value), self.about)

    def from_db_value(self, value: Any, *_: object) -> Said | None:
        """Opened. None where a query joined no row."""
        if value is None:
            return None
        sealed = bytes(value)
        return self._erased() if sealed == ERASED_BYTES else self._read(open_for_desk(sealed, self.about))

    @abstractmethod
    def _written(self, value: Said) -> str:
        """The words that are sealed."""

    @abstractmethod
    def _read(self, words: str | None) -> Said:
        """The inverse; None where they do not open."""

    @abstractmethod
    def _erased(self) -> Said:
        """What is read where they were erased."""


class SealedWords(_Sealed[str]):
    """Words; LOST where they do not open."""

    def _written(self, value: str) -> str:
        return value

    def _read(self, words: str | None) -> str:
        return LOST if words is None else words

    def _erased(self) -> str:
        return ERASED


class SealedAnswers(_Sealed[dict[str, str]]):
    """Words by the id of a question; none where they do not open, and whoever shows them says LOST of each question."""

    empty_strings_allowed = False

    def _written(self, value: dict[str, str]) -> str:
        return json.dumps(value, sort_keys=True) if value else ""

    def _read(self, words: str | None) -> dict[str, str]:
        answers: dict[str, str] = json.loads(words) if words else {}
        return answers

    def _erased(self) -> dict[str, str]:
        return {"": ERASED}


def sealed_from_now_on(model: str, name: str, sealed: _Sealed[Any], empty: Any) -> list[Operation]:
    """For a migration: the plain column ``name`` becomes ``sealed``, with what stands in it. ``empty`` is no words."""
    new = f"sealed_{name}"
    sealed.default = empty

    def seal(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
        rows = apps.get_model(sealed.about.split(".")[0], model)._default_manager  # noqa: SLF001  Django's word
        for pk, words in list(rows.values_list("pk", name)):
            rows.filter(pk=pk).update(**{new: words})

    return [
        migrations.AddField(model_name=model, name=new, field=sealed, preserve_default=False),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.RemoveField(model_name=model, name=name),
        migrations.RenameField(model_name=model, old_name=new, new_name=name),
    ]
