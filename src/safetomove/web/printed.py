"""Pages for paper: a template and plain values become a PDF that a screen reader can read."""

import json
from collections.abc import Mapping
from importlib.resources import as_file, files
from typing import Any

from django.http import HttpResponse

_FOLDER = files("safetomove.content") / "letters"


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """Return a page as PDF/UA; a tagged PDF where no typeface here has a sign for some letter.

    Every word goes in as data, so that nothing a person wrote is read as markup.
    """
    import typst  # only whoever prints pays for it

    said = {"data": json.dumps(data, ensure_ascii=False)}
    with as_file(_FOLDER) as folder:
        path = str(folder / f"{template}.typ")
        try:
            made = typst.compile(path, sys_inputs=said, format="pdf", pdf_standards=["ua-1"])
        except typst.TypstError as missing:
            if "could not be displayed" not in str(missing):
                raise
            made = typst.compile(path, sys_inputs=said, format="pdf")
    return bytes(made)


def as_download(made: bytes, *, name: str) -> HttpResponse:
    """Answer with a PDF to keep; its name holds nobody's name."""
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer
