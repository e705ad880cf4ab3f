"""Say whether a movement fits a person. Lists, search, links, prints and sessions all ask here."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from safetomove.core.doing.tags import AboutPerson, Tag
from safetomove.core.safety import Answer


class Way(StrEnum):
    """What a tag on a movement means for somebody who told us of it."""

    CLINICIAN = "clinician"  # first with a physiotherapist or midwife beside them
    SWAP = "swap"  # another movement does the same job
    HIDE = "hide"  # left out


class Verdict(StrEnum):
    """How a movement is met by one person."""

    ALLOWED = "allowed"
    CLINICIAN = "clinician"
    SWAP = "swap"
    HIDDEN = "hidden"


_VERDICTS: Final = {
    Way.CLINICIAN: Verdict.CLINICIAN,
    Way.SWAP: Verdict.SWAP,
    Way.HIDE: Verdict.HIDDEN,
}
_STRICTNESS: Final = tuple(Verdict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suitability:
    """The verdict, what the person told that led to it, and what nobody knows yet."""

    verdict: Verdict
    because: tuple[Tag, ...] = ()
    unknown: tuple[Tag, ...] = ()

    @property
    def listed(self) -> bool:
        """Say whether it may stand in a list; a swapped or hidden one is nowhere to be found."""
        return self.verdict in (Verdict.ALLOWED, Verdict.CLINICIAN)

    @property
    def certain(self) -> bool:
        """Say whether it may be put before a person unasked: allowed, and nothing unknown."""
        return self.verdict is Verdict.ALLOWED and not self.unknown


def suits(tags: Mapping[Tag, Way], about: AboutPerson) -> Suitability:
    """Weigh a movement's tags against what the person told; the strictest tag decides."""
    told = [tag for tag in tags if about.answer(tag) is Answer.YES]
    verdicts = [Verdict.ALLOWED, *(_VERDICTS[tags[tag]] for tag in told)]
    verdict = max(verdicts, key=_STRICTNESS.index)
    return Suitability(
        verdict=verdict,
        because=tuple(tag for tag in told if _VERDICTS[tags[tag]] is verdict),
        unknown=tuple(tag for tag in tags if about.answer(tag) is Answer.UNKNOWN),
    )
