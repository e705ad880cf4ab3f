"""From what was answered to scores, or to why there is none; never a gap filled by ourselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from safetomove.core.errors import BadInput
from safetomove.core.measures.instrument import Condition, Instrument, Kind
from safetomove.core.measures.scale import Method, Missing, Scale

WORDS_TOP = 120  # characters of an activity in the person's own words


class Reason(StrEnum):
    """Why there is no score."""

    NOTHING_ANSWERED = "nothing_answered"
    TOO_MANY_BLANK = "too_many_blank"
    NOT_ASKED = "not_asked"  # an item that the score needs was left out here on purpose
    NO_VALUE_SET = "no_value_set"  # the site has not loaded its country's table
    NOT_HERE = "not_here"  # this version of the instrument is not loaded any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was answered, as whole numbers by item; a blank is not there.

    `words` are the person's own, by item, where they wrote the items themselves.
    """

    values: Mapping[str, int]
    words: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for item, value in self.values.items():
            if not isinstance(value, int) or isinstance(value, bool):
                raise BadInput(f"the answer to {item[:40]!r} must be a whole number")
        for item, words in self.words.items():
            if not 0 < len(words) <= WORDS_TOP:
                raise BadInput(f"the words of {item[:40]!r} must be 1 to {WORDS_TOP} characters")

    def to_json(self) -> dict[str, Any]:
        """Return the answers as plain values."""
        words = {"words": dict(self.words)} if self.words else {}
        return {"answers": dict(self.values), **words}

    @classmethod
    def from_json(cls, data: object) -> "Answers":
        """Read what `to_json` wrote, or what somebody typed; null is a blank."""
        if not isinstance(data, Mapping) or not isinstance(data.get("answers"), Mapping):
            raise BadInput('answers must be an object such as {"answers": {"q1": 2}}')
        words = data.get("words", {})
        if not isinstance(words, Mapping) or not all(
            isinstance(one, str) for one in words.values()
        ):
            raise BadInput("words must be an object of words by item")
        given = {str(item): value for item, value in data["answers"].items() if value is not None}
        return cls(values=given, words=dict(words))


@dataclass(frozen=True, slots=True, kw_only=True)
class NotScorable:
    """There is no score on a scale, and this is why. `parts` may still have scores."""

    instrument: str
    version: str
    scale: str
    reason: Reason
    answered: int = 0
    needed: int = 0
    parts: Mapping[str, "ScaleScore | NotScorable"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleScore:
    """One number on one scale. `blank` items were treated as the scale's rule says."""

    scale: Scale
    value: float
    answered: int
    blank: int
    band: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The score of an instrument, and of each of its scales by id."""

    instrument: str
    version: str
    main: ScaleScore
    parts: Mapping[str, ScaleScore | NotScorable]
    group: str = ""
    answers: Answers = field(repr=False)

    @property
    def value(self) -> float:
        """The score that is meant by "the score"."""
        return self.main.value

    @property
    def band(self) -> str:
        """The band that the score lies in; empty where there are none."""
        return self.main.band


def score(instrument: Instrument, answers: Answers) -> Score | NotScorable:
    """Score answers by the instrument's own rule.

    Parameters
    ----------
    instrument
        Its items and scales.
    answers
        Whole numbers by item id; a blank item is absent.

    Returns
    -------
    Score or NotScorable
        Of the main scale; both carry every other scale in `parts`. A blank is handled as the
        scale's published rule says, and where that rule ends there is no score.

    Raises
    ------
    BadInput
        For an item that the instrument hasn't, or an answer outside its range.
    """
    check_answers(instrument, answers)
    parts = {scale.id: _scored(instrument, scale, answers) for scale in instrument.scales}
    main = parts[instrument.main.id]
    if isinstance(main, NotScorable):
        return NotScorable(
            instrument=instrument.id,
            version=instrument.version,
            scale=main.scale,
            reason=main.reason,
            answered=main.answered,
            needed=main.needed,
            parts=parts,
        )
    return Score(
        instrument=instrument.id,
        version=instrument.version,
        main=main,
        parts=parts,
        group=_group(instrument, parts),
        answers=answers,
    )


def check_answers(instrument: Instrument, answers: Answers) -> None:
    """Refuse an unknown item, an answer outside its range, and words where there are none."""
    for id, value in answers.values.items():
        item = instrument.item(id)
        if id in instrument.not_asked:
            raise BadInput(f"{instrument.id} leaves out item {id!r} here, so it takes no answer")
        if not item.low <= value <= item.high:
            raise BadInput(f"{id} must be {item.low} to {item.high}, not {value}")
    own = instrument.kind is Kind.OWN_ACTIVITIES
    if answers.words and not own:
        raise BadInput(f"{instrument.id} has words of its own and takes no others")
    if own and (lost := [one for one in answers.values if one not in answers.words]):
        raise BadInput(f"{lost[0]} has a number but no words")
    for id in answers.words:
        instrument.item(id)


def raises_crisis(instrument: Instrument, answers: Answers) -> bool:
    """Say whether anything but "not at all" was answered about self-harm.

    The answers alone decide: whether there is a score, or a reader, changes nothing.
    """
    asked = [one for one in instrument.items if one.self_harm]
    return any(answers.values.get(one.id, one.low) != one.low for one in asked)


def _scored(instrument: Instrument, scale: Scale, answers: Answers) -> ScaleScore | NotScorable:
    items = [instrument.item(one) for one in scale.items]
    given = [one for one in items if one.id in answers.values]
    if reason := _why_not(instrument, scale, len(given), bool(answers.values)):
        return NotScorable(
            instrument=instrument.id,
            version=instrument.version,
            scale=scale.id,
            reason=reason,
            answered=len(given),
            needed=len(items) - scale.most_blank,
        )
    raw = [answers.values[one.id] for one in given]
    if scale.method is Method.VALUE_SET and instrument.value_set:
        value = instrument.value_set.values["".join(map(str, raw))]
    else:
        points = [one.points_of(answer) for one, answer in zip(given, raw, strict=True)]
        value = float(scale.value(points, instrument.top_of(scale)))
    blank = len(items) - len(given)
    band = scale.band_of(value)
    return ScaleScore(scale=scale, value=value, answered=len(given), blank=blank, band=band)


def _why_not(instrument: Instrument, scale: Scale, given: int, anything: bool) -> Reason | None:
    if instrument.not_asked & set(scale.items):
        return Reason.NOT_ASKED
    ticks = scale.missing is Missing.ZERO
    if not anything or (given == 0 and not ticks):
        return Reason.NOTHING_ANSWERED
    if given < len(scale.items) - scale.most_blank:
        return Reason.TOO_MANY_BLANK
    if scale.method is Method.VALUE_SET and instrument.value_set is None:
        return Reason.NO_VALUE_SET
    return None


def _group(instrument: Instrument, parts: Mapping[str, ScaleScore | NotScorable]) -> str:
    scored = {id: one.value for id, one in parts.items() if isinstance(one, ScaleScore)}
    for group in instrument.groups:
        if any(each.scale not in scored for each in group.when):
            return ""
        if all(_holds(each, scored[each.scale]) for each in group.when):
            return group.id
    return ""


def _holds(condition: Condition, value: float) -> bool:
    return condition.least <= value <= condition.most
