package witan.cluster.vote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import witan.cluster.CouncilCommands;
import witan.cluster.testing.Story;
import witan.codec.bundle.TrustFile;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.domain.common.Digest;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Support;
import witan.domain.registry.MemberStatement;
import witan.domain.registry.SignedStatement;
import witan.domain.registry.SignedVeto;
import witan.domain.reputation.Verdict;

/** What a person's ballot becomes, and when it is not signed at all. */
class VoteCommandTest {
  private static final String KEY = Story.KEY;

  @TempDir Path folder;
  private CouncilDouble council;
  private Path key;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void start() throws IOException {
    council = new CouncilDouble();
    key = Files.writeString(folder.resolve("voter.key"), KEY + "\n");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
  }

  @AfterEach
  void stop() {
    council.close();
  }

  @Test
  void listsWhatIsOpen() {
    assertEquals(0, vote("--url", council.url(), "--token", "t"));
    assertTrue(out.toString().contains("a shell in a pod"), out.toString());
    assertTrue(out.toString().contains(CouncilDouble.CASE), out.toString());
  }

  @Test
  void theListSaysWhatIsMissingAndWhetherOneHasVoted() {
    String[] mine = {"--url", council.url(), "--token", "t", "--key", key.toString()};
    assertEquals(0, vote(mine), err.toString());
    assertTrue(words().contains("0 of 5 voted; needs 270 more FOR"), out.toString());
    assertTrue(words().contains("yours: not voted yet"), out.toString());
    council.story.votes(Story.ANA, Support.FOR, 1);
    council.proposal.setAll(council.story.proposal());
    assertEquals(0, vote(mine), err.toString());
    assertTrue(words().contains("1 of 5 voted; needs 70 more FOR"), out.toString());
    assertTrue(words().contains("yours: FOR"), out.toString());
  }

  @Test
  void aVoteIsShownAsAMemberWithoutAKeyAndToProgramsAsItIs() {
    String[] show = {"show", CouncilDouble.CASE, "--url", council.url(), "--token", "t"};
    assertEquals(0, vote(with(show, "--as", "bo")), err.toString());
    assertTrue(words().contains("name bo of acme weight 100 of your own"), out.toString());
    assertTrue(words().contains("2. isolate pod shop/web-7 in aws-eu"), out.toString());
    assertEquals(0, vote(with(show, "--json")), err.toString());
    assertTrue(out.toString().contains("\"requiredBps\":6000"), out.toString());
  }

  private static String[] with(String[] words, String... more) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private String words() {
    return out.toString().replaceAll("\\s+", " ");
  }

  @Test
  void castsABallotThatCommitsToWhatWasShown() {
    assertEquals(0, cast("for", "--options", "1", "--reason", "seen it before", "--yes"));

    SignedBallot signed = council.cast.get();
    assertNotNull(signed);
    assertEquals(Support.FOR, signed.ballot().support());
    assertEquals(BigInteger.TWO, signed.ballot().optionMask());
    assertEquals(1, signed.ballot().nonce());
    assertEquals(
        council.proposal.get("proposalHash").asText(), signed.ballot().proposalHash().hex());
    assertEquals(
        Digest.of(Hashes.sha256(Hashes.utf8("seen it before"))), signed.ballot().reasonHash());
    assertTrue(out.toString().contains("pod shop/web-7 in aws-eu"), out.toString());
    assertTrue(out.toString().contains("log entry 41"), out.toString());
  }

  @Test
  void aReplacementIsSignedWithTheNextNonce() {
    castsABallotThatCommitsToWhatWasShown();
    council.story.votes(Story.ANA, Support.FOR, 2);
    council.proposal.set("votes", council.story.proposal().get("votes"));

    assertEquals(0, cast("against", "--yes"));
    assertEquals(2, council.cast.get().ballot().nonce());
    assertTrue(out.toString().contains("You voted FOR before."), out.toString());
  }

  @Test
  void signsNothingWhenTheContentIsNotTheProposals() {
    ((ObjectNode) council.proposal.at("/content/options/0/targets/0")).put("name", "cart-2");
    assertEquals(1, cast("for", "--options", "0", "--yes"));
    assertNull(council.cast.get());
    assertTrue(err.toString().contains("do not sign"), err.toString());
  }

  @Test
  void signsNothingForACouncilThatIsNotTheTrustedOne() throws IOException {
    Digest hash = Digest.of(Hashes.sha256(Json.canonical(council.charter)));
    assertEquals(0, cast("abstain", "--yes", "--trust", trust(hash).toString()));
    council.cast.set(null);
    assertEquals(2, cast("abstain", "--yes", "--trust", trust(Digest.ZERO).toString()));
    assertNull(council.cast.get());
  }

  @Test
  void saysWhyTheCouncilRefused() {
    council.refuses = "voting_closed";
    assertEquals(1, cast("against", "--yes"));
    assertTrue(err.toString().contains("voting_closed"), err.toString());
    assertTrue(err.toString().contains("read the decision"), err.toString());
  }

