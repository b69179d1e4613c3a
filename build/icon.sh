#!/usr/bin/env bash
# Draws build/icon.png, the icon of the packages, from build/icon.svg. Needs Chromium.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --default-background-color=00000000 \
    --window-size=128,128 --screenshot="$PWD/icon.png" "file://$PWD/icon.svg" 2>/dev/null
