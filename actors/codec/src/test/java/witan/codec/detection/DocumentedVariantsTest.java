package witan.codec.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import witan.domain.detection.Alert;
import witan.domain.detection.Normalised;
import witan.domain.detection.Tactic;

/**
 * What the formats' documentation has besides the usual: other resources, envelopes and spellings.
 * One case as in {@link DocumentedEventsTest}, with the tactics behind the techniques.
 */
class DocumentedVariantsTest {

  /** docs.aws.amazon.com/guardduty, API_Resource and finding types of each protection plan. */
  private static final String GUARDDUTY =
      """
      {"accountId":"1","id":"g","type":"Execution:Runtime/NewBinaryExecuted","severity":5,"updatedAt":"2026-11-23T02:00:00Z","resource":{"resourceType":"EKSCluster","eksClusterDetails":{"arn":"arn:aws:eks:eu-west-1:1:cluster/c"},"instanceDetails":{"instanceId":"i-1"},"kubernetesDetails":{"kubernetesWorkloadDetails":{"name":"web-1","namespace":"shop","type":"pods","containers":[{"name":"web"}]}}},"service":{"runtimeDetails":{"process":{"name":"sh"}}}}
      => finding | guardduty | MEDIUM | POD shop/web-1 | 2026-11-23T02:00:00Z | - | EXECUTION
      {"accountId":"1","id":"g","type":"PrivilegeEscalation:Runtime/ContainerMountsHostDirectory","severity":5,"updatedAt":"2026-11-23T02:00:00Z","resource":{"resourceType":"ECSCluster","ecsClusterDetails":{"arn":"arn:aws:ecs:eu-west-1:1:cluster/c","taskDetails":{"arn":"arn:aws:ecs:eu-west-1:1:task/c/7"}}}}
      => finding | guardduty | MEDIUM | CLOUD_RESOURCE arn:aws:ecs:eu-west-1:1:task/c/7 | 2026-11-23T02:00:00Z | - | PRIVILEGE_ESCALATION
      {"accountId":"1","id":"g","type":"Object:S3/MaliciousFile","severity":8,"updatedAt":"2026-11-23T02:00:00Z","resource":{"resourceType":"S3Object","s3BucketDetails":[{"name":"photos","s3ObjectDetails":[{"key":"x.exe"}]}]}}
      => finding | guardduty | HIGH | CLOUD_RESOURCE bucket/photos | 2026-11-23T02:00:00Z | - | -
      {"accountId":"1","id":"g","type":"CredentialAccess:RDS/AnomalousBehavior.SuccessfulLogin","severity":8,"updatedAt":"2026-11-23T02:00:00Z","resource":{"resourceType":"RDSLimitlessDB","rdsLimitlessDbDetails":{"dbShardGroupArn":"arn:aws:rds:eu-west-1:1:shard-group:s"},"rdsDbUserDetails":{"user":"root"}}}
      => finding | guardduty | HIGH | CLOUD_RESOURCE arn:aws:rds:eu-west-1:1:shard-group:s | 2026-11-23T02:00:00Z | - | CREDENTIAL_ACCESS
      {"accountId":"1","id":"g","type":"Recon:IAMUser/MaliciousIPCaller","severity":5,"updatedAt":"2026-11-23T02:00:00Z","resource":{"resourceType":"AccessKey","accessKeyDetails":{"userName":"bob"}}}
      => finding | guardduty | MEDIUM | IDENTITY bob | 2026-11-23T02:00:00Z | - | RECONNAISSANCE
      {"AccountId":"1","Id":"g","Type":"AttackSequence:S3/CompromisedData","Severity":9.3,"UpdatedAt":"2026-11-23T02:00:00Z","Resource":{"ResourceType":"AttackSequence"},"Service":{"Detection":{"Sequence":{"Resources":[{"Uid":"arn:aws:s3:::photos","ResourceType":"S3_BUCKET"}],"SequenceIndicators":[{"Key":"ATTACK_TACTIC","Values":["Discovery","Exfiltration"]},{"Key":"ATTACK_TECHNIQUE","Values":["T1567.002"]},{"Key":"HIGH_RISK_API","Values":["s3:GetObject"]}]}}}}
      => finding | guardduty | CRITICAL | CLOUD_RESOURCE arn:aws:s3:::photos | 2026-11-23T02:00:00Z | T1567.002 | DISCOVERY,EXFILTRATION
      """;

