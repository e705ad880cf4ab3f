"""All that a person looked back on: their weeks, and their flare-ups."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from safetomove.core.errors import BadInput
from safetomove.core.flare import Story
from safetomove.core.progress.kept import WeekReview
from safetomove.services import documents
from safetomove.services.documents import Kind
from safetomove.services.holding import look

_UNREADABLE = (BadInput, KeyError, TypeError, ValueError)


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedBack:
    """The newest first; `names` are those of the activities still chosen, by id."""

    weeks: tuple[WeekReview, ...] = field(repr=False)
    flares: tuple[Story, ...] = field(repr=False)
    names: Mapping[str, str] = field(repr=False)
    left_out: bool  # something is kept that can't be read here, as a later version wrote it


def looked_back(*, person: UUID) -> LookedBack:
    """Return every look back that is kept: two queries, however many there are."""
    held = look(person)
    kept = documents.read_all(held, Kind.WEEK_REVIEW, Kind.FLARE_LOOK_BACK)
    weeks, flares, read = [], [], 0
    for one in reversed(kept):
        with suppress(*_UNREADABLE):
            day = date.fromisoformat(one.name)
            if one.kind is Kind.WEEK_REVIEW:
                weeks.append(WeekReview.from_json(one.data, monday=day))
            else:
                flares.append(Story.from_json(one.data, began=day))
            read += 1
    return LookedBack(
        weeks=tuple(week for week in weeks if not week.empty),
        flares=tuple(story for story in flares if story.looked_back is not None),
        names={plan.id: plan.name for plan in held.file.plans},
        left_out=read < len(kept),
    )
