from __future__ import annotations

import pytest

from argmap.core.citing import place_in_words, reference
from argmap.core.graph import Locator, Source


@pytest.mark.parametrize(
    ("locator", "words"),
    [
        (
            Locator(section="Winter", paragraph=2, sentence=1),
            "Winter, paragraph 2, sentence 1",
        ),
        (
            Locator(section="Winter", paragraph=2, sentence=1, last_sentence=3),
            "Winter, paragraph 2, sentences 1–3",
        ),
        (
            Locator(section="", paragraph=1, sentence=4, last_sentence=4),
            "before the first heading, paragraph 1, sentence 4",
        ),
    ],
)
def test_a_place_in_words(locator: Locator, words: str) -> None:
    assert place_in_words(locator) == words


def test_a_reference_names_what_is_known() -> None:
    full = Source(
        key="S1",
        title="The log",
        authors=("A. Pilot", "B. Mate"),
        publisher="Harbour Press",
        published="2016-12",
    )
    assert reference(full) == "A. Pilot and B. Mate, Harbour Press, 2016-12"
    assert reference(Source(key="S2", title="A leaflet")) == ""
