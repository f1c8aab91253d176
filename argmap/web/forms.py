"""The forms of the pages. They shape what was typed; the actions decide whether it may be kept."""

from __future__ import annotations

from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString

from argmap.actions import Gone
from argmap.core.kinds import CommentKind, Flag
from argmap.core.limits import NONCE_LIMIT, TEXT_LIMIT
from argmap.models.element import KEY_LIMIT
from argmap.web import throttle
from argmap.web.widgets import HiddenInput, Select, Textarea


def new_nonce() -> str:
    """Return the mark of a form that is shown: sent twice, the form does one thing."""
    return token_urlsafe(12)


class Refusable(forms.Form):
    """A form that can show what an action refused."""

    def refuse(self, error: ValidationError | Gone) -> None:
        """Show why nothing was written, at the field where there is one."""
        if isinstance(error, Gone):
            self.add_error(None, str(error))
        elif not hasattr(error, "error_dict"):
            self.add_error(None, error.messages)
        else:
            for name, messages in error.message_dict.items():
                self.add_error(name if name in self.fields else None, messages)


class Words(Refusable):
    """What all forms for comments share: a text in Markdown."""

    body = forms.CharField(
        label="Your comment", max_length=TEXT_LIMIT, widget=Textarea(attrs={"rows": 4})
    )

    notice = ""
    """What is said above the fields of a form that comes back."""

    preview: SafeString | None = None
    """What the text looks like, where its author asked for that."""

    @property
    def draft(self) -> str:
        """The name by which a browser keeps what is typed here until it is sent."""
        raise NotImplementedError

    def come_back(self, notice: str) -> None:
        """Show the form to its author again, who goes on at the text."""
        self.notice = notice
        self.fields["body"].widget.attrs["autofocus"] = True


class NewWords(Words):
    """What the two forms for new comments share.

    `about` is the key of what the page is about, "" for the map: no choice of the field, since the
    element may be deleted while someone types, and the text is kept.
    """

    about = forms.CharField(required=False, max_length=KEY_LIMIT, widget=HiddenInput)
    version_seen = forms.IntegerField(min_value=0, widget=HiddenInput)
    nonce = forms.CharField(required=False, max_length=NONCE_LIMIT, widget=HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Make the nonce one of the form and of what was typed.

        A page that the browser goes back to has the form with its old nonce: another text in it is
        another comment.
        """
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("nonce"):
            typed = repr(sorted(cleaned.items()))
            cleaned["nonce"] = sha256(typed.encode()).hexdigest()[:NONCE_LIMIT]
        return cleaned


class ReplyForm(NewWords):
    """An answer to the first comment of a thread."""

    parent = forms.IntegerField(widget=HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].label = "Your answer"

    @property
    def draft(self) -> str:
        return f"reply {self['parent'].value()}"


class CommentForm(NewWords):
    """A comment on one of `targets`: pairs of a key ("" for the map) and its label."""

    kind = forms.ChoiceField(choices=CommentKind.choices(), widget=Select)
    flag = forms.ChoiceField(
        required=False, choices=[("", "None"), *Flag.choices()], label="Problem", widget=Select
    )
    field_order = ["about", "kind", "flag", "body"]

    def __init__(self, *args: Any, targets: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = targets[0][0]
        if len(targets) > 1:
            self.fields["about"].widget = Select(choices=targets)

    @property
    def draft(self) -> str:
        return f"comment {self.page}"


class RewordForm(Words):
    """Another wording of one's own comment, by its number."""

    def __init__(self, *args: Any, number: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = f"reword-{number}-%s"
        self.number = number

    @property
    def draft(self) -> str:
        return f"reword {self.number}"


class SignInForm(AuthenticationForm):
    """Django's form, which stops listening after too many failures."""

    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("username", "")
        counter = throttle.counter(self.request, name)
        if throttle.is_exhausted(counter):
            raise ValidationError(throttle.MESSAGE, code=throttle.CODE)
        cleaned = super().clean()
        throttle.forget(counter)
        return cleaned
