package witan.domain.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static witan.domain.detection.Event.CONTEXT;
import static witan.domain.detection.Event.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GuardDuty and Security Hub. */
class AmazonFormatsTest {
  private static final Normaliser GUARDDUTY = new GuardDutyNormaliser();
  private static final Normaliser ASFF = new SecurityHubNormaliser();

  private static final Event SCAN =
      event(
          "accountId", "1",
          "id", "g-1",
          "type", "Recon:EC2/Portscan",
          "severity", 5L,
          "title", "A port scan",
          "updatedAt", "2026-11-23T02:00:00Z",
          "service/eventLastSeen", "2026-11-23T01:00:00Z",
          "resource", Map.of());

  private static final Event FOUND =
      event(
          "SchemaVersion", "2018-10-08",
          "ProductArn", "arn:aws:securityhub:eu-west-1::product/aws/guardduty",
          "Id", "arn:x",
          "GeneratorId", "g",
          "Title", "Something",
          "UpdatedAt", "2026-11-23T01:00:00Z",
          "Severity/Label", "HIGH");

  private static final long LAST_SEEN = Instant.parse("2026-11-23T01:00:00Z").toEpochMilli();

  private static Resource cloud(String name) {
    return new Resource(ResourceKind.CLOUD_RESOURCE, "eu", null, name);
  }

  private static Resource identity(String name) {
    return new Resource(ResourceKind.IDENTITY, "eu", null, name);
  }

  // ---- GuardDuty

  @ParameterizedTest
  @ValueSource(strings = {"accountId", "type", "severity", "resource"})
  void guardDutyIsToldByFourFieldsInEitherSpelling(String name) {
    assertEquals(true, GUARDDUTY.recognises(SCAN.tree()));
    Event without = SCAN.without(name);
    assertEquals(false, GUARDDUTY.recognises(without.tree()));
    String pascal = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    assertEquals(true, GUARDDUTY.recognises(without.with(pascal, SCAN.tree().get(name)).tree()));
  }

  @ParameterizedTest
  @CsvSource({
    "0, INFORMATIONAL",
    "0.99, INFORMATIONAL",
    "1, LOW",
    "3.9, LOW",
    "4.0, MEDIUM",
    "6.9, MEDIUM",
    "7, HIGH",
    "8.99, HIGH",
    "9.0, CRITICAL",
    "10.0, CRITICAL",
  })
  void itsSeveritiesAreNumbersToTen(BigDecimal number, Severity severity) {
    assertEquals(severity, SCAN.with("severity", number).finding(GUARDDUTY).severity());
  }

  @Test
  void anotherSeverityIsRefused() {
    SCAN.with("severity", new BigDecimal("10.01")).refused("alert_bad_severity", GUARDDUTY);
    SCAN.with("severity", new BigDecimal("-0.01")).refused("alert_bad_severity", GUARDDUTY);
    SCAN.with("severity", "5").refused("alert_wrong_type", GUARDDUTY);
    SCAN.without("severity").refused("alert_missing_field", GUARDDUTY);
  }

  @Test
  void anUpdateIsAnotherAlertOfWhatWasLastSeen() {
    Alert alert = SCAN.finding(GUARDDUTY);
    assertEquals(Instant.ofEpochMilli(LAST_SEEN), alert.at());
    assertEquals("g-1@" + (LAST_SEEN + 3_600_000), alert.alertId());
    assertEquals("g-1@" + LAST_SEEN, SCAN.without("updatedAt").finding(GUARDDUTY).alertId());
    Event unseen = SCAN.without("service/eventLastSeen");
    assertEquals(Instant.parse("2026-11-23T02:00:00Z"), unseen.finding(GUARDDUTY).at());
    unseen.without("updatedAt").refused("alert_missing_field", GUARDDUTY);
    assertEquals(CONTEXT.rawDigest().hex(), SCAN.without("id").finding(GUARDDUTY).alertId());
  }

  @Test
  void theTitleIsTheTitleElseTheDescriptionElseTheType() {
    Event described = SCAN.with("description", "Much more");
    assertEquals("A port scan", described.finding(GUARDDUTY).title());
    assertEquals("Much more", described.without("title").finding(GUARDDUTY).title());
    assertEquals("Recon:EC2/Portscan", SCAN.without("title").finding(GUARDDUTY).title());
    SCAN.without("type").refused("alert_missing_field", GUARDDUTY);
  }

