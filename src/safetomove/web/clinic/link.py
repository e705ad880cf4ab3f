"""A code as people take it with them: letters, an address, and a square for a phone."""

from typing import Any

import qrcode
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

QUIET = 4  # modules of white that a reader needs around the square: ISO/IEC 18004


def link_of(request: HttpRequest, name: str, code: str) -> dict[str, Any]:
    """Return the code, the address that it opens, and the address as a square."""
    page = request.build_absolute_uri(reverse(name))
    address = f"{page}?{urlencode({'code': code})}"
    side, path = _square(address)
    return {"code": code, "page": page, "address": address, "qr_side": side, "qr_path": path}


def _square(text: str) -> tuple[int, str]:
    """Return the side of the square in modules, and its dark modules as one path."""
    made = qrcode.QRCode(border=QUIET)
    made.add_data(text)
    rows = made.get_matrix()
    dark = ((x, y) for y, row in enumerate(rows) for x, cell in enumerate(row) if cell)
    return len(rows), "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)
