"""What a service refuses, each with one clear line for the person."""

from safetomove.core.errors import BadInput, CoreError


class NoSuchPerson(CoreError):
    """Nobody is kept under this id, or no longer."""


class NoSuchActivity(BadInput):
    """The person has not chosen this activity."""


class BadZone(BadInput):
    """The name is not a time zone that we know."""


class FutureDay(BadInput):
    """The day has not begun yet where the person is."""


class DayTooOld(BadInput):
    """The day is too long ago to note by hand; a diary file may hold it."""


class BadKey(BadInput):
    """A client key is 1 to 64 letters, digits, - or _."""


class KeyReused(CoreError):
    """The same client key came with other words; nothing of the second was kept."""


class NotYours(BadInput):
    """The diary belongs to another account."""


class WrittenMeanwhile(CoreError):
    """Somebody else changed the record between our reading and our writing."""
