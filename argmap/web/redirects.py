"""Where a form sends the browser once it has been dealt with."""

from __future__ import annotations

from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """Sends the browser on with a GET, after a form."""

    status_code = 303
