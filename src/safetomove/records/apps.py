"""Tell Django where the records are."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "safetomove.records"
    label = "records"
