package witan.domain.playbook;

import java.util.regex.Pattern;

/** What a parameter of an action may be; the rules are those of the Kubernetes API. */
public enum ParameterType {
  /** A label's key: optional DNS prefix, slash, name. */
  LABEL("([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?"),
  /** A label's value, never empty. */
  VALUE("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?"),
  /** An object's name, with room for a suffix. */
  NAME("[a-z0-9]([a-z0-9-]{0,198}[a-z0-9])?");

  private final Pattern pattern;

  ParameterType(String pattern) {
    this.pattern = Pattern.compile(pattern);
  }

  public boolean allows(String value) {
    return value.length() <= 400 && pattern.matcher(value).matches();
  }
}
