# winddown in a box: no shell tools of ours, no root, nothing written but /config.
ARG PYTHON=3.13

FROM python:${PYTHON}-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/winddown
ENV PATH=/opt/winddown/bin:$PATH
WORKDIR /src
# Dependencies first: they change seldom, so a rebuild after a change of ours takes seconds.
COPY requirements.lock .
RUN pip install --only-binary :all: --no-deps -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY winddown winddown
# `pip check` is what holds the lock to be complete.
RUN pip install --no-deps . && pip check && pip uninstall --yes pip

FROM python:${PYTHON}-slim
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /config --shell /usr/sbin/nologin winddown \
 && install --directory --owner=winddown --group=winddown /config
COPY --from=build /opt/winddown /opt/winddown
ENV PATH=/opt/winddown/bin:$PATH PYTHONUNBUFFERED=1
USER 10001:10001
# winddown.yaml, secrets.yaml and the journal live here.
WORKDIR /config
# Online on the broker, not merely alive: the daemon's own retained status within 5 s.
HEALTHCHECK --interval=60s --timeout=15s --start-period=30s --retries=3 CMD ["winddown", "doctor", "--quick"]
ENTRYPOINT ["winddown"]
CMD ["run"]
