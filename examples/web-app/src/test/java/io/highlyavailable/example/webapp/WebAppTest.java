package io.highlyavailable.example.webapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.junit.WithTestbed;
import io.highlyavailable.testbed.operator.EmulatorEnvironment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The example as a process against a real PostgreSQL, a real Redis and a real Memcached, all with
 * TLS, and an S3, with the environment that the operator injects. Valkey speaks Redis's protocol,
 * and its binding differs in the type only.
 */
@WithTestbed
class WebAppTest {
  private static final String BUCKET = "ha-notes-documents";
  private static final String COOKIE = "Set-Cookie";

  @TempDir private static Path directory;
  private static Path packages;
  private static Certificate certificate;
  private static PostgresServer postgres;
  private static S3Client s3;
  private static Map<String, String> shared;

  /** What tests share that leave it as it is. */
  private static Servers common;

  private static int redisPort;
  private static Map<String, String> redis;
  private static Replica steady;

  private Servers servers;

  @BeforeAll
  static void startWhatAllShare(AwsEmulator aws) throws Exception {
    packages = Servers.packages();
    certificate = Certificate.create(directory);
    s3 = aws.configure(S3Client.builder().forcePathStyle(true)).build();
    s3.createBucket(bucket -> bucket.bucket(BUCKET));
    common = new Servers(directory, certificate, packages);
    postgres = new PostgresServer(directory.resolve("postgres"), certificate, common.port());
    shared = new TreeMap<>(postgres.injected());
    shared.putAll(Injected.storage(BUCKET));
    shared.putAll(
        EmulatorEnvironment.of(aws.endpoint(), AwsEmulator.REGION.id(), "example-web-app"));
    assertThat(Replica.migrate(common, certificate, shared)).isZero();
    redis = redis("redis", Servers.PASSWORD);
    Map<String, String> injected = new TreeMap<>(shared);
    injected.putAll(redis);
    steady = Replica.start(common, certificate, injected);
    steady.awaitHealth(200);
  }

  @AfterAll
  static void stopWhatAllShare() throws IOException {
    if (common != null) {
      common.close();
    }
    if (postgres != null) {
      postgres.close();
    }
    if (s3 != null) {
      s3.close();
    }
  }

  @BeforeEach
  void prepare() {
    servers = new Servers(directory, certificate, packages);
  }

  @AfterEach
  void endAll() {
    servers.close();
  }

  private Replica started(Map<String, String> sessionStore) {
    return started(shared, sessionStore);
  }

  private Replica started(Map<String, String> others, Map<String, String> sessionStore) {
    Map<String, String> injected = new TreeMap<>(others);
    injected.putAll(sessionStore);
    return Replica.start(servers, certificate, injected);
  }

  private Replica ready() {
    Replica app = started(redis);
    app.awaitHealth(200);
    return app;
  }

  private static Map<String, String> redis(String engine, String password) throws IOException {
    if (redisPort == 0) {
      redisPort = common.redis();
    }
    return Injected.sessionStore(engine, "localhost", redisPort, password);
  }

  @Test
  void keepsNotesInTheDatabaseWhateverIsInThem() throws Exception {
    String evil = "'); DROP TABLE note; -- <script>alert(1)</script>";

    HttpResponse<String> written = steady.write("Ada \"<b>", evil);

    assertThat(written.statusCode()).isEqualTo(303);
    assertThat(written.headers().firstValue("Location")).contains("/");
    HttpResponse<String> page = steady.get("/");
    assertThat(page.body())
        .contains("&#39;); DROP TABLE note; -- &lt;script&gt;alert(1)&lt;/script&gt;")
        .contains("<b>Ada &quot;&lt;b&gt;</b>")
        .doesNotContain("<script>alert");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'");
  }

