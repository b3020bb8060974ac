package io.highlyavailable.testbed.container;

import io.highlyavailable.testbed.build.BuildCache;
import io.highlyavailable.testbed.build.BuildFailedException;
import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.build.DebianPackages;
import io.highlyavailable.testbed.build.Progress;
import io.highlyavailable.testbed.build.Recipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operator's image, built by the checkout's Dockerfile on {@link LocalBases}. It is built once
 * for the same sources, JDK and packages, into {@code target/image}.
 */
public final class OperatorImage implements AutoCloseable {
  /** The image's name in an engine, and in the archive. */
  public static final String REFERENCE = "highlyavailableapp:local";

  private static final String ARCHIVE = "image.tar";
  private static final String TYPICALLY = "the operator's image (2 to 4 minutes on two cores)";

  private final Checkout checkout;
  private final Supplier<DockerEngine> engine;
  private final Path work;
  private final Progress progress;
  private @Nullable MavenRepository repository;

  /**
   * The image of this checkout.
   *
   * @param engine asked for only when the image is not built yet
   * @param work for what the bases are made of; made when it is needed
   */
  public OperatorImage(
      Checkout checkout, Supplier<DockerEngine> engine, Path work, Progress progress) {
    this.checkout = checkout;
    this.engine = engine;
    this.work = work;
    this.progress = progress;
  }

  /**
   * The image as {@code docker save} writes it, with the name {@link #REFERENCE}; for {@code ctr
   * images import} as well.
   *
   * @throws BuildFailedException when the build fails, with the end of its log
   */
  public Path archive() {
    BuildCache cache = new BuildCache(checkout.file("target/image"), progress);
    try {
      LocalBases bases = new LocalBases(DebianPackages.ofUser(progress));
      List<String> inputs = new ArrayList<>(bases.inputs());
      inputs.addAll(sources());
      Recipe recipe =
          new Recipe("operator", TYPICALLY, inputs, (into, log) -> build(bases, into, log));
      return cache.getAndForgetOthers(recipe).resolve(ARCHIVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes an engine know the image by {@link #REFERENCE}. */
  public void load(DockerEngine into) {
    into.docker("load", "--quiet", "--input", archive().toString());
  }

  private void build(LocalBases bases, Path into, Path log)
      throws IOException, InterruptedException {
    DockerEngine docker = engine.get();
    List<String> arguments = new ArrayList<>(buildOptions(bases));
    arguments.addAll(List.of("--tag=" + REFERENCE, checkout.root().toString()));
    docker.build(progress, log, arguments.toArray(String[]::new));
    docker.docker("save", "--output", into.resolve(ARCHIVE).toString(), REFERENCE);
  }

  /**
   * Options of {@code docker build} with which the engine builds the Dockerfile on bases made here;
   * good until this is closed. Makes the bases when this is the first call.
   */
  public List<String> buildOptions() {
    return buildOptions(new LocalBases(DebianPackages.ofUser(progress)));
  }

  private synchronized List<String> buildOptions(LocalBases bases) {
    if (repository == null) {
      repository = MavenRepository.serve();
      try {
        bases.make(engine.get(), Files.createDirectories(work), repository.uri());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
    return List.of(
        "--network=host",
        "--build-arg=BUILD_IMAGE=" + LocalBases.BUILD,
        "--build-arg=RUNTIME_IMAGE=" + LocalBases.RUNTIME);
  }

  /** Takes the image and its bases out of the engine. */
  @Override
  public void close() {
    if (repository != null) {
      repository.close();
      engine.get().tryDocker("rmi", REFERENCE, LocalBases.BUILD, LocalBases.RUNTIME);
    }
  }

  /** Path and digest of every file that the build may see, and of what says which those are. */
  private List<String> sources() throws IOException {
    List<String> all = new ArrayList<>();
    for (Path root : roots()) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          all.add(checkout.root().relativize(file) + " " + digest(file));
        }
      }
    }
    return all;
  }

  private List<Path> roots() throws IOException {
    List<Path> roots =
        new ArrayList<>(List.of(checkout.file("Dockerfile"), checkout.file(".dockerignore")));
    Files.readAllLines(checkout.file(".dockerignore")).stream()
        .filter(line -> line.startsWith("!"))
        .map(line -> checkout.file(line.substring(1)))
        .forEach(roots::add);
    return roots;
  }

  private static String digest(Path file) throws IOException {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
