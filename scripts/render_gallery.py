"""Write a page with every component in every state: python scripts/render_gallery.py OUT.html"""

import datetime as dt
import sys
from pathlib import Path
from types import SimpleNamespace

import django
from django.conf import settings

from safetomove.web.pictures import Week

WEB = Path(__file__).resolve().parent.parent / "src" / "safetomove" / "web"
SAMPLE_DAY = dt.date(2026, 11, 3)
ENGINE = {
    "BACKEND": "django.template.backends.jinja2.Jinja2",
    "DIRS": [WEB / "templates"],
    "OPTIONS": {"environment": "safetomove.web.jinja_env.environment"},
}


def card(kind: str, heading: str, told: list[str], **more: object) -> SimpleNamespace:
    """Make a sample care card."""
    return SimpleNamespace(kind=kind, heading=heading, told=told, **more)


def call(label: str, tel: str) -> SimpleNamespace:
    """Make a sample number to ring."""
    return SimpleNamespace(label=label, tel=tel)


CARDS = [
    card(
        "emergency",
        "Call 999 or go to A&E now",
        ["new trouble with peeing"],
        lead="Nerves low in your back may be squeezed. Doctors need to see you right away.",
        call=[call("Call 999", "999")],
        do=["Don’t drive yourself.", "Take your list of tablets."],
        net="If you faint, or someone finds you hard to wake, they should call 999.",
    ),
    card(
        "same_day",
        "Get help today",
        ["back pain with a fever", "feeling very unwell"],
        lead="It may be an infection. That needs checking within hours, not days.",
        call=[call("Call 111", "111")],
        do=["Ring your GP and ask to be seen today."],
        net="Call 999 if you get confused, very cold and shaky, or can’t pee.",
    ),
    card(
        "soon",
        "See someone in the next few days",
        ["a pain that is not like your usual one"],
        lead="It may be the same problem acting up. It is still worth a fresh look.",
        call=[],
        do=["Book with your GP or physiotherapist."],
        net="If you feel numb between the legs, don’t wait. Call 999.",
    ),
    card(
        "proceed",
        "You can start",
        [],
        lead="None of your answers were warning signs. No list can rule out everything.",
        call=[],
        do=[],
        net="If anything new turns up, come back here first.",
    ),
]


def weeks_of(*values: float | None, flares: tuple[int, ...] = ()) -> list[Week]:
    """Make sample weeks; `flares` counts from one."""
    return [
        Week(label=str(number), value=value, flare=number in flares)
        for number, value in enumerate(values, start=1)
    ]


def render() -> str:
    """Fill the gallery with samples."""
    settings.configure(
        TEMPLATES=[ENGINE], STATIC_URL="static/", USE_I18N=True, LANGUAGE_CODE="en-gb"
    )
    django.setup()
    from django.template.loader import get_template  # needs settings

    samples = {
        "today": SAMPLE_DAY,
        "cards": CARDS,
        "weeks": weeks_of(6, 8, None, 10, 9, None, 12, 14, flares=(5,)),
        "high_weeks": weeks_of(10, 24, 18, 27, 22, 30, flares=(3, 5)),
    }
    return get_template("gallery.jinja").render(samples)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(render(), encoding="utf-8")
