"""Who may do what: one table of every address and verb. test_access_table.py holds the site to it.

A row names an address as the resolver has it, a verb, and the rights: for each visibility of the
map the status for each role, in the order of ROLES. Whoever adds an address adds a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from argmap.core.kinds import Visibility

ROLES = ("anonymous", "outsider", "viewer", "reviewer", "editor", "analyst", "admin")
"""Nobody; a stranger; a map's viewer, reviewer, editor and owner; a superuser who is no member."""

VERBS = ("get", "post", "put", "patch", "delete")

Statuses = tuple[int, ...]
Rights = Mapping[Visibility, Statuses]


def whatever_map(*statuses: int) -> Rights:
    """Return rights that hang on no map."""
    return dict.fromkeys(Visibility, statuses)


def rights(private: Statuses, members: Statuses, public: Statuses) -> Rights:
    """Return rights on a map."""
    return {
        Visibility.PRIVATE: private,
        Visibility.MEMBERS: members,
        Visibility.PUBLIC: public,
    }


# Whoever is not signed in is sent to sign in.
PAGE = rights(
    (302, 404, 404, 404, 404, 200, 200),
    (302, 404, 200, 200, 200, 200, 200),
    (200, 200, 200, 200, 200, 200, 200),
)


READ = rights(
    (401, 404, 404, 404, 404, 200, 200),
    (401, 404, 200, 200, 200, 200, 200),
    (200, 200, 200, 200, 200, 200, 200),
)
READ_SIGNED_IN = {**READ, Visibility.PUBLIC: (401, 200, 200, 200, 200, 200, 200)}


def edit(ok: int = 200) -> Rights:
    """Return the rights to what editors and owners may do on a page."""
    return rights(
        (302, 404, 404, 404, 404, ok, ok),
        (302, 404, 403, 403, ok, ok, ok),
        (302, 403, 403, 403, ok, ok, ok),
    )


def review(ok: int, nobody: int = 401) -> Rights:
    """Return the rights to what reviewers and those above them may do."""
    return rights(
        (nobody, 404, 404, 404, 404, ok, ok),
        (nobody, 404, 403, ok, ok, ok, ok),
        (nobody, 403, 403, ok, ok, ok, ok),
    )


# The comment is the reviewer's, and has no reply.
REWORD = rights(
    (401, 404, 404, 404, 404, 403, 403),
    (401, 404, 403, 200, 403, 403, 403),
    (401, 403, 403, 200, 403, 403, 403),
)


def own(ok: int) -> Rights:
    """Return the rights to what is the reviewer's alone, on a page."""
    return {
        visibility: tuple({401: 302, 200: ok}.get(status, status) for status in statuses)
        for visibility, statuses in REWORD.items()
    }


# To where a comment stands.
LED = {
    visibility: tuple(302 if status == 200 else status for status in statuses)
    for visibility, statuses in PAGE.items()
}
# What is its author's alone: the comment, the suggestion and the verdict are the reviewer's.
OWN = REWORD
WITHDRAW = {
    visibility: tuple(204 if status == 200 else status for status in statuses)
    for visibility, statuses in OWN.items()
}
# Nobody has a rating but the reviewer; on a private map not even they get as far.
OWN_RATING = rights(
    (401, 404, 404, 404, 404, 410, 410),
    (401, 404, 403, 200, 410, 410, 410),
    (401, 403, 403, 200, 410, 410, 410),
)
WITHDRAW_RATING = {
    visibility: tuple(204 if status == 200 else status for status in statuses)
    for visibility, statuses in OWN_RATING.items()
}
SINCE_RATED = rights(
    (401, 404, 404, 404, 404, 404, 404),
    (401, 404, 404, 200, 404, 404, 404),
    (404, 404, 404, 200, 404, 404, 404),
)
# By token or session alone, and only for those who may review.
CALL = rights(
    (401, 404, 404, 404, 404, 200, 200),
    (401, 404, 403, 200, 200, 200, 200),
    (401, 403, 403, 200, 200, 200, 200),
)


def edit_by_program(ok: int) -> Rights:
    """Return the rights to what editors and owners may do by the API."""
    return rights(
        (401, 404, 404, 404, 404, ok, ok),
        (401, 404, 403, 403, ok, ok, ok),
        (401, 403, 403, 403, ok, ok, ok),
    )


