#!/usr/bin/env bash
# Runs a command of mpirun as on two hosts: two network namespaces with host names of their own, joined by a cable with a delay and a limit.
#   two_hosts.sh openmpi|mpich COMMAND…     one rank on each host runs the command
# Exit code 77: the kernel or the user's rights do not allow it; the last line says what.
set -euo pipefail
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
library=$1
shift
first=fpe-$$-a second=fpe-$$-b work=$(mktemp -d)

end() {
    [[ -z ${cable:-} ]] || kill "$cable" 2>/dev/null || true
    ip netns del "$first" 2>/dev/null || true
    ip netns del "$second" 2>/dev/null || true
    rm -rf "$work"
}
trap end EXIT

refuse() {
    echo "$1"
    exit 77
}

command -v ip >/dev/null || refuse "there is no ip command (apt-get install iproute2)"
ip netns add "$first" 2>"$work/error" || refuse "no network namespaces: $(tail -n 1 "$work/error")"
ip netns add "$second"
/usr/bin/python3 "$folder/cable.py" "$first" "$second" >"$work/cable" 2>"$work/error" &
cable=$!
for ((i = 0; i < 100; i++)); do
    grep -qs ready "$work/cable" && break
    kill -0 "$cable" 2>/dev/null || refuse "no virtual cable: $(tail -n 1 "$work/error")"
    sleep 0.05
done

# mpirun reaches the other host by this command instead of ssh: HOST COMMAND…
cat >"$work/agent" <<AGENT
#!/bin/sh
host=\$1
shift
case \$host in 10.77.0.1) name=$first ;; *) name=$second ;; esac
exec ip netns exec \$name unshare --uts sh -c "hostname \$name; \$*"
AGENT
chmod +x "$work/agent"
case $library in
openmpi) launcher=(mpirun.openmpi --allow-run-as-root --host 10.77.0.1:1,10.77.0.2:1 --mca plm_rsh_agent "$work/agent" --mca btl tcp,self
    --mca oob_tcp_if_include 10.77.0.0/24 --mca btl_tcp_if_include 10.77.0.0/24 -n 2) ;;
mpich) launcher=(mpirun.mpich -launcher rsh -launcher-exec "$work/agent" -hosts 10.77.0.1,10.77.0.2 -n 2) ;;
*) refuse "there is no library $library" ;;
esac
ip netns exec "$first" unshare --uts sh -c 'hostname "$0"; exec "$@"' "$first" "${launcher[@]}" "$@"
