# node.sh: process 1 of a real node, in namespaces of its own (mount, network, process ids, host name). All that it makes but for the
# control groups ends with it: mounts, interfaces, containers. Settings come by the environment: NODE_DIRECTORY, NODE_LOGS,
# NODE_ADDRESS, NODE_DNS, NODE_CGROUP, NODE_RELAYS (what the relay relays), NODE_SERVICES (directory of pause, relay and dns), NODE_KUBELET
# (the kubelet's arguments), NODE_PROXY (kube-proxy's).
set -u
cd "$NODE_DIRECTORY" || exit 1

# Programs keep sockets, locks and links to logs in fixed places: none of this machine's is touched.
mount -t tmpfs -o mode=755 node-run /run
mount -t tmpfs -o mode=755 node-log /var/log

# A kubelet sets these for the whole machine where they differ. It finds what it wants, and nothing is set.
for setting in vm/overcommit_memory=1 vm/panic_on_oom=0 kernel/panic=10 kernel/panic_on_oops=1 \
    kernel/keys/root_maxkeys=1000000 kernel/keys/root_maxbytes=25000000; do
  file=/run/sysctl-$(basename "${setting%=*}")
  echo "${setting#*=}" >"$file"
  mount --bind "$file" "/proc/sys/${setting%=*}"
done

ip link set lo up
# A bridge that nothing is plugged into holds the node's addresses: every kernel that runs containers has those.
ip link add node type bridge
ip address add "$NODE_ADDRESS/32" dev node
ip address add "$NODE_DNS/32" dev node
ip link set node up

# All pods together would weigh as much as one of the machine's other processes: on a busy one, next to nothing.
cgroups=/sys/fs/cgroup
if [ -f $cgroups/cgroup.controllers ]; then
  for controller in cpu cpuset memory pids io hugetlb; do
    echo "+$controller" >$cgroups/cgroup.subtree_control
  done 2>/dev/null
  mkdir -p "$cgroups/$NODE_CGROUP"
  echo 2000 >"$cgroups/$NODE_CGROUP/cpu.weight"
else
  for controller in $(sed 1d /proc/cgroups | cut -f1) systemd; do
    if mountpoint -q $cgroups/$controller; then
      mkdir -p "$cgroups/$controller/$NODE_CGROUP"
    fi
  done
  echo 20480 >"$cgroups/cpu/$NODE_CGROUP/cpu.shares"
fi

log() {
  name=$1
  shift
  "$@" >>"$NODE_LOGS/node-$name.log" 2>&1
}

# shellcheck disable=SC2086 # Several arguments.
log relay "$NODE_SERVICES/relay" $NODE_RELAYS &
log containerd containerd --config containerd.toml &
ctr="ctr --address $NODE_DIRECTORY/containerd.sock --namespace k8s.io"
until $ctr version >/dev/null 2>&1; do
  sleep 0.1
done

# The image of the container that holds a pod's namespaces.
case $(uname -m) in aarch64) architecture=arm64 ;; *) architecture=amd64 ;; esac
mkdir pause
tar -C "$NODE_SERVICES" -cf pause/layer.tar pause
cat >pause/config.json <<JSON
{"architecture": "$architecture", "os": "linux", "config": {"Entrypoint": ["/pause"], "User": "65535:65535"},
 "rootfs": {"type": "layers", "diff_ids": ["sha256:$(sha256sum <pause/layer.tar | cut -d ' ' -f 1)"]}}
JSON
echo '[{"Config": "config.json", "RepoTags": ["testbed.local/pause:1"], "Layers": ["layer.tar"]}]' >pause/manifest.json
tar -C pause -cf - manifest.json config.json layer.tar | $ctr images import - || exit 1

log dns "$NODE_SERVICES/dns" -conf Corefile &
# shellcheck disable=SC2086
log kube-proxy kube-proxy $NODE_PROXY &
# shellcheck disable=SC2086
log kubelet kubelet $NODE_KUBELET &

wait -n
echo "one of the node's programs has ended, see the logs beside this one"
exit 1