  /** docs.aws.amazon.com/securityhub, EventBridge event types; sns, HTTP notification format. */
  private static final String AWS_ENVELOPES =
      """
      {"version":"0","detail-type":"Security Hub Findings - Imported","source":"aws.securityhub","detail":{"findings":[{"SchemaVersion":"2018-10-08","Id":"x","ProductArn":"p","GeneratorId":"g","Types":["TTPs/Initial Access/UnauthorizedAccess:EC2-SSHBruteForce"],"UpdatedAt":"2026-11-23T01:00:00Z","Severity":{"Label":"LOW"},"Title":"t","Resources":[{"Type":"AwsAccount","Id":"AWS::::Account:1"},{"Type":"AwsEc2Instance","Id":"i-1"}]}]}}
      => finding | asff | LOW | CLOUD_RESOURCE i-1 | 2026-11-23T01:00:00Z | - | INITIAL_ACCESS
      {"version":"0","detail-type":"Findings Imported V2","source":"aws.securityhub","detail":{"findings":[{"class_uid":2004,"category_uid":2,"time":1700000000000,"severity_id":4,"metadata":{"version":"1.6.0","product":{"uid":"arn:p"}},"finding_info":{"uid":"f","title":"t"},"resources":[{"type":"AwsS3Bucket","uid":"arn:aws:s3:::photos"}]}]}}
      => finding | ocsf | HIGH | CLOUD_RESOURCE arn:aws:s3:::photos | 2023-11-14T22:13:20Z | - | -
      {"Type":"Notification","MessageId":"m","TopicArn":"arn:aws:sns:eu-west-1:1:t","Message":"{\\"detail-type\\":\\"GuardDuty Finding\\",\\"detail\\":{\\"accountId\\":\\"1\\",\\"id\\":\\"g\\",\\"type\\":\\"Discovery:S3/AnomalousBehavior\\",\\"severity\\":2,\\"updatedAt\\":\\"2026-11-23T02:00:00Z\\",\\"resource\\":{}}}","Timestamp":"2026-11-23T02:00:01Z"}
      => finding | guardduty | LOW | UNKNOWN s-1 | 2026-11-23T02:00:00Z | - | DISCOVERY
      {"Type":"SubscriptionConfirmation","TopicArn":"arn:aws:sns:eu-west-1:1:t","Message":"You have chosen to subscribe"}
      => refused:alert_not_json
      """;

  /** learn.microsoft.com/graph: security alert, alert (legacy); defender-endpoint: alerts API. */
  private static final String MICROSOFT =
      """
      {"@odata.type":"#microsoft.graph.security.alert","id":"da6","providerAlertId":"p","status":"new","severity":"high","serviceSource":"microsoftDefenderForEndpoint","detectorId":"d-1","title":"t","category":"DefenseEvasion","mitreTechniques":["T1564.001"],"createdDateTime":"2026-11-23T01:00:05.5Z","lastActivityDateTime":"2026-11-23T01:00:00Z","lastUpdateDateTime":"2026-11-23T01:01:00Z","evidence":[{"@odata.type":"#microsoft.graph.security.userEvidence","userAccount":{"accountName":"bob","userPrincipalName":"bob@x.com"}},{"@odata.type":"#microsoft.graph.security.deviceEvidence","deviceDnsName":"pc-1.x.com"}]}
      => finding | azure | HIGH | HOST pc-1.x.com | 2026-11-23T01:00:00Z | T1564.001 | DEFENSE_EVASION
      {"id":"da7","status":"inProgress","severity":"unknown","serviceSource":"microsoftDefenderForCloud","title":"t","category":"SuspiciousActivity","mitreTechniques":[],"createdDateTime":"2026-11-23T01:00:00Z","evidence":[{"@odata.type":"#microsoft.graph.security.kubernetesPodEvidence","name":"web-1","namespace":{"name":"shop"}}]}
      => finding | azure | UNKNOWN | POD shop/web-1 | 2026-11-23T01:00:00Z | - | -
      {"id":"da8","status":"resolved","severity":"low","serviceSource":"azureAdIdentityProtection","title":"t","createdDateTime":"2026-11-23T01:00:00Z","evidence":[]}
      => recorded:resolved | azure | LOW | UNKNOWN s-1 | 2026-11-23T01:00:00Z | - | -
      {"id":"l1","azureTenantId":"t","category":"MaliciousIP","eventDateTime":"2026-11-23T01:00:00Z","severity":"medium","status":"newAlert","title":"t","vendorInformation":{"provider":"ASC","vendor":"Microsoft"},"hostStates":[{"fqdn":"vm-1.x.com"}],"userStates":[{"userPrincipalName":"bob@x.com"}]}
      => finding | azure | MEDIUM | HOST vm-1.x.com | 2026-11-23T01:00:00Z | - | -
      {"id":"e1","severity":"Informational","status":"New","category":"Execution","title":"t","alertCreationTime":"2026-11-23T01:00:03Z","lastEventTime":"2026-11-23T01:00:00Z","computerDnsName":"pc-1","mitreTechniques":["T1059.001"],"relatedUser":{"userName":"bob"}}
      => finding | azure | INFORMATIONAL | HOST pc-1 | 2026-11-23T01:00:00Z | T1059.001 | EXECUTION
      {"objectSchemaType":"Incident","objectEventType":"Create","object":{"id":"/subscriptions/1/x","type":"Microsoft.SecurityInsights/Incidents","properties":{"incidentNumber":7,"title":"t","severity":"High","status":"New","createdTimeUtc":"2026-11-23T01:00:00Z","additionalData":{"tactics":["InitialAccess"],"techniques":["T1078"]}}}}
      => finding | azure | HIGH | UNKNOWN s-1 | 2026-11-23T01:00:00Z | T1078 | INITIAL_ACCESS
      {"SystemAlertId":"a","AlertType":"T","AlertDisplayName":"d","Severity":"High","TimeGenerated":"2026-11-23T01:00:00Z","Tactics":"Persistence, LateralMovement","CompromisedEntity":"vm-1"}
      => finding | azure | HIGH | HOST vm-1 | 2026-11-23T01:00:00Z | - | PERSISTENCE,LATERAL_MOVEMENT
      """;

