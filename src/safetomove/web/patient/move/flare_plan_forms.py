"""Read what was typed and ticked for a flare-up plan, and for a look back."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from safetomove.core.flare import LINES_TOP, WORDS_TOP, Before, FlarePlan
from safetomove.core.pacing import ActivityPlan
from safetomove.web.patient.forms import Errors, can_be_kept, lines_of, parse_amount, showable, tidy
from safetomove.web.words import page

SMALL = "small-"  # before an activity's number among the form's fields
LINES = ("own", "tell")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedPlan:
    """A plan as it was sent: what to show again, and the plan if it can be kept."""

    helps: frozenset[str]
    texts: Mapping[str, str]
    amounts: Mapping[str, str]
    errors: Errors
    plan: FlarePlan | None


def read_plan(sent: QueryDict, plans: tuple[ActivityPlan, ...], *, was: FlarePlan) -> TypedPlan:
    """Read the plan's form. `plans` are the activities asked about; other amounts stay."""
    errors: Errors = []
    helps = [id for id in sent.getlist("helps") if id in page("flare_plan")["helps"]]
    texts = {name: tidy(sent.get(name, "")) for name in (*LINES, "say")}
    for name in LINES:
        _check_lines(name, lines_of(texts[name]), errors)
    _check_texts("say", (texts["say"],), errors)
    typed = {plan.id: sent.get(f"{SMALL}{n}", "") for n, plan in enumerate(plans)}
    small = _amounts(plans, typed, errors)
    asked = {plan.id for plan in plans}
    untouched = {id: amount for id, amount in was.small.items() if id not in asked}
    found = None if errors else FlarePlan(
        helps=tuple(helps), own=lines_of(texts["own"]), tell=lines_of(texts["tell"]),
        small={**untouched, **small}, say=texts["say"],
    )  # fmt: skip
    return TypedPlan(
        helps=frozenset(helps),
        texts={name: showable(text) for name, text in texts.items()},
        amounts={id: showable(text) for id, text in typed.items()},
        errors=errors,
        plan=found,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedLookBack:
    """A look back as it was sent."""

    before: frozenset[Before]
    words: str
    errors: Errors


def read_look_back(sent: QueryDict) -> TypedLookBack:
    """Read what the person says went before; nothing ticked is an answer too."""
    said = page("flare_plan")["look_back"]
    before = frozenset(Before(each) for each in sent.getlist("before") if each in set(Before))
    errors: Errors = []
    if Before.NOTHING in before and len(before) > 1:
        errors.append(("before", said["errors_nothing"]))
    words = tidy(sent.get("words", ""))
    if len(words) > WORDS_TOP:
        errors.append(("words", said["errors_long"]))
    elif not can_be_kept(words.replace("\n", " ")):
        errors.append(("words", said["errors_sign"]))
    return TypedLookBack(before=before, words=showable(words) if errors else words, errors=errors)


def _amounts(
    plans: tuple[ActivityPlan, ...], typed: Mapping[str, str], errors: Errors
) -> dict[str, float]:
    found = {}
    for n, plan in enumerate(plans):
        if not typed[plan.id].strip():
            continue
        amount = parse_amount(typed[plan.id])
        if not amount:
            wrong = page("flare_plan")["errors"]["amount"].format(name=plan.name)
            errors.append((f"{SMALL}{n}", wrong))
        else:
            found[plan.id] = amount
    return found


def _check_lines(name: str, lines: tuple[str, ...], errors: Errors) -> None:
    if len(lines) > LINES_TOP:
        errors.append((name, page("flare_plan")["errors"]["many"]))
    _check_texts(name, lines, errors)


def _check_texts(name: str, texts: tuple[str, ...], errors: Errors) -> None:
    said = page("flare_plan")["errors"]
    if any(len(text) > WORDS_TOP for text in texts):
        errors.append((name, said["long"]))
    elif not all(can_be_kept(text.replace("\n", " ")) for text in texts):
        errors.append((name, said["sign"]))
