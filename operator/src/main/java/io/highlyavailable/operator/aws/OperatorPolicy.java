package io.highlyavailable.operator.aws;

import io.highlyavailable.operator.component.Module;
import io.highlyavailable.operator.component.PolicyDocument;
import io.highlyavailable.operator.component.PolicyDocument.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The IAM policies that the operator itself needs: exactly the actions that its adapters call, on
 * nothing but what bears our names or tags, wherever IAM can tell. For the partition {@code aws}
 * and the default role path; elsewhere the ARNs are to be adapted.
 *
 * <p>They are several because IAM takes no managed policy of more than 6,144 characters; a role
 * takes ten of them. What a service needs is in one.
 */
public final class OperatorPolicy {
  private OperatorPolicy() {}

  /**
   * The policies for these components, by the name of the file of each.
   *
   * @throws IllegalArgumentException when a component declares an action that no scope is for
   */
  public static SortedMap<String, PolicyDocument> of(List<Module<?, ?, AwsClients>> modules) {
    SortedSet<String> actions =
        modules.stream()
            .flatMap(module -> module.component().iamActions().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    SortedSet<String> homeless = new TreeSet<>(actions);
    Map<Scope.Policy, List<Statement>> statements = new EnumMap<>(Scope.Policy.class);
    for (Scope scope : both(DataScopes.ALL, PlaceScopes.ALL)) {
      List<String> granted = scope.of(actions);
      granted.forEach(homeless::remove);
      if (!granted.isEmpty()) {
        add(statements, scope, granted);
      }
    }
    if (!homeless.isEmpty()) {
      throw new IllegalArgumentException("no scope is for " + homeless);
    }
    both(DataScopes.SERVICE_LINKED_ROLES, PlaceScopes.SERVICE_LINKED_ROLES)
        .forEach(scope -> add(statements, scope, List.of(scope.actions())));
    SortedMap<String, PolicyDocument> documents = new TreeMap<>();
    statements.forEach((policy, its) -> documents.put(policy.file(), new PolicyDocument(its)));
    return documents;
  }

  private static List<Scope> both(List<Scope> data, List<Scope> places) {
    return Stream.concat(data.stream(), places.stream()).toList();
  }

  private static void add(
      Map<Scope.Policy, List<Statement>> statements, Scope scope, List<String> granted) {
    statements
        .computeIfAbsent(scope.policy(), policy -> new ArrayList<>())
        .add(scope.statement(granted));
  }
}