DELETE_COMMENT = rights(
    (401, 404, 404, 404, 404, 204, 204),
    (401, 404, 403, 204, 403, 204, 204),
    (401, 403, 403, 204, 403, 204, 204),
)
DELETE = {
    visibility: tuple({401: 302, 204: 303}.get(status, status) for status in statuses)
    for visibility, statuses in DELETE_COMMENT.items()
}
ANYONE = whatever_map(*[200] * 7)
SIGNED_IN = whatever_map(401, *[200] * 6)
NOTHING = whatever_map(*[404] * 7)


@dataclass(frozen=True)
class Row:
    """One line of the table. `sent` is the body; `query` follows the address."""

    address: str
    verb: str
    rights: Rights
    sent: Any = field(default_factory=dict)
    filled: str = ""
    """What the resolver's pattern is asked as, where filling in its names is not enough."""


MAP = "maps/<slug:slug>/"
API = f"api/v1/{MAP}"
REVIEW = f"{MAP}review/"

PROPOSED = {
    "text": "Ice floats.",
    "kind": "claim",
    "credibility": "2",
    "likelihood": "likely",
    "confidence": "low",
    "seen": 1,
    "version_seen": 1,
}
SUGGESTED = {"does": "edit", "on": "E1", "after": {"text": "Ice."}}
SAID = {"about": "E1", "kind": "comment", "body": "Why?", "version_seen": 1}

ELEMENT = f"{MAP}elements/<str:key>/"
QUESTION = f"{ELEMENT}questions/<int:question>/"
ANSWERED = {"says": "satisfied", "version_seen": 1}
# The answer is the reviewer's; on a page its author alone says that it holds.
HOLDS = rights(
    (302, 404, 404, 404, 404, 403, 403),
    (302, 404, 403, 303, 403, 403, 403),
    (302, 403, 403, 303, 403, 403, 403),
)
WITHDRAW_ANSWER = rights(
    (302, 404, 404, 404, 404, 303, 303),
    (302, 404, 403, 303, 403, 303, 303),
    (302, 403, 403, 303, 403, 303, 303),
)
TYPED = {"seen": 9, "text": "Tugs are dear."}
WAYS_TO_EDIT: Mapping[str, Mapping[str, Any]] = {
    "add": {"kind": "claim", "relation": "support"},
    "link": {"premise": "K1", "relation": "attack", "conclusion": "E1"},
    "paste": {"text": "+ Tugs are dear."},
    "edit": {"kind": "evidence", "status": "draft"},
    "kind": {"kind": "claim"},
    "join": {"others": ["I3"]},
    "split": {},
    "delete": {},
}


def suggested(way: str) -> str:
    """Return the address of a way to suggest another E1."""
    return f"maps/harbour/elements/E1/suggest/{way}/"


def edited(way: str) -> str:
    """Return the address at which a way to edit is tried: I1, where it is for inferences."""
    return f"maps/harbour/elements/{'I1' if way in {'join', 'split'} else 'E1'}/{way}/"


