"""How the API is described in OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent

from argmap.api.errors import MEDIA_TYPE
from argmap.core.formats import SCHEMA

TEXT = {"type": "string"}
PROBLEM = {
    "type": "object",
    "description": "RFC 9457. `errors` says what is wrong with each member of the body.",
    "properties": {
        "type": TEXT,
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": TEXT,
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": TEXT},
        },
    },
    "required": ["type", "title", "status", "detail"],
}


class Schema(AutoSchema):
    """Adds to each operation what every answer may be: a problem, and for reads a 304."""

    def get_tags(self) -> list[str]:
        """Group by noun: what follows the map's slug, where anything does."""
        steps = [step for step in self.path.split("/")[3:] if step and not step.startswith("{")]
        return [steps[1] if len(steps) > 1 and steps[0] == "maps" else (steps or ["root"])[0]]

    def _get_paginator(self) -> Any:
        """Return what pages the answer: a list that is no list of a table's rows comes whole."""
        return super()._get_paginator() if getattr(self.view, "action", "list") == "list" else None

    def get_operation(self, *args: Any) -> dict[str, Any] | None:
        """Return the operation, None where it is left out."""
        operation: dict[str, Any] | None = super().get_operation(*args)
        if operation is None:
            return None
        problem = ResolvedComponent("Refusal", ResolvedComponent.SCHEMA, PROBLEM, "Refusal")
        self.registry.register_on_missing(problem)
        content = {MEDIA_TYPE: {"schema": problem.ref}}
        operation["responses"]["default"] = {"description": "A problem.", "content": content}
        if self.method == "GET":
            operation["responses"]["304"] = {"description": "As If-None-Match has it."}
        return operation


class TokenScheme(OpenApiAuthenticationExtension):
    """How tokens are sent."""

    target_class = "argmap.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """Return the OpenAPI security scheme."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": "argmap_…"}


class ElementExtension(OpenApiSerializerExtension):
    """Takes an element's schema from that of the native format."""

    target_class = "argmap.api.serializers.elements.ElementSerializer"
    match_subclasses = True

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        """Return the format's definition, with the members that the API adds."""
        rule = inlined(SCHEMA["$defs"][self.target.definition])
        added = {
            **self.target.more,
            "changed_in": {"type": "integer", "description": "The version that last touched it."},
            "address": {"type": "string", "format": "uri"},
        }
        return {
            **rule,
            "description": self.target.__doc__,
            "properties": {**rule["properties"], **added},
            "required": [*rule["required"], *added],
        }


def inlined(rule: Any) -> Any:
    """Return a rule of the format with the definitions in the place of their names."""
    if isinstance(rule, list):
        return [inlined(each) for each in rule]
    if not isinstance(rule, dict):
        return rule
    if "$ref" in rule:
        return inlined(SCHEMA["$defs"][rule["$ref"].rpartition("/")[2]])
    return {name: inlined(inner) for name, inner in rule.items()}
