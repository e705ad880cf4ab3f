"""The drawn body: lengths, joint limits and masses, in one place with where each comes from.

100 units are the standing height. The world has x forward, y up and z to the person's right.
Angles are degrees; a limb hangs at 0, swings forward with +, and out to its own side with +.
"""

from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Limb(StrEnum):
    """The four limbs; the right side is the near one in a side view."""

    LEG_L = "leg_l"
    LEG_R = "leg_r"
    ARM_L = "arm_l"
    ARM_R = "arm_r"

    @property
    def is_leg(self) -> bool:
        """Tell a leg from an arm."""
        return self.value.startswith("leg")

    @property
    def side(self) -> float:
        """Return which way is outwards: 1 to the person's right, -1 to the left."""
        return 1.0 if self.value.endswith("r") else -1.0

    @property
    def bones(self) -> tuple[str, str, str]:
        """Name the three parts from the body outwards."""
        return ("thigh", "shank", "foot") if self.is_leg else ("upper_arm", "forearm", "hand")


# Share of height x 100. Winter, Biomechanics and Motor Control of Human Movement, fig. 4.1 (after
# Drillis and Contini 1966), where not marked assumed. The hand is drawn softly curled.
LENGTH: Final = {
    "pelvis": 6.0,  # hip centre to the lowest lumbar joint: assumed
    "lumbar": 11.0,  # assumed
    "thorax": 16.5,  # assumed; hip to the base of the neck adds up to 33.5
    "neck": 4.6,
    "thigh": 24.5,
    "shank": 24.6,
    "foot": 15.2,
    "upper_arm": 17.6,
    "forearm": 14.6,
    "hand": 8.4,
}
ANKLE: Final = 3.9  # ankle above the sole
HEEL_SHARE: Final = 0.25  # of the foot lies behind the ankle
HIP_HALF: Final = 4.8  # half the distance between the hip joints: assumed
SHOULDER_HALF: Final = 10.2  # half the distance between the shoulder joints
SHOULDER_DROP: Final = 3.4  # shoulder joint below the base of the neck, along the chest: assumed
SHOULDER_FORWARD: Final = 0.4
HEAD_CENTRE: Final = (1.0, 5.0)  # forward and up from the top of the neck

# The easy standing curve, spread evenly over the pieces of each part (bending forward is +).
LEAN: Final = 13.0  # the low back starts tipped forward on the pelvis
PIECES: Final = {"lumbar": 4, "thorax": 6, "neck": 1}
REST: Final = {"lumbar": -22.0, "thorax": 30.0, "neck": -8.0}
HEAD_TILT: Final = -13.0  # the head on the neck, so that the eyes look ahead

# Least and most, degrees. Common clinical reference values (AAOS and AMA tables as widely quoted)
# where not marked; to be looked up in print before anything but a drawing rests on them.
LIMIT: Final = {
    "lumbar": (-25.0, 60.0),
    "lumbar_side": (-25.0, 25.0),
    "lumbar_turn": (-10.0, 10.0),  # assumed
    "thorax": (-25.0, 40.0),  # assumed
    "thorax_side": (-25.0, 25.0),  # assumed
    "thorax_turn": (-35.0, 35.0),  # assumed
    "neck": (-60.0, 55.0),
    "neck_side": (-42.0, 42.0),
    "neck_turn": (-75.0, 75.0),
    "hip": (-22.0, 130.0),  # 125 is usual; 130 lets a knee be hugged by hand: assumed
    "knee": (0.0, 155.0),  # 145 is usual; 155 lets a person sit back on the heels: assumed
    "ankle": (-62.0, 38.0),  # 25 unloaded; 38 in a lunge under load, -62 kneeling: assumed
    "shoulder": (-62.0, 185.0),
    "elbow": (0.0, 152.0),
}

# Share of body mass (Winter, table 4.1; the split of the trunk is assumed).
MASS: Final = {
    "pelvis": 0.142,
    "lumbar": 0.139,
    "thorax": 0.216,
    "head": 0.081,
    "upper_arm": 0.028,
    "forearm": 0.022,
    "thigh": 0.100,
    "shank": 0.0465,
    "foot": 0.0145,
}
