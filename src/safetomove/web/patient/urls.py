"""The addresses of a person's own pages."""

from django.urls import include, path

from safetomove.web.patient import (
    check_in_views,
    felt_views,
    flare_views,
    guide_views,
    my_data_views,
    safety_views,
    start_views,
    today_views,
)
from safetomove.web.patient.learn import search_views

urlpatterns = [
    path("start/", start_views.start, name="start"),
    path("start/<str:activity>/", start_views.goal, name="start_goal"),
    path("start/<str:activity>/now/", start_views.what_now, name="start_now"),
    path("start/<str:activity>/leave/", start_views.leave, name="start_leave"),
    path("today/", today_views.today, name="today"),
    path("today/different/", today_views.something_different, name="something_different"),
    path("did/<str:activity>/", today_views.did, name="did"),
    path("felt/<str:day>/<str:activity>/", felt_views.felt_of, name="felt"),
    path("treatment/", felt_views.treatment, name="treatment"),
    path("check-in/", check_in_views.check_in, name="check_in"),
    path("check-in/<str:day>/", check_in_views.check_in, name="check_in"),
    path("safe/", safety_views.safe, name="safe"),
    path("safe/questions/", safety_views.questions, name="safe_questions"),
    path("flare/", flare_views.flare, name="flare"),
    path("flare/now/", flare_views.flare_now, name="flare_now"),
    path("my-data/", my_data_views.my_data, name="my_data"),
    path("my-data/export.csv", my_data_views.export_csv, name="export_csv"),
    path("my-data/export.json", my_data_views.export_json, name="export_json"),
    path("my-data/export-fhir.json", my_data_views.export_fhir, name="export_fhir"),
    path("my-data/import/", my_data_views.import_diary, name="import_diary"),
    path("my-data/import/confirm/", my_data_views.confirm_import, name="confirm_import"),
    path("my-data/import/done/", my_data_views.import_done, name="import_done"),
    path("my-data/erase/", my_data_views.erase_everything, name="erase"),
    path("my-data/erased/", my_data_views.erased, name="erased"),
    path("guide/", guide_views.guide, name="guide"),
    path("search/", search_views.search, name="search"),
    path("learn/", include("safetomove.web.patient.learn.urls")),
    path("move/", include("safetomove.web.patient.move.urls")),
    path("measures/", include("safetomove.web.patient.measures.urls")),
    path("my-clinics/", include("safetomove.web.patient.clinics.urls")),
    path("", include("safetomove.web.patient.course.urls")),
    path("", include("safetomove.web.patient.patterns.urls")),
]