  @ParameterizedTest
  @CsvSource({
    "Recon:EC2/Portscan, RECONNAISSANCE",
    "Stealth:S3/ServerAccessLoggingDisabled, DEFENSE_EVASION",
    "Backdoor:EC2/Spambot, COMMAND_AND_CONTROL",
    "CryptoCurrency:EC2/BitcoinTool.B, IMPACT",
    "PrivilegeEscalation:Kubernetes/PrivilegedContainer, PRIVILEGE_ESCALATION",
    "UnauthorizedAccess:EC2/RDPBruteForce, ",
    "Policy:S3/BucketAnonymousAccessGranted, ",
  })
  void thePurposeOfTheTypeIsATactic(String type, Tactic tactic) {
    assertEquals(
        tactic == null ? List.of() : List.of(tactic),
        SCAN.with("type", type).finding(GUARDDUTY).tactics());
  }

  @Test
  void anAttackSequenceNamesTechniquesTacticsAndWhatItWentThrough() {
    Event sequence =
        SCAN.with(
            "service/detection/sequence/sequenceIndicators",
            List.of(
                Map.of("key", "ATTACK_TECHNIQUE", "values", List.of("T1078.004", "T1530")),
                Map.of("key", "ATTACK_TACTIC", "values", List.of("Exfiltration")),
                Map.of("key", "HIGH_RISK_API", "values", List.of("T1059"))),
            "service/detection/sequence/resources",
            List.of(Map.of("type", "x"), Map.of("uid", "arn:b"), Map.of("uid", "arn:c")));

    Alert alert = sequence.finding(GUARDDUTY);

    assertEquals(List.of("T1078.004", "T1530"), alert.techniques());
    assertEquals(List.of(Tactic.RECONNAISSANCE, Tactic.EXFILTRATION), alert.tactics());
    assertEquals(cloud("arn:b"), alert.resource());
    Event known = sequence.with("resource/accessKeyDetails/userName", "eve");
    assertEquals(identity("eve"), known.finding(GUARDDUTY).resource());
  }

  @Test
  void archivedFindingsAndSamplesAreRecorded() {
    assertEquals("archived", SCAN.with("service/archived", true).reason(GUARDDUTY));
    Event sample = SCAN.with("service/additionalInfo/sample", "true");
    assertEquals("sample_finding", sample.reason(GUARDDUTY));
    sample.with("service/additionalInfo/sample", false).finding(GUARDDUTY);
    SCAN.with("service/additionalInfo", "text", "service/archived", false).finding(GUARDDUTY);
  }

  /** Each row adds what is more specific than all rows before. */
  @Test
  void theMostSpecificResourceIsWhatItIsAbout() {
    Event event = SCAN;
    assertEquals(ResourceKind.UNKNOWN, event.finding(GUARDDUTY).resource().kind());
    for (String identity : List.of("accessKeyId", "principalId", "userName")) {
      event = event.with("resource/accessKeyDetails/" + identity, identity);
      assertEquals(identity(identity), event.finding(GUARDDUTY).resource());
    }
    for (String cluster :
        List.of("eksClusterDetails", "ecsClusterDetails", "ecsClusterDetails/taskDetails")) {
      event = event.with("resource/" + cluster + "/arn", "arn:" + cluster);
      assertEquals(cloud("arn:" + cluster), event.finding(GUARDDUTY).resource());
    }
    event = event.with("resource/containerDetails/containerId", "c-2");
    assertEquals(ResourceKind.CONTAINER, event.finding(GUARDDUTY).resource().kind());
    event = event.with("resource/containerDetails/id", "c-1");
    assertEquals("c-1", event.finding(GUARDDUTY).resource().name());
    for (String cloud :
        List.of(
            "instanceDetails/instanceId",
            "recoveryPointDetails/recoveryPointArn",
            "ebsSnapshotDetails/snapshotArn",
            "ec2ImageDetails/imageArn",
            "rdsLimitlessDbDetails/dbShardGroupArn",
            "rdsDbInstanceDetails/dbInstanceIdentifier",
            "rdsDbInstanceDetails/dbInstanceArn",
            "lambdaDetails/functionArn")) {
      event = event.with("resource/" + cloud, "arn:" + cloud);
      assertEquals(cloud("arn:" + cloud), event.finding(GUARDDUTY).resource());
    }
    event =
        event.with("resource/s3BucketDetails", List.of(Map.of("arn", "x"), Map.of("name", "b")));
    assertEquals(cloud("bucket/b"), event.finding(GUARDDUTY).resource());
    event = event.with("resource/kubernetesDetails/kubernetesWorkloadDetails/name", "web-1");
    assertEquals(
        new Resource(ResourceKind.KUBERNETES_OBJECT, "eu", null, "workloads/web-1"),
        event.finding(GUARDDUTY).resource());
    event =
        event.with(
            "resource/kubernetesDetails/kubernetesWorkloadDetails/type", "pods",
            "resource/kubernetesDetails/kubernetesWorkloadDetails/namespace", "shop");
    assertEquals(
        new Resource(ResourceKind.POD, "eu", "shop", "web-1"), event.finding(GUARDDUTY).resource());
  }

