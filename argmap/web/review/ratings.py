"""Rating a statement, blind, and taking one's rating back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, QueryDict

from argmap import actions
from argmap.models import Statement
from argmap.web.review.judge_forms import JudgementForm, RatingForm
from argmap.web.review.judging import Judge, OnElement, Settle
from argmap.web.review.rated import rated


class OnRatings(OnElement):
    """What is done among the ratings of a statement."""

    template = "review/_ratings.html"
    anchor = "ratings"

    def section(self, refused: JudgementForm | None = None, notice: str = "") -> dict[str, Any]:
        shown = rated(self.statement, role=self.role, person=self.request.user, judged=refused)
        return {"ratings": shown, "notice": notice}

    @property
    def statement(self) -> Statement:
        """The statement. Raises Http404 where the address names an inference."""
        if not isinstance(self.row, Statement):
            raise Http404("Inferences are not rated.")
        return self.row


class Rate(OnRatings, Judge[RatingForm]):
    """One's own likelihood and confidence, or others in their place."""

    def made(self, data: QueryDict) -> RatingForm:
        return RatingForm(data)

    def act(self, form: RatingForm) -> str:
        actions.rate(**self.on_it, statement=self.statement.key, **form.cleaned_data)
        return "You gave your rating."


class WithdrawRating(OnRatings, Settle):
    """Take one's own rating back: the others' are hidden again."""

    def settle(self, seen: int | None) -> str:
        actions.withdraw_rating(**self.on_it, statement=self.statement.key)
        return "You took your rating back."


class ConfirmRating(OnRatings, Settle):
    """Say that one's own rating still holds."""

    def settle(self, seen: int | None) -> str:
        actions.confirm_rating(**self.on_it, statement=self.statement.key, version_seen=seen)
        return "Your rating holds on this version."
