#!/usr/bin/env bash
# Runs HighlyAvailableApp on this machine (--local) or installs it into a cluster. See --help.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly root

usage() {
  cat <<'USAGE'
Usage:
  ./deploy.sh --local [MANIFEST...]     run everything on this machine and deploy the manifests
  ./deploy.sh --local --down            end everything that --local has started
  ./deploy.sh [options]                 install the operator into a Kubernetes cluster with Helm

On this machine (--local)
  Builds the operator; starts a real Kubernetes API server, an AWS emulator and the operator as processes on 127.0.0.1;
  applies the manifests (default: examples/quickstart.yaml) and follows them until they are ready. The first run builds the
  Kubernetes programs from source, which takes about ten minutes on two cores, and keeps them in a cache of your user
  (TESTBED_CACHE, else highlyavailableapp-testbed in XDG_CACHE_HOME or ~/.cache). Later runs take seconds and need no network.
  The platform stays up; another call reuses it and applies again. What it leaves in the checkout is under .local/:
  `source .local/env` points kubectl and AWS tools at it.
  Needs JDK 25, Maven, Python 3.10 or newer, and Go 1.26 or newer.

  --down             end every process of the local platform, also after a crash
  --timeout SECONDS  how long to wait for the apps once they are applied (default: 600)

  TESTBED_CLUSTER    auto (default): k3s where Docker can run it, else native; native; k3s; or the path of a
                     kubeconfig of a cluster to use instead

  Exit codes: 0 all apps are ready; 1 failed, with the reason printed; 2 wrong usage.

Into a cluster
  Installs or upgrades the chart helm/highlyavailableapp. Needs helm (3.8 or newer) and kubectl.

  --context NAME     context of the kubeconfig (default: the current one)
  --namespace NAME   namespace of the operator, created when missing (default: highlyavailableapp-system)
  --values FILE      values for the chart; may be repeated. clusterId and aws.region have no default
  --set KEY=VALUE    one value for the chart; may be repeated
  --dry-run          show what would be installed, and change nothing

  -h, --help         show this
USAGE
}

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

wrong_usage() {
  printf '%s\nSee ./deploy.sh --help\n' "$1" >&2
  exit 2
}

# Prints the home of a JDK 25 or newer; nothing when there is none.
find_jdk() {
  local home version
  for home in "${JAVA_HOME:-}" "$(java_on_path)" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    "$HOME"/.sdkman/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [[ -x $home/bin/javac && -r $home/release ]]; then
      version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
      if [[ -n $version && $version -ge 25 ]]; then
        printf '%s\n' "$home"
        return
      fi
    fi
  done
}

