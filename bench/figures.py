"""Bars for moving figures: python -m bench.figures

Every level is drawn and weighed. Then one figure plays in a headless browser whose processor is
slowed four times, as an image and inside the page, beside an empty page for comparison: frames
a second from the browser's own clock, and what moved the page around it. Pages show images, so
the bar on frames is theirs.
"""

import gzip
import os
import statistics
import sys
import time

from playwright.sync_api import Page, sync_playwright

from safetomove.content import figures
from safetomove.core.figures import Figure, draw

MOST_BYTES = 6000
LEAST_SHARE = 0.95  # of the frames that an empty page gets in the same run
SLOWER = 4  # times, by the browser's own throttle
SECONDS, ROUNDS = 4, 3
PLAYED = ("twist-lift", "sit-to-stand", "cat-cow")  # the heaviest and two usual ones

COUNT = """seconds => new Promise(done => {
  let frames = 0, start = performance.now();
  const tick = now => {
    frames += 1;
    if (now - start < seconds * 1000) requestAnimationFrame(tick);
    else done(frames / (now - start) * 1000);
  };
  requestAnimationFrame(tick);
})"""
SHIFTS = """() => new Promise(done => new PerformanceObserver(list => done(
  list.getEntries().reduce((sum, each) => sum + each.value, 0)
)).observe({type: "layout-shift", buffered: true}) || setTimeout(() => done(0), 400))"""


def main() -> int:
    """Print each figure and bar; exit 1 where one is missed."""
    known = figures.load()
    heavy = _weigh(list(known.values()))
    with sync_playwright() as tool:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = tool.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 360, "height": 700})
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        slow = _play(page, [known[id] for id in PLAYED])
        browser.close()
    return 1 if heavy or slow else 0


def _weigh(every: list[Figure]) -> bool:
    start = time.perf_counter()
    sizes = {
        (figure.id, level): len(gzip.compress(draw.animated(figure, level).encode(), 9))
        for figure in every
        for level in figure.levels
    }
    spent = time.perf_counter() - start
    (id, level), most = max(sizes.items(), key=lambda item: item[1])
    print(f"{len(every)} movements, {len(sizes)} levels, {1000 * spent / len(sizes):.0f} ms each")
    print(f"bytes compressed: median {statistics.median(sizes.values()):.0f}, most {most}", end=" ")
    print(f"({id} {level}); bar {MOST_BYTES}")
    return most > MOST_BYTES


def _play(page: Page, chosen: list[Figure]) -> bool:
    """Play figures by turns with an empty page; say whether any was slow or moved the page."""
    failed = False
    for figure in chosen:
        for way in ("image", "in the page"):
            rates, bare, shifts = [], [], 0.0
            for _ in range(ROUNDS):
                _show(page, "")
                bare.append(page.evaluate(COUNT, SECONDS))
                _show(page, _markup(figure, way))
                rates.append(page.evaluate(COUNT, SECONDS))
                shifts = max(shifts, page.evaluate(SHIFTS))
            rate = max(rates)  # the best round: whatever else runs here only ever slows one down
            share = rate / max(bare)
            failed |= shifts > 0 or (way == "image" and share < LEAST_SHARE)
            print(
                f"{figure.id}, {way}: {rate:.0f} frames a second, {share:.2f} of an empty page",
                end="",
            )
            print(f" (bar {LEAST_SHARE}); layout shift {shifts:g} (bar 0)")
    return failed


def _show(page: Page, markup: str) -> None:
    page.set_content(
        f"<!doctype html><style>svg,img{{width:100%;height:auto}}</style>{markup}<p>.</p>"
    )
    page.wait_for_timeout(600)


def _markup(figure: Figure, way: str) -> str:
    level = figure.levels[-1]
    if way == "image":
        text = draw.animated(figure, level).replace("#", "%23").replace('"', "'")
        return f'<img width="320" height="240" alt="" src="data:image/svg+xml,{text}">'
    inline = draw.inline(figure, level)
    return f"<style>{inline.css}</style>{inline.svg}"


if __name__ == "__main__":
    sys.exit(main())
