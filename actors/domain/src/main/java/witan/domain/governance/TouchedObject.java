package witan.domain.governance;

/**
 * An object that a step changes.
 *
 * @param cluster name of a configured cluster; empty for what is in none
 * @param path where its API keeps it
 * @param uid empty where the object is not there yet, or was not asked about
 * @param resourceVersion as read; it moves with every write, also of a status, so it tells when the
 *     object was looked at and not whether it changed
 * @param generation counts changes of its spec; 0 where its kind has none
 * @param held whether this case's effect was there already
 */
public record TouchedObject(
    String cluster,
    String path,
    String uid,
    String resourceVersion,
    long generation,
    boolean held) {}