  @Test
  void thePrincipalIsWhoActedInKubernetesElseWhoseKeyItWas() {
    Event event = SCAN;
    assertNull(event.finding(GUARDDUTY).principal());
    for (String field :
        List.of(
            "rdsDbUserDetails/user",
            "accessKeyDetails/principalId",
            "accessKeyDetails/userName",
            "kubernetesDetails/kubernetesUserDetails/username")) {
      event = event.with("resource/" + field, field);
      assertEquals(field, event.finding(GUARDDUTY).principal());
    }
  }

  // ---- Security Hub

  @Test
  void securityHubIsToldByVersionAndProduct() {
    assertEquals(true, ASFF.recognises(FOUND.tree()));
    assertEquals(false, ASFF.recognises(FOUND.without("SchemaVersion").tree()));
    assertEquals(false, ASFF.recognises(FOUND.with("ProductArn", 1L).tree()));
  }

  @ParameterizedTest
  @CsvSource({
    "0, INFORMATIONAL",
    "1, LOW",
    "39, LOW",
    "40, MEDIUM",
    "69, MEDIUM",
    "70, HIGH",
    "89, HIGH",
    "90, CRITICAL",
    "100, CRITICAL",
  })
  void withoutALabelTheNormalisedNumberCounts(long number, Severity severity) {
    Event event = FOUND.without("Severity/Label").with("Severity/Normalized", number);
    assertEquals(severity, event.finding(ASFF).severity());
    assertEquals(
        Severity.LOW,
        event.with("FindingProviderFields/Severity/Label", "LOW").finding(ASFF).severity());
  }

  @Test
  void aSeverityIsRequiredAndOfItsScale() {
    Event bare = FOUND.without("Severity/Label");
    bare.refused("alert_missing_field", ASFF);
    bare.with("Severity/Normalized", 101L).refused("alert_bad_severity", ASFF);
    bare.with("Severity/Normalized", -1L).refused("alert_bad_severity", ASFF);
    FOUND.with("Severity/Label", "LOUD").refused("alert_bad_severity", ASFF);
  }

  @Test
  void anUpdateOfAFindingIsAnotherAlert() {
    assertEquals("arn:x@" + LAST_SEEN, FOUND.finding(ASFF).alertId());
    assertEquals(CONTEXT.rawDigest().hex(), FOUND.without("Id").finding(ASFF).alertId());
    FOUND.without("UpdatedAt").refused("alert_missing_field", ASFF);
    FOUND.without("Title").refused("alert_missing_field", ASFF);
  }

  @Test
  void theRuleIsTheGeneratorElseTheTitle() {
    assertEquals("g", FOUND.finding(ASFF).rule());
    Event titled = FOUND.without("GeneratorId").with("Title", "t".repeat(400));
    assertEquals("t".repeat(300), titled.finding(ASFF).rule());
    assertEquals("t".repeat(400), titled.finding(ASFF).title());
  }

