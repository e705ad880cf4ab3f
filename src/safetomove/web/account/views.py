"""Keep my data: an account by passkey or by password, and the keys to it."""

from allauth.account.adapter import get_adapter
from allauth.decorators import rate_limit
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safetomove.web import aside
from safetomove.web.account import guests, problems
from safetomove.web.going import see

NAME_CHARACTERS = 2, 150  # at least as with a password; at most what Django keeps


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show how to keep a diary, or the ways into this account."""
    if not request.user.is_authenticated:
        return render(request, "account/keep.jinja")
    keys = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN)
    about = {
        "passkeys": [key.wrap() for key in keys],
        "person": request.user,
        "saved": request.GET.get("saved", ""),
        "aside": aside.aside_of(request),
    }
    return render(request, "account/account.jinja", about)


@rate_limit(action="signup")  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "HEAD", "POST"])
def start_with_passkey(request: HttpRequest) -> HttpResponse:
    """Begin an account that has no password; its passkey is made on the next page."""
    if request.user.is_authenticated:
        return see("mfa_add_webauthn")
    name = request.POST.get("username", "").strip()
    error = _make_account(request, name) if request.method == "POST" else ""
    if request.method == "POST" and not error:
        return see("mfa_add_webauthn")
    about = {"name": name, "error": error}
    return render(request, "account/passkey.jinja", about, status=422 if error else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Ask whose the diary is that was begun on this device before signing in."""
    if aside.aside_of(request) is None:
        return redirect("today")
    answer = request.POST.get("mine", "")
    if answer == "yes":
        guests.take_in(request)
    if answer in {"yes", "no"}:
        return see("today")
    missing = request.method == "POST"
    status = 422 if missing else 200
    return render(request, "account/join.jinja", {"missing": missing}, status=status)


@login_required
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of this account, this one too."""
    guests.end_every_session(request)
    return see("home")


def _make_account(request: HttpRequest, name: str) -> str:
    """Make and sign in an account; return what is wrong with the name, or nothing."""
    adapter = get_adapter(request)
    least, most = NAME_CHARACTERS
    if not least <= len(name) <= most:
        return str(problems.SAYS["min_length" if len(name) < least else "max_length"])
    try:
        with transaction.atomic():
            user = get_user_model().objects.create_user(adapter.clean_username(name))
            adapter.login(request, user)
            guests.take_in(request)
    except ValidationError as error:
        return problems.say(error.error_list[0], "username")
    except IntegrityError:  # somebody took the name in this very moment
        return _("Somebody else has this name. Choose another one.")
    return ""
