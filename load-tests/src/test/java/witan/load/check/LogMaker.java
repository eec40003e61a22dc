package witan.load.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import witan.load.client.LoadClient;
import witan.load.crypto.Hashes;
import witan.load.crypto.Jcs;
import witan.load.crypto.Merkle;
import witan.load.drive.Observation;

/** Makes logs by hand, good ones and bad ones, with what a client would have seen of them. */
final class LogMaker {
  static final String ORIGIN = "witan.test/log";
  static final String NODE = "http://127.0.0.1:1";
  private static final String NONE = "0".repeat(64);

  final List<Entry> entries = new ArrayList<>();
  final List<Observation> seen = new ArrayList<>();
  final Map<String, JsonNode> proposals = new LinkedHashMap<>();
  Optional<List<World.Anchored>> chain = Optional.empty();
  Instant readAt = Instant.parse("2026-01-01T00:01:00Z");
  private final Map<String, Entry> heads = new HashMap<>();
  private int version = 2;
  private final KeyPair key;
  private final String vkey;

  LogMaker() {
    try {
      key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    byte[] encoded = key.getPublic().getEncoded();
    byte[] typed = new byte[33];
    typed[0] = 1;
    System.arraycopy(encoded, encoded.length - 32, typed, 1, 32);
    vkey =
        ORIGIN + "+" + Hashes.hex(keyId(typed)) + "+" + Base64.getEncoder().encodeToString(typed);
  }

  private static byte[] keyId(byte[] typed) {
    return Arrays.copyOf(Hashes.sha256(Hashes.utf8(ORIGIN + "\n"), typed), 4);
  }

  /** Three seats of 40, 35 and 25. */
  static JsonNode charter() {
    ObjectNode charter = LoadClient.JSON.createObjectNode();
    var seats = charter.putArray("seats");
    seats.addObject().put("address", voter(0)).put("tokens", "40");
    seats.addObject().put("address", voter(1)).put("tokens", "35");
    seats.addObject().put("address", voter(2)).put("tokens", "25");
    return charter;
  }

  static String voter(int i) {
    return "0x" + Integer.toString(i + 1).repeat(40);
  }

  static String digest(String caseId, int voter) {
    return Hashes.hex(Hashes.sha256(Hashes.utf8(caseId + voter)));
  }

  /** Of the entries from now on. */
  LogMaker version(int version) {
    this.version = version;
    return this;
  }

  Entry add(String caseId, String type, String actor, String at, JsonNode value) {
    String pid = "case|" + caseId;
    Entry head = heads.get(pid);
    return raw(
        caseId,
        head == null ? 1 : head.seq() + 1,
        head == null ? NONE : head.hash(),
        type,
        actor,
        at,
        value);
  }

  /** With a number and a previous hash of the caller's choice. */
  Entry raw(
      String caseId, long seq, String prev, String type, String actor, String at, JsonNode value) {
    ObjectNode json = LoadClient.JSON.createObjectNode();
    json.put("v", version)
        .put("case", caseId)
        .put("pid", "case|" + caseId)
        .put("seq", seq)
        .put("prev", prev)
        .put("type", type)
        .put("actor", actor)
        .put("at", at)
        .put("body", NONE);
    try {
      Entry entry = Entry.of(entries.size(), Jcs.bytes(json), value);
      entries.add(entry);
      heads.put(entry.pid(), entry);
      return entry;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode json(String text) {
    try {
      return (ObjectNode) LoadClient.JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From the alert to the open vote, acknowledged. */
  LogMaker open(String caseId) {
    add(caseId, "CaseOpened", "council", "2026-01-01T00:00:00.000Z", MissingNode.getInstance());
    Entry alert =
        add(
            caseId,
            "AlertRecorded",
            "sensor:s",
            "2026-01-01T00:00:00.000Z",
            json("{'alert':{'alertId':'alert-" + caseId + "'}}"));
    ack(alert, "alert-" + caseId, caseId);
    add(
        caseId,
        "VotingOpened",
        "council",
        "2026-01-01T00:00:01.000Z",
        json(
            "{'policy':{'quorumBps':6000,'supportBps':5100,'mode':'PARTICIPATION',"
                + "'lateQuorumExtension':'PT1M'},'total':'100',"
                + "'deadline':'2026-01-01T00:05:01.000Z',"
                + "'content':{'options':[{'impact':20},{'impact':10}]}}"));
    return this;
  }

  void ack(Entry alert, String alertId, String caseId) {
    seen.add(
        new Observation.AlertAck(
            0,
            alertId,
            "opened",
            caseId,
            alert.pid(),
            alert.seq(),
            alert.index(),
            note(entries.size()),
            1,
            5));
  }

  Entry vote(String caseId, int voter, String support, boolean counted) {
    String mask = "FOR".equals(support) ? "1" : "0";
    String digest = digest(caseId, voter);
    seen.add(new Observation.Attempt(0, caseId, voter(voter), support, mask, digest));
    return add(
        caseId,
        "VoteCast",
        voter(voter),
        "2026-01-01T00:00:0" + (2 + voter) + ".000Z",
        json(
            "{'ballotDigest':'"
                + digest
                + "','counted':"
                + counted
                + ",'weight':'"
                + List.of(40, 35, 25).get(voter)
                + "','signed':{'ballot':{'voter':'"
                + voter(voter)
                + "','support':'"
                + support
                + "','optionMask':'"
                + mask
                + "'}}}"));
  }

  void ack(Entry vote) {
    String caseId = vote.pid().substring("case|".length());
    seen.add(
        new Observation.VoteAck(
            0,
            caseId,
            vote.actor(),
            vote.value().path("ballotDigest").asText(),
            vote.pid(),
            vote.seq(),
            vote.index(),
            false,
            note(entries.size()),
            1,
            5));
  }

  Entry approve(String caseId, String at, boolean settled, int f, int a) {
    return add(
        caseId,
        "ProposalApproved",
        "council",
        at,
        json(
            "{'option':0,'settled':"
                + settled
                + ",'tally':{'total':'100','forPower':'"
                + f
                + "','againstPower':'"
                + a
                + "','abstainPower':'0'}}"));
  }

  void step(String caseId, String type, String step, int attempt) {
    add(
        caseId,
        type,
        "council",
        "2026-01-01T00:00:05.000Z",
        json("{'step':'" + step + "','attempt':" + attempt + ",'outcome':'REHEARSED'}"));
  }

  /** Two votes that settle it, acknowledged. */
  LogMaker decide(String caseId) {
    ack(vote(caseId, 0, "FOR", true));
    Entry second = vote(caseId, 1, "FOR", true);
    approve(caseId, second.at(), true, 75, 0);
    ack(second);
    return this;
  }

  /** One step, and the end. */
  LogMaker execute(String caseId) {
    end(caseId, "ExecutionStarted");
    step(caseId, "StepIntended", "one", 1);
    step(caseId, "StepObserved", "one", 1);
    end(caseId, "ExecutionEnded");
    end(caseId, "CaseClosed");
    long seq = entries.get(entries.size() - 1).seq() + 1;
    add(
        caseId,
        "CaseSealed",
        "council",
        "2026-01-01T00:00:06.000Z",
        json("{'lastSeq':" + seq + "}"));
    return this;
  }

  private void end(String caseId, String type) {
    add(caseId, type, "council", "2026-01-01T00:00:06.000Z", json("{}"));
  }

  /** The signed checkpoint of the first entries. */
  String note(int size) {
    return note(size, Merkle.of(entries.stream().map(Entry::leaf).toList()).root(size));
  }

  String note(long size, byte[] root) {
    String text = ORIGIN + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
    byte[] encoded = key.getPublic().getEncoded();
    byte[] typed = new byte[33];
    typed[0] = 1;
    System.arraycopy(encoded, encoded.length - 32, typed, 1, 32);
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key.getPrivate());
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      byte[] made = signature.sign();
      byte[] blob = Arrays.copyOf(keyId(typed), 4 + made.length);
      System.arraycopy(made, 0, blob, 4, made.length);
      return text + "\n\u2014 " + ORIGIN + " " + Base64.getEncoder().encodeToString(blob) + "\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  void published(String note) {
    seen.add(new Observation.SeenCheckpoint(0, NODE, note));
  }

  World world() {
    return new World(
        note(entries.size()),
        vkey,
        List.copyOf(entries),
        charter(),
        Map.copyOf(proposals),
        List.of(),
        chain,
        List.copyOf(seen),
        readAt.toEpochMilli());
  }
}
