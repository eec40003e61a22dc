package witan.signing;

import java.util.LinkedHashMap;
import java.util.Map;
import witan.ballot.AbortStruct;
import witan.ballot.ConfirmStepStruct;
import witan.ballot.ContainmentOnStruct;
import witan.ballot.Eip712Struct;
import witan.ballot.VerdictStruct;
import witan.domain.registry.MemberStatement;

/** The EIP-712 structs of what members say. */
final class StatementStructs {
  private StatementStructs() {}

  /** The struct of a statement, and its encoded type. */
  private record Typed(String type, Eip712Struct struct) {}

  static String type(MemberStatement statement) {
    return typed(statement).type();
  }

  static byte[] digest(MemberStatement statement, byte[] separator) {
    return typed(statement).struct().digest(separator);
  }

  private static Typed typed(MemberStatement statement) {
    String council = statement.council().hex();
    String caseId = statement.caseId().hex();
    String reason = statement.reasonHash().hex();
    String member = statement.member().hex();
    long nonce = statement.nonce();
    long deadline = statement.deadline();
    if (statement instanceof MemberStatement.ConfirmStep s) {
      String step = s.stepId().hex();
      return new Typed(
          ConfirmStepStruct.TYPE,
          new ConfirmStepStruct(council, caseId, step, s.done(), reason, member, nonce, deadline));
    }
    if (statement instanceof MemberStatement.Abort s) {
      return new Typed(
          AbortStruct.TYPE,
          new AbortStruct(council, caseId, s.undo(), reason, member, nonce, deadline));
    }
    if (statement instanceof MemberStatement.Verdict s) {
      int verdict = s.verdict().code();
      return new Typed(
          VerdictStruct.TYPE,
          new VerdictStruct(council, caseId, verdict, reason, member, nonce, deadline));
    }
    if (statement instanceof MemberStatement.ContainmentOn) {
      return new Typed(
          ContainmentOnStruct.TYPE,
          new ContainmentOnStruct(council, caseId, reason, member, nonce, deadline));
    }
    throw new IllegalStateException("unknown statement " + statement.getClass());
  }

  /** As {@code eth_signTypedData_v4} takes it, in the order of the type. */
  static Map<String, Object> message(MemberStatement statement) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("council", hex(statement.council().hex()));
    message.put("caseId", hex(statement.caseId().hex()));
    if (statement instanceof MemberStatement.ConfirmStep s) {
      message.put("stepId", hex(s.stepId().hex()));
      message.put("done", s.done());
    } else if (statement instanceof MemberStatement.Verdict s) {
      message.put("verdict", s.verdict().code());
    } else if (statement instanceof MemberStatement.Abort s) {
      message.put("undo", s.undo());
    }
    message.put("reasonHash", hex(statement.reasonHash().hex()));
    message.put("member", statement.member().hex());
    message.put("nonce", statement.nonce());
    message.put("deadline", statement.deadline());
    return message;
  }

  private static String hex(String digits) {
    return "0x" + digits;
  }
}
