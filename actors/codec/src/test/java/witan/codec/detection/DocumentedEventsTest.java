package witan.codec.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import witan.domain.detection.Normalised;

/**
 * Small events made from each format's documentation, and what the documentation says of them. One
 * case is an event, a line that starts with {@code =>}, and what is expected: outcome, format,
 * severity, resource, time, techniques.
 */
class DocumentedEventsTest {

  /** https://schema.ocsf.io: severity_id 0-6 and 99, time in ms, attacks, status_id, classes. */
  private static final String OCSF =
      """
      {"class_uid":2004,"category_uid":2,"activity_id":1,"type_uid":200401,"time":1700000000123,"severity_id":5,"metadata":{"version":"1.5.0","product":{"name":"p"}},"finding_info":{"uid":"f-1","title":"t","analytic":{"name":"a"},"attacks":[{"technique":{"uid":"T1059"},"sub_technique":{"uid":"T1059.004"},"tactic":{"uid":"TA0002"}}]},"resources":[{"uid":"web-1","type":"Pod","namespace":"shop","name":"web-1"}]}
      => finding | ocsf | CRITICAL | POD shop/web-1 | 2023-11-14T22:13:20.123Z | T1059,T1059.004
      {"class_uid":2004,"category_uid":2,"time":1700000000000,"severity_id":6,"finding_info":{"title":"t"},"attacks":[{"technique":{"uid":"T1078"}}],"device":{"hostname":"db-1"}}
      => finding | ocsf | FATAL | HOST db-1 | 2023-11-14T22:13:20Z | T1078
      {"class_uid":2004,"category_uid":2,"time":1700000000000,"severity_id":99,"severity":"High","finding_info":{"title":"t"},"container":{"uid":"c0ffee"}}
      => finding | ocsf | HIGH | CONTAINER c0ffee | 2023-11-14T22:13:20Z | -
      {"class_uid":2004,"category_uid":2,"time":1700000000000,"severity_id":4,"activity_id":3,"finding_info":{"title":"t"}}
      => recorded:closed | ocsf | HIGH | UNKNOWN s-1 | 2023-11-14T22:13:20Z | -
      {"class_uid":2004,"category_uid":2,"time":1700000000000,"severity_id":4,"status_id":4,"finding_info":{"title":"t"}}
      => recorded:resolved | ocsf | HIGH | UNKNOWN s-1 | 2023-11-14T22:13:20Z | -
      {"class_uid":2004,"category_uid":2,"time":1700000000000,"severity_id":7,"finding_info":{"title":"t"}}
      => refused:alert_bad_severity
      {"class_uid":2003,"category_uid":2,"time":1700000000000,"severity_id":4,"finding_info":{"title":"t"},"compliance":{"status_id":3}}
      => recorded:compliance_finding | ocsf | HIGH | UNKNOWN s-1 | 2023-11-14T22:13:20Z | -
      {"class_uid":4001,"category_uid":4,"time":1700000000000,"severity_id":1,"metadata":{},"src_endpoint":{"ip":"2001:db8::1","port":1},"dst_endpoint":{"ip":"10.0.0.2","port":443}}
      => recorded:ocsf_class_4001 | ocsf | INFORMATIONAL | NETWORK_FLOW [2001:db8::1]:1 -> 10.0.0.2:443 | 2023-11-14T22:13:20Z | -
      {"class_uid":2004,"category_uid":2,"severity_id":4,"finding_info":{"title":"t"}}
      => refused:alert_missing_field
      """;

