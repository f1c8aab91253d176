"""Files on their way in: taken, kept for a preview, and written once someone says so.

A large write tells how far it is while it goes on, in the page that answers: no queue, no second
process, and no script. The page is sent in parts, each with a bar that hides the one before it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterator
from typing import Any, NamedTuple, TypeVar

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from argmap import access, actions
from argmap.admin.asking import person_of
from argmap.models import Upload

T = TypeVar("T")

log = logging.getLogger(__name__)

TOLD_FROM = 500
"""From so many statements on a write tells how far it is; fewer take less than a second."""

HERE = mark_safe("<!-- what is written -->")
"""Where the page is cut in two, for the parts that come between."""


class UploadForm(forms.Form):
    """One file, no larger than the site takes."""

    file = forms.FileField()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        limit: int = settings.ARGMAP_MAX_UPLOAD_BYTES
        if file.size > limit:
            raise ValidationError(
                f"The file has {filesizeformat(file.size)}: {filesizeformat(limit)} is the most."
            )
        return file


def upload_with(request: HttpRequest, number: int, **of: Any) -> Upload:
    """Return a file that who asks has sent. Raises Gone where it is not there any more."""
    found = access.uploads_of(person_of(request)).filter(pk=number, **of).first()
    if found is None:
        raise actions.Gone("The file was imported already, or is kept no longer: send it again.")
    return found


class Outcome(NamedTuple):
    """What came of a write: in words, with what else to know in lines, and where to go from there."""

    told: str
    address: str
    link: str = "Open the map"
    lines: tuple[str, ...] = ()


def spending(upload: Upload, steps: actions.Steps[T]) -> actions.Steps[T]:
    """Write what a file says and let go of it, both or neither."""
    with transaction.atomic():
        actions.spend_upload(upload=upload)
        made = yield from steps
    return made


def carried_out(
    request: HttpRequest,
    steps: actions.Steps[T],
    outcome: Callable[[T], Outcome],
    *,
    size: int,
    back: str,
    page: dict[str, Any],
) -> HttpResponseBase:
    """Take all steps and say what came of it; where it is refused, lead `back`.

    `size` is how many statements are written, `page` the context of the page that tells of many.
    """
    if size >= TOLD_FROM:
        html = render_to_string("admin/argmap/progress.html", {**page, "here": HERE}, request)
        return StreamingHttpResponse(_parts(html, steps, outcome, back))
    try:
        made = outcome(actions.finish(steps))
    except (*actions.REFUSALS, PermissionDenied) as error:
        messages.error(request, actions.reason_of(error))
        return HttpResponseRedirect(back)
    messages.success(request, " ".join((made.told, *made.lines)))
    return HttpResponseRedirect(made.address)


def _parts(
    html: str, steps: actions.Steps[T], outcome: Callable[[T], Outcome], back: str
) -> Iterator[str]:
    """Yield the page up to where the bars stand, a bar for each step, and the rest."""
    before, _, after = html.partition(HERE)
    yield before
    try:
        made = yield from _bars(steps)
        yield _ended("success", outcome(made))
    except (*actions.REFUSALS, PermissionDenied) as error:
        yield _refused(actions.reason_of(error), back)
    except Exception:
        # The page is half sent: only what follows can still say so.
        log.exception("an import failed")
        yield _refused("The site has a fault, which its keeper can read of in the log.", back)
    yield after


def _bars(steps: actions.Steps[T]) -> Generator[str, None, T]:
    """Yield a bar for each step, and return what the steps made."""
    yield _bar(actions.Progress(0, 1))
    while True:
        try:
            yield _bar(next(steps))
        except StopIteration as end:
            made: T = end.value
            return made


def _bar(progress: actions.Progress) -> SafeString:
    done, total = progress
    told = f"{done:,} of {total:,} rows" if done else "Starting…"
    return format_html(
        '<progress max="{}" value="{}" aria-label="Rows written"></progress><p>{}</p>\n',
        total,
        done,
        told,
    )


def _refused(reason: str, back: str) -> str:
    return _ended("error", Outcome(f"Nothing was written. {reason}", back, "Back to the preview"))


def _ended(sign: str, outcome: Outcome) -> str:
    return render_to_string("admin/argmap/progress_end.html", {"sign": sign, "outcome": outcome})
