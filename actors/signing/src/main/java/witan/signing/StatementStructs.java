package witan.signing;

import java.util.LinkedHashMap;
import java.util.Map;
import witan.ballot.AbortStruct;
import witan.ballot.ConfirmStepStruct;
import witan.ballot.ContainmentOnStruct;
import witan.ballot.VerdictStruct;
import witan.domain.registry.MemberStatement;

/** The EIP-712 structs of what members say. */
final class StatementStructs {
  private StatementStructs() {}

  static String type(MemberStatement statement) {
    if (statement instanceof MemberStatement.ConfirmStep) {
      return ConfirmStepStruct.TYPE;
    } else if (statement instanceof MemberStatement.Verdict) {
      return VerdictStruct.TYPE;
    } else if (statement instanceof MemberStatement.ContainmentOn) {
      return ContainmentOnStruct.TYPE;
    }
    if (statement instanceof MemberStatement.Abort) {
      return AbortStruct.TYPE;
    }
    throw unknown(statement);
  }

  static byte[] digest(MemberStatement statement, byte[] separator) {
    if (statement instanceof MemberStatement.ConfirmStep s) {
      return new ConfirmStepStruct(
              s.council().hex(),
              s.caseId().hex(),
              s.stepId().hex(),
              s.done(),
              s.reasonHash().hex(),
              s.member().hex(),
              s.nonce(),
              s.deadline())
          .digest(separator);
    } else if (statement instanceof MemberStatement.Verdict s) {
      return new VerdictStruct(
              s.council().hex(),
              s.caseId().hex(),
              s.verdict().code(),
              s.reasonHash().hex(),
              s.member().hex(),
              s.nonce(),
              s.deadline())
          .digest(separator);
    } else if (statement instanceof MemberStatement.ContainmentOn s) {
      return new ContainmentOnStruct(
              s.council().hex(),
              s.caseId().hex(),
              s.reasonHash().hex(),
              s.member().hex(),
              s.nonce(),
              s.deadline())
          .digest(separator);
    }
    if (statement instanceof MemberStatement.Abort s) {
      return new AbortStruct(
              s.council().hex(),
              s.caseId().hex(),
              s.undo(),
              s.reasonHash().hex(),
              s.member().hex(),
              s.nonce(),
              s.deadline())
          .digest(separator);
    }
    throw unknown(statement);
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
    }
    if (statement instanceof MemberStatement.Abort s) {
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

  private static IllegalStateException unknown(MemberStatement statement) {
    return new IllegalStateException("unknown statement " + statement.getClass());
  }
}
