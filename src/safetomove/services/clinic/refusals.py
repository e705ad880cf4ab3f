"""What a clinic's services refuse, each with one clear line."""

from safetomove.core.errors import BadInput, CoreError


class NoSuchClinic(CoreError):
    """There is no such clinic, or the one who asks has no role in it."""


class NoSuchMember(CoreError):
    """Nobody on this clinic's list has this id."""


class BadClinic(BadInput):
    """What was told about a clinic, its staff or its people can't be kept."""


class BadInvitation(BadInput):
    """The code opens nothing: unknown, used, withdrawn or too old."""


class LastAdministrator(BadInput):
    """A clinic keeps at least one administrator."""


class NotShared(CoreError):
    """The person does not share this with the clinic, or no longer."""


class NoSuchGroup(CoreError):
    """This clinic has no such group."""


class NoSuchSession(CoreError):
    """This clinic has no such session of a group."""


class NoSuchFollowUp(CoreError):
    """This clinic has no such follow-up of anybody."""


class NoSuchSyllabus(CoreError):
    """This clinic has no such course at this version."""


class NoPlace(BadInput):
    """There is no place left, or the person has none there."""
