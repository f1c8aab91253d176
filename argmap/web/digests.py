"""Choosing how often one is told by e-mail, and ending it with the link of a mail."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.core.signing import BadSignature, SignatureExpired
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from argmap import actions
from argmap.access import signed_in
from argmap.core.kinds import Frequency
from argmap.mail import is_address, user_of_stop_token
from argmap.models import Digest
from argmap.web.redirects import SeeOther

CHOICES = [
    (Frequency.OFF.value, "Not at all"),
    (Frequency.DAILY.value, "Once a day, where there is anything new"),
    (Frequency.AT_ONCE.value, "At once, each in a mail of its own"),
]

CHOSEN = {
    Frequency.OFF: "You will get no digests.",
    Frequency.DAILY: "You will get a digest on each day on which there is anything new.",
    Frequency.AT_ONCE: "You will be told at once.",
}


class DigestForm(forms.Form):
    """How often someone wants to be told."""

    how_often = forms.ChoiceField(label="How often", choices=CHOICES, widget=forms.RadioSelect)


class ChooseDigest(View):
    """The page on which whoever is signed in chooses how often they are told."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what was chosen (one query); nothing is off."""
        chosen = Digest.objects.filter(user=signed_in(request.user)).values_list(
            "how_often", flat=True
        )
        initial = {"how_often": chosen.first() or Frequency.OFF.value}
        return self._page(request, DigestForm(initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the choice."""
        form = DigestForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, 422)
        how_often = Frequency(form.cleaned_data["how_often"])
        actions.choose_digest(actor=signed_in(request.user), how_often=how_often)
        messages.success(request, CHOSEN[how_often])
        return SeeOther(reverse("digest"))

    @staticmethod
    def _page(request: HttpRequest, form: DigestForm, status: int = 200) -> HttpResponse:
        reached = is_address(signed_in(request.user).email)
        context = {"form": form, "reached": reached}
        return render(request, "digests/choose.html", context, status=status)


@method_decorator([login_not_required, csrf_exempt], name="dispatch")
class StopDigest(View):
    """The link of a mail: a page with one button, and what the button does.

    A mail program sends what the button sends, by itself and without a page before it (RFC 8058):
    it has neither a session nor a token against forgeries. The link is the proof, signed by us.
    Nothing happens on GET, since programs that look for viruses open every link of a mail.
    """

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Ask."""
        return self._answer(request, token, stop=False)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """End the digests of the person whom the mail was sent to, if they are not off already."""
        return self._answer(request, token, stop=True)

    def _answer(self, request: HttpRequest, token: str, *, stop: bool) -> HttpResponse:
        try:
            person = _person(token)
        except SignatureExpired:
            return _page(request, "expired", 410)
        except BadSignature:
            return _page(request, "unknown", 404)
        if stop:
            actions.stop_digest(user=person.pk)
        is_on = Digest.objects.filter(user=person).exclude(how_often=Frequency.OFF).exists()
        return _page(request, "on" if is_on else "off", person=person)


def _person(token: str) -> User:
    """Return whom a link is about; one who is gone is nobody's."""
    found = User.objects.filter(pk=user_of_stop_token(token)).first()
    if found is None:
        raise BadSignature
    return found


def _page(
    request: HttpRequest, state: str, status: int = 200, person: User | None = None
) -> HttpResponse:
    context = {"state": state, "person": person}
    return render(request, "digests/stop.html", context, status=status)
