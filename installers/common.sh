# SPDX-License-Identifier: Apache-2.0
# What run.sh and test.sh share: the place of the sources, the system packages, the build. Sourced, not run.
set -euo pipefail
export LC_ALL=C.UTF-8

SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
BUILD=${SEMIGDA_BUILD:-$SOURCE/build}

say() { printf '\n== %s\n' "$*"; }

# Installs what is missing of packages.txt; needs nothing when all are there.
install_packages() {
    if ! command -v apt-get >/dev/null; then
        say "This is not Debian or Ubuntu: install the packages of installers/packages.txt yourself"
        return
    fi
    local missing=() package
    while read -r package; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing+=("$package")
    done < <(grep -v '^#' "$SOURCE/installers/packages.txt")
    if [ ${#missing[@]} -eq 0 ]; then
        return
    fi
    say "Installing ${#missing[@]} packages"
    local root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { echo "Run this as root, or install: ${missing[*]}" >&2; exit 1; }
        root=(sudo)
    fi
    "${root[@]}" apt-get update -qq
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" \
        >/dev/null
}

# build [TARGET...]: configures and builds the targets, or everything. Where a change is to be proven, warnings are errors.
build() {
    say "Building in $BUILD"
    cmake -S "$SOURCE" -B "$BUILD" -G Ninja -DCMAKE_BUILD_TYPE=Release ${CI:+-DSEMIGDA_STRICT=ON} \
        >"$BUILD.configure.log" || { cat "$BUILD.configure.log" >&2; exit 1; }
    cmake --build "$BUILD" ${1:+--target "$@"}
}
