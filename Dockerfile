# One Maven build for all services, which are the modules that have a service.properties; SERVICE says which of them an image runs:
#
#   docker build --build-arg SERVICE=order-service --tag eventshop/order-service .
#
# Images that are built at the same time share the build stage.

FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
# Format and tests are `mvn verify`'s business. The cache is locked so that two builds do not write to it at once.
RUN --mount=type=cache,target=/root/.m2,sharing=locked \
    mvn --batch-mode --no-transfer-progress package \
        --projects "$(ls */service.properties | xargs -n 1 dirname | paste -s -d , -)" --also-make \
        -Dmaven.test.skip=true -Dspotless.check.skip=true

FROM eclipse-temurin:25-jre
ARG SERVICE=order-service
RUN useradd --system --no-create-home eventshop
WORKDIR /app

# Unpacked, because a fat jar starts at half the speed. Mounted, because a copied jar would stay in the image.
RUN --mount=type=bind,from=build,source=/src/${SERVICE}/target,target=/built \
    java -Djarmode=tools -jar /built/${SERVICE}.jar extract --destination . \
    && mv ${SERVICE}.jar service.jar

# Starts the whole application once, without database and broker, and records what a start loads and links. The cache
# is only used by the same Java with the same collector, so both stand in one image and these options in both places.
RUN java -XX:+UseSerialGC -XX:AOTCacheOutput=service.aot \
        --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
        -Dspring.context.exit=onRefresh \
        -Dspring.flyway.enabled=false \
        -Dspring.jpa.hibernate.ddl-auto=none \
        -Dspring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access=false \
        -Dspring.jpa.database-platform=org.hibernate.dialect.PostgreSQLDialect \
        -Dspring.kafka.admin.auto-create=false \
        -Dspring.datasource.url=jdbc:postgresql://localhost:1/none \
        -jar service.jar \
    && test -s service.aot

USER eventshop
# The rest of the container's memory is left to metaspace, code, threads and network buffers. The heap begins at its full
# size because the cache's own objects must fit before anything else; what is not used is not taken.
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:AOTCache=service.aot", "-XX:InitialRAMPercentage=45", \
    "-XX:MaxRAMPercentage=45", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", \
    "-jar", "service.jar"]

# There is no curl in the image. Ready is what takes requests; a broker or mail server that is away does not count.
HEALTHCHECK --interval=5s --timeout=3s --start-period=300s --start-interval=1s --retries=6 CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/$MANAGEMENT_SERVER_PORT \
    && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\n\\r\\n' >&3 \
    && head -n 1 <&3 | grep -q ' 200'"]