  @Test
  void keepsDocumentsInTheBucket() throws Exception {
    byte[] content = new byte[300_000];
    new Random(7).nextBytes(content);

    HttpResponse<String> kept = steady.upload("Übersicht 100%.pdf", content);

    assertThat(kept.statusCode()).as(kept.body()).isEqualTo(201);
    String path = kept.headers().firstValue("Location").orElseThrow();
    String key = path.substring(1);
    assertThat(s3.getObjectAsBytes(o -> o.bucket(BUCKET).key(key)).asByteArray())
        .isEqualTo(content);
    HttpResponse<byte[]> found = steady.download(path);
    assertThat(found.body()).isEqualTo(content);
    assertThat(found.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename*=UTF-8''%C3%9Cbersicht%20100%25.pdf");
    assertThat(found.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(steady.get("/").body()).contains(path, "Übersicht 100%.pdf");
    assertThat(steady.upload("empty.txt", new byte[0]).statusCode()).isEqualTo(201);
  }

  @Test
  void refusesWhatItCannotServe() throws Exception {
    assertThat(steady.get("/documents/00000000-0000-0000-0000-000000000000").statusCode())
        .isEqualTo(404);
    assertThat(steady.get("/documents/../healthz").statusCode()).isEqualTo(404);
    assertThat(steady.get("/elsewhere").statusCode()).isEqualTo(404);
    assertThat(steady.write("", "nobody").statusCode()).isEqualTo(400);
    assertThat(steady.write("Ada", "x".repeat(2001)).statusCode()).isEqualTo(400);
    assertThat(steady.write("Ada", "x".repeat(20_000)).statusCode()).isEqualTo(413);
    HttpRequest.Builder endless =
        steady
            .request("/documents?name=a")
            .POST(
                HttpRequest.BodyPublishers.fromPublisher(
                    HttpRequest.BodyPublishers.ofString("no length")));
    assertThat(steady.send(endless).statusCode()).isEqualTo(411);
    assertThat(declaring(steady, Requests.LARGEST_DOCUMENT + 1)).contains(" 413 ");
  }

  /** The first line of the answer to an upload of so many bytes, none of which is sent. */
  private static String declaring(Replica app, long length) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", app.port())) {
      begin(socket, length);
      return answer(socket);
    }
  }

