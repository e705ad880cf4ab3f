"""Read what was typed and tapped on the ladder's forms; what is wrong is said beside its field."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from safetomove.content import movements
from safetomove.core.diary import BadCheckIn
from safetomove.core.diary.cells import parse_number
from safetomove.core.diary.check_in import SCALE_TOP
from safetomove.core.ladder import (
    LIKELY_TOP,
    RUNG_WORDS_TOP,
    WORDS_TOP,
    Expected,
    Happened,
)
from safetomove.web.patient.forms import Errors, can_be_kept, showable, tidy
from safetomove.web.words import page


@dataclass(kw_only=True)
class Form:
    """A form as it was sent: what was typed, to be shown again, and what is wrong with it."""

    sent: Mapping[str, str]
    errors: Errors = field(default_factory=list)

    def words(self, name: str, *, top: int, long: str, sign: str) -> str:
        """Read a line or two in the person's words."""
        text = tidy(self.sent.get(name, ""))
        if len(text) > top:
            self.errors.append((name, long))
        elif not can_be_kept(text.replace("\n", " ")):
            self.errors.append((name, sign))
        return text

    def number(self, name: str, *, top: float, wrong: str) -> float:
        """Read a number from 0 to `top`; where there is none, say so."""
        try:
            found = parse_number(str(self.sent.get(name, "")).strip(), top=top)
        except BadCheckIn:
            found = None
        if found is None:
            self.errors.append((name, wrong))
        return 0.0 if found is None else found

    @property
    def typed(self) -> dict[str, str]:
        """What was sent, fit to be shown again."""
        return {name: showable(text) for name, text in self.sent.items()}

    @property
    def wrong(self) -> dict[str, str]:
        """What is wrong, by field."""
        return dict(self.errors)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRung:
    """A rung as asked for: a movement or words."""

    movement: str
    words: str
    worry: float


def read_rung(form: Form, *, offered: frozenset[str]) -> NewRung:
    """Read a new rung; a movement that is not on offer counts as none."""
    said = page("ladder")["add"]
    words = form.words(
        "words", top=RUNG_WORDS_TOP, long=said["errors_long"], sign=said["errors_sign"]
    )
    movement = form.sent.get("movement", "")
    movement = movement if movement in offered and movement in movements.load() else ""
    mapped = tidy(form.sent.get("avoided", ""))  # a line of their map; what was typed comes first
    words = words or (mapped if can_be_kept(mapped) and len(mapped) <= RUNG_WORDS_TOP else "")
    if bool(words) == bool(movement):
        form.errors.append(("words", said["errors_one"]))
    worry = form.number("worry", top=SCALE_TOP, wrong=said["errors_worry"])
    return NewRung(movement=movement, words=words, worry=worry)


def read_expected(form: Form, *, talk_first: bool) -> tuple[Expected | None, str]:
    """Read the three guesses and the place; None where one is missing."""
    said = page("ladder")["try"]
    if talk_first and not form.sent.get("talked"):
        form.errors.append(("talked", said["errors_tick"]))
    what = form.words("what", top=WORDS_TOP, long=said["errors_long"], sign=said["errors_sign"])
    if not what:
        form.errors.append(("what", said["errors_what"]))
    likely = form.number("likely", top=LIKELY_TOP, wrong=said["errors_likely"])
    bad = form.number("bad", top=SCALE_TOP, wrong=said["errors_bad"])
    where = form.words(
        "where", top=RUNG_WORDS_TOP, long=said["errors_where"], sign=said["errors_sign"]
    )
    return (None if form.errors else Expected(what=what, likely=likely, bad=bad)), where


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was told of a try, before it has its day."""

    happened: Happened
    bad: float
    worry: float
    learnt: str


def read_outcome(form: Form) -> Told | None:
    """Read what came of a try; None where something is missing."""
    said = page("ladder")["do"]
    happened = form.sent.get("happened", "")
    if happened not in set(Happened):
        form.errors.append(("happened", said["errors_happened"]))
    bad = form.number("bad", top=SCALE_TOP, wrong=said["errors_bad"])
    tries = page("ladder")["try"]
    learnt = form.words(
        "learnt", top=WORDS_TOP, long=tries["errors_long"], sign=tries["errors_sign"]
    )
    worry = form.number("worry", top=SCALE_TOP, wrong=said["errors_worry"])
    if form.errors:
        return None
    return Told(happened=Happened(happened), bad=bad, worry=worry, learnt=learnt)


def read_worry(form: Form) -> float:
    """Read a worry rated anew."""
    return form.number("worry", top=SCALE_TOP, wrong=page("ladder")["add"]["errors_worry"])