  /** docs.suricata.io, EVE JSON format; priority 1 is the highest; ET metadata. */
  private static final String SURICATA =
      """
      {"timestamp":"2026-11-23T01:02:03.004567+0100","flow_id":1,"event_type":"alert","src_ip":"10.0.0.1","src_port":1234,"dest_ip":"10.0.0.2","dest_port":80,"proto":"TCP","alert":{"action":"allowed","gid":1,"signature_id":2010935,"rev":2,"signature":"ET SCAN","category":"c","severity":1,"metadata":{"mitre_technique_id":["T1190"],"mitre_tactic_id":["TA0001"]}}}
      => finding | suricata | HIGH | NETWORK_FLOW 10.0.0.1:1234 -> 10.0.0.2:80 | 2026-11-23T00:02:03.004Z | T1190
      {"timestamp":"2026-11-23T01:02:03.004567-0600","event_type":"alert","src_ip":"fe80::1","src_port":1,"dest_ip":"fe80::2","dest_port":2,"alert":{"signature_id":1,"severity":2,"signature":"s"}}
      => finding | suricata | MEDIUM | NETWORK_FLOW [fe80::1]:1 -> [fe80::2]:2 | 2026-11-23T07:02:03.004Z | -
      {"timestamp":"2026-11-23T01:02:03.004567+0000","event_type":"alert","src_ip":"10.0.0.1","dest_ip":"10.0.0.2","proto":"ICMP","alert":{"signature_id":1,"severity":3}}
      => finding | suricata | LOW | NETWORK_FLOW 10.0.0.1 -> 10.0.0.2 | 2026-11-23T01:02:03.004Z | -
      {"timestamp":"2026-11-23T01:02:03.004567+0000","event_type":"stats","host":"ids-1","stats":{"uptime":1}}
      => recorded:suricata_stats | suricata | INFORMATIONAL | HOST ids-1 | 2026-11-23T01:02:03.004Z | -
      {"timestamp":"2026-11-23T01:02:03.004567+0000","event_type":"flow","src_ip":"10.0.0.1","dest_ip":"10.0.0.2"}
      => recorded:suricata_flow | suricata | INFORMATIONAL | NETWORK_FLOW 10.0.0.1 -> 10.0.0.2 | 2026-11-23T01:02:03.004Z | -
      {"event_type":"alert","alert":{"signature_id":1,"severity":1}}
      => refused:alert_missing_field
      {"timestamp":"2026-11-23T01:02:03Z","event_type":"alert","alert":{"signature_id":1,"severity":"1"}}
      => refused:alert_wrong_type
      """;

  /** docs.aws.amazon.com/guardduty: severity levels, resource details, EventBridge. */
  private static final String GUARDDUTY =
      """
      {"schemaVersion":"2.0","accountId":"1","region":"eu-west-1","id":"g1","type":"Backdoor:EC2/C&CActivity.B!DNS","severity":8.9,"updatedAt":"2026-11-23T02:00:00.000Z","title":"t","resource":{"resourceType":"Instance","instanceDetails":{"instanceId":"i-1"}},"service":{"eventLastSeen":"2026-11-23T01:00:00.000Z"}}
      => finding | guardduty | HIGH | CLOUD_RESOURCE i-1 | 2026-11-23T01:00:00Z | -
      {"SchemaVersion":"2.0","AccountId":"1","Id":"g1","Type":"UnauthorizedAccess:IAMUser/TorIPCaller","Severity":5,"UpdatedAt":"2026-11-23T02:00:00.000Z","Title":"t","Resource":{"ResourceType":"AccessKey","AccessKeyDetails":{"AccessKeyId":"AKIA1","UserName":"bob"}},"Service":{"EventLastSeen":"2026-11-23T01:00:00.000Z"}}
      => finding | guardduty | MEDIUM | IDENTITY bob | 2026-11-23T01:00:00Z | -
      {"accountId":"1","id":"g1","type":"Execution:Kubernetes/ExecInKubeSystemPod","severity":9.5,"updatedAt":"2026-11-23T02:00:00.000Z","resource":{"resourceType":"EKSCluster","eksClusterDetails":{"arn":"arn:aws:eks:eu-west-1:1:cluster/c"},"kubernetesDetails":{"kubernetesWorkloadDetails":{"name":"web-1","namespace":"shop","type":"pods"},"kubernetesUserDetails":{"username":"eve"}}},"service":{"eventLastSeen":"2026-11-23T01:00:00.000Z"}}
      => finding | guardduty | CRITICAL | POD shop/web-1 | 2026-11-23T01:00:00Z | -
      {"version":"0","detail-type":"GuardDuty Finding","source":"aws.guardduty","detail":{"accountId":"1","id":"g1","type":"Policy:S3/BucketAnonymousAccessGranted","severity":3.9,"updatedAt":"2026-11-23T02:00:00.000Z","resource":{"resourceType":"S3Bucket","s3BucketDetails":[{"name":"photos","arn":"arn:aws:s3:::photos"}],"accessKeyDetails":{"userName":"bob"}},"service":{"eventLastSeen":"2026-11-23T01:00:00.000Z"}}}
      => finding | guardduty | LOW | CLOUD_RESOURCE bucket/photos | 2026-11-23T01:00:00Z | -
      {"accountId":"1","id":"g1","type":"Recon:EC2/Portscan","severity":5,"updatedAt":"2026-11-23T02:00:00Z","resource":{},"service":{"archived":true}}
      => recorded:archived | guardduty | MEDIUM | UNKNOWN s-1 | 2026-11-23T02:00:00Z | -
      {"accountId":"1","id":"g1","type":"Recon:EC2/Portscan","severity":5,"updatedAt":"2026-11-23T02:00:00Z","resource":{},"service":{"additionalInfo":{"sample":true}}}
      => recorded:sample_finding | guardduty | MEDIUM | UNKNOWN s-1 | 2026-11-23T02:00:00Z | -
      {"accountId":"1","id":"g1","type":"Recon:EC2/Portscan","severity":10.1,"updatedAt":"2026-11-23T02:00:00Z","resource":{}}
      => refused:alert_bad_severity
      """;

