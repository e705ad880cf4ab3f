"""Every movement at every level: sound for a body, small to send, true to its words."""

import gzip
import re
import tomllib
import xml.etree.ElementTree as ET
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from safetomove.content import figures, files
from safetomove.core.figures import Figure, draw, problems
from safetomove.core.figures.keyframes import kept
from safetomove.core.figures.parts import Part, Track
from safetomove.core.figures.scene import scene_of

MOST_BYTES = 6000  # one level in motion, with all its data, as sent
MOST_STRAY = 0.9  # % of height between a part as solved and as a browser plays it
LEAST_MOVEMENTS = 48
LEAST_DIFFERENCE = 1.0  # degrees, seconds or % of height, somewhere between two levels
MOVEMENTS = pytest.mark.parametrize("id", figures.ids())


@cache
def moving(id: str, level: int) -> str:
    return draw.animated(figures.load()[id], level)


def levels(id: str) -> list[tuple[Figure, int]]:
    return [(figures.load()[id], level) for level in figures.load()[id].levels]


def test_there_are_enough_movements_of_every_family_of_the_course() -> None:
    every = figures.load().values()
    assert len(every) >= LEAST_MOVEMENTS
    assert {figure.family for figure in every} >= {
        "bending", "arching", "turning", "sitting", "lifting", "hinge", "walking", "floor",
        "chair", "ball", "tai-chi", "multigym", "breathing",
    }  # fmt: skip


def test_people_differ_in_build_skin_and_dress() -> None:
    drawn = [figure.person for figure in figures.load().values()]
    assert len({person.id for person in drawn}) >= 8
    assert len({person.colours["skin"] for person in drawn}) >= 8
    assert max(p.broad for p in drawn) > 1.1 > 1.0 > min(p.broad for p in drawn)


@MOVEMENTS
def test_no_joint_limit_floor_or_balance_is_broken_at_any_moment(id: str) -> None:
    assert {level: problems(figure, level) for figure, level in levels(id)} == {
        level: [] for _, level in levels(id)
    }


@MOVEMENTS
def test_a_level_in_motion_is_small_and_whole(id: str) -> None:
    for figure, level in levels(id):
        svg = moving(id, level)
        assert len(gzip.compress(svg.encode(), 9)) <= MOST_BYTES
        root = ET.fromstring(svg)
        assert root.get("viewBox") == "0 0 160 120"
        assert "{number" not in svg
        assert "nan" not in svg
        assert "<script" not in svg
        assert root.findtext("{http://www.w3.org/2000/svg}title") == figure.title


@MOVEMENTS
def test_what_a_browser_plays_stays_with_what_was_solved(id: str) -> None:
    for figure, level in levels(id):
        stray = max(_stray(part, np.eye(3), np.eye(3)) for part in scene_of(figure, level).parts)
        assert stray <= MOST_STRAY


def _stray(part: Part, solved: np.ndarray, played: np.ndarray) -> float:
    """Measure how far a part's joint, and those of all it carries, strays between keyframes."""
    if part.track is not None:
        solved = solved @ _matrices(part.track)
        played = played @ _matrices(_as_played(part.track, part.reach))
    if match := re.findall(r"(translate|rotate)\(([-\d.]+)(?:[ ,]([-\d.]+))?\)", part.fixed):
        for kind, first, second in match:
            fixed = _fixed(kind, float(first), float(second or 0))
            solved, played = solved @ fixed, played @ fixed
    here = float(np.abs(solved[..., :2, 2] - played[..., :2, 2]).max())
    return max([here, *(_stray(each, solved, played) for each in part.carries)])


def _as_played(track: Track, reach: float) -> Track:
    table, keys = track.table(), kept(track, reach)
    every = np.arange(len(table))
    return Track.of(np.stack([np.interp(every, keys, column[keys]) for column in table.T], axis=-1))


def _matrices(track: Track) -> np.ndarray:
    turn = np.radians(track.turn)
    found = np.zeros((len(turn), 3, 3))
    found[:, 0, 0], found[:, 0, 1] = np.cos(turn) * track.along, -np.sin(turn) * track.across
    found[:, 1, 0], found[:, 1, 1] = np.sin(turn) * track.along, np.cos(turn) * track.across
    found[:, 0, 2], found[:, 1, 2], found[:, 2, 2] = track.x, track.y, 1.0
    return found


def _fixed(kind: str, first: float, second: float) -> np.ndarray:
    x, y, turn = (first, second, 0.0) if kind == "translate" else (0.0, 0.0, first)
    return _matrices(Track.of(np.array([[x, y, turn, 1.0, 1.0]])))[0]


@MOVEMENTS
def test_each_level_can_be_told_from_the_one_before_it(id: str) -> None:
    for (figure, easier), (_, harder) in pairwise(levels(id)):
        assert figure.seen_at(easier).view != figure.seen_at(harder).view or _differ(
            figure, easier, harder
        )


def _differ(figure: Figure, easier: int, harder: int) -> bool:
    a, b = scene_of(figure, easier).motion, scene_of(figure, harder).motion
    far = max(float(np.abs(a.body.channels[k] - b.body.channels[k]).max()) for k in a.body.channels)
    props = figure.level(easier).props != figure.level(harder).props
    return props or far > LEAST_DIFFERENCE or abs(a.seconds - b.seconds) > LEAST_DIFFERENCE


def test_every_movement_that_has_words_has_a_figure_with_as_many_levels() -> None:
    folder = files.root() / "en" / "movements"
    for path in folder.iterdir():
        told = tomllib.loads(path.read_text("utf-8"))
        assert len(figures.load()[told["id"]].levels) == len(told["levels"]), told["id"]


def test_a_loop_ends_where_it_began() -> None:
    for figure in figures.load().values():
        for level in figure.levels:
            motion = scene_of(figure, level).motion
            if motion.loop:
                for joint in motion.body.limbs.values():
                    assert np.allclose(joint[0], joint[-1], atol=1e-6), figure.id
