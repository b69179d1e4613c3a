#!/usr/bin/env bash
# The way of a newcomer, in an empty folder and with nothing but the packages: both templates, and the programs of the README and
# of docs as they are printed there, are built with warnings as errors and run. Takes the packages from what was built in Release.
#
#   build/newcomer.sh [FOLDER]    keeps the folder, which must not exist; without it, a temporary one is used and removed
set -euo pipefail
folder=${1:-}
[[ -n $folder ]] && folder=$(realpath -m "$folder")
cd "$(dirname "${BASH_SOURCE[0]}")/.."
repository=$PWD

if [[ -z $folder ]]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
else
    mkdir "$folder"
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDTERMINALLOGGER=off
cache=${NUGET_PACKAGES:-${HOME:-/root}/.nuget/packages}
export NUGET_PACKAGES=$folder/cache # of its own, so that no package of an earlier build is used

fail() {
    echo "newcomer: $*" >&2
    exit 1
}

# Runs the program that was built with the arguments of the first word, and requires lines of its output.
run() {
    local output line arguments
    read -ra arguments <<<"$1"
    shift
    output=$(dotnet run -c Release --no-build -- "${arguments[@]}") || fail "$PWD ends with exit code $?: $output"
    for line in "$@"; do
        grep -qE "$line" <<<"$output" || fail "$PWD prints no line like '$line': $output"
    done
    echo "$output" | tail -n 4
}

build() {
    local output
    output=$(dotnet build -c Release -warnaserror -v quiet) || fail "$PWD does not build: $output"
}

# A new console project with packages, and the files that a document prints for it.
project() {
    local name=$1 package
    shift
    dotnet new console -o "$folder/$name" --no-restore >/dev/null
    cd "$folder/$name"
    rm Program.cs
    for package in "$@"; do
        dotnet add package "$package" --version "$version" --no-restore >/dev/null
    done
}

printed() {
    awk -v to="$2" -f "$repository/build/snippets.awk" "$repository/$1"
}

started=$SECONDS
build/pack.sh "$folder/packages" --no-build >/dev/null
version=$(basename "$folder"/packages/Fpe.Templates.*.nupkg .nupkg)
version=${version#Fpe.Templates.}

# Other packages come from where this machine gets them, first of all from what it has already.
mkdir -p "$cache"
cat >"$folder/nuget.config" <<XML
<configuration>
  <packageSources>
    <add key="fpe" value="$folder/packages" />
    <add key="cache" value="$cache" />
  </packageSources>
</configuration>
XML
echo "packed $version after $((SECONDS - started)) s"

cd "$folder"
new=(dotnet new --debug:custom-hive "$folder/templates")
"${new[@]}" install "$folder/packages/Fpe.Templates.$version.nupkg" >/dev/null

"${new[@]}" fpe-classifier -o "$folder/Classifier" --no-update-check >/dev/null
cd "$folder/Classifier"
build
run '' 'saved in model.safetensors: 112 weights' '^Accuracy|[Aa]ccuracy'
run 'predict 5.1 3.5 1.4 0.2' '^bellflower [0-9.]+ %$'
echo "fpe-classifier after $((SECONDS - started)) s"

"${new[@]}" fpe-embeddings -o "$folder/Topics" --no-update-check >/dev/null
cd "$folder/Topics"
build
run '' 'saved in model.safetensors: 2000 weights'
echo "fpe-embeddings after $((SECONDS - started)) s"

# The README's twenty lines, on the template's data.
project Readme Fpe
printed README.md .
cp "$folder/Classifier/flowers.csv" .
build
run '' '^bellflower [0-9.]+ %$'
echo "README after $((SECONDS - started)) s"

# The programs of the guide.
printed docs/get-started.md "$folder/guide"
printed docs/serving.md "$folder/guide"
printed docs/images.md "$folder/guide"

project Flowers Fpe
cp "$folder/guide/Flowers/"* "$folder/Classifier/flowers.csv" .
build
run '' '^weights of epoch' '^bellflower$' '^bellflower [0-9.]+ %$'

project Serving Fpe
cp "$folder/guide/Serving/"* .
build
run '' '^1000$'

project Images Fpe
cp "$folder/guide/Images/"* .
build
run '' '^learned$'
echo "guide after $((SECONDS - started)) s"

# A table with a header, categories and missing values through ML.NET.
project Flats Fpe.ML
cp "$folder/guide/Flats/"* .
awk 'BEGIN {
    srand(1)
    print "Size,Rooms,District,Price"
    split("north east south west", districts, " ")
    for (i = 0; i < 600; i++) {
        size = 20 + 100 * rand()
        rooms = 1 + int(size / 30 + rand())
        district = 1 + int(4 * rand())
        value = size + 15 * rooms + 20 * district
        printf "%.1f,%s,%s,%s\n", size, i % 9 == 4 ? "" : rooms, districts[district], value < 120 ? "cheap" : value < 180 ? "fair" : "dear"
    }
}' >flats.csv
build
run '' '^accuracy 0\.[89]|^accuracy 1' '^predicted (cheap|fair|dear)$' '^fair [0-9.]+$'
echo "Flats after $((SECONDS - started)) s"

echo "newcomer: $((SECONDS - started)) s"
