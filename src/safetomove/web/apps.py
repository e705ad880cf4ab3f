"""Tell Django where the commands and static files are."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "safetomove.web"
    label = "web"
