"""The addresses of the offline part. The worker's own address sets what it may look after."""

from django.urls import path

from safetomove.web.pwa import views

urlpatterns = [
    path("sw.js", views.worker, name="worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("offline/", views.offline, name="offline"),
    path("offline/pack.json", views.pack, name="offline_pack"),
]
