"""How often one is told by e-mail what concerns one."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.models import User
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from argmap import actions
from argmap.api.base import ApiView
from argmap.api.etags import require_match, tagged
from argmap.api.serializers.inbox import DigestSerializer
from argmap.core.kinds import Frequency
from argmap.models import Digest


@method_decorator(conditional_page, name="dispatch")
class DigestDetail(ApiView):
    """One's own choice: off until one makes another."""

    @extend_schema(responses=DigestSerializer)
    def get(self, request: Request) -> Response:
        """Show what one has chosen."""
        digest = Digest.objects.filter(user=cast(User, request.user)).first()
        return _shown(digest.how_often if digest else Frequency.OFF)

    @extend_schema(request=DigestSerializer, responses=DigestSerializer)
    def patch(self, request: Request) -> Response:
        """Choose."""
        require_match(request, self.get(request).headers["ETag"])
        given = DigestSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        chosen = given.validated_data["how_often"]
        digest = actions.choose_digest(actor=cast(User, request.user), how_often=chosen)
        return _shown(digest.how_often)


def _shown(how_often: str) -> Response:
    return tagged(Response(DigestSerializer({"how_often": how_often}).data))
