"""Limit how often codes can be tried: per address, and per account or session."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest

# Their rates stand in the settings.
_BY_ADDRESS, _BY_ACCOUNT = "invitation_code", "invitation_code_known"


def may_try(request: HttpRequest) -> bool:
    """Count one try of a code; say whether it is still one of those allowed."""
    user = request.user.pk if request.user.is_authenticated else None
    known = f"user {user}" if user else request.session.session_key
    return _one_more(request, _BY_ADDRESS) and (
        known is None or _one_more(request, _BY_ACCOUNT, key=known)
    )


def _one_more(request: HttpRequest, action: str, *, key: str | None = None) -> bool:
    counted = ratelimit.consume(
        request, app="allauth.account", action=action, key=key, limit_get=True
    )
    return counted is not None
