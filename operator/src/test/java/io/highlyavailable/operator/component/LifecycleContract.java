package io.highlyavailable.operator.component;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.OwnershipTags;
import io.highlyavailable.operator.plan.Plan;
import io.highlyavailable.operator.plan.Report;
import io.highlyavailable.operator.plan.Standing;
import io.highlyavailable.testbed.aws.Call;
import io.highlyavailable.testbed.aws.Fault;
import io.highlyavailable.testbed.aws.FaultRule;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Everything that happens to a resource, whatever its service, from its creation to its end: the
 * columns of a table whose rows are the subclasses, one a component. The operator's real planner,
 * inventories, action queue and adapters work against the emulator; only Kubernetes is left out.
 *
 * @param <D> what should exist
 * @param <R> what exists
 */
public abstract class LifecycleContract<D, R extends CloudResource>
    extends ComponentContract<D, R> {
  private static final int AT_ONCE = 7;
  private static final String MADE_BY_NOBODY = "is not this app's";

  /** What each service says when the caller may not do something, and when it has too much. */
  private static final Map<String, List<String>> REFUSALS =
      Map.ofEntries(
          entry("rds", List.of("AccessDenied", "InstanceQuotaExceeded")),
          entry("elasticache", List.of("AccessDenied", "ClusterQuotaForCustomerExceeded")),
          entry("dynamodb", List.of("AccessDeniedException", "LimitExceededException")),
          entry("s3", List.of("AccessDenied", "TooManyBuckets")),
          entry("iam", List.of("AccessDenied", "LimitExceeded")),
          entry("logs", List.of("AccessDeniedException", "LimitExceededException")),
          entry("eks", List.of("AccessDeniedException", "ResourceLimitExceededException")),
          entry("elasticloadbalancing", List.of("AccessDenied", "TooManyLoadBalancers")),
          entry("ec2", List.of("UnauthorizedOperation", "SecurityGroupLimitExceeded")),
          entry("autoscaling", List.of("AccessDenied", "LimitExceeded")),
          entry("secretsmanager", List.of("AccessDeniedException", "LimitExceededException")),
          entry("sns", List.of("AuthorizationError", "TopicLimitExceeded")),
          entry("monitoring", List.of("AccessDenied", "LimitExceeded")));

  private static final AtomicInteger LIVES = new AtomicInteger();

  /**
   * @param module what is tested
   * @param upstream what it depends on, in order
   */
  protected LifecycleContract(
      Module<D, R, AwsClients> module, List<Module<?, ?, AwsClients>> upstream) {
    super(module, upstream);
  }

  /** All at once, because most of the time of each is waiting. */
  @Tag("slow")
  @TestFactory
  Stream<DynamicTest> life() {
    Map<String, Callable<?>> cells = new LinkedHashMap<>();
    cells.put("each field changed", this::changed);
    cells.put("drift in each owned field", this::drifted);
    cells.put(
        "denied", () -> refused(REFUSALS.get(adapter.service()).get(0), "allow the operator"));
    cells.put(
        "quota", () -> refused(REFUSALS.get(adapter.service()).get(1), "raise the service quota"));
    cells.put("throttled", this::throttled);
    cells.put("vanished", this::vanished);
    cells.put("foreign twin", this::foreignTwin);
    cells.put("answer to the create lost", this::answerLost);
    cells.put("crash between create and record", this::crashed);
    for (DeletionPolicy policy : DeletionPolicy.values()) {
      cells.put("deleted under " + policy, () -> deleted(policy, false));
    }
    cells.put("deleted while protected", () -> deleted(DeletionPolicy.DELETE, true));
    cells.put("re-attached", this::reattached);
    cells.put("re-attached with approval", this::approved);
    return tests(cells);
  }

  private static Stream<DynamicTest> tests(Map<String, Callable<?>> cells) {
    Map<String, Future<?>> results = new LinkedHashMap<>();
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    cells.forEach((name, cell) -> results.put(name, pool.submit(cell)));
    pool.shutdown();
    return results.entrySet().stream()
        .map(cell -> DynamicTest.dynamicTest(cell.getKey(), () -> result(cell.getValue())));
  }

  private static void result(Future<?> cell) throws Throwable {
    try {
      cell.get();
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }

  /** An operator that knows only what comes before the component. */
  private OperatorInProcess operator(App of) {
    String caller = component.name() + "-" + LIVES.incrementAndGet();
    return new OperatorInProcess(world, caller, of, kin().before(), kin().looksAt());
  }

  private OperatorInProcess knowingAll(App of) {
    return operator(of).knowing(kin().needed());
  }

  /** An operator that has made everything but the component. */
  private OperatorInProcess prepared(App of) {
    OperatorInProcess operator = operator(of);
    operator.untilReady();
    return operator.knowing(kin().needed());
  }

  private OperatorInProcess born(App of) {
    OperatorInProcess operator = prepared(of);
    operator.untilReady();
    return operator;
  }

  private Kinship kin() {
    return new Kinship(component);
  }

  private boolean tagged() {
    return component.partOf().isEmpty();
  }

  private boolean keepsData() {
    return component.holdsData() && !component.startsOver();
  }

  /** The same resource has what the spec says now. */
  private Void changed() {
    Map<String, UnaryOperator<App>> all = new LinkedHashMap<>(changes());
    if (tagged()) {
      all.put("tags", it -> Records.with(it, "tags", Map.of("team", "another")));
    }
    try (OperatorInProcess operator = born(sample())) {
      all.forEach((field, change) -> change(operator, field, change));
    }
    return null;
  }

  private void change(OperatorInProcess operator, String field, UnaryOperator<App> change) {
    R before = observed(operator.app()).orElseThrow();
    App changed = change.apply(operator.app());
    operator.apply(Records.with(changed, "generation", changed.generation() + 1)).untilSeenReady();
    R after = observed(changed).orElseThrow();
    assertThat(after).as(field).isNotEqualTo(before);
    assertThat(after.id()).as(field).isEqualTo(before.id());
  }

  /** Each is seen alone, said, and put back. */
  private Void drifted() {
    create();
    try (OperatorInProcess operator = knowingAll(app)) {
      operator.untilReady();
      drifts().forEach((field, drift) -> putBack(operator, field, drift));
    }
    return null;
  }

  private void putBack(OperatorInProcess operator, String field, Consumer<R> drift) {
    drift.accept(observed().orElseThrow());
    operator.untilNoticed(
        component.name(),
        "says that only " + field + " drifted",
        report ->
            report.drift().stream()
                .map(it -> it.difference().field())
                .toList()
                .equals(List.of(field(field))));
    operator.untilReady();
    assertThat(differences(observed().orElseThrow())).isEmpty();
    assertThat(observed().orElseThrow().tags()).containsAllEntriesOf(tags());
  }

  private FaultRule writes(OperatorInProcess operator) {
    return world.emulator().faults().onAny().mutating().caller(operator.caller());
  }

  /** The provider's word and what to do are in the status, and it heals by itself. */
  private Void refused(String code, String nextStep) {
    try (OperatorInProcess operator = prepared(sample());
        Fault fault = writes(operator).always().error(code, 403, "not now")) {
      Report told =
          operator.until(
              component.name(),
              "says " + code,
              report -> report.standing() == Standing.FAILED && report.message().contains(code));
      assertThat(told.nextStep()).startsWith(nextStep);
      if (nextStep.startsWith("allow")) {
        String action = told.nextStep().substring(told.nextStep().lastIndexOf(' ') + 1);
        assertThat(component.iamActions()).contains(action);
      }
      fault.close();
      operator.untilReady();
    }
    return null;
  }

  private Void throttled() {
    try (OperatorInProcess operator = prepared(sample());
        Fault fault = writes(operator).times(2).throttle()) {
      operator.untilReady();
      assertThat(fault.hits()).isEqualTo(2);
      assertThat(operator.said(component.name()))
          .noneMatch(report -> report.standing() == Standing.FAILED);
    }
    return null;
  }

  /** Data is never made again empty; everything else comes back. */
  private Void vanished() {
    App of = sample();
    try (OperatorInProcess operator = born(of)) {
      remove(of);
      if (keepsData()) {
        Report noticed =
            operator.untilNoticed(
                component.name(),
                "notices",
                report -> report.message().startsWith("DataLossSuspected: "));
        assertThat(noticed.nextStep()).isNotBlank();
        assertUntouched(operator, () -> assertThat(observed(of)).isEmpty());
      } else {
        operator.untilNoticed(component.name(), "notices", report -> !report.ready());
        operator.untilReady();
        assertThat(observed(of)).isPresent();
      }
    }
    return null;
  }

  private void remove(App of) {
    Adapter<D, R> somebody = module.adapter(world.clients("somebody", CallListener.NONE, region()));
    for (int attempt = 0; attempt < 20 && observed(of).isPresent(); attempt++) {
      observed(of).ifPresent(row -> somebody.delete(row, new Disposal.Delete()));
    }
    assertThat(observed(of)).isEmpty();
  }

  /** Nothing is written while the operator looks several times. */
  private void assertUntouched(OperatorInProcess operator, ThrowingCallable check) {
    long mark = world.emulator().calls().mark();
    long enough = System.nanoTime() + Duration.ofMillis(1000).toNanos();
    operator.untilNoticed("some polls", plan -> System.nanoTime() > enough);
    assertThat(world.emulator().calls().by(operator.caller()).mutations(mark)).isEmpty();
    assertThatCode(check).doesNotThrowAnyException();
  }

  /** What has the name and not our tags is another's, whatever it looks like. */
  private Void foreignTwin() {
    if (!tagged()) {
      return null;
    }
    App of = sample();
    born(of).close();
    R twin = adapter.untag(observed(of).orElseThrow(), List.of(OwnershipTags.UID));
    try (OperatorInProcess operator = knowingAll(of)) {
      Report told =
          operator.until(
              component.name(), "says whose", report -> report.standing() == Standing.FAILED);
      assertThat(told.message()).contains(MADE_BY_NOBODY);
      assertThat(told.nextStep()).isNotBlank();
      assertUntouched(
          operator, () -> assertThat(observed(of).orElseThrow().tags()).isEqualTo(twin.tags()));
    }
    return null;
  }

  /** The answer is lost, the operator lives on. */
  private Void answerLost() {
    try (OperatorInProcess operator = prepared(sample());
        Fault fault = writes(operator).dropAfter()) {
      operator.untilReady();
      assertThat(fault.hits()).isOne();
      assertCreatedOnce(operator, operator);
    }
    return null;
  }

  /**
   * The operator dies before it learns what came of a create; its successor finds what was made.
   */
  private Void crashed() {
    App of = sample();
    OperatorInProcess operator = prepared(of);
    try (Fault fault = writes(operator).dropAfter()) {
      operator.until("the create is sent", plan -> fault.hits() == 1);
      operator.close();
    }
    try (OperatorInProcess successor = knowingAll(of).after(operator)) {
      successor.untilReady();
      assertThat(observed(of)).isPresent();
      assertCreatedOnce(operator, successor);
    }
    return null;
  }

  /** What took effect does not do so again; a service that knows the name may refuse a second. */
  private void assertCreatedOnce(OperatorInProcess first, OperatorInProcess later) {
    Call lost =
        world.emulator().calls().by(first.caller()).mutations(0).stream()
            .filter(call -> call.fault().contains("drop_after"))
            .findFirst()
            .orElseThrow();
    assertThat(world.emulator().calls().by(later.caller()).mutations(0))
        .filteredOn(call -> call.index() > lost.index())
        .noneMatch(
            call ->
                call.error().isEmpty()
                    && call.operation().matches("(Create|Start).*")
                    && call.operation().equals(lost.operation())
                    && call.resource().equals(lost.resource()));
  }

  private Void deleted(DeletionPolicy policy, boolean protection) {
    App of = Records.with(under(policy, sample()), "deletionProtection", protection);
    try (OperatorInProcess operator = born(of)) {
      R row = observed(of).orElseThrow();
      Plan last =
          operator
              .apply(Records.with(of, "deleting", true))
              .until("gone", plan -> plan.removal().complete());
      Disposal expected =
          component.holdsData() && protection
              ? new Disposal.Retain(policy.name(), "protected")
              : component.holdsData() ? component.disposal(policy, of, row) : new Disposal.Delete();
      if (tagged()) {
        assertLeft(expected, of, last, operator);
      }
    }
    return null;
  }

  private void assertLeft(Disposal expected, App of, Plan last, OperatorInProcess operator) {
    switch (expected) {
      case Disposal.Delete() -> assertThat(observed(of)).isEmpty();
      case Disposal.SnapshotThenDelete(String snapshot) -> {
        assertThat(observed(of)).isEmpty();
        assertThat(last.removal().finalSnapshots()).contains(snapshot);
      }
      case Disposal.Retain(String policy, String reason) -> {
        assertThat(last.removal().retained())
            .anyMatch(line -> line.startsWith(component.name() + ": "));
        assertThat(observed(of).orElseThrow().tags()).containsEntry(OwnershipTags.RETAINED, policy);
        takeBack(of);
      }
    }
  }

  private void takeBack(App of) {
    App again = incarnation(of, "uid", "uid-of-its-successor");
    try (OperatorInProcess successor = knowingAll(again)) {
      successor.untilReady();
      assertThat(observed(again).orElseThrow().tags()).doesNotContainKey(OwnershipTags.RETAINED);
    }
  }

  /** The policy in every block that has one. */
  private static App under(DeletionPolicy policy, App of) {
    App result = Records.with(of, "deletionPolicy", policy);
    for (var part : App.class.getRecordComponents()) {
      if (Records.get(result, part.getName()) instanceof Record block
          && Stream.of(block.getClass().getRecordComponents())
              .anyMatch(it -> it.getName().equals("deletionPolicy"))) {
        result =
            Records.with(result, part.getName(), Records.with(block, "deletionPolicy", policy));
      }
    }
    return result;
  }

  private static App incarnation(App of, String part, String value) {
    return Records.with(of, "identity", Records.with(of.identity(), part, value));
  }

  /** The app was deleted and applied again: what is left of it is its own. */
  private Void reattached() {
    App of = sample();
    born(of).close();
    App again = incarnation(of, "uid", "uid-of-its-successor");
    try (OperatorInProcess successor = knowingAll(again)) {
      successor.untilReady();
      assertOwned(again);
    }
    return null;
  }

  private void assertOwned(App by) {
    if (tagged()) {
      assertThat(observed(by).orElseThrow().tags())
          .containsAllEntriesOf(AwsWorld.tags(by, component.name()));
    }
  }

  /** The cluster was rebuilt: nothing is touched before an administrator approves. */
  private Void approved() {
    App of = sample();
    born(of).close();
    App again = incarnation(of, "clusterUid", "uid-of-another-cluster");
    try (OperatorInProcess successor = knowingAll(again)) {
      Report told =
          successor.until(
              component.name(), "says whose", report -> report.standing() == Standing.FAILED);
      String owner = of.identity().clusterUid() + "/" + of.identity().namespaceUid();
      assertThat(told.message()).contains(owner);
      assertUntouched(successor, () -> assertOwned(of));
      successor.approving(owner).untilReady();
      assertOwned(again);
    }
    return null;
  }
}
