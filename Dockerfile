# The command alone, for machines without Swift: docker build -t bellwether . && docker run --rm bellwether --help
# It speaks to a PostgreSQL elsewhere (PG* variables or --db); a private server is for a machine of one's own.

FROM swift:6.2-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpq-dev pkg-config \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
# The Swift runtime goes into the binary, so that the second image needs none.
RUN swift build -c release --static-swift-stdlib --product bellwether \
    && install -D -s "$(swift build -c release --static-swift-stdlib --show-bin-path)/bellwether" /out/bellwether

FROM debian:bookworm-slim
# tzdata: a day ends in the company's time zone. curl: --webhook.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl libpq5 libstdc++6 tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home bellwether
COPY --from=build /out/bellwether /usr/local/bin/bellwether
USER bellwether
WORKDIR /exports
ENTRYPOINT ["bellwether"]
CMD ["--help"]
