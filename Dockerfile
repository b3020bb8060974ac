# The operator's image: built from source, trained for a fast start, without a shell, run as a user that owns nothing.
# All base images can be replaced: docker build --build-arg RUNTIME_IMAGE=...
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-25
ARG RUNTIME_IMAGE=gcr.io/distroless/base-nossl-debian13:nonroot

# On the machine's own platform: jars are the same for every other.
FROM --platform=$BUILDPLATFORM ${BUILD_IMAGE} AS jars
WORKDIR /src
COPY .mvn .mvn
COPY pom.xml ./
COPY crds/pom.xml crds/pom.xml
COPY crds/src/main crds/src/main
COPY operator/pom.xml operator/pom.xml
COPY operator/src/main operator/src/main
# Maven reads every module's; of the testbed, which the operator's tests need, nothing else is there.
COPY testbed/pom.xml testbed/pom.xml
COPY bench/pom.xml bench/pom.xml
COPY examples/web-app/pom.xml examples/web-app/pom.xml
# Tests run before, on a machine with a control plane: not here.
RUN --mount=type=cache,target=/var/cache/maven \
    mvn -B -q -Dmaven.repo.local=/var/cache/maven -pl operator -am -Dmaven.test.skip=true -Dspotless.check.skip=true package

# On the image's platform: what depends on it, at the paths that it has in the image.
FROM ${BUILD_IMAGE} AS trained
COPY operator/image/jlink.options /tmp/
RUN jlink @/tmp/jlink.options --output /opt/java && \
    find /opt/java/bin -type f ! -name java -delete
COPY operator/image/java.options operator/image/train.sh /app/
COPY --from=jars /src/operator/target/lib/ /app/lib/
COPY --from=jars /src/operator/target/operator.jar /app/
# The time of every file, so that the same commit makes the same bytes.
ARG SOURCE_DATE_EPOCH=315532800
# A layer each for what changes seldom, sometimes, always; the cache has its own, because no two trainings write the same bytes.
RUN find /opt/java /app -exec touch --no-dereference --date="@${SOURCE_DATE_EPOCH}" {} + && \
    PATH="/opt/java/bin:${PATH}" /app/train.sh && \
    mkdir -p /layers/java/opt /layers/libraries/app /layers/operator/app /layers/cache/app && \
    mv /opt/java /layers/java/opt/ && \
    mv /app/lib /layers/libraries/app/ && \
    mv /app/operator.aot /layers/cache/app/ && \
    mv /app/java.options /app/operator.jar /layers/operator/app/ && \
    find /layers -exec touch --no-dereference --date="@${SOURCE_DATE_EPOCH}" {} +

FROM ${RUNTIME_IMAGE}
LABEL org.opencontainers.image.title="highlyavailableapp" \
      org.opencontainers.image.description="Kubernetes operator for HighlyAvailableApp" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=trained /layers/java/ /
COPY --from=trained /layers/libraries/ /
COPY --from=trained /layers/operator/ /
COPY --from=trained /layers/cache/ /
# Numeric, so that runAsNonRoot can be checked. Nothing in the image is writable to it.
USER 65532:65532
EXPOSE 8080
ENTRYPOINT ["/opt/java/bin/java", "@/app/java.options", "-XX:AOTCache=/app/operator.aot", "-jar", "/app/operator.jar"]
