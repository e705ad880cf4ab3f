"""The addresses of a person's own side of a clinic."""

from django.urls import path

from safetomove.web.patient.clinics import join_views, messages_views, plan_views, views

urlpatterns = [
    path("", views.my_clinics, name="my_clinics"),
    path("join/", join_views.join, name="my_clinics_join"),
    path("looked/", views.looked, name="my_clinics_looked"),
    path("plan/", plan_views.changes, name="my_clinic_plan"),
    path("plan/no/", plan_views.say_no, name="my_clinic_plan_no"),
    path("<uuid:member>/", views.clinic, name="my_clinic"),
    path("<uuid:member>/leave/", views.leave, name="my_clinic_leave"),
    path("<uuid:member>/messages/", messages_views.thread, name="my_clinic_messages"),
]
