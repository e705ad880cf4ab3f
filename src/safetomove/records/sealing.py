"""Seal what a person tells us: a key per person, wrapped by the site's key (AES-256-GCM).

Sealed bytes are: format (1 byte), key id (4), nonce (12), ciphertext with its tag. What the
bytes are for (whose, which day, which version) is bound in, so that rows can't be swapped.
"""

import hashlib
import hmac
import os
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from safetomove.core.errors import CoreError

FORMAT = b"\x01"
KEY_BYTES, KEY_ID_BYTES, NONCE_BYTES = 32, 4, 12
SITE_KEY_CHARACTERS = 32  # at least; 32 random hexadecimal digits make 128 bits
_HEAD = len(FORMAT) + KEY_ID_BYTES

Sealed = bytes | memoryview  # PostgreSQL hands back the second


class NoSiteKey(CoreError):
    """There is no site key, or too short a one: nothing can be read or written."""


class SealBroken(CoreError):
    """The bytes were sealed with another key, for something else, or were changed."""


class Seal:
    """Seals and opens for one person; made by `new_key` or `unwrap`, never kept."""

    __slots__ = ("_box", "_key", "_key_id", "_owner")

    def __init__(self, key: bytes, *, person: UUID) -> None:
        self._key, self._owner = key, person.bytes
        self._box, self._key_id = AESGCM(key), _key_id(key)

    def seal(self, plain: bytes, *, what: str) -> bytes:
        """Seal bytes so that they open only as this person's `what`."""
        return _lock(self._box, self._key_id, plain, bound=self._owner + what.encode())

    def open(self, sealed: Sealed, *, what: str) -> bytes:
        """Return what was sealed; SealBroken where it is not this person's `what`."""
        return _unlock(self._box, self._key_id, bytes(sealed), bound=self._owner + what.encode())

    def digest(self, body: bytes) -> bytes:
        """Return a fingerprint that says nothing to anybody without the person's key."""
        return hmac.digest(self._key, b"digest" + body, "sha256")

    def wrapped(self, site_key: str | None = None) -> bytes:
        """Return the person's key, sealed with the site's."""
        box, key_id = _site_box(_site_key() if site_key is None else site_key)
        return _lock(box, key_id, self._key, bound=b"key" + self._owner)


def new_seal(person: UUID) -> Seal:
    """Make a person's key; it is lost unless `wrapped` is kept."""
    return Seal(os.urandom(KEY_BYTES), person=person)


def unwrap(wrapped: Sealed, *, person: UUID, site_key: str | None = None) -> Seal:
    """Open a person's key with the site's; NoSiteKey or SealBroken where that can't be done."""
    box, key_id = _site_box(_site_key() if site_key is None else site_key)
    key = _unlock(box, key_id, bytes(wrapped), bound=b"key" + person.bytes)
    return Seal(key, person=person)


def _site_key() -> str:
    return str(settings.SITE_KEY)


@lru_cache(maxsize=4)
def _site_box(text: str) -> tuple[AESGCM, bytes]:
    if len(text) < SITE_KEY_CHARACTERS:
        raise NoSiteKey(
            f"set SAFETOMOVE_SITE_KEY to at least {SITE_KEY_CHARACTERS} random characters"
        )
    derive = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"safetomove site key")
    key = derive.derive(text.encode())
    return AESGCM(key), _key_id(key)


def _key_id(key: bytes) -> bytes:
    """Name a key without giving it away."""
    return hashlib.sha256(b"key id" + key).digest()[:KEY_ID_BYTES]


def _lock(box: AESGCM, key_id: bytes, plain: bytes, *, bound: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return FORMAT + key_id + nonce + box.encrypt(nonce, plain, FORMAT + key_id + bound)


def _unlock(box: AESGCM, key_id: bytes, sealed: bytes, *, bound: bytes) -> bytes:
    if sealed[:_HEAD] != FORMAT + key_id:
        raise SealBroken("this was sealed with another key")
    nonce, rest = sealed[_HEAD : _HEAD + NONCE_BYTES], sealed[_HEAD + NONCE_BYTES :]
    try:
        return box.decrypt(nonce, rest, sealed[:_HEAD] + bound)
    except (InvalidTag, ValueError):
        raise SealBroken("this was sealed for something else, or was changed") from None
