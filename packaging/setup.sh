#!/bin/sh
# Prepares what a make target needs; does nothing when it is there already.
#   packaging/setup.sh runtime|dev want|need    the environment .venv, and Qt's shared libraries
#   packaging/setup.sh lock [--upgrade]         the lock files anew
# This part finds a Python; the rest is written in Python.
set -eu
cd "$(dirname "$0")/.."

# A shim on PATH may exist and fail, and a system's Python may lack venv: hence each candidate is
# run. 3.15 is refused because the locked Qt has no build for it. Prints the path of the
# interpreter itself, also when asked through an environment that was made from it.
probe='
import sys
if not ((3, 12) <= sys.version_info < (3, 15) and sys.maxsize > 2**32):
    sys.exit(1)
if sys.implementation.name != "cpython" or not getattr(sys, "_is_gil_enabled", lambda: True)():
    sys.exit(1)
import ensurepip, venv
print(getattr(sys, "_base_executable", None) or sys.executable)
'

suits() { # COMMAND...
    python=$("$@" -I -c "$probe" 2>/dev/null) && [ -n "$python" ]
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        suits "$PYTHON" && return
        echo "PYTHON=$PYTHON is no Python 3.12 to 3.14 with venv; looking for another." >&2
    fi
    # The one that made .venv comes first, so that nothing is rebuilt when another is installed.
    for candidate in .venv/bin/python .venv/Scripts/python.exe \
        python3.14 python3.13 python3.12 python3 python; do
        suits "$candidate" && return
    done
    suits py -3 && return # the launcher on Windows
    # A pyenv shim fails where its pyenv has chosen another version: look beside the shims.
    shim=$(command -v python3 || command -v python || true)
    # A pattern without a match stays as it is and fails like any other candidate.
    for candidate in \
        "${shim%/shims/*}"/versions/3.1[2-4]*/bin/python3 \
        "${PYENV_ROOT:-${HOME:-}/.pyenv}"/versions/3.1[2-4]*/bin/python3 \
        "${HOME:-}"/.pyenv/versions/3.1[2-4]*/bin/python3 \
        "${XDG_DATA_HOME:-${HOME:-}/.local/share}"/uv/python/cpython-3.1[2-4]*/bin/python3 \
        "${HOME:-}"/.local/share/uv/python/cpython-3.1[2-4]*/bin/python3 \
        /usr/local/bin/python3.1[2-4] /usr/local/bin/python3 \
        /opt/homebrew/bin/python3.1[2-4] /opt/homebrew/bin/python3 \
        /Library/Frameworks/Python.framework/Versions/3.1[2-4]/bin/python3; do
        suits "$candidate" && return
    done
    return 1
}

if ! find_python; then
    echo "No usable Python found: please install Python 3.12, 3.13 or 3.14 with its venv module" \
        "(on Debian and Ubuntu: python3 and python3-venv), or name one: make PYTHON=/path/to/python3" >&2
    exit 1
fi

case "${1:-}" in
    lock) shift && exec "$python" -I packaging/lock.py "$@" ;;
    *) exec "$python" -I packaging/environment.py "$@" ;;
esac
