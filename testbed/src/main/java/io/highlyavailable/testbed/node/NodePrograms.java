package io.highlyavailable.testbed.node;

import io.highlyavailable.testbed.build.DebianPackages;
import io.highlyavailable.testbed.build.Toolchain;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The programs of a real node.
 *
 * @param agents directory of kubelet and kube-proxy
 * @param services directory of dns, pause and relay
 * @param packages where the distribution's containerd, runc, network plugins and nft are unpacked
 */
record NodePrograms(Path agents, Path services, Path packages) {

  /** nft is what kube-proxy sets rules with, and ip what the node makes its interface with. */
  private static final List<String> PACKAGES =
      List.of("containerd", "runc", "containernetworking-plugins", "nftables", "iproute2");

  /** Builds and unpacks what is not there yet. */
  static NodePrograms get(Toolchain toolchain, DebianPackages packages) {
    return new NodePrograms(
        toolchain.nodeAgents(), toolchain.nodeServices(), packages.unpacked("node", PACKAGES));
  }

  /** Ours first, then this machine's. */
  String path() {
    return Stream.concat(
            Stream.of(
                agents.toString(),
                packages.resolve("usr/bin").toString(),
                packages.resolve("usr/sbin").toString(),
                packages.resolve("bin").toString(),
                packages.resolve("sbin").toString()),
            Stream.of(System.getenv().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")))
        .collect(Collectors.joining(":"));
  }

  String libraries() {
    return DebianPackages.libraries(packages);
  }
}