  /** docs.aws.amazon.com/securityhub: ASFF; Severity.Normalized 0, 1-39, 40-69, 70-89, 90-100. */
  private static final String ASFF =
      """
      {"SchemaVersion":"2018-10-08","Id":"arn:x","ProductArn":"arn:aws:securityhub:eu-west-1::product/aws/guardduty","GeneratorId":"g","Types":["TTPs/Command and Control/Backdoor"],"UpdatedAt":"2026-11-23T01:00:00.000Z","Severity":{"Label":"CRITICAL","Normalized":90},"Title":"t","Resources":[{"Type":"AwsEc2Instance","Id":"arn:aws:ec2:eu-west-1:1:instance/i-1"}]}
      => finding | asff | CRITICAL | CLOUD_RESOURCE arn:aws:ec2:eu-west-1:1:instance/i-1 | 2026-11-23T01:00:00Z | -
      {"SchemaVersion":"2018-10-08","Id":"x","ProductArn":"p","Types":["Unusual Behaviors/User"],"UpdatedAt":"2026-11-23T01:00:00Z","Severity":{"Normalized":69},"Title":"t","Resources":[{"Type":"AwsIamAccessKey","Id":"AKIA1","Details":{"AwsIamAccessKey":{"PrincipalName":"bob"}}}]}
      => finding | asff | MEDIUM | IDENTITY bob | 2026-11-23T01:00:00Z | -
      {"SchemaVersion":"2018-10-08","Id":"x","ProductArn":"p","UpdatedAt":"2026-11-23T01:00:00Z","Severity":{"Normalized":70},"Title":"t"}
      => finding | asff | HIGH | UNKNOWN s-1 | 2026-11-23T01:00:00Z | -
      {"SchemaVersion":"2018-10-08","Id":"x","ProductArn":"p","UpdatedAt":"2026-11-23T01:00:00Z","Severity":{"Label":"INFORMATIONAL"},"Title":"t","Compliance":{"Status":"PASSED"},"Resources":[{"Id":"r"}]}
      => recorded:compliance_passed | asff | INFORMATIONAL | CLOUD_RESOURCE r | 2026-11-23T01:00:00Z | -
      {"SchemaVersion":"2018-10-08","Id":"x","ProductArn":"p","UpdatedAt":"2026-11-23T01:00:00Z","Severity":{"Label":"HIGH"},"Title":"t","Types":["Software and Configuration Checks/Vulnerabilities/CVE"]}
      => recorded:vulnerability | asff | HIGH | UNKNOWN s-1 | 2026-11-23T01:00:00Z | -
      {"SchemaVersion":"2018-10-08","Id":"x","ProductArn":"p","UpdatedAt":"2026-11-23T01:00:00Z","Severity":{"Label":"HIGH"},"Title":"t","RecordState":"ARCHIVED"}
      => recorded:archived | asff | HIGH | UNKNOWN s-1 | 2026-11-23T01:00:00Z | -
      {"SchemaVersion":"2018-10-08","Id":"x","ProductArn":"p","UpdatedAt":"2026-11-23T01:00:00Z","Title":"t"}
      => refused:alert_missing_field
      {"detail-type":"Security Hub Findings - Imported","detail":{"findings":[{"SchemaVersion":"1"},{"SchemaVersion":"1"}]}}
      => refused:alert_several_findings
      """;

