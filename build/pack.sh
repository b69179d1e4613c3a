#!/usr/bin/env bash
# Packs every package of Fpe.sln into a folder, which is emptied of older ones first. --no-build packs what was built.
#
#   build/pack.sh FOLDER [OPTION OF DOTNET PACK...]
set -euo pipefail
folder=$(realpath -m "$1")
shift
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mkdir -p "$folder"
rm -f "$folder"/*.nupkg "$folder"/*.snupkg
dotnet pack Fpe.sln -c Release -o "$folder" -nologo -v quiet "$@"
ls "$folder"
