package io.highlyavailable.testbed.cluster;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/**
 * A key with a certificate that it signed itself, by which the API server says to the servers
 * behind it who it is. The JDK reads certificates and has no public way to make one.
 *
 * @param certificate PEM
 * @param key PEM, PKCS 8
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.1">RFC 5280, 4.1</a>
 */
record SelfSignedCertificate(String certificate, String key) {
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int EXPLICIT_0 = 0xa0;
  private static final int EXPLICIT_3 = 0xa3;

  /** 1.2.840.10045.4.3.2, ecdsa-with-SHA256. */
  private static final byte[] ECDSA_WITH_SHA256 = {
    0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02
  };

  /** 2.5.4.3, common name. */
  private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};

  /** 2.5.29.37, extended key usage. */
  private static final byte[] EXTENDED_KEY_USAGE = {0x55, 0x1d, 0x25};

  /** 1.3.6.1.5.5.7.3.2, client authentication. */
  private static final byte[] CLIENT_AUTH = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02};

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  /** The local platform may stay up for days; clocks may differ by hours. */
  private static final Duration VALID = Duration.ofDays(365);

  private static final Duration BACKDATED = Duration.ofDays(1);

  /** One for a client of this name. */
  static SelfSignedCertificate ofClient(String commonName) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      byte[] content = content(commonName, pair.getPublic().getEncoded());
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(content);
      byte[] certificate = der(SEQUENCE, content, algorithm(), bits(signature.sign()));
      return new SelfSignedCertificate(
          pem("CERTIFICATE", certificate), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] content(String commonName, byte[] publicKey) {
    byte[] name = name(commonName);
    Instant now = Instant.now();
    byte[] validity = der(SEQUENCE, time(now.minus(BACKDATED)), time(now.plus(VALID)));
    byte[] version3 = der(EXPLICIT_0, der(INTEGER, new byte[] {2}));
    byte[] serial = der(INTEGER, new byte[] {1});
    return der(
        SEQUENCE, version3, serial, algorithm(), name, validity, name, publicKey, extensions());
  }

  private static byte[] name(String commonName) {
    byte[] value = der(UTF8_STRING, commonName.getBytes(StandardCharsets.UTF_8));
    return der(SEQUENCE, der(SET, der(SEQUENCE, der(OBJECT_IDENTIFIER, COMMON_NAME), value)));
  }

  private static byte[] extensions() {
    byte[] usages = der(SEQUENCE, der(OBJECT_IDENTIFIER, CLIENT_AUTH));
    byte[] extension =
        der(SEQUENCE, der(OBJECT_IDENTIFIER, EXTENDED_KEY_USAGE), der(OCTET_STRING, usages));
    return der(EXPLICIT_3, der(SEQUENCE, extension));
  }

  private static byte[] algorithm() {
    return der(SEQUENCE, der(OBJECT_IDENTIFIER, ECDSA_WITH_SHA256));
  }

  private static byte[] time(Instant time) {
    return der(UTC_TIME, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] bits(byte[] content) {
    return der(BIT_STRING, new byte[] {0}, content);
  }

  /** A value with its tag and length, in the distinguished encoding. */
  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.write(tag);
    int length = content.size();
    if (length > 0xff) {
      value.write(0x82);
      value.write(length >> 8);
    } else if (length > 0x7f) {
      value.write(0x81);
    }
    value.write(length & 0xff);
    value.writeBytes(content.toByteArray());
    return value.toByteArray();
  }

  private static String pem(String type, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, body, type);
  }
}
