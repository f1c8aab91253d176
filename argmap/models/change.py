"""The log of changes, and the frozen versions that can be cited."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from argmap.core.kinds import Verb
from argmap.core.limits import PERSON_LIMIT, SLUG_LIMIT, TITLE_LIMIT
from argmap.models.fields import line, one_of, word_of
from argmap.models.map import ArgumentMap


class Change(models.Model):
    """One recorded edit. It outlives its map and its actor, of whom it keeps the names.

    `of` is the change that an undo takes back, or that a redo makes again. Changes of several maps
    that one act made share a `batch`, and are taken back together. `proposed_by` is who suggested
    what the actor accepted. `undoable` tells whether it can be taken back, or takes one back.
    """

    map = models.ForeignKey(
        ArgumentMap, models.SET_NULL, null=True, related_name="changes", editable=False
    )
    map_slug = models.SlugField(max_length=SLUG_LIMIT, editable=False)
    activity = models.PositiveIntegerField(editable=False)
    version = models.PositiveIntegerField(editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="map_changes",
        editable=False,
    )
    actor_name = models.CharField(max_length=PERSON_LIMIT, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    verb = one_of(Verb, editable=False)
    # What took a change back stays in the log even where someone prunes the change itself.
    of = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+", editable=False)
    batch = models.UUIDField(null=True, editable=False, db_index=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    proposed_by_name = models.CharField(max_length=PERSON_LIMIT, blank=True, editable=False)
    # Each page of an editor asks: the rows of a change would take longer to ask than all the rest.
    undoable = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["map", "activity"], name="change_once"),
            models.CheckConstraint(condition=word_of("verb", Verb), name="change_verb"),
        ]
        indexes = [
            # Who touched an element last: the change at the version that is stamped on it.
            models.Index(fields=["map", "version", "activity"], name="change_at_version"),
            # The log of many maps: the map is in it so that rows of others need no look.
            models.Index(fields=["-at", "-id", "map"], name="change_latest"),
            models.Index(fields=["actor", "-at", "-id"], name="change_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.map_slug} #{self.activity}: {self.verb} by {self.credit}"

    @property
    def credit(self) -> str:
        """The names of whom it is credited to: "analyst, suggested by reviewer"."""
        if not self.proposed_by_name:
            return self.actor_name
        return f"{self.actor_name}, suggested by {self.proposed_by_name}"


ABOUT = {"answer": "inference", "comment": "about", "rating": "about", "suggestion": "about"}
"""Where the record of what is no element names the element that it is about."""


class ChangeItem(models.Model):
    """One row that a change made (no `before`), altered, or removed (no `after`).

    `map` and `version` are the change's. `rewords` tells whether what an element says came to
    differ. Of an import both are the file's word for since when the element says what it says.
    With these the database finds judgements that are stale by a look at one index each.
    """

    change = models.ForeignKey(Change, models.CASCADE, related_name="items")
    map = models.ForeignKey(
        # The index below leads with it.
        ArgumentMap,
        models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
    )
    version = models.PositiveIntegerField(default=0)
    rewords = models.BooleanField(default=False)
    type = models.CharField(max_length=20)
    key = models.CharField(max_length=PERSON_LIMIT)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["type", "key"], name="change_item_of"),
            models.Index(
                fields=["map", "type", "key", "rewords", "version"], name="change_item_rewording"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.key}"

    @property
    def about(self) -> str:
        """The key or name of what was touched; of what is said, that of what it is about, "" the map."""
        record = self.after or self.before or {}
        return str(record.get(ABOUT[self.type], "")) if self.type in ABOUT else self.key

    @property
    def fields(self) -> list[str]:
        """The names of the members that differ between `before` and `after`.

        Sorted: PostgreSQL keeps no order of its own in a JSON column, SQLite does.
        """
        before, after = self.before or {}, self.after or {}
        return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


class Snapshot(models.Model):
    """A named, frozen version of a map, with the hash that cites it."""

    map = models.ForeignKey(ArgumentMap, models.CASCADE, related_name="snapshots")
    name = line(max_length=TITLE_LIMIT)
    version = models.PositiveIntegerField(editable=False)
    content = models.TextField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="map_snapshots"
    )
    made_by_name = models.CharField(max_length=PERSON_LIMIT, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["map", "name"], name="snapshot_name")]

    def __str__(self) -> str:
        return f"{self.name} (version {self.version})"
