#!/usr/bin/env bash
# Makes everything that a release consists of. See --help and docs/releasing.md.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly root

usage() {
  cat <<'USAGE'
Usage: release/release.sh [options]

Writes to target/release: the operator's jars, the chart, one install YAML, a list of what is in it (CycloneDX), where it comes from
(SLSA provenance), release notes and checksums. It publishes nothing.

  --dry-run          also from a SNAPSHOT version, a work tree with changes, and the changelog's section Unreleased
  --no-build         take operator/target as it is, and leave out the list of components
  --output DIR       where to write (default: target/release); must be empty or missing
  --image NAME       the image's repository, which the install YAML names (default: the chart's)
  --build-image      build the image with Docker for this machine's platform, list what is in it, and scan it
  --push             build the image for linux/amd64 and linux/arm64 with an SBOM and provenance, push it, list what is in it,
                     scan it, and pin its digest
  --build-option OPT one more option of docker build; may be repeated. For bases by digest, for one:
                     --build-option --build-arg=RUNTIME_IMAGE=gcr.io/distroless/base-nossl-debian13@sha256:...

Environment, all optional:
  JAVA_HOME          a JDK 25 for Maven
  HELM               the helm to use (default: the one on PATH)
  GPG_KEY            key id: signs checksums and provenance with gpg
  COSIGN_KEY         key file or KMS address: signs them, and a pushed image, with cosign
USAGE
}

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

say() { printf '\n==> %s\n' "$*"; }

skipped() { printf 'skipped: %s\n' "$*" | tee -a "$work/skipped"; }

# Reads the version from the one place it is in.
project_version() {
  sed -n '/<artifactId>highlyavailableapp<\/artifactId>/{n;s/.*<version>\(.*\)<\/version>.*/\1/p;q}' "$root/pom.xml"
}

# The time of the last commit, so that the same commit makes the same bytes.
commit_time() { git -C "$root" log -1 --format=%ct; }

require_a_release() {
  [[ $version != *-SNAPSHOT ]] || fail "The version is $version: set it first, with release/set-version"
  [[ -z $(git -C "$root" status --porcelain) ]] || fail "The work tree has changes: commit them first"
  grep -q "^## \[$version\]" "$root/CHANGELOG.md" || fail "CHANGELOG.md has no section [$version]"
}

# One section of the changelog, without its heading.
release_notes() {
  local section=$1
  awk -v heading="## [$section]" 'index($0, heading) == 1 {on = 1; next} /^## \[/ {on = 0} on' "$root/CHANGELOG.md" |
    sed -e '/./,$!d'
}

# tar and gzip that depend on names and contents alone.
archive() {
  local to=$1 directory=$2
  tar --sort=name --mtime="@$(commit_time)" --owner=0 --group=0 --numeric-owner --mode='u=rwX,go=rX' \
    -C "$(dirname "$directory")" -cf - "$(basename "$directory")" | gzip -9n >"$to"
}

build_operator() {
  if [[ $build == false ]]; then
    [[ -f $root/operator/target/operator.jar ]] || fail "operator/target/operator.jar is missing: leave --no-build out"
    skipped "build: --no-build"
    return
  fi
  # Tests ran before, by .ci/run: a release that was not tested has no business here.
  mvn -B -q -f "$root/pom.xml" -pl operator -am -DskipTests clean package
}

