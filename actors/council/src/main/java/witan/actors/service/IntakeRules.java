package witan.actors.service;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.domain.detection.SuppressionRules;
import witan.domain.response.ResponseRules;

/** The rules that an operator gives as data: which alerts open no case, and what others suggest. */
public record IntakeRules(SuppressionRules suppression, ResponseRules response) {
  private static final String SHIPPED = "/witan/rules/response-rules.json";

  /** Nothing is suppressed, and the response rules are those that come with the product. */
  public static IntakeRules shipped() {
    try (InputStream in = IntakeRules.class.getResourceAsStream(SHIPPED)) {
      if (in == null) {
        throw new IllegalStateException("no " + SHIPPED);
      }
      return new IntakeRules(
          SuppressionRules.NONE, Json.read(ResponseRules.class, in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From the files that {@code witan.correlation} names; throws IllegalArgumentException. */
  public static IntakeRules from(Config all) {
    Config correlation = all.getConfig("witan.correlation");
    IntakeRules shipped = shipped();
    String suppression = correlation.getString("suppression-rules-file");
    String response = correlation.getString("response-rules-file");
    return new IntakeRules(
        suppression.isEmpty()
            ? shipped.suppression()
            : read(SuppressionRules.class, Path.of(suppression)),
        response.isEmpty() ? shipped.response() : read(ResponseRules.class, Path.of(response)));
  }

  private static <T> T read(Class<T> type, Path file) {
    try {
      return Json.read(type, Files.readAllBytes(file));
    } catch (JsonRefused e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file, e);
    }
  }
}
