package witan.actors.kubernetes;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import witan.domain.execution.Order;

/** The networks of an order. */
final class Cidrs {
  private Cidrs() {}

  static List<String> of(Order order) {
    return List.of(order.parameter("cidrs").split(",", -1));
  }

  /** The type of the parameter has let only digits, dots, colons and a slash through. */
  static Optional<String> refuse(Order order) {
    return of(order).stream()
        .filter(cidr -> !network(cidr))
        .findFirst()
        .map(cidr -> "not a network that can be excepted: " + cidr);
  }

  /** {@code 0.0.0.0/0} is none: an exception must be smaller than the whole. */
  private static boolean network(String cidr) {
    int slash = cidr.indexOf('/');
    try {
      // No name is looked up: there are only digits, or a colon.
      byte[] address = InetAddress.getByName(cidr.substring(0, slash)).getAddress();
      int bits = Integer.parseInt(cidr.substring(slash + 1));
      boolean v4 = cidr.matches("[0-9]+(\\.[0-9]+){3}/.*");
      return bits > 0 && bits <= address.length * 8 && (v4 || cidr.contains(":"));
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