  /** learn.microsoft.com: SecurityAlert table, alerts REST API, entities reference. */
  private static final String AZURE =
      """
      {"SystemAlertId":"a","AlertType":"VM_X","AlertDisplayName":"d","Severity":"High","TimeGenerated":"2026-11-23 01:00:00","CompromisedEntity":"vm-1","Entities":"","Techniques":"[\\"T1078\\"]","SubTechniques":"[\\"T1078.004\\"]"}
      => finding | azure | HIGH | HOST vm-1 | 2026-11-23T01:00:00Z | T1078,T1078.004
      {"SystemAlertId":"a","AlertName":"n","AlertSeverity":"Informational","TimeGenerated":"2026-11-23T01:00:00.1234567Z","Type":"SecurityAlert","Entities":"[{\\"$id\\":\\"2\\",\\"Name\\":\\"shop\\",\\"Type\\":\\"K8s-namespace\\"},{\\"$id\\":\\"3\\",\\"Name\\":\\"web-1\\",\\"Namespace\\":{\\"$ref\\":\\"2\\"},\\"Type\\":\\"K8s-pod\\"}]"}
      => finding | azure | INFORMATIONAL | POD shop/web-1 | 2026-11-23T01:00:00.123Z | -
      {"id":"/subscriptions/1/x","type":"Microsoft.Security/Locations/alerts","properties":{"systemAlertId":"a","alertType":"T","alertDisplayName":"d","severity":"Low","timeGeneratedUtc":"2026-11-23T01:00:00Z","compromisedEntity":"/subscriptions/1/vm","entities":[{"$id":"1","address":"10.0.0.1","type":"ip"}]}}
      => finding | azure | LOW | CLOUD_RESOURCE /subscriptions/1/vm | 2026-11-23T01:00:00Z | -
      {"SystemAlertId":"a","AlertType":"T","AlertDisplayName":"d","Severity":"Medium","StartTimeUtc":"2026-11-23T01:00:00Z","Entities":[{"Type":"account","Name":"bob","UPNSuffix":"x.com"}]}
      => finding | azure | MEDIUM | IDENTITY bob@x.com | 2026-11-23T01:00:00Z | -
      {"SystemAlertId":"a","AlertType":"T","AlertDisplayName":"[SAMPLE ALERT] d","Severity":"High","TimeGenerated":"2026-11-23T01:00:00Z"}
      => recorded:sample_alert | azure | HIGH | UNKNOWN s-1 | 2026-11-23T01:00:00Z | -
      {"SystemAlertId":"a","AlertType":"T","AlertDisplayName":"d","Severity":"High","TimeGenerated":"2026-11-23T01:00:00Z","Status":"Dismissed"}
      => recorded:dismissed | azure | HIGH | UNKNOWN s-1 | 2026-11-23T01:00:00Z | -
      {"SystemAlertId":"a","AlertType":"T","AlertDisplayName":"d","TimeGenerated":"2026-11-23T01:00:00Z"}
      => refused:alert_missing_field
      """;

