"""Filters whose choices tell how many rows each finds: those of statements, inferences, sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.dateformat import format as format_date
from django.utils.dateparse import parse_date

from argmap import access
from argmap.admin.asking import once, person_of
from argmap.admin.choosing import Choosing, Offer
from argmap.admin.facts import ASKED, NONE, SOME, UNANSWERED
from argmap.admin.lists import MapFilter, readable
from argmap.admin.searching import words_of
from argmap.admin.tally import Counts, Tally
from argmap.core.kinds import Confidence, Credibility, Likelihood, Reliability, Stance, Status, Word
from argmap.core.likeness import Likeness
from argmap.core.numbers import wholes
from argmap.core.problems import Code
from argmap.models import NATURAL_ORDER, Scheme, Source


def tally_of(request: HttpRequest, name: str) -> Tally:
    """Return the tally of one list, made once a request."""
    return once(request, f"tally of {name}", lambda: Tally(readable(request), name))


def counts_of(request: HttpRequest, name: str, changelist: Any) -> Counts:
    """Return what each value of each facet of a list finds, beside the others and the search."""

    def find() -> Counts:
        facets = [spec for spec in changelist.filter_specs if isinstance(spec, Facet)]
        chosen = {spec.name: value for spec in facets if (value := spec.value()) is not None}
        among = None
        if words_of(changelist.query):
            among = set(changelist.model_admin.found(request, changelist.query))
        return tally_of(request, name).count(chosen, among)

    return once(request, f"counts of {name}", find)


class Facet(Choosing):
    """One facet of a list."""

    none: ClassVar[str] = ""
    """What people read of rows that have none of the thing, where they can be chosen."""

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        self.list = list_of(model)
        super().__init__(request, params, model, model_admin)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        value = self.value()
        if value is None:
            return queryset
        return queryset.filter(pk__among=tally_of(request, self.list).find(self.name, value))

    def numbers(self, changelist: Any) -> Mapping[str, int]:
        return counts_of(self.request, self.list, changelist)[self.name]


def list_of(model: Any) -> str:
    """Return the name of the list of a model's rows, as facts and tallies call it."""
    return str(getattr(model, "of_kind", None) or model._meta.model_name)


class MapFacet(MapFilter, Facet):
    """By map."""

    numbers = Facet.numbers


class WordFacet(Facet):
    """By the words of a vocabulary."""

    words: ClassVar[type[Word]]

    def lookups(self, request: HttpRequest, model_admin: Any) -> Offer:
        none = [(NONE, self.none)] if self.none else []
        return [*self.words.choices(), *none]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        # By its column, of the same name: a word may be that of every row.
        value = self.value()
        if value is None:
            return queryset
        return queryset.filter(**{self.name: "" if value == NONE else value})


class StatusFacet(WordFacet):
    title = parameter_name = "status"
    words = Status


class CredibilityFacet(WordFacet):
    title = "credibility"
    parameter_name = "credibility"
    opens = False
    words = Credibility
    none = "Not graded"


class LikelihoodFacet(WordFacet):
    title = parameter_name = "likelihood"
    opens = False
    words = Likelihood
    none = "None given"


class ConfidenceFacet(WordFacet):
    title = parameter_name = "confidence"
    opens = False
    words = Confidence
    none = "None given"


class StanceFacet(WordFacet):
    title = parameter_name = "stance"
    words = Stance


class ReliabilityFacet(WordFacet):
    title = parameter_name = "reliability"
    words = Reliability
    none = "Awaiting a grade"


class FoundFacet(Facet):
    """By values of which those are offered that rows have."""

    some: ClassVar[str] = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> Offer:
        return [(SOME, self.some), (NONE, self.none)]

    def names(self, values: Sequence[str]) -> Offer:
        """Return values in order, with what people read."""
        raise NotImplementedError

    def offered(self, numbers: Mapping[str, int] | None) -> Offer:
        found = {value for value, number in (numbers or {}).items() if number} - {SOME, NONE}
        if (chosen := self.value()) not in {None, SOME, NONE}:
            found.add(str(chosen))
        some = [(SOME, self.some)] if self.some else []
        none = [(NONE, self.none)] if self.none else []
        return [*some, *self.names(sorted(found)), *none]


class ProblemFacet(FoundFacet):
    """By what the linter finds, circular support and repeated texts included."""

    title = parameter_name = "problem"
    some = "Any"
    none = "None"

    def names(self, values: Sequence[str]) -> Offer:
        return [(code.value, code.label) for code in Code if code in values]