TABLE = [
    # Pages.
    Row("", "get", ANYONE),
    Row(MAP, "get", PAGE),
    *(Row(f"{MAP}graph.{name}", "get", PAGE) for name in ("dot", "svg", "png", "pdf")),
    Row(f"{MAP}outline/", "get", PAGE),
    Row(f"{MAP}find/", "get", PAGE),
    Row(f"{MAP}elements/<str:key>/", "get", PAGE),
    Row(f"{MAP}sources/<str:key>/", "get", PAGE, filled="maps/harbour/sources/S1/"),
    Row(f"{MAP}live/", "get", PAGE),
    # There is nothing to undo: which is said, and the browser sent back to the map.
    Row(f"{MAP}undo/", "post", edit(303)),
    Row(f"{MAP}redo/", "post", edit(303)),
    Row(f"{MAP}add/", "get", edit()),
    Row(f"{MAP}add/", "post", edit(303), {**TYPED, "kind": "claim"}),
    *(
        row
        for way, typed in WAYS_TO_EDIT.items()
        for row in (
            Row(f"{ELEMENT}{way}/", "get", edit(), filled=edited(way)),
            # There is nothing that I1 could be joined with.
            Row(
                f"{ELEMENT}{way}/",
                "post",
                edit(422 if way == "join" else 303),
                {**TYPED, **typed},
                edited(way),
            ),
        )
    ),
    *(
        row
        for way in ("wording", "kind", "grade", "likelihood", "support", "attack")
        for row in (
            Row(f"{ELEMENT}suggest/{way}/", "get", review(200, nobody=302), filled=suggested(way)),
            Row(
                f"{ELEMENT}suggest/{way}/",
                "post",
                # There was no E1 at version 1 to word otherwise: which whoever may suggest is told.
                review(303 if way in {"support", "attack"} else 422, nobody=302),
                PROPOSED,
                suggested(way),
            ),
        )
    ),
    *(
        Row(f"{MAP}suggestions/<number:number>/{way}/", verb, allowed, {"seen": 1, **sent})
        # E1 was changed since: which is said, and what was suggested is not done.
        for way, sent, done in (
            ("accept", {}, 409),
            ("amend", {"text": "Ice."}, 409),
            ("decline", {"reason": "No."}, 303),
        )
        for verb, allowed in (("get", edit()), ("post", edit(done)))
    ),
    Row(f"{MAP}suggestions/<number:number>/withdraw/", "get", review(200, nobody=302)),
    Row(f"{MAP}suggestions/<number:number>/withdraw/", "post", own(303), {"seen": 1}),
    Row(f"{MAP}comments/", "get", review(302, nobody=302)),
    Row(f"{MAP}comments/", "post", review(303, nobody=302), SAID),
    Row(f"{MAP}comments/<int:number>/resolve/", "post", review(303, nobody=302)),
    Row(f"{MAP}comments/<int:number>/reopen/", "post", review(303, nobody=302)),
    Row(f"{MAP}comments/<int:number>/", "get", LED),
    Row(f"{MAP}comments/<int:number>/earlier/", "get", PAGE),
    Row(f"{MAP}comments/<int:number>/edit/", "get", own(200)),
    Row(f"{MAP}comments/<int:number>/edit/", "post", own(303), {"body": "Why not?"}),
    Row(f"{MAP}comments/<int:number>/confirm/", "post", own(303), {"version_seen": 1}),
    Row(f"{MAP}comments/<int:number>/delete/", "post", DELETE),
    Row(f"{MAP}comments/preview/", "post", review(200, nobody=302), {"body": "Why?"}),
    Row(f"{MAP}people/", "get", review(200, nobody=302)),
    Row(REVIEW, "get", PAGE),
    Row(f"{REVIEW}report.md", "get", PAGE),
    # Who owns the map may be asked whatever its visibility; only the page names them by number.
    Row(f"{REVIEW}rounds/", "post", edit(422)),
    Row(f"{REVIEW}rounds/<int:number>/close/", "post", edit(303)),
    Row(f"{REVIEW}verdicts/", "post", review(303, 302), {"verdict": "sound", "version_seen": 1}),
    *(
        Row(f"{REVIEW}{address}", "post", rights, filled=filled)
        for address, rights, filled in (
            ("verdicts/<int:number>/withdraw/", own(303), ""),
            ("verdicts/<str:name>/holds/", own(303), ""),
            ("comments/<str:name>/holds/", own(303), ""),
            # Nobody has given an answer, and only the reviewer a rating: which is said.
            ("answers/<str:name>/holds/", review(303, 302), "maps/harbour/review/answers/0/holds/"),
            (
                "ratings/<str:name>/holds/",
                review(303, 302),
                "maps/harbour/review/ratings/E1/holds/",
            ),
        )
    ),
    Row(f"{REVIEW}threads/<int:number>/", "post", review(303, 302), {"act": "resolve"}),
    Row(f"{REVIEW}suggestions/", "get", edit()),
    # Nothing is ticked: which is said.
    Row(f"{REVIEW}suggestions/", "post", edit(303)),
    Row("inbox/", "get", whatever_map(302, *[200] * 6)),
    Row("inbox/count/", "get", ANYONE),
    Row("inbox/mentions/", "post", whatever_map(302, *[303] * 6)),
    Row(QUESTION, "get", review(302, nobody=302)),
    Row(QUESTION, "post", review(303, nobody=302), ANSWERED),
    Row(f"{QUESTION}undercut/", "get", review(302, nobody=302)),
    Row(
        f"{QUESTION}undercut/",
        "post",
        review(303, nobody=302),
        {"text": "Tugs are dear.", "version_seen": 1},
    ),
    Row(f"{MAP}answers/<int:number>/withdraw/", "post", WITHDRAW_ANSWER),
    Row(f"{MAP}answers/<int:number>/confirm/", "post", HOLDS),
    Row(f"{ELEMENT}rating/", "get", review(302, nobody=302)),
    Row(
        f"{ELEMENT}rating/",
        "post",
        review(303, nobody=302),
        {"likelihood": "likely", "version_seen": 1},
    ),
    # Whoever has no rating is told so on the page that they are sent back to.
    Row(f"{ELEMENT}rating/withdraw/", "post", review(303, nobody=302)),
    Row(f"{ELEMENT}rating/confirm/", "post", review(303, nobody=302), {"version_seen": 1}),
    Row("accounts/login/", "get", ANYONE),
    Row("accounts/login/", "post", ANYONE),
    Row("accounts/login/", "put", ANYONE),
    Row("accounts/logout/", "post", whatever_map(*[302] * 7)),
    Row("accounts/digest/", "get", whatever_map(302, *[200] * 6)),
    Row("accounts/digest/", "post", whatever_map(302, *[303] * 6), {"how_often": "daily"}),
    # The link is signed, and this one is not.
    Row("accounts/digest/stop/<str:token>/", "get", NOTHING),
    Row("accounts/digest/stop/<str:token>/", "post", NOTHING),
    Row("health/live", "get", ANYONE),
    Row("health/ready", "get", ANYONE),
    # The API.
    *(Row("^.*/$", verb, NOTHING, filled="nothing/") for verb in VERBS),
    Row("api/v1/", "get", ANYONE),
    Row("api/v1/maps/", "get", ANYONE),
    Row(API, "get", READ),
    Row(f"{API}statements/", "get", READ),
    Row(f"{API}statements/<slug:key>/", "get", READ),
    Row(f"{API}inferences/", "get", READ),
    Row(f"{API}inferences/<slug:key>/", "get", READ, filled="api/v1/maps/harbour/inferences/I1/"),
    Row(f"{API}sources/", "get", READ),
    Row(f"{API}sources/<slug:key>/", "get", READ, filled="api/v1/maps/harbour/sources/S1/"),
    Row(f"{API}excerpts/", "get", READ),
    Row(f"{API}excerpts/<slug:key>/", "get", READ, filled="api/v1/maps/harbour/excerpts/X1/"),
    Row(f"{API}comments/", "get", READ),
    Row(f"{API}comments/", "post", review(201), {"body": "Why?"}),
    Row(f"{API}comments/<int:number>/", "get", READ),
    Row(f"{API}comments/<int:number>/", "patch", review(200), {"state": "resolved"}),
    Row(f"{API}comments/<int:number>/", "patch", REWORD, {"body": "Why not?"}),
    Row(f"{API}comments/<int:number>/", "delete", DELETE_COMMENT),
    Row(f"{API}comments/<int:number>/", "patch", OWN, {"version_seen": 1}),
    Row(f"{API}comments/<int:number>/earlier/", "get", READ),
    Row(f"{API}comments/<int:number>/since/", "get", READ),
    Row(f"{API}suggestions/", "get", READ),
    Row(f"{API}suggestions/", "post", review(201), SUGGESTED),
    # Of one that is not there it is said that it is not.
    Row(
        f"{API}suggestions/",
        "patch",
        edit_by_program(200),
        {"outcome": "accepted", "numbers": [999_999]},
    ),
    Row(f"{API}suggestions/<int:number>/", "get", READ),
    Row(f"{API}suggestions/<int:number>/", "patch", edit_by_program(200), {"outcome": "accepted"}),
    Row(
        f"{API}suggestions/<int:number>/",
        "patch",
        edit_by_program(200),
        {"outcome": "declined", "reason": "No."},
    ),
    Row(f"{API}suggestions/<int:number>/", "patch", OWN, {"outcome": "withdrawn"}),
    Row(f"{API}questions/", "get", READ),
    Row(f"{API}answers/", "get", READ),
    Row(
        f"{API}answers/",
        "post",
        review(201),
        {"about": "I1", "question": 1, "says": "satisfied"},
    ),
    Row(f"{API}answers/<int:number>/", "get", READ),
    Row(f"{API}answers/<int:number>/", "patch", OWN, {"version_seen": 1}),
    Row(f"{API}answers/<int:number>/", "delete", DELETE_COMMENT),
    Row(f"{API}answers/<int:number>/since/", "get", READ),
    Row(f"{API}ratings/", "get", READ),
    Row(f"{API}ratings/", "post", review(201), {"about": "E1", "likelihood": "likely"}),
    Row(f"{API}ratings/<slug:key>/", "get", READ),
    Row(f"{API}ratings/<slug:key>/", "patch", OWN_RATING, {"version_seen": 1}),
    Row(f"{API}ratings/<slug:key>/", "delete", WITHDRAW_RATING),
    Row(f"{API}ratings/<slug:key>/since/", "get", SINCE_RATED),
    Row(f"{API}disagreements/", "get", READ),
    Row(f"{API}review/", "get", READ),
    Row(f"{API}reviews/", "get", READ),
    Row(f"{API}reviews/", "post", review(201), {"verdict": "sound"}),
    Row(f"{API}reviews/<int:number>/", "get", READ),
    Row(f"{API}reviews/<int:number>/", "patch", OWN, {"version_seen": 1}),
    Row(f"{API}reviews/<int:number>/", "delete", WITHDRAW),
    Row(f"{API}reviews/<int:number>/since/", "get", READ),
    Row(f"{API}rounds/", "get", READ_SIGNED_IN),
    # Who owns the map may be asked whatever its visibility.
    Row(f"{API}rounds/", "post", edit_by_program(201), {"reviewers": ["analyst"]}),
    Row(f"{API}rounds/<int:number>/", "get", READ_SIGNED_IN),
    Row(f"{API}rounds/<int:number>/", "patch", edit_by_program(200), {"closed": True}),
    Row(f"{API}people/", "get", CALL),
    Row(f"{API}members/", "get", READ_SIGNED_IN),
    Row(f"{API}graph/", "get", READ),
    Row(f"{API}problems/", "get", READ),
    Row(f"{API}export/<slug:file_format>/", "get", READ),
    Row("api/v1/schemes/", "get", SIGNED_IN),
    Row("api/v1/schemes/<slug:scheme>/", "get", SIGNED_IN),
    Row("api/v1/inbox/", "get", SIGNED_IN),
    Row("api/v1/inbox/<slug:section>/", "get", SIGNED_IN, filled="api/v1/inbox/stale/"),
    Row("api/v1/mentions/", "get", SIGNED_IN),
    Row("api/v1/mentions/", "patch", SIGNED_IN, {"read": True, "numbers": [1]}),
    Row("api/v1/digest/", "get", SIGNED_IN),
    Row("api/v1/digest/", "patch", SIGNED_IN, {"how_often": "daily"}),
    Row("api/v1/tokens/", "get", SIGNED_IN),
    Row("api/v1/tokens/", "post", whatever_map(401, *[201] * 6), {"name": "export"}),
    # The token is the analyst's: not even a superuser sees it here.
    Row("api/v1/tokens/<int:number>/", "get", whatever_map(401, 404, 404, 404, 404, 200, 404)),
    Row("api/v1/tokens/<int:number>/", "delete", whatever_map(401, 404, 404, 404, 404, 204, 404)),
    Row("api/v1/formats/argmap-1.schema.json", "get", ANYONE),
    Row("api/v1/schema/", "get", ANYONE),
    Row("api/v1/docs/", "get", ANYONE),
    *(Row("api/v1/^.*/$", verb, NOTHING, filled="api/v1/nothing/") for verb in VERBS),
]


