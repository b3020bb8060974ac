package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.BucketSettings;
import io.highlyavailable.operator.model.DatabaseSettings;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.plan.FakeComponent.Trait;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Every kind of component there is: one that is only read, one without data that data depends on,
 * data with snapshots and a secret, the pods' role, and data without snapshots that is named by the
 * account, with a copy in another region. A database block asks for the first three, a storage
 * block for the others.
 */
final class FakeCatalogue {
  private static final Function<App, DeletionPolicy> NO_DATA = app -> DeletionPolicy.RETAIN;

  static final FakeComponent<FakeRow.Net> NET =
      new FakeComponent<>(
          "net",
          FakeRow.Net.class,
          List.of(),
          FakeCatalogue::database,
          Set.of(Trait.READ_ONLY),
          NO_DATA,
          "");

  static final FakeComponent<FakeRow.Group> GROUP =
      new FakeComponent<>(
          "group",
          FakeRow.Group.class,
          List.of(NET),
          FakeCatalogue::database,
          Set.of(),
          NO_DATA,
          "");

  static final FakeComponent<FakeRow.Store> STORE =
      new FakeComponent<>(
          "store",
          FakeRow.Store.class,
          List.of(GROUP),
          FakeCatalogue::database,
          Set.of(Trait.DATA, Trait.BINDING, Trait.SNAPSHOTS, Trait.ADOPTABLE),
          app ->
              app.databaseSettings()
                  .map(DatabaseSettings::deletionPolicy)
                  .orElse(DeletionPolicy.SNAPSHOT),
          "store-master");

  static final FakeComponent<FakeRow.Role> ROLE =
      new FakeComponent<>(
          "role",
          FakeRow.Role.class,
          List.of(),
          FakeCatalogue::bucket,
          Set.of(Trait.POD_ROLE),
          NO_DATA,
          "");

  static final FakeComponent<FakeRow.Files> FILES =
      new FakeComponent<>(
          "files",
          FakeRow.Files.class,
          List.of(),
          FakeCatalogue::bucket,
          Set.of(Trait.DATA, Trait.BINDING, Trait.NAMED_BY_ACCOUNT),
          app ->
              app.bucketSettings()
                  .map(BucketSettings::deletionPolicy)
                  .orElse(DeletionPolicy.RETAIN),
          "");

  static final FakeComponent<FakeRow.Copy> COPY =
      new FakeComponent<>(
          "copy",
          FakeRow.Copy.class,
          List.of(),
          app -> bucket(app) && app.recoverySettings().isPresent(),
          Set.of(Trait.DATA, Trait.NAMED_BY_ACCOUNT, Trait.COPY),
          FILES::deletionPolicy,
          "");

  static final List<FakeComponent<?>> ALL = List.of(NET, GROUP, STORE, ROLE, COPY, FILES);

  private FakeCatalogue() {}

  private static boolean database(App app) {
    return app.databaseSettings().isPresent();
  }

  private static boolean bucket(App app) {
    return app.bucketSettings().isPresent();
  }

  /** The component of that name. */
  static FakeComponent<?> named(String name) {
    return ALL.stream().filter(it -> it.text().equals(name)).findFirst().orElseThrow();
  }

  /** A row of the type that a component's inventory holds. */
  static FakeRow row(FakeComponent<?> component, FakeRow.Thing thing) {
    return switch (component.text()) {
      case "net" -> new FakeRow.Net(thing);
      case "group" -> new FakeRow.Group(thing);
      case "store" -> new FakeRow.Store(thing);
      case "role" -> new FakeRow.Role(thing);
      case "copy" -> new FakeRow.Copy(thing);
      default -> new FakeRow.Files(thing);
    };
  }
}
