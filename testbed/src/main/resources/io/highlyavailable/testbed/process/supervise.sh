# supervise.sh LOG PROGRAM ARGUMENT...: runs the program as a process group of its own, prints its process id, and
# kills the group as soon as standard input ends: the kernel closes that pipe whatever way the starter dies, SIGKILL
# included.
set -m
log=$1
shift
exec 3<&0
# With job control bash itself reports a job that has ended; the log is the program's alone.
exec 2>/dev/null
"$@" </dev/null >>"$log" 2>&1 3<&- &
child=$!
echo "$child"
exec >/dev/null
{
  while read -r _ <&3; do :; done
  kill -KILL -- "-$child"
} &
watcher=$!
exec 3<&-
trap '' INT TERM HUP
wait "$child"
code=$?
# What the child left behind in its group ends with it.
kill -KILL -- "-$child"
kill -KILL -- "-$watcher"
exit "$code"
