"""What is drawn: still when asked, fit for strict pages, in any light, and always the same."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping

import pytest

from safetomove.content import figures
from safetomove.core.errors import BadInput
from safetomove.core.figures import BadMovement, Figure, draw
from safetomove.core.figures.colours import DARK, LIGHT, darker
from safetomove.core.figures.outlines import number, pairs, smooth

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def fold() -> Figure:
    return figures.load()["easy-fold"]


def test_the_same_data_draw_the_same_text(fold: Figure) -> None:
    before = draw.animated(fold, 2)
    again = figures.read(
        figures._table("easy-fold"), figures._bases(), figures.people(), {"title": fold.title}
    )
    words = f"<desc>{fold.level(2).words}</desc>"
    assert draw.animated(again, 2) == before.replace(words, "<desc></desc>")


def test_motion_stands_still_for_print_for_less_motion_and_on_request(fold: Figure) -> None:
    svg = draw.animated(fold, 1)
    frozen = r"\{animation-play-state:paused;animation-delay:-[\d.]+s\}"
    assert re.search(r"@media print,\(prefers-reduced-motion:reduce\)\{\.k" + frozen, svg)
    assert re.search(r":target \.k" + frozen, svg)
    assert 'id="still"' in svg


def test_a_figure_in_a_page_needs_no_style_in_its_markup(fold: Figure) -> None:
    inline = draw.inline(fold, 1)
    assert "style" not in inline.svg
    assert " id=" not in inline.svg  # the same figure may stand in a page twice
    assert ".paused .k{animation-play-state:paused}" in inline.css
    used = {name for said in re.findall(r'class="k (\w+)"', inline.svg) for name in [said]}
    assert used
    for name in used:
        assert f".fig-easy-fold-1 .{name}{{animation-name:fig-easy-fold-1-{name}}}" in inline.css


def test_two_figures_in_a_page_share_no_keyframes() -> None:
    css = [draw.inline(figures.load()[id], 1).css for id in ("easy-fold", "bridge")]
    first, second = (set(re.findall(r"@keyframes ([\w-]+)", each)) for each in css)
    assert first
    assert second
    assert not first & second


def test_a_strip_shows_each_shown_pose_once_and_stands_still(fold: Figure) -> None:
    strip = ET.fromstring(draw.strip(fold, 3))
    assert [text.text for text in strip.iter(f"{SVG}text")] == ["1", "2", "3", "4"]
    assert len(strip.findall(f"{SVG}svg")) == 4
    assert "animation" not in draw.strip(fold, 3)


def test_a_strip_may_show_chosen_poses(fold: Figure) -> None:
    strip = ET.fromstring(draw.strip(fold, 3, poses=["stand", "down"]))
    assert len(strip.findall(f"{SVG}svg")) == 2


def test_a_still_shows_the_far_end_unless_a_pose_is_named(fold: Figure) -> None:
    assert draw.still(fold, 3) == draw.still(fold, 3, pose="down")
    assert draw.still(fold, 3) != draw.still(fold, 3, pose="stand")


def test_a_pose_or_level_that_is_not_there_is_refused(fold: Figure) -> None:
    with pytest.raises(BadMovement, match="no pose sideways"):
        draw.still(fold, 1, pose="sideways")
    with pytest.raises(BadInput, match="no level 7"):
        draw.animated(fold, 7)


def test_a_picture_follows_the_light_of_the_device_or_the_one_asked_for(fold: Figure) -> None:
    assert "prefers-color-scheme:dark" in draw.still(fold, 1)
    dark = draw.still(fold, 1, theme="dark")
    assert "prefers-color-scheme" not in dark
    assert DARK["sky"] in dark
    assert LIGHT["sky"] not in dark
    assert "--sky:#ffffff" in draw.still(fold, 1, theme="print")


def test_every_colour_that_is_used_is_set() -> None:
    for id in ("carry", "leg-press", "ball-wall-squat", "knee-rolls", "good-morning-stick"):
        svg = draw.animated(figures.load()[id], 3)
        assert set(re.findall(r"var\(--([\w-]+)\)", svg)) <= set(re.findall(r"--([\w-]+):", svg))


def test_a_picture_says_what_it_shows(fold: Figure) -> None:
    root = ET.fromstring(draw.animated(fold, 1))
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Easy fold down"
    assert (root.findtext(f"{SVG}desc") or "").startswith("To your thighs")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.04, "0"),
        (0.5, ".5"),
        (-0.5, "-.5"),
        (12.0, "12"),
        (-3.25, "-3.2"),
        (10, "10"),
    ],
)
def test_numbers_are_written_short(value: float, text: str) -> None:
    assert number(value) == text


def test_paths_close_and_part_their_numbers() -> None:
    assert pairs((1, -2, 0.5)) == "1-2 .5"
    assert smooth([(0, 0), (4, 0), (4, 4), (0, 4)]).startswith("M0 0c")
    assert darker("#ffffff", 0.5) == "#808080"


def table(**changed: object) -> Mapping[str, object]:
    whole: dict[str, object] = dict(figures._table("easy-fold"))
    return whole | changed


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"person": "nobody"}, "nobody"),
        ({"view": "below"}, "below"),
        ({"props": [{"kind": "trampoline"}]}, "trampoline"),
        ({"level": [{"poses": ["stand", "fly"]}] * 3}, "fly"),
        ({"level": [{"change": {"fly": {"neck": 1}}}] * 3}, "not there"),
    ],
)
def test_a_slip_in_the_data_is_refused_by_name(changed: dict[str, object], expected: str) -> None:
    with pytest.raises(BadMovement, match=expected) as refused:
        figures.read(table(**changed), figures._bases(), figures.people(), {})
    assert "easy-fold" in str(refused.value)


def test_a_levels_word_on_a_hand_replaces_what_was_said_of_that_arm() -> None:
    raw = {"id": "x", "hand_r": {"at": [0, 0]}, "arm_l": {"up": 3}}
    assert "hand_r" not in figures._changed(raw, {"arm_r": {"up": 1}})
    assert set(figures._changed(raw, {"arms": {"up": 1}})) == {"id", "arms"}
    assert set(figures._changed(raw, {"legs": {"up": 1}})) == {"id", "hand_r", "arm_l", "legs"}
