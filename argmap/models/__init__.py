"""The tables. This is their only door: import models from here."""

from __future__ import annotations

from argmap.models.answer import Answer
from argmap.models.change import ABOUT, Change, ChangeItem, Snapshot
from argmap.models.comment import Comment
from argmap.models.digest import Digest, Told
from argmap.models.element import NATURAL_ORDER, Element
from argmap.models.inference import Inference, Premise
from argmap.models.keyed import keyed
from argmap.models.lookups import Lines, sole, teach
from argmap.models.map import ArgumentMap, KeyCounter, Look, Membership
from argmap.models.mention import Mention
from argmap.models.prepared import Prepared
from argmap.models.rating import Rating
from argmap.models.review import Review, Round
from argmap.models.scheme import CriticalQuestion, Scheme
from argmap.models.source import Excerpt, Source
from argmap.models.statement import Claim, Counterargument, Evidence, Statement
from argmap.models.suggestion import Suggestion
from argmap.models.token import ApiToken
from argmap.models.upload import Upload

__all__ = [
    "ABOUT",
    "NATURAL_ORDER",
    "Answer",
    "ApiToken",
    "ArgumentMap",
    "Change",
    "ChangeItem",
    "Claim",
    "Comment",
    "Counterargument",
    "CriticalQuestion",
    "Digest",
    "Element",
    "Evidence",
    "Excerpt",
    "Inference",
    "KeyCounter",
    "Lines",
    "Look",
    "Membership",
    "Mention",
    "Premise",
    "Prepared",
    "Rating",
    "Review",
    "Round",
    "Scheme",
    "Snapshot",
    "Source",
    "Statement",
    "Suggestion",
    "Told",
    "Upload",
    "keyed",
    "sole",
    "teach",
]
