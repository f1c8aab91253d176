from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.core.kinds import Kind, Stance
from argmap.core.limits import PASTE_LIMIT, TAG_LIMIT, TAGS_LIMIT, TEXT_LIMIT, TITLE_LIMIT
from argmap.core.pasting import PasteError, Reason, read

UNLIKE = "its indentation cannot be compared with that of line"
LIST = """\
+ [Ice]: Ice blocked the harbour on
    forty days. #evidence #winter #(to check)
  − Last winter was the coldest for a century.
    _ Every winter since has been colder.

  – Ships cannot wait for spring. #evidence
＋ <Cost>: It costs too much.
"""


def test_a_list_as_people_paste_it() -> None:
    ice, coldest, colder, ships, cost = read(LIST)

    assert ice == Reason(
        line=1,
        under=None,
        stance=Stance.SUPPORT,
        undercuts=False,
        kind=Kind.EVIDENCE,
        text="Ice blocked the harbour on forty days.",
        title="Ice",
        tags=("to check", "winter"),
    )
    assert (coldest.under, coldest.stance, coldest.undercuts) == (0, Stance.ATTACK, False)
    assert coldest.kind is Kind.COUNTERARGUMENT
    assert (colder.under, colder.stance, colder.undercuts) == (1, Stance.ATTACK, True)
    assert colder.kind is Kind.COUNTERARGUMENT
    assert (ships.line, ships.under, ships.kind) == (6, 0, Kind.EVIDENCE)
    assert (cost.under, cost.kind) == (None, Kind.CLAIM)
    assert (cost.title, cost.text) == ("Cost", "It costs too much.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "There is nothing here to paste."),
        (" \n\t\n", "There is nothing here to paste."),
        ("Ice.", "Line 1: start it with + (supports) or - (attacks)."),
        ("+ Ice.\nSnow.", "Line 2: start it with + (supports) or - (attacks)."),
        ("  + Ice.\n  Snow.", "Line 2: start it with + (supports) or - (attacks)."),
        ("* Ice.", "Line 1: start it with + (supports) or - (attacks)."),
        ("+", "Line 1: it says nothing."),
        ("+ Ice.\n- #evidence", "Line 2: it says nothing."),
        ("+Ice.", "Line 1: put a space after the +, or join the line to the one above."),
        (
            "+ It was\n  -5 °C.",
            "Line 2: put a space after the -, or join the line to the one above.",
        ),
        ("+> Ice.", "Line 1: +> turns the step round: put what bears on a line under it instead."),
        (
            "_ Ice.",
            "Line 1: _ undercuts the step of the line that it stands under: it stands under none.",
        ),
        (
            "+ A\n\t+ B\n    + C",
            f"Line 3: {UNLIKE} 2: use spaces or tabs, the same in both.",
        ),
        (
            "\t+ A\n    and more",
            f"Line 2: {UNLIKE} 1: use spaces or tabs, the same in both.",
        ),
        ("+ [Ice]", "Line 1: [Ice] is a title without a text."),
        ("+ <Ice>: #cold", "Line 1: <Ice>: is a title without a text."),
        ("+ Ice. #claim #evidence", "Line 1: it cannot be both claim and evidence."),
        (
            f"+ {'w' * (TEXT_LIMIT + 1)}",
            f"Line 1: “{'w' * 20}…” has 10,001 characters, 10,000 is the most.",
        ),
        (
            f"+ [{'t' * (TITLE_LIMIT + 1)}]: Ice.",
            f"Line 1: “{'t' * 20}…” has 121 characters, 120 is the most.",
        ),
        (
            f"+ Ice. #{'t' * (TAG_LIMIT + 1)}",
            f"Line 1: “{'t' * 20}…” has 61 characters, 60 is the most.",
        ),
        (
            f"+ Ice. {' '.join(f'#t{n}' for n in range(TAGS_LIMIT + 9))}",
            "Line 1: no more than 30 tags.",
        ),
        (
            "+ A\n+ a NUL \x00",
            "Line 2: the character U+0000 at position 7 cannot be kept in a text.",
        ),
        ("+ A\n" * (PASTE_LIMIT + 1), "Line 501: 500 statements at once are the most."),
    ],
)
def test_what_is_refused_names_its_line(text: str, told: str) -> None:
    with pytest.raises(PasteError) as caught:
        read(text)

    assert str(caught.value) == told
    assert caught.value.line == (
        int(told[5:].split(":", maxsplit=1)[0]) if told.startswith("Line") else None
    )


