"""The body: reaching, turning, balancing, and easing from pose to pose."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from safetomove.content import figures
from safetomove.core.figures import BadMovement, Figure, Level, Limb, Pose, nearer, problems
from safetomove.core.figures.body import LENGTH
from safetomove.core.figures.geometry import angles, degrees_between, direction, rotation, two_bones
from safetomove.core.figures.motion import base, centre_of_mass, motion_of, solved
from safetomove.core.figures.movement import Way
from safetomove.core.figures.skeleton import Bodies

DEGREES = st.floats(-179, 179)


def figure(id: str) -> Figure:
    return figures.load()[id]


def with_pose(whole: Figure, id: str, **changed: object) -> Figure:
    """Spoil one pose of a movement's last level."""
    *before, last = whole.by_level
    poses = tuple(replace(each, **changed) if each.id == id else each for each in last.poses)  # type: ignore[arg-type]
    return replace(whole, by_level=(*before, replace(last, poses=poses)))


@settings(max_examples=40)
@given(DEGREES, st.floats(-80, 80), st.sampled_from([-1.0, 1.0]), st.booleans())
def test_angles_undo_direction(main: float, off: float, side: float, front: bool) -> None:
    way = direction(np.array([main]), np.array([off]), side, front=front)
    found = angles(way, side, front=front)
    assert found[0][0] == pytest.approx(main, abs=1e-6)
    assert found[1][0] == pytest.approx(off, abs=1e-6)


@settings(max_examples=40)
@given(DEGREES, DEGREES, DEGREES)
def test_a_rotation_keeps_lengths_and_handedness(bend: float, lean: float, turn: float) -> None:
    turned = rotation(np.array([[bend, lean, turn]]))[0]
    assert np.allclose(turned @ turned.T, np.eye(3))
    assert np.linalg.det(turned) == pytest.approx(1.0)


@settings(max_examples=40)
@given(st.floats(-28, 28), st.floats(-28, 28), st.floats(-28, 28))
def test_two_bones_keep_their_lengths_and_end_where_they_can_reach(
    x: float, y: float, z: float
) -> None:
    start, target = np.zeros((1, 3)), np.array([[x, y, z]])
    assume(np.linalg.norm(target) > 0.2)  # a place on the joint itself lies in no direction
    middle, end = two_bones(start, target, (24.5, 24.6), np.array([[1.0, 0.2, 0.1]]))
    assert np.linalg.norm(middle) == pytest.approx(24.5)
    assert np.linalg.norm(end - middle) == pytest.approx(24.6)
    if np.linalg.norm(target) < 49.0:
        assert np.allclose(end, target)


def test_limbs_keep_the_length_of_their_bones_through_a_whole_movement() -> None:
    body = motion_of(figure("sit-to-stand"), 2).body
    for limb in Limb:
        for n, bone in enumerate(limb.bones):
            length = np.linalg.norm(body.limbs[limb][:, n + 1] - body.limbs[limb][:, n], axis=-1)
            assert np.allclose(length, LENGTH[bone])


def test_feet_that_rest_on_the_floor_do_not_slide() -> None:
    feet = motion_of(figure("easy-fold"), 3).body.limbs[Limb.LEG_R][:, 2]
    assert np.ptp(feet, axis=0).max() < 1e-6


def test_a_balanced_pose_has_its_weight_over_the_middle_of_the_feet() -> None:
    whole = figure("easy-fold")
    body = solved(whole, whole.level(3))
    assert np.allclose(centre_of_mass(body)[:, 0], base(body).mean(axis=1), atol=0.3)


def test_each_pose_is_met_at_its_mark() -> None:
    whole = figure("easy-fold")
    motion = motion_of(whole, 3)
    met = motion.body.channels["lumbar"][list(motion.marks), 0]
    assert np.allclose(met, [pose.lumbar[0] for pose in whole.level(3).poses], atol=0.5)


def test_easing_never_goes_beyond_the_poses() -> None:
    lumbar = motion_of(figure("cat-cow"), 2).body.channels["lumbar"][:, 0]
    said = [pose.lumbar[0] for pose in figure("cat-cow").level(2).poses]
    assert min(said) - 1e-9 <= lumbar.min()
    assert lumbar.max() <= max(said) + 1e-9


