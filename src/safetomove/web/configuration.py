"""Settings from the environment, read strictly: a bad value stops the start and says why."""

import os
import tomllib
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PREFIX = "SAFETOMOVE_"


def text(name: str, default: str = "") -> str:
    """Read NAME, or the file that NAME_FILE points to."""
    if value := os.environ.get(PREFIX + name):
        return value
    if path := os.environ.get(f"{PREFIX}{name}_FILE"):
        return _first_line(Path(path))
    return default


def flag(name: str, *, default: bool = False) -> bool:
    """Read yes or no."""
    value = os.environ.get(PREFIX + name, "").lower()
    if value not in {"", "yes", "no"}:
        raise ImproperlyConfigured(f"{PREFIX}{name} must be yes or no, not {value!r}")
    return default if not value else value == "yes"


def words(name: str, default: str = "") -> list[str]:
    """Read a list of words with commas between them."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def data_folder() -> Path:
    """Return the folder where this site keeps its data."""
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return Path(text("DATA") or home / "safetomove").expanduser().resolve()


def key(name: str) -> str:
    """Read a secret from the environment, else from the data folder; empty where there is none."""
    path = key_file(name)
    return text(name) or (_first_line(path) if path.is_file() else "")


def key_file(name: str) -> Path:
    """Return the file that holds a secret of the embedded default."""
    return data_folder() / "keys" / name.lower()


def database() -> dict[str, object]:
    """Return Django's database entry: SQLite, or PostgreSQL where DATABASE names one."""
    address = text("DATABASE")
    return _postgresql(address) if address else _sqlite(data_folder() / "safetomove.sqlite3")


def local_help() -> list[dict[str, str]]:
    """Return the services near this site from the TOML file that LOCAL_HELP names, if it does."""
    path = text("LOCAL_HELP")
    if not path:
        return []
    try:
        found = tomllib.loads(Path(path).read_text(encoding="utf-8")).get("service", [])
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"can't read the services in {path}: {error}") from error
    if not isinstance(found, list) or not all(_is_service(each) for each in found):
        raise ImproperlyConfigured(f"each [[service]] in {path} needs a name; see the settings")
    return found


def _is_service(each: object) -> bool:
    """Say whether a row has a name, and words only; its link leads to the open web."""
    if not isinstance(each, dict) or not each.get("name"):
        return False
    known = set(each) <= {"name", "number", "href", "about"}
    web = str(each.get("href", "https://")).startswith(("https://", "http://"))
    return known and web and all(isinstance(value, str) for value in each.values())


def _sqlite(path: Path) -> dict[str, object]:
    # FULL costs next to nothing at this size and a power cut then loses nothing acknowledged.
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
    }


def _postgresql(address: str) -> dict[str, object]:
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured(
            f"{PREFIX}DATABASE must look like postgresql://user:password@host:5432/name"
        )
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5},
    }


def _first_line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"can't read the secret in {path}: {error.strerror}") from error
