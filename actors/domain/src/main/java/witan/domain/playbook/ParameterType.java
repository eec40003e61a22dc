package witan.domain.playbook;

import java.util.regex.Pattern;

/** What a parameter of an action may be; the rules are those of the Kubernetes API. */
public enum ParameterType {
  /** A label's key: optional DNS prefix, slash, name. */
  LABEL("([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?"),
  /** A label's value, never empty. */
  VALUE("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?"),
  /** An annotation's value: any text, perhaps none. */
  TEXT("[^\\p{Cntrl}]{0,400}"),
  /** An object's name, with room for a suffix. */
  NAME("[a-z0-9]([a-z0-9-]{0,198}[a-z0-9])?"),
  /** The name of a subject of RBAC: of a user or group too. */
  SUBJECT("[A-Za-z0-9_.:@/-]{1,253}"),
  /** {@code User}, {@code Group} or {@code ServiceAccount}. */
  SUBJECT_KIND("User|Group|ServiceAccount"),
  /** A namespace, or nothing. */
  OPTIONAL_NAMESPACE("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)?"),
  /** A key of a Secret's data. */
  DATA_KEY("[A-Za-z0-9._-]{1,253}"),
  /** A Deployment's revision, or {@code previous}. */
  REVISION("previous|[1-9][0-9]{0,8}"),
  /** Networks in IPv4 or IPv6, separated by commas, at most 32. */
  CIDRS("[0-9a-f.:]{2,45}/[0-9]{1,3}(,[0-9a-f.:]{2,45}/[0-9]{1,3}){0,31}");

  private static final int MAX_LENGTH = 400;
  private static final int MAX_CIDRS_LENGTH = 32 * 50;

  private final Pattern pattern;

  ParameterType(String pattern) {
    this.pattern = Pattern.compile(pattern);
  }

  public boolean allows(String value) {
    int longest = this == CIDRS ? MAX_CIDRS_LENGTH : MAX_LENGTH;
    return value.length() <= longest && pattern.matcher(value).matches();
  }

  /** Whether a playbook may leave it out. */
  public boolean optional() {
    return allows("");
  }
}
