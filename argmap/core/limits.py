"""How much a map may hold, and why: one place for the tables, the formats and the rules."""

from __future__ import annotations

TEXT_LIMIT = 10_000
"""Longest statement, note, warrant, summary or quotation, in code points: three dense pages."""

LINE_LIMIT = 300
"""Longest name or heading, in code points: two lines on a screen."""

TITLE_LIMIT = 120
"""Longest title of a statement, in code points: what a box of the drawing can show."""

ISSUE_LIMIT = 1_000
"""Longest issue, in code points: a question, not an essay."""

CONTEXT_LIMIT = 1_000
"""Longest prefix or suffix of a quotation, in code points; browsers make them of about 32."""

SLUG_LIMIT = 80
"""Longest slug, in characters: an address stays readable."""

URL_LIMIT = 2_000
"""Longest address, in characters: what old browsers and proxies still take."""

MEDIA_TYPE_LIMIT = 100
"""Longest media type, in characters; RFC 6838 allows 127 for each half, none comes near."""

PERSON_LIMIT = 150
"""Longest name of a user, in characters: that of Django's table of users."""

TAG_LIMIT = 60
"""Longest tag, in code points."""

TAGS_LIMIT = 30
"""Most tags of one statement: more than anyone reads."""

AUTHORS_LIMIT = 100
"""Most authors of one source."""

PREMISES_LIMIT = 50
"""Most premises of one inference: a conjunction of more is no step that a person can check."""

PASTE_LIMIT = 500
"""Most statements that one paste makes: more is a file, which an import reads."""

EXCERPTS_LIMIT = 100
"""Most excerpts of one statement."""

SOURCES_LIMIT = 5_000
"""Most sources of one map."""

STATEMENTS_LIMIT = 20_000
"""Most statements of one map: twice the largest that the drawings and figures are tested with."""

INFERENCES_LIMIT = 40_000
"""Most inferences of one map: two for each statement."""

COMMENTS_LIMIT = 50_000
"""Most comments, most reviews, and most answers, in one file."""

SOURCE_TEXT_LIMIT = 5_000_000
"""Longest text of a source, in code points: a book of some 2,500 pages."""

MENTIONS_LIMIT = 20
"""Most people whom one comment calls by name: more is an announcement."""

REVIEWERS_LIMIT = 100
"""Most people whom one round asks for a review."""

NONCE_LIMIT = 64
"""Longest mark by which a form that is sent twice is known, in characters: a UUID has 36."""

NESTING_LIMIT = 32
"""Deepest place in a file, in steps: ten more levels than any known format needs."""

WHOLE_LIMIT = 2_147_483_647
"""Largest whole number: that of a PostgreSQL integer column."""

COLUMNS_LIMIT = 100
"""Most columns of a table: seven times those that are read."""

UNPACKED_LIMIT = 100_000_000
"""Most bytes that a workbook unpacks to: 20,000 statements of a page and a half each."""
