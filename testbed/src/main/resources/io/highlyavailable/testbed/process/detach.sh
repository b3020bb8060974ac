# detach.sh RECORD LOG PROGRAM ARGUMENT...: runs the program in the background, out of reach of the terminal. The new
# process writes its own id and identity down before it becomes the program, so no crash in between can lose it.
set -m
record=$1
log=$2
shift 2
(
  trap '' HUP
  pid=$BASHPID
  if [ -r "/proc/$pid/stat" ]; then
    stat=$(cat "/proc/$pid/stat")
    # After the parenthesised name, field 3 comes first; the start time in clock ticks is field 22.
    read -r -a fields <<<"${stat##*) }"
    identity="$(cat /proc/sys/kernel/random/boot_id):${fields[19]}"
  else
    identity=$(LC_ALL=C ps -o lstart= -p "$pid")
  fi
  printf '%s\n%s\n%s\n' "$pid" "$identity" "$log" >"$record.new"
  mv -f "$record.new" "$record"
  exec "$@"
) </dev/null >>"$log" 2>&1 &