  /** cloud.google.com/security-command-center: Finding, MitreAttack, notifications. */
  private static final String GCP =
      """
      {"notificationConfigName":"n","finding":{"name":"organizations/1/sources/2/findings/3","category":"Execution: Added Binary Executed","findingClass":"THREAT","state":"ACTIVE","severity":"HIGH","resourceName":"//container.googleapis.com/projects/p/clusters/c","eventTime":"2026-11-23T01:00:00.123456Z","mitreAttack":{"primaryTactic":"EXECUTION","primaryTechniques":["UNIX_SHELL","COMMAND_AND_SCRIPTING_INTERPRETER"],"additionalTechniques":["NEWER_THAN_US"]},"kubernetes":{"pods":[{"ns":"shop","name":"web-1"}]}}}
      => finding | gcp-scc | HIGH | POD shop/web-1 | 2026-11-23T01:00:00.123Z | T1059,T1059.004
      {"finding":{"name":"organizations/1/sources/2/findings/3","category":"C2: Bad IP","state":"ACTIVE","resourceName":"//compute.googleapis.com/projects/p/instances/4","eventTime":"2026-11-23T01:00:00Z","sourceProperties":{"SeverityLevel":"Low"}}}
      => finding | gcp-scc | LOW | CLOUD_RESOURCE //compute.googleapis.com/projects/p/instances/4 | 2026-11-23T01:00:00Z | -
      {"finding":{"name":"organizations/1/sources/2/findings/3","category":"PUBLIC_BUCKET_ACL","findingClass":"MISCONFIGURATION","state":"ACTIVE","severity":"CRITICAL","resourceName":"//storage.googleapis.com/b","eventTime":"2026-11-23T01:00:00Z"}}
      => recorded:misconfiguration | gcp-scc | CRITICAL | CLOUD_RESOURCE //storage.googleapis.com/b | 2026-11-23T01:00:00Z | -
      {"finding":{"name":"organizations/1/sources/2/findings/3","category":"C2: Bad IP","findingClass":"THREAT","state":"INACTIVE","severity":"SEVERITY_UNSPECIFIED","resourceName":"r","eventTime":"2026-11-23T01:00:00Z"}}
      => recorded:inactive | gcp-scc | UNKNOWN | CLOUD_RESOURCE r | 2026-11-23T01:00:00Z | -
      {"finding":{"category":"C2: Bad IP","state":"ACTIVE","severity":"HIGH"}}
      => refused:alert_missing_field
      """;

  /** documentation.wazuh.com: rules classification; dashboard severities. */
  private static final String WAZUH =
      """
      {"timestamp":"2026-11-23T01:00:00.123+0000","rule":{"level":10,"id":"5712","description":"d","mitre":{"id":["T1110"],"tactic":["Credential Access"]}},"agent":{"id":"001","name":"web-1"},"manager":{"name":"m"},"id":"1.2"}
      => finding | wazuh | MEDIUM | HOST web-1 | 2026-11-23T01:00:00.123Z | T1110
      {"timestamp":"2026-11-23T01:00:00.123+0000","rule":{"level":15,"id":"1"},"agent":{"id":"001"}}
      => finding | wazuh | CRITICAL | HOST 001 | 2026-11-23T01:00:00.123Z | -
      {"timestamp":"2026-11-23T01:00:00.123+0000","rule":{"level":12,"id":"1"},"manager":{"name":"m"}}
      => finding | wazuh | HIGH | HOST m | 2026-11-23T01:00:00.123Z | -
      {"timestamp":"2026-11-23T01:00:00.123+0000","rule":{"level":4,"id":"1"},"agent":{"name":"a"}}
      => finding | wazuh | LOW | HOST a | 2026-11-23T01:00:00.123Z | -
      {"timestamp":"2026-11-23T01:00:00.123+0000","rule":{"level":3,"id":"5501"},"agent":{"name":"a"}}
      => recorded:no_security_relevance | wazuh | INFORMATIONAL | HOST a | 2026-11-23T01:00:00.123Z | -
      {"timestamp":"2026-11-23T01:00:00.123+0000","rule":{"level":7,"id":"19009"},"agent":{"name":"a"},"data":{"sca":{"check":{"result":"failed"}}}}
      => recorded:compliance_check | wazuh | MEDIUM | HOST a | 2026-11-23T01:00:00.123Z | -
      {"timestamp":"2026-11-23T01:00:00.123+0000","rule":{"level":17,"id":"1"},"agent":{"name":"a"}}
      => refused:alert_bad_severity
      """;

