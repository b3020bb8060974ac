#!/bin/sh
# Trains the JVM's AOT cache (JEP 514, 515) beside this script, where operator.jar, lib/ and java.options are:
# the operator wires everything up, without a cluster or a cloud, and exits. Start it with
#   java @java.options -XX:AOTCache=operator.aot -jar operator.jar
set -eu
cd "$(dirname "$0")"
rm -f operator.aot
# The heap is named, because on a machine with much memory its default would be too large for compressed pointers, which the
# cache relies on.
java @java.options -Xmx512m -XX:AOTCacheOutput=operator.aot -jar operator.jar --train
# A cache that is not accepted would go unnoticed but for the slow start: AOTMode=on refuses to run without.
java @java.options -XX:AOTCache=operator.aot -XX:AOTMode=on -jar operator.jar --train
chmod a+r operator.aot
