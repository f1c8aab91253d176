"""What review of maps has come to, for reading. This is the only door.

Threads by weight, critical questions and the answers to them, ratings that stay hidden from whoever
has not given theirs, verdicts and rounds, mentions; which of all these judgements are of something
that has changed since; and what of all this is news to whom. Each function that takes people starts
from access: it shows what they may read and nothing else.
"""

from __future__ import annotations

from argmap.review.concerns import Concern, Topic, page_of, path_of
from argmap.review.lines import TELLING
from argmap.review.mentions import mentions_of, people_to_call
from argmap.review.moves import Moved
from argmap.review.news import Mark, marks_after, news_for
from argmap.review.points import judged_on, subjects_of
from argmap.review.questions import (
    answers_on,
    answers_to,
    asked_on,
    failed_on,
    questions_on,
    suggested_undercuts_of,
    unanswered,
    undercuts_of,
)
from argmap.review.queue import (
    MOST_COUNTED,
    SECTIONS,
    answered,
    rounds_of,
    settled_lately,
    stale_answers,
    stale_comments,
    stale_ratings,
    stale_verdicts,
    to_answer,
    to_decide,
    unread_mentions,
    unresolved,
    waiting_count,
    waiting_on_others,
)
from argmap.review.ratings import (
    RatingsSeen,
    disagreements,
    may_see_ratings,
    ratings_of,
    visible_ratings,
)
from argmap.review.records import answer_records, comment_records, review_records
from argmap.review.stale import (
    changes_since,
    differences_since,
    is_stale,
    stale_comments_of,
    with_stale,
)
from argmap.review.then import as_seen
from argmap.review.threads import (
    Earlier,
    earlier_bodies,
    open_suggestions,
    threads,
    threads_of,
    with_weight,
)
from argmap.review.verdicts import last_and_earlier, requests_to, standing_of, verdicts_on

__all__ = [
    "MOST_COUNTED",
    "SECTIONS",
    "TELLING",
    "Concern",
    "Earlier",
    "Mark",
    "Moved",
    "RatingsSeen",
    "Topic",
    "answer_records",
    "answered",
    "answers_on",
    "answers_to",
    "as_seen",
    "asked_on",
    "changes_since",
    "comment_records",
    "differences_since",
    "disagreements",
    "earlier_bodies",
    "failed_on",
    "is_stale",
    "judged_on",
    "last_and_earlier",
    "marks_after",
    "may_see_ratings",
    "mentions_of",
    "news_for",
    "open_suggestions",
    "page_of",
    "path_of",
    "people_to_call",
    "questions_on",
    "ratings_of",
    "requests_to",
    "review_records",
    "rounds_of",
    "settled_lately",
    "stale_answers",
    "stale_comments",
    "stale_comments_of",
    "stale_ratings",
    "stale_verdicts",
    "standing_of",
    "subjects_of",
    "suggested_undercuts_of",
    "threads",
    "threads_of",
    "to_answer",
    "to_decide",
    "unanswered",
    "undercuts_of",
    "unread_mentions",
    "unresolved",
    "verdicts_on",
    "visible_ratings",
    "waiting_count",
    "waiting_on_others",
    "with_stale",
    "with_weight",
]
