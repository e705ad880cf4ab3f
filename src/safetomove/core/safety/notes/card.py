"""The safety cards that a note can raise, and the date of the words that raise them."""

from enum import StrEnum

LEXICON_VERSION = "2026-11-22"


class NoteCard(StrEnum):
    """Declared in order of urgency: minutes first, then hours, then days."""

    CARDIAC_OR_VASCULAR = "cardiac_or_vascular"
    OVERDOSE_OR_MEDICINE = "overdose_or_medicine"
    GI_BLEED = "gi_bleed"
    SUICIDALITY = "suicidality"
    CAUDA_EQUINA = "cauda_equina"
    INFECTION = "infection"
    TRAUMA = "trauma"
    SELF_HARM = "self_harm"
    ABUSE = "abuse"
    PROGRESSIVE_WEAKNESS = "progressive_weakness"
    CANCER = "cancer"
