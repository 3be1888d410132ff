# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by run, test and the scripts in tools/. Sourced, never run.

go_needed=1.25

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# Prints the path of a Go that is new enough: from PATH, else where go.dev's own package puts it.
find_go() {
    local candidate version
    for candidate in "$(command -v go || true)" /usr/local/go/bin/go; do
        [ -x "$candidate" ] || continue
        version=$(cd / && GOTOOLCHAIN=local "$candidate" env GOVERSION 2>/dev/null) || continue
        version=${version#go}
        if [ "$(printf '%s\n%s\n' "$go_needed" "$version" | sort -V | head -n 1)" = "$go_needed" ]; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}

use_ccache() {
    export CCACHE_DIR=${CCACHE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/flowgate/ccache}
    # What ccache may overlook so that it caches units with precompiled headers.
    export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
}

# Runs a command that needs the network, again after a pause where it fails: a hiccup is no failure.
retry() {
    local pause
    for pause in 3 10 30; do
        "$@" && return 0
        say "This failed and is tried again in $pause s: $*"
        sleep "$pause"
    done
    "$@"
}

# Configures and builds build/ from the release preset, with the options given. Called in the root of the tree.
# Configures only where the options or the preset changed: ninja sees to the rest by itself.
build_release() {
    local stamp=build/configured-with wanted
    use_ccache
    wanted=$(printf '%s\n' "$@"; cat CMakePresets.json)
    if [ ! -f build/build.ninja ] || [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
        cmake --preset release "$@"
        printf '%s\n' "$wanted" >"$stamp"
    fi
    cmake --build build
}
