"""Which things the report reader can name."""

from safetomove.core.scans.loader import lexicon


def term_ids() -> tuple[str, ...]:
    """List every id, those that need a clinician included."""
    return tuple(lexicon().terms)


def is_urgent(id: str) -> bool:
    """Say whether a thing needs a clinician, however it is worded."""
    return bool(lexicon().terms[id].card)
