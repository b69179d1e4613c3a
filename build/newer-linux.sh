#!/usr/bin/env bash
# Runs a command in a newer Linux than this machine's, for tests whose native libraries do not load here: libtorch, which needs
# the C++ library of GCC 13, and OpenCL on the processor (PoCL) with a generic address space. Without a command, it only prepares that Linux.
#
#   build/newer-linux.sh [COMMAND ARGUMENT...]
#   build/newer-linux.sh dotnet vstest tests/Fpe.TorchSharp.Tests/bin/Release/net10.0/Fpe.TorchSharp.Tests.dll
#
# It is Debian 13 in a folder, made by debootstrap once and kept under $FPE_LINUX_ROOTS, else $XDG_CACHE_HOME/fpe, else
# ~/.cache/fpe. The command runs as root in this repository's folder, with this machine's devices, /tmp and .NET SDK. They are
# mounted in a namespace of the command's own, so that nothing stays mounted, however it ends.
# If that is impossible, one line says why, and the exit code is 77.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

suite=trixie
packages=libicu76,libgomp1,zlib1g,pocl-opencl-icd,ocl-icd-libopencl1,dataset-fashion-mnist
version="$suite $packages 1"

roots=${FPE_LINUX_ROOTS:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/fpe}
root=$roots/debian-13
log=$root.log

cannot() {
    echo "no newer Linux on this machine: $*" >&2
    exit 77
}

# The mirror that this machine installs Debian's packages from; nothing if it has none, and debootstrap takes its own default.
mirror() {
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' 'Component: main' 2>/dev/null | head -n 1 || true
}

install_debootstrap() {
    command -v apt-get >/dev/null || cannot "debootstrap is missing, and there is no apt-get to install it with"
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends debootstrap; } >"$log" 2>&1 ||
        cannot "debootstrap cannot be installed: $(grep -m 1 '^E:' "$log" || echo "see $log")"
}

# Built beside its place and renamed, so that a root is either complete or missing.
make_root() {
    command -v debootstrap >/dev/null || install_debootstrap
    rm -rf --one-file-system "$root" "$root.unfinished"
    echo "making Debian 13 in $root (half a minute to two minutes)" >&2
    local proxy=
    eval "$(apt-config shell proxy Acquire::http::Proxy 2>/dev/null)"
    http_proxy=${http_proxy:-$proxy} unshare --mount debootstrap --variant=minbase --include="$packages" "$suite" "$root.unfinished" $(mirror) >"$log" 2>&1 9>&- ||
        cannot "debootstrap failed: $(grep -m 1 '^E:' "$log" || tail -n 1 "$log") ($log)"
    rm -f "$root.unfinished"/var/cache/apt/archives/*.deb
    ln -s libOpenCL.so.1 "$(echo "$root.unfinished"/usr/lib/*/libOpenCL.so.1 | sed 's/\.1$//')" # the name that ILGPU loads
    echo "$version" >"$root.unfinished/etc/fpe-version"
    mv "$root.unfinished" "$root"
}

[[ $(uname -s) == Linux ]] || cannot "this is $(uname -s)"
((EUID == 0)) || cannot "debootstrap and chroot need root"
command -v dotnet >/dev/null || cannot "dotnet is not in the path"
mkdir -p "$roots" 2>/dev/null || cannot "the folder $roots cannot be made"
unshare --mount mount --bind "$roots" "$roots" 2>/dev/null || cannot "mounting is not permitted here"

# One process at a time makes it; those that wait find it complete.
exec 9>"$root.lock"
flock 9
[[ $(cat "$root/etc/fpe-version" 2>/dev/null) == "$version" ]] || make_root
exec 9>&-
(($# > 0)) || exit 0

sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
# By default PoCL 6 prepares loops over threads for the vectorizer of LLVM, and at times translates a kernel with barriers wrongly: rows of a
# product were missing, for as long as the process ran, in 6 of 130 runs that translated it anew. With plain loops it was none of 88.
export POCL_WORK_GROUP_METHOD=${POCL_WORK_GROUP_METHOD:-loops}
export LC_ALL=C.UTF-8 PATH="$sdk:/usr/sbin:/usr/bin:/sbin:/bin" DOTNET_ROOT=$sdk
exec unshare --mount bash -euc '
    root=$1
    shift
    for folder in /proc /sys /dev; do
        mount --rbind "$folder" "$root$folder"
    done
    for folder in /tmp "$DOTNET_ROOT" "$PWD"; do
        mkdir -p "$root$folder"
        mount --bind "$folder" "$root$folder"
    done
    exec chroot "$root" env -C "$PWD" "$@"' bash "$root" "$@"
