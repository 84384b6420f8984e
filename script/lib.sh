# shellcheck shell=bash
# Shared by the scripts beside it: paths, messages, and which toolchain builds which part.
# It sets no shell options, so that `source script/lib.sh; wasm_env` is safe in a login shell too.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# Tools that the distribution does not package are kept out of the work tree: a fresh clone reuses them.
TOOLS="${THIDUA_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/so-thi-dua}"
# shellcheck disable=SC2034 # read by the scripts that source this file
DIST="$ROOT/dist"
WASM_TARGET=wasm32-unknown-unknown
# The name under which rustup knows Debian's own compiler, where script/bootstrap had to fall back on it.
WASM_DISTRO=wasm-distro

# Set here so that nobody's own setting moves target/release away from where the scripts look for it.
export CARGO_TARGET_DIR="$ROOT/target"

say() { printf '%s\n' "$*" >&2; }
# step "what it does" "how long it may take"
step() { say "==> $1${2:+ ($2)}"; }
present() { say "    $1: present, skipped"; }
die() {
  say "error: $*"
  exit 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "this needs root and there is no sudo; run as root: $*"
  fi
}

# apt_install why package...
apt_install() {
  local why=$1
  shift
  command -v apt-get >/dev/null || die "$why: no apt-get here; install the equivalent of: $*"
  step "installing $* with apt" "about a minute"
  as_root apt-get -qq update
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" >/dev/null
}

# A port that was free a moment ago.
free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => {
    console.log(s.address().port); s.close(); });'
}

# First match of a `key = "value"` line in a TOML file, without a leading "=" of the value.
toml_value() { sed -n "s/^$2 *= *\"=\{0,1\}\([^\"]*\)\".*/\1/p" "$1" | head -n 1; }

# Does the toolchain named $1 ("" is the default one) have the wasm32 standard library? The library
# itself is looked at, and used once: after an upgrade of the compiler an old one is there but unusable.
has_wasm_std() {
  local rustc=(env ${1:+"RUSTUP_TOOLCHAIN=$1"} rustc --target "$WASM_TARGET") lib
  lib="$("${rustc[@]}" --print target-libdir 2>/dev/null)" || return 1
  compgen -G "$lib/libcore*.rlib" >/dev/null || return 1
  echo 'pub fn f() -> Vec<u8> { Vec::new() }' |
    "${rustc[@]}" --crate-type lib --crate-name probe --emit dep-info=- - >/dev/null 2>&1
}

# Prints the toolchain that builds the app: empty for the default one. Fails where there is none yet.
# THIDUA_WASM=distro asks for Debian's compiler even where the default one would do.
wasm_toolchain() {
  if [ "${THIDUA_WASM:-}" != distro ] && has_wasm_std ""; then
    echo ""
  elif has_wasm_std "$WASM_DISTRO"; then
    echo "$WASM_DISTRO"
  else
    return 1
  fi
}

# Environment for building the app. The target directory is its own, so that wasm and native builds
# neither wait for each other's lock nor rebuild each other's crates.
wasm_env() {
  local toolchain
  toolchain="$(wasm_toolchain)" || {
    say "error: no wasm32 library; run script/bootstrap first"
    return 1
  }
  if [ -n "$toolchain" ]; then export RUSTUP_TOOLCHAIN="$toolchain"; fi
  export PATH="$TOOLS/bin:$PATH" CARGO_TARGET_DIR="$ROOT/target/wasm"
}