# The admin, which only staff sees. The editor and the analyst are in the group Analysts.
STAFF = whatever_map(302, 302, 302, 302, 200, 200, 200)
STAFF_ON_MAP = rights(
    # To the editor of a map that is private now there is no such row: back to the start page.
    (302, 302, 302, 302, 302, 200, 200),
    (302, 302, 302, 302, 200, 200, 200),
    (302, 302, 302, 302, 200, 200, 200),
)
FOUND = {**STAFF_ON_MAP, Visibility.PRIVATE: (302, 302, 302, 302, 404, 200, 200)}
OWNER = rights(
    (302, 302, 302, 302, 302, 200, 200),
    (302, 302, 302, 302, 403, 200, 200),
    (302, 302, 302, 302, 403, 200, 200),
)
FOUND_BY_OWNER = {**OWNER, Visibility.PRIVATE: (302, 302, 302, 302, 404, 200, 200)}
SUPERUSER = whatever_map(302, 302, 302, 302, 403, 403, 200)
SENT_ONLY = whatever_map(302, 302, 302, 302, 405, 405, 405)
NO_STAFF = whatever_map(302, 302, 302, 302, 403, 403, 403)
NO_ROW = whatever_map(302, 302, 302, 302, 404, 404, 404)
ELSEWHERE = whatever_map(*[302] * 7)

