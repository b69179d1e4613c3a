#!/usr/bin/env bash
# Tests sweeps on a real Slurm of one node, which it starts for itself and stops: munge, slurmctld and slurmd in a temporary folder, on
# ports of their own. An array of 6 tasks runs a study of Paper; one task is killed, the node is drained and resumed, and the array is
# requeued. The merged results and report are then compared with those of one process, except for times.
#
#   build/slurm.sh
#
# Needs root, the packages slurmctld, slurmd, slurm-client and munge, and samples/Paper built in Release.
# Where Slurm is not installed or may not be started, one line says why, and the exit code is 77. Whatever else fails is an error.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tasks=6
study=(boolean --quick --epochs 2000 --seeds 8)
paper=$PWD/samples/Paper/bin/Release/net10.0/Paper.dll
limit=60

cannot() {
    echo "no Slurm on this machine: $*" >&2
    exit 77
}

failed() {
    echo "$*" >&2
    squeue --array --states=all >&2 || true
    tail -n 20 "$work"/*.log "$many"/slurm-*.out >&2 || true
    exit 1
}

# Waits until a command succeeds.
wait_for() {
    local start=$SECONDS
    until "$@" >/dev/null 2>&1; do
        ((SECONDS - start < limit)) || failed "waited for $limit s: $*"
        sleep 0.1
    done
}

# Whether there are no tasks in these states; an error of squeue is not an answer.
none() {
    local tasks
    tasks=$(squeue --noheader --states="$1") && [[ -z $tasks ]]
}
none_runs() { none running,completing; }
all_ended() { none pending,running,completing,configuring; }

started=()
stop() {
    local process
    # Tasks are no children of the daemons, and would outlive them.
    if [[ -n ${SLURM_CONF:-} ]]; then
        scancel --user=root --quiet 2>/dev/null || true
        for ((attempt = 0; attempt < 100; attempt++)); do
            none_runs 2>/dev/null && break
            sleep 0.1
        done
    fi
    for process in "${started[@]}"; do
        kill "$process" 2>/dev/null || true
    done
    for process in "${started[@]}"; do
        wait "$process" 2>/dev/null || true
    done
    [[ -z ${work:-} ]] || rm -rf "$work"
}

[[ $(uname -s) == Linux ]] || cannot "this is $(uname -s)"
((EUID == 0)) || cannot "its daemons need root"
for program in slurmctld slurmd sbatch munged; do
    command -v "$program" >/dev/null || cannot "$program is missing; install slurmctld, slurmd, slurm-client and munge"
done
[[ -f $paper ]] || {
    echo "samples/Paper is not built in Release" >&2
    exit 1
}

work=$(mktemp -dt fpe-slurm-XXXXXX)
one=$work/one
# A name that the script has to quote.
many="$work/it's many"
trap stop EXIT
mkdir "$work/state" "$work/spool"
chmod 755 "$work"

# Munge refuses folders that others can write, so its socket and key lie in one that only its user can.
install -d -o munge -g munge -m 711 "$work/munge"
dd if=/dev/urandom of="$work/munge/key" bs=128 count=1 status=none
chown munge: "$work/munge/key"
chmod 400 "$work/munge/key"
setpriv --reuid=munge --regid=munge --clear-groups munged --foreground --force \
    --key-file="$work/munge/key" --socket="$work/munge/socket" --pid-file="$work/munge/pid" --seed-file="$work/munge/seed" \
    --log-file="$work/munge/munged.log" >/dev/null 2>&1 &
started+=($!)
wait_for test -S "$work/munge/socket"

port=$((20000 + RANDOM % 10000))
export SLURM_CONF=$work/slurm.conf
cat >"$SLURM_CONF" <<CONFIGURATION
ClusterName=fpe
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket,cred_expire=5
CredType=cred/munge
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SchedulerParameters=sched_interval=1,bf_interval=1
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SwitchType=switch/none
ReturnToService=2
KillWait=2
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
NodeName=$(hostname -s) NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=$(free --mebi | awk '/^Mem:/ { print $2 }') State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONFIGURATION
slurmctld -D >/dev/null 2>&1 &
started+=($!)
slurmd -D >/dev/null 2>&1 &
started+=($!)

is_idle() { [[ $(sinfo --noheader --format=%T) == idle ]]; }
for ((attempt = 0; attempt < 150; attempt++)); do
    is_idle 2>/dev/null && break
    kill -0 "${started[@]}" 2>/dev/null || failed "a daemon ended: $(tail -n 1 "$work"/slurmctld.log "$work"/slurmd.log | tr '\n' ' ')"
    sleep 0.2
done
is_idle || failed "the node does not become idle: $(tail -n 1 "$work/slurmd.log")"
echo "$(slurmctld -V) with one node of $(nproc) processors"

# The same commands in two folders, so that the reports name the same files.
mkdir "$one" "$many"
cd "$one"
dotnet "$paper" "${study[@]}" --threads "$(nproc)" --results results/ >run.log 2>&1 || failed "one process failed"
runs=$(cat results/*.jsonl | wc -l)

cd "$many"
dotnet "$paper" "${study[@]}" --threads 1 --results results --print-slurm $tasks >job.sh
cp job.sh "$work"
id=$(sbatch --parsable job.sh)
lines() { cat "results/shard-$1-of-$tasks.jsonl" 2>/dev/null | wc -l; }
has_lines() { (($(lines "$1") >= $2)); }
state() { squeue --noheader --array --states=all --jobs="${id}_$1" --format=%T; }
processes() { scontrol listpids "$(squeue --noheader --array --jobs="${id}_$1" --format=%A)" | awk 'NR > 1 && $1 > 0 { print $1 }'; }
is() {
    local found
    found=$(state "$1") && [[ $found == "$2" ]]
}
# What is done to a task is a test only while it runs and has runs left.
in_a_run() {
    is "$1" RUNNING || failed "task $1 is $(state "$1"), and not RUNNING, before it is $2"
    (($(lines "$1") < runs / tasks)) || failed "task $1 had finished its runs before it was $2"
}

# The first task is killed in a run, the second is requeued in a run: Slurm ends it and starts it again.
wait_for has_lines 1 1
in_a_run 1 killed
killed=$(processes 1)
[[ -n $killed ]] || failed "Slurm lists no process of task 1"
# shellcheck disable=SC2086
kill -KILL $killed
wait_for has_lines 2 1
in_a_run 2 requeued
scontrol requeue "${id}_2" || failed "task 2 cannot be requeued"
wait_for is 1 FAILED
(($(lines 1) < runs / tasks)) || failed "the first task had ended before it was killed"
before=$(cat "results/shard-1-of-$tasks.jsonl")

# A drained node ends what runs on it and starts nothing, until it is resumed.
scontrol update "nodename=$(hostname -s)" state=drain reason=test || failed "the node cannot be drained"
wait_for none_runs
pending=$(squeue --noheader --states=pending) || failed "squeue does not answer"
[[ -n $pending ]] || failed "all tasks had ended before the node was drained"
scontrol update "nodename=$(hostname -s)" state=resume || failed "the node cannot be resumed"
wait_for all_ended
ended=$(cat results/*.jsonl | wc -l)
((ended < runs)) || failed "the killed task lost no run"
dotnet "$paper" merge --results results --into merged.jsonl >merge.log 2>&1 && failed "an incomplete folder was merged"
grep -q "1 part has not finished: 1/$tasks; start" merge.log || failed "merge does not name the killed task: $(cat merge.log)"

# All tasks once more: only what is missing is run.
touch "$work/requeued"
scontrol requeue "$id" || failed "the array cannot be requeued"
wait_for all_ended
[[ $(cat "results/shard-1-of-$tasks.jsonl") == "$before"* ]] || failed "the killed task lost finished runs"
[[ $(cat results/*.jsonl | wc -l) == "$runs" ]] || failed "$(cat results/*.jsonl | wc -l) of $runs runs were run"
repeated=$(find results -name '*.jsonl' -newer "$work/requeued" | wc -l)
((repeated == 1)) || failed "$repeated tasks ran runs again"

for folder in "$one" "$many"; do
    cd "$folder"
    # What may differ: how long runs took, and the day of the report.
    sed -i -E 's/"seconds":[0-9.]+/"seconds":0/' results/*.jsonl
    dotnet "$paper" merge --results results --into merged.jsonl --report report.html >tables.md
    sed -i -E 's/[0-9]{4}-[0-9]{2}-[0-9]{2}/DAY/g' report.html
done
for file in merged.jsonl report.html tables.md; do
    cmp "$one/$file" "$many/$file" || failed "$file of the array is not that of one process"
done
echo "an array of $tasks tasks, one killed, one requeued, the node drained, all requeued: $runs runs, each once; file, tables and report are those of one process"
