#!/usr/bin/env bash
# Say in one line why this Python won't do, before anything is installed.
set -euo pipefail
py=${PY:-python3}

if ! command -v "$py" >/dev/null; then
  echo "Safe to Move needs Python 3.11 or later, and '$py' is not here. On Debian: apt-get install python3 python3-venv" >&2
  exit 1
fi
if ! "$py" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "Safe to Move needs Python 3.11 or later, and '$py' is $("$py" -V). Name another one: make PY=python3.12 …" >&2
  exit 1
fi
if ! "$py" -c 'import ensurepip, venv' 2>/dev/null; then
  echo "'$py' can't make environments yet. On Debian: apt-get install python3-venv" >&2
  exit 1
fi
