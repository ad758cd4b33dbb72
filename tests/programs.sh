#!/bin/sh
# The programs some tests start: PostgreSQL's server with PostGIS, MariaDB's, Chromium, LibreOffice. Fetched here when we may; named otherwise.
set -u
missing=""
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || missing="$missing postgresql"
ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1 || missing="$missing postgresql-postgis"
{ command -v mariadbd || [ -x /usr/sbin/mariadbd ]; } >/dev/null 2>&1 || missing="$missing mariadb-server"
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
for part in calc:sc writer:sw impress:sd; do
  [ -e "/usr/lib/libreoffice/program/lib${part#*:}lo.so" ] || missing="$missing libreoffice-${part%:*}-nogui"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing$missing (the tests start them on loopback)"
  # the Debian package would otherwise start a server of its own
  mkdir -p /etc/postgresql-common && [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf
  left=""
  for one in $missing; do # one that cannot be had leaves the others
    { apt-get install -y -q "$one" || { apt-get update -q && apt-get install -y -q "$one"; }; } >/dev/null 2>&1 || left="$left $one"
  done
  [ -n "$left" ] || exit 0
  missing="$left"
fi
echo "Not on this machine:$missing. The tests that need them are left out and counted (Debian: apt install$missing)."
