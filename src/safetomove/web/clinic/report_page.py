"""Fill the pages of course reports: numbers as sentences, rows and one small picture each."""

from typing import Any

from django.utils.dateformat import format as format_date

from safetomove.content.doses import plain
from safetomove.core.course import Better, Change, CourseReport, Share, complete_from
from safetomove.services.clinic.reports import Course, Reported, Title
from safetomove.web.words import page

WIDE, HALF = 300, 150  # the picture of a change: no change lies in the middle


def row(course: Course) -> dict[str, Any]:
    """Return one course to choose, with the days it runs from and to."""
    begins, first, last = page("clinic_report")["list"]["begins"], course.first_day, course.last_day
    when = begins.format(first=_day(first), last=_day(last)) if first and last else ""
    return {"id": str(course.id), "name": course.name, "when": when}


def fill(made: Reported) -> dict[str, Any]:
    """Fill a whole report."""
    words, report = page("clinic_report"), made.report
    begins = words["list"]["begins"]
    return {
        "courses": [each.name for each in made.courses],
        "when": begins.format(first=_day(made.first_day), last=_day(made.last_day)),
        "who": _who(report),
        "sessions": [
            (each.number, _count(each.came), _count(each.absent), _count(each.blank))
            for each in report.sessions
        ],
        "measures": [_measure(each, made) for each in report.measures],
        "notes": [page("course")["report"]["notes"][note] for note in report.notes],
        "to_come": words["page"]["to_come"].format(count=made.to_come) if made.to_come else "",
    }


def _who(report: CourseReport) -> list[tuple[str, str]]:
    words, sessions = page("clinic_report")["page"], len(report.sessions)
    least = complete_from(sessions)
    done = words["completed_of"].format(least=least, sessions=sessions)
    return [
        (words["enrolled"], _count(report.enrolled)),
        (words["started"], _count(report.started)),
        (words["never_came"], _count(report.never_came)),
        (done, _count(report.completed)),
        (words["stopped"], _count(report.stopped)),
    ]


def _measure(change: Change, made: Reported) -> dict[str, Any]:
    said = [_counted(change, made.report), *_moved(change)]
    return {
        "title": _title(made.titles[change.scale.id]),
        "says": [line for line in said if line],
        "rows": _shares(change),
        "picture": _picture(change),
    }


def _title(title: Title) -> str:
    """Name a scale: its instrument's title, and its own name where there are several."""
    name = page("measures")["scales"].get(title.scale, {}).get("name", "")
    return f"{title.words}: {name}" if name else title.words


def _counted(change: Change, report: CourseReport) -> str:
    words = page("clinic_report")["page"]
    both = words["both"].format(both=_count(change.both), all=_count(report.enrolled))
    counts = {"no_first": change.no_first, "no_last": change.no_last, "neither": change.neither}
    if None in counts.values():
        return f"{both} {words['hidden_missing']}"
    return f"{both} {words['missing'].format(**counts)}"


def _moved(change: Change) -> list[str]:
    words = page("clinic_report")["page"]
    if change.before is None or change.after is None:
        return []
    said = [words["means"].format(before=plain(change.before), after=plain(change.after))]
    if change.change is None:
        said.append(words["too_few"])
    else:
        numbers = (change.change.value, change.change.low, change.change.high)
        value, low, high = (_signed(number) for number in numbers)
        said.append(words["moved"].format(change=value, low=low, high=high))
    said.append(words["higher" if change.scale.better is Better.HIGHER else "lower"])
    mic = change.scale.mic
    said.append(words["no_least"] if mic is None else words["least"].format(mic=plain(mic)))
    return said


def _shares(change: Change) -> list[tuple[str, str, str]]:
    words = page("clinic_report")["page"]
    if change.improved is None or change.worse is None:
        return []
    return [
        (words["improved"], _count(change.improved.count), _range(change.improved)),
        (words["worse"], _count(change.worse.count), _range(change.worse)),
        (words["between"], _count(change.between), ""),
    ]


def _range(share: Share) -> str:
    if share.low is None or share.high is None:
        return str(page("course")["report"]["hidden"])
    low, high = round(100 * share.low), round(100 * share.high)
    return str(page("clinic_report")["page"]["of"].format(low=low, high=high))


def _picture(change: Change) -> dict[str, float] | None:
    """Place the change and its range about the middle, as wide as the widest of them needs."""
    moved = change.change
    if moved is None:
        return None
    most = max(abs(moved.low), abs(moved.high), change.scale.mic or 0.0) or 1.0
    at = {"low": moved.low, "value": moved.value, "high": moved.high}
    return {name: HALF + HALF * value / most for name, value in at.items()}


def _signed(value: float) -> str:
    return f"+{plain(value)}" if value > 0 else plain(value).replace("-", "−")


def _count(count: int | None) -> str:
    return str(page("course")["report"]["hidden"]) if count is None else str(count)


def _day(day: Any) -> str:
    return format_date(day, "j F Y")
