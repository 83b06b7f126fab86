#!/bin/sh
# Says which Chromium the browser tests will use; installs one where this is allowed; never fails where there is none.
for name in "${KB_CHROMIUM:-}" chromium chromium-browser google-chrome; do
  if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then
    echo "browser tests use $(command -v "$name")"
    exit 0
  fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing Chromium for the browser tests"
  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk) >/dev/null && exit 0
fi
echo "no Chromium found: the browser tests will be skipped; install one (Debian: apt-get install chromium) or set KB_CHROMIUM"
