"""`score`, `load-instrument` and `instruments`."""

import argparse
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from safetomove.cli import files, site
from safetomove.content import catalogue, instrument_files
from safetomove.content.files import WordFile, as_table, read, section, text
from safetomove.content.instrument_files import shipped
from safetomove.content.instrument_rules import BadInstrument, Rules, all_rules, rules_of
from safetomove.core import measures
from safetomove.core.measures import Answers, Instrument, NotScorable, Score
from safetomove.core.safety import NoteCard


def score(options: argparse.Namespace) -> None:
    """Print what a set of answers comes to; an answer about self-harm is answered first."""
    instrument = _instrument(options.instrument, rules=options.rules or "")
    answers = Answers.from_json(files.read_json(options.answers))
    found = measures.score(instrument, answers)
    crisis = measures.raises_crisis(instrument, answers)
    if options.fhir:
        day, id = files.today_or(options.on), files.new_id()
        told = measures.to_fhir(instrument, answers, found, day=day, id=id)
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return
    data = {"crisis": crisis, **as_data(found)}
    files.answer(options, data, _words(instrument, found, crisis=crisis))


def instruments(options: argparse.Namespace) -> None:
    """Print every instrument that can be scored, and whose words a site must bring."""
    every = list(all_rules().values())
    files.answer(options, [_listed(one) for one in every], map(_line, every))


def load_instrument(options: argparse.Namespace) -> None:
    """Hand a file to the site that runs here."""
    path = str(Path(options.file).resolve())
    named = ["--rules", options.rules] if options.rules else []
    site.hand_over("load_instrument", [path, *named])


def as_data(found: Score | NotScorable) -> dict[str, Any]:
    """Return a score, or why there is none, as plain values."""
    head = {"instrument": found.instrument, "version": found.version}
    scales = {id: _scale_data(one) for id, one in found.parts.items()}
    if isinstance(found, NotScorable):
        return {**head, "score": None, "reason": found.reason, "scales": scales}
    return {
        **head,
        "score": found.value,
        "band": found.band,
        "group": found.group,
        "scales": scales,
    }


def _scale_data(one: measures.ScaleScore | NotScorable) -> dict[str, Any]:
    if isinstance(one, NotScorable):
        return {
            "score": None,
            "reason": one.reason,
            "answered": one.answered,
            "needed": one.needed,
        }
    return {"score": one.value, "band": one.band, "answered": one.answered, "blank": one.blank}


def _instrument(named: str, *, rules: str) -> Instrument:
    if named in shipped():
        return shipped()[named]
    if os.path.isfile(named):
        data = Path(named).read_bytes()
        table = instrument_files.table_of(data, named, rules=rules)
        return instrument_files.read_table(table, named, rules=rules)
    if named.endswith((".toml", ".json")):
        raise BadInstrument(f"can't read {named}")
    return rules_of(named).instrument


def _words(instrument: Instrument, found: Score | NotScorable, *, crisis: bool) -> Iterator[str]:
    if crisis:
        card = catalogue.load().note_card(NoteCard.SUICIDALITY)
        yield from (card.heading, card.lead, *(f"  - {step}" for step in card.do), card.net)
    yield instrument.title
    for id, one in found.parts.items():
        if isinstance(one, NotScorable):
            yield f"  {id}: {_why(one)}"
        else:
            yield f"  {id}: {one.value:g}"


def _why(one: NotScorable) -> str:
    file = read("en", "measures")
    reasons: Mapping[str, object] = section((file or _none()).body, "reasons")
    words = text(as_table(reasons, "reasons"), one.reason)
    return words.format(answered=one.answered, needed=one.needed)


def _none() -> WordFile:
    raise BadInstrument("the words of the measures are missing")


def _listed(one: Rules) -> dict[str, Any]:
    bare = one.instrument
    return {
        "id": bare.id,
        "title": bare.title,
        "items": len(bare.items),
        "ships": bare.licence.ships,
        "holder": bare.licence.holder,
        "terms": bare.licence.terms,
        "scales": {each.id: json.loads(json.dumps(_rule(each))) for each in bare.scales},
    }


def _rule(scale: measures.Scale) -> dict[str, Any]:
    return {
        "items": len(scale.items),
        "direction": scale.direction,
        "method": scale.method,
        "missing": scale.missing,
        "most_blank": scale.most_blank,
        "source": scale.source,
        "checked": scale.checked,
    }


def _line(one: Rules) -> str:
    bare = one.instrument
    words = "comes with us" if bare.licence.ships else f"bring the words: {bare.licence.terms}"
    return f"{bare.id:16}{bare.title} ({len(bare.items)}): {words}"
