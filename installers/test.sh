#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing, builds (with warnings as errors when CI is set) and runs all default tests. The long ones
# run with
#   ctest --test-dir build -L slow
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

start=$SECONDS
install_packages
build
built=$SECONDS
say "Testing"
ctest --test-dir "$BUILD" -LE slow --output-on-failure -j "$(nproc)"
say "Everything passed: $((built - start)) s to install and build, $((SECONDS - built)) s to test"
