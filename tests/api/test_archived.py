"""An archived map over the API: read as before; a write is refused and says why."""

from __future__ import annotations

from django.contrib.auth.models import User

from argmap import actions
from argmap.models import ArgumentMap, Change
from tests.api.conftest import As

HERE = "/api/v1/maps/harbour/"


def test_it_says_when_it_was_archived_and_refuses_comments(
    as_: As, a_map: ArgumentMap, analyst: User
) -> None:
    client = as_(analyst)
    before = client.get(HERE)
    assert before.json()["archived_at"] is None
    actions.archive_map(actor=analyst, argument_map=a_map)
    after = client.get(HERE, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.json()["archived_at"] is not None
    logged = Change.objects.count()
    refused = client.post(f"{HERE}comments/", {"body": "Why?"})
    assert refused.status_code == 403
    assert refused.json()["detail"].startswith("This map is archived: it can be read, not written.")
    assert Change.objects.count() == logged
    assert client.get(f"{HERE}export/json/").status_code == 200


def test_maps_to_write_on_leave_it_out(as_: As, a_map: ArgumentMap, analyst: User) -> None:
    actions.archive_map(actor=analyst, argument_map=a_map)
    counts = {
        role: as_(analyst).get(f"/api/v1/maps/?role={role}").json()["count"]
        for role in ("viewer", "reviewer", "editor", "owner")
    }
    assert counts == {"viewer": 1, "reviewer": 0, "editor": 0, "owner": 1}
