#!/usr/bin/env bash
# Builds the documentation site into artifacts/site/html, from the documents and from what was built in Release. A warning, such as a
# link that leads nowhere, is an error, and so is a page of docs that the contents do not name.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

site=artifacts/site
rm -rf "$site"
mkdir -p "$site"

for page in docs/*.md; do
    grep -qF "href: $page}" docs/site/toc.yml || {
        echo "$page is not in docs/site/toc.yml" >&2
        exit 1
    }
done
while IFS= read -r line; do
    [[ $line =~ href:\ ([^}]+\.md)\} && ! -f ${BASH_REMATCH[1]} ]] || echo "$line"
done <docs/site/toc.yml >"$site/toc.yml"

dotnet tool restore >/dev/null
dotnet docfx metadata docs/site/docfx.json --logLevel warning --warningsAsErrors
dotnet docfx build docs/site/docfx.json --logLevel warning --warningsAsErrors
echo "$site/html: $(find "$site/html" -name '*.html' | wc -l) pages"
