"""The door of the note scanner: quick to import, because the tables wait for the first note."""

from safetomove.core.safety.notes.card import NoteCard


def scan_note(text: str) -> tuple[NoteCard, ...]:
    """List the cards that a free-text note raises, the most urgent first.

    Parameters
    ----------
    text
        A note of any length, English as typed. It is not kept.

    Returns
    -------
    tuple of NoteCard
        No duplicates. An empty result means that no known danger wording was seen; it never
        means that the writer is safe.

    Notes
    -----
    The danger expressions start from the lay wordings of GIRFT's cauda equina pathway and from
    NG59, NG51 and NG225; the words themselves are this project's own. Clinical review: none yet.
    """
    from safetomove.core.safety.notes.sweep import sweep

    return sweep(text)


def scan_question(text: str) -> tuple[NoteCard, ...]:
    """List the cards that a question typed into a search raises, by the firm patterns alone.

    The net that goes by likeness learnt from the sentences of diaries. To it "should I have a
    scan" sounds like despair, and whoever cries wolf at each question isn't heard.
    """
    from safetomove.core.safety.notes.sweep import sweep

    return sweep(text, by_likeness=False)
