#!/usr/bin/env bash
# Builds what is measured and measures it: see --help and docs/benchmarks.md.
set -euo pipefail
cd "$(dirname "$0")/.."

find_jdk_25() {
  local home
  for home in "${JAVA_HOME:-}" "${JDK25_HOME:-}" /usr/lib/jvm/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    if [ -x "$home/bin/javac" ] && [ "$("$home/bin/javac" -version 2>&1 | sed 's/^javac \([0-9]*\).*/\1/')" -ge 25 ]; then
      echo "$home"
      return
    fi
  done
  echo "Missing: a JDK 25 (set JAVA_HOME, or install Temurin 25)" >&2
  return 1
}

jdk=$(find_jdk_25)
JAVA_HOME=$jdk mvn -q -B -ntp -pl bench -am -DskipTests package
# The operator as its image has it: the same options, and a cache trained for these very jars.
image=bench/target/image
rm -rf "$image"
mkdir -p "$image"
cp -Rp operator/image/. operator/target/operator.jar operator/target/lib "$image"
PATH="$jdk/bin:$PATH" "$image/train.sh" >"$image/train.log" 2>&1 || { cat "$image/train.log" >&2; exit 1; }
exec "$jdk/bin/java" -jar bench/target/bench.jar "$@"
