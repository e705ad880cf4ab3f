"""The door for a web server: gunicorn safetomove.web.wsgi."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safetomove.web.settings")
application = get_wsgi_application()
