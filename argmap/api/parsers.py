"""Reading the body of a request: JSON, strictly, and not without end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from django.conf import settings
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

from argmap.core.formats import FormatError, decode


class TooLarge(APIException):
    """The body has more bytes than the site takes."""

    status_code = 413
    default_code = "too_large"


class JsonParser(BaseParser):
    """Says where the JSON breaks.

    REST framework's own reads the body in one piece, past DATA_UPLOAD_MAX_MEMORY_SIZE.
    """

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the value that the body holds."""
        limit: int = settings.ARGMAP_MAX_UPLOAD_BYTES
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise TooLarge(f"The body has more than {limit:,} bytes.")
        try:
            return json.loads(decode(body), parse_constant=_refuse)
        except json.JSONDecodeError as error:
            place = f"line {error.lineno}, column {error.colno}"
            raise ParseError(f"{place}: this is not JSON: {error.msg}") from error
        except FormatError as error:
            raise ParseError(str(error)) from error
        except RecursionError as error:
            raise ParseError("The body is nested too deeply.") from error
        except ValueError as error:
            raise ParseError("The body has a number of more than 4,300 digits.") from error


def _refuse(constant: str) -> NoReturn:
    raise ParseError(f"{constant} is not a number that JSON can hold.")
