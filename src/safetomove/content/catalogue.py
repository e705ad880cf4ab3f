"""Look up every sentence that a person reads, and refuse content that lacks its safeguards.

A key that a language lacks comes from English and says so in its `language`: whoever shows
it can tell the reader. Numbers to ring are a site's to set; the UK's are the default.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from safetomove.content import files
from safetomove.content.files import BadContent, WordFile
from safetomove.content.words import (
    Call,
    CardKind,
    CareCard,
    Evidence,
    FrontMatter,
    Page,
    QuestionText,
    ScreenText,
    Section,
)
from safetomove.core.safety import Disposition, NoteCard
from safetomove.core.scans.finding import ScanCard

Found = tuple[Mapping[str, object], str]

_ANSWERS: Final = ("yes", "no", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All words in one language over English, with the site's numbers filled in."""

    language: str
    layers: tuple[Mapping[str, WordFile], ...]
    evidence: Mapping[str, Evidence]
    numbers: Mapping[str, Call]

    def question(self, id: str) -> QuestionText:
        """Return the words of a safety question."""
        entry, language = self._find("safety", "questions", id)
        usual, _ = self._find("safety", "answers")
        return QuestionText(
            **{key: self._text(entry, key) for key in ("ask", "hint", "why", "told")},
            **{key: self._text(entry, key, files.text(usual, key)) for key in _ANSWERS},
            **{key: self._text(entry, key, "") for key in ("means", "say")},
            language=language,
        )

    def told_us(self, flag: str) -> str:
        """Return the phrase that goes on after "You told us about"."""
        return self._about(flag, "told")

    def means(self, flag: str) -> str:
        """Return what a warning sign may mean; empty where there is nothing to add."""
        return self._about(flag, "means")

    def screen(self, id: str) -> ScreenText:
        """Return the heading over a group of safety questions."""
        entry, language = self._find("safety", "screens", id)
        heading, lead = self._text(entry, "heading"), self._text(entry, "lead", "")
        return ScreenText(heading=heading, lead=lead, language=language)

    def care_card(self, disposition: Disposition) -> CareCard:
        """Return what to do for an urgency."""
        return self._card("care_cards", str(disposition))

    def unanswered_card(self) -> CareCard:
        """Return what to do when questions are left open and no sign was found."""
        return self._card("care_cards", "unanswered")

    def stale_card(self) -> CareCard:
        """Return what to do when the answers have grown too old."""
        return self._card("care_cards", "stale")

    def note_card(self, card: NoteCard) -> CareCard:
        """Return what to say at once when a note sounds worrying."""
        return self._card("notes", str(card))

    def scan_card(self, card: ScanCard) -> CareCard:
        """Return what to say at once when a scan report holds a word that needs a clinician."""
        return self._card("scans", str(card))

    def page(self, id: str) -> Page:
        """Return a page of help."""
        entry, language = self._find("help", "pages", id)
        found = entry.get("sections", [])
        parts = found if isinstance(found, list) else []
        return Page(
            **{key: self._text(entry, key) for key in ("heading", "lead", "net")},
            sections=tuple(self._section(part) for part in parts)
            if isinstance(parts, list)
            else (),
            sources=self._sources(entry),
            language=language,
        )

    def phrase(self, file: str, table: str, key: str) -> str:
        """Return one sentence by file, table and key, such as `care_cards, phrases, told`."""
        entry, _ = self._find(file, table)
        return self._text(entry, key)

    def call(self, id: str) -> Call:
        """Return a number to ring."""
        if id not in self.numbers:
            raise BadContent(f"no number is called {id!r}")
        return self.numbers[id]

    def source(self, id: str) -> Evidence:
        """Return one source."""
        if id not in self.evidence:
            raise BadContent(f"no source is called {id!r} in evidence.toml")
        return self.evidence[id]

    def fronts(self) -> tuple[FrontMatter, ...]:
        """Return the front matter of every file."""
        return tuple(file.front for layer in self.layers for file in layer.values())

    def _find(self, file: str, *path: str) -> Found:
        for layer in self.layers:
            if file in layer and (entry := _walk(layer[file].body, path)) is not None:
                return entry, layer[file].front.language
        raise BadContent(f"no words for {'.'.join((file, *path))}")

    def _about(self, flag: str, key: str) -> str:
        for layer in self.layers:
            body = layer["safety"].body if "safety" in layer else {}
            own = _walk(body, ("questions", flag)) or {}
            found = own.get(key) or files.section(body, key).get(flag)
            if isinstance(found, str):
                return self._fill(found)
        if key == "means":
            return ""
        raise BadContent(f"no words for what {flag!r} is")

    def _card(self, file: str, id: str) -> CareCard:
        entry, language = self._find(file, "cards", id)
        if not files.text(entry, "net", "").strip():
            raise BadContent(f"{file}.cards.{id} has no safety net")
        return CareCard(
            kind=CardKind(files.text(entry, "kind")),
            **{key: self._text(entry, key) for key in ("heading", "lead", "net")},
            do=tuple(self._fill(each) for each in files.texts(entry, "do")),
            call=self._calls(entry),
            sources=self._sources(entry),
            language=language,
        )

    def _section(self, part: object) -> Section:
        entry = files.as_table(part, "section")
        body = tuple(self._fill(each) for each in files.texts(entry, "body"))
        return Section(heading=self._text(entry, "heading"), body=body, call=self._calls(entry))

    def _calls(self, entry: Mapping[str, object]) -> tuple[Call, ...]:
        return tuple(self.call(id) for id in files.texts(entry, "call"))

    def _sources(self, entry: Mapping[str, object]) -> tuple[str, ...]:
        return tuple(self.source(id).id for id in files.texts(entry, "sources"))

    def _text(self, entry: Mapping[str, object], key: str, default: str | None = None) -> str:
        return self._fill(files.text(entry, key, default))

    def _fill(self, words: str) -> str:
        for id, call in self.numbers.items():
            words = words.replace(f"{{{id}}}", call.number)
        return words


