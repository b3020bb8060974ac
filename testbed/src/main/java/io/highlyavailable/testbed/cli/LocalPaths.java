package io.highlyavailable.testbed.cli;

import io.highlyavailable.testbed.build.Checkout;
import java.nio.file.Path;

/**
 * Where {@code deploy.sh --local} leaves what it leaves: all of it in {@code .local}, which git
 * ignores.
 *
 * @param root {@code .local} of the checkout
 */
record LocalPaths(Path root) {

  static LocalPaths of(Checkout checkout) {
    return new LocalPaths(checkout.file(".local"));
  }

  /** For kubectl and other tools. */
  Path kubeconfig() {
    return root.resolve("kubeconfig");
  }

  /** To source in a shell. */
  Path env() {
    return root.resolve("env");
  }

  /** For the PATH: holds kubectl where the machine has none. */
  Path bin() {
    return root.resolve("bin");
  }

  /** One file a program. */
  Path logs() {
    return root.resolve("logs");
  }

  /** The records of the processes. */
  Path processes() {
    return root.resolve("processes");
  }

  /** The cluster's data, keys and kubeconfigs. */
  Path cluster() {
    return root.resolve("cluster");
  }

  /** Copies of the operator's jar, so that a build does not pull it from under the running one. */
  Path operator() {
    return root.resolve("operator");
  }

  /** What the platform is made of, for the next call. */
  Path state() {
    return root.resolve("state.properties");
  }

  /** Locked while a command is at work. */
  Path lock() {
    return root.resolve("lock");
  }
}