ON_MAPS = {
    "argumentmap": OWNER,
    "claim": STAFF_ON_MAP,
    "evidence": STAFF_ON_MAP,
    "counterargument": STAFF_ON_MAP,
    "inference": STAFF_ON_MAP,
    "source": STAFF_ON_MAP,
    "excerpt": STAFF_ON_MAP,
    "comment": OWNER,
}
"""Tables of maps, and the rights to delete their rows."""


def pages(table: str, seen: Rights, one: Rights, *, add: Rights, delete: Rights) -> list[Row]:
    """Return the rows of the six pages that the admin has for a table."""
    there = f"admin/{table}/"
    here = f"{there}<path:object_id>/"
    return [
        Row(there, "get", seen),
        Row(f"{there}add/", "get", add),
        Row(here, "get", ELSEWHERE),
        Row(f"{here}change/", "get", one),
        Row(f"{here}history/", "get", one),
        Row(f"{here}delete/", "get", delete),
    ]


ADMIN = [
    Row("admin/", "get", STAFF),
    Row("admin/login/", "get", whatever_map(302, 302, 302, 302, 302, 302, 302)),
    Row("admin/logout/", "post", ELSEWHERE),
    Row("admin/password_change/", "get", STAFF),
    Row("admin/password_change/done/", "get", STAFF),
    Row("admin/autocomplete/", "get", NO_STAFF),
    Row("admin/jsi18n/", "get", STAFF),
    Row("admin/seen/", "post", ELSEWHERE),
    Row("admin/argmap/argumentmap/<int:number>/elements/", "get", FOUND),
    Row("admin/argmap/argumentmap/<int:number>/duplicate/", "get", FOUND),
    Row("admin/argmap/argumentmap/<int:number>/snapshot/", "get", FOUND),
    *(
        Row(f"admin/argmap/argumentmap/<int:number>/{act}/", "get", FOUND_BY_OWNER)
        for act in ("transfer", "archive", "unarchive")
    ),
    Row("admin/argmap/argumentmap/<int:number>/snapshots/<int:snapshot>/", "get", FOUND),
    Row("admin/argmap/argumentmap/import/", "get", STAFF),
    # Nobody has sent a file: back to where one sends it.
    Row("admin/argmap/argumentmap/import/<int:upload>/", "get", ELSEWHERE),
    Row("admin/argmap/argumentmap/<int:number>/table/", "get", FOUND),
    Row(
        "admin/argmap/argumentmap/<int:number>/table/<int:upload>/",
        "get",
        {**ELSEWHERE, Visibility.PRIVATE: (302, 302, 302, 302, 404, 302, 302)},
    ),
    Row("admin/argmap/argumentmap/<int:number>/export/", "get", FOUND),
    Row("admin/argmap/argumentmap/<int:number>/export/<slug:file_format>/", "get", FOUND),
    # Nobody has chosen any: back to the list.
    Row("admin/argmap/source/merge/", "get", ELSEWHERE),
    *(
        Row(f"admin/argmap/{table}/{page}/neighbourhood/", "get", SENT_ONLY)
        for table in ("claim", "evidence", "counterargument", "inference")
        for page in ("<path:object_id>/change", "add")
    ),
    Row("admin/^(?P<app_label>argmap|auth)/$", "get", STAFF, filled="admin/argmap/"),
    Row("admin/(?P<url>.*)$", "get", NO_ROW, filled="admin/nothing/"),
    Row("admin/auth/user/<id>/password/", "get", SUPERUSER),
    *(
        row
        for table, delete in ON_MAPS.items()
        for row in pages(f"argmap/{table}", STAFF, STAFF_ON_MAP, add=STAFF, delete=delete)
    ),
    # Nothing is chosen, and no act has this number.
    *(
        row
        for table in ("claim", "evidence", "counterargument")
        for verb in ("get", "post")
        for row in (
            Row(
                f"admin/argmap/{table}/bulk/<slug:name>/",
                verb,
                ELSEWHERE,
                filled=f"admin/argmap/{table}/bulk/status/",
            ),
            Row(
                f"admin/argmap/{table}/undo/<uuid:batch>/",
                verb,
                NO_ROW,
                filled=f"admin/argmap/{table}/undo/{UUID(int=0)}/",
            ),
        )
    ),
    *pages("argmap/change", STAFF, STAFF_ON_MAP, add=NO_STAFF, delete=NO_STAFF),
    *pages("argmap/scheme", STAFF, STAFF, add=NO_STAFF, delete=NO_STAFF),
    *pages("auth/user", SUPERUSER, SUPERUSER, add=SUPERUSER, delete=SUPERUSER),
    *pages("auth/group", SUPERUSER, SUPERUSER, add=SUPERUSER, delete=SUPERUSER),
]
