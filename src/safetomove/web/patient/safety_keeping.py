"""Keep something for a person if there is one; say how that went, and never fail for it."""

import datetime as dt
import logging
from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from django.http import HttpRequest

from safetomove.services.refusals import NoSuchPerson
from safetomove.web import errors, who
from safetomove.web.logs import what_and_where

log = logging.getLogger(__name__)

T = TypeVar("T")


class Keeping(StrEnum):
    """What became of what a person told us."""

    KEPT = "kept"
    NOBODY_YET = "nobody_yet"  # no diary, so nothing is kept
    OUT_OF_REACH = "out_of_reach"


def try_to_keep(
    request: HttpRequest, keep: Callable[[UUID, dt.datetime], T]
) -> tuple[Keeping, T | None]:
    """Run `keep` for the person behind this browser; advice goes on without it."""
    try:
        person = who.person_of(request)
        if person is None:
            return Keeping.NOBODY_YET, None
        return Keeping.KEPT, keep(person, who.now(request))
    except NoSuchPerson:
        return Keeping.NOBODY_YET, None
    except Exception as error:
        if not errors.records_gone(error):
            raise
        log.error("not kept: %s", what_and_where(error))
        return Keeping.OUT_OF_REACH, None
