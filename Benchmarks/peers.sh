#!/usr/bin/env bash
# Installs the peers, dbt and dlt, from PyPI into a folder of their own (PEERS, default .build/peers).
#
#   Benchmarks/peers.sh            install what is missing
#   Benchmarks/peers.sh --check    install nothing; status 1 if something is missing
#
# dbt-core 1.12 fetches a part from elsewhere while it installs, so that it stays below that.
set -euo pipefail
cd "$(dirname "$0")/.."

peers=${PEERS:-.build/peers}
packages=('dbt-core<1.12' 'dbt-postgres<1.12' 'dlt[postgres,filesystem]<2' 'pandas<4')

is_there() {
    [ -x "$peers/bin/dbt" ] && "$peers/bin/python" -c 'import dlt, pandas, psycopg2' 2>/dev/null
}

if is_there; then
    echo "The peers are in $peers."
    exit 0
fi
if [ "${1:-}" = --check ]; then
    echo "The peers are not in $peers. Run: Benchmarks/peers.sh" >&2
    exit 1
fi

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' || {
    echo "The peers need Python 3.10 to 3.13, this is $("$python" --version). Name one in PYTHON." >&2
    exit 1
}
"$python" -m venv "$peers"
"$peers/bin/python" -m pip install --quiet --disable-pip-version-check "${packages[@]}"
is_there
echo "Installed the peers in $peers."
