"""A diary goes out whole and comes in whole, or not at all."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from safetomove.core.diary import BadDiary, CheckIn, Diary, read_csv, read_json, write_csv
from safetomove.core.record import RecheckReason
from safetomove.records.models import CheckInHistory, CheckInRow, Person, WriteKey
from safetomove.services.check_in import save_check_in
from safetomove.services.export import export_csv, export_json
from safetomove.services.imports import Kind, Preview, confirm_import, preview_import
from safetomove.services.people import start_guest
from safetomove.services.refusals import KeyReused
from safetomove.services.safety_check import save_answers
from safetomove.services.today import review_today
from tests.people import NOW, TODAY, a_day, all_clear

FIRST = TODAY - timedelta(days=99)
DAYS = [a_day(n, first=FIRST, note=f"=day {n}", extra={"weather": "wet"}) for n in range(100)]
DIARY = Diary.of(*DAYS)


@pytest.fixture
def asha(db: None) -> UUID:
    return start_guest(now=NOW)


def bring(person: UUID, text: str, *, key: str = "file", kind: Kind = Kind.CSV) -> Preview:
    return confirm_import(person=person, text=text, kind=kind, client_key=key, now=NOW)


def test_a_diary_brought_in_and_taken_out_is_the_same_diary(asha: UUID) -> None:
    bring(asha, write_csv(DIARY))
    assert read_csv(export_csv(person=asha)).diary == DIARY
    again = json.dumps(json.loads(export_json(person=asha))["diary"])
    assert read_json(again).diary == DIARY


def test_the_preview_says_what_would_change_and_changes_nothing(asha: UUID) -> None:
    bring(asha, write_csv(Diary.of(*DAYS[:50])))
    altered = replace(DAYS[10], pain=9.5)
    text = write_csv(Diary.of(*DAYS[:10], altered, *DAYS[11:60]))
    preview = preview_import(person=asha, text=text, kind=Kind.CSV, now=NOW)
    assert preview.new_days == tuple(day.day for day in DAYS[50:60])
    assert preview.changed_days == (DAYS[10].day,)
    assert len(preview.same_days) == 49
    assert preview.unknown_columns == ("weather",)
    assert CheckInRow.objects.count() == 50
    assert bring(asha, text, key="second") == preview


def test_what_a_file_replaced_is_kept_in_history(asha: UUID) -> None:
    bring(asha, write_csv(Diary.of(DAYS[10])))
    bring(asha, write_csv(Diary.of(replace(DAYS[10], pain=9.5))), key="second")
    assert CheckInHistory.objects.get().local_day == DAYS[10].day


def test_the_same_file_twice_changes_nothing_and_is_answered_the_same(asha: UUID) -> None:
    text = write_csv(DIARY)
    assert bring(asha, text) == bring(asha, text)
    assert len(bring(asha, text, key="as-new").same_days) == 100
    assert WriteKey.objects.count() == 2
    with pytest.raises(KeyReused):
        bring(asha, text + "\n")


def test_one_bad_cell_and_nothing_of_the_file_is_kept(asha: UUID) -> None:
    text = write_csv(DIARY) + "2026-11-22,11\n"
    with pytest.raises(BadDiary):
        bring(asha, text)
    assert not CheckInRow.objects.exists()
    assert not WriteKey.objects.exists()


def test_a_file_with_a_day_to_come_is_refused_with_its_row(asha: UUID) -> None:
    tomorrow = TODAY + timedelta(days=1)
    text = write_csv(Diary.of(DAYS[99], CheckIn(day=tomorrow, pain=3)))
    with pytest.raises(BadDiary, match="row 3, column date"):
        bring(asha, text)
    text = json.dumps([{"date": str(TODAY), "pain": 3}, {"date": str(tomorrow), "pain": 3}])
    with pytest.raises(BadDiary, match="row 2, column date"):
        preview_import(person=asha, text=text, kind=Kind.JSON, now=NOW)


def test_a_file_adds_to_a_day_noted_by_hand_and_takes_nothing_from_it(asha: UUID) -> None:
    told = CheckIn(day=TODAY, mood=4, note="by hand")
    save_check_in(person=asha, check_in=told, client_key="a", now=NOW)
    bring(asha, f"date,pain\n{TODAY},6\n")
    assert review_today(person=asha, now=NOW).check_in == replace(told, pain=6)


def test_a_flare_up_in_a_file_after_the_safety_answers_asks_them_again(asha: UUID) -> None:
    save_answers(person=asha, answers=all_clear(given_on=TODAY - timedelta(days=5)), now=NOW)
    bring(asha, f"date,flare\n{TODAY - timedelta(days=9)},yes\n")
    assert review_today(person=asha, now=NOW).record.recheck is None
    bring(asha, f"date,flare\n{TODAY - timedelta(days=2)},yes\n", key="second")
    recheck = review_today(person=asha, now=NOW).record.recheck
    assert recheck is not None
    assert recheck.reason is RecheckReason.FLARE_UP


def test_safety_answers_of_every_time_are_in_the_export(asha: UUID) -> None:
    for age in (51, 52):
        save_answers(person=asha, answers=all_clear(age=age), now=NOW)
    history = json.loads(export_json(person=asha))["history"]
    assert [one["answers"]["context"]["age"] for one in history] == [51, 52]
    assert all(one["result"]["rules_version"] for one in history)


def test_somebody_not_kept_here_yet_can_look_and_nobody_is_made(db: None) -> None:
    look = preview_import(person=None, text=write_csv(DIARY), kind=Kind.CSV, now=NOW)
    assert look.new_days == tuple(day.day for day in DAYS)
    assert not Person.objects.exists()


def test_a_day_has_begun_where_the_person_is_and_not_where_the_site_is(db: None) -> None:
    text = f"date,pain\n{TODAY + timedelta(days=1)},3\n"
    there = preview_import(person=None, text=text, kind=Kind.CSV, now=NOW, zone="Pacific/Auckland")
    assert len(there.new_days) == 1
    with pytest.raises(BadDiary, match="not begun"):
        preview_import(person=None, text=text, kind=Kind.CSV, now=NOW)


def test_all_that_was_taken_out_as_json_can_be_brought_in_again(asha: UUID) -> None:
    bring(asha, write_csv(DIARY))
    other = start_guest(now=NOW)
    bring(other, export_json(person=asha), kind=Kind.JSON)
    assert read_csv(export_csv(person=other)).diary == DIARY


def test_many_changed_days_each_keep_every_version_in_order(asha: UUID) -> None:
    for pain in (1.0, 2.0, 3.0):
        bring(asha, write_csv(Diary.of(*(replace(d, pain=pain) for d in DAYS))), key=f"k{pain:g}")
    kept = json.loads(export_json(person=asha))
    first = [one for one in kept["amended_days"] if one["date"] == str(DAYS[7].day)]
    assert [(one["version"], one["was"]["pain"]) for one in first] == [(1, 1), (2, 2)]
    assert {day["pain"] for day in kept["diary"]} == {3}
    assert len(kept["amended_days"]) == 200