  @Test
  void doesNotVoteUnasked() {
    // Given no terminal, as in a build, and no --yes
    assertEquals(2, cast("against"));
    assertNull(council.cast.get());
  }

  @Test
  void refusesAKeyThatOthersMayRead() throws IOException {
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertEquals(2, cast("against", "--yes"));
    assertTrue(err.toString().contains("chmod 600"), err.toString());
    assertFalse((out.toString() + err).contains(KEY));
  }

  @Test
  void noActionIsTheLastOption() {
    assertEquals(0, cast("for", "--options", "2", "--yes"));
    assertTrue(out.toString().contains("Option 2: no action"), out.toString());
    assertEquals(BigInteger.valueOf(4), council.cast.get().ballot().optionMask());
  }

  @Test
  void aChangeOfTheCouncilIsShownAndApprovedAsOne() {
    ObjectNode content = (ObjectNode) council.proposal.get("content");
    content.putArray("options");
    content.putArray("alertDigests");
    content.put("kind", "MEMBERSHIP").putNull("blastRadius");
    content.putObject("change").put("kind", "RemoveMembers").putArray("members").add("dan");
    council.proposal.putNull("blastRadius");
    Digest hash = Digest.of(Hashes.sha256(Json.canonical(content)));
    council.proposal.put("proposalHash", hash.hex());

    assertEquals(0, cast("for", "--yes"));
    assertTrue(out.toString().contains("Change of the council"), out.toString());
    assertFalse(out.toString().contains("no action"), out.toString());
    assertEquals(BigInteger.ONE, council.cast.get().ballot().optionMask());
    assertEquals(2, cast("for", "--options", "1", "--yes"));
  }

  @Test
  void refusesOptionsThatDoNotFit() {
    assertEquals(2, cast("for", "--yes"), "several options, none named");
    assertEquals(2, cast("for", "--options", "3", "--yes"));
    assertEquals(2, cast("against", "--options", "0", "--yes"));
    assertEquals(2, cast("perhaps", "--yes"));
    assertNull(council.cast.get());
  }

  @Test
  void aGuardianStopsWhatWasShown() {
    assertEquals(0, veto("--reason", "the hospital needs it", "--yes"));

    SignedVeto signed = council.vetoed.get();
    assertNotNull(signed);
    assertEquals("the hospital needs it", signed.reason());
    assertEquals(
        Digest.of(Hashes.sha256(Hashes.utf8("the hospital needs it"))), signed.veto().reasonHash());
    assertEquals(council.proposal.get("proposalHash").asText(), signed.veto().proposalHash().hex());
    assertEquals(12, signed.veto().nonce());
    assertEquals(
        Digest.of(Hashes.sha256(Json.canonical(council.charter))), signed.veto().council());
    assertTrue(out.toString().contains("Stopped: log entry 43"), out.toString());
  }

  @Test
  void nothingIsStoppedWithoutAReasonOrUnasked() {
    assertEquals(2, veto("--yes"));
    assertEquals(2, veto("--reason", " ", "--yes"));
    assertEquals(2, veto("--reason", "no terminal, and no --yes"));
    assertNull(council.vetoed.get());
  }

  @Test
  void saysWhyAVetoWasRefused() {
    council.refuses = "veto_limit";
    assertEquals(1, veto("--reason", "once more", "--yes"));
    assertTrue(err.toString().contains("veto_limit"), err.toString());
    assertNull(council.vetoed.get());
  }

  @Test
  void aMemberConfirmsWhatAPersonWasAsked() {
    assertEquals(0, confirm("vote", "--reason", "the owner says so", "--yes"), err.toString());

    SignedStatement signed = council.said.get();
    assertNotNull(signed);
    MemberStatement.ConfirmStep said = (MemberStatement.ConfirmStep) signed.statement();
    assertEquals(Digest.of(Hashes.sha256(Hashes.utf8("p1/m#2"))), said.stepId());
    assertTrue(said.done());
    assertEquals(13, said.nonce());
    assertEquals(Digest.of(Hashes.sha256(Json.canonical(council.charter))), said.council());
    String told = out.toString();
    assertTrue(told.contains("asks: Ask the owner."), told);
    assertTrue(told.contains("You say that step p1/m#2 was done."), told);
    assertTrue(told.contains("Logged: log entry 45"), told);
  }

  @Test
  void theShorterCommandIsTheSame() {
    assertEquals(0, confirm(null, "--not-done", "--reason", "nobody there", "--yes"));
    SignedStatement signed = council.said.get();
    assertNotNull(signed);
    assertFalse(((MemberStatement.ConfirmStep) signed.statement()).done());
    assertTrue(out.toString().contains("was NOT done"), out.toString());
  }

