#!/bin/sh
# Makes the namespace where there is none. What was decided is in Countersign's own database: three days are enough here.
set -eu
temporal operator cluster health
temporal operator namespace describe -n "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 ||
  temporal operator namespace create -n "$TEMPORAL_NAMESPACE" --retention 72h
