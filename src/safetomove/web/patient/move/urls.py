"""The addresses of Move."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
