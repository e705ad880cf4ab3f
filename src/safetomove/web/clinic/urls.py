"""The addresses of a clinic's pages; each has its rule in `access.RULES`."""

from django.urls import URLPattern, path

from safetomove.web.clinic import (
    caseload_views,
    groups_dates_views,
    groups_people_views,
    groups_views,
    home_views,
    instruments_views,
    join_views,
    measures_group_views,
    measures_views,
    messages_views,
    people_file_views,
    people_views,
    person_plan_views,
    register_views,
    report_views,
    settings_views,
    staff_views,
    summary_views,
    syllabus_views,
)
from safetomove.web.clinic.access import RULES, DeskView, guarded


def at(route: str, view: DeskView, name: str) -> URLPattern:
    """Return the address of a page inside one clinic; KeyError where it has no rule."""
    return path(f"<uuid:clinic>/{route}", guarded(view, RULES[name]), name=name)


urlpatterns = [
    path("join/", join_views.join, name="clinic_join"),  # by its code: no clinic is known yet
    at("", home_views.home, "clinic_home"),
    at("people/", people_views.people, "clinic_people"),
    at("people/add/", people_views.add, "clinic_person_add"),
    at("people/import/", people_file_views.bring, "clinic_people_import"),
    at("people/import/confirm/", people_file_views.confirm, "clinic_people_import_confirm"),
    at("people/<uuid:member>/details/", people_views.person, "clinic_person"),
    at("people/<uuid:member>/change/", people_views.change, "clinic_person_change"),
    at("people/<uuid:member>/invite/", people_views.invite, "clinic_person_invite"),
    at("people/<uuid:member>/discharge/", people_views.discharge, "clinic_person_discharge"),
    at("staff/", staff_views.staff, "clinic_staff"),
    at("staff/invite/", staff_views.invite, "clinic_staff_invite"),
    at("staff/<int:staff>/", staff_views.change, "clinic_staff_change"),
    at(
        "staff/invitations/<uuid:invitation>/withdraw/",
        staff_views.withdraw,
        "clinic_invitation_withdraw",
    ),
    at("settings/", settings_views.settings, "clinic_settings"),
    at("first/", caseload_views.people_first, "clinic_caseload"),
    at("first/catch-up/", caseload_views.catch_up, "clinic_catch_up"),
    at("people/<uuid:member>/", summary_views.person, "clinic_summary"),
    at("people/<uuid:member>/plan/", person_plan_views.plan, "clinic_person_plan"),
    at("reports/", report_views.choose, "clinic_reports"),
    at("reports/report/", report_views.show, "clinic_report"),
    at("reports/report.csv", report_views.as_csv, "clinic_report_csv"),
    at("groups/", groups_views.all_groups, "clinic_groups"),
    at("groups/new/", groups_views.new, "clinic_group_new"),
    at("groups/days-off/", groups_views.free_days, "clinic_days_off"),
    at("groups/<uuid:group>/", groups_views.group, "clinic_group"),
    at("groups/<uuid:group>/change/", groups_views.change, "clinic_group_change"),
    at("groups/<uuid:group>/end/", groups_views.end, "clinic_group_end"),
    at("groups/<uuid:group>/add/", groups_dates_views.add, "clinic_group_add"),
    at("groups/<uuid:group>/enrol/", groups_people_views.enrol, "clinic_group_enrol"),
    at(
        "groups/<uuid:group>/people/<uuid:member>/place/",
        groups_people_views.place,
        "clinic_group_place",
    ),
    at(
        "groups/<uuid:group>/people/<uuid:member>/withdraw/",
        groups_people_views.withdraw,
        "clinic_group_withdraw",
    ),
    at("groups/<uuid:group>/register/", register_views.of_group, "clinic_group_register"),
    at("groups/<uuid:group>/calendar.ics", groups_dates_views.calendar, "clinic_group_calendar"),
    at("sessions/<int:session>/", groups_dates_views.session, "clinic_session"),
    at("sessions/<int:session>/register/", register_views.of_session, "clinic_register"),
    at(
        "sessions/<int:session>/register/<uuid:member>/before/",
        register_views.past,
        "clinic_register_past",
    ),
    at(
        "sessions/<int:session>/register/<uuid:member>/make-up/",
        register_views.making_up,
        "clinic_make_up",
    ),
    at("people/<uuid:member>/course/", register_views.of_person, "clinic_register_person"),
    at("groups/<uuid:group>/measures/", measures_group_views.of_group, "clinic_group_measures"),
    at("people/<uuid:member>/measures/", measures_views.of_person, "clinic_measures"),
    at(
        "people/<uuid:member>/measures/<slug:instrument>/paper/",
        measures_views.paper,
        "clinic_measure_paper",
    ),
    at(
        "people/<uuid:member>/measures/kept/<slug:kept>/",
        measures_views.kept,
        "clinic_measure_kept",
    ),
    at(
        "people/<uuid:member>/measures/kept/<slug:kept>/withdraw/",
        measures_views.withdraw,
        "clinic_measure_withdraw",
    ),
    at("instruments/", instruments_views.all_instruments, "clinic_instruments"),
    at("instruments/load/", instruments_views.load, "clinic_instruments_load"),
    at(
        "instruments/<slug:instrument>/remove/",
        instruments_views.remove,
        "clinic_instrument_remove",
    ),
    at("instruments/<slug:instrument>/form/", measures_views.blank, "clinic_instrument_blank"),
    at("courses/", syllabus_views.all_courses, "clinic_syllabuses"),
    at("courses/<slug:syllabus>/<int:version>/", syllabus_views.one, "clinic_syllabus"),
    at(
        "courses/<slug:syllabus>/<int:version>/copy/",
        syllabus_views.copy,
        "clinic_syllabus_copy",
    ),
    at(
        "courses/<slug:syllabus>/<int:version>/<int:number>/",
        syllabus_views.session,
        "clinic_syllabus_session",
    ),
    at(
        "courses/<slug:syllabus>/<int:version>/<int:number>/handout/",
        syllabus_views.handout,
        "clinic_syllabus_handout",
    ),
    at(
        "courses/<slug:syllabus>/<int:version>/<int:number>/change/",
        syllabus_views.change,
        "clinic_syllabus_change",
    ),
    at("messages/", messages_views.waiting, "clinic_messages"),
    at("people/<uuid:member>/messages/", messages_views.thread, "clinic_thread"),
    at("groups/<uuid:group>/message/", messages_views.to_group, "clinic_group_message"),
]
