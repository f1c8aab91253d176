"""Errors as application/problem+json (RFC 9457), whatever raised them."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.log import log_response
from rest_framework import exceptions
from rest_framework.views import exception_handler

from argmap.actions import Conflict, Gone
from argmap.graphs import TornRead
from argmap.render import DrawingFailedError

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 1
GENERAL = ("", "detail", NON_FIELD_ERRORS, "non_field_errors")
"""What Django and REST framework call an error that is about no member in particular."""

logger = logging.getLogger(__name__)


class PreconditionFailed(exceptions.APIException):
    """The write names a state that is not the present one."""

    status_code = 412
    default_detail = "It was changed after you read it. Nothing was saved."


class Overtaken(exceptions.APIException):
    """What the write would put its words in place of was changed meanwhile."""

    status_code = 409


class NotThereAnyMore(exceptions.APIException):
    """What the write is about was deleted between the look and the write."""

    status_code = 410


class Unavailable(exceptions.APIException):
    """It cannot be had now."""

    status_code = 503


def handle(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """Return the response for what a view raised: REST framework's EXCEPTION_HANDLER.

    It is no REST framework Response, so that it looks the same under every renderer.
    """
    known = _known(error)
    response = exception_handler(known, dict(context))
    if response is None:
        return _unexpected(error, context["request"])
    headers = {name: response.headers[name] for name in response.headers if name != "Content-Type"}
    said = known.detail if isinstance(known, exceptions.APIException) else response.data
    detail, errors = _told(said)
    return problem(response.status_code, detail, errors, headers)


def problem(
    status: int,
    detail: str,
    errors: Mapping[str, list[str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JsonResponse:
    """Return a problem; `errors` says what is wrong with each member of the body."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **({"errors": errors} if errors else {}),
    }
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE, headers=dict(headers or {}))


def _known(error: Exception) -> Exception:
    """Turn what the rooms below raise into what REST framework knows."""
    if isinstance(error, ValidationError):
        return exceptions.ValidationError(
            error.message_dict if hasattr(error, "error_dict") else error.messages
        )
    if isinstance(error, Conflict):
        return Overtaken(str(error))
    if isinstance(error, Gone):
        return NotThereAnyMore(str(error))
    if isinstance(error, DrawingFailedError):
        return Unavailable(error.reason)
    if isinstance(error, TornRead):
        busy = Unavailable(str(error))
        busy.wait = RETRY_SECONDS  # type: ignore[attr-defined]
        return busy
    return error


def _told(detail: Any) -> tuple[str, dict[str, list[str]]]:
    """Return one line for people, and the messages by the place that they are about."""
    found: dict[str, list[str]] = {}
    for place, message in _messages(detail, ""):
        found.setdefault(place, []).append(message)
    whole = " ".join(message for name in GENERAL for message in found.pop(name, ()))
    first = next((f"{place}: {messages[0]}" for place, messages in found.items()), "")
    return whole or first, found


def _messages(detail: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from _messages(inner, f"{place}.{name}" if place else str(name))
    elif isinstance(detail, list):
        for inner in detail:
            yield from _messages(inner, place)
    else:
        yield place, str(detail)


def _unexpected(error: Exception, request: HttpRequest) -> HttpResponse | None:
    """Answer for a fault of ours: the log has it all, the answer says nothing of it.

    With DEBUG on, Django's own page tells more. The signal is what test clients and error
    reporters listen to, and Django sends it for views that raise.
    """
    if settings.DEBUG:
        return None
    got_request_exception.send(sender=None, request=request)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    response = problem(status, "Something went wrong here, and has been noted.")
    log_response(
        "%s: %s", status.phrase, request.path, response=response, request=request, exception=error
    )
    return response
