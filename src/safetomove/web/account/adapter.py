"""Where allauth meets us: what a sign-in means for a diary that was begun without one."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.messages import ERROR
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from safetomove.web import aside
from safetomove.web.account import guests

SECOND_LOCK = "allauth.mfa.stages.AuthenticateStage"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Allauth's own ways, but for these."""

    def get_login_stages(self) -> list[str]:
        """Treat a passkey as another way in, not as a second lock behind the password.

        There is no e-mail to rescue anybody with: a lost phone must not lose a diary.
        """
        return [stage for stage in super().get_login_stages() if stage != SECOND_LOCK]

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in, and keep hold of what this browser had begun as a guest."""
        guest = guests.guest_of(request)
        super().login(request, user)
        aside.put_aside(request, guest)

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, *, signup: bool, **rest: Any
    ) -> HttpResponse:
        """Move the guest's diary into a new account; ask first where the account had one."""
        response: HttpResponse = super().post_login(request, user, signup=signup, **rest)
        if signup:
            guests.take_in(request)
        elif aside.aside_of(request):
            return redirect("account_join")
        return response

    def logout(self, request: HttpRequest) -> None:
        """Sign out; a diary that waited on this device is open again, and not lost."""
        guest = aside.aside_of(request)
        super().logout(request)
        aside.hand_back(request, guest)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go back to the account and say what was done."""
        return reverse("account") + "?saved=password"

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Keep what went wrong; the pages themselves say what went well."""
        if level >= ERROR:
            super().add_message(request, level, *args, **kwargs)
