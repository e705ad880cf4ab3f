"""Name every warning sign, follow-up and risk that can be asked about."""

from enum import StrEnum
from types import MappingProxyType
from typing import Final

CES_FLAGS: Final = ("ces_bladder", "ces_bowel", "ces_saddle", "ces_sexual", "ces_bilat")

FLAGS: Final = (
    *CES_FLAGS,
    "ces_old",
    "neuro_prog",
    "cord",
    "mscc_neuro",
    "mscc_pain",
    "cancer_susp",
    "infect",
    "fract_trauma",
    "fract_frag",
    "deform",
    "thor_night",
    "axspa",
    "eye",
    "aaa_rupt",
    "aaa_sx",
    "chest",
    "visc_renal",
    "visc_gi",
    "preg_emerg",
    "preg",
    "anticoag",
    "age",
    "opioid_tox",
    "sciatica",
    "stenosis",
    "new_diff",
)

# Asked only after the sign that they follow; they can raise it and never stand for it.
FOLLOW_UPS: Final = ("neuro_prog_fast", "cord_days", "infect_sepsis")

AXSPA_GATE: Final = "axspa_onset_before_45"

# The nine of NG65 1.1.5; stiffness in the morning is not one of them.
AXSPA_ITEMS: Final = (
    "axspa_onset_before_35",
    "axspa_wakes_second_half_of_night",
    "axspa_buttock_pain",
    "axspa_better_with_movement",
    "axspa_better_within_48h_of_nsaid",
    "axspa_close_relative",
    "axspa_arthritis",
    "axspa_enthesitis",
    "axspa_psoriasis",
)

CONTEXT: Final = (
    "pregnant",
    "recent_surgery",
    "cancer_history",
    "osteoporosis",
    "steroids",
    "weak_immunity",
    "blood_thinner",
)

ANSWER_IDS: Final = frozenset((*FLAGS, *FOLLOW_UPS, AXSPA_GATE, *AXSPA_ITEMS))

# A question goes away only when every answer named here is a plain "no".
ONLY_IF: Final = MappingProxyType(
    {
        "mscc_neuro": ("cancer_history",),
        "mscc_pain": ("cancer_history",),
        "anticoag": ("blood_thinner", "recent_surgery"),
        "preg_emerg": ("pregnant",),
        "neuro_prog_fast": ("neuro_prog",),
        "cord_days": ("cord",),
        "infect_sepsis": ("infect", "visc_renal"),
        "axspa": (AXSPA_GATE,),
        **dict.fromkeys(AXSPA_ITEMS, (AXSPA_GATE,)),
    }
)

# Every sign that can mean today or now, and two that a flare-up may hide behind.
FLARE_FLAGS: Final = (
    *CES_FLAGS,
    "ces_old",
    "neuro_prog",
    "cord",
    "infect",
    "cancer_susp",
    "fract_trauma",
    "fract_frag",
    "deform",
    "thor_night",
    "eye",
    "new_diff",
    "chest",
    "aaa_rupt",
    "aaa_sx",
    "visc_gi",
    "visc_renal",
    "opioid_tox",
    "mscc_neuro",
    "mscc_pain",
    "preg_emerg",
    "anticoag",
)


class Answer(StrEnum):
    """What a person said; a question nobody answered has no `Answer` at all."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @property
    def concern(self) -> int:
        """Order answers from no (0) through unknown (1) to yes (2)."""
        return (Answer.NO, Answer.UNKNOWN, Answer.YES).index(self)
