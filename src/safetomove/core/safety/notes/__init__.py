"""Reads a diary note for danger words: raises safety cards, never clears one. English only."""

from safetomove.core.safety.notes.card import LEXICON_VERSION, NoteCard
from safetomove.core.safety.notes.scan import scan_note, scan_question

__all__ = ["LEXICON_VERSION", "NoteCard", "scan_note", "scan_question"]