  @Test
  void nothingIsConfirmedWithoutAReasonOrUnasked() {
    assertEquals(2, confirm("vote", "--yes"));
    assertEquals(2, confirm("vote", "--reason", "no terminal, and no --yes"));
    assertNull(council.said.get());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMemberEndsAnExecutionEarly(boolean undo) {
    String why = "the wrong pod";
    int exit =
        undo
            ? abort("vote", "--reason", why, "--yes")
            : abort(null, "--no-undo", "--reason", why, "--yes");
    assertEquals(0, exit, err.toString());

    SignedStatement signed = council.said.get();
    assertNotNull(signed);
    MemberStatement.Abort said = (MemberStatement.Abort) signed.statement();
    assertEquals(undo, said.undo());
    assertEquals(13, said.nonce());
    assertEquals(Digest.of(Hashes.sha256(Hashes.utf8(CouncilDouble.CASE))), said.caseId());
    String told = out.toString();
    assertTrue(told.contains(undo ? "taken back, where it can be" : "LEFT AS IT IS"), told);
    assertTrue(told.contains("Aborted: log entry 45"), told);
  }

  @Test
  void nothingIsAbortedWithoutAReasonOrUnasked() {
    assertEquals(2, abort("vote", "--yes"));
    assertEquals(2, abort("vote", "--reason", "no terminal, and no --yes"));
    assertNull(council.said.get());
  }

  @Test
  void aMemberJudgesAClosedCase() {
    List<String> verdict =
        List.of("vote", "verdict", CouncilDouble.CASE, "FALSE_POSITIVE", "--yes");
    assertEquals(0, signing(verdict, "--reason", "a backup job"), err.toString());

    SignedStatement signed = council.said.get();
    assertNotNull(signed);
    MemberStatement.Verdict said = (MemberStatement.Verdict) signed.statement();
    assertEquals(Digest.of(Hashes.sha256(Hashes.utf8(CouncilDouble.CASE))), said.caseId());
    assertEquals(Verdict.FALSE_POSITIVE, said.verdict());
    assertEquals(13, said.nonce());
    assertTrue(out.toString().contains("it was: FALSE_POSITIVE"), out.toString());
    assertTrue(out.toString().contains("Logged: log entry 45"), out.toString());
  }

  @Test
  void aMemberSwitchesContainmentOn() {
    List<String> on = List.of("vote", "containment-on", "--yes");
    assertEquals(0, signing(on, "--reason", "it was a drill"), err.toString());

    SignedStatement signed = council.said.get();
    assertNotNull(signed);
    assertTrue(signed.statement() instanceof MemberStatement.ContainmentOn);
    assertEquals(Digest.ZERO, signed.statement().caseId());
    assertTrue(out.toString().contains("off, because: a sensor lies"), out.toString());
    assertTrue(out.toString().contains("On: log entry 45"), out.toString());
  }

  @Test
  void nothingIsJudgedOrSwitchedWithoutAReasonOrUnasked() {
    assertEquals(2, signing(List.of("vote", "verdict", CouncilDouble.CASE, "DUPLICATE", "--yes")));
    assertEquals(
        2, signing(List.of("vote", "verdict", CouncilDouble.CASE, "MAYBE"), "--reason", "x"));
    assertEquals(
        2, signing(List.of("vote", "containment-on"), "--reason", "no terminal, and no --yes"));
    assertNull(council.said.get());
  }

  private int signing(List<String> command, String... more) {
    List<String> arguments = new ArrayList<>(command);
    arguments.addAll(List.of("--key-file", key.toString(), "--url", council.url(), "--token", "t"));
    arguments.addAll(List.of(more));
    return run(arguments);
  }

  private int confirm(@Nullable String command, String... more) {
    return say(command, List.of("confirm", CouncilDouble.CASE, "p1/m#2"), more);
  }

  private int abort(@Nullable String command, String... more) {
    return say(command, List.of("abort", CouncilDouble.CASE), more);
  }

  private int say(@Nullable String command, List<String> what, String... more) {
    List<String> arguments = new ArrayList<>();
    if (command != null) {
      arguments.add(command);
    }
    arguments.addAll(what);
    arguments.addAll(List.of("--key-file", key.toString()));
    arguments.addAll(List.of("--url", council.url(), "--token", "t"));
    arguments.addAll(List.of(more));
    return run(arguments);
  }

  private int veto(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("veto", CouncilDouble.CASE, "--key", key.toString()));
    arguments.addAll(List.of("--url", council.url(), "--token", "t"));
    arguments.addAll(List.of(more));
    return vote(arguments.toArray(String[]::new));
  }

  private Path trust(Digest charterHash) throws IOException {
    TrustFile trust = new TrustFile("witan.test/log", "key", List.of(), null, charterHash);
    return Files.write(folder.resolve("trust.json"), trust.bytes());
  }

  private int cast(String support, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("cast", CouncilDouble.CASE, support, "--key", key.toString()));
    arguments.addAll(List.of("--url", council.url(), "--token", "t"));
    arguments.addAll(List.of(more));
    return vote(arguments.toArray(String[]::new));
  }

  private int vote(String... arguments) {
    List<String> all = new ArrayList<>(List.of("vote"));
    all.addAll(List.of(arguments));
    return run(all);
  }

  private int run(List<String> arguments) {
    CommandLine line = CouncilCommands.program().line();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments.toArray(String[]::new));
  }
}
