"""Choosing how often one is told by e-mail what concerns one.

A choice belongs to a person, not to a map, and leaves no Change: nobody else is told.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from argmap.core.kinds import Frequency
from argmap.models import Digest, Told


def choose_digest(*, actor: User, how_often: str) -> Digest:
    """Choose how often the actor is told, a word of Frequency.

    Whoever chooses it after having been told nothing is told what happens from now on. Raises
    ValidationError by field.
    """
    if how_often not in list(Frequency):
        allowed = ", ".join(Frequency)
        raise ValidationError({"how_often": f'"{how_often}" is not one of {allowed}.'})
    with transaction.atomic():
        digest, made = Digest.objects.select_for_update().get_or_create(user=actor)
        if made or digest.how_often == Frequency.OFF:
            digest.since, digest.looked_on = timezone.now(), None
            Told.objects.filter(digest=digest).delete()
        digest.how_often = how_often
        digest.save(update_fields=["how_often", "since", "looked_on"])
    return digest


def stop_digest(*, user: int) -> bool:
    """Tell a person, by their number, nothing any more; return whether there is such a person.

    It may be done as often as one likes. Whoever is about to send them something leaves it.
    """
    Digest.objects.filter(user=user).update(how_often=Frequency.OFF.value)
    return User.objects.filter(pk=user).exists()
