"""Ask again who is there: a clinic's screen may stand open in a room where people pass."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode

from safetomove.web import who
from safetomove.web.going import SeeOther

TOUCHED = "desk"  # the session's word for when a clinic's page was last used
MINUTE = 60  # a touch is noted once a minute, so that reading writes little


def asked_again(request: HttpRequest) -> HttpResponse | None:
    """Return the way to the page that asks again, or None where somebody is surely there.

    What was typed on a page that was opened in time is still saved, a little longer; it
    counts as a touch only within the time that looking does.
    """
    now = int(who.now(request).timestamp())
    proved = _proved(request)
    idle = now - max(proved, int(request.session.get(TOUCHED, 0)))
    longest_idle = settings.DESK_FORM_SECONDS if _writes(request) else settings.DESK_IDLE_SECONDS
    if not proved or now - proved > settings.DESK_LONGEST_SECONDS or idle > longest_idle:
        return _ask(request)
    if MINUTE < idle <= settings.DESK_IDLE_SECONDS:
        request.session[TOUCHED] = now
    return None


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Return the way to the sign-in page and back."""
    if _from_a_script(request):
        return _no(reverse(settings.LOGIN_URL))
    return redirect_to_login(request.get_full_path())


def has_passkey(request: HttpRequest) -> bool:
    """Say whether this account can be opened with a passkey."""
    kind = Authenticator.Type.WEBAUTHN
    return bool(Authenticator.objects.filter(user_id=request.user.pk, type=kind).exists())


def _proved(request: HttpRequest) -> int:
    """Return when the one behind this session last showed who they are.

    Making the account counts: that leaves no other record.
    """
    user = request.user
    if not user.is_authenticated:
        return 0
    records = get_authentication_records(request, user)
    return int(max(user.date_joined.timestamp(), *(each.get("at", 0) for each in records), 0))


def _ask(request: HttpRequest) -> HttpResponse:
    if _from_a_script(request):
        return _no(reverse("account_reauthenticate"))
    password = request.user.is_authenticated and request.user.has_usable_password()
    if not (password or has_passkey(request)):
        return SeeOther(reverse("account"))  # it says that there is no way back in yet
    back = request.get_full_path()
    if _writes(request) and request.resolver_match is not None:
        back = reverse("clinic_home", args=[request.resolver_match.kwargs["clinic"]])
    return SeeOther(f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}")


def _from_a_script(request: HttpRequest) -> bool:
    """Say whether a script asks: it would take the page of a redirect for its answer."""
    return "application/json" in request.headers.get("Accept", "")


def _no(where: str) -> HttpResponse:
    return JsonResponse({"ask": where}, status=401)


def _writes(request: HttpRequest) -> bool:
    return request.method not in {"GET", "HEAD"}
