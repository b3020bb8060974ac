# The operator's image: built from source, trained for a fast start, run as a user that owns nothing.
# All base images can be replaced: docker build --build-arg RUNTIME_IMAGE=...
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-25
ARG RUNTIME_IMAGE=eclipse-temurin:25-jre

FROM ${BUILD_IMAGE} AS build
WORKDIR /src
COPY .mvn .mvn
COPY pom.xml ./
COPY testbed testbed
COPY crds crds
COPY operator operator
COPY bench/pom.xml bench/pom.xml
COPY examples/web-app/pom.xml examples/web-app/pom.xml
# Tests run before, on a machine with a control plane: not here. The operator needs the testbed for them alone.
RUN --mount=type=cache,target=/var/cache/maven \
    mvn -B -q -Dmaven.repo.local=/var/cache/maven -pl operator -am -Dmaven.test.skip=true -Dspotless.check.skip=true package

FROM ${RUNTIME_IMAGE}
LABEL org.opencontainers.image.title="highlyavailableapp" \
      org.opencontainers.image.description="Kubernetes operator for HighlyAvailableApp" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
COPY --from=build /src/operator/image/ ./
COPY --from=build /src/operator/target/lib/ lib/
COPY --from=build /src/operator/target/operator.jar ./
# In the final stage on purpose: the cache is only valid for these very jars and this very JVM.
RUN ./train.sh
# Numeric, so that runAsNonRoot can be checked. Nothing under /app is writable to it.
USER 65532:65532
EXPOSE 8080
ENTRYPOINT ["java", "@/app/java.options", "-XX:AOTCache=/app/operator.aot", "-jar", "/app/operator.jar"]
