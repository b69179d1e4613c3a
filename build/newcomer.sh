#!/usr/bin/env bash
# The way of a newcomer, in an empty folder and with nothing but the packages: both templates, and the programs of the README and
# of docs as they are printed there, are built with warnings as errors and run: tables, texts, images, a service that is asked by
# HTTP. Takes the packages from what was built in Release, and needs curl.
#
#   build/newcomer.sh [FOLDER]    keeps the folder, which must not exist; without it, a temporary one is used and removed
set -euo pipefail
folder=${1:-}
[[ -n $folder ]] && folder=$(realpath -m "$folder")
cd "$(dirname "${BASH_SOURCE[0]}")/.."
repository=$PWD

temporary=
if [[ -z $folder ]]; then
    folder=$(mktemp -d)
    temporary=$folder
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

# Starts the service that was built on a free port, asks it for a prediction and then something wrong, and stops it.
serve() {
    local address='' tries answer status
    : >service.log
    dotnet bin/Release/net10.0/"$(basename "$PWD")".dll --urls http://127.0.0.1:0 >service.log 2>&1 &
    service=$!
    for ((tries = 0; tries < 300; tries++)); do
        address=$(sed -nE 's/.*Now listening on: (.*)/\1/p' service.log)
        [[ -n $address ]] && break
        kill -0 "$service" 2>/dev/null || fail "$PWD ends before it listens: $(cat service.log)"
        sleep 0.1
    done
    [[ -n $address ]] || fail "$PWD does not listen after 30 s: $(cat service.log)"
    answer=$(ask "$address" "$1")
    grep -qE '^\[\{"index":[01],"name":"(yes|no)","probability":0\.[0-9]+\},\{"index":[01],"name":"(yes|no)","probability":0\.[0-9]+\}\] 200$' <<<"$answer" || fail "$PWD answers $answer"
    echo "$answer"
    answer=$(ask "$address" "$2")
    grep -qE 'ServedNet.* 400$' <<<"$answer" || fail "$PWD answers $answer to what is wrong"
    kill -TERM "$service"
    status=0
    wait "$service" || status=$?
    service=
    ((status == 0)) || fail "$PWD is stopped with exit code $status: $(cat service.log)"
}

ask() {
    curl -sS --noproxy '*' --max-time 30 -w ' %{http_code}' -H 'Content-Type: application/json' -d "$2" "$1/predict"
}

build() {
    local output
    output=$(dotnet build -c Release -warnaserror -v quiet) || fail "$PWD does not build: $output"
}

# A new project of a kind with packages, and the files that a document prints for it.
project() {
    local kind=$1 name=$2 package
    shift 2
    dotnet new "$kind" -o "$folder/$name" --no-restore >/dev/null
    cd "$folder/$name"
    rm Program.cs
    for package in "$@"; do
        dotnet add package "$package" --version "$version" --no-restore >/dev/null
    done
}

printed() {
    awk -v to="$2" -f "$repository/build/snippets.awk" "$repository/$1"
}

# Nothing that was started outlives the script.
service=
finish() {
    if [[ -n $service ]]; then
        kill "$service" 2>/dev/null || true
    fi
    if [[ -n $temporary ]]; then
        rm -rf "$temporary"
    fi
}
trap finish EXIT

started=$SECONDS
packed=$(build/pack.sh "$folder/packages" --no-build) || fail "nothing is packed: $packed"
version=$(basename "$folder"/packages/Fpe.Templates.*.nupkg .nupkg)
version=${version#Fpe.Templates.}

# The packages under test come from what was packed and from nowhere else, even if the cache has some of the same version. All
# others come from where this machine gets them, first of all from what it has already.
mkdir -p "$cache"
cd "$folder"
others=$(dotnet nuget list source | sed -nE 's/^ +[0-9]+\. +(.*) \[Enabled\]$/\1/p')
others=$(printf "newcomer-cache\n%s" "$others" | sed -E 's/&/\&amp;/g; s/"/\&quot;/g; s/.+/    <packageSource key="&"><package pattern="*" \/><\/packageSource>/')
cat >"$folder/nuget.config" <<XML
<configuration>
  <packageSources>
    <add key="newcomer-packages" value="$folder/packages" />
    <add key="newcomer-cache" value="$cache" />
  </packageSources>
  <packageSourceMapping>
    <packageSource key="newcomer-packages"><package pattern="Fpe" /><package pattern="Fpe.*" /></packageSource>
$others
  </packageSourceMapping>
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
project console Readme Fpe
printed README.md .
cp "$folder/Classifier/flowers.csv" .
build
run '' '^bellflower [0-9.]+ %$'
echo "README after $((SECONDS - started)) s"

# The programs of the guide.
printed docs/get-started.md "$folder/guide"
printed docs/serving.md "$folder/guide"
printed docs/images.md "$folder/guide"
printed docs/text.md "$folder/guide"

project console Flowers Fpe
cp "$folder/guide/Flowers/"* "$folder/Classifier/flowers.csv" .
build
run '' '^weights of epoch' '^bellflower$' '^bellflower [0-9.]+ %$'

project console Serving Fpe
cp "$folder/guide/Serving/"* .
build
run '' '^1000$'

# The model that was saved, served over HTTP.
project web Service Fpe
cp "$folder/guide/Service/"* "$folder/guide/Serving/ServedNet.cs" "$folder/Serving/served.safetensors" .
build
serve '[1, -1, 1, 0]' '[1, -1, 1]'

project console Images Fpe
cp "$folder/guide/Images/"* .
build
run '' '^learned$'
echo "guide after $((SECONDS - started)) s"

# Texts through embeddings.
project console Tickets Fpe.Extensions.AI
cp "$folder/guide/Tickets/"* .
build
run '' '^shipping [0-9.]+ %$' '^(billing|shipping): 0\.[0-9]{3}$' '^technical: 0\.[0-9]{3}$' '^none of them$'
echo "Tickets after $((SECONDS - started)) s"

# A table with a header, categories and missing values through ML.NET.
project console Flats Fpe.ML
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
