#!/usr/bin/env bash
# pg.sh COMMAND…: run a command on a PostgreSQL of its own, which is gone afterwards.
#
# It listens on a socket in a folder that nobody else may enter, and on no port, so that
# trusting whoever reaches it is enough. PostgreSQL refuses to run as root: then it runs as
# the user that Debian's package made for it.
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
bin=${bin:-$(dirname "$(command -v initdb)")}
home=$(mktemp -d /tmp/safetomove-pg.XXXXXX)
as=()
if [ "$(id -u)" = 0 ]; then
  as=("$(command -v runuser || echo /usr/sbin/runuser)" -u postgres --)
  chown postgres "$home"
fi

stop() {
  (cd / && "${as[@]}" "$bin/pg_ctl" -D "$home/data" -m immediate -w stop >/dev/null 2>&1) || true
  rm -rf "$home"
}
trap stop EXIT
trap 'exit 130' INT TERM

# Nothing here outlives the run, so nothing is flushed to disk.
options="-c listen_addresses= -c unix_socket_directories=$home -c unix_socket_permissions=0700"
options+=" -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
(
  cd /
  "${as[@]}" "$bin/initdb" -D "$home/data" -U postgres --auth=trust --no-sync -E UTF8 --locale=C.UTF-8
  "${as[@]}" "$bin/pg_ctl" -D "$home/data" -w -l "$home/log" -o "$options" start
) >"$home.start" 2>&1 || { cat "$home.start" "$home/log" >&2; rm -f "$home.start"; exit 1; }
rm -f "$home.start"

export SAFETOMOVE_DATABASE="postgresql://postgres@/safetomove?host=$home"
"$@"
