"""Reads a diary note for danger words: raises safety cards, never clears one. English only."""

from .card import NoteCard
from .lexicon import LEXICON_VERSION
from .scan import scan_note

__all__ = ["LEXICON_VERSION", "NoteCard", "scan_note"]
