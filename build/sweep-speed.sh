#!/usr/bin/env bash
# Measures sweeps: what two workers gain over one process, as a fraction of what two independent processes gain; how long a worker
# takes whose 1,000 runs are finished; and how long merging 100 files takes, of 100 and of 10,000 runs each. Times are medians of rounds
# that alternate.
#
#   build/sweep-speed.sh [ROUNDS]
#
# Needs two processors and samples/Paper built in Release.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

rounds=${1:-5}
paper=$PWD/samples/Paper/bin/Release/net10.0/Paper.dll
work=$(mktemp -d /tmp/fpe-sweep-XXXXXX)
trap 'rm -rf "$work"' EXIT
cd "$work"

# One processor for each process, so that they do not move.
study() { taskset --cpu-list "$1" dotnet "$paper" boolean --quick --epochs 2000 --seeds 8 --threads 1 --results "${@:2}" >/dev/null 2>&1; }

# Appends the seconds that a command takes to a file.
timed() {
    local file=$1 start=$EPOCHREALTIME
    shift
    "$@"
    awk -v start="$start" -v end="$EPOCHREALTIME" 'BEGIN { print end - start }' >>"$file"
}

both() {
    local first
    "$1" &
    first=$!
    "$2"
    wait "$first"
}

median() { sort -g "$1" | awk '{ value[NR] = $1 } END { print NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2 }'; }

one() { study 0 one.jsonl; }
independent_first() { study 0 first.jsonl; }
independent_second() { study 1 second.jsonl; }
shard_first() { study 0 shards --shard 1/2; }
shard_second() { study 1 shards --shard 2/2; }
for ((round = 0; round < rounds; round++)); do
    rm -rf ./*.jsonl ./*.lock shards
    timed one.seconds one
    timed independent.seconds both independent_first independent_second
    timed shards.seconds both shard_first shard_second
done
awk -v one="$(median one.seconds)" -v independent="$(median independent.seconds)" -v shards="$(median shards.seconds)" 'BEGIN {
    printf "one process %.2f s, two independent ones %.2f s, two shards %.2f s\n", one, independent, shards
    printf "gain of two independent processes %.3f, of two shards %.3f, ratio %.3f\n", 2 * one / independent, one / shards, one / shards / (2 * one / independent)
}'

finished() { dotnet "$paper" boolean --quick --epochs 2 --seeds 667 --threads 2 --results finished --shard 1/2 >/dev/null 2>&1; }
finished
for ((round = 0; round < rounds; round++)); do
    timed finished.seconds finished
done
echo "a shard of $(wc -l <finished/shard-1-of-2.jsonl) finished runs: $(median finished.seconds) s"

# Runs with other seeds, as long as real ones: 50 losses and all measures.
runs() {
    mkdir "$1"
    tail -n 1 shards/shard-1-of-2.jsonl | awk -v files=100 -v runs="$2" -v folder="$1" '{
        split($0, part, /seed=[0-9]+"|"seed":[0-9]+/)
        for (file = 1; file <= files; file++) {
            name = folder "/shard-" file "-of-" files ".jsonl"
            for (run = 0; run < runs; run++) {
                seed = run * files + file
                print part[1] "seed=" seed "\"" part[2] "\"seed\":" seed part[3] >name
            }
            close(name)
        }
    }'
}

merge() { dotnet "$paper" merge --results "$1" --into merged.jsonl >/dev/null; }
for count in 100 10000; do
    runs "files-$count" $count
    rm -f merge.seconds
    for ((round = 0; round < rounds; round++)); do
        timed merge.seconds merge "files-$count"
    done
    echo "merge of 100 files of $count runs, $(du -sm "files-$count" | cut -f 1) MB: $(median merge.seconds) s"
    [[ $(wc -l <merged.jsonl) == $((100 * count)) ]]
    rm -rf "files-$count" merged.jsonl
done
