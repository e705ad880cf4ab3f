#!/usr/bin/env bash
# Collect the words of pages into one template for translators: docs/how-to/add-a-language.md.
set -euo pipefail
out=${1:-src/safetomove/web/locale/safetomove.pot}
mkdir -p "$(dirname "$out")"
pybabel -q extract --mapping=babel.cfg --keyword=_ --keyword=gettext_lazy --add-comments=For \
  --no-location --sort-output --project="Safe to Move" \
  --copyright-holder="Safe to Move contributors" --output="$out" src/safetomove/web
