#!/usr/bin/env bash
# Installs the Debian package into a bare Debian 12 without Swift, and works with it there. usage: test_package.sh PACKAGE PROGRAM
# Needs root and Debian's archive; says so in a line where there are none, and then nothing is proven.
set -euo pipefail
package=$(realpath "$1")
program=$(realpath "$2")
cd "$(dirname "$0")/../.."
if [ "$(id -u)" -ne 0 ]; then
  echo "package test skipped: it needs root"
  exit 0
fi

root=$(mktemp -d)
chmod 755 "$root"
trap 'umount "$root/proc" 2>/dev/null || true; rm -rf "$root"' EXIT
mirror=$(sed -n 's/^deb \(\[[^]]*\] \)\?\(http[^ ]*\).*/\2/p; s/^URIs: *\(http[^ ]*\).*/\1/p' /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | grep -v security | head -1 || true)
debootstrap --variant=minbase bookworm "$root" "${mirror:-http://deb.debian.org/debian}" >"$root.log" 2>&1 || { tail "$root.log"; exit 1; }
rm -f "$root.log"
# Swift reads a program's arguments there.
mount -t proc proc "$root/proc" 2>/dev/null || { echo "package test skipped: /proc cannot be mounted here"; exit 0; }
cp "$package" "$root/noticeboard.deb"
for file in /etc/apt/apt.conf.d/*proxy* /etc/resolv.conf; do [ ! -f "$file" ] || cp -L "$file" "$root$file"; done
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
inside apt-get install -y -q --no-install-recommends ./noticeboard.deb >"$root/apt.log" 2>&1 || { tail "$root/apt.log"; exit 1; }

passed=0
fail() { echo "FAILED $1"; exit 1; }
ok() { passed=$((passed + 1)); }

! inside sh -c 'command -v swift || find / -xdev -name "libswift*" | grep -q .' >/dev/null && ok || fail "there is Swift in the bare system"
[ "$(inside noticeboard --version)" = "$("$program" --version)" ] && ok || fail "version"
inside getent passwd noticeboard >/dev/null && ok || fail "its user"
[ "$(inside stat -c %U /srv/noticeboard)" = noticeboard ] && ok || fail "its folder"

# The sample school, as its own user: the same bytes as here.
mkdir "$root/srv/noticeboard/sample"
cp -r content templates "$root/srv/noticeboard/sample/"
inside chown -R noticeboard: /srv/noticeboard/sample
as() { inside setpriv --reuid=noticeboard --regid=noticeboard --clear-groups "$@"; }
as noticeboard build /srv/noticeboard/sample --now 2026-11-23T08:30:00+08:00 >/dev/null && ok || fail "build"
work=$(mktemp -d)
cp -r content templates "$work/"
"$program" build "$work" --now 2026-11-23T08:30:00+08:00 >/dev/null
diff -r "$work/public" "$root/srv/noticeboard/sample/public" && ok || fail "other bytes than here"
rm -rf "$work"
as noticeboard doctor --format json /srv/noticeboard/sample >"$root/doctor" && ok || fail "doctor: $(cat "$root/doctor")"
as noticeboard status --site /srv/noticeboard/sample --html /srv/noticeboard/sample/.noticeboard/status.html && ok || fail "status"
as noticeboard new site /srv/noticeboard/new --school 河湾小学 >/dev/null && ok || fail "new"
as noticeboard next --site /srv/noticeboard/sample --now 2026-11-23T08:30:00+08:00 --format json | grep -q '"next":"2026-11-23T' && ok || fail "next"

# Pages of the manual for every command, completions that parse, units that systemd understands.
for command in $(inside noticeboard help | sed -n '/^SUBCOMMANDS:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
  [ -f "$root/usr/share/man/man1/noticeboard.$command.1.gz" ] && ok || fail "no manual of $command"
done
bash -n "$root/usr/share/bash-completion/completions/noticeboard" && ok || fail "completions"
inside sh -n /usr/lib/noticeboard/schedule && ok || fail "schedule"
if command -v systemd-analyze >/dev/null; then
  told=$(systemd-analyze verify --root="$root" --man=no noticeboard@sample.service noticeboard@sample.timer 2>&1 | grep -i noticeboard | grep -v 'not executable\|Failed to create\|No such file' || true)
  [ -z "$told" ] && ok || fail "units: $told"
fi
inside apt-get purge -y -q noticeboard >/dev/null 2>&1 && [ -d "$root/srv/noticeboard/sample/public" ] && ok || fail "what it leaves when it is removed"
echo "package: $passed passed, 0 failed"
