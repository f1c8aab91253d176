"""Sessions, kept in the database."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from argmap.models import Prepared

_CHARACTERS = frozenset(VALID_KEY_CHARS)


class SessionStore(db.SessionStore):
    """Django's own, but that its look for a session is written once: every page takes it.

    What a browser sends as a key and Django does not make is none. PostgreSQL would refuse to look
    for some of it, and no page should fail by a cookie.
    """

    def _validate_session_key(self, key: str | None) -> bool:
        is_long: bool = super()._validate_session_key(key)  # type: ignore[misc]
        return is_long and _CHARACTERS.issuperset(key or "")

    def _get_session_from_db(self) -> Session | None:
        for session in _session(str(self.session_key)):
            if session.expire_date > timezone.now():
                return session
        self._session_key = None
        return None


@Prepared
def _session(key: str) -> QuerySet[Session, Session]:
    return Session.objects.filter(session_key=key)