def test_a_line_stands_under_the_nearest_that_is_indented_less() -> None:
    found = read("    + A\n        + B\n      + C\n\t\n    + D\n + E\n")
    assert [reason.under for reason in found] == [None, 0, 0, None, None]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[sic] it was closed.", "[sic] it was closed."),
        ("<b>closed</b>: yes", "<b>closed</b>: yes"),
        ("Berth #4 is #1.", "Berth #4 is #1."),
        ("C#", "C#"),
        ("A – b", "A – b"),
        ("it is #(never shut", "it is #(never shut"),
    ],
)
def test_what_only_looks_like_a_mark_is_text(text: str, said: str) -> None:
    (reason,) = read(f"+ {text}")
    assert (reason.text, reason.title, reason.tags) == (said, "", ())


def test_as_many_lines_as_the_limit_are_taken() -> None:
    assert len(read("+ A\n" * PASTE_LIMIT)) == PASTE_LIMIT


WORDS = st.lists(
    st.sampled_from(["ice", "کشتی", "5", "e\u0301t\u00e9", "it's", "a-b"]), min_size=1, max_size=5
)
MARKS = {(Stance.SUPPORT, False): "+＋", (Stance.ATTACK, False): "-–−", (Stance.ATTACK, True): "_"}


@st.composite
def branches(draw: st.DrawFn) -> tuple[str, list[Reason]]:
    """Return reasons, and a text that says them: any marks, indentation and line breaks."""
    unit = draw(st.sampled_from(["\t", " ", "  ", "    "]))
    lines: list[str] = []
    reasons: list[Reason] = []
    path: list[int] = []
    for place in range(draw(st.integers(1, 8))):
        path = path[: draw(st.integers(0, len(path)))]
        stance, undercuts = draw(st.sampled_from(list(MARKS) if path else list(MARKS)[:2]))
        own = Kind.CLAIM if stance is Stance.SUPPORT else Kind.COUNTERARGUMENT
        said = draw(st.none() | st.sampled_from(Kind))
        title = " ".join(draw(st.just([]) | WORDS))
        tags = draw(st.lists(st.sampled_from(["winter", "to check", "سرد"]), unique=True))
        words = draw(WORDS)
        indent = unit * len(path)
        head = f"[{title}]: " if title else ""
        tail = [f"#({tag})" for tag in tags] + ([f"#{said.value}"] if said else [])
        breaks = draw(st.sampled_from([" ", f"\n{indent}{unit} "]))
        reasons.append(
            Reason(
                line=1 + sum(line.count("\n") + 1 for line in lines),
                under=path[-1] if path else None,
                stance=stance,
                undercuts=undercuts,
                kind=said or own,
                text=" ".join(words),
                title=title,
                tags=tuple(sorted(tags)),
            )
        )
        mark = draw(st.sampled_from(MARKS[stance, undercuts]))
        lines.append(f"{indent}{mark} {head}{breaks.join([*words, *tail])}")
        path.append(place)
    return "\n".join(lines), reasons


@given(branches(), st.sampled_from(["\n", "\r\n", "\r", "\n \n"]))
def test_what_is_written_is_read(branch: tuple[str, list[Reason]], end: str) -> None:
    text, reasons = branch
    found = read(text.replace("\n", end))

    if end == "\n \n":
        reasons = [replace(reason, line=2 * reason.line - 1) for reason in reasons]
    assert list(found) == reasons


@given(st.text(st.sampled_from("+-_#[]<>: \t\n()a"), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    refused_at = 1
    found: tuple[Reason, ...] = ()
    try:
        found = read(text)
    except PasteError as error:
        refused_at = error.line or 1
    assert 1 <= refused_at <= text.count("\n") + 1
    assert all(reason.text for reason in found)
    assert all(reason.under is None or reason.under < n for n, reason in enumerate(found))
