"""Allauth's pages as ours: problems in plain words with 422, and passkeys that may be junk."""

from typing import Any

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.mfa.webauthn import forms as passkey_forms
from allauth.mfa.webauthn import views as passkeys
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from safetomove.web.account import guests
from safetomove.web.account.problems import problems_of
from safetomove.web.going import SeeOther

NAME_SHOWN = 60  # letters of a key's name
JUNK = (ValueError, TypeError, KeyError, AttributeError)  # what a made-up passkey may raise


class PlainWords:
    """Answer a form with problems by 422, naming each beside its field."""

    whole = "main"  # the id to go to for what concerns no field
    request: HttpRequest

    def get_context_data(self, **known: Any) -> dict[str, Any]:
        about: dict[str, Any] = super().get_context_data(**known)  # type: ignore[misc]
        return {"problems": getattr(self, "problems", {})} | about

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        self.problems = problems_of(form, whole=self.whole)
        response = self.render_to_response(self.get_context_data(form=form))  # type: ignore[attr-defined]
        response.status_code = 422
        return response  # type: ignore[no-any-return]


class SignUp(PlainWords, account.SignupView):  # type: ignore[misc]
    """Begin an account with a name and a password."""

    whole = "username"


class SignIn(PlainWords, account.LoginView):  # type: ignore[misc]
    """Sign in with a name and a password."""

    whole = "login"


class AskAgain(PlainWords, account.ReauthenticateView):  # type: ignore[misc]
    """Ask for the password before a key is changed."""


class _NewPassword(PlainWords):
    def form_valid(self, form: BaseForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        guests.end_other_sessions(self.request)
        return response


class ChangePassword(_NewPassword, account.PasswordChangeView):  # type: ignore[misc]
    """Change the password, and sign out whoever used the old one."""


@method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
class SetPassword(_NewPassword, account.PasswordSetView):  # type: ignore[misc]
    """Add a password to an account that has passkeys alone; the passkey is asked for first."""


class NewKeyForm(passkey_forms.AddWebAuthnForm):  # type: ignore[misc]
    """Refuse what is no passkey; name one that came without a name."""

    def clean_name(self) -> str:
        named = self.cleaned_data["name"].strip()[:NAME_SHOWN]
        return named or _("My passkey")

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()  # type: ignore[no-any-return]
        except JUNK:
            raise get_adapter().validation_error("incorrect_code") from None


class _KnownKey:
    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except JUNK:
            raise get_adapter().validation_error("incorrect_code") from None


class SignInKeyForm(_KnownKey, passkey_forms.LoginWebAuthnForm):  # type: ignore[misc]
    """Refuse what is no passkey."""


class AskAgainKeyForm(_KnownKey, passkey_forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Refuse what is no passkey."""


class AddPasskey(PlainWords, passkeys.AddWebAuthnView):  # type: ignore[misc]
    """Make a passkey."""

    form_class = NewKeyForm

    def get_success_url(self) -> str:
        return reverse("account") + "?saved=passkey"


class SignInWithPasskey(passkeys.LoginWebAuthnView):  # type: ignore[misc]
    """Sign in with a passkey; what goes wrong is told on the sign-in page."""

    form_class = SignInKeyForm

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        return SeeOther(reverse("account_login") + "?passkey=no")


class AskAgainWithPasskey(PlainWords, passkeys.ReauthenticateWebAuthnView):  # type: ignore[misc]
    """Ask for the passkey before a key is changed."""

    form_class = AskAgainKeyForm


class RemovePasskey(passkeys.RemoveWebAuthnView):  # type: ignore[misc]
    """Remove a passkey, with a warning where it is the only way in."""

    def get_context_data(self, **known: Any) -> dict[str, Any]:
        last = self.get_queryset().count() == 1 and not self.request.user.has_usable_password()
        return {"last_way": last, **super().get_context_data(**known)}

    def get_success_url(self) -> str:
        return reverse("account") + "?saved=removed"