  @ParameterizedTest
  @CsvSource({
    "PASSED, compliance_passed",
    "failed, compliance_failed",
    "WARNING, compliance_warning",
    "NOT_AVAILABLE, compliance_not_available",
  })
  void theResultOfACheckIsAState(String status, String reason) {
    assertEquals(reason, FOUND.with("Compliance/Status", status).reason(ASFF));
  }

  @Test
  void whatIsSettledSampledOrArchivedIsRecorded() {
    assertEquals("sample_finding", FOUND.with("Sample", true).reason(ASFF));
    assertEquals("archived", FOUND.with("RecordState", "ARCHIVED").reason(ASFF));
    FOUND.with("RecordState", "ACTIVE", "Workflow/Status", "NOTIFIED").finding(ASFF);
    assertEquals("resolved", FOUND.with("Workflow/Status", "RESOLVED").reason(ASFF));
    assertEquals("suppressed", FOUND.with("WorkflowState", "SUPPRESSED").reason(ASFF));
    FOUND.with("Workflow/Status", "NEW", "WorkflowState", "RESOLVED").finding(ASFF);
  }

  @Test
  void vulnerabilitiesAndChecksAreStatesWhereNothingElseIsSaid() {
    String checks = "Software and Configuration Checks";
    assertEquals(
        "vulnerability", FOUND.with("Vulnerabilities", List.of(Map.of("Id", "x"))).reason(ASFF));
    FOUND.with("Vulnerabilities", List.of()).finding(ASFF);
    assertEquals(
        "vulnerability",
        FOUND.with("Types", List.of("TTPs/Impact", checks + "/Vulnerabilities/CVE")).reason(ASFF));
    assertEquals(
        "configuration_check",
        FOUND.with("Types", List.of(checks + "/Best practices")).reason(ASFF));
    FOUND.with("Types", List.of(checks + "/Best practices", "TTPs/Impact")).finding(ASFF);
    FOUND.with("Types", List.of("TTPs/Vulnerabilities")).finding(ASFF);
    FOUND.with("Types", List.of()).finding(ASFF);
  }

  @Test
  void theSecondPartOfATypeIsATactic() {
    Event event =
        FOUND.with(
            "Types",
            List.of(
                "TTPs/Initial Access/x",
                "Effects/Data Exfiltration",
                "Unusual Behaviors/User",
                "Persistence"));

    assertEquals(
        List.of(Tactic.INITIAL_ACCESS, Tactic.EXFILTRATION), event.finding(ASFF).tactics());
  }

  @Test
  void theAccountIsWhatItIsAboutOnlyWhereNothingElseIs() {
    Map<String, Object> account = Map.of("Type", "AwsAccount", "Id", "AWS::::Account:1");
    Map<String, Object> role = Map.of("Type", "AwsIamRole", "Id", "arn:role");
    Map<String, Object> bucket = Map.of("Type", "AwsS3Bucket", "Id", "arn:bucket");

    assertEquals(ResourceKind.UNKNOWN, FOUND.finding(ASFF).resource().kind());
    assertEquals(cloud("AWS::::Account:1"), about(account));
    assertEquals(cloud("arn:bucket"), about(account, bucket, role));
    assertEquals(identity("arn:role"), about(role, bucket));
    assertEquals(cloud("arn:bucket"), about(Map.of("Type", "AwsIamRole"), bucket));
    assertEquals(cloud("r"), about(Map.of("Id", "r")));
  }

  @Test
  void anAccessKeyIsItsPrincipal() {
    Map<String, Object> key =
        Map.of(
            "Type", "AwsIamAccessKey",
            "Id", "AKIA1",
            "Details", Map.of("AwsIamAccessKey", Map.of("PrincipalName", "eve")));

    assertEquals(identity("eve"), about(key));
    assertEquals(identity("AKIA1"), about(Map.of("Type", "AwsIamAccessKey", "Id", "AKIA1")));
    Map<String, Object> bucket = Map.of("Type", "AwsS3Bucket", "Id", "arn:bucket");
    assertEquals("eve", FOUND.with("Resources", List.of(bucket, key)).finding(ASFF).principal());
    assertNull(FOUND.with("Resources", List.of(bucket)).finding(ASFF).principal());
  }

  private static Resource about(Map<?, ?>... resources) {
    return FOUND.with("Resources", List.of((Object[]) resources)).finding(ASFF).resource();
  }
}
