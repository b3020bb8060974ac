package io.highlyavailable.testbed.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Argo CD, and what Flux decides by: built and kept like everything of the {@link Toolchain}. Only
 * {@link #argoCd} takes long.
 */
public final class GitOpsPrograms {
  private static final String ARGO_CD = "github.com/argoproj/argo-cd/v3";
  private static final Pattern ARGO_CD_VERSION = Pattern.compile(ARGO_CD + " v(\\S+)");
  private static final Pattern DIRECTORY = Pattern.compile("\"Dir\": \"([^\"]+)\"");

  private static final String ARGO_CD_TYPICALLY =
      "Argo CD from source (10 to 35 minutes on two cores, once)";
  private static final String CRDS_TYPICALLY = "CRDs (a few seconds, once)";

  private static final List<String> FLUX_TYPES =
      List.of(
          "github.com/fluxcd/helm-controller/api/v2",
          "github.com/fluxcd/kustomize-controller/api/v1",
          "github.com/fluxcd/source-controller/api/v1");

  private final GoModules modules;
  private final BuildCache cache;
  private final Progress progress;

  GitOpsPrograms(GoModules modules, BuildCache cache, Progress progress) {
    this.modules = modules;
    this.cache = cache;
    this.progress = progress;
  }

  /**
   * Argo CD's one program, which plays the role that {@code ARGOCD_BINARY_NAME} names, and is the
   * command line without it. Its application controller serves metrics on loopback only.
   */
  public Path argoCd() {
    HostTool.require(HostTool.GO);
    List<String> inputs = new ArrayList<>(modules.pins("argocd"));
    inputs.add(HostTool.output(List.of("go", "version")));
    return cache
        .get(new Recipe("argocd", ARGO_CD_TYPICALLY, inputs, this::buildArgoCd))
        .resolve("argocd");
  }

  /**
   * Its application controller has no option for the address of its metrics, and would listen on
   * every interface: it is built from a copy that says loopback. Go lets no file in its module
   * cache be overlaid, hence the copy.
   */
  private void buildArgoCd(Path into, Path log) throws IOException, InterruptedException {
    BuildStep step = new BuildStep("argocd", log, progress, ARGO_CD_TYPICALLY, "packages compiled");
    Path work = Files.createDirectory(into.resolve("work"));
    Path source = work.resolve("source");
    step.run(
        Map.of(),
        List.of("cp", "-r", "--no-preserve=mode", sources().toString(), source.toString()));
    Path controller = source.resolve("controller/appcontroller.go");
    String everywhere = "\"0.0.0.0:%d\"";
    String text = Files.readString(controller);
    if (!text.contains(everywhere)) {
      throw new BuildFailedException(controller + " does not say " + everywhere + " any more");
    }
    Files.writeString(controller, text.replace(everywhere, "\"127.0.0.1:%d\""));
    Path module = modules.directory("argocd");
    Files.copy(module.resolve("go.sum"), work.resolve("go.sum"));
    String pins = BuildCache.text(module.resolve("go.mod"));
    Files.writeString(
        work.resolve("go.mod"), pins + "\nreplace %s => ./source\n".formatted(ARGO_CD));
    Map<String, String> environment = new java.util.HashMap<>(GoModules.ENVIRONMENT);
    environment.put("GOBIN", into.toString());
    String version = "-s -w -X %s/common.version=%s".formatted(ARGO_CD, version(pins));
    step.run(
        environment,
        List.of(
            "go", "-C", work.toString(), "install", "-v", "-ldflags", version, ARGO_CD + "/cmd"));
    Files.move(into.resolve("cmd"), into.resolve("argocd"));
    step.run(Map.of(), List.of("rm", "-rf", work.toString()));
  }

  private static String version(String pins) {
    Matcher matcher = ARGO_CD_VERSION.matcher(pins);
    if (!matcher.find()) {
      throw new BuildFailedException("testbed/platform/argocd/go.mod does not pin " + ARGO_CD);
    }
    return matcher.group(1);
  }

  /** Argo CD's sources in Go's module cache, downloaded when they are not there. */
  private Path sources() {
    String answer =
        HostTool.output(
            List.of(
                "go",
                "-C",
                modules.directory("argocd").toString(),
                "mod",
                "download",
                "-json",
                ARGO_CD));
    Matcher matcher = DIRECTORY.matcher(answer);
    if (!matcher.find()) {
      throw new BuildFailedException("cannot download " + ARGO_CD + ": " + answer);
    }
    return Path.of(matcher.group(1));
  }

  /** The CRDs of the Argo CD that {@link #argoCd} would be, as its release has them. */
  public List<Path> argoCdCrds() {
    HostTool.require(HostTool.GO);
    return files(
        cache.get(
            new Recipe(
                "argocd-crds",
                CRDS_TYPICALLY,
                modules.pins("argocd"),
                (into, log) -> copyCrds(into))));
  }

  private void copyCrds(Path into) throws IOException {
    for (Path file : files(sources().resolve("manifests/crds"))) {
      if (file.toString().endsWith("-crd.yaml")) {
        Files.copy(file, into.resolve(file.getFileName()));
      }
    }
  }

  /**
   * A program that says what kstatus, by which Flux and Helm wait, makes of objects: documents on
   * standard input, a line each on standard output, the verdict and its reason with a tab between.
   */
  public Path kstatus() {
    return flux().resolve("kstatus");
  }

  /** The CRDs of Flux's sources, kustomizations and releases, made from the types of its API. */
  public List<Path> fluxCrds() {
    List<String> inputs = new ArrayList<>(modules.pins("flux"));
    inputs.addAll(FLUX_TYPES);
    return files(
        cache.get(new Recipe("flux-crds", CRDS_TYPICALLY, inputs, this::generateFluxCrds)));
  }

  private void generateFluxCrds(Path into, Path log) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("env", "-C", modules.directory("flux").toString()));
    line.addAll(List.of(flux().resolve("controller-gen").toString(), "crd"));
    FLUX_TYPES.forEach(types -> line.add("paths=" + types));
    line.add("output:crd:dir=" + into);
    new BuildStep("flux-crds", log, progress, CRDS_TYPICALLY, "lines of output")
        .run(GoModules.ENVIRONMENT, line);
  }

  private Path flux() {
    return cache.get(
        modules.programs(
            "flux",
            "kstatus and controller-gen from source (1 to 2 minutes on two cores, once)",
            "flux",
            "-s -w",
            List.of("./kstatus", "sigs.k8s.io/controller-tools/cmd/controller-gen")));
  }

  private static List<Path> files(Path directory) {
    try (Stream<Path> all = Files.list(directory)) {
      return all.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
