package io.highlyavailable.operator.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import io.highlyavailable.testbed.build.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.TableLib;
import org.luaj.vm2.lib.jse.JseBaseLib;

/** The health check that we ship for Argo CD, run by a Lua of this JVM. */
final class HealthScript {
  static final Path FILE = Checkout.find().file("gitops/argocd/health.lua");

  private HealthScript() {}

  /**
   * What Argo CD shows.
   *
   * @param status Healthy, Progressing, Degraded or Suspended
   * @param message why; may be empty
   */
  record Health(String status, String message) {}

  static String text() {
    try {
      return Files.readString(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Health of(ObservedApp app) {
    Globals globals = globals();
    globals.set("obj", lua(app.object()));
    LuaValue health = globals.load(text(), FILE.getFileName().toString()).call();
    return new Health(health.get("status").checkjstring(), health.get("message").checkjstring());
  }

  /**
   * The libraries that Argo CD loads, and no others: strings and mathematics are not among them.
   */
  private static Globals globals() {
    Globals globals = new Globals();
    globals.load(new JseBaseLib());
    globals.load(new PackageLib());
    globals.load(new TableLib());
    LoadState.install(globals);
    LuaC.install(globals);
    return globals;
  }

  private static LuaValue lua(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        LuaTable table = new LuaTable();
        node.properties().forEach(field -> table.set(field.getKey(), lua(field.getValue())));
        yield table;
      }
      case ARRAY -> {
        LuaTable table = new LuaTable();
        node.forEach(item -> table.set(table.length() + 1, lua(item)));
        yield table;
      }
      case BOOLEAN -> LuaValue.valueOf(node.asBoolean());
      case NUMBER -> LuaValue.valueOf(node.asDouble());
      case STRING -> LuaValue.valueOf(node.asText());
      default -> LuaValue.NIL;
    };
  }
}
