package io.highlyavailable.operator.model;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The EC2 instances that an app runs on.
 *
 * @param instanceType their type, such as {@code t4g.medium}
 * @param rootVolumeGiB the size of the root volume, in GiB
 * @param minHealthyPercentage how many of them stay healthy while they are replaced, in percent of
 *     the wanted ones
 * @param warmup from the start of one until its metrics count and the next one is replaced
 */
public record InstanceSettings(
    String instanceType, int rootVolumeGiB, int minHealthyPercentage, Duration warmup) {
  /**
   * A family's letters and generation, then what its processor is: {@code g} is Graviton. "Amazon
   * EC2 instance type naming conventions". {@code a1} came before the convention.
   */
  private static final Pattern GRAVITON = Pattern.compile("(a1|[a-z]+\\d+g[a-z]*)(-[a-z0-9-]+)?");

  /** The processor's architecture, in the words of EC2. */
  public enum Architecture {
    /** AWS Graviton. */
    ARM64("arm64"),
    /** Intel and AMD. */
    X86_64("x86_64");

    private final String word;

    Architecture(String word) {
      this.word = word;
    }

    /** As in the names of Amazon Linux's images. */
    public String word() {
      return word;
    }
  }

  /** The architecture that the type's family has. */
  public Architecture architecture() {
    return architecture(instanceType);
  }

  /**
   * The architecture that a type's family has.
   *
   * @param instanceType such as {@code t4g.medium}
   */
  static Architecture architecture(String instanceType) {
    String family = instanceType.substring(0, Math.max(0, instanceType.indexOf('.')));
    return GRAVITON.matcher(family).matches() ? Architecture.ARM64 : Architecture.X86_64;
  }

  /**
   * How many there may be while they are replaced, in percent of the wanted ones. A new one starts
   * before an old one goes only above 100; AWS's guide to instance maintenance policies has 110.
   */
  public int maxHealthyPercentage() {
    return minHealthyPercentage == 100 ? 110 : 100;
  }
}
