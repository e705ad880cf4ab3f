"""What every request passes through: private pages stay private, and trouble is told plainly."""

import logging
from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse

from safetomove.core.errors import CoreError
from safetomove.web import errors, troubles
from safetomove.web.logs import what_and_where

log = logging.getLogger(__name__)

Answer = Callable[[HttpRequest], HttpResponse]

PUBLIC = frozenset(
    {
        "about",
        "accessibility",
        "evidence",
        "help_now",
        "home",
        "more_help",
        "offline",
        "privacy",
        "safe",
        "safety_record",
    }
)
"""The same for everybody. Any other page counts as somebody's own."""


class SendPolicy:
    """Send the content security policy, worked out once: it is the same for every page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(HEADER, self.policy)
        return response


class KeepPrivate:
    """Let no browser or proxy keep a page that may hold something about a person."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        public = match is not None and match.view_name in PUBLIC
        if not public and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store"
        return response


class SayWhatBroke:
    """Turn what a view could not handle into a page that says what to do."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer 503 when records are out of reach, and refusals in their own words."""
        if errors.records_gone(error):
            log.error("records out of reach: %s", what_and_where(error))
            return errors.page(request, troubles.RECORDS_GONE)
        return errors.refused(request, error) if isinstance(error, CoreError) else None
