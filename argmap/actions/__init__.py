"""Every write. This is the only door: the faces call these functions and no model's save.

Each is keyword-only and atomic, takes the map's row before it looks at anything, and leaves one
Change (tokens, uploads and digests, which belong to no map, leave none; nor does what someone has
looked at, or read of what calls them by name, which tells nobody else anything).
"""

from __future__ import annotations

from argmap.actions.altering import delete_statements, edit_statements, new_values
from argmap.actions.answers import answer_question, withdraw_answer
from argmap.actions.archiving import archive_map, unarchive_map
from argmap.actions.base import Conflict, Gone, deleted_meanwhile
from argmap.actions.comments import add_comment, delete_comment, edit_comment, settle_thread
from argmap.actions.confirming import (
    confirm_answer,
    confirm_comment,
    confirm_rating,
    confirm_verdict,
)
from argmap.actions.copying import copy_map
from argmap.actions.digests import choose_digest, stop_digest
from argmap.actions.excerpts import add_excerpt, delete_excerpt, edit_excerpt
from argmap.actions.imports import Imported, import_graph, import_graph_in_steps
from argmap.actions.inferences import add_inference, delete_inference, edit_inference
from argmap.actions.linking import join_inferences, split_inference
from argmap.actions.looking import look_at
from argmap.actions.maps import create_map, delete_map, edit_map
from argmap.actions.members import remove_member, set_member
from argmap.actions.mentions import read_mentions
from argmap.actions.merging import merge_statements
from argmap.actions.moving import Moved, move_statements, source_there
from argmap.actions.pasting import Pasted, paste_branch
from argmap.actions.ratings import rate, withdraw_rating
from argmap.actions.reasons import add_new_premise, add_premise, add_reason
from argmap.actions.refusals import REFUSALS, reason_of
from argmap.actions.removal import falling
from argmap.actions.repeating import Repeated
from argmap.actions.restoring import restore_element
from argmap.actions.reviews import (
    ask_for_review,
    close_round,
    give_verdict,
    withdraw_verdict,
)
from argmap.actions.snapshots import take_snapshot
from argmap.actions.source_merges import merge_sources, text_problem
from argmap.actions.sources import Attached, add_source, attach_text, delete_source, edit_source
from argmap.actions.statements import add_statement, delete_statement, edit_statement
from argmap.actions.steps import Progress, Steps, finish
from argmap.actions.suggestions import (
    Accepted,
    accept_suggestion,
    accept_suggestions,
    decline_suggestion,
    suggest,
    withdraw_suggestion,
)
from argmap.actions.tables import Tabled, write_table, write_table_in_steps
from argmap.actions.telling import Sent, send_digests
from argmap.actions.together import Chosen
from argmap.actions.tokens import make_token, revoke_token, user_of_token
from argmap.actions.undoing import (
    NothingToUndo,
    batch_of,
    redo,
    taken_back,
    undo,
    undo_batch,
    undoable,
)
from argmap.actions.uploads import keep_upload, spend_upload

__all__ = [
    "REFUSALS",
    "Accepted",
    "Attached",
    "Chosen",
    "Conflict",
    "Gone",
    "Imported",
    "Moved",
    "NothingToUndo",
    "Pasted",
    "Progress",
    "Repeated",
    "Sent",
    "Steps",
    "Tabled",
    "accept_suggestion",
    "accept_suggestions",
    "add_comment",
    "add_excerpt",
    "add_inference",
    "add_new_premise",
    "add_premise",
    "add_reason",
    "add_source",
    "add_statement",
    "answer_question",
    "archive_map",
    "ask_for_review",
    "attach_text",
    "batch_of",
    "choose_digest",
    "close_round",
    "confirm_answer",
    "confirm_comment",
    "confirm_rating",
    "confirm_verdict",
    "copy_map",
    "create_map",
    "decline_suggestion",
    "delete_comment",
    "delete_excerpt",
    "delete_inference",
    "delete_map",
    "delete_source",
    "delete_statement",
    "delete_statements",
    "deleted_meanwhile",
    "edit_comment",
    "edit_excerpt",
    "edit_inference",
    "edit_map",
    "edit_source",
    "edit_statement",
    "edit_statements",
    "falling",
    "finish",
    "give_verdict",
    "import_graph",
    "import_graph_in_steps",
    "join_inferences",
    "keep_upload",
    "look_at",
    "make_token",
    "merge_sources",
    "merge_statements",
    "move_statements",
    "new_values",
    "paste_branch",
    "rate",
    "read_mentions",
    "reason_of",
    "redo",
    "remove_member",
    "restore_element",
    "revoke_token",
    "send_digests",
    "set_member",
    "settle_thread",
    "source_there",
    "spend_upload",
    "split_inference",
    "stop_digest",
    "suggest",
    "take_snapshot",
    "taken_back",
    "text_problem",
    "unarchive_map",
    "undo",
    "undo_batch",
    "undoable",
    "user_of_token",
    "withdraw_answer",
    "withdraw_rating",
    "withdraw_suggestion",
    "withdraw_verdict",
    "write_table",
    "write_table_in_steps",
]
