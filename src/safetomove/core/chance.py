"""Keyed, repeatable randomness: the same key always draws the same number.

Virtual patients live the same life under every policy because a draw is named by who,
when and what for, never by how many draws came before it.
"""

import hashlib

_SCALE = 2.0**-53


def draw(seed: int, *key: object) -> float:
    """Return a number in [0, 1) that depends on nothing but `seed` and `key`."""
    name = "\x1f".join(str(part) for part in (seed, *key))
    digest = hashlib.blake2b(name.encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) * _SCALE
