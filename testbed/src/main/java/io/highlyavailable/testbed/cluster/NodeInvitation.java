package io.highlyavailable.testbed.cluster;

import java.nio.file.Path;

/**
 * What a real node needs to join a cluster that was started for one.
 *
 * @param kubelet kubeconfig of the kubelet, for use on the node only, as the next two
 * @param kubeProxy kubeconfig of kube-proxy
 * @param dns kubeconfig of the name service
 * @param apiServer the certificate by which the kubelet knows the API server
 * @param tunnel the socket at which a relay on the node connects the API server to the node's
 *     network, by HTTP's CONNECT
 * @param apiServerPort where the API server listens on 127.0.0.1, and is looked for at the same
 *     port of {@link NodeNetwork#ADDRESS}
 */
public record NodeInvitation(
    Path kubelet, Path kubeProxy, Path dns, Path apiServer, Path tunnel, int apiServerPort) {}
