"""A limit on guessing passwords: so many tries for one name from one address, then a pause.

The count lies in the cache. With the in-process cache each worker has a count of its own, so that
someone may try as many times more often as there are workers; Redis holds one for all.
"""

from __future__ import annotations

from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest

TRIES = 10
SECONDS = 15 * 60
CODE = "throttled"
MESSAGE = "Too many tries with this name. Wait 15 minutes, then try again."


def counter(request: HttpRequest | None, name: str) -> str:
    """Return the cache's key for tries to sign in as `name` from the address of `request`."""
    address = request.META.get("REMOTE_ADDR", "") if request else ""
    # Hashed, since names may hold what the keys of some caches may not.
    return f"sign-in:{sha256(f'{address} {name.casefold()}'.encode()).hexdigest()}"


def is_exhausted(key: str) -> bool:
    """Count one more try, before it is made, and tell whether it is one too many."""
    cache.add(key, 0, SECONDS)
    try:
        return cache.incr(key) > TRIES
    except ValueError:  # it expired between the two calls
        return False


def forget(key: str) -> None:
    """Start anew after a try that succeeded."""
    cache.delete(key)
