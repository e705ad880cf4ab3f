"""Lay out every movement to look it over: python scripts/figure_sheet.py OUT [IDS…]

OUT.html has five moments of every level, from the first pose to the last: for working on poses.
OUT.png has the most telling pose of every level: what docs/pictures/figures.png shows.
"""

import base64
import os
import sys
from pathlib import Path

from safetomove.content import figures
from safetomove.core.figures import Figure, draw

MOMENTS = 5
WIDE = 1240  # pixels


def main(out: str, *wanted: str) -> int:
    """Write the page or the picture; exit 1 where a movement that was asked for is not there."""
    known = figures.load()
    if missing := set(wanted) - set(known):
        print(f"no such movement: {', '.join(sorted(missing))}", file=sys.stderr)
        return 1
    chosen = [known[id] for id in wanted or sorted(known, key=lambda id: (known[id].family, id))]
    if out.endswith(".png"):
        _photograph(PAGE.format(SMALL, "".join(map(_tile, chosen))), Path(out))
    else:
        text = PAGE.format(LARGE, "".join(map(_rows, chosen)))
        Path(out).write_text(text, encoding="utf-8")
    return 0


def _rows(figure: Figure) -> str:
    title = (
        f"<h2>{figure.id} <small>{figure.family}, {figure.view}, {figure.person.id}</small></h2>"
    )
    return f"<section>{title}{''.join(_row(figure, level) for level in figure.levels)}</section>"


def _row(figure: Figure, level: int) -> str:
    pictures = (draw.moment(figure, level, 100 * n // (MOMENTS - 1)) for n in range(MOMENTS))
    return f"<div>{''.join(map(_image, pictures))}</div>"


def _tile(figure: Figure) -> str:
    stills = (draw.still(figure, level, theme="light") for level in figure.levels)
    return f"<section><h2>{figure.title}</h2><div>{''.join(map(_image, stills))}</div></section>"


def _image(svg: str) -> str:
    return f'<img src="data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}" alt="">'


def _photograph(page: str, out: Path) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tool:
        browser = tool.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        sheet = browser.new_page(viewport={"width": WIDE, "height": 800})
        sheet.set_content(page)
        sheet.screenshot(path=out, full_page=True)
        browser.close()


PAGE = (
    "<!doctype html><meta charset=utf-8><title>Movements</title><style>body{{font:13px system-ui,"
    "sans-serif;margin:8px;background:#fff;display:grid;gap:2px 12px;{}}}h2{{margin:6px 0 2px;"
    "font-size:13px}}small{{font-weight:400}}div{{white-space:nowrap}}</style>{}"
)
LARGE = "grid-template-columns:repeat(auto-fill,minmax(700px,1fr))}img{width:19.2%;margin:1px"
SMALL = "grid-template-columns:repeat(4,1fr)}img{width:32.3%;margin:1px;border-radius:4px"

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
