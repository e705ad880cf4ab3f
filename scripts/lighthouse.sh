#!/usr/bin/env bash
# Score the pages that a person sees first, as Lighthouse sees them on a phone.
set -euo pipefail
port=${PORT:-8300}
chrome=${CHROMIUM:-/usr/bin/chromium}
flags="--headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
flags+=" --disable-background-networking --disable-component-update --disable-sync"
SAFETOMOVE_DATA=$(mktemp -d)
export SAFETOMOVE_DATA

python -m safetomove serve --port "$port" >"$SAFETOMOVE_DATA/log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true; rm -rf "$SAFETOMOVE_DATA"' EXIT
address=http://localhost:$port
python scripts/wait_for.py "$address/help-now/" || { cat "$SAFETOMOVE_DATA/log" >&2; exit 1; }

for page in / /safe/ /help-now/ /learn/ /learn/sleep/ /learn/scans/ /move/movements/hip-hinge/ /about/; do
  for try in 1 2 3; do # now and then Lighthouse loses its own trace (NO_NAVSTART)
    CHROME_PATH=$chrome node_modules/.bin/lighthouse "$address$page" --quiet --output=json \
      --output-path="$SAFETOMOVE_DATA/page.json" --chrome-flags="$flags" && break
    [[ $try -lt 3 ]] || exit 1
  done
  python scripts/lighthouse_scores.py "$page" "$SAFETOMOVE_DATA/page.json"
done
