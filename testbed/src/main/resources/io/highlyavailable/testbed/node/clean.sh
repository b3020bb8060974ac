# clean.sh PROCESS CGROUP: waits until the process is gone, and removes the control groups that were made for it. They are all that
# outlives a node's namespaces.
trap '' INT TERM HUP
tail --pid="$1" -f /dev/null
for _ in {1..600}; do
  left=$(find /sys/fs/cgroup -maxdepth 2 -type d -name "$2")
  if [ -z "$left" ]; then
    exit 0
  fi
  # shellcheck disable=SC2086 # One a controller.
  find $left -depth -type d -exec rmdir {} + 2>/dev/null
  sleep 0.1
done
exit 1