def load(language: str = "en", numbers: Mapping[str, Call] | None = None) -> Catalogue:
    """Return the words of a language, read once; `numbers` replace the UK's by id."""
    return _loaded(language, tuple((numbers or {}).items()))


def overdue(catalogue: Catalogue, *, today: date) -> tuple[str, ...]:
    """Name the files that should have been read again by now."""
    return tuple(front.id for front in catalogue.fronts() if front.review_by < today)


def check(catalogue: Catalogue) -> None:
    """Refuse unknown sources, and care or note cards that are missing or have no net."""
    for front in catalogue.fronts():
        for id in front.sources:
            catalogue.source(id)
    for disposition in Disposition:
        catalogue.care_card(disposition)
    for card in NoteCard:
        catalogue.note_card(card)
    for scan_card in ScanCard:
        catalogue.scan_card(scan_card)


@cache
def _loaded(language: str, numbers: tuple[tuple[str, Call], ...]) -> Catalogue:
    order = dict.fromkeys((language, files.FALLBACK))
    layers = tuple(_layer(each) for each in order)
    if not layers[0]:
        raise BadContent(f"there are no words in language {language!r}")
    return assemble(language, layers, numbers=dict(numbers))


def assemble(
    language: str, layers: tuple[Mapping[str, WordFile], ...], *, numbers: Mapping[str, Call]
) -> Catalogue:
    """Put read files together and check them."""
    usual = _numbers(layers)
    if strangers := set(numbers) - set(usual):
        raise BadContent(f"no number is called {min(strangers)!r}")
    catalogue = Catalogue(
        language=language,
        layers=layers,
        evidence=files.read_evidence(),
        numbers={**usual, **numbers},
    )
    check(catalogue)
    return catalogue


def _layer(language: str) -> Mapping[str, WordFile]:
    read = {id: files.read(language, id) for id in files.names(language)}
    return {id: file for id, file in read.items() if file is not None}


def _numbers(layers: tuple[Mapping[str, WordFile], ...]) -> dict[str, Call]:
    found: dict[str, Call] = {}
    for layer in reversed(layers):
        table = files.section(layer["help"].body, "numbers") if "help" in layer else {}
        found |= {id: _call(files.as_table(entry, id)) for id, entry in table.items()}
    return found


def _call(entry: Mapping[str, object]) -> Call:
    number, label = files.text(entry, "number"), files.text(entry, "label")
    return Call(label=label, number=number, text=files.text(entry, "text", ""))


def _walk(body: Mapping[str, object], path: tuple[str, ...]) -> Mapping[str, object] | None:
    here: object = body
    for step in path:
        here = here.get(step) if isinstance(here, Mapping) else None
    return here if isinstance(here, Mapping) else None
