package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.operator.model.App;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Labels, selector and owner of an app's Kubernetes objects. */
public final class AppMetadata {
  public static final String NAME = "app.kubernetes.io/name";
  public static final String INSTANCE = "app.kubernetes.io/instance";
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** The value of {@link #MANAGED_BY}, and the field manager of every server-side apply. */
  public static final String MANAGER = "highlyavailableapp";

  /** What a Job of the app's is for, on the Job and its pods. */
  public static final String JOB = "highlyavailable.io/job";

  /**
   * The app that a Job's pod is of. Such a pod does not bear the labels that select the app's pods,
   * or it would count as one of them and be sent traffic.
   */
  public static final String APP = "highlyavailable.io/app";

  private AppMetadata() {}

  /** The labels of every object and pod of the app. */
  public static Map<String, String> labels(App app) {
    Map<String, String> labels = selector(app);
    labels.put(NAME, app.identity().name());
    return labels;
  }

  /**
   * The labels that select the app's pods. The manager is among them because other tools use the
   * instance label too: a Helm release may bear the app's name.
   */
  static Map<String, String> selector(App app) {
    Map<String, String> labels = new TreeMap<>();
    labels.put(INSTANCE, app.identity().name());
    labels.put(MANAGED_BY, MANAGER);
    return labels;
  }

  /** Labels of a Job's pods. */
  static Map<String, String> jobPod(App app, String purpose) {
    return new TreeMap<>(Map.of(APP, app.identity().name(), JOB, purpose, MANAGED_BY, MANAGER));
  }

  /** The same as text, for the scale subresource. */
  public static String selectorText(App app) {
    return selector(app).entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(","));
  }

  /** Metadata of an object named after the app and deleted with it. */
  static ObjectMeta of(App app) {
    return named(app, app.identity().name());
  }

  /** Metadata of an object that is deleted with the app. */
  static ObjectMeta named(App app, String name) {
    return new ObjectMetaBuilder(unowned(app, name)).withOwnerReferences(owner(app)).build();
  }

  /** Metadata of an object that outlives the app. */
  static ObjectMeta unowned(App app, String name) {
    return new ObjectMetaBuilder()
        .withNamespace(app.identity().namespace())
        .withName(name)
        .withLabels(labels(app))
        .build();
  }

  private static OwnerReference owner(App app) {
    return new OwnerReferenceBuilder()
        .withApiVersion(HighlyAvailableApp.GROUP + "/" + HighlyAvailableApp.VERSION)
        .withKind(HighlyAvailableApp.class.getSimpleName())
        .withName(app.identity().name())
        .withUid(app.identity().uid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .build();
  }
}
