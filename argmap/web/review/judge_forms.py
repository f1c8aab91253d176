"""The forms of judgements. They shape what was typed; the actions decide whether it may be kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from argmap.core.kinds import Confidence, Likelihood, Satisfaction
from argmap.core.limits import NONCE_LIMIT, TEXT_LIMIT
from argmap.web.forms import Refusable, new_nonce
from argmap.web.widgets import HiddenInput, Textarea


class JudgementForm(Refusable):
    """What all share: the version that its author saw, and how a refusal is shown."""

    version_seen = forms.IntegerField(min_value=0, widget=HiddenInput)

    notice = ""
    """What is said above the fields of a form that comes back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    @property
    def typed(self) -> str:
        """The text that was typed in it."""
        return next(
            (str(self[name].value() or "") for name in ("why", "text") if name in self.fields), ""
        )


class AnswerForm(JudgementForm):
    """What one person answers to one critical question."""

    says = forms.ChoiceField(
        label="Your answer",
        choices=Satisfaction.choices(),
        widget=forms.RadioSelect,
        error_messages={"required": "Say which it is."},
    )
    why = forms.CharField(required=False, max_length=TEXT_LIMIT, widget=Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, question: int, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"answer-{question}-%s", **kwargs)
        self.question = question


class UndercutForm(JudgementForm):
    """The undercut that a reviewer suggests of an inference which fails a question."""

    text = forms.CharField(
        label="The undercut, as a statement",
        max_length=TEXT_LIMIT,
        widget=Textarea(attrs={"rows": 3}),
    )
    # Sent twice, it makes one suggestion.
    nonce = forms.CharField(required=False, max_length=NONCE_LIMIT, widget=HiddenInput)

    def __init__(self, *args: Any, question: int, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"undercut-{question}-%s", **kwargs)
        self.question = question
        self.initial.setdefault("nonce", new_nonce())


def _with_band(word: Likelihood) -> SafeString:
    return format_html('{} <span class="band">{}</span>', word.label, word.percent)


class RatingForm(JudgementForm):
    """One's own figures for one statement."""

    likelihood = forms.ChoiceField(
        choices=[(word.value, _with_band(word)) for word in Likelihood],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how probable you hold it."},
    )
    confidence = forms.ChoiceField(
        required=False,
        choices=[("", "Not said"), *Confidence.choices()],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="rating-%s", **kwargs)
