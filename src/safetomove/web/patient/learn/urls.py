"""The addresses of Make sense. A lesson's own address comes last: it would take any other."""

from django.urls import path

from safetomove.web.patient.learn import (
    beliefs_views,
    map_views,
    saving,
    scan_views,
    told_views,
    views,
)

urlpatterns = [
    path("", views.learn, name="learn"),
    path("kept/", views.kept, name="learn_kept"),
    path("differences/", views.differences, name="learn_differences"),
    path("buffer/", views.rail, name="learn_buffer"),
    path("beliefs/", beliefs_views.my_beliefs, name="beliefs"),
    path("beliefs/answer/", beliefs_views.answer, name="beliefs_answer"),
    path("map/", map_views.my_map, name="pain_map"),
    path("map/change/", map_views.change, name="pain_map_change"),
    path("scans/", scan_views.scans_by_age, name="scans"),
    path("scan-report/", scan_views.scan_report, name="scan_report"),
    path("scan-report/keep/", scan_views.keep_report, name="scan_report_keep"),
    path("scan-report/<slug:id>/", scan_views.kept_report, name="scan_report_kept"),
    path("scan-report/<slug:id>/delete/", scan_views.delete_report, name="scan_report_delete"),
    path("told/", told_views.things_told, name="told"),
    path("told/<slug:id>/", told_views.one_told, name="told_one"),
    path("<slug:lesson>/", views.lesson, name="lesson"),
    path("<slug:lesson>/keep/", saving.keep, name="lesson_keep"),
    path("<slug:lesson>/lists/", saving.lists, name="lesson_lists"),
    path("<slug:lesson>/to-do/", saving.to_do, name="lesson_to_do"),
]
