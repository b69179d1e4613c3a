#!/usr/bin/env bash
# Builds the documentation site into artifacts/site/html, from the documents and from what was built in Release. A warning, such as a
# link that leads nowhere, is an error, and so is a page of docs that the contents do not name.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

site=artifacts/site
source=$site/source # everything that is linked, in one folder, as docfx requires it
rm -rf "$site"
mkdir -p "$source"

for page in docs/*.md; do
    grep -qF "href: $page}" docs/site/toc.yml || {
        echo "$page is not in docs/site/toc.yml" >&2
        exit 1
    }
done
while IFS= read -r line; do
    [[ $line =~ href:\ ([^}]+\.md)\} && ! -f ${BASH_REMATCH[1]} ]] || echo "$line"
done <docs/site/toc.yml >"$source/toc.yml"
cp --parents ./*.md LICENSE docs/*.md docs/diagnostics/*.md samples/*/README.md samples/Paper/Data/README.md src/*/README.md "$source"
cp docs/site/docfx.json docs/site/index.md "$source"
sed 's/<svg\(.*\) width="128" height="128"/<svg\1 width="40" height="40"/' build/icon.svg >"$source/icon.svg"

# Links to sources lead to the repository.
repository=$(sed -n 's#.*<RepositoryUrl>\(.*\)</RepositoryUrl>.*#\1#p' Directory.Build.props)
while IFS=: read -r page link; do
    link=${link#](}
    path=$(realpath -m --relative-to="$source" "$(dirname "$page")/$link")
    if [[ ! -f $source/$path && -e $path ]]; then
        sed -i "s#]($link#]($repository/blob/main/$path#g" "$page"
    fi
done < <(grep -roE --include='*.md' '\]\([^):#]+' "$source" | sort -u)

dotnet tool restore >/dev/null
dotnet docfx metadata "$source/docfx.json" --logLevel warning --warningsAsErrors
dotnet docfx build "$source/docfx.json" --logLevel warning --warningsAsErrors
echo "$site/html: $(find "$site/html" -name '*.html' | wc -l) pages"
