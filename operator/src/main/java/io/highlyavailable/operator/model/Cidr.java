package io.highlyavailable.operator.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of IPv4 addresses.
 *
 * @param base the first address, as a number
 * @param length bits that all its addresses share, 0 to 32
 */
public record Cidr(long base, int length) {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

  private static final int BITS = 32;

  /**
   * Reads {@code a.b.c.d/length}.
   *
   * @throws IllegalArgumentException for anything else, and where bits beyond the length are set
   */
  public static Cidr parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("write a block of addresses, such as 10.40.0.0/16");
    }
    long base = 0;
    for (int part = 1; part <= 4; part++) {
      base = base << 8 | octet(form.group(part));
    }
    Cidr cidr = new Cidr(base, Integer.parseInt(form.group(5)));
    if (cidr.length > BITS || base % cidr.size() != 0) {
      throw new IllegalArgumentException("write the first address of the block before the slash");
    }
    return cidr;
  }

  private static int octet(String text) {
    int octet = Integer.parseInt(text);
    if (octet > 255) {
      throw new IllegalArgumentException("write an address, such as 10.40.0.0");
    }
    return octet;
  }

  private long size() {
    return 1L << BITS - length;
  }

  /**
   * One of the equal parts that it consists of.
   *
   * @param bits by how many bits a part's length is longer: there are 2 to the power of it
   * @param index which, from 0
   */
  public Cidr part(int bits, int index) {
    if (index < 0 || index >= 1 << bits || length + bits > BITS) {
      throw new IllegalArgumentException(this + " has no part " + index + " of 2^" + bits);
    }
    return new Cidr(base + index * (size() >> bits), length + bits);
  }

  /** Whether they have an address in common. */
  public boolean overlaps(Cidr other) {
    return base < other.base + other.size() && other.base < base + size();
  }

  /** Whether all its addresses are among another's. */
  public boolean within(Cidr other) {
    return length >= other.length && overlaps(other);
  }

  @Override
  public String toString() {
    return (base >> 24) + "." + part(16) + "." + part(8) + "." + part(0) + "/" + length;
  }

  private long part(int shift) {
    return base >> shift & 255;
  }
}
