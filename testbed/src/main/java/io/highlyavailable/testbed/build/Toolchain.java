package io.highlyavailable.testbed.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The programs of the local platform, each built at its first use into the user's cache and found
 * there ever after, also offline. What is built is pinned by the module files under {@code
 * testbed/platform}; a change there, another Go or Python, or another machine type builds anew.
 * Safe to use from several threads and processes at once.
 */
public final class Toolchain {

  /**
   * Which minor version of Kubernetes is built, such as {@code 1.33}: one that has a module of its
   * own under {@code testbed/platform}. Without it that of {@code controlplane}.
   */
  private static final String KUBERNETES = "kubernetes.version";

  /** What the Kubernetes programs say they are: the version that their {@code go.mod} pins. */
  private static final Pattern KUBERNETES_VERSION = Pattern.compile("k8s\\.io/kubernetes (v\\S+)");

  private static final List<String> SERVERS =
      List.of(
          "k8s.io/kubernetes/cmd/kube-apiserver",
          "k8s.io/kubernetes/cmd/kube-controller-manager",
          "k8s.io/kubernetes/cmd/kube-scheduler");

  private static final String PYTHON_TYPICALLY =
      "the AWS emulator's Python environment (about a minute, once)";

  private static final Pattern USABLE_HELM = Pattern.compile("v(3\\.(8|9|[1-9]\\d)|4)\\.");

  private final Path platform;
  private final BuildCache cache;
  private final Progress progress;
  private final GoModules modules;

  /** Builds from this checkout into this directory. */
  public Toolchain(Checkout checkout, Path cache, Progress progress) {
    this.platform = checkout.file("testbed/platform");
    this.cache = new BuildCache(cache, progress);
    this.progress = progress;
    this.modules = new GoModules(platform, progress);
  }

  /** Builds from the checkout around the working directory into the user's cache. */
  public static Toolchain ofUser(Progress progress) {
    return new Toolchain(Checkout.find(), BuildCache.defaultDirectory(), progress);
  }

  /**
   * A directory with {@code kube-apiserver}, {@code kube-controller-manager} and {@code
   * kube-scheduler}.
   */
  public Path controlPlane() {
    return cache.get(controlPlaneRecipe());
  }

  /** Whether {@link #controlPlane} and {@link #tools} would return at once. */
  public boolean clusterIsBuilt() {
    return HostTool.GO.complaint().isEmpty()
        && cache.has(controlPlaneRecipe())
        && cache.has(toolsRecipe());
  }

  private Recipe controlPlaneRecipe() {
    return modules.programs(
        "controlplane",
        "the Kubernetes control plane from source (7 to 10 minutes on two cores, once)",
        kubernetesModule(),
        kubernetesLinkerFlags(),
        SERVERS);
  }

  /** A directory with {@code etcd} and {@code kwok}. */
  public Path tools() {
    return cache.get(toolsRecipe());
  }

  private Recipe toolsRecipe() {
    return modules.programs(
        "tools",
        "etcd and KWOK from source (2 to 4 minutes on two cores, once)",
        "tools",
        "-s -w",
        List.of("go.etcd.io/etcd/server/v3", "sigs.k8s.io/kwok/cmd/kwok"));
  }

  /** A directory with {@code kubelet} and {@code kube-proxy}, which only a real node needs. */
  public Path nodeAgents() {
    return cache.get(
        modules.programs(
            "node-agents",
            "kubelet and kube-proxy from source (2 to 4 minutes on two cores, once)",
            kubernetesModule(),
            kubernetesLinkerFlags(),
            List.of("k8s.io/kubernetes/cmd/kubelet", "k8s.io/kubernetes/cmd/kube-proxy")));
  }

  /**
   * A directory with what a real node needs besides: {@code dns}, which is CoreDNS, {@code pause},
   * and {@code relay} between its network and this machine's.
   */
  public Path nodeServices() {
    return cache.get(
        modules.programs(
            "node-services",
            "CoreDNS and the node's small programs (1 to 2 minutes on two cores, once)",
            "node",
            "-s -w",
            List.of("./dns", "./pause", "./relay")));
  }

  /** {@code metrics-server}, which only tests of autoscaling need. */
  public Path metricsServer() {
    return cache
        .get(
            modules.programs(
                "metrics-server",
                "metrics-server from source (3 to 10 minutes on two cores, once)",
                "metrics",
                "-s -w",
                List.of("sigs.k8s.io/metrics-server/cmd/metrics-server")))
        .resolve("metrics-server");
  }

