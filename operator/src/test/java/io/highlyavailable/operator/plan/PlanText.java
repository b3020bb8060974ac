package io.highlyavailable.operator.plan;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.Binding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A plan as a person reads it in {@code plan.yaml}; what is empty is left out. */
final class PlanText {
  private PlanText() {}

  static String of(Plan plan) {
    Map<String, Object> out = new LinkedHashMap<>();
    put(out, "reports", plan.reports().stream().map(PlanText::report).toList());
    Map<String, Object> actions = new TreeMap<>();
    plan.actions().forEach((name, action) -> actions.put(name.value(), action(action)));
    put(out, "actions", actions);
    put(out, "secrets", new TreeMap<>(plan.secrets()));
    put(out, "bindings", plan.bindings().stream().map(PlanText::binding).toList());
    put(out, "podRole", plan.podRole() == null ? "" : plan.podRole());
    put(out, "waitingFor", plan.waitingFor());
    put(out, "blockedBy", plan.removal().blockedBy());
    put(out, "retained", plan.removal().retained());
    put(out, "finalSnapshots", plan.removal().finalSnapshots());
    put(out, "held", plan.held().changes().stream().map(Object::toString).toList());
    put(out, "heldUnder", plan.held().hash());
    put(out, "beginnings", new TreeMap<>(plan.beginnings()));
    Plan.Home home = plan.home();
    put(
        out,
        "home",
        (home.accountId() + " " + home.region() + " " + home.recoveryRegion()).strip());
    return Serialization.asYaml(out);
  }

  private static void put(Map<String, Object> out, String key, Object value) {
    boolean empty =
        switch (value) {
          case String text -> text.isEmpty();
          case List<?> list -> list.isEmpty();
          case Map<?, ?> map -> map.isEmpty();
          default -> false;
        };
    if (!empty) {
      out.put(key, value);
    }
  }

  private static Map<String, Object> report(Report report) {
    Map<String, Object> out = new LinkedHashMap<>();
    put(out, "name", report.name());
    put(out, "standing", report.standing().name());
    put(out, "id", report.id());
    put(out, "ownership", report.ownership());
    put(out, "state", report.state());
    put(out, "message", report.message());
    put(out, "nextStep", report.nextStep());
    put(
        out,
        "drift",
        report.drift().stream().map(it -> it.difference() + " " + it.outcome()).toList());
    return out;
  }

  private static Map<String, Object> action(Action<?, ?> action) {
    Map<String, Object> out = new LinkedHashMap<>();
    switch (action) {
      case Action.Create<?, ?>(var resource, var desired, var tags) -> {
        put(out, "create", resource);
        put(out, "desired", desired);
        put(out, "tags", new TreeMap<>(tags));
      }
      case Action.Update<?, ?>(var actual, var desired, var changes) -> {
        put(out, "update", actual.name());
        put(out, "changes", changes.stream().map(Object::toString).toList());
      }
      case Action.Tag<?, ?>(var actual, var set, var remove) -> {
        put(out, "tag", actual.name());
        put(out, "set", new TreeMap<>(set));
        put(out, "remove", remove);
      }
      case Action.Delete<?, ?>(var actual, var disposal) -> {
        put(out, "delete", actual.name());
        put(out, "disposal", disposal.toString());
      }
    }
    return out;
  }

  private static String binding(Binding binding) {
    return binding.suffix() + " " + binding.data().get("host").value();
  }
}
