"""Who is told what by e-mail, how often, and what is not told."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from email import message_from_bytes, policy
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend as KeepMail
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from argmap import actions
from argmap.core.kinds import CommentState, Frequency, Likelihood, Role, Visibility
from argmap.mail import SiteUnknown
from argmap.models import (
    ArgumentMap,
    CriticalQuestion,
    Digest,
    Scheme,
    Told,
)
from tests.cast import person

HEADINGS = {
    "mention": "You were mentioned:",
    "reply": "Answers in threads that you take part in:",
    "request": "Reviews that you are asked for:",
    "verdict": "Verdicts that you asked for:",
    "point": "Suggestions, challenges and questions on a map that you edit:",
    "outcome": "What became of your suggestions:",
    "stale": "Judgements of yours on what has changed since:",
}

DUE = timezone.localdate() + timedelta(days=9)


@pytest.fixture(autouse=True)
def _where_the_site_is(settings: Settings) -> None:
    settings.SITE_URL = "https://maps.example"


@pytest.fixture
def everyone(
    a_map: ArgumentMap,
    analyst: User,
    editor: User,
    reviewer: User,
    viewer: User,
    outsider: User,
    admin: User,
) -> dict[str, User]:
    """The cast, who all want to be told each day."""
    cast = (analyst, editor, reviewer, viewer, outsider, admin)
    for each in cast:
        actions.choose_digest(actor=each, how_often="daily")
    return {each.username: each for each in cast}


@pytest.fixture
def by(a_map: ArgumentMap, everyone: dict[str, User]) -> Callable[[str], dict[str, Any]]:
    """Give `by("reviewer")`: what an action of that person on the map is given."""
    return lambda name: {"actor": everyone[name], "argument_map": a_map}


By = Callable[[str], dict[str, Any]]


def next_day() -> None:
    """Let it be as if the last run had been yesterday."""
    Digest.objects.update(looked_on=timezone.localdate() - timedelta(days=1))


def told(mails: list[EmailMessage]) -> dict[str, set[str]]:
    """Return under which headings each person was told something, by the name in their address."""
    return {
        mail.to[0].partition("@")[0]: {
            name for name, heading in HEADINGS.items() if heading in mail.body.splitlines()
        }
        for mail in mails
    }


def suggest(on: dict[str, Any]) -> int:
    made = actions.suggest(
        **on, does="edit", on="C1", after={"text": "It may close."}, body="Too strong."
    )
    return made.comment_id


def mention(by: By) -> None:
    actions.add_comment(**by("editor"), about="C1", body="What does @reviewer say?")


def reply(by: By) -> None:
    thread = actions.add_comment(**by("reviewer"), about="C1", body="Why?")
    actions.add_comment(**by("analyst"), parent=thread.pk, body="So it is.")


def further_reply(by: By) -> None:
    thread = actions.add_comment(**by("reviewer"), about="C1", body="Why?")
    actions.add_comment(**by("editor"), parent=thread.pk, body="So it is.")
    actions.add_comment(**by("analyst"), parent=thread.pk, body="Indeed.")


def request(by: By) -> None:
    reviewer = by("reviewer")["actor"]
    actions.ask_for_review(**by("analyst"), reviewers=[reviewer], due=DUE, message="Please.")


def verdict(by: By) -> None:
    reviewer = by("reviewer")["actor"]
    made = actions.ask_for_review(**by("analyst"), reviewers=[reviewer])
    for word in ("sound", "not_sound"):
        actions.give_verdict(**by("reviewer"), round=made.pk, verdict=word, summary="It leaks.")


def verdict_of_oneself(by: By) -> None:
    made = actions.ask_for_review(**by("analyst"), reviewers=[by("analyst")["actor"]])
    actions.give_verdict(**by("analyst"), round=made.pk, verdict="sound")


def verdict_unasked(by: By) -> None:
    actions.give_verdict(**by("reviewer"), verdict="sound")


def verdict_withdrawn(by: By) -> None:
    request(by)
    (asked,) = by("analyst")["argument_map"].rounds.all()
    given = actions.give_verdict(**by("reviewer"), round=asked.pk, verdict="sound")
    actions.withdraw_verdict(**by("reviewer"), review=given.pk)


def challenge(by: By) -> None:
    actions.add_comment(**by("reviewer"), about="E1", kind="challenge", body="Was it?")


def question(by: By) -> None:
    actions.add_comment(**by("reviewer"), about="E1", kind="question", body="Was it?")


def suggestion(by: By) -> None:
    suggest(by("reviewer"))


def accepted(by: By) -> None:
    actions.accept_suggestion(**by("editor"), comment=suggest(by("reviewer")))


def declined(by: By) -> None:
    comment = suggest(by("reviewer"))
    actions.decline_suggestion(**by("editor"), comment=comment, reason="It is not.")


def comment_of_an_import(by: By) -> None:
    actions.copy_map(**by("analyst"))


def stale_thread(by: By) -> None:
    actions.add_comment(**by("reviewer"), about="E1", body="Forty?")
    actions.edit_statement(**by("editor"), key="E1", text="Ice blocked it for fifty days.")


def stale_rating(by: By) -> None:
    actions.rate(**by("reviewer"), statement="E1", likelihood="likely")
    actions.edit_statement(**by("editor"), key="E1", text="Ice blocked it for fifty days.")


def stale_answer(by: By) -> None:
    asked = CriticalQuestion.objects.create(
        scheme=Scheme.objects.get(slug="sign"), order=1, text="Is it?"
    )
    actions.answer_question(**by("reviewer"), inference="I1", question=asked.pk, says="satisfied")
    actions.edit_inference(**by("editor"), key="I1", warrant="It will be dear.")


def stale_verdict(by: By) -> None:
    actions.give_verdict(**by("reviewer"), verdict="sound")
    actions.edit_statement(**by("editor"), key="E1", tags=["ice"])


def changed_back(by: By) -> None:
    actions.add_comment(**by("reviewer"), about="E1", body="Forty?")
    before = by("editor")["argument_map"].statements.get(key="E1").text
    actions.edit_statement(**by("editor"), key="E1", text="Ice.")
    actions.edit_statement(**by("editor"), key="E1", text=before)


def declined_after_others_spoke(by: By) -> None:
    comment = suggest(by("reviewer"))
    actions.add_comment(**by("analyst"), parent=comment, body="Hm.")
    actions.decline_suggestion(**by("editor"), comment=comment, reason="It is not.")


def deleted(by: By) -> None:
    comment = actions.add_comment(**by("reviewer"), about="C1", kind="challenge", body="@viewer?")
    actions.delete_comment(**by("reviewer"), comment=comment.pk)


def settled(by: By) -> None:
    comment = actions.add_comment(**by("reviewer"), about="C1", kind="challenge", body="Sure?")
    actions.settle_thread(**by("reviewer"), comment=comment.pk, state=CommentState.RESOLVED)


def closed(by: By) -> None:
    asked = actions.ask_for_review(**by("analyst"), reviewers=[by("reviewer")["actor"]])
    actions.close_round(**by("analyst"), round=asked.pk)


def mention_in_the_place_of_a_number(by: By) -> None:
    comment = actions.add_comment(**by("editor"), body="123")
    actions.edit_comment(**by("editor"), comment=comment.pk, body="123, @reviewer.")


def mention_by_an_edit(by: By) -> None:
    comment = actions.add_comment(**by("editor"), body="What does @viewer say?")
    actions.edit_comment(
        **by("editor"), comment=comment.pk, body="What do @viewer and @reviewer say?"
    )


CASES: list[tuple[Callable[[By], None], dict[str, set[str]]]] = [
    (mention, {"reviewer": {"mention"}}),
    (mention_in_the_place_of_a_number, {"reviewer": {"mention"}}),
    (mention_by_an_edit, {"reviewer": {"mention"}, "viewer": {"mention"}}),
    (reply, {"reviewer": {"reply"}}),
    (further_reply, {"reviewer": {"reply"}, "editor": {"reply"}}),
    (request, {"reviewer": {"request"}}),
    (challenge, {"analyst": {"point"}, "editor": {"point"}}),
    (question, {"analyst": {"point"}, "editor": {"point"}}),
    (verdict, {"analyst": {"verdict"}}),
    (verdict_of_oneself, {}),
    (verdict_unasked, {}),
    (verdict_withdrawn, {"reviewer": {"request"}}),
    (suggestion, {"analyst": {"point"}, "editor": {"point"}}),
    (accepted, {"reviewer": {"outcome"}}),
    (declined, {"reviewer": {"outcome"}}),
    (declined_after_others_spoke, {"reviewer": {"outcome", "reply"}, "analyst": {"reply"}}),
    (stale_thread, {"reviewer": {"stale"}}),
    (stale_rating, {"reviewer": {"stale"}}),
    (stale_answer, {"reviewer": {"stale"}}),
    (stale_verdict, {"reviewer": {"stale"}}),
    (changed_back, {}),
    (comment_of_an_import, {}),
    (deleted, {}),
    (settled, {}),
    (closed, {}),
]


@pytest.mark.parametrize(
    ("happens", "wanted"), CASES, ids=lambda case: getattr(case, "__name__", "")
)
def test_each_is_told_what_concerns_them_and_once(
    happens: Callable[[By], None],
    wanted: dict[str, set[str]],
    by: By,
    mailoutbox: list[EmailMessage],
) -> None:
    happens(by)
    assert actions.send_digests().mails == len(wanted)
    assert told(mailoutbox) == wanted

    next_day()
    assert actions.send_digests() == actions.Sent()
    assert len(mailoutbox) == len(wanted)


def test_nobody_is_mailed_twice_for_a_comment_however_often_it_is_reworded(
    by: By, mailoutbox: list[EmailMessage]
) -> None:
    at_once(by("viewer")["actor"], by("editor")["actor"])
    comment = actions.add_comment(**by("reviewer"), kind="challenge", body="Sure?")
    # The editor is told of the challenge, and whom it calls later is no news of it.
    bodies = ["Sure, @viewer and @editor?", "Sure?", "Sure, @viewer?", "Are you sure, @viewer?"]
    for body in bodies * 3:
        actions.edit_comment(**by("reviewer"), comment=comment.pk, body=body)
        actions.send_digests()
    told_of = [(mail.to[0].partition("@")[0], mail.body.count("> ")) for mail in mailoutbox]
    assert sorted(told_of) == [("analyst", 1), ("editor", 1), ("viewer", 1)]


def test_whom_a_comment_calls_before_and_after_a_run_is_told_in_one_line(
    by: By, mailoutbox: list[EmailMessage]
) -> None:
    comment = actions.add_comment(**by("reviewer"), body="@viewer?")
    for body in ("Well?", "@viewer, well?", "@viewer and @editor, well?"):
        actions.edit_comment(**by("reviewer"), comment=comment.pk, body=body)
    actions.send_digests()
    assert told(mailoutbox) == {"viewer": {"mention"}, "editor": {"mention"}}
    assert all(mail.body.count("  > @viewer and @editor, well?") == 1 for mail in mailoutbox)


def test_nobody_is_told_who_has_not_chosen_it(
    a_map: ArgumentMap, analyst: User, reviewer: User, mailoutbox: list[EmailMessage]
) -> None:
    on: dict[str, Any] = {"argument_map": a_map}
    actions.add_comment(**on, actor=reviewer, kind="challenge", body="Why?")
    actions.choose_digest(actor=analyst, how_often="daily")
    actions.choose_digest(actor=analyst, how_often="off")
    actions.add_comment(**on, actor=reviewer, kind="challenge", body="Why so?")
    assert actions.send_digests().mails == 0
    # What was said before one chose it is none of the news.
    actions.choose_digest(actor=analyst, how_often="daily")
    actions.send_digests()
    assert mailoutbox == []


def test_a_word_that_is_no_choice_is_refused(analyst: User) -> None:
    with pytest.raises(ValidationError, match="hourly"):
        actions.choose_digest(actor=analyst, how_often="hourly")


def test_one_mail_a_day_tells_all_of_it(
    by: By, a_map: ArgumentMap, mailoutbox: list[EmailMessage]
) -> None:
    mention(by)
    request(by)
    declined(by)
    stale_thread(by)
    actions.send_digests()
    (mail,) = [each for each in mailoutbox if each.to == ["reviewer@example.org"]]
    assert told([mail]) == {"reviewer": {"mention", "request", "outcome", "stale"}}
    assert mail.subject == "argmap: 4 new on The harbour should close"
    due = f"{DUE.day} {DUE:%B %Y}"
    for line in (
        "The harbour should close (TLP:CLEAR)",
        "https://maps.example/maps/harbour/",
        "* editor, comment on C1",
        "  > What does @reviewer say?",
        f"* analyst asks for your review of version {a_map.rounds.get().version}, by {due}",
        "  > Please.",
        "* editor: declined. Suggests another text of C1.",
        "  > It is not.",
        "* Your comment on E1: editor changed it (text)",
    ):
        assert line in mail.body.splitlines(), line
    challenge(by)
    actions.send_digests()
    assert not [each for each in mailoutbox if "Was it?" in each.body]
    next_day()
    actions.send_digests()
    assert {each.to[0] for each in mailoutbox if "> Was it?" in each.body} == {
        "analyst@example.org",
        "editor@example.org",
    }


def test_a_verdict_is_told_as_it_stands_and_once(
    by: By, a_map: ArgumentMap, mailoutbox: list[EmailMessage]
) -> None:
    verdict(by)
    actions.send_digests()
    (mail,) = mailoutbox
    lines = mail.body.splitlines()
    assert lines.count(f"* reviewer: not sound, of version {a_map.version}") == 1
    assert "  > It leaks." in lines
    assert "  https://maps.example/maps/harbour/review/" in lines
    assert "argmap: 1 new" in mail.subject


def test_no_figure_of_a_rating_is_told(by: By, mailoutbox: list[EmailMessage]) -> None:
    stale_rating(by)
    actions.rate(**by("editor"), statement="E1", likelihood="unlikely", confidence="low")
    actions.edit_statement(**by("analyst"), key="E1", text="Ice.", likelihood="very_likely")
    actions.send_digests()
    assert len(mailoutbox) == 2
    for mail in mailoutbox:
        # The map's own figure is none of a rating, and is not told either.
        for word in Likelihood:
            assert word.value not in mail.body
            assert word.label not in mail.body
        assert "rating on E1" in mail.body


def remove(on: dict[str, Any], *people: User) -> None:
    for each in people:
        actions.remove_member(**on, user=each)


@pytest.mark.parametrize(
    ("shut_out", "still"),
    [
        (
            lambda on, people: actions.edit_map(**on, visibility=Visibility.PRIVATE),
            {"analyst"},
        ),
        (
            lambda on, people: remove(on, people["editor"], people["reviewer"]),
            {"analyst", "viewer"},
        ),
        (
            lambda on, people: [
                actions.set_member(**on, user=people[each], role=Role.VIEWER)
                for each in ("editor", "reviewer")
            ],
            # Mentions may be read; there is nothing left to review or to edit.
            {"analyst", "viewer", "reviewer"},
        ),
        (lambda on, people: actions.archive_map(**on), {"viewer", "reviewer"}),
        (lambda on, people: actions.delete_map(**on), set()),
    ],
    ids=["private", "removed", "viewers", "archived", "deleted"],
)
def test_what_may_not_be_read_by_now_is_not_told(
    shut_out: Callable[[dict[str, Any], dict[str, User]], object],
    still: set[str],
    by: By,
    everyone: dict[str, User],
    mailoutbox: list[EmailMessage],
) -> None:
    request(by)
    challenge(by)
    stale_verdict(by)
    actions.add_comment(**by("analyst"), body="@viewer and @reviewer: look.")
    shut_out(by("analyst"), everyone)
    actions.send_digests()
    assert set(told(mailoutbox)) == still


def test_whoever_cannot_be_reached_is_left_alone(
    by: By, everyone: dict[str, User], mailoutbox: list[EmailMessage]
) -> None:
    User.objects.filter(username="editor").update(email="")
    User.objects.filter(username="analyst").update(is_active=False)
    challenge(by)
    sent = actions.send_digests()
    assert (sent, mailoutbox) == (actions.Sent(), [])


def test_an_address_that_would_be_a_header_is_refused_and_holds_up_nobody(
    by: By, mailoutbox: list[EmailMessage]
) -> None:
    User.objects.filter(username="analyst").update(email="a@example.org\nBcc: all@example.org")
    challenge(by)
    sent = actions.send_digests()
    assert set(sent.refused) == {"analyst"}
    assert [mail.to for mail in mailoutbox] == [["editor@example.org"]]


def test_what_people_wrote_makes_no_header_and_no_line_of_our_own(
    by: By, a_map: ArgumentMap, mailoutbox: list[EmailMessage]
) -> None:
    title = "Ice\r\nBcc: all@example.org\u2028\x85\tand snow"
    actions.edit_map(**by("analyst"), title=title)
    body = "Hm.\n-- \nNo more of these mails: https://evil.example\x85Bcc: x\u2028y"
    actions.add_comment(**by("reviewer"), kind="challenge", body=body)
    assert actions.send_digests().refused == {}
    for mail in mailoutbox:
        sent = mail.message()
        assert sent["Bcc"] is None
        assert sent["Subject"].startswith("argmap: 1 new on Ice Bcc: all@example.org and snow")
        lines = mail.body.splitlines()
        assert [line for line in lines if line == "-- "] == ["-- "]
        assert [line for line in lines if "evil" in line] == [
            "  > No more of these mails: https://evil.example"
        ]
        assert "  > Bcc: x" in lines


def test_of_a_map_that_is_marked_red_nothing_is_quoted(
    by: By, mailoutbox: list[EmailMessage]
) -> None:
    actions.edit_map(**by("analyst"), marking="TLP:RED")
    challenge(by)
    suggestion(by)
    actions.send_digests()
    assert len(mailoutbox) == 2
    for mail in mailoutbox:
        assert ">" not in mail.body
        assert "challenge on E1" in mail.body


def test_a_mail_can_be_ended_by_programs(by: By, mailoutbox: list[EmailMessage]) -> None:
    mention(by)
    actions.send_digests()
    (mail,) = mailoutbox
    received = message_from_bytes(mail.message().as_bytes(), policy=policy.default)
    # The line is too long and is folded right after the colon.
    link = received["List-Unsubscribe"].strip()
    assert re.fullmatch(r"<https://maps\.example/accounts/digest/stop/[\w:-]+/>", link)
    assert received["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert received["Auto-Submitted"] == "auto-generated"
    assert link.strip("<>") in mail.body


def test_more_than_one_reads_is_counted(by: By, mailoutbox: list[EmailMessage]) -> None:
    for number in range(23):
        actions.add_comment(**by("reviewer"), kind="challenge", body=f"Number {number}. " * 100)
    actions.send_digests()
    for mail in mailoutbox:
        assert mail.subject.startswith("argmap: 23 new")
        assert "* and 3 more" in mail.body.splitlines()
        assert len(mail.body) < 20 * 1_000


def test_without_an_address_of_the_site_nothing_is_sent(
    by: By, settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    challenge(by)
    settings.SITE_URL = ""
    with pytest.raises(SiteUnknown):
        actions.send_digests()
    settings.SITE_URL = "https://maps.example"
    assert actions.send_digests().mails == 2


class Stumbling(KeepMail):
    """A mail server that does not take every mail."""

    refuses: set[str] = set()
    answers = 99

    def open(self) -> None:
        if Stumbling.answers == 0:
            raise ConnectionRefusedError("Connection refused")

    def send_messages(self, messages: Any) -> int:
        for message in messages:
            if message.to[0] in Stumbling.refuses:
                raise SMTPRecipientsRefused({message.to[0]: (550, b"unknown")})
            Stumbling.answers -= 1
        return super().send_messages(messages)


@pytest.fixture
def stumbling(settings: Settings) -> type[Stumbling]:
    settings.EMAIL_BACKEND = f"{__name__}.Stumbling"
    Stumbling.refuses, Stumbling.answers = set(), 99
    return Stumbling


def test_a_run_that_fails_half_way_tells_nobody_twice_and_leaves_nobody_out(
    by: By, stumbling: type[Stumbling], mailoutbox: list[EmailMessage]
) -> None:
    challenge(by)
    reply(by)
    stumbling.answers = 1
    sent = actions.send_digests()
    assert (sent.mails, sent.down) == (1, "Connection refused")
    assert not Digest.objects.exclude(claim=None).exists()

    stumbling.answers = 99
    sent = actions.send_digests()
    assert (sent.mails, sent.down) == (2, "")
    assert sorted(mail.to[0] for mail in mailoutbox) == [
        "analyst@example.org",
        "editor@example.org",
        "reviewer@example.org",
    ]
    next_day()
    assert actions.send_digests().mails == 0


def test_one_whose_mail_is_refused_holds_up_nobody_and_is_tried_again(
    by: By, stumbling: type[Stumbling], mailoutbox: list[EmailMessage]
) -> None:
    challenge(by)
    stumbling.refuses = {"analyst@example.org"}
    sent = actions.send_digests()
    assert (sent.mails, set(sent.refused)) == (1, {"analyst"})
    stumbling.refuses = set()
    assert actions.send_digests().mails == 1
    assert len(mailoutbox) == 2


def test_a_run_that_breaks_down_is_taken_up_where_it_was(
    by: By, stumbling: type[Stumbling], mailoutbox: list[EmailMessage], monkeypatch: Any
) -> None:
    challenge(by)

    def break_down(self: KeepMail, messages: Any) -> int:
        if len(mailoutbox) == 1:
            raise KeyboardInterrupt
        return KeepMail.send_messages(self, messages)

    monkeypatch.setattr(Stumbling, "send_messages", break_down)
    with pytest.raises(KeyboardInterrupt):
        actions.send_digests()
    monkeypatch.undo()
    assert actions.send_digests().mails == 1
    assert len({mail.to[0] for mail in mailoutbox}) == len(mailoutbox) == 2


def test_what_another_process_is_sending_is_left_to_it_for_a_while(
    by: By, mailoutbox: list[EmailMessage]
) -> None:
    challenge(by)
    now = timezone.now()
    theirs = Digest.objects.filter(user__username="editor")
    theirs.update(claim="00000000-0000-0000-0000-000000000001", claimed_at=now)
    actions.send_digests()
    assert set(told(mailoutbox)) == {"analyst"}
    # It died.
    theirs.update(claimed_at=now - timedelta(hours=2))
    actions.send_digests()
    assert set(told(mailoutbox)) == {"analyst", "editor"}


def test_whoever_ends_it_meanwhile_gets_none(
    by: By, stumbling: type[Stumbling], mailoutbox: list[EmailMessage], monkeypatch: Any
) -> None:
    challenge(by)

    def stop_the_others(self: KeepMail, messages: Any) -> int:
        for digest in Digest.objects.exclude(user__email__in=messages[0].to):
            actions.stop_digest(user=digest.user_id)
        return KeepMail.send_messages(self, messages)

    monkeypatch.setattr(Stumbling, "send_messages", stop_the_others)
    assert actions.send_digests().mails == 1
    assert len(mailoutbox) == 1


def test_what_happens_on_other_maps_or_late_is_told_by_its_own_log(
    by: By, a_map: ArgumentMap, everyone: dict[str, User], mailoutbox: list[EmailMessage]
) -> None:
    """A change that was begun before a run and committed after it, on a map of which others were told."""
    other = actions.create_map(actor=everyone["analyst"], title="Snow", slug="snow")
    actions.edit_map(actor=None, argument_map=other, visibility=Visibility.PUBLIC)
    challenge(by)
    actions.send_digests()
    mailoutbox.clear()
    late = actions.add_comment(
        actor=everyone["reviewer"], argument_map=a_map, kind="challenge", body="Late?"
    )
    change = a_map.changes.latest("activity")
    type(change).objects.filter(pk=change.pk).update(at=timezone.now() - timedelta(minutes=30))
    next_day()
    Digest.objects.update(since=timezone.now() - timedelta(hours=1))
    actions.send_digests()
    assert [mail.to for mail in mailoutbox if late.body in mail.body] == [
        ["analyst@example.org"],
        ["editor@example.org"],
    ]
    assert all("Was it?" not in mail.body for mail in mailoutbox)


def at_once(*people: User) -> None:
    for each in people:
        actions.choose_digest(actor=each, how_often="at_once")


def test_at_once_is_after_the_commit(
    a_map: ArgumentMap,
    analyst: User,
    editor: User,
    reviewer: User,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    at_once(analyst)
    actions.choose_digest(actor=editor, how_often=Frequency.DAILY)
    on: dict[str, Any] = {"actor": reviewer, "argument_map": a_map}
    with django_capture_on_commit_callbacks(execute=True):
        actions.add_comment(**on, about="E1", kind="challenge", body="Was it?")
        assert mailoutbox == []
    assert [mail.to for mail in mailoutbox] == [["analyst@example.org"]]
    with django_capture_on_commit_callbacks(execute=True):
        actions.add_comment(**on, about="E2", kind="challenge", body="Does it?")
    assert ["Was it?" in mail.body for mail in mailoutbox] == [True, False]
    actions.send_digests()
    assert [mail.to[0] for mail in mailoutbox[2:]] == ["editor@example.org"]


def test_what_goes_stale_is_told_once_a_day_even_to_those(
    a_map: ArgumentMap,
    analyst: User,
    reviewer: User,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    at_once(reviewer)
    on: dict[str, Any] = {"argument_map": a_map}
    with django_capture_on_commit_callbacks(execute=True):
        comment = actions.add_comment(**on, actor=reviewer, about="E1", body="Was it?")
        actions.edit_statement(**on, actor=analyst, key="E1", text="Ice.")
        actions.add_comment(**on, actor=analyst, parent=comment.pk, body="It was.")
    assert told(mailoutbox) == {"reviewer": {"reply"}}
    mailoutbox.clear()
    actions.send_digests()
    assert told(mailoutbox) == {"reviewer": {"stale"}}
    actions.edit_statement(**on, actor=analyst, key="E1", text="Snow.")
    actions.confirm_comment(**on, actor=reviewer, comment=comment.pk)
    actions.edit_statement(**on, actor=analyst, key="E1", text="Hail.")
    actions.send_digests()
    assert len(mailoutbox) == 1
    next_day()
    actions.send_digests()
    assert len(mailoutbox) == 2


def test_a_mail_server_that_is_down_breaks_no_comment_and_is_spared(
    a_map: ArgumentMap,
    analyst: User,
    reviewer: User,
    stumbling: type[Stumbling],
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    at_once(analyst)
    actions.send_digests()
    stumbling.answers = 0
    on: dict[str, Any] = {"actor": reviewer, "argument_map": a_map}
    with django_capture_on_commit_callbacks(execute=True):
        actions.add_comment(**on, kind="challenge", body="Was it?")
    assert a_map.comments.count() == 1
    with django_capture_on_commit_callbacks() as callbacks:
        actions.add_comment(**on, kind="challenge", body="Was it so?")
    stumbling.answers = 99
    # It is not tried again for some minutes.
    with django_assert_num_queries(0):
        callbacks[0]()
    assert mailoutbox == []
    assert actions.send_digests().mails == 1
    assert "Was it?" in mailoutbox[0].body
    assert "Was it so?" in mailoutbox[0].body


def test_where_nobody_wants_to_be_told_at_once_that_is_one_query(
    a_map: ArgumentMap,
    analyst: User,
    reviewer: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    on: dict[str, Any] = {"argument_map": a_map}
    with django_capture_on_commit_callbacks() as callbacks:
        actions.add_comment(**on, actor=reviewer, body="Why?")
        # Nothing was said to anyone.
        actions.edit_statement(**on, actor=analyst, key="E1", text="Ice.")
    assert len(callbacks) == 1
    # who wants to be told at once
    with django_assert_num_queries(1):
        callbacks[0]()


def fill_a_day(by: By, readers: list[User], text: str) -> None:
    """Let something of each topic happen to each of some editors, who have rated and judged."""
    for each in readers:
        mine = {**by("analyst"), "actor": each}
        thread = actions.add_comment(**mine, about="E1", body="Why?")
        actions.add_comment(**by("analyst"), parent=thread.pk, body=f"So, @{each.username}.")
        actions.add_comment(**by("analyst"), parent=thread.pk, body="It is.")
        actions.rate(**mine, statement="E1", likelihood="likely")
        actions.decline_suggestion(**by("analyst"), comment=suggest(mine), reason="No.")
        actions.give_verdict(**mine, verdict="sound")
        asked = actions.ask_for_review(**mine, reviewers=[by("reviewer")["actor"]])
        actions.give_verdict(**by("reviewer"), round=asked.pk, verdict="sound")
    challenge(by)
    actions.ask_for_review(**by("analyst"), reviewers=readers)
    actions.edit_statement(**by("analyst"), key="E1", text=text)


def test_questions_and_verdicts_are_told_at_once_too(
    a_map: ArgumentMap,
    analyst: User,
    reviewer: User,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    at_once(analyst)
    on: dict[str, Any] = {"argument_map": a_map}
    asked = actions.ask_for_review(**on, actor=analyst, reviewers=[reviewer])
    with django_capture_on_commit_callbacks(execute=True):
        actions.add_comment(**on, actor=reviewer, kind="question", body="Was it?")
    with django_capture_on_commit_callbacks(execute=True):
        actions.give_verdict(**on, actor=reviewer, round=asked.pk, verdict="sound")
    assert [told([mail]) for mail in mailoutbox] == [
        {"analyst": {"point"}},
        {"analyst": {"verdict"}},
    ]


@pytest.mark.parametrize("size", [1, 12])
def test_the_queries_of_a_batch_do_not_grow_with_its_people(
    size: int,
    by: By,
    django_assert_num_queries: DjangoAssertNumQueries,
    mailoutbox: list[EmailMessage],
) -> None:
    Digest.objects.update(how_often="off")
    readers = [person(f"reader{number}") for number in range(size)]
    for each in readers:
        actions.choose_digest(actor=each, how_often="daily")
        actions.set_member(**by("analyst"), user=each, role=Role.EDITOR)
    fill_a_day(by, readers, "Ice.")
    # two lists of whose turn it is; digests claimed and fetched;
    # what was said: the log, comments, who is called, who takes part, who edits, suggestions, requests and verdicts;
    # what went stale: comments, answers, ratings, verdicts, the changes, differences of two of them;
    # roles, how far each was told; noted as looked at, let go;
    # for each mail: whether it is still wanted, how far was told, and how far is now
    with django_assert_num_queries(22 + 3 * size):
        actions.send_digests()
    assert told(mailoutbox) == {each.username: set(HEADINGS) for each in readers}

    # Where there is no news, nothing is noted of it.
    next_day()
    with django_assert_num_queries(22):
        actions.send_digests()
    assert Told.objects.count() == size


def test_due_dates_are_told_as_dates(by: By, mailoutbox: list[EmailMessage]) -> None:
    reviewer = by("reviewer")["actor"]
    actions.ask_for_review(**by("analyst"), reviewers=[reviewer], due=date(2099, 3, 4))
    actions.ask_for_review(**by("analyst"), reviewers=[reviewer])
    actions.send_digests()
    assert ", by 4 March 2099" in mailoutbox[0].body
    assert ", by no set date" in mailoutbox[0].body
