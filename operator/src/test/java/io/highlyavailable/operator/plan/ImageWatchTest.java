package io.highlyavailable.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.RaisedAlarm;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.ImageRollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImageWatchTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration BAKE = Duration.ofMinutes(10);
  private static final String OLD = "example.com/shop:1";
  private static final String NEW = "example.com/shop:2";

  private static final ImageRollout ROLLING = new ImageRollout(NEW, OLD, NOON, null, null);
  private static final ImageRollout SERVING =
      new ImageRollout(NEW, OLD, NOON, NOON.plusSeconds(60), null);
  private static final ImageRollout BACK =
      new ImageRollout(NEW, OLD, NOON, NOON.plusSeconds(60), "shop-target-5xx");

  private static App app(String image) {
    return SampleApp.named("shop").bake(BAKE).build().running(image);
  }

  private static RaisedAlarm alarm(String name, Instant since) {
    return new RaisedAlarm(name, since, "requests fail", "", true);
  }

  private static ImageRollout next(
      String image, ImageRollout recorded, boolean serves, Instant now, RaisedAlarm... alarms) {
    return new ImageWatch(app(image), Optional.of(recorded))
        .next(serves, List.of(alarms), now)
        .orElseThrow();
  }

  @Test
  void theFirstImageHasNothingToReturnTo() {
    assertThat(new ImageWatch(app(OLD), Optional.empty()).next(false, List.of(), NOON))
        .contains(ImageRollout.of(OLD));
  }

  @Test
  void watchesANewImageFromTheBeginningOfItsRollout() {
    assertThat(next(NEW, ImageRollout.of(OLD), true, NOON.plusMillis(7))).isEqualTo(ROLLING);
    assertThat(next(NEW, ROLLING, false, NOON.plusSeconds(30))).isEqualTo(ROLLING);
    assertThat(next(NEW, ROLLING, true, NOON.plusSeconds(60))).isEqualTo(SERVING);
  }

  @Test
  void takesAnImageForGoodOnceItHasServedForLongEnough() {
    Instant end = NOON.plusSeconds(60).plus(BAKE);

    assertThat(next(NEW, SERVING, true, end.minusSeconds(1))).isEqualTo(SERVING);
    assertThat(next(NEW, SERVING, true, end)).isEqualTo(ImageRollout.of(NEW));
  }

  @Test
  void returnsToTheImageOfBeforeWhenAnAlarmGoesOff() {
    RaisedAlarm alarm = alarm("shop-target-5xx", NOON.plusSeconds(200));

    ImageRollout back = next(NEW, SERVING, true, NOON.plusSeconds(201), alarm);

    assertThat(back).isEqualTo(BACK);
    assertThat(new ImageWatch(app(NEW), Optional.of(back)).running().workload().image())
        .isEqualTo(OLD);
  }

  @Test
  void returnsAlsoBeforeTheRolloutIsThrough() {
    assertThat(next(NEW, ROLLING, false, NOON.plusSeconds(9), alarm("a", NOON)).rolledBack())
        .isTrue();
  }

  @Test
  void doesNotHoldAnAlarmOfBeforeAgainstTheImage() {
    RaisedAlarm before = alarm("shop-target-5xx", NOON.minusSeconds(1));

    assertThat(next(NEW, SERVING, true, NOON.plusSeconds(90), before)).isEqualTo(SERVING);
  }

  @Test
  void doesNotHoldAnAlarmAgainstItThatUsersDoNotFeel() {
    RaisedAlarm storage =
        new RaisedAlarm("shop-database-storage", NOON.plusSeconds(70), "fills up", "", false);

    assertThat(next(NEW, SERVING, true, NOON.plusSeconds(90), storage)).isEqualTo(SERVING);
  }

  @Test
  void staysWithTheImageOfBeforeWhenTheAlarmIsOver() {
    assertThat(next(NEW, BACK, true, NOON.plus(Duration.ofDays(3)))).isEqualTo(BACK);
  }

  @Test
  void watchesAThirdImageAgainstTheLastThatProvedItself() {
    ImageRollout third = next("example.com/shop:3", BACK, true, NOON.plusSeconds(900));

    assertThat(third.previous()).isEqualTo(OLD);
    assertThat(third.watched()).isTrue();
    assertThat(new ImageWatch(app("example.com/shop:3"), Optional.of(BACK)).running())
        .isEqualTo(app("example.com/shop:3"));
  }

  @Test
  void nothingIsHeldAgainstTheImageThatProvedItself() {
    assertThat(next(OLD, BACK, true, NOON.plusSeconds(900))).isEqualTo(ImageRollout.of(OLD));
  }

  @Test
  void decidesNothingWhilePaused() {
    App paused = SampleApp.named("shop").bake(BAKE).paused(true).build().running(NEW);

    assertThat(
            new ImageWatch(paused, Optional.of(SERVING))
                .next(true, List.of(alarm("a", NOON.plusSeconds(70))), NOON.plusSeconds(80)))
        .contains(SERVING);
  }

  @Test
  void recordsNothingWithoutAlarms() {
    App unwatched = SampleApp.named("shop").build().running(NEW);
    ImageWatch watch = new ImageWatch(unwatched, Optional.of(BACK));

    assertThat(watch.next(true, List.of(), NOON)).isEmpty();
    assertThat(watch.running()).isEqualTo(unwatched);
  }

  @Test
  void saysWhyAnImageDoesNotRunAndWhatToDo() {
    Report report =
        new ImageWatch(app(NEW), Optional.of(BACK)).report(Optional.of(BACK)).orElseThrow();

    assertThat(report.standing()).isEqualTo(Standing.FAILED);
    assertThat(report.message())
        .isEqualTo("RolledBack: alarm shop-target-5xx went off, so example.com/shop:1 runs again");
    assertThat(report.nextStep()).contains("spec.image", "spec.rollout.rollbackOnAlarm");
  }

  /** Whatever is seen in whatever order: what runs was asked for last or has proved itself. */
  @Test
  void runsNothingThatWasNeitherAskedForNorProved() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      ImageRollout recorded = ImageRollout.of("0");
      Instant now = NOON;
      String proved = "0";
      for (int turn = 0; turn < 40; turn++) {
        now = now.plusSeconds(random.nextInt(400));
        String asked = Integer.toString(random.nextInt(4));
        List<RaisedAlarm> alarms =
            random.nextInt(3) == 0
                ? List.of(alarm("a", now.minusSeconds(random.nextInt(500))))
                : List.of();
        ImageWatch watch = new ImageWatch(app(asked), Optional.of(recorded));
        assertThat(watch.running().workload().image()).as("seed " + seed).isIn(asked, proved);
        recorded = watch.next(random.nextBoolean(), alarms, now).orElseThrow();
        proved = recorded.previous();
        assertThat(recorded.image()).isEqualTo(asked);
      }
    }
  }
}
