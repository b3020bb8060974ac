package io.highlyavailable.operator.component.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.testbed.build.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The picture in the documentation is of the dashboard that is made. */
class PictureTest {
  private static final Path FILE = Checkout.find().file("docs/cloudwatch-dashboard.svg");

  /** Regenerate with {@code -Dupdate.generated=true}. */
  @Test
  void isOfTheDashboardThatIsMade() throws IOException {
    var desired =
        (Desired.Known<DashboardDesired>)
            new DashboardRules().desired(SampleBoard.APP, SampleBoard.upstream());
    String picture = Picture.of(Board.parse(desired.state().body()));
    if (Boolean.getBoolean("update.generated")) {
      Files.writeString(FILE, picture);
    }
    assertThat(FILE).content().isEqualTo(picture);
    assertThat(picture).hasSizeLessThan(60_000);
  }
}
