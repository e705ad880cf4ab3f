#!/usr/bin/env bash
# like_production.sh FILE…: run Python with settings such as a site on the open web has.
set -euo pipefail
SAFETOMOVE_DATA=$(mktemp -d)
trap 'rm -rf "$SAFETOMOVE_DATA"' EXIT
export SAFETOMOVE_DATA SAFETOMOVE_HTTPS=yes SAFETOMOVE_HOSTS=backs.example.org
SAFETOMOVE_SECRET_KEY=$(head -c 48 /dev/urandom | base64 -w 0)
SAFETOMOVE_SITE_KEY=$(head -c 48 /dev/urandom | base64 -w 0)
export SAFETOMOVE_SECRET_KEY SAFETOMOVE_SITE_KEY
python "$@"
