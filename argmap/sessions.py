"""Sessions, kept in the database."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from argmap.models import Prepared


class SessionStore(db.SessionStore):
    """Django's own, but that its look for a session is written once: every page takes it."""

    def _get_session_from_db(self) -> Session | None:
        for session in _session(str(self.session_key)):
            if session.expire_date > timezone.now():
                return session
        self._session_key = None
        return None


@Prepared
def _session(key: str) -> QuerySet[Session, Session]:
    return Session.objects.filter(session_key=key)
