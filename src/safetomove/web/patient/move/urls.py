"""The addresses of Move. Each part lists its own, so that another part is one more line."""

from django.urls import path

from safetomove.web.patient.move import (
    breathing_views,
    figure_views,
    fit_views,
    flare_plan_views,
    ladder_views,
    library_views,
    looked_back_views,
    progress_views,
    session_views,
    week_views,
)

LIBRARY = [
    path("", library_views.hub, name="move"),
    path("movements/", library_views.movements, name="movements"),
    path("movements/<str:id>/", library_views.movement, name="movement"),
    path("movements/<str:id>/print/", library_views.movement_print, name="movement_print"),
    path("figures/<str:id>/<int:level>/<str:kind>.svg", figure_views.figure, name="figure"),
    path("fit/", fit_views.fit, name="move_fit"),
]
SESSION = [
    path("session/", session_views.choose, name="session"),
    path("session/now/", session_views.now, name="session_now"),
    path("session/end/", session_views.end, name="session_end"),
]
BREATHING = [
    path("breathe/", breathing_views.breathe, name="breathe"),
    path("relax/<str:id>/", breathing_views.relax, name="relax"),
]
FLARE_PLAN = [
    path("flare-plan/", flare_plan_views.plan, name="flare_plan"),
    path("flare-plan/change/", flare_plan_views.change, name="flare_plan_change"),
    path("flare-plan/print/", flare_plan_views.plan_print, name="flare_plan_print"),
    path("flare-plan/going/", flare_plan_views.how_it_goes, name="flare_going"),
    path("flare-plan/look-back/<str:day>/", flare_plan_views.look_back, name="flare_look_back"),
]
LADDER = [
    path("ladder/", ladder_views.ladder, name="ladder"),
    path("ladder/add/", ladder_views.add, name="ladder_add"),
    path("ladder/try/<slug:name>/", ladder_views.one_try, name="ladder_try"),
    path("ladder/try/<slug:name>/drop/", ladder_views.drop, name="ladder_drop"),
    path("ladder/<slug:id>/", ladder_views.rung, name="ladder_rung"),
    path("ladder/<slug:id>/try/", ladder_views.begin, name="ladder_begin"),
]
PROGRESS = [
    path("progress/", progress_views.show, name="progress"),
    path("progress/pain/", progress_views.pain, name="progress_pain"),
    path("stay-well/", progress_views.stay_well, name="stay_well"),
    path("stay-well/change/", progress_views.stay_well_change, name="stay_well_change"),
    path("stay-well/print/", progress_views.stay_well_print, name="stay_well_print"),
    path("stay-well/alone/", progress_views.stay_well_alone, name="stay_well_alone"),
    path("week/", week_views.week, name="week_review"),
    path("looked-back/", looked_back_views.looked_back, name="looked_back"),
]

urlpatterns = [*LIBRARY, *SESSION, *BREATHING, *LADDER, *FLARE_PLAN, *PROGRESS]
