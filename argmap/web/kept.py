"""What someone typed whose session had ended: kept in the session that follows it, until they are
signed in again and come back to the form.

Signing in keeps what an anonymous session holds, so this works without scripts.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, QueryDict

NAME = "kept"
LONGEST = 60_000
"""Most that is kept, in characters: six of the longest texts. Nobody else's storage is at stake
for more: an anonymous session can be had by anyone."""

TOO_LONG = "What you typed is too long to be kept here: go back in your browser, and copy it first."
BACK = "You are signed in again. What you typed is still here: look it over, and send it again."


def keep(request: HttpRequest, address: str) -> None:
    """Keep the form that was sent, for the page at `address`; say so where it is too long."""
    typed = {
        name: request.POST.getlist(name) for name in request.POST if name != "csrfmiddlewaretoken"
    }
    if sum(len(value) for values in typed.values() for value in values) <= LONGEST:
        request.session[NAME] = {"address": address, "typed": typed}
    else:
        messages.warning(request, TOO_LONG)


def waits(request: HttpRequest) -> bool:
    """Tell whether something was kept for the page that is asked for."""
    known = request.session.get(NAME)
    return known is not None and bool(known["address"] == request.get_full_path())


def take(request: HttpRequest) -> QueryDict | None:
    """Return, once, what was kept for the page that is asked for; None where nothing was."""
    if not waits(request):
        return None
    known = request.session.pop(NAME)
    data = QueryDict(mutable=True)
    for name, values in known["typed"].items():
        data.setlist(name, values)
    return data