def test_a_held_pose_stands_still() -> None:
    motion = motion_of(figure("bridge"), 2)
    last = motion.body.limbs[Limb.LEG_R][-5:]
    assert np.ptp(last, axis=0).max() < 0.05


def test_a_smaller_range_goes_a_share_of_the_way() -> None:
    home, _, _, down = figure("easy-fold").level(3).poses
    half = nearer(down, home, 0.5)
    assert half.lumbar[0] == pytest.approx((home.lumbar[0] + down.lumbar[0]) / 2)
    assert nearer(down, home, 1.0).at == pytest.approx(down.at)
    assert nearer(down, home, 0.0).pelvis == home.pelvis


def lift_of(body: Bodies) -> float:
    return float(body.limbs[Limb.ARM_R][:, 2, 1].max())


def test_a_shelf_is_reached_higher_at_a_higher_level() -> None:
    heights = [lift_of(motion_of(figure("shelf-lift"), n).body) for n in (1, 2, 3)]
    assert heights == sorted(heights)
    assert heights[2] - heights[0] > 20


def test_degrees_between_measures_a_right_angle() -> None:
    across = degrees_between(np.array([[1.0, 0, 0]]), np.array([[0, 2.0, 0]]))
    assert across[0] == pytest.approx(90.0)


@pytest.mark.parametrize(
    ("id", "pose", "changed", "expected"),
    [
        ("easy-fold", "down", {"lumbar": (80.0, 0.0, 0.0)}, "lumbar goes to 80"),
        ("easy-fold", "down", {"at": (0.0, 20.0, 0.0)}, "outside"),
        ("easy-fold", "down", {"move": 0.12}, "degrees a second"),
        ("easy-fold", "stand", {"at": (0.0, 58.0, 0.0)}, "misses its place"),
        ("easy-fold", "stand", {"at": (24.0, 44.0, 0.0), "balance": False}, "would fall over"),
        ("bridge", "lie", {"at": (-28.0, 1.0, 0.0)}, "sinks"),
    ],
)
def test_a_spoiled_pose_is_caught(
    id: str, pose: str, changed: dict[str, object], expected: str
) -> None:
    spoiled = with_pose(figure(id), pose, **changed)
    assert any(expected in each for each in problems(spoiled, len(spoiled.levels)))


def test_a_hand_put_through_the_trunk_is_caught() -> None:
    whole = figure("belly-breath")
    pose = whole.by_level[1].poses[0]
    arm = replace(pose.limbs[Limb.ARM_R], at=(0.0, -14.0, 0.0))
    last = replace(pose, limbs={**pose.limbs, Limb.ARM_R: arm})
    level = replace(whole.by_level[1], poses=(last, whole.by_level[1].poses[1]))
    spoiled = replace(whole, by_level=(whole.by_level[0], level, whole.by_level[2]))
    assert any("through the trunk" in each for each in problems(spoiled, 2))


def test_a_pose_that_takes_no_time_is_refused() -> None:
    pose = figure("easy-fold").level(1).poses[0]
    with pytest.raises(BadMovement, match="takes no time"):
        replace(pose, move=0.0)


def test_a_pose_that_leaves_a_limb_unsaid_is_refused() -> None:
    with pytest.raises(BadMovement, match="limb unsaid"):
        Pose(id="odd")


def test_two_poses_of_one_name_are_refused() -> None:
    pose = figure("easy-fold").level(1).poses[0]
    with pytest.raises(BadMovement, match="its own id"):
        Level(poses=(pose, pose))


def test_a_movement_with_too_few_levels_is_refused() -> None:
    whole = figure("easy-fold")
    with pytest.raises(BadMovement, match="fewer than 3 levels"):
        replace(whole, by_level=whole.by_level[:2])


def test_a_level_that_is_not_there_is_refused() -> None:
    with pytest.raises(BadMovement, match="no level 9"):
        figure("easy-fold").level(9)
    assert figure("cat-cow").way is Way.LOOP
