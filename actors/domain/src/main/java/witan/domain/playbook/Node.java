package witan.domain.playbook;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object of the document and where it stands; reading notes problems and goes on. */
final class Node {
  private static final int MAX_TEXT = 10_000;

  private final String pointer;
  private final Map<?, ?> map;
  private final Problems problems;

  Node(String pointer, Map<?, ?> map, Problems problems) {
    this.pointer = pointer;
    this.map = map;
    this.problems = problems;
  }

  /** The same object; what was noted once is not noted again. */
  Node withoutProblems() {
    return new Node(pointer, map, new Problems());
  }

  boolean has(String name) {
    return map.get(name) != null;
  }

  List<String> names() {
    return map.keySet().stream().map(String::valueOf).toList();
  }

  /** At a member of this object; at the object itself where the name is empty. */
  void problem(String name, String code, String message) {
    problems.add(name.isEmpty() ? pointer : at(name), code, message);
  }

  /** Empty where there is none. */
  String text(String name, boolean required) {
    Object value = map.get(name);
    if (value instanceof String text
        && text.length() <= MAX_TEXT
        && (!required || !text.isEmpty())) {
      return text;
    }
    if (value != null) {
      problem(name, "playbook_wrong_type", "a string is wanted, of 1 to " + MAX_TEXT);
    } else if (required) {
      problem(name, "playbook_missing_field", "\"" + name + "\" is missing");
    }
    return "";
  }

  boolean flag(String name) {
    Object value = map.get(name);
    if (value != null && !(value instanceof Boolean)) {
      problem(name, "playbook_wrong_type", "true or false is wanted");
    }
    return Boolean.TRUE.equals(value);
  }

  /** The default where there is none. */
  long number(String name, long otherwise, long least, long most) {
    Object value = map.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Long number && number >= least && number <= most) {
      return number;
    }
    boolean typed = value instanceof Long || value instanceof BigDecimal;
    problem(
        name,
        typed ? "playbook_out_of_range" : "playbook_wrong_type",
        "an integer from " + least + " to " + most + " is wanted");
    return otherwise;
  }

  /** Empty where there is none. */
  Node object(String name) {
    Object value = map.get(name);
    if (value instanceof Map<?, ?> object) {
      return new Node(at(name), object, problems);
    }
    if (value != null) {
      problem(name, "playbook_wrong_type", "an object is wanted");
    }
    return new Node(at(name), Map.of(), problems);
  }

  /** Empty where there is none. */
  List<Node> objects(String name) {
    List<Node> nodes = new ArrayList<>();
    List<?> items = list(name);
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Map<?, ?> object) {
        nodes.add(new Node(at(name) + "/" + i, object, problems));
      } else {
        problems.add(at(name) + "/" + i, "playbook_wrong_type", "an object is wanted");
      }
    }
    return nodes;
  }

  /** Empty where there is none. */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (@Nullable Object item : list(name)) {
      if (item instanceof String text) {
        texts.add(text);
      } else {
        problem(name, "playbook_wrong_type", "strings are wanted");
      }
    }
    return texts;
  }

  private List<?> list(String name) {
    Object value = map.get(name);
    if (value instanceof List<?> items) {
      return items;
    }
    if (value != null) {
      problem(name, "playbook_wrong_type", "an array is wanted");
    }
    return List.of();
  }

  private String at(String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }
}
