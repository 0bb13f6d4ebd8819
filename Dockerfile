FROM python:3.11-slim AS build
WORKDIR /build
COPY requirements/run.txt ./
RUN python -m venv /opt/otpstream \
 && /opt/otpstream/bin/pip install --no-cache-dir --require-hashes -r run.txt
# These alone: what else lies in the folder, such as .env, comes into no layer.
COPY pyproject.toml README.md LICENSE ./
COPY schemas schemas
COPY ingest ingest
COPY processors processors
COPY sinks sinks
COPY otpstream otpstream
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels . \
 && /opt/otpstream/bin/pip install --no-cache-dir --no-deps /wheels/*.whl

FROM python:3.11-slim
RUN useradd --system --no-create-home otpstream \
 && install --directory --owner otpstream /var/lib/otpstream
COPY --from=build /opt/otpstream /opt/otpstream
ENV PATH=/opt/otpstream/bin:$PATH HTTP_HOST=0.0.0.0 HTTP_PORT=8080 PYTHONUNBUFFERED=1
USER otpstream
# Where the control plane's store is while it is SQLite: mount a volume here.
WORKDIR /var/lib/otpstream
EXPOSE 8080
ENTRYPOINT ["otpstream"]
CMD ["up"]
