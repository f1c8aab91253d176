"""Someone at a browser, as the WSGI application meets them: no test client stands between."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from io import BytesIO
from typing import Any, NamedTuple
from wsgiref.types import StartResponse
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from argmap.wsgi import application

FORM = "application/x-www-form-urlencoded"


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body, where it came uncompressed."""
        return self.body.decode()


class Visitor:
    """A browser in which someone is signed in, and which keeps its cookies."""

    def __init__(self, person: User) -> None:
        client = Client()
        client.force_login(person)
        self._cookies = client.cookies

    def get(self, address: str, headers: Mapping[str, str]) -> Answer:
        """Ask for a page."""
        return self._send("GET", address, headers)

    def post(self, address: str, form: str, headers: Mapping[str, str]) -> Answer:
        """Send a form, with the token against forged requests that a page hands out."""
        token = self._cookies[settings.CSRF_COOKIE_NAME].value
        return self._send("POST", address, {**headers, "X-CSRFToken": token}, form.encode())

    def _send(
        self, method: str, address: str, headers: Mapping[str, str], body: bytes = b""
    ) -> Answer:
        path, _, query = address.partition("?")
        cookies = "; ".join(f"{name}={each.value}" for name, each in self._cookies.items())
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_COOKIE": cookies,
            "wsgi.input": BytesIO(body),
            "wsgi.errors": sys.stderr,
        }
        environ |= {
            f"HTTP_{name.upper().replace('-', '_')}": each for name, each in headers.items()
        }
        if body:
            environ |= {"CONTENT_TYPE": FORM, "CONTENT_LENGTH": str(len(body))}
        setup_testing_defaults(environ)
        started: list[tuple[str, list[tuple[str, str]]]] = []
        answer = application(environ, _recording(started))
        try:
            content = b"".join(answer)
        finally:
            answer.close()
        [(status, sent)] = started
        for name, value in sent:
            if name == "Set-Cookie":
                self._cookies.load(value)
        return Answer(int(status[:3]), dict(sent), content)


def _recording(started: list[tuple[str, list[tuple[str, str]]]]) -> StartResponse:
    def start(status: str, headers: list[tuple[str, str]], *_: object) -> Any:
        started.append((status, headers))

    return start
