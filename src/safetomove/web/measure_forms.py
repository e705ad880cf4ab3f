"""Read what was answered to a measure; what is wrong is said beside its question."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from safetomove.core.measures import Answers, Instrument, Item, Kind
from safetomove.core.measures.scoring import WORDS_TOP
from safetomove.web.typed import can_be_kept, showable, tidy
from safetomove.web.words import page

WORDS: Final = "-words"  # what is added to an item's name for the person's own words
Errors = list[tuple[str, str]]  # the id of the field, and the words
_WHOLE: Final = re.compile(r"-?[0-9]{1,6}")


@dataclass(kw_only=True)
class Sent:
    """A measure as sent: what could be read, what was typed, and what is wrong with it."""

    instrument: Instrument
    sent: Mapping[str, Any]
    values: dict[str, int] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    errors: Errors = field(default_factory=list)

    @property
    def answers(self) -> Answers:
        """What could be read of it, whether or not the rest can be kept."""
        return Answers(values=self.values, words=self.words)

    @property
    def typed(self) -> dict[str, str]:
        """What was typed, fit to be shown again."""
        return {name: showable(str(text)) for name, text in self.sent.items()}


def read(instrument: Instrument, sent: Mapping[str, Any]) -> Sent:
    """Read a whole form; every answer may be missing, but not all of them."""
    form = Sent(instrument=instrument, sent=sent)
    for number, item in enumerate(instrument.asked, start=1):
        if instrument.kind is Kind.OWN_ACTIVITIES:
            _own(form, item, number)
        else:
            _value(form, item, number)
    if not (form.values or form.errors):
        form.errors.append((instrument.asked[0].id, page("measures")["errors"]["nothing"]))
    return form


def _value(form: Sent, item: Item, number: int) -> None:
    said, text = page("measures")["errors"], tidy(form.sent.get(item.id, ""))
    if not text:
        return
    if _WHOLE.fullmatch(text) and item.low <= int(text) <= item.high:
        form.values[item.id] = int(text)
        return
    wrong = said["choice"] if item.answers else said["number"]
    form.errors.append((item.id, wrong.format(number=number, low=item.low, high=item.high)))


def _own(form: Sent, item: Item, number: int) -> None:
    name, said = item.id + WORDS, page("measures")["errors"]
    words = tidy(form.sent.get(name, ""))
    _value(form, item, number)
    if len(words) > WORDS_TOP:
        form.errors.append((name, said["words_long"].format(number=number, most=WORDS_TOP)))
    elif not can_be_kept(words):
        form.errors.append((name, said["words_sign"].format(number=number)))
    elif words.casefold() in {each.casefold() for each in form.words.values()}:
        form.errors.append((name, said["twice"].format(number=number)))
    elif words and item.id in form.values:
        form.words[item.id] = words
    elif item.id in form.values:
        form.errors.append((name, said["words"].format(number=number)))
