"""What the look promises: small, ours alone, readable, and red only where it means something."""

import hashlib
import itertools
import re
from pathlib import Path

import brotli
import pytest

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "src" / "safetomove" / "web"
STATIC = WEB / "static"
SITE_CSS = (STATIC / "css" / "site.css").read_text(encoding="utf-8")
TOKENS = (ROOT / "styles" / "tokens.css").read_text(encoding="utf-8")
TEMPLATES = sorted(WEB.rglob("*.jinja"))

CSS_BUDGET = 22_000  # bytes, brotli
FIRST_PAGE_BUDGET = 60_000  # bytes, brotli: the page and all it fetches
ROOM_FOR_HTML = 12_000
FIRST_PAGE_FILES = (
    "css/site.css",
    "js/site.js",
    "art.svg",
    "icon.svg",
    "fonts/atkinson-hyperlegible-next.woff2",
)
MOST_REQUESTS = 10
CARE_COLOURS = ("--care-red", "--care-black", "--care-plain", "--care-rim", "--care-edge")


def squeezed(path: Path) -> int:
    content = path.read_bytes()
    return len(content) if path.suffix == ".woff2" else len(brotli.compress(content))


def rules(css: str) -> list[tuple[str, str]]:
    return re.findall(r"([^{}]+)\{([^{}]*)\}", css)


def block(start: str, end: str, after: int = 0) -> dict[str, str]:
    """Read the tokens that stand between two marks of tokens.css."""
    first = TOKENS.index(start, after)
    found = re.findall(r"(--[\w-]+): ([^;]+);", TOKENS[first : TOKENS.index(end, first)])
    return {name.removeprefix("--"): value for name, value in found}


LIGHT = block("/* light */", "/* end light */")
DARK = LIGHT | block("/* dark */", "/* end dark */")
CHOSEN_DARK = LIGHT | block(':root[data-theme="dark"]', "\n}")


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def pair_contrast(pair: str, tokens: dict[str, str]) -> float:
    if pair == "focus-a beside focus-b":
        return contrast(tokens["focus-a"], tokens["focus-b"])
    front, behind = pair.split(" on ")
    fronts = ["focus-a", "focus-b"] if front.startswith("focus (") else [front]
    return max(contrast(tokens[each], tokens[behind]) for each in fronts)


TABLE = [
    (pair.strip(), float(least), float(light), float(dark))
    for pair, least, light, dark in re.findall(
        r"^ \* (\S.*?)\s+(?:text|UI|chart) ([\d.]+)\s+([\d.]+)\s+([\d.]+)$", TOKENS, re.MULTILINE
    )
]


def test_the_contrast_table_is_read_whole() -> None:
    assert len(TABLE) == TOKENS.count("  text 7  ") + TOKENS.count(" UI 3 ") + TOKENS.count(
        "  chart 3  "
    )
    assert {"ink on paper", "on-care on care-red"} <= {pair for pair, *_ in TABLE}


@pytest.mark.parametrize(("pair", "least", "light", "dark"), TABLE, ids=lambda value: str(value))
def test_a_pair_of_colours_keeps_its_contrast_by_day_and_by_night(
    pair: str, least: float, light: float, dark: float
) -> None:
    measured = [pair_contrast(pair, tokens) for tokens in (LIGHT, DARK)]
    assert min(measured) >= least
    assert [round(each, 1) for each in measured] == [light, dark]


def test_night_is_the_same_whether_the_device_or_the_person_asks_for_it() -> None:
    both = DARK.keys() & CHOSEN_DARK.keys()
    assert {name: DARK[name] for name in both} == {
        name: value for name, value in CHOSEN_DARK.items() if name in both
    }
    assert CHOSEN_DARK["paper"] != LIGHT["paper"]


def test_a_printed_care_card_is_black_on_white() -> None:
    paper = LIGHT | block("@media print", "\n}")
    for surface in ("care-red", "care-black", "care-plain", "sheet"):
        assert contrast(paper["on-care"], paper[surface]) == pytest.approx(21.0)
    assert paper["ink"] == paper["error"] == "#000000"


def test_the_style_sheet_was_built_from_the_sources_beside_it() -> None:
    folder = ROOT / "styles"
    sources = sorted(p.relative_to(ROOT).as_posix() for p in folder.rglob("*.*css"))
    digest = hashlib.sha256(b"".join((ROOT / each).read_bytes() for each in sources)).hexdigest()
    assert f"/* sources {digest[:16]} */" in SITE_CSS, "run: npm run css"


def test_nothing_is_fetched_from_anywhere_else() -> None:
    texts = [path.read_text(encoding="utf-8") for path in STATIC.rglob("*.svg")] + [
        path.read_text(encoding="utf-8") for path in STATIC.rglob("*.js")
    ]
    for text in [SITE_CSS, *texts]:
        addresses = set(re.findall(r"(?:https?:)?//[\w.-]+\.\w+[^\s\"')]*", text))
        assert addresses <= {"http://www.w3.org/2000/svg"}
    for address in re.findall(r"url\(([^)]*)\)", SITE_CSS):
        assert (STATIC / "css" / address.strip("\"'")).is_file()


def test_the_licensed_font_and_marks_are_absent() -> None:
    assert "frutiger" not in SITE_CSS.lower()
    assert not [path for path in STATIC.rglob("*") if "nhs" in path.name.lower()]
    assert (STATIC / "fonts" / "OFL.txt").read_text(encoding="utf-8").count("SIL OPEN FONT LICENSE")
    assert "MIT licence" in SITE_CSS.splitlines()[0]


def test_the_style_sheet_and_the_first_page_are_small() -> None:
    assert squeezed(STATIC / "css" / "site.css") <= CSS_BUDGET
    fetched = sum(squeezed(STATIC / each) for each in FIRST_PAGE_FILES)
    assert fetched <= FIRST_PAGE_BUDGET - ROOM_FOR_HTML
    assert len(FIRST_PAGE_FILES) + 1 <= MOST_REQUESTS


def test_every_custom_property_that_is_used_is_set() -> None:
    drawn = itertools.chain(TEMPLATES, STATIC.rglob("*.svg"))
    used = SITE_CSS + "".join(path.read_text(encoding="utf-8") for path in drawn)
    wanted = set(re.findall(r"var\((--[\w-]+)", used))
    assert wanted - set(re.findall(r"(--[\w-]+)\s*:", SITE_CSS)) == set()


def test_red_belongs_to_the_care_cards_alone() -> None:
    users = {
        selector.strip()
        for selector, body in rules(SITE_CSS)
        if any(f"var({colour}" in body for colour in CARE_COLOURS)
    }
    assert users
    assert [each for each in users if "nhsuk-card--care" not in each] == []
    drawings = [*TEMPLATES, *STATIC.rglob("*.svg")]
    assert [
        p.name
        for p in drawings
        if "--care-" in p.read_text(encoding="utf-8").replace("nhsuk-card--care--", "")
    ] == []
