"""The addresses of review."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import path, register_converter

from argmap.web.converters import Number
from argmap.web.review import (
    accepting,
    answering,
    inbox,
    questions,
    ratings,
    report,
    rounds,
    settling,
    suggesting,
)
from argmap.web.review.page import review

register_converter(Number, "number")

_MAP = "maps/<slug:slug>/"
_ELEMENT = f"{_MAP}elements/<str:key>/"
_REVIEW = f"{_MAP}review/"
_SUGGESTION = f"{_MAP}suggestions/<number:number>/"
_QUESTION = f"{_ELEMENT}questions/<int:question>/"
_ANSWER = f"{_MAP}answers/<int:number>/"

urlpatterns = [
    path(_REVIEW, review, name="review"),
    path(f"{_REVIEW}report.md", report.report, name="review-report"),
    path(f"{_REVIEW}rounds/", rounds.ask, name="review-ask"),
    path(f"{_REVIEW}rounds/<int:number>/close/", rounds.close, name="review-close"),
    path(f"{_REVIEW}verdicts/", rounds.give, name="review-give"),
    path(f"{_REVIEW}verdicts/<int:number>/withdraw/", rounds.withdraw, name="review-withdraw"),
    *(
        path(
            f"{_REVIEW}{judgement}s/<str:name>/holds/",
            rounds.confirm,
            {"judgement": judgement},
            name=f"review-{judgement}-holds",
        )
        for judgement in rounds.CONFIRM
    ),
    path(f"{_REVIEW}threads/<int:number>/", answering.answer_thread, name="review-thread"),
    path(
        f"{_REVIEW}suggestions/",
        login_not_required(accepting.AcceptMany.as_view()),
        name="review-accept",
    ),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/count/", inbox.count, name="inbox-count"),
    path("inbox/mentions/", inbox.read_mentions, name="inbox-mentions"),
    # Each of these asks `access` itself, as all pages of a map do.
    *(
        path(address, login_not_required(view.as_view()), name=name)
        for address, view, name in (
            (_QUESTION, questions.AnswerQuestion, "question"),
            (f"{_QUESTION}undercut/", questions.SuggestUndercut, "question-undercut"),
            (f"{_ANSWER}withdraw/", questions.WithdrawAnswer, "answer-withdraw"),
            (f"{_ANSWER}confirm/", questions.ConfirmAnswer, "answer-confirm"),
            (f"{_ELEMENT}rating/", ratings.Rate, "rating"),
            (f"{_ELEMENT}rating/withdraw/", ratings.WithdrawRating, "rating-withdraw"),
            (f"{_ELEMENT}rating/confirm/", ratings.ConfirmRating, "rating-confirm"),
        )
    ),
    *(
        path(
            f"{_ELEMENT}suggest/{name}/",
            login_not_required(view.as_view()),
            name=f"suggest-{name}",
        )
        for name, view in suggesting.VIEWS.items()
    ),
    *(
        path(
            f"{_SUGGESTION}{name}/",
            login_not_required(view.as_view()),
            name=f"suggestion-{name}",
        )
        for name, view in settling.VIEWS.items()
    ),
]