  private static void begin(Socket socket, long length) throws IOException {
    String head =
        "POST /documents?name=slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n";
    send(socket, head.formatted(length));
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static String answer(Socket socket) throws IOException {
    socket.setSoTimeout((int) Servers.PATIENCE.toMillis());
    return new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
        .readLine();
  }

  /** Two replicas and a replacement, one after the other: the visitor does not notice. */
  private void keepsSessionsWhenItsProcessIsKilled(Map<String, String> sessionStore)
      throws Exception {
    Replica old = started(sessionStore);
    old.awaitHealth(200);
    HttpResponse<String> welcome = old.get("/");
    String cookie = welcome.headers().firstValue(COOKIE).orElseThrow().split(";")[0];
    assertThat(welcome.body()).contains("this is visit 1.");
    assertThat(old.visit(cookie)).contains("this is visit 2.");

    old.process().kill();
    Replica replacement = started(sessionStore);
    replacement.awaitHealth(200);
    assertThat(replacement.visit(cookie)).contains("this is visit 3.");
    assertThat(replacement.visit("none=1")).as("a visitor of its own").contains("visit 1.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis", "valkey"})
  void keepsSessionsInRedisWhenItsProcessIsKilled(String engine) throws Exception {
    keepsSessionsWhenItsProcessIsKilled(redis(engine, Servers.PASSWORD));
  }

  @Test
  void keepsSessionsInMemcachedWhenItsProcessIsKilled() throws Exception {
    keepsSessionsWhenItsProcessIsKilled(
        Injected.sessionStore("memcached", "localhost", servers.memcached(), Servers.PASSWORD));
  }

  @Test
  void takesOverNoSessionIdThatItDidNotGive() throws Exception {
    String forged = "session=00000000-0000-0000-0000-000000000000";

    HttpResponse<String> answer =
        steady.send(
            steady.request("/").header("Cookie", forged).header("X-Forwarded-Proto", "https"));

    assertThat(answer.headers().firstValue(COOKIE).orElseThrow())
        .doesNotContain(forged)
        .endsWith("; HttpOnly; SameSite=Lax; Secure");
  }

  @Test
  void isNotReadyWhileItCannotLogInToTheSessionStore() throws Exception {
    Replica app = started(redis("redis", "f".repeat(32)));

    app.awaitHealth(503, "\"database\":\"ok\"", "\"sessionStore\":\"failed\"");
    assertThat(app.get("/").statusCode()).isEqualTo(503);
  }

  @Test
  void isNotReadyWhileTheDatabaseIsGoneAndIsAgainWhenItIsBack() throws Exception {
    Replica app = ready();

    postgres.stop();
    app.awaitHealth(503, "\"sessionStore\":\"ok\"");
    assertThat(app.get("/livez").statusCode()).as("a restart would not help").isEqualTo(200);
    assertThat(app.get("/").statusCode()).isEqualTo(503);

    postgres.start();
    app.awaitHealth(
        200, "{\"ready\":true,\"database\":\"ok\",\"sessionStore\":\"ok\",\"storage\":\"ok\"}\n");
    assertThat(app.write("Ada", "back again").statusCode()).isEqualTo(303);
  }

  @Test
  void saysThatTheBucketIsGoneButGoesOnServingPages() throws Exception {
    Map<String, String> others = new TreeMap<>(shared);
    others.putAll(Injected.storage("ha-notes-gone"));
    Replica app = started(others, redis);

    app.awaitHealth(200, "\"storage\":\"failed\"");
    assertThat(app.get("/").statusCode()).isEqualTo(200);
    assertThat(app.upload("a", new byte[1]).statusCode()).isEqualTo(503);
  }

  @Test
  void isReadyOnlyAfterTheMigrationWhichMayRunTwiceAtOnce() throws Exception {
    try (PostgresServer fresh =
        new PostgresServer(directory.resolve("fresh"), certificate, servers.port())) {
      Map<String, String> others = new TreeMap<>(shared);
      others.putAll(fresh.injected());
      Replica app = started(others, redis);
      app.awaitHealth(503, "\"database\":\"failed\"");

      var first = servers.start("migration", migration(), others);
      var second = servers.start("migration", migration(), others);
      assertThat(first.waitFor()).isZero();
      assertThat(second.waitFor()).isZero();

      app.awaitHealth(200, "\"database\":\"ok\"");
      assertThat(Replica.migrate(servers, certificate, others)).as("nothing to do").isZero();
    }
  }

  private static List<String> migration() {
    return Replica.line(certificate, List.of("migrate"));
  }

  @Test
  void finishesTheRequestsThatItHasWhenItIsToldToEnd() throws Exception {
    Replica app = ready();
    try (Socket slow = new Socket("127.0.0.1", app.port())) {
      begin(slow, 10);
      send(slow, "01234");
      // The server reads the head before it answers this one, on another connection.
      assertThat(app.get("/livez").statusCode()).isEqualTo(200);

      ProcessHandle.of(app.process().pid()).orElseThrow().destroy();
      await().atMost(Servers.PATIENCE).until(() -> !Servers.listens("127.0.0.1", app.port()));
      assertThat(app.process().isAlive()).as("it has a request to finish").isTrue();
      send(slow, "56789");

      assertThat(answer(slow)).contains(" 201 ");
    }
    assertThat(app.process().waitFor()).as("ended by SIGTERM").isEqualTo(143);
    assertThat(s3.listObjectsV2(b -> b.bucket(BUCKET)).contents())
        .filteredOn(object -> object.size() == 10)
        .singleElement()
        .satisfies(
            object ->
                assertThat(
                        s3.getObjectAsBytes(o -> o.bucket(BUCKET).key(object.key())).asUtf8String())
                    .isEqualTo("0123456789"));
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    Map<String, String> without = new TreeMap<>(shared);
    without.remove("DATABASE_URI");
    assertThat(Replica.migrate(servers, certificate, without)).isEqualTo(1);
    assertThat(Path.of("target", "migration.log"))
        .content()
        .contains("DATABASE_URI is not set: is there a spec.database?")
        .doesNotContain(shared.get("DATABASE_PASSWORD"));
  }
}
