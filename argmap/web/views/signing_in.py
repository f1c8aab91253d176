"""Signing in."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpResponse

from argmap.web import throttle
from argmap.web.forms import SignInForm


class SignIn(LoginView):
    """Django's view, with a form that stops listening after too many failures."""

    authentication_form = SignInForm

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_invalid(form)
        if form.has_error("__all__", throttle.CODE):
            response.status_code = 429
            response["Retry-After"] = str(throttle.SECONDS)
        return response
