package io.highlyavailable.example.webapp;

/**
 * All that is known of a visitor; it is in the session, so that any replica, and any that comes
 * after it, goes on where the last one was.
 *
 * @param session the session's id, which only the visitor knows
 * @param visits how many, this one included
 * @param name what the visitor signed with last; empty for nothing yet
 */
record Visitor(String session, int visits, String name) {
  /** What the session holds, which is also what a new one begins with. */
  static Visitor read(String session, String held) {
    int space = held.indexOf(' ');
    return new Visitor(
        session, Integer.parseInt(held.substring(0, space)), held.substring(space + 1));
  }

  String held() {
    return visits + " " + name;
  }

  Visitor again() {
    return new Visitor(session, visits + 1, name);
  }

  Visitor named(String signed) {
    return new Visitor(session, visits, signed);
  }
}
