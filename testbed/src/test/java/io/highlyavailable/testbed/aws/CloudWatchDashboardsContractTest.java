package io.highlyavailable.testbed.aws;

import static io.highlyavailable.testbed.aws.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.DashboardEntry;
import software.amazon.awssdk.services.cloudwatch.model.DashboardInvalidInputErrorException;
import software.amazon.awssdk.services.cloudwatch.model.DashboardNotFoundErrorException;
import software.amazon.awssdk.services.cloudwatch.model.PutDashboardRequest;
import software.amazon.awssdk.services.cloudwatch.model.Tag;

/**
 * Source: PutDashboard, GetDashboard, ListDashboards, DeleteDashboards and TagResource in the API
 * reference of CloudWatch, "Dashboard Body Structure and Syntax" there, and "CloudWatch service
 * quotas" in the user guide.
 */
class CloudWatchDashboardsContractTest extends EmulatorTest {
  private static final String EMPTY = "{\"widgets\":[]}";

  private final CloudWatchClient cloudWatch = client(CloudWatchClient.builder());

  private void put(String name, String body, String owner) {
    cloudWatch.putDashboard(
        PutDashboardRequest.builder()
            .dashboardName(name)
            .dashboardBody(body)
            .overrideConfiguration(
                form ->
                    form.putRawQueryParameter("Tags.member.1.Key", "owner")
                        .putRawQueryParameter("Tags.member.1.Value", owner))
            .build());
  }

  private List<Tag> tags(String name) {
    String arn = cloudWatch.getDashboard(b -> b.dashboardName(name)).dashboardArn();
    return cloudWatch.listTagsForResource(b -> b.resourceARN(arn)).tags();
  }

  private static Tag owner(String value) {
    return Tag.builder().key("owner").value(value).build();
  }

  @Test
  void tagsAreTakenOfANewDashboardOnlyAndGoWithIt() {
    put("shop", EMPTY, "first");
    put("shop", EMPTY, "second");
    assertThat(tags("shop")).containsExactly(owner("first"));

    cloudWatch.deleteDashboards(b -> b.dashboardNames("shop"));
    put("shop", EMPTY, "third");
    assertThat(tags("shop")).containsExactly(owner("third"));
  }

  @Test
  void tagsCanBeChangedByTheArnWhichNamesNoRegion() {
    put("shop", EMPTY, "first");
    String arn = "arn:aws:cloudwatch::" + AwsEmulator.ACCOUNT + ":dashboard/shop";
    cloudWatch.tagResource(b -> b.resourceARN(arn).tags(owner("second")));
    assertThat(tags("shop")).containsExactly(owner("second"));
    cloudWatch.untagResource(b -> b.resourceARN(arn).tagKeys("owner"));
    assertThat(tags("shop")).isEmpty();
    refused(
        "ResourceNotFoundException",
        () -> cloudWatch.listTagsForResource(b -> b.resourceARN(arn + "-none")));
  }

  @Test
  void dashboardsAreThoseOfTheAccountInEveryRegion() {
    put("shop", EMPTY, "first");
    try (CloudWatchClient elsewhere =
        emulator().configure(CloudWatchClient.builder()).region(Region.EU_CENTRAL_1).build()) {
      assertThat(elsewhere.listDashboards().dashboardEntries())
          .extracting(DashboardEntry::dashboardName)
          .contains("shop");
    }
  }

  @Test
  void listsByPrefixAndKnowsNoneThatIsNotThere() {
    put("ha-shop", EMPTY, "x");
    put("other", EMPTY, "x");
    assertThat(cloudWatch.listDashboards(b -> b.dashboardNamePrefix("ha-")).dashboardEntries())
        .extracting(DashboardEntry::dashboardName)
        .containsExactly("ha-shop");
    assertThatThrownBy(() -> cloudWatch.getDashboard(b -> b.dashboardName("none")))
        .isInstanceOf(DashboardNotFoundErrorException.class);
    assertThatThrownBy(() -> cloudWatch.deleteDashboards(b -> b.dashboardNames("none")))
        .isInstanceOf(DashboardNotFoundErrorException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "no json                                          | /",
        "{}                                               | /",
        "{'widgets':[{'type':'text'}]}                    | /widgets/0",
        "{'widgets':[{'type':'film','properties':{}}]}    | /widgets/0/type",
        "{'widgets':[{'type':'text','x':24,'properties':{'markdown':''}}]} | /widgets/0/x",
        "{'widgets':[{'type':'text','width':0,'properties':{'markdown':''}}]} | /widgets/0/width",
        "{'widgets':[{'type':'text','properties':{'text':''}}]} | /widgets/0/properties",
        "{'widgets':[{'type':'alarm','properties':{'alarms':['cpu']}}]} |"
            + " /widgets/0/properties/alarms/0",
        "{'widgets':[{'type':'metric','properties':{'metrics':[['A','B']]}}]} |"
            + " /widgets/0/properties/region",
        "{'widgets':[{'type':'metric','properties':{'region':'us-east-1','metrics':[['A']]}}]} |"
            + " /widgets/0/properties/metrics/0",
        "{'widgets':[{'type':'metric','properties':{'region':'us-east-1','metrics':[['A','B','C']]}}]}"
            + " | /widgets/0/properties/metrics/0",
        "{'widgets':[{'type':'metric','properties':{'region':'us-east-1','period':61,'metrics':[['A','B']]}}]}"
            + " | /widgets/0/properties/period",
        "{'widgets':[{'type':'metric','properties':{'region':'us-east-1','stat':'Mean','metrics':[['A','B']]}}]}"
            + " | /widgets/0/properties/stat",
        "{'widgets':[{'type':'metric','properties':{'region':'us-east-1','metrics':[['A','B',{'id':'A'}]]}}]}"
            + " | /widgets/0/properties/metrics/0/id",
        "{'widgets':[],'periodOverride':'never'}          | /periodOverride",
      })
  void refusesABodyThatBreaksTheRulesAndSaysWhere(String body, String path) {
    assertThatThrownBy(() -> put("shop", body.replace('\'', '"'), "x"))
        .isInstanceOf(DashboardInvalidInputErrorException.class)
        .hasMessageContaining("\"" + path + "\"");
  }

  @Test
  void takes500WidgetsAndNoMore() {
    put("shop", texts(500), "x");
    assertThatThrownBy(() -> put("shop", texts(501), "x")).hasMessageContaining("500 items");
  }

  private static String texts(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"type\":\"text\",\"properties\":{\"markdown\":\"\"}}")
        .collect(Collectors.joining(",", "{\"widgets\":[", "]}"));
  }
}
