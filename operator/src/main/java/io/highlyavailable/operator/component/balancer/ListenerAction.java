package io.highlyavailable.operator.component.balancer;

/** What becomes of a request. */
public sealed interface ListenerAction {
  /**
   * A target of a group gets it.
   *
   * @param targetGroupArn the group
   */
  record Forward(String targetGroupArn) implements ListenerAction {
    @Override
    public String toString() {
      return "forwards to " + targetGroupArn;
    }
  }

  /** The client is told, for good, to ask for the same with TLS. */
  record RedirectToTls() implements ListenerAction {
    @Override
    public String toString() {
      return "redirects to HTTPS";
    }
  }

  /**
   * Something that we do not do.
   *
   * @param text what, for people
   */
  record Other(String text) implements ListenerAction {
    @Override
    public String toString() {
      return text;
    }
  }
}
