#!/bin/sh
# Makes Temporal's two databases, or brings them to the schema of this version. Safe to run at every start.
set -eu
for database in temporal temporal_visibility; do
  case $database in temporal) folder=temporal ;; *) folder=visibility ;; esac
  temporal-sql-tool --db "$database" create || true
  # Refused where the schema is there already; the update below then says whether all is well.
  temporal-sql-tool --db "$database" setup-schema -v 0.0 || true
  temporal-sql-tool --db "$database" update-schema -d "/etc/temporal/schema/postgresql/v12/$folder/versioned"
done