  /** The {@code kubectl} on PATH, or one of our own where there is none. */
  public Path kubectl() {
    Optional<Path> theirs =
        HostTool.onPath("kubectl")
            .filter(p -> !HostTool.output(List.of(p.toString(), "version", "--client")).isEmpty());
    return theirs.orElseGet(
        () ->
            cache
                .get(
                    modules.programs(
                        "kubectl",
                        "kubectl from source (about 2 minutes on two cores, once)",
                        kubernetesModule(),
                        kubernetesLinkerFlags(),
                        List.of("k8s.io/kubernetes/cmd/kubectl")))
                .resolve("kubectl"));
  }

  /**
   * The {@code helm} on PATH when it is 3.8 or newer (charts may then come from OCI), or one of our
   * own.
   */
  public Path helm() {
    Optional<Path> theirs =
        HostTool.onPath("helm")
            .filter(
                p ->
                    USABLE_HELM
                        .matcher(HostTool.output(List.of(p.toString(), "version", "--short")))
                        .lookingAt());
    return theirs.orElseGet(
        () ->
            cache
                .get(
                    modules.programs(
                        "helm",
                        "Helm from source (5 to 15 minutes on two cores, once)",
                        "helm",
                        "-s -w",
                        List.of("helm.sh/helm/v4/cmd/helm")))
                .resolve("helm"));
  }

  /**
   * A directory with {@code prometheus} and {@code promtool}, which know no service discovery but
   * files and fixed targets.
   */
  public Path prometheus() {
    return cache.get(
        modules.programs(
            "prometheus",
            "Prometheus from source (5 to 10 minutes on two cores, once)",
            "prometheus",
            "-s -w",
            "remove_all_sd",
            List.of(
                "github.com/prometheus/prometheus/cmd/prometheus",
                "github.com/prometheus/prometheus/cmd/promtool")));
  }

  /** A directory with {@code kubeconform} and {@code actionlint}, which check files. */
  public Path checks() {
    return cache.get(
        modules.programs(
            "checks",
            "kubeconform and actionlint from source (some seconds, once)",
            "checks",
            "-s -w",
            List.of(
                "github.com/yannh/kubeconform/cmd/kubeconform",
                "github.com/rhysd/actionlint/cmd/actionlint")));
  }

  /** What tests of GitOps need beside these. */
  public GitOpsPrograms gitOps() {
    return new GitOpsPrograms(modules, cache, progress);
  }

  /** A Python interpreter with the packages that {@code aws/requirements.txt} pins by hash. */
  public Path python() {
    HostTool.require(HostTool.PYTHON);
    Path requirements = platform.resolve("aws/requirements.txt");
    String version =
        HostTool.output(
            List.of("python3", "-c", "import sys; print(sys.version, sys.base_prefix)"));
    Recipe recipe =
        new Recipe(
            "python",
            PYTHON_TYPICALLY,
            List.of(BuildCache.text(requirements), version, machine()),
            (into, log) -> installPython(into, log, requirements));
    return cache.get(recipe).resolve("bin/python");
  }

  private void installPython(Path into, Path log, Path requirements)
      throws IOException, InterruptedException {
    BuildStep step = new BuildStep("python", log, progress, PYTHON_TYPICALLY, "lines of output");
    step.run(Map.of(), List.of("python3", "-m", "venv", into.toString()));
    // Called by `python -m`: the directory is renamed afterwards, and scripts name their
    // interpreter by its full path.
    step.run(
        Map.of("PIP_DISABLE_PIP_VERSION_CHECK", "1"),
        List.of(
            into.resolve("bin/python").toString(),
            "-m",
            "pip",
            "install",
            "--require-hashes",
            "--no-input",
            "--progress-bar=off",
            "-r",
            requirements.toString()));
  }

  /** Whether a program is one of ours, rather than one that the machine had. */
  public boolean hasBuilt(Path program) {
    return program.startsWith(cache.directory());
  }

  private String kubernetesModule() {
    String minor = System.getProperty(KUBERNETES, "");
    String module = minor.isEmpty() ? "controlplane" : "controlplane-" + minor;
    if (!Files.exists(platform.resolve(module))) {
      throw new BuildFailedException(
          "-D%s=%s: there is no testbed/platform/%s".formatted(KUBERNETES, minor, module));
    }
    return module;
  }

  private String kubernetesLinkerFlags() {
    Path pins = platform.resolve(kubernetesModule()).resolve("go.mod");
    Matcher matcher = KUBERNETES_VERSION.matcher(BuildCache.text(pins));
    if (!matcher.find()) {
      throw new BuildFailedException(pins + " does not pin k8s.io/kubernetes");
    }
    String version = matcher.group(1);
    return ("-s -w -X k8s.io/component-base/version.gitVersion=%s"
            + " -X k8s.io/client-go/pkg/version.gitVersion=%s")
        .formatted(version, version);
  }

  private static String machine() {
    return System.getProperty("os.name") + "/" + System.getProperty("os.arch");
  }
}
