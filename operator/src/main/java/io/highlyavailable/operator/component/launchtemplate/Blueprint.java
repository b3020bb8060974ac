package io.highlyavailable.operator.component.launchtemplate;

import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a version of a launch template says of an instance. All else is always the same: the
 * metadata service answers to tokens only, the root volume is gp3 and encrypted and goes with its
 * instance, and network interfaces are EC2's default.
 *
 * @param image an image's id, or {@code resolve:ssm:} and the parameter that has it at launch
 * @param instanceType such as {@code t4g.medium}
 * @param profile the name of the instance profile
 * @param securityGroupIds the instance's security groups
 * @param rootVolumeGiB the size of the root volume, in GiB
 * @param userData what the instance runs when it starts first, as text
 * @param volumeTags tags of its volumes, which an Auto Scaling group does not tag
 * @param hardened whether it is as it always is
 */
public record Blueprint(
    String image,
    String instanceType,
    String profile,
    SortedSet<String> securityGroupIds,
    int rootVolumeGiB,
    String userData,
    Map<String, String> volumeTags,
    boolean hardened) {
  public Blueprint {
    securityGroupIds = Collections.unmodifiableSortedSet(new TreeSet<>(securityGroupIds));
    volumeTags = Collections.unmodifiableMap(new TreeMap<>(volumeTags));
  }
}
