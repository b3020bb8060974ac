package io.highlyavailable.operator.component;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Records with one value changed, whatever else they have. */
public final class Records {
  private Records() {}

  /** A copy with another value of one component. */
  @SuppressWarnings("unchecked") // the record's own constructor makes it
  public static <T extends Record> T with(T record, String component, @Nullable Object value) {
    RecordComponent[] all = record.getClass().getRecordComponents();
    Class<?>[] types = Arrays.stream(all).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values =
        Arrays.stream(all)
            .map(it -> it.getName().equals(component) ? value : get(record, it.getName()))
            .toArray();
    if (Arrays.stream(all).noneMatch(it -> it.getName().equals(component))) {
      throw new IllegalArgumentException(record.getClass() + " has no " + component);
    }
    try {
      var constructor = record.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return (T) constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** The value of one component. */
  public static @Nullable Object get(Record record, String component) {
    try {
      var accessor = record.getClass().getDeclaredMethod(component);
      accessor.setAccessible(true);
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