  /** cloud.google.com/security-command-center: finding v2, MitreAttack v2. */
  private static final String GCP =
      """
      {"notificationConfigName":"organizations/1/locations/global/notificationConfigs/n","finding":{"name":"organizations/1/sources/2/locations/global/findings/3","category":"Execution: Kubernetes Attack Tool Execution","findingClass":"THREAT","state":"ACTIVE","mute":"UNDEFINED","severity":"CRITICAL","resourceName":"//container.googleapis.com/projects/p/clusters/c","eventTime":"2026-11-23T01:00:00Z","mitreAttack":{"primaryTactic":"EXECUTION","primaryTechniques":["DEPLOY_CONTAINER"],"additionalTactics":["PRIVILEGE_ESCALATION"],"additionalTechniques":["ESCAPE_TO_HOST"]}},"resource":{"name":"//x","cloudProvider":"GOOGLE_CLOUD_PLATFORM"}}
      => finding | gcp-scc | CRITICAL | CLOUD_RESOURCE //container.googleapis.com/projects/p/clusters/c | 2026-11-23T01:00:00Z | T1610,T1611 | EXECUTION,PRIVILEGE_ESCALATION
      """;

  /** elastic.co/guide/en/security, alert schema of 8.x and of 7.x; search hits with "fields". */
  private static final String ELASTIC =
      """
      {"@timestamp":"2026-11-23T01:00:00.123Z","event.kind":"signal","kibana.alert.uuid":"u","kibana.alert.rule.name":"r","kibana.alert.reason":"why","kibana.alert.severity":"critical","kibana.alert.workflow_status":"open","kibana.alert.rule.threat":[{"framework":"MITRE ATT&CK","tactic":{"id":"TA0006","name":"Credential Access"},"technique":[{"id":"T1003","subtechnique":[{"id":"T1003.008"}]}]}],"host":{"name":["db-1"]}}
      => finding | ecs | CRITICAL | HOST db-1 | 2026-11-23T01:00:00.123Z | T1003,T1003.008 | CREDENTIAL_ACCESS
      {"_index":".alerts-security.alerts-default","_id":"u","fields":{"@timestamp":["2026-11-23T01:00:00.123Z"],"event.kind":["signal"],"kibana.alert.uuid":["u"],"kibana.alert.rule.name":["r"],"kibana.alert.severity":["low"],"kibana.alert.rule.threat.tactic.id":["TA0002"],"kibana.alert.rule.threat.technique.id":["T1059","T1204"],"host.name":["web-1"],"user.name":["bob","eve"]}}
      => finding | ecs | LOW | HOST web-1 | 2026-11-23T01:00:00.123Z | T1059,T1204 | EXECUTION
      {"@timestamp":"2026-11-23T01:00:00.123Z","event":{"kind":"signal","id":"of-the-event"},"signal":{"status":"open","rule":{"name":"r","severity":"high","threat":[{"tactic":{"id":"TA0001"},"technique":[{"id":"T1190"}]}]}},"host":{"name":"web-1"}}
      => finding | ecs | HIGH | HOST web-1 | 2026-11-23T01:00:00.123Z | T1190 | INITIAL_ACCESS
      {"@timestamp":"2026-11-23T01:00:00.123Z","event.kind":"signal","kibana.alert.uuid":"u","kibana.alert.rule.name":"r","kibana.alert.severity":"low","kibana.alert.building_block_type":"default","host.name":"h"}
      => recorded:building_block | ecs | LOW | HOST h | 2026-11-23T01:00:00.123Z | - | -
      {"@timestamp":"2026-11-23T01:00:00.123Z","event.kind":"signal","kibana.alert.uuid":"u","kibana.alert.rule.name":"r","kibana.alert.severity":"low","kibana.alert.workflow_status":"closed","host.name":"h"}
      => recorded:closed | ecs | LOW | HOST h | 2026-11-23T01:00:00.123Z | - | -
      {"@timestamp":"2026-11-23T01:00:00.123Z","event":{"kind":"alert","severity":99,"code":"malicious_file"},"threat":{"tactic":{"name":["Impact"]},"technique":{"id":["T1486"]}},"host":{"name":"h"}}
      => finding | ecs | CRITICAL | HOST h | 2026-11-23T01:00:00.123Z | T1486 | IMPACT
      """;

