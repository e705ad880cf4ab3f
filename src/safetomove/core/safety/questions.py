"""Put the questions in order: which come together on a screen, and which can be skipped."""

from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from safetomove.core.safety.answers import SafetyAnswers
from safetomove.core.safety.flags import AXSPA_GATE, AXSPA_ITEMS, CES_FLAGS, CONTEXT, ONLY_IF


class QuestionKind(StrEnum):
    """How a question is answered."""

    YES_NO_UNKNOWN = "yes_no_unknown"
    AGE = "age"


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyQuestion:
    """One question; `in_context` says which half of the answers its answer belongs to.

    `only_if`: ask unless every answer named here is a plain no. Empty means always ask.
    """

    id: str
    kind: QuestionKind = QuestionKind.YES_NO_UNKNOWN
    in_context: bool = False
    only_if: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """The questions that share a page."""

    id: str
    questions: tuple[str, ...]


_FIRST: Final = (
    Screen(id="about_you", questions=("age", "pregnant", "recent_surgery", AXSPA_GATE)),
    # The five cauda equina questions come early and alone: few people volunteer them.
    *(Screen(id=flag, questions=(flag,)) for flag in CES_FLAGS),
    Screen(id="legs", questions=("ces_old", "neuro_prog", "cord", "sciatica")),
    Screen(id="health", questions=("cancer_history", "weak_immunity", "osteoporosis", "steroids")),
    Screen(id="bones", questions=("blood_thinner", "fract_trauma", "fract_frag", "deform")),
    Screen(id="sudden", questions=("chest", "aaa_rupt", "visc_gi", "opioid_tox")),
    Screen(id="unwell", questions=("infect", "cancer_susp", "visc_renal", "eye")),
    Screen(id="your_pain", questions=("thor_night", "aaa_sx", "stenosis", "new_diff")),
    # Most people see none or two of these; all seven need several illnesses at once.
    Screen(
        id="more",
        questions=(
            "neuro_prog_fast",
            "cord_days",
            "infect_sepsis",
            "mscc_neuro",
            "mscc_pain",
            "anticoag",
            "preg_emerg",
        ),
    ),
    Screen(id="joints", questions=AXSPA_ITEMS[:5]),
    Screen(id="family", questions=AXSPA_ITEMS[5:]),
)

_FLARE: Final = (
    Screen(id="flare_nerves", questions=(*CES_FLAGS, "ces_old", "neuro_prog", "cord")),
    Screen(
        id="flare_changes",
        questions=(
            "infect",
            "cancer_susp",
            "fract_trauma",
            "fract_frag",
            "deform",
            "thor_night",
            "eye",
            "new_diff",
        ),
    ),
    Screen(
        id="flare_sudden",
        questions=(
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
        ),
    ),
)


def _question(id: str) -> SafetyQuestion:
    return SafetyQuestion(
        id=id,
        kind=QuestionKind.AGE if id == "age" else QuestionKind.YES_NO_UNKNOWN,
        in_context=id == "age" or id in CONTEXT,
        only_if=ONLY_IF.get(id, ()),
    )


QUESTIONS: Final = MappingProxyType(
    {id: _question(id) for screen in _FIRST for id in screen.questions}
)


def first_screens(told: SafetyAnswers | None = None) -> tuple[Screen, ...]:
    """Return the full check; with answers so far, without what no longer applies."""
    return _that_apply(_FIRST, told)


def flare_screens(told: SafetyAnswers | None = None) -> tuple[Screen, ...]:
    """Return the check at a flare-up: every sign that can mean now or today, again."""
    return _that_apply(_FLARE, told)


def _that_apply(screens: tuple[Screen, ...], told: SafetyAnswers | None) -> tuple[Screen, ...]:
    if told is None:
        return screens
    left = (
        replace(screen, questions=tuple(q for q in screen.questions if told.applies(q)))
        for screen in screens
    )
    return tuple(screen for screen in left if screen.questions)
