#!/bin/bash
# The published JSON Schemas hold: of a plan's JSON over every site and rule set, of the example site files, and of what
# `init` writes; and they refuse what the program refuses.
set -euo pipefail
# shellcheck source=tests/cli/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# Debian's Python has Debian's packages; another one may stand before it.
python=
for candidate in /usr/bin/python3 python3; do
  if "$candidate" -c 'import jsonschema, tomllib' 2>/dev/null; then python=$candidate && break; fi
done
[[ $python ]] || fail "python3 (3.11) with jsonschema is missing: apt-get install python3-jsonschema"

"$OPSI_SIZING" schema site >"$scratch/site.schema.json"
"$OPSI_SIZING" schema plan >"$scratch/plan.schema.json"
"$OPSI_SIZING" init >"$scratch/init.toml"
"$OPSI_SIZING" init --clients 4000 | sed 's/^# \([a-z_.]* = \)/\1/; s/^# \(\[.*\)/\1/; s/^# \(note\|kind\)/\1/' \
  >"$scratch/init-all.toml"
"$OPSI_SIZING" plan "$scratch/init-all.toml" >/dev/null || (($? == 1)) || fail "what init writes is refused once it is not a comment"

cat >"$scratch/plans" <<END
$(for site in data/sites/*.toml "$scratch"/*.toml; do for opsi in 4.1 4.2 4.3; do echo "$site --opsi $opsi"; done; done)
--clients 0
--clients 10000000 --connections 10000000 --opsi 4.3
--clients 50 --memory 1GB --cores 1
END
mkdir "$scratch/plans.d"
while read -r arguments; do
  code=0
  # shellcheck disable=SC2086  # words of a command line
  "$OPSI_SIZING" plan $arguments --format json >"$scratch/plans.d/${arguments//\//_}" || code=$?
  ((code < 2)) || fail "plan $arguments ends with $code"
done <"$scratch/plans"

"$python" - "$scratch" data/sites/*.toml "$scratch"/*.toml <<'END'
import json, pathlib, sys, tomllib
import jsonschema

scratch, *sites = sys.argv[1:]
failed = []


def refuse_constant(text):
    raise ValueError(f"{text} is no JSON")


def read(path):
    return json.loads(pathlib.Path(path).read_text(), parse_constant=refuse_constant)


def validator(name):
    schema = read(f"{scratch}/{name}.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def check(what, valid, document):
    errors = sorted(valid.iter_errors(document), key=lambda e: list(map(str, e.absolute_path)))
    failed.extend(f"{what}: {'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in errors[:5])
    print(f"{'fails' if errors else 'valid'}: {what}")


site, plan = validator("site"), validator("plan")
for path in sites:
    check(f"schema site, {path}", site, tomllib.loads(pathlib.Path(path).read_text()))
for path in sorted(pathlib.Path(scratch, "plans.d").iterdir()):
    check(f"schema plan, {path.name}", plan, read(path))

# Members that the schema does not describe, and members that no plan has.
described = plan.schema["properties"]["servers"]["items"]["properties"]
seen = {member for path in pathlib.Path(scratch, "plans.d").iterdir() for s in read(path)["servers"] for member in s}
if seen != set(described):
    failed.append(f"servers: {sorted(seen ^ set(described))} are only in the schema or only in plans")

# What the program refuses, the schema refuses.
for bad in ('clients = -5', 'clients = 5.5', 'clients = "5"', 'cleints = 5', 'clients = 1000000000000', 'roles = ["confg"]',
            'hardware = { memory = 16 }', 'hardware = { memroy = "16 GB" }', 'hardware = { cores = 1.5 }',
            'depot.webdav = "yes"', 'samba.conections = 5', 'name = ""', 'packages = "80 bananas"', 'packages = -1'):
    document = tomllib.loads('[[server]]\n' + ('' if bad.startswith('clients') else 'clients = 5\n') + bad)
    if site.is_valid(document):
        failed.append(f"schema site allows what the program refuses: {bad}")
for bad in ('', 'opsi = 4.2\n[[server]]\nclients=5', 'opsi = "5.0"\n[[server]]\nclients=5', 'server = []',
            'nmae = "x"\n[[server]]\nclients=5', '[[server]]\nclients=5\n[figures."samba.margn"]\nvalue=1\nnote="x"',
            '[[server]]\nclients=5\n[figures."samba.margin"]\nvalue=1'):
    if site.is_valid(tomllib.loads(bad)):
        failed.append(f"schema site allows what the program refuses: {bad!r}")
print("\n".join(failed), file=sys.stderr)
sys.exit(1 if failed else 0)
END
