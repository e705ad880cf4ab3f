"""The yardstick: a bare page on what `django-admin startproject` gives, one query and a session.

Run by bench/web.py under the same server as the real site, on the same kind of database.
"""

import os

import django
from django.conf import settings

if not settings.configured:
    settings.configure(
        SECRET_KEY="x" * 64,
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="bench.bare_site",
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": os.environ.get("BARE_DATABASE", ":memory:"),
                "CONN_MAX_AGE": None,
                "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"},
            }
        },
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()

from django.contrib.contenttypes.models import ContentType
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

PAGE = engines["django"].from_string(
    "<!doctype html><html lang='en'><title>Bare</title><h1>{{ name }}</h1>"
    "<form method='post'>{% csrf_token %}<button>Save</button></form></html>"
)


def page(request: HttpRequest) -> HttpResponse:
    """Read the session, ask the database once, fill a small template."""
    row = ContentType.objects.filter(pk=request.session["row"]).first()
    return HttpResponse(PAGE.render({"name": row}, request))


urlpatterns = [path("", page)]
application = get_wsgi_application()
