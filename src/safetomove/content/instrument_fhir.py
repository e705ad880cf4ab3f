"""A FHIR R4 Questionnaire as wording for rules that we hold.

Only the words are taken from it. The scoring is ours, so where its options carry weights,
they must agree with the rules: a form that counts the other way round is refused.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from safetomove.content.instrument_rules import BadInstrument, Rules, Table, rules_of
from safetomove.core.measures import Item

WEIGHTS: Final = (
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
)
ENDS: Final = {
    "http://hl7.org/fhir/StructureDefinition/minValue": "low",
    "http://hl7.org/fhir/StructureDefinition/maxValue": "high",
}
CHOICE, NUMBER, YES_NO = "choice", {"integer", "decimal"}, "boolean"
LATER: Final = {"coding"}  # what R5 calls a choice
DEEPEST: Final = 10
_YES: Final = re.compile(r"\W*(yes|agree|true)\b", re.IGNORECASE)

Json = Mapping[str, Any]


def table_from_fhir(source: str, name: str, *, rules: str = "") -> Table:
    """Read a Questionnaire as a table of ours; BadInstrument says what is wrong with it."""
    form = _checked(source, name)
    held = rules_of(rules or _named(form, name))
    asked = list(_questions(form.get("item", []), depth=0))
    bare = held.instrument
    if len(asked) != len(bare.items):
        raise BadInstrument(
            f"{bare.id} has {len(bare.items)} items by its rules, {len(asked)} here"
        )
    pairs = zip(_matched(asked, held), asked, strict=True)
    return {
        "rules": held.id,
        "version": _version(form, name),
        "title": form.get("title", ""),
        "lead": " ".join(_leads(form)),
        "notice": form.get("copyright", ""),
        "url": form.get("url", ""),
        "item": [_item(item, entry) for item, entry in pairs],
    }


def _checked(source: str, name: str) -> Json:
    from pydantic import ValidationError

    try:
        data = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise BadInstrument(f"{name} is not JSON: {error}") from None
    if not isinstance(data, dict) or data.get("resourceType") != "Questionnaire":
        found = data.get("resourceType") if isinstance(data, dict) else None
        raise BadInstrument(f"{name} is a {str(found)[:40]}, not a FHIR Questionnaire")
    _refuse_later(data.get("item"), depth=0)
    from fhir.resources.R4B.questionnaire import Questionnaire

    try:
        Questionnaire.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(each) for each in first["loc"]) or "the file"
        raise BadInstrument(
            f"{name} is not a FHIR R4 Questionnaire: {where}: {first['msg']}"
        ) from None
    return data


def _refuse_later(items: object, *, depth: int) -> None:
    """Refuse what a later FHIR wrote, before R4's own checks call it something else."""
    if depth > DEEPEST:
        raise BadInstrument("the form is nested too deep")
    for one in items if isinstance(items, list) else []:
        if isinstance(one, dict):
            if one.get("type") in LATER:
                raise BadInstrument("the form is of a later FHIR than R4; ask for it in R4")
            _refuse_later(one.get("item"), depth=depth + 1)


def _named(form: Json, name: str) -> str:
    """Return the name by which we know the form, of all that it calls itself."""
    codes = [str(each.get("code", "")) for each in form.get("code", [])]
    values = [str(each.get("value", "")) for each in form.get("identifier", [])]
    own = [str(form.get(key, "")) for key in ("id", "name", "title")]
    for one in filter(None, (*codes, *values, *own, str(form.get("url", "")).rsplit("/", 1)[-1])):
        try:
            return rules_of(one).id
        except BadInstrument:
            continue
    raise BadInstrument(f"{name} doesn't say which measure it is; name its rules, such as phq9")


def _version(form: Json, name: str) -> str:
    found = str(form.get("version", ""))
    if not found:
        raise BadInstrument(f"{name} has no version, so answers couldn't be told apart later")
    return found


def _questions(items: list[Json], *, depth: int) -> Iterator[Json]:
    for one in items:
        if one.get("enableWhen"):
            raise BadInstrument(f"{one['linkId']} is asked only sometimes, which we can't do")
        if one["type"] not in {"group", "display"} and not one.get("readOnly"):
            yield one
        yield from _questions(one.get("item", []), depth=depth + 1)


