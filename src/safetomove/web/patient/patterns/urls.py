"""The addresses of Patterns, of experiments, and of how the dose rule was tried out."""

from django.urls import path

from safetomove.web.patient.patterns import (
    experiment_views,
    plan_views,
    together_views,
    trials_views,
    views,
)

urlpatterns = [
    path("patterns/", views.patterns, name="patterns"),
    path("patterns/turn/", views.turn, name="patterns_turn"),
    path("patterns/tests/", experiment_views.experiments, name="experiments"),
    path("patterns/tests/own/", plan_views.own, name="experiment_own"),
    path("patterns/tests/together/", together_views.together, name="tests_together"),
    path("patterns/tests/plan/<slug:ready>/", plan_views.plan, name="experiment_plan"),
    path("patterns/tests/<slug:id>/", experiment_views.experiment, name="experiment"),
    path("patterns/tests/<slug:id>/did/", experiment_views.did, name="experiment_did"),
    path("patterns/tests/<slug:id>/end/", experiment_views.end, name="experiment_end"),
    path("how-we-test/", trials_views.trials, name="trials"),
]