  /** schema.ocsf.io 1.0 to 1.3: Security Finding 2001, Incident Finding 2005, tactics. */
  private static final String OCSF =
      """
      {"class_uid":2001,"category_uid":2,"time":1700000000000,"severity_id":3,"state_id":1,"metadata":{"version":"1.0.0"},"finding":{"uid":"f","title":"t"},"attacks":[{"tactics":[{"uid":"TA0003","name":"Persistence"}],"technique":{"uid":"T1098"}}],"resources":[{"uid":"i-1","type":"AwsEc2Instance"}]}
      => finding | ocsf | MEDIUM | CLOUD_RESOURCE i-1 | 2023-11-14T22:13:20Z | T1098 | PERSISTENCE
      {"class_uid":2001,"category_uid":2,"time":1700000000000,"severity_id":3,"status_id":4,"metadata":{"version":"1.1.0"},"finding":{"uid":"f","title":"t"}}
      => recorded:resolved | ocsf | MEDIUM | UNKNOWN s-1 | 2023-11-14T22:13:20Z | - | -
      {"class_uid":2005,"category_uid":2,"activity_id":1,"time":1700000000000,"severity_id":5,"status_id":3,"metadata":{"version":"1.3.0"},"finding_info_list":[{"uid":"f","title":"t","attacks":[{"tactic":{"uid":"TA0010"},"technique":{"uid":"T1567"}}]}]}
      => finding | ocsf | CRITICAL | UNKNOWN s-1 | 2023-11-14T22:13:20Z | T1567 | EXFILTRATION
      {"class_uid":2005,"category_uid":2,"activity_id":2,"time":1700000000000,"severity_id":5,"status_id":5,"metadata":{"version":"1.3.0"},"finding_info_list":[{"uid":"f","title":"t"}]}
      => recorded:closed | ocsf | CRITICAL | UNKNOWN s-1 | 2023-11-14T22:13:20Z | - | -
      {"class_uid":2002,"category_uid":2,"time":1700000000000,"severity_id":5,"metadata":{"version":"1.2.0"},"finding_info":{"uid":"f","title":"t"},"vulnerabilities":[{"cve":{"uid":"CVE-2026-1"}}]}
      => recorded:vulnerability | ocsf | CRITICAL | UNKNOWN s-1 | 2023-11-14T22:13:20Z | - | -
      """;

