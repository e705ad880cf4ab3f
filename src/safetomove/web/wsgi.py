"""The door for a web server: gunicorn safetomove.web.wsgi."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safetomove.web.settings")
application = get_wsgi_application()

# What is loaded by now stays until the end: let the collector never walk through it again,
# which held up some pages by 40 ms.
gc.collect()
gc.freeze()
