"""Giving mails to the mail server, over one connection as long as that holds."""

from __future__ import annotations

from contextlib import suppress
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from argmap.mail import on_one_line

REFUSED = (SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused, ValueError)
"""What one mail meets with, and says nothing of the next. ValueError: its headers are no headers."""

PATIENCE = 3
"""Mails in a row at which a server that took the call falls silent or hangs up, before it counts as
down. With one, a single address that it cannot cope with would stand in everyone's way for ever."""


class Post:
    """A connection to the mail server; `down` says why nothing is sent any more, "" while it is."""

    def __init__(self) -> None:
        self.connection: BaseEmailBackend = get_connection()
        self.down = ""
        self._unanswered = 0

    def __enter__(self) -> Post:
        return self

    def __exit__(self, *args: object) -> None:
        self._hang_up()

    def send(self, mail: EmailMessage) -> str:
        """Send a mail that was made with our connection; return why it was not sent, or ""."""
        try:
            # Once for all mails: each would open and close a connection of its own.
            self.connection.open()
        except OSError as error:
            self.down = _told(error)
            return self.down
        try:
            mail.send()
        except REFUSED as error:
            self._unanswered = 0
            return self._failed(error)
        except OSError as error:
            self._unanswered += 1
            self.down = _told(error) if self._unanswered >= PATIENCE else ""
            return self._failed(error)
        self._unanswered = 0
        return ""

    def _failed(self, error: Exception) -> str:
        """Let the next mail have a connection of its own, and return what was wrong with this one.

        A server that says 421 is not there any more, and neither is what was left half said.
        """
        self._hang_up()
        return _told(error)

    def _hang_up(self) -> None:
        """Close the connection; whether the server says good-bye changes nothing."""
        with suppress(OSError):
            self.connection.close()


def _told(error: Exception) -> str:
    """Return what an error says, on one line: it quotes the address, and what the server said."""
    return on_one_line(str(error)) or type(error).__name__
