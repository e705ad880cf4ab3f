#!/usr/bin/env bash
# Build the style sheet again and compare it with the one in the repository, which stays as it was.
set -euo pipefail
css=src/safetomove/web/static/css
kept=$(mktemp -d)
cp -a "$css/." "$kept"
put_back() { rm -rf "$css" && mkdir -p "$css" && cp -a "$kept/." "$css" && rm -rf "$kept"; }
trap put_back EXIT

npm run --silent css
if ! diff -rq "$kept" "$css"; then
  echo "The style sheet differs from what styles/ makes. Run: make css" >&2
  exit 1
fi
