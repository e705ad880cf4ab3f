"""Make the bare site's tables and one session; print its key as JSON."""

import json

# isort: off
import bench.bare_site  # noqa: F401  (sets Django up, so it comes first)
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command


def main() -> None:
    """Write the tables, one row and one session."""
    call_command("migrate", verbosity=0)
    session = SessionStore()
    session["row"] = ContentType.objects.create(app_label="bench", model="row").pk
    session.save()
    print(json.dumps({"bare": session.session_key}))


if __name__ == "__main__":
    main()