  /** falco.org rules' tags; Suricata's ET metadata; Wazuh 4.x rule.mitre. */
  private static final String SENSORS =
      """
      {"uuid":"u","hostname":"n-1","source":"syscall","rule":"r","priority":"Warning","time":"2026-11-23T01:00:00.123456789Z","output":"o","tags":["container","mitre_privilege_escalation","T1611"],"output_fields":{"container.id":"host"}}
      => finding | falco | MEDIUM | HOST n-1 | 2026-11-23T01:00:00.123Z | T1611 | PRIVILEGE_ESCALATION
      {"uuid":"u","source":"k8s_audit","rule":"r","priority":"Notice","time":"2026-11-23T01:00:00Z","output":"o","tags":["k8s","TA0003"],"output_fields":{"ka.target.resource":"deployments","ka.target.namespace":"shop","ka.target.name":"web","ka.user.name":"eve"}}
      => finding | falco | LOW | KUBERNETES_OBJECT shop/deployments/web | 2026-11-23T01:00:00Z | - | PERSISTENCE
      {"timestamp":"2026-11-23T01:02:03.004567+0000","event_type":"alert","src_ip":"10.0.0.1","dest_ip":"10.0.0.2","alert":{"signature_id":1,"severity":1,"metadata":{"mitre_tactic_id":["TA0011"],"mitre_tactic_name":["Command_And_Control"],"mitre_technique_id":["T1071"]}}}
      => finding | suricata | HIGH | NETWORK_FLOW 10.0.0.1 -> 10.0.0.2 | 2026-11-23T01:02:03.004Z | T1071 | COMMAND_AND_CONTROL
      {"timestamp":"2026-11-23T01:02:03.004+0000","id":"1.2","rule":{"id":"5712","level":10,"description":"d","mitre":{"id":["T1110"],"tactic":["Credential Access","Lateral Movement"],"technique":["Brute Force"]}},"agent":{"id":"001","name":"web-1"}}
      => finding | wazuh | MEDIUM | HOST web-1 | 2026-11-23T01:02:03.004Z | T1110 | CREDENTIAL_ACCESS,LATERAL_MOVEMENT
      """;

  @TestFactory
  List<DynamicTest> whatTheDocumentationHasBesides() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String table : List.of(GUARDDUTY, AWS_ENVELOPES, MICROSOFT, GCP, ELASTIC, OCSF, SENSORS)) {
      List<String> lines = table.lines().toList();
      for (int i = 0; i < lines.size(); i += 2) {
        String event = lines.get(i);
        String expected = lines.get(i + 1).substring("=> ".length());
        String name = event.substring(0, Math.min(60, event.length())) + " " + expected;
        tests.add(
            DynamicTest.dynamicTest(
                name, () -> assertEquals(expected, row(Events.normalise(event)), event)));
      }
    }
    return tests;
  }

  private static String row(Normalised n) {
    Alert alert = Events.alert(n);
    if (alert == null) {
      return Events.row(n);
    }
    String tactics = alert.tactics().stream().map(Tactic::name).collect(Collectors.joining(","));
    return Events.row(n) + " | " + (tactics.isEmpty() ? "-" : tactics);
  }

  /** cloud.google.com/pubsub: push delivery; the message's data is Base64. */
  @Test
  void aPushOfPubSubHoldsTheNotification() {
    String notification = GCP.lines().toList().get(0);
    String data = Base64.getEncoder().encodeToString(notification.getBytes(StandardCharsets.UTF_8));
    String push =
        "{\"message\":{\"data\":\"%s\",\"messageId\":\"7\"},\"subscription\":\"projects/p/s\"}";
    assertEquals(row(Events.normalise(notification)), row(Events.normalise(push.formatted(data))));
    assertEquals("refused:alert_not_json", row(Events.normalise(push.formatted("AAAA"))));
    assertEquals("refused:alert_not_json", row(Events.normalise(push.formatted("no base 64"))));
  }

  @Test
  void anElasticHitWithItsSourceIsTheSource() {
    for (String event : ELASTIC.lines().filter(l -> l.startsWith("{\"@timestamp")).toList()) {
      String hit = "{\"_index\":\"i\",\"_id\":\"1\",\"_source\":" + event + "}";
      assertEquals(row(Events.normalise(event)), row(Events.normalise(hit)));
    }
  }

  @Test
  void twoRulesThatFoundOneEventAreTwoAlerts() {
    String one = ELASTIC.lines().filter(l -> l.contains("of-the-event")).findFirst().orElseThrow();
    String other = one.replace("\"name\":\"r\"", "\"name\":\"q\"");
    assertNotEquals(
        Events.alert(Events.normalise(one)).alertId(),
        Events.alert(Events.normalise(other)).alertId());
  }

  @Test
  void aFormatThatIsNamedTakesTheVariantsToo() {
    for (String event : MICROSOFT.lines().filter(l -> l.startsWith("{")).toList()) {
      byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
      assertEquals(row(Events.normalise(event)), row(Events.normalise(bytes, "azure")), event);
    }
  }
}