class QuestionFacet(FoundFacet):
    """By questions that nobody has answered."""

    title = "unanswered question"
    parameter_name = "question"
    some = "Any"
    none = "None"

    def names(self, values: Sequence[str]) -> Offer:
        told = {ASKED: "Asked in an open comment", UNANSWERED: "Critical, of its inferences"}
        return [(value, told[value]) for value in told if value in values]


class CriticalQuestionFacet(Facet):
    """By critical questions of an inference's scheme that have no answer."""

    title = "critical questions"
    parameter_name = "question"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Offer:
        return [(UNANSWERED, "Some unanswered"), (NONE, "None unanswered")]


class UndercutFacet(Facet):
    title = parameter_name = "undercut"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Offer:
        return [(SOME, "Undercut"), (NONE, "Not undercut")]


class SchemeFacet(FoundFacet):
    title = parameter_name = "scheme"
    none = "No scheme"

    def names(self, values: Sequence[str]) -> Offer:
        schemes = Scheme.objects.order_by("name").values_list("pk", "name")
        return [(str(pk), name) for pk, name in schemes if str(pk) in values]


class TagFacet(FoundFacet):
    title = parameter_name = "tag"
    opens = False

    def names(self, values: Sequence[str]) -> Offer:
        return [(value, value) for value in values]


class SourceFacet(FoundFacet):
    """By what statements rest on; single sources can be chosen once a map is."""

    title = parameter_name = "source"
    some = "Some"
    none = "No source"

    @property
    def hint(self) -> str:  # type: ignore[override]
        return "" if self.request.GET.get("map") else "Filter by map to choose one source."

    def names(self, values: Sequence[str]) -> Offer:
        if not self.request.GET.get("map"):
            values = [value for value in values if value == self.value()]
        numbers = wholes(values)
        if not numbers:
            return []
        sources = access.rows_for(Source, person_of(self.request)).filter(pk__in=numbers)
        named = sources.order_by("map", *NATURAL_ORDER).values_list("pk", "key", "title")
        return [(str(pk), f"{key} {title}") for pk, key, title in named]


class TextFacet(Facet):
    title = parameter_name = "text"
    opens = False

    def lookups(self, request: HttpRequest, model_admin: Any) -> Offer:
        return [(SOME, "Here"), (NONE, "Not here")]


class AlikeFacet(Facet):
    """By other sources, of all readable maps, that may be the same document."""

    title = "duplicates"
    parameter_name = "alike"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Offer:
        return [(SOME, "Like another"), *Likeness.choices(), (NONE, "Like no other")]


class ChangedFacet(Facet):
    """By the day of the last change: a year, then its months, then their days."""

    title = "last change"
    parameter_name = "changed"
    opens = False

    def lookups(self, request: HttpRequest, model_admin: Any) -> Offer:
        return [("", "")]

    def offered(self, numbers: Mapping[str, int] | None) -> Offer:
        days = {value for value, number in (numbers or {}).items() if number}
        chosen = self.value() or ""
        above = [chosen[:length] for length in (4, 7, 10) if len(chosen) >= length]
        below = _below(days, chosen)
        if not chosen and len(below) == 1:
            below = _below(days, below[0])
        return [(value, _date(value)) for value in (*above, *below)]


def _below(days: set[str], above: str) -> list[str]:
    """Return the years, the months of a year, or the days of a month; the latest first."""
    length = len(above) + 3 if above else 4
    return sorted(day for day in days if len(day) == length and day.startswith(above))[::-1]


def _date(value: str) -> str:
    """Return 2017-02-16 as people read it; what is no date as it is."""
    shape = {4: "Y", 7: "F Y", 10: "j F Y"}.get(len(value))
    try:
        day = parse_date(f"{value}-01-01"[:10])
    except ValueError:
        day = None
    return format_date(day, shape) if day and shape else value


OF_STATEMENTS = (
    MapFacet,
    StatusFacet,
    ProblemFacet,
    QuestionFacet,
    SourceFacet,
    TagFacet,
    CredibilityFacet,
    LikelihoodFacet,
    ConfidenceFacet,
    ChangedFacet,
)
OF_INFERENCES = (
    MapFacet,
    StanceFacet,
    SchemeFacet,
    CriticalQuestionFacet,
    UndercutFacet,
    ProblemFacet,
    ChangedFacet,
)
OF_SOURCES = (MapFacet, ReliabilityFacet, AlikeFacet, TextFacet, ProblemFacet, ChangedFacet)
