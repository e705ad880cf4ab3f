"""Keep how a go felt, and a treatment that was had: beside the day, never in the way of it."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from safetomove.core.diary import CheckIn
from safetomove.core.progress.felt import Felt, Moment, column, columns_of
from safetomove.core.progress.passive import HAD, TREATMENT
from safetomove.services.check_in import Saved, save_check_in
from safetomove.services.holding import look
from safetomove.services.people import local_day


def say_how_it_felt(
    *,
    person: UUID,
    activity: str,
    day: date,
    felt: Mapping[Moment, Felt],
    clear: Collection[Moment] = (),
    client_key: str,
    now: datetime,
) -> Saved:
    """Keep how a day's go felt; a new word takes the place of the old one.

    Refuses as `save_check_in` does.
    """
    return save_check_in(
        person=person,
        check_in=CheckIn(day=day, extra=columns_of(activity, felt)),
        client_key=client_key,
        now=now,
        clear=[column(moment, activity) for moment in clear],
    )


def note_treatment(*, person: UUID, kind: str, had: bool, client_key: str, now: datetime) -> Saved:
    """Note for today that a treatment of this kind was had, or take it back."""
    today = local_day(now=now, zone=look(person).file.zone)
    name = f"{TREATMENT}{kind}"
    return save_check_in(
        person=person,
        check_in=CheckIn(day=today, extra={name: HAD} if had else {}),
        client_key=client_key,
        now=now,
        clear=[] if had else [name],
    )
