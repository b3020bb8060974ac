package io.highlyavailable.operator.component.engineversion;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.ReadOnlyAdapter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Default versions at RDS, which moves them a few times a year: one call an engine and hour serves
 * all apps, and the names of the engines need none.
 */
public final class DefaultVersionAdapter
    implements ReadOnlyAdapter<DefaultVersionDesired, DefaultVersion> {
  private static final Set<String> ENGINES = Set.of("postgres", "mysql", "mariadb");

  /** A database made within the hour after a move gets the version before as its parameters'. */
  private static final Duration KEPT = Duration.ofHours(1);

  private final AwsClients clients;
  private final InstantSource clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  DefaultVersionAdapter(AwsClients clients, InstantSource clock) {
    this.clients = clients;
    this.clock = clock;
  }

  private record Known(DefaultVersion version, Instant until) {}

  @Override
  public String service() {
    return "rds";
  }

  @Override
  public Listing<DefaultVersion> list() {
    return Listing.ofNames(ENGINES);
  }

  @Override
  public Optional<DefaultVersion> find(String name) {
    Known last = known.get(name);
    if (last != null && clock.instant().isBefore(last.until())) {
      return Optional.of(last.version());
    }
    Optional<DefaultVersion> found = ask(name);
    found.ifPresent(version -> known.put(name, new Known(version, clock.instant().plus(KEPT))));
    return found;
  }

  private Optional<DefaultVersion> ask(String engine) {
    return clients
        .rds()
        .describeDBEngineVersions(request -> request.engine(engine).defaultOnly(true))
        .dbEngineVersions()
        .stream()
        .findFirst()
        .map(version -> new DefaultVersion(engine, version.engineVersion()));
  }
}
