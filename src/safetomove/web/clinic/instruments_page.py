"""Fill the list of instruments, and the look at one before it is loaded."""

from collections.abc import Mapping
from typing import Any

from safetomove.content.instrument_rules import all_rules
from safetomove.core.measures import Instrument, Item, Scale
from safetomove.services import instruments
from safetomove.services.instruments import Loaded
from safetomove.web.clinic.measures_page import least_in_words
from safetomove.web.measure_results import name_of
from safetomove.web.words import page, spoken


def listed(staff: Mapping[str, str]) -> dict[str, Any]:
    """Fill the list: what can be filled in here, and whose words are still to come."""
    here, table = instruments.every(), instruments.value_set()
    newest = {one.instrument.id: one for one in instruments.loaded()}
    return {
        "ready": [_ready(one, newest.get(id), staff) for id, one in here.items()],
        "waiting": [_rule(one.instrument) for id, one in all_rules().items() if id not in here],
        "table": None if table is None else table.id,
        "options": [
            (id, one.instrument.title)
            for id, one in all_rules().items()
            if not one.instrument.licence.ships
        ],
    }


def preview(instrument: Instrument) -> dict[str, Any]:
    """Fill the look at an instrument as people would see it here."""
    reader = instruments.self_harm_reader()
    table = instrument.value_set
    return {
        **_rule(instrument),
        "version": instrument.version,
        "lead": instrument.lead,
        "notice": instrument.licence.notice,
        "questions": [] if table else [_question(one, reader) for one in instrument.items],
        "table": None if table is None else _table(table.id, table.values),
    }


def _ready(one: Instrument, kept: Loaded | None, staff: Mapping[str, str]) -> dict[str, Any]:
    said = page("clinic_measures")["instruments"]
    by = ""
    if kept is not None and kept.by:
        by = (
            said["words_by"].format(name=staff[kept.by]) if kept.by in staff else said["words_else"]
        )
    return {
        **_rule(one),
        "version": one.version,
        "loaded_at": None if kept is None else kept.loaded_at,
        "by": by,
    }


def _rule(one: Instrument) -> dict[str, Any]:
    said, reader = page("clinic_measures")["instruments"], instruments.self_harm_reader()
    asks = any(item.self_harm for item in one.items)
    told = said["reader_is"].format(reader=reader) if reader else said["reader_none"]
    return {
        "id": one.id,
        "title": one.title,
        "licence": one.licence,
        "count": len(one.items),
        "scales": [_scale(each, alone=len(one.scales) == 1) for each in one.scales],
        "self_harm": told if asks else "",
    }


def _scale(scale: Scale, *, alone: bool) -> dict[str, Any]:
    said, least = page("clinic_measures")["instruments"], scale.least_change
    sources = dict.fromkeys(id for id in (scale.source, least.source if least else "") if id)
    return {
        "name": "" if alone else name_of(scale.id),
        "checked": said["checked" if scale.checked else "not_checked"],
        "least": said["least_none"]
        if least is None
        else said["least"].format(least=least_in_words(least.size, least.measured_in)),
        "least_checked": None if least is None else least.checked,
        "sources": [spoken().source(id) for id in sources],
    }


def _question(item: Item, reader: str) -> dict[str, Any]:
    return {
        "asks": item.asks,
        "answers": list(item.answers) or list(item.ends),
        "low": item.low,
        "high": item.high,
        "reversed": item.reversed,
        "left_out": item.self_harm and not reader,
        "self_harm": item.self_harm,
    }


def _table(id: str, values: Mapping[str, float]) -> dict[str, Any]:
    worst = min(values.values())
    return {"id": id, "count": f"{len(values):,}", "best": f"{max(values.values()):g}",
            "worst": f"{worst:g}"}  # fmt: skip
