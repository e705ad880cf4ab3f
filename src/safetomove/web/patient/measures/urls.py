"""The addresses of the measures."""

from django.urls import path

from safetomove.web.patient.measures import views

urlpatterns = [
    path("", views.measures, name="measures"),
    path("fill/<slug:id>/", views.fill, name="measure_fill"),
    path("kept/<slug:name>/", views.kept, name="measure"),
    path("kept/<slug:name>/withdraw/", views.withdraw, name="measure_withdraw"),
]
