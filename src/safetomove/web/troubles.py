"""The words of every trouble that can meet a person on any page."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A page that says what happened and what to do next, with whom to call below it."""

    status: int
    heading: Words
    what: Words
    next: Words
    arm: Words = ""  # empty: to the first page
    href: str = "/"


NOT_FOUND = Trouble(
    status=404,
    heading=_("This page is not here"),
    what=_("The address may be old, or a letter may be wrong."),
    next=_("Nothing of yours is lost."),
)
FORBIDDEN = Trouble(
    status=403,
    heading=_("This page is not yours to open"),
    what=_("You may be signed in as somebody else, or not signed in."),
    next=_("Go back to the first page and try from there."),
)
TOO_OLD = Trouble(
    status=403,
    heading=_("We could not save that"),
    what=_("The page may have been open for a long time, or cookies may be turned off."),
    next=_("Go back, load the page again, and send it once more. Cookies must be allowed."),
)
BAD_REQUEST = Trouble(
    status=400,
    heading=_("We could not read that"),
    what=_("What reached us was not what the page should send. Nothing was saved."),
    next=_("Go back, load the page again, and try once more."),
)
TOO_BIG = Trouble(
    status=413,
    heading=_("That is too big for us"),
    what=_("You sent more than this page can take. Nothing was saved."),
    next=_("Go back and send less. A note can hold 10,000 letters."),
)
OUR_FAULT = Trouble(
    status=500,
    heading=_("Something broke, and it is our fault"),
    what=_("We don’t know if your last step was saved. Please look before you do it again."),
    next=_("Try again in a few minutes."),
)
RECORDS_GONE = Trouble(
    status=503,
    heading=_("We can’t reach your records right now"),
    what=_("If you were saving, it was not saved. What you kept before is still there."),
    next=_("Try again in a few minutes. The safety questions still work."),
    arm=_("Is it safe?"),
    href="/safe/",
)
REFUSED = Trouble(
    status=422,
    heading=_("We could not take that"),
    what=_("Nothing was saved."),
    next=_("Go back, change it, and send it again. What you typed is still there."),
)
ERASED = Trouble(
    status=410,
    heading=_("This diary is no longer here"),
    what=_("It was erased, perhaps in another window. Nothing of it is kept."),
    next=_("You can start afresh at any time."),
)
ENDED = Trouble(
    status=410,
    heading=_("This diary is no longer here"),
    what=_("You erased it or signed out, perhaps in another window. This was not saved."),
    next=_("If you have an account, sign in again. If not, you can start afresh."),
    arm=_("Sign in"),
    href="/account/login/",
)
TOO_MANY = Trouble(
    status=429,
    heading=_("That was too often"),
    what=_("There were many tries in a short time, so we stopped for a while."),
    next=_("Wait five minutes, then try again. Nothing of yours is lost."),
)
SENT_BEFORE = Trouble(
    status=422,
    heading=_("This page was sent before, with other words"),
    what=_("What you sent the first time is kept. What you sent now was not saved."),
    next=_("Open the page afresh, look at what is there, and change it if you need to."),
    arm=_("Go to today"),
    href="/today/",
)
