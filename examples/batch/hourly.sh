#!/bin/sh
# One run of an hourly job: clean what is new in a feed.
#
#   hourly.sh FEED FOLDER [STAMP]
#
# FEED    A file, or a URL that curl fetches.
# FOLDER  Holds the work: FOLDER/out/STAMP/ is what a run wrote, FOLDER/feed.db the index of all that was ever seen,
#         FOLDER/waiting/ copies of the feed that are not done yet. Options of obecsum are read from
#         FOLDER/obecsum.toml if it is there.
# STAMP   Name of the run; the time in UTC if left out. A scheduler that repeats a failed run gives it the same one.
#
# A run that was killed loses nothing: the next one finishes it first. Two runs never overlap. What runs wrote is removed
# after KEEP_DAYS days (an environment variable; 90 if unset, 0 keeps all): copy what is to stay.
# Needs obecsum on the PATH, flock (util-linux), and curl for a URL.
set -eu

feed=$1
folder=$2
stamp=${3:-$(date -u +%Y-%m-%dT%H%M%SZ)}

case $feed in
    *://* | /*) ;;
    *) feed=$PWD/$feed ;;
esac
mkdir -p "$folder/waiting" "$folder/out"
cd "$folder"

exec 9>lock
if ! flock --nonblock 9; then
    echo "hourly.sh: the run before is still at work; this one leaves the feed to the next" >&2
    exit 0
fi

# A copy of its own: the feed goes on growing, and a run that is continued must find what it began with.
if [ ! -e "waiting/$stamp" ] && [ ! -e "out/$stamp/report.json" ]; then
    rm -rf .fetching
    mkdir .fetching
    case $feed in
        *://*) curl --fail --silent --show-error --location --retry 3 --output .fetching/feed.xml "$feed" ;;
        *) cp "$feed" .fetching/ ;;
    esac
    mv .fetching "waiting/$stamp"
fi

for run in waiting/*/; do
    [ -d "$run" ] || continue
    name=$(basename "$run")
    code=0
    obecsum clean "$run"* --out "out/$name" --index feed.db --new-only --log-json || code=$?
    if [ ! -e "out/$name/report.json" ]; then
        exit "$code" # not done: the copy stays, and the next run goes on from here
    fi
    rm -r "$run"
    if [ "$code" -ne 0 ]; then
        result=$code # done, but the log has something to say: --strict, or nothing of the feed could be read
    fi
done

# By the files' own time. Only folders of runs that are done: a report is in them.
if [ "${KEEP_DAYS:-90}" -gt 0 ]; then
    for run in out/*/; do
        if [ -n "$(find "$run" -maxdepth 1 -name report.json -mtime "+${KEEP_DAYS:-90}")" ]; then
            rm -r "$run"
        fi
    done
fi
exit "${result:-0}"
