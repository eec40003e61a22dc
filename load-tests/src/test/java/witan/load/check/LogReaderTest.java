package witan.load.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LogReaderTest {
  @Test
  void namesTilesAsC2spDoes() {
    assertEquals("000", LogReader.groups(0));
    assertEquals("273", LogReader.groups(273));
    assertEquals("x001/x234/067", LogReader.groups(1_234_067));
  }
}
