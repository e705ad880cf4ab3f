"""What is wrong with a form of allauth's, in our own plain words."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

SAYS: dict[str, Words] = {
    "min_length": _("Choose a name of two letters or more."),
    "max_length": _("Choose a shorter name. It may have up to 150 letters."),
    "invalid": _("Use letters, numbers and @ . + - _ in the name, and no spaces."),
    "username_taken": _("Somebody else has this name. Choose another one."),
    "username_blacklisted": _("This name can’t be used. Choose another one."),
    "username_password_mismatch": _("The name or the password is not right. Check both."),
    "too_many_login_attempts": _("There were too many tries. Wait five minutes, then try again."),
    "password_too_short": _("Use at least 10 letters or numbers."),
    "password_too_common": _("Many people use this password, so it is easy to guess. Change it."),
    "password_too_similar": _("The password is too much like your name. Choose another one."),
    "enter_current_password": _("This is not the password you have now. Try again."),
    "incorrect_password": _("This is not your password. Try again."),
    "incorrect_code": _("The passkey did not work. Try once more."),
    "null_characters_not_allowed": _("We can’t take one of these letters. Type it again."),
}
MISSING: dict[str, Words] = {
    "username": _("Type a name to sign in with."),
    "login": _("Type your name."),
    "password": _("Type your password."),
    "oldpassword": _("Type the password you have now."),
    "password1": _("Type a password."),
    "password2": _("Type the password once more."),
}
NOT_THE_SAME = _("The two passwords are not the same. Type them again.")


def problems_of(form: BaseForm, *, whole: str) -> dict[str, str]:
    """Say one thing for each field that needs one; what concerns the form goes to `whole`."""
    found: dict[str, str] = {}
    for field, errors in form.errors.as_data().items():
        shown_at = whole if field in {NON_FIELD_ERRORS, "credential"} else field
        found.setdefault(shown_at, say(errors[0], field))
    return found


def say(error: ValidationError, field: str) -> str:
    """Say what is wrong; what has no words of ours keeps its own."""
    if field == "credential":
        return str(SAYS["incorrect_code"])
    if error.code == "required" and field in MISSING:
        return str(MISSING[field])
    if field == "password2":
        return str(NOT_THE_SAME)
    return str(SAYS.get(error.code or "") or " ".join(error.messages))
