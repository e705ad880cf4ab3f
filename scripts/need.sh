#!/usr/bin/env bash
# Install from Debian what the tests need and is missing; where we may not, say exactly what.
set -euo pipefail
py=${PY:-python3}

missing=()
command -v make >/dev/null || missing+=(make)
command -v "$py" >/dev/null || missing+=(python3)
"$py" -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
[ -s /etc/ssl/certs/ca-certificates.crt ] || missing+=(ca-certificates)
command -v chromium >/dev/null || missing+=(chromium)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
compgen -G '/usr/share/fonts/truetype/dejavu/*.ttf' >/dev/null || missing+=(fonts-dejavu-core)
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" != 0 ]; then as_root=(sudo -n); fi
if ! command -v apt-get >/dev/null || ! "${as_root[@]}" true 2>/dev/null; then
  echo "The tests need what is not installed here. On Debian 12, as root:" >&2
  echo "  apt-get install --no-install-recommends ${missing[*]}" >&2
  exit 1
fi

echo "Installing from Debian: ${missing[*]} …"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
quiet() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive "$@" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }; }
quiet apt-get update
quiet apt-get install -y --no-install-recommends "${missing[@]}"
