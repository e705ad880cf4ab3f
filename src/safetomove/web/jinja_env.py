"""The template environment: our folder first, then the design system's macros."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from jinja2 import (
    BaseLoader,
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    PackageLoader,
    Template,
)
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup

from safetomove.web import navigation, pictures

FOLDER_OF_MACROS = "nhsuk_frontend_jinja"
KEPT_TOP = 500  # parts: a page has two or three
_KEPT: dict[tuple[str, ...], str] = {}


def environment(**options: Any) -> Environment:
    """Build what Django's Jinja2 backend asks for; `options` come from settings."""
    options["undefined"] = ChainableUndefined  # the design system's macros rely on it
    options |= {"trim_blocks": True, "lstrip_blocks": True}
    options["extensions"] = [*options.get("extensions", ()), "jinja2.ext.i18n"]
    env = Environment(**options)  # Django passes autoescape=True
    env.template_class = _Template
    env.loader = with_design_system(env.loader)
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True
    )
    env.globals.update(GLOBALS)
    env.filters.update(FILTERS)
    return env


class _Template(Template):
    """A template whose macros see only what all templates see: they are made ready once.

    Jinja would look through every name in sight at each import, in case a page brought its own.
    """

    def _get_default_module(self, _ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


def with_design_system(ours: BaseLoader | None) -> BaseLoader:
    """Look in our own templates first, so that a macro of theirs can be replaced."""
    loaders = [] if ours is None else [ours]
    return ChoiceLoader([*loaders, PackageLoader(FOLDER_OF_MACROS)])


def day(value: dt.date) -> str:
    """Write a date as people say it: Tuesday 3 November."""
    return format_date(value, "l j F")


def day_and_year(value: dt.date) -> str:
    """Write a date that may be long ago or far off: 3 November 2026."""
    return format_date(value, "j F Y")


def plain(value: float) -> str:
    """Write a number with no more digits than it needs: 12, 2.5, 4,000."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def language() -> str:
    """Name the page's language for <html lang>."""
    return translation.get_language() or "en-GB"


def say(text: str, **values: Any) -> Markup:
    """Translate an interface string and fill in its values, which are escaped.

    The templates' own way looks for the language and the template's settings anew for each
    string; a page has dozens, so here each is looked up once.
    """
    return _said(translation.get_language(), text) % values


@lru_cache(maxsize=4096)
def _said(language: str | None, text: str) -> Markup:
    return Markup(translation.gettext(text))


def url(name: str, args: Sequence[str] = ()) -> str:
    """Give the address of a page."""
    return _address(name, tuple(args))


@lru_cache(maxsize=1024)
def _address(name: str, args: tuple[str, ...]) -> str:
    return reverse(name, args=args)


def csrf_field(request: HttpRequest | None) -> str:
    """Write the hidden field a form needs, for macros that are handed the request."""
    if not request:
        return ""  # the gallery is drawn without one, and posts nowhere
    return hidden_token(get_token(request))


def hidden_token(token: str) -> str:
    """Write the hidden field around a token."""
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)


def once_for(*key: str, caller: Callable[[], str]) -> str:
    """Write a part once for each key: only for parts that hold nothing about a person."""
    key = (language(), *key)
    if key not in _KEPT:
        if len(_KEPT) >= KEPT_TOP:
            _KEPT.clear()
        _KEPT[key] = caller()
    return _KEPT[key]


FILTERS = {"day": day, "day_and_year": day_and_year, "plain": plain}

GLOBALS = {
    "_": say,
    "gettext": say,
    "static": cache(static),
    "url": url,
    "language": language,
    "csrf_field": csrf_field,
    "once_for": once_for,
    "HOME": navigation.HOME,
    "HELP_NOW": navigation.HELP_NOW,
    "MAIN_PLACES": navigation.MAIN_PLACES,
    "FOOT_PLACES": navigation.FOOT_PLACES,
    "room_picture": pictures.room_picture,
    "hill_picture": pictures.hill_picture,
}
