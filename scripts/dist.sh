#!/usr/bin/env bash
# Makes .build/dist/: the program, and a Debian package with its manual, completions, units and guides. usage: dist.sh PROGRAM MANUAL
set -euo pipefail
cd "$(dirname "$0")/.."
program=$1
manual=$2
version=$("$program" --version)
architecture=$(dpkg --print-architecture)
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1795737600)}
day=$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)

rm -rf .build/dist
root=.build/dist/root
share=$root/usr/share
install -d "$root/DEBIAN" "$root/usr/bin" "$root/usr/lib/noticeboard" "$root/lib/systemd/system" "$share/man/man1" \
  "$share/doc/noticeboard/images" "$share/bash-completion/completions" "$share/zsh/vendor-completions" "$share/fish/vendor_completions.d"

strip -o "$root/usr/bin/noticeboard" "$program"
"$manual" "$program" --multi-page --section 1 --date "$day" --output-directory "$share/man/man1"
gzip -9n "$share"/man/man1/*.1
"$program" --generate-completion-script bash >"$share/bash-completion/completions/noticeboard"
"$program" --generate-completion-script zsh >"$share/zsh/vendor-completions/_noticeboard"
"$program" --generate-completion-script fish >"$share/fish/vendor_completions.d/noticeboard.fish"
install -m 644 README.md README.zh-CN.md docs/*.md packaging/nginx/noticeboard.conf "$share/doc/noticeboard/"
install -m 644 docs/images/* "$share/doc/noticeboard/images/"
install -m 644 LICENSE "$share/doc/noticeboard/copyright"
gzip -9nc CHANGELOG.md >"$share/doc/noticeboard/changelog.gz"
install -m 644 packaging/systemd/*.service packaging/systemd/*.timer "$root/lib/systemd/system/"
install -m 755 packaging/systemd/schedule "$root/usr/lib/noticeboard/"
install -m 755 packaging/debian/postinst "$root/DEBIAN/"
size=$(du -sk --exclude=DEBIAN "$root" | cut -f1)
sed "s/@VERSION@/$version/; s/@ARCHITECTURE@/$architecture/; s/@SIZE@/$size/" packaging/debian/control >"$root/DEBIAN/control"
(cd "$root" && find usr lib -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
find "$root" -print0 | xargs -0r touch --no-dereference --date="@$SOURCE_DATE_EPOCH"

package=.build/dist/noticeboard_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz -b "$root" "$package" >/dev/null
cp "$root/usr/bin/noticeboard" .build/dist/noticeboard
echo "$package: $(stat -c %s "$package") bytes; the program $(stat -c %s .build/dist/noticeboard) bytes, loads $(ldd "$program" | grep -c '=>') libraries"
