package io.highlyavailable.operator.kubernetes;

import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Names;

/** Names of an app's Jobs: readable, and another one for other content. */
final class JobName {
  /** The pods bear the Job's name as a label, and labels end there. */
  private static final int LONGEST = 63;

  private static final int HASH = 8;

  private JobName() {}

  /**
   * {@code <app>-<purpose>-<hash>}; a long app's name is cut, and is part of the hash.
   *
   * @param content what tells Jobs of the same purpose apart
   */
  static String of(App app, String purpose, String content) {
    String name = app.identity().name();
    int room = LONGEST - purpose.length() - HASH - 2;
    String start = name.length() <= room ? name : name.substring(0, room).replaceAll("-+$", "");
    return start + "-" + purpose + "-" + Names.hash(HASH, name, purpose, content);
  }
}
