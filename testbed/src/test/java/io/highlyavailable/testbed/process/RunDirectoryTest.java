package io.highlyavailable.testbed.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RunDirectoryTest {

  @Test
  void itsDataGoesAndItsLogsStay() throws Exception {
    RunDirectory run = RunDirectory.create();
    Files.writeString(run.data().resolve("etcd"), "data");
    Path log = Files.writeString(run.logs().resolve("etcd.log"), "log");

    run.close();

    assertThat(run.data()).doesNotExist();
    assertThat(log).exists();
  }

  @Test
  void removesWhatAKilledRunHasLeft() throws Exception {
    Path parent;
    try (RunDirectory run = RunDirectory.create()) {
      parent = run.data().getParent();
    }
    Path left = Files.createDirectories(parent.resolve("run-killed-" + System.nanoTime()));
    Files.writeString(left.resolve("data"), "data");
    // Our own id, but of a process that started at another time.
    Files.writeString(left.resolve("owner"), ProcessHandle.current().pid() + "\nanother boot:1");
    try (RunDirectory other = RunDirectory.create();
        RunDirectory run = RunDirectory.create()) {
      assertThat(left).doesNotExist();
      assertThat(other.data()).exists();
      assertThat(run.data()).isNotEqualTo(other.data());
    }
  }
}