  /** elastic.co: ECS, event.kind; Elastic Security alert schema. */
  private static final String ECS =
      """
      {"@timestamp":"2026-11-23T01:00:00.123Z","event":{"kind":"alert","severity":73},"rule":{"name":"r"},"host":{"name":"h"},"threat":{"technique":{"id":["T1059"],"subtechnique":{"id":["T1059.001"]}}}}
      => finding | ecs | HIGH | HOST h | 2026-11-23T01:00:00.123Z | T1059,T1059.001
      {"@timestamp":"2026-11-23T01:00:00.123Z","event.kind":"signal","kibana.alert.uuid":"u","kibana.alert.severity":"critical","kibana.alert.rule.name":"r","kibana.alert.rule.threat":[{"technique":[{"id":"T1078","subtechnique":[{"id":"T1078.004"}]}]}],"orchestrator.resource.type":"pod","orchestrator.resource.name":"web-1","orchestrator.namespace":"shop"}
      => finding | ecs | CRITICAL | POD shop/web-1 | 2026-11-23T01:00:00.123Z | T1078,T1078.004
      {"@timestamp":"2026-11-23T01:00:00.123Z","event":{"kind":"alert","severity":3},"rule":{"id":"1"},"user":{"name":"bob"}}
      => finding | ecs | UNKNOWN | IDENTITY bob | 2026-11-23T01:00:00.123Z | -
      {"@timestamp":"2026-11-23T01:00:00.123Z","event":{"kind":"metric","dataset":"system.cpu"},"host":{"name":"h"}}
      => recorded:ecs_metric | ecs | UNKNOWN | HOST h | 2026-11-23T01:00:00.123Z | -
      {"_index":"i","_source":{"@timestamp":"2026-11-23T01:00:00.123Z","event":{"kind":"alert","severity":21,"code":"c"},"source":{"ip":"10.0.0.1","port":1},"destination":{"ip":"10.0.0.2"}}}
      => finding | ecs | LOW | NETWORK_FLOW 10.0.0.1:1 -> 10.0.0.2 | 2026-11-23T01:00:00.123Z | -
      {"@timestamp":"2026-11-23T01:00:00.123Z","event":{"kind":"alert"}}
      => refused:alert_missing_field
      """;

  /** github.com/cloudevents/spec 1.0.2: required attributes, names, data and data_base64. */
  private static final String CLOUDEVENTS =
      """
      {"specversion":"1.0","id":"1","source":"//s","type":"falco.rule.output.v1","datacontenttype":"application/json","data":{"rule":"r","priority":"Error","time":"2026-11-23T01:00:00Z"}}
      => finding | falco | HIGH | UNKNOWN s-1 | 2026-11-23T01:00:00Z | -
      {"specversion":"1.0","id":"1","source":"//s","type":"t","data_base64":"eyJydWxlIjoiciIsInByaW9yaXR5IjoiRXJyb3IiLCJ0aW1lIjoiMjAyNi0xMS0yM1QwMTowMDowMFoifQ=="}
      => finding | falco | HIGH | UNKNOWN s-1 | 2026-11-23T01:00:00Z | -
      {"specversion":"1.0","id":"1","source":"//s","type":"t","data":{"hello":"world"}}
      => refused:alert_unknown_format
      {"specversion":"1.0","id":"1","source":"//s","type":"falco.rule.output.v1","data":{"hello":"world"}}
      => refused:alert_missing_field
      {"specversion":"1.0","id":"","source":"//s","type":"t","data":{}}
      => refused:cloudevent_invalid
      {"specversion":"1.0","id":"1","source":"//s","type":"t","aName":1,"data":{}}
      => refused:cloudevent_invalid
      {"specversion":"1.0","id":"1","source":"//s","type":"t","data":{},"data_base64":"e30="}
      => refused:cloudevent_invalid
      {"specversion":"1.0","id":"1","source":"//s","type":"t","datacontenttype":"text/xml","data":"<a/>"}
      => refused:cloudevent_not_json
      {"specversion":"0.3","id":"1","source":"//s","type":"t","data":{}}
      => refused:cloudevent_version
      {"specversion":"1.0","id":"1","source":"//s","type":"t"}
      => refused:cloudevent_no_data
      """;

