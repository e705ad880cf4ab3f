"""Collect the static files once, so that pages can name them."""

import pytest
from django.core.management import call_command


@pytest.fixture(scope="session", autouse=True)
def _static_files() -> None:
    call_command("collectstatic", interactive=False, verbosity=0)