pack_operator() {
  local directory=$work/highlyavailableapp-operator-$version
  mkdir "$directory"
  cp -r "$root/operator/target/operator.jar" "$root/operator/target/lib" "$root"/operator/image/* "$root/LICENSE" "$directory"
  archive "$output/highlyavailableapp-operator-$version.tar.gz" "$directory"
}

# The chart as it is installed: with this version's image, whose digest is known once it is pushed.
prepare_chart() {
  cp -r "$root/helm/highlyavailableapp" "$work/highlyavailableapp"
  if [[ -n $image ]]; then
    sed -i "s|^  repository: .*|  repository: $image|; /# No image is published yet/d" "$work/highlyavailableapp/values.yaml"
  fi
  if [[ -n $digest ]]; then
    sed -i "s|^  digest: \"\"|  digest: $digest|" "$work/highlyavailableapp/values.yaml"
  fi
  find "$work/highlyavailableapp" -exec touch -d "@$(commit_time)" {} +
}

pack_chart() {
  "$helm" lint --strict "$work/highlyavailableapp" --set clusterId=lint,aws.region=eu-west-1 >"$work/lint" || fail "$(cat "$work/lint")"
  "$helm" package "$work/highlyavailableapp" --destination "$output" >/dev/null
}

# Everything for `kubectl apply -f`. Two settings have no default; what stands for them the operator refuses.
write_install_yaml() {
  local namespace=highlyavailableapp-system
  {
    cat <<HEADER
# HighlyAvailableApp $version: the CRD, and the operator with its rights and admission policies.
# Two settings have no default: a name for this cluster that is never changed, and the region of the apps' resources.
#
#   sed -e s/SET-A-CLUSTER-ID/prod-eu1/ -e s/SET-A-REGION/eu-west-1/ install.yaml | kubectl apply -f -
#
# All else is as the chart's defaults have it: for more use the chart.
apiVersion: v1
kind: Namespace
metadata:
  name: $namespace
  labels:
    pod-security.kubernetes.io/enforce: restricted
HEADER
    "$helm" template highlyavailableapp "$work/highlyavailableapp" --namespace "$namespace" --no-hooks \
      --set clusterId=set-a-cluster-id,aws.region=xx-set-1 |
      sed -e 's/value: "set-a-cluster-id"/value: "SET-A-CLUSTER-ID"/' -e 's/value: "xx-set-1"/value: "SET-A-REGION"/' \
        -e 's/managed-by: Helm/managed-by: kubectl/' -e '/helm.sh\/chart:/d'
  } >"$output/install.yaml"
  [[ $(grep -c 'value: "SET-A-' "$output/install.yaml") == 2 ]] || fail "install.yaml has not the two settings to make"
}

write_sbom() {
  if [[ $build == false ]]; then
    skipped "list of components: --no-build"
    return
  fi
  mvn -B -q -f "$root/pom.xml" -pl operator -am -DskipTests -DincludeTestScope=false -DoutputFormat=json -DoutputName=sbom \
    -DprojectType=application package org.cyclonedx:cyclonedx-maven-plugin:2.9.1:makeBom
  cp "$root/operator/target/sbom.json" "$output/highlyavailableapp-$version.cdx.json"
}

build_image() {
  local name=${image:-highlyavailableapp}:$version
  local options=(--build-arg "SOURCE_DATE_EPOCH=$(commit_time)" --label "org.opencontainers.image.version=$version"
    --label "org.opencontainers.image.revision=$(git -C "$root" rev-parse HEAD)" "${build_options[@]}" -t "$name")
  if [[ $push == true ]]; then
    docker buildx build --platform linux/amd64,linux/arm64 --sbom=true --provenance=mode=max --push \
      --metadata-file "$work/image.json" "${options[@]}" "$root"
    digest=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["containerimage.digest"])' "$work/image.json")
    name=${image:-highlyavailableapp}@$digest
    if [[ -n ${COSIGN_KEY:-} ]]; then
      cosign sign --yes --key "$COSIGN_KEY" "$name"
    fi
    docker pull --quiet "$name"
  elif [[ $with_image == true ]]; then
    # Without a registry there is no digest of a manifest: the id is that of the image's configuration, which names its layers.
    DOCKER_BUILDKIT=1 docker build "${options[@]}" "$root"
    image_id=$(docker image inspect --format '{{.Id}}' "$name")
  else
    skipped "image: neither --build-image nor --push"
    return
  fi
  "$root/release/list-image" "$name" >"$output/highlyavailableapp-image-$version.cdx.json"
  scan_image "$name"
}

# A finding that has a fix ends the release.
scan_image() {
  if command -v trivy >/dev/null; then
    trivy image --exit-code 1 --severity HIGH,CRITICAL --ignore-unfixed "$1" || fail "trivy has something against the image $1"
  elif command -v grype >/dev/null; then
    grype "$1" --fail-on high --only-fixed || fail "grype has something against the image $1"
  else
    skipped "image scan: neither trivy nor grype is on PATH"
  fi
}

write_checksums() {
  (cd "$output" && sha256sum -- * >"$work/SHA256SUMS" && mv "$work/SHA256SUMS" .)
}

# What was made, from what, by what: https://slsa.dev/spec/v1.0/provenance
write_provenance() {
  COMMIT=$(git -C "$root" rev-parse HEAD) CHANGED=$(git -C "$root" status --porcelain | wc -l) VERSION=$version IMAGE=$image DIGEST=$digest \
    IMAGE_ID=$image_id BUILD_OPTIONS=${build_options[*]} STARTED=$started python3 - "$output" >"$work/provenance.json" <<'PYTHON'
import datetime, json, os, subprocess, sys

def first_line(*command):
    try:
        done = subprocess.run(command, capture_output=True, text=True)
        return (done.stdout or done.stderr).splitlines()[0]
    except (OSError, IndexError):
        return "unknown"

subjects = []
for line in open(os.path.join(sys.argv[1], "SHA256SUMS")):
    digest, name = line.split()
    subjects.append({"name": name, "digest": {"sha256": digest}})
if os.environ["DIGEST"]:
    subjects.append({"name": os.environ["IMAGE"], "digest": {"sha256": os.environ["DIGEST"].removeprefix("sha256:")}})
elif os.environ["IMAGE_ID"]:
    subjects.append({
        "name": (os.environ["IMAGE"] or "highlyavailableapp") + ":" + os.environ["VERSION"],
        "digest": {"sha256": os.environ["IMAGE_ID"].removeprefix("sha256:")},
        "annotations": {"digestOf": "the image's configuration: it was not pushed"},
    })
server = os.environ.get("GITHUB_SERVER_URL")
repository = f'{server}/{os.environ["GITHUB_REPOSITORY"]}' if server else "local"
print(json.dumps({
    "_type": "https://in-toto.io/Statement/v1",
    "subject": subjects,
    "predicateType": "https://slsa.dev/provenance/v1",
    "predicate": {
        "buildDefinition": {
            "buildType": "https://highlyavailable.io/release.sh/v1",
            "externalParameters": {"version": os.environ["VERSION"], "image": os.environ["IMAGE"], "buildOptions": os.environ["BUILD_OPTIONS"]},
            "internalParameters": {"changedFiles": int(os.environ["CHANGED"])},
            "resolvedDependencies": [{"uri": f"git+{repository}", "digest": {"gitCommit": os.environ["COMMIT"]}}],
        },
        "runDetails": {
            "builder": {
                "id": f'{repository}/actions/runs/{os.environ["GITHUB_RUN_ID"]}' if server else "local",
                "version": {"java": first_line(os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java", "-version"), "maven": first_line("mvn", "-B", "-v")},
            },
            "metadata": {
                "startedOn": os.environ["STARTED"],
                "finishedOn": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            },
        },
    },
}, indent=2))
PYTHON
  mv "$work/provenance.json" "$output/provenance.intoto.json"
}

sign() {
  local file
  for file in SHA256SUMS provenance.intoto.json; do
    if [[ -n ${GPG_KEY:-} ]]; then
      gpg --batch --yes --local-user "$GPG_KEY" --armor --detach-sign "$output/$file"
    fi
    if [[ -n ${COSIGN_KEY:-} ]]; then
      cosign sign-blob --yes --key "$COSIGN_KEY" --output-signature "$output/$file.sig" "$output/$file"
    fi
  done
  [[ -n ${GPG_KEY:-}${COSIGN_KEY:-} ]] || skipped "signatures: neither GPG_KEY nor COSIGN_KEY is set"
}

dry_run=false build=true output=$root/target/release image='' digest='' image_id='' with_image=false push=false build_options=()
while (($# > 0)); do
  case $1 in
    -h | --help) usage && exit 0 ;;
    --dry-run) dry_run=true ;;
    --no-build) build=false ;;
    --build-image) with_image=true ;;
    --push) push=true ;;
    --build-option)
      (($# > 1)) || fail "$1 needs a value."
      build_options+=("$2")
      shift
      ;;
    --output | --image)
      (($# > 1)) || fail "$1 needs a value."
      declare "${1#--}=$2"
      shift
      ;;
    *) fail "Unknown option $1. See --help." ;;
  esac
  shift
done

version=$(project_version)
[[ -n $version ]] || fail "pom.xml has no version"
helm=${HELM:-$(command -v helm || true)}
[[ -n $helm ]] || fail "helm is missing: install 3.8 or newer, or name one in HELM"
[[ $push == false || -n $image ]] || fail "--push needs --image"
[[ $push == false || $dry_run == false ]] || fail "A dry run pushes nothing"
section=$version
if [[ $dry_run == false ]]; then
  require_a_release
elif ! grep -q "^## \[$version\]" "$root/CHANGELOG.md"; then
  section=Unreleased
fi
[[ ! -d $output || -z $(ls -A "$output") ]] || fail "$output is not empty"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
touch "$work/skipped"
started=$(date -u +%Y-%m-%dT%H:%M:%SZ)

say "Operator $version"
build_operator
# Not before: the build empties target/, which it is in by default.
mkdir -p "$output"
output=$(cd "$output" && pwd)
pack_operator
say "List of components"
write_sbom
say "Image"
build_image
say "Chart and install YAML"
prepare_chart
pack_chart
write_install_yaml
say "Release notes: [$section]"
release_notes "$section" >"$output/RELEASE_NOTES.md"
[[ -s $output/RELEASE_NOTES.md ]] || fail "The section [$section] of CHANGELOG.md is empty"
say "Checksums, provenance, signatures"
write_checksums
write_provenance
sign
say "Made in $output"
(cd "$output" && ls -l | awk 'NR > 1 {print "  " $5 "\t" $NF}')
[[ ! -s $work/skipped ]] || { echo "Not done:" && sed 's/^skipped: /  /' "$work/skipped"; }
