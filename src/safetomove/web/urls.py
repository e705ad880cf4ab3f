"""Every address of the site. Pages for people first, then the account, then a clinic's."""

from django.urls import include, path

from safetomove.web import pages

handler400 = "safetomove.web.errors.bad_request"
handler403 = "safetomove.web.errors.permission_denied"
handler404 = "safetomove.web.errors.not_found"
handler429 = "safetomove.web.errors.too_many"  # allauth's limits ask for it
handler500 = "safetomove.web.errors.server_error"

urlpatterns = [
    path("", pages.home, name="home"),
    path("help-now/", pages.help_now, name="help_now"),
    path("more-help/", pages.more_help, name="more_help"),
    path("about/", pages.about, name="about"),
    path("evidence/", pages.evidence, name="evidence"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("safety-record/", pages.safety_record, name="safety_record"),
    path("healthz", pages.healthz, name="healthz"),
    path("", include("safetomove.web.pwa.urls")),
    path("", include("safetomove.web.patient.urls")),
    path("account/", include("safetomove.web.account.urls")),
    path("clinic/", include("safetomove.web.clinic.urls")),
]
