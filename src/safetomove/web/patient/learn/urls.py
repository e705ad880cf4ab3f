"""The addresses of Make sense."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