java_on_path() {
  local program
  program=$(command -v java) || return 0
  # Follows links without `readlink -f`, which macOS has not always had.
  while [[ -L $program ]]; do
    local target
    target=$(readlink "$program")
    [[ $target == /* ]] || target=$(dirname "$program")/$target
    program=$target
  done
  dirname "$(dirname "$program")"
}

require_local_tools() {
  local missing=()
  [[ -n $jdk ]] || missing+=("JDK 25 is missing: install one, for instance from https://adoptium.net/, and set JAVA_HOME.")
  command -v mvn >/dev/null ||
    missing+=("Maven is missing: install 3.8 or newer from https://maven.apache.org/download.cgi")
  command -v python3 >/dev/null ||
    missing+=("Python is missing: install 3.10 or newer with venv from https://www.python.org/downloads/")
  if [[ ${TESTBED_CLUSTER:-auto} =~ ^(auto|native|k3s)$ ]] && ! command -v go >/dev/null; then
    missing+=("Go is missing: install 1.26 or newer from https://go.dev/dl/")
  fi
  ((${#missing[@]} == 0)) || fail "${missing[@]}"
}

# Whether a source of the local command is newer than its jar.
command_is_stale() {
  local jar=$1
  [[ ! -f $jar || ! -d $root/testbed/target/lib ]] ||
    [[ -n $(find "$root/pom.xml" "$root/testbed/pom.xml" "$root/testbed/src/main" -newer "$jar" -print -quit) ]]
}

# Builds the local command where needed and copies it to .local, so that a later build cannot break what still runs
# from it. Sets command_directory.
prepare_command() {
  local jar=$root/testbed/target/highlyavailableapp-testbed.jar log=$root/.local/logs/maven-testbed.log
  mkdir -p "$root/.local/logs" "$root/.local/command"
  if command_is_stale "$jar"; then
    echo "Building the local command with Maven (about 20 s; the first time it also downloads libraries)"
    JAVA_HOME=$jdk mvn -q -B -f "$root/pom.xml" -pl testbed -am -DskipTests -Dspotless.check.skip=true package \
      >"$log" 2>&1 || fail "Maven cannot build it; the end of $log:" "$(tail -n 25 "$log")"
    # Maven leaves an unchanged jar alone; its time says when it was last known to be right.
    touch "$jar"
  fi
  command_directory=$root/.local/command/$(cksum <"$jar" | tr ' ' '-')
  if [[ ! -d $command_directory ]]; then
    rm -rf "$command_directory.unfinished"
    mkdir "$command_directory.unfinished"
    cp "$root"/testbed/target/lib/*.jar "$jar" "$command_directory.unfinished"
    mv "$command_directory.unfinished" "$command_directory"
  fi
}

# Ending the platform needs no build: whatever started it is still there.
latest_command() {
  local directory
  for directory in "$root"/.local/command/*; do
    [[ -d $directory && $directory != *.unfinished ]] || continue
    [[ -n ${command_directory:-} && $command_directory -nt $directory ]] || command_directory=$directory
  done
}

run_local() {
  local argument down=false terminal=() jdk command_directory=
  for argument in "$@"; do
    case $argument in
      -h | --help) usage && exit 0 ;;
      --down) down=true ;;
    esac
  done
  jdk=$(find_jdk)
  [[ $down == false ]] || latest_command
  if [[ $down == true && -z $command_directory ]]; then
    echo "Nothing was running."
    exit 0
  fi
  if [[ -z $command_directory ]]; then
    require_local_tools
    prepare_command
  fi
  if [[ -t 1 && ${TERM:-dumb} != dumb ]]; then
    terminal=(-Dtestbed.terminal=true "-Dtestbed.columns=$(tput cols)" "-Dtestbed.lines=$(tput lines)")
  fi
  # A k3s container shall outlive the command, as the processes do.
  export TESTCONTAINERS_REUSE_ENABLE=true
  exec "$jdk/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m --enable-native-access=ALL-UNNAMED \
    -Dslf4j.internal.verbosity=ERROR "-Dtestbed.checkout=$root" ${terminal[@]+"${terminal[@]}"} \
    -cp "$command_directory/*" io.highlyavailable.testbed.cli.Local "$@"
}

require_install_tools() {
  local missing=()
  command -v helm >/dev/null || missing+=("helm is missing: install 3.8 or newer from https://helm.sh/docs/intro/install/")
  command -v kubectl >/dev/null || missing+=("kubectl is missing: install it from https://kubernetes.io/docs/tasks/tools/")
  ((${#missing[@]} == 0)) || fail "${missing[@]}"
}

require_context() {
  if [[ -z $context ]]; then
    context=$(kubectl config current-context 2>/dev/null) ||
      fail "kubectl has no current context: name one with --context, or choose one with \`kubectl config use-context\`." \
        "To try it without a cluster: ./deploy.sh --local"
  elif ! kubectl config get-contexts "$context" >/dev/null 2>&1; then
    fail "kubectl knows no context $context; it knows:" "$(kubectl config get-contexts --output=name)"
  fi
}

install() {
  local context='' namespace=highlyavailableapp-system dry_run=false values=()
  while (($# > 0)); do
    case $1 in
      -h | --help) usage && exit 0 ;;
      --dry-run) dry_run=true ;;
      --context | --namespace | --values | --set)
        (($# > 1)) || wrong_usage "$1 needs a value."
        case $1 in
          --context) context=$2 ;;
          --namespace) namespace=$2 ;;
          --values) values+=(--values "$2") ;;
          --set) values+=(--set "$2") ;;
        esac
        shift
        ;;
      *) wrong_usage "Unknown argument: $1" ;;
    esac
    shift
  done
  require_install_tools
  require_context
  local line=(helm upgrade --install highlyavailableapp "$root/helm/highlyavailableapp"
    --kube-context "$context" --namespace "$namespace" --create-namespace ${values[@]+"${values[@]}"})
  if [[ $dry_run == true ]]; then
    line+=(--dry-run=client)
  else
    line+=(--wait --timeout 5m)
    echo "Installing into namespace $namespace of context $context"
  fi
  exec "${line[@]}"
}

for argument in "$@"; do
  if [[ $argument == --local ]]; then
    rest=()
    for other in "$@"; do
      [[ $other == --local ]] || rest+=("$other")
    done
    run_local ${rest[@]+"${rest[@]}"}
  fi
done
install "$@"
