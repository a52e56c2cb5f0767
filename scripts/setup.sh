# Sourced by the other scripts: sets up .venv beside this folder with Python 3.11 or newer and pip, nothing else.
# Usage: . scripts/setup.sh [EXTRA]   (EXTRA: dev, or nothing). Leaves nothing outside the clone but pip's cache.
# Sets $root, and $bin where the commands are.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
venv="$root/.venv"
bin="$venv/bin"
export PIP_DISABLE_PIP_VERSION_CHECK=1 TMPDIR="$root/.tmp"
unset PYTHONPATH PYTHONHOME VIRTUAL_ENV
mkdir -p "$TMPDIR"

find_python() {
  local name
  for name in "${PYTHON:-}" python3.11 python3.12 python3.13 python3.14 python3 python; do
    if [ -n "$name" ] && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  echo "corpus-tools needs Python 3.11 or newer; none was found. Install it, or name it: PYTHON=/path/to/python $0" >&2
  return 1
}

set_up() {
  local extra="${1:-}" python wanted stamp="$venv/.installed-${1:-plain}"
  # What is installed follows pyproject.toml and the place of the clone (a moved .venv is broken).
  wanted=$(cat "$root/pyproject.toml" "$root/corpus_tools/version.py" <(echo "$root") | cksum)
  if [ -x "$bin/python" ] && "$bin/python" -c '' 2>/dev/null && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
    return
  fi
  python=$(find_python) || return 1
  if ! { [ -x "$bin/python" ] && "$bin/python" -c '' 2>/dev/null && [ "$(cat "$venv/.place" 2>/dev/null)" = "$root" ]; }; then
    rm -rf "$venv"
    # Some systems ship Python without ensurepip: then the pip beside that Python installs into the .venv.
    "$python" -m venv "$venv" >/dev/null 2>&1 || { rm -rf "$venv"; "$python" -m venv --without-pip "$venv"; }
    echo "$root" > "$venv/.place"
  fi
  echo "Installing corpus-tools${extra:+ with its $extra tools} into .venv …" >&2
  if "$bin/python" -m pip --version >/dev/null 2>&1; then
    "$bin/python" -m pip install --quiet --editable "$root${extra:+[$extra]}" >&2
  else
    "$python" -m pip --python "$bin/python" install --quiet --editable "$root${extra:+[$extra]}" >&2
  fi || { echo "The installation failed; pip's message is above." >&2; return 1; }
  echo "$wanted" > "$stamp"
}

set_up "${1:-}" || exit 1
