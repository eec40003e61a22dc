package witan.http.error;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The one table from refusal code to HTTP status. It names the codes of the whole system that can
 * reach a caller; the wire name of a constant is its name in lower case. A code from below that is
 * not listed is answered with {@link #DEFAULT_STATUS}.
 */
public enum Code {
  // The request as such.
  REQUEST_MALFORMED(400, "The request is not well-formed HTTP"),
  NOT_FOUND(404, "No such resource"),
  METHOD_NOT_ALLOWED(405, "Method not allowed"),
  UNSUPPORTED_MEDIA_TYPE(415, "Media type not supported"),
  UNSUPPORTED_ENCODING(415, "Content encoding not supported"),
  BODY_TOO_LARGE(413, "Body too large"),
  BODY_TIMEOUT(408, "The body did not arrive in time"),
  BODY_NOT_GZIP(400, "The body is not gzip"),
  BATCH_TOO_LONG(413, "Too many alerts in one batch"),
  BATCH_EMPTY(400, "The batch has no alerts"),
  URI_TOO_LONG(414, "The URI is too long"),
  HEADERS_TOO_LARGE(431, "The headers are too large"),
  UNKNOWN_PARAMETER(400, "Unknown query parameter"),
  PARAMETER_INVALID(400, "Query parameter not valid"),
  PARAMETER_MISSING(400, "Query parameter missing"),
  IDEMPOTENCY_KEY_INVALID(400, "Idempotency-Key not valid"),
  LAST_EVENT_ID_INVALID(400, "Last-Event-ID not valid"),
  LOG_INDEX_INVALID(400, "Witan-Log-Index not valid"),

  // JSON.
  JSON_MALFORMED(400, "Not well-formed JSON"),
  JSON_DUPLICATE_NAME(400, "A name twice in a JSON object"),
  JSON_TOO_LARGE(413, "JSON too large or too deep"),
  JSON_BAD_TEXT(400, "Not valid Unicode"),
  JSON_UNKNOWN_FIELD(400, "Unknown field"),
  JSON_MISSING_FIELD(400, "Field missing"),
  JSON_NULL(400, "Null where a value is needed"),
  JSON_WRONG_TYPE(400, "Value of another type"),
  JSON_BAD_VALUE(400, "Value not valid"),
  JSON_OUT_OF_RANGE(400, "Number out of range"),

  // Who asks.
  UNAUTHENTICATED(401, "No bearer token"),
  TOKEN_INVALID(401, "Bearer token not valid"),
  TOKEN_EXPIRED(401, "Bearer token expired"),
  FORBIDDEN(403, "Role not sufficient"),
  CLUSTER_NOT_ALLOWED(403, "The sensor may not speak for this cluster"),
  FORMAT_NOT_ALLOWED(403, "The sensor may not send this format"),

  // Alerts.
  RATE_LIMITED(429, "The sensor sends more than it may"),
  ALERT_AMBIGUOUS_FORMAT(422, "The alert passes for several formats"),
  ALERT_SEVERAL_FINDINGS(422, "One event with several findings"),
  ALERT_BAD_SEVERITY(422, "The alert's severity is not known"),
  ALERT_BAD_NUMBER(422, "A number of the alert is too long"),
  ALERT_SIGNATURE(422, "The alert is not what its sensor signed"),
  CLOUDEVENT_INVALID(422, "Not a valid CloudEvent"),
  CLOUDEVENT_VERSION(422, "CloudEvents version not supported"),
  CLOUDEVENT_NO_DATA(422, "The CloudEvent has no data"),
  ALERT_NOT_JSON(422, "What should hold the alert is not JSON"),
  CLOUDEVENT_NOT_JSON(422, "The CloudEvent's data is not JSON"),
  ALERT_UNKNOWN_FORMAT(422, "Alert format not known"),
  ALERT_NOT_AN_OBJECT(422, "An alert is a JSON object"),
  ALERT_MISSING_FIELD(422, "A field of the alert is missing"),
  ALERT_WRONG_TYPE(422, "A field of the alert has another type"),
  ALERT_TOO_LONG(422, "A field of the alert is too long"),
  ALERT_BAD_NAME(422, "A name in the alert is not valid"),
  ALERT_BAD_PRIORITY(422, "The alert's priority is not known"),
  ALERT_BAD_TIME(422, "The alert's time is not valid"),
  CASE_FULL(409, "The case has as many alerts as it can hold"),
  TOO_MANY_PENDING(503, "Too many alerts of one resource are under way"),
  WRONG_CASE(409, "The alert belongs to another case"),
  WRONG_COUNCIL(409, "The case belongs to another council"),

  // The council.
  COUNCIL_NOT_FOUND(404, "No council is founded yet"),
  COUNCIL_EXISTS(409, "The council exists"),
  CHARTER_COUNCIL_ID(422, "Charter: council id"),
  CHARTER_NAME(422, "Charter: name"),
  CHARTER_DOMAIN(422, "Charter: EIP-712 domain"),
  CHARTER_SEAT(422, "Charter: a seat"),
  CHARTER_ROLE(422, "Charter: a seat's role"),
  CHARTER_TOKENS(422, "Charter: a seat's tokens"),
  CHARTER_NO_POLICY_FOR_ALL(422, "Charter: no policy for every severity"),
  CHARTER_NO_SEATS(422, "Charter: no seats"),
  CHARTER_TOO_MANY_SEATS(422, "Charter: too many seats"),
  CHARTER_MEMBER_TWICE(422, "Charter: a member has two seats"),
  CHARTER_ADDRESS_TWICE(422, "Charter: an address has two seats"),
  CHARTER_NO_VOTING_POWER(422, "Charter: nobody has voting power"),
  CHARTER_NO_POLICIES(422, "Charter: no policies"),
  CHARTER_TOO_MANY_POLICIES(422, "Charter: too many policies"),
  CHARTER_POLICY(422, "Charter: a policy"),
  CHARTER_POLICY_TWICE(422, "Charter: two policies of one name"),
  CHARTER_TABLE(422, "Charter: the table of policies"),
  CHARTER_GUARDIANS(422, "Charter: the guardians"),
  CHARTER_OTHER_COUNCIL(409, "Charter: of another council"),
  CHARTER_OTHER_CHAIN(409, "Charter: for another chain"),
  CHARTER_OTHER_CONTRACT(409, "Charter: for another contract"),
  CHARTER_CHAIN_UNKNOWN(503, "Charter: the contract is not known yet"),
  FOUNDING_SIGNATURES(422, "Not one signature of each seat"),
  FOUNDER_SIGNATURE_MISSING(422, "A founder has not signed"),
  FOUNDER_UNKNOWN(422, "A signature is of nobody's seat"),

  // The registry.
  STATEMENT_OUT_OF_RANGE(422, "A number of the statement is out of range"),
  STATEMENT_NOT_THIS_COUNCIL(422, "The statement is for another council"),
  STATEMENT_REQUIRED(422, "A member's signed statement is needed, no token says it"),
  NOT_UNKNOWN(409, "The outcome of the step is not unknown"),
  STATEMENT_REASON(422, "Statement: no reason, or not the one that is signed"),
  WRONG_STATEMENT(422, "The statement is about something else"),
  DEADLINE_TOO_FAR(422, "The statement lasts too long"),
  NOT_ENTITLED(403, "Not this member's to say"),
  STALE_NONCE(409, "The nonce is not above that of the last ballot or statement"),
  DELEGATION_SCOPE(422, "The delegation's scope names no urgency"),
  DELEGATION_EXPIRED(422, "The delegation has expired"),
  DELEGATION_TOO_LONG(422, "The delegation lasts too long"),
  DELEGATE_NOT_A_MEMBER(422, "The delegate is not a member"),
  KEY_NOT_ACKNOWLEDGED(422, "The new key has not signed"),
  KEY_IN_USE(409, "The key is, or was, a member's"),
  REGISTRY_FULL(409, "The registry is full"),
  PERSON_UNKNOWN(404, "Nobody is known by that pseudonym and field"),
  ELECTORATE_NOT_FOUND(404, "No such snapshot"),
  CHANGE_SIZE(422, "Change: no lines, or too many"),
  CHANGE_MEMBER_TWICE(422, "Change: a member twice"),
  CHANGE_MEMBER_UNKNOWN(422, "Change: no such member"),
  CHANGE_MEMBER_EXISTS(409, "Change: the member is there"),
  CHANGE_ADDRESS_USED(409, "Change: the address was a member's"),
  CHANGE_SEAT(422, "Change: a seat"),
  CHANGE_TOKENS(422, "Change: tokens"),
  CHANGE_TOO_MANY_MEMBERS(409, "Change: too many members"),
  CHANGE_TREASURY(409, "Change: more than the treasury has"),
  CHANGE_DUTY(422, "Change: a shift"),
  CHANGE_POLICIES(422, "Change: policies"),
  CHANGE_TABLE(422, "Change: the table of policies"),
  CHANGE_GUARDIANS(422, "Change: the guardians"),
  CHANGE_SENSORS(422, "Change: keys of sensors"),
  CHANGE_STAKE(422, "Change: the stake profile"),
  CHANGE_NO_VOTING_POWER(409, "Change: nobody would have a vote"),
  BOND_AMOUNT(422, "A bond of nothing"),
  BOND_EXISTS(409, "The case has a bond"),
  BOND_NOT_FOUND(404, "The case has no bond"),
  BOND_UNCOVERED(409, "Too few free tokens for the bond"),
  MEMBER_NOT_FOUND(404, "No such member"),
  ABSENCES_NOT_DUE(409, "Absences cost nothing here"),
  ABSENCES_SIZE(422, "No absences, or too many"),
  ABSENCES_TWICE(422, "A member is absent twice"),
  VERDICT_EXISTS(409, "There is another verdict"),
  VERDICT_PARTS(409, "A part of the verdict is missing"),
  VERDICT_SIZE(422, "Too many votes in one part"),
  DECISION_TOO_LARGE(413, "Too much for one entry of the log"),

  // Cases.
  CASE_NOT_FOUND(404, "No such case"),
  CASE_CLOSED(409, "The case is closed"),
  PROPOSAL_NOT_FOUND(404, "The case has no proposal"),
  EXECUTION_NOT_FOUND(404, "The case has no execution"),
  NO_ACTION(409, "The council decided that nothing is done"),
  WRONG_PHASE(409, "The case is in another phase"),

  // Provisional containment.
  CONTAINMENT_OPEN(409, "A provisional containment is not taken back yet"),
  CONTAINMENT_SWITCH(422, "The switch is without a reason"),
  CONTAINMENT_ON(409, "Provisional containment is switched on"),
  CONTAINMENT_SWITCHED(409, "Provisional containment was switched off once more"),
  STATEMENT_TOO_OLD(409, "The statement is older than what it would lift"),

  // What people do to a case.
  ABORT_REASON(422, "An abort without a reason"),
  ABORT_EXISTS(409, "The execution was aborted in another way"),
  EXECUTION_ENDED(409, "The execution had ended before"),
  NOT_ABORTABLE(409, "A change of the registry cannot be aborted"),
  PAUSE_REASON(422, "A pause without a reason"),
  EXECUTION_ABORTED(409, "The execution was ended early"),
  NOT_PAUSABLE(409, "A change of the registry cannot be paused"),
  PAUSES_USED_UP(409, "The execution was paused as often as it can be"),
  NOT_PAUSED(409, "The execution is not paused"),
  NOT_MANUAL(409, "The step waits for nobody"),
  STEP_RESOLVED(409, "The step is over"),
  NOTE_TEXT(422, "The note's text"),
  NOTES_FULL(409, "The case has as many notes as it can hold"),

  // Proposals by hand.
  DRAFT_TITLE(422, "Proposal: title"),
  DRAFT_ALERTS(422, "Proposal: alerts"),
  DRAFT_OPTIONS(422, "Proposal: options"),
  DRAFT_CHANGE(422, "Proposal: change of the registry"),
  DRAFT_OUT_OF_RANGE(422, "Proposal: a number is out of range"),
  DRAFT_NOT_THIS_COUNCIL(422, "Proposal: for another council"),
  WRONG_OPTIONS(409, "Not the options that were proposed"),
  WRONG_ADAPTER(409, "Not the adapter of the proposal's kind"),

  // The catalogue of playbooks.
  PLAYBOOK_MALFORMED(400, "A playbook is a JSON object"),
  PLAYBOOK_INVALID(422, "The playbook cannot be run"),
  PLAYBOOK_BAD_NAME(422, "Playbook: name in the catalogue"),
  PLAYBOOK_BAD_FACTS(422, "Playbook: impact, name or signatures"),
  PLAYBOOK_NOT_FOUND(404, "No such playbook"),
  CALL_UNKNOWN(422, "The playbook calls one that is not in use"),
  CALL_NOT_CALLABLE(422, "The playbook calls one that cannot be called"),
  CALL_TOO_DEEP(422, "Playbooks call each other too deeply"),
  RETIREMENT_REASON(422, "Retirement: reason"),
  CATALOGUE_FULL(409, "The catalogue is full"),

  // Ballots.
  VOTING_NOT_OPEN(409, "The vote is not open"),
  VOTING_CLOSED(409, "The vote is over"),
  NOT_A_MEMBER(403, "Not a member at the snapshot"),
  KEY_ROTATED(403, "The member has, or had, another key"),
  DOUBLE_VOTE(409, "The member has voted"),
  TOO_MANY_REPLACEMENTS(409, "The member has replaced the vote too often"),
  WRONG_PROPOSAL(422, "The ballot is for another proposal"),
  WRONG_OPTION_MASK(422, "The ballot approves options that are not there"),
  BALLOT_OUT_OF_RANGE(422, "A number of the ballot is out of range"),
  NOT_A_GUARDIAN(403, "The member has no right of veto"),
  VETO_REASON(422, "Veto: no reason, or not the one that is signed"),
  VETO_LIMIT(429, "The vetoes are used up for now"),
  VETO_NOT_AN_INCIDENT(409, "A veto stops responses to incidents alone"),
  NOTHING_TO_VETO(409, "Nothing will be done anyway"),
  SIGNATURE_EXPIRED(422, "The signature has expired"),
  IDEMPOTENCY_KEY_REUSED(409, "Idempotency-Key was used for something else"),
  SIGNATURE_MALFORMED(422, "Signature malformed"),
  SIGNATURE_HIGH_S(422, "Signature malleable"),
  SIGNATURE_BAD_V(422, "Signature has a bad v"),
  SIGNATURE_UNRECOVERABLE(422, "Signature recovers no signer"),
  SIGNATURE_WRONG_SIGNER(422, "Signed by somebody else"),
  ADDRESS_MALFORMED(422, "Address malformed"),
  ADDRESS_CHECKSUM(422, "Address fails its checksum"),
  FIELD_MALFORMED(422, "A signed field is out of range"),

  // The log.
  ENTRY_NOT_FOUND(404, "No such entry in the published log"),
  TILE_NOT_FOUND(404, "No such tile in the published log"),
  RANGE_INVALID(422, "No such range of the log"),
  PROOF_NOT_AVAILABLE(404, "Past the published log"),

  // Not now.
  BUSY(503, "Busy"),
  VIEW_BEHIND(503, "The node has not read the log so far yet"),
  TOO_MANY_STREAMS(503, "Too many event streams"),
  TIMEOUT(503, "No answer in time"),
  INTERNAL_ERROR(500, "Internal error");

  /** For a refusal whose code is not in the table: understood, but not accepted. */
  public static final int DEFAULT_STATUS = 422;

  private static final Map<String, Code> BY_WIRE =
      Arrays.stream(values()).collect(Collectors.toMap(Code::wire, Function.identity()));

  private final int status;
  private final String title;

  Code(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The stable {@code snake_case} name that callers see. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public int status() {
    return status;
  }

  /** Short and the same for every occurrence (RFC 9457, 3.1.3). */
  public String title() {
    return title;
  }

  public static Optional<Code> of(String wire) {
    return Optional.ofNullable(BY_WIRE.get(wire));
  }
}
