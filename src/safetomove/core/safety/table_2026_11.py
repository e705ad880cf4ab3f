"""The safety rules read against their sources in November 2026.

Not yet signed off by a clinician. E, T, S, R below are the urgencies that the sources use:
now, today, within days, routine. Not knowing an E sign, or any sign of cauda equina, means
ring today; not knowing another means be seen within days. Never edit a rule once people have
been triaged by it: copy this file under a new date.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from safetomove.core.safety.conditions import (
    AnyRisk,
    Asked,
    Both,
    Condition,
    Either,
    SpaItems,
    UnlessNo,
)
from safetomove.core.safety.rules import Disposition, Rule, SafetyRules

READ_ON: Final = date(2026, 11, 22)

E, T, S, R = (
    Disposition.EMERGENCY,
    Disposition.SAME_DAY,
    Disposition.SOON,
    Disposition.ROUTINE,
)

BONE_RISK_UNDER_YEARS: Final = 20  # cks-red-flags; own-rule for the use made of it
BONE_RISK_FROM_YEARS: Final = 55  # cks-red-flags; own-rule for the use made of it
AORTA_RISK_FROM_YEARS: Final = 65  # nidirect-aaa; own-rule: asked of everybody, not only men
SPA_REFER_AT: Final = 4  # of nine items; nice-ng65 1.1.5
SPA_BLOOD_TEST_AT: Final = 3  # exactly; nice-ng65 1.1.5

BACK_RISK: Final = AnyRisk(
    ("cancer_history", "weak_immunity", "osteoporosis", "steroids"),
    under_years=BONE_RISK_UNDER_YEARS,
    from_years=BONE_RISK_FROM_YEARS,
)
# A spinal procedure and weak immunity both hide a spinal infection: yusuf-2019.
INFECTION_RISK: Final = AnyRisk(("weak_immunity", "recent_surgery"))


def _rule(
    id: str,
    disposition: Disposition,
    unknown: Disposition,
    *source: str,
    flag: str | None = None,
    when: Condition | None = None,
) -> Rule:
    """Make a rule; unless told otherwise it asks about the flag that it is named after."""
    return Rule(
        id=id,
        flag=flag or id,
        when=when or Asked(id),
        disposition=disposition,
        unknown_means=unknown,
        source=source,
        reviewed=READ_ON,
    )


def _nerves() -> Iterator[Rule]:
    """Cauda equina, cord and nerve signs: no other answer lowers any of these."""
    yield _rule("ces_bladder", E, T, "nhs-back-pain", "ces-card", "cks-red-flags")
    yield _rule("ces_bowel", E, T, "ces-card", "cks-red-flags")
    yield _rule("ces_saddle", E, T, "nhs-back-pain", "ces-card")
    yield _rule("ces_sexual", E, T, "nhs-back-pain", "ces-card", "greenhalgh-2016")
    yield _rule("ces_bilat", E, T, "nhs-back-pain", "cks-red-flags")
    # Long-standing and already looked at still means today: own-rule, on the careful side.
    yield _rule("ces_old", T, T, "girft-ces", "needs-check", "own-rule")
    yield _rule("neuro_prog", T, S, "lothian-lumbar")
    fast = Asked("neuro_prog_fast")
    yield _rule("neuro_prog_fast", E, T, "lothian-lumbar", when=fast)
    # Weeks rather than days softens it to today, never lower; not knowing which does not.
    soon_after = Both(Asked("cord"), UnlessNo("cord_days"))
    yield _rule("cord_days", E, T, "needs-check", "own-rule", flag="cord", when=soon_after)
    yield _rule("cord", T, T, "needs-check", "own-rule")


def _cancer_and_infection() -> Iterator[Rule]:
    yield _rule("mscc_neuro", E, T, "nice-ng234")
    yield _rule("mscc_pain", T, S, "nice-ng234")
    yield _rule("cancer_susp", T, S, "nhs-back-pain", "nice-ng12")
    yield _rule("infect", T, S, "nhs-back-pain", "yusuf-2019")
    risky = Both(Asked("infect"), INFECTION_RISK)
    yield _rule("infect_risk", E, T, "yusuf-2019", "own-rule", flag="infect", when=risky)
    yield _rule("infect_sepsis", E, T, "nhs-back-pain", "own-rule")
    yield _rule("eye", T, S, "needs-check")


def _bones_and_joints() -> Iterator[Rule]:
    yield _rule("fract_trauma", E, T, "nhs-back-pain")
    yield _rule("fract_frag", T, S, "cks-red-flags", "downie-2013", "own-rule")
    yield _rule("deform", T, S, "nhs-back-pain")
    # Common in lasting pain, so alone it is softer than the NHS page has it: own-rule.
    yield _rule("thor_night", S, S, "nhs-back-pain", "own-rule")
    risky = Both(Asked("thor_night"), BACK_RISK)
    yield _rule("thor_night_risk", T, S, "nhs-back-pain", flag="thor_night", when=risky)
    refer = Either(Asked("axspa"), SpaItems(SPA_REFER_AT))
    yield _rule("axspa", S, S, "nice-ng65", when=refer)
    three = SpaItems(SPA_BLOOD_TEST_AT, SPA_BLOOD_TEST_AT)
    yield _rule("axspa_hla_b27", S, S, "nice-ng65", flag="axspa", when=three)
    # "I don't know" about a relative bars nobody from moving, which helps this illness too.
    unsure = SpaItems(0, SPA_BLOOD_TEST_AT - 1, least_possible=SPA_BLOOD_TEST_AT)
    yield _rule("axspa_unsure", R, R, "nice-ng65", "own-rule", when=unsure)


def _belly_and_chest() -> Iterator[Rule]:
    yield _rule("aaa_rupt", E, T, "nidirect-aaa")
    yield _rule("aaa_sx", S, S, "nidirect-aaa")
    older = Both(Asked("aaa_sx"), AnyRisk(from_years=AORTA_RISK_FROM_YEARS))
    yield _rule("aaa_sx_age", T, S, "nidirect-aaa", "own-rule", flag="aaa_sx", when=older)
    yield _rule("chest", E, T, "nhs-back-pain")
    yield _rule("visc_renal", T, S, "needs-check")
    yield _rule("visc_gi", E, T, "needs-check")


def _about_the_person() -> Iterator[Rule]:
    yield _rule("preg_emerg", E, T, "needs-check")
    yield _rule("preg", S, S, "restore-2023", "needs-check")
    yield _rule("anticoag", E, T, "needs-check")
    # Self-guided doses are left out for three months after an operation: own-rule.
    yield _rule("recent_surgery", S, S, "own-rule")
    yield _rule("age", S, S, "nice-ng59", "who-2023", "own-rule")
    yield _rule("opioid_tox", E, T, "needs-check")


def _ordinary() -> Iterator[Rule]:
    yield _rule("sciatica", R, R, "cks-red-flags", "nice-ng59")
    yield _rule("stenosis", R, R, "needs-check")
    yield _rule("new_diff", S, S, "nice-ng59")


RULES_2026_11: Final = SafetyRules(
    version="2026-11",
    in_force_from=date(2026, 11, 1),
    rules=(
        *_nerves(),
        *_cancer_and_infection(),
        *_bones_and_joints(),
        *_belly_and_chest(),
        *_about_the_person(),
        *_ordinary(),
    ),
)