  @TestFactory
  List<DynamicTest> whatTheDocumentationSays() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String table :
        List.of(OCSF, SURICATA, GUARDDUTY, ASFF, AZURE, GCP, WAZUH, ECS, CLOUDEVENTS)) {
      List<String> lines = table.lines().toList();
      for (int i = 0; i < lines.size(); i += 2) {
        String event = lines.get(i);
        String expected = lines.get(i + 1).substring("=> ".length());
        String name = event.substring(0, Math.min(60, event.length())) + " " + expected;
        tests.add(
            DynamicTest.dynamicTest(
                name, () -> assertEquals(expected, Events.row(Events.normalise(event)), event)));
      }
    }
    return tests;
  }

  @Test
  void anUpdateOfAFindingIsAnotherAlertAndItsRedeliveryIsNot() {
    String first = GUARDDUTY.lines().toList().get(0);
    String update = first.replace("2026-11-23T02:00", "2026-11-23T03:00");
    assertEquals(id(first), id(first.replace("\"title\":\"t\"", "\"title\":\"u\"")));
    assertNotEquals(id(first), id(update));
  }

  @Test
  void aCloudEventWhoseAlertHasNoIdGivesItItsOwn() {
    assertEquals("//s#1", id(CLOUDEVENTS.lines().toList().get(0)));
  }

  @Test
  void whatLooksLikeTwoFormatsIsRefusedUntilTheSenderNamesOne() {
    String both =
        "{\"rule\":\"r\",\"priority\":\"Error\",\"time\":\"2026-11-23T01:00:00Z\","
            + "\"event_type\":\"alert\",\"timestamp\":\"2026-11-23T01:00:00Z\","
            + "\"alert\":{\"signature_id\":7,\"severity\":1}}";
    assertEquals("refused:alert_ambiguous_format", Events.outcome(Events.normalise(both)));
    Normalised.Unreadable said = (Normalised.Unreadable) Events.normalise(both);
    assertTrue(said.refusal().message().contains("falco"), said::toString);
    assertTrue(said.refusal().message().contains("suricata"), said::toString);
    byte[] bytes = both.getBytes(StandardCharsets.UTF_8);
    assertEquals("finding", Events.outcome(Events.normalise(bytes, "suricata-eve")));
    assertEquals("finding", Events.outcome(Events.normalise(bytes, "falco")));
    assertEquals("refused:alert_unknown_format", Events.outcome(Events.normalise(bytes, "nosuch")));
  }

  @Test
  void namesOfOneThingMeet() {
    assertEquals(
        key(GUARDDUTY.lines().toList().get(0)), key(ASFF.lines().toList().get(0)), "instance");
    String scan = SURICATA.lines().toList().get(0);
    assertEquals(key(scan), key(scan.replace("\"dest_port\":80", "\"dest_port\":8080")));
    assertNotEquals(key(scan), key(scan.replace("10.0.0.2", "10.0.0.3")));
  }

  private static String id(String event) {
    return Events.alert(Events.normalise(event)).alertId();
  }

  private static String key(String event) {
    return Events.alert(Events.normalise(event)).resource().correlationKey();
  }
}
