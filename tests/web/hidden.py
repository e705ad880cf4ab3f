"""Read what a page would send."""

import re
from html import unescape

from django.http import HttpResponse


def hidden(answer: HttpResponse, *names: str) -> dict[str, str]:
    """Return the hidden fields of a page, as the browser would send them."""
    page = answer.content.decode()
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    return {name: unescape(found[name]) for name in names}
