"""The addresses of Patterns."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
