"""Bars for a clinic's pages: python -m bench.web_clinic

A site with 500 groups and 5,000 people against one with 5 groups and 50, in one process, each
in a database of its own clinic and by turns: the median time of each page, and its queries.
Who to see first is worked out beforehand on both sides, as the nightly `standings` does.
"""

import os
import secrets
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

SMALL, LARGE = (5, 50), (500, 5_000)  # groups and people of one clinic
ROUNDS = 31
MOST, MORE_QUERIES = 1.5, 1
WITH_A_BAR = ("clinic_caseload", "clinic_report")  # the others are printed beside them
REGISTERED = 4  # sessions of each course with a register


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One clinic: a browser signed in there, and the addresses to time."""

    browser: Any
    addresses: dict[str, str]


def main() -> int:
    """Print each page's ratio and queries; exit 1 where a bar is missed."""
    with tempfile.TemporaryDirectory(prefix="bench-clinic-") as folder:
        _set_up(Path(folder))
        small, large = _seed(*SMALL), _seed(*LARGE)
        results = [_compare(name, small, large) for name in small.addresses]
    print("PASS" if all(results) else "FAIL")
    return 0 if all(results) else 1


def _set_up(folder: Path) -> None:
    for name in ("SECRET_KEY", "SITE_KEY"):
        os.environ[f"SAFETOMOVE_{name}"] = secrets.token_hex(32)
    os.environ["SAFETOMOVE_DATA"] = str(folder)
    os.environ["SAFETOMOVE_HOSTS"] = "testserver"
    os.environ["DJANGO_SETTINGS_MODULE"] = "safetomove.web.settings"
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def _seed(groups: int, people: int) -> Side:
    """Fill a clinic with courses, people in them and registers."""
    from django.urls import reverse

    from safetomove.records.models import AttendanceRow, EnrolmentRow, SessionRow
    from safetomove.services.clinic.staff import Role
    from safetomove.services.clinic.standing import refresh
    from tests.clinics import a_clinic, a_member, a_worker, signed_in
    from tests.courses import a_group

    now = datetime.now(UTC)
    worker = a_worker(a_clinic(f"Clinic of {people}"), Role.PHYSIOTHERAPIST, now=now)
    first = now.date() - timedelta(days=30)
    courses = [a_group(worker.at, f"Group {n}", first_day=first, now=now) for n in range(groups)]
    on_list = [a_member(worker.at, f"Person {n}", joined=False, now=now) for n in range(people)]
    placed = [(courses[n % groups], member) for n, member in enumerate(on_list)]
    EnrolmentRow.objects.bulk_create(
        EnrolmentRow(group_id=group, member_id=member, state="enrolled", at=now)
        for group, member in placed
    )
    rows = SessionRow.objects.filter(group_id__in=courses, number__lte=REGISTERED)
    sessions: dict[UUID, list[int]] = {}
    for id, group in rows.values_list("id", "group_id"):
        sessions.setdefault(group, []).append(id)
    AttendanceRow.objects.bulk_create(
        AttendanceRow(
            session_id=session, member_id=member, state="present", sealed=b"", written_at=now
        )
        for group, member in placed
        for session in sessions[group]
    )
    refresh(worker.at.held, now=now, most=people)
    clinic = worker.at.held.clinic
    names = ("clinic_home", "clinic_caseload", "clinic_people", "clinic_groups", "clinic_reports")
    addresses = {name: reverse(name, args=[clinic]) for name in names}
    report = reverse("clinic_report", args=[clinic])
    addresses["clinic_report"] = f"{report}?course={courses[0]}&for=us"
    return Side(browser=signed_in(worker), addresses=addresses)


def _compare(name: str, small: Side, large: Side) -> bool:
    times: dict[int, list[float]] = {id(small): [], id(large): []}
    for _ in range(ROUNDS):
        for side in (small, large):
            times[id(side)].append(_ask(side, name))
    ratio = statistics.median(times[id(large)]) / statistics.median(times[id(small)])
    more = _queries(large, name) - _queries(small, name)
    barred = name in WITH_A_BAR
    bar = f", at most {MOST} and {MORE_QUERIES:+d}" if barred else " (no bar: it lists more rows)"
    print(f"{name}: {ratio:.2f} times the small clinic's, {more:+d} queries{bar}")
    return not barred or (ratio <= MOST and more <= MORE_QUERIES)


def _ask(side: Side, name: str) -> float:
    began = time.perf_counter()
    response = side.browser.get(side.addresses[name])
    took = time.perf_counter() - began
    if response.status_code != 200:
        raise SystemExit(f"{name} answered {response.status_code}")
    return took


def _queries(side: Side, name: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        _ask(side, name)
    return len(seen)


if __name__ == "__main__":
    sys.exit(main())
