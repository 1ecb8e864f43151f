# Sobat in one image, for every role: docker build -t sobat .
# Everything from the index is pinned with its hash in requirements.lock; nothing is compiled at run time.
FROM python:3.13-slim-trixie AS build
WORKDIR /src
RUN python -m venv /opt/sobat
COPY requirements.lock ./
RUN /opt/sobat/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY reminders reminders
COPY programme programme
COPY locales locales
RUN /opt/sobat/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation . \
    && /opt/sobat/bin/python -m compileall -q /opt/sobat/lib

FROM python:3.13-slim-trixie
# Backups: pg_dump and pg_restore of PostgreSQL 17, and age to seal them.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends age postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home --home-dir /var/lib/sobat --shell /usr/sbin/nologin sobat
COPY --from=build /opt/sobat /opt/sobat
# A read-only root is enough: docker run --read-only --tmpfs /tmp -v sobat:/var/lib/sobat
ENV PATH=/opt/sobat/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    METRICS_HOST=0.0.0.0 \
    METRICS_PORT=9100 \
    LOG_FORMAT=json \
    NICEGUI_STORAGE_PATH=/tmp/nicegui
WORKDIR /var/lib/sobat
USER 10001
EXPOSE 8080 8090 9100
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-m", "bot.cli.ready"]
ENTRYPOINT ["sobat"]
CMD ["run"]
