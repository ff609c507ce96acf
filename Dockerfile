# The server with both web apps in it. docker-compose.yml puts a database and TLS beside it.
FROM rust:1.95-bookworm AS build
RUN apt-get update && apt-get install --yes --no-install-recommends libpq-dev npm && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
RUN bin/lib/build.sh

FROM debian:12-slim
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates libpq5 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /var/lib/omasote --shell /usr/sbin/nologin omasote \
    && install --directory --owner omasote /var/lib/omasote/data
COPY --from=build /build/target/release/omasote /usr/local/bin/omasote
USER omasote
WORKDIR /var/lib/omasote
ENV OMASOTE_LISTEN=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/live HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["omasote"]
CMD ["serve"]
