#!/usr/bin/env bash
# Records the public API of every package: adds what is new to PublicAPI.Unshipped.txt beside its project, and takes out what is gone.
# What was shipped and is gone is written as a line *REMOVED*… there. Review the difference.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
log=artifacts/public-api.log
mkdir -p artifacts

projects=(src/Fpe.Dsl/Fpe.Dsl.csproj)
while IFS= read -r project; do
    projects+=("$project")
done < <(grep -l '<IsPackable>true' src/*/*.csproj)

for project in "${projects[@]}"; do
    folder=$(dirname "$project")
    for list in Shipped Unshipped; do
        [[ -f $folder/PublicAPI.$list.txt ]] || echo '#nullable enable' >"$folder/PublicAPI.$list.txt"
    done
done

for project in "${projects[@]}"; do
    folder=$(dirname "$project")
    # A package that this machine cannot restore keeps its list.
    if ! dotnet restore "$project" >"$log" 2>&1; then
        echo "$project skipped: its packages cannot be restored"
        continue
    fi
    dotnet build "$project" -c Release --no-restore --no-incremental -p:TreatWarningsAsErrors=false -p:BuildProjectReferences=false -nologo >"$log" 2>&1 ||
        { cat "$log"; exit 1; }
    changed() {
        { grep -F "[$PWD/$project" "$log" || true; } | sed -nE "s/.* $1: Symbol '(.*)' is (not )?part of the declared.*/\1/p" | LC_ALL=C sort -u
    }
    added=$(changed RS0016)
    gone=$(changed RS0017)
    unshipped=$folder/PublicAPI.Unshipped.txt
    {
        echo '#nullable enable'
        {
            tail -n +2 "$unshipped" | grep -vxFf <(echo "${gone:-#nullable enable}") || true
            grep -xFf <(echo "${gone:-#nullable enable}") <(tail -n +2 "$folder/PublicAPI.Shipped.txt") | sed 's/^/*REMOVED*/' || true
            [[ -z $added ]] || echo "$added"
        } | LC_ALL=C sort -u
    } >"$unshipped.new"
    mv "$unshipped.new" "$unshipped"
    echo "$project: $(grep -c . <<<"$added" || true) added, $(grep -c . <<<"$gone" || true) gone"
done
