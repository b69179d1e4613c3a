#!/usr/bin/env bash
# Measures sweeps: what two workers gain, as a fraction of what two independent processes gain; how long a worker takes whose 1,000
# runs are finished; and how long merging 100 files takes, of 100 and of 10,000 runs each. Times are medians of rounds that alternate, by
# the clock and of the processors.
#
#   build/sweep-speed.sh [ROUNDS [SEEDS]]
#
# The number of seeds must be even. Needs two processors and samples/Paper built in Release.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

rounds=${1:-3}
seeds=${2:-40}
paper=$PWD/samples/Paper/bin/Release/net10.0/Paper.dll
work=$(mktemp -dt fpe-sweep-XXXXXX)
trap 'rm -rf "$work"' EXIT
cd "$work"

# Appends the seconds that a command takes, by the clock and on the processor, to a file.
timed() {
    local file=$1 TIMEFORMAT='%R %U %S'
    shift
    { time "$@" 2>/dev/null; } 2>>"$file"
}

# Two processes at the same time, each on a processor of its own, so that they do not move.
pair() {
    local name=$1 worker
    for worker in 0 1; do
        timed "$name-$worker" taskset --cpu-list "$worker" dotnet "$paper" boolean --quick --epochs 2000 --threads 1 \
            $(arguments "$name" "$worker") >/dev/null &
    done
    wait
}

arguments() {
    case $1 in
        independent) echo "--seeds $((seeds / 2)) --results independent-$2.jsonl" ;;
        shards) echo "--seeds $seeds --results results --shard $(($2 + 1))/2" ;;
    esac
}

# The median over rounds of the longer of two times: column 1 is the clock, columns 2 and 3 are the processor.
longer() { paste "$1-0" "$1-1" | awk -v part="$2" '{ first = part == "clock" ? $1 : $2 + $3; second = part == "clock" ? $4 : $5 + $6; print (first > second ? first : second) }' | median; }

median() { sort -g | awk '{ value[NR] = $1 } END { print NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2 }'; }

for ((round = 0; round < rounds; round++)); do
    rm -rf ./*.jsonl ./*.lock results
    pair independent
    pair shards
done
# The same number of runs for each of the four processes.
for part in clock processor; do
    awk -v independent="$(longer independent $part)" -v shards="$(longer shards $part)" -v part="$part" 'BEGIN {
        printf "%s: two independent processes with half of the runs each %.2f s, two shards %.2f s; gain of shards over that of processes %.3f\n", part, independent, shards, independent / shards
    }'
done

clock() { cut -d " " -f 1 "$1" | median; }
processor() { awk '{ print $2 + $3 }' "$1" | median; }

finished() { dotnet "$paper" boolean --quick --epochs 2 --seeds 667 --threads 2 --results finished --shard 1/2 >/dev/null 2>&1; }
finished
for ((round = 0; round < rounds; round++)); do
    timed finished.seconds finished
done
echo "a shard of $(wc -l <finished/shard-1-of-2.jsonl) finished runs: $(clock finished.seconds) s"

# Runs with other seeds, as long as real ones: 50 losses and all measures.
runs() {
    mkdir "$1"
    tail -n 1 results/shard-1-of-2.jsonl | awk -v files=100 -v runs="$2" -v folder="$1" '{
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
    echo "merge of 100 files of $count runs, $(du -sm "files-$count" | cut -f 1) MB: $(clock merge.seconds) s, $(processor merge.seconds) s on all processors together"
    [[ $(wc -l <merged.jsonl) == $((100 * count)) ]]
    rm -rf "files-$count" merged.jsonl
done
