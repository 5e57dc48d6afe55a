#!/bin/sh
# Runs a fuzz target on stable Rust without cargo-fuzz: run.sh <target> <seconds>
set -eu
cd "$(dirname "$0")"
RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Ccodegen-units=1 \
  -Cllvm-args=-sanitizer-coverage-level=4 \
  -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
  -Cllvm-args=-sanitizer-coverage-pc-table" \
  cargo build --release --target "$(rustc --print host-tuple)" --bin "$1"
mkdir -p "corpus/$1" artifacts
target="${CARGO_TARGET_DIR:-target}/$(rustc --print host-tuple)/release/$1"
exec "$target" -max_total_time="$2" -max_len=4096 -timeout=10 -dict=markdown.dict \
  -artifact_prefix=artifacts/ "corpus/$1"
