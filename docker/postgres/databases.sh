#!/bin/sh
# Runs once, while the data folder is empty: a database for each service, and a role that owns it and reaches no other.
set -e

database() { # database NAME PASSWORD
    psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 --set name="$1" --set password="$2" <<'SQL'
create role :"name" login password :'password';
create database :"name" owner :"name";
revoke all on database :"name" from public;
SQL
}

for name in $DATABASES; do
    variable=$(printf '%s' "$name" | tr '[:lower:]' '[:upper:]')_PASSWORD
    eval "password=\${$variable:?has the password of the role $name}"
    database "$name" "$password"
done
psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 \
    --command 'revoke connect on database postgres, template1 from public'