def _leads(form: Json) -> Iterator[str]:
    """Yield what is said before the questions: headings of groups, and words to read."""
    for one in form.get("item", []):
        if one["type"] in {"group", "display"} and one.get("text"):
            yield one["text"]
        if one["type"] == "group":
            yield from _leads(one)


def _matched(asked: list[Json], rules: Rules) -> tuple[Item, ...]:
    """Find the rules' item of each question: by linkId where they are ours, else by order."""
    items = {one.id: one for one in rules.instrument.items}
    links = [str(one["linkId"]) for one in asked]
    if len(set(links)) < len(links):
        raise BadInstrument("two questions have the same linkId")
    ours = [one for one in links if one in items]
    if ours and len(ours) < len(links):
        lost = next(one for one in links if one not in items)
        raise BadInstrument(f"{rules.id} has no item called {lost[:40]!r}")
    return tuple(items[one] for one in links) if ours else rules.instrument.items


def _item(item: Item, entry: Json) -> dict[str, Any]:
    kind, link = entry["type"], str(entry["linkId"])
    if not entry.get("text"):
        raise BadInstrument(f"{link} has no text")
    shown = {"id": item.id, "asks": entry["text"], "link_id": link}
    if kind == CHOICE:
        return {**shown, "answers": list(_options(item, entry))}
    if kind == YES_NO and item.spread == 2:
        return {**shown, "answers": ["No", "Yes"]}
    if kind in NUMBER:
        _check_ends(item, entry)
        return shown
    raise BadInstrument(f"{link} is of type {kind}, which has no answers to score")


def _options(item: Item, entry: Json) -> tuple[str, ...]:
    """Return the words of the options in the order of our numbers for them."""
    link, options = entry["linkId"], entry.get("answerOption", [])
    if not options:
        raise BadInstrument(f"{link} has no answerOption; the options must stand in the file")
    if len(options) != item.spread:
        raise BadInstrument(f"{link} has {len(options)} options, and its rule {item.spread}")
    words = [_display(each, link) for each in options]
    weights = [_weight(each) for each in options]
    if all(each is None for each in weights):
        if item.spread == 2 and _YES.match(words[0]):
            raise BadInstrument(f"{link} begins with {words[0]!r}; say by ordinalValue which is 1")
        return tuple(words)
    return _by_weight(item, link, words, weights)


def _by_weight(item: Item, link: str, words: list[str], weights: list[Any]) -> tuple[str, ...]:
    numbers = list(range(item.low, item.high + 1))
    points = [item.points_of(each) for each in numbers]
    if weights in (numbers, points):
        return tuple(words)
    plain = not item.reversed and not item.points
    if plain and None not in weights and sorted(weights) == numbers:
        return tuple(word for _, word in sorted(zip(weights, words, strict=True)))
    raise BadInstrument(f"the weights of {link} are not those of its rule: {points}")


def _display(option: Json, link: str) -> str:
    coding = option.get("valueCoding", {})
    for found in (coding.get("display"), option.get("valueString"), option.get("valueInteger")):
        if found is not None and str(found).strip():
            return str(found)
    raise BadInstrument(f"{link} has an option without words")


def _weight(option: Json) -> int | float | None:
    """Return an option's weight: from its extension, else the number that it is."""
    marked = [*option.get("extension", []), *option.get("valueCoding", {}).get("extension", [])]
    for each in marked:
        if each.get("url") in WEIGHTS:
            value = each.get("valueDecimal", each.get("valueInteger"))
            return None if value is None else _plain(float(value))
    return option.get("valueInteger")


def _plain(value: float) -> int | float:
    return int(value) if value.is_integer() else value


def _check_ends(item: Item, entry: Json) -> None:
    for each in entry.get("extension", []):
        end = ENDS.get(each.get("url", ""))
        value = each.get("valueInteger", each.get("valueDecimal"))
        if end and value is not None and float(value) != getattr(item, end):
            raise BadInstrument(
                f"{entry['linkId']} ends at {value}, and its rule at {getattr(item, end)}"
            )
