package io.highlyavailable.testbed.cluster;

import io.highlyavailable.testbed.process.Command;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The command lines of the native cluster's programs: all on 127.0.0.1, none elects a leader, none
 * throttles itself below what hundreds of apps at once need.
 *
 * @param programs where the programs are
 * @param files what they are started with
 * @param ports where they listen
 * @param logs directory of their logs
 * @param withNode whether a real node is to join
 */
record NativeCommands(
    Programs programs, NativeFiles files, Ports ports, Path logs, boolean withNode) {

  /**
   * Where the programs are.
   *
   * @param controlPlane directory of kube-apiserver, kube-controller-manager and kube-scheduler
   * @param tools directory of etcd and kwok
   */
  record Programs(Path controlPlane, Path tools) {}

  /** The loopback ports. */
  record Ports(int apiServer, int etcd, int etcdPeer, int kubelet) {}

  Command etcd() {
    String client = "http://127.0.0.1:" + ports.etcd();
    String peer = "http://127.0.0.1:" + ports.etcdPeer();
    return command(
        "etcd",
        programs.tools().resolve("etcd"),
        "--data-dir=" + files.directory().resolve("etcd"),
        // The data lives as long as the run: nothing is lost that anybody would read after a power
        // cut.
        "--unsafe-no-fsync",
        "--listen-client-urls=" + client,
        "--advertise-client-urls=" + client,
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=default=" + peer,
        "--log-level=warn");
  }

  Command apiServer() {
    return command(
        "kube-apiserver",
        programs.controlPlane().resolve("kube-apiserver"),
        Stream.concat(Stream.of(apiServerFlags()), forNode()).toArray(String[]::new));
  }

  /** By which the API server knows a kubelet and reaches it. */
  private Stream<String> forNode() {
    return withNode
        ? Stream.of(
            "--authorization-mode=Node,RBAC",
            "--enable-admission-plugins=NodeRestriction",
            "--kubelet-client-certificate=" + files.kubeletClientCertificate(),
            "--kubelet-client-key=" + files.kubeletClientKey(),
            "--kubelet-preferred-address-types=InternalIP",
            "--egress-selector-config-file=" + files.egressConfig())
        : Stream.of("--authorization-mode=RBAC");
  }

  private String[] apiServerFlags() {
    return new String[] {
      "--etcd-servers=http://127.0.0.1:" + ports.etcd(),
      "--bind-address=127.0.0.1",
      "--secure-port=" + ports.apiServer(),
      "--cert-dir=" + files.certificates(),
      "--token-auth-file=" + files.tokens(),
      "--service-account-issuer=https://kubernetes.default.svc",
      "--service-account-key-file=" + files.serviceAccountPublicKey(),
      "--service-account-signing-key-file=" + files.serviceAccountKey(),
      "--service-cluster-ip-range=" + NodeNetwork.SERVICES,
      // There are no Services to route to 127.0.0.1, and the API server refuses it as an
      // endpoint.
      "--endpoint-reconciler-type=none",
      // Servers behind it, such as metrics-server's, believe it who is asking.
      "--requestheader-client-ca-file=" + files.frontProxyCertificate(),
      "--requestheader-allowed-names=" + NativeFiles.FRONT_PROXY,
      "--requestheader-extra-headers-prefix=X-Remote-Extra-",
      "--requestheader-group-headers=X-Remote-Group",
      "--requestheader-username-headers=X-Remote-User",
      "--proxy-client-cert-file=" + files.frontProxyCertificate(),
      "--proxy-client-key-file=" + files.frontProxyKey(),
      "--audit-policy-file=" + files.auditPolicy(),
      "--audit-log-path=" + files.auditLog(),
      // Defaults are 400 and 200; fair queueing would slow hundreds of apps at once.
      "--max-requests-inflight=3000",
      "--max-mutating-requests-inflight=1500"
    };
  }

  Command controllerManager() {
    return command(
        "kube-controller-manager",
        programs.controlPlane().resolve("kube-controller-manager"),
        "--kubeconfig=" + files.kubeconfig("controller-manager"),
        "--service-account-private-key-file=" + files.serviceAccountKey(),
        "--root-ca-file=" + files.certificateAuthority(),
        "--use-service-account-credentials=true",
        "--leader-elect=false",
        "--secure-port=0",
        // Default 20: 200 Deployments would then take minutes whatever our operator does.
        "--kube-api-qps=1000",
        "--kube-api-burst=2000");
  }

  Command scheduler() {
    return command(
        "kube-scheduler",
        programs.controlPlane().resolve("kube-scheduler"),
        "--kubeconfig=" + files.kubeconfig("scheduler"),
        "--leader-elect=false",
        "--secure-port=0",
        "--kube-api-qps=1000",
        "--kube-api-burst=2000");
  }

  Command kwok() {
    return FakeNodes.kwok(
        programs.tools(),
        files.kubeconfig("kwok"),
        files.kwokConfig(),
        logs,
        // What a kubelet tells of its pods' use, for all nodes at one address.
        "--server-address=127.0.0.1:" + ports.kubelet(),
        "--tls-cert-file=" + files.certificateAuthority(),
        "--tls-private-key-file=" + files.certificateKey(),
        "--node-ip=127.0.0.1",
        "--node-port=" + ports.kubelet());
  }

  /**
   * metrics-server, which only some tests want.
   *
   * @param port where it listens
   */
  static Command metricsServer(Path program, NativeFiles files, Path logs, int port) {
    String kubeconfig = files.kubeconfig(NativeFiles.METRICS_SERVER).toString();
    return Command.of(
        NativeFiles.METRICS_SERVER,
        logs.resolve("metrics-server.log"),
        List.of(
            program.toString(),
            "--kubeconfig=" + kubeconfig,
            "--authentication-kubeconfig=" + kubeconfig,
            "--authorization-kubeconfig=" + kubeconfig,
            "--bind-address=127.0.0.1",
            "--secure-port=" + port,
            "--cert-dir=" + files.directory().resolve("metrics-server"),
            // The fake kubelets have the API server's certificate, of an authority of its own.
            "--kubelet-insecure-tls",
            "--kubelet-use-node-status-port",
            "--kubelet-preferred-address-types=InternalIP",
            "--kubelet-request-timeout=5s",
            // The least that it takes.
            "--metric-resolution=10s"));
  }

  private Command command(String name, Path program, String... flags) {
    return Command.of(
        name,
        logs.resolve(name + ".log"),
        Stream.concat(Stream.of(program.toString()), Stream.of(flags)).toList());
  }

  List<Command> afterApiServer() {
    return List.of(controllerManager(), scheduler(), kwok());
  }
}
